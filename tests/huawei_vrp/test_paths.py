"""Load balancing, Path MTU Discovery and routes of VRP: verdicts worked out by hand (knowledge: load
balancing section 15, pmtud section D)."""

from __future__ import annotations

import pytest

from parsers.model.balancing import Spread, Stage
from parsers.model.interfaces import InterfaceKind
from tests.audit_text import brief, device_of, findings_of

LAN = "interface GigabitEthernet0/0/1\n ip address 10.20.1.1 255.255.255.0\n#\n"


def port(number: int, address: str, extra: str = "") -> str:
    return (
        f"interface GigabitEthernet0/0/{number}\n ip address {address} 255.255.255.252\n{extra}#\n"
    )


PP = " loadbalance packet enable\n"
ONE = "ip route-static 0.0.0.0 0.0.0.0 203.0.113.1\n"
TWO = ONE + "ip route-static 0.0.0.0 0.0.0.0 198.51.100.1\n"
ACTIVE = {("LB001", "critical", "fail")}
UNKNOWN = {("LB001", "critical", "unknown")}
LATENT = {("LB001", "low", "fail")}
HAZARD = {("LB001", "medium", "fail")}
OK: set[tuple[str, str, str]] = set()

A, B = port(2, "203.0.113.2"), port(3, "198.51.100.2")
BALANCING = [
    ("per-packet-on-all", LAN + port(2, "203.0.113.2", PP) + port(3, "198.51.100.2", PP) + TWO, ACTIVE),
    ("per-packet-on-some", LAN + port(2, "203.0.113.2", PP) + B + TWO, HAZARD),
    ("per-packet-on-one-path", LAN + port(2, "203.0.113.2", PP) + ONE, LATENT),
    ("undone", LAN + port(2, "203.0.113.2", " undo loadbalance packet enable\n") + B + TWO, OK),
    ("default", LAN + A + B + TWO, OK),
    ("floating", LAN + port(2, "203.0.113.2", PP) + port(3, "198.51.100.2", PP) + TWO.rstrip() + " preference 80\n", LATENT),
    ("T61", LAN + A + B + TWO + "load-balance packet all\n", OK),
    ("T62", LAN + A + B + TWO + "load-balance packet\n", OK),
    ("T63", LAN + A + B + TWO + "load-balance packet slot 0\n", UNKNOWN),
    ("flow", LAN + A + B + TWO + "load-balance flow all\n", OK),
]  # fmt: skip
TRUNK = (
    "interface Eth-Trunk1\n undo portswitch\n ip address 203.0.113.2 255.255.255.252\n{}#\n"
    "interface XGigabitEthernet0/0/1\n eth-trunk 1\n#\ninterface XGigabitEthernet0/0/2\n eth-trunk 1\n#\n"
)
TRUNKS = [
    # T64 wants HAZARD for "one peer": the configuration alone does not show that, so it is ACTIVE (section 18.2)
    ("T64-far-end-not-shown", LAN + TRUNK.format(" load-balance packet-all\n") + ONE, ACTIVE),
    ("random", LAN + TRUNK.format(" load-balance random\n") + ONE, ACTIVE),
    ("loadbalance-on-trunk", LAN + TRUNK.format(PP) + ONE, ACTIVE),
    ("hash", LAN + TRUNK.format(" load-balance src-dst-ip\n") + ONE, OK),
    ("default", LAN + TRUNK.format("") + ONE, OK),
    ("last-line-wins", LAN + TRUNK.format(" load-balance packet-all\n load-balance src-dst-ip\n") + ONE, OK),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "expected"),
    [c[1:] for c in BALANCING + TRUNKS],
    ids=[c[0] for c in BALANCING] + [f"trunk-{c[0]}" for c in TRUNKS],
)
def test_balancing(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("huawei_vrp", config), "LB") == expected


@pytest.mark.parametrize("statement", ["load-balance packet all", "load-balance packet"])
def test_a_statement_that_reads_like_per_packet_is_noted(statement: str) -> None:
    found = findings_of("huawei_vrp", LAN + A + B + TWO + statement + "\n")
    assert "LB003" in {f.code for f in found}


def test_choices_have_their_stage_and_line() -> None:
    config = port(2, "203.0.113.2", PP) + TRUNK.format(" load-balance packet-all\n")
    choices = [c for c in device_of("huawei_vrp", config).path_choices if c.where is not None]
    assert [(c.stage, c.spread, c.interface) for c in choices] == [
        (Stage.ECMP, Spread.PER_PACKET, "GigabitEthernet0/0/2"),
        (Stage.BUNDLE, Spread.PER_PACKET, "Eth-Trunk1"),
    ]


# -- Path MTU Discovery --------------------------------------------------------------------------------

WAN = port(2, "203.0.113.2")
TUNNEL = (
    "interface Tunnel0/0/1\n{}ip address 192.0.2.1 255.255.255.252\n tunnel-protocol gre\n"
    " source GigabitEthernet0/0/2\n destination 198.51.100.9\n#\n"
)
BY_TUNNEL = "ip route-static 0.0.0.0 0.0.0.0 192.0.2.2\n"
T74 = "acl number 3001\n rule 5 deny icmp icmp-type 3 4\n#\n" + LAN
PMTUD = [
    ("T74", T74 + port(2, "203.0.113.2", " traffic-filter inbound acl 3001\n") + ONE, {("MTU002", "high", "fail")}),
    ("default-sends", LAN + WAN + TUNNEL.format(" mtu 1400\n ") + BY_TUNNEL, OK),
    ("off", "icmp unreachable drop\n#\n" + LAN + WAN + TUNNEL.format(" mtu 1400\n ") + BY_TUNNEL, {("MTU001", "critical", "fail")}),
    ("off-by-name", "undo icmp name fragmentneed-dfset send\n#\n" + LAN + WAN + TUNNEL.format(" mtu 1400\n ") + BY_TUNNEL, {("MTU001", "critical", "fail")}),
    ("other-message", "undo icmp host-unreachable send\n#\n" + LAN + WAN + TUNNEL.format(" mtu 1400\n ") + BY_TUNNEL, OK),
    ("clamped", "icmp unreachable drop\n#\n" + LAN + WAN + TUNNEL.format(" mtu 1400\n tcp adjust-mss 1360\n ") + BY_TUNNEL, {("MTU001", "info", "fail")}),
    ("clamped-too-little", "icmp unreachable drop\n#\n" + LAN + WAN + TUNNEL.format(" mtu 1400\n tcp adjust-mss 1400\n ") + BY_TUNNEL, {("MTU001", "critical", "fail")}),
    ("firewall-clamp", "icmp unreachable drop\n#\nfirewall tcp-mss 1300\n#\n" + LAN + WAN + TUNNEL.format(" mtu 1400\n ") + BY_TUNNEL, {("MTU001", "info", "fail")}),
    ("default-of-gre", "icmp unreachable drop\n#\n" + LAN + WAN + TUNNEL.format(" ") + BY_TUNNEL, {("MTU001", "medium", "fail")}),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in PMTUD], ids=[c[0] for c in PMTUD])
def test_pmtud(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("huawei_vrp", config), "MTU") == expected


# -- routes and interfaces -----------------------------------------------------------------------------

ROUTES = [
    ("next-hop", "ip route-static 10.0.0.0 255.0.0.0 192.0.2.1", ("default", 4, 8, None, 60, None)),
    ("length", "ip route-static 10.0.0.0 8 192.0.2.1", ("default", 4, 8, None, 60, None)),
    ("null", "ip route-static 104.192.136.0 255.255.248.0 NULL0", ("default", 4, 21, "drop", 60, None)),
    ("null-apart", "ip route-static 104.192.136.0 21 NULL 0", ("default", 4, 21, "drop", 60, None)),
    ("preference", "ip route-static 0.0.0.0 0 192.0.2.1 preference 200", ("default", 4, 0, None, 200, None)),
    ("interface", "ip route-static 0.0.0.0 0 GigabitEthernet0/0/1 192.0.2.1", ("default", 4, 0, None, 60, None)),
    ("interface-apart", "ip route-static 0.0.0.0 0 GigabitEthernet 0/0/1 192.0.2.1", ("default", 4, 0, None, 60, None)),
    ("vpn", "ip route-static vpn-instance A 0.0.0.0 0.0.0.0 192.0.2.1", ("A", 4, 0, None, 60, None)),
    ("vpn-of-the-next-hop", "ip route-static 0.0.0.0 0.0.0.0 vpn-instance A 192.0.2.1", ("default", 4, 0, None, 60, None)),
    ("bfd", "ip route-static 0.0.0.0 0 192.0.2.1 track bfd-session up", ("default", 4, 0, None, 60, "track bfd-session up")),
    ("nqa", "ip route-static 0.0.0.0 0 192.0.2.1 preference 10 track nqa a t", ("default", 4, 0, None, 10, "track nqa a t")),
    ("description", "ip route-static 0.0.0.0 0 192.0.2.1 description to the NULL0 of it", ("default", 4, 0, None, 60, None)),
    ("tag-and-permanent", "ip route-static 0.0.0.0 0 192.0.2.1 tag 7 permanent", ("default", 4, 0, None, 60, None)),
    ("v6", "ipv6 route-static :: 0 2001:db8::1", ("default", 6, 0, None, 60, None)),
    ("v6-null", "ipv6 route-static 2401:1d80:3000:: 36 NULL0", ("default", 6, 36, "drop", 60, None)),
    ("v6-vpn", "ipv6 route-static vpn-instance A 2001:db8:: 32 2001:db8::1", ("A", 6, 32, None, 60, None)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), [c[1:] for c in ROUTES], ids=[c[0] for c in ROUTES])
def test_route(line: str, expected: tuple[object, ...]) -> None:
    table = device_of("huawei_vrp", LAN + line + "\n").static_routes
    assert table is not None
    assert table.complete
    (found,) = table.routes
    shown = (
        found.vrf,
        found.family,
        found.length,
        found.discard,
        found.distance,
        found.conditional,
    )
    assert shown == expected


@pytest.mark.parametrize(
    "line",
    [
        "ip route-static 10.0.0.0 255.0.0.0",
        "ip route-static 10.0.0.0 255.0.255.0 192.0.2.1",
        "ip route-static 10.0.0.0 0.255.255.255 192.0.2.1",
        "ip route-static 10.0.0.0 33 192.0.2.1",
        "ip route-static 10.0.0.0 8 192.0.2.999",
        "ip route-static 10.0.0.0 8 192.0.2.1 frob",
        "ip route-static 10.0.0.0 8 Vlanif99",
        "ip route-static 10.0.0.0 8 2001:db8::1",
        "ip route-static 10.0.0.0 8 192.0.2.1 preference",
        "ip route-static 10.0.0.0 8 192.0.2.1 track",
    ],
)
def test_a_route_that_is_not_understood_leaves_the_table_open(line: str) -> None:
    device = device_of("huawei_vrp", LAN + line + "\n")
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert device.static_routes.routes == ()
    assert [u.text for u in device.not_understood] == [line]


def test_rt001() -> None:
    null = "ip route-static 104.192.136.0 255.255.248.0 NULL0\n"
    assert brief(findings_of("huawei_vrp", LAN + WAN + ONE + null), "RT") == {
        ("RT001", "high", "fail")
    }
    floating = null.rstrip() + " preference 250\n" + null.replace("NULL0", "203.0.113.1")
    assert brief(findings_of("huawei_vrp", LAN + WAN + ONE + floating), "RT") == set()


def test_interface_facts() -> None:
    config = (
        "interface Vlanif10\n description users of floor 2\n ip binding vpn-instance A\n"
        " ip address 10.1.1.1 255.255.255.0\n ip address 10.1.2.1 255.255.255.0 sub\n"
        " ipv6 enable\n ipv6 address 2001:db8:1::1/64\n mtu 1400\n urpf strict allow-default-route\n#\n"
        "interface GigabitEthernet0/0/1.10\n dot1q termination vid 10\n ip address 10.2.1.1 24\n#\n"
        "interface GigabitEthernet0/0/2\n shutdown\n eth-trunk 3\n#\n"
        "interface Dialer1\n ip address ppp-negotiate\n mtu 1492\n#\n"
    )
    vlan, sub, member, dialer = device_of("huawei_vrp", config).interfaces
    assert (vlan.kind, vlan.vrf, vlan.description) == (InterfaceKind.VLAN, "A", "users of floor 2")
    assert [(a.family, a.length) for a in vlan.addresses] == [(4, 24), (4, 24), (6, 64)]
    assert vlan.mtu is not None
    assert vlan.mtu.value == 1400
    assert vlan.urpf is not None
    assert vlan.urpf.value == "strict"
    assert (sub.kind, sub.parent) == (InterfaceKind.SUBINTERFACE, "GigabitEthernet0/0/1")
    assert (member.enabled, member.bundle, member.routed) == (False, "Eth-Trunk3", False)
    assert dialer.dynamic_address is not None
    assert dialer.tunnel is not None
    assert dialer.tunnel.overhead == 8


def test_statements_of_the_system_view_may_stand_behind_a_blank() -> None:
    config = "#\n sysname R4\n#\n ip route-static 0.0.0.0 0 192.0.2.1\n#\nreturn\n"
    device = device_of("huawei_vrp", config)
    assert device.not_understood == ()
    assert device.static_routes is not None
    assert len(device.static_routes.routes) == 1


def test_a_lost_heading_does_not_lend_its_lines_to_another_interface() -> None:
    config = LAN + " ip address 192.0.2.1 255.255.255.0\n shutdown\n#\n"
    device = device_of("huawei_vrp", config)
    assert len(device.interfaces[0].addresses) == 1
    assert device.interfaces[0].enabled
    assert len(device.not_understood) == 2


def test_a_banner_is_text() -> None:
    config = 'header login information "\nacl number 3001\n rule 5 deny ip\n"\n#\n' + LAN
    device = device_of("huawei_vrp", config)
    assert device.filters == {}
    assert device.not_understood == ()
