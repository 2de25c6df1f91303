"""Load balancing on IOS: verdicts worked out by hand (knowledge: load balancing, test cases)."""

from __future__ import annotations

import ipaddress

import pytest

from parsers.platform import Inputs, Text
from parsers.registry import platform
from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket, brief, findings_of

LAN = "interface GigabitEthernet0/0\n ip address 10.20.1.1 255.255.255.0\n"
UP1 = "interface GigabitEthernet0/1\n ip address 203.0.113.1 255.255.255.252\n"
UP2 = "interface GigabitEthernet0/2\n ip address 198.51.100.1 255.255.255.252\n"
PP = " ip load-sharing per-packet\n"
TWO = "ip route 0.0.0.0 0.0.0.0 203.0.113.2\nip route 0.0.0.0 0.0.0.0 198.51.100.2\n"
ONE = "ip route 0.0.0.0 0.0.0.0 203.0.113.2\n"

ACTIVE = {("LB001", "critical", "fail")}
HAZARD = {("LB001", "medium", "fail")}
LATENT = {("LB001", "low", "fail")}
UNKNOWN = {("LB001", "critical", "unknown")}
NOTHING: set[tuple[str, str, str]] = set()

CASES = [
    ("1-both-ways", "ip cef\n" + LAN + UP1 + PP + UP2 + PP + TWO, ACTIVE),
    ("3-one-of-two", "ip cef\n" + LAN + UP1 + PP + UP2 + TWO, HAZARD),
    ("4-per-destination", LAN + UP1 + " ip load-sharing per-destination\n" + UP2 + TWO, NOTHING),
    ("5-no-cef", "version 15.7\nno ip cef\n" + LAN + UP1 + UP2 + TWO, ACTIVE),
    ("5-no-cef-old", "version 12.3\nno ip cef\n" + LAN + UP1 + UP2 + TWO, UNKNOWN),
    ("6-no-cef-one-way", "version 15.7\nno ip cef\n" + LAN + UP1 + UP2 + ONE, LATENT),
    (
        "9-layer-4-hash",
        "ip cef load-sharing algorithm include-ports source destination\n" + LAN + UP1 + UP2 + TWO,
        NOTHING,
    ),
    (
        "15-floating",
        LAN + UP1 + PP + UP2 + PP + ONE + "ip route 0.0.0.0 0.0.0.0 198.51.100.2 250\n",
        LATENT,
    ),
    ("no-routes", LAN + UP1 + PP + UP2 + PP, UNKNOWN),
    ("bgp-may-add-paths", LAN + UP1 + PP + UP2 + PP + ONE + "router bgp 65001\n", UNKNOWN),
    ("last-line-wins", LAN + UP1 + PP + " no ip load-sharing per-packet\n" + UP2 + TWO, NOTHING),
    ("not-understood", LAN + UP1 + " ip load-sharing per-pocket\n" + UP2 + TWO, UNKNOWN),
]


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cisco_ios", config), "LB") == expected


def test_more_specific_route_leaves_the_range_with_one_path() -> None:
    """Case 16: the covered range has one way, the other ranges two."""
    config = LAN + UP1 + PP + UP2 + PP + TWO + "ip route 104.192.136.0 255.255.248.0 203.0.113.2\n"
    found = [f for f in findings_of("cisco_ios", config) if f.code == "LB001"]
    assert [f.severity.value for f in found] == ["critical"]
    assert "104.192.136.0/21" not in found[0].message
    assert "13.35.248.0/24" in found[0].message


def test_statement_in_a_vrf_without_users() -> None:
    """Case 14: the paths of VRF LAB do not carry the users of the other VRF."""
    lab = "".join(
        f"interface GigabitEthernet0/{n}\n vrf forwarding LAB\n ip address 192.0.2.{a} 255.255.255.252\n{PP}"
        for n, a in ((3, 1), (4, 5))
    )
    routes = (
        "ip route vrf LAB 0.0.0.0 0.0.0.0 192.0.2.2\nip route vrf LAB 0.0.0.0 0.0.0.0 192.0.2.6\n"
    )
    sources = (ipaddress.ip_network("10.20.0.0/16"),)
    found = findings_of("cisco_ios", LAN + UP1 + ONE + lab + routes, sources)
    assert brief(found, "LB") == LATENT


def test_xe_hardware_that_is_not_known_to_honour_it() -> None:
    config = LAN + UP1 + PP + UP2 + PP + TWO
    assert brief(findings_of("cisco_xe", config), "LB") == UNKNOWN


VARIANCE = """Gateway of last resort is 203.0.113.2 to network 0.0.0.0

D*EX  0.0.0.0/0 [170/3072] via 203.0.113.2, 00:10:00, GigabitEthernet0/1
                [170/4096] via 198.51.100.2, 00:10:00, GigabitEthernet0/2
"""
EIGRP = "router eigrp 1\n variance 2\n"


def test_unequal_paths_per_flow() -> None:
    """Case 10."""
    found = findings_of("cisco_ios", LAN + UP1 + UP2 + EIGRP, show_ip_route=VARIANCE)
    assert brief(found, "LB") == NOTHING


def test_unequal_paths_per_packet() -> None:
    """Case 11: unequal paths count as paths."""
    found = findings_of("cisco_ios", LAN + UP1 + PP + UP2 + PP + EIGRP, show_ip_route=VARIANCE)
    assert brief(found, "LB") == ACTIVE


def test_load_balance_of_something_else() -> None:
    """Case 125."""
    config = "radius-server load-balance method least-outstanding\n" + LAN + UP1 + UP2 + TWO
    assert brief(findings_of("cisco_ios", config), "LB") == NOTHING


def test_two_ways_without_a_configuration() -> None:
    """Case 126."""
    text = Text("show_ip_route.txt", "show ip route", VARIANCE.splitlines())
    device = platform("cisco_ios").parse(Inputs("r1", "cisco_ios", (text,)))
    assert brief(check_all(View(device, bitbucket())), "LB") == UNKNOWN


def test_state_beats_configuration() -> None:
    """V4: configured, and the device reports that it is not in effect."""
    state = "GigabitEthernet0/{} is up (if_number 3)\n  Per packet load-sharing is disabled\n"
    found = findings_of(
        "cisco_ios",
        LAN + UP1 + PP + UP2 + PP + TWO,
        show_cef_interface=state.format(1) + state.format(2),
    )
    assert brief(found, "LB") == LATENT | {("LB006", "low", "fail")}
