"""Load balancing on NX-OS: verdicts worked out by hand (knowledge: load balancing, section 2.3)."""

from __future__ import annotations

import pytest

from parsers.model.balancing import HashField, Spread, Stage
from tests.audit_text import brief, device_of, findings_of

N3K = "boot system bootflash:/n3000-uk9.6.0.2.U3.2.bin\n"
N9K = "boot nxos bootflash:/nxos.9.3.8.bin\n"
PP = "  ip load-sharing per-packet\n"
TWO = "ip route 0.0.0.0/0 203.0.113.2\nip route 0.0.0.0/0 198.51.100.2\n"
ONE = "ip route 0.0.0.0/0 203.0.113.2\n"


def port(number: int, address: str, extra: str = "") -> str:
    return f"interface Ethernet1/{number}\n  no switchport\n  ip address {address}\n{extra}  no shutdown\n"


def dlb(*lines: str) -> str:
    return "hardware profile dlb\n" + "".join(f"  {line}\n" for line in lines)


LAN, UP2, UP3 = port(1, "10.20.1.1/24"), port(2, "203.0.113.1/30"), port(3, "198.51.100.1/30")
LAN_PP, UP2_PP = port(1, "10.20.1.1/24", PP), port(2, "203.0.113.1/30", PP)
BASE = LAN + UP2 + UP3 + TWO
BOTH = "dlb-interface Eth1/2 , Eth1/3"

ACTIVE = {("LB001", "critical", "fail")}
PARTLY = {("LB001", "medium", "fail")}
LATENT = {("LB001", "low", "fail")}
UNKNOWN = {("LB001", "critical", "unknown")}
HAZARD = {("LB002", "medium", "fail")}
NOTHING: set[tuple[str, str, str]] = set()

CASES = [
    ("18-input-interface", N3K + LAN_PP + UP2 + UP3 + TWO, ACTIVE),
    ("18-release-tells", "version 6.0(2)U3(2)\n" + LAN_PP + UP2 + UP3 + TWO, ACTIVE),
    ("18-one-way", N3K + LAN_PP + UP2 + UP3 + ONE, LATENT),
    ("18-taken-back", N3K + LAN_PP + "  no ip load-sharing per-packet\n" + UP2 + UP3 + TWO, NOTHING),
    ("19-uplink-only", N3K + LAN + UP2_PP + UP3 + TWO, LATENT),
    ("other-hardware", N9K + LAN_PP + UP2 + UP3 + TWO, UNKNOWN),
    (
        "20-hash",
        BASE + "ip load-sharing address source-destination port source-destination"
        " universal-id 1 rotate 32\n",
        NOTHING,
    ),
    ("default-hash", BASE, NOTHING),
    ("global-word-unknown", BASE + "ip load-sharing per-packet\n", UNKNOWN),
    ("21-dlb-per-packet", BASE + dlb("mode per-packet", BOTH, "mac-address 00:cc:cc:cc:cc:cd"), ACTIVE),
    ("dlb-one-interface-a-line", BASE + dlb("dlb-interface Eth1/2", "dlb-interface Eth1/3", "mode per-packet"), ACTIVE),
    ("dlb-all", BASE + dlb("mode per-packet", "dlb-interface all"), ACTIVE),
    ("dlb-on-one-uplink", BASE + dlb("mode per-packet", "dlb-interface Eth1/2"), PARTLY),
    ("dlb-elsewhere", BASE + dlb("mode per-packet", "dlb-interface Eth1/8 , Eth1/9"), LATENT),
    ("dlb-default-is-flowlet", BASE + dlb(BOTH), HAZARD),
    ("dlb-flowlet", BASE + dlb("mode flowlet", BOTH, "flowlet-aging 1024"), HAZARD),
    ("dlb-policy-driven", BASE + dlb("mode policy-driven per-packet", BOTH), UNKNOWN),
    ("dlb-mode-unknown", BASE + dlb("mode frob", BOTH), UNKNOWN),
    ("dlb-line-unknown", BASE + dlb("frob on", BOTH), UNKNOWN),
    ("bundle-hash", BASE + "port-channel load-balance src-dst ip-l4port\n", NOTHING),
    ("floating", N3K + LAN_PP + UP2 + UP3 + ONE + "ip route 0.0.0.0/0 198.51.100.2 250\n", LATENT),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_verdict(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cisco_nxos", config), "LB") == expected


def test_hash_fields() -> None:
    line = (
        "ip load-sharing address source-destination port destination rotate 4 universal-id 9 ttl\n"
    )
    choice = next(c for c in device_of("cisco_nxos", line).path_choices if c.where)
    assert (choice.stage, choice.spread) == (Stage.ECMP, Spread.FLOW)
    assert choice.fields == {HashField.SRC, HashField.DST, HashField.DST_PORT, HashField.TTL}


def test_show_version_tells_the_hardware() -> None:
    shown = "Cisco Nexus Operating System (NX-OS) Software\n  cisco Nexus 3064 Chassis\n"
    found = findings_of("cisco_nxos", LAN_PP + UP2 + UP3 + TWO, show_version=shown)
    assert brief(found, "LB") == ACTIVE


def test_the_device_says_that_it_does_not_spread() -> None:
    """Case 25: `show ip interface` beats a statement whose effect the hardware decides."""
    shown = (
        'IP Interface Status for VRF "default"(1)\n'
        "Ethernet1/1, Interface status: protocol-up/link-up/admin-up, iod: 5,\n"
        "  IP address: 10.20.1.1, IP subnet: 10.20.1.0/24\n"
        "  IP load sharing: none\n"
    )
    found = findings_of("cisco_nxos", N9K + LAN_PP + UP2 + UP3 + TWO, show_ip_interface=shown)
    assert brief(found, "LB") == LATENT
