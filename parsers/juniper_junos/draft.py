"""What the interpreters have found so far, and the ledger entries of the statements they took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from parsers.juniper_junos.addressbook import Books
from parsers.juniper_junos.application_table import Meaning
from parsers.juniper_junos.tree import Node
from parsers.ledger import IRRELEVANT, USED, Ledger
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.device import PtbLimit
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import MssClamp
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where

Handler = Callable[["Draft", Node], None]


@dataclass
class PrefixList:
    """A prefix list: its terms in both families; `doubt` says why they may not be all."""

    terms: list[AddressTerm] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class Instance:
    """A routing instance: the interfaces in it, and what kind it is."""

    name: str
    kind: str = ""
    interfaces: dict[str, int] = field(default_factory=dict)


@dataclass
class Draft:
    """The mutable state of one configuration's interpretation."""

    file: str
    lines: list[str]
    ledger: Ledger
    root: Node
    version: str | None = None
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    prefix_lists: dict[str, PrefixList] = field(default_factory=dict)
    diverting: dict[str, Where] = field(default_factory=dict)
    interface_sets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    instances: dict[str, Instance] = field(default_factory=dict)
    vrfs: dict[str, str] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    clamps: list[MssClamp] = field(default_factory=list)
    tunnel_clamps: list[tuple[str, MssClamp]] = field(default_factory=list)
    limits: list[PtbLimit] = field(default_factory=list)
    df_cleared: list[Sourced[str]] = field(default_factory=list)
    recognised: list[Sourced[str]] = field(default_factory=list)
    applications: dict[str, Meaning] = field(default_factory=dict)
    application_sets: dict[str, list[str]] = field(default_factory=dict)
    books: Books = field(default_factory=Books)
    zone_names: dict[str, int] = field(default_factory=dict)
    packet_mode: set[int] = field(default_factory=set)
    zones: dict[str, Sourced[str]] = field(default_factory=dict)
    nat: dict[str, Sourced[str]] = field(default_factory=dict)
    missed: list[tuple[int, str, str | None]] = field(default_factory=list)

    def where(self, line: int) -> Where:
        """`line` of the configuration file."""
        return Where(self.file, line)

    def use(self, node: Node) -> None:
        """The statements that end at `node` are taken."""
        if node.end:
            status = self.ledger.status
            status[node.end] = USED
            if node.more is not None:
                for line in node.more:
                    status[line] = USED

    def use_all(self, *nodes: Node) -> None:
        """The statements at and below `nodes` are taken."""
        for top in nodes:
            if not top.children:
                self.use(top)
                continue
            for node in top.walk():
                self.use(node)

    def ignore_all(self, top: Node) -> None:
        """The statements at and below `top` are irrelevant; lines that another statement took stay."""
        status = self.ledger.status
        for node in top.walk():
            if node.end:
                for line in (node.end, *node.more) if node.more else (node.end,):
                    if not status[line]:
                        status[line] = IRRELEVANT

    def miss(self, node: Node, topic: str = "other", subject: str | None = None) -> None:
        """The statements at and below `node` are not understood."""
        before = len(self.missed)
        for found in node.walk():
            if found.end:
                for line in (found.end, *(found.more or ())):
                    self.missed.append((line, topic, subject))
        if len(self.missed) == before and node.line:
            self.missed.append((node.line, topic, subject))

    def settle(self) -> None:
        """Writes the misses into the ledger, over whatever else took their lines."""
        for line, topic, subject in self.missed:
            self.ledger.miss(line, topic, subject)

    def recognise(self, value: str, node: Node, note: str) -> None:
        """Notes something that is seen and not modelled, and that could change a verdict."""
        where = self.where(node.end or node.line)
        self.recognised.append(Sourced[str](value=value, where=where, note=note))


Statements = Mapping[str, "Handler | str"]
"""Statements by their first word: a handler, or the reason why no verdict can depend on it."""


def read(
    draft: Draft,
    node: Node,
    statements: Statements,
    topic: str = "other",
    subject: str | None = None,
    other: Handler | None = None,
) -> list[Node]:
    """Reads what stands below `node` with a table; gives the statements that it does not know.

    `other` takes every word that the table lacks (names of things).
    """
    draft.use(node)
    unknown = []
    for child in list(node.children.values()):
        handler = statements.get(child.word)
        if handler is None:
            if child.word == "apply-macro":
                draft.ignore_all(child)
            elif other is not None:
                other(draft, child)
            else:
                draft.miss(child, topic, subject)
                unknown.append(child)
        elif isinstance(handler, str):
            draft.ignore_all(child)
        else:
            handler(draft, child)
    return unknown


def lift(node: Node, words: Iterable[str], owners: frozenset[str] = frozenset()) -> None:
    """Moves statements that follow a value on one line (`term T protocol tcp destination-port 80`) up to
    where the block form has them: directly below `node`. Values of `owners` keep what follows them."""
    known = frozenset(words)
    waiting = list(node.children.values())
    while waiting:
        keyword = waiting.pop()
        if keyword.word not in known or keyword.word in owners:
            continue
        for value in list(keyword.children.values()):
            for word in list(value.children):
                if word in known:
                    moved = value.children.pop(word)
                    present = node.children.get(word)
                    if present is None:
                        node.children[word] = present = moved
                    else:
                        _merge(present, moved)
                    present.ended(value.end or moved.line)
                    waiting.append(present)


def _merge(target: Node, other: Node) -> None:
    for word, child in other.children.items():
        if word in target.children:
            _merge(target.children[word], child)
        else:
            if not target.children:
                target.children = {}
            target.children[word] = child
