"""SRX security policies: verdicts worked out by hand (knowledge: filters, sections 1.6 and 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.filters import Symptom
from tests.audit_text import answer, device_of
from tests.juniper_junos.flows import F22, F80, F443, P4, S443, tcp

ZONES = (
    "set security zones security-zone trust interfaces ge-0/0/0.0\n"
    "set security zones security-zone untrust interfaces ge-0/0/1.0\n"
    "set interfaces ge-0/0/0 unit 0 family inet address 10.20.1.1/24\n"
    "set interfaces ge-0/0/1 unit 0 family inet address 203.0.113.1/30\n"
    "set security address-book global address BB 104.192.136.0/21\n"
)
PAIR = "set security policies from-zone trust to-zone untrust policy"
GLOBAL = "set security policies global policy"


def policy(name: str, destination: str, application: str, action: str, path: str = PAIR) -> str:
    return (
        f"{path} {name} match source-address any\n{path} {name} match destination-address {destination}\n"
        f"{path} {name} match application {application}\n{path} {name} then {action}\n"
    )


P1 = policy("P1", "BB", "junos-https", "permit")
CASES = [
    # identity, policies, packet, action, line of the policies (None: the default policy)
    ("T087-443", P1, F443, "permit", 4),
    ("T087-22", P1, F22, "deny", None),
    ("T087-other-destination", P1, tcp(443, "185.166.143.10"), "deny", None),
    (
        "T088-zone-first",
        policy("Z", "any", "any", "deny") + policy("G", "any", "junos-https", "permit", GLOBAL),
        F443,
        "deny",
        4,
    ),
    (
        "T088-global",
        policy("Z", "any", "junos-ssh", "deny")
        + policy("G", "any", "junos-https", "permit", GLOBAL),
        F443,
        "permit",
        8,
    ),
    ("T091-reject", policy("R", "any", "junos-ssh", "reject"), F22, "deny", 4),
    ("default-permit", "set security policies default-policy permit-all\n", F443, "permit", 1),
    (
        "set-of-applications",
        "set applications application-set WEB application junos-http\n"
        "set applications application-set WEB application junos-https\n"
        + policy("W", "any", "WEB", "permit"),
        F80,
        "permit",
        6,
    ),
    (
        "custom-application",
        "set applications application A protocol tcp\nset applications application A destination-port 440-450\n"
        + policy("W", "any", "A", "permit"),
        F443,
        "permit",
        6,
    ),
    (
        "terms-in-one-line",
        "set applications application A term T1 protocol tcp destination-port 22\n"
        "set applications application A term T2 protocol udp destination-port 443\n"
        + policy("W", "any", "A", "permit"),
        F443,
        "deny",
        None,
    ),
    (
        "terms-in-one-line-22",
        "set applications application A term T1 protocol tcp destination-port 22\n"
        "set applications application A term T2 protocol udp destination-port 443\n"
        + policy("W", "any", "A", "permit"),
        F22,
        "permit",
        6,
    ),
    (
        "undefined-application",
        policy("U", "any", "NO", "deny") + policy("Z", "any", "any", "permit"),
        F443,
        "unknown",
        4,
    ),
    (
        "undefined-address",
        policy("U", "NO", "any", "deny") + policy("Z", "any", "any", "permit"),
        F443,
        "unknown",
        4,
    ),
    (
        "excluded",
        policy("E", "BB", "any", "deny")
        + f"{PAIR} E match destination-address-excluded\n"
        + policy("Z", "any", "any", "permit"),
        F443,
        "permit",
        9,
    ),
    (
        "excluded-others",
        policy("E", "BB", "any", "deny")
        + f"{PAIR} E match destination-address-excluded\n"
        + policy("Z", "any", "any", "permit"),
        tcp(443, "185.166.143.10"),
        "deny",
        4,
    ),
    (
        "schedule",
        policy("S", "any", "any", "deny")
        + f"{PAIR} S scheduler-name NIGHT\n"
        + policy("Z", "any", "any", "permit"),
        F443,
        "unknown",
        4,
    ),
    (
        "dynamic-application",
        policy("D", "any", "any", "permit") + f"{PAIR} D match dynamic-application junos:SSL\n",
        F443,
        "unknown",
        4,
    ),
    (
        "any-dynamic-application",
        policy("D", "any", "any", "permit") + f"{PAIR} D match dynamic-application any\n",
        F443,
        "permit",
        4,
    ),
    ("inspected", policy("I", "any", "any", "permit application-services idp"), F443, "unknown", 4),
    (
        "deactivated",
        policy("X", "any", "any", "deny")
        + policy("Z", "any", "any", "permit")
        + "deactivate security policies from-zone trust to-zone untrust policy X\n",
        F443,
        "permit",
        8,
    ),
    (
        "global-for-other-zones",
        policy("G", "any", "any", "permit", GLOBAL) + f"{GLOBAL} G match from-zone dmz\n",
        F443,
        "deny",
        None,
    ),
    ("ipv4-only", policy("V4", "any-ipv4", "any", "permit"), S443, "deny", None),
    ("any-is-both", policy("B", "any", "any", "permit"), S443, "permit", 4),
    ("errors-belong-to-a-session", policy("P", "any", "junos-ping", "permit"), P4, "permit", None),
    (
        "range",
        "set security address-book global address R range-address 104.192.136.0 to 104.192.143.255\n"
        + policy("R", "R", "any", "deny")
        + policy("Z", "any", "any", "permit"),
        F443,
        "deny",
        5,
    ),
    (
        "names-in-the-dns",
        "set security address-book global address R dns-name bitbucket.org\n"
        + policy("R", "R", "any", "permit"),
        F443,
        "unknown",
        5,
    ),
    (
        "sets-nest",
        "set security address-book global address-set S address-set T\n"
        "set security address-book global address-set T address BB\n"
        + policy("S", "S", "any", "deny")
        + policy("Z", "any", "any", "permit"),
        F443,
        "deny",
        6,
    ),
]


@pytest.mark.parametrize(
    ("policies", "packet", "action", "line"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_zone_policy(
    tmp_path: Path, policies: str, packet: dict[str, object], action: str, line: int | None
) -> None:
    found = answer(tmp_path, "juniper_junos", policies + ZONES, "trust:untrust", **packet)
    assert isinstance(found, Answer), found
    assert (found.action, found.line) == (action, line)


def test_attached_book_is_asked_before_the_global_one(tmp_path: Path) -> None:
    books = (
        "set security address-book B address X 104.192.136.0/21\n"
        "set security address-book B attach zone untrust\n"
        "set security address-book global address X 192.0.2.0/24\n"
    )
    config = ZONES + books + policy("P", "X", "any", "permit")
    found = answer(tmp_path, "juniper_junos", config, "trust:untrust", **F443)
    assert isinstance(found, Answer)
    assert found.action == "permit"


def test_inside_one_zone_the_default_denies(tmp_path: Path) -> None:
    found = answer(tmp_path, "juniper_junos", ZONES + P1, "trust:trust", **F443)
    assert isinstance(found, Answer)
    assert found.action == "deny"


def test_reject_resets_and_policies_keep_state() -> None:
    device = device_of("juniper_junos", ZONES + policy("R", "any", "junos-ssh", "reject"))
    found = device.filters["policy:trust:untrust", 0]
    assert found.entries[1].symptom is Symptom.RESET
    assert found.stateful
    assert found.names == ("trust:untrust",)


def test_packet_mode_has_no_zone_policies() -> None:
    mode = "set security forwarding-options family mpls mode packet-based\n"
    device = device_of("juniper_junos", ZONES + P1 + mode)
    assert not [key for key, _ in device.filters if key.startswith("policy:")]


def test_an_interface_in_no_zone_forwards_nothing() -> None:
    config = ZONES + P1 + "set interfaces ge-0/0/2 unit 0 family inet address 10.9.0.1/24\n"
    filters = device_of("juniper_junos", config).filters
    assert filters["policy::untrust", 0].default is not None
    assert filters["policy::untrust", 0].default.value == "deny"
    assert ("policy::untrust", 0) not in device_of("juniper_junos", ZONES + P1).filters


def test_curly_policies(tmp_path: Path) -> None:
    config = """security {
    policies {
        from-zone trust to-zone untrust {
            policy P1 {
                match {
                    source-address any;
                    destination-address [ BB OTHER ];
                    application junos-https;
                }
                then {
                    permit;
                    log {
                        session-close;
                    }
                }
            }
        }
        default-policy {
            deny-all;
        }
    }
    address-book {
        global {
            address BB 104.192.136.0/21;
            address OTHER {
                description "a host";
                192.0.2.1/32;
            }
        }
    }
}
"""
    found = answer(tmp_path, "juniper_junos", config, "trust:untrust", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 4)
    refused = answer(tmp_path, "juniper_junos", config, "trust:untrust", **F22)
    assert isinstance(refused, Answer)
    assert (refused.action, refused.line) == ("deny", 19)


def test_ipv6_without_a_forwarding_mode_is_noted() -> None:
    config = ZONES + P1 + "set interfaces ge-0/0/0 unit 0 family inet6 address 2001:db8:20::1/64\n"
    mode = "set security forwarding-options family inet6 mode flow-based\n"
    assert [f.value for f in device_of("juniper_junos", config).recognised] == ["no-routing"]
    assert not device_of("juniper_junos", config + mode).recognised
