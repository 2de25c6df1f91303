"""Static routes of both major versions, routing rules, VRFs, and what may install other routes.

Version 6 writes several gateways in one route (`gateway=192.0.2.1,192.0.2.5`), kinds as
`type=blackhole` and tables as `routing-mark`; version 7 writes one gateway a route, the flag
`blackhole` and `routing-table`. Source: RouterOS manual, Routing Decision, Policy Routing, and the
CLI reference of `/ip/route`, `/routing/rule`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from parsers.mikrotik_routeros.draft import Draft
from parsers.mikrotik_routeros.names import is_default
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.routes import NextHop, Route
from parsers.model.source import TextFact, Where

_KNOWN = frozenset(
    (
        "bgp-as-path", "bgp-atomic-aggregate", "bgp-communities", "bgp-local-pref", "bgp-med",
        "bgp-origin", "bgp-prepend", "check-gateway", "comment", "disabled", "distance",
        "dst-address", "gateway", "pref-src", "route-tag", "routing-mark", "routing-table",
        "scope", "suppress-hw-offload", "target-scope", "type", "vrf-interface",
    )
)  # fmt: skip
_LIKE_ADDRESS = re.compile(r"[\d.]+|[\da-fA-F:.]*:[\da-fA-F:.]*")
_KINDS = {"unicast": None, "blackhole": "drop", "unreachable": "reject", "prohibit": "reject"}


def vrf_of(table: str) -> str:
    """The VRF of a routing table."""
    return "default" if table in ("", "main") else table


def route(draft: Draft, statement: Statement) -> None:
    """`/ip route add` and `/ipv6 route add`."""
    words = statement.words
    family = 6 if statement.menu.startswith("ipv6") else 4
    flags = {flag for flag in statement.flags if not flag.startswith("!")}
    known = _KNOWN.issuperset(words) and flags <= {"blackhole"}
    kind = words.get("type", "unicast")
    distance = words.get("distance", "1")
    try:
        if statement.verb != "add" or statement.bad or not known or kind not in _KINDS:
            raise ValueError("not a route of a form that is known")
        if words.get("disabled", "no") not in ("yes", "no") or not distance.isdecimal():
            raise ValueError("no route")
        text = words.get("dst-address", "0.0.0.0/0" if family == 4 else "::/0")
        network = ipaddress.ip_network(text, strict=False)
        hops = _hops(words.get("gateway", ""), family)
    except ValueError:
        network, hops = None, ()
    if network is None or network.version != family:
        draft.miss(statement, "route")
        draft.odd_routes.append(draft.where(statement))
        return
    draft.use(statement)
    if statement.disabled:
        return
    discard = "drop" if "blackhole" in flags else _KINDS[kind]
    if words.get("blackhole") == "yes":
        discard = "drop"
    if not hops and discard is None:
        draft.miss(statement, "route")
        draft.odd_routes.append(draft.where(statement))
        return
    check = words.get("check-gateway", "none")
    draft.routes.append(
        Route(
            family, int(network.network_address), network.prefixlen,
            words.get("routing-table") or words.get("routing-mark") or "main", "static",
            () if discard else hops, statement.first, discard, int(distance),
            conditional=f"check-gateway={check}" if check not in ("none", "") else None,
        )
    )  # fmt: skip


_Way = tuple[str | None, str | None, str | None]


def _hops(text: str, family: int) -> tuple[NextHop, ...]:
    """The gateways of `192.0.2.1`, `ether1`, `192.0.2.1%ether1`, `192.0.2.1@main`, or a list of them; one
    that is written twice in version 6 has twice the weight."""
    found: dict[_Way, int] = {}
    for part in text.split(",") if text else ():
        gateway, _, table = part.partition("@")
        place, _, name = gateway.partition("%")
        try:
            address = ipaddress.ip_address(place)
            if address.version != family and not name:
                raise ValueError(f"{part} is of the other family")
            key: _Way = (name or None, str(address), table or None)
        except ValueError:
            if not place or name or _LIKE_ADDRESS.fullmatch(place):
                raise
            key = (place, None, table or None)
        found[key] = found.get(key, 0) + 1
    return tuple(NextHop(n, a, v, weight) for (n, a, v), weight in found.items())


def final_routes(draft: Draft) -> tuple[Route, ...]:
    """The routes with their VRFs, and those of a larger distance as backups. Of several routes of equal
    distance version 7 uses all, version 6 one. Routes of tables that only rules and marks lead to
    are no paths of their own: the rules and marks are noted as policy routing."""
    best: dict[tuple[int, str, int, int], int] = {}
    placed = []
    by_policy = False
    tables = _tables(draft)
    for found in draft.routes:
        table = vrf_of(found.vrf)
        if table not in ("default", *draft.vrfs):
            by_policy = True
            if table not in tables:
                draft.odd_routes.append(Where(draft.file, found.line))
                draft.ledger.miss(found.line, "route")
            continue
        hops = tuple(
            hop._replace(vrf=vrf_of(hop.vrf) if hop.vrf else None) for hop in found.next_hops
        )
        found = found._replace(vrf=table, next_hops=hops)
        placed.append(_on_known_interfaces(draft, found))
        key = (found.family, found.vrf, found.value, found.length)
        distance = found.distance or 0
        best[key] = min(best.get(key, distance), distance)
    if by_policy and not any(r.vrf == "default" and not r.length for r in placed):
        draft.sources.append(TextFact(value="policy routing", note="routes of other tables"))
    out = []
    taken: set[tuple[int, str, int, int]] = set()
    for found in placed:
        key = (found.family, found.vrf, found.value, found.length)
        if (found.distance or 0) > best[key]:
            found = found._replace(backup=True)
        elif key in taken and draft.major != 7:
            reason = "of routes with equal distance version 6 uses one"
            found = found._replace(conditional=found.conditional or reason)
            found = found._replace(backup=draft.major == 6)
        else:
            taken.add(key)
        out.append(found)
    return tuple(out)


def _tables(draft: Draft) -> set[str]:
    """The routing tables that menus, marks and rules name."""
    named = {words.get("new-routing-mark", "") for words in _mangle(draft)}
    for found in draft.rules:
        named |= {found.words.get("table", ""), found.words.get("routing-mark", "")}
    return named | draft.tables_named


def _mangle(draft: Draft) -> list[dict[str, str]]:
    return [s.words for family in (4, 6) for s in draft.tables.of(family, "mangle")]


def _on_known_interfaces(draft: Draft, found: Route) -> Route:
    """The route, with a condition where an interface is not in the text: it may be another's name."""
    for hop in found.next_hops:
        name = hop.interface
        if name is not None and name not in draft.links and not is_default(name):
            reason = f"interface {name} is not in this text"
            return found._replace(conditional=found.conditional or reason)
    return found


def vrf(draft: Draft, statement: Statement) -> None:
    """`/ip vrf` of version 7 and `/ip route vrf` of version 6: a table with interfaces of its own."""
    words = statement.words
    name = words.get("name") or words.get("routing-mark") or statement.item
    if statement.bad or not name or (statement.verb == "add" and "interfaces" not in words):
        draft.miss(statement, "interface")
        return
    draft.use(statement)
    if statement.disabled or name == "main":
        return
    draft.vrfs.add(name)
    for one in words.get("interfaces", "").split(","):
        if one and one not in ("all", "none"):
            draft.link(one, statement).vrf = name


_RULE_WORDS = frozenset(
    ("action", "comment", "disabled", "dst-address", "interface", "min-prefix", "routing-mark",
     "src-address", "table", "chain", "realm")
)  # fmt: skip


def rule(draft: Draft, statement: Statement) -> None:
    """`/routing rule` and `/ip route rule`: judged as a filter where they drop, noted where they choose."""
    known = _RULE_WORDS.issuperset(statement.words) and not any(
        flag[0] != "!" for flag in statement.flags
    )
    if statement.verb != "add" or statement.bad or not known:
        draft.miss(statement, "filter", "routing rules")
        draft.rules.append(statement._replace(bad=statement.bad or "not understood"))
        return
    draft.use(statement)
    if statement.disabled:
        return
    draft.rules.append(statement)
    action = statement.words.get("action", "lookup")
    if action in ("lookup", "lookup-only-in-table") and statement.words.get("table") != "main":
        table = statement.words.get("table", "a table")
        draft.note("policy-route", statement, f"a routing rule looks up {table}")


def source(name: str) -> Callable[[Draft, Statement], None]:
    """A handler for statements of a protocol that may install routes."""

    def handler(draft: Draft, statement: Statement) -> None:
        if statement.bad:
            draft.miss(statement, "route")
            return
        draft.use(statement)
        if not statement.disabled and statement.verb == "add":
            draft.sources.append(TextFact(value=name, where=draft.where(statement)))

    return handler


def dhcp_client(draft: Draft, statement: Statement) -> None:
    """`/ip dhcp-client`: an address, and unless told otherwise a default route."""
    words = statement.words
    name = words.get("interface")
    if statement.bad or statement.verb != "add" or not name:
        draft.miss(statement, "interface", name)
        return
    draft.use(statement)
    if statement.disabled:
        return
    link = draft.link(name, statement)
    link.dynamic = TextFact(value="dhcp", where=draft.where(statement))
    if statement.menu == "ip dhcp-client" and words.get("add-default-route", "yes") != "no":
        text = words.get("default-route-distance", "1")
        draft.routes.append(
            Route(
                4, 0, 0, "main", "dhcp", (NextHop(name, None),), statement.first,
                distance=int(text) if text.isdecimal() else 1,
                conditional="the router that the DHCP server names",
            )
        )  # fmt: skip
    elif statement.menu == "ipv6 dhcp-client" and words.get("add-default-route", "no") != "no":
        draft.sources.append(TextFact(value="dhcpv6", where=draft.where(statement)))
