"""Ranks causes over all that was seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from auditor.diagnosis.log import Seen
from auditor.diagnosis.patterns import Cause, Table

Level = Literal["proved", "evidence", "compatible"]

SHIFT = "ANY"
BEST_WITHOUT_PROOF = 2
"""The index that anycast shift gets at best while no configuration or capture shows it: messages do not."""


class Ranked(NamedTuple):
    """A cause with the kinds of messages that speak for it; `weight` is its share of all, 0 to 1."""

    cause: Cause
    weight: float
    because: tuple[str, ...]
    level: Level | None = None


WEIGHTS: dict[Level, int] = {"proved": 20, "evidence": 5, "compatible": 1}
"""How much a sign counts, by how far it shows its cause."""


class Sign(NamedTuple):
    """Something seen that speaks for a cause; `share` is 1 for its first cause, less for the others."""

    code: str
    level: Level
    because: str
    share: float = 1.0


def rank_signs(signs: Iterable[Sign], table: Table) -> tuple[Ranked, ...]:
    """The causes that signs speak for: first how far they are shown, then how often."""
    weights: dict[str, float] = {}
    levels: dict[str, Level] = {}
    because: dict[str, dict[str, None]] = {}
    for sign in signs:
        weights[sign.code] = weights.get(sign.code, 0.0) + WEIGHTS[sign.level] * sign.share
        if WEIGHTS[sign.level] > WEIGHTS.get(levels.get(sign.code, "compatible"), 0) or (
            sign.code not in levels
        ):
            levels[sign.code] = sign.level
        because.setdefault(sign.code, {})[sign.because] = None
    total = sum(weights.values())
    codes = sorted(weights, key=lambda code: (-WEIGHTS[levels[code]], -weights[code]))
    return tuple(
        Ranked(table.causes[c], round(weights[c] / total, 3), tuple(because[c]), levels[c])
        for c in codes
    )


def rank(seen: Iterable[Seen], table: Table) -> tuple[Ranked, ...]:
    """The causes, likeliest first. A message's first cause weighs twice as much as its second."""
    weights: dict[str, float] = {}
    because: dict[str, list[str]] = {}
    for item in seen:
        if item.follows:
            continue
        for place, code in enumerate(item.causes):
            weights[code] = weights.get(code, 0.0) + item.times / 2**place
            names = because.setdefault(code, [])
            if item.pattern.id not in names:
                names.append(item.pattern.id)
    total = sum(weights.values())
    codes = sorted(weights, key=lambda code: (-weights[code], list(table.causes).index(code)))
    if SHIFT in codes[:BEST_WITHOUT_PROOF]:
        codes.remove(SHIFT)
        codes.insert(BEST_WITHOUT_PROOF, SHIFT)
    return tuple(
        Ranked(table.causes[code], round(weights[code] / total, 3), tuple(because[code]))
        for code in codes
    )
