"""What is read beside rules: interfaces, routes, zones, translation, sizes, spreading."""

from __future__ import annotations

import pytest

from parsers.model.balancing import Spread, Stage
from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from tests.audit_text import brief, device_of, findings_of
from tests.vyatta_style.flows import set_form


def vyos(*statements: str) -> Device:
    return device_of("vyos", set_form(*statements))


def edge(*statements: str) -> Device:
    return device_of("ubiquiti_edgerouter", set_form(*statements))


def test_interfaces_of_vyos() -> None:
    device = vyos(
        "interfaces bonding bond0 member interface 'eth2'",
        "interfaces bonding bond0 mode '802.3ad'",
        "interfaces bridge br0 address '10.3.0.1/24'",
        "interfaces bridge br0 member interface eth3",
        "interfaces ethernet eth0 address 'dhcp'",
        "interfaces ethernet eth0 mtu '1500'",
        "interfaces ethernet eth1 address '10.20.1.1/24'",
        "interfaces ethernet eth1 address '2001:db8:20::1/64'",
        "interfaces ethernet eth1 description 'office LAN'",
        "interfaces ethernet eth1 vif 10 address '10.10.0.1/24'",
        "interfaces ethernet eth1 vif 10 vrf 'RED'",
        "interfaces ethernet eth1 vif-s 100 vif-c 20 address '10.100.20.1/24'",
        "interfaces ethernet eth2 disable",
        "interfaces ethernet eth3",
        "interfaces loopback lo address '192.0.2.1/32'",
        "interfaces pppoe pppoe0 ip adjust-mss '1452'",
        "interfaces pppoe pppoe0 ipv6 adjust-mss 'clamp-mss-to-pmtu'",
        "interfaces pppoe pppoe0 source-interface 'eth3'",
        "interfaces tunnel tun0 address '10.9.0.1/30'",
        "interfaces tunnel tun0 encapsulation 'gre'",
        "interfaces tunnel tun0 parameters ip ignore-df",
        "interfaces tunnel tun0 remote '198.51.100.1'",
        "interfaces tunnel tun0 source-address '203.0.113.2'",
        "interfaces wireguard wg0 address '10.8.0.1/24'",
        "interfaces wireguard wg0 peer a allowed-ips '0.0.0.0/0'",
        "vrf name RED table '100'",
    )
    found = {interface.name: interface for interface in device.interfaces}
    assert device.not_understood == ()
    assert found["eth1"].description == "office LAN"
    assert [(a.family, a.length) for a in found["eth1"].addresses] == [(4, 24), (6, 64)]
    assert found["eth1.10"].vrf == "RED"
    assert found["eth1.10"].parent == "eth1"
    assert found["eth1.100.20"].kind is InterfaceKind.SUBINTERFACE
    assert not found["eth2"].enabled
    assert found["eth2"].bundle == "bond0"
    assert found["eth0"].dynamic_address is not None
    assert found["pppoe0"].kind is InterfaceKind.DIALER
    assert found["pppoe0"].mtu is not None
    assert found["pppoe0"].mtu.value == 1492
    assert [(c.family, c.value, c.direction) for c in found["pppoe0"].clamps] == [
        (4, 1452, "out"),
        (6, None, "out"),
    ]
    assert found["tun0"].tunnel is not None
    assert (found["tun0"].tunnel.mode, found["tun0"].tunnel.overhead) == ("gre", 24)
    assert found["tun0"].tunnel.destination == "198.51.100.1"
    assert [fact.value for fact in device.df_cleared] == ["tun0 ignore-df"]
    assert found["wg0"].mtu is not None
    assert found["wg0"].mtu.value == 1420
    assert found["lo"].kind is InterfaceKind.LOOPBACK


def test_interfaces_of_edgeos() -> None:
    device = edge(
        "interfaces ethernet eth0 pppoe 0 default-route auto",
        "interfaces ethernet eth0 pppoe 0 firewall in name WAN_IN",
        "interfaces ethernet eth0 pppoe 0 mtu 1492",
        "interfaces ethernet eth1 bond-group bond0",
        "interfaces ethernet eth2 vif 20 address 10.20.0.1/24",
        "interfaces switch switch0 switch-port interface eth3",
        "interfaces switch switch0 vif 10 address 10.10.0.1/24",
        "service nat rule 5000 outbound-interface pppoe0",
        "service nat rule 5000 type masquerade",
    )
    found = {interface.name: interface for interface in device.interfaces}
    assert found["pppoe0"].parent == "eth0"
    assert found["pppoe0"].nat is not None
    assert found["pppoe0"].nat.value == "outside"
    assert found["eth1"].bundle == "bond0"
    assert found["switch0.10"].addresses
    assert found["eth2.20"].parent == "eth2"
    assert [b.interface for b in device.bindings] == ["pppoe0"]
    assert device.filters["WAN_IN", 4].uncertain == "rule set WAN_IN is not in the text"


def test_bindings() -> None:
    """`local` sees packets to the device only; both families have rule sets of their own."""
    device = vyos(
        "firewall name A default-action 'drop'",
        "firewall ipv6-name A6 default-action 'drop'",
        "interfaces ethernet eth0 firewall in name 'A'",
        "interfaces ethernet eth0 firewall in ipv6-name 'A6'",
        "interfaces ethernet eth0 firewall local name 'A'",
        "interfaces ethernet eth0 vif 5 firewall out name 'A'",
        "firewall interface eth1 in name 'A'",
    )
    assert {(b.key, b.family, b.interface, b.direction) for b in device.bindings} == {
        ("A", 4, "eth0", "in"),
        ("A6", 6, "eth0", "in"),
        ("A", 4, "eth0.5", "out"),
        ("A", 4, "eth1", "in"),
    }


def test_routes() -> None:
    device = vyos(
        "protocols static route 0.0.0.0/0 next-hop 192.0.2.1",
        "protocols static route 0.0.0.0/0 next-hop 192.0.2.2 distance '10'",
        "protocols static route 10.0.0.0/8 blackhole distance '254'",
        "protocols static route 10.1.0.0/16 reject",
        "protocols static route 10.2.0.0/16 interface eth1",
        "protocols static route 10.3.0.0/16 next-hop 192.0.2.1 bfd",
        "protocols static route 10.4.0.0/16 next-hop 192.0.2.1 disable",
        "protocols static route 10.5.0.0/16 dhcp-interface 'eth0'",
        "protocols static route 10.6.0.0/16 next-hop 192.0.2.1 distance '255'",
        "protocols static route6 2000::/3 interface pppoe0",
        "protocols static interface-route 10.7.0.0/16 next-hop-interface vtun0",
        "protocols static table 10 route 0.0.0.0/0 next-hop 192.0.2.9",
        "vrf name RED protocols static route 0.0.0.0/0 next-hop 192.0.2.5",
    )
    assert device.static_routes is not None
    assert device.static_routes.complete
    rows = {
        (r.vrf, r.family, r.value >> 16 & 0xFFFF if r.family == 4 else 0, r.distance): r
        for r in device.static_routes.routes
    }
    assert not rows["default", 4, 0, 1].backup
    assert rows["default", 4, 0, 10].backup
    assert rows["default", 4, 0x0A00, 254].discard == "drop"
    assert rows["default", 4, 0x0A01, 1].discard == "reject"
    assert rows["default", 4, 0x0A02, 1].next_hops[0].interface == "eth1"
    assert rows["default", 4, 0x0A03, 1].conditional is not None
    assert ("default", 4, 0x0A04, 1) not in rows
    assert rows["default", 4, 0x0A05, 1].conditional is not None
    assert ("default", 4, 0x0A06, 255) not in rows
    assert rows["default", 4, 0x0A07, 1].next_hops[0].interface == "vtun0"
    assert rows["default", 6, 0, 1].next_hops[0].interface == "pppoe0"
    assert rows["table 10", 4, 0, 1].next_hops[0].address == "192.0.2.9"
    assert rows["RED", 4, 0, 1].next_hops[0].address == "192.0.2.5"


@pytest.mark.parametrize(
    "statement",
    [
        "protocols static route 10.0.0.0/99 next-hop 192.0.2.1",
        "protocols static route 10.0.0.0/8 next-hop 192.0.2.999",
        "protocols static route 10.0.0.0/8 next-hop 192.0.2.1 distance 'far'",
        "protocols static route 10.0.0.0/8 frob 'x'",
        "protocols frob area 0",
    ],
)
def test_routes_that_are_none_leave_the_table_incomplete(statement: str) -> None:
    device = vyos(statement)
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert device.not_understood


def test_routing_sources() -> None:
    device = vyos("protocols bgp system-as '65000'", "protocols ospf area 0 network '10.0.0.0/8'")
    assert [source.value for source in device.routing_sources] == ["bgp", "ospf"]


def test_default_routes_that_are_given() -> None:
    """DHCP gives a default route with distance 210: a static one wins, and none is there where it is refused."""
    device = vyos("interfaces ethernet eth0 address 'dhcp'")
    assert device.static_routes is not None
    route = device.static_routes.routes[0]
    assert (route.length, route.distance, route.next_hops[0].interface) == (0, 210, "eth0")
    refused = vyos(
        "interfaces ethernet eth0 address 'dhcp'",
        "interfaces ethernet eth0 dhcp-options no-default-route",
    )
    assert refused.static_routes is not None
    assert refused.static_routes.routes == ()


LAN = (
    "interfaces ethernet eth0 address '203.0.113.2/30'",
    "interfaces ethernet eth1 address '10.20.1.1/24'",
    "protocols static route 0.0.0.0/0 next-hop 203.0.113.1",
)
TWO = (*LAN, "interfaces ethernet eth2 address '198.51.100.2/30'", "protocols static route 0.0.0.0/0 next-hop 198.51.100.1")  # fmt: skip
WAN = (
    "interfaces ethernet eth0 address 'dhcp'",
    "interfaces ethernet eth1 address 'dhcp'",
    "interfaces ethernet eth2 address '10.20.1.1/24'",
    "load-balancing wan interface-health eth0 nexthop 'dhcp'",
    "load-balancing wan interface-health eth1 nexthop 'dhcp'",
    "load-balancing wan rule 10 inbound-interface 'eth2'",
    "load-balancing wan rule 10 interface eth0",
    "load-balancing wan rule 10 interface eth1",
)
KNOB = "load-balancing wan rule 10 per-packet-balancing"
EXCLUDED = (
    "load-balancing wan rule 5 exclude",
    "load-balancing wan rule 5 inbound-interface 'eth2'",
)
ACTIVE = ("LB001", "critical", "fail")
LATENT = ("LB001", "low", "fail")


def test_78_per_packet_balancing_is_active() -> None:
    assert brief(findings_of("vyos", set_form(*WAN, KNOB)), "LB") == {ACTIVE}


def test_79_balancing_by_session() -> None:
    assert brief(findings_of("vyos", set_form(*WAN)), "LB") == set()


def test_80_the_rules_of_the_balancer_win() -> None:
    table = (
        'iifname "eth2" ct state new counter numgen random mod 2 vmap { 0 : jump A, 1 : jump B }'
    )
    found = findings_of(
        "vyos",
        set_form(*WAN, KNOB) + "// Release version: 1.5.0\n",
        nft_list_table_ip_vyos_wanloadbalance=table,
    )
    assert ("LB001", "critical", "fail") not in brief(found, "LB")
    assert LATENT in brief(found, "LB")


def test_80_without_the_rules_it_is_unknown() -> None:
    found = findings_of("vyos", set_form(*WAN, KNOB) + "// Release version: 1.5.0\n")
    assert brief(found, "LB") == {("LB001", "critical", "unknown")}


def test_82_an_exclude_rule_before_it() -> None:
    assert ACTIVE not in brief(findings_of("vyos", set_form(*WAN, *EXCLUDED, KNOB)), "LB")


def test_84_layer_4_hashing() -> None:
    found = findings_of("vyos", set_form(*TWO, "system ip multipath layer4-hashing"))
    assert brief(found, "LB") == set()


def test_121_two_defaults_on_a_3_10_kernel() -> None:
    config = set_form(*TWO) + "/* Release version: v1.10.11.5274249.200221.1034 */\n"
    assert ACTIVE in brief(findings_of("ubiquiti_edgerouter", config), "LB")
    newer = set_form(*TWO) + "/* Release version: v2.0.9.5568012.220505.1420 */\n"
    assert brief(findings_of("ubiquiti_edgerouter", newer), "LB") == set()


@pytest.mark.parametrize("platform", ["vyos", "ubiquiti_edgerouter"])
def test_83_round_robin(platform: str) -> None:
    """Where the members end is not in the text: nothing shows that they meet again."""
    device = device_of(
        platform,
        set_form(
            "interfaces bonding bond0 mode 'round-robin'",
            "interfaces ethernet eth1 bond-group 'bond0'",
            "interfaces ethernet eth2 bond-group 'bond0'",
        ),
    )
    choice = next(c for c in device.path_choices if c.stage is Stage.BUNDLE)
    assert (choice.spread, choice.interface, choice.remerge) == (
        Spread.PER_PACKET,
        "bond0",
        None,
    )


def test_lb_groups_keep_sessions() -> None:
    device = edge(
        "load-balance group G interface eth0",
        "load-balance group G interface eth1",
        "load-balance group F interface eth0",
        "load-balance group F interface eth1 failover-only",
    )
    policy = [c for c in device.path_choices if c.stage is Stage.POLICY]
    assert [(c.spread, c.statement) for c in policy] == [(Spread.FLOW, "load-balance group G")]


def test_pmtud_84_wireguard() -> None:
    found = findings_of(
        "vyos",
        set_form(
            "interfaces wireguard wg0 address '10.8.0.1/24'",
            "interfaces wireguard wg0 mtu '1420'",
            "interfaces wireguard wg0 ip adjust-mss 'clamp-mss-to-pmtu'",
            "interfaces ethernet eth1 address '10.20.1.1/24'",
            "protocols static route 0.0.0.0/0 interface wg0",
            "firewall ipv4 forward filter default-action 'drop'",
            "firewall ipv4 forward filter rule 1 action 'accept'",
            "firewall ipv4 forward filter rule 1 state 'established'",
            "firewall ipv4 forward filter rule 1 state 'related'",
            "firewall ipv4 forward filter rule 2 action 'accept'",
            "firewall ipv4 forward filter rule 2 inbound-interface name 'eth1'",
        ),
    )
    assert brief(found, "MTU") == set()


def test_pmtud_85_related_is_missing() -> None:
    found = findings_of(
        "vyos",
        set_form(
            *LAN,
            "firewall ipv4 forward filter default-action 'drop'",
            "firewall ipv4 forward filter rule 10 action 'accept'",
            "firewall ipv4 forward filter rule 10 state 'established'",
            "firewall ipv4 forward filter rule 20 action 'accept'",
            "firewall ipv4 forward filter rule 20 inbound-interface name 'eth1'",
        ),
    )
    assert brief(found, "MTU") == {("MTU002", "high", "fail")}


def test_pmtud_87_clamp_for_ipv4_only() -> None:
    found = findings_of(
        "ubiquiti_edgerouter",
        set_form(
            *LAN,
            "interfaces ethernet eth0 address 2001:db8:1::2/64",
            "interfaces ethernet eth1 address 2001:db8:20::1/64",
            "protocols static route6 ::/0 next-hop 2001:db8:1::1",
            "firewall name WAN_IN default-action drop",
            "firewall name WAN_IN rule 10 action accept",
            "firewall name WAN_IN rule 10 state established enable",
            "firewall ipv6-name WAN6_IN default-action drop",
            "firewall ipv6-name WAN6_IN rule 10 action accept",
            "firewall ipv6-name WAN6_IN rule 10 state established enable",
            "firewall options mss-clamp interface-type all",
            "firewall options mss-clamp mss 1412",
            "interfaces ethernet eth0 firewall in name WAN_IN",
            "interfaces ethernet eth0 firewall in ipv6-name WAN6_IN",
        ),
    )
    assert brief(found, "MTU") == {("MTU002", "info", "fail"), ("MTU002", "high", "fail")}


def test_clamps_by_type() -> None:
    device = edge(
        "interfaces ethernet eth0 pppoe 0 mtu 1492",
        "interfaces ethernet eth1 address 10.0.0.1/24",
        "firewall options mss-clamp interface-type pppoe",
        "firewall options mss-clamp mss 1412",
    )
    clamped = {i.name: [c.value for c in i.clamps] for i in device.interfaces if i.clamps}
    assert clamped == {"pppoe0": [1412]}
    old = vyos(
        "interfaces openvpn vtun0 mode 'client'",
        "firewall options interface vtun0 adjust-mss '1380'",
    )
    assert [c.value for c in old.interfaces[0].clamps] == [1380]


def test_what_is_recognised() -> None:
    device = edge(
        "interfaces ethernet eth1 firewall in modify balance",
        "firewall modify balance rule 10 action modify",
        "firewall modify balance rule 10 modify table 1",
        "port-forward wan-interface eth0",
        "vpn ipsec site-to-site peer 192.0.2.1 tunnel 1 local prefix 10.0.0.0/8",
        "service webproxy listen-address 10.0.0.1",
    )
    assert {fact.value for fact in device.recognised} == {"nat", "crypto-map", "proxy"}
    assert device.interfaces[0].policy_route is not None
    routed = vyos(
        "interfaces ethernet eth1 policy route 'PBR'",
        "policy route PBR rule 10 set table '10'",
        "system ip disable-forwarding",
        "interfaces ethernet eth1 ip source-validation 'strict'",
    )
    assert {fact.value for fact in routed.recognised} == {"no-routing"}
    assert routed.interfaces[0].policy_route is not None
    assert routed.interfaces[0].urpf is not None
