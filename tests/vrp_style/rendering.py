"""Writes generated entries as rules of VRP and Comware, for round trips (tests/round_trip.py)."""

from __future__ import annotations

import ipaddress

from tests.round_trip import Line, Ports, Prefix

PROTOCOLS = {6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6", 47: "gre"}


def address(word: str, prefix: Prefix | None, wildcard: int | None) -> str:
    """` source A W`, for a host with the wildcard 0; nothing where all match."""
    if prefix is None:
        return ""
    if wildcard is not None:
        return f" {word} {prefix.network_address} {ipaddress.IPv4Address(wildcard)}"
    if prefix.version == 6:
        return f" {word} {prefix}"
    if prefix.prefixlen == 32:
        return f" {word} {prefix.network_address} 0"
    return f" {word} {prefix.network_address} {prefix.hostmask}"


def ports(word: str, wanted: Ports | None) -> str:
    """` destination-port eq N` and the other operators."""
    if wanted is None:
        return ""
    first, last = wanted
    if first == last:
        return f" {word} eq {first}"
    if first == 0:
        return f" {word} lt {last + 1}" if last < 65535 else f" {word} range 0 65535"
    return f" {word} gt {first - 1}" if last == 65535 else f" {word} range {first} {last}"


def rule(line: Line, family: int, established: str) -> str:
    """The words of a rule after its number."""
    everything = "ipv6" if family == 6 else "ip"
    text = "permit " if line.permit else "deny "
    text += (
        everything if line.protocol is None else PROTOCOLS.get(line.protocol, str(line.protocol))
    )
    text += address("source", line.source, line.source_wildcard)
    text += ports("source-port", line.source_ports)
    text += address("destination", line.destination, line.destination_wildcard)
    text += ports("destination-port", line.destination_ports)
    if line.icmp is not None:
        word = "icmp6-type" if line.protocol == 58 else "icmp-type"
        text += f" {word} {line.icmp[0]}" + ("" if line.icmp[1] is None else f" {line.icmp[1]}")
    return text + (f" {established}" if line.established else "")


def render(
    head: str, lines: tuple[Line, ...], family: int, established: str, numbered: bool
) -> str:
    """A configuration with one access list; without numbers the device counts by itself."""
    body = []
    for number, line in enumerate(lines, 1):
        text = rule(line, family, established)
        body.append(f" rule {5 * number} {text}" if numbered else f" rule {text}")
    return "\n".join(["#", head, *body, "#"])
