"""Load balancing on Junos: verdicts worked out by hand (knowledge: load balancing, sections 3 and 15)."""

from __future__ import annotations

import pytest

from parsers.model.balancing import HashField, Spread, Stage
from tests.audit_text import brief, device_of, findings_of

BASE = (
    "set interfaces ge-0/0/0 unit 0 family inet address 10.20.1.1/24\n"
    "set interfaces ge-0/0/1 unit 0 family inet address 203.0.113.1/30\n"
    "set interfaces ge-0/0/2 unit 0 family inet address 198.51.100.1/30\n"
)
TWO = (
    "set routing-options static route 0.0.0.0/0 next-hop 203.0.113.2\n"
    "set routing-options static route 0.0.0.0/0 next-hop 198.51.100.2\n"
)
ONE = "set routing-options static route 0.0.0.0/0 next-hop 203.0.113.2\n"
EXPORT = "set routing-options forwarding-table export LB\n"


def then(word: str, name: str = "LB", term: str = "") -> str:
    return f"set policy-options policy-statement {name} {term}then load-balance {word}\n"


SRX = "Model: srx345\nJunos: 20.4R3\n"
M40 = "Model: m40\nJunos: 7.6R1\n"
ACTIVE = {("LB001", "critical", "fail")}
LATENT = {("LB001", "low", "fail")}
UNKNOWN = {("LB001", "critical", "unknown")}
HAZARD = {("LB002", "medium", "fail")}
NOTHING: set[tuple[str, str, str]] = set()
AE = (
    "set interfaces ge-0/0/3 gigether-options 802.3ad ae0\nset interfaces ge-0/0/4 gigether-options 802.3ad ae0\n"
    "set interfaces ae0 unit 0 family inet address 192.0.2.1/30\n"
    "set routing-options static route 0.0.0.0/0 next-hop 192.0.2.2\n"
    "set interfaces ae0 aggregated-ether-options lacp active\n"
)

CASES = [
    ("30-per-packet-is-a-hash", BASE + TWO + then("per-packet") + EXPORT, NOTHING),
    ("31-per-flow", BASE + TWO + then("per-flow") + EXPORT, NOTHING),
    ("32-random", BASE + TWO + then("random") + EXPORT, ACTIVE),
    ("33-not-exported", BASE + TWO + then("random"), LATENT),
    (
        "34-other-prefix",
        BASE
        + ONE
        + "set routing-options static route 198.51.100.128/25 next-hop [ 203.0.113.2 198.51.100.2 ]\n"
        "set policy-options policy-statement LB term A from route-filter 198.51.100.128/25 exact\n"
        + then("random", term="term A ")
        + EXPORT,
        LATENT,
    ),
    ("35-one-path", BASE + ONE + then("random") + EXPORT, LATENT),
    (
        "36-first-accept-wins",
        BASE
        + TWO
        + then("per-packet", "A")
        + "set policy-options policy-statement A then accept\n"
        + then("random", "B")
        + "set routing-options forwarding-table export [ A B ]\n",
        NOTHING,
    ),
    (
        "37-38-bundle-per-packet",
        BASE + AE + "set interfaces ae0 aggregated-ether-options load-balance per-packet\n",
        ACTIVE,
    ),
    (
        "bundle-adaptive",
        BASE + AE + "set interfaces ae0 aggregated-ether-options load-balance adaptive\n",
        HAZARD,
    ),
    (
        "40-dlb-per-packet",
        BASE + TWO + "set forwarding-options enhanced-hash-key ecmp-dlb per-packet\n",
        ACTIVE,
    ),
    (
        "41-flowlet",
        BASE
        + TWO
        + "set forwarding-options enhanced-hash-key ecmp-dlb flowlet inactivity-interval 256\n",
        HAZARD,
    ),
    (
        "42-assigned-flow",
        BASE + TWO + "set forwarding-options enhanced-hash-key ecmp-dlb assigned-flow\n",
        NOTHING,
    ),
    ("43-profile1", BASE + TWO + then("profile1") + EXPORT, NOTHING),
    ("44-consistent-hash", BASE + TWO + then("consistent-hash") + EXPORT, NOTHING),
    ("45-adaptive", BASE + TWO + then("adaptive") + EXPORT, HAZARD),
    (
        "46-tos-in-the-hash",
        BASE + TWO + "set forwarding-options enhanced-hash-key family inet type-of-service\n",
        HAZARD,
    ),
    ("no-export", BASE + TWO, NOTHING),
    (
        "random-for-protocols-not-shown",
        BASE
        + TWO
        + "set policy-options policy-statement LB term A from protocol bgp\n"
        + then("random", term="term A ")
        + EXPORT,
        UNKNOWN,
    ),
    (
        "deactivated-export",
        BASE
        + TWO
        + then("random")
        + EXPORT
        + "deactivate routing-options forwarding-table export\n",
        LATENT,
    ),
    (
        "qualified-next-hop-is-a-backup",
        BASE
        + ONE
        + "set routing-options static route 0.0.0.0/0 qualified-next-hop 198.51.100.2 preference 10\n"
        + then("random")
        + EXPORT,
        LATENT,
    ),
]


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("juniper_junos", config), "LB") == expected


def test_srx_pins_sessions() -> None:
    """T48: two providers, per-packet exported: the word is a hash, and SRX forwards by session."""
    found = findings_of("juniper_junos", BASE + TWO + then("per-packet") + EXPORT, show_version=SRX)
    assert brief(found, "LB") == NOTHING


def test_random_on_srx_is_not_documented() -> None:
    found = findings_of("juniper_junos", BASE + TWO + then("random") + EXPORT, show_version=SRX)
    assert brief(found, "LB") == UNKNOWN


def test_first_m_series_alternated() -> None:
    """T49: with the Internet Processor I the word means what it says; the text does not show which it has."""
    found = findings_of("juniper_junos", BASE + TWO + then("per-packet") + EXPORT, show_version=M40)
    assert brief(found, "LB") == UNKNOWN


def test_the_trap_is_noted_with_its_line() -> None:
    device = device_of("juniper_junos", BASE + TWO + then("per-packet") + EXPORT)
    (choice,) = device.path_choices
    assert (choice.spread, choice.trap, choice.in_effect) == (Spread.FLOW, True, True)
    assert choice.where == ("r1.cfg", 6)


def test_without_a_policy_one_next_hop_is_installed() -> None:
    (choice,) = device_of("juniper_junos", BASE + TWO).path_choices
    assert (choice.spread, choice.where, choice.stage) == (Spread.FLOW, None, Stage.ECMP)
    assert "one next hop" in choice.reason


def test_legacy_hash_keys() -> None:
    config = "set forwarding-options hash-key family inet layer-3\nset forwarding-options hash-key family inet layer-4\n"
    fields = device_of("juniper_junos", config).path_choices[0].fields
    assert {HashField.SRC_PORT, HashField.DSCP, HashField.INGRESS} <= fields


def test_a_missing_policy_is_unknown() -> None:
    device = device_of("juniper_junos", BASE + TWO + EXPORT)
    assert device.path_choices[0].in_effect is None
    assert [unread.where.line for unread in device.not_understood] == [6]
