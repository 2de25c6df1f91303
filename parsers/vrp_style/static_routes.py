"""`ip route-static` and `ipv6 route-static` of VRP and Comware."""

from __future__ import annotations

import ipaddress
import re

from parsers.model.routes import NextHop, Route, RouteTable
from parsers.vrp_style.draft import Draft
from parsers.vrp_style.interface_lines import vrf_name
from parsers.vrp_style.terms import NotUnderstood, interface_address

Found = re.Match[str]

PREFERENCE = 60
"""The preference of a static route that names none (H3C and Huawei: `ip route-static`)."""

_ADDRESS = re.compile(r"\d+(?:\.\d+){3}$|[0-9a-fA-F]*:[0-9a-fA-F:.]*$")
_INTERFACE = re.compile(
    r"[A-Za-z0-9][A-Za-z-]*[A-Za-z]?-?\d+(?:/\d+)*(?::\d+)?(?:\.\d+)?$|[A-Za-z][\w-]*$"
)
_BARE = frozenset(
    {"permanent", "no-advertise", "no-install", "inherit-cost", "public", "inter-protocol-ecmp",
     "recursive-lookup", "host-route", "host-route-only", "unicast"}
)  # fmt: skip
_VALUED = frozenset({"tag", "cost"})


def route(state: Draft, match: Found, line: int) -> bool:
    """One static route: `[vpn-instance V] P MASK|LENGTH [vpn-instance W | IF] [NEXT HOP] [preference N]
    [track …] [bfd …] [description TEXT]`. False if a word is not understood; the routes are then
    incomplete."""
    family = 6 if match[0].startswith("ipv6") else 4
    text, _, _ = match["rest"].partition(" description ")
    parts = _Parts(text.split())
    try:
        parts.read(family)
    except (ValueError, IndexError):
        return _incomplete(state, line)
    network = parts.network
    if network is None or network.version != family:
        return _incomplete(state, line)
    hop = NextHop(parts.interface, parts.address, parts.next_vrf)
    for vrf in parts.vrfs or ["default"]:
        state.routes.append(
            Route(
                family=family,
                value=int(network.network_address),
                length=network.prefixlen,
                vrf=vrf,
                protocol="static",
                next_hops=() if parts.discard else (hop,),
                line=line,
                discard=parts.discard,
                distance=parts.preference,
                conditional=parts.conditional,
            )
        )
    return True


class _Parts:
    """The words of a route while they are taken."""

    def __init__(self, words: list[str]) -> None:
        self.rest = list(reversed(words))
        self.vrfs: list[str] = []
        self.network: ipaddress.IPv4Network | ipaddress.IPv6Network | None = None
        self.interface: str | None = None
        self.address: str | None = None
        self.next_vrf: str | None = None
        self.discard: str | None = None
        self.preference: int | None = None
        self.conditional: str | None = None

    def read(self, family: int) -> None:
        """Takes all words. Raises NotUnderstood or IndexError where one has no place."""
        rest = self.rest
        if rest[-1] == "vpn-instance":
            rest.pop()
            while not _ADDRESS.match(rest[-1].partition("/")[0]):
                self.vrfs.append(vrf_name(rest.pop()))
        prefix = rest.pop()
        mask = "" if "/" in prefix else rest.pop()
        found = interface_address(prefix, mask)
        self.network = ipaddress.ip_network(
            (int(found.network.network_address), found.network.prefixlen)
        )
        if found.version == 6:
            self.network = found.network
        while rest:
            self._word(rest.pop(), family)
        if not (
            self.interface or self.address or self.discard or self.conditional or self.next_vrf
        ):
            raise NotUnderstood("no next hop")

    def _word(self, word: str, family: int) -> None:
        rest = self.rest
        if word == "preference":
            self.preference = _number(rest.pop())
        elif word in _VALUED:
            _number(rest.pop())
        elif word == "vpn-instance":
            self.next_vrf = vrf_name(rest.pop())
        elif word in ("bfd", "track"):
            self._condition(word)
        elif word in _BARE:
            if word == "public":
                self.next_vrf = "default"
        elif word == "dhcp":
            self.conditional = "next hop learned by DHCP"
        elif word == "backup-nexthop" or word == "backup-interface":
            self._condition("backup")
        else:
            self._hop(word, family)

    def _condition(self, word: str) -> None:
        """`track N`, `track bfd-session S`, `track nqa A T`, `bfd enable`, `bfd control-packet …`: the route
        stands while what is watched is up."""
        taken = []
        while self.rest and self.rest[-1] not in ("preference", "tag", "permanent", "description"):
            taken.append(self.rest.pop())
        if not taken:
            raise IndexError
        self.conditional = f"{word} {' '.join(taken)}"

    def _hop(self, word: str, family: int) -> None:
        rest = self.rest
        if word.lower() in ("null0", "null"):
            if word.lower() == "null" and rest and rest[-1] == "0":
                rest.pop()
            self.discard = "drop"
        elif _ADDRESS.match(word) and self.address is None:
            if ipaddress.ip_address(word).version != family:
                raise NotUnderstood(word)
            self.address = word
        elif _INTERFACE.match(word) and self.interface is None and self.address is None:
            self.interface = word
            if word.replace("-", "").isalpha() and rest and re.match(r"\d", rest[-1]):
                self.interface += rest.pop()  # `GigabitEthernet 0/0/1` is one name
        else:
            raise NotUnderstood(word)


def _number(word: str) -> int:
    if not word.isdecimal():
        raise NotUnderstood(word)
    return int(word)


def _incomplete(state: Draft, line: int) -> bool:
    state.routes_complete = False
    state.route_lines_missed.append(state.where(line))
    return False


def default_preference(state: Draft, match: Found, line: int) -> None:
    """`ip route-static default-preference N`: of routes that name none and come after it; a configuration
    prints it above them."""
    family = 6 if match[0].startswith("ipv6") else 4
    state.settings[f"preference {family}"] = (match["value"], line)


def table_of(state: Draft) -> RouteTable:
    """The static routes; those that are not the best to their prefix are backup."""
    routes = [r._replace(distance=_distance(state, r)) for r in state.routes]
    best: dict[tuple[str, int, int, int], int] = {}
    for found in routes:
        key = (found.vrf, found.family, found.value, found.length)
        best[key] = min(best.get(key, 255), found.distance or 0)
    strangers = _unknown_interfaces(state)
    for line in sorted(strangers):
        _incomplete(state, line)
        state.ledger.miss(line, "route")
    kept = tuple(
        r._replace(backup=True)
        if (r.distance or 0) > best[r.vrf, r.family, r.value, r.length]
        else r
        for r in routes
        if r.line not in strangers
    )
    return RouteTable(
        source="config",
        file=state.file,
        vrf=None,
        family=None,
        routes=kept,
        complete=state.routes_complete,
        not_understood=tuple(state.route_lines_missed),
    )


def _distance(state: Draft, found: Route) -> int:
    if found.distance is not None:
        return found.distance
    text, _ = state.settings.get(f"preference {found.family}", ("", 0))
    return int(text) if text else PREFERENCE


def _unknown_interfaces(state: Draft) -> set[int]:
    """The lines of routes through interfaces that the configuration does not have: a damaged word that only
    looks like an interface must not pass for one."""
    known = {name.lower() for name in state.interfaces}
    return {
        found.line
        for found in state.routes
        for hop in found.next_hops
        if hop.interface is not None and hop.interface.lower() not in known
    }
