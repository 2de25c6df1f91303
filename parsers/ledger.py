"""The line ledger: which lines were read, computed by recording what handlers took."""

from __future__ import annotations

from collections.abc import Iterator

UNREAD, USED, IRRELEVANT = 0, 1, 2


class Ledger:
    """One status per line of one text. Lines count from 1; every line starts unread.

    A parser marks what it used, and what it knows to be irrelevant. What stays unread is reported
    as not understood, so forgetting a line can never hide it.
    """

    __slots__ = ("status", "topics")

    def __init__(self, line_count: int) -> None:
        self.status = bytearray(line_count + 1)
        self.topics: dict[int, tuple[str, str | None]] = {}

    def use(self, line: int) -> None:
        """Records that a handler took `line` as a fact."""
        self.status[line] = USED

    def use_range(self, first: int, last: int) -> None:
        """Records `first` to `last`, both included, as used."""
        self.status[first : last + 1] = bytes([USED]) * (last + 1 - first)

    def ignore(self, line: int) -> None:
        """Records that `line` is known and cannot matter to any rule."""
        self.status[line] = IRRELEVANT

    def ignore_range(self, first: int, last: int) -> None:
        """Records `first` to `last`, both included, as irrelevant."""
        self.status[first : last + 1] = bytes([IRRELEVANT]) * (last + 1 - first)

    def miss(self, line: int, topic: str, subject: str | None = None) -> None:
        """Records that `line` is not understood and stands in a `filter`, `interface` or `route`."""
        self.status[line] = UNREAD
        self.topics[line] = (topic, subject)

    def unread(self) -> Iterator[int]:
        """The lines that nobody took, in order."""
        position = self.status.find(UNREAD, 1)
        while position != -1:
            yield position
            position = self.status.find(UNREAD, position + 1)

    def counts(self) -> tuple[int, int, int]:
        """Used, irrelevant and not understood lines."""
        body = self.status[1:]
        return body.count(USED), body.count(IRRELEVANT), body.count(UNREAD)
