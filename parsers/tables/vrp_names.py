"""Short names of interfaces in tables of VRP and Comware, as their configurations write them.

Sources: HPE Comware 7 Fundamentals, "Interface types and their abbreviations"; Huawei, display fib and
display interface brief.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMES: Mapping[str, Mapping[str, str]] = {
    "hp_comware": {
        "GE": "GigabitEthernet", "XGE": "Ten-GigabitEthernet", "FGE": "FortyGigE",
        "HGE": "HundredGigE", "WGE": "Twenty-FiveGigE", "MGE": "M-GigabitEthernet",
        "M-GE": "M-GigabitEthernet", "Eth": "Ethernet", "Vlan": "Vlan-interface",
        "InLoop": "InLoopBack", "Loop": "LoopBack", "RAGG": "Route-Aggregation",
        "BAGG": "Bridge-Aggregation", "Tun": "Tunnel", "Dia": "Dialer", "Ser": "Serial",
        "REth": "Reth", "VE-L3VPN": "VE-L3VPN", "Vsi": "Vsi-interface",
    },
    "huawei_vrp": {
        "GE": "GigabitEthernet", "XGE": "XGigabitEthernet", "Eth": "Ethernet",
        "InLoop": "InLoopBack", "Loop": "LoopBack", "Tun": "Tunnel", "MEth": "MEth",
    },
}  # fmt: skip
"""Full names by platform and short name."""

_SPLIT = re.compile(r"([A-Za-z][A-Za-z-]*?)(\d[\d/.:]*)$")


def full_name(word: str, names: Mapping[str, str]) -> str:
    """The name as a configuration has it; one that is not short stays."""
    match = _SPLIT.match(word)
    if match is None:
        return word
    return f"{names.get(match[1], match[1])}{match[2]}"
