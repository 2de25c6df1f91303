"""What a VRP or Comware configuration has said so far, before it becomes a Device."""

from __future__ import annotations

from typing import NamedTuple

from parsers.ledger import Ledger
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.device import PtbLimit
from parsers.model.filters import Match, Range
from parsers.model.interfaces import (
    Interface,
    InterfaceAddress,
    InterfaceKind,
    MssClamp,
    Ptb,
    Tunnel,
)
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where
from parsers.vrp_style.groups import RawGroup


class Applied(NamedTuple):
    """A filter named on an interface, globally or on a VLAN. `kind` is `acl` or `policy`; `rule` limits an
    access list to one of its rules."""

    name: str
    family: int
    direction: str
    line: int
    kind: str = "acl"
    rule: str | None = None
    inactive: str | None = None


class InterfaceDraft:
    """An interface while its view is read; a later line wins over an earlier one, as on devices."""

    def __init__(self, name: str, kind: InterfaceKind, where: Where) -> None:
        self.name = name
        self.kind = kind
        self.where = where
        self.enabled = True
        self.addressed = False
        self.bridged: int | None = None
        self.routed: int | None = None
        self.vrf = "default"
        self.description = ""
        self.addresses: list[InterfaceAddress] = []
        self.dynamic_address: Sourced[str] | None = None
        self.mtu: Sourced[int] | None = None
        self.ip_mtu: Sourced[int] | None = None
        self.ipv6_mtu: Sourced[int] | None = None
        self.clamps: dict[tuple[int, str], MssClamp] = {}
        self.tunnel: dict[str, tuple[str, int]] = {}
        self.bundle: str | None = None
        self.parent: str | None = None
        self.zone: Sourced[str] | None = None
        self.nat: Sourced[str] | None = None
        self.policy_route: Sourced[str] | None = None
        self.urpf: Sourced[str] | None = None
        self.applied: list[Applied] = []
        self.opened: dict[str, int] = {}
        self.choices: list[PathChoice] = []
        self.not_understood: list[Where] = []

    @property
    def is_routed(self) -> bool:
        """Whether the interface is a layer 3 one, as far as the text shows: an address makes it one."""
        if self.addresses or self.dynamic_address is not None:
            return True
        if self.bundle is not None:
            return False
        return self.bridged is None or (self.routed is not None and self.routed > self.bridged)

    def finish(self, ptb: tuple[Ptb, ...], tunnel: Tunnel | None) -> Interface:
        """The immutable interface; `ptb` and `tunnel` are what the platform made of the words."""
        return Interface(
            name=self.name,
            kind=self.kind,
            where=self.where,
            enabled=self.enabled,
            routed=self.is_routed,
            vrf=self.vrf,
            description=self.description,
            addresses=tuple(self.addresses),
            dynamic_address=self.dynamic_address,
            mtu=self.mtu,
            ip_mtu=self.ip_mtu,
            ipv6_mtu=self.ipv6_mtu,
            clamps=tuple(self.clamps.values()),
            ptb=ptb,
            tunnel=tunnel,
            bundle=self.bundle,
            parent=self.parent,
            zone=self.zone,
            nat=self.nat,
            policy_route=self.policy_route,
            urpf=self.urpf,
            not_understood=tuple(self.not_understood),
        )


class RawAcl:
    """The lines of one access list in the order of the text. `kind` is basic, advanced, user, interface, or
    other for lists that see no IP header (layer 2, user-defined offsets, MPLS, ARP)."""

    __slots__ = ("auto", "family", "first", "kind", "lines", "names", "step")

    def __init__(self, names: tuple[str, ...], family: int, kind: str, first: int) -> None:
        self.names = names
        self.family = family
        self.kind = kind
        self.first = first
        self.auto: int | None = None
        self.step = 5
        self.lines: list[tuple[int, str]] = []


class Condition(NamedTuple):
    """An `if-match` of a traffic classifier: `kind` is acl, acl6, any, any6, other, or odd (not understood)."""

    kind: str
    value: str
    line: int


class Classifier(NamedTuple):
    """A traffic classifier; `operator` is `and`, `or`, or empty where the text does not say."""

    operator: str
    conditions: list[Condition]
    line: int


class Behavior(NamedTuple):
    """A traffic behavior: `verdict` is the last of permit and deny with its line; `moves` are redirections."""

    verdict: list[tuple[str, int]]
    moves: list[tuple[str, int]]
    doubts: list[tuple[str, int]]


class Pair(NamedTuple):
    """`classifier C behavior B` in a traffic policy; `order` sorts the pairs where a precedence is given."""

    classifier: str
    behavior: str
    line: int
    order: int


class Policies:
    """Traffic classifiers, behaviors and policies, and the ones whose view is open."""

    def __init__(self) -> None:
        self.classifiers: dict[str, Classifier] = {}
        self.behaviors: dict[str, Behavior] = {}
        self.policies: dict[str, tuple[int, list[Pair]]] = {}
        self.classifier: Classifier | None = None
        self.behavior: Behavior | None = None
        self.policy: list[Pair] | None = None


class Draft:
    """The state that statement handlers fill. `interface` is the interface whose view is open; `acls` hold
    raw lines, since object groups may follow them."""

    def __init__(self, file: str, lines: list[str], ledger: Ledger) -> None:
        self.file = file
        self.lines = lines
        self.ledger = ledger
        self.hostname: str | None = None
        self.version: str | None = None
        self.model: str | None = None
        self.interfaces: dict[str, InterfaceDraft] = {}
        self.interface: InterfaceDraft | None = None
        self.subject: str | None = None
        self.acls: dict[tuple[str, int], RawAcl] = {}
        self.acl: RawAcl | None = None
        self.other_acls: set[str] = set()
        self.networks: dict[str, RawGroup[AddressTerm]] = {}
        self.ports: dict[str, RawGroup[Range]] = {}
        self.services: dict[str, RawGroup[Match]] = {}
        self.group: str | None = None
        self.policies = Policies()
        self.everywhere: list[Applied] = []
        self.on_vlans: list[tuple[str, Applied]] = []
        self.vlan: str | None = None
        self.routes: list[Route] = []
        self.routes_complete = True
        self.route_lines_missed: list[Where] = []
        self.sources: list[Sourced[str]] = []
        self.choices: list[PathChoice] = []
        self.limits: list[PtbLimit] = []
        self.df_cleared: list[Sourced[str]] = []
        self.recognised: list[Sourced[str]] = []
        self.settings: dict[str, tuple[str, int]] = {}

    def where(self, line: int) -> Where:
        """The place of `line` in the configuration's file."""
        return Where(self.file, line)

    def missed(self, line: int, topic: str) -> None:
        """Called by the walk for a line that its table does not know."""
        if topic == "interface" and self.interface is not None:
            self.interface.not_understood.append(self.where(line))
        elif topic == "route":
            self.routes_complete = False
            self.route_lines_missed.append(self.where(line))
