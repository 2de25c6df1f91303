"""Static routes of IOS-XR: `router static`, in blocks and in one line."""

from __future__ import annotations

import re

from parsers.cisco_style.draft import Draft
from parsers.cisco_style.static_routes import add_route
from parsers.cisco_xr.state import xr
from parsers.reader import Statement, Table, irrelevant

Found = re.Match[str]
_PREFIX = r"(?P<prefix>\d[\d.]+/\d+|[\da-fA-F]*:[\da-fA-F:.]*/\d+) (?P<rest>.+)"
_BFD = re.compile(
    r" ?\bbfd fast-detect(?: minimum-interval \d+| multiplier \d+| multihop \S+)*(?= |$)"
)
_ONE_LINE = re.compile(
    r"(?:vrf (?P<vrf>\S+) )?address-family (?P<family>ipv4|ipv6) (?P<cast>unicast|multicast)(?: (?P<route>.+))?"
)


def add(state: Draft, vrf: str, prefix: str, rest: str, line: int) -> bool:
    """`P [vrf V] [INTERFACE] [NEXTHOP] [DISTANCE] [tag T] [permanent] [track O] [bfd …] [description …]`;
    a description runs to the end of the line."""
    text = rest.split(" description ")[0]
    watched = _BFD.search(text)
    if watched is not None:
        text = text[: watched.start()] + text[watched.end() :]
    if not add_route(state, vrf, prefix, text.split(), line):
        return False
    if watched is not None:
        state.routes[-1] = state.routes[-1]._replace(conditional="BFD session")
    return True


def route(state: Draft, match: Found, line: int) -> bool:
    """A route in the block that is open."""
    return add(state, xr(state).vrf, match["prefix"], match["rest"], line)


def vrf(state: Draft, match: Found, line: int) -> None:
    """`vrf V` in `router static`."""
    xr(state).vrf = match["vrf"]


def default_vrf(state: Draft, match: Found, line: int) -> None:
    """`address-family …` right below `router static`."""
    xr(state).vrf = "default"


def begin(state: Draft, match: Found, line: int) -> None:
    """`router static`."""
    xr(state).vrf = "default"


def one_line(state: Draft, match: Found, line: int) -> bool:
    """`router static [vrf V] address-family ipv4 unicast P …` (`show running-config formal`)."""
    found = _ONE_LINE.fullmatch(match["rest"])
    parts = re.fullmatch(_PREFIX, found["route"]) if found and found["route"] else None
    if found is not None and (not found["route"] or found["cast"] == "multicast"):
        return True
    if re.fullmatch(r"vrf \S+", match["rest"]):
        return True
    if found is not None and parts is not None:
        if add(state, found["vrf"] or "default", parts["prefix"], parts["rest"], line):
            return True
    else:
        state.missed(line, "route")
    return False


def stray(state: Draft, match: Found, line: int) -> bool:
    """A route outside of `router static`: whose it is cannot be told, so the table is not complete."""
    state.missed(line, "route")
    return False


_ROUTES = (
    Statement(_PREFIX, route),
    *irrelevant("limits of the table", "maximum path"),
)
ROUTES: Table[Draft] = Table(_ROUTES, missed="route")
_MULTICAST = Statement(
    r"address-family (?:ipv4|ipv6) multicast", reason="reverse path of multicast trees"
)
VRF: Table[Draft] = Table(
    (
        _MULTICAST,
        Statement(r"address-family (?:ipv4|ipv6) unicast", table=ROUTES),
        *_ROUTES,
    ),
    missed="route",
)
STATIC: Table[Draft] = Table(
    (
        _MULTICAST,
        Statement(r"vrf (?P<vrf>\S+)", vrf, table=VRF),
        Statement(r"address-family (?:ipv4|ipv6) unicast", default_vrf, table=ROUTES),
        *_ROUTES,
    ),
    missed="route",
)
