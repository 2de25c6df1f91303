"""Static routes of OS10."""

from __future__ import annotations

import re

from parsers.cisco_style.draft import Draft
from parsers.cisco_style.static_routes import add_route
from parsers.dell_os10.names import NAME, canonical

Found = re.Match[str]
_INTERFACE = re.compile(rf"(?:interface )?(?P<name>{NAME})(?= |$)")


def ip_route(state: Draft, match: Found, line: int) -> bool:
    """`ip route [vrf V] P/L {NEXTHOP [interface X] | interface X [NEXTHOP] | interface null 0} [DISTANCE]
    [track N] [name T] [tag T]`; the interface may stand behind the next hop."""
    rest = match["rest"]
    found = _INTERFACE.search(rest)
    if found is not None:
        others = (rest[: found.start()] + rest[found.end() :]).split()
        words = [canonical(found["name"]), *others]
    else:
        words = rest.split()
    return add_route(state, match["vrf"] or "default", match["prefix"], words, line)


def no_route(state: Draft, match: Found, line: int) -> None:
    """`no ip route …`: a printed configuration has none, so earlier routes to the prefix are in doubt."""
    state.routes_complete = False
    state.route_lines_missed.append(state.where(line))
