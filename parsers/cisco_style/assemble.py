"""From a draft to the immutable device, for all Cisco-style platforms."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from parsers.cisco_style.build import undefined_filter
from parsers.cisco_style.draft import Applied, Draft, InterfaceDraft
from parsers.cisco_style.static_routes import table_of
from parsers.model.device import Device, LineCount, UnreadLine
from parsers.model.filters import Action, Binding, Filter
from parsers.model.interfaces import Interface, Ptb, Tunnel
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, TextFact, Where
from parsers.platform import CONFIGURATION, Inputs, Text

Filters = dict[tuple[str, int], Filter]


class Semantics(NamedTuple):
    """What a platform makes of an interface's words. `default_mtu` in bytes available to IP."""

    vendor: str
    ptb: Callable[[InterfaceDraft], tuple[Ptb, ...]]
    tunnel: Callable[[InterfaceDraft], Tunnel | None]
    default_mtu: int = 1500
    switchports_need_no: bool = False


def bindings_of(draft: Draft, filters: Filters, undefined: Action) -> tuple[Binding, ...]:
    """The access groups of all interfaces; `filters` gains the lists that are applied and not
    defined, and the chains of several lists on one direction."""
    bindings = []
    for interface in draft.interfaces.values():
        for applied in interface.applied:
            key = _filter_of(draft, filters, applied, undefined)
            inactive = applied.inactive
            if inactive is None and interface.routed is False and applied.stage == 0:
                inactive = "the interface is a switchport: a routed access list does nothing there"
            bindings.append(
                Binding(
                    key=key,
                    family=applied.family,
                    interface=interface.name,
                    direction=applied.direction,
                    where=draft.where(applied.line),
                    order=applied.stage,
                    inactive=inactive,
                    sees_translated=interface.nat is not None and interface.nat.value == "outside",
                )
            )
    return tuple(bindings)


def _filter_of(draft: Draft, filters: Filters, applied: Applied, undefined: Action) -> str:
    family = applied.family
    for name in applied.names:
        if (name, family) not in filters:
            filters[name, family] = undefined_filter(draft, name, family, undefined)
    if len(applied.names) == 1:
        return applied.names[0]
    key = " then ".join(applied.names)
    if (key, family) not in filters:
        parts = [filters[name, family] for name in applied.names]
        last = parts[-1]
        filters[key, family] = last._replace(
            key=key,
            names=(key,),
            line=parts[0].line,
            entries=tuple(entry for part in parts for entry in part.entries),
            uncertain=next((part.uncertain for part in parts if part.uncertain), None),
            default=next((p.default for p in reversed(parts) if p.entries), last.default),
        )
    return key


def assemble(
    inputs: Inputs,
    draft: Draft | None,
    filters: Filters,
    bindings: tuple[Binding, ...],
    semantics: Semantics,
) -> Device:
    """The device of `inputs`: the configuration's draft (None if there is none) and the show outputs
    that parsers.show can read."""
    from parsers.cisco_style.state import in_effect, read_state  # show readers load when needed

    state = read_state(inputs)
    text = inputs.of(CONFIGURATION)
    interfaces = _interfaces(draft, semantics) if draft else ()
    interfaces = in_effect(interfaces, state)
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor=semantics.vendor,
        model=state.model or (draft.model if draft else None),
        os_version=state.os_version or (draft.version if draft else None),
        files=tuple(text.file for text in inputs.texts),
        interfaces=interfaces,
        filters=filters,
        bindings=bindings,
        static_routes=table_of(draft) if draft else None,
        tables=route_tables(state.tables),
        routing_sources=_sources(draft, interfaces) if draft else (),
        path_choices=(*(draft.choices if draft else ()), *state.path_choices),
        global_clamps=tuple(draft.clamps) if draft else (),
        ptb_limits=tuple(draft.limits) if draft else (),
        mss_raises=tuple(draft.raises) if draft else (),
        df_cleared=tuple(draft.df_cleared) if draft else (),
        recognised=tuple(draft.recognised) if draft else (),
        has_configuration=draft is not None,
        lines=_lines(draft),
        not_understood=_unread(draft, text),
    )


def _interfaces(draft: Draft, semantics: Semantics) -> tuple[Interface, ...]:
    return tuple(
        interface.finish(semantics.ptb(interface), semantics.tunnel(interface))
        for interface in draft.interfaces.values()
    )


def _sources(draft: Draft, interfaces: tuple[Interface, ...]) -> tuple[Sourced[str], ...]:
    dynamic = tuple(
        TextFact(value="dhcp", where=i.dynamic_address.where)
        for i in interfaces
        if i.dynamic_address is not None
        and ("dhcp" in i.dynamic_address.value or "negotiated" in i.dynamic_address.value)
    )
    return (*draft.sources, *dynamic)


def _lines(draft: Draft | None) -> LineCount:
    if draft is None:
        return LineCount()
    used, irrelevant, unread = draft.ledger.counts()
    return LineCount(
        total=used + irrelevant + unread, used=used, irrelevant=irrelevant, not_understood=unread
    )


def _unread(draft: Draft | None, text: Text | None) -> tuple[UnreadLine, ...]:
    if draft is None or text is None:
        return ()
    found = []
    for line in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(line, ("other", None))
        found.append(
            UnreadLine(
                where=Where(text.file, line),
                text=text.lines[line - 1],
                topic=topic,
                subject=subject,
            )
        )
    return tuple(found)


def route_tables(tables: tuple[RouteTable, ...]) -> tuple[RouteTable, ...]:
    """Forwarding tables before routing tables: the nearer to the hardware, the better the evidence."""
    return tuple(sorted(tables, key=lambda table: {"fib": 0, "rib": 1}.get(table.source, 2)))
