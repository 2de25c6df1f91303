"""What the texts of a SONiC switch say so far, and the ledger entries of the statements that were taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.model.balancing import PathChoice
from parsers.model.filters import Entry, Filter
from parsers.model.interfaces import InterfaceAddress
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where


@dataclass
class Port:
    """An interface while the tables about it are read. `routed` says that one of the INTERFACE tables has it."""

    name: str
    where: Where
    enabled: bool = True
    routed: bool = False
    vrf: str | None = None
    description: str = ""
    addresses: list[InterfaceAddress] = field(default_factory=list)
    mtu: Sourced[int] | None = None
    members: list[str] = field(default_factory=list)
    not_understood: list[Where] = field(default_factory=list)


@dataclass
class Table:
    """A row of ACL_TABLE; `doubt` says why it may be another thing."""

    name: str
    where: Where
    kind: str = ""
    stage: str = "ingress"
    ports: list[tuple[str, Where]] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class Loaded:
    """A set of a file for `acl-loader`; its entries are in the order of their numbers."""

    name: str
    where: Where
    family: int
    entries: list[Entry] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class Facts:
    """What all texts of the device said; they share it."""

    name: str | None = None
    model: str | None = None
    version: str | None = None
    nvidia: bool | None = None
    management_vrf: bool = False
    ports: dict[str, Port] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    rules: dict[str, list[tuple[int, Entry]]] = field(default_factory=dict)
    rule_places: dict[str, Where] = field(default_factory=dict)
    loaded: dict[str, Loaded] = field(default_factory=dict)
    types: dict[str, list[str]] = field(default_factory=dict)
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    recognised: list[Sourced[str]] = field(default_factory=list)
    strangers: list[tuple[str, Where]] = field(default_factory=list)
    doubt: tuple[str, Where] | None = None
    database: bool = False

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


def value_of(node: Node | None, name: str) -> str | None:
    """The value of the field `name`, as it is written."""
    held = node.children.get(name) if node is not None else None
    found = held.only() if held is not None else None
    return found.word if found is not None else None


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]
