"""Tokens of nft's text (nft(8), "Lexical conventions")."""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """A word, a string, a mark or a line end; `kind` is w, s, p or n."""

    kind: str
    text: str
    line: int


_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\\\r?\n|\#[^\n]*)
    |(?P<n>\n)
    |(?P<s>"[^"\n]*"|'[^'\n]*')
    |(?P<w>(?:[0-9A-Fa-f]{0,4}:){2,7}(?:\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]{0,4})
        |[A-Za-z_][\w./\-]*\*?
        |0x[0-9A-Fa-f]+|\d[\w.]*)
    |(?P<p>==|!=|<=|>=|<<|>>|[^\s])""",
    re.VERBOSE,
)


def tokens_of(lines: list[str], line: int = 1) -> list[Token]:
    """The tokens of `lines`, each with its line, which count from `line`; comments and continued line ends are left
    out.
    """
    out = []
    for match in _TOKEN.finditer("\n".join(lines) + "\n"):
        kind = match.lastgroup
        text = match.group()
        if kind == "skip":
            line += text.count("\n")
            continue
        if kind == "s":
            out.append(Token("s", text[1:-1], line))
        else:
            out.append(Token(str(kind), text, line))
            if kind == "n":
                line += 1
    return out


END = Token("p", "", 0)
"""What stands behind the last token."""


class NotUnderstood(Exception):
    """A place in the text that the grammar here has no rule for."""


class Cursor:
    """A position in a token list; line ends count only where the caller looks at them."""

    __slots__ = ("index", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` of the next one; an empty mark at the end."""
        try:
            return self.tokens[self.index + ahead]
        except IndexError:
            return END

    def next(self) -> Token:
        """The next token, taken. Raises NotUnderstood at the end."""
        if self.index >= len(self.tokens):
            raise NotUnderstood("the rule ends too early")
        self.index += 1
        return self.tokens[self.index - 1]

    def at(self, *texts: str) -> bool:
        """Whether the next tokens are these words or marks (strings never are)."""
        index = self.index
        tokens = self.tokens
        if index + len(texts) > len(tokens):
            return False
        for text in texts:
            token = tokens[index]
            if token[1] != text or token[0] == "s":
                return False
            index += 1
        return True

    def accept(self, *texts: str) -> bool:
        """Takes these tokens if they are next."""
        if not self.at(*texts):
            return False
        self.index += len(texts)
        return True

    def expect(self, text: str) -> None:
        """Takes `text`. Raises NotUnderstood if something else is next."""
        if not self.accept(text):
            raise NotUnderstood(f"{self.peek().text} where {text} was expected")

    def word(self) -> str:
        """The next word or string, taken. Raises NotUnderstood for a mark."""
        token = self.next()
        if token.kind not in "ws":
            raise NotUnderstood(f"{token.text} is no name")
        return token.text

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.index >= len(self.tokens)

    def _reach(self, index: int) -> bool:
        """Whether there is a token at `index`; a cursor that makes tokens as it goes makes them now."""
        return index < len(self.tokens)

    def skip_lines(self) -> None:
        """Passes over line ends and semicolons."""
        while self.index < len(self.tokens) and (
            self.tokens[self.index].kind == "n" or self.at(";")
        ):
            self.index += 1

    def statement(self) -> list[Token]:
        """The tokens up to the next line end or semicolon outside of braces; neither is taken, nor
        is a brace that closes the block around.
        """
        out: list[Token] = []
        depth = 0
        while self._reach(self.index):
            token = self.tokens[self.index]
            if token.kind == "p":
                if token.text in "{(":
                    depth += 1
                elif token.text in "})":
                    if not depth:
                        break
                    depth -= 1
                elif token.text == ";" and not depth:
                    break
            if token.kind == "n":
                if not depth:
                    break
            else:
                out.append(token)
            self.index += 1
        return out
