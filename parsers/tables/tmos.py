"""`show net route` of BIG-IP: the routes of TMM, of all route domains and both families.

Sources: F5, tmsh reference, net route; K13833 and outputs that F5's engineers publish.
"""

from __future__ import annotations

import re

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, is_address, no_collection
from parsers.tables.rows import Table

_ROW = re.compile(
    r"(?P<name>\S+)\s+(?P<destination>default(?:-inet6)?(?:%\d+)?|[\da-fA-F.:]+(?:%[\w/.-]+)?/\d+)\s+"
    r"(?P<type>interface|gw|pool|blackhole|reject)\s+(?:(?P<hop>\S+)\s+)?(?P<origin>[a-z][\w-]*)\s*$"
)
_DESTINATION = re.compile(r"([^%/]+)(?:%([\w.-]+))?(?:/(\d+))?$")
_KNOWN = re.compile(
    r"\s*$|-+\s*$|Net::Routes?\s*$|Name +Destination +Type +NextHop +Origin\s*$|.*# ?(?:tmsh )?show net route\s*$"
)


def routes(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `show net route`."""
    table = Table(text, "rib", vrf)
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            row = _ROW.match(line)
            if row is not None:
                _add(table, number, row)
            elif _KNOWN.match(line):
                table.known += 1
            else:
                table.miss(number)
    return table.result(None, None)


def _add(table: Table, number: int, row: re.Match[str]) -> None:
    word, hop = row["type"], row["hop"]
    prefix, domain = _destination(row["destination"], hop or "")
    table.vrf = DEFAULT_VRF if domain in (None, "0") else f"route-domain {domain}"
    discard = {"blackhole": "drop", "reject": "reject"}.get(word)
    hops: tuple[NextHop, ...] = ()
    conditional = None
    if word == "interface" and hop is not None:
        hops = table.hops(hop.removeprefix("/Common/"), None)
    elif word == "gw" and hop is not None and is_address(hop.partition("%")[0]):
        address, _, zone = hop.partition("%")
        other = None if zone.isdecimal() or not zone else zone
        hops = table.hops(other, address)
    elif word == "pool":
        conditional = f"the members of the gateway pool {hop}"
    elif discard is None:
        table.miss(number)
    connected = row["origin"] == "connected"
    table.row(
        number,
        prefix,
        "connected" if connected else row["origin"],
        hops,
        discard=discard,
        conditional=conditional,
    )


def _destination(word: str, hop: str) -> tuple[str, str | None]:
    """The prefix, and the route domain; a link-local network has the name of its VLAN instead."""
    match = _DESTINATION.match(word)
    if match is None:
        return word, None
    address, zone, length = match.groups()
    domain = zone if zone is not None and zone.isdecimal() else None
    if address in ("default", "default-inet6"):
        six = address.endswith("inet6") or ":" in hop
        return "::/0" if six else "0.0.0.0/0", domain
    return f"{address}/{length}", domain
