"""Tables of ASA, PAN-OS, BIG-IP and Gaia."""

from __future__ import annotations

from parsers.tables import asa, gaia, panos, tmos
from tests.show.words import missed, shown, text


def test_asa_prints_masks_and_names_of_interfaces() -> None:
    table = asa.ip_routes(
        text("""
Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
       o - ODR, P - periodic downloaded static route, + - replicated route
Gateway of last resort is 192.0.2.1 to network 0.0.0.0

S*       0.0.0.0 0.0.0.0 [1/0] via 192.0.2.1, outside
                         [1/0] via 192.0.2.5, outside
O E1     10.1.0.0 255.255.0.0 [110/21] via 10.0.0.2, 3w1d, inside
O        10.2.0.0 255.255.254.0
           [110/11] via 10.0.0.2, 2w2d, inside
           [110/11] via 10.0.0.3, 7w0d, inside
S        128.0.0.0 128.0.0.0 [1/0] via 192.0.2.9, outside
V        10.3.0.0 255.255.255.0
           connected by VPN (advertised), outside
C        10.0.0.0 255.255.255.0 is directly connected, inside\x20\x20
L        10.0.0.1 255.255.255.255 is directly connected, inside
S        10.4.0.0 255.255.0.0 [1/0] is directly connected, Null0
""")
    )
    assert shown(table) == [
        "5: default 0.0.0.0/0 static [1/0] 192.0.2.1@outside 192.0.2.5@outside",
        "7: default 10.1.0.0/16 ospf [110/21] 10.0.0.2@inside",
        "8: default 10.2.0.0/23 ospf [110/11] 10.0.0.2@inside 10.0.0.3@inside",
        "11: default 128.0.0.0/1 static [1/0] 192.0.2.9@outside",
        "12: default 10.3.0.0/24 vpn @outside",
        "14: default 10.0.0.0/24 connected @inside",
        "15: default 10.0.0.1/32 local @inside",
        "16: default 10.4.0.0/16 static [1/0] DROP",
    ]
    assert table.complete


def test_the_management_table_of_asa_has_our_name() -> None:
    table = asa.ip_routes(
        text("""
Routing Table: mgmt-only
Gateway of last resort is not set

C        172.16.0.0 255.255.255.0 is directly connected, management
""")
    )
    assert shown(table) == ["4: management-only 172.16.0.0/24 connected @management"]
    assert table.vrf == "management-only"


def test_a_mask_with_holes_is_not_understood() -> None:
    table = asa.ip_routes(text("S        10.0.0.0 255.0.255.0 [1/0] via 192.0.2.1, outside"))
    assert (shown(table), missed(table)) == ([], [1])


def test_in_rows_of_the_asp_table_choose_the_way() -> None:
    table = asa.asp_routes(
        text("""
route table timestamp: 136
in   10.0.0.1        255.255.255.255 identity
in   10.0.0.0        255.255.255.0   inside
in   198.51.100.0    255.255.255.0   via 10.0.0.9, inside
in   0.0.0.0         0.0.0.0         via 192.0.2.1, outside
out  0.0.0.0         0.0.0.0         via 192.0.2.1, outside
out  255.255.255.255 255.255.255.255 inside
in   10.9.0.0        255.255.0.0
""")
    )
    assert shown(table) == [
        "2: default 10.0.0.1/32 local",
        "3: default 10.0.0.0/24 connected @inside",
        "4: default 198.51.100.0/24 fib 10.0.0.9@inside",
        "5: default 0.0.0.0/0 fib 192.0.2.1@outside",
    ]
    assert (table.source, missed(table)) == ("fib", [8])


PANOS = """\
flags: A:active, ?:loose, C:connect, H:host, S:static, ~:internal, R:rip, O:ospf, B:bgp,
       Oi:ospf intra-area, Oo:ospf inter-area, O1:ospf ext-type-1, O2:ospf ext-type-2, E:ecmp, M:multicast

VIRTUAL ROUTER: default (id 1)
  ==========
destination          nexthop        metric flags      age   interface          next-AS
0.0.0.0/0            192.0.2.1      10     A S   E          ethernet1/1
0.0.0.0/0            192.0.2.5      10     A S   E          ethernet1/2
0.0.0.0/0            192.0.2.9      100      S              ethernet1/3
10.0.0.0/24          10.0.0.1       0      A C              ethernet1/4
10.0.0.1/32          0.0.0.0        0      A H
10.61.82.7/32        10.0.0.9              A?B        2724                     4280000001
10.1.0.0/16          0.0.0.0        10     A S              tunnel.11
10.2.0.0/16          10.0.0.9       20     A Oi       2666471 ethernet1/4
VIRTUAL ROUTER: guest (id 2)
  ==========
destination          nexthop        metric flags      age   interface          next-AS
2001:db8::/32        fe80::1        10     A S              ethernet1/5
"""


def test_panos_routes_of_all_virtual_routers() -> None:
    table = panos.routes(text(PANOS + "total routes shown: 9\n"))
    assert shown(table) == [
        "7: default 0.0.0.0/0 static [None/10] 192.0.2.1@ethernet1/1",
        "8: default 0.0.0.0/0 static [None/10] 192.0.2.5@ethernet1/2",
        "9: default 0.0.0.0/0 static [None/100] 192.0.2.9@ethernet1/3 (backup)",
        "10: default 10.0.0.0/24 connected [None/0] @ethernet1/4",
        "11: default 10.0.0.1/32 local [None/0]",
        "12: default 10.61.82.7/32 bgp 10.0.0.9@",
        "13: default 10.1.0.0/16 static [None/10] @tunnel.11",
        "14: default 10.2.0.0/16 ospf [None/20] 10.0.0.9@ethernet1/4",
        "18: guest 2001:db8::/32 static [None/10] fe80::1@ethernet1/5",
    ]
    assert (table.complete, table.vrf, table.family) == (True, None, None)


def test_panos_states_how_many_routes_it_shows() -> None:
    assert missed(panos.routes(text(PANOS + "total routes shown: 12\n"))) == [19]
    assert not panos.routes(text(PANOS)).complete


def test_a_next_hop_of_panos_that_is_no_address_is_not_understood() -> None:
    table = panos.routes(
        text("""
VIRTUAL ROUTER: default (id 1)
10.1.0.0/16          vr2            10     A S
total routes shown: 1
""")
    )
    assert missed(table) == [2]


PANOS_FIB = """\
total virtual-router shown :              1

--------------------------------------------------------------------------------
virtual-router name: default
interfaces:
    ethernet1/1 ethernet1/2
    tunnel.11
route table:
flags: u - up, h - host, g - gateway, e - ecmp, * - preferred path

maximum of fib entries for device:                 2500
number of fib entries for this fib:                3
number of fib entries shown:                       3

id      destination           nexthop            flags  interface          mtu
--------------------------------------------------------------------------------
27      0.0.0.0/0             0.0.0.0            u      tunnel.11          1300
2821    10.10.104.0/24        10.96.19.254       ug     ethernet1/1        1500
1       10.96.19.1/32         0.0.0.0            uh     ethernet1/1        1500
"""


def test_panos_fib() -> None:
    table = panos.fib(text(PANOS_FIB))
    assert shown(table) == [
        "17: default 0.0.0.0/0 fib @tunnel.11",
        "18: default 10.10.104.0/24 fib 10.96.19.254@ethernet1/1",
        "19: default 10.96.19.1/32 local",
    ]
    assert (table.source, table.complete) == ("fib", True)
    cut = panos.fib(text("\n".join(PANOS_FIB.split("\n")[:18])))
    assert missed(cut) == [13]


def test_big_ip() -> None:
    table = tmos.routes(
        text("""
----------------------------------------------------------------------------------
Net::Routes
Name                Destination         Type       NextHop               Origin
----------------------------------------------------------------------------------
default             default             gw         192.0.2.1             static
v6                  default-inet6       gw         2001:db8::1           static
10.9.0.0%1/16       10.9.0.0%1/16       gw         10.8.0.1%1            static
gws                 10.7.0.0/16         pool       /Common/gws           static
bh                  10.6.0.0/16         blackhole                        static
fe80::%vlan4094/64  fe80::%vlan4094/64  interface  /Common/internal      connected
10.0.30.0/24        10.0.30.0/24        interface  /Common/external      connected
10.5.0.0/16         10.5.0.0/16         other      /Common/external      static
""")
    )
    assert shown(table) == [
        "5: default 0.0.0.0/0 static 192.0.2.1@",
        "6: default ::/0 static 2001:db8::1@",
        "7: route-domain 1 10.9.0.0/16 static 10.8.0.1@",
        "8: default 10.7.0.0/16 static if the members of the gateway pool /Common/gws",
        "9: default 10.6.0.0/16 static DROP",
        "10: default fe80::/64 connected @internal",
        "11: default 10.0.30.0/24 connected @external",
    ]
    assert missed(table) == [12]


def test_gaia() -> None:
    table = gaia.routes(
        text("""
Codes: C - Connected, S - Static, R - RIP, B - BGP (D - Default),
       O - OSPF IntraArea (IA - InterArea, E - External, N - NSSA),
       NP - NAT Pool, U - Unreachable, i - Inactive

S         0.0.0.0/0           via 192.0.2.1, eth1-02.122, cost 0, age 4238351
                              via 192.0.2.5, eth1-02.123, cost 0, age 4238351
                                  the two ISPs
S i       10.1.0.0/16         via 10.0.0.9, eth1, cost 0, age 42
O E       10.2.0.0/16         via 10.0.0.9, eth1, cost 20, age 42
C         10.0.0.0/24         is directly connected, eth1
                                  Comment-Network-1
S         10.3.0.0/16         via 10.0.0.9, eth
""")
    )
    assert shown(table) == [
        "5: default 0.0.0.0/0 static [None/0] 192.0.2.1@eth1-02.122 192.0.2.5@eth1-02.123",
        "8: default 10.1.0.0/16 static [None/0] 10.0.0.9@eth1 (backup)",
        "9: default 10.2.0.0/16 ospf [None/20] 10.0.0.9@eth1",
        "10: default 10.0.0.0/24 connected @eth1",
    ]
    assert missed(table) == [12]
