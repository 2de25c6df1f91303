"""Path MTU Discovery on IOS: verdicts worked out by hand (knowledge: pmtud, section D)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, findings_of

OFF = " no ip unreachables\n"


def lan(extra: str = "") -> str:
    return f"interface GigabitEthernet0/0\n ip address 10.20.1.1 255.255.255.0\n{extra}"


def wan(extra: str = "") -> str:
    return f"interface GigabitEthernet0/1\n ip address 203.0.113.1 255.255.255.252\n{extra}"


def tunnel(extra: str = "", mtu: str = " ip mtu 1400\n") -> str:
    return f"interface Tunnel1\n ip address 192.0.2.1 255.255.255.252\n{mtu}{extra}"


BY_TUNNEL = "ip route 0.0.0.0 0.0.0.0 192.0.2.2\n"
BY_WAN = "ip route 0.0.0.0 0.0.0.0 203.0.113.2\n"
WAN_IN = " ip access-group WAN-IN in\n"


def acl(*entries: str) -> str:
    return "ip access-list extended WAN-IN\n" + "".join(f" {entry}\n" for entry in entries)


CRITICAL = {("MTU001", "critical", "fail")}
FILTERED = {("MTU002", "high", "fail")}
OK: set[tuple[str, str, str]] = set()

CASES = [
    ("T01", lan(OFF) + tunnel(OFF) + BY_TUNNEL, CRITICAL),
    ("T01-clamped", lan(OFF) + tunnel(OFF + " ip tcp adjust-mss 1360\n") + BY_TUNNEL, {("MTU001", "info", "fail")}),
    ("T04", lan(OFF) + tunnel(OFF + " ip tcp adjust-mss 1380\n") + BY_TUNNEL, CRITICAL),
    ("T05", lan(OFF) + wan(OFF) + BY_WAN, OK),
    ("T06", lan() + "interface Null0\n no ip unreachables\n" + tunnel() + BY_TUNNEL, OK),
    ("T07", lan(OFF + " ip unreachables\n") + tunnel(OFF + " ip unreachables\n") + BY_TUNNEL, OK),
    ("T08", lan() + tunnel(OFF) + BY_TUNNEL, {("MTU001", "high", "fail")}),
    ("T09", lan() + wan(WAN_IN) + acl("permit tcp any any established", "permit udp any eq domain any") + BY_WAN, FILTERED),
    ("T11", lan() + wan(WAN_IN) + acl("deny icmp any any", "permit icmp any any packet-too-big", "permit ip any any") + BY_WAN, FILTERED),
    ("T12", lan() + wan(WAN_IN) + acl("permit ip any any", "deny icmp any any") + BY_WAN, OK),
    ("T13", lan() + wan(WAN_IN) + acl("deny icmp any any echo", "permit ip any any") + BY_WAN, OK),
    ("T15", lan() + wan(" ip access-group WAN-IN out\n") + acl("deny icmp any any port-unreachable", "deny icmp any any administratively-prohibited", "permit ip any any") + BY_WAN, OK),
    ("T17", lan() + wan() + acl("deny icmp any any", "permit ip any any") + BY_WAN, OK),
    ("T18", lan() + wan(" ip access-group MISSING in\n") + BY_WAN, OK),
    ("T24", "no ip icmp rate-limit unreachable\n" + lan() + tunnel() + BY_TUNNEL, OK),
    ("T25", "mls rate-limit unicast ip icmp unreachable acl-drop 0\n" + lan() + tunnel() + BY_TUNNEL, OK),
    ("T26", "ip tcp mss 1360\n" + lan(OFF) + tunnel(OFF) + BY_TUNNEL, CRITICAL),
    ("T27", "route-map CLR permit 10\n set ip df 0\n" + lan(" ip policy route-map CLR\n") + tunnel() + BY_TUNNEL, {("MTU005", "medium", "fail")}),
    ("T29", "crypto ipsec df-bit clear\n" + lan(OFF) + tunnel(OFF) + BY_TUNNEL, {("MTU001", "high", "fail")}),
    ("slow-limit", "ip icmp rate-limit unreachable df 2000\n" + lan() + tunnel() + BY_TUNNEL, {("MTU004", "medium", "fail")}),
    ("default-gre-size", lan(OFF) + "interface Tunnel1\n ip address 192.0.2.1 255.255.255.252\n no ip unreachables\n tunnel source GigabitEthernet0/1\n tunnel destination 203.0.113.9\n" + BY_TUNNEL, {("MTU001", "medium", "fail")}),
    ("narrow-lan", lan(OFF + " ip mtu 1400\n") + wan(OFF) + BY_WAN, CRITICAL),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cisco_ios", config), "MTU") == expected


def test_dialer_of_pppoe_is_a_warning() -> None:
    """T33: 1492 is at or above the size that the service's knowledge base promises to take."""
    config = (
        lan(OFF) + "interface Dialer1\n ip address negotiated\n ip mtu 1492\n no ip unreachables\n"
    )
    found = brief(findings_of("cisco_ios", config + "ip route 0.0.0.0 0.0.0.0 Dialer1\n"), "MTU")
    assert found == {("MTU001", "medium", "fail")}


@pytest.mark.parametrize(
    "entries",
    [
        (
            "permit tcp any any established",
            "permit icmp any any unreachable",
            "deny ipv6 any any log",
        ),
        ("permit tcp any any established",),
    ],
    ids=["T19", "T21"],
)
def test_ipv6_unreachable_is_not_packet_too_big(entries: tuple[str, ...]) -> None:
    config = (
        "interface GigabitEthernet0/0\n ipv6 address 2001:db8:20::1/64\n"
        "interface GigabitEthernet0/1\n ipv6 address 2001:db8:ff::1/64\n ipv6 traffic-filter V6 in\n"
        "ipv6 route ::/0 2001:db8:ff::2\nipv6 access-list V6\n"
        + "".join(f" {e}\n" for e in entries)
    )
    assert brief(findings_of("cisco_ios", config), "MTU") == {("MTU002", "high", "fail")}


def test_tunnel_that_learns_its_size_is_cut_off() -> None:
    """T30: PTB from the underlay to the tunnel's source is dropped."""
    config = (
        lan()
        + wan(WAN_IN)
        + tunnel(
            " tunnel source GigabitEthernet0/1\n tunnel destination 198.51.100.1\n"
            " tunnel path-mtu-discovery\n"
        )
        + acl("permit gre host 198.51.100.1 host 203.0.113.1", "deny ip any any")
        + BY_TUNNEL
        + "ip route 198.51.100.1 255.255.255.255 203.0.113.2\n"
    )
    assert ("MTU006", "high", "fail") in brief(findings_of("cisco_ios", config), "MTU")


def test_multilink_ppp_has_no_pppoe_header() -> None:
    config = lan(OFF) + "interface Multilink1\n ip address 192.0.2.1 255.255.255.252\n" + OFF
    found = findings_of("cisco_ios", config + "ip route 0.0.0.0 0.0.0.0 192.0.2.2\n")
    assert brief(found, "MTU") == OK
