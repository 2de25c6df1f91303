"""Path MTU Discovery on Junos: verdicts worked out by hand (knowledge: pmtud, section D)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, findings_of

LAN = "set interfaces ge-0/0/0 unit 0 family inet address 10.20.1.1/24\n"
WAN = "set interfaces ge-0/0/1 unit 0 family inet address 203.0.113.1/30\n"
WAN_IN = "set interfaces ge-0/0/1 unit 0 family inet filter input F\n"
BY_WAN = "set routing-options static route 0.0.0.0/0 next-hop 203.0.113.2\n"
GRE = (
    "set interfaces gr-0/0/0 unit 0 tunnel source 203.0.113.1\n"
    "set interfaces gr-0/0/0 unit 0 tunnel destination 198.51.100.9\n"
    "set interfaces gr-0/0/0 unit 0 family inet mtu 1400\n"
    "set interfaces gr-0/0/0 unit 0 family inet address 192.0.2.1/30\n"
)
BY_GRE = "set routing-options static route 0.0.0.0/0 next-hop gr-0/0/0.0\n"
ST0 = "set interfaces st0 unit 0 family inet mtu 1400\nset interfaces st0 unit 0 family inet address 192.0.2.1/30\n"
BY_ST0 = "set routing-options static route 0.0.0.0/0 next-hop st0.0\n"
FAST = "set chassis icmp rate-limit 50\n"


def terms(*commands: str) -> str:
    return "".join(f"set firewall family inet filter F term {command}\n" for command in commands)


T54 = terms(
    "1 from protocol icmp", "1 from icmp-type [ echo-request echo-reply time-exceeded ]", "1 then accept",
    "2 from protocol tcp", "2 from tcp-established", "2 then accept",
)  # fmt: skip
T56 = terms(
    "ptb from protocol icmp", "ptb from icmp-type unreachable", "ptb from icmp-code fragmentation-needed",
    "ptb then accept", "noicmp from protocol icmp", "noicmp then discard", "rest then accept",
)  # fmt: skip
FILTERED = {("MTU002", "high", "fail")}
WARNED = {("MTU004", "medium", "fail")}
CLAMPED = {("MTU004", "info", "fail")}
OK: set[tuple[str, str, str]] = set()
BASE = LAN + WAN

CASES = [
    ("T54", BASE + WAN_IN + T54 + BY_WAN, FILTERED),
    ("T56", BASE + WAN_IN + T56 + BY_WAN, OK),
    ("T59-default-limit", BASE + GRE + BY_GRE, WARNED),
    ("T59-raised", BASE + GRE + BY_GRE + FAST, OK),
    ("T59-old-release", "set version 12.3R12\n" + BASE + GRE + BY_GRE, OK),
    (
        "T60-bgp-mss-is-no-clamp",
        BASE + WAN_IN + T54 + BY_WAN + "set protocols bgp group X tcp-mss 1360\n",
        FILTERED,
    ),
    (
        "T62-tunnel-clamp",
        BASE + ST0 + BY_ST0 + "set security flow tcp-mss ipsec-vpn mss 1350\n",
        OK,
    ),
    (
        "T63-clamp-too-large",
        BASE + ST0 + BY_ST0 + "set security flow tcp-mss all-tcp mss 1460\n",
        OK,
    ),
    (
        "clamp-on-the-interface",
        BASE + GRE + BY_GRE + "set interfaces gr-0/0/0 unit 0 family inet tcp-mss 1360\n",
        OK,
    ),
    (
        "filter-on-lo0-is-not-in-transit",
        BASE + T54 + BY_WAN + "set interfaces lo0 unit 0 family inet filter input F\n",
        OK,
    ),
]


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    found = brief(findings_of("juniper_junos", config), "MTU")
    assert {f for f in found if f[1] != "info"} == expected


def test_clearing_df_is_reported() -> None:
    config = BASE + GRE + BY_GRE + FAST + "set interfaces gr-0/0/0 unit 0 clear-dont-fragment-bit\n"
    assert ("MTU005", "medium", "fail") in brief(findings_of("juniper_junos", config), "MTU")


def test_srx_needs_no_policy_for_errors_of_its_sessions() -> None:
    """T61: untrust to trust denies all; trust to untrust permits https and ssh."""
    path = "set security policies from-zone trust to-zone untrust policy P"
    config = (
        BASE + BY_WAN + "set security zones security-zone trust interfaces ge-0/0/0.0\n"
        "set security zones security-zone untrust interfaces ge-0/0/1.0\n"
        f"{path} match source-address any\n{path} match destination-address any\n"
        f"{path} match application [ junos-https junos-ssh junos-http ]\n{path} then permit\n"
    )
    assert brief(findings_of("juniper_junos", config), "MTU") == OK


def test_ipv6_errors_have_a_type_of_their_own() -> None:
    """T57."""
    path = "set firewall family inet6 filter V6 term"
    config = (
        "set interfaces ge-0/0/0 unit 0 family inet6 address 2001:db8:20::1/64\n"
        "set interfaces ge-0/0/1 unit 0 family inet6 address 2001:db8:ff::1/64\n"
        "set interfaces ge-0/0/1 unit 0 family inet6 filter input V6\n"
        "set routing-options rib inet6.0 static route ::/0 next-hop 2001:db8:ff::2\n"
        f"{path} A from next-header icmp6\n"
        f"{path} A from icmp-type [ neighbor-solicit neighbor-advertisement echo-request ]\n{path} A then accept\n"
        f"{path} B from next-header tcp\n{path} B then accept\n"
    )
    assert brief(findings_of("juniper_junos", config), "MTU") == {("MTU002", "high", "fail")}
