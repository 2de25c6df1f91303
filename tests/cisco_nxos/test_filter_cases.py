"""Filters of NX-OS: verdicts worked out by hand from the vendor's semantics."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, brief, findings_of

C, H = "10.20.1.5", "104.192.141.1"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
ACK = {**F443, "tcp_flags": ["ack"]}
U53 = {"src": C, "dst": H, "protocol": "udp", "src_port": 5000, "dst_port": 53}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
NS = {**P6, "icmp_type": 135}
FRAG, UFRAG = {**F443, "fragment": True}, {**U53, "fragment": True}

T055 = "fragments permit-all|10 deny tcp any any eq 22|20 permit tcp any any eq 443"
LISTS = [
    # identity, list, packet, action, line of the list counted from 1 (None: the last action)
    ("port", "10 deny tcp any any eq 22|20 permit ip any any", F22, "deny", 1),
    ("port-of-another", "10 deny tcp any any eq 22|20 permit ip any any", F443, "permit", 2),
    ("www", "10 permit tcp any any eq www", F80, "permit", 1),
    ("https-is-no-name-here", "10 deny tcp any any eq https|20 permit ip any any", F443, "unknown", 1),
    ("one-port-each", "10 deny tcp any any eq 22 443|20 permit ip any any", F443, "unknown", 1),
    ("prefix", "10 deny ip any 104.192.136.0/21|20 permit ip any any", F443, "deny", 1),
    ("wildcard", "10 deny ip any 104.192.136.0 0.0.7.254|20 permit ip any any", F443, "permit", 2),
    ("range-backwards", "10 permit tcp any any range 450 440", F443, "permit", 1),
    ("number-order", "20 permit ip any any|10 deny tcp any any eq 443", F443, "deny", 2),
    ("unnumbered-after-last", "20 deny ip any any|permit ip any any", F443, "deny", 1),
    ("remark-with-number", "5 remark x|10 permit ip any any", F443, "permit", 2),
    ("statistics", "statistics per-entry|10 permit tcp any any eq 443", F443, "permit", 2),
    ("established", "10 permit tcp any any established", F443, "deny", None),
    ("established-answer", "10 permit tcp any any established", R443, "permit", 1),
    ("flags-mask-ack", "10 permit tcp any any ack tcp-flags-mask 47", ACK, "permit", 1),
    ("flags-mask-syn", "10 permit tcp any any ack tcp-flags-mask 47", F443, "deny", None),
    ("flags-mask-all-zero", "10 deny tcp any any syn tcp-flags-mask 0|20 permit ip any any", R443, "permit", 2),
    ("flags-mask-wrong", "10 deny tcp any any ack tcp-flags-mask 64|20 permit ip any any", ACK, "unknown", 1),
    ("several-flags", "10 deny tcp any any syn ack|20 permit ip any any", F443, "unknown", 1),
    ("ttl", "10 deny ip any any ttl 40|20 permit ip any any", F443, "unknown", 1),
    ("precedence", "10 deny ip any any precedence critical|20 permit ip any any", F443, "unknown", 1),
    ("packet-length", "10 deny ip any any packet-length range 500 600|20 permit ip any any", F443, "unknown", 1),
    ("packet-length-elsewhere", "10 deny tcp any any eq 22 packet-length gt 300|20 permit ip any any", F443, "permit", 2),
    ("http-method", "10 deny tcp any any http-method get|20 permit ip any any", F443, "unknown", 1),
    ("vni", "10 deny udp any any nve vni 10000|20 permit ip any any", U53, "unknown", 1),
    ("vni-is-udp", "10 deny udp any any nve vni 10000|20 permit ip any any", F443, "permit", 2),
    ("time-range", "10 deny tcp any any eq 443 time-range NIGHT|20 permit ip any any", F443, "unknown", 1),
    ("either-way", "10 permit ip any any dscp ef|20 permit ip any any", F443, "permit", 2),
    ("log", "10 permit tcp any any eq 443 log", F443, "permit", 1),
    ("igmp-word", "10 deny igmp any any host-query|20 permit ip any any", F443, "permit", 2),
    ("igmp-number", "10 deny igmp any any 5|20 permit ip any any", F443, "permit", 2),
    ("redirect", "10 permit ip any any redirect Ethernet1/9|20 deny ip any any", F443, "unknown", 1),
    ("garbled", "10 deny tcp any any eq 443 frob|20 permit ip any any", F443, "unknown", 1),
    ("garbled-elsewhere", "10 deny tcp any 192.0.2.0/24 eq 22 frob|20 permit ip any any", F443, "permit", 2),
    ("ends-early", "10 deny tcp|20 permit ip any any", F443, "unknown", 1),
    ("icmp-number", "10 permit icmp any any 3 4", P4, "permit", 1),
    ("icmp-name", "10 permit icmp any any packet-too-big", P4, "permit", 1),
    ("T41-pmtud", "10 deny icmp any any packet-too-big|20 permit ip any any", P4, "deny", 1),
    ("other-unreachable", "10 deny icmp any any host-unreachable|20 permit ip any any", P4, "permit", 2),
    ("fragment-deny-layer-4", "10 deny tcp any any eq 443|20 permit ip any any", FRAG, "permit", 2),
    ("fragment-permit-layer-4", "10 permit tcp any any eq 443", FRAG, "permit", 1),
    ("fragments-word", "10 deny ip any any fragments|20 permit ip any any", FRAG, "deny", 1),
    ("T055-tcp", T055, FRAG, "permit", 3),
    ("T055-udp", T055, UFRAG, "unknown", 1),
    ("T055-udp-whole", T055, U53, "deny", None),
    ("deny-all-fragment", "fragments deny-all|10 permit tcp any any eq 443", FRAG, "unknown", 1),
    ("deny-all-agrees", "fragments deny-all|10 permit tcp any any eq 443", UFRAG, "deny", None),
    ("deny-all-whole", "fragments deny-all|10 permit tcp any any eq 443", F443, "permit", 2),
    ("ignore-routable", "ignore routable|10 permit ip any any", F443, "unknown", None),
    ("empty", "statistics per-entry", F443, "permit", None),
    ("twice-one-number", "10 deny tcp any any eq 443|10 permit ip any any", F443, "deny", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "packet", "action", "entry"), [c[1:] for c in LISTS], ids=[c[0] for c in LISTS]
)
def test_access_list(
    tmp_path: Path, entries: str, packet: dict[str, object], action: str, entry: int | None
) -> None:
    config = "hostname r1\nip access-list A\n" + "".join(f"  {e}\n" for e in entries.split("|"))
    found = answer(tmp_path, "cisco_nxos", config, "A", **packet)
    assert isinstance(found, Answer)
    assert found.action == action
    if action != "unknown" or entry is not None:
        assert found.line == (None if entry is None else entry + 2)


@pytest.mark.parametrize("indent", ["  ", "", "\t"])
def test_a_list_without_indentation_reads_the_same(tmp_path: Path, indent: str) -> None:
    config = f"ip access-list A\n{indent}10 deny tcp any any eq 22\n{indent}20 permit ip any any\n"
    found = answer(tmp_path, "cisco_nxos", config + "hostname r1\n", "A", **F22)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", 2)


def test_a_comment_at_the_margin_does_not_end_a_list(tmp_path: Path) -> None:
    config = "ip access-list A\n  20 permit ip any any\n! changed\n  10 deny ip any any\n"
    found = answer(tmp_path, "cisco_nxos", config, "A", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", 4)


V6 = [
    ("port", "", "10 permit tcp any any eq 443", S443, "permit"),
    ("prefix", "", "10 deny ipv6 any 2401:1d80:3000::/36|20 permit ipv6 any any", S443, "deny"),
    ("unreachable-is-another-type", "", "10 permit icmp any any unreachable", P6, "deny"),
    ("too-big", "", "10 permit icmp any any packet-too-big", P6, "permit"),
    ("nd-must-be-written", "boot nxos bootflash:/nxos.9.3.8.bin\n", "10 permit tcp any any", NS, "deny"),
    ("nd-may-be-implicit", "boot system bootflash:/n7000-s2-dk9.6.2.16.bin sup-1\n", "10 permit tcp any any", NS, "unknown"),
    ("nd-named", "", "10 permit icmp any any nd-ns", NS, "permit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "entries", "packet", "action"), [c[1:] for c in V6], ids=[c[0] for c in V6]
)
def test_ipv6_access_list(
    tmp_path: Path, before: str, entries: str, packet: dict[str, object], action: str
) -> None:
    config = f"{before}ipv6 access-list A\n" + "".join(f"  {e}\n" for e in entries.split("|"))
    found = answer(tmp_path, "cisco_nxos", config, "A", **packet)
    assert isinstance(found, Answer)
    assert found.action == action


GROUPS = [
    # the two-address form of a group is address and wildcard: bit 0 of 254 must be equal
    ("T059", "object-group ip address BB\n  10 104.192.136.0 0.0.7.254\n", H, "permit"),
    ("T059-even", "object-group ip address BB\n  10 104.192.136.0 0.0.7.254\n", "104.192.141.2", "deny"),
    ("prefix", "object-group ip address BB\n  104.192.136.0/21\n", H, "deny"),
    ("host", f"object-group ip address BB\n  10 host {H}\n", H, "deny"),
    ("undefined", "", H, "unknown"),
    ("empty", "object-group ip address BB\n", H, "unknown"),
    ("member-garbled", "object-group ip address BB\n  10 host 192.0.2.1\n  20 104.192.136\n", H, "unknown"),
    ("member-known", f"object-group ip address BB\n  10 host {H}\n  20 frob\n", H, "deny"),
    ("after-the-list", "", H, "deny"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "group", "dst", "action"), GROUPS, ids=[c[0] for c in GROUPS])
def test_address_group(tmp_path: Path, name: str, group: str, dst: str, action: str) -> None:
    config = group + "ip access-list A\n  10 deny ip any addrgroup BB\n  20 permit ip any any\n"
    if name == "after-the-list":
        config += "object-group ip address BB\n  10 104.192.136.0/21\n"
    found = answer(tmp_path, "cisco_nxos", config, "A", **tcp(443, dst))
    assert isinstance(found, Answer)
    assert found.action == action


def test_port_and_ipv6_groups(tmp_path: Path) -> None:
    config = (
        "object-group ip port WEB\n  10 eq 80\n  20 range 440 450\n"
        "object-group ipv6 address BB6\n  10 2401:1d80:3000::/36\n"
        "ip access-list A\n  10 permit tcp any any portgroup WEB\n"
        "ipv6 access-list B\n  10 permit tcp any addrgroup BB6 portgroup WEB\n"
    )
    for name, packet, action in (
        ("A", F443, "permit"), ("A", F22, "deny"), ("B", S443, "permit"),
        ("B", tcp(22, H6, C6), "deny"),
    ):  # fmt: skip
        found = answer(tmp_path, "cisco_nxos", config, name, **packet)
        assert isinstance(found, Answer)
        assert found.action == action, (name, packet)


LAN = "interface Ethernet1/1\n  no switchport\n  ip address 10.20.1.1/24\n  no shutdown\n"
WAN = "interface Ethernet1/2\n  no switchport\n  ip address 203.0.113.1/30\n  no shutdown\n"
SVI = "interface Vlan20\n  ip address 10.20.1.1/24\n  no shutdown\n"
DEFAULT = "ip route 0.0.0.0/0 203.0.113.2\n"
DENY = "ip access-list A\n  10 deny tcp any any eq 443\n  20 permit ip any any\n"
DENIED = {("ACL001", "high", "fail")}
RECOGNISED = {("ACL006", "high", "unknown")}
NOTHING: set[tuple[str, str, str]] = set()

BOUND = [
    ("routed-port", LAN + "  ip access-group A in\n" + WAN + DEFAULT + DENY, DENIED),
    ("svi", SVI + "  ip access-group A in\n" + WAN + DEFAULT + DENY, DENIED),
    (
        "T057-switchport",
        SVI + WAN + DEFAULT + DENY
        + "interface Ethernet1/3\n  switchport access vlan 20\n  ip access-group A in\n",
        NOTHING,
    ),
    ("undefined", LAN + "  ip access-group NO in\n" + WAN + DEFAULT, NOTHING),
    ("line-vty-is-not-transit", LAN + WAN + DEFAULT + DENY + "line vty\n  access-class A in\n", NOTHING),
    (
        "port-list-on-access-port",
        SVI + WAN + DEFAULT + DENY
        + "interface Ethernet1/3\n  switchport access vlan 20\n  ip port access-group A in\n",
        RECOGNISED,
    ),
    (
        "port-list-off-the-path",
        SVI + "interface Vlan30\n  no shutdown\n" + WAN + DEFAULT + DENY
        + "interface Ethernet1/3\n  switchport access vlan 30\n  ip port access-group A in\n",
        NOTHING,
    ),
    (
        "port-list-on-trunk",
        SVI + WAN + DEFAULT + DENY
        + "interface Ethernet1/3\n  switchport mode trunk\n  ip port access-group A in\n",
        RECOGNISED,
    ),
    (
        "qos-that-drops",
        LAN + "  service-policy type qos input Q\n" + WAN + DEFAULT
        + "policy-map type qos Q\n  class C\n    police cir 1 mbps conform drop\n",
        RECOGNISED,
    ),
    (
        "qos-that-polices",
        LAN + "  service-policy type qos input Q\n" + WAN + DEFAULT
        + "policy-map type qos Q\n  class C\n    police cir 1 mbps conform transmit violate drop\n",
        NOTHING,
    ),
    ("interface-range", "interface Ethernet1/1-2\n  no switchport\n  ip access-group A in\n" + LAN + WAN + DEFAULT + DENY, DENIED),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in BOUND], ids=[c[0] for c in BOUND])
def test_binding(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cisco_nxos", config), "ACL") == expected


MAPPED = "vlan filter M vlan-list 19-21\ninterface Vlan19\n  no shutdown\ninterface Vlan21\n"
MATCH = "ip access-list X\n  10 permit tcp any any eq 443\n"
REST = "ip access-list Y\n  10 permit ip any any\n"
DROP = "vlan access-map M 10\n  match ip address X\n  action drop\n"
FORWARD = "vlan access-map M 20\n  match ip address Y\n  action forward\n"
MAPS = [
    ("drops", MATCH + REST + DROP + FORWARD, DENIED),
    ("order-is-by-number", MATCH + REST + FORWARD + DROP, DENIED),
    ("forwards", REST + FORWARD, NOTHING),
    ("a-list-that-denies-goes-on", "ip access-list X\n  10 deny tcp any any\n" + REST + DROP + FORWARD, NOTHING),
    ("redirect", REST + "vlan access-map M 10\n  match ip address Y\n  action redirect Ethernet1/9\n", {("ACL001", "high", "unknown")}),
    ("not-understood", REST + FORWARD.replace("match ip address Y", "match frob"), {("ACL001", "high", "unknown")}),
    ("map-not-defined", REST, NOTHING),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in MAPS], ids=[c[0] for c in MAPS])
def test_vlan_map(config: str, expected: set[tuple[str, str, str]]) -> None:
    found = brief(findings_of("cisco_nxos", SVI + WAN + DEFAULT + MAPPED + config), "ACL001")
    assert found == expected
