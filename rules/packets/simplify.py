"""The same packets in fewer boxes, for printing and for keeping results small."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rules.packets.addresses import joined_ranges, merged
from rules.packets.cubes import Box, family_of

Field = tuple[int, ...]
"""The part of a box that one merge looks at."""


def simplified(boxes: Iterable[Box]) -> list[Box]:
    """Boxes for the same packets, where boxes that differ in one field only are joined."""
    found = list(dict.fromkeys(boxes))
    count = len(found) + 1
    while 1 < len(found) < count:
        count = len(found)
        for first, last, join in FIELDS:
            if _differ(found, first, last):
                found = _joined(found, first, last, join)
    return sorted(found)


def _differ(boxes: list[Box], first: int, last: int) -> bool:
    """Whether the boxes have more than one value there: where all are equal there is nothing to join."""
    sample = boxes[0][first:last]
    return any(box[first:last] != sample for box in boxes)


def _joined(
    boxes: list[Box], first: int, last: int, join: Callable[[list[Field], int], list[Field]]
) -> list[Box]:
    groups: dict[tuple[Field, Field], list[Field]] = {}
    for box in boxes:
        groups.setdefault((box[:first], box[last:]), []).append(box[first:last])
    if len(groups) == len(boxes):
        return boxes
    result: list[Box] = []
    for (before, after), fields in groups.items():
        if len(fields) > 1:
            fields = join(fields, family_of((before or fields[0])[0]))
        result += [_box((*before, *field, *after)) for field in fields]
    return result


def _box(fields: Field) -> Box:
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = fields
    return (shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states)


def _union(fields: list[Field], _family: int) -> list[Field]:
    total = 0
    for (bits,) in fields:
        total |= bits
    return [(total,)]


def _ranges(fields: list[Field], _family: int) -> list[Field]:
    return list(joined_ranges((low, high) for low, high in fields))


def _cubes(fields: list[Field], family: int) -> list[Field]:
    return list(merged(((value, care) for value, care in fields), family))


FIELDS: tuple[tuple[int, int, Callable[[list[Field], int], list[Field]]], ...] = (
    (9, 10, _union),
    (10, 11, _union),
    (5, 7, _ranges),
    (7, 9, _ranges),
    (3, 5, _cubes),
    (1, 3, _cubes),
)
"""First and last position of each field in a box, and how it is joined."""
