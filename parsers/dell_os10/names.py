"""Interface names of OS10, which prints type and number without a blank."""

from __future__ import annotations

import re

from parsers.cisco_style.interface_lines import kind_of
from parsers.model.interfaces import InterfaceKind

NAME = r"(?:ethernet|port-channel|vlan|loopback|mgmt|virtual-network|null|range) ?\d[\d/:.-]*"
"""A name as a pattern; the blank of the command line is allowed."""
_SPAN = re.compile(r"(?P<head>(?:\d+/)*)(?P<low>\d+)-(?P<tail>(?:\d+/)*)(?P<high>\d+)")
RANGE_LIMIT = 5000


def canonical(name: str) -> str:
    """`ethernet 1/1/1` as the system prints it: `ethernet1/1/1`."""
    return name.replace(" ", "").lower()


def kind(name: str) -> InterfaceKind:
    """The kind that a name tells; breakout ports have a colon, subinterfaces a dot."""
    if name.startswith("virtual-network"):
        return InterfaceKind.VLAN
    return kind_of(name)


def expanded(name: str) -> list[str]:
    """The members of `ethernet1/1/1-1/1/4` or `vlan10-20,30`; none for what is not understood."""
    found: list[str] = []
    word = re.match(r"[a-z-]+", canonical(name))
    if word is None:
        return []
    for part in canonical(name)[word.end() :].split(","):
        span = _SPAN.fullmatch(part)
        if span is None:
            if not re.fullmatch(r"\d[\d/:.]*", part):
                return []
            found.append(word[0] + part)
            continue
        low, high = int(span["low"]), int(span["high"])
        if span["tail"] not in ("", span["head"]) or high < low or high - low > RANGE_LIMIT:
            return []
        found.extend(f"{word[0]}{span['head']}{number}" for number in range(low, high + 1))
    return found
