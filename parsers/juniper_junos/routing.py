"""`routing-options`, `routing-instances` and `protocols`: routes, their tables, and what may add to them."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos import irrelevant, routes
from parsers.juniper_junos.balancing import FORWARDING_TABLE, read_seeds
from parsers.juniper_junos.draft import Draft, Handler, Instance, Statements
from parsers.juniper_junos.families import DIRECTIONS, bind
from parsers.juniper_junos.irrelevant import because
from parsers.model.source import Sourced

VRF_KINDS = frozenset({"vrf", "virtual-router", "l3vpn", "forwarding", ""})
DYNAMIC = frozenset(
    {
        "bgp",
        "ospf",
        "ospf3",
        "isis",
        "rip",
        "ripng",
        "rift",
        "ldp",
        "rsvp",
        "l3vpn",
        "evpn",
        "openflow",
        "source-packet-routing",
    }
)
"""Protocols that install routes a configuration does not show."""
OTHER_PROTOCOLS = frozenset(
    {
        "amt", "ancp", "apply-macro", "bfd", "bridge", "clns", "connections", "dcbx", "dot1x",
        "dvmrp", "esis", "ethernet-ring", "gvrp", "iccp", "igmp", "igmp-host", "igmp-snooping",
        "igmp-snooping-options", "ilmi", "l2-learning", "l2circuit", "l2iw", "l2vpn", "lacp",
        "layer2-control", "link-management", "lldp", "lldp-med", "loop-detect", "mac-rewrite",
        "mld", "mld-host", "mld-snooping", "mpls", "msdp", "mstp", "mvpn", "mvrp",
        "neighbor-discovery", "oam", "overlay-ecmp", "pcep", "pgm", "pim", "pim-snooping", "ppp",
        "ppp-service", "pppoe", "protection-group", "ptp", "r2cp", "router-advertisement",
        "router-discovery", "rstp", "sap", "sflow", "smrp", "spanning-tree", "stp", "telemetry",
        "uni-directional-link-detection", "vpls", "vrrp", "vstp", "xstp", "iccp-peer", "tunnel",
        "packet-triggered-subscribers", "dynamic-routing",
    }
)  # fmt: skip
"""Protocols that install no routes for transit IP packets: neighbours, loops, multicast, labels, time."""

_LEAKS = (
    "instance-import",
    "instance-export",
    "auto-export",
    "rib-groups",
    "interface-routes",
    "import-policy",
)


def routing_statements(vrf: str) -> Statements:
    """The table of `routing-options` in `vrf`."""
    return {
        **irrelevant.ROUTING_OPTIONS,
        "static": routes.read_static(vrf),
        "aggregate": routes.read_aggregate(vrf),
        "generate": routes.read_aggregate(vrf),
        "rib": routes.rib_statements,
        "martians": routes.MARTIANS,
        "flow": routes.FLOW,
        "forwarding-table": _forwarding_table,
        "resolution": _use,
        "multipath": _use,
        "access": _use,
        "access-internal": _use,
        **dict.fromkeys(_LEAKS, _leak),
    }


def _use(draft: Draft, node: Node) -> None:
    draft.use_all(node)


def _leak(draft: Draft, node: Node) -> None:
    """Statements that copy routes between tables."""
    draft.use_all(node)
    draft.sources.append(
        Sourced[str](value=node.word, where=draft.where(_line(node)), note="routes of other tables")
    )


def _forwarding_table(draft: Draft, node: Node) -> None:
    read(draft, node, FORWARDING_TABLE)


def _line(node: Node) -> int:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


def read_routing_options(draft: Draft, node: Node) -> None:
    """`routing-options` of the main instance."""
    if node.doubt:
        draft.routes_doubt.append(draft.where(node.doubt_line))
    unknown = read(draft, node, routing_statements("default"), "route")
    draft.routes_doubt += [draft.where(found.end or found.line) for found in unknown]


def collect_instances(draft: Draft, node: Node | None) -> None:
    """Which interfaces are in which instance; before the interfaces are read."""
    for child in node.children.values() if node is not None else ():
        kind = child.value("instance-type")
        found = Instance(child.word, kind.word if kind is not None else "")
        holder = child.children.get("interface")
        if found.kind in VRF_KINDS and holder is not None:
            found.interfaces = {i.word: i.last for i in holder.children.values()}
            draft.vrfs.update(dict.fromkeys(found.interfaces, child.word))
        draft.instances[child.word] = found
    if draft.root.get("system", "management-instance") is not None:
        draft.vrfs.setdefault("fxp0.0", "mgmt_junos")
        draft.vrfs.setdefault("em0.0", "mgmt_junos")


def read_instances(draft: Draft, node: Node) -> None:
    """`routing-instances`: routes, routing protocols and table filters of each."""
    draft.use(node)
    for child in node.children.values():
        if child.word in ("traceoptions", "apply-macro"):
            draft.ignore_all(child)
            continue
        name = child.word
        if child.doubt:
            draft.routes_doubt.append(draft.where(child.doubt_line))
        unknown = read(draft, child, _instance(name), "route", name)
        draft.routes_doubt += [draft.where(found.end or found.line) for found in unknown]


def _instance(name: str) -> Statements:
    def options(draft: Draft, node: Node) -> None:
        unknown = read(draft, node, routing_statements(name), "route")
        draft.routes_doubt += [draft.where(found.end or found.line) for found in unknown]

    def forwarding(draft: Draft, node: Node) -> None:
        read_forwarding(draft, node, tuple(draft.instances[name].interfaces))

    return {
        "routing-options": options,
        "protocols": read_protocols,
        "forwarding-options": forwarding,
        "interface": _use,
        "instance-type": _use,
        **irrelevant.INSTANCE,
        **dict.fromkeys(("vrf-import", "vrf-export", "routing-interface", "l3-interface"), _use),
    }


def read_protocols(draft: Draft, node: Node) -> None:
    """`protocols`: those that install routes are noted; how they talk to neighbours is not read."""
    draft.use(node)
    for child in node.children.values():
        if child.word not in DYNAMIC and child.word not in OTHER_PROTOCOLS:
            draft.miss(child)
            continue
        draft.ignore_all(child)
        if child.word in DYNAMIC and "disable" not in child.children:
            where = draft.where(_line(child))
            draft.sources.append(Sourced[str](value=child.word, where=where))
            if child.word == "bgp" and _negotiates_flow(child):
                draft.recognise(
                    "flowspec", child, "BGP may receive flow routes, which filter packets"
                )
            for found in _lines(child):
                draft.ledger.use(found)


def _lines(node: Node) -> list[int]:
    """The line that is quoted for a protocol."""
    line = _line(node)
    return [line] if line else []


def _negotiates_flow(node: Node) -> bool:
    return any(
        found.word == "flow" and found.children is not None
        for found in node.walk()
        if found.word == "flow"
    )


def read_forwarding(draft: Draft, node: Node, interfaces: tuple[str, ...] | None = None) -> None:
    """`forwarding-options`: filters of the forwarding table; `interfaces` None is the main instance, whose
    filters see every forwarded packet. Hash keys are read by `balancing`."""

    def family(draft: Draft, holder: Node) -> None:
        draft.use(holder)
        for child in holder.children.values():
            number = {"inet": 4, "inet6": 6}.get(child.word)
            if number is None:
                draft.ignore_all(child)
                continue
            read(draft, child, {"filter": filters(number), **_FAMILY_REST}, "filter")

    def filters(number: int) -> Handler:
        def read_them(draft: Draft, holder: Node) -> None:
            draft.use(holder)
            for child in holder.children.values():
                _table_filter(draft, child, number, interfaces)

        return read_them

    read(draft, node, {**_FORWARDING, "family": family})


def _table_filter(
    draft: Draft, node: Node, family: int, interfaces: tuple[str, ...] | None
) -> None:
    direction = DIRECTIONS.get(node.word)
    value = node.only()
    if direction is None or value is None:
        draft.miss(node, "filter")
        bind(draft, ["(not understood)"], family, None, "forward", node.end or node.line, 2)
        return
    draft.use_all(node)
    names = list(node.children) if node.word.endswith("list") else [value.word]
    if interfaces is None:
        bind(draft, names, family, None, "forward", value.last, 2 if direction == "in" else 3)
        return
    for interface in interfaces:
        bind(draft, names, family, interface, direction, value.last, 2)


_FAMILY_REST = because("accounting or mirroring", "route-accounting", "unicast-reverse-path")
_FORWARDING: Statements = {
    **dict.fromkeys(("enhanced-hash-key", "hash-key"), _use),
    "load-balance": read_seeds,
    **irrelevant.FORWARDING,
}  # fmt: skip
