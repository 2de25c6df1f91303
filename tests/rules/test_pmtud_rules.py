"""The procedure for sizes (docs/pmtud.md) step by step: filters on sources, limits, raises, tunnels' sources, bad
sizes. Expected verdicts are worked out by hand."""

from __future__ import annotations

import pytest

from parsers.platform import Inputs, Remedy, Text
from parsers.registry import PLATFORMS, platform
from rules.finding import Outcome
from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket, brief, device_of, findings_of
from tests.cisco_asa.flows import BASE, ROUTE
from tests.cisco_ios.test_pmtud_cases import (
    BY_TUNNEL,
    BY_WAN,
    OFF,
    WAN_IN,
    acl,
    lan,
    tunnel,
    wan,
)  # fmt: skip
from tests.fortinet.test_pmtud_cases import GLOBAL, NARROW, OUT
from tests.fortinet.texts import DEFAULT_ROUTE
from tests.juniper_junos.test_pmtud_cases import BASE as BASE_OF_JUNOS
from tests.juniper_junos.test_pmtud_cases import BY_GRE, GRE
from tests.rules.test_pmtud_cases import BY_ISP, PROFILE

Expected = set[tuple[str, str, str]]
OK: Expected = set()
WAN_OUT = " ip access-group WAN-IN out\n"
PUBLIC_LAN = lan().replace("10.20.1.1", "198.51.100.1")
BOGONS = (
    "deny ip 10.0.0.0 0.255.255.255 any",
    "deny ip 172.16.0.0 0.15.255.255 any",
    "permit ip any any",
)


def ios(config: str) -> Expected:
    return brief(findings_of("cisco_ios", config), "MTU")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        # private sources only: routers on the way may answer from them, which is worth knowing
        (BOGONS, OK),
        # the own prefix as a source does not come from outside
        (("deny ip 10.20.1.0 0.0.0.255 any", "permit ip any any"), OK),
        # a few hosts: no router of a path
        (("deny ip host 45.1.2.3 any", "permit ip any any"), OK),
        # a sixteenth of the Internet
        (("deny ip 32.0.0.0 15.255.255.255 any", "permit ip any any"), {("MTU002", "medium", "fail")}),
        # the service's own range: its edge tells clients too
        (("deny icmp 104.192.136.0 0.0.7.255 any", "permit ip any any"), {("MTU002", "high", "fail")}),
        # everybody but one network
        (("permit icmp 198.51.100.0 0.0.0.255 any", "deny icmp any any", "permit ip any any"), {("MTU002", "high", "fail")}),
    ],
    ids=["bogons", "own-prefix", "few", "some", "edge", "most"],
)  # fmt: skip
def test_which_sources_an_inbound_filter_denies(
    entries: tuple[str, ...], expected: Expected
) -> None:
    assert ios(lan() + wan(WAN_IN) + acl(*entries) + BY_WAN) == expected


def test_denied_private_sources_are_a_note() -> None:
    found = findings_of("cisco_ios", lan() + wan(WAN_IN) + acl(*BOGONS) + BY_WAN)
    assert [(f.code, f.outcome) for f in found] == [("MTU002", Outcome.NOTE)]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        # T32: a bogon filter on the way out beside clients with other addresses
        (PUBLIC_LAN + wan(WAN_OUT) + acl(*BOGONS) + BY_WAN, {("MTU008", "medium", "fail")}),
        (PUBLIC_LAN + wan(WAN_OUT + " ip tcp adjust-mss 1436\n") + acl(*BOGONS) + BY_WAN, OK),
        (PUBLIC_LAN + wan(WAN_OUT) + acl("permit icmp any any packet-too-big", *BOGONS) + BY_WAN, OK),
        # an allow-list of the own prefix names no private range: what is denied was never announced
        (PUBLIC_LAN + wan(WAN_OUT) + acl("permit ip 198.51.100.0 0.0.0.255 any") + BY_WAN, OK),
    ],
    ids=["T32", "clamped", "permitted-first", "allow-list"],
)  # fmt: skip
def test_private_sources_on_the_way_out(config: str, expected: Expected) -> None:
    assert ios(config) == expected


CHECK = " ip verify unicast source reachable-via {}\n"
SPECIFIC = "ip route 104.192.136.0 255.255.248.0 203.0.113.2\n"


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (lan() + wan(CHECK.format("rx")) + SPECIFIC, {("MTU008", "medium", "fail")}),
        (lan() + wan(CHECK.format("any")) + SPECIFIC, OK),
        (PUBLIC_LAN + wan(CHECK.format("rx")) + SPECIFIC, OK),
        (lan(CHECK.format("rx")) + wan() + SPECIFIC, OK),
        (lan() + wan(CHECK.format("rx") + " ip tcp adjust-mss 1400\n") + SPECIFIC, OK),
    ],
    ids=["strict", "loose", "no-private-inside", "on-the-lan", "clamped"],
)
def test_reverse_path_checks(config: str, expected: Expected) -> None:
    assert ios(config) == expected


def test_t27_clearing_df_on_the_way_in_is_a_warning_and_no_break() -> None:
    """Unreachables are off on both interfaces, but what does not fit is fragmented instead of dropped."""
    clear = "route-map CLR permit 10\n set ip df 0\n"
    policy = " ip policy route-map CLR\n"
    told = lan(OFF + policy) + tunnel(OFF) + BY_TUNNEL
    assert ios(clear + told) == {("MTU005", "medium", "fail")}
    assert ios(clear + lan(OFF) + tunnel(OFF) + BY_TUNNEL) == {("MTU001", "critical", "fail")}
    elsewhere = lan(OFF) + tunnel(OFF + policy) + BY_TUNNEL
    assert ios(clear + elsewhere) == {("MTU001", "critical", "fail")}
    clamped = lan(policy) + tunnel(" ip tcp adjust-mss 1360\n") + BY_TUNNEL
    assert ios(clear + clamped) == OK


def test_ignoring_df_hides_that_nobody_is_told() -> None:
    """T97 with messages off: packets are fragmented, so the break is not certain."""
    text = NARROW + GLOBAL.format("honor-df disable") + GLOBAL.format("send-pmtu-icmp disable")
    found = brief(findings_of("fortinet", text + OUT + DEFAULT_ROUTE), "MTU")
    assert found == {("MTU005", "medium", "fail")}


def test_a_statement_of_routeros_is_in_use_without_a_route_map() -> None:
    config = (
        "# 2024-01-01 00:00:00 by RouterOS 7.12\n/interface gre\n"
        "add clamp-tcp-mss=no mtu=1400 name=gre1 remote-address=198.51.100.2\n"
        "/ip firewall mangle\nadd action=clear-df chain=forward\n"
        "/ip address\nadd address=10.20.1.1/24 interface=ether5\nadd address=192.0.2.1/30 interface=gre1\n"
        "/ip route\nadd dst-address=0.0.0.0/0 gateway=192.0.2.2\n"
    )
    assert brief(findings_of("mikrotik_routeros", config), "MTU") == {("MTU005", "medium", "fail")}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("new-mss=1460", {("MTU007", "high", "fail")}),
        ("new-mss=1436", OK),
        ("new-mss=1452 tcp-mss=1453-65535", OK),
        ("new-mss=clamp-to-pmtu", OK),
        ("disabled=yes new-mss=1460", OK),
    ],
)
def test_a_rule_of_routeros_that_may_raise(rule: str, expected: Expected) -> None:
    """Step 9: the manual's own examples limit the rule to larger segments."""
    config = (
        "# 2024-01-01 00:00:00 by RouterOS 7.12\n/ip firewall mangle\n"
        f"add action=change-mss chain=forward {rule} protocol=tcp tcp-flags=syn\n"
        "/ip address\nadd address=10.20.1.1/24 interface=ether5\nadd address=203.0.113.2/30 interface=ether1\n"
        "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1\n"
    )
    assert brief(findings_of("mikrotik_routeros", config), "MTU") == expected


@pytest.mark.parametrize(
    ("least", "fires"), [(1460, True), (1437, True), (1436, False), (0, False)]
)
def test_t53_a_least_segment_size(least: int, fires: bool) -> None:
    found = findings_of("cisco_asa", BASE + f"sysopt connection tcpmss minimum {least}\n" + ROUTE)
    assert (("MTU007", "high", "fail") in brief(found, "MTU")) is fires


FORTI = "#config-version=FGT60F-{}-FW-build1517-230606:opmode=0:vdom=0:user=admin\n"


@pytest.mark.parametrize(
    ("release", "directions"),
    [("6.4.9", {"in"}), ("7.0.0", {"in"}), ("7.0.1", {"both"}), ("7.4.3", {"both"})],
)
def test_the_interface_clamp_of_fortios(release: str, directions: set[str]) -> None:
    """Technical Tip 221376: up to 7.0.0 only what comes in at the interface is changed, then both ways."""
    text = FORTI.format(release) + NARROW.replace("mtu 1300", "mtu 1300\n        set tcp-mss 1260")
    device = device_of("fortinet", text)
    wan1 = next(i for i in device.interfaces if i.name == "wan1")
    assert {(c.family, c.value) for c in wan1.clamps} == {(4, 1260), (6, 1260)}
    assert {c.direction for c in wan1.clamps} == directions
    silent = text + GLOBAL.format("send-pmtu-icmp disable") + OUT + DEFAULT_ROUTE
    # uploads follow the SYN-ACK, which comes in at the way out in every release
    assert brief(findings_of("fortinet", silent), "MTU") == {("MTU001", "info", "fail")}


def test_t63_a_clamp_that_is_too_large_is_a_note() -> None:
    config = lan() + tunnel(" ip tcp adjust-mss 1380\n") + BY_TUNNEL
    notes = [f for f in findings_of("cisco_ios", config) if f.code == "MTU009"]
    assert [(f.outcome, f.budget and f.budget.decides) for f in notes] == [
        (Outcome.NOTE, "clamp 1380 > 1360")
    ]
    fits = lan() + tunnel(" ip tcp adjust-mss 1360\n") + BY_TUNNEL
    assert not [f for f in findings_of("cisco_ios", fits) if f.code == "MTU009"]


LEARNS = (
    " tunnel source {}\n tunnel destination 198.51.100.1\n tunnel path-mtu-discovery\n"
)  # fmt: skip
UNDERLAY = "ip route 198.51.100.1 255.255.255.255 203.0.113.2\n"


@pytest.mark.parametrize(
    ("config", "fires"),
    [
        (lan() + wan(WAN_IN) + tunnel(LEARNS.format("GigabitEthernet0/1")), True),
        (lan() + wan(WAN_IN) + tunnel(LEARNS.format("203.0.113.1")), True),
        # the list is on the LAN: the messages do not come in there
        (lan(WAN_IN) + wan() + tunnel(LEARNS.format("GigabitEthernet0/1")), False),
        (lan() + wan(WAN_IN) + tunnel(LEARNS.format("GigabitEthernet0/1").replace(" tunnel path-mtu-discovery\n", "")), False),
        # no source: nothing is known, and nothing breaks
        (lan() + wan(WAN_IN) + tunnel(" tunnel path-mtu-discovery\n"), False),
    ],
    ids=["T30", "by-address", "list-on-the-lan", "no-discovery", "no-source"],
)  # fmt: skip
def test_tunnel_heads(config: str, fires: bool) -> None:
    entries = acl("permit gre any any", "permit tcp any any", "permit icmp any any echo-reply")
    found = ios(config + entries + BY_TUNNEL + UNDERLAY)
    assert (("MTU006", "high", "fail") in found) is fires


JUNOS_GRE = (
    BASE_OF_JUNOS + GRE + BY_GRE + "set chassis icmp rate-limit 50\n"
    "set routing-options static route 198.51.100.9/32 next-hop 203.0.113.2\n"
    "set interfaces gr-0/0/0 unit 0 tunnel path-mtu-discovery\n"
    "set interfaces lo0 unit 0 family inet filter input RE\n"
    "set firewall family inet filter RE term tcp from protocol tcp\n"
    "set firewall family inet filter RE term tcp then accept\n"
)
PERMIT_PTB = (
    "set firewall family inet filter RE term ptb from protocol icmp\n"
    "set firewall family inet filter RE term ptb from icmp-type unreachable\n"
    "set firewall family inet filter RE term ptb then accept\n"
)


def test_a_filter_on_packets_to_the_router_itself_cuts_its_tunnel_off() -> None:
    """Step 7: the filter on lo0 is not in transit, but the tunnel's source is the router."""
    assert brief(findings_of("juniper_junos", JUNOS_GRE), "MTU") == {("MTU006", "high", "fail")}
    assert brief(findings_of("juniper_junos", JUNOS_GRE + PERMIT_PTB), "MTU") == OK
    without = JUNOS_GRE.replace("set interfaces gr-0/0/0 unit 0 tunnel path-mtu-discovery\n", "")
    assert brief(findings_of("juniper_junos", without), "MTU") == OK


LINUX_GRE = """2: lan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP
    inet 10.20.0.1/16 scope global lan0
3: wan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP
    inet 203.0.113.2/30 scope global wan0
4: gre1@NONE: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1476 qdisc noqueue state UNKNOWN
    link/gre 203.0.113.2 peer 198.51.100.9
    gre remote 198.51.100.9 local 203.0.113.2 ttl 64 {}addrgenmode eui64 numtxqueues 1
    inet 10.99.0.2/30 scope global gre1
"""
ROUTES = "default via 10.99.0.1 dev gre1\n198.51.100.9 via 203.0.113.1 dev wan0\n"
INPUT = (
    "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
    "-A INPUT -p gre -j ACCEPT\n-A INPUT -m conntrack --ctstate {} -j ACCEPT\nCOMMIT\n"
)


@pytest.mark.parametrize(
    ("states", "discovery", "expected"),
    [
        ("ESTABLISHED", "", {("MTU006", "high", "fail")}),
        ("RELATED,ESTABLISHED", "", OK),
        ("ESTABLISHED", "nopmtudisc ", OK),
    ],
)
def test_the_input_chain_cuts_a_tunnel_off(states: str, discovery: str, expected: Expected) -> None:
    texts = tuple(
        Text(f"{name}.txt", name.replace("_", " "), body.splitlines())
        for name, body in (
            ("ip_-d_address_show", LINUX_GRE.format(discovery)),
            ("ip_route_show", ROUTES),
            ("iptables-save", INPUT.format(states)),
            ("sysctl_-a", "net.ipv4.ip_forward = 1\n"),
        )
    )
    device = platform("linux").parse(Inputs("gw", "linux", texts))
    assert brief(check_all(View(device, bitbucket())), "MTU") == expected


BAD = ("0", "65536", "14oo", "-1", "99999999999999999999", "")


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize(
    "line", [" ip mtu {}\n", " mtu {}\n", " ip tcp adjust-mss {}\n", " ipv6 mtu {}\n"]
)
def test_bad_sizes_are_not_understood(line: str, value: str) -> None:
    text = line.format(value)
    device = device_of("cisco_ios", lan() + tunnel(text, "") + BY_TUNNEL)
    assert [u.text.strip() for u in device.not_understood] == [text.strip()]
    found = findings_of("cisco_ios", lan() + tunnel(text, "") + BY_TUNNEL)
    assert ("ACL009", "high", "unknown") in brief(found, "ACL")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("juniper_junos", "set interfaces ge-0/0/1 unit 0 family inet mtu {}\n"),
        ("juniper_junos", "set interfaces ge-0/0/1 unit 0 family inet tcp-mss {}\n"),
        ("vyos", "set interfaces ethernet eth0 mtu '{}'\n"),
        ("vyos", "set interfaces ethernet eth0 ip adjust-mss '{}'\n"),
    ],
)
@pytest.mark.parametrize("value", BAD)
def test_bad_sizes_are_findings_of_their_own(name: str, line: str, value: str) -> None:
    """Where a parser takes any number, the rules do not believe it; what is no number is not understood."""
    base = {
        "juniper_junos": "set interfaces ge-0/0/0 unit 0 family inet address 10.20.1.1/24\n"
        "set interfaces ge-0/0/1 unit 0 family inet address 203.0.113.2/30\n"
        "set routing-options static route 0.0.0.0/0 next-hop 203.0.113.1\n",
        "vyos": "set interfaces ethernet eth0 address '203.0.113.2/30'\n"
        "set interfaces ethernet eth1 address '10.20.1.1/24'\n"
        "set protocols static route 0.0.0.0/0 next-hop 203.0.113.1\n",
    }[name]
    found = brief(findings_of(name, base + line.format(value)), "")
    assert {code for code, _, outcome in found if outcome == "unknown"} <= {"MTU010", "ACL009"}
    assert found & {("MTU010", "high", "unknown"), ("ACL009", "high", "unknown")}


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_remedies_about_sizes_never_fail(name: str) -> None:
    kinds = (
        "send-ptb",
        "permit-ptb",
        "clamp-mss",
        "raise-ptb-limit",
        "lower-mss-only",
        "harden-ptb",
    )
    for kind in kinds:
        for family in (4, 6):
            for interface in (None, "eth0"):
                wanted = Remedy(kind, filter="F", family=family, interface=interface, number=1360)
                assert all(line.strip() for line in platform(name).remedy(wanted)), kind


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("cisco_ios", "V-216565"), ("cisco_xr", "V-216746"), ("cisco_nxos", "V-221084"), ("arista_eos", "V-256032")],
)  # fmt: skip
def test_a_hardening_guide_is_named_with_what_satisfies_both(name: str, identifier: str) -> None:
    lines = platform(name).remedy(Remedy("harden-ptb", interface="Ethernet1", number=1360))
    assert identifier in lines[0]
    assert len(lines) > 1


def test_the_guide_for_firewalls_is_satisfied_by_a_clamp_that_is_enough() -> None:
    """1500 less 140 is 1360: the messages that the guide wants discarded are then not needed."""
    wanted = Remedy("harden-ptb", filter="zone-protection:P", interface="ethernet1/1")
    lines = platform("paloalto_panos").remedy(wanted)
    assert "V-207698" in lines[0]
    config = BY_ISP + PROFILE.format("discard-icmp-error", "untrust")
    clamped = config + "".join(f"{line}\n" for line in lines if line.startswith("set "))
    assert brief(findings_of("paloalto_panos", clamped), "MTU") == {("MTU002", "info", "fail")}


def test_a_break_by_a_hardening_guide_says_so() -> None:
    found = findings_of("cisco_ios", lan(OFF) + tunnel(OFF) + BY_TUNNEL)
    (broken,) = [f for f in found if f.code == "MTU001"]
    assert "harden-ptb" in {wanted.kind for wanted in broken.remedies}


def test_a_filter_for_both_families_gives_findings_with_names_of_their_own() -> None:
    """Ids are made from the subjects: two findings of one device must not share one."""
    nft = "table inet f {\n\tchain forward {\n\t\ttype filter hook forward priority filter; policy accept;\n\t\tmeta l4proto { icmp, ipv6-icmp } drop\n\t}\n}\n"
    texts = tuple(
        Text(f"{name}.txt", name.replace("_", " "), body.splitlines())
        for name, body in (
            ("ip_address_show", BOTH_FAMILIES),
            ("ip_route_show", "default via 10.99.0.1 dev wan0\n"),
            ("ip_-6_route_show", "default via 2001:db8:99::1 dev wan0 metric 1024\n"),
            ("nft_list_ruleset", nft),
            ("sysctl_-a", "net.ipv4.ip_forward = 1\nnet.ipv6.conf.all.forwarding = 1\n"),
        )
    )
    device = platform("linux").parse(Inputs("gw", "linux", texts))
    found = [(f.code, f.subject) for f in check_all(View(device, bitbucket()))]
    assert {code for code, _ in found} >= {"MTU002", "MTU003"}
    assert len(found) == len(set(found))


BOTH_FAMILIES = """2: lan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP
    inet 10.20.0.1/16 scope global lan0
    inet6 2001:db8:20::1/64 scope global
3: wan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP
    inet 10.99.0.2/30 scope global wan0
    inet6 2001:db8:99::2/64 scope global
"""
