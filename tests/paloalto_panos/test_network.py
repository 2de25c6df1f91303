"""Interfaces, routers, zone protection and ECMP: facts and verdicts worked out by hand."""

from __future__ import annotations

import ipaddress

import pytest

from parsers.model.balancing import HashField, Spread
from parsers.model.interfaces import InterfaceKind
from parsers.model.routes import Route
from parsers.model.source import Where
from tests.audit_text import brief, device_of, findings_of
from tests.paloalto_panos.flows import ALLOW, BY_WAN, ZONES

E1 = "set network interface ethernet ethernet1/1"


def line(where: Where | None) -> int:
    assert where is not None
    return where.line


KINDS = [
    ("set network interface ethernet ethernet1/1 layer3 ip 10.0.0.1/24", "ethernet1/1", InterfaceKind.PHYSICAL),
    ("set network interface ethernet ethernet1/1 layer3 units ethernet1/1.5 ip 10.0.0.1/24", "ethernet1/1.5",
     InterfaceKind.SUBINTERFACE),
    ("set network interface aggregate-ethernet ae1 layer3 ip 10.0.0.1/24", "ae1", InterfaceKind.BUNDLE),
    ("set network interface aggregate-ethernet ae1 layer3 units ae1.7 ip 10.0.0.1/24", "ae1.7", InterfaceKind.SUBINTERFACE),
    ("set network interface vlan units vlan.9 ip 10.0.0.1/24", "vlan.9", InterfaceKind.VLAN),
    ("set network interface loopback units loopback.1 ip 10.0.0.1/24", "loopback.1", InterfaceKind.LOOPBACK),
    ("set network interface loopback ip 10.0.0.1/24", "loopback", InterfaceKind.LOOPBACK),
    ("set network interface tunnel units tunnel.3 ip 10.0.0.1/24", "tunnel.3", InterfaceKind.TUNNEL),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind"), KINDS, ids=[k[1] for k in KINDS])
def test_kinds_of_interfaces(text: str, name: str, kind: InterfaceKind) -> None:
    found = next(i for i in device_of("paloalto_panos", text).interfaces if i.name == name)
    assert found.kind is kind
    assert found.routed
    assert [(a.value, a.length) for a in found.addresses] == [
        (int(ipaddress.ip_address("10.0.0.1")), 24)
    ]


def test_what_an_interface_says() -> None:
    text = (
        f'{E1} layer3 ip [ 10.0.0.1/24 10.0.1.1/24 ]\n{E1} layer3 mtu 1400\n{E1} comment "to the lab"\n'
        f"{E1} layer3 adjust-tcp-mss enable yes\n{E1} layer3 adjust-tcp-mss ipv4-mss-adjustment 80\n"
        f"{E1} layer3 ipv6 enabled yes\n{E1} layer3 ipv6 address 2001:db8::1/64 enable-on-interface yes\n"
        f"{E1} link-state down\nset network virtual-router vr1 interface ethernet1/1\n"
    )
    device = device_of("paloalto_panos", text)
    (found,) = device.interfaces
    assert device.not_understood == ()
    assert [a.family for a in found.addresses] == [4, 4, 6]
    assert found.mtu is not None and (found.mtu.value, line(found.mtu.where)) == (1400, 2)
    assert (found.description, found.enabled, found.vrf) == ("to the lab", False, "vr1")
    # the adjustment is subtracted from the MTU; 60 is the default for IPv6
    assert [(c.family, c.value, line(c.where)) for c in found.clamps] == [
        (4, 1320, 5),
        (6, 1340, 4),
    ]


def test_several_settings_on_one_line() -> None:
    text = f"{E1} layer3 mtu 1400 ip 10.0.0.1/24 interface-management-profile M\n"
    device = device_of("paloalto_panos", text)
    assert device.not_understood == ()
    assert device.interfaces[0].mtu is not None
    assert len(device.interfaces[0].addresses) == 1


def test_addresses_by_object_by_dhcp_and_not_at_all() -> None:
    config = (
        "set address LAN ip-netmask 10.0.0.1/24\n"
        "set network interface ethernet ethernet1/1 layer3 ip LAN\n"
        "set network interface ethernet ethernet1/2 layer3 dhcp-client enable yes\n"
        "set network interface ethernet ethernet1/3 layer3 dhcp-client create-default-route no\n"
        "set network interface ethernet ethernet1/4 layer3 ipv6 enabled no\n"
        "set network interface ethernet ethernet1/4 layer3 ipv6 address 2001:db8::1/64\n"
    )
    device = device_of("paloalto_panos", config)
    by_name = {i.name: i for i in device.interfaces}
    assert by_name["ethernet1/1"].addresses[0].length == 24
    assert by_name["ethernet1/2"].dynamic_address is not None
    assert by_name["ethernet1/4"].addresses == ()
    assert [source.value for source in device.routing_sources] == ["dhcp"]


BAD = [
    ("no-address", f"{E1} layer3 ip NO\n"),
    ("not-a-mask", f"{E1} layer3 ip 10.0.0.1/255.255.255.0\n"),
    ("mtu", f"{E1} layer3 mtu large\n"),
    ("unknown-word", f"{E1} layer3 ip 10.0.0.1/24\n{E1} layer3 filter x\n"),
    ("unknown-behind-a-value", f"{E1} layer3 mtu 1400 filter x\n"),
    ("link-state", f"{E1} link-state sideways\n"),
    (
        "clamp",
        f"{E1} layer3 adjust-tcp-mss enable yes\n{E1} layer3 adjust-tcp-mss ipv4-mss-adjustment x\n",
    ),
]


@pytest.mark.parametrize("text", [b[1] for b in BAD], ids=[b[0] for b in BAD])
def test_what_is_not_understood_stays_with_the_interface(text: str) -> None:
    device = device_of("paloalto_panos", text)
    assert device.interfaces[0].not_understood
    assert [u.topic for u in device.not_understood] == ["interface"]


ROUTER = "set network virtual-router default routing-table ip static-route"


def routes(text: str) -> tuple[Route, ...]:
    table = device_of("paloalto_panos", text).static_routes
    assert table is not None
    return tuple(table.routes)


def test_static_routes() -> None:
    text = (
        f"{ROUTER} A destination 0.0.0.0/0\n{ROUTER} A interface ethernet1/1\n{ROUTER} A nexthop ip-address 10.0.0.1\n"
        f"{ROUTER} B destination 104.192.136.0/21\n{ROUTER} B nexthop discard\n"
        f"{ROUTER} C destination 192.0.2.0/24 nexthop ip-address 10.0.0.9 metric 5 admin-dist 20\n"
        "set network virtual-router default routing-table ipv6 static-route D destination ::/0 nexthop ipv6-address fe80::1"
        " interface ethernet1/1\n"
    )
    found = routes(text)
    assert [(r.length, r.discard, r.distance, r.metric, r.line) for r in found] == [
        (0, None, 10, 10, 3), (21, "drop", 10, 10, 5), (24, None, 20, 5, 6), (0, None, 10, 10, 7),
    ]  # fmt: skip
    assert found[0].next_hops[0][:2] == ("ethernet1/1", "10.0.0.1")
    assert found[3].family == 6


def test_the_better_route_carries_the_traffic() -> None:
    text = (
        f"{ROUTER} A destination 0.0.0.0/0 nexthop ip-address 10.0.0.1 metric 10\n"
        f"{ROUTER} B destination 0.0.0.0/0 nexthop ip-address 10.0.0.2 metric 20\n"
        f"{ROUTER} C destination 0.0.0.0/0 nexthop ip-address 10.0.0.3 admin-dist 5 metric 90\n"
    )
    assert [r.backup for r in routes(text)] == [True, True, False]


def test_equal_routes_without_ecmp_are_not_certain() -> None:
    text = (
        f"{ROUTER} A destination 0.0.0.0/0 nexthop ip-address 10.0.0.1\n"
        f"{ROUTER} B destination 0.0.0.0/0 nexthop ip-address 10.0.0.2\n"
    )
    assert all(r.conditional for r in routes(text))
    ecmp = "set network virtual-router default ecmp enable yes\n"
    assert not any(r.conditional for r in routes(text + ecmp))


def test_what_routes_may_depend_on() -> None:
    watched = (
        f"{ROUTER} A destination 0.0.0.0/0 nexthop ip-address 10.0.0.1 path-monitor enable yes\n"
    )
    assert routes(watched)[0].conditional is not None
    off = f"{ROUTER} A destination 0.0.0.0/0 nexthop ip-address 10.0.0.1\n{ROUTER} A path-monitor enable no\n"
    assert routes(off)[0].conditional is None
    assert (
        routes(
            f"{ROUTER} A destination 10.0.0.0/8 nexthop discard\n{ROUTER} A route-table no-install\n"
        )
        == ()
    )


def test_logical_routers() -> None:
    text = (
        "set network logical-router LR vrf default interface ethernet1/1\n"
        "set network logical-router LR vrf default routing-table ip static-route A destination 0.0.0.0/0 nexthop"
        " ip-address 10.0.0.1\nset network logical-router LR vrf guests bgp enable yes\n"
    )
    (found,) = routes(text)
    assert found.vrf == "LR"
    assert [s.value for s in device_of("paloalto_panos", text).routing_sources] == ["bgp"]


NEXT_VR = """set network interface ethernet ethernet1/1 layer3 ip 10.20.1.1/24
set network interface ethernet ethernet1/2 layer3 ip 203.0.113.2/30
set network virtual-router in interface ethernet1/1
set network virtual-router out interface ethernet1/2
set network virtual-router in routing-table ip static-route D destination 0.0.0.0/0
set network virtual-router in routing-table ip static-route D nexthop next-vr out
set network virtual-router out routing-table ip static-route D destination 0.0.0.0/0
set network virtual-router out routing-table ip static-route D nexthop ip-address 203.0.113.1
set zone trust network layer3 ethernet1/1
set zone untrust network layer3 ethernet1/2
"""


def test_a_route_into_another_router_takes_that_router_s_way_out() -> None:
    leaps = [r for r in routes(NEXT_VR) if r.vrf == "in" and r.length == 0]
    assert [(r.next_hops[0].interface, r.line) for r in leaps] == [("ethernet1/2", 6)]
    assert brief(findings_of("paloalto_panos", NEXT_VR), "ACL") == {("ACL001", "high", "fail")}
    assert brief(findings_of("paloalto_panos", NEXT_VR + ALLOW), "ACL") == set()


ROUTES_BAD = [
    ("no-prefix", f"{ROUTER} A destination 10.0.0.0/40 nexthop discard\n"),
    ("no-next-hop", f"{ROUTER} A destination 10.0.0.0/8\n"),
    ("unknown-next-hop", f"{ROUTER} A destination 10.0.0.0/8 nexthop elsewhere\n"),
    ("no-number", f"{ROUTER} A destination 10.0.0.0/8 nexthop discard metric many\n"),
    ("unknown-word", f"{ROUTER} A destination 10.0.0.0/8 nexthop discard\n{ROUTER} A track 7\n"),
    ("unknown-part", "set network virtual-router default filter x\n"),
]


@pytest.mark.parametrize("text", [r[1] for r in ROUTES_BAD], ids=[r[0] for r in ROUTES_BAD])
def test_routes_that_are_not_understood_leave_the_table_incomplete(text: str) -> None:
    device = device_of("paloalto_panos", text)
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert {u.topic for u in device.not_understood} == {"route"}


ECMP = "set network virtual-router default ecmp enable yes\nset network virtual-router default ecmp algorithm"
ALGORITHMS = [
    ("113", "balanced-round-robin", Spread.FLOW, True),
    ("weighted", "weighted-round-robin interface ethernet1/1 weight 5", Spread.FLOW, True),
    ("hash", "ip-hash use-port yes", Spread.FLOW, False),
    ("modulo", "ip-modulo", Spread.FLOW, False),
    ("unknown", "per-packet", Spread.UNKNOWN, False),
]


@pytest.mark.parametrize(
    ("words", "spread", "trap"), [a[1:] for a in ALGORITHMS], ids=[a[0] for a in ALGORITHMS]
)
def test_every_algorithm_chooses_for_a_session(words: str, spread: Spread, trap: bool) -> None:
    (choice,) = device_of("paloalto_panos", f"{ECMP} {words}\n").path_choices
    assert (choice.spread, choice.trap) == (spread, trap)
    if "use-port" in words:
        assert HashField.DST_PORT in choice.fields


SECOND_WAN = (
    "set network interface ethernet ethernet1/3 layer3 ip 198.51.100.2/30\n"
    "set network virtual-router default interface ethernet1/3\nset zone untrust network layer3 ethernet1/3\n"
    f"{ROUTER} E destination 0.0.0.0/0 nexthop ip-address 198.51.100.1\n"
)


def test_113_round_robin_over_two_ways_out_is_no_fault() -> None:
    config = ZONES + BY_WAN + SECOND_WAN + ALLOW + f"{ECMP} balanced-round-robin\n"
    assert brief(findings_of("paloalto_panos", config), "LB") == set()


def protected(zone: str, *settings: str) -> str:
    said = "".join(f"set network profiles zone-protection-profile P {s}\n" for s in settings)
    return said + f"set zone {zone} network zone-protection-profile P\n"


TUNNEL = (
    "set network interface tunnel units tunnel.1 ip 192.0.2.1/30\n"
    "set network interface tunnel units tunnel.1 mtu 1400\n"
    "set network virtual-router default interface tunnel.1\nset zone vpn network layer3 tunnel.1\n"
    f"{ROUTER} T destination 0.0.0.0/0 interface tunnel.1\n"
    "set network ike gateway G local-address interface ethernet1/1\n"
    "set network tunnel ipsec V tunnel-interface tunnel.1 auto-key ike-gateway G\n"
)
CLAMP = (
    "set network interface tunnel units tunnel.1 adjust-tcp-mss enable yes ipv4-mss-adjustment 40\n"
)
PATHS = [
    ("plain", BY_WAN, set()),
    ("T99", BY_WAN + protected("untrust", "discard-icmp-error yes"), {("MTU002", "high", "fail")}),
    ("T99-no", BY_WAN + protected("untrust", "discard-icmp-error no"), set()),
    ("T99-inside", BY_WAN + protected("trust", "discard-icmp-error yes"), {("MTU003", "high", "fail")}),
    ("T99-not-applied", BY_WAN + "set network profiles zone-protection-profile P discard-icmp-error yes\n", set()),
    ("T100", TUNNEL + protected("trust", "suppress-icmp-needfrag yes"), {("MTU001", "high", "fail")}),
    ("T100-mitigated", TUNNEL + CLAMP + protected("trust", "suppress-icmp-needfrag yes"), {("MTU001", "info", "fail")}),
    ("T100-no", TUNNEL + protected("trust", "suppress-icmp-needfrag no"), set()),
    ("ping-and-fragments-of-it", BY_WAN + protected("untrust", "discard-icmp-frag yes", "discard-icmp-ping-zero-id yes",
                                                    "suppress-icmp-timeexceeded yes"), set()),
    ("missing-profile", BY_WAN + "set zone untrust network zone-protection-profile NO\n",
     {("MTU002", "high", "unknown")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [p[1:] for p in PATHS], ids=[p[0] for p in PATHS])
def test_path_mtu_discovery(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("paloalto_panos", ZONES + text + ALLOW), "MTU") == expected


def test_a_bridged_path_is_no_pass() -> None:
    wire = (
        "set network interface ethernet ethernet1/1 virtual-wire\nset network interface ethernet ethernet1/2 virtual-wire\n"
        "set network virtual-wire W interface1 ethernet1/1 interface2 ethernet1/2\n"
        "set zone a network virtual-wire ethernet1/1\nset zone b network virtual-wire ethernet1/2\n"
    )
    assert brief(findings_of("paloalto_panos", wire), "ACL") == {("ACL006", "medium", "unknown")}
    assert brief(findings_of("paloalto_panos", wire + ALLOW), "ACL") == set()


NOTED = [
    ("nat", "set rulebase nat rules N from trust to untrust source any destination any service any source-translation"
     " dynamic-ip-and-port interface-address interface ethernet1/1\n", {"nat"}),
    ("nat-disabled", "set rulebase nat rules N disabled yes\nset rulebase nat rules N source-translation static-ip"
     " translated-address 192.0.2.1\n", set()),
    ("no-nat", "set rulebase nat rules N from trust to untrust\n", set()),
    ("pbf", "set rulebase pbf rules P from zone trust\nset rulebase pbf rules P action forward egress-interface"
     " ethernet1/1\n", {"policy-route"}),
    ("pbf-no-action", "set rulebase pbf rules P action no-pbf\n", set()),
    ("dos", "set rulebase dos rules D action deny\n", {"inspection"}),
    ("dos-protects", "set rulebase dos rules D action protect\n", set()),
    ("ipv6-off", "set deviceconfig setting session ipv6-firewalling no\n", {"no-routing"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), [n[1:] for n in NOTED], ids=[n[0] for n in NOTED])
def test_what_is_recognised_and_not_modelled(text: str, values: set[str]) -> None:
    device = device_of("paloalto_panos", ZONES + text)
    assert device.not_understood == ()
    assert {fact.value for fact in device.recognised} == values


def test_translation_tells_which_side_clients_are_on() -> None:
    nat = NOTED[0][1]
    by_name = {i.name: i for i in device_of("paloalto_panos", ZONES + nat).interfaces}
    sides = {name: found.nat.value for name, found in by_name.items() if found.nat is not None}
    assert sides == {"ethernet1/1": "outside", "ethernet1/2": "inside"}


def test_policy_forwarding_is_bound_to_its_zone() -> None:
    by_name = {i.name: i for i in device_of("paloalto_panos", ZONES + NOTED[3][1]).interfaces}
    assert by_name["ethernet1/2"].policy_route is not None
    assert by_name["ethernet1/1"].policy_route is None


def test_limits_of_icmpv6() -> None:
    config = "set deviceconfig setting icmpv6-rate-limit bucket-size 5 packet-rate 7\n"
    assert [(x.family, x.per_second) for x in device_of("paloalto_panos", config).ptb_limits] == [
        (6, 7.0)
    ]
