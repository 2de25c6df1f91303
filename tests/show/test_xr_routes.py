"""`show route` of IOS-XR."""

from __future__ import annotations

from parsers.show.xr_routes import ip_routes, ipv6_routes
from tests.show.words import missed, shown, text


def test_a_fast_reroute_backup_carries_nothing() -> None:
    table = ip_routes(
        text("""
Tue Jan 16 13:19:27.208 AEST

Codes: C - connected, S - static, R - RIP, B - BGP, (>) - Diversion path
       M - mobile route, r - RPL, t - Traffic Engineering, (!) - FRR Backup path

Gateway of last resort is 10.1.1.2 to network 0.0.0.0

i*L2 0.0.0.0/0 [115/30] via 10.1.1.2, 02:14:27, GigabitEthernet0/0/0/0
               [115/30] via 10.1.1.6, 02:14:27, GigabitEthernet0/0/0/1
               [115/90] via 10.1.1.10, 02:14:27, GigabitEthernet0/0/0/2 (!)
L    10.254.1.1/32 is directly connected, 06:06:36, Loopback0
""")
    )
    zero, one, two = (f"GigabitEthernet0/0/0/{n}" for n in range(3))
    assert shown(table) == [
        f"8: default 0.0.0.0/0 isis [115/30] 10.1.1.2@{zero} 10.1.1.6@{one}",
        f"10: default 0.0.0.0/0 isis [115/30] 10.1.1.10@{two} (backup)",
        "11: default 10.254.1.1/32 local @Loopback0",
    ]
    assert table.complete


def test_a_way_after_a_backup_is_live_again() -> None:
    table = ip_routes(
        text("""
O    10.9.0.0/16 [110/2] via 10.1.1.2, 02:14:27, GigabitEthernet0/0/0/0 (!)
                 [110/2] via 10.1.1.6, 02:14:27, GigabitEthernet0/0/0/1
""")
    )
    assert [(len(route.next_hops), route.backup) for route in table.routes] == [
        (1, True),
        (1, False),
    ]


def test_each_vrf_has_a_heading_and_ways_may_lie_in_another() -> None:
    table = ip_routes(
        text("""
VRF: blue


Gateway of last resort is not set

S    11.0.0.0/8 [1/0] via 11.1.1.2, 00:56:02, GigabitEthernet0/0/0/2
B    12.1.1.0/24 [200/0] via 10.254.1.4 (nexthop in vrf default), 00:17:35
B    12.2.2.0/24 [200/0] via fcbb:bb00:4::1 (nexthop in vrf default), 00:17:35

VRF: red


S    192.0.2.1/32 is directly connected, 00:08:45, Null0
"""),
        vrf=None,
    )
    assert shown(table) == [
        "6: blue 11.0.0.0/8 static [1/0] 11.1.1.2@GigabitEthernet0/0/0/2",
        "7: blue 12.1.1.0/24 bgp [200/0] 10.254.1.4@%default",
        "8: blue 12.2.2.0/24 bgp [200/0] fcbb:bb00:4::1@%default",
        "13: red 192.0.2.1/32 static DROP",
    ]
    assert table.complete


def test_ipv6_routes_are_wrapped() -> None:
    table = ipv6_routes(
        text("""
C    2001:db8:1::/64 is directly connected,
      00:14:21, GigabitEthernet0/0/0/0
O    2001:db8:2::/64
      [110/2] via fe80::1, 00:05:00, GigabitEthernet0/0/0/0
      [110/2] via fe80::2, 00:05:00, GigabitEthernet0/0/0/1
B    2001:db8:3::/64
      [200/0] via ::ffff:10.229.11.11 (nexthop in vrf default), 00:55:12
""")
    )
    assert shown(table) == [
        "1: default 2001:db8:1::/64 connected @GigabitEthernet0/0/0/0",
        "3: default 2001:db8:2::/64 ospf [110/2] fe80::1@GigabitEthernet0/0/0/0"
        " fe80::2@GigabitEthernet0/0/0/1",
        "6: default 2001:db8:3::/64 bgp [200/0] ::ffff:10.229.11.11@%default",
    ]


def test_a_sign_that_is_not_understood_is_told() -> None:
    table = ip_routes(
        text("B    12.1.1.0/24 [200/0] via 10.254.1.4, 00:17:35, Bundle-Ether1 (>)\n")
    )
    assert missed(table) == [1]
