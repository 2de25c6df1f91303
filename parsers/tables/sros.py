"""`show router route-table` and `show router fib` of SR OS, both families, of the base router or a service.

A route is two lines: prefix, type, protocol, age and preference, then next hop and metric; each equal-cost way
is such a pair. Sources: Nokia, SR OS Router Configuration Guide, show router route-table and fib; texts of
batfish/lab-validation.
"""

from __future__ import annotations

import re

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, is_address, no_collection
from parsers.tables.rows import Table

_HEADING = re.compile(r"(?:IPv6 )?Route Table \((?:Router|Service): (.+?)\)\s*$")
_FIRST = re.compile(
    r"(?P<prefix>[\da-fA-F.:]+/\d+)(?: ?\[(?P<flags>[^\]]*)\])?\s+(?P<type>[A-Z][\w*]*)\s+"
    r"(?P<protocol>[A-Z][\w*()-]*(?: \S+)?)\s+(?P<age>[\dwdhms]+)\s+(?P<preference>\d+)\s*$"
)
_SECOND = re.compile(r"\s+(?P<hop>\S.*?)\s+(?P<metric>\d+)\s*$")
_TOTAL = re.compile(r"No\. of Routes: (\d+)\s*$")
_KNOWN = re.compile(
    r"\s*$|=+\s*$|-+\s*$|Dest Prefix(?: ?\[Flags\])? |\s+Next Hop(?:\[Interface Name\])? +|Flags: |\s+[A-Z] = "
    r"|\* indicates that the corresponding row element may have been truncated\.|\[.*\]\s*$|\*?[AB]:\S+# "
)
_HOP = re.compile(
    r"(?P<address>[\da-fA-F]*[.:][\da-fA-F.:]*)(?:-\"(?P<zone>[^\"]+)\")?"
    r"(?: \((?P<note>tunneled[^)]*)\))?(?:\s*\[(?P<interface>[^\]]+)\])?$"
)
_BLACK_HOLE = re.compile(r"black ?hole", re.IGNORECASE)
_PROTOCOLS = {"local": "connected", "static": "static", "aggr": "aggregate"}

_FIB_PREFIX = re.compile(
    r"(?P<prefix>[\da-fA-F.:]+/\d+)(?: ?\[[^\]]*\])?\s+(?P<protocol>[A-Z]\w*)\s*$"
)
_FIB_HOP = re.compile(
    r"\s+(?:(?P<address>[\da-fA-F]*[.:][\da-fA-F.:]*) )?(?:\((?P<interface>[^()]+)\)|(?P<other>[A-Z].*))\s*$"
)
_FIB_TOTAL = re.compile(r"Total Entries : (\d+)\s*$")
_FIB_KNOWN = re.compile(
    r"\s*$|=+\s*$|-+\s*$|FIB Display\s*$|Prefix \[Flags\] +Protocol\s*$|\s+NextHop\s*$|\*?[AB]:\S+# "
)


def route_table(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `show router [NAME] route-table [ipv6]`."""
    table = Table(text, "rib", vrf)
    first: tuple[int, re.Match[str]] | None = None
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            if first is not None:
                second = _SECOND.match(line)
                if second is None or not _add(table, *first, second):
                    table.miss(first[0])
                first = None
                if second is not None:
                    continue
            begun = _FIRST.match(line)
            if begun is not None:
                first = (number, begun)
            else:
                _between(table, number, line)
    if first is not None:
        table.miss(first[0])
    return _counted(table).result(None, None)


def _counted(table: Table) -> Table:
    """The table, its last line missed where the number of routes that ends the output is not there."""
    if table.routes and not table.stated:
        table.miss(len(table.text.lines))
    return table


def _between(table: Table, number: int, line: str) -> None:
    heading = _HEADING.match(line)
    total = _TOTAL.match(line)
    if heading is not None:
        table.vrf = DEFAULT_VRF if heading[1] == "Base" else heading[1].removeprefix("vprn")
        table.known += 1
    elif total is not None:
        table.stated.append((number, int(total[1])))
    elif _KNOWN.match(line):
        table.known += 1
    else:
        table.miss(number)


def _add(table: Table, number: int, first: re.Match[str], second: re.Match[str]) -> bool:
    hop = second["hop"]
    word = first["protocol"].lower()
    preference, metric = first["preference"], second["metric"]
    if _BLACK_HOLE.match(hop):
        word = _PROTOCOLS.get(word, word)
        return table.row(
            number, first["prefix"], word, discard="drop", distance=preference, metric=metric
        )
    conditional = None
    if first["type"] == "Local":
        hops = table.hops(hop, None)
        if hop.endswith("*"):
            conditional = "the name of its interface is cut off"
        return table.row(
            number,
            first["prefix"],
            "connected",
            hops,
            conditional=conditional,
            distance=preference,
            metric=metric,
        )
    match = _HOP.match(hop)
    if match is None or not is_address(match["address"]):
        return False
    hops = table.hops(match["zone"] or match["interface"], match["address"])
    conditional = match["note"]
    return table.row(
        number,
        first["prefix"],
        _PROTOCOLS.get(word, word),
        hops,
        conditional=conditional,
        distance=preference,
        metric=metric,
    )


def fib(text: Text, vrf: str | None = None) -> RouteTable:
    """The entries of `show router [NAME] fib SLOT`."""
    table = Table(text, "fib", vrf)
    open_prefix: tuple[int, str, str] | None = None
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            begun = _FIB_PREFIX.match(line)
            if begun is not None:
                if open_prefix is not None:
                    table.miss(open_prefix[0])
                table.close()
                open_prefix = (number, begun["prefix"], begun["protocol"])
                continue
            hop = _FIB_HOP.match(line)
            if hop is not None and (open_prefix is not None or table.at >= 0):
                _entry(table, number, hop, open_prefix)
                open_prefix = None
                continue
            total = _FIB_TOTAL.match(line)
            if total is not None:
                table.stated.append((number, int(total[1])))
            elif not _FIB_KNOWN.match(line):
                table.miss(number)
            else:
                table.known += 1
    if open_prefix is not None:
        table.miss(open_prefix[0])
    table.close()
    return _counted(table).result(vrf, None)


def _entry(
    table: Table, number: int, hop: re.Match[str], begun: tuple[int, str, str] | None
) -> None:
    """Reads a way; the first one makes the route of the prefix above it."""
    discard = "drop" if hop["other"] and _BLACK_HOLE.match(hop["other"]) else None
    if discard is None and hop["other"]:
        table.miss(number)
        return
    conditional = None
    interface = hop["interface"]
    if interface is not None and ":" in interface:
        # a label or a tunnel: `Transport:SR-Policy:917520`
        conditional, interface = f"through {interface}", None
    local = begun is not None and begun[2] == "LOCAL"
    hops: tuple[NextHop, ...] = ()
    if discard is None:
        hops = table.hops(interface, None if local else hop["address"])
    if begun is None:
        table.extend(number, hops, False, discard)
        return
    line, prefix, protocol = begun
    word = "connected" if local else protocol.lower()
    table.row(line, prefix, word, hops, discard=discard, conditional=conditional)
