"""The walk over a VRP or Comware configuration: `#` ends a section, blanks say what belongs to what.

Statements of the system view stand at the margin or behind one blank; the first line of a section says
which. A line at the margin that the system view does not know is tried in the view that is open, as
the devices do with a text that has lost its blanks.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeVar

from parsers.ledger import Ledger
from parsers.reader import Statement, Table

S = TypeVar("S")
Found = tuple["re.Match[str]", Statement]
ANYTHING = r"(?P<what>\S.*)"
"""The pattern of the last statement of a view that must know that it has not understood a line."""


def ignored(reason: str, *words: str) -> tuple[Statement, ...]:
    """Statements that no rule can depend on, ended at a blank: each of `words` begins a line. What is below
    them, and the form with `undo`, are irrelevant too (see `_Walk.find`)."""
    return tuple(Statement(rf"{word}(?:\s.*)?", reason=reason) for word in words)


def either(patterns: tuple[str, ...], like: Statement) -> tuple[Statement, ...]:
    """Several forms of one statement. Each is a pattern of its own, so that the table can look it up by its
    first word."""
    return tuple(like._replace(pattern=pattern) for pattern in patterns)


class Frame(NamedTuple):
    """An open view: lines that are indented deeper than `indent` belong to it."""

    indent: int
    table: Table[Any] | None
    irrelevant: bool


def read(lines: list[str], table: Table[S], state: S, ledger: Ledger) -> None:
    """Reads `lines` with `table` into `state`, and keeps the ledger. Lines that the ledger has already are
    passed over."""
    walk = _Walk(lines, table, state, ledger)
    status = ledger.status
    total = len(lines)
    number = 0
    while number < total:
        raw = lines[number]
        number += 1
        if status[number]:
            continue
        text = raw.strip()
        if not text:
            ledger.ignore(number)
        elif text[0] == "#":
            ledger.ignore(number)
            if raw[0] == "#":
                walk.separate()
        else:
            number = walk.line(text, len(raw) - len(raw.lstrip()), number)


def block_end(lines: list[str], first: int) -> int:
    """The last line of the block that line `first` opens: what is indented deeper than it, or, where that
    is nothing, the lines down to the next separator are not taken."""
    head = lines[first - 1]
    indent = len(head) - len(head.lstrip())
    end = first
    for number in range(first, len(lines)):
        raw = lines[number]
        text = raw.lstrip()
        if not text:
            continue
        if len(raw) - len(text) <= indent or raw[0] == "#":
            break
        end = number + 1
    return end


class _Walk:
    """The open views while a text is read."""

    def __init__(self, lines: list[str], table: Table[Any], state: object, ledger: Ledger) -> None:
        self.lines = lines
        self.root = Frame(-1, table, False)
        self.state = state
        self.ledger = ledger
        self.stack = [self.root]
        self.lent: list[Table[Any]] = []
        self.shift = 0
        self.fresh = True

    def separate(self) -> None:
        """`#` at the margin: the section is over."""
        self.stack = [self.root]
        self.lent = []
        self.fresh = True

    def line(self, text: str, indent: int, number: int) -> int:
        """Reads one line; gives the number of the last line that is done."""
        if self.fresh:
            self.shift = indent
            self.fresh = False
        elif indent < self.shift:
            self.shift = indent
        indent -= self.shift
        stack = self.stack
        while stack[-1].indent >= indent and len(stack) > 1:
            stack.pop()
        frame = stack[-1]
        if frame.table is None:
            if frame.irrelevant:
                self.ledger.ignore(number)
            return number
        found = self._find(frame.table, text)
        if found is not None:
            return self._take(found, frame.table, indent, number)
        if indent == 0:
            for depth in range(len(self.lent), 0, -1):
                table = self.lent[depth - 1]
                found = self._find(table, text)
                if found is not None:
                    return self._take(found, table, indent, number, depth)
        self._miss(number, frame.table)
        stack.append(Frame(indent, None, False))
        return number

    def _find(self, table: Table[Any], text: str) -> Found | None:
        """The statement that a line is; `undo X` is irrelevant where nothing knows it and X is."""
        found = table.find(text)
        if text.startswith("undo ") and (found is None or found[1].pattern == ANYTHING):
            positive = table.find(text[5:])
            if positive is not None and _is_irrelevant(positive[1]):
                return positive
        return found

    def _take(
        self, found: Found, table: Table[Any], indent: int, number: int, depth: int = 0
    ) -> int:
        """`depth` is how many of the lent views stay open, for a line that one of them has taken."""
        match, statement = found
        if statement.block is not None:
            end = max(number, block_end(self.lines, number))
            statement.block(self.state, match, number, end)
            if statement.table is not None:
                self._open(statement.table, indent, depth)
            return end
        if statement.handler is not None and statement.handler(self.state, match, number) is False:
            self._miss(number, table)
        elif _is_irrelevant(statement):
            self.ledger.ignore(number)
        else:
            self.ledger.use(number)
        if statement.table is not None:
            self._open(statement.table, indent, depth)
        else:
            self.stack.append(Frame(indent, None, _is_irrelevant(statement)))
        return number

    def _open(self, table: Table[Any], indent: int, depth: int) -> None:
        self.stack.append(Frame(indent, table, False))
        if indent == 0:
            self.lent = [*self.lent[:depth], table]

    def _miss(self, number: int, table: Table[Any]) -> None:
        state = self.state
        subject = getattr(state, "subject", None) if table.missed != "other" else None
        self.ledger.miss(number, table.missed, subject)
        if table.missed != "other":
            missed = getattr(state, "missed", None)
            if missed is not None:
                missed(number, table.missed)


def _is_irrelevant(statement: Statement) -> bool:
    return statement.handler is None and statement.table is None and statement.block is None
