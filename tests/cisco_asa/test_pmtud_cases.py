"""Path MTU Discovery on ASA: verdicts worked out by hand (knowledge: pmtud, section D)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, device_of, findings_of
from tests.cisco_asa.flows import BASE, DMZ, ROUTE

OK: set[tuple[str, str, str]] = set()
WEB = "access-list OUT extended permit tcp any host 10.1.1.5 eq 443\n"
ICMP = "access-list OUT extended permit icmp any any unreachable\n"
ON = "access-group OUT in interface outside\n"
OFF = "sysopt connection tcpmss 0\n"
HIGH = {("MTU002", "high", "fail")}
INSPECT = "policy-map P\n class inspection_default\n  inspect icmp error\nservice-policy P global\n"

CASES = [
    ("T47", WEB + ON, {("MTU002", "info", "fail")}),
    ("T48", WEB + ON + OFF, HIGH),
    ("T49", WEB + ICMP + ON + OFF, OK),
    # the vendor: "Inbound ICMP through the PIX/ASA is denied by default", so messages from beyond are dropped too
    ("T50", "mtu outside 1400\nsysopt connection tcpmss 1460\n", {("MTU004", "medium", "fail"), *HIGH}),
    ("T50-permitted", "mtu outside 1400\nsysopt connection tcpmss 1460\n" + ICMP + ON, {("MTU004", "medium", "fail")}),
    ("T50-faster", "mtu outside 1400\nsysopt connection tcpmss 1460\nicmp unreachable rate-limit 50 burst-size 10\n" + ICMP + ON, OK),
    ("T52", "icmp permit any unreachable outside\nicmp deny any outside\n", OK),
    ("no-list-no-clamp", OFF, HIGH),
    ("no-list-no-clamp-inspected", OFF + INSPECT, {("MTU002", "high", "unknown")}),
    ("default", "", OK),
    ("narrow-and-clamped", "mtu outside 1400\nsysopt connection tcpmss 1340\n", OK),
    ("middle-level", DMZ + OFF, HIGH),
    ("list-denies-errors-to-the-service", "access-list IN extended permit tcp any any\naccess-group IN in interface inside\n" + WEB + ICMP + ON + OFF, {("MTU003", "high", "fail")}),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cisco_asa", BASE + config + ROUTE), "MTU") == expected


def test_sizes() -> None:
    device = device_of("cisco_asa", BASE + "mtu outside 1400\n")
    sizes = {i.name: i.mtu.value for i in device.interfaces if i.mtu is not None}
    assert sizes == {"outside": 1400}
    assert [(c.family, c.value, c.where) for c in device.global_clamps] == [(0, 1380, None)]


def test_a_lower_limit_of_the_mss_is_no_clamp_to_the_default() -> None:
    """T53: what passes is raised to 1460; the rule for that is missing, so nothing is called mitigated."""
    device = device_of("cisco_asa", BASE + "sysopt connection tcpmss minimum 1460\n")
    assert [c.value for c in device.global_clamps] == [1460]
    assert [f.value for f in device.recognised] == ["mss-raised"]


def test_df_bit() -> None:
    device = device_of("cisco_asa", BASE + "crypto ipsec df-bit clear-df outside\n")
    assert [(f.value, "clear" in f.note) for f in device.recognised] == [("df-bit", True)]


PPPOE = BASE.replace(
    " ip address 203.0.113.2 255.255.255.0",
    " pppoe client vpdn group ISP\n ip address pppoe setroute",
)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("", OK),
        # upload packets of 1500 bytes do not fit 1492, and errors come one a second
        ("sysopt connection tcpmss 0\n" + ICMP + ON, {("MTU004", "medium", "fail")}),
        ("sysopt connection tcpmss 0\nmtu outside 1500\n" + ICMP + ON, OK),
    ],
)
def test_pppoe(config: str, expected: set[tuple[str, str, str]]) -> None:
    text = PPPOE + "route outside 0.0.0.0 0.0.0.0 203.0.113.1 1\n" + config
    assert brief(findings_of("cisco_asa", text), "MTU") == expected


def test_only_setroute_brings_a_route() -> None:
    for words, sources in (
        ("dhcp", []),
        ("dhcp setroute", ["dhcp"]),
        ("pppoe setroute", ["pppoe"]),
    ):
        config = BASE.replace("ip address 203.0.113.2 255.255.255.0", f"ip address {words}")
        device = device_of("cisco_asa", config)
        assert [s.value for s in device.routing_sources] == sources
        assert device.not_understood == ()
