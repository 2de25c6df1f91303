"""From the texts of an SR Linux device to the model."""

from __future__ import annotations

import re

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced
from parsers.nokia_srl import irrelevant
from parsers.nokia_srl.balancing import finish_balancing, read_balancing
from parsers.nokia_srl.draft import Draft, Handler, Statements, use
from parsers.nokia_srl.filters import read_acl
from parsers.nokia_srl.instances import collect_members, read_instances
from parsers.nokia_srl.interfaces import read_interfaces
from parsers.nokia_srl.reading import read_tree
from parsers.nokia_style.statements import (
    CUT,
    because,
    line_count,
    number_of,
    said,
    unread_lines,
    word,
)
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.tables.readers import read_tables

_RELEASE = re.compile(r"[Ss]oftware [Vv]ersion\s*:\s*v?([\d.]+\S*)")


def _system(draft: Draft, node: Node) -> None:
    holder = node.children.get("name")
    draft.name = word(holder, "host-name")
    read(draft, node, _SYSTEM)


def _mtu(draft: Draft, node: Node) -> None:
    table: Statements = {
        "default-ip-mtu": use,
        **because("sizes of frames, which `ip-mtu` is below", "default-port-mtu", "default-l2-mtu",
                  "default-mpls-mtu", "min-path-mtu"),
    }  # fmt: skip
    read(draft, node, table)


_SYSTEM: Statements = {
    **irrelevant.SYSTEM,
    "name": use,
    "load-balancing": read_balancing,
    "mtu": _mtu,
}

TOP: dict[str, Handler | str] = {
    **irrelevant.TOP,
    "acl": read_acl,
    "interface": read_interfaces,
    "network-instance": read_instances,
    "system": _system,
}
"""The parts of the configuration."""
ORDER = ("acl", "system", "interface", "network-instance")

TOPICS = frozenset(
    {"bindings", "bundles", "filters", "filters v6", "groups", "identity", "interfaces", "load sharing", "mtu",
     "policy routing", "routing sources", "static routes", "static routes v6"}
)  # fmt: skip
"""What is read, in the words that all platforms use."""


def parse(inputs: Inputs) -> Device:
    """The device that SR Linux texts describe."""
    text = inputs.of(CONFIGURATION)
    files = tuple(found.file for found in inputs.texts)
    version = _version(inputs)
    if text is None:
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor="Nokia",
            os_version=version,
            files=files,
            tables=read_tables(inputs),
        )
    draft = interpret(text)
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor="Nokia",
        os_version=version,
        files=files,
        interfaces=tuple(draft.interfaces),
        filters=draft.filters,
        bindings=tuple(draft.bindings),
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
        routing_sources=(*draft.sources, *_dynamic(draft)),
        path_choices=tuple(draft.choices),
        recognised=tuple(draft.recognised),
        has_configuration=True,
        lines=line_count(draft),
        not_understood=unread_lines(draft),
    )


def interpret(text: Text) -> Draft:
    """The draft of a configuration."""
    ledger = Ledger(len(text.lines))
    top, other = read_tree(text.lines, ledger)
    draft = Draft(text.file, text.lines, ledger, top)
    for node in other:
        draft.miss(node)
    if top.doubt is not None:
        draft.routes_doubt.append(draft.where(top.doubt_line))
        if top.doubt == CUT:
            draft.missed.append((len(text.lines), "other", None))
    _defaults(draft, top)
    collect_members(draft, top.children.get("network-instance"))
    first, rest = Node("", 0), Node("", 0)
    first.children = {name: top.children[name] for name in ORDER if name in top.children}
    rest.children = {name: child for name, child in top.children.items() if name not in ORDER}
    read(draft, first, TOP)
    read(draft, rest, TOP)
    draft.bind_all()
    finish_balancing(draft)
    draft.settle()
    return draft


def _defaults(draft: Draft, top: Node) -> None:
    """What `system mtu` gives to subinterfaces that say nothing."""
    holder = top.get("system", "mtu")
    value = holder.value("default-ip-mtu") if holder is not None else None
    size = number_of(value.word, 0, 65535) if value is not None else None
    if value is not None and size is not None:
        draft.default_ip_mtu = Sourced[int](value=size, where=draft.where(said(value)))


def _dynamic(draft: Draft) -> list[Sourced[str]]:
    return [
        Sourced[str](value="dhcp", where=interface.dynamic_address.where)
        for interface in draft.interfaces
        if interface.dynamic_address is not None
        and interface.dynamic_address.value == "dhcp"
        and interface.kind is not InterfaceKind.MANAGEMENT
    ]


def _version(inputs: Inputs) -> str | None:
    text = inputs.of("show version")
    for line in text.lines if text is not None else ():
        found = _RELEASE.search(line)
        if found is not None:
            return found[1]
    return None
