"""What an ASA does with sessions: security levels, lists where they are applied, translation, modes."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, brief, device_of, findings_of
from tests.cisco_asa.flows import (
    BASE,
    DMZ,
    F22,
    F443,
    INSIDE,
    OUTSIDE,
    R443,
    ROUTE,
    VERSION,
    interface,
)

Briefs = set[tuple[str, str, str]]
OK: Briefs = set()
BLOCKED = {("ACL001", "high", "fail")}
UNKNOWN = {("ACL001", "high", "unknown")}
PERMIT_WEB = "access-list A extended permit tcp any any eq https\naccess-list A extended permit tcp any any eq ssh\n"
DENY = "access-list A extended deny ip any any\n"
IN = "access-group A in interface inside\n"
SAME = "same-security-traffic permit inter-interface\n"
LAN0 = interface(1, "lan", 0, "10.20.1.1")

CASES = [
    # identity, configuration, findings of the ACL family
    ("T065-levels-permit", BASE + ROUTE, OK),
    ("no-list-upwards", VERSION + interface(0, "outside", 100, "203.0.113.2") + interface(1, "lan", 10, "10.20.1.1") + ROUTE, BLOCKED),
    ("equal-levels", VERSION + OUTSIDE + LAN0 + ROUTE, BLOCKED),
    ("equal-levels-permitted", VERSION + OUTSIDE + LAN0 + SAME + ROUTE, OK),
    ("equal-levels-and-a-list", VERSION + OUTSIDE + LAN0 + PERMIT_WEB + "access-group A in interface lan\n" + ROUTE, BLOCKED),
    ("upwards-and-a-list", VERSION + interface(0, "outside", 100, "203.0.113.2") + interface(1, "lan", 10, "10.20.1.1") + PERMIT_WEB + "access-group A in interface lan\n" + ROUTE, OK),
    ("list-in", BASE + DENY + IN + ROUTE, BLOCKED),
    ("list-in-permits", BASE + PERMIT_WEB + IN + ROUTE, OK),
    ("list-out", BASE + DENY + "access-group A out interface outside\n" + ROUTE, BLOCKED),
    ("list-out-on-inside-sees-no-answers", BASE + DENY + "access-group A out interface inside\n" + ROUTE, OK),
    ("list-in-on-outside-sees-no-answers", BASE + DENY + "access-group A in interface outside\n" + ROUTE, OK),
    ("global-list", BASE + DENY + "access-group A global\n" + ROUTE, BLOCKED),
    ("global-list-ends-the-implicit-permit", BASE + "access-list A extended permit tcp any any eq 80\naccess-group A global\n" + ROUTE, BLOCKED),
    ("interface-list-then-global", BASE + PERMIT_WEB + IN + "access-list G extended deny ip any any\naccess-group G global\n" + ROUTE, OK),
    ("interface-list-falls-through", BASE + "access-list A extended permit udp any any\n" + IN + "access-list G extended permit tcp any any\naccess-group G global\n" + ROUTE, OK),
    ("interface-list-falls-to-the-deny", BASE + "access-list A extended permit udp any any\n" + IN + "access-list G extended permit tcp any any eq 80\naccess-group G global\n" + ROUTE, BLOCKED),
    ("control-plane", BASE + DENY + "access-group A in interface inside control-plane\n" + ROUTE, OK),
    ("applied-nowhere", BASE + DENY + ROUTE, OK),
    ("undefined", BASE + "access-group A in interface inside\n" + ROUTE, UNKNOWN),
    ("remarks-only", BASE + "access-list A remark empty\n" + IN + ROUTE, UNKNOWN),
    ("fwsm-permits-nothing", BASE.replace("ASA Version 9.12(4)", "FWSM Version 4.1(5)") + ROUTE, BLOCKED),
    ("dmz-to-outside", VERSION + OUTSIDE + DMZ + ROUTE, OK),
    ("shutdown", BASE.replace("inside\n security", "inside\n shutdown\n security") + DENY + IN + ROUTE, OK),
    ("strict-reverse-path", BASE + "ip verify reverse-path interface outside\n" + ROUTE, OK),
    ("strict-reverse-path-two-exits", BASE + DMZ + "ip verify reverse-path interface outside\n" + ROUTE + "route dmz 0.0.0.0 0.0.0.0 10.30.1.254 1\n", {("ACL005", "high", "unknown")}),
    ("no-forward", BASE.replace(" nameif inside\n", " no forward interface GigabitEthernet0/0\n nameif inside\n") + ROUTE, BLOCKED),
    ("no-interfaces", DENY + IN, {("ACL001", "medium", "unknown")}),
    ("transparent", VERSION + "firewall transparent\n" + OUTSIDE + INSIDE + ROUTE, {("ACL006", "high", "unknown")}),
    ("system-context", "ASA Version 9.12(4) <system>\n!\nhostname fw\n", {("ACL008", "high", "unknown")}),
    ("filter-url", BASE + "filter https 443 0.0.0.0 0.0.0.0 0.0.0.0 0.0.0.0\n" + ROUTE, {("ACL006", "high", "unknown")}),
    ("firepower", BASE + "policy-map P\n class class-default\n  sfr fail-open\nservice-policy P global\n" + ROUTE, {("ACL006", "high", "unknown")}),
    ("firepower-monitors", BASE + "policy-map P\n class class-default\n  sfr fail-open monitor-only\nservice-policy P global\n" + ROUTE, OK),
    ("firepower-not-applied", BASE + "policy-map P\n class class-default\n  sfr fail-open\n" + ROUTE, OK),
    ("cut-through-proxy", BASE + "aaa authentication match A inside ISE\n" + ROUTE, {("ACL006", "high", "unknown")}),
    ("botnet-filter", BASE + "dynamic-filter drop blacklist\n" + ROUTE, {("ACL006", "high", "unknown")}),
    ("last-group-wins", BASE + DENY + "access-list B extended permit ip any any\n" + IN + "access-group B in interface inside\n" + ROUTE, OK),
    ("bridge-group-on-the-path", VERSION + OUTSIDE + "interface BVI1\n nameif inside\n security-level 100\n ip address 10.20.1.1 255.255.255.0\n!\ninterface GigabitEthernet0/1\n bridge-group 1\n nameif lan1\n security-level 100\n!\n" + ROUTE, {("ACL006", "high", "unknown")}),
    ("group-of-unknown-interface", BASE + DENY + "access-group A in interface insid\n" + ROUTE, {("ACL009", "medium", "unknown")}),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_findings(config: str, expected: Briefs) -> None:
    assert brief(findings_of("cisco_asa", config), "ACL") == expected


@pytest.mark.parametrize(
    "line",
    [
        "route outside 10.0.0.0 0.0.0.255 203.0.113.1",
        "route outside 10.0.0.0 255.0.255.0 203.0.113.1",
        "route outside 10.0.0.0 255.0.0.0",
        "route outside 10.0.0.0 255.0.0.0 nowhere",
        "route outside 0.0.0.0",
        "ipv6 route outside 2001:db8::1",
        "route nowhere 10.0.0.0 255.0.0.0 203.0.113.1",
        "route outside 10.0.0.0 255.0.0.0 203.0.113.1 1 2",
        "ipv6 route outside 2001:db8::/129 2001:db8::1",
    ],
)
def test_a_broken_route_leaves_the_table_incomplete(line: str) -> None:
    device = device_of("cisco_asa", BASE + ROUTE + line + "\n")
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert [(u.topic, u.where.line) for u in device.not_understood] == [
        ("route", (BASE + ROUTE).count("\n") + 1)
    ]


def test_routes() -> None:
    """Names, metrics, tracked and floating routes; those for packets out of tunnels are not there."""
    config = BASE + (
        "name 10.9.0.0 branch\nname 10.20.1.254 core\n"
        "route inside branch 255.255.0.0 core 1\n"
        "route outside 0 0 203.0.113.1 1 track 1\n"
        "route outside 0.0.0.0 0.0.0.0 203.0.113.9 254\n"
        "route inside 0.0.0.0 0.0.0.0 core tunneled\n"
        "ipv6 route outside ::/0 2001:db8::1 5\n"
    )
    table = device_of("cisco_asa", config).static_routes
    assert table is not None
    assert table.complete
    assert [
        (r.family, r.length, r.next_hops[0], r.distance, r.backup, r.conditional)
        for r in table.routes
    ] == [
        (4, 16, ("inside", "10.20.1.254", None, 1), 1, False, None),
        (4, 0, ("outside", "203.0.113.1", None, 1), 1, False, "track 1"),
        (4, 0, ("outside", "203.0.113.9", None, 1), 254, True, None),
        (6, 0, ("outside", "2001:db8::1", None, 1), 5, False, None),
    ]


def test_null_route() -> None:
    config = BASE + ROUTE + "route Null0 104.192.136.0 255.255.248.0\n"
    assert ("RT001", "high", "fail") in brief(findings_of("cisco_asa", config), "RT")


def test_a_longer_null_route_kills_its_addresses_only() -> None:
    config = BASE + ROUTE + "route Null0 104.192.141.0 255.255.255.0 254\n"
    (found,) = [f for f in findings_of("cisco_asa", config) if f.code == "RT001"]
    assert "104.192.141.0/24" in found.message


def test_the_levels_by_the_name_of_the_pair(tmp_path: Path) -> None:
    """T065: the first packet by the levels, the answer by the session."""
    for name, packet, action in (
        ("inside:outside", F443, "permit"),
        ("inside:outside", R443, "permit"),
        ("outside:inside", F443, "deny"),
    ):
        found = answer(tmp_path, "cisco_asa", BASE, name, **packet)
        assert isinstance(found, Answer)
        assert found.action == action, name


@pytest.mark.parametrize(
    ("more", "symptom"),
    [
        ("", "reset"),
        ("no service resetoutbound\n", "timeout"),
        ("no service resetoutbound interface inside\n", "timeout"),
        ("no service resetoutbound interface outside\n", "reset"),
        ("no service resetoutbound\nservice resetinbound\n", "reset"),
    ],
)
def test_what_the_sender_sees(more: str, symptom: str) -> None:
    """T064: a reset towards lower levels is the default."""
    found = findings_of("cisco_asa", BASE + more + DENY + IN + ROUTE)
    witnesses = [f.witness for f in found if f.code == "ACL001" and f.witness is not None]
    assert {w.symptom for w in witnesses} == {symptom}


NAT_OLD = "nat (inside) 1 10.20.0.0 255.255.0.0\nglobal (outside) 1 interface\n"
NAT_NEW = (
    "object network LAN\n subnet 10.20.0.0 255.255.0.0\n nat (inside,outside) dynamic interface\n"
)
OUT = (
    "access-list A extended permit tcp host 203.0.113.2 any\naccess-group A out interface outside\n"
)


def test_before_8_3_a_list_behind_nat_names_mapped_addresses() -> None:
    """The list permits what it sees, the mapped source; from 8.3 on it sees the real one (guides 8.2, 8.3)."""
    old = BASE.replace("9.12(4)", "8.2(5)") + NAT_OLD + OUT + ROUTE
    assert ("ACL001", "high", "fail") not in brief(findings_of("cisco_asa", old), "ACL")
    new = BASE + NAT_NEW + OUT + ROUTE
    assert brief(findings_of("cisco_asa", new), "ACL") == BLOCKED


def test_nat_sides() -> None:
    for nat in (NAT_OLD, NAT_NEW, "nat (inside,outside) after-auto source dynamic any interface\n"):
        sides = {
            i.name: i.nat and i.nat.value for i in device_of("cisco_asa", BASE + nat).interfaces
        }
        assert sides == {"outside": "outside", "inside": "inside"}


FTD = (
    "NGFW Version 7.0.1\n!\n"
    + interface(0, "outside", 0, "203.0.113.2")
    + interface(1, "inside", 0, "10.20.1.1")
    + "access-list CSM_FW_ACL_ remark rule-id 268434433: ACCESS POLICY: base - Mandatory\n"
    "access-list CSM_FW_ACL_ remark rule-id 268434433: {layer} RULE: web\n"
    "access-list CSM_FW_ACL_ advanced {action} tcp ifc inside any ifc outside any {port}rule-id 268434433\n"
    "access-list CSM_FW_ACL_ remark rule-id 268434432: L4 RULE: DEFAULT ACTION RULE\n"
    "access-list CSM_FW_ACL_ advanced deny ip any any rule-id 268434432 event-log flow-start\n"
    "access-group CSM_FW_ACL_ global\n" + ROUTE
)
"""The packet engine of Firepower Threat Defense: its interfaces have no levels that count."""


@pytest.mark.parametrize(
    ("layer", "action", "port", "expected"),
    [
        ("L4", "permit", "", OK),
        ("L7", "permit", "", UNKNOWN),
        ("L7", "trust", "", OK),
        ("L4", "deny", "", BLOCKED),
        ("L4", "permit", "eq https ", BLOCKED),
    ],
)
def test_ftd(layer: str, action: str, port: str, expected: Briefs) -> None:
    config = FTD.format(layer=layer, action=action, port=port)
    assert device_of("cisco_asa", config).not_understood == ()
    assert brief(findings_of("cisco_asa", config), "ACL") == expected


def test_ftd_knows_the_interfaces_of_a_rule() -> None:
    """A rule for another pair of interfaces does not help."""
    config = FTD.format(layer="L4", action="permit", port="").replace(
        "ifc inside any", "ifc dmz any"
    )
    assert brief(findings_of("cisco_asa", config), "ACL") == BLOCKED


def test_management_interfaces_have_a_table_of_their_own() -> None:
    management = interface(3, "management", 100, "192.0.2.1").replace(
        " nameif", " management-only\n nameif"
    )
    config = BASE + management + ROUTE + "route management 0.0.0.0 0.0.0.0 192.0.2.254 1\n"
    device = device_of("cisco_asa", config)
    assert device.static_routes is not None
    assert [r.vrf for r in device.static_routes.routes] == ["default", "management-only"]
    assert findings_of("cisco_asa", config) == []


def test_f22_is_the_only_port_that_a_list_denies() -> None:
    config = (
        BASE
        + "access-list A extended deny tcp any any eq ssh\naccess-list A extended permit ip any any\n"
        + IN
        + ROUTE
    )
    (found,) = [f for f in findings_of("cisco_asa", config) if f.code == "ACL001"]
    assert {b.ports for b in found.blocked or ()} == {str(F22["dst_port"])}
    assert any(
        line.startswith("access-list A line 1 extended permit tcp any ") for line in _typed(found)
    )


def _typed(found: object) -> list[str]:
    from parsers.registry import platform

    remedies = getattr(found, "remedies", ())
    return [line for remedy in remedies for line in platform("cisco_asa").remedy(remedy)]
