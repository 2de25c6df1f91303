"""`show route` and `show ipv6 route` of Check Point Gaia.

A comment of a static route stands on a line of its own below it. Sources: Check Point, Gaia Advanced Routing
Administration Guide, "Monitoring routes"; the legends printed.
"""

from __future__ import annotations

import re

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, no_collection
from parsers.tables.rows import Table

CODES = {
    "C": "connected", "S": "static", "R": "rip", "B": "bgp", "O": "ospf", "A": "aggregate",
    "K": "kernel", "NP": "nat-pool",
}  # fmt: skip
_IDLE = frozenset("HPUi")
_ADDRESS = r"[\da-fA-F]*[.:][\da-fA-F.:]*"
_WAY = (
    rf"(?:via (?P<address>{_ADDRESS}), (?P<interface>[^\s,]+), cost (?P<cost>\S+), age \d+"
    r"|is directly connected, (?P<connected>[^\s,]+))"
)
_ROW = re.compile(
    rf"(?P<code>NP|[A-Z])(?: (?P<sub>IA|D|E|N))?(?P<idle>(?: [HPUi])*)\s+(?P<prefix>{_ADDRESS}/\d+)\s+{_WAY}\s*$"
)
_MORE = re.compile(rf"\s+{_WAY}\s*$")
_COMMENT = re.compile(r"\s{20,}(?!via |is directly )\S(?!.*, cost ).*$")
_KNOWN = re.compile(r"\s*$|Codes: |\s+[A-Z]\w? - |\s+i - |\S+> show ")


def routes(text: Text, vrf: str | None = DEFAULT_VRF) -> RouteTable:
    """The routes of `show route [all]` or `show ipv6 route`."""
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
                hops = table.hop(number, more["interface"] or more["connected"], more["address"])
                table.extend(number, hops, last.backup, None)
            elif _KNOWN.match(line):
                table.known += 1
            elif table.at < 0 or not _COMMENT.match(line):
                table.miss(number)
        table.close()
    return table.result(vrf, None)


def _add(table: Table, number: int, row: re.Match[str]) -> None:
    cost = row["cost"] or ""
    table.row(
        number,
        row["prefix"],
        CODES[row["code"]],
        table.hop(number, row["interface"] or row["connected"], row["address"]),
        metric=cost if cost.isdecimal() else None,
        backup=bool(_IDLE & set(row["idle"])),
    )
