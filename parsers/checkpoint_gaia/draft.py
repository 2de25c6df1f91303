"""What is gathered while clish commands are read: the device is made of it at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.ledger import Ledger
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, Tunnel
from parsers.model.source import IntFact, Sourced, TextFact, Where


@dataclass
class Link:
    """An interface while it is being read."""

    name: str
    kind: InterfaceKind = InterfaceKind.PHYSICAL
    where: Where | None = None
    enabled: bool = True
    description: str = ""
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    mtu: Sourced[int] | None = None
    tunnel: Tunnel | None = None
    bundle: str | None = None
    bridge: str | None = None
    parent: str | None = None
    vrf: str = "default"
    not_understood: list[Where] = field(default_factory=list)


@dataclass
class Bond:
    """A bonding group with its mode and hash, as far as the text says them."""

    name: str
    where: Where
    mode: Sourced[str] | None = None
    policy: str | None = None


@dataclass
class Hop:
    """A way of a static route: an address or a logical interface."""

    line: int
    address: str | None = None
    interface: str | None = None
    priority: int | None = None


@dataclass
class StaticRoute:
    """A static route while commands add and remove its ways."""

    line: int
    hops: dict[str, Hop] = field(default_factory=dict)
    discard: str | None = None
    discard_line: int = 0
    rank: int = 60
    watched: str | None = None


Key = tuple[int, int, int, str]
"""Family, value, length and VRF of a route."""


@dataclass
class Draft:
    """All facts of one configuration. `vrf` is the virtual system that the commands are for."""

    file: str
    ledger: Ledger
    name: str = ""
    vrf: str = "default"
    links: dict[str, Link] = field(default_factory=dict)
    bonds: dict[str, Bond] = field(default_factory=dict)
    routes: dict[Key, StaticRoute] = field(default_factory=dict)
    odd_routes: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    recognised: list[Sourced[str]] = field(default_factory=list)
    ipv6: bool | None = None

    def where(self, line: int) -> Where:
        """The place of a line."""
        return Where(self.file, line)

    def link(self, name: str, line: int) -> Link:
        """The interface called `name`."""
        found = self.links.get(name)
        if found is None:
            found = self.links[name] = Link(name, where=self.where(line), vrf=self.vrf)
            if name == "lo" or name.startswith("loop"):
                found.kind = InterfaceKind.LOOPBACK
            elif name.startswith("bond") and "." not in name:
                found.kind = InterfaceKind.BUNDLE
            elif "." in name:
                found.kind, found.parent = InterfaceKind.SUBINTERFACE, name.rpartition(".")[0]
        return found

    def note(self, value: str, line: int, note: str) -> None:
        """Records something that is recognised and not modelled."""
        self.recognised.append(TextFact(value=value, where=self.where(line), note=note))

    def source(self, name: str, line: int) -> None:
        """Records, once, that a protocol may install routes."""
        if not any(known.value == name for known in self.sources):
            self.sources.append(TextFact(value=name, where=self.where(line)))

    def number(self, value: int, line: int) -> Sourced[int]:
        """A number with its line."""
        return IntFact(value=value, where=self.where(line))
