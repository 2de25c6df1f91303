"""Commands that take an entry out of a numbered list, with a remark that says what it was: it is the way back."""

from __future__ import annotations

from collections.abc import Sequence

WAS = "was:"
"""What the remark begins with, behind the sign of a remark."""


def without(made: Sequence[str], no: str = "no", sign: str = "!") -> tuple[str, ...]:
    """The commands that take entries out, where `made` would put them in: a header, and lines that begin with a number
    or with a word and a number."""
    out = [*made[:1]]
    for line in made[1:]:
        indent = line[: len(line) - len(line.lstrip())]
        words = line.split()
        name = words[0] if words[0].isdecimal() else " ".join(words[:2])
        out += [f"{sign} {WAS}{line}", f"{indent}{no} {name}"]
    return tuple(out)
