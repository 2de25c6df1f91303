"""Static routes of EOS."""

from __future__ import annotations

import re

from parsers.arista_eos.names import canonical
from parsers.arista_eos.state import eos
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.static_routes import add_route, split_words
from parsers.model.routes import NextHop, Route

Found = re.Match[str]
PLACEHOLDER = "0.0.0.0"  # noqa: S104 - an address that no route can have as its next hop
_INTERFACE = re.compile(r"[A-Za-z][A-Za-z-]*\d[\d/.]*")


def _words(text: str) -> list[str]:
    """The words after the prefix, interfaces in their long form; `Nexthop-Group G` becomes a
    placeholder.
    """
    found = []
    words = split_words(text)
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.lower() == "nexthop-group" and at < len(words):
            found.append(PLACEHOLDER)
            at += 1
        elif _INTERFACE.fullmatch(word) and not word.lower().startswith("null"):
            found.append(canonical(word))
        else:
            found.append(word)
    return found


def ip_route(state: Draft, match: Found, line: int) -> bool:
    """`ip route [vrf V] P/L [INTERFACE] [NEXTHOP] [DISTANCE] [tag T] [name N] [track O]`.

    A prefix cannot have `Null0` and another next hop at one distance: EOS refuses the later line.
    The same line typed again replaces the earlier one's tag and name.
    """
    vrf = match["vrf"] or "default"
    if not add_route(state, vrf, match["prefix"], _words(match["rest"]), line):
        return False
    added = state.routes.pop()
    if any(hop.address == PLACEHOLDER for hop in added.next_hops):
        # the group's members stand elsewhere: the next hop is there, and which one is not known
        added = added._replace(next_hops=(NextHop(None, "nexthop-group"),))
    others = eos(state).routes.setdefault(_key(added), [])
    for position, old in enumerate(others):
        if old.distance != added.distance:
            continue
        if bool(old.discard) != bool(added.discard):
            return True
        if _same_way(old, added):
            others[position] = added
            return True
    others.append(added)
    return True


def no_route(state: Draft, match: Found, line: int) -> None:
    """`no ip route [vrf V] P/L [NEXTHOP] [DISTANCE]`: without a next hop all routes to the prefix
    go.
    """
    scratch = Draft(state.file, state.lines, state.ledger)
    words = _words(match["rest"] or "")
    vrf = match["vrf"] or "default"
    if not add_route(scratch, vrf, match["prefix"], words or ["Null0"], line):
        return
    gone = scratch.routes[0]
    others = eos(state).routes.get(_key(gone), [])
    if not words:
        others.clear()
        return
    with_distance = any(word.isdigit() for word in words)
    others[:] = [
        route
        for route in others
        if not _same_way(route, gone) or (with_distance and route.distance != gone.distance)
    ]


def all_routes(state: Draft) -> list[Route]:
    """The routes that stay, in the order of the text."""
    kept = [route for routes in eos(state).routes.values() for route in routes]
    return sorted(kept, key=lambda route: route.line)


def _same_way(one: Route, other: Route) -> bool:
    return (one.next_hops, one.discard) == (other.next_hops, other.discard)


def _key(route: Route) -> tuple[str, int, int, int]:
    return route.vrf, route.family, route.value, route.length
