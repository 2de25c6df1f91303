"""Objects and object groups of ASA, sound and broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, device_of
from tests.cisco_asa.flows import BASE, ECHO, F22, F80, F443, H2, H3, P4, UDP, tcp

IN = "access-group IN in interface inside\n"

CASES = [
    # identity, objects, entry, packet, action
    ("host", "object network O\n host 104.192.141.1\n", "permit tcp any object O", F443, "permit"),
    ("subnet", "object network O\n subnet 104.192.136.0 255.255.248.0\n", "permit tcp any object O", F443, "permit"),
    ("subnet-other", "object network O\n subnet 104.192.136.0 255.255.248.0\n", "permit tcp any object O", tcp(443, H2), "deny"),
    ("range", "object network O\n range 104.192.141.0 104.192.141.9\n", "permit tcp any object O", F443, "permit"),
    ("range-end", "object network O\n range 104.192.141.2 104.192.141.9\n", "permit tcp any object O", F443, "deny"),
    ("fqdn", "object network O\n fqdn v4 bitbucket.org\n", "permit tcp any object O", F443, "unknown"),
    ("second-block", "object network O\n host 104.192.141.1\nobject network O\n nat (inside,outside) static 203.0.113.9\n", "permit tcp any object O", F443, "permit"),
    ("T027", "object-group network BB\n network-object 104.192.136.0 255.255.248.0\n group-object BB2\nobject-group network BB2\n network-object host 18.205.93.3\n", "permit tcp any object-group BB eq 443", tcp(443, H3), "permit"),
    ("T027-other", "object-group network BB\n network-object 104.192.136.0 255.255.248.0\n group-object BB2\nobject-group network BB2\n network-object host 18.205.93.3\n", "permit tcp any object-group BB eq 443", tcp(443, H2), "deny"),
    ("object-in-group", "object network O\n host 104.192.141.1\nobject-group network G\n network-object object O\n", "permit ip any object-group G", F443, "permit"),
    ("prefix-6-in-group", "object-group network G\n network-object 2401:1d80:3000::/36\n network-object host 104.192.141.1\n", "permit ip any object-group G", F443, "permit"),
    ("name", "name 104.192.141.1 bitbucket\nobject-group network G\n network-object host bitbucket\n", "permit ip any object-group G", F443, "permit"),
    ("name-with-mask", "name 104.192.136.0 bb\n", "permit ip any bb 255.255.248.0", F443, "permit"),
    ("ports", "object-group service WEB tcp\n port-object eq www\n port-object range 440 450\n", "permit tcp any any object-group WEB", F443, "permit"),
    ("ports-22", "object-group service WEB tcp\n port-object eq www\n port-object range 440 450\n", "permit tcp any any object-group WEB", F22, "deny"),
    ("source-ports", "object-group service WEB tcp\n port-object eq https\n", "permit tcp any object-group WEB any", F443, "deny"),
    ("nested-ports", "object-group service A tcp-udp\n port-object eq 443\nobject-group service B tcp-udp\n group-object A\n", "permit udp any any object-group B", UDP, "permit"),
    ("services", "object-group service S\n service-object tcp destination eq https\n service-object udp\n", "permit object-group S any any", F443, "permit"),
    ("services-80", "object-group service S\n service-object tcp destination eq https\n service-object udp\n", "permit object-group S any any", F80, "deny"),
    ("services-old-form", "object-group service S\n service-object tcp eq https\n", "permit object-group S any any", F443, "permit"),
    ("services-source", "object-group service S\n service-object tcp source eq 443\n", "permit object-group S any any", F443, "deny"),
    ("services-any", "object-group service S\n service-object ip\n", "permit object-group S any any", F22, "permit"),
    ("services-icmp", "object-group service S\n service-object icmp echo\n", "permit object-group S any any", ECHO, "permit"),
    ("services-icmp-not-3", "object-group service S\n service-object icmp echo\n", "permit object-group S any any", P4, "deny"),
    ("service-object", "object service HTTPS\n service tcp destination eq https\n", "permit object HTTPS any any", F443, "permit"),
    ("service-object-source", "object service X\n service tcp source range 40000 60000 destination lt 23\n", "permit object X any any", F22, "permit"),
    ("service-object-in-group", "object service HTTPS\n service tcp destination eq https\nobject-group service S\n service-object object HTTPS\n", "permit object-group S any any", F443, "permit"),
    ("protocols", "object-group protocol P\n protocol-object tcp\n protocol-object esp\n", "permit object-group P any any eq 443", F443, "permit"),
    ("protocols-udp", "object-group protocol P\n protocol-object tcp\n protocol-object esp\n", "permit object-group P any any", UDP, "deny"),
    ("icmp-types", "object-group icmp-type T\n icmp-object unreachable\n", "permit icmp any any object-group T", P4, "permit"),
    ("icmp-types-echo", "object-group icmp-type T\n icmp-object unreachable\n", "permit icmp any any object-group T", ECHO, "deny"),
    # what is broken: unknown for what it could decide, the rest exact
    ("missing-member", "object-group network G\n network-object host 104.192.141.1\n group-object NOSUCH\n", "permit ip any object-group G", F443, "permit"),
    ("missing-member-other", "object-group network G\n network-object host 104.192.141.1\n group-object NOSUCH\n", "permit ip any object-group G", tcp(443, H2), "unknown"),
    ("circle", "object-group network A\n group-object B\n network-object host 104.192.141.1\nobject-group network B\n group-object A\n", "deny ip any object-group A", tcp(443, H2), "unknown"),
    ("circle-known", "object-group network A\n group-object B\n network-object host 104.192.141.1\nobject-group network B\n group-object A\n", "permit ip any object-group A", F443, "permit"),
    ("empty", "object-group network A\n description nothing\n", "permit ip any object-group A", F443, "unknown"),
    ("half-range", "object-group service W tcp\n port-object range 440\n", "permit tcp any any object-group W", F443, "unknown"),
    ("no-mask", "object network O\n subnet 104.192.136.0 255.255.\n", "permit ip any object O", F443, "unknown"),
    ("not-ascii", "object network Büro\n host 104.192.141.1\n", "permit ip any object Büro", F443, "permit"),
    ("port-too-high", "object-group service W tcp\n port-object eq 70000\n", "permit tcp any any object-group W", F443, "unknown"),
    ("ports-missing", "", "permit tcp any any object-group NOSUCH", F443, "unknown"),
    ("ports-missing-udp", "", "permit tcp any any object-group NOSUCH", UDP, "deny"),
    ("long-line", "", "permit tcp any any eq https " + "log " * 2000, F443, "permit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("objects", "entry", "packet", "action"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_verdict(
    tmp_path: Path, objects: str, entry: str, packet: dict[str, object], action: str
) -> None:
    config = BASE + objects + f"access-list IN extended {entry}\n" + IN
    found = answer(tmp_path, "cisco_asa", config, "IN", **packet)
    assert isinstance(found, Answer)
    if action == "unknown" and entry.startswith("deny"):
        assert found.action in ("unknown", "deny")  # the last action denies as well
    else:
        assert found.action == action


def test_lines_that_are_not_understood_are_shown_with_their_group() -> None:
    config = BASE + "object-group network G\n network-object\n network-object host 192.0.2.1\n"
    (unread,) = device_of("cisco_asa", config).not_understood
    assert (unread.where.line, unread.topic, unread.subject) == (
        config.count("\n") - 1,
        "filter",
        "G",
    )


@pytest.mark.parametrize(
    "line",
    [
        "access-list IN extended",
        "access-list IN extended permit",
        "access-list IN extended permit tcp any",
        "access-list IN extended permit tcp any any eq",
        "access-list IN extended permit tcp any any range 440",
        "access-list IN extended permit tcp any any eq 70000",
        "access-list IN extended permit tcp 10.0.0.0 any",
        "access-list IN extended permit tcp 10.0.0.0 255.0.0 any",
        "access-list IN extended permit tcp any host",
        "access-list IN extended allow tcp any any",
        "access-list IN extended permit tcp any any 256",
        "access-list IN extended permit ip any any eq 443",
    ],
)
def test_a_broken_entry_makes_unknown_what_it_could_decide(tmp_path: Path, line: str) -> None:
    config = BASE + line + "\naccess-list IN extended deny ip any any\n" + IN
    found = answer(tmp_path, "cisco_asa", config, "IN", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("unknown", BASE.count("\n") + 1)
    assert [u.where.line for u in device_of("cisco_asa", config).not_understood] == [
        BASE.count("\n") + 1
    ]
