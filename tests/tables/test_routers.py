"""Tables of RouterOS, SR OS and SR Linux."""

from __future__ import annotations

from parsers.tables import routeros, srl, sros
from tests.show.words import missed, shown, text


def test_routeros_7_has_a_row_for_each_equal_cost_way() -> None:
    table = routeros.ip_routes(
        text("""
Flags: D - dynamic; X - disabled, I - inactive, A - active;
c - connect, s - static, r - rip, b - bgp, o - ospf, d - dhcp, v - vpn, m - modem, y - copy;
H - hw-offloaded; + - ecmp
   DAd   dst-address=0.0.0.0/0 routing-table=main pref-src="" gateway=172.16.1.1
         immediate-gw=172.16.1.1%ether8 distance=1 scope=30 target-scope=10
         vrf-interface=ether8 suppress-hw-offload=no

 0  As + dst-address=198.51.100.0/24 routing-table=main gateway=172.16.1.9
         immediate-gw=172.16.1.9%ether8 distance=1 scope=30 target-scope=10
 1  As + dst-address=198.51.100.0/24 routing-table=main gateway=172.16.2.9
         immediate-gw=172.16.2.9%ether9 distance=1 scope=30 target-scope=10

   DAc   dst-address=172.16.1.0/24 routing-table=main gateway=ether8 immediate-gw=ether8
         distance=0 scope=10 suppress-hw-offload=no local-address=172.16.1.2%ether8

 2  Is   ;;; backup of the ISP
         dst-address=0.0.0.0/0 routing-table=isp2 gateway=10.0.0.9
         immediate-gw="" distance=10 scope=30 target-scope=10
 3  As   dst-address=10.9.0.0/16 routing-table=main blackhole distance=1 scope=30
""")
    )
    assert shown(table) == [
        "4: default 0.0.0.0/0 dhcp [1/None] 172.16.1.1@ether8",
        "8: default 198.51.100.0/24 static [1/None] 172.16.1.9@ether8",
        "10: default 198.51.100.0/24 static [1/None] 172.16.2.9@ether9",
        "13: default 172.16.1.0/24 connected [0/None] @ether8",
        "16: isp2 0.0.0.0/0 static [10/None] 10.0.0.9@ (backup)",
        "19: default 10.9.0.0/16 static [1/None] DROP",
    ]
    assert (table.complete, table.vrf, table.family) == (True, None, 4)


def test_routeros_6_lists_gateways_in_one_entry() -> None:
    """A gateway that stands there twice takes twice the traffic; one that is unreachable takes none."""
    table = routeros.ip_routes(
        text("""
Flags: X - disabled, A - active, D - dynamic,
C - connect, S - static, r - rip, b - bgp, o - ospf, m - mme,
B - blackhole, U - unreachable, P - prohibit
 0 A S  ;;; two ISPs
        dst-address=0.0.0.0/0 gateway=10.1.1.1,10.1.1.1,10.2.2.2,10.3.3.3
        gateway-status=10.1.1.1 reachable via  ether1,10.1.1.1 reachable via  ether1,10.2.2.2 reachable via  ether2,10.3.3.3 unreachable
        check-gateway=ping distance=1 scope=30 target-scope=10
 1 X S  dst-address=10.3.0.0/16 gateway=10.9.9.9 gateway-status=10.9.9.9 inactive distance=1 scope=30 target-scope=10 routing-mark=isp2
 2 A SB dst-address=10.4.0.0/16 type=blackhole distance=1
 3 A SU dst-address=10.5.0.0/16 type=unreachable distance=1
 4 ADo  dst-address=10.6.0.0/16 gateway=10.255.0.1 gateway-status=10.255.0.1 recursive via 10.1.1.9 ether1 distance=110 scope=20
""")
    )
    assert shown(table) == [
        "4: default 0.0.0.0/0 static [1/None] 10.1.1.1@ether1*2 10.2.2.2@ether2",
        "8: isp2 10.3.0.0/16 static [1/None] 10.9.9.9@ (backup)",
        "9: default 10.4.0.0/16 static [1/None] DROP",
        "10: default 10.5.0.0/16 static [1/None] REJECT",
        "11: default 10.6.0.0/16 ospf [110/None] 10.255.0.1@ether1",
    ]
    assert table.complete


def test_entries_of_routeros_that_are_missing_or_cut_off_are_noticed() -> None:
    table = routeros.ip_routes(
        text("""
 0  As   dst-address=10.1.0.0/16 gateway=10.0.0.1 immediate-gw=10.0.0.1%ether1 distance=1
 2  As   dst-address=10.2.0.0/16 gateway=10.0.0.1 immediate-gw=10.0.0.1%ether1 distance=1
 3  As   dst-address=10.3.0.0/16 gateway=10.0.0.1
""")
    )
    assert missed(table) == [2, 3]


SROS = """\
===============================================================================
Route Table (Router: Base)
===============================================================================
Dest Prefix[Flags]                            Type    Proto     Age        Pref
      Next Hop[Interface Name]                                    Metric
-------------------------------------------------------------------------------
1.1.1.1/32                                    Local   Local     00h03m38s  0
       system                                                       0
2.2.2.0/24 [L]                                Remote  OSPF      00h03m22s  10
       10.0.0.1                                                     100
2.2.2.0/24 [L]                                Remote  OSPF      00h03m22s  10
       10.0.1.1                                                     100
198.51.100.0/24                               Blackh* Static    00h03m38s  5
       Black Hole                                                   1
192.168.51.0/24                               Remote  Static    00h16m50s  5
       10.10.10.3 (tunneled:SR-ISIS:524293)                         1
2001:db8::/32                                 Remote  BGP       00h16m50s  170
       fe80::1-"to-r2"                                              0
-------------------------------------------------------------------------------
No. of Routes: 6
Flags: n = Number of times nexthop is repeated
       B = BGP backup route available
       L = LFA nexthop available
       S = Sticky ECMP requested
===============================================================================
* indicates that the corresponding row element may have been truncated."""


def test_sros_route_table() -> None:
    table = sros.route_table(text(SROS))
    assert shown(table) == [
        "7: default 1.1.1.1/32 connected [0/0] @system",
        "9: default 2.2.2.0/24 ospf [10/100] 10.0.0.1@",
        "11: default 2.2.2.0/24 ospf [10/100] 10.0.1.1@",
        "13: default 198.51.100.0/24 static [5/1] DROP",
        "15: default 192.168.51.0/24 static [5/1] 10.10.10.3@ if tunneled:SR-ISIS:524293",
        "17: default 2001:db8::/32 bgp [170/0] fe80::1@to-r2",
    ]
    assert table.complete


def test_sros_states_the_number_of_rows() -> None:
    lines = SROS.split("\n")
    assert missed(sros.route_table(text("\n".join(lines[:8] + lines[10:])))) == [18]
    assert not sros.route_table(text("\n".join(lines[:13]))).complete
    assert not sros.route_table(text("\n".join(lines[:18]))).complete


def test_sros_tables_of_services_and_the_fib() -> None:
    service = sros.route_table(
        text(SROS.replace("Route Table (Router: Base)", "Route Table (Service: 500)"))
    )
    assert {route.vrf for route in service.routes} == {"500"}
    table = sros.fib(
        text("""
===============================================================================
FIB Display
===============================================================================
Prefix [Flags]                                              Protocol
    NextHop
-------------------------------------------------------------------------------
10.1.2.0/24                                                 LOCAL
    10.1.2.0 (toR1)
10.10.10.1/32                                               OSPF
    10.1.2.1 (toR1)
    10.1.3.1 (toR3)
2001:db8::/56                                               BGP_VPN
    10.255.0.10 (VPRN Label:524282 Transport:SR-Policy:917520)
-------------------------------------------------------------------------------
Total Entries : 3
-------------------------------------------------------------------------------
""")
    )
    assert shown(table) == [
        "7: default 10.1.2.0/24 connected @toR1",
        "9: default 10.10.10.1/32 ospf 10.1.2.1@toR1 10.1.3.1@toR3",
        "12: default 2001:db8::/56 bgp_vpn 10.255.0.10@"
        " if through VPRN Label:524282 Transport:SR-Policy:917520",
    ]
    assert (table.source, table.complete) == ("fib", True)


SRL = """\
-----------------------------------------------------------------------------------------------------------------------------
IPv4 Unicast route table of network instance default
-----------------------------------------------------------------------------------------------------------------------------
+-----------------+-------+------------+--------------+----------------------+----------+---------+-----------+-----------+
|     Prefix      |  ID   | Route Type | Route Owner  |      Best/Fib-       |  Metric  |  Pref   | Next-hop  | Next-hop  |
|                 |       |            |              |     status(slot)     |          |         |  (Type)   | Interface |
+=================+=======+============+==============+======================+==========+=========+===========+===========+
| 10.0.0.1/32     | 3     | host       | net_inst_mgr | True/success         | 0        | 0       | None      | None      |
|                 |       |            |              |                      |          |         | (extract) |           |
| 192.168.11.0/30 | 1     | local      | net_inst_mgr | True/success         | 0        | 0       | 192.168.1 | ethernet- |
|                 |       |            |              |                      |          |         | 1.1 (dire | 1/49.0    |
|                 |       |            |              |                      |          |         | ct)       |           |
| 192.168.12.0/30 | 0     | bgp        | bgp_mgr      | True/failed          | 0        | 170     | 192.168.1 | None      |
|                 |       |            |              |                      |          |         | 1.2 (indi |           |
|                 |       |            |              |                      |          |         | rect)     |           |
+-----------------+-------+------------+--------------+----------------------+----------+---------+-----------+-----------+
-----------------------------------------------------------------------------------------------------------------------------
3 IPv4 routes total
3 IPv4 prefixes with active routes
0 IPv4 prefixes with active ECMP routes
-----------------------------------------------------------------------------------------------------------------------------"""


def test_cells_of_srl_go_on_over_lines() -> None:
    table = srl.routes(text(SRL))
    assert shown(table) == [
        "8: default 10.0.0.1/32 local [0/0]",
        "10: default 192.168.11.0/30 connected [0/0] @ethernet-1/49.0",
        "13: default 192.168.12.0/30 bgp [170/0] 192.168.11.2@ if not programmed",
    ]
    assert table.complete


def test_srl_equal_cost_discards_and_tunnels() -> None:
    table = srl.routes(
        text("""
IPv4 unicast route table of network instance red
+-------------+----+----------+------------------+--------+--------+------+--------------------------+-----------------+
| Prefix      | ID | Route    | Route Owner      | Active | Metric | Pref | Next-hop (Type)          | Next-hop        |
|             |    | Type     |                  |        |        |      |                          | Interface       |
+=============+====+==========+==================+========+========+======+==========================+=================+
| 0.0.0.0/0   | 0  | static   | static_route_mgr | True   | 1      | 5    | blackholed [discard]     | blackholed      |
| 10.2.0.0/16 | 0  | bgp      | bgp_mgr          | True   | 0      | 170  | 100.64.1.1 (direct)      | ethernet-1/49.1 |
|             |    |          |                  |        |        |      | 100.64.2.1 (direct)      | ethernet-1/50.1 |
| 10.3.0.0/16 | 0  | bgp-evpn | bgp_evpn_mgr     | False  | 0      | 170  | 10.0.0.2/32 (indirect/vx | None            |
|             |    |          |                  |        |        |      | lan)                     |                 |
+-------------+----+----------+------------------+--------+--------+------+--------------------------+-----------------+
IPv4 routes total                    : 3
IPv4 prefixes with active routes     : 3
IPv4 prefixes with active ECMP routes: 1
""")
    )
    assert shown(table) == [
        "6: red 0.0.0.0/0 static [5/1] DROP",
        "7: red 10.2.0.0/16 bgp [170/0] 100.64.1.1@ethernet-1/49.1 100.64.2.1@ethernet-1/50.1",
        "9: red 10.3.0.0/16 bgp [170/0] 10.0.0.2@ (backup) if through a tunnel (vxlan)",
    ]
    assert table.complete


def test_srl_drawings_that_are_cut_off_or_short_of_rows() -> None:
    lines = SRL.split("\n")
    assert not srl.routes(text("\n".join(lines[:12]))).complete
    assert not srl.routes(text("\n".join(lines[:9] + lines[12:]))).complete
    assert not srl.routes(text("\n".join(lines[:16]))).complete
