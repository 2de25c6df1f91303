"""Rows 56 to 76: SR OS, SR Linux, VRP, Comware, RouterOS."""

from __future__ import annotations

from tests.rules.balancing_rows import Row, row

R = '/configure router "Base"'
SROS_LAN = f'{R} interface "lan" port 1/1/1\n{R} interface "lan" ipv4 primary address 10.20.1.1 prefix-length 24\n'


def _uplinks(count: int, port: str) -> str:
    text = ""
    for n in range(1, count + 1):
        name = f'{R} interface "up{n}"'
        text += f"{name} port {port.format(n + 1)}\n{name} ipv4 primary address 203.0.113.{n * 4 + 1} prefix-length 30\n"
        text += f"{R} static-routes route 0.0.0.0/0 route-type unicast next-hop 203.0.113.{n * 4 + 2} admin-state enable\n"
    return text


LAG = '/configure lag "lag-1" port 1/1/5\n/configure lag "lag-1" port 1/1/6\n'
N = "set / network-instance default"
SRL = (
    "set / interface ethernet-1/1 subinterface 0 ipv4 address 10.20.1.1/24\n"
    + "".join(
        f"set / interface ethernet-1/{n} subinterface 0 ipv4 address 203.0.113.{n * 4 + 1}/30\n"
        f"{N} next-hop-groups group up nexthop {n} ip-address 203.0.113.{n * 4 + 2}\n{N} interface ethernet-1/{n}.0\n"
        for n in (2, 3)
    )
    + f"{N} type default\n{N} interface ethernet-1/1.0\n{N} static-routes route 0.0.0.0/0 next-hop-group up\n"
)
OPTIONS = "    system {{\n        load-balancing {{\n            hash-options {{\n{}            }}\n        }}\n    }}\n"
FIVE = "".join(
    f"                {word} true\n"
    for word in ("source-address", "destination-address", "protocol", "source-port", "destination-port")
)  # fmt: skip
NOKIA = [
    row("56", "nokia_sros", SROS_LAN + _uplinks(2, "1/1/{}") + f"{R} ecmp 8\n/configure system load-balancing l4-load-balancing true\n", "OK"),
    row("57", "nokia_sros", SROS_LAN + _uplinks(1, "lag-1") + LAG + '/configure lag "lag-1" adaptive-load-balancing tolerance 20\n', "HAZARD"),
    row("59", "nokia_srl", SRL, "OK", info_from_state_system_load_dash_balancing_hash_dash_options=OPTIONS.format(FIVE)),
]  # fmt: skip

V_LAN = "interface GigabitEthernet0/0/1\n ip address 10.20.1.1 255.255.255.0\n#\n"
V_TWO = (
    "interface GigabitEthernet0/0/2\n ip address 203.0.113.2 255.255.255.252\n#\n"
    "interface GigabitEthernet0/0/3\n ip address 198.51.100.2 255.255.255.252\n#\n"
    "ip route-static 0.0.0.0 0.0.0.0 203.0.113.1\nip route-static 0.0.0.0 0.0.0.0 198.51.100.1\n"
)
TRUNK = V_LAN + (
    "interface Eth-Trunk1\n undo portswitch\n ip address 203.0.113.2 255.255.255.252\n load-balance packet-all\n#\n"
    "interface XGigabitEthernet0/0/1\n eth-trunk 1\n#\ninterface XGigabitEthernet0/0/2\n eth-trunk 1\n#\n"
    "ip route-static 0.0.0.0 0.0.0.0 203.0.113.1\n"
)


def _brief(*devices: str) -> str:
    head = "Local Intf       Neighbor Dev         Neighbor Intf        Exptime (sec)\n"
    return head + "".join(
        f"XGE0/0/{n}          {device:20} XGE0/0/{n}             101\n"
        for n, device in enumerate(devices, 1)
    )


HUAWEI = [
    row("61", "huawei_vrp", V_LAN + V_TWO + "load-balance packet all\n", "OK + note"),
    row("62", "huawei_vrp", V_LAN + V_TWO + "load-balance packet\n", "OK + note"),
    row("63", "huawei_vrp", V_LAN + V_TWO + "load-balance packet slot 0\n", "UNKNOWN"),
    row("64", "huawei_vrp", TRUNK, "HAZARD", display_lldp_neighbor_brief=_brief("core1", "core1")),
    row("64-two", "huawei_vrp", TRUNK, "ACTIVE", display_lldp_neighbor_brief=_brief("core1", "core2")),
    row("64-not-shown", "huawei_vrp", TRUNK, "ACTIVE", "HAZARD"),
]  # fmt: skip

C_LAN = "interface GigabitEthernet1/0/1\n port link-mode route\n ip address 10.20.1.1 255.255.255.0\n#\n"
HDLC = (
    "interface HDLC-bundle1\n ip address 203.0.113.2 255.255.255.252\n#\n"
    "interface Pos1/0/1\n bundle id 1\n#\ninterface Pos1/0/2\n bundle id 1\n#\n"
    " ip route-static 0.0.0.0 0 203.0.113.1\n"
)
C_TWO = (
    "interface GigabitEthernet1/0/2\n port link-mode route\n ip address 203.0.113.2 255.255.255.252\n#\n"
    "interface GigabitEthernet1/0/3\n port link-mode route\n ip address 198.51.100.2 255.255.255.252\n#\n"
    " ip route-static 0.0.0.0 0 203.0.113.1\n ip route-static 0.0.0.0 0 198.51.100.1\n"
)
COMWARE = [
    row("68", "hp_comware", "#\n version 7.1.064, Release 0605P20\n#\nip load-sharing mode per-flow\n" + C_LAN + HDLC, "HAZARD"),
    row("70", "hp_comware", "#\n version 5.20, Release 2516\n#\n" + C_LAN + C_TWO, "UNKNOWN"),
    row("per-packet", "hp_comware", C_LAN + C_TWO + " ip load-sharing mode per-packet global\n", "ACTIVE"),
]  # fmt: skip

HEADER = "# 2026-11-20 09:00:00 by RouterOS 7.11\n# software id = ABCD-1234\n#\n"
M_LAN = (
    "/ip address\nadd address=10.20.1.1/24 interface=ether5 network=10.20.1.0\n"
    "add address=203.0.113.2/30 interface=ether1 network=203.0.113.0\n"
    "add address=198.51.100.2/30 interface=ether2 network=198.51.100.0\n"
)
TABLES = (
    "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1 routing-table=r1\n"
    "add dst-address=0.0.0.0/0 gateway=198.51.100.1 routing-table=r2\n"
    "add dst-address=0.0.0.0/0 gateway=203.0.113.1\n"
)


def _mangle(first: str, second: str, more: str = "") -> str:
    return "/ip firewall mangle\n" + "".join(
        f"add action=mark-routing chain=prerouting {more}new-routing-mark=r{n} {what}\n"
        for n, what in ((1, first), (2, second))
    )


NTH = ("nth=2,1", "nth=2,2")
PCC = tuple(f"per-connection-classifier=both-addresses-and-ports:2/{n}" for n in (0, 1))
VOIP = "/ip firewall address-list\nadd address=192.0.2.0/24 list=VOIP\n"
BOND = (
    "/interface bonding\nadd name=bond1 slaves=ether1,ether2\n"
    "/ip address\nadd address=10.20.1.1/24 interface=ether5\nadd address=203.0.113.2/29 interface=bond1\n"
    "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1\n"
)
SHOWN = ' 0  R name="bond1" mtu=1500 mac-address=02:00:00:00:00:01 slaves=ether1,ether2 mode=802.3ad\n      primary=none link-monitoring=mii transmit-hash-policy=layer-3-and-4\n'
MIKROTIK = [
    row("72", "mikrotik_routeros", HEADER + M_LAN + _mangle(*NTH) + TABLES, "ACTIVE"),
    row("74", "mikrotik_routeros", HEADER + M_LAN + _mangle(*PCC) + TABLES, "OK"),
    row("75", "mikrotik_routeros", HEADER + VOIP + M_LAN + _mangle(*NTH, "dst-address-list=VOIP ") + TABLES, "OK + note"),
    row("76", "mikrotik_routeros", HEADER + BOND, "ACTIVE"),
    row("76-shown", "mikrotik_routeros", HEADER + BOND.replace(" name", " mode=balance-rr name"), "LATENT", interface_bonding_print_detail=SHOWN),
]  # fmt: skip

ROWS: list[Row] = [*NOKIA, *HUAWEI, *COMWARE, *MIKROTIK]
