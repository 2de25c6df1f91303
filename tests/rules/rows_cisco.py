"""Rows 1 to 28: IOS, NX-OS, ASA."""

from __future__ import annotations

from tests.rules.balancing_rows import Row, row

LAN = "interface GigabitEthernet0/0\n ip address 10.20.1.1 255.255.255.0\n"
UP1 = "interface GigabitEthernet0/1\n ip address 203.0.113.1 255.255.255.252\n"
UP2 = "interface GigabitEthernet0/2\n ip address 198.51.100.1 255.255.255.252\n"
PP = " ip load-sharing per-packet\n"
ONE = "ip route 0.0.0.0 0.0.0.0 203.0.113.2\n"
OTHER = "ip route 0.0.0.0 0.0.0.0 198.51.100.2\n"
TWO = ONE + OTHER
BOTH = LAN + UP1 + PP + UP2 + PP
PLAIN = LAN + UP1 + UP2
DLB = "hardware profile dlb\n  mode per-packet\n  dlb-interface Eth1/2 , Eth1/3\n"


def _state(word: str) -> str:
    return "".join(
        f"GigabitEthernet0/{n} is up (if_number {n + 2})\n"
        "  Corresponding hwidb fast_if_number 3\n  Corresponding hwidb firstsw->if_number 3\n"
        f"  Internet address is 203.0.113.1/30\n  ICMP redirects are always sent\n"
        f"  Per packet load-sharing is {word}\n  IP unicast RPF check is disabled\n"
        for n in (1, 2)
    )


def _entries(how: str) -> str:
    return (
        f"0.0.0.0/0, epoch 0, flags [default route], RIB[S], refcount 5, per-{how} sharing\n"
        "  sources: RIB, DRH\n  feature space:\n    NetFlow: Origin AS 0, Peer AS 0, Mask Bits 0\n"
        "  path 0F7A2C58, path list 0F7C1A54, share 1/1, type recursive nexthop, for IPv4\n"
    )


UNEQUAL = (
    "Gateway of last resort is 203.0.113.2 to network 0.0.0.0\n\n"
    "D*EX  0.0.0.0/0 [170/3072] via 203.0.113.2, 00:10:00, GigabitEthernet0/1\n"
    "                [170/4096] via 198.51.100.2, 00:10:00, GigabitEthernet0/2\n"
)
EIGRP = "router eigrp 1\n variance 2\n"
LAB = (
    "".join(
        f"interface GigabitEthernet0/{n}\n vrf forwarding LAB\n ip address 192.0.2.{a} 255.255.255.252\n{PP}"
        for n, a in ((3, 1), (4, 5))
    )
    + "ip route vrf LAB 0.0.0.0 0.0.0.0 192.0.2.2\nip route vrf LAB 0.0.0.0 0.0.0.0 192.0.2.6\n"
)

NO_CACHE = LAN + " no ip route-cache\n" + UP1 + UP2 + TWO


def _switching(cef: str, fast: str) -> str:
    return (
        "GigabitEthernet0/0 is up, line protocol is up\n  Internet address is 10.20.1.1/24\n  MTU is 1500 bytes\n"
        f"  IP fast switching is {fast}\n  IP fast switching on the same interface is disabled\n"
        f"  IP Flow switching is disabled\n  IP CEF switching is {cef}\n  IP CEF switching turbo vector\n"
    )


IOS = [
    row("process", "cisco_ios", "version 15.7\n" + NO_CACHE, "ACTIVE"),
    row("process-old", "cisco_ios", "version 12.3\n" + NO_CACHE, "UNKNOWN"),
    row("process-old-shown", "cisco_ios", "version 12.3\n" + NO_CACHE, "ACTIVE", show_ip_interface=_switching("disabled", "disabled")),
    row("cef-shown", "cisco_ios", "version 12.3\n" + NO_CACHE, "LATENT", show_ip_interface=_switching("enabled", "enabled")),
    row("5-old-shown", "cisco_ios", "version 12.3\nno ip cef\n" + PLAIN + TWO, "ACTIVE", show_ip_interface=_switching("disabled", "disabled")),
    row("1", "cisco_ios", "ip cef\n" + BOTH + TWO, "ACTIVE"),
    row("1-state", "cisco_ios", BOTH + TWO, "ACTIVE", show_cef_interface=_state("enabled")),
    row("1-entry", "cisco_ios", BOTH + TWO, "ACTIVE", show_ip_cef_0_internal=_entries("packet")),
    row("3", "cisco_ios", "ip cef\n" + LAN + UP1 + PP + UP2 + TWO, "HAZARD"),
    row("3-entry", "cisco_ios", LAN + UP1 + PP + UP2 + TWO, "LATENT", show_ip_cef_0_internal=_entries("destination")),
    row("4", "cisco_ios", PLAIN.replace("252\n", "252\n ip load-sharing per-destination\n") + TWO, "OK"),
    row("5", "cisco_ios", "version 15.7\nno ip cef\n" + PLAIN + TWO, "ACTIVE"),
    row("6", "cisco_ios", "version 15.7\nno ip cef\n" + PLAIN + ONE, "LATENT"),
    row("9", "cisco_ios", "ip cef load-sharing algorithm include-ports source destination\n" + PLAIN + TWO, "OK"),
    row("10", "cisco_ios", PLAIN + EIGRP, "OK", show_ip_route=UNEQUAL),
    row("11", "cisco_ios", BOTH + EIGRP, "ACTIVE", show_ip_route=UNEQUAL),
    row("14", "cisco_ios", LAN + UP1 + ONE + LAB, "LATENT"),
    row("15", "cisco_ios", BOTH + ONE + OTHER.replace("2\n", "2 250\n"), "LATENT"),
    row("16", "cisco_ios", BOTH + TWO + "ip route 104.192.136.0 255.255.248.0 203.0.113.2\n", "ACTIVE"),
    row("V4", "cisco_ios", BOTH + TWO, "LATENT", show_cef_interface=_state("disabled")),
    row("V1", "cisco_ios", PLAIN + TWO, "ACTIVE", show_cef_interface=_state("enabled")),
    row("xe-state", "cisco_xe", BOTH + TWO, "ACTIVE", show_cef_interface=_state("enabled")),
    row("xe", "cisco_xe", BOTH + TWO, "UNKNOWN"),
    row("xr", "cisco_xr", "interface GigabitEthernet0/0/0/0\n ipv4 address 10.20.1.1 255.255.255.0\n!\ncef load-balancing fields L4\n", "OK"),
    row("125", "cisco_ios", "radius-server load-balance method least-outstanding\n" + PLAIN + TWO, "OK"),
    row("126", "cisco_ios", None, "UNKNOWN", show_ip_route=UNEQUAL),
]  # fmt: skip

N3K = "boot system bootflash:/n3000-uk9.6.0.2.U3.2.bin\n"
N_TWO = "ip route 0.0.0.0/0 203.0.113.2\nip route 0.0.0.0/0 198.51.100.2\n"


def _port(number: int, address: str, extra: str = "") -> str:
    return f"interface Ethernet1/{number}\n  no switchport\n  ip address {address}\n{extra}  no shutdown\n"


LAN1, N2, N3 = _port(1, "10.20.1.1/24"), _port(2, "203.0.113.1/30"), _port(3, "198.51.100.1/30")
N_PP = "  ip load-sharing per-packet\n"
NONE = (
    'IP Interface Status for VRF "default"(1)\nEthernet1/1, Interface status: protocol-up/link-up/admin-up, iod: 5,\n'
    "  IP address: 10.20.1.1, IP subnet: 10.20.1.0/24\n  IP load sharing: none\n"
)
N_FIB = (
    "IPv4 routes for table default/base\n\n"
    "------------------+-----------------------------------------+----------------------+-----------------+-----------------\n"
    "Prefix            | Next-hop                                | Interface            | Labels          | Partial Install\n"
    "------------------+-----------------------------------------+----------------------+-----------------+-----------------\n"
    "0.0.0.0/0            203.0.113.2                               Ethernet1/2\n"
    "                     198.51.100.2                              Ethernet1/3\n"
)
MODE = (
    "IPv4/IPv6 ECMP load sharing:\nUniversal-id (Random Seed): 316862977\n"
    "Load-share mode : address source-destination port source-destination{}\n"
    "GRE-Outer hash is disabled\nConcatenation is disabled\nRotate: 32\n"
)
PENDING = "Following config commands require copy r s + reload :\n=====================================================\nhardware profile dlb ; dlb-interface Eth1/2,Eth1/3\n"
NXOS = [
    row("18", "cisco_nxos", N3K + _port(1, "10.20.1.1/24", N_PP) + N2 + N3, "ACTIVE", show_forwarding_ipv4_route=N_FIB),
    row("19", "cisco_nxos", N3K + LAN1 + _port(2, "203.0.113.1/30", N_PP) + N3 + N_TWO, "LATENT"),
    row("20", "cisco_nxos", LAN1 + N2 + N3 + N_TWO + "ip load-sharing address source-destination port source-destination universal-id 1 rotate 32\n", "OK"),
    row("21", "cisco_nxos", LAN1 + N2 + N3 + N_TWO + DLB, "ACTIVE"),
    row("21-pending", "cisco_nxos", LAN1 + N2 + N3 + N_TWO + DLB, "LATENT", show_system_config_reload_dash_pending=PENDING),
    row("21-flowlet", "cisco_nxos", LAN1 + N2 + N3 + N_TWO + DLB.replace("per-packet", "flowlet"), "HAZARD"),
    row("25", "cisco_nxos", LAN1 + N2 + N3 + N_TWO + "router bgp 65001\n  address-family ipv4 unicast\n    maximum-paths 4\n", "OK", show_ip_interface=NONE),
    row("ttl-shown", "cisco_nxos", LAN1 + N2 + N3 + N_TWO, "HAZARD", show_ip_load_dash_sharing=MODE.format(" ttl")),
    row("hash-shown", "cisco_nxos", LAN1 + N2 + N3 + N_TWO, "OK", show_ip_load_dash_sharing=MODE.format("")),
]  # fmt: skip

ASA = [
    row(
        "28",
        "cisco_asa",
        "ASA Version 9.8(2)\nhostname fw1\ninterface GigabitEthernet0/0\n nameif outside\n security-level 0\n"
        " ip address 203.0.113.2 255.255.255.0\ninterface GigabitEthernet0/1\n nameif inside\n security-level 100\n"
        " ip address 10.20.1.1 255.255.255.0\n"
        + "".join(f"route outside 0.0.0.0 0.0.0.0 203.0.113.{n} 1\n" for n in (1, 5, 9)),
        "OK",
    ),
]

ROWS: list[Row] = [*IOS, *NXOS, *ASA]
