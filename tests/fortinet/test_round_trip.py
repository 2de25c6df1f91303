"""Generated firewall policies of FortiOS, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.fortinet.texts import INTERFACES, block, entry
from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

PAIR = "internal:wan1"
_WORDS = {6: "tcp", 17: "udp"}


def _range(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"


def _service(line: Line, name: str) -> str | None:
    """The service of a line; None for every service."""
    if line.protocol is None:
        return None
    if line.protocol in _WORDS:
        destination = _range(line.destination_ports or (0, 65535))
        source = "" if line.source_ports is None else f":{_range(line.source_ports)}"
        return entry(f'"{name}"', f"{_WORDS[line.protocol]}-portrange {destination}{source}")
    if line.protocol in (1, 58):
        said = ["protocol ICMP" if line.protocol == 1 else "protocol ICMP6"]
        if line.icmp is None:
            said.append("unset icmptype")
        else:
            said.append(f"icmptype {line.icmp[0]}")
            said.append("unset icmpcode" if line.icmp[1] is None else f"icmpcode {line.icmp[1]}")
        return entry(f'"{name}"', *said)
    return entry(f'"{name}"', "protocol IP", f"protocol-number {line.protocol}")


def _address(side: str, line: Line, family: int) -> tuple[str, str | None]:
    """The keyword's value and the object of one side."""
    prefix = line.source if side == "src" else line.destination
    free = line.source_wildcard if side == "src" else line.destination_wildcard
    if prefix is None:
        return "all", None
    if family == 6:
        return "", f"ip6 {prefix}"
    if free is not None:
        care = ".".join(str((~free & 0xFFFFFFFF) >> shift & 255) for shift in (24, 16, 8, 0))
        return "", f"type wildcard\n        set wildcard {prefix.network_address} {care}"
    return "", f"subnet {prefix.network_address} {prefix.netmask}"


def render(lines: tuple[Line, ...], family: int) -> str:
    """A policy for each line, with objects of its own."""
    objects, services, table = [], [], []
    six = "6" if family == 6 else ""
    for number, line in enumerate(lines, 1):
        said = ['srcintf "internal"', 'dstintf "wan1"', 'schedule "always"']
        for side in ("src", "dst"):
            name, made = _address(side, line, family)
            if made is not None:
                name = f"{side}{number}"
                objects.append(entry(f'"{name}"', made))
            said.append(f'{side}addr{six} "{name}"')
        service = _service(line, f"s{number}")
        if service is not None:
            services.append(service)
        said.append(f'service "{"ALL" if service is None else f"s{number}"}"')
        said.append(f"action {'accept' if line.permit else 'deny'}")
        table.append(entry(number, *said))
    return (
        INTERFACES
        + block(f"firewall address{six}", *objects)
        + block("firewall service custom", *services)
        + block("firewall policy", *table)
    )


@given(cases(Abilities(family=4, stateful=True, wildcards=True)))
def test_ipv4(case: Case) -> None:
    compare("fortinet", render(case.lines, 4), PAIR, case)


@given(cases(Abilities(family=6, stateful=True)))
def test_ipv6(case: Case) -> None:
    compare("fortinet", render(case.lines, 6), PAIR, case)
