"""`show ip route` and `show ipv6 route` of zebra as text: FRR, VyOS, and what else routes with FRR.

`>` marks the selected route and `*` a next hop that is in the kernel; a recursive next hop stands above the
ways that it resolves to. Sources: FRRouting, zebra/zebra_vty.c (`vty_show_ip_route`), and the legend printed.
"""

from __future__ import annotations

import re
from socket import inet_pton
from typing import NamedTuple

from parsers.model.routes import NextHop, Route, RouteTable
from parsers.platform import Text
from parsers.show.collector import AF, DEFAULT_VRF, MASKS, no_collection
from parsers.tables.rows import Table, is_null

CODES = {
    "K": "kernel", "C": "connected", "L": "local", "S": "static", "R": "rip", "O": "ospf",
    "I": "isis", "B": "bgp", "E": "eigrp", "N": "nhrp", "T": "table", "v": "vnc", "V": "vnc-direct",
    "A": "babel", "F": "openfabric", "f": "openfabric", "D": "sharp",
    "t": "table-direct", "P": "pim", "Z": "frr",
}  # fmt: skip
_ADDRESS = r"[\da-fA-F.:]+"
_TIME = r"(?:\d\d:\d\d:\d\d|\d+d\d+h\d+m|\d+w\d+d\d+h|\d+y\d+w(?:\d+d)?|never)"
_FAST = re.compile(
    rf"([A-Za-z])>\* ({_ADDRESS})/(\d+) \[(\d+)/(\d+)\] via ({_ADDRESS}), ([^\s,]+)"
    rf"(?:, weight (\d+))?, {_TIME}$"
)
_ROUTE = re.compile(
    rf"([A-Za-z])(?:\[[\d.]+\])?(?: ?[A-Z][A-Z0-9])?([>* qrbtoi]*)\s+({_ADDRESS}/\d+)"
    r"(?: \[(\d+)/(\d+)\])? (\S.*)"
)
_MORE = re.compile(r"\s+([>* qrbtoi]*)\s*((?:via |is directly connected|unreachable).*)")
_VRF = re.compile(r"(?:IPv[46] unicast )?VRF (\S+?)(?: table (\d+))?:")
_MAIN = ("254", None)
"""The number of the kernel's main table; other tables of the default VRF are reached by rules (ip-rule(8))."""

_LEGEND = re.compile(r"\s+\S.* - ")
_FLAG = re.compile(r" ?(onlink|inactive|\(recursive\)|\(vrf ([^)\s]+)\))$")
_NEUTRAL = re.compile(rf"(?:src|rmapsrc) {_ADDRESS}$|label [\w/ -]+$|{_TIME}$")
_AGE = re.compile(_TIME + "$")
_INTERFACE = re.compile(r"[^\s,()\[\]]+")
_DISCARD = re.compile(r"unreachable(?: \((blackhole|ICMP unreachable|ICMP admin-prohibited)\))?$")
_AGELESS = frozenset({"connected", "kernel", "local", "static"})
_NOT_IN_KERNEL = "selected, and not in the kernel"


class _Way(NamedTuple):
    """One way out. `resolved` says that the ways below stand for it."""

    interface: str | None
    address: str | None
    vrf: str | None
    weight: int
    discard: str | None
    resolved: bool
    timed: bool


def frr_routes(text: Text, vrf: str | None = None, family: int | None = None) -> RouteTable:
    """The routes of all VRFs that `text` names; those before the first heading are of `vrf`."""
    walk = _Walk(text, vrf)
    with no_collection():
        walk.run()
    return walk.table.result(vrf, family)


class _Walk:
    __slots__ = ("bare", "in_legend", "table", "text", "timed", "untimed")

    def __init__(self, text: Text, vrf: str | None) -> None:
        self.text = text
        self.table = Table(text, "rib", vrf)
        self.bare: list[int] = []
        self.in_legend = False
        self.timed = False
        self.untimed: list[int] = []

    def run(self) -> None:
        """Reads all lines: the form that nearly all of them have here, the others in `slow`."""
        table, fast, new = self.table, _FAST.match, tuple.__new__
        routes, codes = table.routes, CODES
        ways: dict[tuple[str, str, str | None], tuple[NextHop, ...]] = {}
        for number, line in enumerate(self.text.lines, 1):
            match = fast(line)
            if match is None or match[1] not in codes:
                self.slow(number, line.rstrip())
                continue
            code, address, length, distance, metric, gateway, interface, weight = match.groups()
            family = 6 if ":" in address else 4
            if code in "CKLS":
                self.timed = True
            if table.more:
                table.flush()
            try:
                size = int(length)
                value = int.from_bytes(inet_pton(AF[family], address)) & MASKS[family][size]
            except (OSError, IndexError):
                table.miss(number)
                table.close()
                continue
            key = (gateway, interface, weight)
            hops = ways.get(key)
            if hops is None:
                hops = ways[key] = table.hop(number, interface, gateway, int(weight or 1))
            table.families.add(family)
            table.at = len(routes)
            fields = (family, value, size, table.vrf, codes[code], hops, number, None)
            routes.append(new(Route, (*fields, int(distance), int(metric), False, None)))
        table.close()
        if self.timed:
            # every way ends with its age, except in old releases those that no protocol learned
            table.missed += self.untimed
        for at in self.bare:
            if not routes[at].next_hops and routes[at].discard is None:
                routes[at] = routes[at]._replace(conditional=_NOT_IN_KERNEL)

    def slow(self, number: int, line: str) -> None:
        """Reads a line of any form."""
        table = self.table
        if line.startswith("Codes:"):
            self.in_legend = True
        if not line or (self.in_legend and (line.startswith("Codes:") or _LEGEND.match(line))):
            self.in_legend = self.in_legend and bool(line)
            table.known += 1
            return
        self.in_legend = False
        heading = _VRF.fullmatch(line)
        if heading is not None:
            table.close()
            other = heading[1] == DEFAULT_VRF and heading[2] not in _MAIN
            table.vrf = f"table {heading[2]}" if other else heading[1]
            table.known += 1
            return
        route = _ROUTE.fullmatch(line)
        if route is not None and route[1] in CODES:
            self.route(number, route)
            return
        more = _MORE.fullmatch(line)
        way = _way(more[2]) if more is not None else None
        if more is None or way is None or table.at < 0:
            table.close()
            table.miss(number)
            return
        self.further(number, more[1], way)

    def route(self, number: int, match: re.Match[str]) -> None:
        """Reads a line that begins a route."""
        code, marks, prefix, distance, metric, rest = match.groups()
        table = self.table
        way = _way(rest)
        if way is None:
            table.close()
            table.miss(number)
            return
        self.time(number, way, code)
        selected = ">" in marks or (code in "LK" and "*" in marks)
        used = "*" in marks or not selected
        hops: tuple[NextHop, ...] = ()
        if way.discard is None and used and not way.resolved:
            hops = self.hops(number, way)
        added = table.row(
            number,
            prefix,
            CODES[code],
            hops,
            discard=way.discard,
            distance=distance,
            metric=metric,
            backup=not selected,
        )
        if not added:
            table.close()
        elif selected and not hops and way.discard is None:
            self.bare.append(table.at)

    def time(self, number: int, way: _Way, code: str) -> None:
        """Notes whether a line ends with the route's age: one that should and does not is cut off."""
        if way.timed:
            self.timed = self.timed or code in "CKLS"
        elif code in "CKLS":
            self.untimed.append(number)
        else:
            self.table.miss(number)

    def hops(self, number: int, way: _Way) -> tuple[NextHop, ...]:
        """The next hop of a way, checked."""
        self.table.hop(number, way.interface, way.address)
        return self.table.hops(way.interface, way.address, way.vrf, way.weight)

    def further(self, number: int, marks: str, way: _Way) -> None:
        """Adds a further way to the last route; one that is not in the kernel carries nothing."""
        table = self.table
        last = table.routes[table.at]
        self.time(number, way, "S" if last.protocol in _AGELESS else "B")
        if way.discard is not None:
            table.extend(number, (), last.backup, way.discard)
        elif not way.resolved and ("*" in marks or last.backup):
            table.extend(number, self.hops(number, way), last.backup, last.discard)


def _way(text: str) -> _Way | None:
    """The way out that `text` states, None where a word of it is not known."""
    interface = vrf = None
    weight = 1
    flags: set[str] = set()
    pieces = []
    for piece in text.split(", "):
        while (flag := _FLAG.search(piece)) is not None:
            flags.add(flag[1])
            vrf = flag[2] or vrf
            piece = piece[: flag.start()]
        pieces.append(piece)
    head = pieces.pop(0)
    timed = bool(pieces) and _AGE.match(pieces[-1]) is not None
    discard = _DISCARD.match(head)
    address = head[4:] if head.startswith("via ") else None
    if discard is None and address is None and head != "is directly connected":
        return None
    for piece in pieces:
        if piece.startswith("weight ") and piece[7:].isdecimal():
            weight = int(piece[7:])
        elif not piece or _NEUTRAL.match(piece):
            continue
        elif interface is None and discard is None and _INTERFACE.fullmatch(piece):
            interface = piece
        else:
            return None
    if discard is not None:
        return _Way(None, None, None, 1, "reject" if "ICMP" in head else "drop", False, timed)
    if is_null(interface):
        return _Way(None, None, None, 1, "drop", False, timed)
    if address is None and interface is None:
        return None
    resolved = "(recursive)" in flags or "inactive" in flags
    return _Way(interface, address, vrf, weight, None, resolved, timed)
