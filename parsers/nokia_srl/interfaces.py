"""Interfaces and their subinterfaces.

A port's MTU counts the Ethernet header and tags, `ip-mtu` of a subinterface does not; without it a subinterface has
`system mtu default-ip-mtu`, which is 1500. A subinterface routes in the network instance that names it.

Sources: Nokia SR Linux, Interfaces Guide 24.10 ("MTU configuration", "Subinterfaces"); YANG `srl_nokia-interfaces`,
`srl_nokia-if-ip`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.interfaces import Interface, InterfaceAddress, InterfaceKind, Ptb
from parsers.model.source import Sourced, Where
from parsers.nokia_srl import irrelevant
from parsers.nokia_srl.draft import Draft, Handler, Statements, use
from parsers.nokia_srl.filters import applied
from parsers.nokia_style.statements import CUT, address, number_of, said, word

KINDS = (
    ("ethernet-", InterfaceKind.PHYSICAL),
    ("mgmt", InterfaceKind.MANAGEMENT),
    ("lag", InterfaceKind.BUNDLE),
    ("irb", InterfaceKind.VLAN),
    ("lo", InterfaceKind.LOOPBACK),
    ("system", InterfaceKind.LOOPBACK),
)
DEFAULT_IP_MTU = 1500
HEADER, TAG = 14, 4
PTB_UNKNOWN = "no document read says whether SR Linux answers packets that are too big"
UNASSIGNED = "(no network instance)"


@dataclass
class Unit:
    """What a subinterface's statements say so far."""

    name: str
    where: Where
    parent: str
    kind: InterfaceKind
    enabled: bool = True
    routed: bool = True
    description: str = ""
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    ip_mtu: Sourced[int] | None = None
    urpf: Sourced[str] | None = None
    not_understood: list[Where] = field(default_factory=list)


@dataclass
class Port:
    """What a physical interface's own statements say."""

    name: str
    where: Where
    kind: InterfaceKind
    enabled: bool = True
    description: str = ""
    mtu: Sourced[int] | None = None
    tagged: bool = False
    bundle: str | None = None
    not_understood: list[Where] = field(default_factory=list)


def kind_of(name: str) -> InterfaceKind:
    """The kind of an interface, by its name."""
    for start, kind in KINDS:
        if name.startswith(start):
            return kind
    return InterfaceKind.OTHER


def read_interfaces(draft: Draft, node: Node) -> None:
    """All interfaces: each physical one, followed by its subinterfaces."""
    draft.use(node)
    for child in node.children.values():
        _interface(draft, child)


def _interface(draft: Draft, node: Node) -> None:
    port = Port(node.word, draft.where(said(node)), kind_of(node.word))
    if node.doubt is not None:
        _doubted(draft, node, port.name, port.not_understood)
    for found in read(draft, node, _port(port), "interface", port.name):
        port.not_understood.append(draft.where(said(found)))
    mtu = None
    if port.mtu is not None:
        header = HEADER + (TAG if port.tagged else 0)
        note = f"port MTU {port.mtu.value} less {header} bytes of layer 2 header"
        mtu = Sourced[int](value=port.mtu.value - header, where=port.mtu.where, note=note)
    draft.interfaces.append(
        Interface(
            name=port.name,
            kind=port.kind,
            where=port.where,
            enabled=port.enabled,
            routed=False,
            description=port.description,
            mtu=mtu,
            bundle=port.bundle,
            not_understood=tuple(port.not_understood),
        )
    )
    holder = node.children.get("subinterface")
    for child in holder.children.values() if holder is not None else ():
        _subinterface(draft, child, port, mtu)


def _doubted(draft: Draft, node: Node, name: str, places: list[Where]) -> None:
    places.append(draft.where(node.doubt_line))
    if node.doubt == CUT:
        line = Node("", node.doubt_line)
        line.ended(node.doubt_line)
        draft.miss(line, "interface", name)


def _value(node: Node) -> str:
    value = node.only()
    return value.word if value is not None else ""


def _port(port: Port) -> Statements:
    def state(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port.enabled = _value(node) != "disable"

    def description(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port.description = _value(node)

    def tagging(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port.tagged = _value(node) == "true"

    def mtu(draft: Draft, node: Node) -> None:
        port.mtu = _size(draft, node, port.name, port.not_understood)

    def ethernet(draft: Draft, node: Node) -> None:
        table: Statements = {**irrelevant.ETHERNET, "aggregate-id": bundle}
        for found in read(draft, node, table, "interface", port.name):
            port.not_understood.append(draft.where(said(found)))

    def bundle(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port.bundle = _value(node)

    def lag(draft: Draft, node: Node) -> None:
        for found in read(draft, node, irrelevant.LAG, "interface", port.name):
            port.not_understood.append(draft.where(said(found)))

    return {
        **irrelevant.INTERFACE,
        "admin-state": state,
        "description": description,
        "vlan-tagging": tagging,
        "mtu": mtu,
        "ethernet": ethernet,
        "lag": lag,
        "subinterface": lambda draft, node: draft.use(node),
    }


def _size(draft: Draft, node: Node, name: str, places: list[Where]) -> Sourced[int] | None:
    value = node.only()
    size = number_of(value.word, 0, 65535) if value is not None else None
    if value is None or size is None:
        draft.miss(node, "interface", name)
        places.append(draft.where(said(node)))
        return None
    draft.use_all(node)
    return Sourced[int](value=size, where=draft.where(value.last))


def _subinterface(draft: Draft, node: Node, port: Port, mtu: Sourced[int] | None) -> None:
    name = f"{port.name}.{node.word}"
    kind = InterfaceKind.SUBINTERFACE if port.kind in (
        InterfaceKind.PHYSICAL, InterfaceKind.BUNDLE
    ) else port.kind  # fmt: skip
    unit = Unit(name, draft.where(said(node)), port.name, kind)
    if number_of(node.word, 0, 9999) is None:
        draft.miss(node, "interface", name)
        unit.not_understood.append(unit.where)
    if node.doubt is not None:
        _doubted(draft, node, name, unit.not_understood)
    for found in read(draft, node, _unit(unit), "interface", name):
        unit.not_understood.append(draft.where(said(found)))
    if word(node, "type") == "bridged":
        unit.routed = False
    draft.interfaces.append(_finished(draft, unit, port, mtu))


def _finished(draft: Draft, unit: Unit, port: Port, mtu: Sourced[int] | None) -> Interface:
    member = draft.members.get(unit.name)
    size = unit.ip_mtu or draft.default_ip_mtu or Sourced[int](value=DEFAULT_IP_MTU)
    if mtu is not None and mtu.value < size.value:
        size = mtu
    loop = port.kind is InterfaceKind.LOOPBACK
    return Interface(
        name=unit.name,
        kind=unit.kind,
        where=unit.where,
        enabled=unit.enabled and port.enabled and (member is None or member.enabled),
        routed=unit.routed and (member is None or member.routed),
        vrf=member.vrf if member is not None else UNASSIGNED if draft.instances else "default",
        description=unit.description or port.description,
        addresses=tuple(unit.addresses),
        dynamic_address=unit.dynamic,
        ip_mtu=None if loop else size,
        ipv6_mtu=None if loop else size,
        ptb=tuple(Ptb(family=family, sends=None, reason=PTB_UNKNOWN) for family in (4, 6)),
        parent=unit.parent,
        policy_route=draft.diverted.get(unit.name),
        urpf=unit.urpf,
        not_understood=(*unit.not_understood, *port.not_understood),
    )


def _unit(unit: Unit) -> Statements:
    def state(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.enabled = _value(node) != "disable"

    def description(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.description = _value(node)

    def mtu(draft: Draft, node: Node) -> None:
        unit.ip_mtu = _size(draft, node, unit.name, unit.not_understood)

    def acl(draft: Draft, node: Node) -> None:
        table: Statements = {
            "input": applied(unit.name, "in"),
            "output": applied(unit.name, "out"),
        }
        for found in read(draft, node, table, "interface", unit.name):
            unit.not_understood.append(draft.where(said(found)))

    return {
        **irrelevant.SUBINTERFACE,
        "admin-state": state,
        "description": description,
        "type": use,
        "ip-mtu": mtu,
        "acl": acl,
        "ipv4": _family(unit, 4),
        "ipv6": _family(unit, 6),
    }


def _family(unit: Unit, family: int) -> Handler:
    def statements(draft: Draft, node: Node) -> None:
        before = len(unit.addresses)
        table: Statements = {
            **irrelevant.FAMILY,
            "admin-state": use,
            "address": _address(unit, family),
            "dhcp-client": _dynamic(unit, "dhcp"),
            "unnumbered": _dynamic(unit, "unnumbered"),
            **dict.fromkeys(("urpf-check", "uni-rpf", "urpf"), _urpf(unit)),
        }
        for found in read(draft, node, table, "interface", unit.name):
            unit.not_understood.append(draft.where(said(found)))
        if word(node, "admin-state") == "disable":
            del unit.addresses[before:]
            unit.dynamic = None

    return statements


def _address(unit: Unit, family: int) -> Handler:
    def addresses(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            found = address(child.word, draft.where(said(child)))
            odd = set(child.children) - {
                "primary",
                "anycast-gw",
                "type",
                "status",
                "router-role",
                "ip-tag-set",
            }
            if found is None or found.family != family or odd:
                draft.miss(child, "interface", unit.name)
                unit.not_understood.append(draft.where(said(child)))
            else:
                draft.use_all(child)
                unit.addresses.append(found)

    return addresses


def _dynamic(unit: Unit, kind: str) -> Handler:
    def dynamic(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        if word(node, "admin-state") != "disable":
            unit.dynamic = Sourced[str](value=kind, where=draft.where(said(node)))

    return dynamic


def _urpf(unit: Unit) -> Handler:
    def urpf(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        if word(node, "admin-state") != "disable":
            mode = word(node, "mode") or "strict"
            unit.urpf = Sourced[str](value=mode, where=draft.where(said(node)))

    return urpf
