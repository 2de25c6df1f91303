"""Route maps that policy routing sends to nowhere, as filters.

Sources: Cisco, "IP Routing: Protocol-Independent Configuration Guide, Policy-Based Routing": clauses are tried in the
order of their numbers; what a permit clause matches is routed by its `set` statements, what a deny clause matches, and
what no clause matches, is routed as the table says; an access list's deny means that the clause does not match.
`set interface Null0` drops. Next hops are tried before interfaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match

AFTER_LISTS = 100
"""Where policy routing stands among what an arriving packet meets: behind the access lists."""
NULL = frozenset({"null0", "null 0"})
Filters = Mapping[tuple[str, int], Filter]


class Named(NamedTuple):
    """An access list that a clause names."""

    family: int
    name: str
    line: int


@dataclass
class Clause:
    """One clause. `drops` is the line of `set interface Null0`. In words: `conditions` are what it looks at besides
    access lists, `ways` where else it may send what it takes."""

    permit: bool
    line: int
    lists: list[Named] = field(default_factory=list)
    drops: int | None = None
    conditions: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)

    def addresses(self, family: int, names: list[str], line: int) -> None:
        """`match ip|ipv6 address A B …`: any of the lists."""
        if names[0] == "prefix-list":
            self.conditions.append("prefix lists match routes, not packets")
        else:
            self.lists += [Named(family, name, line) for name in names]

    def out_of(self, names: str, line: int) -> None:
        """`set interface I …`: the first of them that is up."""
        if names.lower() in NULL:
            self.drops = line
        elif "null" in names.lower():
            self.drops = line
            self.ways.append("other interfaces come before Null0")
        else:
            self.ways.append(f"'set interface {names}'")


class RouteMaps:
    """The route maps of a configuration: clauses by name and number."""

    def __init__(self) -> None:
        self.maps: dict[str, dict[int, Clause]] = {}
        self.current: Clause | None = None

    def clause(self, name: str, permit: bool, number: int, line: int) -> None:
        """Opens a clause; naming it again goes on with it."""
        clauses = self.maps.setdefault(name, {})
        self.current = clauses.setdefault(number, Clause(permit, line))


def nowhere(
    name: str, clauses: Mapping[int, Clause], lists: Filters, file: str
) -> Iterator[Filter]:
    """The filters of a route map that drops: one for each family, and one for each list that a clause asks.
    Nothing where no clause drops."""
    if not any(clause.permit and clause.drops for clause in clauses.values()):
        return
    for family in (4, 6):
        entries: list[Entry] = []
        for number, clause in sorted(clauses.items()):
            for made in _clause(name, number, clause, family, lists, file):
                if isinstance(made, Filter):
                    yield made
                else:
                    entries.append(made)
        yield Filter(
            key=_key(name), family=family, file=file, line=min(c.line for c in clauses.values()),
            entries=tuple(entries), default=Action.PERMIT, names=(_key(name),), kind="policy-route",
            later_fragments=LaterFragments.CISCO,
        )  # fmt: skip


def _key(name: str) -> str:
    return f"route-map {name}"


def _clause(
    name: str, number: int, clause: Clause, family: int, lists: Filters, file: str
) -> Iterator[Entry | Filter]:
    effect = Action.DENY if clause.permit and clause.drops else Action.PERMIT
    if effect is Action.DENY and clause.ways:
        effect = Action.UNKNOWN  # taken for certain, and dropped only where the other ways fail
    # what is not dropped here is not dropped whichever way it takes; whether the clause takes it counts always
    reasons = [*clause.conditions, *(clause.ways if effect is Action.UNKNOWN else ())]
    doubt = "; ".join(reasons) or None
    line = clause.drops or clause.line
    label = f"clause {number}"
    everything = (Match(family=family),)
    if not clause.lists:
        yield Entry(line, effect, everything, doubt, label=label)
        return
    for named in clause.lists:
        if named.family != family:
            continue
        found = lists.get((named.name, family))
        if found is None or not found.defined:
            reason = f"access list {named.name} is not there"
            yield Entry(named.line, effect, everything, reason, label=label)
            continue
        key = f"{_key(name)} {number} {named.name}"
        yield found._replace(
            key=key, entries=tuple(_asked(found, effect, line, label)), default=None, names=(),
            kind="policy-route", default_line=None,
        )  # fmt: skip
        yield Entry(line, Action.JUMP, everything, doubt, target=key, label=label)


def _asked(found: Filter, effect: Action, line: int, label: str) -> Iterator[Entry]:
    """What a list's entries mean for the clause: permit takes the packet, deny leaves it to the next clause."""
    for entry in found.entries:
        if entry.action is Action.PERMIT:
            yield entry._replace(line=line, action=effect, label=label)
        elif entry.action is Action.DENY:
            yield entry._replace(action=Action.RETURN)
        else:
            yield entry
