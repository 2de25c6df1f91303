"""The virtual domain that a routing table is of: the output does not name it, its interfaces tell.

An interface is in one domain only (Fortinet, Administration Guide, "Virtual Domains").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsers.model.interfaces import Interface
from parsers.model.routes import Route, RouteTable
from parsers.show.collector import DEFAULT_VRF
from parsers.tables.rows import with_routes

_VRF = " vrf "


def placed(
    tables: Iterable[RouteTable], interfaces: Mapping[str, Interface]
) -> tuple[RouteTable, ...]:
    """The tables with the names that the configuration has for their VRFs."""
    return tuple(_placed(table, interfaces) for table in tables)


def _placed(table: RouteTable, interfaces: Mapping[str, Interface]) -> RouteTable:
    domains = {
        known.vrf.partition(_VRF)[0]
        for route in table.routes
        if route.protocol == "connected"
        for hop in route.next_hops
        if (known := interfaces.get(hop.interface or "")) is not None
    }
    if len(domains) != 1 or domains == {DEFAULT_VRF}:
        return table
    (domain,) = domains
    routes = [_renamed(route, domain) for route in table.routes]
    return with_routes(table, routes)


def _renamed(route: Route, domain: str) -> Route:
    _, vrf, number = route.vrf.partition(_VRF)
    return route._replace(vrf=f"{domain}{vrf}{number}")
