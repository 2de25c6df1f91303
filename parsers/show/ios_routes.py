"""`show ip route` and `show ipv6 route` of Cisco IOS and IOS-XE, with and without `vrf`.

`show ip route vrf *` prints the global table first, without a heading, then one `Routing Table: V`
for each VRF. Sources: Cisco, "IP Routing: Protocol-Independent Command Reference", show ip route;
"IPv6 Command Reference", show ipv6 route.
"""

from __future__ import annotations

import re

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.codes import IOS, IOS_FLAGS, IOS_IPV6
from parsers.show.via_lines import LEGEND, Dialect, read_via_lines

_VRF = re.compile(r"Routing Table: (\S+)\s*$")
_KNOWN = re.compile(LEGEND)

_IPV4 = Dialect(4, IOS, IOS_FLAGS, _KNOWN, _VRF)
_IPV6 = Dialect(
    6,
    IOS_IPV6,
    {},
    _KNOWN,
    _VRF,
    re.compile(r"IPv6 Routing Table - (?:(\S+) - )?(\d{1,9}) entries\s*$"),
)


def ip_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show ip route [vrf V]`; `vrf` None is `vrf *`."""
    return read_via_lines(text, _IPV4, vrf)


def ipv6_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show ipv6 route [vrf V]`; `vrf` None is `vrf *`."""
    return read_via_lines(text, _IPV6, vrf)
