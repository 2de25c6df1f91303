"""Access lists of VRP: verdicts worked out by hand from the vendor's semantics (knowledge: filters, section 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, device_of
from tests.huawei_vrp.flows import (
    ACK,
    F22,
    F80,
    F443,
    FRAG,
    NS,
    P4,
    P6,
    R443,
    RST,
    S443,
    SYNACK_OUT,
    U53,
    tcp,
)

B1 = "104.192.136.0 0.0.7.255"
LISTS = [
    # identity, rules, packet, action, line of the list counted from 1 (None: the last action)
    ("T103-ssh", f"rule 5 deny tcp destination {B1} destination-port eq 22", F22, "deny", 1),
    ("T103-https", f"rule 5 deny tcp destination {B1} destination-port eq 22", F443, "permit", None),
    ("empty", "step 10", F443, "permit", None),
    ("host-as-0", "rule 5 deny ip destination 104.192.141.1 0", F443, "deny", 1),
    ("host-as-0-other", "rule 5 deny ip destination 104.192.141.2 0", F443, "permit", None),
    ("mask-length", "rule 5 deny ip destination 104.192.136.0 21", F443, "deny", 1),
    ("wildcard-with-holes", "rule 5 deny ip destination 104.0.0.143 0.255.255.0", F443, "permit", None),
    ("wildcard-with-holes-hit", "rule 5 deny ip destination 104.0.0.1 0.255.255.0", F443, "deny", 1),
    ("even-hosts", "rule 5 deny ip destination 104.192.136.0 0.0.7.254", F443, "permit", None),
    ("no-wildcard", "rule 5 deny ip destination 104.192.136.0", F443, "unknown", 1),
    ("no-mask", "rule 5 deny ip destination 104.192.136.0 0.0.7.256", F443, "unknown", 1),
    ("any", "rule 5 deny ip source any destination any", F443, "deny", 1),
    ("nothing-named", "rule 5 deny ip", F443, "deny", 1),
    ("source", "rule 5 deny ip source 10.20.0.0 0.0.255.255", F443, "deny", 1),
    ("source-other", "rule 5 deny ip source 10.21.0.0 0.0.255.255", F443, "permit", None),
    ("source-port-is-no-destination-port", "rule 5 deny tcp source-port eq 443", F443, "permit", None),
    ("any-order-of-keywords", f"rule 5 deny tcp destination-port eq 443 destination {B1}", F443, "deny", 1),
    ("gt", "rule 5 deny tcp destination-port gt 442", F443, "deny", 1),
    ("gt-below", "rule 5 deny tcp destination-port gt 442", F80, "permit", None),
    ("lt", "rule 5 deny tcp destination-port lt 23", F22, "deny", 1),
    ("lt-above", "rule 5 deny tcp destination-port lt 22", F22, "permit", None),
    ("neq", "rule 5 deny tcp destination-port neq 443", F22, "deny", 1),
    ("neq-same", "rule 5 deny tcp destination-port neq 443", F443, "permit", None),
    ("range", "rule 5 deny tcp destination-port range 440 450", F443, "deny", 1),
    ("half-a-range", "rule 5 deny tcp destination-port range 440", F443, "unknown", 1),
    ("range-backwards", "rule 5 deny tcp destination-port range 450 440", F443, "unknown", 1),
    ("port-too-large", "rule 5 deny tcp destination-port eq 65536", F443, "unknown", 1),
    ("www", "rule 5 deny tcp destination-port eq www", F80, "deny", 1),
    ("domain", "rule 5 deny udp destination-port eq dns", U53, "deny", 1),
    ("https-is-no-name", "rule 5 deny tcp destination-port eq https", F443, "unknown", 1),
    ("udp-name-on-tcp", "rule 5 deny tcp destination-port eq snmp", F443, "unknown", 1),
    ("ports-need-a-protocol", "rule 5 deny ip destination-port eq 443", F443, "unknown", 1),
    ("protocol-by-number", "rule 5 deny 6 destination-port eq 443", F443, "deny", 1),
    ("other-protocol", "rule 5 deny 47", F443, "permit", None),
    ("no-protocol-number", "rule 5 deny 256", F443, "unknown", 1),
    ("order-by-number", "rule 10 permit ip|rule 5 deny tcp destination-port eq 443", F443, "deny", 2),
    ("first-match", "rule 5 permit ip|rule 10 deny tcp destination-port eq 443", F443, "permit", 1),
    # 5 is the first number by itself, 10 the next: 7 stands between them
    ("numbers-by-themselves", "rule permit ip|rule 4 deny ip", F443, "deny", 2),
    ("numbers-by-themselves-after", "rule permit ip|rule 7 deny ip", F443, "permit", 1),
    ("step", "step 2|rule permit ip|rule 3 deny ip", F443, "permit", 2),
    ("step-larger", "step 10|rule permit ip|rule 7 deny ip", F443, "deny", 3),
    ("same-number-twice", "rule 5 permit ip|rule 5 deny ip", F443, "permit", 1),
    ("same-number-other-first", "rule 5 deny udp|rule 5 deny ip", F443, "unknown", 2),
    ("description", "rule 5 permit ip|rule 5 description deny all", F443, "permit", 1),
    ("named-rule", "rule 5 name web permit tcp destination-port eq 443|rule 10 deny ip", F443, "permit", 1),
    ("logging", "rule 5 deny tcp destination-port eq 443 logging", F443, "deny", 1),
    ("time-range", "rule 5 deny tcp destination-port eq 443 time-range NIGHT", F443, "unknown", 1),
    ("time-range-either-way", "rule 5 permit ip time-range NIGHT", F443, "permit", None),
    ("dscp", "rule 5 deny ip dscp ef", F443, "unknown", 1),
    ("ttl", "rule 5 deny ip ttl range 1 2", F443, "unknown", 1),
    ("ttl-expired", "rule 5 deny ip ttl-expired", F443, "unknown", 1),
    ("precedence-elsewhere", "rule 5 deny tcp destination-port eq 22 precedence critical", F443, "permit", None),
    ("established-syn", "rule 5 deny tcp tcp-flag established", F443, "permit", None),
    ("established-ack", "rule 5 deny tcp tcp-flag established", ACK, "deny", 1),
    ("established-rst", "rule 5 deny tcp tcp-flag established", RST, "deny", 1),
    ("established-answer", "rule 5 permit tcp tcp-flag established|rule 10 deny ip", R443, "permit", 1),
    ("flag-alone", "rule 5 deny tcp tcp-flag syn", F443, "deny", 1),
    ("flag-with-another", "rule 5 deny tcp tcp-flag syn", SYNACK_OUT, "unknown", 1),
    ("flag-absent", "rule 5 deny tcp tcp-flag syn", ACK, "permit", None),
    ("two-flags-one-set", "rule 5 deny tcp tcp-flag syn ack", F443, "unknown", 1),
    ("two-flags-both-set", "rule 5 deny tcp tcp-flag syn ack", SYNACK_OUT, "deny", 1),
    ("flags-number", "rule 5 deny tcp tcp-flag 2", F443, "deny", 1),
    ("flags-number-exact", "rule 5 deny tcp tcp-flag 2", SYNACK_OUT, "permit", None),
    ("flags-number-mask", "rule 5 deny tcp tcp-flag 2 mask 2", SYNACK_OUT, "deny", 1),
    ("flags-need-tcp", "rule 5 deny ip tcp-flag syn", F443, "unknown", 1),
    ("icmp-number", "rule 5 deny icmp icmp-type 3 4", P4, "deny", 1),
    ("icmp-name", "rule 5 deny icmp icmp-type fragmentneed-DFset", P4, "deny", 1),
    ("icmp-all-codes", "rule 5 deny icmp icmp-type 3", P4, "deny", 1),
    ("icmp-other-code", "rule 5 deny icmp icmp-type host-unreachable", P4, "permit", None),
    ("icmp-everything", "rule 5 deny icmp", P4, "deny", 1),
    ("icmp-name-of-nothing", "rule 5 deny icmp icmp-type unreachable", P4, "unknown", 1),
    ("fragment-word", "rule 5 deny ip fragment-type fragment", FRAG, "deny", 1),
    ("fragment-word-whole", "rule 5 deny ip fragment-type fragment", F443, "permit", None),
    ("none-first-fragment", "rule 5 deny ip none-first-fragment", FRAG, "deny", 1),
    ("non-fragment", "rule 5 deny ip fragment-type non-fragment", F443, "deny", 1),
    ("fragment-of-layer-4-rule", "rule 5 deny tcp destination-port eq 443", FRAG, "unknown", 1),
    ("fragment-of-layer-3-rule", "rule 5 deny ip", FRAG, "deny", 1),
    ("vpn", "rule 5 deny ip vpn-instance A", F443, "unknown", 1),
    ("pool-not-defined", "rule 5 deny ip destination-pool BB", F443, "unknown", 1),
    ("garbled", "rule 5 deny tcp destination-port eq 443 frob", F443, "unknown", 1),
    ("garbled-first", "rule 5 frob|rule 10 permit ip", F443, "unknown", 1),
    ("garbled-elsewhere", "rule 5 deny tcp source 192.0.2.0 0.0.0.255 destination-port eq 22 frob", F443, "permit", None),
    ("garbled-late", "rule 5 permit ip|rule 10 deny frob", F443, "permit", 1),
    ("ends-early", "rule 5 deny", F443, "unknown", 1),
    ("non-ascii", "rule 5 deny tcp destination-port eq ４４３", F443, "unknown", 1),
    ("long-line", "rule 5 deny tcp destination-port eq 443 " + "x" * 5000, F443, "unknown", 1),
]  # fmt: skip


def ask(folder: Path, config: str, name: str, packet: dict[str, object]) -> Answer:
    found = answer(folder, "huawei_vrp", config, name, **packet)
    assert isinstance(found, Answer)
    return found


@pytest.mark.parametrize("indent", [" ", ""])
@pytest.mark.parametrize(
    ("rules", "packet", "action", "rule"), [c[1:] for c in LISTS], ids=[c[0] for c in LISTS]
)
def test_access_list(
    tmp_path: Path,
    rules: str,
    packet: dict[str, object],
    action: str,
    rule: int | None,
    indent: str,
) -> None:
    lines = "".join(f"{indent}{text}\n" for text in rules.split("|"))
    config = f"#\nacl number 3001\n{lines}#\ninterface NULL0\n#\n"
    found = ask(tmp_path, config, "3001", packet)
    assert found.action == action
    assert found.line == (None if rule is None else rule + 2)


V6 = [
    ("port", "rule 5 deny tcp destination-port eq 443", S443, "deny"),
    ("prefix", "rule 5 deny ipv6 destination 2401:1d80:3000::/36", S443, "deny"),
    ("prefix-and-length", "rule 5 deny ipv6 destination 2401:1d80:3000:: 36", S443, "deny"),
    ("prefix-other", "rule 5 deny ipv6 destination 2401:1d80:4000::/36", S443, "permit"),
    ("too-big", "rule 5 deny icmpv6 icmp6-type 2 0", P6, "deny"),
    ("too-big-by-name", "rule 5 deny icmpv6 icmp6-type Packet-too-big", P6, "deny"),
    ("no-neighbour-discovery-is-implied", "rule 5 deny icmpv6", NS, "deny"),
    ("icmp-is-none-here", "rule 5 deny icmp", P6, "deny"),
    ("established", "rule 5 deny tcp tcp-flag established", S443, "permit"),
    ("v4-address", "rule 5 deny ipv6 destination 10.0.0.0 8", S443, "unknown"),
]


@pytest.mark.parametrize(("rules", "packet", "action"), [c[1:] for c in V6], ids=[c[0] for c in V6])
def test_ipv6_access_list(
    tmp_path: Path, rules: str, packet: dict[str, object], action: str
) -> None:
    found = ask(tmp_path, f"acl ipv6 number 3001\n {rules}\n#\n", "3001", packet)
    assert found.action == action


def test_one_name_in_both_families(tmp_path: Path) -> None:
    config = "acl number 3001\n rule 5 deny ip\n#\nacl ipv6 number 3001\n rule 5 permit ipv6\n#\n"
    assert ask(tmp_path, config, "3001", F443).action == "deny"
    assert ask(tmp_path, config, "3001", S443).action == "permit"


BASIC = [
    ("number", "acl number 2001", "2001", "deny"),
    ("short", "acl 2001", "2001", "deny"),
    ("named", "acl name STAFF 2001", "STAFF", "deny"),
    ("named-by-number", "acl name STAFF 2001", "2001", "deny"),
    ("number-and-name", "acl number 2001 name STAFF", "STAFF", "deny"),
    ("kind", "acl name STAFF basic", "STAFF", "deny"),
    ("kind-and-order", "acl name STAFF basic match-order config", "STAFF", "deny"),
]


@pytest.mark.parametrize(
    ("head", "name", "action"), [c[1:] for c in BASIC], ids=[c[0] for c in BASIC]
)
def test_basic_list_looks_at_sources(tmp_path: Path, head: str, name: str, action: str) -> None:
    config = f"{head}\n rule 5 deny source 10.20.0.0 0.0.255.255\n rule 10 permit\n#\n"
    found = ask(tmp_path, config, name, F443)
    assert (found.action, found.line) == (action, 2)
    assert ask(tmp_path, config, name, tcp(443, src="10.30.0.1")).action == "permit"


@pytest.mark.parametrize(
    ("rules", "action"),
    [
        ("rule 5 permit ip|rule 10 deny tcp destination-port eq 443", "unknown"),
        ("rule 5 deny ip", "deny"),
        ("rule 5 deny tcp|rule 10 deny udp", "deny"),
    ],
)
def test_match_order_auto(tmp_path: Path, rules: str, action: str) -> None:
    """U13: the order depends on the model; where all rules say the same it plays no part."""
    lines = "".join(f" {text}\n" for text in rules.split("|"))
    config = f"acl number 3001 match-order auto\n{lines}#\n"
    assert ask(tmp_path, config, "3001", F443).action == action


POOLS = [
    ("address", "acl ip-pool BB\n ip address 104.192.136.0 0.0.7.255\n#\n", "deny"),
    ("address-length", "acl ip-pool BB\n ip address 104.192.136.0 21\n#\n", "deny"),
    ("other", "acl ip-pool BB\n ip address 192.0.2.0 0.0.0.255\n#\n", "permit"),
    ("garbled", "acl ip-pool BB\n ip address 192.0.2.0 0.0.0.255\n frob\n#\n", "unknown"),
    ("garbled-beside", "acl ip-pool BB\n ip address 104.192.136.0 21\n frob\n#\n", "deny"),
]


@pytest.mark.parametrize(("pool", "action"), [c[1:] for c in POOLS], ids=[c[0] for c in POOLS])
def test_pool(tmp_path: Path, pool: str, action: str) -> None:
    config = "acl number 3001\n rule 5 deny tcp destination-pool BB\n#\n" + pool
    assert ask(tmp_path, config, "3001", F443).action == action


def test_port_pool(tmp_path: Path) -> None:
    config = (
        "acl port-pool WEB\n eq 80\n range 440 450\n#\n"
        "acl number 3001\n rule 5 deny tcp destination-port-pool WEB\n#\n"
    )
    assert ask(tmp_path, config, "3001", F443).action == "deny"
    assert ask(tmp_path, config, "3001", F22).action == "permit"


def test_every_line_of_a_list_is_accounted_for() -> None:
    config = (
        "acl number 3001\n description x\n step 10\n rule 5 permit ip\n rule 5 description y\n"
        " rule 10 deny frob\n#\nacl number 4001\n rule 5 deny source-mac 1-1-1\n#\n"
    )
    found = device_of("huawei_vrp", config)
    assert [(u.where.line, u.topic, u.subject) for u in found.not_understood] == [
        (6, "filter", "3001")
    ]
