"""The position in a whole nft text, whose lines become tokens only when they are looked at.

Lines of the usual form (`nft_plain`) inside a chain never do: each is one token of kind `r`.
"""

from __future__ import annotations

import re

from parsers.linux.nft_plain import PLAIN_LINE
from parsers.linux.nft_tokens import END, Cursor, NotUnderstood, Token, tokens_of

_ESCAPES = str.maketrans({"'": " ", "\\": " "})


class TextCursor(Cursor):
    """A cursor that takes in the next line where its tokens end."""

    __slots__ = ("filled", "lines")

    def __init__(self, lines: list[str]) -> None:
        super().__init__([])
        self.lines = lines
        self.filled = 0
        """How many lines are among the tokens."""

    def fill(self) -> bool:
        """Takes in the tokens of the next line, and of those that continue it; False at the end of the text."""
        first = last = self.filled
        if first >= len(self.lines):
            return False
        while last + 1 < len(self.lines) and self.lines[last].rstrip("\r").endswith("\\"):
            last += 1
        self.filled = last + 1
        self.tokens += tokens_of(list(map(_shell_form, self.lines[first : last + 1])), first + 1)
        return True

    def _reach(self, index: int) -> bool:
        """Whether there is a token at `index`."""
        while index >= len(self.tokens):
            if not self.fill():
                return False
        return True

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` of the next one; an empty mark at the end."""
        index = self.index + ahead
        return self.tokens[index] if self._reach(index) else END

    def next(self) -> Token:
        """The next token, taken. Raises NotUnderstood at the end."""
        if not self._reach(self.index):
            raise NotUnderstood("the rule ends too early")
        self.index += 1
        return self.tokens[self.index - 1]

    def at(self, *texts: str) -> bool:
        """Whether the next tokens are these words or marks (strings never are)."""
        self._reach(self.index + len(texts) - 1)
        return super().at(*texts)

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return not self._reach(self.index)

    def skip_lines(self) -> None:
        """Passes over line ends and semicolons."""
        while self._reach(self.index) and _between(self.tokens[self.index]):
            self.index += 1

    def plain_line(self) -> re.Match[str] | None:
        """Passes over line ends and semicolons; the line behind them if it begins there and is of the usual form. It
        is not taken yet.
        """
        tokens = self.tokens
        while True:
            while self.index < len(tokens):
                if not _between(tokens[self.index]):
                    return None
                self.index += 1
            if self.filled >= len(self.lines):
                return None
            found = PLAIN_LINE.fullmatch(self.lines[self.filled])
            if found is not None:
                return found
            self.fill()

    def take_line(self) -> int:
        """Takes the line that `plain_line` gave, and returns its number. Whoever goes back to before its chain passes
        over it as one token, for its braces are closed.
        """
        self.filled += 1
        self.tokens.append(Token("r", self.lines[self.filled - 1], self.filled))
        self.index += 1
        return self.filled


def _between(token: Token) -> bool:
    return token.kind == "n" or (token.text == ";" and token.kind != "s")


def _shell_form(line: str) -> str:
    """A line of a script that calls nft, without what only the shell needs."""
    text = line.lstrip()
    if not text.startswith(("nft ", "sudo nft ", "/usr/sbin/nft ", "/sbin/nft ")):
        return line
    text = text.partition("nft ")[2]
    if text.startswith('"') and text.rstrip().endswith('"'):
        text = text.strip()[1:-1]
    return text.translate(_ESCAPES)
