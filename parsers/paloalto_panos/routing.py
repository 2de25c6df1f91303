"""Virtual routers and logical routers: members, static routes, ECMP and the protocols that install routes.

Sources: Palo Alto Networks, PAN-OS Administrator's Guide, "Static Routes" (administrative distance 10 and metric 10
by default; path monitoring takes a route out), "ECMP" (chosen for a session when it begins, whatever the algorithm;
off by default), "Advanced Routing Engine" (logical routers).
"""

from __future__ import annotations

import ipaddress

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced
from parsers.paloalto_panos.draft import (
    Draft,
    Leap,
    Router,
    Statements,
    because,
    is_switch,
    leftovers,
    lift,
    lift_deep,
    line_of,
    said,
    word_of,
)

STATIC_DISTANCE = 10
STATIC_METRIC = 10
PROTOCOLS = ("bgp", "ospf", "ospfv3", "rip", "eigrp")
_ROUTE = frozenset(
    {"destination", "interface", "nexthop", "metric", "admin-dist", "route-table", "bfd", "path-monitor", "option",
     "description", "id", "uuid"}
)  # fmt: skip
_NEXTHOPS = frozenset(
    {"ip-address", "ipv6-address", "discard", "next-vr", "next-lr", "receive", "fqdn", "none", "ip"}
)
_IRRELEVANT = because(
    "no route comes from it, or it moves multicast only",
    "multicast", "redist-profile", "global-protect", "bfd", "rib-filter", "uuid", "id", "sdwan-type", "vr-admin-dists",
    "redistribution", "router-id", "local-as",
)  # fmt: skip
_DISTANCES = frozenset(
    {"static", "static-ipv6", "ospf-int", "ospf-ext", "ospfv3-int", "ospfv3-ext", "ibgp", "ebgp", "rip", "ospf-inter",
     "ospf-intra", "ospfv3-inter", "ospfv3-intra", "bgp-internal", "bgp-external", "bgp-local"}
)  # fmt: skip
_FIELDS = frozenset({HashField.SRC, HashField.DST})
_PORTS = frozenset({HashField.SRC_PORT, HashField.DST_PORT})
ALGORITHMS = {
    "ip-modulo": "the sum of the two addresses chooses, when the session begins",
    "ip-hash": "a hash of the addresses chooses, when the session begins",
    "weighted-round-robin": "each new session takes the next path in turn and stays on it",
    "balanced-round-robin": "each new session takes the next path in turn and stays on it",
}


def read_virtual_routers(draft: Draft, node: Node) -> None:
    """`network virtual-router`."""
    draft.use(node)
    for child in node.children.values():
        _router(draft, child, child.word)


def read_logical_routers(draft: Draft, node: Node) -> None:
    """`network logical-router LR vrf V`: each VRF is a router."""
    draft.use(node)
    for child in node.children.values():
        draft.use(child)
        for part in child.children.values():
            if part.word != "vrf":
                draft.miss(part, "route")
                draft.routes_doubt.append(draft.where(line_of(part)))
                continue
            draft.use(part)
            for vrf in part.children.values():
                name = child.word if vrf.word == "default" else f"{child.word}/{vrf.word}"
                _router(draft, vrf, name)


def _router(draft: Draft, node: Node, name: str) -> None:
    router = draft.routers.setdefault(name, Router(name))

    def interface(draft: Draft, holder: Node) -> None:
        draft.use_all(holder)
        for member in holder.children.values():
            router.interfaces[member.word] = member.end or member.line
            draft.owners[member.word] = name

    statements: Statements = {
        "interface": interface,
        "routing-table": lambda draft, holder: _table(draft, router, holder),
        "protocol": _protocol,
        "admin-dists": lambda draft, holder: _distances(draft, router, holder),
        "ecmp": lambda draft, holder: _ecmp(draft, router, holder),
        **dict.fromkeys(PROTOCOLS, _source),
        **_IRRELEVANT,
    }
    order = Node("", 0)
    first = [w for w in ("admin-dists", "ecmp") if w in node.children]
    rest = [w for w in node.children if w not in first]
    order.children = {w: node.children[w] for w in [*first, *rest]}
    draft.use(node)
    for found in read(draft, order, statements, "route"):
        draft.routes_doubt.append(draft.where(line_of(found)))
    if node.doubt:
        draft.routes_doubt.append(draft.where(node.doubt_line))


def _missed(draft: Draft, node: Node) -> None:
    """The routes may not be all."""
    draft.miss(node, "route")
    draft.routes_doubt.append(draft.where(line_of(node)))


def _table(draft: Draft, router: Router, holder: Node) -> None:
    draft.use(holder)
    for family in holder.children.values():
        number = {"ip": 4, "ipv6": 6}.get(family.word)
        draft.use(family)
        for kind in family.children.values():
            if number is None or kind.word != "static-route":
                _missed(draft, kind)
                continue
            draft.use(kind)
            for route in kind.children.values():
                _route(draft, router, route, number)


def _protocol(draft: Draft, holder: Node) -> None:
    draft.use(holder)
    for child in holder.children.values():
        if child.word in PROTOCOLS:
            _source(draft, child)
        elif child.word in _IRRELEVANT:
            draft.ignore_all(child)
        else:
            _missed(draft, child)


def _source(draft: Draft, holder: Node) -> None:
    draft.use_all(holder)
    if word_of(holder, "enable") != "no" and (holder.children or holder.end):
        fact = Sourced[str](value=holder.word, where=draft.where(line_of(holder)))
        draft.sources.append(fact)


def _distances(draft: Draft, router: Router, holder: Node) -> None:
    lift(holder, _DISTANCES)
    draft.use_all(holder)
    for child in holder.children.values():
        value = child.only()
        if value is not None and value.word.isascii() and value.word.isdecimal():
            router.distances[child.word] = int(value.word)
        else:
            _missed(draft, child)


def _ecmp(draft: Draft, router: Router, node: Node) -> None:
    known = ("enable", "max-path", "algorithm", "symmetric-return", "strict-source-path")
    lift(node, known, frozenset({"algorithm"}))
    draft.use_all(node)
    for child in node.children.values():
        if child.word not in known or (child.word == "enable" and not is_switch(child)):
            draft.miss(child, "other")
    router.ecmp = said(node, "enable")
    algorithm = node.value("algorithm")
    word = algorithm.word if algorithm is not None else "ip-modulo"
    where = node.children.get("algorithm") or node.children.get("enable") or node
    fields = _FIELDS
    if algorithm is not None and said(algorithm, "use-port"):
        fields = fields | _PORTS
    if algorithm is not None and said(algorithm, "src-only"):
        fields = frozenset({HashField.SRC})
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW if word in ALGORITHMS else Spread.UNKNOWN,
            statement=f"virtual-router {router.name} ecmp algorithm {word}",
            fields=fields if word in ("ip-modulo", "ip-hash") else frozenset(),
            in_effect=router.ecmp,
            reason=ALGORITHMS.get(word, "this algorithm is not known"),
            trap="round-robin" in word and word in ALGORITHMS,
            keeps=word in ALGORITHMS,
            where=draft.where(line_of(where)),
        )
    )


def _route(draft: Draft, router: Router, node: Node, family: int) -> None:
    lift(node, _ROUTE)
    for word in ("nexthop", "bfd", "path-monitor", "option", "route-table"):
        holder = node.children.get(word)
        for value in list(holder.children.values()) if holder is not None else ():
            lift_deep(node, value, _ROUTE)
    lift(node, _ROUTE)
    hop_holder = node.children.get("nexthop")
    draft.use(node)
    draft.use_all(*node.children.values())
    problems = [child for child in node.children.values() if child.word not in _ROUTE]
    single = [
        node.children[w]
        for w in ("destination", "interface", "metric", "admin-dist")
        if w in node.children
    ]
    problems += leftovers(*single)
    text = word_of(node, "destination")
    made = None if text is None else _made(draft, router, node, family, text)
    if made is None or problems or node.doubt:
        for child in problems or [node]:
            draft.miss(child, "route")
        draft.routes_doubt.append(draft.where(line_of(node)))
    if made is not None and word_of(node, "route-table") not in ("no-install", "multicast"):
        hop = hop_holder.only() if hop_holder is not None else None
        if hop is not None and hop.word in ("next-vr", "next-lr"):
            target = hop.only()
            router.leaps.append(Leap(made, target.word if target is not None else ""))
        else:
            router.routes.append(made)


def _made(draft: Draft, router: Router, node: Node, family: int, text: str) -> Route | None:
    """The route; None where a word of it is not understood."""
    text = _resolved(draft, text)
    try:
        network = ipaddress.ip_network(text, strict=False)
        if network.version != family or ("/" in text and not text.rpartition("/")[2].isdecimal()):
            return None
    except ValueError:
        return None
    holder = node.children.get("nexthop")
    hop = holder.only() if holder is not None else None
    interface = word_of(node, "interface")
    address = None
    if hop is not None:
        if hop.word not in _NEXTHOPS:
            return None
        if hop.word in ("ip-address", "ipv6-address", "ip"):
            value = hop.only()
            address = None if value is None else _address(_resolved(draft, value.word))
            if address is None:
                return None
        if hop.word == "fqdn" and interface is None:
            return None
    discard = "drop" if hop is not None and hop.word == "discard" else None
    if (
        not discard
        and interface is None
        and address is None
        and (hop is None or hop.word not in ("next-vr", "next-lr"))
    ):
        return None
    numbers = [_number(node, "admin-dist"), _number(node, "metric")]
    if any(number == -1 for number in numbers):
        return None
    own = router.distances.get("static" if family == 4 else "static-ipv6", STATIC_DISTANCE)
    monitor = node.children.get("path-monitor")
    watched = monitor is not None and word_of(monitor, "enable") != "no"
    return Route(
        family,
        int(network.network_address),
        network.prefixlen,
        router.name,
        "static",
        () if discard else (NextHop(interface, address),),
        _said_line(node),
        discard=discard,
        distance=own if numbers[0] is None else numbers[0],
        metric=STATIC_METRIC if numbers[1] is None else numbers[1],
        conditional="path monitoring may take the route out" if watched else None,
    )


def _said_line(node: Node) -> int:
    """The line of the route: its block, else the next hop, else the destination."""
    if node.end:
        return node.end
    for word in ("nexthop", "destination"):
        if word in node.children:
            return line_of(node.children[word])
    return line_of(node)


def _number(node: Node, word: str) -> int | None:
    """A number; None where there is none, -1 where it is no number."""
    text = word_of(node, word)
    if text is None:
        return None
    return int(text) if text.isascii() and text.isdecimal() else -1


def _resolved(draft: Draft, text: str) -> str:
    text = draft.references.get(text, text)
    return next((masks[text] for masks in draft.masks if text in masks), text)


def _address(text: str) -> str | None:
    """A next hop's address; an object may say it as a host prefix."""
    try:
        found = ipaddress.ip_interface(text)
    except ValueError:
        return None
    if "/" in text and found.network.prefixlen != found.max_prefixlen:
        return None
    return str(found.ip)
