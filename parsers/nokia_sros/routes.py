"""Static and aggregate routes, in both command lines.

Of several next hops of one prefix the lowest preference wins, then the lowest metric (defaults 5 and 1); equal ones
share the traffic as far as `ecmp` (default 1) lets them. A next hop is in force only after `admin-state enable` or
`no shutdown`; YANG 26.3 names no default, so a next hop that says neither is undecided. An aggregate is a route of its
own only with `black-hole` or `indirect`.

Source: Nokia SR OS, Router Configuration Guide, `static-route-entry`, `aggregate`, `ecmp`; YANG
`nokia-conf-router-static-route` 26.3.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced
from parsers.nokia_sros.draft import Draft, Handler, Statements
from parsers.nokia_style.statements import CUT, because, number_of, prefix, said, word

PREFERENCE, METRIC = 5, 1
WAYS = frozenset({"next-hop", "indirect", "interface"})
DISCARDS = frozenset({"black-hole", "blackhole"})
UNDECIDED_STATE = "the text does not say whether this next hop is enabled"
_ATTRIBUTES = because(
    "what is announced with the route, or how it is marked",
    "tag", "backup-tag", "community", "description", "create", "ecmp", "mcast", "mcast-family",
    "destination-class", "source-class", "qos", "forwarding-class", "ldp-sync", "fc", "priority",
    "dynamic-bgp",
)  # fmt: skip
_CONDITIONS = frozenset(
    {"bfd", "bfd-liveness", "bfd-enable", "bfd-enable-udp", "cpe-check", "prefix-list", "validate-next-hop",
     "tunnel-next-hop", "backup-next-hop", "hold-down", "load-balancing-weight"}
)  # fmt: skip
_KNOWN = frozenset(
    {"preference", "metric", "admin-state", "shutdown", "no", "generate-icmp", "enable", "disable"}
)


class _Way(NamedTuple):
    hop: NextHop | None
    discard: str | None
    preference: int
    metric: int
    conditional: str | None
    line: int


def static_routes(vrf: str) -> Handler:
    """`static-routes { route P route-type unicast { ... } }` of MD-CLI."""

    def routes(draft: Draft, node: Node) -> None:
        for child in node.children.values():
            draft.use(child)
            if child.word == "route":
                for destination in child.children.values():
                    _typed(draft, destination, vrf)
            elif child.word == "hold-down":
                draft.use_all(child)
            else:
                incomplete(draft, child)
        draft.use(node)

    return routes


def _typed(draft: Draft, node: Node, vrf: str) -> None:
    draft.use(node)
    kinds = node.children.get("route-type")
    for kind in kinds.children.values() if kinds is not None else ():
        if kind.word == "multicast":
            draft.ignore_all(kind)
        elif kind.word == "unicast":
            _route(draft, kind, node.word, vrf)
        else:
            incomplete(draft, kind)
    if kinds is None:
        _route(draft, node, node.word, vrf)


def static_entries(vrf: str) -> Handler:
    """`static-route-entry P` of the classic CLI, and the one-line `static-route` of old releases."""

    def entries(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            if "mcast" in child.children:
                draft.ignore_all(child)
            else:
                _route(draft, child, child.word, vrf, old=node.word == "static-route")

    return entries


def incomplete(draft: Draft, node: Node) -> None:
    """A statement about routes that is not understood: then a missing route proves nothing."""
    draft.miss(node, "route")
    draft.routes_doubt.append(draft.where(said(node)))


def _route(draft: Draft, node: Node, text: str, vrf: str, old: bool = False) -> None:
    term = prefix(text)
    if term is None or not _contiguous(term):
        incomplete(draft, node)
        return
    draft.use(node)
    if node.doubt is not None:
        draft.routes_doubt.append(draft.where(node.doubt_line))
    ways: list[_Way] = []
    for child in node.children.values():
        if child.word in WAYS:
            draft.use(child)
            for hop in child.children.values():
                ways += _named(draft, vrf, _way(draft, node, hop, child.word, old))
        elif child.word in DISCARDS:
            ways += _way(draft, node, child, child.word, old)
        elif child.word in _ATTRIBUTES:
            draft.ignore_all(child)
        elif child.word in _KNOWN or child.word in _CONDITIONS:
            draft.use_all(child)
        elif child.word == "leak-destination":
            draft.use_all(child)
            fact = Sourced[str](value="route leaking", where=draft.where(said(child)))
            draft.sources.append(fact)
        else:
            incomplete(draft, child)
    _add(draft, term, vrf, ways)


def _way(draft: Draft, route: Node, node: Node, kind: str, old: bool) -> list[_Way]:
    """One next hop, or none where it is shut down or cannot be read. `route` holds what one-line commands say
    beside the next hop."""
    hop = None
    if kind not in DISCARDS:
        hop = _hop(node.word, kind)
        if hop is None:
            incomplete(draft, node)
            return []
    draft.use(node)
    conditional = _hop_condition(draft, route, node)
    state = _enabled(node)
    if state is None:
        state = _enabled(route)
    if state is None and old:
        state = True
    if state is False:
        return []
    if state is None or node.doubt == CUT:
        conditional = conditional or UNDECIDED_STATE
    preference = _value(draft, route, node, "preference", PREFERENCE)
    metric = _value(draft, route, node, "metric", METRIC)
    return [_Way(hop, _discard(route, node, kind), preference, metric, conditional, said(node))]


def _named(draft: Draft, vrf: str, ways: list[_Way]) -> list[_Way]:
    """The same with interfaces under the names that they have in the device."""
    return [
        way._replace(hop=way.hop._replace(interface=draft.named(way.hop.interface, vrf)))
        if way.hop is not None and way.hop.interface is not None
        else way
        for way in ways
    ]


def _hop(text: str, kind: str) -> NextHop | None:
    """An address, or an interface's name; None if it is neither."""
    term = prefix(text) if "/" not in text else None
    if term is not None:
        return NextHop(None, text)
    if kind == "interface" or not any(character in text for character in ".:/"):
        return NextHop(text, None)
    return None


def _hop_condition(draft: Draft, route: Node, node: Node) -> str | None:
    """What the next hop depends on; statements that are not known leave the routes in doubt."""
    conditional = None
    for child in node.children.values():
        if child.word in _ATTRIBUTES:
            draft.ignore_all(child)
        elif child.word in _CONDITIONS:
            draft.use_all(child)
            conditional = conditional or f"the route depends on '{child.word}'"
        elif child.word in _KNOWN:
            draft.use_all(child)
        else:
            incomplete(draft, child)
    for name in _CONDITIONS & set(route.children):
        conditional = conditional or f"the route depends on '{name}'"
    return conditional


def _value(draft: Draft, route: Node, node: Node, name: str, default: int) -> int:
    text = word(node, name) or word(route, name)
    value = number_of(text, 0, 65535) if text is not None else default
    if value is None:
        incomplete(draft, node.children.get(name) or route.children[name])
        return default
    return value


def _discard(route: Node, node: Node, kind: str) -> str | None:
    if kind not in DISCARDS:
        return None
    answers = any(
        "generate-icmp" in holder.children and word(holder, "generate-icmp") != "false"
        for holder in (node, route)
    )
    return "reject" if answers else "drop"


def _enabled(node: Node) -> bool | None:
    """What a next hop says about its state; None if nothing. The last statement holds."""
    found: list[tuple[int, bool]] = []
    state = node.value("admin-state")
    if state is not None:
        found.append((state.last, state.word == "enable"))
    no = node.children.get("no")
    if no is not None and "shutdown" in no.children:
        found.append((no.children["shutdown"].last, True))
    for name, value in (("shutdown", False), ("enable", True), ("disable", False)):
        if name in node.children:
            found.append((node.children[name].last, value))
    return max(found)[1] if found else None


def _contiguous(term: AddressTerm) -> bool:
    inverse = term.care ^ ((1 << (32 if term.family == 4 else 128)) - 1)
    return not inverse & (inverse + 1)


def _add(draft: Draft, term: AddressTerm, vrf: str, ways: list[_Way]) -> None:
    if not ways:
        return
    best = min((way.preference, way.metric) for way in ways)
    same = [way for way in ways if (way.preference, way.metric) == best]
    hops = tuple(way.hop for way in same if way.hop is not None)
    first = same[0]
    conditional = next((way.conditional for way in same if way.conditional), None)
    dark = [way for way in same if way.discard is not None]
    if dark and hops:
        conditional = conditional or "a next hop and a black hole are equally good"
    limit = draft.ecmp.get(vrf)
    share = limit.value if limit is not None else 1
    if len(hops) > share:
        conditional = (
            conditional or f"'ecmp' lets {share} of {len(hops)} equal next hops carry traffic"
        )
    draft.routes.append(
        _made(term, vrf, first, hops, dark[0].discard if dark and not hops else None, conditional)
    )
    for way in ways:
        if (way.preference, way.metric) != best:
            own = (way.hop,) if way.hop is not None else ()
            made = _made(term, vrf, way, own, way.discard, way.conditional)
            draft.routes.append(made._replace(backup=True))


def _made(
    term: AddressTerm,
    vrf: str,
    way: _Way,
    hops: tuple[NextHop, ...],
    discard: str | None,
    conditional: str | None,
) -> Route:
    return Route(
        term.family,
        term.value,
        term.care.bit_count(),
        vrf,
        "static",
        hops,
        way.line,
        discard=discard,
        distance=way.preference,
        metric=way.metric,
        conditional=conditional,
    )


_AGGREGATE: Statements = because(
    "how the aggregate is announced",
    "summary-only", "as-set", "aggregator", "community", "description", "discard-component-communities",
    "local-preference", "policy", "tunnel-group", "create", "generate-icmp",
)  # fmt: skip


def aggregates(vrf: str) -> Handler:
    """`aggregates { aggregate P { ... } }` and `aggregate P black-hole`."""

    def holder(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            if child.word == "aggregate" and node.word == "aggregates":
                draft.use(child)
                for found in child.children.values():
                    _aggregate(draft, found, vrf)
            elif node.word == "aggregate":
                _aggregate(draft, child, vrf)
            else:
                incomplete(draft, child)

    return holder


def _aggregate(draft: Draft, node: Node, vrf: str) -> None:
    term = prefix(node.word)
    if term is None or not _contiguous(term):
        incomplete(draft, node)
        return

    def used(draft: Draft, child: Node) -> None:
        draft.use_all(child)

    table: Statements = {**_AGGREGATE, **dict.fromkeys((*DISCARDS, "indirect"), used)}
    for found in read(draft, node, table, "route"):
        draft.routes_doubt.append(draft.where(said(found)))
    dark = next((node.children[name] for name in DISCARDS if name in node.children), None)
    indirect = node.value("indirect")
    if dark is None and indirect is None:
        return
    answers = dark is not None and any(
        n.word == "generate-icmp" for n in (*dark.walk(), *node.walk())
    )
    draft.routes.append(
        Route(
            term.family,
            term.value,
            term.care.bit_count(),
            vrf,
            "aggregate",
            (NextHop(None, indirect.word),) if indirect is not None else (),
            said(node),
            discard=None if indirect is not None else "reject" if answers else "drop",
            distance=130,
            conditional="the aggregate stands while a more specific route contributes to it",
        )
    )
