"""Interface names that NX-OS abbreviates in tables, as its configuration writes them."""

from __future__ import annotations

import re
from functools import cache

_SHORT = {"Eth": "Ethernet", "Lo": "loopback", "Po": "port-channel", "Tun": "Tunnel"}
_NAME = re.compile(r"(Eth|Lo|Po|Tun)(?=\d)")


@cache
def long_name(name: str | None) -> str | None:
    """`Eth1/1` as `Ethernet1/1`, `Lo0` as `loopback0`, `Po1` as `port-channel1`; others as is."""
    if name is None:
        return None
    return _NAME.sub(lambda found: _SHORT[found[1]], name, count=1) if _NAME.match(name) else name
