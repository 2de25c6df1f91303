"""Permits that stand behind the entry which denies: what the author of the filter wanted and does not get."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.model.filters import Action, Entry, Filter
from rules.packets.cubes import KINDS, LATER, full_box, shape_of
from rules.packets.evaluate import evaluate, naming
from rules.packets.packet import Packet
from rules.packets.sets import PacketSet
from rules.packets.verdicts import Piece

LOOKED_AT = 50
"""Entries behind the guilty one that are looked at."""
NAMED = 3
"""Lines that are named."""


def shadowed(found: Filter, pieces: Iterable[Piece], packets: PacketSet) -> str:
    """The permits behind the entries of `pieces` that name the same destinations, in words: whether they can
    never match, or only not for these packets. Empty where there are none."""
    guilty = [p.entry for p in pieces if p.entry is not None and p.entry.line is not None]
    sample = packets.witness()
    if not guilty or sample is None:
        return ""
    last = max(entry.line or 0 for entry in guilty)
    never: list[int] = []
    behind: list[int] = []
    for entry in _behind(found, last, sample):
        if entry.action is not Action.PERMIT or entry.uncertain or not _names(entry, sample):
            continue
        assert entry.line is not None  # noqa: S101 - _behind gives entries of the text
        (never if _covered(found, entry, guilty, sample.family) else behind).append(entry.line)
        if len(never) + len(behind) == NAMED:
            break
    if never:
        return f", which shadows the permit in {_lines(never)} (it can never match)"
    return f", which stands before the permit in {_lines(behind)}" if behind else ""


def _lines(numbers: list[int]) -> str:
    word = "line" if len(numbers) == 1 else "lines"
    return f"{word} {', '.join(str(number) for number in numbers)}"


def _behind(found: Filter, line: int, sample: Packet) -> list[Entry]:
    """The entries behind `line` whose addresses hold the packet's."""
    passed = False
    out = []
    for number in naming(found, sample):
        entry = found.entries[number]
        if entry.line == line:
            passed = True
        elif passed and entry.line is not None:
            out.append(entry)
            if len(out) == LOOKED_AT:
                break
    return out


def _covered(found: Filter, entry: Entry, guilty: list[Entry], family: int) -> bool:
    """Whether the guilty entries take every packet that `entry` could match, later fragments aside: they come
    to nothing without the first one."""
    if any(one.uncertain or one.action is not Action.DENY for one in guilty):
        return False
    whole = PacketSet(full_box(shape_of(family, kind)) for kind in KINDS if kind != LATER)
    alone = found._replace(key="alone", entries=(entry,), default=Action.DENY)
    wanted = evaluate({("alone", alone.family): alone}, "alone", family, whole)
    before = found._replace(key="before", entries=tuple(guilty), default=Action.PERMIT)
    left = evaluate({("before", before.family): before}, "before", family, wanted.permitted)
    return not left.permitted and not left.undecided


def _names(entry: Entry, sample: Packet) -> bool:
    """Whether an entry names the destination of a packet, rather than everything."""
    return any(
        term.family == sample.family and sample.dst & term.care == term.value
        for match in entry.matches
        if match.dst is not None
        for term in match.dst.terms
    )
