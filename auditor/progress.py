"""How far a run is, on a terminal: number, rate, time left."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")
EVERY = 0.2
"""Seconds between two lines."""


class Counter:
    """Counts towards `total` on a terminal; None for nowhere."""

    def __init__(self, total: int, terminal: TextIO | None) -> None:
        self._total = total
        self._terminal = terminal

    def count(self, items: Iterable[T]) -> Iterator[T]:
        """The items, counted as they pass."""
        terminal = self._terminal
        if terminal is None:
            yield from items
            return
        began = said = time.monotonic()
        done = 0
        try:
            for item in items:
                yield item
                done += 1
                now = time.monotonic()
                if now - said >= EVERY:
                    said = now
                    self._say(terminal, done, now - began)
        finally:
            self._say(terminal, done, time.monotonic() - began)
            terminal.write("\n")

    def _say(self, terminal: TextIO, done: int, seconds: float) -> None:
        rate = done / seconds if seconds > 0 else 0.0
        left = duration((self._total - done) / rate) if rate else "?"
        end = f"{left} left" if done < self._total else f"{duration(seconds)}"
        line = f"{done}/{self._total} devices, {rate:.0f}/s, {end}"
        terminal.write(f"\r\x1b[K{line}")
        terminal.flush()


def duration(seconds: float) -> str:
    """`0:07`, `12:00`, `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
