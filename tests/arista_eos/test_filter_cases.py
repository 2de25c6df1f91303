"""Filters of EOS: verdicts worked out by hand from the vendor's semantics."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, device_of

C, H, H2 = "10.20.1.5", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
NS = {**P6, "icmp_type": 135}
FRAG = {**F443, "fragment": True}

ACLS = [
    # identity, list, packet, action, entry counted from 1 (None: the implicit last action)
    ("T094-22", "10 deny tcp any any eq ssh|20 permit ip any any", F22, "deny", 1),
    ("T094-443", "10 deny tcp any any eq ssh|20 permit ip any any", F443, "permit", 2),
    ("list-of-ports", "10 permit tcp any any eq ssh https", F443, "permit", 1),
    ("not-in-list-of-ports", "10 permit tcp any any eq ssh https", F80, "deny", None),
    ("http-and-www", "10 deny tcp any any eq http|20 permit ip any any", F80, "deny", 1),
    ("prefix", "10 deny ip any 104.192.136.0/21|20 permit ip any any", F443, "deny", 1),
    ("wildcard", "10 deny ip any 104.192.136.0 0.0.7.254|20 permit ip any any", F443, "permit", 2),
    ("host", f"10 permit tcp host {C} host {H} range 440 450", F443, "permit", 1),
    ("sequence-order", "20 permit ip any any|10 deny tcp any any eq https", F443, "deny", 2),
    ("counters", "counters per-entry|10 permit tcp any any eq https", F443, "permit", 2),
    ("rules", "statistics per-entry|fragment-rules|permit tcp any any eq https", F443, "permit", 3),
    ("established", "10 permit tcp any any established", F443, "deny", None),
    ("established-answer", "10 permit tcp any any established", R443, "permit", 1),
    ("protocol-number", "10 deny 6 any any|20 permit ip any any", F443, "deny", 1),
    ("several-flags", "10 deny tcp any any syn ack|20 permit ip any any", F443, "unknown", 1),
    ("ttl", "10 deny ip any any ttl eq 40|20 permit ip any any", F443, "unknown", 1),
    ("ip-length", "10 deny ip any any ip-length gt 100|20 permit ip any any", F443, "unknown", 1),
    ("either-way", "10 permit ip any any dscp ef|20 permit ip any any", F443, "permit", 2),
    ("tracked", "10 deny ip any any tracked|20 permit ip any any", F443, "unknown", 1),
    ("vlan", "10 deny vlan 12 0xFFF ip any any|20 permit ip any any", F443, "unknown", 1),
    (
        "vlan-port",
        "10 deny vlan inner 12 0xFFF tcp any any eq 80|20 permit ip any any",
        F443,
        "permit",
        2,
    ),
    ("garbled", "10 deny tcp any any eq https frob|20 permit ip any any", F443, "unknown", 1),
    (
        "garbled-elsewhere",
        "10 deny tcp any 192.0.2.0/24 eq ssh frob|20 permit ip any any",
        F443,
        "permit",
        2,
    ),
    ("field-set-unknown", "10 deny ip any field-set NO|20 permit ip any any", F443, "unknown", 1),
    ("nat-responses", "10 deny ip any any|permit response traffic nat", R443, "unknown", 2),
    ("icmp-number", "10 permit icmp any any 3 4", P4, "permit", 1),
    ("T64-pmtud", "10 deny icmp any any host-unreachable|20 permit ip any any", P4, "permit", 2),
    ("icmp-unreachable", "10 permit icmp any any unreachable", P4, "permit", 1),
    ("fragment-of-layer-4", "10 deny tcp any any eq 443|20 permit ip any any", FRAG, "unknown", 1),
    ("fragments-word", "10 deny ip any any fragments|20 permit ip any any", FRAG, "deny", 1),
    ("fragments-whole", "10 deny ip any any fragments|20 permit ip any any", F443, "permit", 2),
    ("empty", "counters per-entry", F443, "unknown", None),
]


@pytest.mark.parametrize(
    ("entries", "packet", "action", "entry"), [c[1:] for c in ACLS], ids=[c[0] for c in ACLS]
)
def test_access_list(
    tmp_path: Path, entries: str, packet: dict[str, object], action: str, entry: int | None
) -> None:
    config = "hostname r1\nip access-list A\n" + "".join(f"   {e}\n" for e in entries.split("|"))
    found = answer(tmp_path, "arista_eos", config, "A", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, None if entry is None else entry + 2)


V6 = [
    ("port", "10 permit tcp any any eq https", S443, "permit"),
    ("prefix", "10 deny ipv6 any 2401:1d80:3000::/36|20 permit ipv6 any any", S443, "deny"),
    ("neighbour-discovery", "10 permit tcp any any", NS, "unknown"),
    ("too-big-not-permitted", "10 permit tcp any any", P6, "deny"),
    ("too-big-named", "10 permit icmpv6 any any packet-too-big", P6, "permit"),
    ("unreachable-is-another-type", "10 permit icmpv6 any any unreachable", P6, "deny"),
]


@pytest.mark.parametrize(
    ("entries", "packet", "action"), [c[1:] for c in V6], ids=[c[0] for c in V6]
)
def test_ipv6_access_list(
    tmp_path: Path, entries: str, packet: dict[str, object], action: str
) -> None:
    config = "ipv6 access-list A\n" + "".join(f"   {e}\n" for e in entries.split("|"))
    found = answer(tmp_path, "arista_eos", config, "A", **packet)
    assert isinstance(found, Answer)
    assert found.action == action


def test_implicit_icmpv6_is_undecided_not_denied(tmp_path: Path) -> None:
    config = (
        "hardware access-list ipv6 implicit-permit icmpv6 all\n"
        "ipv6 access-list A\n   10 permit tcp any any\n"
    )
    found = answer(tmp_path, "arista_eos", config, "A", **P6)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("unknown", 1)


def test_standard_list_sees_sources_only(tmp_path: Path) -> None:
    config = "ip access-list standard S\n   10 permit 10.20.0.0/16\n   20 deny any\n"
    found = answer(tmp_path, "arista_eos", config, "S", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 2)


def test_a_comment_at_the_margin_does_not_end_a_list(tmp_path: Path) -> None:
    config = "ip access-list A\n   20 permit ip any any\n! changed 2026\n   10 deny ip any any\n"
    found = answer(tmp_path, "arista_eos", config, "A", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", 4)


SETS = (
    "   field-set ipv4 prefix BB\n      104.192.136.0/21 185.166.140.0/22\n"
    "      except 104.192.141.0/24\n   !\n   field-set l4-port WEB\n      80, 440-450\n   !\n"
)
FIRST = 10
"""The line of the first `match`."""


def policy(rules: str) -> str:
    lines = [text.strip() for text in rules.split("|")]
    return (
        "traffic-policies\n"
        + SETS
        + "   traffic-policy TP\n"
        + "".join(f"      {text}\n" for text in lines)
    )


POLICIES = [
    (
        "T096-hit",
        "match r1 ipv4|destination prefix 104.192.136.0/21|actions|drop|match "
        "ipv4-all-default ipv4",
        F443,
        "deny",
        0,
    ),
    (
        "T096-miss",
        "match r1 ipv4|destination prefix 104.192.136.0/21|actions|drop|match "
        "ipv4-all-default ipv4",
        tcp(443, H2),
        "permit",
        4,
    ),
    (
        "T097-hit",
        "match r1 ipv4|destination prefix 104.192.136.0/21|protocol tcp destination port "
        "443|match ipv4-all-default ipv4",
        F443,
        "permit",
        0,
    ),
    (
        "T097-miss",
        "match r1 ipv4|destination prefix 104.192.136.0/21|protocol tcp destination port "
        "443|match ipv4-all-default ipv4",
        F22,
        "permit",
        3,
    ),
    (
        "default-drops",
        "match r1 ipv4|protocol tcp destination port 443|match ipv4-all-default ipv4"
        "|actions|drop|log",
        F22,
        "deny",
        2,
    ),
    ("other-spelling", "match ipv4-default-all ipv4|actions|drop", F22, "deny", 0),
    ("without-default", "match r1 ipv4|protocol udp|actions|drop", F443, "permit", None),
    (
        "set-except",
        "match r1 ipv4|destination prefix field-set BB|actions|drop",
        F443,
        "permit",
        None,
    ),
    (
        "set-member",
        "match r1 ipv4|destination prefix field-set BB|actions|drop",
        tcp(443, H2),
        "deny",
        0,
    ),
    (
        "set-undefined",
        "match r1 ipv4|destination prefix field-set NO|actions|drop",
        F443,
        "unknown",
        0,
    ),
    (
        "port-set",
        "match r1 ipv4|protocol tcp destination port field-set WEB|actions|drop",
        F443,
        "deny",
        0,
    ),
    (
        "port-set-miss",
        "match r1 ipv4|protocol tcp destination port field-set WEB|actions|drop",
        F22,
        "permit",
        None,
    ),
    ("two-protocols", "match r1 ipv4|protocol icmp tcp|actions|drop", F443, "deny", 0),
    ("protocol-ranges", "match r1 ipv4|protocol 1-5,7-255|actions|drop", F443, "permit", None),
    (
        "established-syn",
        "match r1 ipv4|protocol tcp flags established|actions|drop",
        F443,
        "permit",
        None,
    ),
    (
        "established-answer",
        "match r1 ipv4|protocol tcp flags established|actions|drop",
        R443,
        "deny",
        0,
    ),
    ("initial-syn", "match r1 ipv4|protocol tcp flags initial|actions|drop", F443, "deny", 0),
    (
        "source-port",
        "match r1 ipv4|protocol tcp source port 443 destination port 1024-65535|actions|drop",
        R443,
        "deny",
        0,
    ),
    (
        "lines-of-one-protocol",
        "match r1 ipv4|protocol tcp flags initial|protocol tcp destination port 22|actions|drop",
        F443,
        "unknown",
        0,
    ),
    ("icmp-code", "match r1 ipv4|protocol icmp type 3 code 3,4|actions|drop", P4, "deny", 0),
    (
        "icmp-other-code",
        "match r1 ipv4|protocol icmp type 3 code 0-3|actions|drop",
        P4,
        "permit",
        None,
    ),
    (
        "icmp-names",
        "match r1 ipv4|protocol icmp type echo echo-reply code all|actions|drop",
        P4,
        "permit",
        None,
    ),
    ("other-family", "match r1 ipv6|actions|drop", F443, "permit", None),
    ("fragment", "match r1 ipv4|fragment|actions|drop", F443, "permit", None),
    ("fragment-hit", "match r1 ipv4|fragment|actions|drop", FRAG, "deny", 0),
    ("ttl", "match r1 ipv4|ttl 10, 20-30|actions|drop", F443, "unknown", 0),
    ("no-conditions", "match r1 ipv4|actions|drop", F443, "unknown", 0),
    ("garbled-condition", "match r1 ipv4|protocol tcp|frob 1|actions|drop", F443, "unknown", 0),
    ("garbled-action", "match r1 ipv4|protocol tcp|actions|frob", F443, "unknown", 0),
    (
        "counted",
        "match r1 ipv4|protocol tcp|actions|count C|set dscp 11|match ipv4-all-default "
        "ipv4|actions|drop",
        F443,
        "permit",
        0,
    ),
    ("garbled-match", "match r1 ipv4 frob|protocol tcp|actions|drop", F443, "unknown", None),
]


@pytest.mark.parametrize(
    ("rules", "packet", "action", "rule"), [c[1:] for c in POLICIES], ids=[c[0] for c in POLICIES]
)
def test_traffic_policy(
    tmp_path: Path, rules: str, packet: dict[str, object], action: str, rule: int | None
) -> None:
    found = answer(tmp_path, "arista_eos", policy(rules), "TP", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, None if rule is None else FIRST + rule)


def test_bindings_of_transit_only() -> None:
    config = (
        "ip access-list A\n   10 permit ip any any\n"
        "system control-plane\n   ip access-group A in\n"
        "management ssh\n   ip access-group A in\n"
        "interface Ethernet1\n   no switchport\n   ip access-group A in\n   ip "
        "access-group NO out\n"
        "   ipv6 access-group V in\n   traffic-policy output TP\n"
        "interface Ethernet2\n   ip access-group A in\n   no ip access-group A in\n"
    )
    device = device_of("arista_eos", config)
    found = {(b.key, b.family, b.interface, b.direction, b.inactive) for b in device.bindings}
    assert found == {
        ("A", 4, "Ethernet1", "in", None),
        ("NO", 4, "Ethernet1", "out", None),
        ("V", 6, "Ethernet1", "in", None),
        ("traffic-policy TP", 0, "Ethernet1", "out", None),
    }
    assert {k for k, f in device.filters.items() if not f.defined and f.uncertain} == {
        ("NO", 4),
        ("V", 6),
        ("traffic-policy TP", 0),
    }


def test_a_port_access_list_acts_on_a_switchport() -> None:
    config = (
        "ip access-list A\n   10 permit ip any any\n"
        "interface Ethernet1\n   switchport\n   ip access-group A in\n"
    )
    assert [b.inactive for b in device_of("arista_eos", config).bindings] == [None]
