"""Generated access lists of OS10, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import ipaddress

from hypothesis import given

from tests.cisco_style.rendering import ports
from tests.round_trip import Abilities, Case, Line, Prefix, cases, compare

NAMES = {6: "tcp", 17: "udp", 1: "icmp", 58: "icmp"}


def side(prefix: Prefix | None, free: int | None) -> str:
    """`any`, a prefix, or an address with a mask whose ones count."""
    if prefix is None:
        return "any"
    if free is not None:
        return f"{prefix.network_address} {ipaddress.IPv4Address(0xFFFFFFFF ^ free)}"
    return str(prefix)


def entry(line: Line, family: int) -> str:
    """`permit tcp 10.0.0.0/8 any eq 443 established`."""
    every = "ipv6" if family == 6 else "ip"
    protocol = every if line.protocol is None else NAMES.get(line.protocol, str(line.protocol))
    text = f"{'permit' if line.permit else 'deny'} {protocol} {side(line.source, line.source_wildcard)}"
    text += f"{ports(line.source_ports)} {side(line.destination, line.destination_wildcard)}"
    text += ports(line.destination_ports)
    return text + (" established" if line.established else "")


def render(lines: tuple[Line, ...], family: int) -> str:
    """A configuration with one access list, numbered by tens."""
    head = "ipv6 access-list PROBE" if family == 6 else "ip access-list PROBE"
    return "\n".join(
        [head, *(f" seq {10 * n} {entry(x, family)}" for n, x in enumerate(lines, 1)), "!"]
    )


@given(case=cases(Abilities(family=4, established=True, wildcards=True, icmp=False)))
def test_v4(case: Case) -> None:
    compare("dell_os10", render(case.lines, 4), "PROBE", case)


@given(case=cases(Abilities(family=6, established=True, icmp=False)))
def test_v6(case: Case) -> None:
    compare("dell_os10", render(case.lines, 6), "PROBE", case)
