"""`show ip route` and `show ipv6 route` of Dell OS10 (and OS9, which prints the same columns).

Sources: Dell, OS10 Enterprise Edition User Guide, show ip route; the legends printed.
"""

from __future__ import annotations

import re

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, no_collection
from parsers.tables.rows import Table, is_null

CODES = {
    "C": "connected", "S": "static", "B": "bgp", "O": "ospf", "R": "rip", "i": "isis", "L": "local",
}  # fmt: skip
_ADDRESS = r"[\da-fA-F]*[.:][\da-fA-F.:]*"
_NAME = r"[A-Za-z][\w/.:-]*(?: \d[\d/]*)?"
_TIME = r"(?:\d\d:\d\d:\d\d|\d+[dwy]\d+[hdw](?:\d+[mh])?|\d+ days? [\d:]+|never)"
_WAY = rf"(?:via (?P<address>{_ADDRESS})(?: +(?P<interface>{_NAME}))?|Direct, ?(?P<direct>{_NAME}))"
_END = rf"(?: +(?P<distance>\d+)/(?P<metric>\d+)(?: +(?P<age>{_TIME}))?)"
_ROW = re.compile(
    rf"\s*(?P<marks>[*>+]*)\s*(?P<code>[A-Za-z])(?: (?P<sub>[A-Za-z][A-Za-z\d]))? +(?P<prefix>{_ADDRESS}/\d+) +"
    rf"{_WAY}{_END}\s*$"
)
_MORE = re.compile(rf"\s+{_WAY}{_END}?\s*$")
_VRF = re.compile(r"(?:VRF|Vrf)(?: name)? ?: ?(\S+)\s*$")
_KNOWN = re.compile(
    r"\s*$|Codes: ?[A-Z]|\s+\S+ ?- ?\S|\s*-[- ]+$|Gateway of last resort|\s*Destination +Gateway "
)


def routes(text: Text, vrf: str | None = DEFAULT_VRF) -> RouteTable:
    """The routes of `show ip route [vrf NAME]` or `show ipv6 route`."""
    table = Table(text, "rib", vrf)
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            row = _ROW.match(line)
            if row is not None and row["code"] in CODES:
                _add(table, number, row)
                continue
            more = _MORE.match(line)
            if more is not None and table.at >= 0:
                last = table.routes[table.at]
                hops, discard = _way(table, number, more, last.protocol)
                table.extend(number, hops, last.backup, discard)
                continue
            heading = _VRF.match(line)
            if heading is not None:
                table.close()
                table.vrf = heading[1]
                table.known += 1
            elif _KNOWN.match(line):
                table.known += 1
            else:
                table.close()
                table.miss(number)
        table.close()
    return table.result(vrf, None)


def _add(table: Table, number: int, row: re.Match[str]) -> None:
    protocol = CODES[row["code"]]
    hops, discard = _way(table, number, row, protocol)
    table.row(
        number,
        row["prefix"],
        protocol,
        hops,
        discard=discard,
        distance=row["distance"],
        metric=row["metric"],
        backup=">" in row["marks"],
    )


def _way(
    table: Table, number: int, match: re.Match[str], protocol: str
) -> tuple[tuple[NextHop, ...], str | None]:
    interface = match["interface"] or match["direct"]
    if is_null(interface):
        return (), "drop"
    if protocol == "connected":
        # `via` is then the device's own address
        return table.hops(interface, None), None
    return table.hop(number, interface, match["address"]), None
