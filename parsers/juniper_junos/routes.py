"""Static, aggregate and generated routes, of the main instance and of routing instances.

Sources: Juniper, "Configure Static Routes" (preference 5; `discard` silent, `reject` with an ICMP
unreachable, `qualified-next-hop` with a preference of its own), "Route Aggregation" (preference 130, reject
by default, active while a contributing route is).
"""

from __future__ import annotations

import re

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos.draft import Draft, Handler, Statements, lift
from parsers.juniper_junos.irrelevant import because
from parsers.juniper_junos.names import prefix
from parsers.model.addresses import AddressTerm
from parsers.model.routes import NextHop, Route

STATIC_PREFERENCE = 5
AGGREGATE_PREFERENCE = 130
_INTERFACE = re.compile(r"[a-z][a-z0-9]*(?:-[\d/:]+)?\.\d+|[a-z]+-[\d/:]+")
_CHOICES = ("next-hop", "discard", "reject", "receive", "next-table")
_ROUTE_WORDS = (
    *_CHOICES, "qualified-next-hop", "preference", "metric", "tag", "no-install", "install", "retain",
    "no-retain", "readvertise", "no-readvertise", "resolve", "no-resolve", "passive", "active",
    "color", "as-path", "community", "bfd-liveness-detection", "backup-pe-group", "preference2",
    "metric2", "tag2",
)  # fmt: skip
_IRRELEVANT = because(
    "attributes of the announced route; forwarding does not depend on them",
    "tag", "tag2", "color", "color2", "as-path", "community", "retain", "no-retain",
    "readvertise", "no-readvertise", "install", "active", "passive", "brief", "full", "metric2",
    "metric3", "metric4", "preference2", "as-number-aggregation", "policy", "origin",
    "local-preference", "aggregator",
)  # fmt: skip
_CONDITIONAL = frozenset({"bfd-liveness-detection", "backup-pe-group", "srlg"})


def read_static(vrf: str, family: int | None = None) -> Handler:
    """The handler of `static` in `vrf`; `family` None stands for both (rib names tell one)."""

    def static(draft: Draft, node: Node) -> None:
        defaults = node.get("defaults")
        preference = _preference(defaults) if defaults is not None else None
        if node.doubt:
            draft.routes_doubt.append(draft.where(node.doubt_line))

        def routes(draft: Draft, holder: Node) -> None:
            draft.use(holder)
            for child in holder.children.values():
                _route(draft, child, vrf, preference or STATIC_PREFERENCE)

        unknown = read(
            draft,
            node,
            {
                "route": routes,
                "defaults": _use_all,
                "iso-route": "CLNS routes carry no IP",
                "rib-group": _rib_group,
                "static-route-bfd": _use_all,
                "traceoptions": "logging",
                "route-target-filter": "VPN route exchange between BGP speakers",
                "local-domain-defaults": _use_all,
            },
            "route",
        )
        draft.routes_doubt += [draft.where(found.end or found.line) for found in unknown]

    return static


def _use_all(draft: Draft, node: Node) -> None:
    draft.use_all(node)


def _rib_group(draft: Draft, node: Node) -> None:
    from parsers.model.source import Sourced

    draft.use_all(node)
    draft.sources.append(Sourced[str](value="rib-group", where=draft.where(node.line)))


def _preference(node: Node) -> int | None:
    value = node.value("preference")
    if value is None:
        return None
    if value.word == "preference":
        value = value.only()
    return int(value.word) if value is not None and value.word.isdecimal() else None


def _incomplete(draft: Draft, node: Node) -> None:
    draft.miss(node, "route")
    draft.routes_doubt.append(draft.where(node.end or node.line))


def _route(draft: Draft, node: Node, vrf: str, preference: int) -> None:
    destination = prefix(node.word)
    lift(node, _ROUTE_WORDS, frozenset({"qualified-next-hop"}))
    if destination is None or (destination.family == 4 and not _contiguous(destination)):
        _incomplete(draft, node)
        return
    own = _preference(node) if "preference" in node.children else preference
    conditional = node.doubt
    draft.use(node)
    for child in node.children.values():
        if child.word in _ROUTE_HANDLED or child.word in _CONDITIONAL:
            draft.use_all(child)
            if child.word in _CONDITIONAL:
                conditional = conditional or f"the route depends on '{child.word}'"
        elif child.word in _IRRELEVANT:
            draft.ignore_all(child)
        elif child.word != "apply-macro":
            _incomplete(draft, child)
    backup = "no-install" in node.children
    made = _choice(draft, node, destination, vrf, own or preference, conditional, backup)
    if made is None and "qualified-next-hop" not in node.children:
        if node.children:
            draft.routes_doubt.append(draft.where(node.end or node.line))
        return
    _add(draft, node, made, destination, vrf, own or preference, conditional, backup)


_ROUTE_HANDLED = frozenset(
    {*_CHOICES, "qualified-next-hop", "preference", "metric", "no-install", "resolve", "no-resolve"}
)


def _choice(
    draft: Draft,
    node: Node,
    destination: AddressTerm,
    vrf: str,
    preference: int,
    conditional: str | None,
    backup: bool,
) -> Route | None:
    """The route without its qualified next hops. Of several kinds of next hop the last one said holds."""
    chosen: Node | None = None
    for word in _CHOICES:
        child = node.children.get(word)
        if child is None:
            continue
        if chosen is None or (-child.rank, _last(child)) >= (-chosen.rank, _last(chosen)):
            chosen = child
    if chosen is None:
        return None
    hops: list[NextHop] = []
    discard = None
    if chosen.word == "next-hop":
        own = [hop for hop in chosen.children.values() if not hop.rank]
        for hop in own or list(chosen.children.values()):
            made = next_hop(hop.word)
            if made is None:
                _incomplete(draft, hop)
            else:
                hops.append(made)
    elif chosen.word == "next-table":
        table = chosen.only()
        name = table.word if table is not None else ""
        hops.append(NextHop(None, None, vrf=table_vrf(name)))
        conditional = conditional or f"the look-up goes on in table {name}"
    else:
        discard = "reject" if chosen.word == "reject" else "drop"
    return Route(
        destination.family,
        destination.value,
        _length(destination),
        vrf,
        "static",
        tuple(hops),
        _leaf_line(chosen),
        discard=discard,
        distance=preference,
        backup=backup,
        conditional=conditional,
    )


def _add(
    draft: Draft,
    node: Node,
    made: Route | None,
    destination: AddressTerm,
    vrf: str,
    preference: int,
    conditional: str | None,
    backup: bool,
) -> None:
    """Adds the route and its qualified next hops: those with the best preference carry traffic."""
    routes = [made] if made is not None else []
    holder = node.children.get("qualified-next-hop")
    for hop in holder.children.values() if holder is not None else ():
        lift(hop, ("preference", "metric", "tag", "interface", "bfd-liveness-detection"))
        way = next_hop(hop.word)
        if way is None:
            _incomplete(draft, hop)
            continue
        interface = hop.value("interface")
        if interface is not None:
            way = way._replace(interface=interface.word)
        routes.append(
            Route(
                destination.family,
                destination.value,
                _length(destination),
                vrf,
                "static",
                (way,),
                hop.end or _leaf_line(hop),
                distance=_preference(hop) if "preference" in hop.children else preference,
                backup=backup,
                conditional=conditional,
            )
        )
    best = min((route.distance or 0 for route in routes), default=0)
    same = [route for route in routes if (route.distance or 0) == best]
    if len(same) > 1 and not any(route.discard for route in same):
        hops = tuple(dict.fromkeys(hop for route in same for hop in route.next_hops))
        draft.routes.append(same[0]._replace(next_hops=hops))
    else:
        draft.routes.extend(same)
    draft.routes.extend(
        route._replace(backup=True) for route in routes if (route.distance or 0) != best
    )


def next_hop(word: str) -> NextHop | None:
    """The way out that a next hop names: an address, or an interface with its unit."""
    term = prefix(word) if "/" not in word else None
    if term is not None:
        return NextHop(None, word)
    return NextHop(word, None) if _INTERFACE.fullmatch(word) else None


def table_vrf(table: str) -> str:
    """The instance of a routing table: `R1.inet.0` is R1's, `inet.0` the main one's."""
    name, dot, _ = table.rpartition(".inet")
    return name if dot and name else "default"


def read_aggregate(vrf: str) -> Handler:
    """The handler of `aggregate` and `generate` in `vrf`."""

    def aggregate(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            if child.word == "defaults":
                draft.use_all(child)
            elif child.word == "route":
                draft.use(child)
                for found in child.children.values():
                    _aggregate(draft, found, vrf, node.word)
            elif child.word != "apply-macro":
                _incomplete(draft, child)

    return aggregate


def _aggregate(draft: Draft, node: Node, vrf: str, kind: str) -> None:
    destination = prefix(node.word)
    lift(node, _ROUTE_WORDS)
    known = {"discard", "reject", "preference", "metric", "next-table", *_IRRELEVANT}
    odd = [child for child in node.children.values() if child.word not in known]
    if destination is None or not _contiguous(destination) or odd:
        for child in odd or [node]:
            _incomplete(draft, child)
        return
    draft.use_all(node)
    discard = None
    if kind == "aggregate":
        discard = "drop" if "discard" in node.children else "reject"
    elif "discard" in node.children:
        discard = "drop"
    draft.routes.append(
        Route(
            destination.family,
            destination.value,
            _length(destination),
            vrf,
            kind,
            (),
            node.end or node.line,
            discard=discard,
            distance=_preference(node) or AGGREGATE_PREFERENCE,
            conditional=f"the {kind} route stands while a more specific route contributes to it",
        )
    )


def _contiguous(term: AddressTerm) -> bool:
    bits = 32 if term.family == 4 else 128
    inverse = term.care ^ ((1 << bits) - 1)
    return not inverse & (inverse + 1)


def _length(term: AddressTerm) -> int:
    return term.care.bit_count()


def _last(node: Node) -> int:
    return max(found.last for found in node.walk())


def _leaf_line(node: Node) -> int:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


def rib_statements(draft: Draft, node: Node) -> None:
    """`rib TABLE { static {...} aggregate {...} }`."""
    draft.use(node)
    for table in node.children.values():
        vrf = table_vrf(table.word)
        unknown = read(draft, table, _rib(vrf), "route")
        draft.routes_doubt += [draft.where(found.end or found.line) for found in unknown]


def _rib(vrf: str) -> Statements:
    return {
        "static": read_static(vrf),
        "aggregate": read_aggregate(vrf),
        "generate": read_aggregate(vrf),
        **because("limits and policies of the table", "maximum-paths", "maximum-prefixes"),
        "martians": _martians,
        "flow": _flow,
        "access": _use_all,
        "access-internal": _use_all,
        "protect": "a backup path in advance: it carries traffic only after a failure",
        "multipath": _use_all,
    }


def _martians(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise("martians", _holder_of_line(node), "addresses whose routes the device refuses")


def _flow(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    if "route" in node.children:
        draft.recognise(
            "flowspec", _holder_of_line(node), "flow routes filter all received packets"
        )


def _holder_of_line(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


MARTIANS, FLOW = _martians, _flow
