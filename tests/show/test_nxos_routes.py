"""`show ip route` and `show ipv6 route` of NX-OS."""

from __future__ import annotations

from parsers.show.nxos_routes import ip_routes, ipv6_routes
from tests.show.words import missed, shown, text

HEAD = """\
IP Route Table for VRF "{}"
'*' denotes best ucast next-hop
'**' denotes best mcast next-hop
'[x/y]' denotes [preference/metric]
'%<string>' in via output denotes VRF <string>

"""


def test_best_unicast_ways_count_and_others_are_backups() -> None:
    table = ip_routes(
        text(
            HEAD.format("default")
            + """\
2.2.2.2/32, ubest/mbest: 2/0
    *via 10.10.30.2, Eth2/2, [110/3], 5d18h, ospf-10, intra
    *via 10.10.40.2, Po4, [110/3], 5d18h, ospf-10, intra
44.55.0.11/32, ubest/mbest: 1/0 time
    *via 11.22.159.42, [1/0], 1y16w, static
     via 22.33.0.11, [200/0], 1y16w, bgp-2244, internal, tag 24436 (hidden)
33.33.33.33/32, ubest/mbest: 1/1
    *via 3.3.3.3%default, [33/0], 5w0d, bgp-100, internal, tag 100 (mpls-vpn)
    **via 3.3.3.3%default, [33/0], 5w0d, bgp-100, internal, tag 100 (mpls-vpn)
"""
        )
    )
    assert shown(table) == [
        "7: default 2.2.2.2/32 ospf [110/3] 10.10.30.2@Ethernet2/2 10.10.40.2@port-channel4",
        "10: default 44.55.0.11/32 static [1/0] 11.22.159.42@",
        "12: default 44.55.0.11/32 bgp [200/0] 22.33.0.11@ (backup)",
        "13: default 33.33.33.33/32 bgp [33/0] 3.3.3.3@%default",
        "15: default 33.33.33.33/32 bgp [33/0] 3.3.3.3@%default (backup)",
    ]
    assert table.complete


def test_the_devices_own_addresses_are_no_neighbours() -> None:
    table = ip_routes(
        text("""
1.1.1.1/32, ubest/mbest: 2/0, attached
    *via 1.1.1.1, Lo1, [0/0], 6d00h, local
    *via 1.1.1.1, Lo1, [0/0], 6d00h, direct
10.10.10.0/24, ubest/mbest: 1/0, attached
    *via 10.10.10.1, Vlan5, [0/0], 5d18h, direct
10.10.10.3/32, ubest/mbest: 1/0, attached
    *via 10.10.10.3, Vlan5, [0/0], 00:12:30, hsrp
10.10.10.9/32, ubest/mbest: 1/0, attached
    *via 10.10.10.9, Vlan5, [250/0], 1d02h, am
""")
    )
    assert shown(table) == [
        "1: default 1.1.1.1/32 local [0/0] @loopback1",
        "4: default 10.10.10.0/24 connected [0/0] @Vlan5",
        "6: default 10.10.10.3/32 hsrp [0/0] @Vlan5",
        "8: default 10.10.10.9/32 adjacency [250/0] 10.10.10.9@Vlan5",
    ]


def test_discards_pending_routes_and_leaks() -> None:
    table = ip_routes(
        text("""
10.71.0.0/21, ubest/mbest: 1/0
    *via Null0, [220/10], 2y49w, ospf-1, discard
8.8.8.8/32, ubest/mbest: 1/0, pending
    *via 10.66.120.1, Vlan1220, [1/0], 00:00:01, static, tag 100
0.0.0.0/0, ubest/mbest: 1/0 time
    *via 169.254.0.1%DMZ, [20/0], 41w6d, bgp-64512, external, tag 64512
     via Null0, [254/0], 1y16w, static
""")
    )
    assert shown(table) == [
        "1: default 10.71.0.0/21 ospf [220/10] DROP",
        "3: default 8.8.8.8/32 static [1/0] 10.66.120.1@Vlan1220 if pending in the table",
        "5: default 0.0.0.0/0 bgp [20/0] 169.254.0.1@%DMZ",
        "7: default 0.0.0.0/0 static [254/0] DROP (backup)",
    ]
    assert table.complete


def test_vxlan_ways_are_wrapped() -> None:
    table = ip_routes(
        text(
            HEAD.format("VRF_A")
            + """\
0.0.0.0/0, ubest/mbest: 2/0, all-best (0xac10000b)
    *via 172.16.0.13%default, [200/0], 01:46:19, bgp-65501, internal, tag 65505,
 segid: 770000 tunnelid: 0xac10000d encap: VXLAN

    *via 172.16.0.14%default, [200/0], 01:46:17, bgp-65501, internal, tag 65505,
 segid: 770000 tunnelid: 0xac10000e encap: VXLAN

10.151.0.0/16, ubest/mbest: 1/0
    *via 172.24.0.240%default, [150/51712], 3d17h, bgp-65004, internal, tag 65004 (evpn) \
segid: 10000 tunnelid: 0xac1800f0 encap: VXLAN
"""
        ),
        vrf=None,
    )
    assert shown(table) == [
        "7: VRF_A 0.0.0.0/0 bgp [200/0] 172.16.0.13@%default 172.16.0.14@%default",
        "14: VRF_A 10.151.0.0/16 bgp [150/51712] 172.24.0.240@%default",
    ]
    assert table.complete


def test_fewer_ways_than_stated_and_unknown_words_are_told() -> None:
    table = ip_routes(
        text("""
2.2.2.2/32, ubest/mbest: 2/0
    *via 10.10.30.2, Eth2/2, [110/3], 5d18h, ospf-10, intra
3.3.3.3/32, ubest/mbest: 1/0, frobnicated
    *via 10.10.30.2, Eth2/2, [110/3], 5d18h, ospf-10, intra
4.4.4.4/32, ubest/mbest: 1/0
    *via 10.10.30.2, Eth2/2, [110/3], 5d18h, ospf-10, sideways
what is this
    *via 10.10.30.2, Eth2/2, [110/3], 5d18h, ospf-10, intra
""")
    )
    assert missed(table) == [1, 3, 6, 7, 8]
    assert len(table.routes) == 3


def test_an_empty_vrf_is_complete() -> None:
    table = ip_routes(text(HEAD.format("default") + "Route not found\n"), vrf=None)
    assert (shown(table), table.complete) == ([], True)


def test_ipv6_link_local_ways_keep_their_interface() -> None:
    table = ipv6_routes(
        text("""
IPv6 Routing Table for VRF "default"
'*' denotes best ucast next-hop

::/0, ubest/mbest: 1/0
    *via fe80::1, Eth1/1, [110/40], 5d18h, ospfv3-1, type-2
2001:db8:1::/64, ubest/mbest: 1/0, attached
    *via 2001:db8:1::1, Vlan5, [0/0], 5d18h, direct,
""")
    )
    assert shown(table) == [
        "4: default ::/0 ospf [110/40] fe80::1@Ethernet1/1",
        "6: default 2001:db8:1::/64 connected [0/0] @Vlan5",
    ]
