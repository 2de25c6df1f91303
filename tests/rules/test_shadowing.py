"""What a finding says of the lines behind the one that denies, and of sets that are ranges with exceptions."""

from __future__ import annotations

import ipaddress

import pytest

from rules.wording import with_exceptions
from tests.audit_text import findings_of

SERVICE = (ipaddress.ip_network("104.192.136.0/21"), ipaddress.ip_network("2401:1d80:3000::/36"))
HEAD = """
interface GigabitEthernet0/0
 ip address 10.20.0.1 255.255.0.0
 ip access-group F in
interface GigabitEthernet0/1
 ip address 203.0.113.1 255.255.255.252
ip route 0.0.0.0 0.0.0.0 203.0.113.2
ip access-list extended F
"""


def message(*entries: str) -> str:
    config = HEAD + "".join(f" {entry}\n" for entry in entries)
    (finding,) = (f for f in findings_of("cisco_ios", config) if f.code == "ACL001")
    return finding.message


def test_a_permit_that_can_never_match() -> None:
    said = message(
        "10 deny tcp any 104.192.136.0 0.0.7.255 eq 22",
        "20 permit tcp any 104.192.136.0 0.0.3.255 eq 22",
        "30 permit ip any any",
    )
    assert "which shadows the permit in line 10 (it can never match)" in said


def test_a_permit_that_only_misses_these_packets() -> None:
    said = message(
        "10 deny tcp any host 104.192.141.1",
        "20 permit tcp any 104.192.136.0 0.0.7.255 eq 443",
        "30 permit ip any any",
    )
    assert "which stands before the permit in line 10" in said
    assert "never" not in said


def test_a_permit_for_everything_is_not_named() -> None:
    said = message("10 deny tcp any host 104.192.141.1", "20 permit ip any any")
    assert "permit in line" not in said


def test_a_range_with_an_exception_is_said_so() -> None:
    said = message(
        "10 permit tcp any 104.192.141.0 0.0.0.255 eq 22",
        "20 deny tcp any 104.192.136.0 0.0.7.255 eq 22",
        "30 permit ip any any",
    )
    assert "TCP 22 to 104.192.136.0/21 except 104.192.141.0/24 from 10.20.0.0/16" in said


@pytest.mark.parametrize(
    ("prefixes", "said"),
    [
        (["104.192.136.0/22", "104.192.140.0/23"], ["104.192.136.0/21 except 104.192.142.0/23"]),
        (["104.192.136.0/21"], ["104.192.136.0/21"]),
        (["104.192.136.0/24", "104.192.143.0/24"], ["104.192.136.0/24", "104.192.143.0/24"]),
        (["10.0.0.0/9", "10.128.0.0/10"], ["10.0.0.0/9", "10.128.0.0/10"]),
        (["104.192.136.0 0.0.5.255"], ["104.192.136.0 0.0.5.255"]),
        (
            ["2401:1d80:3000::/37", "2401:1d80:3800::/38"],
            ["2401:1d80:3000::/36 except 2401:1d80:3c00::/38"],
        ),
    ],
)
def test_exceptions(prefixes: list[str], said: list[str]) -> None:
    assert with_exceptions(prefixes, SERVICE) == said


def test_the_remedy_for_a_pattern_with_holes_is_the_part_of_the_service_around_it() -> None:
    """Odd addresses survive `0.0.7.254`; a remedy in prefixes cannot say that, and need not."""
    config = HEAD + " 10 deny ip any 104.192.136.0 0.0.7.254\n 20 permit ip any any\n"
    (finding,) = (f for f in findings_of("cisco_ios", config) if f.code == "ACL001")
    assert "104.192.136.0/0.0.7.254" in finding.message
    assert [remedy.prefixes for remedy in finding.remedies] == [("104.192.136.0/21",)]
    wide = HEAD + " 10 deny ip any 104.0.0.0 0.255.255.254\n 20 permit ip any any\n"
    (finding,) = (f for f in findings_of("cisco_ios", wide) if f.code == "ACL001")
    assert [remedy.prefixes for remedy in finding.remedies] == [("104.192.136.0/21",)]
