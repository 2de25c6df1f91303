"""nftables: verdicts of single packets (case T131 and nft(8)), and that both forms are equal."""

# device texts and tables of cases stand unbroken

from __future__ import annotations

import pytest

from parsers.model.filters import State, Symptom
from rules.packets.packet import Packet, packet
from tests.linux.linux_case import (
    ACK,
    CLIENT,
    F22,
    F80,
    F443,
    F443_6,
    FRAG,
    P4,
    P6,
    R443,
    SERVICE,
    device,
    judged,
    to,
    verdict,
)

FORWARD = "nft/inet/filter/forward"


def table(*rules: str, policy: str = "accept", before: str = "", family: str = "inet") -> str:
    """A table with one forward chain; its first rule is line 4 if `before` is empty."""
    body = "\n".join(f"\t\t{rule}" for rule in rules)
    return (
        f"table {family} filter {{\n{before}"
        f"\tchain forward {{\n\t\ttype filter hook forward priority filter; policy {policy};\n"
        f"{body}\n\t}}\n}}"
    )


SETS = "\tset nets {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t\telements = { 104.192.136.0/21,\n\t\t\t185.166.140.0-185.166.143.255 }\n\t}\n"
CASES: list[tuple[str, str, Packet, str, int | None]] = [
    ("T131 a mask with holes, inside", table("ip daddr & 255.255.0.255 == 104.192.0.1 drop"), F443, "deny", 4),
    ("T131 a mask with holes, outside", table("ip daddr & 255.255.0.255 == 104.192.0.1 drop"), to("104.192.141.2"), "permit", 3),
    ("implicit IPv4", table("ip saddr 10.0.0.0/8 drop"), F443_6, "permit", 3),
    ("policy", table("tcp dport 80 accept", policy="drop"), F443, "deny", 3),
    ("states in a list", table("ct state established,related accept", policy="drop"), P4, "permit", 4),
    ("verdict map of states", table("ct state vmap { established : accept, invalid : drop }", policy="drop"), R443, "permit", 4),
    ("verdict map, no element", table("ct state vmap { established : accept, invalid : drop } drop", "accept"), F443, "permit", 5),
    ("not equal to two states at once is always true", table("ct state != established,related drop"), R443, "deny", 4),
    ("none of a set of states", table("ct state != { established, related } drop"), R443, "permit", 3),
    ("anonymous set with a range", table("tcp dport { 22, 440-450 } drop"), F443, "deny", 4),
    ("anonymous set, outside", table("tcp dport { 22, 440-450 } drop"), F80, "permit", 3),
    ("a negated set", table("tcp dport != { 22, 443 } drop"), F80, "deny", 4),
    ("less than", table("tcp dport < 80 drop"), F22, "deny", 4),
    ("less than excludes", table("tcp dport < 80 drop"), F80, "permit", 3),
    ("th dport with meta l4proto", table("meta l4proto { tcp, udp } th dport 443 drop"), F443, "deny", 4),
    ("flags: any of a list", table("tcp flags syn,fin drop"), F443, "deny", 4),
    ("flags: mask form", table("tcp flags & (fin|syn|rst|ack) == syn drop"), F443, "deny", 4),
    ("flags: slash form", table("tcp flags syn / fin,syn,rst,ack drop"), F443, "deny", 4),
    ("flags: slash form spares an ACK", table("tcp flags syn / fin,syn,rst,ack drop"), packet(CLIENT, SERVICE, flags=ACK), "permit", 3),
    ("flags: none of these", table("tcp flags ! syn drop"), F443, "permit", 3),
    ("flags: not exactly", table("tcp flags != syn drop"), packet(CLIENT, SERVICE, flags=ACK), "deny", 4),
    ("ICMP type and code", table("icmp type destination-unreachable icmp code frag-needed accept", policy="drop"), P4, "permit", 4),
    ("ICMP by number", table("icmp type 3 icmp code 4 accept", policy="drop"), P4, "permit", 4),
    ("ICMPv6", table("icmpv6 type { packet-too-big, echo-request } accept", policy="drop"), P6, "permit", 4),
    ("nfproto", table("meta nfproto ipv6 drop"), F443_6, "deny", 4),
    ("nfproto, other family", table("meta nfproto ipv6 drop"), F443, "permit", 3),
    ("later fragments", table("ip frag-off & 0x1fff != 0 drop"), FRAG, "deny", 4),
    ("later fragments spare whole packets", table("ip frag-off & 0x1fff != 0 drop"), F443, "permit", 3),
    ("named set", table("ip daddr @nets drop", before=SETS), to("185.166.143.10"), "deny", 10),
    ("negated named set", table("ip daddr != @nets drop", before=SETS), F443, "permit", 9),
    ("a set that is not defined", table("ip daddr @gone drop"), F443, "unknown", 4),
    ("concatenation", table("ip daddr . tcp dport { 104.192.141.1 . 443, 104.192.141.0/24 . 20-23 } drop"), F22, "deny", 4),
    ("concatenation, other port", table("ip daddr . tcp dport { 104.192.141.1 . 443 } drop"), F80, "permit", 3),
    ("rate", table("tcp dport 443 limit rate 10/second accept", policy="drop"), F443, "unknown", 4),
    ("counter, log and comment do not end", table('counter packets 1 bytes 2 log prefix "x; drop" flags all comment "a } b"'), F443, "permit", 3),
    ("a word not understood decides what it could", table("tcp dport 443 frobnicate 3 drop", "tcp dport 22 drop"), F443, "unknown", 4),
    ("a word not understood leaves the rest", table("tcp dport 443 frobnicate 3 drop", "tcp dport 22 drop"), F22, "deny", 5),
    ("xt is not understood", table('xt match "bpf" drop'), F443, "unknown", 4),
    ("fib cannot be told", table("fib saddr . iif oif missing drop"), F443, "unknown", 4),
    ("queue", table("tcp dport 443 queue num 1"), F443, "unknown", 4),
    ("loopback is never on the way", table('iifname "lo" accept', policy="drop"), F443, "deny", 3),
    ("loopback is never on the way, IPv6", table('iif != "lo" drop'), F443_6, "deny", 4),
    ("flow offload goes on", table("ct state established flow add @f", "tcp dport 443 drop"), F443, "deny", 5),
    ("two conditions on one address", table("ip daddr 104.192.0.0/16 ip daddr != 104.192.141.0/24 drop"), F443, "permit", 3),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "asked", "outcome", "line"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_forward_verdicts(text: str, asked: Packet, outcome: str, line: int | None) -> None:
    assert verdict(device(config=text), FORWARD, asked) == (outcome, line)


def test_jump_goto_and_return() -> None:
    text = """table inet filter {
  chain web {
    ip saddr 10.30.0.0/16 drop
    return
  }
  chain ssh { ip saddr 10.30.0.0/16 accept; }
  chain forward {
    type filter hook forward priority 0; policy drop;
    tcp dport vmap { 443 : jump web, 22 : goto ssh }
    accept
  }
}"""
    found = device(config=text)
    assert verdict(found, FORWARD, F443) == ("permit", 10)
    assert verdict(found, FORWARD, F22) == ("deny", 8)
    assert verdict(found, FORWARD, packet("10.30.0.1", SERVICE)) == ("deny", 3)


def test_reject_forms() -> None:
    assert (
        judged(device(config=table("reject with tcp reset")), FORWARD, F22).symptom is Symptom.RESET
    )
    for form in (
        "reject",
        "reject with icmpx type admin-prohibited",
        "reject with icmp host-unreachable",
    ):
        found = device(config=table(form))
        assert judged(found, FORWARD, F22).symptom is Symptom.ICMP_ERROR


def test_script_form_defines_and_named_maps() -> None:
    text = """#!/usr/sbin/nft -f
flush ruleset
define WEB = { 80, 443 }
define LAN = 10.20.0.0/16
add table inet filter
add chain inet filter forward { type filter hook forward priority filter + 10; policy drop; }
add set inet filter inside { type ipv4_addr; flags interval; }
add element inet filter inside { $LAN, 10.40.0.0/16 }
add rule inet filter forward tcp dport 22 accept
insert rule inet filter forward ip saddr @inside tcp dport $WEB accept
"""
    found = device(config=text)
    assert verdict(found, FORWARD, F443) == ("permit", 10)
    assert verdict(found, FORWARD, F22) == ("permit", 9)
    assert verdict(found, FORWARD, to(SERVICE, 23)) == ("deny", 6)
    assert found.not_understood == ()


def test_commands_of_a_shell_script() -> None:
    text = """nft add table ip filter
nft add chain ip filter fwd '{ type filter hook forward priority 0 ; policy accept ; }'
nft add rule ip filter fwd tcp dport 443 drop"""
    assert verdict(device(config=text), "nft/ip/filter/fwd", F443) == ("deny", 3)


def test_an_included_file_leaves_every_answer_open() -> None:
    text = 'include "/etc/nftables.d/*.nft"\n' + table("tcp dport 443 accept")
    found = device(config=text)
    assert verdict(found, FORWARD, F443)[0] == "unknown"
    assert [line.where.line for line in found.not_understood] == [1]


def test_sets_that_change_while_packets_pass() -> None:
    before = "\tset bad {\n\t\ttype ipv4_addr\n\t\tflags dynamic,timeout\n\t}\n"
    found = device(config=table("ip saddr @bad drop", before=before))
    assert verdict(found, FORWARD, F443)[0] == "unknown"


def test_base_chains_run_in_the_order_of_their_priorities() -> None:
    text = """table ip a {
  chain late { type filter hook forward priority security; policy accept; }
  chain early { type filter hook forward priority mangle - 5; policy accept; }
  chain pre { type filter hook prerouting priority raw; policy accept; }
}
table inet b {
  chain middle { type filter hook forward priority filter; policy accept; }
  chain own { type filter hook input priority filter; policy accept; }
}
table netdev c {
  chain wire { type filter hook ingress device "wan0" priority -500; policy accept; }
}
table arp d { chain x { type filter hook input priority 0; policy drop; } }"""
    found = device(config=text)
    assert [(b.key.split("/")[-1], b.direction, b.interface) for b in found.bindings] == [
        ("wire", "in", "wan0"),
        ("pre", "forward", None),
        ("own", "in", None),
        ("early", "forward", None),
        ("middle", "forward", None),
        ("late", "forward", None),
    ]


def test_equal_priorities_are_noted() -> None:
    text = (
        table("accept")
        + "\ntable ip other {\n chain fw { type filter hook forward priority 0; }\n}"
    )
    assert [note.value for note in device(config=text).recognised] == ["chain-order"]


def test_a_dormant_table_does_nothing() -> None:
    text = table("drop").replace("{\n", "{\n\tflags dormant\n", 1)
    assert [b.inactive for b in device(config=text).bindings] == ["its table is dormant"]


def test_a_nat_chain_sees_only_the_first_packet() -> None:
    text = """table ip nat {
  chain post {
    type nat hook postrouting priority srcnat; policy accept;
    tcp dport 22 drop
    oifname "wan0" masquerade
  }
}"""
    found = device(config=text)
    key = "nft/ip/nat/post"
    assert verdict(found, key, F22) == ("deny", 4)
    assert verdict(found, key, F22._replace(flags=ACK, state=State.ESTABLISHED))[0] == "permit"
    assert [note.value for note in found.recognised] == ["nat"]


def test_json_gives_the_same_filters_as_text() -> None:
    text = table(
        "ct state established,related accept",
        "ip saddr 10.20.0.0/16 tcp dport { 22, 443 } accept",
        "tcp flags syn / fin,syn,rst,ack drop",
        "icmp type destination-unreachable icmp code frag-needed accept",
        'iifname "lan*" oifname { "wan0", "wan1" } reject with tcp reset',
        policy="drop",
    )
    state = '{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}, {"accept": null}'
    saddr = '{"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": {"prefix": {"addr": "10.20.0.0", "len": 16}}}}'
    ports = '{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [22, 443]}}}, {"accept": null}'
    flags = '{"match": {"op": "==", "left": {"&": [{"payload": {"protocol": "tcp", "field": "flags"}}, ["fin", "syn", "rst", "ack"]]}, "right": "syn"}}, {"drop": null}'
    icmp = '{"match": {"op": "==", "left": {"payload": {"protocol": "icmp", "field": "type"}}, "right": "destination-unreachable"}}, {"match": {"op": "==", "left": {"payload": {"protocol": "icmp", "field": "code"}}, "right": "frag-needed"}}, {"accept": null}'
    names = '{"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "lan*"}}, {"match": {"op": "==", "left": {"meta": {"key": "oifname"}}, "right": {"set": ["wan0", "wan1"]}}}, {"reject": {"type": "tcp reset"}}'
    rules = ",\n".join(
        '{"rule": {"family": "inet", "table": "filter", "chain": "forward", "expr": [' + e + "]}}"
        for e in (state, f"{saddr}, {ports}", flags, icmp, names)
    )
    as_json = (
        '{"nftables": [{"metainfo": {"version": "1.0.6"}},\n{"table": {"family": "inet", "name": "filter"}},\n'
        '{"chain": {"family": "inet", "table": "filter", "name": "forward", "type": "filter", "hook": "forward", "prio": 0, "policy": "drop"}},\n'
        + rules + "]}"
    )  # fmt: skip
    one = device(nft_list_ruleset=text).filters[(FORWARD, 0)]
    other = device(nft__j_list_ruleset=as_json).filters[(FORWARD, 0)]
    assert [e._replace(line=0) for e in one.entries] == [e._replace(line=0) for e in other.entries]
    assert one.default == other.default
    assert [e.line for e in other.entries] == [4, 5, 6, 7, 8]


def test_nothing_a_device_prints_raises() -> None:
    for text in ("table", "table inet filter {", table("tcp dport"), table("ip saddr {"), table("jump"), "add rule", "}", '{"nftables": [', '{"nftables": [{"rule": 3}]}', table("ct state vmap { new : jump gone }"), table("ip saddr 10.0.0.0/99 drop")):  # fmt: skip
        device(config=text)
