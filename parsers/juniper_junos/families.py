"""`family` below a unit: addresses, sizes, filters and checks of one logical interface."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos import irrelevant
from parsers.juniper_junos.draft import Draft, Handler, Statements
from parsers.juniper_junos.filters import undefined_filter
from parsers.juniper_junos.names import interface_address
from parsers.juniper_junos.ports import LAYER_2_FAMILIES, kind_of
from parsers.model.filters import Binding
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, MssClamp
from parsers.model.source import Sourced, Where

DIRECTIONS = {"input": "in", "input-list": "in", "output": "out", "output-list": "out"}
NOT_TRANSIT = {
    InterfaceKind.LOOPBACK: "a filter on lo0 acts on packets to and from the routing engine only",
    InterfaceKind.MANAGEMENT: "a management interface carries no transit packets",
}


_ADDRESS_WORDS = frozenset(
    {
        "apply-macro", "arp", "broadcast", "destination", "destination-profile", "eui-64",
        "master-only", "multipoint-destination", "ndp", "preferred", "primary",
        "subnet-router-anycast", "virtual-gateway-address", "vrrp-group", "vrrp-inet6-group",
        "web-authentication", "preempt", "virtual-gateway-v4-mac", "virtual-gateway-v6-mac",
        "virtual-gateway-accept-data", "dad-disable", "dad-enable", "no-dad",
    }
)  # fmt: skip
"""What may stand below an address; none of it moves or drops packets of others."""


@dataclass
class Unit:
    """What the statements of one unit say so far."""

    name: str
    where: Where
    enabled: bool = True
    description: str = ""
    families: set[str] = field(default_factory=set)
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    mtus: dict[int, Sourced[int]] = field(default_factory=dict)
    clamps: list[MssClamp] = field(default_factory=list)
    policy_route: Sourced[str] | None = None
    urpf: Sourced[str] | None = None
    not_understood: list[Where] = field(default_factory=list)

    def filters(self, family: int) -> Handler:
        """The handler of `filter` for a family; 0 is the filter for any family at the unit itself."""

        def filters(draft: Draft, node: Node) -> None:
            read_filters(draft, node, self, family)

        return filters


def unit_families(unit: Unit) -> Handler:
    """The handler of `family` for `unit`."""

    def families(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            unit.families.add(child.word)
            if child.doubt:
                unit.not_understood.append(draft.where(child.doubt_line))
            if child.word in ("inet", "inet6"):
                family = 4 if child.word == "inet" else 6
                unknown = read(draft, child, _statements(unit, family), "interface", unit.name)
                unit.not_understood += [draft.where(n.end or n.line) for n in unknown]
            elif child.word in LAYER_2_FAMILIES or child.word in _NO_IP:
                _other_family(draft, child, unit)
            else:
                draft.miss(child, "interface", unit.name)
                unit.not_understood.append(draft.where(_leaf(child).end or child.line))

    return families


_NO_IP = frozenset(
    {
        "iso",
        "mpls",
        "mlppp",
        "mlfr-end-to-end",
        "mlfr-uni-nni",
        "any",
        "inet-vpn",
        "inet6-vpn",
        "tnp",
        "fcoe",
        "fibre-channel",
    }
)
"""Families that carry no IP packets of their own: routing protocols, labels, bundles of links."""


def _other_family(draft: Draft, node: Node, unit: Unit) -> None:
    holder = node.get("filter")
    draft.ignore_all(node)
    if holder is not None and node.word in LAYER_2_FAMILIES:
        draft.use_all(holder)
        note = f"{unit.name}: a filter of family {node.word} acts on frames before routing"
        draft.recognise("l2-filter", _leaf(holder), note)


def _leaf(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def read_filters(draft: Draft, node: Node, unit: Unit, family: int, vrf_order: int = 1) -> None:
    """`filter { input F; output-list [ A B ]; }`: bindings of a unit."""
    draft.use(node)
    for child in node.children.values():
        direction = DIRECTIONS.get(child.word)
        if child.word in ("group", "dialer"):
            draft.ignore_all(child)
            continue
        if direction is None:
            draft.miss(child, "interface", unit.name)
            unit.not_understood.append(draft.where(child.end or child.line))
            continue
        draft.use_all(child)
        if child.word.endswith("list"):
            names = list(child.children)
        else:
            value = child.only()
            names = [value.word] if value is not None else []
        if not names:
            draft.miss(child, "interface", unit.name)
            unit.not_understood.append(draft.where(child.line))
            continue
        line = max(name.last for name in child.children.values() if name.word in names)
        bind(draft, names, family, unit.name, direction, line, vrf_order if family else 0)


def bind(
    draft: Draft,
    names: list[str],
    family: int,
    interface: str | None,
    direction: str,
    line: int,
    order: int,
) -> None:
    """Records that the filters `names`, as one list, act on an interface."""
    inactive = NOT_TRANSIT.get(kind_of(interface.partition(".")[0])) if interface else None
    translated = draft.nat.get(interface or "")
    draft.bindings.append(
        Binding(
            key=filter_list(draft, names, family),
            family=family,
            interface=interface,
            direction=direction,
            where=draft.where(line),
            order=order,
            inactive=inactive,
            sees_translated=translated is not None and translated.value == "outside",
        )
    )


def filter_list(draft: Draft, names: list[str], family: int) -> str:
    """The key of the filter that `names` make together: their terms in a row, one discard at the end."""
    for name in names:
        if (name, family) not in draft.filters:
            draft.filters[name, family] = undefined_filter(draft, name, family)
    if len(names) == 1:
        return names[0]
    key = " then ".join(names)
    if (key, family) not in draft.filters:
        parts = [draft.filters[name, family] for name in names]
        draft.filters[key, family] = parts[0]._replace(
            key=key,
            names=(key,),
            entries=tuple(
                entry._replace(label=f"{part.key}/{entry.label}")
                for part in parts
                for entry in part.entries
            ),
            uncertain=next((part.uncertain for part in parts if part.uncertain), None),
            defined=all(part.defined for part in parts),
            default=parts[-1].default,
        )
    return key


def _statements(unit: Unit, family: int) -> Statements:
    def address(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            found = interface_address(child.word)
            if found is None or found[0] != family:
                draft.miss(child, "interface", unit.name)
                unit.not_understood.append(draft.where(child.end or child.line))
                continue
            draft.use_all(child)
            for word in child.children.values():
                if word.word not in _ADDRESS_WORDS:
                    draft.miss(word, "interface", unit.name)
                    unit.not_understood.append(draft.where(_leaf(word).end or word.line))
            where = draft.where(child.end or child.line)
            unit.addresses.append(InterfaceAddress(family, found[1], found[2], where))

    def rpf_check(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        mode = node.value("mode")
        value = "loose" if mode is not None and mode.word == "loose" else "strict"
        unit.urpf = Sourced[str](value=value, where=draft.where(_leaf(node).end or node.line))

    def dynamic(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.dynamic = Sourced[str](
            value=node.word, where=draft.where(_leaf(node).end or node.line)
        )

    def service(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        draft.recognise("inspection", _leaf(node), f"{unit.name}: a service set acts on packets")

    return {
        **irrelevant.FAMILY,
        "address": address,
        **_sizes(unit, family),
        "filter": unit.filters(family),
        "rpf-check": rpf_check,
        "dhcp": dynamic,
        "dhcp-client": dynamic,
        "dhcpv6-client": dynamic,
        "negotiate-address": dynamic,
        "unnumbered-address": dynamic,
        "service": service,
    }


def _sizes(unit: Unit, family: int) -> Statements:
    def mtu(draft: Draft, node: Node) -> None:
        value = _number(draft, node, unit)
        if value is not None:
            unit.mtus[family] = value

    def tcp_mss(draft: Draft, node: Node) -> None:
        value = _number(draft, node, unit)
        if value is not None:
            unit.clamps.append(MssClamp(family=family, value=value.value, where=value.where))

    return {"mtu": mtu, "tcp-mss": tcp_mss}


def _number(draft: Draft, node: Node, unit: Unit) -> Sourced[int] | None:
    value = node.only()
    if value is None or not value.word.isdecimal() or value.children:
        draft.miss(node, "interface", unit.name)
        unit.not_understood.append(draft.where(value.end if value else node.line))
        return None
    draft.use_all(node)
    return Sourced[int](value=int(value.word), where=draft.where(value.last))
