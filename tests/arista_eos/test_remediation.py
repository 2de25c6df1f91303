"""What is proposed on EOS reads back as what was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auditor.filters import Answer
from parsers.platform import Remedy
from parsers.registry import platform
from tests.audit_text import answer, device_of

SYN = {"src": "10.20.1.5", "dst": "104.192.141.1", "protocol": "tcp", "src_port": 50000}
WANTED: dict[str, Any] = {"prefixes": ("104.192.136.0/21",), "ports": (443, 22)}


def remedy(kind: str, **fields: Any) -> tuple[str, ...]:
    return platform("arista_eos").remedy(Remedy(kind, **fields))


@pytest.mark.parametrize("port", [443, 22])
def test_an_entry_before_the_offending_one_permits(tmp_path: Path, port: int) -> None:
    lines = remedy("permit-flow", filter="A", number=5, **WANTED)
    config = "\n".join([*lines, "   10 deny ip any any", ""])
    found = answer(tmp_path, "arista_eos", config, "A", **SYN, dst_port=port)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 2)


def test_a_rule_of_a_traffic_policy_permits(tmp_path: Path) -> None:
    told = remedy("permit-flow", filter="traffic-policy TP", **WANTED)
    assert all(line.startswith("!") for line in told), "where it goes has to be chosen by hand"
    rule = [line.removeprefix("!  ") for line in told if line.startswith("!    ")]
    lines = ["traffic-policies", "   traffic-policy TP", *(f"    {line}" for line in rule)]
    drop = ["      match ipv4-all-default ipv4", "         actions", "            drop", ""]
    config = "\n".join([*lines, *drop])
    found = answer(tmp_path, "arista_eos", config, "TP", **SYN, dst_port=443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 3)


def test_a_clamp_reads_back() -> None:
    lines = remedy("clamp-mss", interface="Ethernet1")
    clamps = device_of("arista_eos", "\n".join(lines)).interfaces[0].clamps
    assert [(c.family, c.value, c.direction) for c in clamps] == [(4, 1360, "both")]


def test_a_null_route_is_taken_back() -> None:
    lines = remedy("remove-null-route", prefixes=("104.192.136.0/21", "2401:1d80:3000::/36"))
    config = (
        "ip route 104.192.136.0/21 Null0 tag 6\nipv6 route 2401:1d80:3000::/36 Null0\n"
        + "\n".join(lines)
    )
    table = device_of("arista_eos", config).static_routes
    assert table is not None and not table.routes


def test_what_it_cannot_say_is_nothing() -> None:
    assert remedy("unheard-of") == ()
