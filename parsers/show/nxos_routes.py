"""`show ip route` and `show ipv6 route` of Cisco NX-OS, with `vrf V` or `vrf all`.

A prefix stands on a line of its own with the number of best unicast and multicast ways; `*via` is a
best unicast way, `**via` a best multicast one, and `via` a way that carries nothing while a better
one stands. Source: Cisco, "Nexus 9000 Unicast Routing Configuration Guide", and the legend printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, Collector, is_address, no_collection
from parsers.show.nxos_names import long_name
from parsers.show.tails import ADDRESS, INTERFACE, NULL_INTERFACES

_PREFIX = {
    family: re.compile(rf"({pattern})/(\d+), ubest/mbest: (\d{{1,9}})/\d+(.*)$")
    for family, pattern in ADDRESS.items()
}
_WAY = re.compile(
    r" +(\*{0,2})via ([^\s,%]+)(?:%([^\s,]+))?(?:, ([A-Za-z][\w./:-]*))?, \[(\d{1,10})/(\d{1,10})\], "
    r"[\w:.]+, ([A-Za-z][\w]*)(?:-[^,\s]+)?(.*)$"
)
_VRF = re.compile(r'IP(?:v6)? Rout(?:e|ing) Table for VRF "([^"]*)"\s*$')
_KNOWN = re.compile(
    r"\s*$|'\*{1,2}' denotes best |'\[x/y\]' denotes |'%<string>' in via output denotes "
    r"|Route not found\s*$|% ?(?:VRF|Vrf) |\s+segid: \d+ tunnelid: \S+ encap: \w+\s*$"
)
_PREFIX_SIGNS = re.compile(r"(?:,? (?:attached|pending|time|all-best \(0x[\da-f]+\)))*,?\s*$")
_WAY_SIGNS = re.compile(
    r"(?:,? (?:internal|external|inter|intra|type-[12]|discard|summary|level-[12]|L[12]|tag \d+"
    r"|\((?:evpn|hidden|mpls[\w-]*)\)|segid: \d+|tunnelid: \S+|encap: \w+))*,?\s*$"
)
_INTERFACE = re.compile(INTERFACE)
_WORDS = {"direct": "connected", "ospfv3": "ospf", "am": "adjacency"}
_OWN = frozenset({"direct", "local", "hsrp", "vrrp", "glbp", "broadcast"})
"""Protocols whose `via` is an address of the device itself, not a neighbour."""


class _Prefix(NamedTuple):
    line: int
    address: str
    length: str
    best: int
    conditional: str | None


class _Way(NamedTuple):
    line: int
    hops: tuple[NextHop, ...]
    discard: str | None
    protocol: str
    distance: str
    metric: str


_Out = tuple[tuple[NextHop, ...], str | None]
"""Next hops, or how the packets are discarded."""


class _Walk:
    def __init__(self, text: Text, family: int, vrf: str) -> None:
        self.text = text
        self.table = Collector(text, "rib", family, vrf)
        self.signs: dict[str, bool] = {}
        self.outs: dict[tuple[str, str | None, str | None, str], _Out] = {}
        self.prefix: _Prefix | None = None
        self.best: list[_Way] = []
        self.others: list[_Way] = []

    def run(self) -> None:
        """Reads all lines."""
        prefix, way = _PREFIX[self.table.family].match, _WAY.match
        for number, line in enumerate(self.text.lines, 1):
            match = way(line)
            if match is not None:
                self.way(number, match)
                continue
            match = prefix(line)
            if match is not None:
                self.end()
                self.begin(number, match)
                continue
            vrf = _VRF.match(line)
            if vrf is not None:
                self.end()
                self.table.vrf = vrf[1]
                self.table.known += 1
            elif _KNOWN.match(line):
                self.table.known += 1
            else:
                self.end()
                self.table.miss(number)
        self.end()

    def begin(self, line: int, match: re.Match[str]) -> None:
        """Reads a prefix line."""
        signs = match[4]
        if not self.is_known(signs, _PREFIX_SIGNS):
            self.table.miss(line)
        conditional = "pending in the table" if "pending" in signs else None
        self.prefix = _Prefix(line, match[1], match[2], int(match[3]), conditional)

    def is_known(self, signs: str, grammar: re.Pattern[str]) -> bool:
        """Whether the words at the end of a line are known, worked out once for each text."""
        found = self.signs.get(signs)
        if found is None:
            found = self.signs[signs] = grammar.match(signs) is not None
        return found

    def way(self, line: int, match: re.Match[str]) -> None:
        """Reads a way out of the prefix above it."""
        star, via, vrf, interface, distance, metric, protocol, signs = match.groups()
        if self.prefix is None or not (self.signs.get(signs) or self.is_known(signs, _WAY_SIGNS)):
            self.table.miss(line)
            if self.prefix is None:
                return
        key = (via, vrf, interface, protocol)
        hops, discard = self.outs.get(key) or self.out(line, *key)
        found = _Way(line, hops, discard, protocol, distance, metric)
        (self.best if star == "*" else self.others).append(found)

    def out(
        self, line: int, via: str, vrf: str | None, interface: str | None, protocol: str
    ) -> _Out:
        """Where `via` leads, worked out once: to next hops, or nowhere."""
        address: str | None = via
        if _INTERFACE.fullmatch(via) and not is_address(via):
            address, interface = None, via
        elif not is_address(via):
            self.table.miss(line)
        elif protocol in _OWN and interface is not None:
            address = None
        found: _Out = ((), "drop")
        if interface not in NULL_INTERFACES:
            found = (self.table.hops(long_name(interface), address, vrf), None)
        self.outs[via, vrf, interface, protocol] = found
        return found

    def end(self) -> None:
        """Ends a prefix: one route of its best ways, one for each other way."""
        prefix = self.prefix
        if prefix is None:
            return
        best = self.best
        if prefix.best != len(best):
            self.table.miss(prefix.line)
        if len(best) == 1 and best[0].discard is None:
            self.add(prefix, best[0], best[0].hops, prefix.line, False)
        elif best:
            self.several(prefix)
        for way in self.others:
            self.add(prefix, way, way.hops, way.line, True)
        self.prefix, self.best, self.others = None, [], []

    def several(self, prefix: _Prefix) -> None:
        """Adds one route of all best ways that forward, and one for each that discards."""
        live = [way for way in self.best if way.discard is None]
        if live:
            first = next((way for way in live if way.protocol == "local"), live[0])
            hops = tuple(dict.fromkeys(hop for way in live for hop in way.hops))
            self.add(prefix, first, hops, prefix.line, False)
        for way in self.best:
            if way.discard is not None:
                self.add(prefix, way, (), way.line if live else prefix.line, False)

    def add(
        self, prefix: _Prefix, way: _Way, hops: tuple[NextHop, ...], line: int, backup: bool
    ) -> None:
        """Adds a route of the prefix with what `way` says about it."""
        self.table.add(
            line,
            prefix.address,
            prefix.length,
            _WORDS.get(way.protocol, way.protocol),
            hops,
            discard=way.discard,
            distance=way.distance,
            metric=way.metric,
            backup=backup,
            conditional=prefix.conditional,
        )


def _read(text: Text, family: int, vrf: str | None) -> RouteTable:
    walk = _Walk(text, family, vrf or DEFAULT_VRF)
    with no_collection():
        walk.run()
    return walk.table.table(vrf)


def ip_routes(text: Text, vrf: str | None = DEFAULT_VRF) -> RouteTable:
    """The routes of `show ip route [vrf V]`; `vrf` None is `vrf all`."""
    return _read(text, 4, vrf)


def ipv6_routes(text: Text, vrf: str | None = DEFAULT_VRF) -> RouteTable:
    """The routes of `show ipv6 route [vrf V]`; `vrf` None is `vrf all`."""
    return _read(text, 6, vrf)
