"""Access lists of Comware: verdicts worked out by hand from the vendor's semantics (knowledge: filters, section 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, device_of
from tests.hp_comware.flows import (
    ACK,
    F22,
    F80,
    F443,
    FRAG,
    P4,
    P6,
    R443,
    S443,
    SYNACK_OUT,
    U53,
    tcp,
)

B1 = "104.192.136.0 0.0.7.255"
LISTS = [
    # identity, rules, packet, action, line of the list counted from 1 (None: the last action)
    ("T108-ssh", "rule 0 deny tcp destination-port eq 22", F22, "deny", 1),
    ("T108-https", "rule 0 deny tcp destination-port eq 22", F443, "permit", None),
    ("T110-whole", "rule 5 deny tcp fragment|rule 10 permit ip", F443, "permit", 2),
    ("T110-fragment", "rule 5 deny tcp fragment|rule 10 permit ip", FRAG, "deny", 1),
    ("fragment-of-layer-4-rule", "rule 0 deny tcp destination-port eq 443", FRAG, "unknown", 1),
    ("fragment-of-layer-3-rule", "rule 0 deny tcp", FRAG, "deny", 1),
    ("wildcard", f"rule 0 deny ip destination {B1}", F443, "deny", 1),
    ("host-as-0", "rule 0 deny ip destination 104.192.141.1 0", F443, "deny", 1),
    ("mask-length-is-none-here", "rule 0 deny ip destination 104.192.136.0 21", F443, "unknown", 1),
    ("wildcard-with-holes", "rule 0 deny ip destination 104.0.0.1 0.255.255.0", F443, "deny", 1),
    ("source-port", "rule 0 deny tcp source-port eq 443", F443, "permit", None),
    ("source-port-answer", "rule 0 deny tcp source-port eq 443", R443, "deny", 1),
    ("dns", "rule 0 deny udp destination-port eq dns", U53, "deny", 1),
    ("neq", "rule 0 deny tcp destination-port neq 443", F80, "deny", 1),
    ("range", "rule 0 deny tcp destination-port range 440 450", F443, "deny", 1),
    ("half-a-range", "rule 0 deny tcp destination-port range 440", F443, "unknown", 1),
    ("first-number-is-0", "rule permit ip|rule 3 deny ip", F443, "permit", 1),
    ("next-number-is-5", "rule permit ip|rule permit udp|rule 3 deny udp", U53, "permit", 1),
    ("order-by-number", "rule 10 permit ip|rule 0 deny tcp", F443, "deny", 2),
    ("step", "step 2|rule deny udp|rule permit tcp|rule 3 deny tcp", F443, "permit", 3),
    ("comment", "rule 0 permit ip|rule 0 comment deny all", F443, "permit", 1),
    ("counting-and-logging", "rule 0 deny tcp destination-port eq 443 counting logging", F443, "deny", 1),
    ("established-syn", "rule 0 deny tcp established", F443, "permit", None),
    ("established-ack", "rule 0 deny tcp established", ACK, "deny", 1),
    ("established-answer", "rule 0 permit tcp established|rule 5 deny ip", R443, "permit", 1),
    ("flag", "rule 0 deny tcp syn 1", F443, "deny", 1),
    ("flag-with-another", "rule 0 deny tcp syn 1", SYNACK_OUT, "deny", 1),
    ("flag-zero", "rule 0 deny tcp ack 0", F443, "deny", 1),
    ("flag-zero-set", "rule 0 deny tcp ack 0", ACK, "permit", None),
    ("two-flags-both", "rule 0 deny tcp syn 1 ack 0", F443, "deny", 1),
    ("two-flags-one", "rule 0 deny tcp syn 1 ack 0", SYNACK_OUT, "unknown", 1),
    ("two-flags-none", "rule 0 deny tcp syn 1 ack 0", ACK, "permit", None),
    ("flag-without-value", "rule 0 deny tcp syn", F443, "unknown", 1),
    ("icmp", "rule 0 deny icmp icmp-type 3 4", P4, "deny", 1),
    ("icmp-name", "rule 0 deny icmp icmp-type fragmentneed-DFset", P4, "deny", 1),
    ("icmp-other", "rule 0 deny icmp icmp-type host-unreachable", P4, "permit", None),
    ("time-range", "rule 0 deny tcp time-range night", F443, "unknown", 1),
    ("dscp", "rule 0 deny tcp dscp af11", F443, "unknown", 1),
    ("tos-elsewhere", "rule 0 deny udp tos 4", F443, "permit", None),
    ("vpn", "rule 0 deny tcp vpn-instance A", F443, "unknown", 1),
    ("garbled", "rule 0 deny tcp frob", F443, "unknown", 1),
    ("same-number-twice", "rule 0 permit udp|rule 0 deny tcp", F443, "unknown", 2),
    ("group-not-defined", "rule 0 deny ip destination object-group NO", F443, "unknown", 1),
]  # fmt: skip


def ask(folder: Path, config: str, name: str, packet: dict[str, object]) -> Answer:
    found = answer(folder, "hp_comware", config, name, **packet)
    assert isinstance(found, Answer)
    return found


@pytest.mark.parametrize("head", ["acl number 3000", "acl advanced 3000"])
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
    head: str,
) -> None:
    lines = "".join(f"{indent}{text}\n" for text in rules.split("|"))
    found = ask(tmp_path, f"#\n{head}\n{lines}#\n", "3000", packet)
    assert found.action == action
    assert found.line == (None if rule is None else rule + 2)


DEFAULTS = [
    ("T109", "firewall default deny\n#\n", F443, "deny", 1),
    ("v7", "packet-filter default deny\n#\n", F443, "deny", 1),
    ("v7-behind-a-blank", "#\n packet-filter default deny\n#\n", F443, "deny", 2),
    ("permit-said", "firewall default permit\n#\n", F443, "permit", None),
    ("undone", "undo packet-filter default deny\n#\n", F443, "permit", None),
]


@pytest.mark.parametrize(
    ("before", "packet", "action", "line"), [c[1:] for c in DEFAULTS], ids=[c[0] for c in DEFAULTS]
)
def test_default_action(
    tmp_path: Path, before: str, packet: dict[str, object], action: str, line: int | None
) -> None:
    config = before + "acl advanced 3000\n rule 0 deny tcp destination-port eq 22\n#\n"
    found = ask(tmp_path, config, "3000", packet)
    assert (found.action, found.line) == (action, line)


def test_a_list_without_rules_under_default_deny(tmp_path: Path) -> None:
    config = "packet-filter default deny\n#\nacl advanced 3000\n#\n"
    assert ask(tmp_path, config, "3000", F443).action == "unknown"
    assert ask(tmp_path, "acl advanced 3000\n#\n", "3000", F443).action == "permit"


HEADS = [
    ("basic-number", "acl number 2000", "2000"),
    ("basic", "acl basic 2000", "2000"),
    ("named-v5", "acl number 2000 name Staff", "Staff"),
    ("named-v7", "acl basic name Staff", "Staff"),
    ("names-are-the-same-in-either-case", "acl basic name Staff", "staff"),
]


@pytest.mark.parametrize(("head", "name"), [c[1:] for c in HEADS], ids=[c[0] for c in HEADS])
def test_basic_list(tmp_path: Path, head: str, name: str) -> None:
    config = f"{head}\n rule 0 deny source 10.20.0.0 0.0.255.255\n rule 5 permit\n#\n"
    found = ask(tmp_path, config, name, F443)
    assert (found.action, found.line) == ("deny", 2)
    assert ask(tmp_path, config, name, tcp(443, src="10.30.0.1")).action == "permit"


V6 = [
    ("port", "rule 0 deny tcp destination-port eq 443", S443, "deny"),
    ("prefix", "rule 0 deny ipv6 destination 2401:1d80:3000::/36", S443, "deny"),
    ("prefix-and-length", "rule 0 deny ipv6 destination 2401:1d80:3000:: 36", S443, "deny"),
    ("too-big", "rule 0 deny icmpv6 icmp6-type packet-too-big", P6, "deny"),
    ("other-message", "rule 0 deny icmpv6 icmp6-type host-unreachable", P6, "permit"),
    ("flow-label", "rule 0 deny tcp flow-label 5", S443, "unknown"),
    ("routing", "rule 0 deny ipv6 routing type 0", S443, "unknown"),
]


@pytest.mark.parametrize("head", ["acl ipv6 number 3000", "acl ipv6 advanced 3000"])
@pytest.mark.parametrize(("rules", "packet", "action"), [c[1:] for c in V6], ids=[c[0] for c in V6])
def test_ipv6_access_list(
    tmp_path: Path, rules: str, packet: dict[str, object], action: str, head: str
) -> None:
    assert ask(tmp_path, f"{head}\n {rules}\n#\n", "3000", packet).action == action


GROUPS = [
    ("host", "0 network host address 104.192.141.1", "deny"),
    ("netmask", "0 network subnet 104.192.136.0 255.255.248.0", "deny"),
    ("length", "0 network subnet 104.192.136.0 21", "deny"),
    ("wildcard", "0 network subnet 104.0.0.1 wildcard 0.255.255.0", "deny"),
    ("range", "0 network range 104.192.141.0 104.192.141.5", "deny"),
    ("nested", "0 network group-object inner", "deny"),
    ("nested-other-case", "0 network group-object INNER", "deny"),
    ("other", "0 network host address 192.0.2.1", "permit"),
    ("wrong-order", "0 network range 104.192.141.5 104.192.141.0", "unknown"),
    ("mask-with-holes", "0 network subnet 104.192.136.0 255.0.255.0", "unknown"),
    ("name", "0 network host name example.org", "unknown"),
    ("exclude", "0 network subnet 104.192.136.0 21\n 5 network exclude 104.192.141.1", "unknown"),
    ("itself", "0 network group-object bb", "unknown"),
    ("not-defined", "0 network group-object nobody", "unknown"),
    ("empty", "description x", "unknown"),
    ("garbled", "0 network frob", "unknown"),
    ("garbled-beside", "0 network host address 104.192.141.1\n 5 network frob", "deny"),
]


@pytest.mark.parametrize(("members", "action"), [c[1:] for c in GROUPS], ids=[c[0] for c in GROUPS])
def test_address_group(tmp_path: Path, members: str, action: str) -> None:
    config = (
        "acl advanced 3000\n rule 0 deny ip destination object-group BB\n#\n"
        f"object-group ip address bb\n {members}\n#\n"
        "object-group ip address inner\n 0 network host address 104.192.141.1\n#\n"
    )
    assert ask(tmp_path, config, "3000", F443).action == action


def test_port_group(tmp_path: Path) -> None:
    config = (
        "object-group port WEB\n 0 port eq 80\n 10 port range 440 450\n 20 port group-object X\n#\n"
        "object-group port X\n 0 port gt 60000\n#\n"
        "acl advanced 3000\n rule 0 deny tcp destination-port object-group web\n#\n"
    )
    assert ask(tmp_path, config, "3000", F443).action == "deny"
    assert ask(tmp_path, config, "3000", tcp(61000)).action == "deny"
    assert ask(tmp_path, config, "3000", F22).action == "permit"


@pytest.mark.parametrize(
    ("rules", "action"),
    [("rule 0 permit ip|rule 5 deny tcp", "unknown"), ("rule 0 deny ip|rule 5 deny tcp", "deny")],
)
def test_match_order_auto(tmp_path: Path, rules: str, action: str) -> None:
    lines = "".join(f" {text}\n" for text in rules.split("|"))
    config = f"acl number 3000 match-order auto\n{lines}#\n"
    assert ask(tmp_path, config, "3000", F443).action == action


def test_every_line_of_a_list_is_accounted_for() -> None:
    config = (
        "acl advanced 3000\n description x\n step 10\n rule 0 permit ip\n rule 0 comment y\n"
        " rule 10 deny frob\n#\nacl mac 4000\n rule 0 deny type 0806 ffff\n#\n"
    )
    found = device_of("hp_comware", config)
    assert [(u.where.line, u.topic) for u in found.not_understood] == [(6, "filter")]
