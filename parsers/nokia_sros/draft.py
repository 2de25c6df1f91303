"""What the interpreters have found so far, and the ledger entries of the statements they took."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.device import PtbLimit
from parsers.model.filters import Action, Binding, Filter, LaterFragments, Ranges
from parsers.model.interfaces import Interface
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where


@dataclass
class PrefixList:
    """A match list of prefixes; `doubt` says why they may not be all."""

    terms: list[AddressTerm] = field(default_factory=list)
    excepts: list[AddressTerm] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class NumberList:
    """A match list of ports or protocols; `doubt` says why they may not be all."""

    parts: Ranges = ()
    doubt: str | None = None


@dataclass
class Port:
    """What a port's own statements say; `mtu` counts the layer 2 header."""

    name: str
    where: Where
    enabled: bool = True
    mtu: Sourced[int] | None = None
    encapsulation: str = "null"
    description: str = ""
    not_understood: list[Where] = field(default_factory=list)


@dataclass
class Draft(Interpretation):
    """The mutable state of one configuration's interpretation."""

    classic: bool = False
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    aliases: dict[tuple[str, int], str] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    prefix_lists: dict[tuple[str, int], PrefixList] = field(default_factory=dict)
    port_lists: dict[str, NumberList] = field(default_factory=dict)
    protocol_lists: dict[str, NumberList] = field(default_factory=dict)
    diverting: dict[tuple[str, int], Where] = field(default_factory=dict)
    interfaces: list[Interface] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)
    ports: dict[str, Port] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    lags: dict[str, Where] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    layer_4: Sourced[str] | None = None
    ecmp: dict[str, Sourced[int]] = field(default_factory=dict)
    translating: set[str] = field(default_factory=set)
    limits: list[PtbLimit] = field(default_factory=list)
    df_cleared: list[Sourced[str]] = field(default_factory=list)

    def named(self, name: str, vrf: str) -> str:
        """An interface's name; names that several routers use get the router's in front, except the base's."""
        return name if vrf == "default" or name not in self.repeated else f"{vrf}:{name}"

    def bind(
        self, name: Node, family: int, interface: str, direction: str, inactive: str | None = None
    ) -> None:
        """Applies the filter that `name` says to one direction of an interface. One that is not in the text
        answers nothing."""
        key = self.aliases.get((name.word, family), name.word)
        if (key, family) not in self.filters:
            self.filters[key, family] = Filter(
                key=key,
                family=family,
                file=self.file,
                line=None,
                entries=(),
                default=Action.UNKNOWN,
                names=(name.word,),
                kind="filter policy",
                later_fragments=LaterFragments.NEVER,
                defined=False,
                uncertain=f"filter {name.word} is not in the text",
            )
        where = self.where(name.last)
        self.bindings.append(Binding(key, family, interface, direction, where, inactive=inactive))


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]


def use(draft: Draft, node: Node) -> None:
    """The handler of statements that matter only to others, which read them by themselves."""
    draft.use_all(node)
