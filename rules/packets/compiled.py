"""A filter made ready for judging: entries found by address, and translated when first met."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from parsers.model.addresses import FULL, AddressSpec
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    InterfaceSpec,
    Match,
    NamedAddresses,
)
from rules.packets.addresses import AddressSet, PrefixIndex
from rules.packets.cubes import ICMP, ICMP_NUMBER, Box, Cube, kind_of, wild_length
from rules.packets.translate import Clause, match_layer4, state_set

UNKNOWN_INTERFACE = "it has an interface condition, and the interface is not known here"

FEW, MANY = 64, 512
"""With so few candidates by one address, those by the other are not looked up as well: for one
packet, and for a set, which is asked about less often."""


class Step(NamedTuple):
    """What happens to packets that an entry matches, or that reach the end of a filter.

    `doubt` says why the entry only *may* match. `reason` explains an UNKNOWN action. `number`
    counts the entries from 0; the last action of a filter has the number after the last entry.
    """

    number: int
    action: Action
    filter: Filter
    entry: Entry | None
    doubt: str | None = None
    reason: str = ""


Candidate = tuple[int, int, int, int, int, int, int, int, int, int, int, bool, Step]
"""A box, whether it ends the walk for the packets in it, and what happens to them."""


class CompiledFilter:
    """One filter for one family and one pair of interfaces; None is an unknown interface."""

    def __init__(
        self, source: Filter, family: int, in_interface: str | None, out_interface: str | None
    ) -> None:
        self.filter = source
        self.family = family
        self.interfaces = (in_interface, out_interface)
        self.end = Step(
            len(source.entries), source.default or Action.RETURN, source, None, None, LAST_UNKNOWN
        )
        self._sets: dict[AddressSpec, AddressSet] = {}
        self._indexes: dict[str, PrefixIndex] = {}
        self._clauses: dict[int, tuple[tuple[Step, Clause], ...]] = {}

    def share(self, other: CompiledFilter) -> None:
        """Uses the address sets and indexes of another form of the same filter and family: interfaces do not
        change them."""
        self._sets = other._sets
        self._indexes = other._indexes
        if not other.asks_interfaces:
            self._clauses = other._clauses

    @cached_property
    def asks_interfaces(self) -> bool:
        """Whether an entry has a condition on an interface."""
        return any(
            match.in_interfaces is not None or match.out_interfaces is not None
            for entry in self.filter.entries
            for match in entry.matches
        )

    def candidates(self, box: Box) -> list[Candidate]:
        """The entries' boxes that meet `box`, cut to it, in order, down to the first that decides
        every packet of it.
        """
        shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = box
        found: list[Candidate] = []
        known, entries = self._clauses, self.filter.entries
        for number in self.numbers(sv, sc, dv, dc):
            clauses = known.get(number << 8 | shape)
            if clauses is None:
                if _apart(entries[number], self.family, (sv, sc, dv, dc)):
                    continue  # translating an entry costs more than a look at its addresses
                clauses = self.clauses(number, shape)
            for step, clause in clauses:
                both, flags = clause.states & states, clause.bits & bits
                if not both or not flags:
                    continue
                dsts = [(dv, dc)] if clause.dst is None else clause.dst.within(dv, dc)
                if not dsts:
                    continue
                srcs = [(sv, sc)] if clause.src is None else clause.src.within(sv, sc)
                if not srcs:
                    continue
                if len(dsts) * len(srcs) * len(clause.quads) > MOST_BOXES:
                    unknown = step._replace(action=Action.UNKNOWN, doubt=None, reason=TOO_LARGE)
                    return [*found, (*box, True, unknown)]
                final = step.doubt is None and step.action in FINAL
                for q_al, q_ah, q_bl, q_bh in clause.quads:
                    if q_al > ah or q_ah < al or q_bl > bh or q_bh < bl:
                        continue
                    low_a, high_a = max(al, q_al), min(ah, q_ah)
                    low_b, high_b = max(bl, q_bl), min(bh, q_bh)
                    ranges = (low_a, high_a, low_b, high_b, flags, both, final, step)
                    found += [(shape, *src, *dst, *ranges) for dst in dsts for src in srcs]
                    if final and found[-1][:11] == box:
                        return found
        return found

    def clauses(self, number: int, shape: int) -> tuple[tuple[Step, Clause], ...]:
        """What entry `number` matches among the packets of `shape`: certain clauses first."""
        key = number << 8 | shape
        known = self._clauses.get(key)
        if known is None:
            known = self._clauses[key] = tuple(self._translate(number, shape))
        return known

    def _translate(self, number: int, shape: int) -> Iterator[tuple[Step, Clause]]:
        entry = self.filter.entries[number]
        if entry.action is Action.CONTINUE:
            return
        later = self.filter.later_fragments
        number_of_icmp = ICMP_NUMBER[self.family] if kind_of(shape) == ICMP else None
        clauses = []
        for match in entry.matches:
            if match.family not in (0, self.family):
                continue
            named = match.protocols
            if number_of_icmp is not None and named is not None and len(named) == 1:
                low, high = named[0]
                if not low <= number_of_icmp <= high:
                    continue  # most entries of a list are about other protocols
            layer4 = match_layer4(match, shape, later, entry.action)
            if layer4 is None:
                continue
            meets = self._interfaces_meet(match)
            if meets is False:
                continue
            doubt = (
                entry.uncertain or layer4.doubt or (UNKNOWN_INTERFACE if meets is None else None)
            )
            clauses.append(
                Clause(
                    self._addresses(match.src),
                    self._addresses(match.dst),
                    layer4.quads,
                    layer4.bits,
                    state_set(match.states),
                    doubt,
                )
            )
        if len(clauses) > 1:
            clauses.sort(key=lambda clause: clause.doubt is not None)
        for clause in clauses:
            reason = entry.uncertain or ENTRY_UNKNOWN
            yield Step(number, entry.action, self.filter, entry, clause.doubt, reason), clause

    def _addresses(self, spec: AddressSpec | None) -> AddressSet | None:
        if spec is None:
            return None
        known = self._sets.get(spec)
        if known is None:
            known = self._sets[spec] = AddressSet(spec, self.family)
        return known

    def _interfaces_meet(self, match: Match) -> bool | None:
        """None if that depends on an interface that is not known."""
        verdict: bool | None = True
        for spec, name in zip(
            (match.in_interfaces, match.out_interfaces), self.interfaces, strict=True
        ):
            if spec is None:
                continue
            if name is None:
                verdict = None
            elif not interface_matches(spec, name):
                return False
        return verdict

    def numbers(self, sv: int, sc: int, dv: int, dc: int) -> Iterable[int]:
        """The entries, in order, that can match a packet between the two cubes."""
        full = FULL[self.family]
        sides = [("dst", dv, dc), ("src", sv, sc)]
        if wild_length(sc, self.family) < wild_length(dc, self.family):
            sides.reverse()
        if sides[0][0] not in self._indexes and sides[1][0] in self._indexes and sides[1][2]:
            # the other side is looked up for nothing; making an index costs a pass over all entries
            lists = self._found(*sides[1])
            if sum(map(len, lists)) <= FEW:
                sides.reverse()
        lists = self._found(*sides[0])
        total = sum(map(len, lists))
        if self._worth_another(sides[1][0], total, dc == full) and sides[1][2]:
            others = self._found(*sides[1])
            if sum(map(len, others)) < total:
                lists = others
        if len(lists) == 1:
            return lists[0]
        if dc == full and sc == full:
            return heapq.merge(*lists)
        return sorted({number for found in lists for number in found})

    def _worth_another(self, side: str, total: int, single: bool) -> bool:
        """Whether so many candidates on one side are worth a look at the other: making its index costs as much as
        looking at a tenth of all entries."""
        limit = FEW if single else MANY
        return total > (limit if side in self._indexes else max(limit, self.end.number // 10))

    def _found(self, side: str, value: int, care: int) -> list[list[int]]:
        index = self._indexes.get(side)
        if index is None:
            index = self._indexes[side] = self._index(side)
        return index.around(value) if care == FULL[self.family] else index.meeting(value, care)

    def _index(self, side: str) -> PrefixIndex:
        family = self.family
        is_dst = side == "dst"
        index = PrefixIndex(family)
        file = index.file
        entries = self.filter.entries
        if family == 4 and isinstance(entries, NamedAddresses):
            index.file_all(entries.hulls(side))
            return index
        for number, entry in enumerate(self.filter.entries):
            if entry.action is Action.CONTINUE:
                continue
            hulls: set[Cube] = set()
            for match in entry.matches:
                if match.family and match.family != family:
                    continue
                spec = match.dst if is_dst else match.src
                if spec is None or spec.negated:
                    hulls = {(0, 0)}
                    break
                for own, value, care in spec.terms:
                    if own == family:
                        hulls.add((value, care))
            for value, care in hulls:
                file(value, care, number)
        return index


def _apart(entry: Entry, family: int, cubes: tuple[int, int, int, int]) -> bool:
    """Whether single addresses in all matches of an entry certainly lie outside of the two cubes."""
    sv, sc, dv, dc = cubes
    for match in entry.matches:
        src, dst = match.src, match.dst
        if src is not None and len(src.terms) == 1 and not src.negated:
            own, value, care = src.terms[0]
            if own != family or (value ^ sv) & care & sc:
                continue
        if dst is not None and len(dst.terms) == 1 and not dst.negated:
            own, value, care = dst.terms[0]
            if own != family or (value ^ dv) & care & dc:
                continue
        return False
    return True


FINAL = frozenset({Action.PERMIT, Action.DENY, Action.UNKNOWN})
"""Actions that end the walk."""

MOST_BOXES = 200_000
"""An entry that multiplies out into more boxes is not judged."""

TOO_LARGE = "it names too many combinations of addresses and ports to judge"
LAST_UNKNOWN = "the last action of the filter is not known"
ENTRY_UNKNOWN = "what this entry does is not known"


def interface_matches(spec: InterfaceSpec, name: str) -> bool:
    """Whether an interface name is in `spec`, where a trailing `*` stands for any ending."""
    named = any(
        name.startswith(word[:-1]) if word.endswith("*") else name == word for word in spec.names
    )
    return named is not spec.negated
