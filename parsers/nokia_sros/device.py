"""From the texts of an SR OS device to the model."""

from __future__ import annotations

import re

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.model.device import Device
from parsers.model.filters import Binding
from parsers.model.interfaces import Interface, InterfaceKind
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced
from parsers.nokia_sros.balancing import finish_balancing
from parsers.nokia_sros.draft import Draft, Port
from parsers.nokia_sros.reading import read_tree
from parsers.nokia_sros.services import repeated_names
from parsers.nokia_sros.top import ORDER, TOP
from parsers.nokia_style.statements import CUT, line_count, unread_lines
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.tables.readers import read_tables

_RELEASE = re.compile(
    r"TiMOS-\w+-(?P<release>[\w.]+)\s+\S+"
    r"(?:\s+(?:ALCATEL|Nokia)\s+(?P<model>.*?))?\s*(?:Copyright.*)?$"
)
_HEAD = 60


def parse(inputs: Inputs) -> Device:
    """The device that SR OS texts describe."""
    text = inputs.of(CONFIGURATION)
    files = tuple(found.file for found in inputs.texts)
    if text is None:
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor="Nokia",
            files=files,
            tables=read_tables(inputs),
        )
    draft = interpret(text)
    release, model = _identity(text.lines)
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor="Nokia",
        model=model,
        os_version=release,
        files=files,
        interfaces=(*_physical(draft), *_diverted(draft)),
        filters=draft.filters,
        bindings=_translated(draft),
        static_routes=RouteTable(
            source="config",
            file=draft.file,
            vrf=None,
            family=None,
            routes=tuple(draft.routes),
            complete=not draft.routes_doubt,
            not_understood=tuple(dict.fromkeys(draft.routes_doubt)),
        ),
        tables=read_tables(inputs),
        routing_sources=tuple(draft.sources),
        path_choices=tuple(draft.choices),
        ptb_limits=tuple(draft.limits),
        df_cleared=tuple(draft.df_cleared),
        recognised=tuple(draft.recognised),
        has_configuration=True,
        lines=line_count(draft),
        not_understood=unread_lines(draft),
    )


def interpret(text: Text) -> Draft:
    """The draft of a configuration."""
    ledger = Ledger(len(text.lines))
    tree = read_tree(text.lines, ledger)
    top = tree.root
    draft = Draft(text.file, text.lines, ledger, top, classic=tree.classic)
    for node in tree.other:
        draft.miss(node)
    if top.doubt is not None:
        draft.routes_doubt.append(draft.where(top.doubt_line))
        if top.doubt == CUT:
            draft.missed.append((len(text.lines), "other", None))
    draft.repeated = repeated_names(top)
    first, rest = Node("", 0), Node("", 0)
    first.children = {word: top.children[word] for word in ORDER if word in top.children}
    rest.children = {word: child for word, child in top.children.items() if word not in ORDER}
    read(draft, first, TOP)
    read(draft, rest, TOP)
    draft.use(top)
    finish_balancing(draft)
    draft.settle()
    return draft


def _identity(lines: list[str]) -> tuple[str | None, str | None]:
    """Release and model, as the header of the configuration says."""
    for line in lines[:_HEAD]:
        found = _RELEASE.search(line)
        if found is not None:
            return found["release"], found["model"] or None
    return None, None


def _physical(draft: Draft) -> list[Interface]:
    """Ports and bundles: they have no address; interfaces stand on them. A bundle's member needs no more text."""
    ports = dict(draft.ports)
    for name, lag in draft.members.items():
        ports.setdefault(name, Port(name, draft.lags[lag]))
    return [
        Interface(
            name=port.name,
            kind=InterfaceKind.BUNDLE if port.name in draft.lags else InterfaceKind.PHYSICAL,
            where=port.where,
            enabled=port.enabled,
            routed=False,
            description=port.description,
            bundle=draft.members.get(port.name),
            not_understood=tuple(port.not_understood),
        )
        for port in ports.values()
    ]


def _translated(draft: Draft) -> tuple[Binding, ...]:
    """The bindings; filters of a router that is the outside of address translation see other addresses."""
    outside = {i.name for i in draft.interfaces if i.vrf in draft.translating}
    return tuple(
        binding._replace(sees_translated=True) if binding.interface in outside else binding
        for binding in draft.bindings
    )


def _diverted(draft: Draft) -> list[Interface]:
    """Interfaces whose filters send packets another way than the routes."""
    diverted: dict[str, Sourced[str]] = {}
    for binding in draft.bindings:
        where = draft.diverting.get((binding.key, binding.family))
        if where is not None and binding.interface is not None and binding.direction == "in":
            diverted[binding.interface] = Sourced[str](value=f"filter {binding.key}", where=where)
    return [
        interface.model_copy(update={"policy_route": diverted[interface.name]})
        if interface.name in diverted
        else interface
        for interface in draft.interfaces
    ]
