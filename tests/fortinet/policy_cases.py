"""Policies with the verdicts that follow from FortiOS, worked out by hand (knowledge: filters, 1.18 and 7)."""

from __future__ import annotations

from tests.fortinet.texts import (
    F22,
    F80,
    F443,
    H2,
    P4,
    PING,
    R443,
    SUBNET_BB,
    block,
    entry,
    policies,
    policy,
    tcp,
)  # fmt: skip

BB_GROUP = SUBNET_BB + block("firewall addrgrp", entry('"BB-group"', 'member "BB"'))
MIXED = block(
    "firewall address",
    entry('"SERVER"', "subnet 10.20.1.0 255.255.255.0"),
    entry('"NAME"', "type fqdn", 'fqdn "ci.example.com"'),
) + block("firewall addrgrp", entry('"CLIENTS"', 'member "SERVER" "NAME"'))
FQDN_ONLY = block(
    "firewall address", entry('"NAME"', "type fqdn", 'fqdn "ci.example.com"')
) + block("firewall addrgrp", entry('"CLIENTS"', 'member "NAME"'))

CASES: list[tuple[str, str, dict[str, object], str, str | None]] = [
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
