"""Firewall policies of FortiOS: verdicts worked out by hand (knowledge: filters, sections 1.18 and 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.filters import Symptom
from tests.audit_text import answer, device_of
from tests.fortinet.policy_cases import CASES
from tests.fortinet.texts import (
    C6,
    F22,
    F443,
    H6,
    INTERFACES,
    S443,
    block,
    entry,
    line_of,
    policies,
    policy,
    tcp,
)


@pytest.mark.parametrize(
    ("text", "packet", "action", "number"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_case(
    text: str, packet: dict[str, object], action: str, number: str | None, tmp_path: Path
) -> None:
    config = INTERFACES + text
    found = answer(tmp_path, "fortinet", config, "internal:wan1", **packet)
    assert isinstance(found, Answer)
    assert found.action == action
    if number is not None:
        assert found.line == line_of(config, number)
    elif action == "deny":
        assert found.line is None


def test_ipv6_needs_addresses_of_its_own(tmp_path: Path) -> None:
    """A policy without `srcaddr6` is for IPv4 only."""
    text = INTERFACES + policies(policy(1, "accept"))
    assert answer(tmp_path, "fortinet", text, "internal:wan1", **S443) == Answer("deny", None, None)


def test_one_policy_for_both_families(tmp_path: Path) -> None:
    text = INTERFACES + policies(policy(1, "accept", "HTTPS", 'srcaddr6 "all"', 'dstaddr6 "all"'))
    for packet in (S443, F443):
        found = answer(tmp_path, "fortinet", text, "internal:wan1", **packet)
        assert isinstance(found, Answer)
        assert found.action == "permit"


def test_policy6_is_a_table_of_its_own(tmp_path: Path) -> None:
    six = block("firewall address6", entry('"BB6"', "ip6 2401:1d80:3000::/36"))
    text = (
        INTERFACES + six + block("firewall policy6", policy(7, "accept", "HTTPS", dstaddr='"BB6"'))
    )
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **S443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", line_of(text, "7", "firewall policy6"))
    other = tcp(443, "2606:4700::1", C6)
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **other)
    assert found == Answer("deny", None, None)


def test_consolidated_policies_replace_the_others(tmp_path: Path) -> None:
    """FortiOS 6.2 (CLI reference, `consolidated-firewall-mode`)."""
    mode = "config system settings\n    set consolidated-firewall-mode enable\nend\n"
    both = entry(
        9, 'srcintf "internal"', 'dstintf "wan1"', 'srcaddr4 "all"', 'dstaddr4 "all"', 'srcaddr6 "all"',
        'dstaddr6 "all"', 'service "HTTPS"', 'schedule "always"', "action accept",
    )  # fmt: skip
    text = (
        INTERFACES
        + mode
        + policies(policy(1, "deny"))
        + block("firewall consolidated policy", both)
    )
    for packet in (F443, S443):
        found = answer(tmp_path, "fortinet", text, "internal:wan1", **packet)
        assert isinstance(found, Answer)
        assert found.action == "permit"


@pytest.mark.parametrize(
    ("header", "six", "action"),
    [
        ("#config-version=FGT60F-6.4.4-FW-build1803-201209:opmode=0:vdom=0\n", "", "deny"),
        ("#config-version=FGT60F-7.2.5-FW-build1517-230606:opmode=0:vdom=0\n", "", "permit"),
        ("#config-version=FGT60F-7.2.5-FW-build1517-230606:opmode=0:vdom=0\n", "enable", "deny"),
        ("", "", "unknown"),
    ],
)
def test_negation_of_ipv6_depends_on_the_release(
    header: str, six: str, action: str, tmp_path: Path
) -> None:
    """Up to 7.0 `dstaddr-negate` is for both families, then IPv6 has a switch of its own (CLI reference)."""
    more = [f"dstaddr6-negate {six}"] if six else []
    text = (
        header
        + INTERFACES
        + block("firewall address6", entry('"BB6"', "ip6 2401:1d80:3000::/36"))
        + policies(
            policy(
                1,
                "accept",
                "ALL",
                'srcaddr6 "all"',
                'dstaddr6 "BB6"',
                "dstaddr-negate enable",
                *more,
                dstaddr='"none"',
            )
        )
    )
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **tcp(443, H6, C6))
    assert isinstance(found, Answer)
    assert found.action == action


@pytest.mark.parametrize(
    ("more", "settings", "symptom"),
    [
        ((), "", Symptom.TIMEOUT),
        (("send-deny-packet enable",), "", Symptom.RESET),
        (
            (),
            "config system settings\n    set deny-tcp-with-icmp enable\nend\n",
            Symptom.ICMP_ERROR,
        ),
    ],
)
def test_symptom_of_a_policy(more: tuple[str, ...], settings: str, symptom: Symptom) -> None:
    text = INTERFACES + settings + policies(policy(1, "deny", "SSH", *more))
    found = device_of("fortinet", text).filters["policy:internal:wan1", 0]
    assert found.entries[1].symptom is symptom


def test_local_in_policies_are_no_transit(tmp_path: Path) -> None:
    local = block(
        "firewall local-in-policy",
        entry(
            1, 'intf "any"', 'srcaddr "all"', 'dstaddr "all"', 'service "ALL"', 'schedule "always"'
        ),
    )
    text = INTERFACES + local + policies(policy(1, "accept"))
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **F443)
    assert isinstance(found, Answer)
    assert found.action == "permit"
    device = device_of("fortinet", text)
    assert not device.bindings
    found = answer(tmp_path, "fortinet", text, "local-in-policy", **F22)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", line_of(text, "1", "firewall local-in-policy"))


def test_acl_drops_where_packets_arrive(tmp_path: Path) -> None:
    acl = block(
        "firewall acl",
        entry(4, 'interface "internal"', 'srcaddr "all"', 'dstaddr "all"', 'service "SSH"'),
    )
    text = INTERFACES + acl + policies(policy(1, "accept"))
    device = device_of("fortinet", text)
    assert [(b.interface, b.direction) for b in device.bindings] == [("internal", "in")]
    found = answer(tmp_path, "fortinet", text, "acl:internal", **F22)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", line_of(text, "4", "firewall acl"))
    found = answer(tmp_path, "fortinet", text, "acl:internal", **F443)
    assert found == Answer("permit", None, None)
