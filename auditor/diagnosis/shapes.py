"""Lines that differ only in their digits: what the table says of one, it says of all, if no digit decides."""

from __future__ import annotations

import re
from typing import NamedTuple

from auditor.diagnosis.patterns import Pattern, Table

_FLAT = bytes.maketrans(b"123456789", b"000000000")
_NO_DIGIT_MEANT = re.compile(r"(\\d|\{\d*,?\d*\}|\(\?P<\w+>)")
_DIGIT = re.compile(r"[0-9]")
_NOT_LOOSENED = re.compile(r"\\[0-9xuUN]|\(\?P=|\(\?<?!|\[\^[^\]]*[0-9]|[0-9]-|-[0-9]\]")
"""Where putting any digit for a digit would not just widen an expression: references, negations, ranges."""
_ANY = re.compile("")


def shape(text: bytes) -> bytes:
    """`text` with all digits alike."""
    return text.translate(_FLAT)


class Shapes(NamedTuple):
    """What of a table depends on single digits. `deciding` are the patterns for which they count, as expressions
    that take any digit for any other; `suspicion`: whether they count for what looks like a failure."""

    tokens: tuple[bytes, ...]
    deciding: tuple[re.Pattern[str], ...]
    suspicion: bool

    def silent(self, line: bytes) -> bool:
        """Whether no line of this shape holds a word that is looked for."""
        lowered = line.lower()
        return not any(token in lowered for token in self.tokens)

    def open(self, text: str) -> bool:
        """Whether a digit of `text` could decide which pattern fits."""
        return any(regex.search(text) for regex in self.deciding)

    def named(self, pattern: Pattern, text: str) -> bool:
        """Whether a digit of `text` is in a part that the pattern gives a meaning."""
        found = pattern.regex.search(text)
        groups = found.groupdict() if found is not None else {}
        meant = {"host", *(where.group for where in pattern.where)}
        return any(_DIGIT.search(groups.get(name) or "") for name in meant)


def shapes_of(table: Table) -> Shapes:
    """What of the table depends on single digits."""
    deciding = tuple(
        _loosened(pattern.regex)
        for pattern in table.patterns
        if pattern.split is not None
        or _decides(pattern.regex)
        or _DIGIT.search("".join(pattern.literals))
    )
    return Shapes(
        tuple(shape(token) for token in table.tokens), deciding, _decides(table.suspicious)
    )


def _decides(regex: re.Pattern[str]) -> bool:
    """Whether an expression can tell digits apart: it names one, or repeats what it found before.

    A range of characters whose ends are no digits holds all digits or none.
    """
    rest = _NO_DIGIT_MEANT.sub("", regex.pattern)
    return bool(_DIGIT.search(rest)) or "(?P=" in rest


def _loosened(regex: re.Pattern[str]) -> re.Pattern[str]:
    """An expression that matches whatever `regex` matches, with any digit for any other too."""
    parts = _NO_DIGIT_MEANT.split(regex.pattern)
    if any(_NOT_LOOSENED.search(part) for part in parts[::2]):
        return _ANY
    parts[::2] = [_DIGIT.sub(r"\\d", part) for part in parts[::2]]
    return re.compile("".join(parts), regex.flags)
