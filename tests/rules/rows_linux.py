"""Rows 78 to 122: VyOS, Linux, and the firewalls and switches whose tables are short."""

from __future__ import annotations

from tests.fortinet import test_balancing_cases as forti
from tests.fortinet.texts import block
from tests.rules.balancing_rows import Row, row


def _set(*statements: str) -> str:
    return "".join(f"set {statement}\n" for statement in statements)


WAN = (
    "interfaces ethernet eth0 address 'dhcp'", "interfaces ethernet eth1 address 'dhcp'",
    "interfaces ethernet eth2 address '10.20.1.1/24'",
    "load-balancing wan interface-health eth0 nexthop 'dhcp'",
    "load-balancing wan interface-health eth1 nexthop 'dhcp'",
    "load-balancing wan rule 10 inbound-interface 'eth2'",
    "load-balancing wan rule 10 interface eth0", "load-balancing wan rule 10 interface eth1",
)  # fmt: skip
KNOB = "load-balancing wan rule 10 per-packet-balancing"
EXCLUDED = ("load-balancing wan rule 5 exclude", "load-balancing wan rule 5 inbound-interface 'eth2'")  # fmt: skip
V14, V15 = "// Release version: 1.4.0\n", "// Release version: 1.5.0\n"
TWO = (
    "interfaces ethernet eth0 address '203.0.113.2/30'", "interfaces ethernet eth1 address '10.20.1.1/24'",
    "interfaces ethernet eth2 address '198.51.100.2/30'",
    "protocols static route 0.0.0.0/0 next-hop 203.0.113.1",
    "protocols static route 0.0.0.0/0 next-hop 198.51.100.1",
)  # fmt: skip
BONDED = _set(
    "interfaces bonding bond0 mode 'round-robin'", "interfaces bonding bond0 address '203.0.113.2/30'",
    "interfaces ethernet eth1 bond-group 'bond0'", "interfaces ethernet eth2 bond-group 'bond0'",
    "interfaces ethernet eth3 address '10.20.1.1/24'",
    "protocols static route 0.0.0.0/0 next-hop 203.0.113.1",
)  # fmt: skip


def _wan_table(test: str) -> str:
    return (
        "table ip vyos_wanloadbalance {\n\tchain wlb_nat_postrouting {\n"
        "\t\ttype nat hook postrouting priority srcnat - 1; policy accept;\n\t}\n\n"
        "\tchain wlb_mangle_prerouting {\n\t\ttype filter hook prerouting priority mangle; policy accept;\n"
        f'\t\tiifname "eth2" {test}counter numgen random mod 2 vmap {{ 0 : jump wlb_mangle_isp_eth0, 1 : jump wlb_mangle_isp_eth1 }}\n'
        '\t\tiifname "eth2" counter meta mark set ct mark\n\t}\n}\n'
    )


def _lldp(*devices: str) -> str:
    head = (
        "Capability Codes: R - Router, B - Bridge, W - Wlan r - Repeater, S - Station\n\n"
        "Device ID                 Local     Proto  Cap   Platform             Port ID\n"
        "---------                 -----     -----  ---   --------             -------\n"
    )
    return head + "".join(
        f"{device:25} eth{n}      LLDP   B     Arista EOS           Ethernet{n}\n"
        for n, device in enumerate(devices, 1)
    )


VYOS = [
    row("78", "vyos", _set(*WAN, KNOB) + V14, "ACTIVE"),
    row("79", "vyos", _set(*WAN) + V14, "OK"),
    row("80", "vyos", _set(*WAN, KNOB) + V15, "LATENT", sudo_nft_list_table_ip_vyos_wanloadbalance=_wan_table("ct state new ")),
    row("80-no-test", "vyos", _set(*WAN, KNOB) + V15, "ACTIVE", nft_list_ruleset=_wan_table("")),
    row("80-not-shown", "vyos", _set(*WAN, KNOB) + V15, "UNKNOWN"),
    row("82", "vyos", _set(*WAN, *EXCLUDED, KNOB) + V14, "LATENT"),
    row("83", "vyos", BONDED, "HAZARD", show_lldp_neighbors=_lldp("sw1.example.net", "sw1.example.net")),
    row("83-two", "vyos", BONDED, "ACTIVE", show_lldp_neighbors=_lldp("sw1.example.net", "sw2.example.net")),
    row("84", "vyos", _set(*TWO, "system ip multipath layer4-hashing"), "OK"),
    row("flush", "vyos", _set(*WAN, "load-balancing wan flush-connections"), "HAZARD"),
]  # fmt: skip

ADDRESSES = (
    "2: lan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n"
    "    inet 10.20.0.1/16 brd 10.20.255.255 scope global lan0\n"
    "3: wan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n"
    "    inet 192.0.2.9/24 brd 192.0.2.255 scope global wan0\n"
    "4: wan1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n"
    "    inet 198.51.100.9/24 brd 198.51.100.255 scope global wan1\n"
)
CONNECTED = (
    "10.20.0.0/16 dev lan0 proto kernel scope link src 10.20.0.1\n"
    "192.0.2.0/24 dev wan0 proto kernel scope link src 192.0.2.9\n"
    "198.51.100.0/24 dev wan1 proto kernel scope link src 198.51.100.9\n"
)
ECMP = "default proto static metric 100\n\tnexthop via 192.0.2.1 dev wan0 weight 1\n\tnexthop via 198.51.100.1 dev wan1 weight 1\n"
ONE = "default via 192.0.2.1 dev wan0 proto static\n"
V6 = (
    "2001:db8:20::/64 dev lan0 proto kernel metric 256 pref medium\ndefault proto static metric 1024 pref medium\n"
    "\tnexthop via 2001:db8::1 dev wan0 weight 1\n\tnexthop via 2001:db8:1::1 dev wan1 weight 1\n"
)
IP_RULE = (
    "0:\tfrom all lookup local\n100:\tfrom all fwmark 0x1 lookup 101\n101:\tfrom all fwmark 0x2 lookup 102\n"
    "32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n"
)
NTH = (
    "*mangle\n:PREROUTING ACCEPT [0:0]\n"
    "-A PREROUTING -i lan0 -m statistic --mode nth --every 2 --packet 0 -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n"
)


def _nft(value: str) -> str:
    return (
        "table inet m {\n\tchain pre {\n\t\ttype filter hook prerouting priority mangle; policy accept;\n"
        f'\t\tiifname "lan0" meta mark set {value}\n\t}}\n}}\n'
    )


TEQL = (
    "qdisc noqueue 0: dev lo root refcnt 2\nqdisc teql0 8001: dev wan0 root refcnt 2\n"
    "qdisc teql0 8002: dev wan1 root refcnt 2\nqdisc fq_codel 0: dev lan0 root refcnt 2 limit 10240p flows 1024\n"
)
EQUALIZED = ADDRESSES.replace("fq_codel", "teql0").replace("teql0", "fq_codel", 1) + (
    "5: teql0: <NOARP,UP,LOWER_UP> mtu 1500 qdisc noqueue state UNKNOWN group default qlen 100\n    link/void\n"
)
BALANCED = {
    "ip_rule_show": IP_RULE,
    "uname__dash_r": "6.1.0-18-amd64\n",
    "ip_address_show": ADDRESSES,
}
K6 = {"uname__dash_r": "6.1.0-18-amd64\n", "ip_address_show": ADDRESSES}
LINUX = [
    row("85", "linux", None, "OK", ip_route_show=ECMP + CONNECTED, sysctl__dash_a="net.ipv4.ip_forward = 1\nnet.ipv4.fib_multipath_hash_policy = 0\n", **K6),
    row("86", "linux", None, "ACTIVE", ip_route_show=ECMP + CONNECTED, uname__dash_r="3.10.108\n", ip_address_show=ADDRESSES),
    row("88", "linux", None, "ACTIVE", ip_route_show=ONE + CONNECTED, iptables_dash_save=NTH, **BALANCED),
    row("90", "linux", None, "ACTIVE", ip_route_show=ONE + CONNECTED, nft_list_ruleset=_nft("numgen inc mod 2"), **BALANCED),
    row("92", "linux", None, "OK + note", "OK", ip_route_show=ONE + CONNECTED, nft_list_ruleset=_nft("jhash ip saddr . tcp sport mod 2"), **BALANCED),
    row("94", "linux", None, "ACTIVE", ip_route_show="default dev teql0 scope link\n" + CONNECTED, tc_qdisc_show=TEQL, uname__dash_r="6.1.0-18-amd64\n", ip_address_show=EQUALIZED),
    row("98", "linux", None, "HAZARD", ip__dash_6_route_show=V6, sysctl__dash_a="net.ipv6.conf.all.forwarding = 1\nnet.ipv6.fib_multipath_hash_policy = 0\n", **K6),
    row("99", "linux", None, "HAZARD", ip_route_show=ECMP + CONNECTED, sysctl__dash_a="net.core.txrehash = 1\nnet.ipv4.ip_forward = 0\nnet.ipv4.fib_multipath_hash_policy = 1\n", **K6),
]  # fmt: skip

PAN = _set(
    "deviceconfig system hostname fw1", "network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/30",
    "network interface ethernet ethernet1/2 layer3 ip 10.20.1.1/24",
    "network interface ethernet ethernet1/3 layer3 ip 198.51.100.2/30",
    "network virtual-router default interface [ ethernet1/1 ethernet1/2 ethernet1/3 ]",
    "network virtual-router default routing-table ip static-route A destination 0.0.0.0/0",
    "network virtual-router default routing-table ip static-route A nexthop ip-address 203.0.113.1",
    "network virtual-router default routing-table ip static-route B destination 0.0.0.0/0",
    "network virtual-router default routing-table ip static-route B nexthop ip-address 198.51.100.1",
    "network virtual-router default ecmp enable yes",
    "network virtual-router default ecmp algorithm balanced-round-robin",
)  # fmt: skip
BIGIP = (
    "#TMSH-VERSION: 15.1.8\n\nnet interface 1.1 { }\nnet interface 1.2 { }\n"
    "net route /Common/default_gw {\n    gw 203.0.113.1\n    network default\n}\n"
    "net self /Common/self_inside {\n    address 10.20.1.1/24\n    vlan /Common/inside\n}\n"
    "net self /Common/self_outside {\n    address 203.0.113.2/29\n    vlan /Common/outside\n}\n"
    "net vlan /Common/inside {\n    interfaces {\n        1.1 { }\n    }\n    tag 10\n}\n"
    "net vlan /Common/outside {\n    interfaces {\n        1.2 { }\n    }\n    dag-round-robin enabled\n    tag 20\n}\n"
)
OS10 = (
    "! Version 10.5.2.3\n!\ninterface vlan20\n no shutdown\n ip address 10.20.1.1/24\n!\n"
    "interface ethernet1/1/1\n no shutdown\n no switchport\n ip address 203.0.113.2/29\n!\n"
    "hash-algorithm ecmp random\n!\nip route 0.0.0.0/0 203.0.113.1\nip route 0.0.0.0/0 203.0.113.3\n"
)
GAIA = (
    "set hostname gw1\nadd bonding group 1\nadd bonding group 1 interface eth0\nadd bonding group 1 interface eth1\n"
    "set interface bond1 state on\nset interface bond1 ipv4-address 203.0.113.2 mask-length 29\n"
    "set interface eth2 state on\nset interface eth2 ipv4-address 10.20.1.1 mask-length 24\n"
    "set static-route default nexthop gateway address 203.0.113.1 on\n"
)
LLDPCTL = "lldp.eth{0}.via=LLDP\nlldp.eth{0}.chassis.mac={1}\nlldp.eth{0}.chassis.name=sw\nlldp.eth{0}.port.ifname=1\n"
ONE_SWITCH = LLDPCTL.format(0, "00:1c:73:00:00:01") + LLDPCTL.format(1, "00:1c:73:00:00:01")
GAIA_TWO = (
    "set hostname gw1\nset interface eth0 state on\nset interface eth0 ipv4-address 203.0.113.2 mask-length 29\n"
    "set interface eth2 state on\nset interface eth2 ipv4-address 10.20.1.1 mask-length 24\n"
    "set static-route default nexthop gateway address 203.0.113.1 priority 1 on\n"
    "set static-route default nexthop gateway address 203.0.113.3 priority 1 on\n"
)
POLICY = "net.ipv4.fib_multipath_hash_policy = 0\n"
EDGE = _set(*TWO) + "/* Release version: v1.10.11.5274249.200221.1034 */\n"
OTHERS = [
    row("107", "fortinet", forti.HUBS + forti.aggregate() + forti.OVER, "ACTIVE"),
    row("108", "fortinet", forti.HUB + forti.aggregate() + forti.OVER, "HAZARD"),
    row("112", "fortinet", block("system interface", forti.LAN, forti.WANS) + forti.SDWAN.format("sla") + forti.STEERED + forti.PLAIN, "HAZARD"),
    row("113", "paloalto_panos", PAN, "OK + note", "OK"),
    row("115", "f5_tmsh", BIGIP, "OK"),
    row("116", "dell_os10", OS10, "OK + note", "OK"),
    row("121", "ubiquiti_edgerouter", EDGE, "ACTIVE"),
    row("121-hashing-kernel", "ubiquiti_edgerouter", EDGE, "OK", sysctl__dash_a=POLICY),
    row("122", "checkpoint_gaia", GAIA, "HAZARD", lldpctl__dash_f_keyvalue=ONE_SWITCH),
    row("122-not-shown", "checkpoint_gaia", GAIA, "ACTIVE", "HAZARD"),
    row("gaia-two-defaults", "checkpoint_gaia", GAIA_TWO, "UNKNOWN"),
    row("gaia-hashing-kernel", "checkpoint_gaia", GAIA_TWO, "OK", sysctl_net=POLICY),
]  # fmt: skip

ROWS: list[Row] = [*VYOS, *LINUX, *OTHERS]
