"""Routes, interfaces and path choice (knowledge: load balancing 15, cases 85 to 99)."""

# device texts and tables of cases stand unbroken

from __future__ import annotations

import pytest

from parsers.model.addresses import prefix_term
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from parsers.model.routes import NextHop, Route
from tests.linux.linux_case import device

TWO_WAYS = """default proto static metric 100
\tnexthop via 192.0.2.1 dev wan0 weight 1
\tnexthop via 198.51.100.1 dev wan1 weight 1
10.20.0.0/16 dev lan0 proto kernel scope link src 10.20.0.1"""
NTH = """*mangle
:PREROUTING ACCEPT [0:0]
{}-A PREROUTING {}-m statistic --mode nth --every 2 --packet 0 -j MARK --set-xmark 0x1/0xffffffff
{}COMMIT"""
RESTORE = "-A PREROUTING -j CONNMARK --restore-mark\n"
SAVE = "-A PREROUTING -j CONNMARK --save-mark\n"
IP_RULE = """0:\tfrom all lookup local
100:\tfrom all fwmark 0x1 lookup 101
32766:\tfrom all lookup main
32767:\tfrom all lookup default"""


def choice(found: Device, stage: Stage, family: int = 4) -> PathChoice:
    """The only choice of a stage that acts on a family."""
    (one,) = [c for c in found.path_choices if c.stage is stage and c.family in (0, family)]
    return one


def route(found: Device, prefix: str, number: int = 0) -> Route:
    """A route to a prefix."""
    term = prefix_term(prefix)
    length = int(prefix.partition("/")[2])
    routes: list[Route] = [
        r
        for table in (*found.tables, *((found.static_routes,) if found.static_routes else ()))
        for r in table.routes
        if (r.family, r.value, r.length) == (term.family, term.value, length)
    ]
    return routes[number]


def test_85_two_next_hops_on_a_hashing_kernel() -> None:
    found = device(ip_route_show=TWO_WAYS, uname__r="6.1.0-18-amd64")
    assert route(found, "0.0.0.0/0").next_hops == (
        NextHop("wan0", "192.0.2.1"),
        NextHop("wan1", "198.51.100.1"),
    )
    ecmp = choice(found, Stage.ECMP)
    assert ecmp.spread is Spread.FLOW
    assert ecmp.fields == {HashField.SRC, HashField.DST}


@pytest.mark.parametrize(
    ("release", "spread"),
    [
        ("3.10.0-1160.el7.x86_64", Spread.PER_PACKET),
        ("4.3.6", Spread.PER_PACKET),
        ("4.4.0", Spread.FLOW),
        ("2.6.32", Spread.ADAPTIVE),
    ],
)
def test_86_kernels_between_3_6_and_4_3_choose_per_packet(release: str, spread: Spread) -> None:
    found = device(ip_route_show=TWO_WAYS, uname__r=release)
    assert choice(found, Stage.ECMP).spread is spread
    assert choice(found, Stage.ECMP, 6).spread is Spread.FLOW


def test_a_hash_policy_proves_a_hashing_kernel() -> None:
    found = device(sysctl__a="net.ipv4.fib_multipath_hash_policy = 1", uname__r="3.10.0")
    ecmp = choice(found, Stage.ECMP)
    assert ecmp.spread is Spread.FLOW
    assert HashField.SRC_PORT in ecmp.fields
    assert ecmp.where is not None and ecmp.where.line == 1


def test_without_a_release_the_answer_is_open() -> None:
    ecmp = choice(device(ip_route_show=TWO_WAYS), Stage.ECMP)
    assert (ecmp.spread, ecmp.in_effect) == (Spread.UNKNOWN, None)


@pytest.mark.parametrize(
    ("before", "condition", "after", "spread", "in_effect", "trap"),
    [
        ("", "", "", Spread.PER_PACKET, True, False),
        (RESTORE, "-m conntrack --ctstate NEW ", SAVE, Spread.FLOW, True, True),
        (RESTORE + "-A PREROUTING -m mark ! --mark 0x0 -j ACCEPT\n", "", SAVE, Spread.FLOW, True, True),
        (RESTORE, "-m mark --mark 0x0 ", SAVE, Spread.FLOW, True, True),
        (RESTORE, "", SAVE, Spread.UNKNOWN, None, False),
        ("", "-m conntrack --ctstate NEW ", "", Spread.UNKNOWN, None, False),
    ],
    ids=["88 no conntrack", "new and restored", "marked packets leave", "unmarked only",
         "restored and overwritten", "only the first packet is marked"],
)  # fmt: skip
def test_marks_by_count(
    before: str, condition: str, after: str, spread: Spread, in_effect: bool | None, trap: bool
) -> None:
    found = device(iptables__save=NTH.format(before, condition, after), ip_rule_show=IP_RULE)
    mark = choice(found, Stage.POLICY)
    assert (mark.spread, mark.in_effect, mark.trap) == (spread, in_effect, trap)


def test_marks_that_no_rule_reads_route_nothing() -> None:
    ordinary = "\n".join(line for line in IP_RULE.split("\n") if "fwmark" not in line)
    save = NTH.format("", "-i lan0 -d 104.192.136.0/21 ", "")
    mark = choice(device(iptables__save=save, ip_rule_show=ordinary), Stage.POLICY)
    assert (mark.spread, mark.in_effect) == (Spread.PER_PACKET, False)
    assert (mark.scope, mark.interface) == (Scope.INGRESS, "lan0")
    assert mark.prefixes == ((4, prefix_term("104.192.136.0/21").value, 21),)
    assert choice(device(iptables__save=save), Stage.POLICY).in_effect is None


def nft(rule: str, kind: str = "filter", hook: str = "prerouting") -> str:
    return f"table ip m {{\n chain pre {{\n  type {kind} hook {hook} priority 0; policy accept;\n  {rule}\n }}\n}}"


@pytest.mark.parametrize(
    ("ruleset", "spread", "trap"),
    [
        (nft("meta mark set numgen inc mod 2"), Spread.PER_PACKET, False),
        (nft("meta mark set numgen random mod 2 map { 0 : 1, 1 : 2 }"), Spread.PER_PACKET, False),
        (nft("meta mark set jhash ip saddr . tcp sport mod 2"), Spread.FLOW, True),
        (nft("meta mark set numgen inc mod 2", kind="nat"), Spread.FLOW, True),
        (
            nft("ct mark != 0 meta mark set ct mark\n  ct state new meta mark set numgen inc mod 2\n  ct mark set meta mark"),
            Spread.FLOW,
            True,
        ),
    ],
    ids=["90 numgen inc", "numgen random", "92 jhash", "numgen in nat", "numgen for new ones"],
)  # fmt: skip
def test_marks_by_nft(ruleset: str, spread: Spread, trap: bool) -> None:
    mark = choice(device(nft_list_ruleset=ruleset, ip_rule_show=IP_RULE), Stage.POLICY)
    assert (mark.spread, mark.trap) == (spread, trap)


def test_94_a_true_link_equalizer() -> None:
    found = device(
        ip_address_show="""2: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc teql0 state UP group default qlen 1000
3: eth2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc teql0 state UP group default qlen 1000""",
        ip_route_show="default dev teql0 scope link",
    )
    bundle = choice(found, Stage.BUNDLE)
    assert (bundle.interface, bundle.spread, bundle.in_effect) == ("teql0", Spread.PER_PACKET, True)


@pytest.mark.parametrize(
    ("mode", "policy", "spread"),
    [
        ("load balancing (round-robin)", "", Spread.PER_PACKET),
        (
            "IEEE 802.3ad Dynamic link aggregation",
            "Transmit Hash Policy: layer3+4 (1)",
            Spread.FLOW,
        ),
        ("adaptive load balancing", "", Spread.ADAPTIVE),
    ],
)
def test_bonding_modes(mode: str, policy: str, spread: Spread) -> None:
    text = f"Ethernet Channel Bonding Driver: v5.10.0\n\nBonding Mode: {mode}\n{policy}\nMII Status: up"
    bundle = choice(device(**{"cat_/proc/net/bonding/bond0": text}), Stage.BUNDLE)
    assert (bundle.interface, bundle.spread) == ("bond0", spread)


def test_an_active_backup_bond_chooses_nothing() -> None:
    text = "Ethernet Channel Bonding Driver: v5.10.0\nBonding Mode: fault-tolerance (active-backup)"
    found = device(**{"cat_/proc/net/bonding/bond0": text})
    assert [c for c in found.path_choices if c.stage is Stage.BUNDLE] == []


def test_98_the_flow_label_takes_part_in_ipv6() -> None:
    found = device(
        ip__6_route_show="""default proto static metric 1024 pref medium
\tnexthop via 2001:db8::1 dev wan0 weight 1
\tnexthop via 2001:db8:1::1 dev wan1 weight 1""",
        sysctl__a="net.ipv6.fib_multipath_hash_policy = 0",
    )
    assert len(route(found, "::/0").next_hops) == 2
    assert HashField.FLOW_LABEL in choice(found, Stage.ECMP, 6).fields


def test_99_the_socket_hash_moves_a_hosts_own_sessions() -> None:
    text = (
        "net.ipv4.ip_forward = {}\nnet.ipv4.fib_multipath_hash_policy = 1\nnet.core.txrehash = {}"
    )
    assert HashField.SOCKET in choice(device(sysctl__a=text.format(0, 1)), Stage.ECMP).fields
    assert HashField.SOCKET not in choice(device(sysctl__a=text.format(0, 0)), Stage.ECMP).fields
    assert HashField.SOCKET not in choice(device(sysctl__a=text.format(1, 1)), Stage.ECMP).fields


def test_custom_hash_fields() -> None:
    text = "net.ipv6.fib_multipath_hash_policy = 3\nnet.ipv6.fib_multipath_hash_fields = 11"
    fields = choice(device(sysctl__a=text), Stage.ECMP, 6).fields
    assert fields == {HashField.SRC, HashField.DST, HashField.FLOW_LABEL}


def test_null_routes_and_metrics() -> None:
    found = device(
        ip_route_show="""default via 192.0.2.1 dev wan0 proto dhcp metric 100
default via 198.51.100.1 dev wan1 proto dhcp metric 600
blackhole 104.192.136.0/21
unreachable 185.166.140.0/22 metric 20
prohibit 18.205.93.0/25
10.1.0.0/16 via 10.0.0.2 dev lan0 linkdown
10.2.0.0/16 nhid 30 via 10.0.0.3 dev lan0 proto bgp metric 20
10.3.0.0/16 via inet6 fe80::1 dev lan0 proto bgp
10.4.0.0/16 dev lan0 dead linkdown"""
    )
    assert [route(found, "0.0.0.0/0", n).backup for n in (0, 1)] == [False, True]
    assert route(found, "104.192.136.0/21").discard == "drop"
    assert route(found, "185.166.140.0/22").discard == "reject"
    assert route(found, "18.205.93.0/25").discard == "reject"
    assert route(found, "10.1.0.0/16").conditional == "the link of a next hop is down"
    assert route(found, "10.2.0.0/16").protocol == "bgp"
    assert route(found, "10.3.0.0/16").next_hops == (NextHop("lan0", "fe80::1"),)
    assert route(found, "10.4.0.0/16").backup
    assert found.tables[0].complete


def test_a_route_not_understood_makes_the_table_incomplete() -> None:
    (table,) = device(
        ip_route_show="default via 192.0.2.1 dev wan0\n10.0.0.0/8 encap mpls 100 via 10.0.0.1"
    ).tables
    assert not table.complete
    assert [where.line for where in table.not_understood] == [2]


def test_next_hop_objects() -> None:
    text = "10.9.0.0/16 nhid 108 proto bgp metric 20"
    assert "108" in (route(device(ip_route_show=text), "10.9.0.0/16").conditional or "")
    objects = "id 34 via 10.0.0.1 dev lan0 scope link\nid 36 via 10.0.1.1 dev lan1 scope link\nid 108 group 34/36,2 proto zebra"
    found = device(ip_route_show=text, ip_nexthop_show=objects)
    assert route(found, "10.9.0.0/16").next_hops == (
        NextHop("lan0", "10.0.0.1"),
        NextHop("lan1", "10.0.1.1", weight=2),
    )


def test_json_routes_equal_text_routes() -> None:
    as_json = """[{"dst":"default","protocol":"static","metric":100,"flags":[],"nexthops":[
{"gateway":"192.0.2.1","dev":"wan0","weight":1,"flags":[]},{"gateway":"198.51.100.1","dev":"wan1","weight":1,"flags":[]}]},
{"dst":"10.20.0.0/16","dev":"lan0","protocol":"kernel","scope":"link","prefsrc":"10.20.0.1","flags":[]}]"""
    one = device(ip_route_show=TWO_WAYS).tables[0]
    other = device(ip__j_route=as_json).tables[0]
    assert [r._replace(line=0) for r in one.routes] == [r._replace(line=0) for r in other.routes]
    assert [r.line for r in other.routes] == [1, 3]
    assert (
        (one.family, one.vrf, one.source)
        == (other.family, other.vrf, other.source)
        == (4, "default", "fib")
    )


def test_routing_rules_are_noted() -> None:
    found = device(
        ip_rule_show=IP_RULE
        + "\n90:\tfrom 10.20.0.0/16 lookup 102\n80:\tfrom all to 104.192.136.0/21 prohibit"
    )
    assert [(n.value, n.where.line if n.where else 0) for n in found.recognised] == [
        ("policy-route", 2), ("policy-route", 5), ("policy-route", 6),
    ]  # fmt: skip


ADDRESSES = """1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: wan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff
    inet 192.0.2.9/24 brd 192.0.2.255 scope global dynamic wan0
       valid_lft 1307sec preferred_lft 1307sec
3: wan0.7@wan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1492 qdisc noqueue state UP group default
    link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff
    inet6 2001:db8::9/64 scope global
4: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN group default qlen 1000
    link/none
5: bond0: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP
6: eth5: <BROADCAST,MULTICAST,SLAVE,UP,LOWER_UP> mtu 1500 qdisc mq master bond0 state UP
7: red: <NOARP,MASTER,UP,LOWER_UP> mtu 65575 qdisc noqueue state UP
8: eth8: <BROADCAST,MULTICAST> mtu 9000 qdisc noop master red state DOWN"""


def test_interfaces() -> None:
    found = {i.name: i for i in device(ip_address_show=ADDRESSES, sysctl__a="net.ipv4.conf.all.rp_filter = 0\nnet.ipv4.conf.wan0.rp_filter = 1\nnet.ipv4.conf.eth8.rp_filter = 2").interfaces}  # fmt: skip
    assert {n: i.kind for n, i in found.items()} == {
        "lo": InterfaceKind.LOOPBACK, "wan0": InterfaceKind.PHYSICAL,
        "wan0.7": InterfaceKind.SUBINTERFACE, "wg0": InterfaceKind.TUNNEL,
        "bond0": InterfaceKind.BUNDLE, "eth5": InterfaceKind.PHYSICAL, "red": InterfaceKind.OTHER,
        "eth8": InterfaceKind.PHYSICAL,
    }  # fmt: skip
    assert {n: i.mtu.value for n, i in found.items() if i.mtu} == {
        "lo": 65536, "wan0": 1500, "wan0.7": 1492, "wg0": 1420, "bond0": 1500, "eth5": 1500,
        "red": 65575, "eth8": 9000,
    }  # fmt: skip
    assert (found["eth5"].bundle, found["eth5"].routed) == ("bond0", False)
    assert (found["eth8"].vrf, found["eth8"].enabled) == ("red", False)
    assert found["wan0.7"].parent == "wan0"
    assert found["wan0"].dynamic_address is not None
    urpf = {n: i.urpf.value for n, i in found.items() if i.urpf}
    assert urpf == {"wan0": "strict", "eth8": "loose"}
    assert {(p.family, p.sends) for p in found["wan0"].ptb} == {(4, True), (6, True)}
    address = found["wan0"].addresses[0]
    assert (address.family, address.value, address.length, address.where.line) == (
        4,
        0xC0000209,
        24,
        7,
    )


def test_details_of_links() -> None:
    found = {i.name: i for i in device(ip__d_link="""3: gre1@NONE: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1476 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
    link/gre 192.0.2.1 peer 198.51.100.1 promiscuity 0 allmulti 0 minmtu 0 maxmtu 0
    gre remote 198.51.100.1 local 192.0.2.1 ttl inherit nopmtudisc addrgenmode eui64 numtxqueues 1
4: bond1: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT
    link/ether 52:54:00:00:00:02 brd ff:ff:ff:ff:ff:ff promiscuity 0
    bond mode balance-rr miimon 100 updelay 0 xmit_hash_policy layer2 resend_igmp 1""").interfaces}  # fmt: skip
    tunnel = found["gre1"].tunnel
    assert tunnel is not None
    assert (tunnel.mode, tunnel.overhead, tunnel.path_mtu_discovery) == ("gre", 24, False)
    assert (tunnel.source, tunnel.destination) == ("192.0.2.1", "198.51.100.1")
    assert found["bond1"].kind is InterfaceKind.BUNDLE


def test_json_links_equal_text_links() -> None:
    as_json = """[{"ifindex":2,"ifname":"wan0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"qdisc":"fq_codel","operstate":"UP","link_type":"ether","addr_info":[{"family":"inet","local":"192.0.2.9","prefixlen":24,"dynamic":true}]},
{"ifindex":3,"link":"wan0","ifname":"wan0.7","flags":["UP"],"mtu":1492,"link_type":"ether","linkinfo":{"info_kind":"vlan"},"addr_info":[]}]"""
    found = {i.name: i for i in device(ip__j_address=as_json).interfaces}
    assert (found["wan0"].kind, found["wan0.7"].kind) == (
        InterfaceKind.PHYSICAL,
        InterfaceKind.SUBINTERFACE,
    )
    assert found["wan0"].addresses[0][:3] == (4, 0xC0000209, 24)
    assert found["wan0.7"].where is not None and found["wan0.7"].where.line == 2
    assert found["wan0.7"].mtu is not None and found["wan0.7"].mtu.value == 1492
