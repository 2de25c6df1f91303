"""The ZebOS form: EdgeOS `show ip route`, FortiOS `get router info routing-table all`."""

from __future__ import annotations

from parsers.tables.zebos import edgeos_ip, edgeos_ipv6, fortios_ip, fortios_ipv6
from tests.show.words import missed, shown, text

EDGEOS = """\
Codes: K - kernel, C - connected, S - static, R - RIP, B - BGP
       O - OSPF, IA - OSPF inter area
       > - selected route, * - FIB route, p - stale info

IP Route Table for VRF "default"
"""


def test_edgeos_marks_what_forwards() -> None:
    table = edgeos_ip(
        text(
            EDGEOS
            + """\
S    *> 0.0.0.0/0 [1/0] via 192.0.2.1, eth0
     *>           [1/0] via 198.51.100.1, eth1
S       0.0.0.0/0 [200/0] via 203.0.113.1, eth2
S    *> 10.1.0.0/16 [1/0] via 10.9.9.9 (recursive is directly connected, pppoe4) )
C    *> 10.2.0.0/16 is directly connected, switch0.1
B    *> 10.3.0.0/16 [20/0] via 192.0.2.1, eth0, 1d05h38m
"""
        )
    )
    assert shown(table) == [
        "6: default 0.0.0.0/0 static [1/0] 192.0.2.1@eth0 198.51.100.1@eth1",
        "8: default 0.0.0.0/0 static [200/0] 203.0.113.1@eth2 (backup)",
        "9: default 10.1.0.0/16 static [1/0] 10.9.9.9@pppoe4",
        "10: default 10.2.0.0/16 connected @switch0.1",
        "11: default 10.3.0.0/16 bgp [20/0] 192.0.2.1@eth0",
    ]
    assert table.complete


def test_edgeos_ipv6_has_no_marks() -> None:
    table = edgeos_ipv6(
        text("""
IPv6 Routing Table
Codes: K - kernel route, C - connected, S - static
Timers: Uptime

S      ::/0 [1/0] via fe80::1, eth0, 01w0d03h
C      2001:db8:1::/64 via ::, eth1, 03w0d00h
""")
    )
    assert shown(table) == [
        "5: default ::/0 static [1/0] fe80::1@eth0",
        "6: default 2001:db8:1::/64 connected @eth1",
    ]
    assert (table.complete, table.family) == (True, 6)


def test_fortios_uses_the_ways_of_the_least_priority() -> None:
    """`[priority/weight]` ends a way from 7.0 on."""
    table = fortios_ip(
        text("""
Routing table for VRF=0
S*      0.0.0.0/0 [10/0] via 192.0.2.1, wan1, [1/0]
                  [10/0] via 198.51.100.1, wan2, [10/0]
S       10.1.0.0/16 [10/0] via 192.0.2.1, wan1, [5/70]
                    [10/0] via 198.51.100.1, wan2, [5/30]
B       10.2.0.0/16 [200/0] via 10.9.9.9 (recursive is directly connected, port4), 00:02:28, [1/0]
""")
    )
    assert shown(table) == [
        "2: default 0.0.0.0/0 static [10/0] 192.0.2.1@wan1",
        "3: default 0.0.0.0/0 static [10/0] 198.51.100.1@wan2 (backup)",
        "4: default 10.1.0.0/16 static [10/0] 192.0.2.1@wan1*70 198.51.100.1@wan2*30",
        "6: default 10.2.0.0/16 bgp [200/0] 10.9.9.9@port4",
    ]
    assert table.complete


def test_fortios_tunnels_blackholes_and_vrfs() -> None:
    table = fortios_ip(
        text("""
Routing table for VRF=0
B       10.0.0.0/8 [200/0] is a summary, Null, 00:02:28, [1/0]
S       10.1.0.0/16 [10/0] via hub1 tunnel 172.31.0.65, [1/0]
C       10.2.0.0/24 is directly connected, port2

Routing table for VRF=7
B       10.3.0.0/16 [20/0] via 10.7.0.2, port7, 01:02:03, [1/0]
""")
    )
    assert shown(table) == [
        "2: default 10.0.0.0/8 bgp [200/0] DROP",
        "3: default 10.1.0.0/16 static [10/0] 172.31.0.65@hub1",
        "4: default 10.2.0.0/24 connected @port2",
        "7: default vrf 7 10.3.0.0/16 bgp [20/0] 10.7.0.2@port7",
    ]


def test_fortios_ipv6() -> None:
    table = fortios_ipv6(
        text("""
S       ::/0 [10/0] via 2001:db8::1, port1, 00:00:10, [1024/0]
C       2001:db8::/64 via ::, port1, 02:03:04
""")
    )
    assert shown(table) == [
        "1: default ::/0 static [10/0] 2001:db8::1@port1",
        "2: default 2001:db8::/64 connected @port1",
    ]


def test_lines_that_are_cut_off_are_missed() -> None:
    table = fortios_ip(
        text("""
S       10.1.0.0/16 [10/0] via 192.0.2.1, wan1, [1/0]
S       10.2.0.0/16 [10/0] via 192.0.2.1, wa
B       10.3.0.0/16 [20/0] via 192.0.2.1, wan1
S       10.4.0.0/16 [10/0] via 192.0
""")
    )
    assert missed(table) == [2, 3, 4]


def test_what_is_not_known_is_missed() -> None:
    table = fortios_ip(
        text("""
Q       10.1.0.0/16 [10/0] via 192.0.2.1, wan1, [1/0]
S       10.2.0.0/16 [10/0] via vpn7 somehow, [1/0]
                    [10/0] via 192.0.2.1, wan1, [1/0]
""")
    )
    assert (shown(table), missed(table)) == ([], [1, 2, 3])
