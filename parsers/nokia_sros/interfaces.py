"""IP interfaces of the base router, of VPRNs and of IES, in both command lines.

Sources: Nokia SR OS, Router Configuration Guide, "Configuring IP interfaces" (`ip-mtu`, `icmp`, `urpf-check`,
`tcp-mss` for the router's own sessions), Layer 3 Services Guide (SAPs and spoke SDPs); YANG `nokia-conf-router` and
`nokia-conf-svc-vprn` 26.3.
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.interfaces import Interface, InterfaceAddress, InterfaceKind, Ptb, Tunnel
from parsers.model.source import Sourced, Where
from parsers.nokia_sros import irrelevant
from parsers.nokia_sros.access_points import direction, ip_tunnel, place, sap, vpls
from parsers.nokia_sros.balancing import interface_balancing
from parsers.nokia_sros.draft import Draft, Handler, Statements, use
from parsers.nokia_sros.ports import HEADERS, word_of
from parsers.nokia_sros.units import Unit, below, ip_mtu, missed
from parsers.nokia_sros.unreachables import icmp_statements
from parsers.nokia_style.statements import CUT, address, prefix, said, word

PTB_DEFAULT = (
    "SR OS sends ICMP unreachables and Packet Too Big unless told not to (100 in 10 seconds)"
)


def read_interface(draft: Draft, node: Node, vrf: str, name: str) -> None:
    """One interface with its filters; it goes into the draft."""
    unit = Unit(name, draft.where(said(node)), vrf)
    if node.doubt is not None:
        unit.not_understood.append(draft.where(node.doubt_line))
        if node.doubt == CUT:
            draft.miss(_line(node.doubt_line), "interface", name)
    below(draft, node, unit, interface_statements(unit))
    if node.word == "system" and vrf == "default":
        unit.kind = InterfaceKind.LOOPBACK
    if vrf == "management":
        unit.kind = InterfaceKind.MANAGEMENT
    draft.interfaces.append(finished(draft, unit))


def _line(number: int) -> Node:
    node = Node("", number)
    node.ended(number)
    return node


def finished(draft: Draft, unit: Unit) -> Interface:
    """The model's interface: a port's MTU less its header, and the smaller of that and `ip-mtu`."""
    port = draft.ports.get(unit.port or "")
    mtu = None
    if port is not None and port.mtu is not None:
        header = HEADERS.get(port.encapsulation, 22)
        note = f"port MTU {port.mtu.value} less {header} bytes of layer 2 header ({port.encapsulation})"
        mtu = Sourced[int](value=port.mtu.value - header, where=port.mtu.where, note=note)
    size = unit.ip_mtu
    if size is not None and mtu is not None and mtu.value < size.value:
        size = mtu
    kind = unit.kind
    if kind is InterfaceKind.PHYSICAL and unit.tagged:
        kind = InterfaceKind.SUBINTERFACE
    ptb = {family: Ptb(family=family, sends=True, reason=PTB_DEFAULT) for family in (4, 6)}
    ptb.update(unit.ptb)
    return Interface(
        name=unit.name,
        kind=kind,
        where=unit.where,
        enabled=unit.enabled and (port is None or port.enabled),
        vrf=unit.vrf,
        description=unit.description,
        addresses=tuple(unit.addresses),
        dynamic_address=unit.dynamic,
        mtu=mtu,
        ip_mtu=size,
        ipv6_mtu=size,
        ptb=tuple(ptb.values()),
        tunnel=unit.tunnel,
        parent=unit.port,
        urpf=unit.urpf,
        nat=unit.nat,
        not_understood=tuple(unit.not_understood),
    )


def interface_statements(unit: Unit) -> Statements:
    """What may stand below an interface."""
    return {
        **irrelevant.INTERFACE,
        **_state(unit),
        "address": _address(unit),
        "secondary": _address(unit),
        "unnumbered": _unnumbered(unit),
        "loopback": _loopback(unit),
        "tunnel": _tunnel(unit),
        "port": _port(unit),
        "sap": sap(unit),
        "spoke-sdp": sap(unit),
        "vpls": vpls(unit),
        "ipv4": _family(unit, 4),
        "ipv6": _family(unit, 6),
        "ip-mtu": ip_mtu(unit),
        "icmp": icmp_statements(unit.name, unit.ptb, 4),
        "urpf-check": _urpf(unit),
        "ingress": direction(unit, "in"),
        "egress": direction(unit, "out"),
        **interface_balancing(unit.name),
        "autoconfigure": _dynamic(unit),
        "ip-tunnel": ip_tunnel(unit),
        "ipsec-tunnel": ip_tunnel(unit),
        "description": _description(unit),
        "routed-override-filter": use,
        "nat": _nat(unit),
    }


def _state(unit: Unit) -> Statements:
    def state(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.enabled = word_of(node) != "disable"

    def shutdown(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.enabled = False

    def no(draft: Draft, node: Node) -> None:
        """`no STATEMENT` of the classic CLI switches back to the default, which is what is taken anyway."""
        for child in node.children.values():
            draft.use_all(child)
            if child.word == "shutdown":
                unit.enabled = True
        draft.use(node)

    return {"admin-state": state, "shutdown": shutdown, "no": no}


def _description(unit: Unit) -> Handler:
    def description(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.description = word_of(node)

    return description


def _address(unit: Unit) -> Handler:
    """`address 192.0.2.1/24`, `secondary ...`; of MD-CLI `secondary 192.0.2.1 { prefix-length 24 }`."""

    def read_address(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            length = child.value("prefix-length")
            where = draft.where(said(child))
            found = address(child.word, where, length.word if length is not None else None)
            if found is None and length is None:
                found = _with_mask(child, where)
            if found is None:
                missed(draft, child, unit)
            else:
                draft.use_all(child)
                unit.addresses.append(found)

    return read_address


def _with_mask(node: Node, where: Where) -> InterfaceAddress | None:
    """`address 192.0.2.1 255.255.255.0`."""
    for child in node.children.values():
        mask = prefix(child.word)
        if mask is not None and mask.family == 4 and "/" not in child.word:
            free = mask.value ^ 0xFFFFFFFF
            if not free & (free + 1):
                return address(node.word, where, str(mask.value.bit_count()))
    return None


def _primary(unit: Unit) -> Handler:
    def primary(draft: Draft, node: Node) -> None:
        value, length = node.value("address"), node.value("prefix-length")
        found = None
        if value is not None:
            where = draft.where(value.last)
            found = address(value.word, where, length.word if length is not None else None)
        if found is None:
            missed(draft, node, unit)
        else:
            draft.use_all(node)
            unit.addresses.append(found)

    return primary


def _unnumbered(unit: Unit) -> Handler:
    def unnumbered(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.dynamic = Sourced[str](value="unnumbered", where=draft.where(said(node)))

    return unnumbered


def _dynamic(unit: Unit) -> Handler:
    def dynamic(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.dynamic = Sourced[str](value="dhcp", where=draft.where(said(node)))

    return dynamic


def _loopback(unit: Unit) -> Handler:
    def loopback(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.kind = InterfaceKind.LOOPBACK

    return loopback


def _tunnel(unit: Unit) -> Handler:
    def tunnel(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        if unit.tunnel is None:
            unit.kind = InterfaceKind.TUNNEL
            unit.tunnel = Tunnel(mode="other", where=draft.where(said(node)))

    return tunnel


def _port(unit: Unit) -> Handler:
    def port(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        place(unit, word_of(node))

    return port


def _family(unit: Unit, family: int) -> Handler:
    def statements(draft: Draft, node: Node) -> None:
        table: Statements = {
            **irrelevant.INTERFACE,
            "primary": _primary(unit),
            "secondary": _address(unit),
            "address": _address(unit),
            "unnumbered": _unnumbered(unit),
            "icmp": icmp_statements(unit.name, unit.ptb, 4),
            "icmp6": icmp_statements(unit.name, unit.ptb, 6),
            "urpf-check": _urpf(unit),
            "autoconfigure": _dynamic(unit),
            "dhcp-client": _dynamic(unit),
            "no": use,
        }
        below(draft, node, unit, table)

    return statements


def _urpf(unit: Unit) -> Handler:
    def urpf(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        mode = word(node, "mode") or "strict"
        unit.urpf = Sourced[str](value=mode, where=draft.where(said(node)))

    return urpf


def _nat(unit: Unit) -> Handler:
    def nat(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        draft.recognise("nat", node, f"{unit.name}: address translation")

    return nat
