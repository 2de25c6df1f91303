"""FRR: configuration and tables."""

from __future__ import annotations

from parsers.model.routes import NextHop
from tests.linux.linux_case import device

CONFIG = """Building configuration...

Current configuration:
!
frr version 8.5.1
frr defaults traditional
hostname edge
service integrated-vtysh-config
!
ip route 0.0.0.0/0 192.0.2.1 200
ip route 104.192.136.0/21 Null0 tag 666
ip route 185.166.140.0/22 reject
ip route 10.1.0.0/16 10.0.0.2 eth1 nexthop-vrf blue
ip route 10.2.0.0/16 eth2 table 5
ipv6 route 2001:db8::/32 blackhole
ip route 10.3.0.0/16 10.0.0.9 frobnicate now
!
vrf blue
 ip route 10.4.0.0/16 10.0.0.3
exit-vrf
!
interface eth1 vrf blue
 description to blue
 ip address 10.0.0.1/24
 ip ospf area 0
 frobnicate
!
interface eth2
 shutdown
!
router bgp 65001 vrf blue
 neighbor 10.0.0.2 remote-as 65002
 !
 address-family ipv4 unicast
  maximum-paths 4
 exit-address-family
!
pbr-map DETOUR seq 10
 match src-ip 10.20.0.0/16
 set nexthop 10.0.0.7
!
line vty
!
end"""


def test_configuration() -> None:
    found = device(vtysh_show_running__config=CONFIG)
    table = found.static_routes
    assert table is not None
    assert [(r.line, r.vrf, r.discard, r.distance, r.next_hops) for r in table.routes] == [
        (10, "default", None, 200, (NextHop(None, "192.0.2.1"),)),
        (11, "default", "drop", 1, ()),
        (12, "default", "reject", 1, ()),
        (13, "default", None, 1, (NextHop("eth1", "10.0.0.2", "blue"),)),
        (14, "table 5", None, 1, (NextHop("eth2", None),)),
        (15, "default", "drop", 1, ()),
        (19, "blue", None, 1, (NextHop(None, "10.0.0.3"),)),
    ]
    assert not table.complete
    assert [where.line for where in table.not_understood] == [16]
    interfaces = {i.name: i for i in found.interfaces}
    assert interfaces["eth1"].vrf == "blue"
    assert [where.line for where in interfaces["eth1"].not_understood] == [26]
    assert not interfaces["eth2"].enabled
    assert [source.value for source in found.routing_sources] == ["bgp"]
    assert [note.value for note in found.recognised] == ["policy-route"]
    assert sorted(line.where.line for line in found.not_understood) == [16, 26]
    assert found.os_version == "FRR 8.5.1"
    assert found.has_configuration


JSON = """{
  "0.0.0.0\\/0":[
    {"prefix":"0.0.0.0\\/0","protocol":"bgp","selected":true,"distance":20,"metric":0,
     "nexthops":[
      {"fib":true,"ip":"192.0.2.1","interfaceName":"wan0","active":true,"weight":1},
      {"fib":true,"ip":"198.51.100.1","interfaceName":"wan1","active":true,"weight":1}]},
    {"prefix":"0.0.0.0\\/0","protocol":"static","distance":200,"metric":0,
     "nexthops":[{"ip":"203.0.113.1","active":true}]}],
  "104.192.136.0\\/21":[
    {"prefix":"104.192.136.0\\/21","protocol":"static","selected":true,"distance":1,
     "nexthops":[{"fib":true,"unreachable":true,"blackhole":true,"active":true}]}],
  "10.9.0.0\\/16":[
    {"prefix":"10.9.0.0\\/16","protocol":"bgp","selected":true,"distance":200,
     "nexthops":[{"ip":"10.255.0.1","active":true,"recursive":true},
      {"fib":true,"ip":"10.0.0.2","interfaceName":"eth1","active":true}]}]
}"""


def test_json_table() -> None:
    name = "vtysh_-c_'show_ip_route_vrf_all_json'"
    (table,) = device(**{name: JSON}).tables
    assert (table.source, table.family, table.vrf, table.complete) == ("rib", 4, None, True)
    assert [(r.line, r.protocol, r.backup, r.discard, r.next_hops) for r in table.routes] == [
        (2, "bgp", False, None, (NextHop("wan0", "192.0.2.1"), NextHop("wan1", "198.51.100.1"))),
        (2, "static", True, None, (NextHop(None, "203.0.113.1"),)),
        (9, "static", False, "drop", ()),
        (12, "bgp", False, None, (NextHop("eth1", "10.0.0.2"),)),
    ]


TEXT = """Codes: K - kernel route, C - connected, S - static, R - RIP,
       O - OSPF, I - IS-IS, B - BGP, E - EIGRP, N - NHRP,
       > - selected route, * - FIB route, q - queued, r - rejected, b - backup

VRF default:
B>* 0.0.0.0/0 [20/0] via 192.0.2.1, wan0, weight 1, 00:10:00
  *                  via 198.51.100.1, wan1, weight 1, 00:10:00
S   0.0.0.0/0 [200/0] via 203.0.113.1, wan2, weight 1, 00:20:00
S>* 104.192.136.0/21 [1/0] unreachable (blackhole), weight 1, 00:20:00
B>  10.9.0.0/16 [200/0] via 10.255.0.1 (recursive), weight 1, 00:01:00
  *                       via 10.0.0.2, eth1, weight 1, 00:01:00
C>* 10.20.0.0/16 is directly connected, lan0, 00:30:00
something else"""


def test_text_table() -> None:
    (table,) = device(config=TEXT).tables
    assert [(r.line, r.protocol, r.backup, r.discard, r.next_hops) for r in table.routes] == [
        (6, "bgp", False, None, (NextHop("wan0", "192.0.2.1"), NextHop("wan1", "198.51.100.1"))),
        (8, "static", True, None, (NextHop("wan2", "203.0.113.1"),)),
        (9, "static", False, "drop", ()),
        (10, "bgp", False, None, (NextHop("eth1", "10.0.0.2"),)),
        (12, "connected", False, None, (NextHop("lan0", None),)),
    ]
    assert [where.line for where in table.not_understood] == [13]
