"""`show route forwarding-table`: what the packet forwarding engine has installed.

A `ulst` next hop is a list; the `ucst` rows below it are the ways that packets are spread over. Source:
Juniper, "show route forwarding-table", output fields.
"""

from __future__ import annotations

import re

from parsers.juniper_junos.names import prefix
from parsers.model.routes import NextHop, Route, RouteTable
from parsers.model.source import Where
from parsers.platform import Text

_TABLE = re.compile(r"Routing table: (?P<name>\S+?)\.(?P<family>inet6?|\S+)(?: \[.*\])?")
_KINDS = frozenset(
    {
        "ucst", "ulst", "indr", "rslv", "mcst", "bcst", "locl", "hold", "dscd", "rjct", "recv",
        "mdsc", "mcrt", "tabl", "comp", "deny", "unilist", "idxd", "mgrp", "iddn", "rtbl", "sftw",
        "intf",
    }
)  # fmt: skip
_ROUTES = frozenset({"user", "perm", "intf", "dest", "clon", "rsv", "iddn", "ifdn", "ignr", "rt"})
_DISCARD = {"dscd": "drop", "mdsc": "drop", "rjct": "reject", "deny": "reject"}
_NO_WAY = frozenset({"indr", "ulst", "comp", "unilist", "hold", "idxd", "mgrp"})
_ADDRESS = re.compile(r"[\da-fA-F.:]+")
_HARDWARE = re.compile(r"(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}")


def forwarding_table(text: Text) -> RouteTable:
    """The forwarding tables of all instances in the text."""
    vrf: str | None = "default"
    family = 4
    routes: list[Route] = []
    odd: list[int] = []
    for number, line in enumerate(text.lines, 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("Destination") or stripped.endswith(":"):
            if stripped in ("Internet:", "Internet6:"):
                family = 6 if stripped == "Internet6:" else 4
            continue
        table = _TABLE.fullmatch(stripped)
        if table is not None:
            ip = table["family"] in ("inet", "inet6") and not table["name"].startswith("__")
            vrf = table["name"] if ip else None
            family = 6 if table["family"] == "inet6" else 4
            continue
        if stripped.startswith(("Enabled protocols", "Logical system")) or vrf is None:
            continue
        if not _row(stripped.split(), line[0] == " ", vrf, family, number, routes):
            odd.append(number)
    result = RouteTable.model_construct(
        source="fib",
        file=text.file,
        vrf=None,
        family=None,
        routes=tuple(_without_permanent(routes)),
        complete=not odd,
        not_understood=tuple(Where(text.file, line) for line in odd),
    )
    _ = result.indexes  # built here: it belongs to reading, and judging is to be quick
    return result


def _row(
    words: list[str], continued: bool, vrf: str, family: int, number: int, routes: list[Route]
) -> bool:
    if not continued:
        if len(words) < 4 or words[1] not in _ROUTES:
            return False
        term = (
            prefix("::/0" if family == 6 else "0.0.0.0/0")
            if words[0] == "default"
            else prefix(words[0])
        )
        if term is None or term.family != family:
            return False
        routes.append(
            Route(
                family, term.value, term.care.bit_count(), vrf, words[1], (), number,
                backup=words[1] in ("iddn", "ifdn", "ignr"),
            )
        )  # fmt: skip
        words = words[3:]
    if not routes:
        return False
    at = next((i for i, word in enumerate(words) if word in _KINDS), None)
    if at is None:
        return False
    last = routes[-1]
    kind = words[at]
    if kind in _DISCARD:
        routes[-1] = last._replace(discard=_DISCARD[kind])
        return True
    if kind == "hold":
        routes[-1] = last._replace(conditional="the next hop is not resolved")
        return True
    if kind in _NO_WAY or kind in ("mcst", "mcrt", "bcst"):
        return True
    if kind == "locl":
        routes[-1] = last._replace(protocol="local")
    if kind in ("tabl", "rtbl"):
        routes[-1] = last._replace(conditional="the look-up goes on in another table")
        return True
    address = words[at - 1] if at else None
    if address is not None and (not _ADDRESS.fullmatch(address) or _HARDWARE.fullmatch(address)):
        address = None
    interface = words[-1] if len(words) > at + 1 and not words[-1].isdecimal() else None
    made = NextHop(interface, address if kind == "ucst" else None)
    routes[-1] = routes[-1]._replace(next_hops=(*routes[-1].next_hops, made))
    return True


def _without_permanent(routes: list[Route]) -> list[Route]:
    """The kernel's own entry for a prefix carries nothing while another one stands."""
    learned = {(r.vrf, r.family, r.value, r.length) for r in routes if r.protocol != "perm"}
    return [
        route._replace(backup=True)
        if route.protocol == "perm"
        and (route.vrf, route.family, route.value, route.length) in learned
        else route
        for route in routes
    ]
