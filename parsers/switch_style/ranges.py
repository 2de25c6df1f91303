"""Ranges and lists of interface names in one word: `swp1-4`, `swp1,swp5-6`, `bond1-3`, `swp1s0-3`."""

from __future__ import annotations

import re

_RANGE = re.compile(r"(.*?)(\d+)-(?:\1)?(\d+)")
MOST = 4096
"""No switch has more interfaces of one kind; a longer range is no range."""


def names_of(text: str) -> list[str]:
    """The interfaces that `text` names, in its order. A word that is no range is a name by itself."""
    found: list[str] = []
    for part in text.split(","):
        part = part.strip()
        match = _RANGE.fullmatch(part)
        if match is None:
            if part:
                found.append(part)
            continue
        start, low, high = match[1], int(match[2]), int(match[3])
        if high < low or high - low >= MOST or (len(match[2]) > 1 and match[2][0] == "0"):
            found.append(part)
        else:
            found += [f"{start}{number}" for number in range(low, high + 1)]
    return found
