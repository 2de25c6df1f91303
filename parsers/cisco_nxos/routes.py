"""Static routes of NX-OS, at the top level and in `vrf context` blocks."""

from __future__ import annotations

import re

from parsers.cisco_nxos.names import canonical
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.static_routes import WITH_VALUE, add_route, split_words
from parsers.model.routes import Route

Found = re.Match[str]
_INTERFACE = re.compile(r"[A-Za-z][A-Za-z-]*\d[\d/.]*")
_BARE = re.compile(r"[A-Za-z][A-Za-z-]*")
HIGHEST_PREFERENCE = 255


def _words(text: str) -> list[str]:
    """The words after the prefix, interfaces as the device prints them."""
    words = split_words(text)
    if len(words) > 1 and _BARE.fullmatch(words[0]) and re.fullmatch(r"\d+(?:[/.]\d+)*", words[1]):
        words[:2] = [words[0] + words[1]]  # `port-channel 10`
    if words and _INTERFACE.fullmatch(words[0]):
        words[0] = canonical(words[0])
    return words


def _possible(words: list[str]) -> bool:
    """Whether every preference is one that a device takes."""
    values = {at + 1 for at, word in enumerate(words) if word in WITH_VALUE}
    return all(
        int(word) <= HIGHEST_PREFERENCE
        for at, word in enumerate(words)
        if word.isdecimal() and at not in values
    )


def ip_route(state: Draft, match: Found, line: int) -> bool:
    """`ip route P/L [INTERFACE] [NEXTHOP] [vrf V] [track O] [name N] [tag T] [PREFERENCE]`; `vrf`
    names the VRF of the next hop, the block around the line that of the route."""
    words = _words(match["rest"])
    if not _possible(words):
        words = ["?"]  # the shared reader then keeps the table incomplete
    return add_route(state, state.vrf, match["prefix"], words, line)


def no_route(state: Draft, match: Found, line: int) -> bool:
    """`no ip route P/L [INTERFACE] [NEXTHOP] …`: takes the route with that way back; preference,
    name, tag and track need not be equal."""
    words = _words(match["rest"])
    scratch = Draft(state.file, state.lines, state.ledger)
    if not _possible(words):
        return False
    if not add_route(scratch, state.vrf, match["prefix"], words, line):
        return False
    gone = scratch.routes[0]
    state.routes = [route for route in state.routes if not _same(route, gone)]
    return True


def _same(one: Route, other: Route) -> bool:
    return (
        (one.vrf, one.family, one.value, one.length, one.next_hops, one.discard)
        == (other.vrf, other.family, other.value, other.length, other.next_hops, other.discard)
    )  # fmt: skip
