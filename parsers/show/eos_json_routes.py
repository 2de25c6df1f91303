"""`show ip route vrf all | json` and `show ipv6 route … | json` of Arista EOS.

Source: Arista, "eAPI Command API Guide" (model of show ip route), and the keys that devices print.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, Collector, is_address
from parsers.show.tails import INTERFACE, VXLAN_INTERFACE

_PREFIX_KEY = re.compile(r'"([\da-fA-F.:]+/\d+)"\s*:\s*\{')
_WORDS = {
    "connected": "connected",
    "static": "static",
    "kernel": "kernel",
    "ebgp": "bgp",
    "ibgp": "bgp",
    "bgp": "bgp",
    "bgpaggregate": "bgp",
    "rip": "rip",
    "local": "local",
    "martian": "martian",
    "dhcpdefaultroute": "dhcp",
}
_WAY_KEYS = frozenset(
    {"interface", "nexthopAddr", "vtepAddr", "routerMac", "vni", "weight", "vrfName"}
)
_INTERFACE = re.compile(INTERFACE)
_DISCARDS = frozenset({"drop", "discard"})


def _protocol(kind: str) -> str:
    low = kind.lower()
    if low in _WORDS:
        return _WORDS[low]
    for start in ("ospf", "isis", "bgp", "static"):
        if low.startswith(start):
            return start
    return low or "unknown"


def json_routes(text: Text, vrf: str | None = None, family: int = 4) -> RouteTable:
    """The routes of the JSON form; text that is no such JSON gives an incomplete, empty table."""
    table = Collector(text, "rib", family, vrf or DEFAULT_VRF)
    try:
        document = json.loads("\n".join(text.lines))
    except (ValueError, RecursionError):
        document = None
    vrfs = document.get("vrfs") if isinstance(document, dict) else None
    if not isinstance(vrfs, dict):
        if text.lines:
            table.miss(1)
        return table.table(vrf)
    table.known += 1
    lines = _lines_of(text.lines)
    for name, content in vrfs.items():
        table.vrf = name
        routes = content.get("routes") if isinstance(content, dict) else None
        if not isinstance(routes, dict):
            table.miss(1)
            continue
        for prefix, route in routes.items():
            line = next(lines, 1)
            if not (isinstance(route, dict) and _add(table, line, prefix, route)):
                table.miss(line)
    return table.table(vrf)


def _lines_of(lines: list[str]) -> Iterator[int]:
    """The line on which each prefix begins, in the order of the text."""
    for number, line in enumerate(lines, 1):
        for _ in _PREFIX_KEY.finditer(line):
            yield number


def _add(table: Collector, line: int, prefix: str, route: dict[str, Any]) -> bool:
    """Adds a route; False if something in it is not understood (it may still be added)."""
    address, _, length = prefix.partition("/")
    action, ways = route.get("routeAction"), route.get("vias")
    if (
        not length.isdecimal()
        or not isinstance(ways, list)
        or not isinstance(action, str)
        or action not in {"forward", *_DISCARDS}
    ):
        return False
    kind = route.get("routeType")
    understood = isinstance(kind, str)
    hops: list[NextHop] = []
    for way in ways:
        hop = _hop(table, way)
        if hop is None:
            understood = False
        else:
            hops += hop
    programmed = route.get("kernelProgrammed", True) and route.get("hardwareProgrammed", True)
    discard = "drop" if action in _DISCARDS else None
    if not hops and discard is None:
        return False
    added = table.add(
        line,
        address,
        length,
        _protocol(kind if isinstance(kind, str) else ""),
        () if discard else tuple(hops),
        discard=discard,
        distance=_number(route.get("preference")),
        metric=_number(route.get("metric")),
        conditional=None if programmed else "not programmed in the hardware",
    )
    return understood and added


def _number(value: object) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _hop(table: Collector, way: object) -> tuple[NextHop] | None:
    if not isinstance(way, dict) or way.keys() - _WAY_KEYS:
        return None
    interface, address = way.get("interface"), way.get("nexthopAddr") or None
    if way.get("vtepAddr"):
        interface, address = interface or VXLAN_INTERFACE, way["vtepAddr"]
    vrf, weight = way.get("vrfName"), way.get("weight", 1)
    if not (isinstance(weight, int) and (vrf is None or isinstance(vrf, str))):
        return None
    if interface is not None and not _INTERFACE.fullmatch(str(interface)):
        return None
    if address is not None and not is_address(str(address)):
        return None
    if interface is None and address is None:
        return None
    return table.hops(interface, address, vrf, weight)
