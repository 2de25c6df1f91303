"""Tables of OS10 and AOS-CX."""

from __future__ import annotations

from parsers.tables import aoscx, os10
from tests.show.words import missed, shown, text


def test_os10() -> None:
    table = os10.routes(
        text("""
Codes: C - connected
       S - static
       B - BGP, IN - internal BGP, EX - external BGP
       > - non-active route, + - summary route
Gateway of last resort is via 192.0.2.1 to network 0.0.0.0
  Destination        Gateway                                  Dist/Metric Last Change
---------------------------------------------------------------------------------------
 *B EX 0.0.0.0/0     via 192.0.2.1                                 20/0    00:28:22
                     via 192.0.2.5
  C    10.1.1.0/24   via 10.1.1.1         vlan100                  0/0     01:16:56
  C    10.1.4.0/24   Direct, Vl 40                                 0/0     03:52:57
> S    10.9.0.0/16   via 10.1.1.9         ethernet1/1/1            200/0   4w2d
  S    10.8.0.0/16   Direct, null0                                 1/0     4w2d
  O E2 10.7.0.0/16   via 10.1.1.9         ethernet1/1/1            110/20
  S    10.6.0.0/16   via 10.1.1
""")
    )
    assert shown(table) == [
        "8: default 0.0.0.0/0 bgp [20/0] 192.0.2.1@ 192.0.2.5@",
        "10: default 10.1.1.0/24 connected [0/0] @vlan100",
        "11: default 10.1.4.0/24 connected [0/0] @Vl 40",
        "12: default 10.9.0.0/16 static [200/0] 10.1.1.9@ethernet1/1/1 (backup)",
        "13: default 10.8.0.0/16 static [1/0] DROP",
        "14: default 10.7.0.0/16 ospf [110/20] 10.1.1.9@ethernet1/1/1",
    ]
    assert missed(table) == [15]


def test_aoscx_before_10_10() -> None:
    table = aoscx.routes(
        text("""
Displaying ipv4 routes selected for forwarding

'[x/y]' denotes [distance/metric]

0.0.0.0/0, vrf default
	via  198.51.100.1,  [110/10],  ospf
	via  198.51.100.5,  [110/10],  ospf
192.0.2.0/26, vrf default
	via  vlan10,  [0/0],  connected
10.0.0.0/8, vrf red
	via  nullroute,  [1/0],  static
41.0.0.0/24, vrf red
"""),
        None,
    )
    assert shown(table) == [
        "5: default 0.0.0.0/0 ospf [110/10] 198.51.100.1@ 198.51.100.5@",
        "8: default 192.0.2.0/26 connected [0/0] @vlan10",
        "10: red 10.0.0.0/8 static [1/0] DROP",
    ]
    assert missed(table) == [12]


COLUMNS = """\
Displaying ipv4 routes selected for forwarding

Origin Codes: C - connected, S - static, L - local
              R - RIP, B - BGP, O - OSPF, D - DHCP
Type Codes:   E - External BGP, I - Internal BGP, V - VPN, EV - EVPN

VRF: default

Prefix              Nexthop          Interface     VRF(egress)       Origin/   Distance/    Age
                                                                     Type      Metric
-------------------------------------------------------------------------------------------------
192.168.1.0/31      -                1/1/2         -                 C         [0/0]        -
192.168.1.1/32      -                1/1/2         -                 L         [0/0]        -
192.168.100.2/32    192.168.1.0      1/1/2         -                 O/E2      [110/25]     00h:01m:54s
                    192.168.1.3      1/1/3         -                 O/E2      [110/25]     00h:01m:54s
10.1.0.0/16         10.9.0.1         vlan9         blue              B/EV      [200/0]      00h:00m:47s

Total Route Count : 4"""


def test_aoscx_in_columns() -> None:
    table = aoscx.routes(text(COLUMNS))
    assert shown(table) == [
        "12: default 192.168.1.0/31 connected [0/0] @1/1/2",
        "13: default 192.168.1.1/32 local [0/0] @1/1/2",
        "14: default 192.168.100.2/32 ospf [110/25] 192.168.1.0@1/1/2 192.168.1.3@1/1/3",
        "16: default 10.1.0.0/16 bgp [200/0] 10.9.0.1@vlan9%blue",
    ]
    assert table.complete
    lines = COLUMNS.split("\n")
    assert not aoscx.routes(text("\n".join(lines[:14]))).complete
    assert not aoscx.routes(text("\n".join(lines[:11] + lines[12:]))).complete
