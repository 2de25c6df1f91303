"""The packets that a changed filter treats otherwise than before.

Where entries were put in or taken out and the others kept their order, only packets that those entries match can have
another verdict: comparing these is exact, and quick in lists of any length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parsers.model.device import Device
from parsers.model.filters import Action, Entry, Filter
from rules.packets.evaluate import evaluate
from rules.packets.sets import EMPTY, PacketSet, universe
from rules.packets.verdicts import Outcome

FEW_ENTRIES = 200
"""Filters of this length are compared whole where the order of entries changed."""

Bare = tuple[object, ...]


def bare(entry: Entry) -> Bare:
    """What an entry does, without its line and name."""
    return entry.action, entry.matches, entry.uncertain, entry.target


def content(found: Filter) -> tuple[object, ...]:
    """What a filter does, the places aside that it was read from."""
    return tuple(bare(entry) for entry in found.entries), found.default, found.uncertain


def treated_otherwise(
    old: Device, new: Device, before: Filter, after: Filter, family: int
) -> PacketSet | None:
    """The packets of a family with another verdict; None where too many would have to be compared."""
    space = _space(old, new, before, after, family)
    if space is None:
        return None
    was = evaluate(old.filters, before.key, family, space)
    now = evaluate(new.filters, after.key, family, space)
    found = EMPTY
    for outcome in Outcome:
        found |= now.part(outcome) - was.part(outcome)
    return found


def _space(
    old: Device, new: Device, before: Filter, after: Filter, family: int
) -> PacketSet | None:
    """Packets that hold all with another verdict."""
    gone = _without(before.entries, after.entries)
    come = _without(after.entries, before.entries)
    kept = (_kept(before.entries, gone), _kept(after.entries, come))
    same_end = (before.default, before.uncertain) == (after.default, after.uncertain)
    if kept[0] == kept[1] and same_end:
        return _matched(old, before, gone, family) | _matched(new, after, come, family)
    if max(len(before.entries), len(after.entries)) <= FEW_ENTRIES:
        return universe(family)
    return None


def _without(entries: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    """The entries that are not among the others, each counted as often as it stands there."""
    left = Counter(bare(entry) for entry in others)
    found = []
    for entry in entries:
        key = bare(entry)
        if left[key]:
            left[key] -= 1
        else:
            found.append(entry)
    return found


def _kept(entries: Sequence[Entry], changed: Sequence[Entry]) -> list[Bare]:
    lines = {id(entry) for entry in changed}
    return [bare(entry) for entry in entries if id(entry) not in lines]


def _matched(device: Device, found: Filter, entries: Sequence[Entry], family: int) -> PacketSet:
    """The packets that some of the entries match, or may match."""
    if not entries:
        return EMPTY
    alone = found._replace(entries=tuple(entries), default=Action.DENY, uncertain=None)
    filters = {**device.filters, (found.key, found.family): alone}
    pieces = evaluate(filters, found.key, family, universe(family)).pieces
    ended = [
        p for p in pieces if p.decision.entry is not None or p.decision.filter.key != found.key
    ]
    return PacketSet(box for piece in ended for box in piece.packets.boxes)
