"""Access lists of IOS-XR: verdicts worked out by hand from the vendor's semantics."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.filters import Action, Symptom
from tests.audit_text import answer, brief, device_of, findings_of

C, C2, H, H3 = "10.20.1.5", "10.20.1.6", "104.192.141.1", "18.205.93.3"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"
B1 = "104.192.136.0/21"
ABF = "permit tcp any any eq 443 nexthop1 ipv4 192.0.2.9"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
BACK = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
NS = {**P6, "icmp_type": 135}
FRAG = {**F443, "fragment": True}

CASES = [
    # identity, entries, packet, action, entry (None: the implicit last action)
    ("T061-22", f"10 deny tcp any {B1} eq ssh|20 permit ipv4 any any", F22, "deny", 1),
    ("T061-443", f"10 deny tcp any {B1} eq ssh|20 permit ipv4 any any", F443, "permit", 2),
    ("T062", f"10 {ABF}|20 permit ipv4 any any", F443, "permit", 1),
    ("T062-vrf", "10 permit tcp any any nexthop1 vrf B ipv4 192.0.2.9 nexthop2 ipv4 192.0.2.8", F443, "permit", 1),
    ("deny-with-next-hop", "10 deny tcp any any nexthop1 ipv4 192.0.2.9|20 permit ipv4 any any", F443, "unknown", 1),
    ("wildcard", "10 deny ipv4 any 104.192.136.0 0.0.7.254|20 permit ipv4 any any", F443, "permit", 2),
    ("wildcard-hit", "10 deny ipv4 any 104.192.136.0 0.0.7.254|20 permit ipv4 any any", tcp(443, "104.192.141.2"), "deny", 1),
    ("source-port", "10 permit tcp any eq 443 any", F443, "deny", None),
    ("source-port-back", "10 permit tcp any eq 443 any", BACK, "permit", 1),
    ("established-syn", "10 permit tcp any any established", F443, "deny", None),
    ("established-back", "10 permit tcp any any established", BACK, "permit", 1),
    ("sequence-order", "20 deny ipv4 any any|10 permit tcp any any eq 443", F443, "permit", 2),
    ("no-numbers", "permit tcp any any eq 443|deny ipv4 any any", F80, "deny", 2),
    ("remark", "10 remark eq 443|20 permit tcp any any eq https", F443, "permit", 2),
    ("capture-log", "10 permit tcp any any eq 443 log capture", F443, "permit", 1),
    ("icmp-off", "10 deny tcp any any icmp-off|20 permit ipv4 any any", F443, "deny", 1),
    ("ttl", "10 deny tcp any any ttl eq 5|20 permit ipv4 any any", F443, "unknown", 1),
    ("ttl-of-others", "10 deny udp any any ttl range 1 5|20 permit ipv4 any any", F443, "permit", 2),
    ("packet-length", "10 deny ipv4 any any packet-length range 0 100|20 permit ipv4 any any", F443, "unknown", 1),
    ("fragment-type", "10 deny ipv4 any any fragment-type dont-fragment|20 permit ipv4 any any", F443, "unknown", 1),
    ("udf", "10 deny ipv4 any any udf vlan 0x1 0xfff|20 permit ipv4 any any", F443, "unknown", 1),
    ("udf-before-permit", "10 permit ipv4 any any udf vlan 0x1 0xfff set ttl 9|20 permit ipv4 any any", F443, "permit", 2),
    ("police", "10 permit tcp any any police 10 kbps", F443, "unknown", 1),
    ("dscp", "10 deny ipv4 any any dscp ef|20 permit ipv4 any any", F443, "unknown", 1),
    ("authen", "10 deny ipv4 any any authen|20 permit ipv4 any any", F443, "unknown", 1),
    ("counter", "10 permit tcp any any eq 443 counter WEB", F443, "permit", 1),
    ("port-list-unverified", "10 permit tcp any any eq 443 80", F443, "unknown", 1),
    ("unknown-word", "10 deny tcp any any eq 443 foo|20 permit ipv4 any any", F443, "unknown", 1),
    ("unknown-word-elsewhere", "10 deny udp any any foo|20 permit ipv4 any any", F443, "permit", 2),
    ("damaged-action", "10 denyx ipv4 any any|20 permit ipv4 any any", F443, "unknown", 1),
    ("fragments-keyword", "10 deny ipv4 any any fragments|20 permit ipv4 any any", FRAG, "deny", 1),
    ("later-fragment-disputed", "10 permit tcp any any eq 443", FRAG, "unknown", 1),
    ("ptb", "10 permit icmp any any packet-too-big", P4, "permit", 1),
    ("ptb-by-unreachable", "10 permit icmp any any unreachable", P4, "permit", 1),
    ("ptb-other-code", "10 permit icmp any any 3 3", P4, "deny", None),
    ("no-entries", "10 remark only", F443, "permit", None),
    ("undefined-net-group", "10 deny ipv4 net-group NOSUCH any|20 permit ipv4 any any", F443, "unknown", 1),
    ("undefined-port-group", "10 deny tcp any any port-group NOSUCH|20 permit ipv4 any any", F443, "unknown", 1),
]  # fmt: skip


@pytest.mark.parametrize("form", ["block", "one-line"])
@pytest.mark.parametrize(
    ("entries", "packet", "action", "entry"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_list(
    tmp_path: Path,
    entries: str,
    packet: dict[str, object],
    action: str,
    entry: int | None,
    form: str,
) -> None:
    lines = entries.split("|")
    if form == "block":
        texts = ["ipv4 access-list A", *(f" {line}" for line in lines)]
        shift = 2
    else:
        texts = [f"ipv4 access-list A {line}" for line in lines]
        shift = 1
    found = answer(tmp_path, "cisco_xr", "\n".join(["hostname r1", *texts]), "A", **packet)
    assert isinstance(found, Answer)
    expected = (action, None if entry is None else entry + shift)
    assert (found.action, found.line) == expected


V6 = "ipv6 access-list V6\n 10 permit tcp 2001:db8:20::/48 2401:1d80:3000::/36 eq 443\n"


@pytest.mark.parametrize(
    ("packet", "action", "line"),
    [
        (tcp(443, H6, C6), "permit", 2),
        (tcp(22, H6, C6), "deny", None),
        (P6, "deny", None),  # only neighbour discovery is implicitly permitted
        (NS, "permit", None),
    ],
)
def test_ipv6_list(
    tmp_path: Path, packet: dict[str, object], action: str, line: int | None
) -> None:
    found = answer(tmp_path, "cisco_xr", V6, "V6", **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, line)


GROUPS = """object-group network ipv4 BB
 104.192.136.0/21
 range 18.205.93.0 18.205.93.7
 object-group MORE
!
object-group network ipv6 BB
 2401:1d80:3000::/36
!
object-group network ipv4 MORE
 host 185.166.143.10
!
object-group network ipv4 HOLLOW
!
object-group port WEB
 eq 443
 range 8000 8010
 object-group SECURE
!
object-group port SECURE
 eq ssh
!
object-group port HOLLOW
!
ipv4 access-list A
 10 permit tcp any net-group BB port-group WEB
!
ipv6 access-list A
 10 permit tcp any net-group BB port-group WEB
 20 deny ipv6 any any
!
ipv4 access-list B
 10 permit tcp any net-group HOLLOW
!
ipv4 access-list C
 10 permit tcp any any port-group HOLLOW
!
ipv6 access-list D
 10 permit tcp any net-group MORE
"""


@pytest.mark.parametrize(
    ("name", "packet", "action"),
    [
        ("A", F443, "permit"),
        ("A", F22, "permit"),
        ("A", tcp(8005, H3), "permit"),
        ("A", tcp(443, "185.166.143.10"), "permit"),
        ("A", F80, "deny"),
        ("A", tcp(443, "18.205.93.8"), "deny"),
        ("A", tcp(443, H6, C6), "permit"),
        ("A", tcp(80, H6, C6), "deny"),
        ("B", F443, "unknown"),
        ("C", F443, "unknown"),
        ("D", tcp(443, H6, C6), "unknown"),  # MORE is an IPv4 group
    ],
)
def test_groups(tmp_path: Path, name: str, packet: dict[str, object], action: str) -> None:
    found = answer(tmp_path, "cisco_xr", GROUPS, name, **packet)
    assert isinstance(found, Answer)
    assert found.action == action


def test_groups_on_one_line_mean_the_same(tmp_path: Path) -> None:
    config = """object-group network ipv4 BB
object-group network ipv4 BB 104.192.136.0/21
object-group port WEB eq 443
ipv4 access-list A 10 permit tcp any net-group BB port-group WEB
"""
    found = [answer(tmp_path, "cisco_xr", config, "A", **packet) for packet in (F443, F80)]
    assert [f.action for f in found if isinstance(f, Answer)] == ["permit", "deny"]


def test_a_line_not_understood_in_a_group_is_unknown(tmp_path: Path) -> None:
    config = "object-group network ipv4 BB\n 104.192.136.0/33\nipv4 access-list A\n 10 permit tcp any net-group BB\n"
    found = answer(tmp_path, "cisco_xr", config, "A", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("unknown", 4)


PORT = "interface GigabitEthernet0/0/0/0\n ipv4 address 10.20.1.1 255.255.255.0\n"
COMMON = "ipv4 access-list C\n 10 permit tcp any any eq 22\n"
OWN = "ipv4 access-list N\n 10 permit tcp any any eq 443\n"


@pytest.mark.parametrize(
    ("group", "packet", "action", "line"),
    [
        ("common C N ingress", F22, "permit", 2),  # the common list is searched first
        ("common C N ingress hardware-count interface-statistics", F443, "permit", 4),
        ("common C N ingress", F80, "deny", None),  # one implicit deny, at the end
        ("common C ingress", F443, "deny", None),
        ("common C NOSUCH ingress", F22, "permit", 2),
        ("common C NOSUCH ingress", F443, "unknown", 7),
        ("N ingress compress level 3", F443, "permit", 4),
    ],
)
def test_chains(
    tmp_path: Path, group: str, packet: dict[str, object], action: str, line: int | None
) -> None:
    config = f"{COMMON}{OWN}{PORT} ipv4 access-group {group}\n"
    device = device_of("cisco_xr", config)
    (binding,) = device.bindings
    assert binding.direction == "in"
    found = answer(tmp_path, "cisco_xr", config, binding.key, **packet)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (action, line)


def test_entries_that_lost_their_indentation_stay_in_their_list(tmp_path: Path) -> None:
    config = "ipv4 access-list A\n10 permit tcp any any eq 443\n20 deny ipv4 any any\n!\n30 permit ipv4 any any\n"
    found = [answer(tmp_path, "cisco_xr", config, "A", **packet) for packet in (F443, F80)]
    assert [(f.action, f.line) for f in found if isinstance(f, Answer)] == [
        ("permit", 2),
        ("deny", 3),
    ]
    assert [u.where.line for u in device_of("cisco_xr", config).not_understood] == [5]


def test_t063_undefined_list_is_unknown(tmp_path: Path) -> None:
    config = f"{PORT} ipv4 access-group NOSUCH ingress\n"
    found = answer(tmp_path, "cisco_xr", config, "NOSUCH", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


def test_empty_list_permits() -> None:
    filters = device_of("cisco_xr", "ipv4 access-list A\n!\n").filters
    assert filters["A", 4].default is Action.PERMIT


def test_icmp_off_silences_its_own_denies_only() -> None:
    config = "ipv4 access-list A\n 10 deny tcp any any eq 22 icmp-off\n 20 deny ipv4 any any\n"
    first, second = device_of("cisco_xr", config).filters["A", 4].entries
    assert first.symptom is Symptom.TIMEOUT
    assert second.symptom is Symptom.ICMP_ERROR


def test_next_hops_make_an_interface_policy_routed() -> None:
    config = f"ipv4 access-list A\n 10 {ABF}\n{PORT} ipv4 access-group A ingress\n"
    (interface,) = device_of("cisco_xr", config).interfaces
    assert interface.policy_route is not None
    assert interface.policy_route.where == ("r1.cfg", 2)
    out = device_of("cisco_xr", config.replace("ingress", "egress"))
    assert out.interfaces[0].policy_route is None


def test_the_last_group_of_a_direction_wins() -> None:
    config = f"{COMMON}{OWN}{PORT} ipv4 access-group C ingress\n ipv4 access-group N ingress\n"
    assert [b.key for b in device_of("cisco_xr", config).bindings] == ["N"]


def test_a_bridged_interface_filters_no_packets() -> None:
    config = (
        f"{OWN}interface GigabitEthernet0/0/0/1.5 l2transport\n encapsulation dot1q 5\n"
        " ipv4 access-group N ingress\n ethernet-services access-group E ingress\n"
    )
    device = device_of("cisco_xr", config)
    assert not device.interfaces[0].routed
    assert device.bindings[0].inactive is not None
    assert [fact.value for fact in device.recognised] == ["l2-filter"]


UP = "interface GigabitEthernet0/0/0/1\n ipv4 address 203.0.113.1/30\n"
ROUTE = "router static\n address-family ipv4 unicast\n  0.0.0.0/0 203.0.113.2\n"
DROP = "policy-map type pbr P\n class type traffic X\n  {}\n !\n end-policy-map\n"


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("drop", {("ACL006", "high", "unknown")}),
        ("police rate 1 mbps conform-action drop", {("ACL006", "high", "unknown")}),
        ("police rate 1 mbps exceed-action drop", set()),
        ("set dscp ef", set()),
        ("frobnicate", {("ACL006", "high", "unknown"), ("ACL009", "medium", "unknown")}),
    ],
)
def test_policies_that_drop(actions: str, expected: set[tuple[str, str, str]]) -> None:
    config = DROP.format(actions) + PORT + " service-policy type pbr input P\n" + UP + ROUTE
    assert brief(findings_of("cisco_xr", config), "ACL") == expected


def test_redirecting_policies_are_policy_routes() -> None:
    config = (
        DROP.format("redirect ipv4 nexthop 192.0.2.9") + PORT + " service-policy type pbr input P\n"
    )
    assert {f.value for f in device_of("cisco_xr", config).recognised} == {"policy-route"}
