"""`network interface`: Ethernet, aggregate, VLAN, loopback and tunnel interfaces with their subinterfaces.

Sources: Palo Alto Networks, PAN-OS Web Interface Help, "Network > Interfaces": the MTU counts IP packets (576 to
9192, 1500 by default); "Adjust TCP MSS" sets the MSS to the interface's MTU less an adjustment (40 for IPv4, 60 for
IPv6 by default).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.interfaces import (
    Interface,
    InterfaceAddress,
    InterfaceKind,
    MssClamp,
    Ptb,
    Tunnel,
)
from parsers.model.source import Sourced, Where
from parsers.paloalto_panos.draft import (
    Draft,
    Handler,
    Statements,
    because,
    leftovers,
    lift,
    line_of,
    word_of,
)

NO_ROUTER = "no router"
"""Where interfaces are that no virtual router has: they forward nothing."""
ETHERNET_MTU = 1500
ADJUSTMENT = {4: 40, 6: 60}
PTB_DEFAULT = (
    "PAN-OS sends Frag-Needed and Packet Too Big unless a zone protection profile suppresses it"
)
OVERHEAD = {"gre": 24}
"""Bytes of an outer IPv4 and a GRE header (RFC 2784); of IPsec they depend on the proposal."""


@dataclass
class Port:
    """What the statements of one interface say."""

    name: str
    kind: InterfaceKind
    where: Where
    parent: str | None = None
    routed: bool = False
    enabled: bool = True
    description: str = ""
    bundle: str | None = None
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    mtu: Sourced[int] | None = None
    clamps: dict[int, tuple[int, Where]] = field(default_factory=dict)
    not_understood: list[Where] = field(default_factory=list)


Reader = Callable[[Draft, Port, Node], None]

_KINDS = {
    "ethernet": InterfaceKind.PHYSICAL,
    "aggregate-ethernet": InterfaceKind.BUNDLE,
    "vlan": InterfaceKind.VLAN,
    "loopback": InterfaceKind.LOOPBACK,
    "tunnel": InterfaceKind.TUNNEL,
    "sdwan": InterfaceKind.TUNNEL,
    "cellular": InterfaceKind.OTHER,
}
_LINK = because(
    "link layer, monitoring or services of the box: no transit packet is denied, moved or sized by it",
    "arp", "bonjour", "ddns-config", "decrypt-mirror", "description", "fec", "ha", "interface-management-profile",
    "lacp", "link-duplex", "link-speed", "lldp", "log-card", "ndp-proxy", "netflow-profile", "poe", "rate-limit",
    "sdwan-link-settings", "tag", "tap", "traffic-interconnect", "untagged-sub-interface", "decrypt-forward",
    "forwarding", "cluster-interconnect", "link-tag", "bandwidth",
    "comments", "id", "uuid", "virtual-wire-profile", "ipv6-enabled", "high-availability",
)  # fmt: skip
_IPV6 = because(
    "neighbour discovery and how an address is made",
    "neighbor-discovery", "interface-id", "dhcp-client", "inherited", "dns-server",
)  # fmt: skip


def read_interfaces(draft: Draft, node: Node) -> None:
    """All interfaces into the draft."""
    draft.use(node)
    for group in node.children.values():
        kind = _KINDS.get(group.word)
        if kind is None:
            draft.miss(group, "interface", group.word)
            continue
        if group.word in ("ethernet", "aggregate-ethernet", "cellular"):
            draft.use(group)
            for child in group.children.values():
                _port(draft, child, Port(child.word, kind, draft.where(line_of(child))))
        elif group.children or group.end:
            own = Port(group.word, kind, draft.where(line_of(group)))
            _port(draft, group, own, logical=True)


def _port(draft: Draft, node: Node, port: Port, logical: bool = False) -> None:
    words = set(_statements(port))
    lift(node, words, frozenset({"units"}))
    unknown = read(draft, node, _statements(port), "interface", port.name)
    port.not_understood += [draft.where(line_of(found)) for found in unknown]
    if node.doubt:
        port.not_understood.append(draft.where(node.doubt_line))
    if not logical or port.addresses or port.mtu or port.dynamic:
        if logical:
            port.routed = True
        draft.interfaces[port.name] = _made(draft, port)


def _statements(port: Port) -> Statements:
    """Below an interface; those of layer 3 may stand directly there on VLAN, loopback and tunnel interfaces."""
    own = {"layer3": _whole_layer3, "layer2": _layer2, "virtual-wire": _layer2, "link-state": _state,
           "aggregate-group": _member}  # fmt: skip
    return {**_layer3(port), **_for(port, own), **_LINK}


def _layer3(port: Port) -> Statements:
    """What layer 3 interfaces and their units have."""
    own = {"ip": _addresses, "ipv6": _ipv6, "mtu": _mtu, "adjust-tcp-mss": _clamp, "dhcp-client": _dynamic,
           "pppoe": _dynamic, "df-ignore": _df_ignore, "units": _units, "comment": _comment}  # fmt: skip
    return {**_for(port, own), **_LINK}


def _for(port: Port, readers: Mapping[str, Reader]) -> Statements:
    def bound(reader: Reader) -> Handler:
        return lambda draft, node: reader(draft, port, node)

    return {word: bound(reader) for word, reader in readers.items()}


def _missed(draft: Draft, port: Port, node: Node) -> None:
    """Nothing that could depend on `node` is judged."""
    draft.miss(node, "interface", port.name)
    port.not_understood.append(draft.where(line_of(node)))


def _whole_layer3(draft: Draft, port: Port, node: Node) -> None:
    port.routed = True
    lift(node, _layer3(port), frozenset({"units"}))
    unknown = read(draft, node, _layer3(port), "interface", port.name)
    port.not_understood += [draft.where(line_of(found)) for found in unknown]


def _layer2(draft: Draft, port: Port, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        if child.word == "units":
            draft.use(child)
            for unit in child.children.values():
                draft.use_all(unit)
                where = draft.where(line_of(unit))
                made = Port(unit.word, InterfaceKind.SUBINTERFACE, where, port.name)
                draft.interfaces[unit.word] = _made(draft, made)
        elif child.word in _LINK or child.word in ("zone", "mtu"):
            draft.ignore_all(child)
        else:
            _missed(draft, port, child)


def _state(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    value = node.only()
    port.enabled = value is None or value.word != "down"
    if value is not None and (value.children or value.word not in ("auto", "up", "down")):
        _missed(draft, port, node)


def _member(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    value = node.only()
    port.bundle = value.word if value is not None else None


def _addresses(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    for child in node.children.values():
        _address(draft, port, child)
    for below in leftovers(node):
        if below.word != "sdwan-gateway":
            _missed(draft, port, below)


def _mtu(draft: Draft, port: Port, node: Node) -> None:
    value = node.only()
    if value is None or value.children or not _is_number(value.word):
        _missed(draft, port, node)
        return
    draft.use_all(node)
    port.mtu = Sourced[int](value=int(value.word), where=draft.where(value.last))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _dynamic(draft: Draft, port: Port, node: Node) -> None:
    """An address from DHCP or PPPoE, and a default route with it unless that is switched off."""
    draft.use_all(node)
    if word_of(node, "enable") == "no":
        return
    where = draft.where(line_of(node))
    kind = "pppoe" if node.word == "pppoe" else "dhcp"
    port.dynamic = Sourced[str](value=kind, where=where)
    if word_of(node, "create-default-route") != "no":
        draft.sources.append(Sourced[str](value=kind, where=where))


def _df_ignore(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    if "yes" in node.children:
        where = draft.where(line_of(node))
        draft.df_cleared.append(Sourced[str](value=f"{port.name} df-ignore", where=where))


def _units(draft: Draft, port: Port, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        is_port = "/" in child.word or child.word.startswith("ae")
        kind = InterfaceKind.SUBINTERFACE if is_port else port.kind
        unit = Port(child.word, kind, draft.where(line_of(child)), port.name, True)
        table = _layer3(unit)
        lift(child, table)
        unknown = read(draft, child, table, "interface", unit.name)
        unit.not_understood += [draft.where(line_of(found)) for found in unknown]
        if child.doubt:
            unit.not_understood.append(draft.where(child.doubt_line))
        draft.interfaces[unit.name] = _made(draft, unit)


def _comment(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    value = node.only()
    port.description = value.word if value is not None else ""


def _address(draft: Draft, port: Port, node: Node) -> None:
    """One address as written, the name of an address object, or a template variable."""
    text = draft.references.get(node.word, node.word)
    for masks in draft.masks:
        if text in masks:
            text = masks[text]
            break
    try:
        found = ipaddress.ip_interface(text)
        if "/" in text and not text.rpartition("/")[2].isdecimal():
            raise ValueError(text)
    except ValueError:
        draft.miss(node, "interface", port.name)
        port.not_understood.append(draft.where(node.end or node.line))
        return
    length = found.network.prefixlen
    where = draft.where(node.end or node.line)
    port.addresses.append(InterfaceAddress(found.version, int(found.ip), length, where))


def _ipv6(draft: Draft, port: Port, node: Node) -> None:
    off = word_of(node, "enabled") == "no"

    def address(draft: Draft, holder: Node) -> None:
        draft.use_all(holder)
        for child in holder.children.values():
            if not off and word_of(child, "enable-on-interface") != "no":
                _address(draft, port, child)

    def enabled(draft: Draft, holder: Node) -> None:
        draft.use_all(holder)

    table: Statements = {"address": address, "enabled": enabled, **_IPV6}
    lift(node, table, frozenset({"address"}))
    unknown = read(draft, node, table, "interface", port.name)
    port.not_understood += [draft.where(line_of(found)) for found in unknown]


MOST_ADJUSTED = 300
"""The most bytes that `adjust-tcp-mss` subtracts."""


def _clamp(draft: Draft, port: Port, node: Node) -> None:
    """`adjust-tcp-mss`: the values are subtracted from the interface's MTU, they are no MSS."""
    lift(node, ("enable", "ipv4-mss-adjustment", "ipv6-mss-adjustment"))
    draft.use_all(node)
    known = {"enable", "ipv4-mss-adjustment", "ipv6-mss-adjustment", "yes", "no"}
    for child in node.children.values():
        if child.word not in known:
            _missed(draft, port, child)
    if word_of(node, "enable") != "yes" and "yes" not in node.children:
        return
    for family, word in ((4, "ipv4-mss-adjustment"), (6, "ipv6-mss-adjustment")):
        value = node.value(word)
        amount = ADJUSTMENT[family]
        line = line_of(node.children.get("enable", node))
        if value is not None:
            # by the web interface's help 40 (IPv6: 60) to 300; a number like 1360 was meant as an MSS
            told = not value.children and _is_number(value.word)
            if not told or not amount <= int(value.word) <= MOST_ADJUSTED:
                draft.miss(value, "interface", port.name)
                port.not_understood.append(draft.where(value.last))
                continue
            amount, line = int(value.word), value.last
        port.clamps[family] = (amount, draft.where(line))


def _made(draft: Draft, port: Port) -> Interface:
    mtu = port.mtu
    if mtu is None and port.parent in draft.interfaces and port.kind is InterfaceKind.SUBINTERFACE:
        mtu = None  # the rules look at the parent
    if mtu is None and draft.jumbo is not None and port.kind is not InterfaceKind.TUNNEL:
        mtu = draft.jumbo
    size = mtu.value if mtu is not None else ETHERNET_MTU
    clamps = tuple(
        MssClamp(family=family, value=size - amount, where=where)
        for family, (amount, where) in port.clamps.items()
    )
    router = draft.owners.get(port.name)
    return Interface(
        name=port.name,
        kind=port.kind,
        where=port.where,
        enabled=port.enabled,
        routed=port.routed,
        vrf=router if router is not None else NO_ROUTER if draft.owners else "default",
        description=port.description,
        addresses=tuple(port.addresses),
        dynamic_address=port.dynamic,
        mtu=mtu,
        clamps=clamps,
        ptb=tuple(Ptb(family=family, sends=True, reason=PTB_DEFAULT) for family in (4, 6)),
        tunnel=_tunnel(draft, port),
        bundle=port.bundle,
        parent=port.parent,
        not_understood=tuple(dict.fromkeys(port.not_understood)),
    )


def _tunnel(draft: Draft, port: Port) -> Tunnel | None:
    if port.kind is not InterfaceKind.TUNNEL:
        return None
    found = draft.tunnels.get(port.name)
    if found is None:
        return Tunnel(mode="other", where=port.where)
    mode, source, where = found
    return Tunnel(mode=mode, overhead=OVERHEAD.get(mode), source=source, where=where)
