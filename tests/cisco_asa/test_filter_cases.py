"""Access lists of ASA: verdicts worked out by hand from the vendor's semantics (knowledge: filters, section 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, device_of
from tests.cisco_asa.flows import BASE, ECHO, F6, F22, F80, F443, FRAG, H2, P4, P6, R443, UDP, tcp

B1 = "104.192.136.0 255.255.248.0"

CASES = [
    # identity, entries (line 1, 2, …), packet, action, line (None: the implicit last action)
    ("T064-443", f"permit tcp any4 {B1} eq https", F443, "permit", 1),
    ("T064-22", f"permit tcp any4 {B1} eq https", F22, "deny", None),
    ("T067", "deny tcp any any eq 22 inactive|permit ip any any", F22, "permit", 2),
    ("T072", "deny icmp any any|permit ip any any", P4, "deny", 1),
    ("session", "deny ip any any", R443, "permit", None),
    ("T002-odd", "deny ip any 104.192.136.0 255.255.248.1|permit ip any any", F443, "permit", 2),
    ("T002-even", "deny ip any 104.192.136.0 255.255.248.1|permit ip any any", tcp(443, "104.192.141.2"), "deny", 1),
    ("T008-443", f"permit tcp any any eq 443|deny ip any {B1}|permit ip any any", F443, "permit", 1),
    ("T008-22", f"permit tcp any any eq 443|deny ip any {B1}|permit ip any any", F22, "deny", 2),
    ("T009", "permit tcp any eq 443 any", F443, "deny", None),
    ("T011", "deny tcp any any neq 443|permit ip any any", F443, "permit", 2),
    ("T012", "deny tcp any any gt 442|permit ip any any", F443, "deny", 1),
    ("T013", "deny tcp any any lt 23|permit ip any any", F22, "deny", 1),
    ("T014-443", "permit tcp any any range 440 450", F443, "permit", 1),
    ("T014-80", "permit tcp any any range 440 450", F80, "deny", None),
    ("T018", "permit icmp any any unreachable", P4, "permit", 1),
    ("T019-code", "permit icmp any any unreachable 4", P4, "permit", 1),
    ("T020", "permit icmp any any 3 1|permit tcp any any", P4, "deny", None),
    ("icmp6", "permit icmp6 any any packet-too-big", P6, "permit", 1),
    ("icmp-is-not-icmp6", "permit icmp any any", P6, "deny", None),
    ("unreachable-of-icmp6-is-type-1", "permit icmp6 any any unreachable", P6, "deny", None),
    ("T029", "deny ip object-group NOSUCH any|permit ip any any", F443, "unknown", 1),
    ("T029-object", "deny ip any object NOSUCH|permit ip any any", F443, "unknown", 1),
    ("T032", "deny ip any any time-range NIGHT|permit ip any any", F443, "unknown", 1),
    ("T033", "permit ip any any time-range DAY|permit ip any any", F443, "permit", 2),
    ("T036", "deny tcp any any eq 443|permit ip any any", FRAG, "deny", 1),
    ("T152-after", "permit tcp any any eq 443|deny tcp any any eq 443 foo-bar", F443, "permit", 1),
    ("T152-before", "deny tcp any any eq 443 foo-bar|permit tcp any any eq 443", F443, "unknown", 1),
    ("any-is-both", "permit ip any any", F6, "permit", 1),
    ("any4-is-not-6", "permit ip any4 any4", F6, "deny", None),
    ("any6-is-not-4", "permit ip any6 any6", F443, "deny", None),
    ("prefix-6", "permit tcp any6 2401:1d80:3000::/36 eq https", F6, "permit", 1),
    ("host-6", "deny tcp host 2001:db8:20::5 any6|permit ip any any", F6, "deny", 1),
    ("udp", "permit udp any any eq 443", F443, "deny", None),
    ("udp-2", "permit udp any any eq 443", UDP, "permit", 1),
    ("radius-is-1645", "deny udp any any eq radius|permit ip any any", {**UDP, "dst_port": 1812}, "permit", 2),
    ("number", "deny 6 any any|permit ip any any", F443, "deny", 1),
    ("log", "deny tcp any any eq 22 log warnings interval 600|permit ip any any log disable", F22, "deny", 1),
    ("log-level", "permit tcp any any eq https log 6 interval 300", F443, "permit", 1),
    ("log-default", "deny ip any any log default inactive|permit ip any any log", F443, "permit", 2),
    ("user", "permit tcp user EX\\joe any any eq 443|deny ip any any", F443, "unknown", 1),
    ("user-group-deny", "deny tcp user-group EX\\\\staff any any|permit ip any any", F443, "unknown", 1),
    ("security-group", "permit ip security-group name X any security-group tag 5 any", F443, "unknown", 1),
    ("own-address", "deny ip any interface outside|permit ip any any", F443, "permit", 2),
    ("own-address-hit", "deny ip any interface outside|permit ip any any", tcp(443, "203.0.113.2"), "deny", 1),
    ("interface-missing", "deny ip any interface nowhere|permit ip any any", F443, "unknown", 1),
    ("echo-reply-has-no-session", "permit tcp any any", {**ECHO, "icmp_type": 0}, "deny", None),
    ("remark", "remark permit ip any any|deny ip any any", F443, "deny", 2),
    ("trailing-word-before-remark", "permit tcp any any eq https|remark x", F443, "permit", 1),
]  # fmt: skip


def text(entries: str, more: str = "") -> tuple[str, int]:
    """The configuration, and the number of the line before the first entry."""
    lines = [
        f"access-list IN {e}" if e.startswith("remark") else f"access-list IN extended {e}"
        for e in entries.split("|")
    ]
    head = BASE + more
    return head + "\n".join([*lines, "access-group IN in interface inside", ""]), head.count("\n")


@pytest.mark.parametrize(
    ("entries", "packet", "action", "line"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_verdict(
    tmp_path: Path, entries: str, packet: dict[str, object], action: str, line: int | None
) -> None:
    config, before = text(entries)
    found = answer(tmp_path, "cisco_asa", config, "IN", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, line and before + line)


INSPECT = "policy-map P\n class inspection_default\n  inspect icmp error\nservice-policy P global\n"


@pytest.mark.parametrize(
    ("entries", "action"),
    [
        ("deny icmp any any|permit ip any any", "unknown"),  # T072
        ("permit icmp any any unreachable", "permit"),
        ("permit tcp any any", "unknown"),
    ],
)
def test_icmp_error_inspection(tmp_path: Path, entries: str, action: str) -> None:
    config, _ = text(entries, INSPECT)
    found = answer(tmp_path, "cisco_asa", config, "IN", **P4)
    assert isinstance(found, Answer)
    assert found.action == action


def test_inspection_of_a_policy_that_is_not_applied_does_nothing(tmp_path: Path) -> None:
    config, _ = text("deny icmp any any", INSPECT.replace("service-policy P global\n", ""))
    found = answer(tmp_path, "cisco_asa", config, "IN", **P4)
    assert isinstance(found, Answer)
    assert found.action == "deny"


def test_a_line_number_inserts() -> None:
    """`line 1` pushes what stood there down (command reference, `access-list extended`)."""
    config, _ = text("deny ip any any")
    config += "access-list IN line 1 extended permit tcp any any eq 443\n"
    entries = device_of("cisco_asa", config).filters["IN", 0].entries
    assert [e.label for e in entries[1:]] == ["1", "2"]
    assert [e.action.value for e in entries[1:]] == ["permit", "deny"]


def test_the_output_of_show_access_list_reads_the_same(tmp_path: Path) -> None:
    config = BASE + (
        "access-list IN line 1 extended deny tcp any any eq ssh (hitcnt=12) 0xabcdef01\n"
        "access-list IN line 2 remark web\n"
        "access-list IN line 3 extended permit ip any any (hitcnt=3) 0x12345678\n"
        "access-group IN in interface inside\n"
    )
    assert device_of("cisco_asa", config).not_understood == ()
    for packet, action in ((F22, "deny"), (F443, "permit")):
        found = answer(tmp_path, "cisco_asa", config, "IN", **packet)
        assert isinstance(found, Answer)
        assert found.action == action


def test_a_standard_list_names_destinations(tmp_path: Path) -> None:
    config = BASE + f"access-list S standard permit {B1}\naccess-list S standard permit host {H2}\n"
    for packet, action in (
        (F443, "permit"),
        (tcp(22, H2), "permit"),
        (tcp(443, "192.0.2.1"), "deny"),
    ):
        found = answer(tmp_path, "cisco_asa", config, "S", **packet)
        assert isinstance(found, Answer)
        assert found.action == action


def test_before_9_0_there_are_two_kinds_of_lists(tmp_path: Path) -> None:
    """IPv6 has lists of its own, and `any` is IPv4 (release notes of 9.0)."""
    config = BASE.replace("9.12(4)", "8.4(7)") + (
        "access-list IN extended permit ip any any\n"
        "ipv6 access-list IN6 permit tcp any 2401:1d80:3000::/36 eq https\n"
        "ipv6 access-list IN6 deny ip any any\n"
        "access-group IN in interface inside\n"
        "access-group IN6 in interface inside\n"
    )
    device = device_of("cisco_asa", config)
    assert device.not_understood == ()
    assert {(b.key, b.family) for b in device.bindings if b.where and b.key.startswith("IN")} == {
        ("IN", 4),
        ("IN6", 6),
    }
    for packet, action in ((F6, "permit"), ({**F6, "dst_port": 22}, "deny")):
        found = answer(tmp_path, "cisco_asa", config, "IN6", **packet)
        assert isinstance(found, Answer)
        assert found.action == action


def test_pix_6_writes_no_kind(tmp_path: Path) -> None:
    config = (
        "PIX Version 6.3(5)\nnameif ethernet0 outside security0\nnameif ethernet1 inside security100\n"
        "ip address outside 203.0.113.2 255.255.255.0\nip address inside 10.20.1.1 255.255.255.0\n"
        "access-list 101 deny tcp any any eq ssh\naccess-list 101 permit ip any any\n"
        "access-group 101 in interface inside\nroute outside 0.0.0.0 0.0.0.0 203.0.113.1 1\n"
    )
    device = device_of("cisco_asa", config)
    assert device.not_understood == ()
    assert {i.name for i in device.interfaces} == {"outside", "inside"}
    found = answer(tmp_path, "cisco_asa", config, "101", **F22)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", 6)
