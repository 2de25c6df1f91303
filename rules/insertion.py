"""Where new entries fit into a numbered filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parsers.model.filters import Entry, Filter
from parsers.platform import Remedy

if TYPE_CHECKING:
    from rules.view import View


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


def placed(
    view: View, permit: Remedy, found: Filter, before: Entry | None, count: int
) -> tuple[Remedy, ...]:
    """A remedy with its place in the filter that decides, behind what has to be carried out before it."""
    if before is not None and before.label is not None and " then " in found.key:
        found, before = _of_list(found, before, before.label)
        permit = permit._replace(filter=found.key)
    place = insertion(found, before, count)
    numbers = _numbers(found)
    return (
        *place.first,
        permit._replace(
            before=before.label if before is not None else None,
            number=place.number,
            decides=found.key,
            last=max(numbers, default=None),
            form=found.kind,
            unused=_unused(view, found),
        ),
    )


def _numbers(found: Filter) -> list[int]:
    return [int(e.label) for e in found.entries if e.label is not None and e.label.isdecimal()]


def _unused(view: View, found: Filter) -> int | None:
    """A number above those of all policies between zones; lists by name count for themselves."""
    kind, colon, _ = found.key.partition(":")
    if not colon:
        return None
    asked = ("unused number", kind)
    known = view.cache.get(asked)
    if not isinstance(known, int):
        others = (f for (key, _), f in view.device.filters.items() if key.startswith(f"{kind}:"))
        known = max((number for other in others for number in _numbers(other)), default=0) + 1
        view.cache[asked] = known
    return known


def _of_list(found: Filter, before: Entry, label: str) -> tuple[Filter, Entry]:
    """The list that an entry of a composed filter stands in, by labels of the form LIST/NUMBER."""
    name, slash, number = label.partition("/")
    if not slash:
        return found, before
    own = [e for e in found.entries if (e.label or "").startswith(f"{name}/")]
    entries = [e._replace(label=(e.label or "").partition("/")[2]) for e in own]
    return found._replace(key=name, entries=entries), before._replace(label=number)
