"""`show ip route` and `show ipv6 route` of Arista EOS, as text.

Each VRF has a heading `VRF: V` (`VRF name: V` in older releases); further ways out stand on lines
of their own; `(egress VRF V)` names the VRF of a leaked route's way out.
Source: Arista, "EOS User Manual", IPv4 and IPv6 commands, show ip route, show ipv6 route.
"""

from __future__ import annotations

import re

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.codes import EOS, EOS_FLAGS
from parsers.show.via_lines import LEGEND, Dialect, read_via_lines

_VRF = re.compile(r"VRF(?: name)?: (\S+)\s*$")
_KNOWN = re.compile(
    LEGEND
    + r"|WARNING: Some of the routes are not programmed in\s*$"
    + r"|kernel, and they are marked with '%'\.\s*$"
    + r"|Source Codes:|! IP(?:v6)? routing not enabled"
)

_IPV4 = Dialect(4, EOS, EOS_FLAGS, _KNOWN, _VRF)
_COUNT = re.compile(r"()Displaying (\d{1,9}) of \d+ IPv6 routing table entries\s*$")
_IPV6 = Dialect(6, EOS, EOS_FLAGS, _KNOWN, _VRF, _COUNT)


def ip_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show ip route [vrf V]`; `vrf` None is `vrf all`."""
    return read_via_lines(text, _IPV4, vrf)


def ipv6_routes(text: Text, vrf: str | None = "default") -> RouteTable:
    """The routes of `show ipv6 route [vrf V]`; `vrf` None is `vrf all`."""
    return read_via_lines(text, _IPV6, vrf)
