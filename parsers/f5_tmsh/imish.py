"""The routing text of imish (ZebOS) that may follow the structured configuration."""

from __future__ import annotations

import re

from parsers.cisco_style.static_routes import is_address
from parsers.f5_tmsh.draft import Draft
from parsers.model.addresses import prefix_term
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced
from parsers.reader import Statement, Table, irrelevant, read

Found = re.Match[str]


def _process(state: Draft, match: Found, line: int) -> None:
    """`router bgp 65001`, `router ospf`: may install routes that the text does not show."""
    state.sources.append(Sourced[str](value=match["name"], where=state.where(line)))


def _static(state: Draft, match: Found, line: int) -> bool | None:
    """`ip route P NEXTHOP|INTERFACE|Null [DISTANCE]`."""
    try:
        term = prefix_term(match["prefix"].replace(" ", "/"))
    except ValueError:
        state.routes_doubt.append(state.where(line))
        return False
    hop = match["hop"]
    drop = hop.lower() in ("null", "null0", "blackhole")
    address = hop if is_address(hop) else None
    state.routes.append(
        Route(
            family=term.family,
            value=term.value,
            length=term.care.bit_count(),
            vrf="default",
            protocol="static",
            next_hops=() if drop else (NextHop(None if address else hop, address),),
            line=line,
            discard="drop" if drop else None,
            distance=int(match["distance"]) if match["distance"] else 1,
        )
    )
    return None


_INSIDE: Table[Draft] = Table(irrelevant("of a routing process or of an interface in it", r"\S+"))

_PREFIX = r"(?P<prefix>\d\S+/\d+|[0-9a-fA-F:]*:\S*/\d+|\d\S+ \d\S+)"
TABLE: Table[Draft] = Table(
    (
        Statement(
            r"router (?P<name>bgp|ospf|ospf6|ipv6 ospf|isis|rip|ipv6 rip)(?: .*)?",
            _process,
            table=_INSIDE,
        ),
        Statement(
            rf"ip(?:v6)? route {_PREFIX} (?P<hop>\S+)(?: (?P<distance>\d+))?",
            _static,
        ),
        Statement(r"interface \S+", table=_INSIDE, handler=lambda *_: None),
        *irrelevant(
            "the shell, its logs, and lists that only routing processes use",
            "service", "hostname", "log", "line", "end", "access-list", "route-map", "bfd", "debug",
            r"ip (?:prefix-list|as-path|community-list|extcommunity-list|access-list)", "key",
            r"ipv6 (?:prefix-list|access-list)", "maximum-paths", "banner", "snmp-server", "bgp",
            "username", "enable", "fib",
        ),
    )
)  # fmt: skip


def read_imish(draft: Draft, first: int) -> None:
    """Reads the text from line `first` on."""
    read(draft.lines, TABLE, draft, draft.ledger, first)
