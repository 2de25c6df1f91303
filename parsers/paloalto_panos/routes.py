"""Which static routes carry traffic: the best of each destination, and routes that lead into another router.

A route with `nexthop next-vr` sends its destinations to the routes of another virtual router, so it is here what that
router has for them. Source: Palo Alto Networks, PAN-OS Administrator's Guide, "Static Routes" and "ECMP".
"""

from __future__ import annotations

import ipaddress

from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced
from parsers.paloalto_panos.draft import Draft, Leap, Router


def routes_of(draft: Draft) -> list[Route]:
    """The static routes of all routers: the best of each destination carry the traffic, routes into another
    router are those that this one has."""
    found: list[Route] = []
    for router in draft.routers.values():
        own = [*router.routes]
        for leap in router.leaps:
            own += _through(draft, leap, {router.name})
        found += _ranked(own, router.ecmp)
    return found


_BASES = frozenset({"vlan", "loopback", "tunnel", "sdwan"})


def note_broken_routers(draft: Draft) -> None:
    """Routers that name interfaces the text lacks, or that have next hops and no interface: where packets go
    is not as the text reads."""
    if not draft.interfaces:
        return
    for router in draft.routers.values():
        broken = {
            n: line
            for n, line in router.interfaces.items()
            if n not in draft.interfaces and n not in _BASES
        }
        for name, line in broken.items():
            _note(draft, line, f"interface {name} of router {router.name} is not in the text")
        hops = [route for route in router.routes if route.next_hops]
        for route in hops:
            through = route.next_hops[0].interface
            if through is not None and through not in draft.interfaces and through not in broken:
                _note(draft, route.line, f"interface {through} of a route is not in the text")
        if hops and not router.interfaces and draft.owners:
            _note(draft, hops[0].line, f"router {router.name} has routes and no interface")
        elif router.interfaces and not broken:
            _note_far_hops(draft, router, hops)


def _note_far_hops(draft: Draft, router: Router, routes: list[Route]) -> None:
    """Next hops that no network of the router holds; addresses that are not in the text may hold them."""
    members = [draft.interfaces[n] for n in router.interfaces if n in draft.interfaces]
    if draft.sources or any(i.dynamic_address or i.not_understood for i in members):
        return
    near = [*_connected(draft, router), *(r for r in router.routes if r.length)]
    for route in routes:
        hop = route.next_hops[0]
        if hop.interface is not None or hop.address is None:
            continue
        value = int(ipaddress.ip_address(hop.address))
        here = Route(route.family, value, 32 if route.family == 4 else 128, "", "", (), 0)
        if not any(r.family == here.family and _within(here, r) for r in near):
            note = f"next hop {hop.address} is in no network of router {router.name}"
            _note(draft, route.line, note)


def _note(draft: Draft, line: int, note: str) -> None:
    draft.recognised.append(Sourced[str](value="no-routing", where=draft.where(line), note=note))


def _through(draft: Draft, leap: Leap, seen: set[str]) -> list[Route]:
    """What a route into another router does with its destinations: the other router's routes for them."""
    target = draft.routers.get(leap.router)
    if target is None or target.name in seen:
        return [
            leap.route._replace(
                next_hops=(), conditional=f"router {leap.router} is not in the text"
            )
        ]
    here = leap.route
    inside: list[Route] = []
    covering: list[Route] = []
    candidates = [*_connected(draft, target), *target.routes]
    for further in target.leaps:
        candidates += _through(draft, further, seen | {target.name})
    for route in _ranked(candidates, target.ecmp):
        if route.family != here.family or route.backup:
            continue
        if route.length >= here.length and _within(route, here):
            inside.append(route)
        elif route.length < here.length and _within(here, route):
            covering.append(route)
    inside = [_placed(draft, target, route) for route in inside]
    covering = [_placed(draft, target, route) for route in covering]
    made = [_here(here, route, route.value, route.length) for route in inside]
    if covering and not any(route.length == here.length for route in inside):
        longest = max(route.length for route in covering)
        made += [
            _here(here, route, here.value, here.length)
            for route in covering
            if route.length == longest
        ]
    return made


def _here(here: Route, route: Route, value: int, length: int) -> Route:
    return route._replace(
        value=value,
        length=length,
        vrf=here.vrf,
        protocol="static",
        line=here.line,
        distance=here.distance,
        metric=here.metric,
        conditional=here.conditional or route.conditional,
        next_hops=tuple(hop._replace(vrf=None) for hop in route.next_hops),
    )


def _placed(draft: Draft, router: Router, route: Route) -> Route:
    """The same with the interfaces behind which the next hops are, as far as the router's networks tell."""
    hops = []
    for hop in route.next_hops:
        if hop.interface is None and hop.address is not None:
            value = int(ipaddress.ip_address(hop.address))
            near = [
                r
                for r in _connected(draft, router)
                if r.family == route.family
                and value >> ((32 if r.family == 4 else 128) - r.length)
                == r.value >> ((32 if r.family == 4 else 128) - r.length)
            ]
            if near:
                best = max(near, key=lambda r: r.length)
                hop = hop._replace(interface=best.next_hops[0].interface)
            else:
                route = route._replace(conditional=f"next hop {hop.address} is behind no interface")
        hops.append(hop)
    return route._replace(next_hops=tuple(hops))


def _within(inner: Route, outer: Route) -> bool:
    shift = (32 if outer.family == 4 else 128) - outer.length
    return inner.value >> shift == outer.value >> shift


def _connected(draft: Draft, router: Router) -> list[Route]:
    found = []
    for name in router.interfaces:
        interface = draft.interfaces.get(name)
        for address in interface.addresses if interface is not None and interface.enabled else ():
            bits = 32 if address.family == 4 else 128
            shift = bits - address.length
            found.append(
                Route(
                    address.family,
                    address.value >> shift << shift,
                    address.length,
                    router.name,
                    "connected",
                    (NextHop(name, None),),
                    address.where.line,
                    distance=0,
                    metric=0,
                )
            )
    return found


def _ranked(routes: list[Route], ecmp: bool) -> list[Route]:
    """Marks what a better route to the same destination keeps out of the table. Of several equally good ones a
    router without ECMP uses one, and no document says which."""
    groups: dict[tuple[int, int, int], list[Route]] = {}
    for route in routes:
        groups.setdefault((route.family, route.value, route.length), []).append(route)
    found = []
    for group in groups.values():
        best = min((route.distance or 0, route.metric or 0) for route in group)
        equal = [r for r in group if (r.distance or 0, r.metric or 0) == best]
        doubtful = len({r.next_hops or r.discard for r in equal}) > 1 and not ecmp
        for route in group:
            if (route.distance or 0, route.metric or 0) != best:
                found.append(route._replace(backup=True))
            elif doubtful and not route.conditional:
                why = "one of several equal routes is used while ECMP is off"
                found.append(route._replace(conditional=why))
            else:
                found.append(route)
    return found
