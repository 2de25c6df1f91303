"""Address lists of a filter as cubes, and an index that finds the prefixes which meet a cube."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from parsers.model.addresses import FULL, AddressSpec, int_range_terms
from rules.packets.cubes import Cube, cube_minus, cubes_minus, wild_length

SMALL = 8
"""Up to so many cubes a scan is quicker than an index."""


class PrefixIndex:
    """Numbers filed under cubes; each cube stands under the smallest prefix around it.

    What it finds is a superset for cubes whose care mask has holes, exact for prefixes.
    """

    __slots__ = ("_full", "_keys", "_levels")

    def __init__(self, family: int, items: Iterable[tuple[int, int, int]] = ()) -> None:
        """Files each item (value, care, number); numbers must not fall."""
        self._full = FULL[family]
        self._levels: dict[int, dict[int, list[int]]] = {}
        self._keys: dict[int, list[int]] = {}
        for value, care, number in items:
            self.file(value, care, number)

    def file(self, value: int, care: int, number: int) -> None:
        """Files `number` under a cube; only before the index is first asked."""
        wild = (self._full ^ care).bit_length()
        try:
            level = self._levels[wild]
        except KeyError:
            level = self._levels[wild] = {}
        try:
            level[value >> wild].append(number)
        except KeyError:
            level[value >> wild] = [number]

    def file_all(self, cubes: Iterable[Cube]) -> None:
        """Files the cubes (value, care) under 0, 1, 2 and so on; only before the index is first asked."""
        levels: dict[int, tuple[int, dict[int, list[int]]]] = {}
        for number, (value, care) in enumerate(cubes):
            known = levels.get(care)
            if known is None:
                wild = (self._full ^ care).bit_length()
                known = levels[care] = (wild, self._levels.setdefault(wild, {}))
            wild, level = known
            key = value >> wild
            if key in level:
                level[key].append(number)
            else:
                level[key] = [number]

    def around(self, address: int) -> list[list[int]]:
        """The numbers filed under the prefixes that hold `address`, a list for each prefix."""
        lists = []
        for wild, level in self._levels.items():
            found = level.get(address >> wild)
            if found is not None:
                lists.append(found)
        return lists

    def meeting(self, value: int, care: int) -> list[list[int]]:
        """The numbers filed under the prefixes that meet the prefix around the cube."""
        own = (self._full ^ care).bit_length()
        lists = []
        for wild, level in self._levels.items():
            if wild >= own:
                found = level.get(value >> wild)
                if found is not None:
                    lists.append(found)
                continue
            keys = self._keys.get(wild)
            if keys is None:
                keys = self._keys[wild] = sorted(level)
            low = value >> own << own
            first = bisect_left(keys, low >> wild)
            last = bisect_right(keys, (low | (1 << own) - 1) >> wild)
            lists += [level[key] for key in keys[first:last]]
        return lists


class AddressSet:
    """The addresses of one family that an AddressSpec names."""

    __slots__ = ("_excepts", "_index", "_negated", "_terms")

    def __init__(self, spec: AddressSpec, family: int) -> None:
        terms = [(term.value, term.care) for term in spec.terms if term.family == family]
        self._excepts = [(term.value, term.care) for term in spec.excepts if term.family == family]
        if not self._excepts and len(terms) > 1:
            terms = merged(terms, family)
        self._terms = terms
        self._negated = spec.negated
        self._index: PrefixIndex | None = None
        if len(terms) > SMALL:
            items = [(value, care, number) for number, (value, care) in enumerate(terms)]
            self._index = PrefixIndex(family, items)

    def within(self, value: int, care: int) -> list[Cube]:
        """Cubes, possibly overlapping, for the addresses of the set inside the cube."""
        named = self._named(value, care)
        if not self._negated:
            return named
        return cubes_minus([(value, care)], named) if named else [(value, care)]

    def hulls(self) -> list[Cube] | None:
        """Cubes that together hold the whole set, None if only all addresses do."""
        return None if self._negated else self._terms

    def _named(self, value: int, care: int) -> list[Cube]:
        terms = self._terms
        if self._index is not None:
            terms = [terms[n] for found in self._index.meeting(value, care) for n in found]
        named = []
        for t_value, t_care in terms:
            if (t_value ^ value) & t_care & care:
                continue
            if not self._excepts:
                if not t_care & ~care:
                    return [(value, care)]
                named.append((t_value | value, t_care | care))
                continue
            longer = [e for e in self._excepts if e[1].bit_count() >= t_care.bit_count()]
            named += cubes_minus([(t_value | value, t_care | care)], longer)
        return named


def merged(cubes: Iterable[Cube], family: int) -> list[Cube]:
    """The same addresses with the prefixes among `cubes` joined into the fewest disjoint ones.

    Cubes whose care mask has holes are dropped where a prefix covers them, and kept otherwise.
    """
    full = FULL[family]
    spans: list[tuple[int, int]] = []
    holed: set[Cube] = set()
    for value, care in cubes:
        free = full ^ care
        if free & (free + 1):
            holed.add((value, care))
        else:
            spans.append((value, value | free))
    joined = joined_ranges(spans)
    result = [
        (term.value, term.care)
        for low, high in joined
        for term in int_range_terms(family, low, high)
    ]
    for cube in joined_cubes(holed):
        wild = wild_length(cube[1], family)
        low = cube[0] >> wild << wild
        place = bisect_right(joined, (low, full)) - 1
        if place < 0 or joined[place][1] < low | (1 << wild) - 1:
            result.append(cube)
    return result


def joined_ranges(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same numbers as the fewest ranges, in order."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if joined and low <= joined[-1][1] + 1:
            if high > joined[-1][1]:
                joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def joined_cubes(cubes: Iterable[Cube]) -> list[Cube]:
    """The same addresses, with cubes that differ in one bit only joined until none are left."""
    left = set(cubes)
    again = True
    while again:
        again = False
        for value, care in sorted(left):
            if (value, care) not in left:
                continue
            bits = care
            while bits:
                bit = bits & -bits
                bits ^= bit
                partner = (value ^ bit, care)
                if partner in left:
                    left -= {partner, (value, care)}
                    left.add((value & ~bit, care ^ bit))
                    again = True
                    break
    return sorted(left)


def disjoint(cubes: Iterable[Cube]) -> list[Cube]:
    """Disjoint cubes for the same addresses, the larger cubes kept whole."""
    result: list[Cube] = []
    for cube in sorted(set(cubes), key=lambda item: (item[1].bit_count(), item)):
        pieces = [cube]
        for knife in result:
            pieces = [rest for piece in pieces for rest in cube_minus(piece, knife)]
            if not pieces:
                break
        result += pieces
    return result
