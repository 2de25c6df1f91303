"""`show ip route` and `show ipv6 route` of IOS and IOS-XE."""

from __future__ import annotations

from parsers.show.ios_routes import ip_routes, ipv6_routes
from tests.show.words import missed, shown, text

LEGEND = """\
Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area
       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2
       + - replicated route, % - next hop override, p - overrides from PfR

"""


def test_children_inherit_the_mask_of_their_heading() -> None:
    table = ip_routes(
        text("""
Gateway of last resort is not set

     172.16.0.0/24 is subnetted, 2 subnets
C       172.16.1.0 is directly connected, Ethernet0
R       172.16.2.0 [120/1] via 172.16.1.2, 00:00:12, Ethernet0
C    192.168.1.0/24 is directly connected, Ethernet1
""")
    )
    assert shown(table) == [
        "4: default 172.16.1.0/24 connected @Ethernet0",
        "5: default 172.16.2.0/24 rip [120/1] 172.16.1.2@Ethernet0",
        "6: default 192.168.1.0/24 connected @Ethernet1",
    ]
    assert table.complete


def test_a_child_without_a_mask_outside_its_heading_is_not_understood() -> None:
    table = ip_routes(
        text("""
     172.16.0.0/24 is subnetted, 1 subnets
C       172.16.1.0 is directly connected, Ethernet0
C       10.9.9.0 is directly connected, Ethernet3
      10.0.0.0/8 is variably subnetted, 1 subnets, 1 masks
C        10.1.1.0 is directly connected, Ethernet4
""")
    )
    assert shown(table) == ["2: default 172.16.1.0/24 connected @Ethernet0"]
    assert missed(table) == [3, 4, 5]


def test_decimal_masks_are_read() -> None:
    table = ip_routes(
        text("""
      10.0.0.0 255.255.255.0 is subnetted, 1 subnets
O        10.1.1.0 [110/2] via 192.0.2.1, 00:01:00, Vlan5
S     198.51.100.0 255.255.255.0 [1/0] via 192.0.2.9
""")
    )
    assert shown(table) == [
        "2: default 10.1.1.0/24 ospf [110/2] 192.0.2.1@Vlan5",
        "3: default 198.51.100.0/24 static [1/0] 192.0.2.9@",
    ]


def test_equal_cost_ways_stand_on_lines_of_their_own() -> None:
    table = ip_routes(
        text(
            LEGEND
            + """\
O*E2  0.0.0.0/0 [110/1] via 10.0.0.2, 00:31:00, GigabitEthernet0/1
                [110/1] via 10.0.0.6, 00:31:00, GigabitEthernet0/2
S     198.51.100.0/24 is directly connected, Serial0/0
                      is directly connected, Serial0/1
"""
        )
    )
    assert shown(table) == [
        "6: default 0.0.0.0/0 ospf [110/1] 10.0.0.2@GigabitEthernet0/1 10.0.0.6@GigabitEthernet0/2",
        "8: default 198.51.100.0/24 static @Serial0/0 @Serial0/1",
    ]
    assert table.complete


def test_wrapped_lines_are_read_together() -> None:
    table = ip_routes(
        text("""
      10.0.0.0/8 is variably subnetted, 2 subnets, 2 masks
D EX     10.1.0.0/16
           [170/15360] via 10.9.9.1, 00:39:44, TenGigabitEthernet1/0/1.1234
           [170/15360] via 10.9.9.5, 00:39:44, TenGigabitEthernet1/0/2.1234
O        10.2.2.0/24 [110/2] via 10.9.9.1, 00:39:44,
                      TenGigabitEthernet1/0/1.1234
""")
    )
    one, two = "TenGigabitEthernet1/0/1.1234", "TenGigabitEthernet1/0/2.1234"
    assert shown(table) == [
        f"2: default 10.1.0.0/16 eigrp [170/15360] 10.9.9.1@{one} 10.9.9.5@{two}",
        f"5: default 10.2.2.0/24 ospf [110/2] 10.9.9.1@{one}",
    ]
    assert table.complete


def test_null_routes_and_summaries_discard() -> None:
    table = ip_routes(
        text("""
S     192.0.2.0/24 is directly connected, Null0
D     10.0.0.0/8 is a summary, 02:11:54, Null0
B     172.16.0.0/12 [200/0] via 0.0.0.0, 00:03:38, Null0
""")
    )
    assert shown(table) == [
        "1: default 192.0.2.0/24 static DROP",
        "2: default 10.0.0.0/8 eigrp DROP",
        "3: default 172.16.0.0/12 bgp [200/0] DROP",
    ]
    assert table.complete


def test_ways_in_another_vrf_name_it() -> None:
    table = ip_routes(
        text("""
Routing Table: d2_ce
B     192.0.2.0/24 [20/0] via 10.34.31.2 (d4_shared), 00:38:54
B     198.51.100.0/24 [200/0] via 10.254.1.1 (default), 00:38:54, Tunnel7
B        192.168.123.3/32 is directly connected, 00:38:54, Loopback123
S   +    203.0.113.0/24 [1/0] via 10.34.31.2 (d4_shared)
"""),
        vrf="d2-ce",
    )
    assert shown(table) == [
        "2: d2_ce 192.0.2.0/24 bgp [20/0] 10.34.31.2@%d4_shared",
        "3: d2_ce 198.51.100.0/24 bgp [200/0] 10.254.1.1@Tunnel7%default",
        "4: d2_ce 192.168.123.3/32 bgp @Loopback123",
        "5: d2_ce 203.0.113.0/24 static [1/0] 10.34.31.2@%d4_shared",
    ]
    assert table.vrf == "d2_ce"


def test_all_vrfs_begin_with_the_global_table() -> None:
    table = ip_routes(
        text("""
Gateway of last resort is 192.0.2.1 to network 0.0.0.0

S*    0.0.0.0/0 [1/0] via 192.0.2.1

Routing Table: red
Codes: L - local, C - connected

Gateway of last resort is not set

C     10.1.1.0/24 is directly connected, Vlan7
"""),
        vrf=None,
    )
    assert shown(table) == [
        "3: default 0.0.0.0/0 static [1/0] 192.0.2.1@",
        "10: red 10.1.1.0/24 connected @Vlan7",
    ]
    assert table.vrf is None
    assert table.complete


def test_signs_that_change_the_way_make_a_route_conditional() -> None:
    table = ip_routes(
        text("""
D   %    192.168.2.0/24 [90/3072] via 10.0.0.1, 00:00:11, Tunnel0
S   p    192.168.3.0/24 [1/0] via 10.0.0.9
i*L1     192.168.4.0/24 [115/20] via 10.0.0.9, 00:00:11, Tunnel0
""")
    )
    assert shown(table) == [
        "1: default 192.168.2.0/24 eigrp [90/3072] 10.0.0.1@Tunnel0 if next hop override",
        "2: default 192.168.3.0/24 static [1/0] 10.0.0.9@ if overridden by PfR",
        "3: default 192.168.4.0/24 isis [115/20] 10.0.0.9@Tunnel0",
    ]


def test_lines_that_are_not_understood_make_the_table_incomplete() -> None:
    table = ip_routes(
        text("""
S     192.0.2.0/24 [1/0] via 10.0.0.1
                   [1/0] via binding label: 0x3000008
S     198.51.100.0/24 [1/0] via 10.0.0.1, frobnicated by magic
Z9    203.0.113.0/24 [1/0] via 10.0.0.1
S     10.300.0.0/16 [1/0] via 10.0.0.1
S     10.2.0.0/16 [1/0] via 10.0.0.256
S     10.3.0.0/40 [1/0] via 10.0.0.1
      [1/0] via 10.0.0.7
C     10.4.0.0/16
""")
    )
    assert missed(table) == [2, 3, 4, 5, 6, 7, 8, 9]
    # the way of an unknown source is kept: nothing vanishes, and the table is not trusted
    assert "4: default 203.0.113.0/24 z9 [1/0] 10.0.0.1@" in shown(table)
    assert not any("10.0.0.7" in route for route in shown(table))


def test_a_table_that_shows_less_than_its_heading_states_is_incomplete() -> None:
    body = """
      10.0.0.0/8 is variably subnetted, 3 subnets, 2 masks
C        10.1.1.0/24 is directly connected, Vlan1
L        10.1.1.1/32 is directly connected, Vlan1
"""
    assert missed(ip_routes(text(body))) == [1]
    assert ip_routes(text(body.replace("3 subnets", "2 subnets"))).complete


def test_headings_of_large_networks_allow_for_change_while_printing() -> None:
    rows = "\n".join(
        f"B        10.{i // 250}.{i % 250}.0/24 [20/0] via 192.0.2.1, 2w3d" for i in range(995)
    )
    head = "      10.0.0.0/8 is variably subnetted, {} subnets, 1 masks\n"
    assert ip_routes(text(head.format(1000) + rows)).complete
    assert missed(ip_routes(text(head.format(1100) + rows))) == [1]


def test_messages_are_no_routes_and_errors_are_no_tables() -> None:
    absent = ip_routes(text("% IP routing table vrf Gi1 does not exist"), vrf="Gi1")
    assert (shown(absent), absent.complete) == ([], True)
    wrong = ip_routes(text("                     ^\n% Invalid input detected at '^' marker.\n"))
    assert missed(wrong) == [1, 2]
    empty = ip_routes(text(""))
    assert not empty.routes
    assert ip_routes(text("")._replace(lines=[])).complete is False


def test_ipv6_routes_have_their_ways_below() -> None:
    table = ipv6_routes(
        text("""
IPv6 Routing Table - default - 8 entries
Codes: C - Connected, L - Local, S - Static, U - Per-user Static route
       ND - ND Default, NDp - ND Prefix, DCE - Destination, NDr - Redirect
OE2 ::/0 [110/1], tag 1
     via FE80::D12:E03, Ethernet0/1
     via FE80::D13:E02, Ethernet0/0
C   2001:DB8:1::/64 [0/0]
     via Ethernet0/1, directly connected
L   2001:DB8:1::1/128 [0/0]
     via Ethernet0/1, receive
LC  2001:DB8:9::9/128 [0/0]
     via Loopback0, receive
S   2001:DB8:DEAD::/48 [1/0]
     via Null0, directly connected
B   2001:DB8:2::/48 [200/0]
     via 2001:DB8:1::2
B   FD00::/8 [20/0]
     via FE80::2%red, GigabitEthernet2
L   FF00::/8 [0/0]
     via Null0, receive
""")
    )
    assert shown(table) == [
        "4: default ::/0 ospf [110/1] FE80::D12:E03@Ethernet0/1 FE80::D13:E02@Ethernet0/0",
        "7: default 2001:db8:1::/64 connected [0/0] @Ethernet0/1",
        "9: default 2001:db8:1::1/128 local [0/0] @Ethernet0/1",
        "11: default 2001:db8:9::9/128 local [0/0] @Loopback0",
        "13: default 2001:db8:dead::/48 static [1/0] DROP",
        "15: default 2001:db8:2::/48 bgp [200/0] 2001:DB8:1::2@",
        "17: default fd00::/8 bgp [20/0] FE80::2@GigabitEthernet2%red",
        "19: default ff00::/8 local [0/0] DROP",
    ]
    assert table.complete


def test_a_cut_ipv6_table_is_incomplete() -> None:
    table = ipv6_routes(
        text("""
IPv6 Routing Table - red - 3 entries
S   ::/0 [1/0]
     via 2001:DB8::1
S   2001:DB8:7::/48 [1/0]""")
    )
    assert shown(table) == ["2: red ::/0 static [1/0] 2001:DB8::1@"]
    assert missed(table) == [1, 4]
