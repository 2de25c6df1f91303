"""Firewall policies of FortiOS: verdicts worked out by hand (knowledge: filters, sections 1.18 and 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.filters import Symptom
from tests.audit_text import answer, device_of
from tests.fortinet.texts import (
    C6,
    F22,
    F80,
    F443,
    H2,
    H6,
    INTERFACES,
    P4,
    PING,
    R443,
    S443,
    SUBNET_BB,
    block,
    entry,
    line_of,
    policies,
    policy,
    tcp,
)

BB_GROUP = SUBNET_BB + block("firewall addrgrp", entry('"BB-group"', 'member "BB"'))
MIXED = block(
    "firewall address",
    entry('"SERVER"', "subnet 10.20.1.0 255.255.255.0"),
    entry('"NAME"', "type fqdn", 'fqdn "ci.example.com"'),
) + block("firewall addrgrp", entry('"CLIENTS"', 'member "SERVER" "NAME"'))
FQDN_ONLY = block(
    "firewall address", entry('"NAME"', "type fqdn", 'fqdn "ci.example.com"')
) + block("firewall addrgrp", entry('"CLIENTS"', 'member "NAME"'))

CASES = [
    # identity, text beside the interfaces, packet, action, number of the policy (None: policy 0)
    (
        "T136-443",
        policies(policy(1, "accept", "HTTPS"), policy(2, "deny", "SSH")),
        F443,
        "permit",
        "1",
    ),
    ("T136-22", policies(policy(1, "accept", "HTTPS"), policy(2, "deny", "SSH")), F22, "deny", "2"),
    (
        "T136-80",
        policies(policy(1, "accept", "HTTPS"), policy(2, "deny", "SSH")),
        F80,
        "deny",
        None,
    ),
    ("T137", policies(policy(5, "deny"), policy(3, "accept", "HTTPS")), F443, "deny", "5"),
    (
        "T138",
        policies(policy(1, "deny", "ALL", "status disable"), policy(2, "accept")),
        F443,
        "permit",
        "2",
    ),
    (
        "T139-in-the-group",
        BB_GROUP
        + policies(
            policy(1, "deny", "ALL", "dstaddr-negate enable", dstaddr='"BB-group"'),
            policy(2, "accept"),
        ),
        F443,
        "permit",
        "2",
    ),
    (
        "T139-other",
        BB_GROUP
        + policies(
            policy(1, "deny", "ALL", "dstaddr-negate enable", dstaddr='"BB-group"'),
            policy(2, "accept"),
        ),
        tcp(443, H2),
        "deny",
        "1",
    ),
    ("T140", FQDN_ONLY + policies(policy(1, "accept", srcaddr='"CLIENTS"')), F443, "unknown", "1"),
    (
        "group-with-a-name-and-a-network",
        MIXED + policies(policy(1, "accept", srcaddr='"CLIENTS"')),
        F443,
        "permit",
        "1",
    ),
    (
        "group-with-a-name-elsewhere",
        MIXED + policies(policy(1, "accept", srcaddr='"CLIENTS"')),
        tcp(443, src="10.20.2.7"),
        "unknown",
        "1",
    ),
    ("action-by-default", policies(policy(1, "")), F443, "deny", "1"),
    ("answers", policies(policy(1, "accept", "HTTPS")), R443, "permit", None),
    ("errors-of-the-session", policies(policy(1, "accept", "HTTPS")), P4, "permit", None),
    ("ping", policies(policy(1, "accept", "PING")), PING, "permit", "1"),
    (
        "any-interface",
        policies(policy(1, "accept", srcintf='"any"', dstintf='"any"')),
        F443,
        "permit",
        "1",
    ),
    (
        "another-way",
        policies(policy(1, "accept", srcintf='"wan1"', dstintf='"internal"')),
        F443,
        "deny",
        None,
    ),
    (
        "list-of-interfaces",
        policies(policy(1, "accept", dstintf='"internal" "wan1"')),
        F443,
        "permit",
        "1",
    ),
    (
        "list-of-services",
        policies(policy(1, "accept", '"SSH" "HTTPS"')),
        F443,
        "permit",
        "1",
    ),
    ("web-access", policies(policy(1, "accept", "Web Access")), F443, "permit", "1"),
    (
        "service-negated-443",
        policies(policy(1, "accept", "SSH", "service-negate enable")),
        F443,
        "permit",
        "1",
    ),
    (
        "service-negated-22",
        policies(policy(1, "accept", "SSH", "service-negate enable")),
        F22,
        "deny",
        None,
    ),
    (
        "service-negated-ping",
        policies(policy(1, "deny", '"PING" "HTTPS"', "service-negate enable"), policy(2, "accept")),
        PING,
        "permit",
        "2",
    ),
    (
        "source-negated",
        block("firewall address", entry('"LAN"', "subnet 10.20.1.0 255.255.255.0"))
        + policies(policy(1, "accept", "ALL", "srcaddr-negate enable", srcaddr='"LAN"')),
        F443,
        "deny",
        None,
    ),
    (
        "all-negated-is-nobody",
        policies(policy(1, "deny", "ALL", "srcaddr-negate enable"), policy(2, "accept")),
        F443,
        "permit",
        "2",
    ),
    (
        "source-port",
        block("firewall service custom", entry('"LOW"', "tcp-portrange 443:1-1023"))
        + policies(policy(1, "accept", "LOW")),
        F443,
        "deny",
        None,
    ),
    (
        "source-port-that-fits",
        block("firewall service custom", entry('"LOW"', "tcp-portrange 400-500:1-1023 22"))
        + policies(policy(1, "accept", "LOW")),
        tcp(443, src_port=1000),
        "permit",
        "1",
    ),
    (
        "built-in-redefined",
        block("firewall service custom", entry('"HTTPS"', "tcp-portrange 8443"))
        + policies(policy(1, "accept", "HTTPS")),
        F443,
        "deny",
        None,
    ),
    (
        "protocol-number",
        block("firewall service custom", entry('"TCP"', "protocol IP", "protocol-number 6"))
        + policies(policy(1, "accept", "TCP")),
        F443,
        "permit",
        "1",
    ),
    (
        "udp-is-not-tcp",
        block("firewall service custom", entry('"U"', "udp-portrange 443"))
        + policies(policy(1, "accept", "U")),
        F443,
        "deny",
        None,
    ),
    (
        "range-of-addresses",
        block(
            "firewall address",
            entry('"R"', "type iprange", "start-ip 104.192.141.0", "end-ip 104.192.141.1"),
        )
        + policies(policy(1, "accept", dstaddr='"R"')),
        F443,
        "permit",
        "1",
    ),
    (
        "wildcard-one-counts",
        block("firewall address", entry('"W"', "type wildcard", "wildcard 104.0.0.1 255.0.0.255"))
        + policies(policy(1, "accept", dstaddr='"W"')),
        F443,
        "permit",
        "1",
    ),
    (
        "wildcard-other-host",
        block("firewall address", entry('"W"', "type wildcard", "wildcard 104.0.0.1 255.0.0.255"))
        + policies(policy(1, "accept", dstaddr='"W"')),
        tcp(443, "104.192.141.2"),
        "deny",
        None,
    ),
    (
        "group-with-an-exclusion",
        block(
            "firewall address",
            entry('"BB"', "subnet 104.192.136.0/21"),
            entry('"HOLE"', "subnet 104.192.141.0/24"),
        )
        + block(
            "firewall addrgrp",
            entry('"G"', 'member "BB"', "exclude enable", 'exclude-member "HOLE"'),
        )
        + policies(policy(1, "deny", dstaddr='"G"'), policy(2, "accept")),
        F443,
        "permit",
        "2",
    ),
    (
        "group-with-an-exclusion-beside-it",
        block(
            "firewall address",
            entry('"BB"', "subnet 104.192.136.0/21"),
            entry('"HOLE"', "subnet 104.192.141.0/24"),
        )
        + block(
            "firewall addrgrp",
            entry('"G"', 'member "BB"', "exclude enable", 'exclude-member "HOLE"'),
        )
        + policies(policy(1, "deny", dstaddr='"G"'), policy(2, "accept")),
        tcp(443, "104.192.140.9"),
        "deny",
        "1",
    ),
    (
        "exclusion-that-is-off",
        block(
            "firewall address",
            entry('"BB"', "subnet 104.192.136.0/21"),
            entry('"HOLE"', "subnet 104.192.141.0/24"),
        )
        + block("firewall addrgrp", entry('"G"', 'member "BB"', 'exclude-member "HOLE"'))
        + policies(policy(1, "deny", dstaddr='"G"'), policy(2, "accept")),
        F443,
        "deny",
        "1",
    ),
    (
        "moved-before",
        policies(policy(1, "accept"), policy(2, "deny", "HTTPS"), "    move 2 before 1\n"),
        F443,
        "deny",
        "2",
    ),
    (
        "moved-after",
        policies(policy(1, "deny"), policy(2, "accept", "HTTPS"), "    move 1 after 2\n"),
        F443,
        "permit",
        "2",
    ),
    (
        "deleted",
        policies(policy(1, "deny"), policy(2, "accept"), "    delete 1\n"),
        F443,
        "permit",
        "2",
    ),
    (
        "edited-again",
        policies(policy(1, "deny")) + policies(entry(1, "action accept")),
        F443,
        "permit",
        "1",
    ),
    (
        "two-new-numbers",
        policies(policy(0, "deny", "SSH"), policy(0, "accept")),
        F443,
        "permit",
        None,
    ),
    (
        "full-configuration-with-nothing-set",
        policies(
            policy(
                1,
                "accept",
                "ALL",
                "status enable",
                "internet-service disable",
                "srcaddr-negate disable",
                "dstaddr-negate disable",
                "service-negate disable",
                "utm-status disable",
                "inspection-mode flow",
                'ssl-ssh-profile "no-inspection"',
                "webfilter-profile ''",
                "tcp-mss-sender 0",
                "tos 0x00",
                "tos-mask 0x00",
                "reputation-minimum 0",
                "ztna-status disable",
                "fsso disable",
            )
        ),
        F443,
        "permit",
        "1",
    ),
]


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
