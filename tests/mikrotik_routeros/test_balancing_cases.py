"""Load balancing: the cases of the knowledge page for RouterOS, and what decides between them."""

from __future__ import annotations

import pytest

from parsers.model.balancing import HashField, Spread, Stage
from tests.audit_text import brief, device_of, findings_of
from tests.mikrotik_routeros.flows import HEADER

HEADER6 = HEADER.replace("7.11", "6.49.10")
LAN = (
    "/ip address\nadd address=10.20.1.1/24 interface=ether5 network=10.20.1.0\n"
    "add address=203.0.113.2/30 interface=ether1 network=203.0.113.0\n"
    "add address=198.51.100.2/30 interface=ether2 network=198.51.100.0\n"
)
TABLES = (
    "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1 routing-table=r1\n"
    "add dst-address=0.0.0.0/0 gateway=198.51.100.1 routing-table=r2\n"
    "add dst-address=0.0.0.0/0 gateway=203.0.113.1\n"
)
MANGLE = "/ip firewall mangle\n"
NTH = (
    MANGLE + "add action=mark-routing chain=prerouting {} new-routing-mark=r1 nth=2,1\n"
    "add action=mark-routing chain=prerouting {} new-routing-mark=r2 nth=2,2\n"
)


def lb(config: str, header: str = HEADER) -> set[tuple[str, str, str]]:
    return brief(findings_of("mikrotik_routeros", header + config), "LB")


ACTIVE = {("LB001", "critical", "fail")}
UNKNOWN = {("LB001", "critical", "unknown")}
HAZARD = {("LB002", "medium", "fail")}


def test_72_packets_counted() -> None:
    assert lb(LAN + NTH.format("", "") + TABLES) == ACTIVE
    assert lb(LAN + NTH.format("in-interface=ether5", "in-interface=ether5") + TABLES) == ACTIVE
    chance = LAN + NTH.format("", "").replace("nth=2,1", "random=50").replace(
        "nth=2,2", "random=50"
    )
    assert lb(chance + TABLES) == ACTIVE


def test_72_without_a_table_is_unknown() -> None:
    assert (
        lb(LAN + NTH.format("", "") + TABLES.replace("=r1", "=r7").replace("=r2", "=r8")) == UNKNOWN
    )


def test_72_another_protocol() -> None:
    assert lb(LAN + NTH.format("protocol=udp", "protocol=udp") + TABLES) == set()


def test_74_classifier() -> None:
    rules = NTH.format("", "").replace(
        "nth=2,1", "per-connection-classifier=both-addresses-and-ports:2/0"
    )
    rules = rules.replace("nth=2,2", "per-connection-classifier=both-addresses-and-ports:2/1")
    assert lb(LAN + rules + TABLES) == set()
    device = device_of("mikrotik_routeros", HEADER + LAN + rules + TABLES)
    (first, _) = [c for c in device.path_choices if c.stage is Stage.POLICY]
    assert first.spread is Spread.FLOW
    assert first.fields == {HashField.SRC, HashField.DST, HashField.SRC_PORT, HashField.DST_PORT}


def test_75_limited_to_other_destinations() -> None:
    """A list that does not name the service: its sessions do not meet the rule, which is a note (verdict V7)."""
    voip = "/ip firewall address-list\nadd address=192.0.2.0/24 list=VOIP\n"
    limited = NTH.format("dst-address-list=VOIP", "dst-address-list=VOIP")
    assert lb(voip + LAN + limited + TABLES) == set()
    found = findings_of("mikrotik_routeros", HEADER + voip + LAN + limited + TABLES)
    assert {f.code for f in found if f.code.startswith("LB")} == {"LB007"}
    assert lb(voip.replace("192.0.2.0/24", "104.192.136.0/21") + LAN + limited + TABLES) == ACTIVE


def test_connections_counted_is_a_trap() -> None:
    rules = (
        MANGLE
        + "add action=mark-connection chain=prerouting connection-state=new nth=2,1 new-connection-mark=c1\n"
        "add action=mark-routing chain=prerouting connection-mark=c1 new-routing-mark=r2\n"
    )
    assert lb(LAN + rules + TABLES) == set()
    found = findings_of("mikrotik_routeros", HEADER + LAN + rules + TABLES)
    assert [f.code for f in found if f.code.startswith("LB")] == ["LB003"]
    unmarked = rules.replace("connection-state=new", "connection-mark=no-mark")
    assert lb(LAN + unmarked + TABLES) == set()


def test_a_connection_that_is_marked_again_and_again() -> None:
    rules = (
        MANGLE + "add action=mark-connection chain=prerouting nth=2,1 new-connection-mark=c1\n"
        "add action=mark-routing chain=prerouting connection-mark=c1 new-routing-mark=r2\n"
    )
    assert lb(LAN + rules + TABLES) == ACTIVE


def test_76_bond_without_mode() -> None:
    bond = (
        "/interface bonding\nadd{} name=bond1 slaves=ether1,ether2\n"
        "/ip address\nadd address=10.20.1.1/24 interface=ether5\nadd address=203.0.113.2/29 interface=bond1\n"
        "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1\n"
    )
    assert lb(bond.format("")) == ACTIVE
    assert lb(bond.format(" mode=balance-rr")) == ACTIVE
    for mode in (
        "802.3ad",
        "balance-xor",
        "active-backup",
        "802.3ad transmit-hash-policy=layer-3-and-4",
    ):
        assert lb(bond.format(f" mode={mode}")) == set(), mode
    assert lb(bond.format(" mode=balance-tlb")) == HAZARD
    assert lb(bond.format(" mode=broadcast")) == UNKNOWN
    assert lb(bond.format(" disabled=yes")) == set()


ECMP = "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1\nadd dst-address=0.0.0.0/0 gateway=198.51.100.1\n"


def test_equal_routes_of_version_7_are_hashed() -> None:
    assert lb(LAN + ECMP) == set()
    assert lb("/ip settings\nset ipv4-multipath-hash-policy=l4\n" + LAN + ECMP) == set()
    assert lb("/ip settings\nset ipv4-multipath-hash-policy=l9\n" + LAN + ECMP) == UNKNOWN


def test_equal_gateways_of_version_6_age() -> None:
    two = "/ip route\nadd distance=1 gateway=203.0.113.1,198.51.100.1\n"
    assert lb(LAN + two, HEADER6) == HAZARD
    assert lb("/ip settings\nset route-cache=no\n" + LAN + two, HEADER6) == UNKNOWN
    assert lb(LAN + two, "") == UNKNOWN
    assert lb(LAN + "/ip route\nadd distance=1 gateway=203.0.113.1\n", HEADER6) == set()


def test_ipv6_hashes_the_flow_label() -> None:
    config = (
        "/ipv6 address\nadd address=2001:db8:5::1/64 interface=ether5\nadd address=2001:db8:1::2/64 interface=ether1\n"
        "add address=2001:db8:2::2/64 interface=ether2\n"
        "/ipv6 route\nadd dst-address=::/0 gateway=2001:db8:1::1\nadd dst-address=::/0 gateway=2001:db8:2::1\n"
    )
    assert lb(config) == HAZARD
    assert lb("/ipv6 settings\nset multipath-hash-policy=l4\n" + config) == set()


@pytest.mark.parametrize("disabled", [True, False])
def test_a_disabled_rule_marks_nothing(disabled: bool) -> None:
    word = "disabled=yes" if disabled else "disabled=no"
    assert lb(LAN + NTH.format(word, word) + TABLES) == (set() if disabled else ACTIVE)
