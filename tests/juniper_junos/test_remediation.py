"""The commands that Junos proposes: configuration mode, in the place where they take effect."""

from __future__ import annotations

import pytest

from parsers.juniper_junos.remediation import KINDS, remedy
from parsers.platform import Remedy
from tests.audit_text import device_of

PREFIX = ("104.192.136.0/21",)


def test_a_term_goes_before_the_one_that_denies() -> None:
    lines = remedy(Remedy("permit-flow", filter="F", prefixes=PREFIX, ports=(443,), before="BLOCK"))
    path = "firewall family inet filter F"
    assert lines == (
        f"set {path} term ALLOW-SERVICE from destination-address 104.192.136.0/21",
        f"set {path} term ALLOW-SERVICE from protocol tcp",
        f"set {path} term ALLOW-SERVICE from destination-port 443",
        f"set {path} term ALLOW-SERVICE then accept",
        f"insert {path} term ALLOW-SERVICE before term BLOCK",
        "commit confirmed 5",
    )


def test_in_a_filter_list_the_filter_that_denies_is_changed() -> None:
    lines = remedy(Remedy("permit-return", filter="A then B", prefixes=PREFIX, before="B/LAST"))
    assert lines[0].startswith("set firewall family inet filter B term ALLOW-ANSWERS ")
    assert "insert firewall family inet filter B term ALLOW-ANSWERS before term LAST" in lines


def test_a_zone_policy_gets_a_policy() -> None:
    wanted = Remedy("permit-flow", filter="policy:a:b", prefixes=PREFIX, ports=(22,), before="DENY")
    lines = remedy(wanted)
    path = "security policies from-zone a to-zone b"
    assert f"set {path} policy ALLOW-SERVICE then permit" in lines
    assert f"insert {path} policy ALLOW-SERVICE before policy DENY" in lines


def test_ipv6_errors_have_their_own_words() -> None:
    lines = remedy(Remedy("permit-ptb", filter="F", family=6))
    assert (
        "set firewall family inet6 filter F term ALLOW-PTB from icmp-type packet-too-big" in lines
    )


def test_sizes_routes_and_bundles() -> None:
    clamp = remedy(Remedy("clamp-mss", interface="gr-0/0/0.0", number=1360))
    assert clamp[0] == "set interfaces gr-0/0/0 unit 0 family inet tcp-mss 1360"
    route = remedy(Remedy("remove-null-route", prefixes=("2401:1d80:3000::/36",)))
    assert route[0] == "delete routing-options rib inet6.0 static route 2401:1d80:3000::/36"
    bundle = remedy(Remedy("per-flow", interface="ae0"))
    assert bundle[0] == "delete interfaces ae0 aggregated-ether-options load-balance per-packet"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_proposed_is_understood_when_it_is_read_back(kind: str) -> None:
    wanted = Remedy(kind, filter="F", interface="ge-0/0/0.0", prefixes=PREFIX, ports=(443, 22))
    config = "set firewall family inet filter F term X then accept\n"
    config += "\n".join(line for line in remedy(wanted) if line.startswith("set "))
    assert device_of("juniper_junos", config).lines.not_understood == 0


def test_an_unknown_kind_has_no_commands() -> None:
    assert remedy(Remedy("dance")) == ()
