"""FRR's tables: `show ip route … json` and the text of `show ip route` (zebra)."""

from __future__ import annotations

import json
import re
from typing import Any

from parsers.ledger import Ledger
from parsers.model.addresses import prefix_term
from parsers.model.routes import NextHop, Route, RouteTable
from parsers.model.source import Where
from parsers.platform import Text
from parsers.tables.frr_text import frr_routes

_ROUTE_KEY = re.compile(r'^\s*"((?:default|[0-9A-Fa-f.:]+)(?:\\*/\d+)?)"\s*:')


def read_json(file: str, lines: list[str], ledger: Ledger, family: int) -> RouteTable:
    """The routes of one `show ip route [vrf all] json`; two documents may follow each other."""
    text = "\n".join(lines)
    places = _places(lines)
    decoder = json.JSONDecoder()
    routes: list[Route] = []
    missed: list[Where] = []
    position = documents = 0
    while (position := _start(text, position)) < len(text):
        try:
            document, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            missed.append(Where(file, text.count("\n", 0, position) + 1))
            break
        vrf = "default" if not documents else f"unnamed {documents}"
        documents += 1
        found = len(routes)
        _document(document, vrf, places, file, routes, missed)
        if any(route.vrf == vrf for route in routes[found:]) and vrf != "default":
            missed.append(Where(file, text.count("\n", 0, position) + 1))  # its VRF is not told
    ledger.use_range(1, len(lines))
    for where in missed:
        ledger.miss(where.line, "route", None)
    return _table(file, routes, missed, family)


def _start(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position


def _places(lines: list[str]) -> dict[str, list[int]]:
    """The lines on which the key of each prefix stands, in order."""
    out: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        match = _ROUTE_KEY.match(line)
        if match is not None:
            out.setdefault(match.group(1).replace("\\", ""), []).append(number)
    return out


def _document(
    document: Any,
    vrf: str,
    places: dict[str, list[int]],
    file: str,
    routes: list[Route],
    missed: list[Where],
) -> None:
    """Reads prefixes to lists of routes, or VRF names to such objects."""
    if not isinstance(document, dict):
        missed.append(Where(file, 1))
        return
    for key, value in document.items():
        if isinstance(value, dict):
            _document(value, key, places, file, routes, missed)
        elif isinstance(value, list):
            lines = places.get(key.replace("\\", ""), [1])
            line = lines.pop(0) if len(lines) > 1 else lines[0]
            for body in value:
                route = _json_route(body, vrf, line)
                if route is None:
                    missed.append(Where(file, line))
                else:
                    routes.append(route)


def _json_route(body: Any, vrf: str, line: int) -> Route | None:
    try:
        prefix = body["prefix"].replace("\\/", "/")
        term = prefix_term(prefix)
        length = int(prefix.partition("/")[2])
        hops = []
        discard = None
        for hop in body.get("nexthops", ()):
            if hop.get("blackhole") or hop.get("unreachable"):
                discard = "reject" if hop.get("reject") or hop.get("admin-prohibited") else "drop"
            elif _active(hop):
                weight = int(hop.get("weight", 1))
                interface, gateway = _text(hop.get("interfaceName")), _text(hop.get("ip"))
                hops.append(NextHop(interface, gateway, _text(hop.get("vrf")), weight))
        table = str(body.get("vrfName", vrf))
        return Route(
            term.family, term.value, length, table, str(body["protocol"]), tuple(hops), line,
            discard, _number(body.get("distance")), _number(body.get("metric")),
            not body.get("selected", False) or not (hops or discard),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("no name or address")
    return value


def _number(value: Any) -> int | None:
    if value is not None and not isinstance(value, int):
        raise TypeError("no number")
    return value


def _active(hop: dict[str, Any]) -> bool:
    """Whether a next hop forwards: recursive ones are resolved by others, backups wait."""
    return bool(hop.get("fib", hop.get("active"))) and not (
        hop.get("recursive") or hop.get("duplicate") or hop.get("backup")
    )


def _table(file: str, routes: list[Route], missed: list[Where], family: int) -> RouteTable:
    families = {route.family for route in routes}
    table = RouteTable(
        source="rib",
        file=file,
        vrf=None,
        family=family or (families.pop() if len(families) == 1 else None),
        routes=tuple(routes),
        complete=not missed,
        not_understood=tuple(missed),
    )
    _ = table.indexes  # built here: it belongs to reading, and judging is to be quick
    return table


def read_text(file: str, lines: list[str], ledger: Ledger, family: int) -> RouteTable:
    """The routes of `show ip route`."""
    table = frr_routes(Text(file, "show ip route", lines), None, family or None)
    ledger.use_range(1, len(lines))
    for where in table.not_understood:
        ledger.miss(where.line, "route", None)
    return table
