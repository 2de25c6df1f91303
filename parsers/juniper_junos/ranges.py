"""Sorted, disjoint number ranges: the set operations that match conditions need."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.model.filters import Range, Ranges


def union(parts: Iterable[Range]) -> Ranges:
    """The numbers in any of `parts`, as few ranges."""
    found: list[Range] = []
    for low, high in sorted(parts):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def intersection(first: Ranges, second: Ranges) -> Ranges:
    """The numbers in both."""
    return tuple(
        (max(a, c), min(b, d)) for a, b in first for c, d in second if max(a, c) <= min(b, d)
    )


def complement(parts: Iterable[Range], limit: int) -> Ranges:
    """The numbers from 0 to `limit` that are in none of `parts`."""
    found = []
    start = 0
    for low, high in union(parts):
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    if start <= limit:
        found.append((start, limit))
    return tuple(found)
