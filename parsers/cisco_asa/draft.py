"""What an ASA configuration has said so far, before it becomes a Device."""

from __future__ import annotations

from typing import NamedTuple

from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.cisco_style.groups import RawGroup
from parsers.ledger import Ledger
from parsers.model.filters import IcmpTest
from parsers.model.interfaces import InterfaceKind
from parsers.model.source import Where

MODERN = (8, 3)
"""From this release on access lists name real addresses, whatever NAT does (release notes of 8.3)."""
UNIFIED = (9, 0)
"""From this release on one access list holds IPv4 and IPv6 (release notes of 9.0)."""


class AsaInterface(InterfaceDraft):
    """An interface; `nameif` is what every other statement calls it, None if it carries no traffic."""

    def __init__(self, name: str, kind: InterfaceKind, where: Where) -> None:
        super().__init__(name, kind, where)
        self.nameif: str | None = None
        self.nameif_line = where.line
        self.level: int | None = None
        self.level_line: int | None = None
        self.management = False
        self.bridged: int | None = None
        self.bridge = ""
        self.pppoe: int | None = None
        self.not_towards: list[tuple[str, int]] = []


class RawList:
    """The lines of one access list as words behind its name, in the order of evaluation."""

    def __init__(self, kind: str, line: int) -> None:
        self.kind = kind
        self.first = line
        self.lines: list[tuple[int, str]] = []


class Group(NamedTuple):
    """An `access-group`: the list, where it is bound, and how. `interface` None is everywhere."""

    name: str
    direction: str
    interface: str | None
    line: int
    options: str


class Translation(NamedTuple):
    """A NAT statement: the interface of the real and of the mapped address; `any` for all."""

    real: str
    mapped: str
    dynamic: bool
    line: int


class AsaDraft(Draft):
    """The state that the statement handlers fill. Lists, groups and objects stay raw until all are known."""

    def __init__(self, file: str, lines: list[str], ledger: Ledger) -> None:
        super().__init__(file, lines, ledger)
        self.system = "ASA"
        self.release: tuple[int, ...] | None = None
        self.context: str | None = None
        self.names: dict[str, str] = {}
        self.lists: dict[str, RawList] = {}
        self.icmp_groups: dict[str, RawGroup[IcmpTest]] = {}
        self.opaque_groups: set[str] = set()
        self.access_groups: list[Group] = []
        self.same_security: dict[str, int] = {}
        self.resets: dict[tuple[str, str], bool] = {}
        self.translations: list[Translation] = []
        self.old_nat = False
        self.new_nat = False
        self.mtus: list[tuple[str, int, int]] = []
        self.reverse_path: list[tuple[str, int]] = []
        self.clamp: tuple[int, int] | None = None
        self.clamp_least: tuple[int, int] | None = None
        self.snort: dict[str, str] = {}
        self.transparent: int | None = None

    def named(self, nameif: str) -> AsaInterface | None:
        """The interface that is called `nameif`."""
        for interface in self.interfaces.values():
            if isinstance(interface, AsaInterface) and interface.nameif == nameif:
                return interface
        return None

    def asa_interfaces(self) -> list[AsaInterface]:
        """All interfaces in the order of the text."""
        return [i for i in self.interfaces.values() if isinstance(i, AsaInterface)]

    def is_modern(self) -> bool | None:
        """Whether access lists name real addresses; None if neither release nor NAT statements tell."""
        if self.system == "FTD":
            return True
        if self.system in ("PIX", "FWSM"):
            return False
        if self.release is not None:
            return self.release >= MODERN
        if self.new_nat or self.old_nat:
            return self.new_nat
        return None

    def is_unified(self) -> bool:
        """Whether one access list holds both families; texts without a release are taken for recent ones
        unless they hold IPv6 access lists of their own."""
        if self.system in ("PIX", "FWSM"):
            return False
        if self.release is not None and self.system == "ASA":
            return self.release >= UNIFIED
        return not any(raw.kind == "ipv6" for raw in self.lists.values())
