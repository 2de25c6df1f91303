"""What the interpreters have found so far, and the ledger entries of the statements they took."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.filters import Action, Binding, Filter
from parsers.model.interfaces import Interface
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced, Where


@dataclass
class PrefixList:
    """A match list of prefixes; `doubt` says why they may not be all."""

    terms: list[AddressTerm] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class Group:
    """A next-hop group: the ways out, or nowhere; `doubt` says why they may not be all."""

    hops: list[NextHop] = field(default_factory=list)
    discard: str | None = None
    doubt: str | None = None
    enabled: bool = True


@dataclass
class Member:
    """The network instance that a subinterface is in."""

    vrf: str
    routed: bool
    enabled: bool


@dataclass
class Draft(Interpretation):
    """The mutable state of one configuration's interpretation."""

    name: str | None = None
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    applied: dict[tuple[str, int, str], list[Node]] = field(default_factory=dict)
    prefix_lists: dict[tuple[str, int], PrefixList] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    instances: bool = False
    interfaces: list[Interface] = field(default_factory=list)
    diverted: dict[str, Sourced[str]] = field(default_factory=dict)
    default_ip_mtu: Sourced[int] | None = None
    routes: list[Route] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)

    def apply(self, name: Node, family: int, interface: str, direction: str) -> None:
        """Notes that an interface's direction names a filter; `bind_all` makes the bindings."""
        self.applied.setdefault((interface, family, direction), []).append(name)

    def bind_all(self) -> None:
        """The bindings of all that is applied. Of two filters in one direction, whether a packet that the first
        accepts meets the second is not documented."""
        for (interface, family, direction), names in self.applied.items():
            key = " then ".join(dict.fromkeys(name.word for name in names))
            if (key, family) not in self.filters:
                several = len(names) > 1
                reason = (
                    "two filters in one direction"
                    if several
                    else f"filter {key} is not in the text"
                )
                self.filters[key, family] = Filter(
                    key=key,
                    family=family,
                    file=self.file,
                    line=None,
                    entries=(),
                    default=Action.UNKNOWN,
                    names=(key,),
                    defined=several,
                    uncertain=reason,
                )
            where = self.where(names[0].last)
            self.bindings.append(Binding(key, family, interface, direction, where))


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]


def use(draft: Draft, node: Node) -> None:
    """The handler of statements that matter only to others, which read them by themselves."""
    draft.use_all(node)
