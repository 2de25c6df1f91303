"""Looks for many patterns in the lines of a text at once: each is tried only on lines that begin as it does.

A tell begins with `^` and, nearly always, with a word. Lines are sorted, so the few that begin with that word are found
by bisection. What is found is exactly what a search of the whole text finds: patterns whose beginning cannot be told,
and those that could reach over the end of a line, are searched for in the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

_SHORT = 5
"""Characters of a beginning by which most patterns are set aside."""
_LEAST_NEEDLE = 3
_LONGEST = 12
"""Characters of a beginning that are looked at."""
_MOST_BEGINNINGS = 80
_MOST_WAYS = 1000
_SPECIAL = frozenset(".^$*+?{}[]\\|()")
_LAST = chr(0x10FFFF)
_REACHES_ON = re.compile(r"\\s|\\W|\\D|\\n|\[\^(?!\\n)|\(\?[a-zA-Z]|\\[AZ]")
_FLAGS = re.compile(r"\(\?[a-zA-Z]")
_BLANKS = re.compile(r"\^(?:(?: |\\s)[*+])?")
_BLANKS_AT_THE_END = re.compile(r"\\s\*\$(?=\||\)*$)")


class Lines:
    """The lines of a text: `text` as it is, `ordered` sorted, `below` sorted without the blanks before them, each
    with the whole line. `blank` says that one holds blanks only, so that blanks may reach over an end. `starts` are
    the first one to `_SHORT` characters of all lines, with and without the blanks before them."""

    __slots__ = ("below", "blank", "heads", "ordered", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.ordered = sorted(text.removesuffix("\n").split("\n"))
        self.below = sorted([(line.lstrip(), line) for line in self.ordered])
        self.heads = [head for head, _ in self.below]
        self.blank = not self.heads[0]
        short = {line[:_SHORT] for line in self.ordered}
        short |= {head[:_SHORT] for head in self.heads}
        self.starts = {line[:size] for line in short for size in range(1, _SHORT + 1)}


class Beginning(NamedTuple):
    """What a line begins with, after its blanks if `below`: `low` and all that sorts before `high`."""

    low: str
    high: str
    below: bool


class Pattern(NamedTuple):
    """A regular expression in multi-line mode. `beginnings` are those of the lines that can match, None where any
    line can, and `starts` their first characters; `reaches_on` where a match may need the lines that follow. Of
    `needles`, if there are any, every text with a match holds one. `search` finds a match in a whole text."""

    match: Callable[[str], re.Match[str] | None]
    search: Callable[[str], re.Match[str] | None]
    needles: tuple[str, ...] = ()
    beginnings: tuple[Beginning, ...] | None = None
    starts: frozenset[str] = frozenset()
    reaches_on: bool = False

    def found(self, lines: Lines) -> bool:
        """Whether the text holds a match."""
        if self.beginnings is None or lines.blank:
            text = lines.text
            if self.needles and not any(needle in text for needle in self.needles):
                return False
            return self.search(text) is not None
        if self.starts.isdisjoint(lines.starts):
            return False
        match = self.match
        for low, high, below in self.beginnings:
            ordered = lines.heads if below else lines.ordered
            at = bisect_left(ordered, low)
            while at < len(ordered) and ordered[at] < high:
                if self.reaches_on:
                    return self.search(lines.text) is not None
                if match(lines.below[at][1] if below else ordered[at]):
                    return True
                at += 1
        return False


def pattern(text: str) -> Pattern:
    """The pattern with what its lines begin with."""
    compiled = re.compile(text, re.MULTILINE)
    ways = _ways(text)
    at_top = all(way.startswith("\\A") for way in ways)
    needles = () if _FLAGS.search(text) else _needles(ways)
    whole = Pattern(compiled.match, compiled.match if at_top else compiled.search, needles)
    found: set[tuple[str, bool]] = set()
    reaches_on = False
    for way in ways:
        blanks = _BLANKS.match(way)
        if blanks is None:
            return whole
        rest = way[blanks.end() :]
        below = blanks.end() > 1
        starts = {start for start, _ in _beginnings(rest)}
        if any(not start or (below and start[0].isspace()) for start in starts):
            return whole
        found |= {(start, below) for start in starts}
        reaches_on |= _REACHES_ON.search(_BLANKS_AT_THE_END.sub("$", rest)) is not None
    told = _fewer(found)
    return whole._replace(
        beginnings=tuple(Beginning(start, start + _LAST, below) for start, below in sorted(told)),
        starts=frozenset(start[:_SHORT] for start, _ in told),
        reaches_on=reaches_on,
    )


def _fewer(found: set[tuple[str, bool]]) -> set[tuple[str, bool]]:
    """The same beginnings, cut so short that they are not too many."""
    for size in range(_LONGEST, 0, -1):
        if len(found) <= _MOST_BEGINNINGS:
            break
        found = {(start[:size], below) for start, below in found}
    return found


_NEEDLE = re.compile(r"\[(?:\^?\]|\^)?(?:[^\]\\]|\\.)*\]|\\[^A-Za-z0-9]|\\.|.", re.DOTALL)


def _needles(ways: list[str]) -> tuple[str, ...]:
    """For each alternative the longest literal that stands in all its matches; none if one has none."""
    found = []
    for way in ways:
        runs = [""]
        depth = 0
        for item in _NEEDLE.findall(way):
            depth += (item == "(") - (item == ")")
            literal = item[1:] if len(item) == 2 and not item[1].isalnum() else item
            if depth or item == ")" or (len(item) == 1 and item in _SPECIAL) or len(literal) != 1:
                if item in ("*", "?", "{"):
                    runs[-1] = runs[-1][:-1]
                runs.append("")
            else:
                runs[-1] += literal
        found.append(max(runs, key=len))
    return tuple(found) if min(map(len, found)) >= _LEAST_NEEDLE else ()


def _ways(text: str) -> list[str]:
    """The alternatives of an expression, those inside its groups aside."""
    ways, depth, start, at = [], 0, 0, 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = _end_of_set(text, at)
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and not depth:
            ways.append(text[start:at])
            start = at + 1
        at += 1
    return [*ways, text[start:]]


def _end_of_set(text: str, at: int) -> int:
    """The place of the `]` that ends the set which begins at `at`."""
    at += 2 if text[at + 1 : at + 2] in ("]", "^") else 1
    while text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at


Starts = set[tuple[str, bool]]
"""Beginnings, and whether more of the expression can be told from there on."""


def _beginnings(text: str) -> Starts:
    """What strings that match an expression begin with; told short rather than wrong."""
    found: Starts = {("", True)}
    at = 0
    while at < len(text) and any(more for _, more in found):
        item, at = _item(text, at)
        sign = text[at : at + 1]
        if item is None or sign in ("*", "{"):
            return {(start, False) for start, _ in found}
        if sign == "?":
            item = item | {("", True)}
            at += 1
        elif sign == "+":
            item = {(start, False) for start, _ in item}
            at += 1
        if text[at : at + 1] in ("?", "+") and sign in ("?", "+"):
            return {(start, False) for start, _ in found}
        found = _joined(found, item)
        if len(found) > _MOST_WAYS:
            return {("", False)}
    return found


def _joined(starts: Starts, item: Starts) -> Starts:
    found: Starts = set()
    for start, more in starts:
        if not more or len(start) >= _LONGEST:
            found.add((start, False))
        else:
            found |= {(start + rest, further) for rest, further in item}
    return found


def _item(text: str, at: int) -> tuple[Starts | None, int]:
    """What the next item of an expression can begin with, None if that cannot be told, and where it ends."""
    char = text[at]
    if char == "\\":
        escaped = text[at + 1]
        return (None if escaped.isalnum() else {(escaped, True)}), at + 2
    if char == "[":
        end = _end_of_set(text, at)
        inside = text[at + 1 : end]
        inside = "abcdefghijklmnopqrstuvwxyz" if inside == "a-z" else inside
        told = inside[:1] != "^" and not set(inside) & set("\\-[")
        return ({(one, True) for one in inside} if told else None), end + 1
    if char == "(":
        return _group(text, at)
    return (None if char in _SPECIAL else {(char, True)}), at + 1


def _group(text: str, at: int) -> tuple[Starts | None, int]:
    end, depth = at, 0
    while True:
        char = text[end]
        if char == "[":
            end = _end_of_set(text, end)
        depth += (char == "(") - (char == ")")
        if not depth:
            break
        end += 2 if char == "\\" else 1
    inside = text[at + 1 : end]
    if not inside.startswith("?:"):
        return None, end + 1
    found: Starts = set()
    for way in _ways(inside[2:]):
        found |= _beginnings(way)
    return found, end + 1
