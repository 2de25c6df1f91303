"""What the interpreters have found so far, and the ledger entries of the statements they took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import NO_CHILDREN, Node
from parsers.model.balancing import PathChoice
from parsers.model.device import PtbLimit
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where
from parsers.paloalto_panos.reading import merge


@dataclass
class Zone:
    """A zone of a virtual system: its kind, its interfaces and its protection profile."""

    name: str
    line: int
    kind: str = ""
    members: dict[str, int] = field(default_factory=dict)
    protection: str | None = None
    doubt: str | None = None


@dataclass
class Router:
    """A virtual or logical router: the interfaces in it, its administrative distances and its routes."""

    name: str
    interfaces: dict[str, int] = field(default_factory=dict)
    distances: dict[str, int] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    leaps: list[Leap] = field(default_factory=list)
    ecmp: bool = False


@dataclass
class Leap:
    """A static route into another router."""

    route: Route
    router: str


@dataclass
class Draft(Interpretation):
    """The mutable state of one configuration's interpretation."""

    version: str | None = None
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    interfaces: dict[str, Interface] = field(default_factory=dict)
    routers: dict[str, Router] = field(default_factory=dict)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    limits: list[PtbLimit] = field(default_factory=list)
    protections: dict[str, Node] = field(default_factory=dict)
    tunnels: dict[str, tuple[str, str | None, Where]] = field(default_factory=dict)
    df_cleared: list[Sourced[str]] = field(default_factory=list)
    masks: list[dict[str, str]] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    wires: list[tuple[str, str, Node]] = field(default_factory=list)
    jumbo: Sourced[int] | None = None
    references: dict[str, str] = field(default_factory=dict)
    nat: dict[str, Sourced[str]] = field(default_factory=dict)
    diverted: dict[str, Sourced[str]] = field(default_factory=dict)


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]


def because(reason: str, *words: str) -> dict[str, str]:
    """Table entries for `words` with the reason that they share."""
    return dict.fromkeys(words, reason)


def lift(node: Node, words: Iterable[str], owners: frozenset[str] = frozenset()) -> None:
    """Moves statements that follow a value on one line (`rules R from trust to any`) up to where the block form
    has them: directly below `node`. Values of `owners` keep what follows them."""
    known = frozenset(words)
    waiting = list(node.children.values())
    while waiting:
        keyword = waiting.pop(0)
        if keyword.word not in known or keyword.word in owners or not keyword.children:
            continue
        for value in list(keyword.children.values()):
            for word in list(value.children) if value.children else ():
                if word in known:
                    moved = value.children.pop(word)
                    present = node.children.get(word)
                    if present is None:
                        if node.children is NO_CHILDREN:
                            node.children = {}
                        node.children[word] = present = moved
                    else:
                        merge(present, moved)
                    if not value.end:
                        value.ended(keyword.line)
                    waiting.append(present)


def lift_deep(node: Node, start: Node, words: frozenset[str]) -> None:
    """Moves statements that follow a nested one on one line (`option A yes from trust`) directly below `node`."""
    waiting = list(start.children.values())
    while waiting:
        found = waiting.pop(0)
        for word in [w for w in found.children if w in words]:
            moved = found.children.pop(word)
            if not found.end:
                found.ended(moved.line)
            if word in node.children:
                merge(node.children[word], moved)
            else:
                node.children[word] = moved
        waiting += found.children.values()


def word_of(node: Node, name: str) -> str | None:
    """The value of a single-valued statement; None if it is not there."""
    value = node.value(name)
    return value.word if value is not None else None


def said(node: Node, name: str) -> bool:
    """Whether a switch is `yes`."""
    return word_of(node, name) == "yes"


def is_switch(node: Node) -> bool:
    """Whether a statement is a sound switch: `yes` or `no`, and nothing behind it."""
    value = node.only()
    return value is not None and value.word in ("yes", "no") and not value.children


def ended_node(node: Node) -> Node:
    """The first node at or below `node` at which a statement ends."""
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def line_of(node: Node) -> int:
    """The first line of a statement at or below `node`."""
    found = ended_node(node)
    return found.end or found.line


def leftovers(*holders: Node) -> list[Node]:
    """What stands below the values of single statements or lists: words that nobody knows."""
    return [
        below
        for holder in holders
        for value in holder.children.values()
        for below in value.children.values()
    ]
