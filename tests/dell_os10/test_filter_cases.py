"""Access lists of OS10: verdicts worked out by hand (OS10 user guide, "Access control lists")."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, brief, device_of, findings_of
from tests.dell_os10.texts import listed, router

CLIENT, SERVICE = "10.20.1.5", "104.192.136.10"
HTTPS: dict[str, object] = {"src": CLIENT, "dst": SERVICE, "protocol": "tcp", "dport": 443}
SSH: dict[str, object] = {**HTTPS, "dport": 22}
ANSWER: dict[str, object] = {
    "src": SERVICE,
    "dst": CLIENT,
    "protocol": "tcp",
    "sport": 443,
    "dport": 50000,
    "tcp_flags": ["syn", "ack"],
}
FRAGMENT: dict[str, object] = {**HTTPS, "fragment": True}

CASES = [
    ("permit", ["seq 10 permit tcp any any eq 443"], HTTPS, "permit", 2),
    ("implicit-deny", ["seq 10 permit tcp any any eq 443"], SSH, "deny", None),
    ("number-not-text", ["seq 20 deny ip any any", "seq 10 permit tcp any any eq 443"], HTTPS, "permit", 3),
    ("autonumbered", ["permit tcp any any eq 22", "deny ip any any"], SSH, "permit", 2),
    ("prefix", ["seq 5 deny tcp any 104.192.136.0/21 eq 22 count", "seq 10 permit ip any any"], SSH, "deny", 2),
    ("host", ["seq 5 deny ip host 10.20.1.5 any log", "seq 10 permit ip any any"], SSH, "deny", 2),
    ("mask-with-holes", ["seq 5 deny ip 10.0.1.0 255.0.255.0 any", "seq 10 permit ip any any"], SSH, "deny", 2),
    ("mask-misses", ["seq 5 deny ip 10.0.2.0 255.0.255.0 any", "seq 10 permit ip any any"], SSH, "permit", 3),
    ("source-port", ["seq 5 permit tcp any eq 443 any", "seq 10 deny ip any any"], HTTPS, "deny", 3),
    ("range", ["seq 5 permit tcp any any range 440 445"], HTTPS, "permit", 2),
    ("neq", ["seq 5 permit tcp any any neq 443"], HTTPS, "deny", None),
    ("neq-other", ["seq 5 permit tcp any any neq 443"], SSH, "permit", 2),
    ("one-flag", ["seq 5 permit tcp any any ack"], ANSWER, "permit", 2),
    ("all-flags-must-be-set", ["seq 5 permit tcp any any ack psh"], ANSWER, "deny", None),
    ("all-flags-are-set", ["seq 5 permit tcp any any syn ack"], ANSWER, "permit", 2),
    ("flag-not-in-syn", ["seq 5 permit tcp any any ack"], HTTPS, "deny", None),
    ("established", ["seq 5 permit tcp any any established"], ANSWER, "permit", 2),
    ("protocol-number", ["seq 5 deny 6 any any", "seq 9 permit ip any any"], HTTPS, "deny", 2),
    ("fragment-implicit-permit", ["seq 5 deny tcp any any eq 22"], FRAGMENT, "permit", None),
    ("fragment-explicit-deny", ["seq 5 permit tcp any any eq 443", "seq 9 deny ip any any"], FRAGMENT, "deny", 3),
    ("fragment-keyword", ["seq 5 deny ip any any fragment", "seq 9 permit ip any any"], FRAGMENT, "deny", 2),
    ("fragment-keyword-else", ["seq 5 deny ip any any fragments", "seq 9 permit ip any any"], HTTPS, "permit", 3),
    ("capture", ["seq 5 permit ip any any capture session 1 count byte"], HTTPS, "permit", 2),
    ("remark", ["remark all web traffic", "seq 5 permit ip any any"], HTTPS, "permit", 3),
    ("U7-dscp", ["seq 5 deny ip any any dscp 46", "seq 9 permit ip any any"], HTTPS, "unknown", 2),
    ("U7-dscp-other-side", ["seq 5 deny udp any any dscp 46", "seq 9 permit ip any any"], HTTPS, "permit", 3),
    ("T152-unreadable-first", ["seq 5 deny tcp any any eq 443 foo-bar", "seq 9 permit ip any any"], HTTPS, "unknown", 2),
    ("T152-unreadable-later", ["seq 5 permit tcp any any eq 443", "seq 9 deny tcp any any eq 443 foo"], HTTPS, "permit", 2),
    ("U20-duplicate", ["seq 5 permit ip any any", "seq 5 deny ip any any"], HTTPS, "permit", 2),
    ("U20-half-range", ["seq 5 deny tcp any any range 443", "seq 9 permit ip any any"], HTTPS, "unknown", 2),
    ("U20-no-mask", ["seq 5 deny ip 10.20.0.0 255.255.0.x any", "seq 9 permit ip any any"], HTTPS, "unknown", 2),
    ("U20-port", ["seq 5 deny tcp any any eq 65536", "seq 9 permit ip any any"], HTTPS, "unknown", 2),
    ("bare-address", ["seq 5 deny ip 10.20.1.5 any", "seq 9 permit ip any any"], HTTPS, "unknown", 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "entries", "packet", "action", "line"), CASES, ids=[c[0] for c in CASES]
)
def test_access_list(
    name: str,
    entries: list[str],
    packet: dict[str, object],
    action: str,
    line: int | None,
    tmp_path: Path,
) -> None:
    found = answer(tmp_path, "dell_os10", listed(*entries), "L", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, line)


def test_ipv6_lists(tmp_path: Path) -> None:
    text = listed(
        "seq 5 permit tcp any 2401:1d80:3000::/36 eq 443", "seq 9 deny ipv6 any any", family=6
    )
    for port, action in ((443, "permit"), (22, "deny")):
        found = answer(
            tmp_path,
            "dell_os10",
            text,
            "L",
            src="2001:db8::1",
            dst="2401:1d80:3216::1",
            protocol="tcp",
            dport=port,
        )
        assert isinstance(found, Answer)
        assert found.action == action


DENY = ("seq 5 deny tcp any 104.192.136.0/21 eq 22", "seq 10 permit ip any any")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (router(*DENY), {("ACL001", "high", "fail")}),
        (
            router(*DENY, inside="", outside=" ip access-group L out\n"),
            {("ACL001", "high", "fail")},
        ),
        (router(*DENY, inside="", outside=" ip access-group L in\n"), set()),
        (router(*DENY, inside="", more="!\ncontrol-plane\n ip access-group L in\n"), set()),
        (router(*DENY, inside="", more="!\nline vty\n ip access-class L\n"), set()),
        (router(), {("ACL001", "high", "unknown")}),
        (
            router("seq 5 permit tcp any eq 443 any", inside="", outside=" ip access-group L in\n"),
            {("ACL002", "high", "fail")},
        ),
    ],
)
def test_where_lists_act(text: str, wanted: set[tuple[str, str, str]]) -> None:
    found = {
        one
        for one in brief(findings_of("dell_os10", text), "ACL")
        if one[0] in ("ACL001", "ACL002")
    }
    assert found == wanted


def test_lists_on_switched_ports_are_seen() -> None:
    text = router(*DENY, inside="").replace(
        " switchport access vlan 20\n", " switchport access vlan 20\n ip access-group L in\n"
    )
    device = device_of("dell_os10", text)
    assert [(fact.value, fact.note.split(":")[0]) for fact in device.recognised] == [
        ("l2-filter", "vlan20")
    ]
    assert ("ACL006", "high", "unknown") in brief(findings_of("dell_os10", text), "ACL")
