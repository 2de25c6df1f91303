"""`display ip routing-table verbose` and `display ipv6 routing-table` of VRP and Comware: a block per way.

Each block begins with the destination; pairs of `name : value` follow, two on a line. Verbose outputs list what
was not chosen too. Sources: Huawei and HPE Comware command references, display ip(v6) routing-table (verbose).
"""

from __future__ import annotations

import re

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, no_collection
from parsers.tables.rows import Table
from parsers.tables.vrp import PROTOCOLS, Dialect, way_of
from parsers.tables.vrp_names import NAMES, full_name

_NAME = re.compile(r"(?:^|(?<=\s))([A-Z][A-Za-z]*(?: [A-Za-z]+)?) *:(?=\s|$)")
_BEGIN = re.compile(r"\s*Destination *: ")
_COUNTS = re.compile(r"\s*Destinations\s*: (\d+)\s+Routes\s*: (\d+)\s*$")
_HEADING = re.compile(r"\s*(?:Routing Tables?|VPN instance)\s*: ?(\S+)\s*$")
_KNOWN = re.compile(
    r"\s*$|-+\s*$|Proto: Protocol|Route Flags: |Summary [Cc]ount ?: \d+\s*$|[<\[][^>\]]*[>\]]\s*dis"
)
_PUBLIC = frozenset({"Public", "_public_", "public"})
_NAMES = frozenset({
    "Age", "AttrID", "BkInterface", "BkLabel", "BkNextHop", "BkPESecTunnelID", "BkPETunnelID", "BkTunnel ID",
    "Connector", "Cost", "Destination", "Entry ID", "EntryFlags", "Flags", "FtnIndex", "IndirectID", "Instance",
    "Interface", "IpPre", "Label", "LastAs", "Neighbor", "Neighbour", "NextHop", "NibID", "OrigAs", "OrigNextHop",
    "OrigTblID", "OrigVrf", "Preference", "PrefixLength", "Priority", "Process ID", "ProcessID", "Protocol",
    "QoSInfo", "QosLocalID", "RealNextHop", "Reference Cnt", "RelayNextHop", "RouterColor", "SecTunnelID", "State",
    "SubProtID", "TableID", "Tag", "TrafficIndex", "Tunnel ID", "TunnelID",
})  # fmt: skip
_NOT_CHOSEN = frozenset({"Inactive", "Invalid", "Del"})


class _Walk:
    def __init__(self, text: Text, dialect: Dialect, vrf: str | None) -> None:
        self.table = Table(text, "rib", vrf)
        self.dialect = dialect
        self.values: dict[str, str] = {}
        self.line = 0
        self.stated: tuple[int, int, int] | None = None
        self.prefixes: set[tuple[int, int]] = set()
        self.ways = 0

    def run(self) -> None:
        """Reads all lines."""
        for number, line in enumerate(self.table.text.lines, 1):
            counts, heading = _COUNTS.match(line), _HEADING.match(line)
            if counts is not None or heading is not None:
                self.section()
                self.table.known += 1
                if counts is not None:
                    self.stated = (number, int(counts[1]), int(counts[2]))
                elif heading is not None:
                    name = heading[1]
                    self.table.vrf = DEFAULT_VRF if name in _PUBLIC else name
            elif _BEGIN.match(line):
                self.end()
                self.line = number
                self.take(number, line)
            elif _KNOWN.match(line):
                self.table.known += 1
            else:
                self.take(number, line)
        self.section()

    def take(self, number: int, line: str) -> None:
        """Takes the pairs of a line."""
        found = list(_NAME.finditer(line))
        ends = [match.start() for match in found[1:]] + [len(line)]
        pairs = [
            (match[1], line[match.end() : end].strip())
            for match, end in zip(found, ends, strict=True)
        ]
        if not pairs or not self.line or any(name not in _NAMES for name, _ in pairs):
            self.table.miss(number)
        self.values.update(pairs)

    def section(self) -> None:
        """Ends a routing table: the blocks must be as many as its heading states."""
        self.end()
        if self.stated is not None:
            line, destinations, ways = self.stated
            if (destinations, ways) != (len(self.prefixes), self.ways):
                self.table.miss(line)
        elif self.ways:
            self.table.miss(len(self.table.text.lines))
        self.stated = None
        self.prefixes = set()
        self.ways = 0

    def end(self) -> None:
        """Ends a block."""
        values, self.values = self.values, {}
        line, self.line = self.line, 0
        if not line:
            return
        self.ways += 1
        prefix = values.get("Destination", "")
        if "/" not in prefix:
            prefix = f"{prefix}/{values.get('PrefixLength', '')}"
        interface, address = values.get("Interface"), values.get("NextHop")
        if interface is None or address is None or "Protocol" not in values:
            # a block that was cut off
            self.table.miss(line)
            return
        protocol = values["Protocol"].lower()
        protocol = PROTOCOLS.get(protocol, protocol.partition("_")[0])
        protocol = {"o": "ospf", "is": "isis"}.get(protocol, protocol)
        name = full_name(interface, NAMES[self.dialect.platform])
        hops, discard, own = way_of(self.table, line, protocol, address, name)
        states = values.get("State", "Active").split()
        flags = values.get("Flags")
        absent = self.dialect.flags and flags is not None and "D" not in flags
        distance, metric = values.get("Preference", ""), values.get("Cost", "")
        added = self.table.row(
            line,
            prefix,
            "local" if own else protocol,
            hops,
            discard=discard,
            distance=distance if distance.isdecimal() else None,
            metric=metric if metric.isdecimal() else None,
            backup=bool(_NOT_CHOSEN & set(states)),
            conditional="not downloaded to the FIB" if absent else None,
        )
        if added:
            last = self.table.routes[-1]
            self.prefixes.add((last.value, last.length))


def blocks(text: Text, dialect: Dialect, vrf: str | None = None) -> RouteTable:
    """The routes of an output in blocks."""
    walk = _Walk(text, dialect, vrf)
    with no_collection():
        walk.run()
    return walk.table.result(vrf, None)
