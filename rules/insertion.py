"""Where new entries fit into a numbered filter."""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.filters import Entry, Filter
from parsers.platform import Remedy


class Place(NamedTuple):
    """The first free number for new entries, None where a filter has no numbers or they go to its end;
    `first` are remedies to carry out before (renumbering where there is no room)."""

    number: int | None
    first: tuple[Remedy, ...] = ()


def insertion(found: Filter, before: Entry | None, count: int) -> Place:
    """The place for `count` new entries before an entry of a filter."""
    if before is None or before.label is None or not before.label.isdigit():
        return Place(None)
    limit = int(before.label)
    numbers = [int(e.label) for e in found.entries if e.label is not None and e.label.isdigit()]
    previous = max((number for number in numbers if number < limit), default=0)
    if limit - previous > count:
        return Place(limit - count)
    step = max(10, count + 1)
    position = sum(number < limit for number in dict.fromkeys(numbers)) + 1
    renumber = Remedy("resequence", filter=found.key, family=found.family, number=step)
    return Place(position * step - count, (renumber,))
