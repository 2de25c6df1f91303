"""The curly form of `show config running`: blocks of braces, statements ended by semicolons."""

from __future__ import annotations

import re

from parsers.hierarchy.tree import Node, add, add_lists
from parsers.ledger import Ledger
from parsers.paloalto_panos.words import closes_quote, open_quote, words_of

CUT = "the text ends inside this block"
DEEPEST = 60
"""Open blocks beyond this are read as if they were one."""
LONGEST_QUOTE = 2_000
"""Lines that a quoted string or a list may span; one left open longer is a stray one."""
_PARTS = re.compile(
    r'"(?:[^"\\]|\\.|"(?![\s\]};]|$))*"(?=[\s\]};]|$)|[{};]|(?:[^{};"]|(?<=[^\s\[])")+|"'
)
_COMMENT = ("#", "!")


class CurlyReader:
    """Reads lines one after the other below `root`; braces may stay open between calls."""

    def __init__(self, root: Node, lines: list[str], ledger: Ledger) -> None:
        self.root = root
        self.lines = lines
        self.ledger = ledger
        self.stack = [root]
        self.doubtful = False

    @property
    def open(self) -> bool:
        """Whether a block is open."""
        return len(self.stack) > 1

    def read(self, number: int) -> int:
        """Reads line `number`; gives the number of the last line that was read with it."""
        text = self.lines[number - 1].strip()
        if not text or text.startswith(_COMMENT):
            self.ledger.ignore(number)
            return number
        if text == "}" or text == "};":
            self._close(number)
            return number
        last = number
        if '"' in text and open_quote(text):
            text, last = self._joined(text, number, closes_quote)
        elif "[" in text and "]" not in text and not text.endswith(("{", ";")):
            text, last = self._joined(text, number, lambda line: "]" in line)
        end = text[-1]
        body = text[:-1]
        if end in "{;" and "{" not in body and "}" not in body and ";" not in body:
            self._statement(body, number, last, end)
        else:
            self._parts(text, number, last)
        return last

    def finish(self) -> None:
        """Marks what the end of the text leaves open."""
        if not self.open:
            return
        last = len(self.lines)
        self.doubtful = True
        for node in self.stack[1:]:
            node.doubted(CUT, last)
        # what was meant to stand beside an open block may have been read as a part of it
        self.ledger.miss(last, "other")
        del self.stack[1:]

    def _joined(self, text: str, number: int, ends: object) -> tuple[str, int]:
        """The statement that goes on over several lines, and its last line; a stray opening ends with its
        line."""
        assert callable(ends)  # noqa: S101 - one of the two tests above
        parts = [text]
        for following in range(number + 1, min(len(self.lines), number + LONGEST_QUOTE) + 1):
            line = self.lines[following - 1]
            parts.append(line)
            if ends(line):
                return "\n".join(parts).strip(), following
        return text, number

    def _parts(self, text: str, number: int, last: int) -> None:
        """Several statements or braces on one line."""
        words = ""
        for part in _PARTS.findall(text):
            if part in "{;" and words.strip():
                self._statement(words, number, last, part)
                words = ""
            elif part == "}":
                if words.strip():
                    self._unended(words, number, last)
                words = ""
                self._close(number)
            elif part == "{":
                self.ledger.miss(number, "other")
                self.doubtful = True
                self.stack.append(Node("", number))
            elif part != ";":
                words += part
        if words.strip():
            self._unended(words, number, last)

    def _unended(self, words: str, number: int, last: int) -> None:
        self.doubtful = True
        self._statement(words, number, last, ";")
        self.stack[-1].doubted("a statement without its semicolon", number)

    def _statement(self, text: str, number: int, last: int, end: str) -> None:
        words = words_of(text)
        if not words:
            self.ledger.miss(number, "other")
            return
        parent = self.stack[-1]
        nodes = add_lists(parent, words, number) if "[" in words else [add(parent, words, number)]
        for line in range(number + 1, last + 1):
            for node in nodes:
                node.ended(line)
        if end == "{":
            self.stack.append(nodes[-1] if len(self.stack) < DEEPEST else self.stack[-1])

    def _close(self, number: int) -> None:
        if len(self.stack) > 1:
            self.stack.pop()
            if not self.ledger.status[number]:
                self.ledger.ignore(number)
        else:
            self.doubtful = True
            self.ledger.miss(number, "other")
