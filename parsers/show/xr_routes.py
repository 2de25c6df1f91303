"""`show route`, `show route vrf all` and `show route ipv6` of Cisco IOS-XR.

`show route vrf all` leaves the global table out; each VRF has a heading `VRF: V`. `(!)` marks a
fast reroute backup. Source: Cisco, "Routing Command Reference for Cisco ASR 9000", show route.
"""

from __future__ import annotations

import re

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.codes import XR
from parsers.show.via_lines import LEGEND, Dialect, read_via_lines

_VRF = re.compile(r"VRF: (\S+)\s*$")
_KNOWN = re.compile(LEGEND)
_FLAGS = {"*": None}

_IPV4 = Dialect(4, XR, _FLAGS, _KNOWN, _VRF)
_IPV6 = Dialect(6, XR, _FLAGS, _KNOWN, _VRF)


def ip_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show route [vrf V] [ipv4]`; `vrf` None is `vrf all`."""
    return read_via_lines(text, _IPV4, vrf)


def ipv6_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show route [vrf V] ipv6`; `vrf` None is `vrf all`."""
    return read_via_lines(text, _IPV6, vrf)
