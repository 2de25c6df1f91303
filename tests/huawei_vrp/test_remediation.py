"""What is proposed on VRP reads back as what was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auditor.filters import Answer
from parsers.platform import Remedy
from parsers.registry import platform
from tests.audit_text import answer, device_of

SYN = {"src": "10.20.1.5", "dst": "104.192.141.1", "protocol": "tcp", "src_port": 50000}
RETURN = {
    "src": "104.192.141.1",
    "dst": "10.20.1.5",
    "protocol": "tcp",
    "src_port": 443,
    "dst_port": 50000,
}
PTB = {"src": "203.0.113.9", "dst": "10.20.1.5", "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
WANTED: dict[str, Any] = {"prefixes": ("104.192.136.0/21",), "ports": (443, 22)}


def remedy(kind: str, **fields: Any) -> tuple[str, ...]:
    return platform("huawei_vrp").remedy(Remedy(kind, **fields))


@pytest.mark.parametrize(
    ("kind", "packet"),
    [
        ("permit-flow", {**SYN, "dst_port": 443}),
        ("permit-flow", {**SYN, "dst_port": 22}),
        ("permit-return", {**RETURN, "tcp_flags": ["syn", "ack"]}),
        ("permit-ptb", PTB),
    ],
)
@pytest.mark.parametrize("name", ["3001", "WEB"])
def test_a_rule_before_the_offending_one_permits(
    tmp_path: Path, kind: str, packet: dict[str, object], name: str
) -> None:
    lines = remedy(kind, filter=name, number=5, **WANTED)
    config = "\n".join([*lines, " rule 10 deny ip", "#", ""])
    found = answer(tmp_path, "huawei_vrp", config, name, **packet)
    assert isinstance(found, Answer)
    assert found.action == "permit"


def test_a_variant_of_a_list_is_the_list() -> None:
    assert remedy("resequence", filter="3001 for VPN blue", number=5)[0].endswith(" 3001")


def test_what_takes_no_such_rules_gets_none() -> None:
    assert remedy("permit-flow", filter="2001", number=5, **WANTED) == ()
    assert remedy("permit-ptb", filter="policy P", number=5) == ()
    told = remedy("permit-flow", filter="policy P", number=5, **WANTED)
    assert told and all(line.startswith("# ") for line in told)


def test_a_rule_between_zones_is_understood() -> None:
    lines = remedy("permit-flow", filter="zone:trust:untrust", **WANTED)
    assert "  destination-zone untrust" in lines
    assert not device_of("huawei_vrp", "\n".join(["#", *lines, "#"])).not_understood


def test_a_clamp_reads_back() -> None:
    lines = remedy("clamp-mss", interface="GigabitEthernet0/0/1")
    clamps = device_of("huawei_vrp", "\n".join(lines)).interfaces[0].clamps
    assert [(c.family, c.value) for c in clamps] == [(4, 1360)]


def test_packets_too_big_are_sent_again() -> None:
    (line,) = remedy("send-ptb", family=4)
    device = device_of(
        "huawei_vrp", f"#\n{line}\n#\ninterface GigabitEthernet0/0/1\n ip address 10.0.0.1 24\n#"
    )
    assert [p.sends for p in device.interfaces[0].ptb] == [True, True]


def test_what_it_cannot_say_is_nothing() -> None:
    assert remedy("unheard-of") == ()
