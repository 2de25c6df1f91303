"""The tree of a FortiOS configuration: blocks of `config`, entries of `edit`, and the statements in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Statement(NamedTuple):
    """One `set`, `unset`, `append`, `select` or `unselect` with its first and last line."""

    verb: str
    key: str
    values: tuple[str, ...]
    line: int
    last: int


class Setting(NamedTuple):
    """The value of a key once all statements about it are done. Empty strings are no values."""

    values: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The only value, or the first."""
        return self.values[0] if self.values else ""


NONE = Setting((), 0)
"""What a key without a statement has."""

DAMAGE = "\0"
"""Names of entries that stand for lines in a table which are no entries begin with this."""


class Rename(NamedTuple):
    """`rename OLD to NEW`: what was named before keeps its references."""

    old: str
    new: str
    line: int


class Block:
    """A `config` block or an `edit` entry.

    `frame` holds the lines that only build the tree. `entries` are in the order in which the device has them, so
    moves are done. `bad` are lines that are no statements, `doubt` says why the block may not be whole.
    """

    __slots__ = (
        "bad",
        "doubt",
        "entries",
        "frame",
        "indent",
        "inner",
        "is_entry",
        "line",
        "name",
        "parent",
        "renames",
        "statements",
        "tables",
    )

    def __init__(self, name: str, line: int, parent: Block | None, is_entry: bool) -> None:
        self.name = name
        self.line = line
        self.parent = parent
        self.is_entry = is_entry
        self.frame: list[int] = []
        self.statements: list[Statement] = []
        self.tables: dict[str, Block] = {}
        self.entries: dict[str, Block] = {}
        self.renames: list[Rename] = []
        self.bad: list[int] = []
        self.doubt: str | None = None
        self.indent = 0
        self.inner = -1

    def doubted(self, reason: str) -> None:
        """Records why the block may not be whole; the first reason stays."""
        if self.doubt is None:
            self.doubt = reason

    def settings(self) -> dict[str, Setting]:
        """The values of all keys, the statements done in their order."""
        found: dict[str, Setting] = {}
        for verb, key, values, line, _ in self.statements:
            kept = tuple(value for value in values if value)
            if verb in ("set", "select"):
                found[key] = Setting(kept, line)
            elif verb == "append":
                before = found.get(key, NONE).values
                found[key] = Setting((*before, *(v for v in kept if v not in before)), line)
            elif verb == "unselect":
                before = found.get(key, NONE).values
                found[key] = Setting(tuple(v for v in before if v not in kept), line)
            else:
                found.pop(key, None)
        return found

    def walk(self) -> Iterator[Block]:
        """The block and all below it."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(block.tables.values())
            waiting.extend(block.entries.values())

    def lines(self) -> Iterator[int]:
        """All lines of the block and of what is below it."""
        for block in self.walk():
            yield from block.frame
            yield from block.bad
            for statement in block.statements:
                yield from range(statement.line, statement.last + 1)

    def current(self, name: str, line: int) -> str | None:
        """The name that an entry called `name` on `line` has at the end; None if nothing was called so yet."""
        for rename in self.renames:
            if rename.line > line:
                if rename.old == name:
                    name = rename.new
                elif rename.new == name:
                    return None
        return name

    def copy(self, name: str, line: int) -> Block:
        """An entry with the same statements, as `clone` makes it."""
        made = Block(name, line, self.parent, self.is_entry)
        made.statements = list(self.statements)
        made.tables = self.tables
        made.entries = self.entries
        made.doubt = self.doubt
        return made
