"""The curly form: blocks of braces, statements ended by semicolons, comments, flags before statements."""

from __future__ import annotations

import re

from parsers.hierarchy.tree import Node, add, add_lists
from parsers.ledger import Ledger

_SPECIAL = re.compile(r'["{}\[\]#;]|/\*')
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|/\*|[{};]|#.*|(?:[^\s{};"/]|/(?!\*)|\$\{\w+\}|(?<=[^\s{};])")+|"'
)
FLAGS = frozenset({"inactive:", "protect:", "replace:", "delete:", "active:", "unprotect:"})
DEEPEST = 20
"""Open blocks beyond this are read as if they were one."""
CUT = "the text ends inside this block"
LONGEST_QUOTE = 400
"""Lines that a quoted string may span (certificates); a quote left open longer is a stray one."""


class CurlyReader:
    """Reads lines one after the other below `root`; braces may stay open between calls."""

    def __init__(self, root: Node, lines: list[str], ledger: Ledger) -> None:
        self.root = root
        self.lines = lines
        self.ledger = ledger
        self.stack = [root]
        self.words: list[str] = []
        self.held: list[int] = []
        self.flags: list[str] = []
        self.in_comment = False
        self.inactive = False
        self.doubtful = False

    @property
    def open(self) -> bool:
        """Whether a block, a statement or a comment is open."""
        return len(self.stack) > 1 or bool(self.words) or self.in_comment

    def read(self, number: int) -> int:
        """Reads line `number`; gives the number of the last line that was read with it."""
        text = self.lines[number - 1].strip()
        if not text:
            self.ledger.ignore(number)
            return number
        if not self.words and not self.flags and not self.in_comment:
            if text == "}":
                self._close(number)
                return number
            last = text[-1]
            if last in ";{" and _SPECIAL.search(text, 0, len(text) - 1) is None:
                words = text[:-1].split()
                if words and words[0] not in FLAGS:
                    node = add(self.stack[-1], words, number)
                    if last == "{":
                        self.stack.append(node)
                    return number
        return self._tokens(text, number)

    def finish(self) -> None:
        """Marks what the end of the text leaves open."""
        last = len(self.lines)
        self.doubtful = self.doubtful or self.open
        if self.words:
            self._statement(self.held[-1], None)
            self.stack[-1].doubted(CUT, last)
        for node in self.stack[1:]:
            node.doubted(CUT, last)
        if len(self.stack) > 1:
            # what was meant to stand beside an open block may have been read as a part of it
            self.ledger.miss(last, "other")
        del self.stack[1:]
        self.in_comment = False

    def _tokens(self, text: str, number: int) -> int:
        position = 0
        seen = bool(self.words)
        said = False
        while position < len(text):
            if self.in_comment:
                end = text.find("*/", position)
                if end < 0:
                    break
                self.in_comment = False
                position = end + 2
                continue
            found = _TOKEN.search(text, position)
            if found is None:
                break
            token, position = found[0], found.end()
            if token == "/*":
                self.in_comment = True
                continue
            if token[0] == "#":
                break
            said = True
            if token == '"':
                return self._long_quote(text, position, number)
            self._take(token, number)
        if not said:
            self.ledger.ignore(number)
        elif self.flags and not self.words:
            self.ledger.use(number)
        if self.words and (seen or said) and (not self.held or self.held[-1] != number):
            self.held.append(number)
        return number

    def _take(self, token: str, number: int) -> None:
        if token == ";":
            if self.words:
                self._statement(number, None)
            else:
                self.ledger.ignore(number)
        elif token == "{":
            self._statement(number, token)
        elif token == "}":
            if self.words:
                self.doubtful = True
                self.stack[-1].doubted("a statement without its semicolon", number)
                self._statement(number, None)
            self._close(number)
        elif token in FLAGS and not self.words:
            self.flags.append(token)
        elif token[0] == '"' and token[-1] == '"' and len(token) > 1:
            self.words.append(token[1:-1])
        elif len(token) > 2 and token[0] == "[" and token[-1] == "]":
            self.words += ["[", *token[1:-1].split(), "]"]
        else:
            self.words.append(token)

    def _statement(self, number: int, opener: str | None) -> None:
        parent = self.stack[-1]
        if not self.words:
            self.ledger.miss(number, "other")
            if opener:
                self.stack.append(Node("", number))
            return
        nodes = add_lists(parent, self.words, number)
        for held in self.held:
            for node in nodes:
                node.ended(held)
        for flag in self.flags:
            for node in nodes:
                self._flag(node, flag, number)
        if opener:
            self.stack.append(nodes[-1] if len(self.stack) < DEEPEST else self.stack[-1])
        self.words = []
        self.held = []
        self.flags = []

    def _close(self, number: int) -> None:
        if len(self.stack) > 1:
            self.stack.pop()
            if not self.ledger.status[number]:
                self.ledger.ignore(number)
        else:
            self.ledger.miss(number, "other")

    def _long_quote(self, text: str, position: int, number: int) -> int:
        """A quoted string over several lines; a stray quote stays a word of its own."""
        parts = [text[position:]]
        last = min(len(self.lines), number + LONGEST_QUOTE)
        for following in range(number + 1, last + 1):
            line = self.lines[following - 1]
            close = line.find('"')
            if close < 0:
                parts.append(line)
                continue
            rest = line[close + 1 :].strip()
            if rest and rest[0] not in ";{#":
                break
            parts.append(line[:close])
            self.words.append("\n".join(parts))
            self.held = list(range(number, following + 1))
            return self._after_quote(rest, following)
        self.words.append('"')
        self.held.append(number)
        return self._tokens(text[position:], number) if position < len(text) else number

    def _after_quote(self, rest: str, number: int) -> int:
        return self._tokens(rest, number) if rest else number

    def _flag(self, node: Node, flag: str, number: int) -> None:
        if flag == "inactive:":
            self.inactive = node.inactive = True
        elif flag in ("replace:", "delete:"):
            self.doubtful = True
            reason = f"'{flag}' is a load instruction: what the device holds is not known"
            node.doubted(reason, number)
