"""What is gathered while the text is read: the device is made of it at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.ledger import Ledger
from parsers.mikrotik_routeros.firewall import Tables
from parsers.mikrotik_routeros.lists import AddressLists, InterfaceLists
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, MssClamp, Tunnel
from parsers.model.routes import Route
from parsers.model.source import IntFact, Sourced, TextFact, Where


@dataclass
class Link:
    """An interface while it is being read. `menu` is empty while only others name it."""

    name: str
    kind: InterfaceKind = InterfaceKind.PHYSICAL
    where: Where | None = None
    menu: str = ""
    enabled: bool = True
    description: str = ""
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    mtu: Sourced[int] | None = None
    tunnel: Tunnel | None = None
    master: str | None = None
    bundle: str | None = None
    parent: str | None = None
    vrf: str = "default"
    profile: str | None = None
    clamps: list[MssClamp] = field(default_factory=list)
    not_understood: list[Where] = field(default_factory=list)


@dataclass
class Bond:
    """A bond with its mode and hash, as far as the text says them."""

    name: str
    mode: str | None
    policy: str | None
    where: Where


@dataclass
class Draft:
    """All facts of one configuration. `settings` are values of settings menus with their lines."""

    file: str
    ledger: Ledger
    name: str = ""
    version: str | None = None
    model: str | None = None
    links: dict[str, Link] = field(default_factory=dict)
    bonds: list[Bond] = field(default_factory=list)
    address_lists: AddressLists = field(default_factory=AddressLists)
    interface_lists: InterfaceLists = field(default_factory=InterfaceLists)
    tables: Tables = field(default_factory=Tables)
    routes: list[Route] = field(default_factory=list)
    odd_routes: list[Where] = field(default_factory=list)
    rules: list[Statement] = field(default_factory=list)
    tables_named: set[str] = field(default_factory=set)
    vrfs: set[str] = field(default_factory=set)
    sources: list[Sourced[str]] = field(default_factory=list)
    recognised: list[Sourced[str]] = field(default_factory=list)
    settings: dict[str, Sourced[str]] = field(default_factory=dict)
    no_clamp: dict[str, Where] = field(default_factory=dict)
    has_ipsec: bool = False
    opens_ports: bool = False

    def where(self, statement: Statement) -> Where:
        """The first line of a statement."""
        return Where(self.file, statement.first)

    def use(self, statement: Statement) -> None:
        """Records that a statement's lines were taken as facts."""
        self.ledger.use_range(statement.first, statement.last)

    def ignore(self, statement: Statement) -> None:
        """Records that a statement's lines can matter to no rule."""
        self.ledger.ignore_range(statement.first, statement.last)

    def miss(self, statement: Statement, topic: str, subject: str | None = None) -> None:
        """Records that a statement, or a part of it, was not understood."""
        for line in range(statement.first, statement.last + 1):
            self.ledger.miss(line, topic, subject)

    def note(self, value: str, statement: Statement, note: str) -> None:
        """Records something that is recognised and not modelled."""
        self.recognised.append(TextFact(value=value, where=self.where(statement), note=note))

    def link(self, name: str, statement: Statement | None = None) -> Link:
        """The interface called `name`; a statement of another menu may name it first."""
        found = self.links.get(name)
        if found is None:
            where = self.where(statement) if statement is not None else None
            found = self.links[name] = Link(name, where=where)
        return found

    def setting(self, menu: str, name: str) -> str | None:
        """The value of a setting, None if the text does not say it."""
        found = self.settings.get(f"{menu} {name}")
        return found.value if found is not None else None

    def number(self, value: int, statement: Statement) -> Sourced[int]:
        """A number with its line."""
        return IntFact(value=value, where=self.where(statement))

    @property
    def major(self) -> int | None:
        """The major version, None if the header is not there."""
        head = (self.version or "").partition(".")[0]
        return int(head) if head.isdecimal() else None
