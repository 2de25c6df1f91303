"""TCP flag expressions such as `syn&!ack` or `!(syn&ack)|rst`, as alternatives of flag tests.

Source: Nokia SR Linux YANG `srl_nokia-acl`, leaf `tcp-flags`: the operators `&`, `|`, `!`, parentheses and the
names syn, ack, rst. `!` binds closest and `|` loosest, as in every such language; no document says so.
"""

from __future__ import annotations

import re

from parsers.model.filters import FlagTest, TcpFlag

_TOKEN = re.compile(r"[()&|!]|[a-z]+")
_NAMES = {
    "ack": TcpFlag.ACK, "rst": TcpFlag.RST, "syn": TcpFlag.SYN, "fin": TcpFlag.FIN,
    "psh": TcpFlag.PSH, "urg": TcpFlag.URG, "ece": TcpFlag.ECE, "cwr": TcpFlag.CWR,
}  # fmt: skip
_DEEPEST = 16
_MOST_NAMES = 6


class _Malformed(Exception):
    """The text is no flag expression."""


class _Expression:
    """Evaluates the tokens for one combination of flags, by recursive descent."""

    def __init__(self, tokens: list[str], bits: int) -> None:
        self.tokens = tokens
        self.bits = bits
        self.position = 0

    def take(self) -> str:
        if self.position >= len(self.tokens):
            raise _Malformed
        self.position += 1
        return self.tokens[self.position - 1]

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def either(self, depth: int = 0) -> bool:
        found = self.both(depth)
        while self.peek() == "|":
            self.take()
            found = self.both(depth) or found
        return found

    def both(self, depth: int) -> bool:
        found = self.single(depth)
        while self.peek() == "&":
            self.take()
            found = self.single(depth) and found
        return found

    def single(self, depth: int) -> bool:
        if depth > _DEEPEST:
            raise _Malformed
        token = self.take()
        if token == "!":
            return not self.single(depth + 1)
        if token == "(":
            found = self.either(depth + 1)
            if self.take() != ")":
                raise _Malformed
            return found
        if token not in _NAMES:
            raise _Malformed
        return bool(self.bits & int(_NAMES[token]))


def flag_tests(text: str) -> tuple[FlagTest, ...] | None:
    """One test for each combination of the named flags that fulfils `text`; None if it is no expression."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text.replace(" ", ""):
        return None
    flags = sorted({int(_NAMES[token]) for token in tokens if token in _NAMES})
    if not flags or len(flags) > _MOST_NAMES:
        return None
    mask = sum(flags)
    found = []
    try:
        for number in range(1 << len(flags)):
            bits = sum(flag for i, flag in enumerate(flags) if number >> i & 1)
            expression = _Expression(tokens, bits)
            if expression.either():
                found.append(FlagTest(mask, bits))
            if expression.position != len(tokens):
                return None
    except _Malformed:
        return None
    return tuple(found)
