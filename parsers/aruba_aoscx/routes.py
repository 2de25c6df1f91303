"""Static routes of AOS-CX."""

from __future__ import annotations

import ipaddress
import re

from parsers.aruba_aoscx.names import NAME, canonical
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.static_routes import is_address
from parsers.model.routes import NextHop, Route

Found = re.Match[str]
DISCARDS = {"nullroute": "drop", "blackhole": "drop", "reject": "reject"}
_VALUED = frozenset({"tag", "name", "description"})


def ip_route(state: Draft, match: Found, line: int) -> bool:
    """`ip route P NEXTHOP|INTERFACE|nullroute|blackhole|reject [distance N] [tag T] [vrf V] [bfd]`.

    `reject` answers with ICMP, the others are silent (AOS-CX IP routing guide, "ip route").
    """
    way = re.fullmatch(rf"(?P<interface>{NAME})(?P<rest> .*)?", match["rest"])
    words = match["rest"].split()
    interface = canonical(way["interface"]) if way is not None else None
    if way is not None:
        words = (way["rest"] or "").split()
    parts = _Parts(interface)
    try:
        network = ipaddress.ip_network(match["prefix"], strict=False)
        understood = parts.read(words)
    except (ValueError, IndexError):
        understood = False
    if not understood:
        state.routes_complete = False
        state.route_lines_missed.append(state.where(line))
        return False
    hops = () if parts.discard else (NextHop(parts.interface, parts.address),)
    state.routes.append(
        Route(
            family=network.version,
            value=int(network.network_address),
            length=network.prefixlen,
            vrf=parts.vrf,
            protocol="static",
            next_hops=hops,
            line=line,
            discard=parts.discard,
            distance=parts.distance,
            conditional=parts.conditional,
        )
    )
    return True


class _Parts:
    def __init__(self, interface: str | None) -> None:
        self.interface = interface
        self.address: str | None = None
        self.discard: str | None = None
        self.distance = 1
        self.vrf = "default"
        self.conditional: str | None = None

    def read(self, words: list[str]) -> bool:
        """Takes all words; False if one has no place."""
        rest = list(reversed(words))
        while rest:
            word = rest.pop()
            if word == "distance":
                self.distance = int(rest.pop())
            elif word == "vrf":
                self.vrf = rest.pop()
            elif word == "track":
                self.conditional = f"track {rest.pop()}"
            elif word == "bfd":
                self.conditional = "BFD"
            elif word in _VALUED:
                rest.pop()
            elif word in DISCARDS and self.address is None:
                self.discard = DISCARDS[word]
            elif is_address(word) and self.address is None and self.discard is None:
                self.address = str(ipaddress.ip_address(word))
            else:
                return False
        return bool(self.interface or self.address or self.discard)


def no_route(state: Draft, match: Found, line: int) -> None:
    """`no ip route …`: a printed configuration has none, so earlier routes are in doubt."""
    state.routes_complete = False
    state.route_lines_missed.append(state.where(line))
