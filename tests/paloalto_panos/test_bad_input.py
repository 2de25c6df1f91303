"""Text that no device printed so: what cannot be read is unknown where it could decide, the rest is exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.filters import Answer
from parsers.paloalto_panos.objects import literal, ports
from tests.audit_text import answer, device_of
from tests.paloalto_panos.flows import ALLOW, F22, F443, ZONES, rule

DENY_443 = rule("R", "deny", service="service-https")
CASES = [
    ("non-ascii-names", "set address Zürich ip-netmask 104.192.136.0/21\n" + rule("Größe", "deny", destination="Zürich"),
     F443, "deny"),
    ("non-ascii-digits", "set service S protocol tcp port ４４３\n" + rule("R", "deny", service="S"), F443, "unknown"),
    ("mask-that-is-none", "set address A ip-netmask 104.192.136.0/0.0.7.255\n" + rule("R", "deny", destination="A"),
     F443, "unknown"),
    ("length-out-of-range", "set address A ip-netmask 104.192.136.0/40\n" + rule("R", "deny", destination="A"),
     F443, "unknown"),
    ("wildcard-without-mask", "set address A ip-wildcard 104.192.136.0\n" + rule("R", "deny", destination="A"),
     F443, "unknown"),
    ("range-turned-round", "set address A ip-range 104.192.141.9-104.192.141.1\n" + rule("R", "deny", destination="A"),
     F443, "unknown"),
    ("half-a-range", "set address A ip-range 104.192.141.1-\n" + rule("R", "deny", destination="A"), F443, "unknown"),
    ("address-without-a-value", "set address A tag x\n" + rule("R", "deny", destination="A"), F443, "unknown"),
    ("template-variable", "set address A ip-netmask $site\n" + rule("R", "deny", destination="A"), F443, "unknown"),
    ("word-in-an-address", "set address A ip-netmask 104.192.136.0/21 mirror x\n" + rule("R", "deny", destination="A"),
     F443, "unknown"),
    ("switch-that-is-none", rule("R", "deny", "negate-source perhaps", source="10.20.0.0/16"), F443, "unknown"),
    ("disabled-that-is-none", rule("R", "deny", "disabled perhaps"), F443, "unknown"),
    ("nested-lists", rule("R", "deny", source="[ any [ any ] ]"), F443, "unknown"),
    ("open-list", "set rulebase security rules R source [ any\n" + rule("R", "deny"), F443, "deny"),
    ("unknown-part-of-a-rulebase", "set rulebase odd rules X action deny\n", F443, "unknown"),
    ("unknown-part-of-a-zone", "set zone trust network filter x\n", F443, "unknown"),
    ("long-line", rule("R", "deny", destination="[ " + " ".join(f"10.{n // 250}.{n % 250}.0/24" for n in range(60_000)) + " ]"),
     F443, "permit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "packet", "action"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_verdict(tmp_path: Path, rules: str, packet: dict[str, object], action: str) -> None:
    found = answer(tmp_path, "paloalto_panos", rules + ALLOW + ZONES, "trust:untrust", **packet)
    assert isinstance(found, Answer), found
    assert found.action == action


SHOWN = [case for case in CASES if case[0] in (
    "non-ascii-digits", "mask-that-is-none", "wildcard-without-mask", "template-variable", "word-in-an-address",
    "switch-that-is-none", "unknown-part-of-a-rulebase", "unknown-part-of-a-zone",
)]  # fmt: skip


@pytest.mark.parametrize("rules", [c[1] for c in SHOWN], ids=[c[0] for c in SHOWN])
def test_what_is_not_understood_is_shown_with_its_line(rules: str) -> None:
    device = device_of("paloalto_panos", rules + ALLOW + ZONES)
    assert {u.where.line for u in device.not_understood} <= {1, 2}
    assert device.not_understood


def test_a_line_that_is_not_understood_leaves_the_others_exact(tmp_path: Path) -> None:
    config = DENY_443 + rule("X", "deny", service="NO") + ALLOW + ZONES
    found = answer(tmp_path, "paloalto_panos", config, "trust:untrust", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", 1)
    undecided = answer(tmp_path, "paloalto_panos", config, "trust:untrust", **F22)
    assert isinstance(undecided, Answer)
    assert (undecided.action, undecided.line) == ("unknown", 2)


WORDS = st.sampled_from(
    ["set", "delete", "move", "rulebase", "security", "rules", "R", "from", "to", "any", "[", "]", "{", "}", ";", '"',
     "network", "interface", "ethernet", "ethernet1/1", "layer3", "ip", "10.0.0.1/24", "vsys", "vsys1", "zone", "z",
     "address", "A", "ip-netmask", "action", "deny", "<config>", "</config>", "<entry name='x'>", "</entry>", "#", "top",
     "config", "devices", "virtual-router", "routing-table", "static-route", "nexthop", "discard", "service", "é"]
)  # fmt: skip


@given(st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=12).map("\n".join))
def test_any_text_gives_a_device_and_counts_every_line(text: str) -> None:
    device = device_of("paloalto_panos", text)
    for found in device.filters.values():
        assert list(found.entries) is not None
    assert device.lines.total == len(text.splitlines())


@given(st.text(alphabet="0123456789-,./:abcF ", max_size=20))
def test_values_that_are_none(text: str) -> None:
    """No value brings an exception."""
    for found in (ports(text), literal(text)):
        assert found is None or isinstance(found, tuple)
