"""What the texts of a switch say so far, and the ledger entries of the statements that were taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.model.balancing import PathChoice
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, MssClamp, Tunnel
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where


@dataclass
class Port:
    """An interface while the texts about it are read. `access`, `vids` and `domain` are what a bridge makes of it."""

    name: str
    where: Where
    kind: InterfaceKind | None = None
    enabled: bool = True
    vrf: str | None = None
    is_vrf: bool = False
    description: str = ""
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    mtu: Sourced[int] | None = None
    members: list[str] = field(default_factory=list)
    mode: Sourced[str] | None = None
    parent: str | None = None
    domain: str | None = None
    access: str | None = None
    vids: list[str] = field(default_factory=list)
    tunnel: Tunnel | None = None
    policy_route: Sourced[str] | None = None
    not_forwarding: set[int] = field(default_factory=set)
    not_understood: list[Where] = field(default_factory=list)


@dataclass
class Applied:
    """A filter that an interface's direction names; `family` None is that of the filter."""

    interface: str
    name: str
    family: int | None
    direction: str
    where: Where


@dataclass
class Facts:
    """What all texts of the device said; they share it."""

    name: str | None = None
    version: str | None = None
    ports: dict[str, Port] = field(default_factory=dict)
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    clamps: list[MssClamp] = field(default_factory=list)
    recognised: list[Sourced[str]] = field(default_factory=list)
    hash_off: dict[str, Where] = field(default_factory=dict)
    hash_on: dict[str, Where] = field(default_factory=dict)
    custom_profile: Where | None = None
    highest: dict[tuple[str, str], int] = field(default_factory=dict)
    included: list[str] = field(default_factory=list)
    nvue: bool = False
    doubt: tuple[str, Where] | None = None

    def port(self, name: str, where: Where) -> Port:
        """The interface called `name`, made if this is its first mention."""
        if name not in self.ports:
            self.ports[name] = Port(name, where)
        return self.ports[name]


@dataclass
class Draft(Interpretation):
    """One text's interpretation."""

    facts: Facts = field(default_factory=Facts)

    def miss_in(self, node: Node, port: Port) -> None:
        """The statements at and below `node`, which stand in an interface, are not understood."""
        before = len(self.missed)
        self.miss(node, "interface", port.name)
        port.not_understood += [self.where(line) for line, *_ in self.missed[before:]]

    def note(self, value: str, node: Node, text: str) -> None:
        """Notes something that is seen and not modelled, and takes its statements."""
        self.use_all(node)
        where = self.where(first_line(node))
        self.facts.recognised.append(Sourced[str](value=value, where=where, note=text))


def first_line(node: Node) -> int:
    """The first line of a statement at or below `node`."""
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]


def use(draft: Draft, node: Node) -> None:
    """The handler of statements that matter only to others, which read them by themselves."""
    draft.use_all(node)
