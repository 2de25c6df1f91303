"""Path MTU Discovery on EOS: verdicts worked out by hand (knowledge: pmtud, rows EOS)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, device_of, findings_of

LAN = "interface Vlan20\n   mtu 9000\n   ip address 10.20.1.1/24\n"
WAN = "interface Ethernet1\n   no switchport\n   mtu 1500\n   ip address 203.0.113.1/30\n"
ROUTE = "ip routing\nip route 0.0.0.0/0 203.0.113.2\n"
ZERO = "ip icmp rate-limit-unreachable 0\n"
OK: set[tuple[str, str, str]] = set()


def acl(*entries: str) -> str:
    return "ip access-list F\n" + "".join(f"   {entry}\n" for entry in entries)


OUT, IN = "   ip access-group F out\n", "   ip access-group F in\n"
CASES = [
    (
        "T64",
        LAN
        + WAN
        + OUT
        + acl("10 deny icmp any any host-unreachable", "20 permit ip any any")
        + ROUTE,
        OK,
    ),
    ("plain", LAN + WAN + ROUTE, OK),
    ("limit", "ip icmp rate-limit-unreachable 1\n" + LAN + WAN + ROUTE, OK),
    (
        "inbound-dropped",
        LAN + WAN + IN + acl("10 permit tcp any any established") + ROUTE,
        {("MTU002", "high", "fail")},
    ),
    (
        "inbound-named",
        LAN
        + WAN
        + IN
        + acl("10 permit icmp any any packet-too-big", "20 permit tcp any any established")
        + ROUTE,
        OK,
    ),
]


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("arista_eos", config), "MTU") == expected


def test_rate_limit_of_zero_is_undecided() -> None:
    narrow = WAN.replace("1500", "1400")
    found = brief(findings_of("arista_eos", ZERO + LAN + narrow + ROUTE), "MTU")
    assert {(code, outcome) for code, _, outcome in found} == {("MTU001", "unknown")}
    device = device_of("arista_eos", ZERO + LAN)
    assert [(p.family, p.sends) for p in device.interfaces[0].ptb] == [(4, None), (6, True)]


CLAMPS = [
    ("tcp mss ceiling ipv4 1360", {(4, 1360, "both")}),
    ("tcp mss ceiling ipv4 1360 ipv6 1340", {(4, 1360, "both"), (6, 1340, "both")}),
    ("tcp mss ceiling ipv4 1360 ingress", {(4, 1360, "in")}),
    ("tcp mss ceiling ipv6 1340 egress", {(6, 1340, "out")}),
    ("no tcp mss ceiling", set()),
]


@pytest.mark.parametrize(("line", "expected"), CLAMPS)
def test_clamp(line: str, expected: set[tuple[int, int, str]]) -> None:
    device = device_of("arista_eos", f"interface Ethernet1\n   no switchport\n   {line}\n")
    found = device.interfaces[0]
    assert {(c.family, c.value, c.direction) for c in found.clamps} == expected
    assert not found.not_understood


def test_clamp_of_the_control_plane_is_none_for_transit() -> None:
    config = "system control-plane\n   tcp mss ceiling ipv4 1344\n" + LAN
    device = device_of("arista_eos", config)
    assert not device.global_clamps
    assert not any(i.clamps for i in device.interfaces)


TUNNELS = [
    ("tunnel mode gre|tunnel destination 192.0.2.9", "gre", 24),
    ("tunnel mode gre|tunnel key 7|tunnel destination 192.0.2.9", "gre", 28),
    ("tunnel mode gre|tunnel destination 2001:db8::9", "gre-ipv6", 44),
    ("tunnel mode ipsec|tunnel ipsec profile P", "ipsec", None),
    ("tunnel mode gre|tunnel ipsec profile P", "ipsec", None),
    ("tunnel destination 192.0.2.9", "other", None),
]


@pytest.mark.parametrize(("lines", "mode", "overhead"), TUNNELS)
def test_tunnel(lines: str, mode: str, overhead: int | None) -> None:
    config = "interface Tunnel1\n" + "".join(f"   {line}\n" for line in lines.split("|"))
    tunnel = device_of("arista_eos", config).interfaces[0].tunnel
    assert tunnel is not None
    assert (tunnel.mode, tunnel.overhead) == (mode, overhead)
