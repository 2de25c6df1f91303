"""`interfaces`: every type with its VLANs, addresses, sizes and what it does to packets in transit.

Sources: vyos-documentation, "Interfaces" (names `eth0.10`, `eth0.100.20`, `pppoe0`; MTU counts IP bytes; default
MTU by type from vyos-1x `interface-definitions/interfaces_*.xml.in`), EdgeOS configurations (`pppoe 0` below an
Ethernet port, `bond-group`, `bridge-group`, `switch-port`).
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.interfaces import Interface, InterfaceKind, Ptb, Tunnel
from parsers.model.source import Sourced
from parsers.vyatta_style import irrelevant
from parsers.vyatta_style.balancing import bond_choice
from parsers.vyatta_style.draft import Draft, Hop, said, tag_nodes
from parsers.vyatta_style.ports import Port, statements
from parsers.vyatta_style.tunnels import DEFAULT_MTU, tunnel_of

_K = InterfaceKind
TYPES: dict[str, InterfaceKind] = {
    "ethernet": _K.PHYSICAL, "bonding": _K.BUNDLE, "bridge": _K.VLAN, "switch": _K.VLAN,
    "dummy": _K.LOOPBACK, "loopback": _K.LOOPBACK, "pppoe": _K.DIALER, "pptp-client": _K.DIALER,
    "l2tp-client": _K.DIALER, "sstpc": _K.DIALER, "wirelessmodem": _K.DIALER, "wwan": _K.OTHER,
    "tunnel": _K.TUNNEL, "vti": _K.TUNNEL, "ipv6-tunnel": _K.TUNNEL, "wireguard": _K.TUNNEL,
    "openvpn": _K.TUNNEL, "l2tpv3": _K.TUNNEL, "vxlan": _K.TUNNEL, "geneve": _K.TUNNEL,
    "wireless": _K.PHYSICAL, "pseudo-ethernet": _K.PHYSICAL, "virtual-ethernet": _K.PHYSICAL,
    "macsec": _K.PHYSICAL, "serial": _K.PHYSICAL, "adsl": _K.PHYSICAL,
}  # fmt: skip
"""The statements below `interfaces`, and what kind of interface they make."""
PTB_DEFAULT = "the Linux kernel sends Frag-Needed and Packet Too Big; no statement stops it"
_PPP = frozenset({"pppoe", "pptp-client", "l2tp-client", "sstpc", "wirelessmodem", "wwan"})
"""Types whose peer gives the address and, unless told otherwise, the default route."""


def read_interfaces(draft: Draft, node: Node) -> None:
    """All interfaces, into the draft by name."""
    draft.use(node)
    for kind in node.children.values():
        if kind.word in irrelevant.NOT_INTERFACES:
            draft.ignore_all(kind)
        elif kind.word not in TYPES:
            draft.miss(kind, "interface")
        else:
            draft.use(kind)
            for child in tag_nodes(kind):
                doubt = node.doubt_line if node.doubt else 0
                _port(draft, child, child.word, kind.word, TYPES[kind.word], None, doubt)


def _port(
    draft: Draft,
    node: Node,
    name: str,
    type_: str,
    kind: InterfaceKind,
    parent: Port | None,
    doubt: int = 0,
) -> None:
    port = Port(name, kind, type_, node, draft.where(said(node)))
    port.parent = parent.name if parent is not None else None
    port.enabled = parent.enabled if parent is not None else True
    for line in (doubt, node.doubt_line if node.doubt else 0):
        if line:
            port.not_understood.append(draft.where(line))
    unknown = read(draft, node, statements(port), "interface", name)
    port.not_understood += [draft.where(said(child)) for child in unknown]
    if type_ in _PPP:
        port.dynamic = port.dynamic or Sourced[str](value="ppp", where=port.where)
        port.dynamic_families.setdefault(4, port.where.line)
    if type_ == "openvpn" and not port.addresses and port.dynamic is None:
        port.dynamic = Sourced[str](value="openvpn", where=port.where)
    draft.interfaces[name] = _made(draft, port)
    if type_ == "bonding" and parent is None:
        bond_choice(draft, node, name)
    _dynamic_routes(draft, port)
    for word in ("vif", "vif-s", "vif-c", "pppoe"):
        for child in tag_nodes(node.children.get(word)):
            if word == "pppoe":
                _port(draft, child, f"pppoe{child.word}", "pppoe", _K.DIALER, port)
            else:
                _port(draft, child, f"{name}.{child.word}", "vif", _K.SUBINTERFACE, port)


def _made(draft: Draft, port: Port) -> Interface:
    tunnel = tunnel_of(draft, port.node, port.type, port.where)
    mtu = port.mtu
    if mtu is None and port.type in DEFAULT_MTU:
        note = f"the default MTU of {port.type} interfaces"
        mtu = Sourced[int](value=DEFAULT_MTU[port.type], note=note)
    if port.vrf != "default":
        draft.vrf_members.setdefault(port.vrf, []).append(port.name)
    return Interface(
        name=port.name,
        kind=port.kind,
        where=port.where,
        enabled=port.enabled,
        routed=True,
        vrf=port.vrf,
        description=port.description,
        addresses=tuple(port.addresses),
        dynamic_address=port.dynamic,
        mtu=mtu,
        clamps=tuple(port.clamps),
        ptb=tuple(Ptb(family=f, sends=True, reason=PTB_DEFAULT) for f in (4, 6)),
        tunnel=tunnel if tunnel is not None else _pppoe(port),
        bundle=port.bundle,
        parent=port.parent,
        policy_route=port.policy,
        urpf=port.urpf,
        not_understood=tuple(port.not_understood),
    )


def _pppoe(port: Port) -> Tunnel | None:
    if port.type != "pppoe":
        return None
    return Tunnel(mode="pppoe", overhead=8, source=port.parent, where=port.where)


def _dynamic_routes(draft: Draft, port: Port) -> None:
    """The default route that DHCP, PPP or a router advertisement gives the interface: it is there only while the
    other side gives it, and any static default wins by its distance."""
    if port.no_default or not port.enabled:
        return
    for family, line in port.dynamic_families.items():
        draft.hops.append(
            Hop(
                family, 0, 0, port.vrf, "dhcp", line, port.distance, port.name,
                conditional=f"the default route that {port.name} is given",
            )
        )  # fmt: skip
