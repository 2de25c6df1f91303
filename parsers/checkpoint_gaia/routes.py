"""Static routes: commands that add and remove the ways of a prefix.

A lower priority is preferred, equal ones share the traffic; `off` takes a way or the route away.
Source: Gaia Administration Guide, IPv4 Static Routes and IPv6 Static Routes.
"""

from __future__ import annotations

import ipaddress

from parsers.checkpoint_gaia.draft import Draft, Hop, Key, StaticRoute
from parsers.model.routes import NextHop, Route

Words = list[str]
_SETTINGS = frozenset(("comment", "scopelocal", "monitored-ip-option"))


def static_route(draft: Draft, words: Words, line: int) -> bool:
    """`set static-route P …` of the IPv4 table."""
    return _read(draft, words, line, 4)


def static_route6(draft: Draft, words: Words, line: int) -> bool:
    """`set ipv6 static-route P …`."""
    return _read(draft, words, line, 6)


def _read(draft: Draft, words: Words, line: int, family: int) -> bool:
    done = _carried_out(draft, words, line, family)
    if not done:
        draft.odd_routes.append(draft.where(line))
    return done


def _carried_out(draft: Draft, words: Words, line: int, family: int) -> bool:
    key = _key(draft, words[0], family) if words else None
    if key is None or len(words) < 2:
        return False
    if words[1:] == ["off"]:
        draft.routes.pop(key, None)
        return True
    route = draft.routes.get(key) or StaticRoute(line)
    done = _setting(route, words[1:], line)
    if done:
        draft.routes.setdefault(key, route)
    return done


def _key(draft: Draft, text: str, family: int) -> Key | None:
    if text == "default":
        return family, 0, 0, draft.vrf
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    if network.version != family:
        return None
    return family, int(network.network_address), network.prefixlen, draft.vrf


def _setting(route: StaticRoute, words: Words, line: int) -> bool:
    what = words[0]
    if what == "nexthop" and len(words) > 1:
        if words[1] in ("blackhole", "reject") and len(words) == 2:
            route.discard = "drop" if words[1] == "blackhole" else "reject"
            route.discard_line = line
            return True
        return words[1] == "gateway" and _gateway(route, words[2:], line)
    if what == "rank" and len(words) == 2 and words[1].isdecimal():
        route.rank = int(words[1])
        return True
    if what == "ping" and words[1:] in (["on"], ["off"]):
        route.watched = "ping" if words[1] == "on" else None
        return True
    return what in _SETTINGS and len(words) > 1


def _gateway(route: StaticRoute, words: Words, line: int) -> bool:
    """`address A [priority N] on|off`, `logical IF …`, for IPv6 `A [interface IF] …`."""
    logical = words[:1] == ["logical"]
    rest = words[1:] if words[:1] in (["address"], ["logical"]) else words
    if len(rest) < 2:
        return False
    name, rest = rest[0], rest[1:]
    hop = route.hops.get(name) or Hop(line)
    if logical:
        hop.interface = name
    else:
        try:
            hop.address = str(ipaddress.ip_address(name))
        except ValueError:
            return False
    while len(rest) > 1:
        word, value, *rest = rest
        if word == "priority" and value.isdecimal() and 1 <= int(value) <= 8:
            hop.priority = int(value)
        elif word == "interface":
            hop.interface = value
        elif word in ("monitored-ip", "monitored-interface"):
            route.watched = word
        else:
            return False
    if rest == ["off"]:
        route.hops.pop(name, None)
        return True
    if rest in (["on"], []):
        route.hops[name] = hop
        return True
    return False


def final_routes(draft: Draft) -> tuple[Route, ...]:
    """The routes that are left, with ways of a lesser priority as backups."""
    out: list[Route] = []
    for key, route in draft.routes.items():
        family, value, length, vrf = key
        both = bool(route.discard and route.hops)
        doubt = f"{route.watched} on" if route.watched else None
        if both:
            doubt = "gateways and a null route are set for one prefix"
        if route.discard:
            out.append(
                Route(
                    family, value, length, vrf, "static", (), route.discard_line, route.discard,
                    route.rank, conditional=doubt,
                )
            )  # fmt: skip
        out += _ways(key, route, doubt)
    return tuple(out)


def _ways(key: Key, route: StaticRoute, doubt: str | None) -> list[Route]:
    family, value, length, vrf = key
    given = {hop.priority for hop in route.hops.values()}
    if None in given and len(given) > 1:
        doubt = doubt or "some gateways have a priority and some have none"
        given = {None}
    out = []
    for priority in sorted(given, key=lambda number: number or 0):
        hops = [hop for hop in route.hops.values() if hop.priority == priority or given == {None}]
        ways = tuple(NextHop(hop.interface, hop.address) for hop in hops)
        backup = priority != min(given, key=lambda number: number or 0)
        out.append(
            Route(
                family, value, length, vrf, "static", ways, hops[0].line, None, route.rank,
                metric=priority, backup=backup, conditional=doubt,
            )
        )  # fmt: skip
    return out
