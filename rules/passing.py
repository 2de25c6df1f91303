"""Filters that let all packets of many meetings pass: they are judged once, not for each interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.model.filters import Action, Filter, Match
from rules.packets.evaluate import around, evaluate, hulls
from rules.packets.sets import PacketSet
from rules.packets.verdicts import Outcome

if TYPE_CHECKING:
    from rules.meetings import Meeting
    from rules.view import View

SEVERAL = 4
"""So many meetings with one filter are first judged together, packet by packet."""

SHORT = 8
"""A filter with so few entries is first asked about all packets with the widest boxes."""


def let_pass(view: View, met: list[Meeting]) -> set[int]:
    """The filters, by id, that certainly let all packets of all their meetings pass: then none of them needs to be
    judged by itself. What was permitted by which entry is asked only of meetings where something is not."""
    together: dict[int, list[Meeting]] = {}
    for meeting in met:
        together.setdefault(id(meeting.filter), []).append(meeting)
    return {key for key, group in together.items() if _passes(view, group)}


def _passes(view: View, group: list[Meeting]) -> bool:
    """Whether the filter that the meetings share certainly lets all their packets pass."""
    first = group[0].filter
    sets = list({id(meeting.packets): meeting.packets for meeting in group}.values())
    family = first.family or next(iter(sets[0].families), 4)
    if any(packets.holed or packets.families != (family,) for packets in sets):
        return False
    if _opens_with_permit(first):
        return True
    # an interface that is not known may match every condition: what passes then passes on each
    sides = {(meeting.in_interface, meeting.out_interface) for meeting in group}
    names = sides.pop() if len(sides) == 1 else (None, None)
    whole = [box for packets in sets for box in packets.boxes]
    # what passes with more packets around it passes; a few wide boxes are walked sooner than many
    wide = PacketSet(around(whole) if len(first.entries) <= SHORT else hulls(whole))
    if _permits(view, first, family, wide, names):
        return True
    return len(group) >= SEVERAL and _permits(view, first, family, PacketSet(whole), names)


def _permits(
    view: View, first: Filter, family: int, packets: PacketSet, names: tuple[str | None, str | None]
) -> bool:
    verdicts = evaluate(view.device.filters, first.key, family, packets, *names)
    return all(piece.outcome is Outcome.PERMIT for piece in verdicts.pieces)


def _opens_with_permit(found: Filter) -> bool:
    """Whether the first entry of a filter permits everything, without doubt."""
    if found.uncertain is not None or not found.entries:
        return False
    first = found.entries[0]
    if first.action is not Action.PERMIT or first.uncertain is not None:
        return False
    return any(match in (Match(0), Match(found.family)) for match in first.matches)
