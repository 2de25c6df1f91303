"""Generated access lists of ASA, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given

from tests.cisco_style.rendering import ports
from tests.round_trip import Abilities, Case, Line, Prefix, cases, compare

HEAD = (
    "ASA Version 9.12(4)\n!\ninterface GigabitEthernet0/1\n nameif inside\n security-level 100\n!\n"
)
NAMES = {None: "ip", 6: "tcp", 17: "udp", 1: "icmp", 58: "icmp6"}


def address(prefix: Prefix | None, wildcard: int | None, anything: str) -> str:
    """`any4`, an address with its netmask (ASA has no wildcards), `host`, or a prefix of IPv6."""
    if prefix is None:
        return anything
    if prefix.version == 6:
        return str(prefix)
    if wildcard is not None:
        return f"{prefix.network_address} {ipaddress.IPv4Address(0xFFFFFFFF ^ wildcard)}"
    if prefix.prefixlen == 32:
        return f"host {prefix.network_address}"
    return f"{prefix.network_address} {prefix.netmask}"


def entry(line: Line, anything: str) -> str:
    """One entry behind the list's name."""
    text = f"{'permit' if line.permit else 'deny'} {NAMES.get(line.protocol, str(line.protocol))}"
    text += f" {address(line.source, line.source_wildcard, anything)}{ports(line.source_ports)}"
    text += f" {address(line.destination, line.destination_wildcard, anything)}"
    text += ports(line.destination_ports)
    if line.icmp is not None:
        text += f" {line.icmp[0]}" + ("" if line.icmp[1] is None else f" {line.icmp[1]}")
    return text


def render(lines: tuple[Line, ...], anything: str) -> str:
    """A configuration with one access list that is applied."""
    body = [f"access-list PROBE extended {entry(line, anything)}" for line in lines]
    return HEAD + "\n".join([*body, "access-group PROBE in interface inside"])


@pytest.mark.parametrize("anything", ["any", "any4"])
@given(case=cases(Abilities(family=4, wildcards=True, stateful=True)))
def test_v4(anything: str, case: Case) -> None:
    compare("cisco_asa", render(case.lines, anything), "PROBE", case)


@pytest.mark.parametrize("anything", ["any", "any6"])
@given(case=cases(Abilities(family=6, stateful=True)))
def test_v6(anything: str, case: Case) -> None:
    compare("cisco_asa", render(case.lines, anything), "PROBE", case)


@given(case=cases(Abilities(family=4, wildcards=True, stateful=True)))
def test_objects(case: Case) -> None:
    """The same lists with every address in an object of its own."""
    objects: list[str] = []
    body: list[str] = []
    for number, line in enumerate(case.lines):
        words = {}
        for side in ("source", "destination"):
            prefix, wildcard = getattr(line, side), getattr(line, f"{side}_wildcard")
            words[side] = "any"
            if prefix is not None:
                name = f"{side}-{number}"
                mask = 0xFFFFFFFF ^ wildcard if wildcard is not None else int(prefix.netmask)
                objects += [
                    f"object-group network {name}",
                    f" network-object {prefix.network_address} {ipaddress.IPv4Address(mask)}",
                ]
                words[side] = f"object-group {name}"
        bare = line._replace(
            source=None, destination=None, source_wildcard=None, destination_wildcard=None
        )
        parts = entry(bare, "any").split(" any", 2)
        body.append(
            f"access-list PROBE extended {parts[0]} {words['source']}{parts[1]} {words['destination']}{parts[2]}"
        )
    text = HEAD + "\n".join([*objects, *body, "access-group PROBE in interface inside"])
    compare("cisco_asa", text, "PROBE", case)
