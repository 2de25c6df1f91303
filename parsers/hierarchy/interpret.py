"""Interpreting a statement tree with tables, and keeping account of which lines were taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from parsers.hierarchy.tree import Node
from parsers.ledger import IRRELEVANT, USED, Ledger
from parsers.model.source import Sourced, Where


@dataclass
class Interpretation:
    """The mutable state of one configuration's interpretation; platforms add what they collect."""

    file: str
    lines: list[str]
    ledger: Ledger
    root: Node
    missed: list[tuple[int, str, str | None]] = field(default_factory=list)
    recognised: list[Sourced[str]] = field(default_factory=list)

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


D = TypeVar("D", bound=Interpretation)
Handler = Callable[[D, Node], None]
Statements = Mapping[str, Handler[D] | str]
"""Statements by their first word: a handler, or the reason why no verdict can depend on it."""


def read(
    draft: D,
    node: Node,
    statements: Statements[D],
    topic: str = "other",
    subject: str | None = None,
    other: Handler[D] | None = None,
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
