"""Generated forward chains, written as `/export` writes them and read back (tests/round_trip.py)."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.mikrotik_routeros.flows import HEADER
from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

NAMES = {6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6", 47: "gre", 50: "ipsec-esp"}


def _range(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"


def rule(line: Line) -> str:
    """One rule, its properties in the order of their names as exports have them."""
    words = {"action": "accept" if line.permit else "drop", "chain": "forward"}
    if line.source is not None:
        words["src-address"] = str(line.source)
    if line.destination is not None:
        words["dst-address"] = str(line.destination)
    if line.protocol is not None:
        words["protocol"] = NAMES.get(line.protocol, str(line.protocol))
    if line.source_ports is not None:
        words["src-port"] = _range(line.source_ports)
    if line.destination_ports is not None:
        words["dst-port"] = _range(line.destination_ports)
    if line.icmp is not None:
        code = "0-255" if line.icmp[1] is None else str(line.icmp[1])
        words["icmp-options"] = f"{line.icmp[0]}:{code}"
    if line.permit:
        del words["action"]  # the default
    return "add " + " ".join(f"{name}={words[name]}" for name in sorted(words))


def wrapped(text: str) -> str:
    """The rule on lines of at most 40 characters, continued as exports do it."""
    out = []
    while len(text) > 40:
        out.append(text[:39] + "\\")
        text = text[39:]
    return "\n    ".join([*out, text])


def export(lines: tuple[Line, ...], menu: str, wrap: bool) -> str:
    """The menu with the rules, and a last one that drops."""
    rules = [*map(rule, lines), "add action=drop chain=forward"]
    return f"{HEADER}/{menu} firewall filter\n" + "\n".join(
        wrapped(text) if wrap else text for text in rules
    )


@pytest.mark.parametrize("wrap", [False, True])
@given(case=cases(Abilities(family=4)))
def test_v4(case: Case, wrap: bool) -> None:
    compare("mikrotik_routeros", export(case.lines, "ip", wrap), "forward", case)


@given(case=cases(Abilities(family=6)))
def test_v6(case: Case) -> None:
    compare("mikrotik_routeros", export(case.lines, "ipv6", wrap=False), "forward", case)


@given(case=cases(Abilities(family=4)))
def test_terse(case: Case) -> None:
    text = export(case.lines, "ip", wrap=False).replace("\nadd ", "\n/ip firewall filter add ")
    compare("mikrotik_routeros", text, "forward", case)
