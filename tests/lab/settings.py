"""How routers are set in the cases: FRR's routes, sysctl names, nft rule sets; and the findings by name."""

from __future__ import annotations

from tests.lab.case import Happens, Traffic
from tests.lab.topology import PREFIX, address

RESET, STALL, SURVIVE = Happens.RESET, Happens.STALL, Happens.SURVIVE
LOSS, TALK, UPLOAD, DOWNLOAD = Traffic.LOSS, Traffic.TALK, Traffic.UPLOAD, Traffic.DOWNLOAD
ACTIVE, HAZARD, OTHER_FAMILY = "LB001 fail critical", "LB002 fail medium", "LB001 fail low"
"""A counter that marks both families is latent in the one whose rules read no mark."""
BY_POLICY = "RT003 unknown medium"
UNTOLD, DROPPED = "MTU001 fail critical", ("MTU002 fail high", "MTU003 fail high")
UNTOLD_COVERED, DROPPED_COVERED = "MTU001 fail info", ("MTU002 fail info", "MTU003 fail info")
OWN, OWN_LAN, BEHIND, BEFORE = ("r", "wan0"), ("r", "lan0"), ("m", "wan0"), ("a", "lan0")
"""Where the narrow hop is: the way out of `r` to the service or to clients, or the next router."""


def _via(link: int, family: int, more: str = "") -> str:
    word = "ip" if family == 4 else "ipv6"
    return f"{word} route {PREFIX[family]} {address(link, 2, family)}{more}"


ONE_WAY = {family: (_via(1, family),) for family in (4, 6)}
TWO_WAYS = {f: (*ONE_WAY[f], _via(2, f), *ONE_WAY[10 - f]) for f in (4, 6)}
TWO_TABLES = {f: (*ONE_WAY[f], _via(2, f, " table 101"), *ONE_WAY[10 - f]) for f in (4, 6)}
PLAIN = (*ONE_WAY[4], *ONE_WAY[6])
MARKED = {family: (f"-{family} rule add fwmark 1 lookup 101",) for family in (4, 6)}
POLICY = {f: f"net.ipv{f}.fib_multipath_hash_policy" for f in (4, 6)}


def chain(
    hook: str,
    *rules: str,
    priority: str = "filter",
    policy: str = "accept",
    table: str = "inet lab",
) -> str:
    """An nft rule set with one base chain."""
    base = f"type filter hook {hook} priority {priority}; policy {policy};"
    body = "".join(f"    {line}\n" for line in (base, *rules))
    return f"table {table} {{\n  chain {hook} {{\n{body}  }}\n}}\n"


def marks(*rules: str) -> str:
    """A chain that marks what comes from the clients' side, before routing."""
    return chain("prerouting", *(f'iifname "lan0" {rule}' for rule in rules), priority="mangle")
