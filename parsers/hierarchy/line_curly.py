"""The curly form whose statements end with the line: VyOS and EdgeOS, SR OS MD-CLI, SR Linux, BIG-IP.

    interface "to-core" {
        ipv4 { mtu 1500 }
        members [ a b ]
    }

A statement ends at the end of its line, at `{` or at `}`; a bracket list may run over several lines. The nodes
are those of `parsers.hierarchy.tree`, so the same interpreters read this form and the set form.
"""

from __future__ import annotations

import re

from parsers.hierarchy.tree import Node, add, add_lists
from parsers.ledger import Ledger

DEEPEST = 40
"""Open blocks beyond this are read as if they were one."""
LONGEST_QUOTE = 2_000
"""Lines that a quoted string may span; a quote left open longer is a stray one."""
CUT = "the text ends inside this block"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[{}\[\]]|[^\s{}\[\]"\']+(?:"[^"]*")?|["\']')
_COMMENT = ("#", "//")
_SPECIAL = re.compile(r"[\"'\[\]{}]")


def read_line_curly(
    root: Node, lines: list[str], ledger: Ledger, token: re.Pattern[str] = _TOKEN
) -> bool:
    """Reads all of `lines` below `root`; gives whether the text is whole (all blocks closed, no stray brace).

    Lines that are no statement are marked in `ledger`; statements stay unread there until an interpreter takes
    them. An unclosed block is doubted with `CUT`. `token` says what a word is: a system without bracket lists or
    single quotes gives a pattern that has none.
    """
    reader = _Reader(root, lines, ledger, token)
    number = 1
    while number <= len(lines):
        number = reader.line(number) + 1
    return reader.finish()


class _Reader:
    def __init__(
        self, root: Node, lines: list[str], ledger: Ledger, token: re.Pattern[str]
    ) -> None:
        self.lines = lines
        self.ledger = ledger
        self.token = token
        self.stack = [root]
        self.words: list[str] = []
        self.first = 0
        self.brackets = 0
        self.in_comment = False
        self.whole = True

    def line(self, number: int) -> int:
        """Reads line `number`; gives the last line that was read with it."""
        text = self.lines[number - 1].strip()
        if self.in_comment or text.startswith("/*"):
            self.in_comment = "*/" not in text
            self.ledger.ignore(number)
            return number
        if not self.words and (not text or text.startswith(_COMMENT)):
            self.ledger.ignore(number)
            return number
        if text == "}" and not self.words:
            self._close(number)
            return number
        if not self.words and self.token is _TOKEN:
            opens = text[-1] == "{"
            if _SPECIAL.search(text, 0, len(text) - opens) is None:
                words = (text[:-1] if opens else text).split()
                if words:
                    # most lines: words, and perhaps an opening brace
                    node = add(self.stack[-1], words, number)
                    if opens:
                        self.stack.append(node if len(self.stack) < DEEPEST else self.stack[-1])
                    return number
        return self._tokens(text, number)

    def finish(self) -> bool:
        """Marks what the end of the text leaves open."""
        if self.words:
            self.whole = False
            self._statement(len(self.lines)).doubted(CUT, len(self.lines))
        for node in self.stack[1:]:
            self.whole = False
            node.doubted(CUT, len(self.lines))
        return self.whole

    def _tokens(self, text: str, number: int) -> int:
        position = 0
        while (found := self.token.search(text, position)) is not None:
            token, position = found[0], found.end()
            if token in ('"', "'"):
                ended = self._long_quote(token, text[position:], number)
                if ended is None:
                    self._word(token, number)
                    continue
                number, text = ended
                position = 0
            elif token == "{" and not self.brackets:
                node = self._statement(number)
                self.stack.append(node if len(self.stack) < DEEPEST else self.stack[-1])
            elif token == "}" and not self.brackets:
                if self.words:
                    self._statement(number)
                self._close(number)
            else:
                self._word(token, number)
        if self.words and not self.brackets:
            self._statement(number)
        return number

    def _word(self, token: str, number: int) -> None:
        if not self.words:
            self.first = number
        if token == "[":
            self.brackets += 1
        elif token == "]":
            self.brackets = max(0, self.brackets - 1)
        quoted = len(token) > 1 and token[0] in "\"'" and token[-1] == token[0]
        self.words.append(token[1:-1] if quoted else token)

    def _statement(self, number: int) -> Node:
        words, self.words, self.brackets = self.words, [], 0
        if not words:
            self.whole = False
            self.ledger.miss(number, "other")
            return Node("", number)
        nodes = add_lists(self.stack[-1], words, self.first)
        for line in range(self.first + 1, number + 1):
            for node in nodes:
                node.ended(line)
        return nodes[-1]

    def _close(self, number: int) -> None:
        if len(self.stack) > 1:
            self.stack.pop()
            if self.lines[number - 1].strip() == "}":
                self.ledger.ignore(number)
        else:
            self.whole = False
            self.ledger.miss(number, "other")

    def _long_quote(self, quote: str, rest: str, number: int) -> tuple[int, str] | None:
        """A quoted string over several lines: its last line and what follows on it; None for a stray quote."""
        parts = [rest]
        for following in range(number + 1, min(len(self.lines), number + LONGEST_QUOTE) + 1):
            line = self.lines[following - 1]
            close = line.find(quote)
            if close < 0:
                parts.append(line)
                continue
            parts.append(line[:close])
            if not self.words:
                self.first = number
            self.words.append("\n".join(parts))
            return following, line[close + 1 :]
        return None
