"""Path MTU discovery on FortiOS: verdicts worked out by hand (knowledge: pmtud, sections B to D)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, device_of, findings_of
from tests.fortinet.texts import DEFAULT_ROUTE, block, entry, policies, policy


def interfaces(*more: str) -> str:
    return block(
        "system interface",
        entry('"internal"', 'vdom "root"', "ip 10.20.1.1 255.255.255.0", "type physical"),
        entry('"wan1"', 'vdom "root"', "ip 203.0.113.2 255.255.255.252", "type physical", *more),
    )


NARROW = interfaces("mtu-override enable", "mtu 1300")
GLOBAL = "config system global\n    set {}\nend\n"
OUT = policies(policy(1, "accept"))
CLAMPED = policies(policy(1, "accept", "ALL", "tcp-mss-sender 1260", "tcp-mss-receiver 1260"))
ONE_SIDE = policies(policy(1, "accept", "ALL", "tcp-mss-sender 1260"))

CASES = [
    # T97 by decision 1: ignoring DF makes fragments, which the service's edge drops
    ("T97", NARROW + GLOBAL.format("honor-df disable") + OUT, {("MTU005", "medium", "fail")}),
    ("T97-not-narrow", interfaces() + GLOBAL.format("honor-df disable") + OUT, set()),
    ("narrow-and-told", NARROW + OUT, set()),
    ("override-missing", interfaces("mtu 1300") + GLOBAL.format("send-pmtu-icmp disable") + OUT, set()),
    ("not-told", NARROW + GLOBAL.format("send-pmtu-icmp disable") + OUT, {("MTU001", "critical", "fail")}),
    ("not-told-clamped", NARROW + GLOBAL.format("send-pmtu-icmp disable") + CLAMPED, {("MTU001", "info", "fail")}),
    ("not-told-clamped-on-the-syn", NARROW + GLOBAL.format("send-pmtu-icmp disable") + ONE_SIDE, {("MTU001", "critical", "fail")}),
    # errors that quote a session pass without a policy for ICMP (B.3)
    ("only-tcp", interfaces() + policies(policy(1, "accept", "ALL_TCP")), set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_case(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("fortinet", text + DEFAULT_ROUTE), "MTU") == expected


def test_clamps_say_which_way_they_act() -> None:
    """The sender's value is put into the SYN, the receiver's into its answer (Technical Tip, Setting TCP MSS value)."""
    text = interfaces() + policies(
        policy(1, "accept", "ALL", "tcp-mss-sender 1300", "tcp-mss-receiver 1400")
    )
    wan = next(i for i in device_of("fortinet", text).interfaces if i.name == "wan1")
    assert {(c.value, c.direction) for c in wan.clamps} == {(1300, "out"), (1400, "in")}


def test_a_policy_without_a_clamp_leaves_the_interface_without() -> None:
    text = interfaces() + policies(
        policy(1, "accept", "SSH", "tcp-mss-sender 1300"), policy(2, "accept")
    )
    wan = next(i for i in device_of("fortinet", text).interfaces if i.name == "wan1")
    assert not wan.clamps


def test_strict_checks_of_errors_are_recognised() -> None:
    """T98: where answers take another way, errors with another sequence number are dropped."""
    text = interfaces() + GLOBAL.format("check-reset-range strict") + OUT
    assert "icmp-check" in {fact.value for fact in device_of("fortinet", text).recognised}
