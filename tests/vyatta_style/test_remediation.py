"""What to type for each remedy."""

from __future__ import annotations

import pytest

from parsers.platform import Remedy
from parsers.vyatta_style.remediation import KINDS, remedy

PREFIXES = ("104.192.136.0/21",)


def test_permit_flow() -> None:
    wanted = Remedy("permit-flow", "LAN_IN", 4, None, PREFIXES, (22, 443), "10", 9)
    assert remedy(wanted) == (
        "set firewall group network-group SERVICE network 104.192.136.0/21",
        "set firewall name LAN_IN rule 9 action accept",
        "set firewall name LAN_IN rule 9 protocol tcp",
        "set firewall name LAN_IN rule 9 destination group network-group SERVICE",
        "set firewall name LAN_IN rule 9 destination port 22,443",
        "compare",
        "commit-confirm 5",
    )


def test_base_chains_and_their_words() -> None:
    wanted = Remedy("permit-return", "forward filter", 4, None, PREFIXES, (443,))
    lines = remedy(wanted._replace(last=30))
    assert "set firewall ipv4 forward filter rule 40 state established" in lines
    assert "set firewall ipv4 forward filter rule 40 source port 443" in lines
    old = remedy(wanted._replace(filter="WAN_IN", number=5))
    assert "set firewall name WAN_IN rule 5 state established enable" in old
    new = remedy(wanted._replace(number=5, decides="IN", form="rule set of 1.4"))
    assert "set firewall ipv4 name IN rule 5 action accept" in new


def test_too_big_and_others() -> None:
    lines = remedy(Remedy("permit-ptb", "WAN_IN", 4, number=5))
    assert "set firewall name WAN_IN rule 5 icmp code 4" in lines
    assert remedy(Remedy("remove-null-route", prefixes=PREFIXES))[0] == (
        "delete protocols static route 104.192.136.0/21 blackhole"
    )
    assert "mode 802.3ad" in remedy(Remedy("per-flow", interface="bond0"))[0]
    assert "adjust-mss" in remedy(Remedy("clamp-mss", interface="eth0"))[0]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_pairs_of_zones_name_no_rule_set(kind: str) -> None:
    if kind.startswith("permit"):
        assert remedy(Remedy(kind, "zone:A:B", 4, prefixes=PREFIXES, ports=(443,))) == ()


def test_other_kinds_have_no_commands() -> None:
    assert remedy(Remedy("send-ptb", interface="eth0")) == ()
