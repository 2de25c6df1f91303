"""What the interpreters have found so far, and where the two systems and their generations differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface, MssClamp
from parsers.model.source import Sourced, Where


class Dialect(NamedTuple):
    """`edgeos` is True for EdgeOS. `modern` is True for the firewall of VyOS 1.4 (`firewall ipv4 …`)."""

    edgeos: bool
    modern: bool


OLD = Dialect(edgeos=False, modern=False)


@dataclass
class Group:
    """A firewall group: `kind` says what its members are. `doubt` says why they may not be all."""

    name: str
    kind: str
    family: int
    terms: list[AddressTerm] = field(default_factory=list)
    ports: list[tuple[int, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    includes: list[str] = field(default_factory=list)
    doubt: str | None = None


class Hop(NamedTuple):
    """One way of a static route, before the distances of its prefix are compared."""

    family: int
    value: int
    length: int
    vrf: str
    protocol: str
    line: int
    distance: int
    interface: str | None = None
    address: str | None = None
    other_vrf: str | None = None
    discard: str | None = None
    conditional: str | None = None


@dataclass
class Zone:
    """A zone: its interfaces, its last action, and the rule sets for packets from other zones."""

    name: str
    line: int
    interfaces: dict[str, int] = field(default_factory=dict)
    vrfs: list[str] = field(default_factory=list)
    local: bool = False
    reject: bool = False
    default_line: int | None = None
    sources: dict[str, dict[int, tuple[str, int]]] = field(default_factory=dict)
    inside: dict[int, tuple[str, int]] = field(default_factory=dict)
    doubt: str | None = None


@dataclass
class Draft(Interpretation):
    """The mutable state of one configuration's interpretation."""

    dialect: Dialect = OLD
    release: str | None = None
    whole: bool = True
    interfaces: dict[str, Interface] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    vrf_members: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    named: list[tuple[str, int, str, str, int]] = field(default_factory=list)
    state_policy: dict[str, tuple[str, int]] = field(default_factory=dict)
    state_doubt: str | None = None
    firewall_doubt: str | None = None
    actionless: dict[tuple[str, int], str] = field(default_factory=dict)
    zones: dict[str, Zone] = field(default_factory=dict)
    zone_doubt: str | None = None
    tracked: bool = False
    untracked: Where | None = None
    hops: list[Hop] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    clamps: list[MssClamp] = field(default_factory=list)
    df_cleared: list[Sourced[str]] = field(default_factory=list)
    urpf: dict[int, Sourced[str]] = field(default_factory=dict)
    policies: dict[str, Where] = field(default_factory=dict)
    l4_hash: dict[int, Where] = field(default_factory=dict)

    def change(self, name: str, **update: object) -> bool:
        """Changes fields of an interface; gives whether there is one of that name."""
        found = self.interfaces.get(name)
        if found is not None:
            self.interfaces[name] = found.model_copy(update=update)
        return found is not None


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]


def because(reason: str, *words: str) -> dict[str, str]:
    """Table entries for `words` with the reason that they share."""
    return dict.fromkeys(words, reason)


def said(node: Node) -> int:
    """The first line of a statement at or below `node`."""
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


def single(draft: Draft, holder: Node, word: str) -> tuple[str, int] | None:
    """The value of the leaf `word` with its line, marked as used; None if there is none."""
    leaf = holder.children.get(word)
    value = leaf.only() if leaf is not None else None
    if leaf is None or value is None:
        return None
    draft.use_all(leaf)
    return value.word, value.last


def several(leaf: Node) -> bool:
    """Whether a leaf that takes one value has more: a text that no device prints."""
    return len(leaf.children) > 1


def use_all(draft: Draft, node: Node) -> None:
    """The handler of statements that are facts for someone else, or known without effect here."""
    draft.use_all(node)


def tag_nodes(node: Node | None) -> Iterable[Node]:
    """The named nodes below a keyword (`rule 10`, `rule 20` …); none for a keyword that is not there."""
    return list(node.children.values()) if node is not None else ()
