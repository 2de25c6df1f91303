"""The line reader that indented configurations share: a table of statements, and one walk.

A platform gives a `Table` of `Statement`s. The walk matches each line against the statements that
share its first word, calls the handler, and keeps the ledger: a line that a handler took is used, a
line in the table without handler is irrelevant for the reason written beside it, and every other
line stays unread. Lines below a line belong to it by indentation; they are read with the table that
its statement names, or share its fate.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from parsers.ledger import Ledger

S = TypeVar("S")

BY_FAMILY = frozenset({"filters", "static routes"})
"""Topics that are told apart by address family: a statement that names `ipv6` reads both."""

Handler = Callable[[Any, "re.Match[str]", int], "object"]
"""`handler(state, match, line)`; a return value of False says that the line was not understood."""

Block = Callable[[Any, "re.Match[str]", int, int], None]
"""`block(state, match, first, last)` reads a line with all lines below it, and keeps the ledger."""


class Statement(NamedTuple):
    """One form of a line. `pattern` must match the whole line without its indentation.

    With neither `handler`, `block` nor `table` the line and all below it are irrelevant, and
    `reason` says why. With `table` the lines below are read with it; with `table` None and a
    `handler`, lines below stay unread. `topic` names what the platform can read thereby.
    """

    pattern: str
    handler: Handler | None = None
    block: Block | None = None
    table: Table[Any] | None = None
    reason: str = ""
    topic: str = ""


def irrelevant(reason: str, *words: str) -> tuple[Statement, ...]:
    """Statements that no rule can depend on: each of `words` is a regex for the line's beginning,
    ended at a space; the form with `no`, whatever follows, and whatever stands below are irrelevant
    too."""
    return tuple(Statement(rf"(?:no )?{word}(?:\s.*)?", reason=reason) for word in words)


class Table(Generic[S]):
    """Statements by their first word, tried in the order given; first words may be alternatives.

    `missed` names the topic of lines in this table that no statement matches: interface, filter,
    route or other. `subject` of such lines is taken from `state.subject` if it has one.
    """

    __slots__ = ("by_word", "missed", "statements", "wild")

    def __init__(self, statements: Iterable[Statement], missed: str = "other") -> None:
        self.statements = tuple(statements)
        self.missed = missed
        self.by_word: dict[str, list[tuple[Callable[[str], re.Match[str] | None], Statement]]] = {}
        self.wild: list[tuple[Callable[[str], re.Match[str] | None], Statement]] = []
        for statement in self.statements:
            compiled = re.compile(statement.pattern).fullmatch
            words = _first_words(statement.pattern)
            if words is None:
                self.wild.append((compiled, statement))
                for candidates in self.by_word.values():
                    candidates.append((compiled, statement))
            else:
                for word in words:
                    self.by_word.setdefault(word, list(self.wild)).append((compiled, statement))

    def find(self, line: str) -> tuple[re.Match[str], Statement] | None:
        """The first statement that matches `line`, which has no indentation."""
        for fullmatch, statement in self.by_word.get(_key(line), self.wild):
            match = fullmatch(line)
            if match is not None:
                return match, statement
        return None

    def topics(self) -> frozenset[str]:
        """The topics of all statements here and in the tables below."""
        found = {statement.topic for statement in self.statements if statement.topic}
        for statement in self.statements:
            if statement.topic in BY_FAMILY and "ipv6" in statement.pattern:
                found.add(f"{statement.topic} v6")
        for statement in self.statements:
            if statement.table is not None and statement.table is not self:
                found |= statement.table.topics()
        return frozenset(found)


_FIRST = re.compile(
    r"(?P<maybe>\(\?:no \)\?)?(?P<no>no )?(?P<open>\(\?:)?(?P<words>(?:[\w.-]+\|)*[\w.-]+)"
    r"(?P<close>\)?)(?=$| |\\s|\(\?:\\s|\(\?: )"
)


def _first_words(pattern: str) -> list[str] | None:
    """The keys (see _key) that a line matching `pattern` can have, None if it has no literal one."""
    match = _FIRST.match(pattern)
    if match is None or match["words"] == "no" or bool(match["open"]) != bool(match["close"]):
        return None
    words = match["words"].split("|")
    if match["no"]:
        return [f"no {word}" for word in words]
    return words + [f"no {word}" for word in words] if match["maybe"] else words


def _key(line: str) -> str:
    """The first word of a line, or the first two where the first is `no`."""
    first, _, rest = line.partition(" ")
    return f"no {rest.partition(' ')[0]}" if first == "no" else first


class Frame(NamedTuple):
    """An open block: lines indented deeper than `indent` belong to it."""

    indent: int
    table: Table[Any] | None
    irrelevant: bool


def read(lines: list[str], table: Table[S], state: S, ledger: Ledger, first: int = 1) -> None:
    """Reads `lines` (line `first` of the text is `lines[first - 1]`) with `table` into `state`.

    Lines that the ledger already has as used or irrelevant (banners) are passed over. Blank lines and
    lines that begin with `!` are irrelevant. A line that its own table does not know is tried in the
    table of the interface that was open before it, as the devices themselves do: a configuration
    without indentation reads the same. Other blocks do not lend theirs: a table that takes every word
    would swallow what nobody understood.
    """
    walk = _Walk(lines, table, state, ledger)
    status = ledger.status
    total = len(lines)
    number = first - 1
    while number < total:
        raw = lines[number]
        number += 1
        if status[number]:
            continue
        line = raw.strip()
        if not line or line[0] == "!":
            ledger.ignore(number)
            if not line or raw[0] == "!":
                walk.separate()
        else:
            number = walk.line(line, len(raw) - len(raw.lstrip()), number)


class _Walk:
    """The open blocks while a text is read."""

    def __init__(self, lines: list[str], table: Table[Any], state: object, ledger: Ledger) -> None:
        self.lines = lines
        self.state = state
        self.ledger = ledger
        self.stack = [Frame(-1, table, False)]
        self.lent: Table[Any] | None = None
        self.heads = [i for i, text in enumerate(lines) if text[:1] not in _INDENT]
        self.heads.append(len(lines))

    def line(self, line: str, indent: int, number: int) -> int:
        """Reads one line, with its block where the statement reads that itself; gives the number of the
        last line that is done."""
        stack = self.stack
        while stack[-1].indent >= indent and len(stack) > 1:
            closed = stack.pop()
            if closed.table is not None and closed.table.missed == "interface":
                self.lent = closed.table
        frame = stack[-1]
        if frame.table is None:
            if frame.irrelevant:
                self.ledger.ignore(number)
            return number
        found = frame.table.find(line)
        if found is None and self.lent is not None and indent == 0:
            found = self.lent.find(line)
        if found is None:
            _miss(self.ledger, number, frame.table, self.state)
            stack.append(Frame(indent, None, False))
            return number
        return self._take(found, frame.table, indent, number)

    def separate(self) -> None:
        """A blank line, or `!` without indentation, ends an irrelevant block: what is indented after it
        has lost the line that it belonged to, and must not pass for a part of that block."""
        while self.stack[-1].irrelevant:
            self.stack.pop()

    def _take(
        self, found: tuple[re.Match[str], Statement], table: Table[Any], indent: int, number: int
    ) -> int:
        match, statement = found
        if statement.block is not None:
            end = _block_end(self.lines, number, indent, self.heads)
            statement.block(self.state, match, number, end)
            self.lent = None
            return end
        if statement.handler is not None and statement.handler(self.state, match, number) is False:
            _miss(self.ledger, number, table, self.state)
        elif statement.handler is not None or statement.table is not None:
            self.ledger.use(number)
        else:
            self.ledger.ignore(number)
        irrelevant = statement.handler is None and statement.table is None
        self.stack.append(Frame(indent, statement.table, irrelevant))
        return number


def _miss(ledger: Ledger, number: int, table: Table[Any], state: object) -> None:
    subject = getattr(state, "subject", None) if table.missed != "other" else None
    ledger.miss(number, table.missed, subject)
    missed = getattr(state, "missed", None)
    if missed is not None and table.missed != "other":
        missed(number, table.missed)


_INDENT = (" ", "\t", "")
"""What an indented or an empty line begins with."""


def _block_end(lines: list[str], number: int, indent: int, heads: list[int]) -> int:
    """The last line number of the block that line `number` opens; comments and blanks inside count
    to it, trailing ones do not. `heads` are the indices of lines without indentation."""
    if indent == 0:
        limit = heads[bisect_left(heads, number)]
        while limit > number and not lines[limit - 1].strip():
            limit -= 1
        return limit
    end = number
    for position in range(number, len(lines)):
        raw = lines[position]
        text = raw.lstrip()
        if not text:
            continue
        if len(raw) - len(text) <= indent:
            break
        end = position + 1
    return end
