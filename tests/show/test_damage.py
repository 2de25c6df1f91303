"""One damaged character anywhere in a table changes nothing, or the table says that it is not whole."""

from __future__ import annotations

import json

import pytest

from parsers.model.routes import Route, RouteTable
from parsers.platform import Text
from parsers.show.readers import read

IOS = """\
Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
       ia - IS-IS inter area, * - candidate default, U - per-user static route

Gateway of last resort is 10.9.9.1 to network 0.0.0.0

O*E2  0.0.0.0/0 [110/1] via 10.9.9.1, 00:31:00, GigabitEthernet0/1
                [110/1] via 10.9.9.5, 00:31:00, GigabitEthernet0/2
      10.0.0.0/8 is variably subnetted, 3 subnets, 3 masks
D EX     10.1.0.0/16
           [170/15360] via 10.9.9.1, 00:39:44, GigabitEthernet0/1
C        10.9.9.0/30 is directly connected, GigabitEthernet0/1
S        10.8.0.0/16 is directly connected, Null0
      172.16.0.0/24 is subnetted, 1 subnets
B        172.16.1.0 [20/0] via 10.9.9.1 (red), 2w3d"""
IOS_IPV6 = """\
IPv6 Routing Table - default - 2 entries
C   2001:DB8:1::/64 [0/0]
     via GigabitEthernet0/1, directly connected
S   ::/0 [1/0]
     via FE80::1, GigabitEthernet0/1
     via FE80::2, GigabitEthernet0/2"""
XR = """\
VRF: blue

i L2 11.0.0.0/8 [115/30] via 11.1.1.2, 00:56:02, GigabitEthernet0/0/0/2
                [115/90] via 11.1.1.6, 00:56:02, GigabitEthernet0/0/0/3 (!)
B    12.1.1.0/24 [200/0] via 10.254.1.4 (nexthop in vrf default), 00:17:35"""
NXOS = """\
IP Route Table for VRF "default"
'*' denotes best ucast next-hop

0.0.0.0/0, ubest/mbest: 2/0
    *via 10.10.30.2, Eth2/2, [110/3], 5d18h, ospf-10, intra
    *via 10.10.40.2%red, Eth2/4, [110/3], 5d18h, ospf-10, intra
1.1.1.1/32, ubest/mbest: 1/0, attached
    *via 1.1.1.1, Lo1, [0/0], 6d00h, local
10.71.0.0/21, ubest/mbest: 1/0
    *via Null0, [220/10], 2y49w, ospf-1, discard"""
EOS = """\
VRF: default
Codes: C - connected, S - static, K - kernel,
       O - OSPF, IA - OSPF inter area, E1 - OSPF external type 1,

Gateway of last resort is not set

 O E1   0.0.0.0/0 [110/21] via 172.83.43.48, Vlan55
                           via 172.83.43.50, Vlan65
 S        192.0.2.0/24 is directly connected, Null0
 B E L    192.168.20.0/24 [200/0] (source VRF green) via 10.4.3.2, Vlan200 (egress VRF green)"""
CEF = """\
Prefix               Next Hop             Interface
0.0.0.0/0            10.255.1.1           Vlan1
                     10.255.2.1           Vlan2
0.0.0.0/8            drop
10.255.1.0/24        attached             Vlan1
10.255.1.1/32        receive              Vlan1"""
CEF_DETAIL = """\
0.0.0.0/0, epoch 11
  nexthop 10.158.0.198 Vlan1801
  nexthop 10.158.0.202 Vlan1802
10.1.0.0/16, epoch 0
  recursive via 10.1.35.3
    attached to GigabitEthernet0/0
240.0.0.0/4, epoch 11
  drop"""
EOS_JSON = json.dumps(
    {
        "vrfs": {
            "default": {
                "routes": {
                    "0.0.0.0/0": {
                        "routeAction": "forward",
                        "routeType": "eBGP",
                        "vias": [{"interface": "Vlan55", "nexthopAddr": "172.83.43.48"}],
                    }
                }
            }
        }
    }
)

TABLES = [
    ("cisco_ios", "show ip route", IOS),
    ("cisco_ios", "show ipv6 route", IOS_IPV6),
    ("cisco_xr", "show route vrf all", XR),
    ("cisco_nxos", "show ip route vrf all", NXOS),
    ("arista_eos", "show ip route vrf all", EOS),
    ("arista_eos", "show ip route vrf all | json", EOS_JSON),
    ("cisco_ios", "show ip cef", CEF),
    ("cisco_ios", "show ip cef detail", CEF_DETAIL),
]


def _table(platform: str, command: str, body: str) -> RouteTable:
    found = read(platform, Text("damaged", command, body.split("\n")))
    assert isinstance(found, RouteTable)
    return found


def _without_damaged_names(route: Route) -> Route:
    """A damaged name of a VRF is another name: no reader can know it; nor can one know all the types
    of routes that EOS names in JSON."""
    hops = tuple(hop._replace(vrf=None) for hop in route.next_hops)
    protocol = "bgp" if "#" in route.protocol else route.protocol
    return route._replace(vrf="", next_hops=hops, protocol=protocol)


@pytest.mark.parametrize(("platform", "command", "body"), TABLES)
def test_a_damaged_character_is_noticed(platform: str, command: str, body: str) -> None:
    whole = _table(platform, command, body)
    assert whole.complete
    expected = [_without_damaged_names(route) for route in whole.routes]
    silent = []
    for position, character in enumerate(body):
        if character in "\n#":
            continue
        damaged = body[:position] + "#" + body[position + 1 :]
        table = _table(platform, command, damaged)
        found = [_without_damaged_names(route) for route in table.routes]
        if table.complete and found != expected:
            silent.append((damaged[max(0, position - 20) : position + 20], found))
    assert silent == []


@pytest.mark.parametrize(
    ("platform", "command", "body", "counted"),
    [
        ("cisco_ios", "show ip route", IOS, (11, 12, 14)),
        ("cisco_ios", "show ipv6 route", IOS_IPV6, (2, 3)),
        ("cisco_nxos", "show ip route vrf all", NXOS, (5, 6, 8, 10)),
    ],
)
def test_a_line_that_vanishes_from_a_counted_part_is_noticed(
    platform: str, command: str, body: str, counted: tuple[int, ...]
) -> None:
    """IOS states how many prefixes a network has, NX-OS how many ways; other tables state nothing."""
    lines = body.split("\n")
    for number in counted:
        rest = lines[: number - 1] + lines[number:]
        assert not _table(platform, command, "\n".join(rest)).complete, lines[number - 1]
