"""Access lists, groups and policies of AOS-CX: verdicts worked out by hand (ACLs and Classifier Policies Guide)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.aruba_aoscx.texts import block, router
from tests.audit_text import answer, brief, device_of, findings_of

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
PTB: dict[str, object] = {
    "src": SERVICE,
    "dst": CLIENT,
    "protocol": "icmp",
    "icmp_type": 3,
    "icmp_code": 4,
}
GROUPS = (
    "object-group ip address BB\n    10 104.192.136.0/21\n    20 185.166.140.0/255.255.252.0\n    30 18.205.93.1\n"
    "object-group port WEB\n    10 eq 443\n    20 range 8080 8090\n"
)

CASES = [
    ("permit", ["10 permit tcp any any eq 443"], HTTPS, "permit", 2),
    ("implicit-deny", ["10 permit tcp any any eq 443"], SSH, "deny", None),
    ("number-not-text", ["20 deny any any any", "10 permit tcp any any eq 443"], HTTPS, "permit", 3),
    ("comment-of-an-entry", ["10 comment web", "10 permit tcp any any eq 443"], HTTPS, "permit", 3),
    ("any-protocol", ["10 deny any 10.20.1.0/24 any count", "20 permit any any any"], HTTPS, "deny", 2),
    ("ip-is-any", ["10 deny ip any any"], HTTPS, "deny", 2),
    ("bare-host", ["10 deny any 10.20.1.5 any", "20 permit any any any"], HTTPS, "deny", 2),
    ("bare-host-misses", ["10 deny any 10.20.1.6 any", "20 permit any any any"], HTTPS, "permit", 3),
    ("slash-mask", ["10 deny tcp any 104.192.136.0/255.255.248.0 eq 22", "20 permit any any any"], SSH, "deny", 2),
    ("mask-with-holes", ["10 deny any 10.0.1.0/255.0.255.0 any", "20 permit any any any"], SSH, "deny", 2),
    ("source-port", ["10 permit tcp any eq 443 any", "20 deny any any any"], HTTPS, "deny", 3),
    ("gt", ["10 permit tcp any gt 1023 any lt 444"], HTTPS, "permit", 2),
    ("range", ["10 permit tcp any any range 440 445 count log"], HTTPS, "permit", 2),
    ("established", ["10 permit tcp any any established"], ANSWER, "permit", 2),
    ("established-not-syn", ["10 permit tcp any any established"], HTTPS, "deny", None),
    ("flags-all", ["10 permit tcp any any syn ack"], ANSWER, "permit", 2),
    ("flags-not-all", ["10 permit tcp any any ack psh"], ANSWER, "deny", None),
    ("icmp-type-and-code", ["10 permit icmp any any icmp-type 3 icmp-code 4"], PTB, "permit", 2),
    ("icmp-echo-is-not-too-big", ["10 permit icmp any any icmp-type echo"], PTB, "deny", None),
    ("protocol-number", ["10 deny 6 any any", "20 permit any any any"], HTTPS, "deny", 2),
    ("address-group", ["10 deny tcp any BB eq 22", "20 permit any any any"], SSH, "deny", 12 - 10),
    ("port-group", ["10 permit tcp any BB group WEB"], HTTPS, "permit", 2),
    ("port-group-misses", ["10 permit tcp any BB group WEB"], SSH, "deny", None),
    ("group-mask-member", ["10 permit tcp any BB group WEB"], {**HTTPS, "dst": "185.166.143.1"}, "permit", 2),
    ("group-host-member", ["10 permit tcp any BB group WEB"], {**HTTPS, "dst": "18.205.93.2"}, "deny", None),
    ("U2-group-missing", ["10 deny tcp any NOWHERE eq 22", "20 permit any any any"], SSH, "unknown", 2),
    ("U2-port-group-missing", ["10 deny tcp any any group NOWHERE", "20 permit any any any"], SSH, "unknown", 2),
    ("U7-dscp", ["10 deny tcp any any dscp AF11", "20 permit any any any"], HTTPS, "unknown", 2),
    ("U7-vlan", ["10 deny any any any vlan 20", "20 permit any any any"], HTTPS, "unknown", 2),
    ("T152-unreadable-first", ["10 deny tcp any any eq 443 foo-bar", "20 permit any any any"], HTTPS, "unknown", 2),
    ("T152-unreadable-later", ["10 permit tcp any any eq 443", "20 deny tcp any any eq 443 foo"], HTTPS, "permit", 2),
    ("U20-half-range", ["10 deny tcp any any range 443", "20 permit any any any"], HTTPS, "unknown", 2),
    ("U20-bad-mask", ["10 deny any 10.20.0.0/33 any", "20 permit any any any"], HTTPS, "unknown", 2),
    ("U20-bad-address", ["10 deny any 10.20.0.999 any", "20 permit any any any"], HTTPS, "unknown", 2),
    ("U20-duplicate", ["10 permit any any any", "10 deny any any any"], HTTPS, "permit", 2),
    ("U9-fragment", ["10 deny tcp any any eq 22", "20 permit any any any"], {**SSH, "fragment": True}, "unknown", 2),
    ("fragment-word", ["10 deny any any any fragment", "20 permit any any any"], HTTPS, "permit", 3),
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
    found = answer(tmp_path, "aruba_aoscx", block(*entries) + GROUPS, "L", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, line)


def test_ipv6_lists(tmp_path: Path) -> None:
    text = block(
        "10 permit tcp any BB6 eq 443",
        "20 permit icmpv6 any any icmp-type 2",
        "30 deny ipv6 any any",
        family="ipv6",
    )
    text += "object-group ipv6 address BB6\n    10 2401:1d80:3000::/36\n"
    flow: dict[str, object] = {"src": "2001:db8::1", "dst": "2401:1d80:3216::1", "protocol": "tcp"}
    for packet, action in (
        ({**flow, "dport": 443}, "permit"),
        ({**flow, "dport": 22}, "deny"),
        ({**flow, "protocol": "icmpv6", "icmp_type": 2}, "permit"),
        ({**flow, "protocol": "icmpv6", "icmp_type": 128}, "deny"),
    ):
        found = answer(tmp_path, "aruba_aoscx", text, "L", **packet)
        assert isinstance(found, Answer)
        assert found.action == action


def test_a_group_line_not_understood_leaves_the_known_members(tmp_path: Path) -> None:
    text = (
        block("10 deny tcp any BB eq 22", "20 permit any any any")
        + "object-group ip address BB\n    10 104.192.136.0/21\n    20 10.0.0.0/255.0.x.0\n"
    )
    for dst, action in ((SERVICE, "deny"), ("198.51.100.1", "unknown")):
        found = answer(
            tmp_path, "aruba_aoscx", text, "L", src=CLIENT, dst=dst, protocol="tcp", dport=22
        )
        assert isinstance(found, Answer)
        assert found.action == action
    assert [u.topic for u in device_of("aruba_aoscx", text).not_understood] == ["filter"]


DENY = block("10 deny tcp any 104.192.136.0/21 eq 22", "20 permit any any any")
IN = "apply access-list ip L in"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (router(DENY, inside=IN), {("ACL001", "high", "fail")}),
        (router(DENY, inside="apply access-list ip L routed-in"), {("ACL001", "high", "fail")}),
        (router(DENY, outside="apply access-list ip L out"), {("ACL001", "high", "fail")}),
        (router(DENY, outside=IN), set()),
        (
            router(DENY).replace("vlan 1,20\n", f"vlan 1\nvlan 20\n    name clients\n    {IN}\n"),
            {("ACL001", "high", "fail")},
        ),
        (router(DENY, more="apply access-list ip L control-plane vrf default\n"), set()),
        (router(inside=IN), {("ACL001", "high", "unknown")}),
        (router(block("10 permit tcp any eq 22 any"), outside=IN), {("ACL002", "high", "fail")}),
    ],
)
def test_where_lists_act(text: str, wanted: set[tuple[str, str, str]]) -> None:
    found = {
        one
        for one in brief(findings_of("aruba_aoscx", text), "ACL")
        if one[0] in ("ACL001", "ACL002")
    }
    assert found == wanted


@pytest.mark.parametrize(
    "line",
    [
        IN,
        "apply access-list mac M in",
        "ip source-lockdown",
        "port-access security violation action shutdown",
        "aaa authentication port-access mac-auth",
    ],
)
def test_what_drops_frames_on_a_port_is_seen(line: str) -> None:
    text = router(DENY, port=line)
    notes = [
        fact.note for fact in device_of("aruba_aoscx", text).recognised if fact.value == "l2-filter"
    ]
    assert bool(notes) == (not line.startswith("port-access security violation"))
    assert all(note.startswith("vlan20: ") for note in notes)


CLASSES = "class ip SSH\n    10 ignore tcp any 185.166.140.0/22 eq 22\n    20 match tcp any any eq 22\nclass ip ALL\n    10 match any any any\n"


@pytest.mark.parametrize(
    ("policy", "packet", "action", "line"),
    [
        ("10 class ip SSH action drop", SSH, "deny", 3),
        ("10 class ip SSH action drop", HTTPS, "permit", None),
        ("10 class ip SSH action drop", {**SSH, "dst": "185.166.140.1"}, "permit", None),
        (
            "10 class ip SSH action drop\n    20 class ip ALL action drop",
            {**SSH, "dst": "185.166.140.1"},
            "unknown",
            2,
        ),
        ("10 class ip SSH action dscp AF11\n    20 class ip ALL action drop", SSH, "permit", 3),
        ("10 class ip SSH action dscp AF11\n    20 class ip ALL action drop", HTTPS, "deny", 5),
        ("20 class ip ALL action drop\n    10 class ip SSH", SSH, "permit", 3),
        ("10 class ip GONE action drop", SSH, "unknown", 7),
        ("10 class ip SSH action frobnicate\n    20 class ip ALL action drop", SSH, "unknown", 3),
        ("10 class ip ALL action cir kbps 1000 cbs 10 exceed drop", SSH, "permit", 5),
        ("10 class mac M action drop", SSH, "unknown", None),
    ],
)
def test_policies(
    policy: str, packet: dict[str, object], action: str, line: int | None, tmp_path: Path
) -> None:
    text = CLASSES + f"policy P\n    {policy}\n"
    found = answer(tmp_path, "aruba_aoscx", text, "P", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, line)


def test_policies_on_interfaces() -> None:
    policy = CLASSES + "policy P\n    10 class ip SSH action drop\n"
    for text in (
        router(policy, inside="apply policy P in"),
        router(policy, more="apply policy P in\n"),
    ):
        assert ("ACL001", "high", "fail") in brief(findings_of("aruba_aoscx", text), "ACL")
    steering = CLASSES + "policy P\n    10 class ip SSH action pbr ELSEWHERE\n"
    assert ("RT003", "medium", "unknown") in brief(
        findings_of("aruba_aoscx", router(steering, inside="apply policy P routed-in")), "RT"
    )
    assert ("ACL001", "high", "unknown") in brief(
        findings_of("aruba_aoscx", router(inside="apply policy P in")), "ACL"
    )
