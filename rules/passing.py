"""Filters that let all packets of many meetings pass: they are judged once, not for each interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.model.filters import Action, Filter, Match
from rules.packets.evaluate import evaluate
from rules.packets.sets import PacketSet
from rules.packets.verdicts import Outcome

if TYPE_CHECKING:
    from rules.meetings import Meeting
    from rules.view import View

SEVERAL = 4
"""So many meetings with one filter are first judged together."""


def let_pass(view: View, met: list[Meeting]) -> set[int]:
    """The filters, by id, that certainly let all packets of all their meetings pass: then none of them needs to be
    judged by itself. What was permitted by which entry is asked only of meetings where something is not."""
    together: dict[int, list[Meeting]] = {}
    for meeting in met:
        together.setdefault(id(meeting.filter), []).append(meeting)
    found = set()
    for key, group in together.items():
        first = group[0].filter
        if len(group) < SEVERAL and not _opens_with_permit(first):
            continue
        family = first.family or next(iter(group[0].packets.families), 4)
        whole = PacketSet(box for meeting in group for box in meeting.packets.boxes)
        if any(meeting.packets.holed for meeting in group) or whole.families != (family,):
            continue
        if _opens_with_permit(first):
            found.add(key)
            continue
        # an interface that is not known may match every condition: what passes then passes on each
        verdicts = evaluate(view.device.filters, first.key, family, whole)
        if all(piece.outcome is Outcome.PERMIT for piece in verdicts.pieces):
            found.add(key)
    return found


def _opens_with_permit(found: Filter) -> bool:
    """Whether the first entry of a filter permits everything, without doubt."""
    if found.uncertain is not None or not found.entries:
        return False
    first = found.entries[0]
    if first.action is not Action.PERMIT or first.uncertain is not None:
        return False
    return any(match in (Match(0), Match(found.family)) for match in first.matches)
