"""Interface names of AOS-CX: `1/1/1`, and type and number without the blank of the command line."""

from __future__ import annotations

import re

from parsers.model.interfaces import InterfaceKind

NAME = r"(?:\d+/\d+/\d+(?:\.\d+)?|(?:lag|vlan|loopback|tunnel|vxlan) ?\d+|mgmt)"
"""A name as a pattern."""
_KINDS = {
    "lag": InterfaceKind.BUNDLE,
    "vlan": InterfaceKind.VLAN,
    "loopback": InterfaceKind.LOOPBACK,
    "tunnel": InterfaceKind.TUNNEL,
    "vxlan": InterfaceKind.TUNNEL,
    "mgmt": InterfaceKind.MANAGEMENT,
}
RANGE_LIMIT = 5000
_SPAN = re.compile(r"(?P<head>\d+/\d+/)(?P<low>\d+)-(?:(?P<tail>\d+/\d+/))?(?P<high>\d+)")


def canonical(name: str) -> str:
    """`lag 1` and `vlan 10` as tables print them: `lag1`, `vlan10`."""
    return name.replace(" ", "").lower()


def kind(name: str) -> InterfaceKind:
    """The kind that a name tells."""
    word = re.match(r"[a-z]*", name)
    if word is not None and word[0] in _KINDS:
        return _KINDS[word[0]]
    return InterfaceKind.SUBINTERFACE if "." in name else InterfaceKind.PHYSICAL


def numbers(text: str) -> list[int] | None:
    """`1,10-12` as numbers; None for what is no list of VLANs."""
    found: list[int] = []
    for part in text.split(","):
        low, dash, high = part.partition("-")
        if not low.isdecimal() or (dash and not high.isdecimal()):
            return None
        last = int(high) if dash else int(low)
        if last < int(low) or last > 4094:
            return None
        found.extend(range(int(low), last + 1))
    return found


def expanded(name: str) -> list[str]:
    """The members of `1/1/1-1/1/4,1/1/7`; none for what is not understood."""
    found: list[str] = []
    for part in name.replace(" ", "").split(","):
        span = _SPAN.fullmatch(part)
        if span is None:
            if not re.fullmatch(NAME, part):
                return []
            found.append(canonical(part))
            continue
        low, high = int(span["low"]), int(span["high"])
        if span["tail"] not in (None, span["head"]) or high < low or high - low > RANGE_LIMIT:
            return []
        found.extend(f"{span['head']}{number}" for number in range(low, high + 1))
    return found
