"""On which line a key of a TOML document stands: `tomllib` does not tell.

Walks over a document that `tomllib` has accepted (TOML 1.0), so that nothing is checked twice: strings, comments
and nested values are passed over by the rules of the grammar.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise

Path = tuple[str | int, ...]

_BLANK = re.compile(r"[ \t]*")
_BLANKS = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|(?!""").)*"""(?:"{0,2})'
    r"|'''(?:(?!''').)*'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\n#]+")


def key_lines(text: str) -> dict[Path, int]:
    """The line (from 1 on) where each key and each element of a list first stands, by its path."""
    return _Walk(text.replace("\r\n", "\n")).lines


class _Walk:
    """One walk over a document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._starts = [0, *(m.end() for m in re.finditer("\n", text)), len(text) + 1]
        self._line = 1
        self._tables: dict[Path, int] = {}
        self.lines: dict[Path, int] = {}
        self._document()

    def _document(self) -> None:
        table: Path = ()
        while True:
            self._skip(_BLANKS)
            if self._at >= len(self._text):
                return
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        """A table's head, or an element's of an array of tables."""
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        line = self._here()
        path: Path = ()
        for key, following in pairwise([*self._key(), None]):
            path = (*path, str(key))
            if following is None and many:
                self.lines.setdefault(path, line)
                self._tables[path] = self._tables.get(path, -1) + 1
            if path in self._tables:
                path = (*path, self._tables[path])
            self.lines.setdefault(path, line)
        self._at += 2 if many else 1
        return path

    def _pair(self, table: Path) -> None:
        line = self._here()
        path = table
        for key in self._key():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(path)

    def _key(self) -> Iterator[str]:
        """The parts of a dotted key; ends before what follows it."""
        while True:
            self._skip(_BLANK)
            bare = _BARE.match(self._text, self._at)
            found = bare or _STRING.match(self._text, self._at)
            if found is None:
                raise ValueError(f"no key at character {self._at}")
            self._at = found.end()
            yield found[0] if bare else str(tomllib.loads(f"x = {found[0]}")["x"])
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return
            self._at += 1

    def _value(self, path: Path) -> None:
        sign = self._text[self._at]
        if sign == "[":
            self._array(path)
        elif sign == "{":
            self._inline(path)
        else:
            self._skip(_STRING if sign in "\"'" else _PLAIN)

    def _array(self, path: Path) -> None:
        self._at += 1
        number = 0
        while True:
            self._skip(_BLANKS)
            sign = self._text[self._at]
            if sign in ",]":
                self._at += 1
                if sign == "]":
                    return
                continue
            self.lines.setdefault((*path, number), self._here())
            self._value((*path, number))
            number += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while True:
            self._skip(_BLANKS)
            sign = self._text[self._at]
            if sign in ",}":
                self._at += 1
                if sign == "}":
                    return
                continue
            self._pair(path)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()

    def _here(self) -> int:
        """The line of the place that was reached; it only grows."""
        while self._starts[self._line] <= self._at:
            self._line += 1
        return self._line
