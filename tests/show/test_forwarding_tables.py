"""Forwarding tables: CEF of IOS and IOS-XR, forwarding of NX-OS."""

from __future__ import annotations

from parsers.show.cef_blocks import cef_blocks
from parsers.show.fib_rows import fib_rows
from tests.show.words import missed, shown, text


def test_ios_rows_with_a_blank_prefix_are_more_next_hops() -> None:
    table = fib_rows(
        text("""
Prefix               Next Hop             Interface
0.0.0.0/0            10.255.1.1           Vlan1
0.0.0.0/8            drop
10.180.195.0/32      10.180.101.5         GigabitEthernet1/0/1
                     10.180.101.10        GigabitEthernet1/0/2
10.255.1.0/24        attached             Vlan1
10.255.1.0/32        receive              Vlan1
192.0.2.0/24         attached             Null0
198.51.100.0/24      192.0.2.9
255.255.255.255/32   receive
""")
    )
    assert shown(table) == [
        "2: default 0.0.0.0/0 fib 10.255.1.1@Vlan1",
        "3: default 0.0.0.0/8 fib DROP",
        "4: default 10.180.195.0/32 fib 10.180.101.5@GigabitEthernet1/0/1"
        " 10.180.101.10@GigabitEthernet1/0/2",
        "6: default 10.255.1.0/24 connected @Vlan1",
        "7: default 10.255.1.0/32 local @Vlan1",
        "8: default 192.0.2.0/24 fib DROP",
        "9: default 198.51.100.0/24 fib 192.0.2.9@",
        "10: default 255.255.255.255/32 local",
    ]
    assert (table.source, table.complete) == ("fib", True)


def test_no_route_is_no_route() -> None:
    for row in ("no route", "drop                 Null0 (default route handler entry)"):
        table = fib_rows(text(f"Prefix  Next Hop  Interface\n0.0.0.0/0            {row}\n"))
        assert (shown(table), table.complete) == ([], True)


def test_cef_that_does_not_run_proves_nothing() -> None:
    assert missed(fib_rows(text("%IPv4 CEF not running"))) == [1]
    assert not cef_blocks(text("%IPv4 CEF not running")).complete


def test_rows_that_are_not_understood_are_told() -> None:
    table = fib_rows(
        text("""
Prefix               Next Hop             Interface
10.1.0.0/16          sideways             Vlan1
                     10.180.101.10        Vlan2
10.2.0.0/16          punt
10.3.0.0/99          10.180.101.10        Vlan2
""")
    )
    assert shown(table) == ["4: default 10.2.0.0/16 fib if punt in the forwarding table"]
    assert missed(table) == [2, 3, 5]


def test_xr_rows() -> None:
    table = fib_rows(
        text("""
Sun Dec 27 04:30:03.641 UTC

VRF: MGMT
_____________

Prefix              Next Hop            Interface
------------------- ------------------- ------------------
0.0.0.0/0           drop                default handler
0.0.0.0/32          broadcast
10.10.0.0/24        attached            MgmtEth0/RP0/CPU0/0
10.10.0.38/32       10.10.0.38/32       MgmtEth0/RP0/CPU0/0
10.10.0.41/32       receive             MgmtEth0/RP0/CPU0/0
10.20.0.0/16        10.10.0.1/32        Bundle-Ether1
                    10.10.1.1/32        Bundle-Ether2.100
"""),
        vrf=None,
    )
    assert shown(table) == [
        "9: MGMT 0.0.0.0/32 local",
        "10: MGMT 10.10.0.0/24 connected @MgmtEth0/RP0/CPU0/0",
        "11: MGMT 10.10.0.38/32 fib 10.10.0.38@MgmtEth0/RP0/CPU0/0",
        "12: MGMT 10.10.0.41/32 local @MgmtEth0/RP0/CPU0/0",
        "13: MGMT 10.20.0.0/16 fib 10.10.0.1@Bundle-Ether1 10.10.1.1@Bundle-Ether2.100",
    ]
    assert table.complete


def test_nxos_rows() -> None:
    table = fib_rows(
        text("""

slot  1
=======


IPv4 routes for table default/base

------------------+---------------------+----------------------+-----------------+------
Prefix            | Next-hop            | Interface            | Labels          | Partial Install
------------------+---------------------+----------------------+-----------------+------
0.0.0.0/32           Drop                 Null0
10.5.90.0/24         172.16.90.6          Ethernet1/45
                     172.16.90.10         Ethernet1/43
*10.36.3.2/32        10.2.1.2             Ethernet1/1       vni: 501003
10.4.1.1/32          10.2.1.2             Po1               PUSH 16001
10.16.2.1/32         Receive              sup-eth1
10.16.3.0/24         Attached             Vlan16

IPv4 routes for table red/base

10.16.3.0/24         Attached             Vlan17
"""),
        vrf=None,
    )
    assert shown(table) == [
        "11: default 0.0.0.0/32 fib DROP",
        "12: default 10.5.90.0/24 fib 172.16.90.6@Ethernet1/45 172.16.90.10@Ethernet1/43",
        "14: default 10.36.3.2/32 fib 10.2.1.2@Ethernet1/1",
        "15: default 10.4.1.1/32 fib 10.2.1.2@port-channel1",
        "16: default 10.16.2.1/32 local @sup-eth1",
        "17: default 10.16.3.0/24 connected @Vlan16",
        "21: red 10.16.3.0/24 connected @Vlan17",
    ]
    assert table.complete


def test_blocks_resolve_recursive_next_hops() -> None:
    table = cef_blocks(
        text("""
IPv4 CEF is enabled for distributed and running
VRF Default
 9 prefixes (9/0 fwd/non-fwd)

0.0.0.0/0, epoch 11
  DefNet source: 0.0.0.0/0
  nexthop 10.158.0.198 Vlan1801
  nexthop 10.158.0.202 Vlan1802
10.1.0.0/16, epoch 0, flags [rib only nolabel, rib defined all labels]
  recursive via 10.1.35.3
    attached to GigabitEthernet0/0
10.2.0.0/16, epoch 0
  recursive via 10.9.9.9
    recursive via 10.8.8.8
      nexthop 10.1.1.1 GigabitEthernet0/1
  recursive via 10.9.9.10
    nexthop 10.1.1.5 GigabitEthernet0/2
10.3.0.0/16
  recursive via 10.9.9.11
10.158.0.192/29, epoch 11, flags attached, connected
  attached to Vlan1801
10.158.0.192/32, epoch 11, flags receive
  receive for Vlan1801
192.0.2.0/24, epoch 11
  attached to Null0
240.0.0.0/4, epoch 11
  Special source: drop
  drop
""")
    )
    one, two = "10.1.1.1@GigabitEthernet0/1", "10.1.1.5@GigabitEthernet0/2"
    assert shown(table) == [
        "5: default 0.0.0.0/0 fib 10.158.0.198@Vlan1801 10.158.0.202@Vlan1802",
        "9: default 10.1.0.0/16 fib 10.1.35.3@GigabitEthernet0/0",
        f"12: default 10.2.0.0/16 fib {one} {two}",
        "18: default 10.3.0.0/16 fib 10.9.9.11@",
        "20: default 10.158.0.192/29 connected @Vlan1801",
        "22: default 10.158.0.192/32 local @Vlan1801",
        "24: default 192.0.2.0/24 fib DROP",
        "26: default 240.0.0.0/4 fib DROP",
    ]
    assert table.complete


def test_blocks_tell_what_they_do_not_know() -> None:
    table = cef_blocks(
        text("""
10.1.0.0/16, epoch 0
  nexthop 10.1.1.1 GigabitEthernet0/1 unusable: no label
10.2.0.0/16, epoch 0
  nexthop 10.1.1.1 GigabitEthernet0/1
  repair: attached-nexthop 10.1.1.9 GigabitEthernet0/9
10.3.0.0/16, epoch 0
""")
    )
    assert [route.line for route in table.routes] == [3]
    assert missed(table) == [1, 2, 5, 6]


def test_ipv6_blocks() -> None:
    table = cef_blocks(
        text("""
::/0
  nexthop FE80::1 GigabitEthernet0/0
::/127
  discard
2001:DB8::/64
  attached to GigabitEthernet0/0
2001:DB8::1/128
  receive for GigabitEthernet0/0
2001:DB8:1::/48
  no route
"""),
        family=6,
    )
    assert shown(table) == [
        "1: default ::/0 fib FE80::1@GigabitEthernet0/0",
        "3: default ::/127 fib DROP",
        "5: default 2001:db8::/64 connected @GigabitEthernet0/0",
        "7: default 2001:db8::1/128 local @GigabitEthernet0/0",
    ]
    assert table.complete
