"""Banners: `header login information` and its like hold any text, over many lines."""

from __future__ import annotations

import re

from parsers.ledger import Ledger

_HEADER = re.compile(
    r"\s*header (?:login|shell|legal|motd|incoming)(?: information)?\s+(?P<rest>\S.*)"
)
_LONGEST = 200


def skip_banners(lines: list[str], ledger: Ledger) -> None:
    """Marks the lines of banners as irrelevant. A banner begins with a character and ends with the same; one
    that never ends is taken as its first line alone, so that it cannot swallow statements."""
    for index, raw in enumerate(lines):
        if "header " not in raw:
            continue
        found = _HEADER.match(raw)
        if found is None or ledger.status[index + 1]:
            continue
        rest = found["rest"].strip()
        if rest.startswith("file "):
            continue
        mark, end = rest[0], index
        if mark.isalnum() or rest.count(mark) < 2:
            end = next(
                (
                    n
                    for n in range(index + 1, min(len(lines), index + _LONGEST))
                    if mark in lines[n]
                ),
                index,
            )
        ledger.ignore_range(index + 1, end + 1)
