"""`show route`, `show ipv6 route` and `show asp table routing` of ASA, PIX and FTD.

Sources: Cisco ASA Series Command Reference, show route, show asp table routing; the legends printed.
"""

from __future__ import annotations

import re

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.codes import IOS, IOS_FLAGS, IOS_IPV6
from parsers.show.collector import MASKS, is_address, no_collection, number_of
from parsers.show.via_lines import LEGEND, Dialect, read_via_lines
from parsers.tables.rows import Table, is_null

_OWN = {"V": "vpn", "SI": "static", "BI": "bgp"}
_VRF = re.compile(r"Routing Table: (\S+)\s*$")
_IPV4 = Dialect(4, {**IOS, **_OWN}, IOS_FLAGS, re.compile(LEGEND), _VRF)
_IPV6 = Dialect(
    6,
    {**IOS_IPV6, **_OWN},
    {},
    re.compile(LEGEND),
    _VRF,
    re.compile(r"IPv6 Routing Table - (?:(\S+) - )?(\d{1,9}) entries\s*$"),
)
MANAGEMENT = "management-only"
"""The table of the management interfaces, as the configuration calls it."""

_PRINTED = "mgmt-only"
"""What `show route management-only` calls it."""

_ROW = re.compile(
    r"(in|out)\s+([\da-fA-F.:]+)\s+([\da-fA-F.:]+)\s+(?:via ([\da-fA-F.:]+)(?:, (\S+))?|(\S+))"
    r"(?:\s+\(resolved, timestamp: \d+\))?\s*$"
)
_KNOWN = re.compile(r"\s*$|(?:route )?table timestamp: \d+\s*$", re.IGNORECASE)


def _plain(text: Text) -> Text:
    """The text without blanks at the ends of lines, and with our name for the management table."""
    lines = [line.rstrip() for line in text.lines]
    heading = f"Routing Table: {_PRINTED}"
    return text._replace(
        lines=[f"Routing Table: {MANAGEMENT}" if line == heading else line for line in lines]
    )


def ip_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show route`."""
    return read_via_lines(_plain(text), _IPV4, vrf)


def ipv6_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show ipv6 route`."""
    return read_via_lines(_plain(text), _IPV6, vrf)


def asp_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The forwarding table: `in` rows choose the way, `out` rows repeat each interface's part of it."""
    table = Table(text, "fib", vrf)
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            match = _ROW.match(line)
            if match is None:
                if _KNOWN.match(line):
                    table.known += 1
                else:
                    table.miss(number)
                continue
            length = _length(match[3])
            if length is None:
                table.miss(number)
            elif match[1] == "out":
                table.known += 1
            else:
                _add(table, number, match, length)
    return table.result(vrf, None)


def _add(table: Table, number: int, match: re.Match[str], length: int) -> None:
    prefix = f"{match[2]}/{length}"
    interface = match[5] or match[6]
    if interface == "identity":
        table.row(number, prefix, "local")
    elif is_null(interface):
        table.row(number, prefix, "fib", discard="drop")
    elif match[4] is not None:
        table.row(number, prefix, "fib", table.hop(number, interface, match[4]))
    elif is_address(interface):
        table.miss(number)
    else:
        hops: tuple[NextHop, ...] = table.hops(interface, None)
        table.row(number, prefix, "connected", hops)


def _length(mask: str) -> int | None:
    family = 6 if ":" in mask else 4
    try:
        return MASKS[family].index(number_of(mask, family))
    except (OSError, ValueError):
        return None
