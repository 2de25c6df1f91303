"""Static routes of all generations, and the protocols that may bring others.

    protocols static route P next-hop A [distance N] [disable]          all releases
    protocols static interface-route P next-hop-interface I             1.2, 1.3, EdgeOS
    protocols static route P interface I | blackhole | reject | dhcp-interface I    1.4

The lowest distance (1 where none is given) wins; equal ones share, and 255 is never installed. Routes of `table N` are
for policy routing. Sources: vyos-documentation "Static" (both generations), EdgeOS configurations.
"""

from __future__ import annotations

from collections.abc import Iterable

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced
from parsers.vyatta_style import values
from parsers.vyatta_style.draft import (
    Draft,
    Handler,
    Hop,
    Statements,
    because,
    said,
    several,
    tag_nodes,
)

NEVER = 255
_WORDS = {
    "route": 4, "route6": 6, "interface-route": 4, "interface-route6": 6,
}  # fmt: skip
_WAYS = frozenset({"next-hop", "interface", "next-hop-interface", "dhcp-interface"})
_DISCARDS = {"blackhole": "drop", "reject": "reject", "unreachable": "reject"}
_NEUTRAL = because("names or tags the route", "description", "tag", "segments-encap")
_WAY_NEUTRAL = because("names or tags the way", "description", "tag", "onlink")


def read_static(vrf: str) -> Handler:
    """The handler of `static` in `vrf`."""

    def static(draft: Draft, node: Node) -> None:
        if node.doubt:
            draft.routes_doubt.append(draft.where(node.doubt_line))
        draft.use(node)
        for child in node.children.values():
            if child.word in _WORDS:
                draft.use(child)
                for route in tag_nodes(child):
                    _route(draft, route, _WORDS[child.word], vrf)
            elif child.word == "table":
                draft.use(child)
                for table in tag_nodes(child):
                    read_static(f"table {table.word}")(draft, table)
            elif child.word in ("arp", "neighbor-proxy", "multicast", "mroute", "description"):
                draft.ignore_all(child)
            else:
                _incomplete(draft, child)

    return static


def _incomplete(draft: Draft, node: Node) -> None:
    draft.miss(node, "route")
    draft.routes_doubt.append(draft.where(said(node)))


def _route(draft: Draft, node: Node, family: int, vrf: str) -> None:
    destination = values.prefix(node.word)
    if destination is None or destination.family != family:
        _incomplete(draft, node)
        return
    draft.use(node)
    if node.doubt:
        draft.routes_doubt.append(draft.where(node.doubt_line))
    for child in node.children.values():
        if child.word in _DISCARDS:
            _discard(draft, child, destination, vrf)
        elif child.word in _WAYS:
            draft.use(child)
            for way in tag_nodes(child):
                _way(draft, child.word, way, destination, vrf)
        elif child.word in _NEUTRAL:
            draft.ignore_all(child)
        else:
            _incomplete(draft, child)


def _distance(draft: Draft, node: Node) -> int | None:
    """The distance that stands below a way; None if it is none."""
    leaf = node.children.get("distance")
    value = leaf.only() if leaf is not None else None
    if leaf is None or value is None:
        return 1
    if not value.word.isdecimal() or several(leaf):
        return None
    draft.use_all(leaf)
    return int(value.word)


def _discard(draft: Draft, node: Node, destination: AddressTerm, vrf: str) -> None:
    distance = _distance(draft, node)
    rest = set(node.children) - {"distance", "tag", "description", "disable"}
    if distance is None or rest:
        _incomplete(draft, node)
        return
    draft.use_all(node)
    if "disable" not in node.children and distance < NEVER:
        draft.hops.append(
            Hop(*_key(destination, vrf), said(node), distance, discard=_DISCARDS[node.word])
        )


def _key(destination: AddressTerm, vrf: str) -> tuple[int, int, int, str, str]:
    length = destination.care.bit_count()
    return destination.family, destination.value, length, vrf, "static"


def _way(draft: Draft, word: str, node: Node, destination: AddressTerm, vrf: str) -> None:
    distance = _distance(draft, node)
    conditional = node.doubt
    interface = node.word if word != "next-hop" else None
    address = node.word if word == "next-hop" else None
    other_vrf = None
    known = {"distance", "disable", "bfd", "interface", "next-hop-interface", "vrf", "segments"}
    found = values.addresses(address) if address is not None else None
    bad = address is not None and (found is None or found.negated or len(found.terms) != 1)
    if distance is None or bad or set(node.children) - known - set(_WAY_NEUTRAL):
        _incomplete(draft, node)
        return
    draft.use_all(node)
    for child in node.children.values():
        value = child.only()
        if child.word in ("interface", "next-hop-interface") and value is not None:
            interface = value.word
        elif child.word == "vrf" and value is not None:
            other_vrf = value.word
        elif child.word == "bfd":
            conditional = conditional or "the route depends on 'bfd'"
    if word == "dhcp-interface":
        conditional = conditional or f"the gateway that DHCP gives on {node.word}"
    if "disable" not in node.children and distance < NEVER:
        key = _key(destination, vrf)
        draft.hops.append(
            Hop(*key, said(node), distance, interface, address, other_vrf, None, conditional)
        )


def routes_of(hops: Iterable[Hop]) -> list[Route]:
    """The routes: ways of one prefix and distance together; those behind the lowest distance are backups."""
    prefixes: dict[tuple[int, int, int, str], dict[tuple[int, str | None], list[Hop]]] = {}
    for hop in hops:
        ways = prefixes.setdefault((hop.family, hop.value, hop.length, hop.vrf), {})
        ways.setdefault((hop.distance, hop.discard), []).append(hop)
    found = []
    for (family, value, length, vrf), ways in prefixes.items():
        best = min(distance for distance, _ in ways)
        alone = len(ways) == 1
        for (distance, discard), group in ways.items():
            given = alone and len(group) == 1 and group[0].protocol == "dhcp"
            found.append(
                Route(
                    family,
                    value,
                    length,
                    vrf,
                    group[0].protocol,
                    () if discard else tuple(_next_hop(hop) for hop in group),
                    group[0].line,
                    discard=discard,
                    distance=distance,
                    backup=distance != best,
                    conditional=None if given else _condition(group),
                )
            )
    return found


def _condition(group: list[Hop]) -> str | None:
    """What the ways depend on. The only default route that is given needs no word: without it nothing leaves."""
    return next((hop.conditional for hop in group if hop.conditional), None)


def _next_hop(hop: Hop) -> NextHop:
    return NextHop(hop.interface, hop.address, hop.other_vrf)


def _source(draft: Draft, node: Node) -> None:
    """A protocol that may install routes which the text does not show."""
    draft.use_all(node)
    draft.sources.append(Sourced[str](value=node.word, where=draft.where(said(node))))
    for found in node.walk():
        if found.word in ("ipv4-flowspec", "ipv6-flowspec"):
            draft.recognise("flowspec", found, f"{found.word} rules that a BGP neighbour sends")


def _vrf_static(draft: Draft, node: Node) -> None:
    """`protocols vrf X static` (1.3)."""
    draft.use(node)
    for child in tag_nodes(node):
        read_protocols(child.word)(draft, child)


_PROTOCOLS: Statements = {
    **dict.fromkeys(
        (
            "bgp", "ospf", "ospfv3", "rip", "ripng", "isis", "eigrp", "babel", "openfabric", "nhrp",
            "failover",
        ),
        _source,
    ),
    "vrf": _vrf_static,
    **because(
        "multicast, liveness or labels for other protocols: no unicast route is made by it",
        "igmp", "igmp-proxy", "pim", "pim6", "mld", "bfd", "rpki", "mpls", "segment-routing",
        "traffic-engineering", "rsvp", "evpn", "multicast",
    ),
}  # fmt: skip


def read_protocols(vrf: str) -> Handler:
    """The handler of `protocols` in `vrf`."""

    def protocols(draft: Draft, node: Node) -> None:
        table: Statements = {**_PROTOCOLS, "static": read_static(vrf)}
        unknown = read(draft, node, table, "route")
        draft.routes_doubt += [draft.where(said(child)) for child in unknown]
        if node.doubt:
            draft.routes_doubt.append(draft.where(node.doubt_line))

    return protocols


def read_vrfs(draft: Draft, node: Node) -> None:
    """`vrf name X { table N, protocols { static … } }`."""
    draft.use(node)
    for child in node.children.values():
        if child.word in ("bind-to-all", "description"):
            draft.ignore_all(child)
        elif child.word == "name":
            draft.use(child)
            for vrf in tag_nodes(child):
                _vrf(draft, vrf)
        else:
            _incomplete(draft, child)


def _vrf(draft: Draft, node: Node) -> None:
    table: Statements = {
        **because("names or numbers the VRF", "table", "description", "vni", "disable"),
        "ip": _vrf_ip,
        "ipv6": _vrf_ip,
        "protocols": read_protocols(node.word),
    }
    unknown = read(draft, node, table, "route")
    draft.routes_doubt += [draft.where(said(child)) for child in unknown]


def filtered(draft: Draft, node: Node) -> None:
    """`protocol P route-map M`: which of a protocol's routes the kernel gets."""
    draft.use_all(node)
    fact = Sourced[str](value="protocol route-map", where=draft.where(said(node)))
    draft.sources.append(fact)


def _vrf_ip(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    for child in node.children.values():
        if child.word == "protocol":
            filtered(draft, child)
        elif child.word == "disable-forwarding":
            draft.recognise("no-routing", child, "forwarding is off in a VRF")


def gateway(draft: Draft, node: Node) -> None:
    """`system gateway-address A`: a default route of its own (Vyatta, EdgeOS)."""
    value = node.only()
    found = values.addresses(value.word) if value is not None else None
    if value is None or found is None or found.family != 4:
        _incomplete(draft, node)
        return
    draft.use_all(node)
    draft.hops.append(Hop(4, 0, 0, "default", "static", value.last, 1, None, value.word))
