"""Statements and tables that are not understood or cut: unknown with the text, never OK (issue 4, bad input)."""

from __future__ import annotations

import pytest

from parsers.model.balancing import Spread
from tests.audit_text import device_of
from tests.rules import rows_cisco, rows_juniper, rows_linux, rows_providers
from tests.rules.balancing_rows import judged, row, verdict

C, J, P, L = rows_cisco, rows_juniper, rows_providers, rows_linux
FORTI = (
    'config system interface\n    edit "wan1"\n        set vdom "root"\n        set ip 203.0.113.2 255.255.255.252\n'
    '    next\n    edit "internal"\n        set vdom "root"\n        set ip 10.20.1.1 255.255.255.0\n    next\nend\n'
    'config vpn ipsec phase1-interface\n    edit "v1"\n        set interface "wan1"\n        set remote-gw 192.0.2.10\n'
    '    next\n    edit "v2"\n        set interface "wan1"\n        set remote-gw 192.0.2.20\n    next\nend\n'
    'config system ipsec-aggregate\n    edit "agg"\n        set member "v1" "v2"\n        set algorithm frob\n    next\nend\n'
    'config router static\n    edit 1\n        set device "agg"\n    next\nend\n'
)
XR = (
    "interface GigabitEthernet0/0/0/0\n ipv4 address 10.20.1.1 255.255.255.0\n!\n"
    "interface GigabitEthernet0/0/0/1\n ipv4 address 203.0.113.1 255.255.255.252\n!\n"
    "interface GigabitEthernet0/0/0/2\n ipv4 address 198.51.100.1 255.255.255.252\n!\n"
    "router static\n address-family ipv4 unicast\n  0.0.0.0/0 203.0.113.2\n  0.0.0.0/0 198.51.100.2\n !\n!\n"
)
CX = (
    "interface 1/1/1\n    no shutdown\n    ip address 203.0.113.2/29\ninterface vlan 20\n    ip address 10.20.1.1/24\n"
    "ip route 0.0.0.0/0 203.0.113.1\nip route 0.0.0.0/0 203.0.113.3\n"
)
TWO = L._set(*L.TWO)
UNKNOWN_WORDS = [
    ("cisco_ios", C.LAN + C.UP1 + " ip load-sharing per-pocket\n" + C.UP2 + C.TWO, "per-pocket"),
    ("cisco_xe", C.LAN + C.UP1 + " ip load-sharing per-pocket\n" + C.UP2 + C.TWO, "per-pocket"),
    ("cisco_nxos", C.LAN1 + C.N2 + C.N3 + C.N_TWO + C.DLB.replace("per-packet", "frob"), "frob"),
    ("cisco_xr", XR + "cef load-balancing frob\n", "frob"),
    ("juniper_junos", J.BASE + J.TWO + J._then("frob") + J.EXPORT, "frob"),
    ("juniper_junos", J.BASE + J.TWO + J.DLB + "frob\n", "frob"),
    ("arista_eos", J.E_BASE + "ip load-sharing trident fields ip frob\n", "frob"),
    ("nokia_sros", P.SROS_LAN + P._uplinks(2, "1/1/{}") + f"{P.R} ecmp 8\n/configure system load-balancing frob true\n", "frob"),
    ("nokia_srl", P.SRL + "set / system load-balancing hash-options frob true\n", "frob"),
    ("huawei_vrp", P.V_LAN + P.V_TWO + "load-balance frob all\n", "frob"),
    ("huawei_vrp", P.TRUNK.replace("packet-all", "frob"), "frob"),
    ("hp_comware", P.C_LAN + P.C_TWO + "ip load-sharing mode frob\n", "frob"),
    ("mikrotik_routeros", P.HEADER + "/ip settings\nset ipv4-multipath-hash-policy=frob\n" + P.M_LAN + "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1\nadd dst-address=0.0.0.0/0 gateway=198.51.100.1\n", "frob"),
    ("vyos", TWO + "set load-balancing frob on\n", "frob"),
    ("vyos", L.BONDED.replace("round-robin", "frob"), "frob"),
    ("fortinet", FORTI, "frob"),
    ("paloalto_panos", L.PAN.replace("balanced-round-robin", "frob"), "frob"),
    ("dell_os10", L.OS10.replace("random", "frob"), "frob"),
    ("aruba_aoscx", CX + "ip ecmp frob\n", "frob"),
    ("checkpoint_gaia", L.GAIA + "set bonding group 1 mode frob\n", "frob"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "config", "word"),
    UNKNOWN_WORDS,
    ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(UNKNOWN_WORDS)],
)
def test_a_word_that_is_not_known_is_unknown_with_its_text(
    platform: str, config: str, word: str
) -> None:
    found = judged(row("bad", platform, config, ""))
    unknown = [f for f in found if verdict(f) == "UNKNOWN"]
    assert unknown, [f.message for f in found]
    lines = config.splitlines()
    cited = [lines[w.line - 1] for f in unknown for w in f.evidence if w.file == "r1.cfg"]
    assert any(word in text for text in cited) or any(word in f.message for f in unknown)
    assert not any(verdict(f) == "ACTIVE" for f in found)


IOS_RIB = (
    "Gateway of last resort is 203.0.113.2 to network 0.0.0.0\n\n"
    "S*    0.0.0.0/0 [1/0] via 203.0.113.2\n                [1/0] via 198.51.100.2\n"
    "C        203.0.113.0/30 is directly connected, GigabitEthernet0/1\n"
    "C        198.51.100.0/30 is directly connected, GigabitEthernet0/2\n"
    "B        104.192.136.0/21 [20/0] via 203.0.113.2, 3d02h\n"
)
CONNECTED_ONLY = "C        203.0.113.0/30 is directly connected, GigabitEthernet0/1\nB        104.192.136.0/21 [20/0] v"
DAMAGED = IOS_RIB.replace("                [1/0] via 198.51.100.2\n", "                [1/0] vi\n")


@pytest.mark.parametrize("table", [CONNECTED_ONLY, DAMAGED], ids=["routes-lost", "second-way-lost"])
def test_a_table_that_is_cut_does_not_make_per_packet_harmless(table: str) -> None:
    found = judged(
        row("cut", "cisco_ios", C.LAN + C.UP1 + C.PP + C.UP2 + C.PP, "", show_ip_route=table)
    )
    assert {verdict(f) for f in found} & {"UNKNOWN", "ACTIVE"}


def test_a_table_that_is_cut_does_not_hide_a_hash_over_the_flow_label() -> None:
    cut = L.V6.rsplit("\n\t", 1)[0] + "\n\tnexthop vi\n"
    found = judged(row("cut", "linux", None, "", ip__dash_6_route_show=cut, **L.K6))
    assert "UNKNOWN" in {verdict(f) for f in found}


def test_a_condition_of_an_exported_policy_that_is_not_understood() -> None:
    config = (
        J.BASE
        + J.TWO
        + "set policy-options policy-statement LB term A from phase-of-moon full\n"
        + J._then("random", term="term A ")
        + J.EXPORT
    )
    found = judged(row("term", "juniper_junos", config, ""))
    assert {verdict(f) for f in found} == {"UNKNOWN"}
    assert any(
        c.spread is Spread.PER_PACKET for c in device_of("juniper_junos", config).path_choices
    )
