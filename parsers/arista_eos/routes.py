"""Static routes of EOS."""

from __future__ import annotations

import re

from parsers.arista_eos.names import canonical
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.static_routes import add_route, is_address, split_words
from parsers.model.routes import NextHop, Route

Found = re.Match[str]
PLACEHOLDER = "0.0.0.0"  # noqa: S104 - an address that no route can have as its next hop
_INTERFACE = re.compile(r"[A-Za-z][A-Za-z-]*\d[\d/.]*")


def _words(text: str) -> list[str]:
    """The words after the prefix, interfaces in their long form; `Nexthop-Group G` becomes a placeholder."""
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
    """
    before = len(state.routes)
    if not add_route(
        state, match["vrf"] or "default", match["prefix"], _words(match["rest"]), line
    ):
        return False
    added = state.routes[-1]
    if any(hop.address == PLACEHOLDER for hop in added.next_hops):
        # the group's members stand elsewhere: the next hop is there, and which one is not known
        added = added._replace(next_hops=(NextHop(None, "nexthop-group"),))
        state.routes[-1] = added
    for position in range(before):
        old = state.routes[position]
        if _key(old) != _key(added) or old.distance != added.distance:
            continue
        if bool(old.discard) != bool(added.discard):
            state.routes.pop()
            return True
        if old.next_hops == added.next_hops and old.discard == added.discard:
            state.routes[position] = added  # the line typed again replaces its tag and name
            state.routes.pop()
            return True
    return True


def no_route(state: Draft, match: Found, line: int) -> None:
    """`no ip route [vrf V] P/L [NEXTHOP] [DISTANCE]`: without a next hop all routes to the prefix go."""
    kept = Draft(state.file, state.lines, state.ledger)
    words = _words(match["rest"] or "")
    vrf = match["vrf"] or "default"
    if not add_route(kept, vrf, match["prefix"], words or ["Null0"], line):
        return
    gone = kept.routes[0]
    with_distance = any(word.isdigit() for word in words if not is_address(word))
    state.routes = [
        route
        for route in state.routes
        if _key(route) != _key(gone)
        or (
            words
            and (
                (route.next_hops, route.discard) != (gone.next_hops, gone.discard)
                or (with_distance and route.distance != gone.distance)
            )
        )
    ]


def _key(route: Route) -> tuple[str, int, int, int]:
    return route.vrf, route.family, route.value, route.length
