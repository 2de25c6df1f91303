"""Tables as words, so that expected routes read like what the device printed."""

from __future__ import annotations

import ipaddress

from parsers.model.routes import NextHop, Route, RouteTable
from parsers.platform import Text


def text(body: str, file: str = "show.txt", command: str = "") -> Text:
    """The lines of `body` without the first line end."""
    return Text(file, command, body.removeprefix("\n").split("\n"))


def shown(table: RouteTable) -> list[str]:
    """One line of words for each route: line, VRF, prefix, source, ways, signs."""
    return [_route(route) for route in table.routes]


def missed(table: RouteTable) -> list[int]:
    """The lines that were not understood."""
    assert table.complete is not bool(table.not_understood)
    return [where.line for where in table.not_understood]


def _route(route: Route) -> str:
    network = ipaddress.IPv4Network if route.family == 4 else ipaddress.IPv6Network
    prefix = network((route.value, route.length))
    words = [f"{route.line}: {route.vrf} {prefix} {route.protocol}"]
    if route.distance is not None or route.metric is not None:
        words.append(f"[{route.distance}/{route.metric}]")
    words += [_hop(hop) for hop in route.next_hops]
    if route.discard:
        words.append(route.discard.upper())
    if route.backup:
        words.append("(backup)")
    if route.conditional:
        words.append(f"if {route.conditional}")
    return " ".join(words)


def _hop(hop: NextHop) -> str:
    vrf = f"%{hop.vrf}" if hop.vrf else ""
    weight = f"*{hop.weight}" if hop.weight != 1 else ""
    return f"{hop.address or ''}@{hop.interface or ''}{vrf}{weight}"
