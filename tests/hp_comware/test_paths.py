"""Load balancing, Path MTU Discovery and routes of Comware: verdicts worked out by hand (knowledge: load
balancing section 15 and 18, pmtud section D)."""

from __future__ import annotations

import pytest

from parsers.model.balancing import HashField, Spread
from parsers.model.interfaces import InterfaceKind
from tests.audit_text import brief, device_of, findings_of

LAN = "interface GigabitEthernet1/0/1\n port link-mode route\n ip address 10.20.1.1 255.255.255.0\n#\n"


def port(number: int, address: str, extra: str = "") -> str:
    return f"interface GigabitEthernet1/0/{number}\n port link-mode route\n ip address {address} 255.255.255.252\n{extra}#\n"


A, B = port(2, "203.0.113.2"), port(3, "198.51.100.2")
ONE = "ip route-static 0.0.0.0 0 203.0.113.1\n"
TWO = ONE + "ip route-static 0.0.0.0 0 198.51.100.1\n"
ACTIVE = {("LB001", "critical", "fail")}
UNKNOWN = {("LB001", "critical", "unknown")}
LATENT = {("LB001", "low", "fail")}
HAZARD = {("LB001", "medium", "fail")}
MOVES = {("LB002", "medium", "fail")}
OK: set[tuple[str, str, str]] = set()
BUNDLE = (
    "interface HDLC-bundle1\n ip address 203.0.113.2 255.255.255.252\n{}#\n"
    "interface Pos1/0/1\n bundle id 1\n#\ninterface Pos1/0/2\n bundle id 1\n#\n"
)
AGGREGATION = (
    "interface Route-Aggregation1\n ip address 203.0.113.2 255.255.255.252\n{}#\n"
    "interface GigabitEthernet1/0/5\n port link-mode route\n port link-aggregation group 1\n#\n"
    "interface GigabitEthernet1/0/6\n port link-mode route\n port link-aggregation group 1\n#\n"
)
FLOW = "ip load-sharing mode per-flow\n#\n"

BALANCING = [
    ("per-packet", LAN + A + B + TWO + "ip load-sharing mode per-packet\n", ACTIVE),
    ("per-packet-all", LAN + A + B + TWO + "ip load-sharing mode all per-packet\n", ACTIVE),
    ("per-packet-slot", LAN + A + B + TWO + "ip load-sharing mode slot 2 per-packet\n", ACTIVE),
    ("per-packet-global", LAN + A + B + TWO + "ip load-sharing mode per-packet global\n", ACTIVE),
    ("per-packet-one-path", LAN + A + ONE + "ip load-sharing mode per-packet\n", LATENT),
    ("per-flow", LAN + A + B + TWO + "ip load-sharing mode per-flow src-ip global\n", OK),
    ("T70", "#\n version 5.20, Release 2516\n#\n" + LAN + A + B + TWO, UNKNOWN),
    ("no-line-v7", LAN + A + B + TWO, UNKNOWN),
    ("no-line-one-path", LAN + A + ONE, OK),
    ("floating", LAN + A + B + TWO.rstrip() + " preference 80\nip load-sharing mode per-packet\n", LATENT),
    ("bandwidth-based", LAN + A + B + TWO + FLOW + "bandwidth-based-sharing\n", MOVES),
    ("T68", FLOW + LAN + BUNDLE.format("") + ONE, HAZARD),
    ("bundle-per-packet", FLOW + LAN + BUNDLE.format(" bundle load-balance per-packet\n") + ONE, HAZARD),
    ("bundle-per-flow", FLOW + LAN + BUNDLE.format(" bundle load-balance per-flow\n") + ONE, OK),
    ("aggregation", FLOW + LAN + AGGREGATION.format("") + ONE, OK),
    ("aggregation-hash", FLOW + LAN + AGGREGATION.format(" link-aggregation load-sharing mode destination-ip source-ip\n") + ONE, OK),
    ("aggregation-per-packet", FLOW + LAN + AGGREGATION.format(" link-aggregation load-sharing mode per-packet\n") + ONE, ACTIVE),
    ("global-hash", FLOW + LAN + AGGREGATION.format("") + ONE + "link-aggregation global load-sharing mode destination-ip source-ip\n", OK),
    ("global-per-packet", FLOW + LAN + AGGREGATION.format("") + ONE + "link-aggregation global load-sharing mode per-packet\n", ACTIVE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "expected"), [c[1:] for c in BALANCING], ids=[c[0] for c in BALANCING]
)
def test_balancing(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("hp_comware", config), "LB") == expected


def test_fields_of_the_hash() -> None:
    text = "ip load-sharing mode per-flow dest-ip src-ip ip-pro dest-port src-port global\n"
    (choice,) = device_of("hp_comware", text).path_choices
    assert choice.spread is Spread.FLOW
    assert choice.fields == {
        HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT,
    }  # fmt: skip


# -- Path MTU Discovery --------------------------------------------------------------------------------

WAN = A
TUNNEL = (
    "interface Tunnel0 mode gre\n{}ip address 192.0.2.1 255.255.255.252\n"
    " source 203.0.113.2\n destination 198.51.100.9\n#\n"
)
BY_TUNNEL = "ip route-static 0.0.0.0 0 192.0.2.2\n"
NARROW = " ip mtu 1400\n "
ENABLED = "#\n ip unreachables enable\n#\n"
CRITICAL = {("MTU001", "critical", "fail")}
PMTUD = [
    ("T75", LAN + WAN + TUNNEL.format(NARROW) + BY_TUNNEL, CRITICAL),
    ("T76", ENABLED + LAN + WAN + TUNNEL.format(NARROW) + BY_TUNNEL, OK),
    ("T77", LAN + WAN + TUNNEL.format(NARROW + "tcp mss 1360\n ") + BY_TUNNEL, {("MTU001", "info", "fail")}),
    ("said-so", "undo ip unreachables enable\n#\n" + LAN + WAN + TUNNEL.format(NARROW) + BY_TUNNEL, CRITICAL),
    ("another-switch", "ip ttl-expires enable\n#\n" + LAN + WAN + TUNNEL.format(NARROW) + BY_TUNNEL, CRITICAL),
    ("mss-too-large", LAN + WAN + TUNNEL.format(NARROW + "tcp mss 1400\n ") + BY_TUNNEL, CRITICAL),
    ("equal-mtu", LAN + WAN + ONE, OK),
    ("filter", ENABLED + "acl advanced 3000\n rule 0 deny icmp\n#\n" + LAN + port(2, "203.0.113.2", " packet-filter 3000 inbound\n") + ONE, {("MTU002", "high", "fail")}),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in PMTUD], ids=[c[0] for c in PMTUD])
def test_pmtud(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("hp_comware", config), "MTU") == expected


def test_the_default_is_off_and_says_so() -> None:
    interface = device_of("hp_comware", LAN).interfaces[0]
    assert [(p.family, p.sends, p.where) for p in interface.ptb] == [
        (4, False, None),
        (6, True, None),
    ]
    assert all(p.reason for p in interface.ptb)


# -- routes and interfaces -----------------------------------------------------------------------------

ROUTES = [
    ("length", "ip route-static 10.0.0.0 8 192.0.2.1", ("default", 4, 8, None, 60, None)),
    ("mask", "ip route-static 10.0.0.0 255.0.0.0 192.0.2.1", ("default", 4, 8, None, 60, None)),
    ("null", "ip route-static 104.192.136.0 21 NULL0", ("default", 4, 21, "drop", 60, None)),
    ("track", "ip route-static 0.0.0.0 0 192.0.2.1 track 1", ("default", 4, 0, None, 60, "track 1")),
    ("track-and-preference", "ip route-static 0.0.0.0 0 192.0.2.1 track 1 preference 90", ("default", 4, 0, None, 90, "track 1")),
    ("bfd", "ip route-static 0.0.0.0 0 GigabitEthernet1/0/1 192.0.2.1 bfd control-packet", ("default", 4, 0, None, 60, "bfd control-packet")),
    ("description", "ip route-static 0.0.0.0 0 GigabitEthernet1/0/1 192.0.2.1 preference 3 description TEMP", ("default", 4, 0, None, 3, None)),
    ("vpn", "ip route-static vpn-instance top 0.0.0.0 0 GigabitEthernet1/0/1", ("top", 4, 0, None, 60, None)),
    ("public-next-hop", "ip route-static vpn-instance top 0.0.0.0 0 192.0.2.1 public", ("top", 4, 0, None, 60, None)),
    ("v6", "ipv6 route-static :: 0 2001:db8::1", ("default", 6, 0, None, 60, None)),
    ("v6-null", "ipv6 route-static 2401:1d80:3000:: 36 NULL0", ("default", 6, 36, "drop", 60, None)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), [c[1:] for c in ROUTES], ids=[c[0] for c in ROUTES])
def test_route(line: str, expected: tuple[object, ...]) -> None:
    table = device_of("hp_comware", f"{LAN} {line}\n").static_routes
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


def test_default_preference() -> None:
    config = "ip route-static default-preference 90\nip route-static 0.0.0.0 0 192.0.2.1\n"
    table = device_of("hp_comware", LAN + config).static_routes
    assert table is not None
    assert [r.distance for r in table.routes] == [90]


@pytest.mark.parametrize(
    "line",
    ["ip route-static 10.0.0.0 8", "ip route-static 10.0.0.0 8 192.0.2.1 frob", "ip route-static frob",
     "ipv6 route-static 2001:db8:: 200 NULL0"],
)  # fmt: skip
def test_a_route_that_is_not_understood_leaves_the_table_open(line: str) -> None:
    device = device_of("hp_comware", LAN + line + "\n")
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert [u.text for u in device.not_understood] == [line]


def test_interface_facts() -> None:
    config = (
        "#\n version 7.1.070, Release 6127P02\n#\n sysname H1\n#\n"
        "interface Vlan-interface10\n ip binding vpn-instance A\n ip address 10.1.1.1 255.255.255.0\n"
        " ip address 10.1.2.1 255.255.255.0 sub\n ipv6 address 2001:db8:1::1/64\n ip mtu 1400\n ipv6 mtu 1300\n"
        " ip urpf loose\n#\n"
        "interface Ten-GigabitEthernet1/0/49:1\n port link-mode route\n ip address 10.2.1.1 30\n#\n"
        "interface GigabitEthernet1/0/5\n port link-mode bridge\n port link-aggregation group 7\n shutdown\n#\n"
        "interface Bridge-Aggregation7\n port link-type trunk\n#\n"
        "interface Tunnel3 mode ipv4-ipv4\n ip address 10.3.1.1 30\n source Vlan-interface10\n destination 192.0.2.9\n#\n"
    )
    device = device_of("hp_comware", config)
    vlan, ten, member, bundle, tunnel = device.interfaces
    assert device.os_version == "7.1.070"
    assert (vlan.kind, vlan.vrf, len(vlan.addresses)) == (InterfaceKind.VLAN, "A", 3)
    assert vlan.ip_mtu is not None
    assert vlan.ipv6_mtu is not None
    assert (vlan.ip_mtu.value, vlan.ipv6_mtu.value) == (1400, 1300)
    assert vlan.urpf is not None
    assert vlan.urpf.value == "loose"
    assert (ten.name, ten.routed) == ("Ten-GigabitEthernet1/0/49:1", True)
    assert (member.bundle, member.enabled, member.routed) == ("Bridge-Aggregation7", False, False)
    assert (bundle.kind, bundle.routed) == (InterfaceKind.BUNDLE, False)
    assert tunnel.tunnel is not None
    assert (tunnel.tunnel.mode, tunnel.tunnel.overhead) == ("ipip", 20)
    assert tunnel.tunnel.source == "Vlan-interface10"
    assert device.not_understood == ()
