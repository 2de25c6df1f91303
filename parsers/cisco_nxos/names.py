"""Interface names of NX-OS: the form that the device prints, and ranges."""

from __future__ import annotations

import re

LONG = {
    "e": "Ethernet", "eth": "Ethernet", "ethernet": "Ethernet", "po": "port-channel",
    "port-channel": "port-channel", "vlan": "Vlan", "lo": "loopback", "loopback": "loopback",
    "mgmt": "mgmt", "tunnel": "Tunnel", "tu": "Tunnel", "nve": "nve", "null": "Null",
}  # fmt: skip
_NAME = re.compile(r"([A-Za-z][A-Za-z-]*?) ?(\d[\d/.:]*)")
_SPAN = re.compile(r"((?:\d+[/.])*)(\d+)\s*-\s*((?:\d+[/.])*)(\d+)")
RANGE_LIMIT = 5000
"""More members than any device has ports or VLANs; a longer range is taken as not understood."""


def canonical(name: str) -> str:
    """The name that NX-OS prints: `eth1/1` becomes `Ethernet1/1`, `Loopback0` `loopback0`."""
    match = _NAME.fullmatch(name.strip())
    if match is None:
        return name.strip()
    return LONG.get(match[1].lower(), match[1]) + match[2]


def expanded(name: str) -> list[str]:
    """The interfaces of `Ethernet1/1-4`, `Ethernet1/1, Ethernet1/3-4` or `Vlan1-3,Vlan9`.

    Empty for a range that is not understood: a member without its type, or one that runs
    backwards.
    """
    found: list[str] = []
    for part in re.split(r"\s*,\s*", name.strip()):
        match = re.fullmatch(r"([A-Za-z][A-Za-z-]*?) ?(\d.*)", part)
        if match is None:
            return []
        kind, numbers = LONG.get(match[1].lower(), match[1]), match[2].strip()
        span = _SPAN.fullmatch(numbers)
        if span is None:
            if not re.fullmatch(r"[\d/.]+", numbers):
                return []
            found.append(kind + numbers)
            continue
        low, high = int(span[2]), int(span[4])
        if span[3] not in ("", span[1]) or high < low or high - low > RANGE_LIMIT:
            return []
        found.extend(f"{kind}{span[1]}{number}" for number in range(low, high + 1))
    return found


def numbers(text: str) -> list[int] | None:
    """The VLANs of `1-20,26-30`; None where the list is not understood."""
    found: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)(?:\s*-\s*(\d+))?\s*", part)
        if match is None:
            return None
        low, high = int(match[1]), int(match[2] or match[1])
        if high < low or high > 4095:
            return None
        found.extend(range(low, high + 1))
    return found
