"""One device seen from one service: which paths carry it, and from where to where packets cross."""

from __future__ import annotations

import ipaddress
from functools import cached_property
from typing import NamedTuple

from parsers.model.addresses import BITS, FULL, AddressTerm
from parsers.model.device import Device
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface, InterfaceAddress, InterfaceKind
from parsers.model.source import Where
from rules.forwarding import TRANSIT_KINDS, Forwarding, Path
from rules.service import Network, Service

ROUTED_SOURCES_LIMIT = 2000
"""Inside prefixes taken from routes before the inside counts as the whole family."""


class Options(NamedTuple):
    """What the user said about the network: `sources` are inside prefixes (`--from`)."""

    sources: tuple[Network, ...] = ()


class Crossing(NamedTuple):
    """A VRF and family with the interfaces that sessions to the service use.

    `known` is False where no route shows the outside: every interface may then be either side.
    """

    vrf: str
    family: int
    inside: tuple[Interface, ...]
    outside: tuple[Interface, ...]
    paths: tuple[Path, ...]
    known: bool


def is_uplink(interface: Interface) -> bool:
    """Whether an interface says itself that a provider is behind it. A route that waits is not enough: the way of
    last resort is often another router among the clients."""
    outside = interface.nat is not None and interface.nat.value == "outside"
    return outside or interface.dynamic_address is not None


class View:
    """A device and a service; every rule reads this and nothing else."""

    def __init__(self, device: Device, service: Service, options: Options | None = None) -> None:
        self.device = device
        self.service = service
        self.options = options or Options()
        self.interfaces = {interface.name: interface for interface in device.interfaces}
        self.cache: dict[object, object] = {}
        """What rules ask several times, by question."""

    @cached_property
    def forwarding(self) -> Forwarding:
        """The look-ups of the device."""
        return Forwarding(self.device)

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """The paths to the service in every VRF that could carry users."""
        found: list[Path] = []
        for family in (4, 6):
            for vrf in self.forwarding.vrfs(family):
                if not self.is_management(vrf):
                    found.extend(self.forwarding.paths(self.service, vrf, family))
        return tuple(found)

    def is_management(self, vrf: str) -> bool:
        """Whether only management interfaces are in a VRF: no transit there."""
        members = [i for i in self.device.interfaces if i.vrf == vrf]
        return bool(members) and all(i.kind is InterfaceKind.MANAGEMENT for i in members)

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """The VRFs and families that interfaces or tables have, with their two sides."""
        keys: dict[tuple[str, int], None] = {}
        for family in (4, 6):
            for vrf in self.forwarding.vrfs(family):
                if not self.is_management(vrf):
                    keys[vrf, family] = None
        for vrf, family in self._filtered():
            keys.setdefault((vrf, family))
        found = [self._crossing(vrf, family) for vrf, family in keys]
        known = {crossing.family for crossing in found if crossing.known}
        return tuple(c for c in found if c.known or c.family not in known or not _leads_nowhere(c))

    def _filtered(self) -> list[tuple[str, int]]:
        """VRFs and families that filters speak of without any address in the texts: a list of rules alone is
        judged too, since silence would be a pass that nobody looked at."""
        found: dict[tuple[str, int], None] = {}
        if self.forwarding.vrfs(4) or self.forwarding.vrfs(6):
            return []
        for binding in self.device.bindings:
            interface = self.interfaces.get(binding.interface or "")
            vrf = interface.vrf if interface is not None else "default"
            for family in (binding.family,) if binding.family else (4, 6):
                if binding.inactive is None:
                    found[vrf, family] = None
        return list(found)

    def _crossing(self, vrf: str, family: int) -> Crossing:
        paths = tuple(p for p in self.paths if (p.vrf, p.family) == (vrf, family))
        names = {leaf.interface for path in paths for leaf in path.leaves if leaf.interface}
        outside = tuple(self.interface(name) for name in sorted(names))
        members = [
            interface
            for interface in self.device.interfaces or self._interfaces_of_table(vrf, family)
            if interface.vrf == vrf
            and interface.enabled
            and interface.routed
            and interface.kind in TRANSIT_KINDS
            and (interface.addresses or interface.dynamic_address)
        ]
        if not outside and not members:
            bound = {b.interface for b in self.device.bindings if b.family in (0, family)}
            members = [
                i for i in self.device.interfaces if i.name in bound and i.vrf == vrf and i.enabled
            ]
        outside_names = {interface.name for interface in outside} | self._carriers(outside)
        standby = self.forwarding.standby(self.service, vrf, family)
        outside_names |= {i.name for i in members if i.name in standby and is_uplink(i)}
        inside = tuple(i for i in members if i.name not in outside_names)
        if not outside:
            return Crossing(vrf, family, tuple(members), (), paths, known=False)
        return Crossing(vrf, family, inside, outside, paths, known=True)

    def _interfaces_of_table(self, vrf: str, family: int) -> tuple[Interface, ...]:
        """Interfaces as the connected routes of a table show them, where no text describes interfaces."""
        return tuple(
            Interface(
                name=name,
                vrf=vrf,
                addresses=tuple(
                    InterfaceAddress(r.family, r.value, r.length, Where(file, r.line))
                    for r in routes
                ),
            )
            for name, file, routes in self.forwarding.connected(vrf, family)
        )

    def example_client(self, family: int, vrf: str) -> str:
        """The address of a client that can stand behind an inside interface; an address from the ranges for
        documentation (RFC 5737, RFC 3849) where no inside network is known."""
        for crossing in self.crossings:
            if (crossing.vrf, crossing.family) == (vrf, family):
                for interface in crossing.inside:
                    for term in self.sources(crossing, interface):
                        room = FULL[family] ^ term.care
                        host = term.value + (10 if room > 10 else 1 if room > 1 else 0)
                        return str(
                            ipaddress.ip_address(host.to_bytes(4 if family == 4 else 16, "big"))
                        )
        return "192.0.2.10" if family == 4 else "2001:db8::10"

    def is_used(self, name: str) -> bool:
        """Whether sessions may use an interface, or a tunnel that carries them does."""
        used = {i.name for c in self.crossings for i in (*c.inside, *c.outside)}
        return name in used or any(name in self._carriers(c.outside) for c in self.crossings)

    def _carriers(self, outside: tuple[Interface, ...]) -> set[str]:
        """The interfaces underneath the tunnels among `outside`: the service is behind them, not clients."""
        sources = {i.tunnel.source for i in outside if i.tunnel is not None and i.tunnel.source}
        return {
            interface.name
            for interface in self.device.interfaces
            if interface.name in sources
            or any(
                str(ipaddress.ip_address(address.value)) in sources
                for address in interface.addresses
                if address.family == 4
            )
        }

    def interface(self, name: str) -> Interface:
        """The interface a table names; one that the configuration lacks has no facts but its name."""
        found = self.interfaces.get(name)
        if found is not None:
            return found
        short = {short_name(known): interface for known, interface in self.interfaces.items()}
        return short.get(short_name(name)) or Interface(name=name)

    def bindings(self, interface: str, direction: str, family: int) -> list[Binding]:
        """The filters on one direction of an interface, in the order in which packets meet them."""
        found = [
            b
            for b in self.device.bindings
            if b.interface == interface and b.direction == direction and b.family in (0, family)
        ]
        return sorted(found, key=lambda binding: binding.order)

    def hook_bindings(self, family: int, direction: str) -> list[Binding]:
        """The filters of a hook: `forward` sees every forwarded packet, `in` those to the device itself,
        `out` those that it sends."""
        found = [
            b
            for b in self.device.bindings
            if b.interface is None
            and b.direction == direction
            and b.family in (0, family)
            and b.inactive is None
        ]
        return sorted(found, key=lambda binding: binding.order)

    def filter_of(self, binding: Binding) -> Filter | None:
        """The filter that a binding names."""
        return self.device.filters.get((binding.key, binding.family))

    def sources(self, crossing: Crossing, interface: Interface) -> tuple[AddressTerm, ...]:
        """The sources that can really arrive on an inside interface: its own networks and those routed
        through it, or what the user gave with `--from`. An empty tuple means that none are known."""
        family = crossing.family
        given = tuple(
            AddressTerm(family, int(n.network_address), int(n.netmask))
            for n in self.options.sources
            if n.version == family
        )
        if given:
            return given
        terms = dict.fromkeys(network_terms(interface, family))
        entry = self.forwarding.routes_via(crossing.vrf, family, interface.name)
        for route in entry[:ROUTED_SOURCES_LIMIT]:
            if route.length:
                terms[_term(family, route.value, route.length)] = None
        return tuple(terms)


def _leads_nowhere(crossing: Crossing) -> bool:
    """Whether a VRF has certainly no route to the service: no session crosses there."""
    return all(path.certain and not path.routes for path in crossing.paths)


def network_terms(interface: Interface, family: int) -> tuple[AddressTerm, ...]:
    """The networks of an interface's addresses, link-local ones aside."""
    return tuple(
        _term(family, address.value, address.length)
        for address in interface.addresses
        if address.family == family and not (family == 6 and address.value >> 118 == 0x3FA)
    )


def _term(family: int, value: int, length: int) -> AddressTerm:
    bits = BITS[family]
    care = FULL[family] ^ ((1 << (bits - length)) - 1)
    return AddressTerm(family, value & care, care)


def short_name(name: str) -> str:
    """The first two letters and the numbers of an interface: tables abbreviate names."""
    letters = "".join(c for c in name if c.isalpha()).lower()
    numbers = name.lstrip("".join({c for c in name if c.isalpha() or c == "-"}))
    return f"{letters[:2]}{numbers}"
