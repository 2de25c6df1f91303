"""From a draft to the immutable device."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from parsers.model.device import Device, LineCount, UnreadLine
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface, Ptb
from parsers.model.source import Sourced, TextFact, Where
from parsers.platform import CONFIGURATION, Inputs
from parsers.tables.readers import read_tables
from parsers.vrp_style.draft import Draft, InterfaceDraft
from parsers.vrp_style.static_routes import table_of
from parsers.vrp_style.tunnels import tunnel_of


class Judged(NamedTuple):
    """What a platform made of a draft: filters with their bindings, and what an interface sends."""

    filters: dict[tuple[str, int], Filter]
    bindings: tuple[Binding, ...]
    ptb: Callable[[InterfaceDraft], tuple[Ptb, ...]]


def without_configuration(inputs: Inputs, vendor: str) -> Device:
    """A device of which no configuration was collected."""
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor=vendor,
        files=tuple(text.file for text in inputs.texts),
        tables=read_tables(inputs),
    )


def assemble(inputs: Inputs, draft: Draft, vendor: str, judged: Judged) -> Device:
    """The device of a configuration."""
    interfaces = tuple(
        one.finish(judged.ptb(one), tunnel_of(one)) for one in draft.interfaces.values()
    )
    routes = table_of(draft)
    choices = [c for one in draft.interfaces.values() for c in one.choices]
    used, irrelevant, unread = draft.ledger.counts()
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor=vendor,
        model=draft.model,
        os_version=draft.version,
        files=tuple(text.file for text in inputs.texts),
        interfaces=interfaces,
        filters=judged.filters,
        bindings=judged.bindings,
        static_routes=routes,
        tables=read_tables(inputs),
        routing_sources=(*draft.sources, *_dynamic(interfaces)),
        path_choices=(*draft.choices, *choices),
        ptb_limits=tuple(draft.limits),
        df_cleared=tuple(draft.df_cleared),
        recognised=tuple(draft.recognised),
        has_configuration=True,
        lines=LineCount(
            total=used + irrelevant + unread,
            used=used,
            irrelevant=irrelevant,
            not_understood=unread,
        ),
        not_understood=_unread(inputs, draft),
    )


def _dynamic(interfaces: tuple[Interface, ...]) -> tuple[Sourced[str], ...]:
    """Addresses from DHCP or PPP can bring a default route along."""
    return tuple(
        TextFact(value="dhcp", where=i.dynamic_address.where)
        for i in interfaces
        if i.dynamic_address is not None and "unnumbered" not in i.dynamic_address.value
    )


def _unread(inputs: Inputs, draft: Draft) -> tuple[UnreadLine, ...]:
    text = inputs.of(CONFIGURATION)
    found = []
    for line in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(line, ("other", None))
        shown = text.lines[line - 1] if text is not None else ""
        where = Where(draft.file, line)
        found.append(UnreadLine(where=where, text=shown, topic=topic, subject=subject))
    return tuple(found)
