"""Tables of VRP and Comware."""

from __future__ import annotations

from parsers.tables import vrp
from parsers.tables.vrp_blocks import blocks
from tests.show.words import missed, shown, text

VRP = """\
Route Flags: R - relay, D - download to fib, T - to vpn-instance, B - black hole route
------------------------------------------------------------------------------
Routing Table : _public_
         Destinations : 6        Routes : 7

Destination/Mask    Proto   Pre  Cost        Flags NextHop         Interface

        0.0.0.0/0   Static 60   0             RD  1.1.1.2         GigabitEthernet0/1/0
                    Static 60   0             RD  2.1.1.2         GigabitEthernet0/2/0
        1.1.1.0/24  Direct 0    0             D   1.1.1.1         GigabitEthernet0/1/0
        1.1.1.1/32  Direct 0    0             D   127.0.0.1       GigabitEthernet0/1/0
    172.16.16.0/24  Static 60   0              DB 0.0.0.0         NULL0
    172.16.17.0/24  O_ASE  150  1             D  192.168.1.1     Eth-Trunk1
    172.16.18.0/24  IBGP   255  0             R  192.168.1.1     Eth-Trunk1

Routing Table : vrfa
         Destinations : 1        Routes : 1

Destination/Mask    Proto   Pre  Cost        Flags NextHop         Interface

255.255.255.255/32  Direct  0    0             D  127.0.0.1       InLoopBack0"""


def test_vrp_routing_table() -> None:
    table = vrp.routing_table(text(VRP), vrp.VRP)
    assert shown(table) == [
        "8: default 0.0.0.0/0 static [60/0] 1.1.1.2@GigabitEthernet0/1/0 2.1.1.2@GigabitEthernet0/2/0",
        "10: default 1.1.1.0/24 connected [0/0] @GigabitEthernet0/1/0",
        "11: default 1.1.1.1/32 local [0/0]",
        "12: default 172.16.16.0/24 static [60/0] DROP",
        "13: default 172.16.17.0/24 ospf [150/1] 192.168.1.1@Eth-Trunk1",
        "14: default 172.16.18.0/24 bgp [255/0] 192.168.1.1@Eth-Trunk1 if not downloaded to the FIB",
        "21: vrfa 255.255.255.255/32 local [0/0]",
    ]
    assert table.complete


def test_vrp_states_destinations_and_routes() -> None:
    lines = VRP.split("\n")
    for cut in (lines[:8] + lines[9:], lines[:13] + lines[14:], lines[:12], lines[:20]):
        assert not vrp.routing_table(text("\n".join(cut)), vrp.VRP).complete


def test_comware_7_prints_further_next_hops_alone() -> None:
    table = vrp.routing_table(
        text("""

Destinations : 6        Routes : 7

Destination/Mask   Proto   Pre Cost        NextHop         Interface
0.0.0.0/0          Static  60  0           192.0.2.1       GE1/0/1
                                           192.0.2.5       RAGG40
10.9.0.0/16        O_INTRA 10  14          172.16.43.2     Vlan1600
192.0.2.0/24       Direct  0   0           192.0.2.2       GE1/0/1
192.0.2.2/32       Direct  0   0           127.0.0.1       InLoop0
192.0.2.255/32     Direct  0   0           192.0.2.2       GE1/0/1
224.0.0.0/4        Direct  0   0           0.0.0.0         NULL0
"""),
        vrp.COMWARE,
    )
    assert shown(table) == [
        "5: default 0.0.0.0/0 static [60/0] 192.0.2.1@GigabitEthernet1/0/1 192.0.2.5@Route-Aggregation40",
        "7: default 10.9.0.0/16 ospf [10/14] 172.16.43.2@Vlan-interface1600",
        "8: default 192.0.2.0/24 connected [0/0] @GigabitEthernet1/0/1",
        "9: default 192.0.2.2/32 local [0/0]",
        "10: default 192.0.2.255/32 local [0/0]",
        "11: default 224.0.0.0/4 connected [0/0] DROP",
    ]
    assert table.complete


def test_blocks_of_both_systems() -> None:
    table = blocks(
        text("""
Destinations : 2	Routes : 2

Destination: ::1/128                                     Protocol  : Direct
NextHop    : ::1                                         Preference: 0
Interface  : InLoop0                                     Cost      : 0

Destination: 2001:db8:1::/64                             Protocol  : Static
NextHop    : 2001:db8:9::1                               Preference: 60
Interface  : GE1/0/1                                     Cost      : 0
"""),
        vrp.COMWARE,
    )
    assert shown(table) == [
        "3: default ::1/128 local [0/0]",
        "7: default 2001:db8:1::/64 static [60/0] 2001:db8:9::1@GigabitEthernet1/0/1",
    ]
    assert table.complete
    verbose = blocks(
        text("""
Routing Table : VPNA
         Destinations : 1        Routes : 2

Destination: 10.1.3.0/24
     Protocol: IBGP            Process ID: 0
   Preference: 255                   Cost: 0
      NextHop: 2.2.2.2          Neighbour: 0.0.0.0
        State: Active Adv Relied      Age: 00h14m34s
 RelayNextHop: 0.0.0.0          Interface: GigabitEthernet0/1/1
     TunnelID: 0x000000000300000001 Flags: RD

Destination: 10.1.3.0/24
     Protocol: Static          Process ID: 0
   Preference: 300                   Cost: 0
      NextHop: 2.2.2.9          Neighbour: 0.0.0.0
        State: Inactive Adv           Age: 00h14m34s
 RelayNextHop: 0.0.0.0          Interface: GigabitEthernet0/1/2
     TunnelID: 0x0                  Flags: R
"""),
        vrp.VRP,
    )
    assert shown(verbose) == [
        "4: VPNA 10.1.3.0/24 bgp [255/0] 2.2.2.2@GigabitEthernet0/1/1",
        "12: VPNA 10.1.3.0/24 static [300/0] 2.2.2.9@GigabitEthernet0/1/2 (backup)"
        " if not downloaded to the FIB",
    ]
    assert verbose.complete


def test_a_block_that_is_cut_off_is_noticed() -> None:
    table = blocks(text("Destination: 10.1.3.0/24\n     Protocol: IBGP   Process ID: 0"), vrp.VRP)
    assert (shown(table), missed(table)) == ([], [1, 2])


def test_forwarding_tables_of_both_systems() -> None:
    comware = vrp.fib(
        text("""
Destination count: 6 FIB entry count: 6

Flag:
  U:Useable   G:Gateway   H:Host   B:Blackhole   D:Dynamic   S:Static
  R:Relay     F:FRR

Destination/Mask   Nexthop         Flag     OutInterface/Token       Label
0.0.0.0/0          10.0.0.9        USGR     Vlan1000                 Null
10.0.0.0/20        10.0.5.124      U        Vlan1000                 Null
10.0.0.0/32        10.0.5.124      UBH      Vlan1000                 Null
10.0.1.19/32       10.0.1.19       UH       Vlan1000                 Null
127.0.0.1/32       127.0.0.1       UH       InLoop0                  Null
10.9.0.0/16        0.0.0.0         USB      NULL0                    Null
"""),
        vrp.COMWARE,
    )
    assert shown(comware) == [
        "8: default 0.0.0.0/0 fib 10.0.0.9@Vlan-interface1000",
        "9: default 10.0.0.0/20 connected @Vlan-interface1000",
        "10: default 10.0.0.0/32 local",
        "11: default 10.0.1.19/32 connected @Vlan-interface1000",
        "12: default 127.0.0.1/32 local",
        "13: default 10.9.0.0/16 fib DROP",
    ]
    huawei = vrp.fib(
        text("""
Route Flags: G - Gateway Route, H - Host Route,    U - Up Route
             S - Static Route,  D - Dynamic Route, B - Black Hole Route
             L - Vlink Route
--------------------------------------------------------------------------------
 FIB Table:
 Total number of Routes : 3

Destination/Mask   Nexthop         Flag  TimeStamp     Interface      TunnelID
192.168.1.255/32   127.0.0.1       HU    t[9]          InLoop0        0x0
192.168.1.0/24     192.168.1.1     U     t[9]          GE0/0/0        0x0
192.168.2.0/24     192.168.1.2     DGU   t[49]         GE0/0/0        0x0
"""),
        vrp.VRP,
    )
    assert shown(huawei) == [
        "9: default 192.168.1.255/32 local",
        "10: default 192.168.1.0/24 connected @GigabitEthernet0/0/0",
        "11: default 192.168.2.0/24 fib 192.168.1.2@GigabitEthernet0/0/0",
    ]
    assert comware.complete
    assert huawei.complete
