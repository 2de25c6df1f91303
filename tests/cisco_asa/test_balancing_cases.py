"""Load balancing on ASA: a connection stays on its way (knowledge: load balancing, 2.5 and test cases)."""

from __future__ import annotations

import pytest

from rules.finding import Outcome
from tests.audit_text import brief, device_of, findings_of
from tests.cisco_asa.flows import BASE, ROUTE

THREE = "".join(f"route outside 0.0.0.0 0.0.0.0 203.0.113.{n} 1\n" for n in (1, 5, 9))
TRAP = "asp load-balance per-packet\n"


@pytest.mark.parametrize("config", [THREE, THREE + TRAP, ROUTE + TRAP], ids=["28", "trap", "one"])
def test_no_session_is_split(config: str) -> None:
    assert brief(findings_of("cisco_asa", BASE + config), "LB") == set()


def test_words_that_read_like_per_packet_get_a_note() -> None:
    found = [f for f in findings_of("cisco_asa", BASE + THREE + TRAP) if f.code == "LB003"]
    assert [(f.outcome, f.evidence[0].line) for f in found] == [
        (Outcome.NOTE, (BASE + THREE).count("\n") + 1)
    ]


def test_bundles() -> None:
    config = (
        "interface GigabitEthernet0/2\n channel-group 1 mode active\n no nameif\n"
        "interface Port-channel1\n port-channel load-balance src-dst-ip-port\n nameif inside\n"
        " security-level 100\n ip address 10.20.1.1 255.255.255.0\n"
    )
    device = device_of("cisco_asa", config)
    assert device.not_understood == ()
    assert {(i.name, i.parent, i.bundle) for i in device.interfaces} == {
        ("GigabitEthernet0/2", None, "Port-channel1"),
        ("inside", "Port-channel1", None),
    }
    assert {c.stage.value for c in device.path_choices} == {"ecmp", "bundle"}
