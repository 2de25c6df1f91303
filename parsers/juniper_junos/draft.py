"""What the interpreters have found so far, and the ledger entries of the statements they took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.juniper_junos.addressbook import Books
from parsers.juniper_junos.application_table import Meaning
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.device import PtbLimit
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import MssClamp
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where


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
class Draft(Interpretation):
    """The mutable state of one configuration's interpretation."""

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
    applications: dict[str, Meaning] = field(default_factory=dict)
    application_sets: dict[str, list[str]] = field(default_factory=dict)
    books: Books = field(default_factory=Books)
    zone_names: dict[str, int] = field(default_factory=dict)
    packet_mode: set[int] = field(default_factory=set)
    zones: dict[str, Sourced[str]] = field(default_factory=dict)
    nat: dict[str, Sourced[str]] = field(default_factory=dict)


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]


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
