"""Whether one session's packets went over several links, from captures of them."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import NamedTuple

MOST = 4096
"""Packets of one session and direction that are remembered for each link."""


class Budget:
    """How many packets more are remembered, over all sessions."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left


_FAR = 1 << 26
"""Distance of sequence numbers that no session bridges in so few packets: a device in between rewrote them."""


class Prints:
    """The packets of one session and direction on one link: when they came, and what tells them apart.

    `marks` hold what no router changes, `weak` what hardly any device changes.
    """

    __slots__ = ("_budget", "marks", "numbers", "times", "weak")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.times, self.marks, self.weak = array("q"), array("q"), array("q")
        self.numbers = array("I")

    def add(
        self, time: int, seq: int, ack: int, size: int, flags: int, identity: int, options: bytes
    ) -> bool:
        """Remembers a packet; false where there is no room."""
        if len(self.times) >= MOST or self._budget.left <= 0:
            return False
        self._budget.left -= 1
        weak = hash((seq, ack, size, flags))
        self.times.append(time)
        self.marks.append(hash((weak, identity, options)))
        self.weak.append(weak)
        self.numbers.append(seq)
        return True


class Sharing(NamedTuple):
    """How two links share a session's packets of one direction. `switches`: how often the link changes from
    one packet to the next."""

    first: int
    second: int
    both: int
    switches: int

    @property
    def split(self) -> bool:
        """Whether packets alternate: no change of path in mid-session looks so."""
        return self.switches > 2

    @property
    def moved(self) -> bool:
        """Whether the session went over to the other link."""
        return 0 < self.switches <= 2


def compare(first: Prints, second: Prints) -> Sharing | None:
    """How two links share the packets; None where they see the same ones (one link behind the other), or
    where a device in between rewrote them."""
    ones, others = set(first.marks), set(second.marks)
    both = len(ones & others)
    if both * 2 >= min(len(ones), len(others)):
        return None
    weak_ones, weak_others = set(first.weak), set(second.weak)
    if len(weak_ones & weak_others) * 2 >= min(len(weak_ones), len(weak_others)):
        return None
    distance = (first.numbers[0] - second.numbers[0]) & 0xFFFFFFFF
    if min(distance, (1 << 32) - distance) > _FAR:
        return None
    rows = sorted(
        (time, number, link)
        for link, prints, elsewhere in ((0, first, others), (1, second, ones))
        for time, number, mark in zip(prints.times, prints.numbers, prints.marks, strict=True)
        if mark not in elsewhere
    )
    if first.times[-1] < second.times[0] or second.times[-1] < first.times[0]:
        rows.sort(key=lambda row: row[1])  # it moved, or the clocks differ: the data's order tells
    switches = sum(one[2] != other[2] for one, other in pairwise(rows))
    second_only = sum(row[2] for row in rows)
    return Sharing(len(rows) - second_only, second_only, both, switches)
