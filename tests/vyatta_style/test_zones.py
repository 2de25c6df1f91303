"""Zones of both generations: pairs, last actions, members, and what packets in transit meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit_text import brief, device_of, findings_of
from tests.vyatta_style.flows import (  # fmt: skip
    F22,
    F443,
    IN443,
    P4,
    PING,
    R443,
    S443,
    curly,
    set_form,
    verdict,
)

OLD = (
    "firewall name L2W default-action 'accept'",
    "firewall name W2L default-action 'drop'",
    "firewall name W2L rule 10 action 'accept'",
    "firewall name W2L rule 10 state established 'enable'",
    "firewall name W2L rule 10 state related 'enable'",
    "zone-policy zone LAN default-action 'drop'",
    "zone-policy zone LAN from WAN firewall name 'W2L'",
    "zone-policy zone LAN interface 'eth1'",
    "zone-policy zone LOCAL local-zone",
    "zone-policy zone WAN default-action 'reject'",
    "zone-policy zone WAN from LAN firewall name 'L2W'",
    "zone-policy zone WAN interface 'eth0'",
    "interfaces ethernet eth0 address '203.0.113.2/30'",
    "interfaces ethernet eth1 address '10.20.1.1/24'",
    "protocols static route 0.0.0.0/0 next-hop 203.0.113.1",
)
NEW = tuple(
    text.replace("zone-policy zone", "firewall zone")
    .replace("firewall name L2W", "firewall ipv4 name L2W")
    .replace("firewall name W2L", "firewall ipv4 name W2L")
    .replace(" 'enable'", "")
    if text.startswith(("zone-policy", "firewall name"))
    else text
    for text in OLD
)
NEW = tuple(text.replace("ipv4 firewall", "firewall") for text in NEW)
Case = tuple[str, str, dict[str, object], str]
CASES: list[Case] = [
    ("out", "LAN:WAN", F443, "permit"),
    ("answers", "WAN:LAN", R443, "permit"),
    ("errors", "WAN:LAN", P4, "permit"),
    ("new from outside", "WAN:LAN", IN443, "deny"),
    ("ping from outside", "WAN:LAN", PING, "deny"),
    ("one zone", "LAN:LAN", F443, "permit"),
    ("from no zone", ":WAN", F443, "deny"),
    ("to the router, no rule set", "WAN:LOCAL", F22, "deny"),
    ("IPv6 has no rule set", "LAN:WAN", S443, "deny"),
    ("the rule set by its name", "L2W", F443, "permit"),
]


@pytest.mark.parametrize("statements", [OLD, NEW], ids=["zone-policy", "firewall zone"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case[0]))
def test_pairs(tmp_path: Path, statements: tuple[str, ...], case: Case) -> None:
    for config in (set_form(*statements), curly(statements)):
        assert verdict(tmp_path, "vyos", config, case[1], case[2])[0] == case[3]


@pytest.mark.parametrize("statements", [OLD, NEW], ids=["zone-policy", "firewall zone"])
def test_nothing_to_report(statements: tuple[str, ...]) -> None:
    found = findings_of("vyos", set_form(*statements))
    assert brief(found, "ACL") == set()
    assert brief(found, "MTU") == set()


def test_answers_need_a_rule() -> None:
    """The way back is a pair of its own: without a rule for established connections answers are dropped."""
    silent = tuple(text for text in OLD if "W2L rule" not in text)
    found = findings_of("vyos", set_form(*silent))
    assert ("ACL002", "high", "fail") in brief(found, "ACL")


def test_no_rule_set_between_two_zones() -> None:
    silent = tuple(text for text in OLD if "from LAN" not in text)
    found = findings_of("ubiquiti_edgerouter", set_form(*silent))
    assert ("ACL001", "high", "fail") in brief(found, "ACL")


def test_return_ends_in_accept(tmp_path: Path) -> None:
    config = set_form(
        "firewall ipv4 name X default-action 'drop'",
        "firewall ipv4 name X rule 1 action 'return'",
        "firewall ipv4 name X rule 1 protocol 'tcp'",
        "firewall zone A member interface 'eth1'",
        "firewall zone B from A firewall name 'X'",
        "firewall zone B member interface 'eth0'",
    )
    for name in ("A:B", "X"):
        assert verdict(tmp_path, "vyos", config, name, F443)[0] == "permit"
        assert verdict(tmp_path, "vyos", config, name, {**F443, "protocol": "udp"})[0] == "deny"


def test_inside_a_zone(tmp_path: Path) -> None:
    base = ("firewall zone A member interface 'eth1'", "firewall zone A member interface 'eth2'")
    dropped = set_form(*base, "firewall zone A intra-zone-filtering action 'drop'")
    assert verdict(tmp_path, "vyos", dropped, "A:A", F443)[0] == "deny"
    ruled = set_form(
        *base,
        "firewall zone A intra-zone-filtering firewall name 'X'",
        "firewall ipv4 name X rule 1 action 'accept'",
        "firewall ipv4 name X rule 1 protocol 'udp'",
    )
    assert verdict(tmp_path, "vyos", ruled, "A:A", F443)[0] == "deny"


def test_what_is_not_understood_or_missing(tmp_path: Path) -> None:
    base = (
        "firewall zone A member interface 'eth1'",
        "firewall zone B from A firewall name 'X'",
        "firewall zone B member interface 'eth0'",
    )
    assert verdict(tmp_path, "vyos", set_form(*base), "A:B", F443)[0] == "unknown"
    known = (*base, "firewall ipv4 name X default-action 'accept'")
    assert verdict(tmp_path, "vyos", set_form(*known), "A:B", F443)[0] == "permit"
    strange = set_form(*known, "firewall zone B frobnicate 'yes'")
    assert verdict(tmp_path, "vyos", strange, "A:B", F443)[0] == "unknown"


def test_interfaces_know_their_zone() -> None:
    device = device_of("vyos", set_form(*OLD))
    zones = {i.name: i.zone.value for i in device.interfaces if i.zone is not None}
    assert zones == {"eth0": "WAN", "eth1": "LAN"}


def test_from_a_zone_to_an_interface_in_none() -> None:
    """The documentation and the device's own rules disagree."""
    without = tuple(text for text in OLD if "zone WAN interface" not in text)
    found = findings_of("vyos", set_form(*without))
    assert ("ACL001", "high", "unknown") in brief(found, "ACL")
