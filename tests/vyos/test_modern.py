"""The firewall of VyOS 1.4: base chains, jumps, interfaces, state policy (vyos-1x `nftables.j2`, `firewall.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit_text import device_of
from tests.vyatta_style.flows import (
    ACK443,
    F22,
    F80,
    F443,
    FRAG,
    IN443,
    P4,
    R443,
    S443,
    set_form,
    tcp,
    verdict,
)  # fmt: skip

F = "firewall ipv4 forward filter"
N = "firewall ipv4 name IN"
Case = tuple[str, tuple[str, ...], str, dict[str, object], str, str | None]
SSH = (f"{F} rule 10 action 'drop'", f"{F} rule 10 protocol 'tcp'", f"{F} rule 10 destination port '22'")  # fmt: skip
CASES: list[Case] = [
    ("T120 base chain accepts", SSH, "forward", F443, "permit", None),
    ("T120 ssh", SSH, "forward", F22, "deny", "rule 10"),
    ("the chain's other names", SSH, "forward filter", F22, "deny", "rule 10"),
    ("default action of a base chain", (f"{F} default-action 'drop'", f"{F} rule 10 action 'accept'", f"{F} rule 10 state 'established'"), "forward", F443, "deny", "default-action"),
    ("valueless state", (f"{F} default-action 'drop'", f"{F} rule 10 action 'accept'", f"{F} rule 10 state 'established'"), "forward", R443, "permit", "rule 10"),
    ("custom chain drops", (f"{N} rule 10 action 'accept'", f"{N} rule 10 protocol 'udp'"), "IN", F443, "deny", None),
    ("jump", (f"{F} rule 5 action 'jump'", f"{F} rule 5 jump-target 'IN'", f"{N} default-action 'accept'", f"{N} rule 7 action 'drop'", f"{N} rule 7 protocol 'tcp'"), "forward", F443, "deny", "rule 7"),
    ("jump and return", (f"{F} rule 5 action 'jump'", f"{F} rule 5 jump-target 'IN'", f"{F} rule 6 action 'drop'", f"{N} default-action 'return'"), "forward", F443, "deny", "rule 6"),
    ("jump to nowhere", (f"{F} rule 5 action 'jump'", f"{F} rule 5 jump-target 'NOPE'"), "forward", F443, "unknown", "rule 5"),
    ("a jump that ends in accept", (f"{F} default-action 'drop'", f"{F} rule 5 action 'jump'", f"{F} rule 5 jump-target 'IN'", f"{N} default-action 'accept'"), "forward", F443, "permit", "default-action"),
    ("continue", (f"{F} rule 5 action 'continue'", f"{F} rule 6 action 'drop'"), "forward", F443, "deny", "rule 6"),
    ("offload goes on", (f"{F} rule 5 action 'offload'", f"{F} rule 5 offload-target 'FT'", f"{F} rule 6 action 'drop'"), "forward", F443, "deny", "rule 6"),
    ("queue", (f"{F} rule 5 action 'queue'",), "forward", F443, "unknown", "rule 5"),
    ("synproxy", (f"{F} rule 5 action 'synproxy'",), "forward", F443, "unknown", "rule 5"),
    ("state policy", (f"{F} default-action 'drop'", "firewall global-options state-policy established action 'accept'"), "forward", R443, "permit", "state-policy"),
    ("state policy without related", (f"{F} default-action 'drop'", "firewall global-options state-policy established action 'accept'"), "forward", P4, "deny", "default-action"),
    ("state policy not understood", (f"{F} rule 5 action 'accept'", "firewall global-options state-policy established action 'frob'"), "forward", F443, "unknown", None),
    ("ports negated one by one", (f"{F} rule 5 action 'drop'", f"{F} rule 5 protocol 'tcp'", f"{F} rule 5 destination port '!22,!443'"), "forward", F443, "permit", None),
    ("ports negated one by one, other", (f"{F} rule 5 action 'drop'", f"{F} rule 5 protocol 'tcp'", f"{F} rule 5 destination port '!22,!443'"), "forward", F80, "deny", "rule 5"),
    ("one element negated", (f"{F} rule 5 action 'drop'", f"{F} rule 5 protocol 'tcp'", f"{F} rule 5 destination port '400-500,!443'"), "forward", F443, "permit", None),
    ("address mask", (f"{F} rule 5 action 'drop'", f"{F} rule 5 destination address '104.192.0.1'", f"{F} rule 5 destination address-mask '255.255.0.255'"), "forward", F443, "deny", "rule 5"),
    ("address mask, other", (f"{F} rule 5 action 'drop'", f"{F} rule 5 destination address '104.192.0.1'", f"{F} rule 5 destination address-mask '255.255.0.255'"), "forward", tcp(443, "104.192.141.2"), "permit", None),
    ("flags", (f"{F} rule 5 action 'drop'", f"{F} rule 5 protocol 'tcp'", f"{F} rule 5 tcp flags 'syn'", f"{F} rule 5 tcp flags not 'ack'"), "forward", F443, "deny", "rule 5"),
    ("flags, ack", (f"{F} rule 5 action 'drop'", f"{F} rule 5 protocol 'tcp'", f"{F} rule 5 tcp flags 'syn'", f"{F} rule 5 tcp flags not 'ack'"), "forward", ACK443, "permit", None),
    ("icmp without a protocol", (f"{F} rule 5 action 'drop'", f"{F} rule 5 icmp type-name 'destination-unreachable'"), "forward", P4, "deny", "rule 5"),
    ("fragments", (f"{F} rule 5 action 'drop'", f"{F} rule 5 fragment match-frag"), "forward", FRAG, "deny", "rule 5"),
    ("geoip", (f"{F} rule 5 action 'drop'", f"{F} rule 5 source geoip country-code 'de'"), "forward", F443, "unknown", "rule 5"),
    ("fqdn", (f"{F} rule 5 action 'drop'", f"{F} rule 5 destination fqdn 'bitbucket.org'"), "forward", F443, "unknown", "rule 5"),
    ("raw", ("firewall ipv4 prerouting raw rule 5 action 'drop'", "firewall ipv4 prerouting raw rule 5 destination address '104.192.136.0/21'"), "prerouting raw", F443, "deny", "rule 5"),
    ("state where some is not tracked", ("firewall ipv4 prerouting raw rule 5 action 'notrack'", f"{F} default-action 'drop'", f"{F} rule 6 action 'accept'", f"{F} rule 6 state 'established'"), "forward", R443, "unknown", "rule 6"),
    ("base chain return", (f"{F} default-action 'drop'", f"{F} rule 5 action 'return'", f"{F} rule 5 protocol 'tcp'"), "forward", F443, "permit", "rule 5"),
    ("interface not told", (f"{F} default-action 'accept'", f"{F} rule 5 action 'drop'", f"{F} rule 5 inbound-interface name 'eth0'"), "forward", IN443, "unknown", "rule 5"),
    ("ipv6", ("firewall ipv6 forward filter rule 5 action 'drop'", "firewall ipv6 forward filter rule 5 destination address '2401:1d80::/32'"), "forward", S443, "deny", "rule 5"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case[0]))
def test_base_chains(tmp_path: Path, case: Case) -> None:
    _, statements, name, packet, action, place = case
    found = verdict(tmp_path, "vyos", set_form(*statements), name, packet)
    assert found[0] == action
    if place == "state-policy" or place is None:
        return
    assert found[1] is not None
    assert place in found[1]


def test_what_is_bound() -> None:
    """Filters for packets of the device itself meet no packet in transit."""
    device = device_of(
        "vyos",
        set_form(
            f"{F} rule 5 action 'drop'",
            "firewall ipv4 input filter default-action 'drop'",
            "firewall ipv4 output filter rule 5 action 'accept'",
            "firewall ipv4 prerouting raw rule 5 action 'accept'",
            f"{N} default-action 'accept'",
        ),
    )
    bound = {(b.key, b.family, b.interface, b.direction) for b in device.bindings}
    assert bound == {
        ("forward filter", 4, None, "forward"),
        ("output filter", 4, None, "out"),
        ("prerouting raw", 4, None, "forward"),
    }
    assert ("input filter", 4) in device.filters
    assert device.not_understood == ()


def test_interfaces_of_rules() -> None:
    """Names, groups, wildcards and negation; a VRF's name stands for its interfaces on the way in."""
    device = device_of(
        "vyos",
        set_form(
            "interfaces ethernet eth0 address '192.0.2.1/24'",
            "interfaces ethernet eth1 address '10.0.0.1/24'",
            "interfaces ethernet eth1 vrf 'RED'",
            "firewall group interface-group WAN interface 'eth0'",
            "firewall group interface-group WAN interface 'pppoe*'",
            f"{F} rule 1 action 'drop'",
            f"{F} rule 1 inbound-interface group 'WAN'",
            f"{F} rule 2 action 'drop'",
            f"{F} rule 2 outbound-interface name '!eth0'",
            f"{F} rule 3 action 'drop'",
            f"{F} rule 3 inbound-interface name 'RED'",
            f"{F} rule 4 action 'drop'",
            f"{F} rule 4 inbound-interface group 'NOPE'",
        ),
    )
    first, second, third, fourth = device.filters["forward filter", 4].entries
    assert first.matches[0].in_interfaces is not None
    assert first.matches[0].in_interfaces.names == ("eth0", "pppoe*")
    assert second.matches[0].out_interfaces is not None
    assert second.matches[0].out_interfaces.negated
    assert third.matches[0].in_interfaces is not None
    assert third.matches[0].in_interfaces.names == ("eth1",)
    assert fourth.uncertain is not None
