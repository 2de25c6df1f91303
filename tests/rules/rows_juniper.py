"""Rows 30 to 54: Junos and EOS."""

from __future__ import annotations

from tests.rules.balancing_rows import Row, row

BASE = (
    "set interfaces ge-0/0/0 unit 0 family inet address 10.20.1.1/24\n"
    "set interfaces ge-0/0/1 unit 0 family inet address 203.0.113.1/30\n"
    "set interfaces ge-0/0/2 unit 0 family inet address 198.51.100.1/30\n"
)
ONE = "set routing-options static route 0.0.0.0/0 next-hop 203.0.113.2\n"
TWO = ONE + "set routing-options static route 0.0.0.0/0 next-hop 198.51.100.2\n"
EXPORT = "set routing-options forwarding-table export LB\n"
DLB = "set forwarding-options enhanced-hash-key ecmp-dlb "
AE = (
    "set interfaces ge-0/0/3 gigether-options 802.3ad ae0\nset interfaces ge-0/0/4 gigether-options 802.3ad ae0\n"
    "set interfaces ae0 unit 0 family inet address 192.0.2.1/30\n"
    "set routing-options static route 0.0.0.0/0 next-hop 192.0.2.2\n"
    "set interfaces ae0 aggregated-ether-options lacp active\n"
)
AE_PP = BASE + AE + "set interfaces ae0 aggregated-ether-options load-balance per-packet\n"


def _then(word: str, name: str = "LB", term: str = "") -> str:
    return f"set policy-options policy-statement {name} {term}then load-balance {word}\n"


def _fib(*hops: str) -> str:
    """`show route forwarding-table`, with a list of unicast next hops or one."""
    head = (
        "Routing table: default.inet\nInternet:\n"
        "Destination        Type RtRef Next hop           Type Index    NhRef Netif\n"
    )
    if len(hops) == 1:
        return f"{head}default            user     0 {hops[0]:18} ucst      601     4 ge-0/0/1.0\n"
    rows = "".join(
        f"                              {hop:18} ucst      60{n}     4 ge-0/0/{n}.0\n"
        for n, hop in enumerate(hops, 1)
    )
    return f"{head}default            user     0                    ulst  1048574     2\n{rows}"


ULST, UCST = _fib("203.0.113.2", "198.51.100.2"), _fib("203.0.113.2")
LACP = (
    "Aggregated interface: ae0\n"
    "    LACP info:        Role     System             System       Port     Port    Port \n"
    "                             priority         identifier   priority   number     key \n"
    "      ge-0/0/3       Actor        127  02:00:00:00:00:01        127        1       1\n"
    "      ge-0/0/3     Partner        127  02:05:86:71:ce:00        127        1       1\n"
    "      ge-0/0/4       Actor        127  02:00:00:00:00:01        127        2       1\n"
    "      ge-0/0/4     Partner        127  02:05:86:71:ce:00        127        2       1\n"
)


def _lldp(*chassis: str) -> str:
    head = "Local Interface    Parent Interface    Chassis Id          Port info          System Name\n"
    return head + "".join(
        f"ge-0/0/{n}           ae0                 {far}   xe-0/0/{n}           peer\n"
        for n, far in enumerate(chassis, 3)
    )


PAIR = _lldp("2c:6b:f5:00:00:01", "2c:6b:f5:00:00:02")
HASH = (
    "Slot 0\n\nCurrent Hash Settings\n----------------------\nHash-Mode                    :layer2-payload\n\n"
    "Inet settings:\nProtocol                     :Yes\nDestination L4 Port          :Yes\n"
    "Source L4 Port               :Yes\nDestination IPv4 Addr        :Yes\nSource IPv4 Addr             :Yes\n"
    "Vlan id                      :No\n{}"
)
TOS = "set forwarding-options enhanced-hash-key family inet type-of-service\n"
FIRST_TERM = _then("per-packet", "A") + "set policy-options policy-statement A then accept\n"
OTHER_PREFIX = (
    "set policy-options policy-statement LB term A from route-filter 198.51.100.0/24 exact\n"
)
JUNOS = [
    row("30", "juniper_junos", BASE + TWO + _then("per-packet") + EXPORT, "OK + note", "OK", show_route_forwarding_dash_table=ULST),
    row("31", "juniper_junos", BASE + TWO + _then("per-flow") + EXPORT, "OK", show_route_forwarding_dash_table=ULST),
    row("random", "juniper_junos", BASE + TWO + _then("random") + EXPORT, "ACTIVE", show_route_forwarding_dash_table=ULST),
    row("33", "juniper_junos", BASE + TWO + _then("random"), "LATENT"),
    row("34", "juniper_junos", BASE + ONE + OTHER_PREFIX + _then("random", term="term A ") + EXPORT, "LATENT"),
    row("35", "juniper_junos", BASE + ONE + _then("random") + EXPORT, "LATENT", show_route_forwarding_dash_table=UCST),
    row("36", "juniper_junos", BASE + TWO + FIRST_TERM + _then("random", "B") + "set routing-options forwarding-table export [ A B ]\n", "OK + note"),
    row("37", "juniper_junos", AE_PP, "HAZARD", show_lacp_interfaces_extensive=LACP),
    row("37-lldp", "juniper_junos", AE_PP, "HAZARD", show_lldp_neighbors=_lldp("2c:6b:f5:00:00:01", "2c:6b:f5:00:00:01")),
    row("38", "juniper_junos", AE_PP, "ACTIVE", show_lacp_interfaces_extensive=LACP, show_lldp_neighbors=PAIR),
    row("38-not-shown", "juniper_junos", AE_PP, "ACTIVE"),
    row("41", "juniper_junos", BASE + TWO + DLB + "flowlet inactivity-interval 256\n", "HAZARD", show_version="Model: qfx5120-48y\nJunos: 22.4R3\n"),
    row("42", "juniper_junos", BASE + TWO + DLB + "assigned-flow\n", "OK"),
    row("43", "juniper_junos", BASE + TWO + _then("profile1") + EXPORT, "OK + note", "OK"),
    row("44", "juniper_junos", BASE + TWO + _then("consistent-hash") + EXPORT, "OK"),
    row("45", "juniper_junos", BASE + TWO + _then("adaptive") + EXPORT, "HAZARD"),
    row("48", "juniper_junos", BASE + TWO + _then("per-packet") + EXPORT, "OK + note", "OK", show_version="Model: srx345\nJunos: 20.4R3\n"),
    row("49", "juniper_junos", BASE + TWO + _then("per-packet") + EXPORT, "ACTIVE", show_version="Model: m40\nJunos: 7.6R1\n", show_chassis_scb="SCB status:\n  Temperature                   37 Centigrade\n  Internet Processor I Version 1, Foundry IBM, Part number 3\n"),
    row("49-second-chip", "juniper_junos", BASE + TWO + _then("per-packet") + EXPORT, "OK + note", show_version="Model: m40\nJunos: 7.6R1\n", show_chassis_scb="SCB status:\n  Internet Processor II Version 1, Foundry IBM, Part number 9\n"),
    row("49-not-shown", "juniper_junos", BASE + TWO + _then("per-packet") + EXPORT, "UNKNOWN", "ACTIVE", show_version="Model: m40\nJunos: 7.6R1\n"),
    row("50", "juniper_junos", AE_PP, "UNKNOWN", show_version="Model: qfx5100-48s-6q\nJunos: 20.4R3\n"),
    row("tos", "juniper_junos", BASE + TWO + _then("per-flow") + EXPORT + TOS, "HAZARD"),
    row("tos-not-shown", "juniper_junos", BASE + TWO + _then("per-flow") + EXPORT + TOS, "LATENT", show_forwarding_dash_options_enhanced_dash_hash_dash_key=HASH.format("")),
    row("hash-word-unknown", "juniper_junos", BASE + TWO + _then("per-flow") + EXPORT, "UNKNOWN", show_forwarding_dash_options_enhanced_dash_hash_dash_key=HASH.format("Phase of moon :Yes\n")),
    row("no-ways", "juniper_junos", BASE + _then("random") + EXPORT, "UNKNOWN"),
]  # fmt: skip

E_BASE = (
    "interface Vlan20\n   ip address 10.20.1.1/24\n"
    "interface Ethernet1\n   no switchport\n   ip address 203.0.113.1/30\n"
    "interface Ethernet2\n   no switchport\n   ip address 198.51.100.1/30\n"
    "ip routing\nip route 0.0.0.0/0 203.0.113.2\nip route 0.0.0.0/0 198.51.100.2\n"
)
E_RIB = (
    "VRF: default\nCodes: C - connected, S - static, B - BGP, B E - eBGP\n\nGateway of last resort:\n"
    " B E      0.0.0.0/0 [20/0] via 203.0.113.2, Ethernet1\n"
    "                           via 198.51.100.2, Ethernet2\n"
)
EOS = [
    row("51", "arista_eos", E_BASE + "router bgp 65001\n   maximum-paths 4 ecmp 4\n", "OK", show_ip_route=E_RIB),
    row("53", "arista_eos", E_BASE + "ip hardware fib load-balance distribution dynamic\n", "HAZARD"),
    row("54", "arista_eos", E_BASE + "router path-selection\n   load-balance policy LB-DEFAULT\n", "OK + note", "OK"),
]  # fmt: skip

ROWS: list[Row] = [*JUNOS, *EOS]
