"""Interface names of EOS: long forms, and the ranges that a pasted configuration may use."""

from __future__ import annotations

import re

LONG = {
    "et": "Ethernet", "eth": "Ethernet", "ethernet": "Ethernet", "po": "Port-Channel",
    "port-channel": "Port-Channel", "portchannel": "Port-Channel", "vl": "Vlan", "vlan": "Vlan",
    "lo": "Loopback", "loopback": "Loopback", "ma": "Management", "management": "Management",
    "tu": "Tunnel", "tunnel": "Tunnel", "vx": "Vxlan", "vxlan": "Vxlan", "dps": "Dps",
}  # fmt: skip
_NAME = re.compile(r"([A-Za-z-]+?) ?(\d\S*)")
_SPAN = re.compile(r"((?:\d+[/.])*)(\d+)-((?:\d+[/.])*)(\d+)")
RANGE_LIMIT = 5000
"""More members than any device has ports or VLANs; a longer range is taken as not understood."""


def canonical(name: str) -> str:
    """The name that EOS prints: `eth1/1` becomes `Ethernet1/1`, an unknown type stays as it is."""
    match = _NAME.fullmatch(name.strip())
    if match is None:
        return name.strip()
    return LONG.get(match[1].lower(), match[1]) + match[2]


def expanded(name: str) -> list[str]:
    """The interfaces of `Ethernet1-4`, `Ethernet1/1-2,5` or `Ethernet1,Vlan10`; one for a plain
    name, none for a range that is not understood.
    """
    found: list[str] = []
    kind = ""
    slotted = False
    for part in re.split(r"\s*,\s*", name.strip()):
        match = _NAME.fullmatch(part)
        if match is not None:
            kind, part = LONG.get(match[1].lower(), match[1]), match[2]
        elif not kind or not part[:1].isdigit():
            return [name.strip()] if "," not in name else []
        elif slotted and "/" not in part:
            return []  # of the slot before it, or without a slot: no document read says
        slotted = "/" in part
        span = _SPAN.fullmatch(part)
        if span is None:
            found.append(kind + part)
            continue
        low, high = int(span[2]), int(span[4])
        if span[3] not in ("", span[1]) or high < low or high - low > RANGE_LIMIT:
            return []
        found.extend(f"{kind}{span[1]}{number}" for number in range(low, high + 1))
    return found
