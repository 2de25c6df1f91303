"""Writes generated entries as Cisco-like access list lines, for round trips (tests/round_trip.py)."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from tests.round_trip import Line, Ports, Prefix


class Words(NamedTuple):
    """How a system writes an entry: its word for all protocols and for ICMP, and whether IPv4 addresses carry
    a wildcard mask (else a prefix length)."""

    everything: str
    icmp: str
    masks: bool


def entry(line: Line, words: Words) -> str:
    """`permit tcp 10.0.0.0 0.0.255.255 any eq 443 established` and the like."""
    names = {None: words.everything, 6: "tcp", 17: "udp", 1: "icmp", 58: words.icmp}
    protocol = names.get(line.protocol, str(line.protocol))
    text = f"{'permit' if line.permit else 'deny'} {protocol}"
    text += f" {address(line.source, line.source_wildcard, words)}{ports(line.source_ports)}"
    text += f" {address(line.destination, line.destination_wildcard, words)}"
    text += ports(line.destination_ports)
    if line.icmp is not None:
        text += f" {line.icmp[0]}" + ("" if line.icmp[1] is None else f" {line.icmp[1]}")
    return text + (" established" if line.established else "")


def address(prefix: Prefix | None, wildcard: int | None, words: Words) -> str:
    """`any`, a prefix, or an address with its wildcard mask."""
    if prefix is None:
        return "any"
    if wildcard is not None:
        return f"{prefix.network_address} {ipaddress.IPv4Address(wildcard)}"
    if prefix.version == 4 and words.masks:
        return f"{prefix.network_address} {prefix.hostmask}"
    return str(prefix)


def ports(wanted: Ports | None) -> str:
    """A port condition with the operator that an engineer would choose."""
    if wanted is None:
        return ""
    first, last = wanted
    if first == last:
        return f" eq {first}"
    if first == 0 and last < 65535:
        return f" lt {last + 1}"
    if last == 65535 and first > 0:
        return f" gt {first - 1}"
    return f" range {first} {last}"
