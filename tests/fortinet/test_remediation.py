"""What to type on FortiOS."""

from __future__ import annotations

from parsers.fortinet.remediation import KINDS, remedy
from parsers.platform import Remedy


def test_a_policy_is_put_before_the_one_that_denies() -> None:
    wanted = Remedy(
        "permit-flow", "policy:internal:wan1", 4, None, ("104.192.136.0/21",), (443,), "5", unused=8
    )
    lines = remedy(wanted)
    assert 'set srcintf "internal"' in lines
    assert 'set dstintf "wan1"' in lines
    assert "set subnet 104.192.136.0 255.255.248.0" in lines
    assert "set tcp-portrange 443" in lines
    assert lines.index("edit 8") < lines.index("move 8 before 5")
    assert lines[-2] == "end" and "set nat enable" in lines[-1]


def test_ipv6_has_keys_of_its_own() -> None:
    lines = remedy(
        Remedy("permit-flow", "policy:a:b", 6, None, ("2401:1d80:3000::/36",), (443,), None)
    )
    assert "set ip6 2401:1d80:3000::/36" in lines
    assert 'set dstaddr6 "SERVICE-2401:1d80:3000::/36"' in lines
    assert 'set srcaddr6 "all"' in lines


def test_other_kinds() -> None:
    assert "set tcp-mss-receiver 1360" in remedy(Remedy("clamp-mss", before="4"))
    assert "set algorithm L4" in remedy(Remedy("per-flow", interface="agg"))
    assert "set send-pmtu-icmp enable" in remedy(Remedy("send-ptb"))
    assert remedy(Remedy("resequence")) == ()
    for kind in KINDS:
        assert remedy(Remedy(kind, "policy:a:b", prefixes=("192.0.2.0/24",), ports=(443,)))
