"""Filters between zones: for each ordered pair the policies that name it, in the order of the list.

Source: Fortinet, Administration Guide, "Policies" (policy 0, at the end, denies); a session that a policy permitted is
not asked again, in either direction, and ICMP errors belong to the session that they quote (knowledge, pmtud, B.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from parsers.fortinet.draft import Draft
from parsers.fortinet.policies import Ends, Policy
from parsers.fortinet.scopes import Scope
from parsers.fortinet.zones import Zone, Zones
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    LaterFragments,
    Match,
    State,
    Symptom,
)

ANY = "any"
"""The side of a pair whose interface is not known."""
MOST_NAMES = 64
_SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="session",
)
_REDIRECTED = Entry(
    None,
    Action.PERMIT,
    (Match(),),
    "packets that leave where they came in need no policy unless 'allow-traffic-redirect' is off",
)


_WITHIN = {True: Action.PERMIT, False: Action.DENY, None: Action.UNKNOWN}
"""What happens to packets that no policy matches, by whether they may pass within their zone."""


class PairEntries(Sequence[Entry]):
    """The entries of one pair, put together when somebody looks at them."""

    __slots__ = ("_destination", "_front", "_made", "_policies", "_source")

    def __init__(
        self, policies: list[Policy], source: Zone, destination: Zone, front: tuple[Entry, ...]
    ) -> None:
        self._policies = policies
        self._source = source
        self._destination = destination
        self._front = front
        self._made: tuple[Entry, ...] | None = None

    def _entries(self) -> tuple[Entry, ...]:
        if self._made is None:
            self._made = (*self._front, *self._of_policies())
        return self._made

    def _of_policies(self) -> Iterator[Entry]:
        for policy in self._policies:
            source = meets(policy.sources, self._source)
            destination = meets(policy.destinations, self._destination)
            if source and destination:
                yield from policy.entries
            elif source is not False and destination is not False:
                for entry in policy.entries:
                    reason = "whether the policy is for these interfaces is not known"
                    if entry.uncertain:
                        reason = f"{entry.uncertain}; {reason}"
                    yield entry._replace(uncertain=reason)

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...

    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        return self._entries()[index]

    def __len__(self) -> int:
        return len(self._entries())

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PairEntries) and self._entries() == other._entries()

    def __hash__(self) -> int:
        return hash(self._entries())


def meets(ends: Ends, zone: Zone) -> bool | None:
    """Whether a side of a policy is for a zone; None if the text does not tell."""
    if ends.names is None or zone.name in ends.names:
        return True
    if zone.name == ANY or ends.open or any(member in ends.names for member in zone.members):
        return None
    return False


class _Index:
    """Finds the policies whose one side may be for a zone."""

    def __init__(self, sides: list[Ends]) -> None:
        self.everywhere: list[int] = []
        self.by_name: dict[str, list[int]] = {}
        self.count = len(sides)
        for number, ends in enumerate(sides):
            if ends.names is None or ends.open:
                self.everywhere.append(number)
            for name in ends.names or ():
                self.by_name.setdefault(name, []).append(number)

    def numbers(self, zone: Zone) -> list[int]:
        """The places of the policies in the list, in its order."""
        if zone.name == ANY:
            return list(range(self.count))
        found = set(self.everywhere)
        for name in (zone.name, *zone.members):
            found.update(self.by_name.get(name, ()))
        return sorted(found)


class _Numbers:
    """Places of policies in the list, in order."""

    __slots__ = ("held", "order")

    def __init__(self, order: list[int]) -> None:
        self.order = order
        self.held = frozenset(order)

    def common(self, other: _Numbers) -> list[int]:
        """Those that are in both, in order."""
        if len(other.order) < len(self.order):
            return [number for number in other.order if number in self.held]
        return [number for number in self.order if number in other.held]


def pair_filters(
    draft: Draft,
    scope: Scope,
    policies: list[Policy],
    zones: Zones,
    labels: dict[str, str],
    front: dict[str, tuple[Entry, ...]],
    symptom: Symptom,
    doubt: str | None,
) -> None:
    """Adds a filter for every ordered pair of zones of a virtual domain. `labels` are the names under which the
    interfaces know their zones; `front` are entries that packets from a zone meet before the policies."""
    every = [*zones.by_name.values(), Zone(ANY, 0)]
    doubt = doubt or next((zone.doubt for zone in every if zone.doubt), None)
    prefix = "" if scope.shared is None else f"{scope.name}/"
    own_front = front.get(ANY, ())
    outward = _Index([policy.sources for policy in policies])
    inward = _Index([policy.destinations for policy in policies])
    reached = {zone.name: _Numbers(inward.numbers(zone)) for zone in every}
    for source in every:
        left = _Numbers(outward.numbers(source))
        before = (_SESSION, *front.get(source.name, own_front))
        for destination in every:
            same = source is destination and len(source.members) < 2 and source.name != ANY
            entries = (*before, _REDIRECTED) if same and draft.redirects is not False else before
            named = [policies[number] for number in left.common(reached[destination.name])]
            within = source.within if source is destination else False
            key = f"policy:{prefix}{source.name}:{destination.name}"
            draft.filters[key, 0] = Filter(
                key=key,
                family=0,
                file=draft.file,
                line=named[0].line if named else None,
                entries=PairEntries(named, source, destination, entries),
                default=_WITHIN[within],
                names=_names(source, destination, labels),
                kind="zone-policy",
                default_line=source.line if within is not False else None,
                default_symptom=symptom,
                later_fragments=LaterFragments.WHOLE,
                stateful=True,
                uncertain=doubt,
            )


def _names(source: Zone, destination: Zone, labels: dict[str, str]) -> tuple[str, ...]:
    """What a user may call a pair: by its zones, or by interfaces that are in them."""
    first = (
        f"{labels.get(source.name, source.name)}:{labels.get(destination.name, destination.name)}"
    )
    names = {first: None, f"{source.name}:{destination.name}": None}
    left, right = (source.name, *source.members), (destination.name, *destination.members)
    if len(left) * len(right) <= MOST_NAMES:
        for near in left:
            for far in right:
                names[f"{near}:{far}"] = None
    return tuple(names)
