"""Interfaces, addresses, routes and what else is recognised."""

from __future__ import annotations

import ipaddress

import pytest

from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from parsers.model.routes import Route
from tests.audit_text import device_of
from tests.mikrotik_routeros.flows import HEADER

HEADER6 = HEADER.replace("7.11", "6.49.10")


def parsed(text: str, header: str = HEADER) -> Device:
    return device_of("mikrotik_routeros", header + text)


def routes(text: str, header: str = HEADER) -> tuple[Route, ...]:
    table = parsed(text, header).static_routes
    assert table is not None
    return tuple(table.routes)


def test_header() -> None:
    device = parsed("# model = RB5009UG+S+\n/system identity\nset name=edge1\n")
    assert (device.os_version, device.model, device.vendor) == ("7.11", "RB5009UG+S+", "MikroTik")


def test_interfaces() -> None:
    device = parsed(
        "/interface ethernet\n"
        'set [ find default-name=ether1 ] comment="to ISP" mtu=1400 name=WAN\n'
        "set [ find default-name=ether2 ] disabled=yes\n"
        "/interface bridge\nadd name=br\n"
        "/interface vlan\nadd interface=br name=vlan10 vlan-id=10 mtu=1496\n"
        "/interface bonding\nadd mode=802.3ad name=bond1 slaves=ether5,ether6\n"
        "/interface bridge port\nadd bridge=br interface=ether3\n"
        "/ip address\nadd address=10.20.1.1/24 interface=ether3 network=10.20.1.0\n"
        "add address=203.0.113.2 interface=WAN network=203.0.113.1\n"
        "add address=10.9.9.9/24 disabled=yes interface=vlan10 network=10.9.9.0\n"
        "/ipv6 address\nadd address=2001:db8::1/64 interface=vlan10\n"
        "add address=::1/64 from-pool=isp interface=br\n"
    )
    found = {interface.name: interface for interface in device.interfaces}
    assert found["WAN"].mtu is not None
    assert (found["WAN"].mtu.value, found["WAN"].description) == (1400, "to ISP")
    assert [a.length for a in found["WAN"].addresses] == [32, 32]
    assert not found["ether2"].enabled
    assert not found["ether3"].routed
    assert [str(ipaddress.ip_address(a.value)) for a in found["br"].addresses] == ["10.20.1.1"]
    assert (found["vlan10"].kind, found["vlan10"].parent) == (InterfaceKind.SUBINTERFACE, "br")
    assert [a.family for a in found["vlan10"].addresses] == [6]
    assert [found[name].bundle for name in ("ether5", "ether6")] == ["bond1", "bond1"]
    assert found["br"].dynamic_address is not None
    assert device.not_understood == ()


@pytest.mark.parametrize(
    "line",
    [
        "/interface ethernet\nset [ find default-name=ether1 ] mtxu=1400",
        "/interface ethernet\nset [ find default-name=ether1 ] mtu=big",
        "/interface vlan\nadd interface=br name=v vlan-id=10 filter-in=X",
        "/ip address\nadd address=10.20.1.1/44 interface=ether1",
        "/ip address\nadd address=10.20.1.1/24 interface=ether1 policy=x",
        "/interface wireless\nset [ find default-name=wlan1 ] mtxu=1400",
    ],
)
def test_an_interface_line_that_is_not_understood(line: str) -> None:
    device = parsed(line + "\n")
    assert [(u.where.line, u.topic) for u in device.not_understood] == [(3, "interface")]
    assert any(interface.not_understood for interface in device.interfaces)


def test_routes_of_version_7() -> None:
    found = routes(
        "/routing table\nadd fib name=to_ISP2\n/ip vrf\nadd interfaces=ether7 name=cust\n/ip route\n"
        "add dst-address=0.0.0.0/0 gateway=203.0.113.1 routing-table=main\n"  # 7
        "add disabled=yes dst-address=0.0.0.0/0 gateway=203.0.113.9\n"
        "add dst-address=0.0.0.0/0 gateway=198.51.100.1@main routing-table=to_ISP2\n"  # 9
        "add dst-address=0.0.0.0/0 gateway=192.0.2.1 routing-table=cust\n"  # 10
        'add blackhole dst-address=192.168.0.0/16 gateway=""\n'  # 11
        "add check-gateway=ping distance=5 dst-address=0.0.0.0/0 gateway=203.0.113.5%ether1\n"  # 12
        "add dst-address=198.51.100.0/24 gateway=203.0.113.1\n"
        "add dst-address=198.51.100.0/24 gateway=203.0.113.5\n"
        "/ipv6 route\nadd dst-address=::/0 gateway=fe80::1%ether1\n"  # 16
    )
    assert [(r.line, r.vrf, r.family, r.discard, r.backup) for r in found] == [
        (7, "default", 4, None, False),
        (10, "cust", 4, None, False), (11, "default", 4, "drop", False),
        (12, "default", 4, None, True), (13, "default", 4, None, False),
        (14, "default", 4, None, False), (16, "default", 6, None, False),
    ]  # fmt: skip
    assert found[3].conditional == "check-gateway=ping"
    assert found[3].next_hops[0][:2] == ("ether1", "203.0.113.5")
    assert found[6].next_hops[0][:2] == ("ether1", "fe80::1")


def test_tables_that_only_policy_leads_to() -> None:
    """Their routes are no paths; without a default route in the main table the way is not known."""
    device = parsed(
        "/routing table\nadd fib name=r1\n/ip route\n"
        "add dst-address=0.0.0.0/0 gateway=203.0.113.1@main routing-table=r1\n"
        "add dst-address=10.0.0.0/8 gateway=10.20.1.2@main\n"
    )
    assert device.static_routes is not None
    (found,) = device.static_routes.routes
    assert (found.line, found.next_hops[0].vrf) == (6, "default")
    assert [source.value for source in device.routing_sources] == ["policy routing"]


def test_routes_of_version_6() -> None:
    found = routes(
        "/ip route\nadd distance=1 gateway=203.0.113.1,198.51.100.1,198.51.100.1\n"
        "add distance=1 dst-address=192.0.2.0/24 type=unreachable\n"
        "add distance=1 dst-address=192.0.2.0/25 type=blackhole\n"
        "add distance=1 gateway=pppoe-out1 routing-mark=r1\n"
        "add distance=1 dst-address=100.64.0.0/10 gateway=203.0.113.1\n"
        "add distance=1 dst-address=100.64.0.0/10 gateway=203.0.113.5\n"
        "/interface pppoe-client\nadd add-default-route=yes default-route-distance=3 disabled=no interface=ether1 name=pppoe-out1\n",
        HEADER6,
    )
    assert [(hop.address, hop.weight) for hop in found[0].next_hops] == [
        ("203.0.113.1", 1), ("198.51.100.1", 2),
    ]  # fmt: skip
    assert [r.discard for r in found[:4]] == [None, "reject", "drop", None]
    assert found[3].next_hops[0][:2] == (None, "203.0.113.1")
    assert (found[3].backup, found[4].backup) == (False, True)
    assert (found[5].next_hops[0].interface, found[5].backup) == ("pppoe-out1", True)


@pytest.mark.parametrize(
    "line",
    [
        "add dst-address=192.0.2.0/24",
        "add dst-address=192.0.2.0/40 gateway=203.0.113.1",
        "add dst-address=192.0.2.0/24 gateway=203.0.113.300",
        "add dst-address=192.0.2.0/24 gateway=203.0.113.1 via=x",
        "add dst-address=192.0.2.0/24 type=strange",
        "add distance=near gateway=203.0.113.1",
        "set 0 disabled=yes",
    ],
)
def test_a_route_that_is_not_understood(line: str) -> None:
    table = parsed(f"/ip route\n{line}\n").static_routes
    assert table is not None
    assert not table.complete
    assert [where.line for where in table.not_understood] == [3]


def test_a_route_through_an_interface_that_is_not_there_is_conditional() -> None:
    (found,) = routes("/ip route\nadd dst-address=0.0.0.0/0 gateway=pppoe-oout1\n")
    assert found.conditional == "interface pppoe-oout1 is not in this text"


def test_sources_of_other_routes() -> None:
    device = parsed(
        "/routing bgp connection\nadd as=65001 name=isp remote.address=203.0.113.1 .as=65000\n"
        "/routing ospf interface-template\nadd area=backbone interfaces=ether1\n"
        "/routing ospf interface-template\nadd area=backbone disabled=yes interfaces=ether2\n"
        "/ip dhcp-client\nadd interface=ether3\n"
    )
    assert [source.value for source in device.routing_sources] == ["bgp", "ospf"]
    assert device.static_routes is not None
    assert device.static_routes.routes[0].conditional is not None


def test_what_is_recognised() -> None:
    device = parsed(
        "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\n"
        "/interface bridge filter\nadd action=drop chain=input\nadd action=accept chain=input\n"
        "/interface ethernet switch rule\nadd new-dst-ports=\"\" ports=ether2 switch=switch1\n"
        "/ip hotspot\nadd disabled=no interface=bridge1 name=hs\n"
        "/ip ipsec policy\nadd dst-address=192.0.2.0/24 peer=p src-address=10.0.0.0/8 tunnel=yes\n"
        "/routing rule\nadd action=lookup src-address=10.20.1.0/24 table=isp2\n"
        "/mpls ldp\nadd afi=ip\n"
    )  # fmt: skip
    assert [(fact.value, fact.where and fact.where.line) for fact in device.recognised] == [
        ("nat", 3), ("l2-filter", 5), ("l2-filter", 8), ("inspect", 10), ("crypto-map", 12),
        ("policy-route", 14), ("mpls", 16),
    ]  # fmt: skip
    assert device.not_understood == ()


def test_reverse_path_and_forwarding() -> None:
    device = parsed(
        "/ip settings\nset rp-filter=strict\n/ip address\nadd address=10.20.1.1/24 interface=ether2\n"
    )
    assert device.interfaces[0].urpf is not None
    assert device.interfaces[0].urpf.value == "strict"
    off = parsed(
        "/ip settings\nset ip-forward=no\n/ip address\nadd address=10.20.1.1/24 interface=ether2\n"
    )
    assert off.is_host
    forward = [b for b in off.bindings if b.family == 4 and b.direction == "forward"]
    assert all(binding.inactive for binding in forward)


def test_bindings_stand_in_the_order_of_the_packet_flow() -> None:
    device = parsed(
        "/ip firewall raw\nadd action=drop chain=prerouting src-address=192.0.2.1\n"
        "/ip firewall mangle\nadd action=mark-packet chain=postrouting new-packet-mark=x\n"
        "/ip firewall filter\nadd action=drop chain=forward src-address=192.0.2.1\n"
    )
    keys = [b.key for b in device.bindings if b.family == 4 and b.direction == "forward"]
    assert keys == ["ip/raw/prerouting", "ip/mangle/prerouting", "ip/mangle/forward", "ip/filter/forward", "ip/mangle/postrouting"]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "translated"),
    [
        ("src-address=192.0.2.1", False), ("dst-address=104.192.136.0/21", False),
        ("dst-address=10.0.0.0/8", True), ("dst-address=203.0.113.2", True),
        ("dst-address-list=nosuch", True), ("dst-address-type=local", True),
    ],
)  # fmt: skip
def test_raw_rules_behind_translation(raw: str, translated: bool) -> None:
    """Answers reach the raw table with the router's own address as destination (knowledge 3.3)."""
    device = parsed(
        "/ip address\nadd address=203.0.113.2/30 interface=ether1\n"
        "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\n"
        f"/ip firewall raw\nadd action=drop chain=prerouting {raw}\n"
    )
    (found,) = [b for b in device.bindings if b.key == "ip/raw/prerouting" and b.family == 4]
    assert found.sees_translated is translated
