"""Generated firewall policies and packet filters of BIG-IP, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.f5_tmsh.texts import policy, rule
from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

NAMES = {None: "any", 6: "tcp", 17: "udp", 1: "icmp", 58: "ipv6-icmp", 47: "gre", 50: "esp"}
EVERY = {4: "0.0.0.0/0", 6: "::/0"}


def ports(wanted: Ports) -> str:
    """`443` or `1024-65535`."""
    single = wanted[0] == wanted[1] and wanted[0] > 0  # 0 alone may mean all ports in a policy
    return str(wanted[0]) if single else f"{wanted[0]}-{wanted[1]}"


def one(number: int, line: Line, family: int) -> str:
    """A rule of a policy; an address of the family keeps rules without addresses to it."""
    said = [f"action {'accept' if line.permit else 'drop'}", f"ip-protocol {NAMES[line.protocol]}"]
    said.append(f"source addresses {line.source or EVERY[family]}")
    if line.destination is not None:
        said.append(f"destination addresses {line.destination}")
    if line.source_ports is not None:
        said.append(f"source ports {ports(line.source_ports)}")
    if line.destination_ports is not None:
        said.append(f"destination ports {ports(line.destination_ports)}")
    text = rule(f"r{number}", *said)
    if line.icmp is not None:
        kind, code = line.icmp
        test = f"{kind}:{'any' if code is None else code}"
        text = text.replace(
            "            action",
            f"            icmp {{\n                {test} {{ }}\n            }}\n            action",
            1,
        )
    return text


@pytest.mark.parametrize("family", [4, 6])
def test_families(family: int) -> None:
    abilities = Abilities(family=family, stateful=True, default_permit=True)

    @given(case=cases(abilities))
    def check(case: Case) -> None:
        text = policy(*(one(n, line, family) for n, line in enumerate(case.lines, 1)), name="PROBE")
        compare("f5_tmsh", text, "PROBE", case)

    check()


def term(line: Line) -> str:
    """The expression of a packet filter."""
    parts = ["ip"]
    if line.protocol is not None:
        parts.append(f"proto {line.protocol}")
    for word, prefix in (("src", line.source), ("dst", line.destination)):
        if prefix is not None:
            parts.append(f"{word} net {prefix}")
    for word, wanted in (("src", line.source_ports), ("dst", line.destination_ports)):
        if wanted is not None:
            kind = "port" if wanted[0] == wanted[1] else "portrange"
            shown = str(wanted[0]) if kind == "port" else ports(wanted)
            parts.append(f"{word} {kind} {shown}")
    return " and ".join(f"( {part} )" for part in parts)


@given(case=cases(Abilities(stateful=True, icmp=False, default_permit=True)))
def test_packet_filters(case: Case) -> None:
    text = 'sys db packetfilter {\n    value "enable"\n}\n'
    for number, line in enumerate(case.lines, 1):
        action = "accept" if line.permit else "discard"
        text += f'net packet-filter r{number} {{\n    action {action}\n    order {number}\n    rule "{term(line)}"\n}}\n'
    compare("f5_tmsh", text, "packet-filter", case)
