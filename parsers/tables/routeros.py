"""`/ip route print detail` and `print terse` of RouterOS 6 and 7, and the same of `/ipv6 route`.

An entry is flags and `key=value` pairs, which `detail` wraps over lines. Sources: MikroTik, RouterOS manual,
"IP Routing" and "Manual:IP/Route" (flags, gateway-status, immediate-gw); the legends printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, is_address, no_collection
from parsers.tables.rows import Table

_HEAD = re.compile(
    r"\s*(?P<number>\d+)?\s+(?P<flags>[A-Za-z+ ]*?)\s*(?P<rest>;;;.*|[a-z][\w.-]*=.*)?$"
)
_TERSE_HEAD = re.compile(r"(?P<flags>[A-Z][A-Za-z+]*)\s+(?P<rest>[a-z][\w.-]*=.*)$")
_PAIR = re.compile(
    r"(?:^|\s)\.?(?:(gateway-status|comment)=(.*?)(?=\s+\.?[a-z][\w.-]*=|\s*$)"
    r"|([a-z][\w.-]*)=(\"[^\"]*\"|\S*))"
)
_LEGEND = re.compile(r"\s*$|Flags: |[a-zA-Z+] - |Columns: |#\s|\[\S+@[^\]]*\] ")
_NOISE = re.compile(r"\d\d:\d\d:\d\d echo: ")
_STATUS = re.compile(
    r"(?P<gateway>[^\s,]+) (?P<state>reachable|recursive|unreachable)(?: via +(?P<via>[^,]*?))?(?:,|\s*$)"
)
_KNOWN_FLAGS = frozenset("XADCSrbomBUPIFHcsdvyilgnHaet+ ")
_LINKS = {"c": "connected", "C": "connected", "s": "static", "S": "static", "d": "dhcp", "v": "vpn",
          "r": "rip", "b": "bgp", "o": "ospf", "m": "mme", "i": "isis", "y": "bgp", "g": "slaac"}  # fmt: skip
_DISCARDS = {"B": "drop", "U": "reject", "P": "reject"}
_TYPES = {"blackhole": "drop", "unreachable": "reject", "prohibit": "reject"}


class _Entry(NamedTuple):
    """One entry: the line it begins on, its flags, and its pairs as one text."""

    line: int
    number: int | None
    flags: str
    text: str


def ip_routes(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `/ip route print detail` or `terse`, of all routing tables."""
    return _read(text, vrf, 4)


def ipv6_routes(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of `/ipv6 route print detail` or `terse`."""
    return _read(text, vrf, 6)


def _read(text: Text, vrf: str | None, family: int) -> RouteTable:
    table = Table(text, "rib", vrf)
    with no_collection():
        expected = 0
        for entry in _entries(table):
            if entry.number is not None:
                if entry.number > expected:
                    table.miss(entry.line)
                expected = entry.number + 1
            _add(table, entry, family)
    return table.result(None, family)


def _entries(table: Table) -> list[_Entry]:
    """The entries of the text; lines that belong to none and are no legend are missed."""
    found: list[_Entry] = []
    comment = False
    for number, line in enumerate(table.text.lines, 1):
        if _LEGEND.match(line) or _NOISE.match(line):
            table.known += 1
            continue
        head = _TERSE_HEAD.match(line) or _HEAD.match(line)
        begins = head is not None and (head["flags"].strip() or head.groupdict().get("number"))
        if head is not None and begins and set(head["flags"]) <= _KNOWN_FLAGS:
            rest = head["rest"] or ""
            comment = rest.startswith(";;;")
            index = head.groupdict().get("number")
            text = "" if comment else rest
            found.append(_Entry(number, int(index) if index else None, head["flags"], text))
        elif found and line[:1] == " ":
            last = found[-1]
            if comment and not last.text and "=" not in line:
                continue
            found[-1] = last._replace(text=f"{last.text} {line.strip()}")
        else:
            table.miss(number)
    return found


def _add(table: Table, entry: _Entry, family: int) -> None:
    values = {a or c: (b or d).strip('"') for a, b, c, d in _PAIR.findall(entry.text)}
    prefix = values.get("dst-address")
    if prefix is None or "distance" not in values:
        # every entry states its distance: one that does not is cut off
        table.miss(entry.line)
        return
    if "/" not in prefix:
        prefix += "/128" if ":" in prefix else "/32"
    marked = values.get("routing-mark") or values.get("routing-table") or "main"
    table.vrf = DEFAULT_VRF if marked == "main" else marked
    flags = entry.flags
    discard = next((_DISCARDS[flag] for flag in flags if flag in _DISCARDS), None)
    discard = _TYPES.get(values.get("type", ""), discard)
    if "blackhole" in entry.text.split():
        discard = "drop"
    ways = () if discard else _hops(values)
    if not discard and not ways:
        table.miss(entry.line)
    protocol = next((_LINKS[flag] for flag in flags if flag in _LINKS), "unknown")
    hops = tuple(
        hop._replace(address=None) if protocol == "connected" and hop.interface else hop
        for hop in ways
    )
    table.row(
        entry.line,
        prefix,
        protocol,
        hops,
        discard=discard,
        distance=values["distance"] if values["distance"].isdecimal() else None,
        backup="A" not in flags,
    )


def _hops(values: dict[str, str]) -> tuple[NextHop, ...]:
    """The next hops that forward; a gateway that is listed several times has that weight."""
    gateways = [word for word in values.get("gateway", "").split(",") if word]
    status = values.get("gateway-status")
    found: list[NextHop] = []
    if status is not None:
        for match in _STATUS.finditer(status):
            if match["state"] != "unreachable":
                via = (match["via"] or "").split()
                found.append(_hop(match["gateway"], via[-1] if via else None))
        if not found and gateways:
            found = [_hop(word, None) for word in gateways]
    else:
        ways = [word for word in values.get("immediate-gw", "").split(",") if word]
        if len(ways) == len(gateways):
            found = [_hop(gateway, way) for gateway, way in zip(gateways, ways, strict=True)]
        else:
            found = [_hop(word, None) for word in ways or gateways]
    counted = {hop: found.count(hop) for hop in found}
    return tuple(hop._replace(weight=count) for hop, count in counted.items())


def _hop(gateway: str, way: str | None) -> NextHop:
    """The next hop `A`, `A%interface`, `interface` or `A@table`; `way` is where it leads in the end."""
    word, at, table = gateway.partition("@")
    vrf = (DEFAULT_VRF if table == "main" else table) if at else None
    address, _, interface = word.partition("%")
    if not is_address(address):
        address, interface = "", word
    if way is not None:
        immediate, _, name = way.partition("@")[0].partition("%")
        if name:
            interface = name
        elif not is_address(immediate):
            interface = immediate
    return NextHop(interface.strip("[]") or None, address or None, vrf)
