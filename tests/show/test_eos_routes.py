"""`show ip route` and `show ipv6 route` of EOS, as text and as JSON."""

from __future__ import annotations

import json

import pytest

from parsers.show.eos_json_routes import json_routes
from parsers.show.eos_routes import ip_routes, ipv6_routes
from tests.show.words import missed, shown, text

TABLE = """
VRF: default
WARNING: Some of the routes are not programmed in
kernel, and they are marked with '%'.
Codes: C - connected, S - static, K - kernel,
       N2 - OSPF NSSA external type2, B - BGP, B I - iBGP, B E - eBGP,
       DP - Dynamic Policy Route, L - VRF Leaked

Gateway of last resort:
 O E1   0.0.0.0/0 [110/21] via 172.83.43.48, Vlan55
                           via 172.83.43.50, Vlan65

 A B      10.203.0.0/16 is directly connected, Null0
 C        162.220.49.128/31 is directly connected, Tunnel11, Static Interface GRE tunnel \
index 11, dst 184.170.244.12, src 216.201.90.212
 B E    10.0.0.0/8 [200/0] via 1.1.0.1, Port-Channel1, weight 1/3
                           via 1.1.1.1, Port-Channel2, weight 2/3
 B E%   10.9.0.0/16 [200/0] via 1.1.0.1, Port-Channel1
VRF: red
 B E      10.3.255.5/32 [200/0] via VTEP 192.168.254.4 VNI 50301 router-mac 0c:d0:34:73:bd:f5 \
local-interface Vxlan1
 B E L    192.168.20.0/24 [200/0] (source VRF green) via 10.4.3.2, Vlan200 (egress VRF green)
 C L      192.168.50.0/24 is directly connected (source VRF blue), Vlan50 (egress VRF blue)
"""


def test_text_forms() -> None:
    table = ip_routes(text(TABLE), vrf=None)
    assert shown(table) == [
        "9: default 0.0.0.0/0 ospf [110/21] 172.83.43.48@Vlan55 172.83.43.50@Vlan65",
        "12: default 10.203.0.0/16 bgp DROP",
        "13: default 162.220.49.128/31 connected @Tunnel11",
        "14: default 10.0.0.0/8 bgp [200/0] 1.1.0.1@Port-Channel1 1.1.1.1@Port-Channel2*2",
        "16: default 10.9.0.0/16 bgp [200/0] 1.1.0.1@Port-Channel1 if not programmed in the kernel",
        "18: red 10.3.255.5/32 bgp [200/0] 192.168.254.4@Vxlan1",
        "19: red 192.168.20.0/24 bgp [200/0] 10.4.3.2@Vlan200%green",
        "20: red 192.168.50.0/24 connected @Vlan50%blue",
    ]
    assert table.complete


def test_newer_releases_print_ways_below_the_prefix() -> None:
    table = ip_routes(
        text("""
VRF: default
Source Codes:
       C - connected, S - static, K - kernel,
       B I - iBGP, B E - eBGP, R - RIP, I L1 - IS-IS level 1,

Gateway of last resort:
 S        0.0.0.0/0 [1/0]
           via 10.1.2.1, Ethernet1
           via 10.1.2.3, Ethernet2
 C        10.1.2.0/31
           directly connected, Ethernet1
 B I      192.168.6.0/24 [20/0]
           via VTEP 10.255.255.12 VNI 201 router-mac 00:0c:29:78:c5:2d
           via VTEP 10.255.255.11 VNI 201 router-mac 00:0c:29:ba:2d:5e
 S        192.0.2.0/24 [1/0]
           directly connected, Null0
 B I      50.10.221.0/24 [200/0]
           via 10.0.0.221/32, IS-IS SR tunnel index 13, label 524305
              via 20.30.221.221, Ethernet15
 C        10.1.2.2/31
           directly connected, Ethernet2
""")
    )
    assert shown(table) == [
        "7: default 0.0.0.0/0 static [1/0] 10.1.2.1@Ethernet1 10.1.2.3@Ethernet2",
        "10: default 10.1.2.0/31 connected @Ethernet1",
        "12: default 192.168.6.0/24 bgp [20/0] 10.255.255.12@Vxlan1 10.255.255.11@Vxlan1",
        "15: default 192.0.2.0/24 static [1/0] DROP",
        "20: default 10.1.2.2/31 connected @Ethernet2",
    ]
    assert missed(table) == [17, 18, 19]


def test_older_releases_name_the_vrf_otherwise() -> None:
    table = ip_routes(text("VRF name: mgmt\n\n C      10.150.0.0/16 is directly connected, Ma1\n"))
    assert shown(table) == ["3: mgmt 10.150.0.0/16 connected @Ma1"]


def test_nexthop_groups_are_not_understood() -> None:
    table = ip_routes(text(" NG     10.1.0.0/16 [1/0] via Nexthop-Group ng1\n"))
    assert missed(table) == [1]


def test_ipv6_text() -> None:
    table = ipv6_routes(
        text("""
VRF: default
Displaying 2 of 3 IPv6 routing table entries
 C        2001:db8:1::/64 [0/1]
           via Vlan5, directly connected
 B E      2001:db8:2::/48 [200/0]
           via fe80::21c:73ff:fe00:1319, Ethernet1
           via fe80::21c:73ff:fe00:1320, Ethernet2
""")
    )
    one, two = "fe80::21c:73ff:fe00:1319@Ethernet1", "fe80::21c:73ff:fe00:1320@Ethernet2"
    assert shown(table) == [
        "3: default 2001:db8:1::/64 connected [0/1] @Vlan5",
        f"5: default 2001:db8:2::/48 bgp [200/0] {one} {two}",
    ]


DOCUMENT = {
    "vrfs": {
        "default": {
            "routes": {
                "0.0.0.0/0": {
                    "kernelProgrammed": True,
                    "hardwareProgrammed": True,
                    "routeAction": "forward",
                    "routeType": "ospfExternalType1",
                    "preference": 110,
                    "metric": 21,
                    "vias": [
                        {"interface": "Vlan55", "nexthopAddr": "172.83.43.48"},
                        {"interface": "Vlan65", "nexthopAddr": "172.83.43.50"},
                    ],
                },
                "10.203.0.0/16": {
                    "routeAction": "drop",
                    "routeType": "bgpAggregate",
                    "vias": [],
                },
            }
        },
        "red": {
            "routes": {
                "10.3.255.5/32": {
                    "hardwareProgrammed": False,
                    "routeAction": "forward",
                    "routeType": "eBGP",
                    "vias": [{"vtepAddr": "192.168.254.4", "nexthopAddr": "", "vni": 5}],
                }
            }
        },
    }
}

PARSED = [
    "default 0.0.0.0/0 ospf [110/21] 172.83.43.48@Vlan55 172.83.43.50@Vlan65",
    "default 10.203.0.0/16 bgp DROP",
    "red 10.3.255.5/32 bgp 192.168.254.4@Vxlan1 if not programmed in the hardware",
]


def test_json_on_one_line_and_on_many() -> None:
    flat = json_routes(text(json.dumps(DOCUMENT)))
    assert shown(flat) == [f"1: {route}" for route in PARSED]
    assert flat.complete
    lines = json.dumps(DOCUMENT, indent=4).splitlines()
    spread = json_routes(text("\n".join(lines)))
    assert [lines[route.line - 1].split('"')[1] for route in spread.routes] == [
        "0.0.0.0/0",
        "10.203.0.0/16",
        "10.3.255.5/32",
    ]


def test_json_that_is_cut_or_strange_is_told() -> None:
    body = json.dumps(DOCUMENT)
    assert missed(json_routes(text(body[:-20]))) == [1]
    assert missed(json_routes(text('{"errors": ["unavailable"]}'))) == [1]
    strange = body.replace('"routeAction": "drop"', '"routeAction": "teleport"')
    table = json_routes(text(strange))
    assert (len(table.routes), missed(table)) == (2, [1])
    keys = body.replace('"vni": 5', '"nexthopGroup": "ng1"')
    assert missed(json_routes(text(keys))) == [1]


@pytest.mark.parametrize(
    "route",
    [
        "7",
        '{"routeAction": ["drop"], "routeType": "static", "vias": []}',
        '{"routeAction": "forward", "routeType": "static", "vias": {}}',
        '{"routeAction": "forward", "routeType": "static", "vias": []}',
        '{"routeAction": "forward", "routeType": "static", "vias": [{"interface": ["Et1"]}]}',
        '{"routeAction": "forward", "routeType": "static", "vias": [{"nexthopAddr": "1.2.3.4.5"}]}',
        '{"routeAction": "forward", "routeType": "static", "vias": [{"vtepAddr": 7}]}',
        '{"routeAction": "forward", "routeType": "x", "vias": [{"interface": "Et1", "vrfName": []}]}',
        '{"routeAction": "forward", "routeType": 7, "preference": true, "vias": [{"interface": "Et1"}]}',
    ],
)
def test_json_values_of_another_type_are_told(route: str) -> None:
    body = '{"vrfs": {"default": {"routes": {"10.0.0.0/8": ' + route + "}}}}"
    assert missed(json_routes(text(body))) == [1]


def test_json_that_nests_without_end_is_told() -> None:
    assert missed(json_routes(text("[" * 100_000))) == [1]
