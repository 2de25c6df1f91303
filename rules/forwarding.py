"""Where a device sends packets to the service: longest-prefix match, down to interfaces.

A published range may be split by more specific routes, so the answer is a list of pieces, each with the
route that carries it and the distinct ways out (RFC 4632, longest match; recursion as in RFC 4271 5.1.3).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from parsers.model.addresses import BITS
from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from parsers.model.route_index import Key, RouteIndex
from parsers.model.routes import NextHop, Route, RouteTable
from rules.service import Network, Service, collapse

RECURSION_LIMIT = 16
INSIDE_TABLE_LIMIT = 20_000


class Leaf(NamedTuple):
    """A way out: the egress interface, and the next hop's address where there is one."""

    interface: str | None
    address: str | None


class Path(NamedTuple):
    """How one piece of the service is forwarded.

    `route` None means that the table has no route. `certain` is False where something that the texts do
    not show could change the answer, and `doubt` says what. `leaves` are distinct and sorted.
    """

    prefix: Network
    vrf: str
    family: int
    routes: tuple[Route, ...]
    leaves: tuple[Leaf, ...]
    source: str
    file: str
    certain: bool = True
    doubt: str = ""
    discard: str | None = None

    @property
    def route(self) -> Route | None:
        """The first of the routes that carry the piece."""
        return self.routes[0] if self.routes else None

    @property
    def equal_cost(self) -> int:
        """The number of distinct ways out."""
        return len(self.leaves)


class Fib:
    """The routes of one VRF and family, for longest-prefix match. One text gives one index; the outputs of
    several commands may speak of the same VRF."""

    def __init__(self, indexes: Sequence[RouteIndex]) -> None:
        self.indexes = indexes

    def __len__(self) -> int:
        return sum(len(index) for index in self.indexes)

    def __iter__(self) -> Iterator[Route]:
        return chain.from_iterable(self.indexes)

    def best(self, value: int, longest: int | None = None) -> list[Route]:
        """The routes of the longest prefix that contains `value`, not longer than `longest`."""
        found = [routes for index in self.indexes if (routes := index.best(value, longest))]
        length = max((routes[0].length for routes in found), default=0)
        return [route for routes in found if routes[0].length == length for route in routes]

    def exact(self, length: int, value: int) -> list[Route]:
        """The routes of one prefix."""
        return [route for index in self.indexes for route in index.exact(length, value)]

    def inside(self, network: Network) -> list[Key]:
        """The prefixes that are longer than `network` and inside it, the longest first."""
        low, high = int(network.network_address), int(network.broadcast_address)
        keys = {key for i in self.indexes for key in i.inside(low, high, network.prefixlen)}
        return sorted(keys, key=lambda key: (-key[0], key[1]))

    def leaves(self, routes: Iterable[Route], depth: int = 0) -> set[Leaf]:
        """The distinct ways out of `routes`, next hops without an interface resolved recursively."""
        found: set[Leaf] = set()
        for route in routes:
            if route.discard:
                continue
            for hop in route.next_hops:
                found |= self._leaf(hop, depth)
        return found

    def _leaf(self, hop: NextHop, depth: int) -> set[Leaf]:
        if hop.interface is not None or hop.address is None:
            return {Leaf(hop.interface, hop.address)}
        if depth >= RECURSION_LIMIT:
            return {Leaf(None, hop.address)}
        try:
            value = int(ipaddress.ip_address(hop.address))
        except ValueError:
            return {Leaf(None, hop.address)}
        via = [route for route in self.best(value) if not route.backup]
        connected = [r for r in via if any(h.interface and h.address is None for h in r.next_hops)]
        if connected:
            return {
                Leaf(h.interface, hop.address)
                for r in connected
                for h in r.next_hops
                if h.interface
            }
        return self.leaves(via, depth + 1) or {Leaf(None, hop.address)}


def connected_routes(device: Device) -> Iterator[Route]:
    """The networks of the interfaces that are up, as routes."""
    for interface in device.interfaces:
        if not interface.enabled or not interface.routed:
            continue
        for address in interface.addresses:
            shift = BITS[address.family] - address.length
            yield Route(
                address.family,
                address.value >> shift << shift,
                address.length,
                interface.vrf,
                "connected",
                (NextHop(interface.name, None),),
                address.where.line,
                distance=0,
            )


class Forwarding:
    """All look-ups of one device. Forwarding tables win over routing tables, those over the
    configuration (evidence precedence: the nearer to the hardware the better)."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self._fibs: dict[tuple[str, int], tuple[Fib, str, str, bool, str]] = {}
        self._via: dict[tuple[str, int], dict[str, list[Route]]] = {}
        for vrf, family in self._keys():
            self._fibs[vrf, family] = self._build(vrf, family)

    def _keys(self) -> list[tuple[str, int]]:
        keys: dict[tuple[str, int], None] = {}
        for interface in self.device.interfaces:
            for address in interface.addresses:
                keys[interface.vrf, address.family] = None
        for table in self._tables():
            keys |= dict.fromkeys(table.indexes)
        return sorted(keys)

    def _tables(self) -> list[RouteTable]:
        tables = list(self.device.tables)
        if self.device.static_routes is not None:
            tables.append(self.device.static_routes)
        return tables

    def _build(self, vrf: str, family: int) -> tuple[Fib, str, str, bool, str]:
        for source in ("fib", "rib"):
            tables = [
                table
                for table in self.device.tables
                if table.source == source
                and table.vrf in (None, vrf)
                and table.family in (None, family)
                and (vrf, family) in table.indexes
            ]
            if tables:
                complete = all(table.complete for table in tables)
                doubt = "" if complete else f"lines of {tables[0].file} are not understood"
                fib = Fib([table.indexes[vrf, family] for table in tables])
                return fib, source, tables[0].file, complete, doubt
        return self._from_config(vrf, family)

    def _from_config(self, vrf: str, family: int) -> tuple[Fib, str, str, bool, str]:
        static = self.device.static_routes
        routes = [r for r in connected_routes(self.device) if (r.vrf, r.family) == (vrf, family)]
        doubt = ""
        if static is not None:
            routes += [
                r for r in static.routes if (r.vrf, r.family) == (vrf, family) and not r.backup
            ]
            if not static.complete:
                doubt = "static routes that are not understood"
        if self.device.routing_sources:
            names = sorted({source.value for source in self.device.routing_sources})
            doubt = f"routes that {', '.join(names)} may install"
        file = static.file if static is not None else ""
        return Fib([RouteIndex(routes, family)]), "config", file, not doubt, doubt

    def vrfs(self, family: int) -> list[str]:
        """The VRFs with routes or addresses of a family."""
        return [vrf for vrf, found in self._fibs if found == family]

    def routes_via(self, vrf: str, family: int, interface: str) -> list[Route]:
        """The routes of a VRF whose ways out are all through `interface`; none for a table so large
        that its routes are the Internet's and say nothing about the inside."""
        key = (vrf, family)
        if key not in self._via:
            by_interface: dict[str, list[Route]] = {}
            entry = self._fibs.get(key)
            if entry is not None and len(entry[0]) <= INSIDE_TABLE_LIMIT:
                for route in entry[0]:
                    names = {leaf.interface for leaf in entry[0].leaves([route])}
                    if len(names) == 1:
                        by_interface.setdefault(names.pop() or "", []).append(route)
            self._via[key] = by_interface
        return self._via[key].get(interface, [])

    def standby(self, service: Service, vrf: str, family: int) -> set[str]:
        """The interfaces of configured routes to the service that wait for better ones to fail: the service may
        be behind them, clients are not."""
        static = self.device.static_routes
        found: set[str] = set()
        for route in static.routes if static is not None else ():
            if not route.backup or (route.vrf, route.family) != (vrf, family) or route.discard:
                continue
            network = ipaddress.ip_network((route.value, route.length))
            if not any(network.overlaps(prefix) for prefix in service.of_family(family)):
                continue
            found |= {name for hop in route.next_hops if (name := self._way(hop, vrf, family))}
        return found

    def ways(self, value: int, vrf: str, family: int) -> set[str]:
        """The interfaces that lead to one address; empty where no route is known."""
        entry = self._fibs.get((vrf, family))
        if entry is None:
            return set()
        fib = entry[0]
        return {leaf.interface for leaf in fib.leaves(fib.best(value)) if leaf.interface}

    def _way(self, hop: NextHop, vrf: str, family: int) -> str | None:
        """The interface of a next hop, by its own word or by the network that it stands in."""
        if hop.interface is not None or hop.address is None:
            return hop.interface
        try:
            address = int(ipaddress.ip_address(hop.address))
        except ValueError:
            return None
        for route in connected_routes(self.device):
            shift = BITS[family] - route.length
            if (route.vrf, route.family) == (
                vrf,
                family,
            ) and route.value >> shift == address >> shift:
                return route.next_hops[0].interface
        return None

    def connected(self, vrf: str, family: int) -> list[tuple[str, str, list[Route]]]:
        """The interfaces of the connected routes of a VRF's table, with the table's file and the routes."""
        entry = self._fibs.get((vrf, family))
        found: dict[str, list[Route]] = {}
        for index in entry[0].indexes if entry is not None else ():
            for route in index.connected:
                hop = route.next_hops[0] if len(route.next_hops) == 1 else None
                if hop is not None and hop.interface is not None and hop.address is None:
                    found.setdefault(hop.interface, []).append(route)
        file = entry[2] if entry is not None else ""
        return [(name, file, routes) for name, routes in sorted(found.items())]

    def paths(self, service: Service, vrf: str, family: int) -> list[Path]:
        """The pieces of the service's prefixes with the routes that carry them."""
        entry = self._fibs.get((vrf, family))
        if entry is None:
            return []
        return [
            path
            for prefix in service.of_family(family)
            for path in self._pieces(prefix, vrf, family, entry)
        ]

    def _pieces(
        self, prefix: Network, vrf: str, family: int, entry: tuple[Fib, str, str, bool, str]
    ) -> Iterator[Path]:
        fib = entry[0]
        covered: list[Network] = []
        for length, value in fib.inside(prefix):
            network = ipaddress.ip_network((value, length))
            if not _is_covered(network, covered):
                routes = fib.exact(length, value)
                if any(r.protocol == "local" for r in routes):
                    covered.append(network)
                    continue
                yield self._path(network, vrf, family, routes, entry)
            covered.append(network)
        if not _is_covered(prefix, covered):
            routes = fib.best(int(prefix.network_address), prefix.prefixlen)
            yield self._path(prefix, vrf, family, routes, entry)

    def _path(
        self,
        prefix: Network,
        vrf: str,
        family: int,
        routes: list[Route],
        entry: tuple[Fib, str, str, bool, str],
    ) -> Path:
        fib, source, file, certain, doubt = entry
        conditional = next((r.conditional for r in routes if r.conditional), None)
        if conditional:
            certain, doubt = False, conditional
        discard = None
        if routes and all(route.discard for route in routes):
            discard = routes[0].discard
        leaves = {
            self._resolve_vrf(leaf, route) for route in routes for leaf in fib.leaves([route])
        }
        known = sorted(leaves, key=lambda leaf: (leaf.interface or "", leaf.address or ""))
        return Path(
            prefix, vrf, family, tuple(routes), tuple(known), source, file, certain, doubt, discard
        )

    def _resolve_vrf(self, leaf: Leaf, route: Route) -> Leaf:
        """A next hop in another VRF is looked up there."""
        if leaf.interface is not None or leaf.address is None:
            return leaf
        hop = next((h for h in route.next_hops if h.address == leaf.address and h.vrf), None)
        if hop is None or hop.vrf is None:
            return leaf
        other = self._fibs.get((hop.vrf, route.family))
        if other is None:
            return leaf
        found = other[0]._leaf(NextHop(None, hop.address), 0)
        return min(found, key=lambda item: (item.interface is None, item.interface or ""))


def _is_covered(network: Network, parts: list[Network]) -> bool:
    """Whether `parts` together hold every address of `network`."""
    inside = [part for part in parts if part.version == network.version and part.overlaps(network)]
    if any(part.prefixlen <= network.prefixlen for part in inside):
        return True
    return sum(part.num_addresses for part in collapse(inside)) >= network.num_addresses


TRANSIT_KINDS = frozenset(
    {
        InterfaceKind.PHYSICAL,
        InterfaceKind.SUBINTERFACE,
        InterfaceKind.VLAN,
        InterfaceKind.BUNDLE,
        InterfaceKind.TUNNEL,
        InterfaceKind.DIALER,
        InterfaceKind.OTHER,
    }
)
"""Interfaces that packets of others cross."""
