"""`show ip route` and `show ipv6 route [all-vrfs]` of AOS-CX, in the older form and in columns (10.10 on).

Sources: HPE Aruba Networking, AOS-CX IP Routing Guide, show ip route; outputs in Aruba's public labs.
"""

from __future__ import annotations

import re

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, is_address, no_collection
from parsers.tables.rows import Table, is_null

_ADDRESS = r"[\da-fA-F]*[.:][\da-fA-F.:]*"
_HEAD = re.compile(
    rf"\s{{0,3}}(?P<prefix>{_ADDRESS}/\d+)\s*,\s*(?:vrf (?P<vrf>\S+)|\d+ \S+ next-hops)\s*$"
)
_VIA = re.compile(
    r"\s+via\s+(?P<hop>[^\s,]+),\s+\[(?P<distance>\d+)/(?P<metric>\d+)\],\s+(?P<protocol>[a-z][\w-]*)"
    r"(?:,\s+vrf (?P<vrf>\S+))?\s*$"
)
_ROW = re.compile(
    rf"(?:(?P<prefix>{_ADDRESS}/\d+)|\s{{6,}})\s+(?P<hop>-|{_ADDRESS}|nullroute|blackhole|reject)\s+"
    r"(?P<interface>\S+)\s+(?P<vrf>\S+)\s+(?P<code>[A-Z])(?:/(?P<sub>[A-Z][A-Z\d]?))?\s+"
    r"\[(?P<distance>\d+)/(?P<metric>\d+)\]\s+(?P<age>-|\S+)\s*$"
)
_VRF = re.compile(r"VRF: (\S+)\s*$")
_TOTAL = re.compile(r"Total Route Count : (\d+)\s*$")
_KNOWN = re.compile(
    r"\s*$|Displaying ipv[46] routes selected for forwarding\s*$|'\[x/y\]' denotes |-+\s*$|Origin Codes: "
    r"|Type Codes: |\s+[A-Z]\w? - |Prefix +Nexthop |\s+Type +Metric\s*$|No ipv[46] routes configured"
)
_CODES = {
    "C": "connected", "S": "static", "L": "local", "R": "rip", "B": "bgp", "O": "ospf", "D": "dhcp",
    "U": "unnumbered",
}  # fmt: skip
_DISCARDS = {"nullroute": "drop", "blackhole": "drop", "reject": "reject"}


def routes(text: Text, vrf: str | None = DEFAULT_VRF) -> RouteTable:
    """The routes that the text names, of all its VRFs."""
    table = Table(text, "rib", vrf)
    head: tuple[int, str] | None = None
    totals: list[int] = []
    columns = False
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            begun = _HEAD.match(line)
            if begun is not None:
                _unfinished(table, head)
                table.close()
                table.vrf = begun["vrf"] or table.vrf
                head = (number, begun["prefix"])
                continue
            via, row = _VIA.match(line), _ROW.match(line)
            if via is not None and (head is not None or table.at >= 0):
                _via(table, number, via, head)
                head = None
            elif row is not None and (row["prefix"] is not None or table.at >= 0):
                columns = True
                _row(table, number, row)
            else:
                _unfinished(table, head)
                head = None
                _between(table, number, line, totals)
        _unfinished(table, head)
        if columns and not totals:
            # the number that ends the output is not there
            table.miss(len(text.lines))
        table.close()
    return table.result(vrf, None)


def _unfinished(table: Table, head: tuple[int, str] | None) -> None:
    """A prefix without a way out: the text is cut."""
    if head is not None:
        table.miss(head[0])


def _between(table: Table, number: int, line: str, totals: list[int]) -> None:
    heading, total = _VRF.match(line), _TOTAL.match(line)
    table.close()
    table.known += 1
    if heading is not None:
        table.vrf = heading[1]
    elif total is not None:
        totals.append(int(total[1]))
        if sum(totals) > table.shown:
            table.miss(number)
    elif not _KNOWN.match(line):
        table.miss(number)


def _hops(
    table: Table, number: int, hop: str, interface: str | None, protocol: str
) -> tuple[tuple[NextHop, ...], str | None]:
    if hop in _DISCARDS:
        return (), _DISCARDS[hop]
    if is_null(hop) or is_null(interface):
        return (), "drop"
    if hop == "-" or not is_address(hop):
        return table.hops(interface if hop == "-" else hop, None), None
    if protocol == "connected":
        return table.hops(interface, None), None
    return table.hop(number, interface, hop), None


def _via(table: Table, number: int, via: re.Match[str], head: tuple[int, str] | None) -> None:
    hops, discard = _hops(table, number, via["hop"], None, via["protocol"])
    if via["vrf"]:
        table.vrf = DEFAULT_VRF if via["vrf"] == "vrf_default" else via["vrf"]
    if head is None:
        table.extend(number, hops, False, discard)
        return
    table.row(
        head[0],
        head[1],
        via["protocol"],
        hops,
        discard=discard,
        distance=via["distance"],
        metric=via["metric"],
    )


def _row(table: Table, number: int, row: re.Match[str]) -> None:
    interface = None if row["interface"] == "-" else row["interface"]
    protocol = _CODES.get(row["code"], "unknown")
    if row["code"] not in _CODES:
        table.miss(number)
    hops, discard = _hops(table, number, row["hop"], interface, protocol)
    if row["vrf"] != "-":
        hops = tuple(hop._replace(vrf=row["vrf"]) for hop in hops)
    if row["prefix"] is None:
        table.extend(number, hops, False, discard)
        return
    table.row(
        number,
        row["prefix"],
        protocol,
        hops,
        discard=discard,
        distance=row["distance"],
        metric=row["metric"],
    )
