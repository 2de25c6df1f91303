"""Load balancing on EOS: verdicts worked out by hand (knowledge: load balancing, section 4)."""

from __future__ import annotations

import pytest

from parsers.model.balancing import HashField, Spread, Stage
from tests.audit_text import brief, device_of, findings_of

LAN = "interface Vlan20\n   ip address 10.20.1.1/24\n"
UP1 = "interface Ethernet1\n   no switchport\n   ip address 203.0.113.1/30\n"
UP2 = "interface Ethernet2\n   no switchport\n   ip address 198.51.100.1/30\n"
ROUTING = "ip routing\n"
TWO = "ip route 0.0.0.0/0 203.0.113.2\nip route 0.0.0.0/0 198.51.100.2\n"
ONE = "ip route 0.0.0.0/0 203.0.113.2\n"
BASE = LAN + UP1 + UP2 + ROUTING
DLB = "ip hardware fib load-balance distribution dynamic\n"

HAZARD = {("LB002", "medium", "fail")}
UNKNOWN = {("LB001", "critical", "unknown")}
NOTHING: set[tuple[str, str, str]] = set()

CASES = [
    ("51-maximum-paths", BASE + TWO + "router bgp 65001\n   maximum-paths 4 ecmp 4\n", NOTHING),
    ("53-dlb", BASE + TWO + DLB, HAZARD),
    ("53-dlb-size", BASE + TWO + DLB.strip() + " flow-set-size 4\n", HAZARD),
    ("53-dlb-one-path", BASE + ONE + DLB, NOTHING),
    ("53-dlb-other-words", BASE + TWO + DLB.strip() + " member-selection always\n", UNKNOWN),
    (
        "54-path-selection",
        BASE + TWO + "router path-selection\n   load-balance policy LB-DEFAULT\n",
        NOTHING,
    ),
    ("default-hash", BASE + TWO, NOTHING),
    (
        "layer-4-hash",
        BASE
        + TWO
        + "ip load-sharing trident fields ip source-ip destination-ip source-port dst-port\n",
        NOTHING,
    ),
    (
        "ttl-in-hash",
        BASE + TWO + "ip load-sharing trident fields ip source-ip destination-ip ttl\n",
        HAZARD,
    ),
    (
        "flow-label-not-in-ipv4",
        BASE + TWO + "ip load-sharing trident fields ipv6 source-ip destination-ip flow-label\n",
        NOTHING,
    ),
    ("hash-word-unknown", BASE + TWO + "ip load-sharing trident fields ip frob\n", UNKNOWN),
    (
        "random-profile",
        BASE
        + TWO
        + "load-balance policies\n   load-balance fm6000 profile F\n      distribution random\n",
        UNKNOWN,
    ),
    (
        "flows-in-turn",
        BASE + TWO + "load-balance cluster\n   load-balance method flow round-robin\n",
        NOTHING,
    ),
    (
        "cluster-other-method",
        BASE + TWO + "load-balance cluster\n   load-balance method packet frob\n",
        UNKNOWN,
    ),
    (
        "all-ecmp-in-kernel",
        BASE + TWO + "agent KernelFib environment KERNELFIB_PROGRAM_ALL_ECMP=1\n",
        NOTHING,
    ),
    (
        "resilience",
        BASE + TWO + "ip hardware fib ecmp resilience 0.0.0.0/0 capacity 64 redundancy 2\n",
        NOTHING,
    ),
]


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("arista_eos", config), "LB") == expected


def test_bundle_hash_is_stated_for_every_port_channel() -> None:
    config = (
        "port-channel load-balance trident fields ip source-ip destination-ip ttl\n"
        "interface Port-Channel1\n   no switchport\ninterface Port-Channel2\n   no switchport\n"
    )
    found = [c for c in device_of("arista_eos", config).path_choices if c.stage is Stage.BUNDLE]
    assert [c.interface for c in found] == ["Port-Channel1", "Port-Channel2"]
    assert found[0].fields == {HashField.SRC, HashField.DST, HashField.TTL}
    assert found[0].where == ("r1.cfg", 1)


def test_unknown_statement_stays_not_understood() -> None:
    device = device_of("arista_eos", "port-channel load-balance frob quux\n")
    assert [u.text for u in device.not_understood] == ["port-channel load-balance frob quux"]
    assert device.path_choices[0].spread is Spread.UNKNOWN
