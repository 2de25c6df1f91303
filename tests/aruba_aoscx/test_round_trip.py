"""Generated access lists and policies of AOS-CX, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import ipaddress

from hypothesis import given

from tests.cisco_style.rendering import ports
from tests.round_trip import Abilities, Case, Line, Prefix, cases, compare

NAMES = {None: "any", 6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6"}


def side(prefix: Prefix | None, free: int | None) -> str:
    """`any`, a host, a prefix, or an address with a mask whose ones count."""
    if prefix is None:
        return "any"
    if free is not None:
        return f"{prefix.network_address}/{ipaddress.IPv4Address(0xFFFFFFFF ^ free)}"
    if prefix.prefixlen == prefix.max_prefixlen:
        return str(prefix.network_address)
    return str(prefix)


def entry(line: Line, verb: str) -> str:
    """`permit tcp 10.0.0.0/8 any eq 443 established`."""
    text = f"{verb} {NAMES.get(line.protocol, str(line.protocol))} {side(line.source, line.source_wildcard)}"
    text += f"{ports(line.source_ports)} {side(line.destination, line.destination_wildcard)}"
    text += ports(line.destination_ports)
    if line.icmp is not None:
        text += f" icmp-type {line.icmp[0]}" + (
            "" if line.icmp[1] is None else f" icmp-code {line.icmp[1]}"
        )
    return text + (" established" if line.established else "")


def render(lines: tuple[Line, ...], family: str) -> str:
    """A configuration with one access list, numbered by tens."""
    body = [
        f"    {10 * n} {entry(x, 'permit' if x.permit else 'deny')}" for n, x in enumerate(lines, 1)
    ]
    return "\n".join([f"access-list {family} PROBE", *body])


def render_policy(lines: tuple[Line, ...]) -> str:
    """A policy with a class for each line."""
    classes = [f"class ip C{n}\n    10 {entry(x, 'match')}" for n, x in enumerate(lines, 1)]
    uses = [
        f"    {10 * n} class ip C{n}" + ("" if x.permit else " action drop")
        for n, x in enumerate(lines, 1)
    ]
    return "\n".join([*classes, "policy PROBE", *uses])


@given(case=cases(Abilities(family=4, established=True, wildcards=True)))
def test_v4(case: Case) -> None:
    compare("aruba_aoscx", render(case.lines, "ip"), "PROBE", case)


@given(case=cases(Abilities(family=6, established=True)))
def test_v6(case: Case) -> None:
    compare("aruba_aoscx", render(case.lines, "ipv6"), "PROBE", case)


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_policies(case: Case) -> None:
    compare("aruba_aoscx", render_policy(case.lines), "PROBE", case)
