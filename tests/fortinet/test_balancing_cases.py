"""Load balancing on FortiOS: verdicts worked out by hand (knowledge: load balancing, 13.1 and 15)."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, findings_of
from tests.fortinet.texts import block, entry, policies, policy

LAN = entry('"internal"', 'vdom "root"', "ip 10.20.1.1 255.255.255.0", "type physical")
WANS = (
    entry('"wan1"', 'vdom "root"', "ip 203.0.113.2 255.255.255.252", "type physical")
    + entry('"wan2"', 'vdom "root"', "ip 198.51.100.2 255.255.255.252", "type physical")
)  # fmt: skip
KEPT = WANS.replace("type physical", "type physical\n        set preserve-session-route enable")
TUNNELS = "".join(
    entry(f'"vpn{n}"', 'vdom "root"', "type tunnel", f'interface "wan{n}"') for n in (1, 2)
)
AGGREGATE = entry('"agg"', 'vdom "root"', "type tunnel", "ip 192.0.2.1 255.255.255.255")


def phases(first: str, second: str) -> str:
    return block(
        "vpn ipsec phase1-interface",
        entry('"vpn1"', 'interface "wan1"', f"remote-gw {first}", "aggregate-member enable"),
        entry('"vpn2"', 'interface "wan2"', f"remote-gw {second}", "aggregate-member enable"),
    )


def aggregate(*more: str) -> str:
    return block("system ipsec-aggregate", entry('"agg"', 'member "vpn1" "vpn2"', *more))


OVER = block("router static", entry(1, 'device "agg"'))
HUBS = block("system interface", LAN, WANS, TUNNELS, AGGREGATE) + phases("192.0.2.10", "192.0.2.20")
HUB = block("system interface", LAN, WANS, TUNNELS, AGGREGATE) + phases("192.0.2.10", "192.0.2.10")
TWO = block(
    "router static",
    entry(1, "gateway 203.0.113.1", 'device "wan1"'),
    entry(2, "gateway 198.51.100.1", 'device "wan2"'),
)
SDWAN = (
    "config system sdwan\n    set status enable\n    config members\n"
    '        edit 1\n            set interface "wan1"\n            set gateway 203.0.113.1\n        next\n'
    '        edit 2\n            set interface "wan2"\n            set gateway 198.51.100.1\n        next\n    end\n'
    '    config service\n        edit 1\n            set mode {}\n            set dst "all"\n        next\n    end\nend\n'
)
STEERED = block("router static", entry(1, "sdwan enable"))
OUT = policy(1, "accept", dstintf='"virtual-wan-link"')
PLAIN, TRANSLATED = (
    policies(OUT),
    policies(OUT.replace("set action", "set nat enable\n        set action")),
)

ACTIVE = {("LB001", "critical", "fail")}
HAZARD = {("LB001", "medium", "fail")}
MOVES = {("LB004", "medium", "fail")}
NOTHING: set[tuple[str, str, str]] = set()

CASES = [
    ("107-two-hubs", HUBS + aggregate() + OVER, ACTIVE),
    ("107-written-out", HUBS + aggregate("algorithm round-robin") + OVER, ACTIVE),
    ("107-weighted", HUBS + aggregate("algorithm weighted-round-robin") + OVER, ACTIVE),
    ("108-one-hub", HUB + aggregate() + OVER, HAZARD),
    ("aggregate-by-flow", HUBS + aggregate("algorithm L4") + OVER, NOTHING),
    ("aggregate-redundant", HUBS + aggregate("algorithm redundant") + OVER, NOTHING),
    ("112-steered", block("system interface", LAN, WANS) + SDWAN.format("sla") + STEERED + PLAIN, MOVES),
    ("112-kept", block("system interface", LAN, KEPT) + SDWAN.format("sla") + STEERED + PLAIN, NOTHING),
    ("112-translated", block("system interface", LAN, WANS) + SDWAN.format("sla") + STEERED + TRANSLATED, NOTHING),
    (
        "112-translated-sessions-move-too",
        "config system global\n    set snat-route-change enable\nend\n"
        + block("system interface", LAN, WANS) + SDWAN.format("sla") + STEERED + TRANSLATED,
        MOVES,
    ),
    ("112-manual", block("system interface", LAN, WANS) + SDWAN.format("manual") + STEERED + PLAIN, NOTHING),
    ("ecmp", block("system interface", LAN, WANS) + TWO, NOTHING),
    (
        "ecmp-weights",
        block("system interface", LAN, WANS) + TWO + "config system settings\n    set v4-ecmp-mode weight-based\nend\n",
        NOTHING,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_case(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("fortinet", text), "LB") == expected
