"""TCP flag expressions: `"(syn & !ack) | rst"` as alternatives of flag tests.

Source: Juniper, "Firewall Filter Match Conditions Based on Bit-Field Values": `!` not, `&` or `+` and, `|` or
`,` or, parentheses; names fin, syn, rst, push, ack, urgent or hexadecimal values.
"""

from __future__ import annotations

import re

from parsers.model.filters import FlagTest, TcpFlag

_NAMES = {
    "fin": TcpFlag.FIN, "syn": TcpFlag.SYN, "rst": TcpFlag.RST, "push": TcpFlag.PSH,
    "ack": TcpFlag.ACK, "urgent": TcpFlag.URG,
}  # fmt: skip
_TOKEN = re.compile(r"[()!&+|,]|0x[0-9a-fA-F]+|[a-z]+|\s+|.")
_DEEPEST = 16
Tests = list[FlagTest]

INITIAL: Tests = [FlagTest(int(TcpFlag.SYN | TcpFlag.ACK), int(TcpFlag.SYN))]
"""`tcp-initial`: SYN without ACK."""


class _Expression:
    """A recursive descent over the tokens; every method gives None for what is no expression."""

    def __init__(self, text: str) -> None:
        self.tokens = [token for token in _TOKEN.findall(text.lower()) if not token.isspace()]
        self.position = 0

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.position += 1
        return token

    def either(self, depth: int = 0) -> Tests | None:
        found = self.both(depth)
        while found is not None and self.peek() in ("|", ","):
            self.take()
            other = self.both(depth)
            found = None if other is None else found + other
        return found

    def both(self, depth: int) -> Tests | None:
        found = self.single(depth)
        while found is not None and self.peek() in ("&", "+"):
            self.take()
            other = self.single(depth)
            found = None if other is None else joined(found, other)
        return found

    def single(self, depth: int) -> Tests | None:
        if depth > _DEEPEST:
            return None
        token = self.take()
        if token == "!":
            inner = self.single(depth + 1)
            return None if inner is None else inverted(inner)
        if token == "(":
            found = self.either(depth + 1)
            return found if self.take() == ")" else None
        bits = int(token, 16) if token.startswith("0x") else int(_NAMES.get(token, 0))
        return [FlagTest(bits, bits)] if 0 < bits < 256 else None


def expression(text: str) -> Tests | None:
    """The alternatives of `text`; None if it is no flag expression."""
    reader = _Expression(text)
    found = reader.either()
    return found if reader.position == len(reader.tokens) else None


def joined(first: Tests, second: Tests) -> Tests:
    """The packets that both match; alternatives that contradict each other fall away."""
    return [
        FlagTest(a.mask | b.mask, a.value | b.value)
        for a in first
        for b in second
        if not (a.value ^ b.value) & a.mask & b.mask
    ]


def inverted(tests: Tests) -> Tests:
    """The packets that none of `tests` matches."""
    found = [FlagTest(0, 0)]
    for test in tests:
        bits = [bit for bit in (1 << i for i in range(8)) if bit & test.mask]
        found = joined(found, [FlagTest(bit, bit & ~test.value) for bit in bits])
    return found
