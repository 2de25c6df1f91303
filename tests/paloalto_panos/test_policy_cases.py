"""Security rules: verdicts worked out by hand (knowledge: filters, sections 1.19, 4 and 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.filters import Symptom
from tests.audit_text import answer, device_of
from tests.paloalto_panos.flows import ALLOW, F443, ZONES, rule
from tests.paloalto_panos.policy_cases import (
    ADDRESSES,
    APPLICATIONS,
    CONDITIONS,
    RULES,
    SERVICES,
    Case,
)

TABLES = {
    "rules": RULES,
    "addresses": ADDRESSES,
    "services": SERVICES,
    "applications": APPLICATIONS,
    "conditions": CONDITIONS,
}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{name}-{case[0]}")
        for name, table in TABLES.items()
        for case in table
    ],
)
def test_rules_between_zones(tmp_path: Path, case: Case) -> None:
    _, rules, packet, action, line = case
    found = answer(tmp_path, "paloalto_panos", rules + ZONES, "trust:untrust", **packet)
    assert isinstance(found, Answer), found
    assert (found.action, found.line) == (action, line)


INSIDE = [
    ("passes", "", "permit", None),
    ("T145-inside", rule("A", "deny", "rule-type intrazone", from_="trust", to="trust"), "deny", 1),
    ("intrazone-needs-no-to", "set rulebase security rules A from trust source any destination any application any"
     " service any rule-type intrazone action deny\n", "deny", 1),
    ("interzone-rule-is-not-for-it", rule("A", "deny", "rule-type interzone"), "permit", None),
    ("universal", rule("A", "deny"), "deny", 1),
    ("default-denies", "set rulebase default-security-rules rules intrazone-default action drop\n", "deny", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "action", "line"), [c[1:] for c in INSIDE], ids=[c[0] for c in INSIDE]
)
def test_inside_a_zone(tmp_path: Path, rules: str, action: str, line: int | None) -> None:
    found = answer(tmp_path, "paloalto_panos", rules + ZONES, "trust:trust", **F443)
    assert isinstance(found, Answer), found
    assert (found.action, found.line) == (action, line)


SYMPTOMS = [
    ("drop", rule("A", "drop"), Symptom.TIMEOUT),
    ("drop-that-tells", rule("A", "drop", "icmp-unreachable yes"), Symptom.ICMP_ERROR),
    # a session that has not begun gets no reset
    ("reset", rule("A", "reset-both"), Symptom.TIMEOUT),
    ("reset-for-an-application", rule("A", "reset-both", application="x"), Symptom.RESET),
]


@pytest.mark.parametrize(
    ("rules", "symptom"), [c[1:] for c in SYMPTOMS], ids=[c[0] for c in SYMPTOMS]
)
def test_what_a_denied_client_sees(rules: str, symptom: Symptom) -> None:
    entries = device_of("paloalto_panos", rules + ZONES).filters["policy:trust:untrust", 0].entries
    assert entries[1].symptom is symptom


def test_an_interface_in_no_zone_forwards_nothing(tmp_path: Path) -> None:
    extra = "set network interface ethernet ethernet1/3 layer3 ip 10.9.0.1/24\n"
    filters = device_of("paloalto_panos", ALLOW + ZONES + extra).filters
    assert filters["policy::untrust", 0].default is not None
    assert filters["policy::untrust", 0].default.value == "deny"
    assert ("policy::untrust", 0) not in device_of("paloalto_panos", ALLOW + ZONES).filters


def test_rules_without_zones_have_a_filter_for_any(tmp_path: Path) -> None:
    found = answer(tmp_path, "paloalto_panos", ALLOW, "any:any", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 1)


def test_zones_that_only_rules_name(tmp_path: Path) -> None:
    config = rule("A", "allow", from_="inside", to="outside")
    found = answer(tmp_path, "paloalto_panos", config, "inside:outside", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 1)


def test_two_rules_with_one_name() -> None:
    """In commands they are one rule; in pushed and own rules the second is in doubt."""
    pushed = rule("A", "allow").replace("set rulebase", "set policy panorama pre-rulebase")
    config = pushed + rule("A", "deny") + ZONES
    entries = device_of("paloalto_panos", config).filters["policy:trust:untrust", 0].entries
    assert [entry.uncertain is None for entry in entries] == [True, True, False]
