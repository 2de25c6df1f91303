"""Tables in the form of ZebOS: EdgeOS `show ip route`, FortiOS `get router info routing-table all`.

EdgeOS marks what forwards (`>` selected, `*` in the FIB). FortiOS lists only what it would use, and ends a way
with `[priority/weight]` from 7.0 on: of the ways to one prefix those with the least priority carry traffic
(Fortinet, Administration Guide, "Routing concepts": priority; "Static routing": blackhole routes).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import no_collection
from parsers.tables.rows import Table, is_nowhere, is_null

CODES = {
    "K": "kernel", "C": "connected", "S": "static", "R": "rip", "B": "bgp", "O": "ospf", "i": "isis",
    "D": "eigrp", "V": "vpn", "L": "local", "H": "nhrp",
}  # fmt: skip
_PRIORITY = 1
"""The priority of a way that states none, as of those whose configuration states none."""

_SUBTYPES = frozenset({"", "IA", "N1", "N2", "E1", "E2", "L1", "L2", "ia", "V"})
_ADDRESS = r"[\da-fA-F]*[.:][\da-fA-F.:]*"
_NAME = r"[^\s,()\[\]]+"
_TIME = r"(?:\d\d:\d\d:\d\d|\d+d\d+h\d+m|\d+w\d+d\d+h|\d+y\d+w(?:\d+d)?|never)"
_FAST = re.compile(
    r"([BSOR])\*? +([\da-fA-F.:]++)/(\d++) \[(\d++)/(\d++)\] via ([\da-fA-F.:]++), ([^\s,()]++)"
    rf"(?:, {_TIME}, \[1/0\]|, \[1/0\])$"
)
"""What nearly all lines of a large table of FortiOS 7 look like."""

_HEAD = re.compile(
    rf"([A-Za-z])(\*?) ?([A-Za-z]?[A-Za-z\d]?) *([*> p]*?) +({_ADDRESS}/\d+) (\S.*)$"
)
_MORE = re.compile(r"\s+([*>p]*) *((?:\[\d+/\d+\] )?(?:via |is ).*)$")
_TAIL = re.compile(
    r"(?:\[(?P<distance>\d+)/(?P<metric>\d+)\] )?"
    rf"(?:via (?P<tunnel>{_NAME}) tunnel (?P<end>{_ADDRESS})"
    rf"|via (?P<address>{_ADDRESS})(?: tag \d+)?"
    rf"(?: \(recursive (?P<recursive>[^)]*)\)(?: \))?|, (?P<interface>{_NAME}))?"
    rf"|is directly connected, (?P<connected>{_NAME})|is a (?P<summary>summary), Null)"
    rf"(?P<age>, {_TIME})?(?:, \[(?P<priority>\d+)/(?P<weight>\d+)\])?$"
)
_RECURSIVE = re.compile(
    rf"(?:is directly connected, (?P<connected>{_NAME})|via (?P<address>{_ADDRESS})(?:, (?P<interface>{_NAME}))?"
    rf"|via (?P<tunnel>{_NAME}) tunnel {_ADDRESS})$"
)
_VRF = re.compile(r'(?:IP(?:v6)? Route Table for VRF "([^"]*)"|Routing table for VRF=(\d+))\s*$')
_LEGEND = re.compile(
    r"\s*$|Codes: |\s+\S+ - .*|IPv6 Routing Table\s*$|Timers: Uptime\s*$|Gateway of last resort is "
)
_MARKS = re.compile(r"\s+> - selected route")


class _Way(NamedTuple):
    interface: str | None
    address: str | None
    discard: str | None
    distance: str | None
    metric: str | None
    priority: int
    weight: int
    aged: bool
    ranked: bool


class _Walk:
    def __init__(self, text: Text, vrf: str | None, fortios: bool) -> None:
        self.text = text
        self.table = Table(text, "rib", vrf)
        self.base = self.table.vrf
        self.fortios = fortios
        self.marked = False
        self.priorities: dict[int, int] = {}
        self.bare: list[int] = []
        self.ranked = False

    def run(self) -> None:
        """Reads all lines."""
        table, fast = self.table, _FAST.match
        for number, raw in enumerate(self.text.lines, 1):
            usual = fast(raw) if self.fortios else None
            if usual is not None and not is_nowhere(usual[6]) and not is_null(usual[7]):
                code, address, length, distance, metric, gateway, interface = usual.groups()
                family = 6 if ":" in address else 4
                table.family = family
                table.families.add(family)
                self.ranked = True
                hops = table.hop(number, interface, gateway)
                word = CODES[code]
                if not table.add(
                    number, address, length, word, hops, distance=distance, metric=metric
                ):
                    table.close()
                continue
            line = raw.rstrip()
            head = _HEAD.match(line)
            if head is not None and head[1] in CODES and head[3] in _SUBTYPES:
                self.route(number, head)
                continue
            more = _MORE.match(line)
            if more is not None:
                self.further(number, more)
            else:
                self.between(number, line)
        self.table.close()
        if self.ranked:
            self.table.missed += self.bare
        if self.fortios:
            self.rank()

    def between(self, number: int, line: str) -> None:
        """Reads a heading or a legend."""
        table = self.table
        self.marked = self.marked or _MARKS.match(line) is not None
        vrf = _VRF.match(line)
        if vrf is not None:
            table.close()
            table.known += 1
            if vrf[1] is not None:
                table.vrf = vrf[1]
            else:
                table.vrf = self.base if vrf[2] == "0" else f"{self.base} vrf {vrf[2]}"
        elif _LEGEND.match(line):
            table.known += 1
        else:
            table.close()
            table.miss(number)

    def route(self, number: int, head: re.Match[str]) -> None:
        """Reads a line that begins a route."""
        way = _way_of(head[6])
        if way is None:
            self.table.close()
            self.table.miss(number)
            return
        self.end(number, way, CODES[head[1]])
        used = not self.marked or ">" in head[4]
        added = self.table.row(
            number,
            head[5],
            CODES[head[1]],
            self.hops(number, way),
            discard=way.discard,
            distance=way.distance,
            metric=way.metric,
            backup=not used,
        )
        if not added:
            self.table.close()
        elif way.priority != _PRIORITY:
            self.priorities[self.table.at] = way.priority

    def further(self, number: int, more: re.Match[str]) -> None:
        """Reads a further way out of the last route; those of another priority become a route."""
        table = self.table
        way = _way_of(more[2])
        if way is None or table.at < 0:
            table.miss(number)
            return
        before = table.at
        self.end(number, way, table.routes[before].protocol)
        backup = self.marked and ">" not in more[1]
        if way.priority == self.priorities.get(before, _PRIORITY):
            table.extend(number, self.hops(number, way), backup, way.discard)
        else:
            table.flush()
            last = table.routes[before]
            table.at = len(table.routes)
            hops = self.hops(number, way)
            table.routes.append(last._replace(next_hops=hops, line=number, discard=way.discard))
        if way.priority != _PRIORITY and table.at != before:
            self.priorities[table.at] = way.priority

    def end(self, number: int, way: _Way, protocol: str) -> None:
        """Notes whether a line ends as others of its kind do: one that does not is cut off."""
        self.ranked = self.ranked or way.ranked
        if way.ranked or protocol in ("connected", "kernel", "local"):
            return
        if not way.aged and protocol not in ("static", "vpn"):
            self.table.miss(number)
        self.bare.append(number)

    def hops(self, number: int, way: _Way) -> tuple[NextHop, ...]:
        """The next hop of a way, checked."""
        if way.discard is not None:
            return ()
        return self.table.hop(number, way.interface, way.address, way.weight)

    def rank(self) -> None:
        """Marks what a better priority keeps idle."""
        if not self.priorities:
            return
        routes = self.table.routes
        best: dict[tuple[str, int, int, int], int] = {}
        for at, route in enumerate(routes):
            key = (route.vrf, route.family, route.value, route.length)
            priority = self.priorities.get(at, _PRIORITY)
            best[key] = min(best.get(key, priority), priority)
        for at, route in enumerate(routes):
            priority = self.priorities.get(at, _PRIORITY)
            if priority > best[route.vrf, route.family, route.value, route.length]:
                routes[at] = route._replace(backup=True)


def _way_of(text: str) -> _Way | None:
    """The way out that `text` states, None if the grammar lacks it."""
    match = _TAIL.match(text)
    return _way(match) if match is not None else None


def _way(match: re.Match[str]) -> _Way | None:
    interface = match["interface"] or match["connected"] or match["tunnel"]
    address = match["address"] or match["end"]
    if match["recursive"] is not None:
        inner = _RECURSIVE.match(match["recursive"])
        if inner is None:
            return None
        interface = inner["connected"] or inner["interface"] or inner["tunnel"]
    if address is not None and is_nowhere(address):
        address = None
    discard = "drop" if match["summary"] or is_null(interface) else None
    if discard is None and interface is None and address is None:
        return None
    weight = int(match["weight"] or 0) or 1
    numbers = (match["distance"], match["metric"], int(match["priority"] or _PRIORITY), weight)
    ends = (match["age"] is not None, match["priority"] is not None)
    return _Way(None if discard else interface, address, discard, *numbers, *ends)


def _read(text: Text, vrf: str | None, family: int, fortios: bool) -> RouteTable:
    walk = _Walk(text, vrf, fortios)
    with no_collection():
        walk.run()
    return walk.table.result(None if fortios else vrf, family)


def edgeos_ip(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `show ip route` of EdgeOS."""
    return _read(text, vrf, 4, False)


def edgeos_ipv6(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `show ipv6 route` of EdgeOS."""
    return _read(text, vrf, 6, False)


def fortios_ip(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `get router info routing-table all`, of all VRFs of one virtual domain."""
    return _read(text, vrf, 4, True)


def fortios_ipv6(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `get router info6 routing-table`."""
    return _read(text, vrf, 6, True)
