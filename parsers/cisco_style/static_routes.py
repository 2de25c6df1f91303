"""Static routes of Cisco-style configurations."""

from __future__ import annotations

import ipaddress
import re

from parsers.cisco_style.draft import Draft
from parsers.model.routes import NextHop, Route, RouteTable

_ADDRESS = re.compile(r"(?:\d+\.){3}\d+$|[0-9a-fA-F]*:[0-9a-fA-F:.]*$")
_NULL = re.compile(r"(?i)null\s*0?$")
_VRF_WORDS = frozenset({"vrf", "nexthop-vrf", "egress-vrf"})
_BARE = frozenset({"global", "permanent", "multicast", "unicast", "force", "dhcp"})
WITH_VALUE = frozenset({"name", "tag", "track", "metric", "description", "msgs", "bfd"})


def split_words(text: str) -> list[str]:
    """The words of a statement; a name in double quotes is one word."""
    if '"' not in text:
        return text.split()
    return [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', text)]


def is_address(word: str) -> bool:
    """Whether a word is an IPv4 or IPv6 address rather than an interface."""
    return _ADDRESS.match(word) is not None


def add_route(
    state: Draft, vrf: str, prefix: str, words: list[str], line: int, distance: int = 1
) -> bool:
    """Adds `prefix` with what follows it: `[vrf V] [INTERFACE] [NEXTHOP] [DISTANCE] [name N] [tag T]
    [track O] [global] [permanent]`. False if a word is not understood; the table is then incomplete.
    """
    try:
        network = ipaddress.ip_network(prefix.replace(" ", "/", 1), strict=False)
    except ValueError:
        return _incomplete(state, line)
    parts = _RouteParts()
    if not parts.read(words):
        return _incomplete(state, line)
    state.routes.append(
        Route(
            family=network.version,
            value=int(network.network_address),
            length=network.prefixlen,
            vrf=vrf,
            protocol="static",
            next_hops=()
            if parts.discard
            else (NextHop(parts.interface, parts.address, parts.next_vrf),),
            line=line,
            discard=parts.discard,
            distance=distance if parts.distance is None else parts.distance,
            conditional=parts.conditional,
        )
    )
    return True


class _RouteParts:
    def __init__(self) -> None:
        self.interface: str | None = None
        self.address: str | None = None
        self.next_vrf: str | None = None
        self.discard: str | None = None
        self.distance: int | None = None
        self.conditional: str | None = None

    def read(self, words: list[str]) -> bool:
        """Takes all words; False if one has no place."""
        rest = list(reversed(words))
        while rest:
            word = rest.pop()
            if word in WITH_VALUE or word in _VRF_WORDS:
                if not rest:
                    return False
                self._valued(word, rest.pop())
            elif word in _BARE:
                self._bare(word)
            elif not self._place(word, rest):
                return False
        return bool(self.interface or self.address or self.discard or self.conditional)

    def _valued(self, word: str, value: str) -> None:
        if word == "track":
            self.conditional = f"track {value}"
        elif word in _VRF_WORDS:
            self.next_vrf = value

    def _bare(self, word: str) -> None:
        if word == "global":
            self.next_vrf = "default"
        elif word == "dhcp":
            self.conditional = "next hop learned by DHCP"

    def _place(self, word: str, rest: list[str]) -> bool:
        """Takes an address, Null0, an interface or a distance."""
        begun = self.interface or self.address or self.discard
        if word.isdigit() and begun:
            self.distance = int(word)
        elif is_address(word) and self.address is None:
            self.address = word
        elif _NULL.match(word):
            self.discard = "drop"
            if word.lower() == "null" and rest and rest[-1] == "0":
                rest.pop()
        elif re.match(r"[A-Za-z]", word) and not begun:
            self.interface = word
            apart = re.fullmatch(r"[A-Za-z-]+", word) is not None and bool(rest)
            if apart and re.fullmatch(r"\d+(?:/\d+)*(?:\.\d+)?", rest[-1]):
                self.interface += rest.pop()  # `GigabitEthernet 0/1` is one name
        else:
            return False
        return True


def _incomplete(state: Draft, line: int) -> bool:
    state.routes_complete = False
    state.route_lines_missed.append(state.where(line))
    return False


def table_of(state: Draft) -> RouteTable:
    """The static routes, with floating ones marked as backup: of the routes to one prefix only those
    with the smallest distance carry traffic while their next hops are up."""
    best: dict[tuple[str, int, int, int], int] = {}
    for route in state.routes:
        key = (route.vrf, route.family, route.value, route.length)
        best[key] = min(best.get(key, 255), route.distance or 0)
    strangers = _unknown_interfaces(state)
    routes = tuple(
        route._replace(backup=True)
        if (route.distance or 0) > best[route.vrf, route.family, route.value, route.length]
        else route
        for route in state.routes
        if route.line not in strangers
    )
    for line in sorted(strangers):
        _incomplete(state, line)
        state.ledger.miss(line, "route")
    return RouteTable(
        source="config",
        file=state.file,
        vrf=None,
        family=None,
        routes=routes,
        complete=state.routes_complete,
        not_understood=tuple(state.route_lines_missed),
    )


def _unknown_interfaces(state: Draft) -> set[int]:
    """The lines of routes through interfaces that the configuration does not have: a damaged word that
    only looks like an interface must not pass for one."""
    known = {name.lower() for name in state.interfaces}
    return {
        route.line
        for route in state.routes
        for hop in route.next_hops
        if hop.interface is not None and hop.interface.lower() not in known
    }
