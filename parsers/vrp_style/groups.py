"""Named lists of addresses, ports and services, nested in each other, with what is not known about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from parsers.model.addresses import AddressTerm
from parsers.model.filters import Match, Range, Ranges

NESTING_LIMIT = 32
"""Devices take five to eight levels (H3C SecPath FAQ); beyond this a group is taken as not understood."""

T = TypeVar("T")


class RawGroup(Generic[T]):
    """A group as it is read: its members, members taken out again, the names of nested groups, and doubts."""

    __slots__ = ("doubts", "items", "line", "nested", "removed")

    def __init__(self, line: int) -> None:
        self.line = line
        self.items: list[T] = []
        self.removed: list[T] = []
        self.nested: list[str] = []
        self.doubts: list[str] = []


class Group(NamedTuple, Generic[T]):
    """Known members, and why there may be others, or fewer (`doubt`)."""

    items: tuple[T, ...]
    doubt: str | None = None


class Groups(NamedTuple):
    """All groups of a configuration, expanded. `key` is how a name is looked up: Comware's names are the
    same in either case."""

    networks: Mapping[str, Group[AddressTerm]]
    ports: Mapping[str, Group[Range]]
    services: Mapping[str, Group[Match]]
    key: Callable[[str], str] = str

    def find(self, table: Mapping[str, Group[T]], name: str) -> Group[T]:
        """The group called `name`; one that is not defined has no known members."""
        return table.get(self.key(name)) or Group((), f"{name} is not defined")


NO_GROUPS = Groups({}, {}, {})


def expand(raw: Mapping[str, RawGroup[T]]) -> dict[str, Group[T]]:
    """Each group with the members of the groups nested in it, and the first doubt about them. A circle, an
    undefined group, and members that are taken out again are doubts."""
    done: dict[str, Group[T]] = {}
    for name in raw:
        _expand(name, raw, done, ())
    return done


def _expand(
    name: str, raw: Mapping[str, RawGroup[T]], done: dict[str, Group[T]], path: tuple[str, ...]
) -> Group[T]:
    if name in done:
        return done[name]
    group = raw.get(name)
    if group is None:
        return Group((), f"{name} is not defined")
    if name in path or len(path) >= NESTING_LIMIT:
        return Group((), f"{name} is nested in itself or too deep")
    items = dict.fromkeys(group.items)
    doubts = list(group.doubts)
    for inner in group.nested:
        found = _expand(inner, raw, done, (*path, name))
        items.update(dict.fromkeys(found.items))
        if found.doubt:
            doubts.append(found.doubt)
    if group.removed:
        items = {}
        doubts.append(f"{name} leaves out some of its addresses")
    if not items and not doubts:
        doubts.append(f"{name} has no members in the text")
    result = Group(tuple(items), doubts[0] if doubts else None)
    if not path or not doubts:
        # within a circle the members seen from one group are not those seen from another
        done[name] = result
    return result


def merged(ranges: Iterable[Range]) -> Ranges:
    """The union of port ranges, sorted and disjoint."""
    result: list[Range] = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)
