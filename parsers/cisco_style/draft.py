"""What a Cisco-style configuration has said so far, before it becomes a Device."""

from __future__ import annotations

from parsers.cisco_style.groups import RawGroup
from parsers.ledger import Ledger
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.device import MssRaise, PtbLimit
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


class Applied:
    """An access list named on an interface: `names` in the order in which they are chained."""

    __slots__ = ("direction", "family", "inactive", "line", "names", "stage")

    def __init__(
        self, names: tuple[str, ...], family: int, direction: str, line: int, stage: int = 0
    ) -> None:
        self.names = names
        self.family = family
        self.direction = direction
        self.line = line
        self.stage = stage
        self.inactive: str | None = None


class InterfaceDraft:
    """An interface while its block is read; a later line wins over an earlier one, as on devices."""

    def __init__(self, name: str, kind: InterfaceKind, where: Where) -> None:
        self.name = name
        self.kind = kind
        self.where = where
        self.enabled = True
        self.routed: bool | None = None
        self.vrf = "default"
        self.description = ""
        self.addresses: list[InterfaceAddress] = []
        self.dynamic_address: Sourced[str] | None = None
        self.mtu: Sourced[int] | None = None
        self.ip_mtu: Sourced[int] | None = None
        self.ipv6_mtu: Sourced[int] | None = None
        self.clamps: dict[tuple[int, str], MssClamp] = {}
        self.unreachables: dict[int, Sourced[bool]] = {}
        self.tunnel: dict[str, tuple[str, int]] = {}
        self.bundle: str | None = None
        self.parent: str | None = None
        self.zone: Sourced[str] | None = None
        self.nat: Sourced[str] | None = None
        self.policy_route: Sourced[str] | None = None
        self.urpf: Sourced[str] | None = None
        self.applied: list[Applied] = []
        self.choices: list[PathChoice] = []
        self.ipv6 = False
        self.not_understood: list[Where] = []

    def finish(self, ptb: tuple[Ptb, ...], tunnel: Tunnel | None) -> Interface:
        """The immutable interface; `ptb` and `tunnel` are what the platform made of the words."""
        return Interface(
            name=self.name,
            kind=self.kind,
            where=self.where,
            enabled=self.enabled,
            routed=self.routed is not False,
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


class RawFilter:
    """The lines of one access list, in the order of the text; `standard` matches sources only.

    `fast` holds the first and last line of a list that the fast pattern took whole, and whether
    addresses may be prefixes there.
    """

    __slots__ = ("fast", "first", "lines", "standard")

    def __init__(self, first: int, standard: bool = False) -> None:
        self.first = first
        self.standard = standard
        self.lines: list[tuple[int, str]] = []
        self.fast: tuple[int, int, bool] | None = None


class Draft:
    """The state that statement handlers of a Cisco-style platform fill.

    `interface` is the interface whose block is being read. `filters` hold raw lines: they are read
    after the walk, when all object groups are known. `open_list` is the name, family, kind and last line
    of the list that was read last: entries that lost their indentation continue it.
    """

    def __init__(self, file: str, lines: list[str], ledger: Ledger) -> None:
        self.file = file
        self.lines = lines
        self.ledger = ledger
        self.hostname: str | None = None
        self.version: str | None = None
        self.model: str | None = None
        self.interfaces: dict[str, InterfaceDraft] = {}
        self.interface: InterfaceDraft | None = None
        self.group: object = None
        self.subject: str | None = None
        self.vrf = "default"
        self.filters: dict[tuple[str, int], RawFilter] = {}
        self.network_groups: dict[str, RawGroup[AddressTerm]] = {}
        self.service_groups: dict[str, RawGroup[Match]] = {}
        self.port_groups: dict[str, RawGroup[Range]] = {}
        self.routes: list[Route] = []
        self.routes_complete = True
        self.route_lines_missed: list[Where] = []
        self.sources: list[Sourced[str]] = []
        self.choices: list[PathChoice] = []
        self.clamps: list[MssClamp] = []
        self.limits: list[PtbLimit] = []
        self.raises: list[MssRaise] = []
        self.df_cleared: list[Sourced[str]] = []
        self.recognised: list[Sourced[str]] = []
        self.globals: dict[str, tuple[str, int]] = {}
        self.open_list: tuple[str, int, bool, int] | None = None

    def where(self, line: int) -> Where:
        """The place of `line` in the configuration's file."""
        return Where(self.file, line)

    def missed(self, line: int, topic: str) -> None:
        """Called by the reader for a line that its table does not know."""
        if topic == "interface" and self.interface is not None:
            self.interface.not_understood.append(self.where(line))
        elif topic == "route":
            self.routes_complete = False
            self.route_lines_missed.append(self.where(line))

    def raw_filter(self, name: str, family: int, line: int, standard: bool = False) -> RawFilter:
        """The raw lines of access list `name`, which a second block continues."""
        found = self.filters.get((name, family))
        if found is None:
            found = RawFilter(line, standard)
            self.filters[name, family] = found
        return found
