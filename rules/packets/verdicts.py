"""What a filter does with a set of packets, in three parts that together are the whole set."""

from __future__ import annotations

import enum
from typing import NamedTuple

from parsers.model.filters import Entry, Filter, Symptom
from rules.packets.sets import PacketSet


class Outcome(enum.Enum):
    """What happens to a packet."""

    PERMIT = "permit"
    DENY = "deny"
    UNKNOWN = "unknown"


class Because(NamedTuple):
    """Why an outcome is unknown: the text that decides it, and what is not known about it."""

    filter: Filter
    entry: Entry | None
    reason: str


class Decision(NamedTuple):
    """An outcome with the entry that gives it; `entry` None is the last action of `filter`."""

    outcome: Outcome
    entry: Entry | None
    filter: Filter
    because: Because | None = None

    @property
    def line(self) -> int | None:
        """The line to show for it, None for an implicit last action."""
        return self.filter.default_line if self.entry is None else self.entry.line

    @property
    def symptom(self) -> Symptom:
        """What the sender of a denied packet sees."""
        return self.filter.default_symptom if self.entry is None else self.entry.symptom


class Piece(NamedTuple):
    """Packets that share one decision."""

    packets: PacketSet
    decision: Decision

    @property
    def outcome(self) -> Outcome:
        """What happens to the packets."""
        return self.decision.outcome

    @property
    def entry(self) -> Entry | None:
        """The entry that decides, None for the last action of the filter."""
        return self.decision.entry

    @property
    def filter(self) -> Filter:
        """The filter that the deciding entry stands in."""
        return self.decision.filter

    @property
    def because(self) -> Because | None:
        """Why the outcome is unknown, None if it is known."""
        return self.decision.because


class Verdicts(NamedTuple):
    """The pieces of a judged set, in the order of the filter's entries.

    Every packet of the set is in a piece, and no packet has two outcomes.
    """

    pieces: tuple[Piece, ...]

    def part(self, outcome: Outcome) -> PacketSet:
        """The packets with one outcome."""
        return PacketSet(
            box for piece in self.pieces if piece.outcome is outcome for box in piece.packets.boxes
        )

    @property
    def permitted(self) -> PacketSet:
        """The packets that are certainly let through."""
        return self.part(Outcome.PERMIT)

    @property
    def denied(self) -> PacketSet:
        """The packets that are certainly dropped."""
        return self.part(Outcome.DENY)

    @property
    def undecided(self) -> PacketSet:
        """The packets of which the text does not tell."""
        return self.part(Outcome.UNKNOWN)
