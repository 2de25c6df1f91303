"""`show routing route`, `show routing fib` and `show advanced-routing route` of PAN-OS.

Sources: Palo Alto Networks, PAN-OS CLI Quick Start, "show routing"; the legends printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.collector import is_address, no_collection
from parsers.tables.rows import Table, is_nowhere

_ROUTER = re.compile(
    r"\s*(?:VIRTUAL|LOGICAL) ROUTER: (.+?)(?: \(id \d+\))?\s*$|virtual-router name: (.+?)\s*$", re.I
)
_FLAG = re.compile(r"(?:[A?~CHSRBEM]|O[io12]?)+$")
_PREFIX = re.compile(r"[\da-fA-F.:]+/\d+$")
_INTERFACE = re.compile(r"[A-Za-z][\w./-]*$")
_TOTAL = re.compile(r"total routes? shown: (\d+)\s*$")
_KNOWN = re.compile(
    r"\s*$|\s*=+\s*$|-+\s*$|flags: |\s+O[io12]:|destination +nexthop |destination +protocol |RIB: "
)
_PROTOCOLS = {
    "S": "static", "R": "rip", "B": "bgp", "O": "ospf", "Oi": "ospf", "Oo": "ospf", "O1": "ospf",
    "O2": "ospf", "~": "internal",
}  # fmt: skip
_FIB_ROW = re.compile(
    r"\d+\s+([\da-fA-F.:]+/\d+)\s+([\da-fA-F.:]+)\s+([uhge*]+)\s+([A-Za-z][\w./-]*)\s+\d+\s*$"
)
_FIB_TOTAL = re.compile(r"number of fib entries shown:\s+(\d+)\s*$")
_FIB_KNOWN = re.compile(
    r"\s*$|total virtual-router shown :|-+\s*$|interfaces:|route table:|flags: u - up|maximum of "
    r"|number of fib entries for |id +destination |\s+(?:[a-z][\w./-]*\s*)+$|total logical-router shown"
    r"|[a-z]+[\d./]+(?:\s+[a-z]+[\d./]+)*\s*$"
)
_ADVANCED = re.compile(
    r"\s*([\da-fA-F.:]+/\d+)\s+(\w[\w-]*)\s+(?:([\da-fA-F.:]+)\s+)?(\d+)\s+(\d+)\s+"
    r"((?:[AER]|O[io12])(?:\s+(?:[AER]|O[io12]))*)?\s*(?:\d+\s+)?([\dwdhms:.]+\s+)?([A-Za-z][\w./-]*)?\s*$"
)


class _Row(NamedTuple):
    prefix: str
    address: str
    metric: str | None
    flags: frozenset[str]
    interface: str | None


def routes(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `show routing route`, of all virtual routers."""
    table = Table(text, "rib", vrf)
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            row = _row(line.split()) if line[:1] in _DIGITS else None
            if row is not None:
                _add(table, number, row)
            else:
                _between(table, number, line, _KNOWN, _TOTAL)
    return _counted(table).result(vrf, None)


def _counted(table: Table) -> Table:
    """The table, with its last line missed if the number of rows that ends the output is not there."""
    if table.routes and not table.stated:
        table.miss(len(table.text.lines))
    return table


_DIGITS = frozenset("0123456789abcdefABCDEF:")


def _between(
    table: Table, number: int, line: str, known: re.Pattern[str], total: re.Pattern[str]
) -> None:
    """Reads what stands around rows: the router's name, the stated number of rows, legends."""
    router = _ROUTER.match(line)
    stated = total.match(line)
    if router is not None:
        table.vrf = router[1] or router[2]
        table.known += 1
    elif stated is not None:
        table.known += 1
        table.stated.append((number, int(stated[1])))
    elif known.match(line):
        table.known += 1
    else:
        table.miss(number)


def _row(words: list[str]) -> _Row | None:
    """The columns of a row; metric, age, interface and AS may be empty."""
    if len(words) < 3 or not _PREFIX.match(words[0]):
        return None
    at = 2
    metric = None
    if words[at].isdecimal():
        metric = words[at]
        at += 1
    flags: list[str] = []
    while at < len(words) and _FLAG.match(words[at]):
        flags += re.findall(r"O[io12]?|[A?~CHSRBEM]", words[at])
        at += 1
    rest = words[at:]
    names = [word for word in rest if not word.isdecimal()]
    if not flags or len(names) > 1 or len(rest) > 3:
        return None
    if names and not _INTERFACE.match(names[0]):
        return None
    return _Row(words[0], words[1], metric, frozenset(flags), names[0] if names else None)


def _add(table: Table, number: int, row: _Row) -> None:
    if not is_address(row.address) or "M" in row.flags:
        # the name of another router, or what packets are dropped by: not seen in a device's text
        table.shown += 1
        if "M" not in row.flags:
            table.miss(number)
        return
    protocol = next((_PROTOCOLS[f] for f in sorted(row.flags) if f in _PROTOCOLS), "unknown")
    address: str | None = None if is_nowhere(row.address) else row.address
    if "H" in row.flags and address is None:
        table.row(number, row.prefix, "local", metric=row.metric, backup="A" not in row.flags)
        return
    if "C" in row.flags:
        protocol, address = "connected", None
    hops = table.hops(row.interface, address) if row.interface or address else ()
    table.row(number, row.prefix, protocol, hops, metric=row.metric, backup="A" not in row.flags)


def fib(text: Text, vrf: str | None = None) -> RouteTable:
    """The entries of `show routing fib`, of all virtual routers."""
    table = Table(text, "fib", vrf)
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            row = _FIB_ROW.match(line)
            if row is None:
                _between(table, number, line, _FIB_KNOWN, _FIB_TOTAL)
                continue
            prefix, gateway, flags, interface = row.groups()
            if "h" in flags and is_nowhere(gateway):
                table.row(number, prefix, "local")
                continue
            address = None if is_nowhere(gateway) or "g" not in flags else gateway
            table.row(number, prefix, "fib", table.hops(interface, address))
    return _counted(table).result(vrf, None)


def advanced_routes(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `show advanced-routing route`, of all logical routers."""
    table = Table(text, "rib", vrf)
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            row = _ADVANCED.match(line)
            if row is None:
                _between(table, number, line, _KNOWN, _TOTAL)
                continue
            prefix, protocol, gateway, distance, metric, flags, _, interface = row.groups()
            address = None if gateway is None or is_nowhere(gateway) else gateway
            if protocol in ("connected", "connect"):
                protocol, address = "connected", None
            hops = table.hops(interface, address) if interface or address else ()
            active = "A" in (flags or "").split()
            if not hops and protocol != "local":
                table.miss(number)
            table.row(
                number,
                prefix,
                protocol,
                hops,
                distance=distance,
                metric=metric,
                backup=not active,
            )
    return table.result(vrf, None)
