"""Path MTU Discovery on NX-OS: verdicts worked out by hand (knowledge: pmtud, section D)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, device_of, findings_of

ON = "  ip unreachables\n"


def lan(extra: str = "") -> str:
    return (
        f"interface Ethernet1/1\n  no switchport\n  ip address 10.20.1.1/24\n{extra}  no shutdown\n"
    )


def wan(extra: str = "") -> str:
    return f"interface Ethernet1/2\n  no switchport\n  ip address 203.0.113.1/30\n{extra}  no shutdown\n"


def tunnel(extra: str = "", mtu: str = "  mtu 1400\n") -> str:
    return f"interface Tunnel1\n  ip address 192.0.2.1/30\n{mtu}{extra}  no shutdown\n"


BY_TUNNEL = "ip route 0.0.0.0/0 192.0.2.2\n"
BY_WAN = "ip route 0.0.0.0/0 203.0.113.2\n"
WAN_IN = "  ip access-group WAN-IN in\n"
COPP = (
    "class-map type control-plane match-any BIG\n  match exception mtu-failure\n"
    "policy-map type control-plane P\n  class BIG\n    police cir 100 kbps bc 250 ms conform {}\n"
    "control-plane\n  service-policy input P\n"
)


def acl(*entries: str) -> str:
    return "ip access-list WAN-IN\n" + "".join(f"  {entry}\n" for entry in entries)


CRITICAL = {("MTU001", "critical", "fail")}
HALF = {("MTU001", "high", "fail")}
FILTERED = {("MTU002", "high", "fail")}
OK: set[tuple[str, str, str]] = set()

CASES = [
    ("T36", lan() + tunnel() + BY_TUNNEL, CRITICAL),
    ("T36-said-so", lan("  no ip unreachables\n") + tunnel("  no ip unreachables\n") + BY_TUNNEL, CRITICAL),
    ("T37", lan(ON) + tunnel(ON) + BY_TUNNEL, OK),
    ("one-side-only", lan(ON) + tunnel() + BY_TUNNEL, HALF),
    ("port-unreachable-is-another-message", lan("  ip port-unreachable\n") + tunnel() + BY_TUNNEL, CRITICAL),
    ("equal-mtu", lan() + wan() + BY_WAN, OK),
    ("jumbo-lan", lan("  mtu 9216\n") + wan("  mtu 9216\n") + BY_WAN, OK),
    ("T41", lan() + wan(WAN_IN) + acl("10 deny icmp any any packet-too-big", "20 permit ip any any") + BY_WAN, FILTERED),
    ("T41-after-a-permit", lan() + wan(WAN_IN) + acl("10 permit ip any any", "20 deny icmp any any") + BY_WAN, OK),
    # a policer that drops every such packet is as good as no message (notes, decision 2)
    ("T40-copp-drops", lan(ON) + tunnel(ON) + BY_TUNNEL + COPP.format("drop violate drop"), CRITICAL),
    ("copp-polices", lan(ON) + tunnel(ON) + BY_TUNNEL + COPP.format("transmit violate drop"), OK),
    ("copp-not-applied", lan(ON) + tunnel(ON) + BY_TUNNEL + COPP.format("drop").split("control-plane\n")[0], OK),
    ("limiter-zero", lan(ON) + tunnel(ON) + BY_TUNNEL + "hardware rate-limiter layer-3 mtu 0\n", CRITICAL),
    ("limiter-slow-enough", lan(ON) + tunnel(ON) + BY_TUNNEL + "hardware rate-limiter layer-3 mtu 500\n", OK),
    ("gre-default-size", lan() + wan() + tunnel("  tunnel source Ethernet1/2\n  tunnel destination 198.51.100.9\n", "") + BY_TUNNEL, {("MTU001", "medium", "fail")}),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cisco_nxos", config), "MTU") == expected


def test_default_is_off_and_ipv6_is_not_known() -> None:
    interface = device_of("cisco_nxos", lan()).interfaces[0]
    assert [(p.family, p.sends, p.where) for p in interface.ptb] == [
        (4, False, None),
        (6, None, None),
    ]
    assert all(p.reason for p in interface.ptb)


def test_a_clamp_is_not_known_on_this_platform() -> None:
    """No Nexus document that was read has `ip tcp adjust-mss`: the line is not understood, and so
    it can neither excuse nor hide anything."""
    found = device_of("cisco_nxos", lan("  ip tcp adjust-mss 1360\n"))
    assert [u.topic for u in found.not_understood] == ["interface"]
