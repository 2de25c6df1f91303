"""Interfaces, zones and routes of FortiOS as the model has them."""

from __future__ import annotations

import ipaddress

import pytest

from parsers.model.interfaces import InterfaceKind
from tests.audit_text import brief, device_of, findings_of
from tests.fortinet.texts import DEFAULT_ROUTE, INTERFACES, block, entry, policies, policy

IFACES = block(
    "system interface",
    entry('"lo"', 'vdom "root"', "ip 192.0.2.9 255.255.255.255", "type loopback"),
    entry('"agg"', 'vdom "root"', "type aggregate", 'member "port1" "port2"', "mtu-override enable", "mtu 9000"),
    entry('"port1"', 'vdom "root"', "type physical"),
    entry('"v7"', 'vdom "root"', "ip 10.7.0.1/24", 'interface "agg"', "vlanid 7", "vrf 3"),
    entry('"down"', 'vdom "root"', "status down", "mtu 1300"),
    entry('"dhcp"', 'vdom "root"', "mode dhcp", "type physical"),
    entry('"ppp"', 'vdom "root"', "mode pppoe", "type physical"),
    entry('"mgmt"', 'vdom "root"', "dedicated-to management"),
)  # fmt: skip


def test_interfaces() -> None:
    found = {i.name: i for i in device_of("fortinet", IFACES).interfaces}
    assert found["lo"].kind is InterfaceKind.LOOPBACK
    assert found["agg"].mtu is not None
    assert found["agg"].mtu.value == 9000
    assert found["port1"].bundle == "agg"
    assert (found["v7"].kind, found["v7"].parent) == (InterfaceKind.SUBINTERFACE, "agg")
    assert found["v7"].vrf == "default vrf 3"
    assert [(str(ipaddress.ip_address(a.value)), a.length) for a in found["v7"].addresses] == [
        ("10.7.0.1", 24)
    ]
    assert not found["down"].enabled
    assert found["down"].mtu is None  # without mtu-override
    assert found["dhcp"].dynamic_address is not None
    assert found["ppp"].kind is InterfaceKind.DIALER
    assert found["ppp"].tunnel is not None
    assert found["mgmt"].kind is InterfaceKind.MANAGEMENT
    assert {s.value for s in device_of("fortinet", IFACES).routing_sources} == {"dhcp"}


def test_secondary_addresses_count_when_they_are_on() -> None:
    inner = "config secondaryip\n            edit 1\n                set ip 10.8.0.1/24\n            next\n        end"
    for word, count in (("enable", 2), ("disable", 1)):
        text = block(
            "system interface",
            entry("p", "ip 10.7.0.1/24", "secondary-IP enable", inner, f"secondary-IP {word}"),
        )
        assert len(device_of("fortinet", text).interfaces[0].addresses) == count


def test_ipv6_addresses() -> None:
    inner = (
        "config ipv6\n            set ip6-address 2001:db8:20::1/64\n            config ip6-extra-addr\n"
        "                edit 2001:db8:21::1/64\n                next\n            end\n        end"
    )
    text = block("system interface", entry("p", inner))
    device = device_of("fortinet", text)
    assert [(a.family, a.length) for a in device.interfaces[0].addresses] == [(6, 64), (6, 64)]
    assert not device.not_understood


@pytest.mark.parametrize(
    "line", ["ip 10.7.0.1 255.0.255.0", "ip 10.7.0.300/24", "mtu abc", "status upp", "frobnicate 1"]
)
def test_a_damaged_line_of_an_interface_is_shown(line: str) -> None:
    device = device_of("fortinet", block("system interface", entry("p", "ip 10.1.0.1/24", line)))
    assert [(u.where.line, u.topic, u.subject) for u in device.not_understood] == [
        (4, "interface", "p")
    ]
    assert [w.line for w in device.interfaces[0].not_understood] == [4]


STATIC = [
    # settings, (prefix, next hop, interface, discard), whether it is beaten
    (("gateway 203.0.113.1", 'device "wan1"'), ("0.0.0.0/0", "203.0.113.1", "wan1", None)),
    (("dst 192.0.2.0 255.255.255.0", 'device "wan1"'), ("192.0.2.0/24", None, "wan1", None)),
    (("dst 192.0.2.0/24", "blackhole enable"), ("192.0.2.0/24", None, None, "drop")),
    (('dstaddr "BB"', "gateway 203.0.113.1"), ("104.192.136.0/21", "203.0.113.1", None, None)),
]


@pytest.mark.parametrize(("said", "expected"), STATIC)
def test_static_routes(
    said: tuple[str, ...], expected: tuple[str, str | None, str | None, str | None]
) -> None:
    text = block("firewall address", entry('"BB"', "subnet 104.192.136.0/21")) + block(
        "router static", entry(1, *said)
    )
    table = device_of("fortinet", text).static_routes
    assert table is not None
    assert table.complete
    (route,) = table.routes
    hop = route.next_hops[0] if route.next_hops else None
    prefix = f"{ipaddress.ip_address(route.value)}/{route.length}"
    assert (
        prefix,
        hop.address if hop else None,
        hop.interface if hop else None,
        route.discard,
    ) == expected


ROUTES = [
    ("distance", ("distance 5",), ("distance 10",), [False, True]),
    ("distance-by-default", (), ("distance 10",), [False, False]),
    ("priority", ("priority 1",), ("priority 10",), [False, True]),
    ("equal", (), (), [False, False]),
]


@pytest.mark.parametrize(
    ("first", "second", "beaten"), [r[1:] for r in ROUTES], ids=[r[0] for r in ROUTES]
)
def test_which_route_is_used(
    first: tuple[str, ...], second: tuple[str, ...], beaten: list[bool]
) -> None:
    text = block(
        "router static",
        entry(1, "gateway 203.0.113.1", "device wan1", *first),
        entry(2, "gateway 198.51.100.1", "device wan2", *second),
    )
    table = device_of("fortinet", text).static_routes
    assert table is not None
    assert [route.backup for route in table.routes] == beaten


@pytest.mark.parametrize(
    "said",
    [
        ("gateway 203.0.113.300", "device wan1"),
        ("dst 10.0.0.0 255.0.255.0", "device wan1"),
        ("internet-service 65537", "device wan1"),
        ("gateway 203.0.113.1", "frobnicate 1"),
        ("distance ten", "device wan1"),
    ],
)
def test_a_route_that_is_not_understood_leaves_the_table_open(said: tuple[str, ...]) -> None:
    table = device_of("fortinet", block("router static", entry(1, *said))).static_routes
    assert table is not None
    assert not table.complete


def test_a_disabled_route_is_none() -> None:
    table = device_of(
        "fortinet", block("router static", entry(1, "device wan1", "status disable"))
    ).static_routes
    assert table is not None
    assert table.complete
    assert not table.routes


SDWAN = (
    'config system sdwan\n    set status enable\n    config zone\n        edit "virtual-wan-link"\n        next\n'
    '        edit "overlay"\n        next\n    end\n    config members\n'
    '        edit 1\n            set interface "wan1"\n            set gateway 203.0.113.1\n        next\n'
    '        edit 2\n            set interface "vpn"\n            set zone "overlay"\n        next\n    end\nend\n'
)


def test_sdwan_zones_and_routes() -> None:
    text = INTERFACES + SDWAN + block("router static", entry(1, 'sdwan-zone "virtual-wan-link"'))
    device = device_of("fortinet", text)
    zones = {i.name: i.zone.value for i in device.interfaces if i.zone is not None}
    assert zones == {"internal": "internal", "wan1": "virtual-wan-link"}
    assert device.static_routes is not None
    hops = [hop for route in device.static_routes.routes for hop in route.next_hops]
    assert [(hop.interface, hop.address) for hop in hops] == [("wan1", "203.0.113.1")]
    assert "policy:internal:virtual-wan-link" in {key for key, _ in device.filters}


def test_an_sdwan_that_is_off_has_no_zones() -> None:
    text = INTERFACES + SDWAN.replace("set status enable\n", "")
    zones = {
        i.name: i.zone.value for i in device_of("fortinet", text).interfaces if i.zone is not None
    }
    assert zones == {"internal": "internal", "wan1": "wan1"}


def test_monitored_routes_are_conditional() -> None:
    monitor = block("system link-monitor", entry('"isp"', 'srcintf "wan1"', 'server "192.0.2.1"'))
    table = device_of("fortinet", INTERFACES + monitor + DEFAULT_ROUTE).static_routes
    assert table is not None
    assert [route.conditional for route in table.routes] == ["link monitor isp"]


def test_policy_routes() -> None:
    table = block(
        "router policy",
        entry(1, 'input-device "internal"', 'output-device "wan1"'),
        entry(2, 'input-device "wan1"', "action deny"),
    )
    found = {i.name: i.policy_route for i in device_of("fortinet", INTERFACES + table).interfaces}
    assert found["internal"] is not None
    assert found["wan1"] is None


def test_routing_protocols_are_sources_only_where_they_run() -> None:
    idle = 'config router bgp\n    config redistribute "connected"\n    end\nend\n'
    assert not device_of("fortinet", idle).routing_sources
    busy = idle.replace("config redist", "set as 65001\n    config redist")
    assert [s.value for s in device_of("fortinet", busy).routing_sources] == ["bgp"]


def test_translation_shows_the_two_sides() -> None:
    text = INTERFACES + policies(policy(1, "accept", "ALL", "nat enable"))
    sides = {
        i.name: i.nat.value for i in device_of("fortinet", text).interfaces if i.nat is not None
    }
    assert sides == {"internal": "inside", "wan1": "outside"}


def test_strict_source_check() -> None:
    text = INTERFACES + "config system settings\n    set strict-src-check enable\nend\n"
    found = {
        i.name: i.urpf.value for i in device_of("fortinet", text).interfaces if i.urpf is not None
    }
    assert found == {"internal": "strict", "wan1": "strict"}


def test_null_route() -> None:
    text = (
        INTERFACES
        + policies(policy(1, "accept"))
        + DEFAULT_ROUTE.replace(
            "end\n", entry(2, "dst 104.192.136.0 255.255.248.0", "blackhole enable") + "end\n"
        )
    )
    assert ("RT001", "high", "fail") in brief(findings_of("fortinet", text), "RT")
