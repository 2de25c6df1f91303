"""Interface names in tables are abbreviated; what is left is enough to tell the ports of one device apart."""

from __future__ import annotations

import re

_SPEEDS = {
    "gigabitethernet": "gi", "gigabit": "gi", "gig": "gi", "ge": "gi", "gi": "gi",
    "tengigabitethernet": "te", "xgigabitethernet": "te", "tengige": "te", "ten": "te",
    "xge": "te", "te": "te",
}  # fmt: skip
"""Long and short words that vendors use for one speed (Cisco, Huawei, HPE)."""


def short(name: str) -> str:
    """The kind in two letters, and the numbers of a name."""
    letters = re.match(r"[A-Za-z-]*", name)
    head = letters[0] if letters is not None else ""
    word = head.replace("-", "").lower()
    return f"{_SPEEDS.get(word, word[:2])}{name[len(head) :]}"
