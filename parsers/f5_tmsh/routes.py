"""`net route` and `net routing`: static routes of the traffic processor, and processes that add others."""

from __future__ import annotations

import ipaddress

from parsers.f5_tmsh.draft import Draft, Handler, Statements, said
from parsers.f5_tmsh.irrelevant import because
from parsers.f5_tmsh.names import short, split_domain, vrf_of
from parsers.f5_tmsh.virtuals import plain_address
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced

DEFAULTS = {"default": "0.0.0.0/0", "default-inet6": "::/0", "default-inet": "0.0.0.0/0"}
POOLED = "a new connection goes to the next member of the pool, and stays there"


def read_routes(draft: Draft, node: Node) -> None:
    """`net route R { network N gw A | pool P | interface I | blackhole }`."""
    draft.use(node)
    for holder in node.children.values():
        _route(draft, holder)


def _use(draft: Draft, node: Node) -> None:
    draft.use_all(node)


_ROUTE: Statements = {
    **dict.fromkeys(
        ("network", "gw", "pool", "interface", "blackhole", "type", "mtu", "gateway"), _use
    ),
    **because("named for people", "description", "app-service", "partition"),
}


def _said(node: Node, word: str) -> Node | None:
    """The value of a statement, None for `none`."""
    found = node.value(word)
    return None if found is None or found.word == "none" else found


def _route(draft: Draft, node: Node) -> None:
    line = node.end or node.line
    missed = read(draft, node, _ROUTE, "route", short(node.word))
    network = _said(node, "network")
    text = network.word if network is not None else short(node.word)
    plain, domain = split_domain(DEFAULTS.get(text, text))
    for word, meant in DEFAULTS.items():
        if plain == word:
            plain = meant
    gateway = _said(node, "gw") or _said(node, "gateway")
    if domain is None and gateway is not None:
        domain = split_domain(gateway.word)[1]
    try:
        prefix = ipaddress.ip_network(plain, strict=False)
    except ValueError:
        _doubt(draft, node)
        return
    hops, discard = _hops(draft, node, gateway)
    if missed or node.doubt or not (hops or discard):
        _doubt(draft, node)
        return
    draft.routes.append(
        Route(
            family=prefix.version,
            value=int(prefix.network_address),
            length=prefix.prefixlen,
            vrf=vrf_of(domain),
            protocol="static",
            next_hops=hops,
            line=line,
            discard=discard,
        )
    )
    pool = _said(node, "pool")
    if pool is not None and len(hops) > 1:
        _pool_choice(draft, short(pool.word), prefix)
    mtu = node.value("mtu")
    if mtu is not None and mtu.word != "0":
        draft.recognise(
            "route-mtu", node.children["mtu"], "an MTU for connections of the box along a route"
        )


def _hops(draft: Draft, node: Node, gateway: Node | None) -> tuple[tuple[NextHop, ...], str | None]:
    kind = _said(node, "type")
    way = _said(node, "interface")
    pool = _said(node, "pool")
    if "blackhole" in node.children or (kind is not None and kind.word == "blackhole"):
        return (), "drop"
    if gateway is not None:
        address = plain_address(gateway.word)
        try:
            ipaddress.ip_address(address)
        except ValueError:
            return (), None
        return (NextHop(None, address),), None
    if pool is not None:
        found = draft.pools.get(short(pool.word))
        hops = (
            tuple(NextHop(None, plain_address(member)) for member in found.members) if found else ()
        )
        return hops, None
    if way is not None:
        return (NextHop(short(way.word), None),), None
    return (), None


def _doubt(draft: Draft, node: Node) -> None:
    draft.miss(node, "route", short(node.word))
    draft.routes_doubt.append(draft.where(said(node)))


def _pool_choice(
    draft: Draft, name: str, prefix: ipaddress.IPv4Network | ipaddress.IPv6Network
) -> None:
    pool = draft.pools[name]
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement=f"pool {name} load-balancing-mode {pool.mode}",
            reason=POOLED,
            keeps=True,
            trap=pool.mode == "round-robin" and bool(pool.mode_line),
            family=prefix.version,
            prefixes=((prefix.version, int(prefix.network_address), prefix.prefixlen),),
            where=draft.where(pool.mode_line) if pool.mode_line else None,
        )
    )


def read_routing(draft: Draft, node: Node) -> None:
    """`net routing bgp|ospf|…`: processes that install routes; lists and maps are for what they announce."""
    read(draft, node, _ROUTING, "other")


def _process(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    for name in node.children.values():
        where = draft.where(name.end or name.line)
        draft.sources.append(Sourced[str](value=node.word, where=where, note=short(name.word)))


_ROUTING: dict[str, Handler | str] = {
    **dict.fromkeys(("bgp", "ospf", "ospfv3", "isis", "rip", "ripng", "eigrp"), _process),
    **because(
        "for routing processes, which the auditor knows only by what they install",
        "access-list", "as-path", "bfd", "community-list", "extcommunity-list", "prefix-list", "profile", "route-map",
        "debug", "as-path-list", "global-settings",
    ),
}  # fmt: skip
