"""`show ip route` of FRR and VyOS as text."""

from __future__ import annotations

from parsers.tables.frr_text import frr_routes
from tests.show.words import missed, shown, text

LEGEND = """\
Codes: K - kernel route, C - connected, L - local, S - static,
       R - RIP, O - OSPF, I - IS-IS, B - BGP, E - EIGRP, N - NHRP,
       > - selected route, * - FIB route, q - queued, r - rejected, b - backup
       t - trapped, o - offload failure

"""


def test_equal_cost_ways_keep_their_weights() -> None:
    table = frr_routes(
        text(
            LEGEND
            + """\
IPv4 unicast VRF default:
O>* 10.1.0.0/24 [110/20] via 10.0.0.2, eth1, weight 3, 1d02h03m
  *                      via 10.0.0.3, eth2, weight 1, 1d02h03m
B>* 198.51.100.0/24 [20/0] via 10.0.0.2, eth1, weight 1, 00:00:09
"""
        )
    )
    assert shown(table) == [
        "7: default 10.1.0.0/24 ospf [110/20] 10.0.0.2@eth1*3 10.0.0.3@eth2",
        "9: default 198.51.100.0/24 bgp [20/0] 10.0.0.2@eth1",
    ]
    assert (table.complete, table.family, table.vrf) == (True, 4, None)


def test_a_recursive_way_is_what_it_resolves_to() -> None:
    table = frr_routes(
        text("""
B>  10.9.0.0/16 [200/0] via 10.255.0.1 (recursive), weight 1, 00:01:00
  *                       via 10.0.0.2, eth1, weight 1, 00:01:00
  *                       via 10.0.0.3, eth2, weight 1, 00:01:00
""")
    )
    assert shown(table) == ["1: default 10.9.0.0/16 bgp [200/0] 10.0.0.2@eth1 10.0.0.3@eth2"]


def test_what_is_not_selected_waits() -> None:
    table = frr_routes(
        text("""
S   0.0.0.0/0 [200/0] via 203.0.113.1, wan2, weight 1, 00:20:00
S   10.5.0.0/24 [1/0] via 10.99.0.1 inactive, weight 1, 00:00:01
""")
    )
    assert shown(table) == [
        "1: default 0.0.0.0/0 static [200/0] 203.0.113.1@wan2 (backup)",
        "2: default 10.5.0.0/24 static [1/0] (backup)",
    ]


def test_a_route_that_the_kernel_refused_is_in_doubt() -> None:
    table = frr_routes(text("B>r 10.2.0.0/24 [20/0] via 10.0.0.2, eth1, weight 1, 00:01:00"))
    assert shown(table) == ["1: default 10.2.0.0/24 bgp [20/0] if selected, and not in the kernel"]


def test_discards() -> None:
    table = frr_routes(
        text("""
S>* 10.1.0.0/16 [1/0] unreachable (blackhole), weight 1, 00:20:00
S>* 10.2.0.0/16 [1/0] unreachable (ICMP unreachable), weight 1, 00:20:00
S>* 10.3.0.0/16 [1/0] is directly connected, Null0, weight 1, 00:20:00
""")
    )
    assert [route.discard for route in table.routes] == ["drop", "reject", "drop"]


def test_headings_name_vrfs_and_a_way_may_leave_through_another() -> None:
    table = frr_routes(
        text("""
VRF red:
C>* 10.0.0.0/24 is directly connected, eth1, weight 1, 00:01:00
B>* 10.3.0.0/24 [20/0] via 10.9.0.2, eth9 (vrf blue), label 16/17, weight 1, 00:01:00

VRF blue:
L * 10.9.0.1/32 is directly connected, eth9, weight 1, 00:01:00
""")
    )
    assert shown(table) == [
        "2: red 10.0.0.0/24 connected @eth1",
        "3: red 10.3.0.0/24 bgp [20/0] 10.9.0.2@eth9%blue",
        "6: blue 10.9.0.1/32 local @eth9",
    ]


def test_tables_that_rules_lead_to_are_not_the_main_one() -> None:
    table = frr_routes(
        text("""
VRF default table 254:
C>* 10.0.0.0/24 is directly connected, eth1, weight 1, 00:01:00
VRF default table 10:
S>* 0.0.0.0/0 [1/0] via 10.0.0.2, eth1, weight 1, 00:01:00
VRF red table 1001:
C>* 10.1.0.0/24 is directly connected, eth2, weight 1, 00:01:00
""")
    )
    assert [route.vrf for route in table.routes] == ["default", "table 10", "red"]


def test_old_zebra_prints_no_age_for_what_no_protocol_learned() -> None:
    table = frr_routes(
        text("""
K>* 0.0.0.0/0 via 10.0.2.2, eth0
C>* 10.0.2.0/24 is directly connected, eth0
S>* 10.4.0.0/24 [1/0] via 10.0.2.9, eth0
""")
    )
    assert len(table.routes) == 3
    assert table.complete


def test_a_line_that_ends_before_its_age_is_cut_off() -> None:
    """Where other lines of its kind have one, and always for a protocol's route."""
    table = frr_routes(
        text("""
S>* 10.1.0.0/24 [1/0] via 10.0.2.9, eth0, weight 1, 00:00:10
S>* 10.2.0.0/24 [1/0] via 10.0.2.9, et
B>* 10.3.0.0/24 [20/0] via 10.0.2.9, et
""")
    )
    assert missed(table) == [2, 3]


def test_words_that_are_not_known_make_the_table_incomplete() -> None:
    table = frr_routes(
        text("""
B>* 10.6.0.0/24 [20/0] via 10.0.0.2, eth1, seg6 fc00::1, weight 1, 00:01:00
X>* 10.7.0.0/24 [20/0] via 10.0.0.2, eth1, weight 1, 00:01:00
  *                    via 10.0.0.3, eth2, weight 1, 00:01:00
""")
    )
    assert (shown(table), missed(table)) == ([], [1, 2, 3])


def test_ipv6() -> None:
    table = frr_routes(
        text("B>* 2001:db8::/32 [20/0] via fe80::1, eth1, weight 1, 00:01:00"), "blue", 6
    )
    assert shown(table) == ["1: blue 2001:db8::/32 bgp [20/0] fe80::1@eth1"]
    assert (table.family, table.vrf) == (6, "blue")
