"""Which routing tables of a device are VRFs: the others are reached by marks and rules, which are noted."""

from __future__ import annotations

from collections.abc import Iterable, Set

from parsers.model.routes import RouteTable
from parsers.show.collector import DEFAULT_VRF
from parsers.tables.rows import with_routes


def of_vrfs(tables: Iterable[RouteTable], vrfs: Set[str]) -> tuple[RouteTable, ...]:
    """The tables without the routes of tables that are no VRF."""
    return tuple(_of_vrfs(table, {DEFAULT_VRF, *vrfs}) for table in tables)


def _of_vrfs(table: RouteTable, vrfs: Set[str]) -> RouteTable:
    routes = [route for route in table.routes if route.vrf in vrfs]
    if len(routes) == len(table.routes):
        return table
    return with_routes(table, routes)
