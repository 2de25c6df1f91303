"""What the text of a FortiGate does not decide: unknown for exactly those packets (knowledge: filters, section 5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, device_of
from tests.fortinet.texts import (
    F22,
    F80,
    F443,
    INTERFACES,
    R443,
    SUBNET_BB,
    H,
    block,
    entry,
    line_of,
    policies,
    policy,
    tcp,
)

SETTINGS = "config system settings\n    set {}\nend\n"
ALLOW = policy(9, "accept")
REST = policy(8, "accept", "SSH")


def custom(name: str, *settings: str) -> str:
    return block("firewall service custom", entry(f'"{name}"', *settings))


UNDECIDED = [
    # identity, text beside the interfaces, number of the policy that does not decide; SSH passes by another one
    ("U1-word", policies(policy(1, "deny", "HTTPS", "frobnicate enable"), ALLOW)),
    ("U1-verb", policies(policy(1, "deny", "HTTPS").replace("set action", "sat action"), ALLOW)),
    ("U2-address", policies(policy(1, "deny", "HTTPS", dstaddr='"NOSUCH"'), ALLOW)),
    ("U2-service", policies(policy(1, "deny", "NOSUCH"), REST, ALLOW)),
    ("U2-interface", policies(policy(1, "deny", "HTTPS", srcintf='"NOSUCH"'), ALLOW)),
    ("U4-schedule", policies(policy(1, "deny", "HTTPS", schedule='"night"'), ALLOW)),
    (
        "U4-defined-schedule",
        block("firewall schedule recurring", entry('"always"', "day monday"), entry('"week"', "day sunday monday tuesday wednesday thursday friday saturday"))
        + policies(policy(1, "deny", "HTTPS"), ALLOW.replace('"always"', '"week"')),
    ),
    ("U5-internet-service", policies(policy(1, "deny", "", "internet-service enable", 'internet-service-name "Google-Web"', dstaddr=""), ALLOW)),
    ("U5-reputation", policies(policy(1, "deny", "HTTPS", "reputation-minimum 3"), ALLOW)),
    (
        "U5-country",
        block("firewall address", entry('"AU"', "type geography", 'country "AU"'))
        + policies(policy(1, "deny", "HTTPS", dstaddr='"AU"'), ALLOW),
    ),
    ("U6-group", policies(policy(1, "deny", "HTTPS", 'groups "staff"'), ALLOW)),
    ("U6-user", policies(policy(1, "deny", "HTTPS", 'users "eve"'), ALLOW)),
    ("U6-fsso", policies(policy(1, "deny", "HTTPS", "fsso enable"), ALLOW)),
    ("U6-profile", policies(policy(1, "accept", "HTTPS", "utm-status enable", 'application-list "default"'), REST)),
    ("U6-deep-inspection", policies(policy(1, "accept", "HTTPS", "utm-status enable", 'ssl-ssh-profile "deep-inspection"'), REST)),
    ("U7-tos", policies(policy(1, "deny", "HTTPS", "tos 0x10", "tos-mask 0xff"), ALLOW)),
    ("ipsec", policies(policy(1, "ipsec", "HTTPS", 'vpntunnel "hq"'), REST)),
    ("policy-without-a-service", policies(policy(1, "deny", ""), ALLOW)),
    ("policy-without-a-source", policies(policy(1, "deny", "HTTPS", srcaddr=""), ALLOW)),
    ("policy-without-an-interface", policies(policy(1, "deny", "HTTPS", srcintf=""), ALLOW)),
    ("U20-number-of-a-policy", policies(policy("x1", "deny", "HTTPS"), ALLOW)),
    ("U20-half-a-port-range", custom("P", "tcp-portrange 443-") + policies(policy(1, "deny", "P"), ALLOW)),
    ("U20-port", custom("P", "tcp-portrange 70000") + policies(policy(1, "deny", "P"), ALLOW)),
    ("U20-ports-in-the-wrong-order", custom("P", "tcp-portrange 450-440") + policies(policy(1, "deny", "P"), ALLOW)),
    ("service-by-destination", custom("P", "tcp-portrange 443", "iprange 104.192.141.1") + policies(policy(1, "deny", "P"), ALLOW)),
    (
        "U20-mask",
        block("firewall address", entry('"M"', "subnet 104.192.136.0 255.0.255.0"))
        + policies(policy(1, "deny", "HTTPS", dstaddr='"M"'), ALLOW),
    ),
    (
        "U20-range",
        block("firewall address", entry('"M"', "type iprange", "start-ip 104.192.141.9", "end-ip 104.192.141.1"))
        + policies(policy(1, "deny", "HTTPS", dstaddr='"M"'), ALLOW),
    ),
    (
        "group-that-holds-itself",
        block("firewall addrgrp", entry('"A"', 'member "B"'), entry('"B"', 'member "A"'))
        + policies(policy(1, "deny", "HTTPS", dstaddr='"A"'), ALLOW),
    ),
    (
        "group-without-members",
        block("firewall addrgrp", entry('"A"')) + policies(policy(1, "deny", "HTTPS", dstaddr='"A"'), ALLOW),
    ),
    (
        "word-in-an-address",
        block("firewall address", entry('"A"', "subnet 192.0.2.0 255.255.255.0", "frobnicate 1"))
        + policies(policy(1, "deny", "HTTPS", dstaddr='"A"'), ALLOW),
    ),
    (
        "all-beside-another",
        SUBNET_BB.replace("104.192.136.0 255.255.248.0", "192.0.2.0/24")
        + policies(policy(1, "deny", "HTTPS", dstaddr='"BB" "all"'), ALLOW),
    ),
    (
        "unusual-name",
        policies(policy(1, "deny", "HTTPS", dstaddr='"Größe ü"'), ALLOW),
    ),
]  # fmt: skip


@pytest.mark.parametrize("text", [c[1] for c in UNDECIDED], ids=[c[0] for c in UNDECIDED])
def test_only_what_the_policy_could_decide_is_unknown(text: str, tmp_path: Path) -> None:
    config = INTERFACES + text
    found = answer(tmp_path, "fortinet", config, "internal:wan1", **F443)
    assert isinstance(found, Answer)
    name = next(n for n in ("1", "x1") if f"    edit {n}\n" in text)
    assert (found.action, found.line) == ("unknown", line_of(config, name))
    if 'service "' in text.split("edit 9")[0] and 'service "NOSUCH"' not in text:
        probe = {**F22, "protocol": "udp"} if "tcp-portrange" in text else F22
        other = answer(tmp_path, "fortinet", config, "internal:wan1", **probe)
        assert isinstance(other, Answer)
        assert other.action == "permit"


WHOLE = [
    ("U21-policy-mode", SETTINGS.format("ngfw-mode policy-based") + policies(ALLOW)),
    ("U21-transparent", SETTINGS.format("opmode transparent") + policies(ALLOW)),
    ("U14-cut", policies(ALLOW).rpartition("end")[0]),
    (
        "U14-lost-heading",
        policies(ALLOW) + "cnfig firewall policy\n" + entry(1, "action deny") + "end\n",
    ),
    ("move-of-what-is-not-there", policies(ALLOW, "    move 7 before 9\n")),
    ("damaged-zone", block("system zone", entry('"Z"', 'interfaze "dmz"')) + policies(ALLOW)),
    ("section-not-closed", "config system dns\n    set primary 192.0.2.1\nxnd\n" + policies(ALLOW)),
]


@pytest.mark.parametrize("text", [c[1] for c in WHOLE], ids=[c[0] for c in WHOLE])
def test_nothing_is_known_about_the_policies(text: str, tmp_path: Path) -> None:
    found = answer(tmp_path, "fortinet", INTERFACES + text, "internal:wan1", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


def test_a_line_among_the_policies_keeps_its_place(tmp_path: Path) -> None:
    """What stands above a line that is not understood still decides; below it nothing does for certain."""
    text = INTERFACES + policies(policy(1, "accept", "SSH"), "    exit 5\n", ALLOW)
    for packet, action in ((F22, "permit"), (F443, "unknown")):
        found = answer(tmp_path, "fortinet", text, "internal:wan1", **packet)
        assert isinstance(found, Answer)
        assert found.action == action
    assert [u.text.strip() for u in device_of("fortinet", text).not_understood] == ["exit 5"]


def test_what_cannot_matter_leaves_the_answer_alone(tmp_path: Path) -> None:
    """An undecided policy that does what the next one does changes nothing."""
    text = INTERFACES + policies(policy(1, "accept", "HTTPS", 'groups "staff"'), ALLOW)
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", line_of(text, "9"))


def test_a_virtual_address_is_undecided_for_packets_to_it_only(tmp_path: Path) -> None:
    vip = block(
        "firewall vip", entry('"V"', "extip 104.192.141.1", 'extintf "any"', 'mappedip "10.20.9.9"')
    )
    text = INTERFACES + vip + policies(policy(1, "deny", "SSH"), ALLOW)
    for packet, action in (
        (F443, "unknown"),
        (tcp(443, "104.192.141.2"), "permit"),
        (R443, "permit"),
    ):
        found = answer(tmp_path, "fortinet", text, "internal:wan1", **packet)
        assert isinstance(found, Answer)
        assert found.action == action
    outside = INTERFACES + vip.replace('"any"', '"wan1"') + policies(ALLOW)
    found = answer(tmp_path, "fortinet", outside, "internal:wan1", **F443)
    assert isinstance(found, Answer)
    assert found.action == "permit"


def test_the_way_back_out_of_one_interface(tmp_path: Path) -> None:
    """`allow-traffic-redirect` forwards such packets without a policy, and its default depends on the release."""
    text = INTERFACES + policies(policy(1, "accept", "SSH", dstintf='"internal"'))
    asked = [(F22, "permit"), (F80, "unknown")]
    off = "config system global\n    set allow-traffic-redirect disable\nend\n"
    for config, packet, action in [(text, *a) for a in asked] + [(off + text, F80, "deny")]:
        found = answer(tmp_path, "fortinet", config, "internal:internal", **packet)
        assert isinstance(found, Answer)
        assert found.action == action


@pytest.mark.parametrize(
    ("word", "action"), [("allow", "permit"), ("deny", "deny"), ("maybe", "unknown")]
)
def test_packets_within_a_zone(word: str, action: str, tmp_path: Path) -> None:
    """The policies are asked first, then `intrazone` (Technical Tip, policy matching order)."""
    zone = block("system zone", entry('"Z"', 'interface "internal" "wan1"', f"intrazone {word}"))
    text = INTERFACES + zone + policies(policy(1, "deny", "SSH", srcintf='"any"', dstintf='"any"'))
    found = answer(tmp_path, "fortinet", text, "Z:Z", **F443)
    assert isinstance(found, Answer)
    assert found.action == action
    found = answer(tmp_path, "fortinet", text, "Z:Z", **F22)
    assert isinstance(found, Answer)
    assert found.action == "deny"


def test_very_many_interfaces_share_a_zone(tmp_path: Path) -> None:
    """Those that no policy names: a policy for any interface is for all of them alike."""
    many = [entry(f'"v{n}"', 'vdom "root"', f"ip 10.{n >> 8}.{n & 255}.1/24") for n in range(600)]
    text = block("system interface", *many) + policies(
        policy(1, "deny", "SSH", srcintf='"v1"', dstintf='"v2"'),
        policy(2, "accept", "ALL", srcintf='"any"', dstintf='"v2"'),
    )
    device = device_of("fortinet", text)
    assert len(device.filters) < 20
    zones = {i.name: i.zone.value for i in device.interfaces if i.zone is not None}
    assert (zones["v1"], zones["v7"]) == ("v1", zones["v599"])
    for name, action in (("v1:v2", "deny"), (f"{zones['v7']}:v2", "permit")):
        found = answer(tmp_path, "fortinet", text, name, **F22)
        assert isinstance(found, Answer)
        assert found.action == action


def test_very_long_lists(tmp_path: Path) -> None:
    hosts = [
        entry(f'"h{n}"', f"subnet 10.{n >> 8}.{n & 255}.1 255.255.255.255") for n in range(3000)
    ]
    members = " ".join(f'"h{n}"' for n in range(3000))
    groups = block("firewall addrgrp", entry('"G"', f"member {members}"))
    text = INTERFACES + block("firewall address", *hosts) + groups
    text += policies(policy(1, "deny", "ALL", dstaddr='"G"'), ALLOW)
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **tcp(443, "10.11.183.1"))
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", line_of(text, "1"))
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **tcp(443, H))
    assert isinstance(found, Answer)
    assert found.action == "permit"
