"""Filters of SONiC: the cases of knowledge `filters.md` §7 and §9, and what its documents say of tables and rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.device import Device
from tests.audit_text import answer, brief, device_of, findings_of

Row = dict[str, object]
Fields = dict[str, str]
C, H = "10.20.1.5", "104.192.141.1"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C, source_port: int = 50000) -> Row:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": source_port, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
SIX = tcp(443, H6, C6)
R443 = {**tcp(50000, C, H, 443), "tcp_flags": ["syn", "ack"]}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {**P4, "icmp_type": 8, "icmp_code": 0}
UDP = {**F443, "protocol": "udp"}
PORTS = {"Ethernet0": {"mtu": "9100"}, "Ethernet4": {"mtu": "9100"}, "Ethernet8": {"mtu": "9100"}}
NET = {
    "PORT": PORTS,
    "INTERFACE": {
        "Ethernet0": {},
        "Ethernet0|10.20.1.1/24": {},
        "Ethernet4": {},
        "Ethernet4|203.0.113.2/30": {},
    },
    "STATIC_ROUTE": {"0.0.0.0/0": {"nexthop": "203.0.113.1"}},
}


def config(*rules: Fields, kind: str = "L3", **more: object) -> str:
    """CONFIG_DB with a table T on Ethernet0; rules without a priority get falling ones."""
    rows = {}
    for number, rule in enumerate(rules, 1):
        rows[f"T|R{number}"] = {"PRIORITY": str(1000 - number), "PACKET_ACTION": "DROP", **rule}
    table = {"type": kind, "stage": "ingress", "ports": ["Ethernet0"]}
    return json.dumps({**NET, "ACL_TABLE": {"T": {**table, **more}}, "ACL_RULE": rows}, indent=2)


def decided(folder: Path, text: str, packet: Row, name: str = "T") -> str:
    found = answer(folder, "dell_sonic", text, name, **packet)
    assert isinstance(found, Answer), found
    return found.action


def acl(text: str) -> set[tuple[str, str, str]]:
    return brief(findings_of("dell_sonic", text), "ACL")


def test_t134_a_control_plane_table_is_no_transit() -> None:
    assert acl(config({"ETHER_TYPE": "2048"}, kind="CTRLPLANE")) == set()
    assert acl(config({"ETHER_TYPE": "2048"})) == {("ACL001", "high", "fail")}


def test_b7_no_rule_matches_forwards(tmp_path: Path) -> None:
    assert decided(tmp_path, config({"SRC_IP": "192.0.2.0/24"}), F443) == "permit"


@pytest.mark.parametrize(
    "kind", ["MIRROR", "MIRRORV6", "MIRROR_DSCP", "PFCWD", "DTEL_FLOW_WATCHLIST"]
)
def test_tables_that_never_drop(kind: str) -> None:
    assert acl(config({"ETHER_TYPE": "2048"}, kind=kind)) == set()


@pytest.mark.parametrize(
    ("rule", "packet", "action"),
    [
        ({"IP_PROTOCOL": "6", "L4_DST_PORT": "443"}, F443, "deny"),
        ({"IP_PROTOCOL": "6", "L4_DST_PORT": "443"}, F22, "permit"),
        ({"IP_PROTOCOL": "TCP", "L4_DST_PORT_RANGE": "22-80"}, F80, "deny"),
        ({"L4_DST_PORT": "443"}, UDP, "deny"),
        ({"L4_SRC_PORT_RANGE": "0-1023"}, R443, "deny"),
        ({"DST_IP": "104.192.136.0/21"}, F443, "deny"),
        ({"DST_IP": "185.166.140.0/22"}, F443, "permit"),
        ({"SRC_IP": "10.20.1.5"}, F443, "deny"),
        ({"TCP_FLAGS": "0x12/0x12"}, R443, "deny"),
        ({"TCP_FLAGS": "0x02/0x12"}, R443, "permit"),
        ({"ETHER_TYPE": "0x0806"}, F443, "permit"),
        ({"IP_TYPE": "ARP"}, F443, "permit"),
        ({"IP_TYPE": "NON_IP"}, F443, "permit"),
        ({"ICMP_TYPE": "3", "ICMP_CODE": "4"}, P4, "deny"),
        ({"ICMP_TYPE": "3", "ICMP_CODE": "4"}, PING, "permit"),
        ({"IP_PROTOCOL": "17"}, F443, "permit"),
        ({"PACKET_ACTION": "REDIRECT:Ethernet4"}, F443, "permit"),
        ({"DSCP": "46"}, F443, "unknown"),
        ({"IN_PORTS": "Ethernet0"}, F443, "unknown"),
        ({"VLAN_ID": "10"}, F443, "unknown"),
        ({"SOMETHING": "1"}, F443, "unknown"),
        ({"DST_IP": "104.192.136.0/33"}, F443, "unknown"),
        ({"DST_IP": "2401:1d80:3000::/36"}, F443, "unknown"),
        ({"L4_DST_PORT_RANGE": "500-400"}, F443, "unknown"),
        ({"L4_DST_PORT_RANGE": "500"}, F443, "unknown"),
        ({"L4_DST_PORT": "70000"}, F443, "unknown"),
        ({"TCP_FLAGS": "0x12/0x02"}, F443, "unknown"),
        ({"IP_PROTOCOL": "nonsense"}, F443, "unknown"),
        ({"PRIORITY": "high"}, F443, "unknown"),
        ({"PACKET_ACTION": "TWIST"}, F443, "unknown"),
        ({"DST_IP": "1é4.192.136.0/21"}, F443, "unknown"),
    ],
)  # fmt: skip
def test_fields(tmp_path: Path, rule: Fields, packet: Row, action: str) -> None:
    assert decided(tmp_path, config({"ETHER_TYPE": "2048", **rule}), packet) == action


def test_a_mirror_rule_ends_the_search(tmp_path: Path) -> None:
    text = config(
        {"MIRROR_INGRESS_ACTION": "s1", "DST_IP": "104.192.136.0/21"}, {"ETHER_TYPE": "2048"}
    )
    rows = json.loads(text)
    del rows["ACL_RULE"]["T|R1"]["PACKET_ACTION"]
    assert decided(tmp_path, json.dumps(rows, indent=1), F443) == "permit"
    assert decided(tmp_path, json.dumps(rows, indent=1), tcp(443, "192.0.2.1")) == "deny"


def test_priorities_and_ties(tmp_path: Path) -> None:
    low = {"PRIORITY": "5", "L4_DST_PORT": "443"}
    high = {"PRIORITY": "50", "PACKET_ACTION": "FORWARD", "IP_PROTOCOL": "6"}
    assert decided(tmp_path, config(low, high), F443) == "permit"
    assert decided(tmp_path, config(low, {**high, "PRIORITY": "5"}), F443) == "unknown"
    assert decided(tmp_path, config(low, {**high, "PRIORITY": "5"}), F22) == "permit"
    assert (
        decided(tmp_path, config(low, {**high, "PRIORITY": "5", "L4_DST_PORT": "22"}), F443)
        == "deny"
    )
    assert decided(tmp_path, config(low, {"PRIORITY": "5"}), F443) == "deny"


def test_a_rule_that_names_no_family_may_match_the_other(tmp_path: Path) -> None:
    assert decided(tmp_path, config({"IP_PROTOCOL": "6"}), SIX) == "unknown"
    found = device_of("dell_sonic", config({"ETHER_TYPE": "2048", "IP_PROTOCOL": "6"}))
    assert [binding.family for binding in found.bindings] == [4]


def test_families_of_tables(tmp_path: Path) -> None:
    six = config({"IP_TYPE": "IPV6ANY", "DST_IPV6": "2401:1d80:3000::/36"}, kind="L3V6")
    assert decided(tmp_path, six, SIX) == "deny"
    both = config(
        {"ETHER_TYPE": "0x86dd"}, {"ETHER_TYPE": "2048", "L4_DST_PORT": "22"}, kind="L3V4V6"
    )
    assert [decided(tmp_path, both, packet) for packet in (SIX, F443, F22)] == [
        "deny",
        "permit",
        "deny",
    ]


def bindings(found: Device) -> set[tuple[str, str | None, str]]:
    return {(b.key, b.interface, b.direction) for b in found.bindings}


def test_where_tables_act() -> None:
    drop = {"ETHER_TYPE": "2048"}
    assert bindings(device_of("dell_sonic", config(drop, stage="EGRESS"))) == {
        ("T", "Ethernet0", "out")
    }
    assert bindings(device_of("dell_sonic", config(drop, ports="Ethernet0,Ethernet4"))) == {
        ("T", "Ethernet0", "in"), ("T", "Ethernet4", "in"),
    }  # fmt: skip
    stranger = bindings(device_of("dell_sonic", config(drop, ports=["Ethernet99"])))
    assert stranger == {("T (on Ethernet99)", None, "forward")}
    assert acl(config(drop, ports=["Ethernet99"])) >= {("ACL001", "high", "unknown")}
    assert acl(config(drop, prots=["Ethernet0"], ports=[])) >= {("ACL001", "high", "unknown")}


def test_a_table_on_some_ports_of_a_vlan() -> None:
    text = json.loads(config({"ETHER_TYPE": "2048"}))
    text["INTERFACE"] = {"Ethernet4": {}, "Ethernet4|203.0.113.2/30": {}}
    text["VLAN"] = {"Vlan10": {"vlanid": "10"}}
    text["VLAN_INTERFACE"] = {"Vlan10": {}, "Vlan10|10.20.1.1/24": {}}
    text["VLAN_MEMBER"] = {"Vlan10|Ethernet0": {"tagging_mode": "untagged"}}
    assert acl(json.dumps(text, indent=1)) == {("ACL001", "high", "fail")}
    text["VLAN_MEMBER"]["Vlan10|Ethernet8"] = {"tagging_mode": "untagged"}
    assert acl(json.dumps(text, indent=1)) == {("ACL006", "high", "unknown")}


def test_a_type_that_binds_to_the_switch() -> None:
    text = json.loads(config({"ETHER_TYPE": "2048"}, kind="MINE", ports=[]))
    text["ACL_TABLE_TYPE"] = {
        "MINE": {"BIND_POINTS": ["SWITCH"], "MATCHES": ["ETHER_TYPE"], "ACTIONS": ["PACKET_ACTION"]}
    }
    assert bindings(device_of("dell_sonic", json.dumps(text, indent=1))) == {("T", None, "forward")}


def test_rules_of_a_table_that_is_not_there() -> None:
    text = json.loads(config({"ETHER_TYPE": "2048", "IP_PROTOCOL": "6"}))
    del text["ACL_TABLE"]
    assert ("ACL001", "high", "unknown") in acl(json.dumps(text, indent=1))


def test_a_file_for_acl_loader_alone(tmp_path: Path) -> None:
    entry = {"actions": {"config": {"forwarding-action": "ACCEPT"}}, "sequence-id": 5}
    sets = [
        {"acl-entries": {"acl-entry": [entry]}, "config": {"name": "my-acl", "type": "ACL_IPV4"}}
    ]
    entry["transport"] = {"config": {"destination-port": 443}}
    text = json.dumps(sets, indent=2)
    assert decided(tmp_path, text, F443, "MY_ACL") != "deny"
    assert decided(tmp_path, text, F22, "MY_ACL") == "unknown"
    assert device_of("dell_sonic", text).missing[0].command == "show runningconfiguration all"


def test_a_text_that_is_cut_off() -> None:
    text = config({"ETHER_TYPE": "2048", "IP_PROTOCOL": "6"})
    cut = text[: text.index('"PACKET_ACTION"')]
    assert any(outcome == "unknown" for _, _, outcome in acl(cut))


def test_the_sonic_cli_is_not_read() -> None:
    text = "interface Eth1/1\n ip access-group A in\n!\nip access-list A\n seq 5 deny tcp any any\n"
    found = device_of("dell_sonic", text)
    assert len(found.not_understood) == 5
    assert found.filters
