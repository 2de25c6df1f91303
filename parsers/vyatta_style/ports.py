"""What one interface's own statements say: addresses, size, filters, and how it gets its default route."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, MssClamp
from parsers.model.source import Sourced, Where
from parsers.vyatta_style import irrelevant
from parsers.vyatta_style.draft import Draft, Handler, Statements, said, several, tag_nodes
from parsers.vyatta_style.firewall import bind, clamp_of
from parsers.vyatta_style.tunnels import TUNNEL_WORDS
from parsers.vyatta_style.values import addresses

DHCP_DISTANCE = 210


@dataclass
class Port:
    """What the statements of one interface say so far."""

    name: str
    kind: InterfaceKind
    type: str
    node: Node
    where: Where
    parent: str | None = None
    enabled: bool = True
    description: str = ""
    vrf: str = "default"
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    dynamic_families: dict[int, int] = field(default_factory=dict)
    mtu: Sourced[int] | None = None
    clamps: list[MssClamp] = field(default_factory=list)
    bundle: str | None = None
    policy: Sourced[str] | None = None
    urpf: Sourced[str] | None = None
    distance: int = DHCP_DISTANCE
    no_default: bool = False
    not_understood: list[Where] = field(default_factory=list)


def statements(port: Port) -> Statements:
    """The table of an interface's statements."""
    return {
        **irrelevant.INTERFACE,
        **_TAGS,
        **(TUNNEL_WORDS if port.kind is InterfaceKind.TUNNEL else {}),
        "address": _address(port),
        "description": _description(port),
        "disable": _disable(port),
        "mtu": _mtu(port),
        "vrf": _vrf(port),
        "ip": _ip(port, 4),
        "ipv6": _ip(port, 6),
        "firewall": _firewall(port),
        "policy": _policy(port),
        "bond-group": _bundle(port),
        "member": _member(port),
        "dhcp-options": _dhcp_options(port),
        "default-route": _default_route(port),
        "no-default-route": _no_default(port),
        "default-route-distance": _distance(port),
        "mode": _use,
        "hash-policy": _use,
        "switch-port": _use,
        "source-interface": _use,
        "redirect": _use,
        "local-address": _use,
        "remote-address": _use,
    }


def _use(draft: Draft, node: Node) -> None:
    draft.use_all(node)


def _tag(draft: Draft, node: Node) -> None:
    """VLANs and PPPoE sessions are interfaces of their own."""
    draft.use(node)


_TAGS: Statements = dict.fromkeys(("vif", "vif-s", "vif-c", "pppoe"), _tag)


def _missed(draft: Draft, port: Port, node: Node) -> None:
    draft.miss(node, "interface", port.name)
    port.not_understood.append(draft.where(said(node)))


def _address(port: Port) -> Handler:
    def address(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            where = draft.where(child.last)
            if child.word in ("dhcp", "dhcpv6"):
                draft.use_all(child)
                port.dynamic = Sourced[str](value=child.word, where=where)
                port.dynamic_families[4 if child.word == "dhcp" else 6] = child.last
                continue
            own, _, length = child.word.partition("/")
            found = addresses(own)
            bits = 32 if found is not None and found.family == 4 else 128
            whole = not length or (length.isdecimal() and int(length) <= bits)
            if found is None or found.negated or len(found.terms) != 1 or not whole:
                _missed(draft, port, child)
                continue
            draft.use_all(child)
            size = int(length) if length else bits
            port.addresses.append(InterfaceAddress(found.family, found.terms[0].value, size, where))

    return address


def _description(port: Port) -> Handler:
    def description(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        words = [found.word for found in node.walk()][1:]
        port.description = " ".join(words)

    return description


def _disable(port: Port) -> Handler:
    def disable(draft: Draft, node: Node) -> None:
        if node.children:
            _missed(draft, port, node)
            return
        draft.use_all(node)
        port.enabled = False

    return disable


def _number(draft: Draft, port: Port, node: Node) -> tuple[int, int] | None:
    value = node.only()
    if value is None or not value.word.isdecimal() or value.children or several(node):
        _missed(draft, port, node)
        return None
    draft.use_all(node)
    return int(value.word), value.last


def _mtu(port: Port) -> Handler:
    def mtu(draft: Draft, node: Node) -> None:
        found = _number(draft, port, node)
        if found is not None:
            port.mtu = Sourced[int](value=found[0], where=draft.where(found[1]))

    return mtu


def _vrf(port: Port) -> Handler:
    def vrf(draft: Draft, node: Node) -> None:
        value = node.only()
        draft.use_all(node)
        if value is not None:
            port.vrf = value.word

    return vrf


def _distance(port: Port) -> Handler:
    def distance(draft: Draft, node: Node) -> None:
        found = _number(draft, port, node)
        port.distance = found[0] if found is not None else port.distance

    return distance


def _no_default(port: Port) -> Handler:
    def no_default(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port.no_default = True

    return no_default


def _default_route(port: Port) -> Handler:
    """`default-route auto|force|none` of PPPoE; without it the peer gives the default route."""

    def default_route(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.only()
        port.no_default = value is not None and value.word in ("none", "no-update")

    return default_route


def _dhcp_options(port: Port) -> Handler:
    def options(draft: Draft, node: Node) -> None:
        table: Statements = {
            **irrelevant.DHCP,
            "default-route-distance": _distance(port),
            "no-default-route": _no_default(port),
            "default-route": _default_route(port),
        }
        unknown = read(draft, node, table, "interface", port.name)
        port.not_understood += [draft.where(said(child)) for child in unknown]

    return options


def _ip(port: Port, family: int) -> Handler:
    def settings(draft: Draft, node: Node) -> None:
        table: Statements = {
            **irrelevant.IP,
            "adjust-mss": _adjust_mss(port, family),
            "source-validation": _validation(port),
            "disable-forwarding": _no_forwarding(port),
            "address": _autoconf(port),
        }
        unknown = read(draft, node, table, "interface", port.name)
        port.not_understood += [draft.where(said(child)) for child in unknown]

    return settings


def _adjust_mss(port: Port, family: int) -> Handler:
    """The rule stands in the forward hook and names the interface that the SYN goes out through."""

    def adjust(draft: Draft, node: Node) -> None:
        value = node.only()
        clamp = clamp_of(draft, family, value, "out") if value is not None else None
        if clamp is None or several(node):
            _missed(draft, port, node)
            return
        draft.use_all(node)
        port.clamps.append(clamp)

    return adjust


def _validation(port: Port) -> Handler:
    def validation(draft: Draft, node: Node) -> None:
        value = node.only()
        if value is None or value.word not in ("strict", "loose", "disable"):
            _missed(draft, port, node)
            return
        draft.use_all(node)
        if value.word != "disable":
            port.urpf = Sourced[str](value=value.word, where=draft.where(value.last))

    return validation


def _no_forwarding(port: Port) -> Handler:
    def forwarding(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        note = f"{port.name}: packets that come in here are not forwarded"
        draft.recognise("no-routing", node, note)

    return forwarding


def _autoconf(port: Port) -> Handler:
    def address(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        for child in node.children.values():
            if child.word == "autoconf":
                port.dynamic = port.dynamic or Sourced[str](
                    value="autoconf", where=draft.where(said(child))
                )
                port.dynamic_families.setdefault(6, said(child))

    return address


def _firewall(port: Port) -> Handler:
    def firewall(draft: Draft, node: Node) -> None:
        unknown = bind(draft, node, port.name)
        port.not_understood += [draft.where(said(child)) for child in unknown]

    return firewall


def _policy(port: Port) -> Handler:
    """`policy route X` (1.2, 1.3)."""

    def policy(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        for child in node.children.values():
            value = child.only()
            if value is not None:
                name = f"policy {child.word} {value.word}"
                port.policy = Sourced[str](value=name, where=draft.where(value.last))

    return policy


def _bundle(port: Port) -> Handler:
    def group(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.only()
        port.bundle = value.word if value is not None else None

    return group


def _member(port: Port) -> Handler:
    """`member interface eth1` of a bond or a bridge."""

    def member(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        for child in tag_nodes(node.children.get("interface")):
            if port.type == "bonding":
                draft.members[child.word] = port.name

    return member
