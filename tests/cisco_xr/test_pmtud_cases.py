"""Path MTU Discovery on IOS-XR: verdicts worked out by hand (knowledge: pmtud, section D)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, device_of, findings_of

OFF = " ipv4 unreachables disable\n"


def lan(extra: str = "") -> str:
    return f"interface GigabitEthernet0/0/0/0\n ipv4 address 10.20.1.1 255.255.255.0\n{extra}"


def wan(extra: str = "") -> str:
    return f"interface GigabitEthernet0/0/0/1\n ipv4 address 203.0.113.1 255.255.255.252\n{extra}"


def tunnel(extra: str = "", mtu: int = 1400) -> str:
    return (
        f"interface tunnel-ip1\n ipv4 mtu {mtu}\n ipv4 address 192.0.2.1 255.255.255.252\n{extra}"
        " tunnel mode gre ipv4\n tunnel source GigabitEthernet0/0/0/1\n tunnel destination 203.0.113.9\n"
    )


STATIC = "router static\n address-family ipv4 unicast\n  0.0.0.0/0 {}\n"
BY_TUNNEL, BY_WAN = STATIC.format("192.0.2.2"), STATIC.format("203.0.113.2")
WAN_IN = " ipv4 access-group WAN-IN ingress\n"
NP = "hw-module location 0/0/CPU0 tcp-mss-adjust np {} value {}\n"
CLAMP = " ipv4 tcp-mss-adjust enable\n"


def acl(*entries: str) -> str:
    return "ipv4 access-list WAN-IN\n" + "".join(f" {entry}\n" for entry in entries)


CRITICAL = {("MTU001", "critical", "fail")}
MITIGATED = {("MTU001", "info", "fail")}
FILTERED = {("MTU002", "high", "fail")}
OK: set[tuple[str, str, str]] = set()

CASES = [
    ("T42", lan(OFF) + tunnel(OFF, 1476) + BY_TUNNEL, {("MTU001", "medium", "fail")}),
    ("T43", lan(OFF) + tunnel(OFF) + BY_TUNNEL, CRITICAL),
    ("T43-on", lan() + tunnel() + BY_TUNNEL, OK),
    ("T43-clamped", NP.format(0, 1360) + lan(OFF + CLAMP) + tunnel(OFF) + BY_TUNNEL, MITIGATED),
    ("T43-clamp-too-wide", NP.format(0, 1380) + lan(OFF + CLAMP) + tunnel(OFF) + BY_TUNNEL, CRITICAL),
    ("T44", lan(" mtu 1514\n" + OFF) + wan(" mtu 1514\n" + OFF) + BY_WAN, OK),
    ("header-counted", lan(OFF) + wan(" mtu 1414\n" + OFF) + BY_WAN, CRITICAL),
    ("jumbo-lan", lan(" mtu 9014\n" + OFF) + wan(OFF) + BY_WAN, OK),
    ("T45", lan() + wan(WAN_IN) + acl("10 deny icmp any any packet-too-big", "20 permit ipv4 any any") + BY_WAN, FILTERED),
    ("T46", lan() + wan(WAN_IN) + acl("10 deny ipv4 any host 10.0.0.9 icmp-off", "20 permit ipv4 any any") + BY_WAN, OK),
    ("established-only", lan() + wan(WAN_IN) + acl("10 permit tcp any any established") + BY_WAN, FILTERED),
    ("slow-limit", "icmp ipv4 rate-limit unreachable DF 2000\n" + lan() + tunnel() + BY_TUNNEL, {("MTU004", "medium", "fail")}),
    ("own-sessions", "tcp mss 1360\n" + lan(OFF) + tunnel(OFF) + BY_TUNNEL, CRITICAL),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cisco_xr", config), "MTU") == expected


@pytest.mark.parametrize(
    ("name", "lines", "size"),
    [
        ("GigabitEthernet0/0/0/0", " mtu 1514\n", 1500),
        ("TenGigE0/0/0/0", " mtu 9216\n", 9202),
        ("Bundle-Ether1.10", " mtu 1518\n encapsulation dot1q 10\n", 1500),
        ("HundredGigE0/0/0/0.10", " encapsulation dot1q 10 second-dot1q 20\n mtu 1522\n", 1500),
        ("BVI7", " mtu 1514\n", 1500),
    ],
)
def test_mtu_counts_layer_2(name: str, lines: str, size: int) -> None:
    (interface,) = device_of("cisco_xr", f"interface {name}\n{lines}").interfaces
    assert interface.mtu is not None
    assert interface.mtu.value == size
    assert interface.mtu.where is not None
    assert "counts" in interface.mtu.note


@pytest.mark.parametrize("name", ["tunnel-ip1", "POS0/0/0/0", "Serial0/0/0/0"])
def test_mtu_of_other_links_is_not_understood(name: str) -> None:
    (interface,) = device_of("cisco_xr", f"interface {name}\n mtu 4474\n").interfaces
    assert interface.mtu is None
    assert interface.not_understood == (("r1.cfg", 2),)


def test_clamps_of_unlike_processors_are_not_understood() -> None:
    config = NP.format(0, 1360) + NP.format(1, 1400) + lan(CLAMP)
    (interface,) = device_of("cisco_xr", config).interfaces
    assert not interface.clamps
    assert interface.not_understood == (("r1.cfg", 5),)


def test_a_clamp_of_another_card_does_not_count() -> None:
    config = "hw-module location 0/7/CPU0 tcp-mss-adjust np 0 value 1360\n" + lan(CLAMP)
    (interface,) = device_of("cisco_xr", config).interfaces
    assert not interface.clamps
    assert interface.not_understood


def test_ipv6_unreachables_leave_packet_too_big_open() -> None:
    config = "interface GigabitEthernet0/0/0/0\n ipv6 enable\n ipv6 unreachables disable\n"
    by_family = {ptb.family: ptb for ptb in device_of("cisco_xr", config).interfaces[0].ptb}
    assert by_family[4].sends is True
    assert by_family[6].sends is None
    assert by_family[6].where == ("r1.cfg", 3)
