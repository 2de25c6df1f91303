"""`interface NAME`: addresses, sizes, bonds, bridges, VRFs, and the filters on them.

An MTU on Linux is the size of the IP packet. Sources: NVUE reference, "Interface", "Bridge", "ACL"; Cumulus Linux
5.10, "Switch Port Attributes"."""

from __future__ import annotations

from collections.abc import Callable

from parsers.cumulus_linux import irrelevant
from parsers.cumulus_linux.acls import applied_directions
from parsers.cumulus_linux.draft import Applied, Draft, Port, first_line
from parsers.frr_style.addresses import interface_address
from parsers.hierarchy.tree import Node
from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.model.interfaces import InterfaceKind, Tunnel
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced
from parsers.switch_style.ranges import names_of

Part = Callable[[Draft, Port, Node], None]
TYPES = {
    "swp": InterfaceKind.PHYSICAL, "eth": InterfaceKind.MANAGEMENT, "bond": InterfaceKind.BUNDLE,
    "peerlink": InterfaceKind.BUNDLE, "svi": InterfaceKind.VLAN, "sub": InterfaceKind.SUBINTERFACE,
    "loopback": InterfaceKind.LOOPBACK, "tunnel": InterfaceKind.TUNNEL, "vxlan": InterfaceKind.OTHER,
}  # fmt: skip
OFF = frozenset({"off", "disabled", "no", "false"})


def read_interfaces(draft: Draft, node: Node) -> None:
    """All interfaces; a range of names says the same about each."""
    draft.use(node)
    for child in node.children.values():
        draft.use(child)
        if child.doubt is not None:
            draft.miss(child, "interface", child.word)
        for name in names_of(child.word):
            port = draft.facts.port(name, draft.where(first_line(child)))
            if child.doubt is not None:
                port.not_understood.append(draft.where(child.doubt_line))
            _parts(draft, port, child, INTERFACE, irrelevant.INTERFACE)


def _parts(
    draft: Draft, port: Port, node: Node, table: dict[str, Part], known: dict[str, str]
) -> None:
    draft.use(node)
    for child in node.children.values():
        part = table.get(child.word)
        if part is not None:
            part(draft, port, child)
        elif child.word in known:
            draft.ignore_all(child)
        else:
            draft.miss_in(child, port)


def value_of(node: Node) -> str:
    """The value in force of a single-valued statement, as it is written."""
    found = node.only()
    return found.word if found is not None else ""


def _type(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.kind = TYPES.get(value_of(node), port.kind)


def _description(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.description = value_of(node)


def _addresses(draft: Draft, port: Port, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        where = draft.where(first_line(child))
        if child.word == "dhcp":
            draft.use_all(child)
            port.dynamic = Sourced[str](value="dhcp", where=where)
            continue
        try:
            found = interface_address(child.word, where)
        except ValueError:
            draft.miss_in(child, port)
            continue
        if child.children:
            draft.miss_in(child, port)
        else:
            draft.use_all(child)
            if found not in port.addresses:
                port.addresses.append(found)


def _virtual(draft: Draft, port: Port, node: Node) -> None:
    """`vrr`: an address that a pair of switches shares; clients send to it, nothing else changes."""
    draft.use_all(node)
    holder = node.children.get("address")
    if value_of(node.children.get("enable", Node("", 0))) in OFF:
        return
    for child in holder.children.values() if holder is not None else ():
        try:
            port.addresses.append(interface_address(child.word, draft.where(first_line(child))))
        except ValueError:
            draft.miss_in(child, port)


def _gateway(draft: Draft, port: Port, node: Node) -> None:
    """A default route in the interface's VRF, which is settled when all is read."""
    draft.use(node)
    for child in node.children.values():
        try:
            family = interface_address(child.word, draft.where(child.line)).family
        except ValueError:
            draft.miss(child, "route", port.name)
            draft.facts.routes_doubt.append(draft.where(first_line(child)))
            continue
        draft.use_all(child)
        hop = NextHop(port.name, child.word)
        line = first_line(child)
        draft.facts.routes.append(Route(family, 0, 0, "", "static", (hop,), line, distance=0))


def _vrf(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.vrf = value_of(node)


def _forward(family: int) -> Part:
    def forward(draft: Draft, port: Port, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            if child.word in ("forward", "enable", "disable"):
                draft.use_all(child)
                if value_of(child) in OFF:
                    port.not_forwarding.add(family)
            elif child.word in irrelevant.IP:
                draft.ignore_all(child)
            else:
                draft.miss_in(child, port)

    return forward


def _ip(draft: Draft, port: Port, node: Node) -> None:
    _parts(draft, port, node, IP, irrelevant.IP)


def _link(draft: Draft, port: Port, node: Node) -> None:
    _parts(draft, port, node, LINK, irrelevant.LINK)


def _mtu(draft: Draft, port: Port, node: Node) -> None:
    text = value_of(node)
    if not (text.isascii() and text.isdigit() and 68 <= int(text) <= 65535):
        draft.miss_in(node, port)
        return
    draft.use_all(node)
    last = node.only()
    port.mtu = Sourced[int](value=int(text), where=draft.where(last.last if last else node.line))


def _state(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.enabled = value_of(node) not in ("down", *OFF)


def _bond(draft: Draft, port: Port, node: Node) -> None:
    if port.kind is None:
        port.kind = InterfaceKind.BUNDLE
    _parts(draft, port, node, BOND, irrelevant.BOND)


def _members(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.kind = InterfaceKind.BUNDLE
    for child in node.children.values():
        port.members += names_of(child.word)


def _mode(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.mode = Sourced[str](value=value_of(node), where=draft.where(first_line(node)))


def _bridge(draft: Draft, port: Port, node: Node) -> None:
    _parts(draft, port, node, BRIDGE, irrelevant.BRIDGE_PORT)


def _domain(draft: Draft, port: Port, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        draft.use(child)
        port.domain = child.word
        for part in child.children.values():
            if part.word in ("access", "untagged", "vlan"):
                draft.use_all(part)
                _vlans(port, part)
            elif part.word in irrelevant.BRIDGE_PORT:
                draft.ignore_all(part)
            else:
                draft.miss_in(part, port)


def _vlans(port: Port, node: Node) -> None:
    if node.word == "access":
        port.access = value_of(node)
    else:
        port.vids += [name for child in node.children.values() for name in names_of(child.word)]


def _base(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.parent = value_of(node)
    if port.kind is None and not port.name.startswith("vlan"):
        port.kind = InterfaceKind.SUBINTERFACE


def _acl(draft: Draft, port: Port, node: Node) -> None:
    _apply(draft, port, node, None)


def _acl_of(family: int | None) -> Part:
    def acl(draft: Draft, port: Port, node: Node) -> None:
        _apply(draft, port, node, family)

    return acl


def _apply(draft: Draft, port: Port, node: Node, family: int | None) -> None:
    draft.use(node)
    for name in node.children.values():
        draft.use(name)
        for way in name.children.values():
            direction = applied_directions(way.word)
            if direction is None or set(way.children) - {"control-plane"}:
                draft.miss_in(way, port)
                continue
            draft.use_all(way)
            if not way.children or way.end:
                where = draft.where(first_line(way))
                draft.facts.applied.append(Applied(port.name, name.word, family, direction, where))
        if not name.children:
            draft.miss_in(name, port)


def _router(draft: Draft, port: Port, node: Node) -> None:
    _parts(draft, port, node, ROUTER, irrelevant.ROUTER_PORT)


def _adaptive(draft: Draft, port: Port, node: Node) -> None:
    """Adaptive routing moves packets one by one, but RoCEv2 alone, in the default profile (Cumulus Linux 5.10, "Equal
    Cost Multipath Load Sharing")."""
    draft.use_all(node)
    enabled = value_of(node.children.get("enable", Node("", 0)))
    if enabled in ("on", "enabled"):
        draft.facts.choices.append(
            PathChoice(
                stage=Stage.ECMP, scope=Scope.EGRESS, spread=Spread.PER_PACKET, interface=port.name,
                statement="router adaptive-routing enable on", in_effect=False, trap=True,
                reason="adaptive routing forwards RoCEv2 alone per packet",
                where=draft.where(first_line(node)),
            )
        )  # fmt: skip


def _pbr(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    where = draft.where(first_line(node))
    holder = node.children.get("map", node)
    port.policy_route = Sourced[str](value=value_of(holder), where=where)
    note = f"{port.name}: pbr map {value_of(holder)}"
    draft.facts.recognised.append(Sourced[str](value="policy-route", where=where, note=note))


_MODES = {"gre": ("gre", 24), "ipip": ("ipip", 20)}


def _tunnel(draft: Draft, port: Port, node: Node) -> None:
    draft.use_all(node)
    port.kind = InterfaceKind.TUNNEL
    found = _MODES.get(value_of(node.children.get("mode", Node("", 0))), ("other", None))
    ends = [node.children.get(word) for word in ("source-ip", "dest-ip")]
    source, destination = (value_of(end) if end is not None else None for end in ends)
    port.tunnel = Tunnel(
        mode=found[0], overhead=found[1], source=source, destination=destination,
        where=draft.where(first_line(node)),
    )  # fmt: skip


LINK: dict[str, Part] = {"mtu": _mtu, "state": _state, "admin-status": _state}
BOND: dict[str, Part] = {"member": _members, "slaves": _members, "mode": _mode}
BRIDGE: dict[str, Part] = {"domain": _domain}
ROUTER: dict[str, Part] = {"adaptive-routing": _adaptive, "pbr": _pbr}
IP: dict[str, Part] = {
    "address": _addresses,
    "gateway": _gateway,
    "vrf": _vrf,
    "vrr": _virtual,
    "ipv4": _forward(4),
    "ipv6": _forward(6),
}
INTERFACE: dict[str, Part] = {
    "type": _type,
    "description": _description,
    "ip": _ip,
    "link": _link,
    "bond": _bond,
    "bridge": _bridge,
    "base-interface": _base,
    "parent": _base,
    "acl": _acl,
    "acl-ipv4": _acl_of(4),
    "acl-ipv6": _acl_of(6),
    "acl-mac": _acl_of(0),
    "router": _router,
    "tunnel": _tunnel,
}
"""The parts of an interface that are read; `irrelevant.INTERFACE` holds those that no verdict can depend on."""
