"""The line that a large `ip route show` has a million times, read without a draft (ip-route(8))."""

from __future__ import annotations

import re
from socket import inet_pton

from parsers.model.routes import NextHop, Route
from parsers.show.collector import AF, MASKS

LENGTHS = {4: 32, 6: 128}
"""The length of an address without one, by family."""

USUAL = re.compile(
    r"(default|\d++\.\d++\.\d++\.\d++(?:/\d++)?+|[\da-fA-F]*+:[\da-fA-F:.]++(?:/\d++)?+)"
    r"(?: via ([\da-fA-F.:]++))?+ dev (\S++)  ?proto (\S++)(?:  ?scope (\S++))?+"
    r"(?:  ?src [\da-fA-F.:]++)?+(?: metric (\d++))?+(?: pref medium)?+ ?$"
)
"""The form that nearly all lines of a large table have."""


class FastRoutes:
    """Routes of the usual form, without a draft."""

    def __init__(self, asked: int) -> None:
        self.asked = asked
        self.hops: dict[tuple[str, str | None], tuple[NextHop]] = {}

    def read(self, match: re.Match[str], line: int) -> Route | None:
        """The route of a line; None for one that needs a closer look."""
        destination, gateway, device, proto, scope, metric = match.groups()
        if destination == "default":
            family = self.asked or (6 if gateway and ":" in gateway else 4)
            address, length = ("::" if family == 6 else "0.0.0.0"), "0"  # noqa: S104 - any network
        else:
            family = 6 if ":" in destination else 4
            address, _, length = destination.partition("/")
        try:
            size = int(length) if length else LENGTHS[family]
            value = int.from_bytes(inet_pton(AF[family], address))
            if value & MASKS[family][size] != value or (self.asked or family) != family:
                return None
        except (OSError, IndexError):
            return None
        key = (device, gateway)
        hops = self.hops.get(key)
        if hops is None:
            hops = self.hops[key] = (NextHop(device, gateway),)
        word = "connected" if proto == "kernel" and scope == "link" else proto
        far = int(metric) if metric else 1024 if family == 6 else 0
        # the constructor of a NamedTuple is a function of its own, and takes twice the time
        fields = (family, value, size, "default", word, hops, line, None, None, far, False, None)
        return tuple.__new__(Route, fields)
