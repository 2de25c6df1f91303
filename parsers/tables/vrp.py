"""`display ip routing-table` and `display fib` of Huawei VRP and of Comware (H3C, HPE), as rows.

An equal-cost way stands on a row of its own: VRP and Comware 5 repeat the protocol, Comware 7 gives the next hop
alone. Sources: Huawei CloudEngine and NetEngine command references, display ip routing-table, display fib; HPE
Comware 7 Layer 3 references, display ip routing-table and "FIB table".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, no_collection
from parsers.tables.rows import Table, is_nowhere, is_null, is_own
from parsers.tables.vrp_names import NAMES, full_name

PROTOCOLS = {
    "direct": "connected", "unr": "user-network", "ebgp": "bgp", "ibgp": "bgp", "is-is": "isis",
}  # fmt: skip
_ADDRESS = r"[\da-fA-F]*[.:][\da-fA-F.:]*"
_ROW = re.compile(
    rf"\s*(?:(?P<prefix>{_ADDRESS}/\d+)\s+)?(?P<protocol>[A-Z][\w-]*)\s+(?P<distance>\d+)\s+(?P<metric>\d+)\s+"
    rf"(?:(?P<flags>[A-Z]+)\s+)?(?P<address>{_ADDRESS})\s+(?P<interface>\S+)\s*$"
)
_MORE = re.compile(rf"\s{{10,}}(?P<address>{_ADDRESS})\s+(?P<interface>[A-Za-z]\S*)\s*$")
_COUNTS = re.compile(r"\s*Destinations\s*: (\d+)\s+Routes\s*: (\d+)\s*$")
_HEADING = re.compile(r"\s*(?:Routing Tables?|VPN instance|Routing table)\s*: ?(\S+)\s*$")
_KNOWN = re.compile(
    r"\s*$|-+\s*$|Proto: Protocol|Route Flags: |\s*Destination/Mask\s+Proto|[<\[][^>\]]*[>\]]\s*dis"
    r"|Summary Count ?: \d+\s*$|\s*Summary count ?: \d+\s*$"
)
_PUBLIC = frozenset({"Public", "_public_", "public"})
_IN_FIB = "D"
_NOT_IN_FIB = "not downloaded to the FIB"

_FIB_ROW = re.compile(
    rf"\s*(?P<prefix>{_ADDRESS}/\d+)\s+(?P<address>{_ADDRESS})\s+(?P<flags>[A-Z]+)\s+(?:t\[\d+\]\s+)?"
    r"(?P<interface>\S+)(?:\s+\S+){0,2}\s*$"
)
_FIB_COUNT = re.compile(
    r"\s*(?:Total number of Routes ?: (\d+)|Destination count: \d+\s+FIB entry count: (\d+))\s*$"
)
_FIB_KNOWN = re.compile(
    r"\s*$|-+\s*$|Route Flags: |Flag:|\s+[A-Z]\s?[:-]\s?\S|\s*FIB Table ?:|\s*Destination/Mask\s+Nexthop"
    r"|[<\[][^>\]]*[>\]]\s*dis"
)


class Dialect(NamedTuple):
    """How a system prints: whether routes say with `D` that they are in the FIB, and short names."""

    platform: str
    flags: bool


VRP = Dialect("huawei_vrp", True)
COMWARE = Dialect("hp_comware", False)


def routing_table(text: Text, dialect: Dialect, vrf: str | None = None) -> RouteTable:
    """The routes of `display ip routing-table`; only routes that were chosen are in it."""
    walk = _Walk(text, dialect, vrf)
    with no_collection():
        walk.run()
    return walk.table.result(vrf, None)


class _Walk:
    def __init__(self, text: Text, dialect: Dialect, vrf: str | None) -> None:
        self.table = Table(text, "rib", vrf)
        self.dialect = dialect
        self.names = NAMES[dialect.platform]
        self.known: dict[str, str] = {}
        self.stated: tuple[int, int, int] | None = None
        self.prefixes: set[tuple[int, int]] = set()
        self.ways = 0

    def run(self) -> None:
        """Reads all lines."""
        for number, line in enumerate(self.table.text.lines, 1):
            row = _ROW.match(line)
            if row is not None:
                self.row(number, row)
                continue
            more = _MORE.match(line)
            if more is not None and self.table.at >= 0:
                self.further(number, more["address"], more["interface"])
            else:
                self.between(number, line)
        self.check()

    def between(self, number: int, line: str) -> None:
        """Reads a heading, or the number of routes that follow."""
        table = self.table
        counts, heading = _COUNTS.match(line), _HEADING.match(line)
        if counts is not None:
            self.check()
            self.stated = (number, int(counts[1]), int(counts[2]))
            table.known += 1
        elif heading is not None:
            self.check()
            table.vrf = DEFAULT_VRF if heading[1] in _PUBLIC else heading[1]
            table.known += 1
        elif _KNOWN.match(line):
            table.known += 1
        else:
            table.close()
            table.miss(number)

    def check(self) -> None:
        """Compares the rows of a section with the numbers above it."""
        table = self.table
        table.close()
        if self.stated is not None:
            line, destinations, ways = self.stated
            if (destinations, ways) != (len(self.prefixes), self.ways):
                table.miss(line)
        elif self.ways:
            table.miss(len(table.text.lines))
        self.stated = None
        self.prefixes = set()
        self.ways = 0

    def interface(self, word: str) -> str:
        """The name as the configuration has it."""
        found = self.known.get(word)
        if found is None:
            found = self.known[word] = full_name(word, self.names)
        return found

    def row(self, number: int, row: re.Match[str]) -> None:
        """Reads a row with a protocol; one without a prefix is a further way to the last."""
        table = self.table
        if row["prefix"] is None:
            if table.at < 0:
                table.miss(number)
            else:
                self.further(number, row["address"], row["interface"], row["flags"])
            return
        protocol = row["protocol"].lower()
        protocol = PROTOCOLS.get(protocol, protocol.partition("_")[0])
        protocol = {"o": "ospf", "is": "isis"}.get(protocol, protocol)
        hops, discard, own = self.way(number, protocol, row["address"], row["interface"])
        if "B" in (row["flags"] or ""):
            hops, discard = (), "drop"
        absent = self.dialect.flags and _IN_FIB not in (row["flags"] or "")
        if protocol == "connected" and _is_host(row["prefix"]) and not is_own(row["address"]):
            # the addresses of a network and its broadcasts are the device's own
            own = own or row["address"] != row["prefix"].partition("/")[0]
        added = table.row(
            number,
            row["prefix"],
            "local" if own else protocol,
            () if own else hops,
            discard=discard,
            distance=row["distance"],
            metric=row["metric"],
            conditional=_NOT_IN_FIB if absent and not own else None,
        )
        self.ways += 1
        if added:
            last = table.routes[table.at]
            self.prefixes.add((last.value, last.length))

    def further(self, number: int, address: str, interface: str, flags: str | None = None) -> None:
        """Adds an equal-cost way to the last route."""
        table = self.table
        last = table.routes[table.at]
        hops, discard, _ = self.way(number, last.protocol, address, interface)
        self.ways += 1
        if self.dialect.flags and _IN_FIB not in (flags or ""):
            at = table.at
            table.routes[at] = last._replace(conditional=_NOT_IN_FIB)
        table.extend(number, hops, last.backup, discard)

    def way(
        self, number: int, protocol: str, address: str, interface: str
    ) -> tuple[tuple[NextHop, ...], str | None, bool]:
        """Next hops, how packets are discarded, and whether the device itself is the destination."""
        return way_of(self.table, number, protocol, address, self.interface(interface))


def _is_host(prefix: str) -> bool:
    return prefix.endswith("/128" if ":" in prefix else "/32")


def way_of(
    table: Table, number: int, protocol: str, address: str, interface: str
) -> tuple[tuple[NextHop, ...], str | None, bool]:
    """Next hops, how packets are discarded, and whether the device itself is the destination."""
    if is_null(interface):
        return (), "drop", False
    if is_own(address) or interface.startswith("InLoopBack"):
        return (), None, True
    if protocol == "connected" or is_nowhere(address):
        return table.hops(interface, None), None, False
    return table.hop(number, interface, address), None, False


def fib(text: Text, dialect: Dialect, vrf: str | None = None) -> RouteTable:
    """The entries of `display fib`; those of one prefix share the packets."""
    table = Table(text, "fib", vrf)
    names = NAMES[dialect.platform]
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            row = _FIB_ROW.match(line)
            if row is not None:
                _entry(table, number, row, full_name(row["interface"], names))
                continue
            count = _FIB_COUNT.match(line)
            if count is not None:
                table.stated.append((number, int(count[1] or count[2])))
            elif _FIB_KNOWN.match(line):
                table.known += 1
            else:
                table.miss(number)
    if table.routes and not table.stated:
        table.miss(len(text.lines))
    return table.result(vrf, None)


def _entry(table: Table, number: int, row: re.Match[str], interface: str) -> None:
    flags = row["flags"]
    direct = "G" not in flags and "R" not in flags
    word = "connected" if direct and not _is_learned(flags) else "fib"
    hops, discard, own = way_of(table, number, word, row["address"], interface)
    if "B" in flags and not own:
        # `UBH` of a directly connected network is its broadcast address
        own, discard = (True, None) if "H" in flags and discard is None else (False, "drop")
        hops = ()
    conditional = None if "U" in flags else "not usable"
    table.row(
        number,
        row["prefix"],
        "local" if own else word,
        hops,
        discard=discard,
        conditional=conditional,
    )


def _is_learned(flags: str) -> bool:
    return "S" in flags or "D" in flags
