"""Access lists of IOS: verdicts worked out by hand from the vendor's semantics."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer

C, C2, H, H2, H3 = "10.20.1.5", "10.20.1.6", "104.192.141.1", "185.166.143.10", "18.205.93.3"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


def back(port: int, flags: tuple[str, ...] = ("syn", "ack")) -> dict[str, object]:
    return {
        "src": H, "dst": C, "protocol": "tcp", "src_port": port, "dst_port": 50000,
        "tcp_flags": list(flags),
    }  # fmt: skip


P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
TTL = {**P4, "icmp_type": 11, "icmp_code": 0}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
NS = {**P6, "icmp_type": 135}
FRAG = {**tcp(443), "fragment": True}
F443, F80, F22 = tcp(443), tcp(80), tcp(22)
ACK = {**F443, "tcp_flags": ["ack"]}

B1 = "104.192.136.0 0.0.7.255"

CASES = [
    # identity, entries, packet, action, entry (None: the implicit last action)
    ("T002-odd", "deny ip any 104.192.136.0 0.0.7.254|permit ip any any", F443, "permit", 2),
    ("T002-even", "deny ip any 104.192.136.0 0.0.7.254|permit ip any any", tcp(443, "104.192.141.2"), "deny", 1),
    ("T003-other", "deny ip any 104.0.0.143 0.255.255.0|permit ip any any", F443, "permit", 2),
    ("T003-hit", "deny ip any 104.0.0.143 0.255.255.0|permit ip any any", tcp(443, "104.192.141.143"), "deny", 1),
    ("T006-odd", "deny ip any 185.166.140.0 0.0.2.255|permit ip any any", tcp(443, H2), "permit", 2),
    ("T006-even", "deny ip any 185.166.140.0 0.0.2.255|permit ip any any", tcp(443, "185.166.142.9"), "deny", 1),
    ("T008-443", f"permit tcp any any eq 443|deny ip any {B1}|permit ip any any", F443, "permit", 1),
    ("T008-22", f"permit tcp any any eq 443|deny ip any {B1}|permit ip any any", F22, "deny", 2),
    ("T008-80", f"permit tcp any any eq 443|deny ip any {B1}|permit ip any any", F80, "deny", 2),
    ("T009-out", "permit tcp any eq 443 any", F443, "deny", None),
    ("T009-back", "permit tcp any eq 443 any", back(443), "permit", 1),
    ("T011-443", "deny tcp any any neq 443 22|permit ip any any", F443, "permit", 2),
    ("T011-22", "deny tcp any any neq 443 22|permit ip any any", F22, "permit", 2),
    ("T011-80", "deny tcp any any neq 443 22|permit ip any any", F80, "deny", 1),
    ("T012-443", "deny tcp any any gt 442|permit ip any any", F443, "deny", 1),
    ("T012-80", "deny tcp any any gt 442|permit ip any any", F80, "permit", 2),
    ("T013-22", "deny tcp any any lt 23|permit ip any any", F22, "deny", 1),
    ("T013-80", "deny tcp any any lt 23|permit ip any any", F80, "permit", 2),
    ("T014-443", "permit tcp any any range 440 450", F443, "permit", 1),
    ("T014-80", "permit tcp any any range 440 450", F80, "deny", None),
    ("T015-syn", "permit tcp any any established|deny ip any any", F443, "deny", 2),
    ("T015-ack", "permit tcp any any established|deny ip any any", ACK, "permit", 1),
    ("T017-back", "permit tcp any 10.20.0.0 0.0.255.255 established|deny icmp any any|permit ip any any", back(443), "permit", 1),
    ("T017-ptb", "permit tcp any 10.20.0.0 0.0.255.255 established|deny icmp any any|permit ip any any", P4, "deny", 2),
    ("T018-ptb", "permit icmp any any packet-too-big|permit tcp any any established", P4, "permit", 1),
    ("T018-ttl", "permit icmp any any packet-too-big|permit tcp any any established", TTL, "deny", None),
    ("T019", "permit icmp any any unreachable", P4, "permit", 1),
    ("T020", "permit icmp any any 3 1|permit tcp any any established", P4, "deny", None),
    ("T022", "remark only", F443, "permit", None),
    ("T029", "deny ip object-group NOSUCH any|permit ip any any", F443, "unknown", 1),
    ("T032", "deny ip any any time-range NIGHT|permit ip any any", F443, "unknown", 1),
    ("T033", "permit ip any any time-range DAY|permit ip any any", F443, "permit", 2),
    ("T034-whole", "deny ip any any fragments|permit ip any any", F443, "permit", 2),
    ("T034-frag", "deny ip any any fragments|permit ip any any", FRAG, "deny", 1),
    ("T036", "deny tcp any any eq 443|permit ip any any", FRAG, "permit", 2),
    ("T038", "deny tcp any any match-all +syn -ack|permit ip any any", back(443), "permit", 2),
    ("T039-odd", "permit ip 10.20.0.1 0.0.255.254 any", F443, "permit", 1),
    ("T039-even", "permit ip 10.20.0.1 0.0.255.254 any", tcp(443, H, C2), "deny", None),
    ("T152-after", "permit tcp any any eq 443|deny tcp any any eq 443 foo-bar", F443, "permit", 1),
    ("T152-before", "deny tcp any any eq 443 foo-bar|permit tcp any any eq 443", F443, "unknown", 1),
    ("any-of-several-flags", "permit tcp any any ack rst|deny ip any any", ACK, "permit", 1),
    ("ports-of-a-protocol", "permit udp any any eq 443|deny ip any any", F443, "deny", 2),
    ("named-port", "permit tcp any any eq www|deny ip any any", F80, "permit", 1),
    ("unknown-port-name", "permit tcp any any eq httpz|deny ip any any", F443, "unknown", 1),
    ("remark-between", "remark x|permit tcp any any eq 443|remark y", F443, "permit", 2),
    ("sequence-order", "20 deny ip any any|10 permit tcp any any eq 443", F443, "permit", 2),
    ("tos-undecided", "deny ip any any dscp ef|permit ip any any", F443, "unknown", 1),
    ("log-decides-nothing", "permit tcp any any eq 443 log", F443, "permit", 1),
    ("host-and-range", f"deny tcp host {C} range 1024 65535 host {H} eq 443|permit ip any any", F443, "deny", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "packet", "action", "entry"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_extended_list(
    tmp_path: Path, entries: str, packet: dict[str, object], action: str, entry: int | None
) -> None:
    lines = entries.split("|")
    config = "\n".join(
        ["hostname r1", "ip access-list extended A", *(f" {line}" for line in lines)]
    )
    expected = Answer(action, None, None)
    if entry is not None:
        expected = Answer(action, entry + 2, lines[entry - 1])
    assert answer(tmp_path, "cisco_ios", config, "A", **packet) == expected


V6_LIST = "ipv6 access-list V6\n permit tcp 2001:db8:20::/48 2401:1d80:3000::/36 eq 443\n"


@pytest.mark.parametrize(
    ("packet", "action", "line"),
    [
        (tcp(443, H6, C6), "permit", 2),  # T042
        (tcp(22, H6, C6), "deny", None),
        (P6, "deny", None),  # T043: only neighbour discovery is implicitly permitted
        (NS, "permit", None),
    ],
)
def test_ipv6_list(
    tmp_path: Path, packet: dict[str, object], action: str, line: int | None
) -> None:
    found = answer(tmp_path, "cisco_ios", V6_LIST, "V6", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, line)


def test_standard_list_matches_the_source(tmp_path: Path) -> None:
    config = "access-list 10 permit 10.20.0.0 0.0.255.255\n"
    assert answer(tmp_path, "cisco_ios", config, "10", **back(443)) == Answer("deny", None, None)
    assert answer(tmp_path, "cisco_ios", config, "10", **F443) == Answer(
        "permit", 1, "access-list 10 permit 10.20.0.0 0.0.255.255"
    )


@pytest.mark.parametrize(("dst", "action"), [(H, "permit"), (H3, "permit"), (H2, "deny")])
def test_nested_object_group_with_netmasks(tmp_path: Path, dst: str, action: str) -> None:
    """T027."""
    config = """object-group network BB
 104.192.136.0 255.255.248.0
 group-object BB2
object-group network BB2
 host 18.205.93.3
ip access-list extended A
 permit tcp any object-group BB eq 443
"""
    found = answer(tmp_path, "cisco_ios", config, "A", **tcp(443, dst))
    assert isinstance(found, Answer)
    assert found.action == action


def test_numbered_list_in_the_order_of_its_lines(tmp_path: Path) -> None:
    """T040."""
    config = "access-list 150 permit udp any any\naccess-list 150 permit tcp any any eq 443\n"
    found = answer(tmp_path, "cisco_ios", config, "150", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 2)


def test_group_line_not_understood_leaves_known_members_decided(tmp_path: Path) -> None:
    config = """object-group network BB
 104.192.136.0 255.255.248.0
 fqdn example.net
ip access-list extended A
 deny tcp any object-group BB
 permit ip any any
"""
    certain = answer(tmp_path, "cisco_ios", config, "A", **F443)
    doubtful = answer(tmp_path, "cisco_ios", config, "A", **tcp(443, H2))
    assert isinstance(certain, Answer)
    assert isinstance(doubtful, Answer)
    assert (certain.action, certain.line) == ("deny", 5)
    assert (doubtful.action, doubtful.line) == ("unknown", 5)


def test_entries_that_lost_their_indentation_are_entries(tmp_path: Path) -> None:
    config = "ip access-list extended A\n10 deny tcp any any eq 443\n20 permit ip any any\nend\n"
    assert answer(tmp_path, "cisco_ios", config, "A", **F443) == Answer(
        "deny", 2, "10 deny tcp any any eq 443"
    )


def test_a_group_without_members_decides_nothing(tmp_path: Path) -> None:
    config = (
        "object-group network G\nip access-list extended A\n"
        " deny ip any object-group G\n permit ip any any\n"
    )
    found = answer(tmp_path, "cisco_ios", config, "A", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("unknown", 3)
