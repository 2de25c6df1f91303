"""Object groups: named lists of addresses, ports and services, with what is not known about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from parsers.model.addresses import AddressTerm
from parsers.model.filters import Match, Ranges

NESTING_LIMIT = 64
"""Devices refuse deeper nesting long before; past it a group is taken as not understood."""

T = TypeVar("T")


class NetworkGroup(NamedTuple):
    """Known members, and why there may be others (`doubt`)."""

    terms: tuple[AddressTerm, ...]
    doubt: str | None = None


class PortGroup(NamedTuple):
    """Known port ranges, and why there may be others."""

    ranges: Ranges
    doubt: str | None = None


class ServiceGroup(NamedTuple):
    """Known services as matches without addresses, and why there may be others."""

    matches: tuple[Match, ...]
    doubt: str | None = None


class Groups(NamedTuple):
    """The object groups of a configuration, expanded."""

    networks: Mapping[str, NetworkGroup]
    ports: Mapping[str, PortGroup]
    services: Mapping[str, ServiceGroup]


NO_GROUPS = Groups({}, {}, {})


class RawGroup(Generic[T]):
    """A group as it is read: its own items, the names of groups nested in it, and doubts."""

    __slots__ = ("doubts", "items", "nested")

    def __init__(self) -> None:
        self.items: list[T] = []
        self.nested: list[str] = []
        self.doubts: list[str] = []


def expand(raw: Mapping[str, RawGroup[T]]) -> dict[str, tuple[tuple[T, ...], str | None]]:
    """Each group's items with those of the groups nested in it, and the first doubt about them.

    A cycle, an undefined nested group or nesting beyond NESTING_LIMIT becomes a doubt.
    """
    done: dict[str, tuple[tuple[T, ...], str | None]] = {}
    for name in raw:
        _expand(name, raw, done, ())
    return done


def _expand(
    name: str,
    raw: Mapping[str, RawGroup[T]],
    done: dict[str, tuple[tuple[T, ...], str | None]],
    path: tuple[str, ...],
) -> tuple[tuple[T, ...], str | None]:
    if name in done:
        return done[name]
    group = raw.get(name)
    if group is None:
        return (), f"object-group {name} is not defined"
    if name in path or len(path) >= NESTING_LIMIT:
        return (), f"object-group {name} is nested in itself or too deep"
    items = dict.fromkeys(group.items)
    doubts = list(group.doubts)
    for inner_name in group.nested:
        inner, doubt = _expand(inner_name, raw, done, (*path, name))
        items.update(dict.fromkeys(inner))
        if doubt:
            doubts.append(doubt)
    if not items and not group.nested:
        doubts.append(f"object-group {name} has no members in the text")
    result = (tuple(items), doubts[0] if doubts else None)
    if not path or not doubts:
        # inside a cycle the members seen from one group are not those seen from another
        done[name] = result
    return result
