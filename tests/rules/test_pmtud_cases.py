"""Path MTU Discovery: the cases of the knowledge page (section D) for platforms whose own tests do not hold them,
and verdicts on all platforms that come from the procedure alone. Worked out by hand."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, findings_of

Expected = set[tuple[str, str, str]]

OK: Expected = set()
CRITICAL: Expected = {("MTU001", "critical", "fail")}
HIGH: Expected = {("MTU001", "high", "fail")}
MITIGATED: Expected = {("MTU001", "info", "fail")}
UP: Expected = {("MTU002", "high", "fail")}
UP_MITIGATED: Expected = {("MTU002", "info", "fail")}


def mtu(platform: str, config: str) -> Expected:
    return brief(findings_of(platform, config), "MTU")


# Nokia SR OS


def sros(lan: str = "", wan: str = "", filters: str = "") -> str:
    return (
        "# TiMOS-C-20.10.R1 cpm/hops64 Nokia 7750 SR\nexit all\nconfigure\n"
        f"{filters}    router Base\n"
        f'        interface "lan"\n            address 10.20.1.1/24\n            port 1/1/1\n{lan}'
        "            no shutdown\n        exit\n"
        f'        interface "uplink"\n            address 203.0.113.2/30\n            port 1/1/2\n{wan}'
        "            no shutdown\n        exit\n"
        "        static-route-entry 0.0.0.0/0\n            next-hop 203.0.113.1\n"
        "                no shutdown\n            exit\n        exit\n    exit\nexit all\n"
    )


SILENT = "            icmp\n                no unreachables\n            exit\n"
DROP_ICMP = (
    "    filter\n        ip-filter 10 create\n            default-action forward\n"
    "            entry 10 create\n                match protocol icmp\n                exit\n"
    "                action\n                    drop\n                exit\n            exit\n"
    "        exit\n    exit\n"
)
INGRESS = "            ingress\n                filter ip 10\n            exit\n"


def test_t69_code_4_is_not_documented_for_this_statement() -> None:
    assert mtu("nokia_sros", sros(SILENT, "            ip-mtu 1400\n")) == HIGH


def test_t70_the_tcp_mss_of_an_interface_is_no_clamp() -> None:
    config = sros(wan="            tcp-mss 1300\n" + INGRESS, filters=DROP_ICMP)
    assert mtu("nokia_sros", config) == UP


# Huawei VRP and HPE Comware


def vrp(wan: str = "", acl: str = "") -> str:
    return (
        "!Software Version V200R019C10SPC500\n#\nsysname r1\n#\n" + acl + "interface Vlanif10\n"
        " ip address 10.20.1.1 255.255.255.0\n#\ninterface GigabitEthernet0/0/1\n undo portswitch\n"
        f" ip address 203.0.113.2 255.255.255.252\n{wan}#\n"
        "ip route-static 0.0.0.0 0.0.0.0 203.0.113.1\n#\nreturn\n"
    )


def test_t74_a_rule_that_denies_code_4() -> None:
    acl = "acl number 3000\n rule 5 deny icmp icmp-type 3 4\n#\n"
    assert mtu("huawei_vrp", vrp(" traffic-filter inbound acl 3000\n", acl)) == UP
    other = acl.replace("3 4", "3 1")
    assert mtu("huawei_vrp", vrp(" traffic-filter inbound acl 3000\n", other)) == OK


def comware(tunnel: str = "", top: str = "") -> str:
    return (
        "#\n version 7.1.070, Release 6127P02\n#\n sysname r1\n#\n ip load-sharing mode per-flow\n#\n"
        f"{top}interface Vlan-interface10\n ip address 10.20.1.1 255.255.255.0\n#\n"
        "interface Ten-GigabitEthernet1/0/49\n port link-mode route\n ip address 203.0.113.2 255.255.255.252\n#\n"
        "interface Tunnel0 mode gre\n ip address 192.0.2.1 255.255.255.252\n ip mtu 1400\n"
        f"{tunnel} source 203.0.113.2\n destination 198.51.100.9\n#\n"
        " ip route-static 0.0.0.0 0 192.0.2.2\n ip route-static 198.51.100.9 32 203.0.113.1\n#\nreturn\n"
    )


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (comware(), CRITICAL),
        (comware(top=" ip unreachables enable\n#\n"), OK),
        (comware(" tcp mss 1360\n"), MITIGATED),
        (comware(" tcp mss 1361\n"), CRITICAL),
    ],
    ids=["T75", "T76", "T77", "T77-too-large"],
)
def test_comware_sends_nothing_by_default(config: str, expected: Expected) -> None:
    assert mtu("hp_comware", config) == expected


# VyOS and EdgeOS

VYOS = (
    "set interfaces ethernet eth0 address '203.0.113.2/30'\n"
    "set interfaces ethernet eth1 address '10.20.1.1/24'\n"
)
RELATED = (
    "set firewall ipv4 forward filter default-action 'drop'\n"
    "set firewall ipv4 forward filter rule 10 action 'accept'\n"
    "set firewall ipv4 forward filter rule 10 state 'established'\n"
    "set firewall ipv4 forward filter rule 10 state 'related'\n"
    "set firewall ipv4 forward filter rule 20 action 'accept'\n"
    "set firewall ipv4 forward filter rule 20 inbound-interface name 'eth1'\n"
)
WIREGUARD = (
    "set interfaces wireguard wg0 address '192.0.2.1/30'\nset interfaces wireguard wg0 mtu '1420'\n"
    "set interfaces wireguard wg0 ip adjust-mss 'clamp-mss-to-pmtu'\n"
    "set protocols static route 0.0.0.0/0 interface wg0\n"
)
BY_ETH0 = "set protocols static route 0.0.0.0/0 next-hop 203.0.113.1\n"


def test_t84_wireguard_with_related() -> None:
    assert mtu("vyos", RELATED + VYOS + WIREGUARD) == OK


def test_t85_related_is_missing() -> None:
    lines = RELATED.splitlines(keepends=True)
    without = "".join(line for line in lines if "related" not in line)
    assert mtu("vyos", without + VYOS + BY_ETH0) == UP


def edgeos(options: str = "", six: str = "") -> str:
    sixth = " address 2001:db8:20::1/64\n" if six else ""
    outside = " address 2001:db8:ff::2/64\n" if six else ""
    bound = "ipv6-name WAN6_IN\n" if six else ""
    chain = (
        "name WAN_IN {\n default-action drop\n rule 10 {\n action accept\n state {\n established enable\n }\n }\n}\n"
    )  # fmt: skip
    chain6 = chain.replace("name WAN_IN", "ipv6-name WAN6_IN") if six else ""
    route6 = "route6 ::/0 {\n next-hop 2001:db8:ff::1 {\n }\n}\n" if six else ""
    return (
        f"firewall {{\n{chain6}{chain}{options}}}\n"
        "interfaces {\n ethernet eth0 {\n address 203.0.113.2/30\n"
        f"{outside} firewall {{\n in {{\n {bound} name WAN_IN\n }}\n }}\n }}\n"
        f" ethernet eth1 {{\n address 10.20.1.1/24\n{sixth} }}\n}}\n"
        f"protocols {{\n static {{\n{route6} route 0.0.0.0/0 {{\n next-hop 203.0.113.1 {{\n }}\n }}\n }}\n}}\n"
        "/* Release version: v2.0.9.5568012.220505.1420 */\n"
    )


CLAMP_1412 = "options {\n mss-clamp {\n interface-type all\n mss 1412\n }\n}\n"


def test_t87_a_clamp_for_ipv4_does_not_help_ipv6() -> None:
    assert mtu("ubiquiti_edgerouter", edgeos()) == UP
    assert mtu("ubiquiti_edgerouter", edgeos(CLAMP_1412)) == UP_MITIGATED
    assert mtu("ubiquiti_edgerouter", edgeos(CLAMP_1412, "six")) == {*UP_MITIGATED, *UP}


# PAN-OS

PANOS = """\
set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/30
set network interface ethernet ethernet1/2 layer3 ip 10.20.1.1/24
set network virtual-router default interface [ ethernet1/1 ethernet1/2 {more}]
set network virtual-router default routing-table ip static-route D destination 0.0.0.0/0
set network virtual-router default routing-table ip static-route D {way}
set zone untrust network layer3 ethernet1/1
set zone trust network layer3 ethernet1/2
set rulebase security rules OUT from trust
set rulebase security rules OUT to any
set rulebase security rules OUT source any
set rulebase security rules OUT destination any
set rulebase security rules OUT application any
set rulebase security rules OUT service any
set rulebase security rules OUT action allow
"""
BY_ISP = PANOS.format(more="", way="nexthop ip-address 203.0.113.1")
BY_IPSEC = (
    PANOS.format(more="tunnel.1 ", way="interface tunnel.1")
    + "set network interface tunnel units tunnel.1 ip 192.0.2.1/30\n"
    "set network interface tunnel units tunnel.1 mtu 1400\nset zone vpn network layer3 tunnel.1\n"
)
PROFILE = "set network profiles zone-protection-profile P {} yes\nset zone {} network zone-protection-profile P\n"


def test_t99_embedded_errors_are_discarded() -> None:
    config = BY_ISP + PROFILE.format("discard-icmp-error", "untrust")
    assert mtu("paloalto_panos", config) == UP


def test_t100_frag_needed_is_suppressed() -> None:
    config = BY_IPSEC + PROFILE.format("suppress-icmp-needfrag", "trust")
    assert mtu("paloalto_panos", config) == HIGH
    other = BY_IPSEC + PROFILE.format("suppress-icmp-timeexceeded", "trust")
    assert mtu("paloalto_panos", other) == OK


ADJUST = (
    "set network interface tunnel units tunnel.1 adjust-tcp-mss enable yes\n"
    "set network interface tunnel units tunnel.1 adjust-tcp-mss ipv4-mss-adjustment {}\n"
)


@pytest.mark.parametrize(
    ("amount", "expected"), [(40, MITIGATED), (300, MITIGATED), (1360, HIGH), (39, HIGH)]
)
def test_an_adjustment_is_no_segment_size(amount: int, expected: Expected) -> None:
    """The number is subtracted from the MTU: 1360 was meant as an MSS, and no release takes it."""
    config = BY_IPSEC + PROFILE.format("suppress-icmp-needfrag", "trust") + ADJUST.format(amount)
    assert mtu("paloalto_panos", config) == expected


# F5


def f5(mss: int) -> str:
    return (
        "#TMSH-VERSION: 15.1.8\nltm profile fastl4 /Common/f {\n    defaults-from /Common/fastL4\n"
        f"    mss-override {mss}\n}}\n"
        "ltm virtual /Common/out {\n    destination /Common/0.0.0.0:0\n    ip-forward\n    mask any\n"
        "    profiles {\n        /Common/f { }\n    }\n    source 0.0.0.0/0\n    vlans {\n        /Common/inside\n    }\n"
        "    vlans-enabled\n}\nnet route /Common/d {\n    gw 203.0.113.1\n    network default\n}\n"
        "net self /Common/a {\n    address 10.20.1.1/24\n    vlan /Common/inside\n}\n"
        "net self /Common/b {\n    address 203.0.113.2/30\n    vlan /Common/outside\n}\n"
        "net vlan /Common/inside {\n    tag 10\n}\nnet vlan /Common/outside {\n    tag 20\n}\n"
    )


@pytest.mark.parametrize(
    ("size", "expected"),
    [(1460, {("MTU007", "medium", "fail")}), (1437, {("MTU007", "medium", "fail")}), (1436, OK), (1360, OK)],
)  # fmt: skip
def test_t105_an_override_may_raise(size: int, expected: Expected) -> None:
    assert mtu("f5_tmsh", f5(size)) == expected
