"""Filters of Cumulus Linux in all forms: the cases of knowledge `filters.md` §7, and what its documents say of each form."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from rules.packets.evaluate import decide
from rules.packets.packet import packet
from tests.audit_text import answer, brief, device_of, findings_of

Row = dict[str, object]
C, H, H2 = "10.20.1.5", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C, source_port: int = 50000) -> Row:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": source_port, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
SIX = tcp(443, H6, C6)
SYN = {**F443, "tcp_flags": ["syn"]}
R443 = {**tcp(50000, C, H, 443), "tcp_flags": ["syn", "ack"]}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {**P4, "icmp_type": 8, "icmp_code": 0}
FRAG = {**F443, "fragment": True}
UDP = {**F443, "protocol": "udp"}


def decided(folder: Path, config: str, name: str, asked: Row) -> tuple[str, str | None]:
    found = answer(folder, "cumulus_linux", config, name, **asked)
    assert isinstance(found, Answer), found
    return found.action, found.text


def nv(*rules: str, kind: str = "ipv4") -> str:
    return "\n".join(
        [f"nv set acl A type {kind}", *(f"nv set acl A rule {rule}" for rule in rules)]
    )


def test_t132_an_outbound_list(tmp_path: Path) -> None:
    config = nv("10 match ip dest-ip 104.192.136.0/21", "10 action deny")
    assert decided(tmp_path, config, "A", F443) == ("deny", "nv set acl A rule 10 action deny")
    assert decided(tmp_path, config, "A", tcp(443, H2))[0] == "permit"


@pytest.mark.parametrize(
    ("rules", "asked", "action"),
    [
        (("20 action deny", "10 match ip protocol tcp", "10 action permit"), F443, "permit"),
        (("9 action deny", "10 match ip protocol tcp", "10 action permit"), F443, "deny"),
        (("10 match ip .protocol tcp .dest-port 443 .source-ip 10.20.0.0/16", "10 action deny"), F443, "deny"),
        (("10 match ip .protocol tcp .dest-port 443 .source-ip 10.20.0.0/16", "10 action deny"), F22, "permit"),
        (("10 match ip tcp dest-port 443", "10 action deny"), F443, "deny"),
        (("10 match ip tcp dest-port 443", "10 action deny"), UDP, "permit"),
        (("10 match ip dest-port 400:500", "10 action deny"), F443, "deny"),
        (("10 match ip dest-port https", "10 match ip dest-port ssh", "10 action deny"), F22, "deny"),
        (("10 match ip source-ip ANY", "10 match ip dest-port ANY", "10 action deny"), F80, "deny"),
        (("10 match ip protocol tcp", "10 match ip tcp state established", "10 action deny"), R443, "deny"),
        (("10 match ip protocol tcp", "10 match ip tcp state established", "10 action deny"), SYN, "permit"),
        (("10 match ip tcp flags syn", "10 match ip tcp mask syn", "10 match ip tcp mask ack", "10 action deny"), SYN, "deny"),
        (("10 match ip tcp flags syn", "10 match ip tcp mask syn", "10 match ip tcp mask ack", "10 action deny"), R443, "permit"),
        (("10 match ip icmp-type dest-unreachable", "10 action deny"), P4, "deny"),
        (("10 match ip icmp-type 3", "10 action deny"), PING, "permit"),
        (("10 match ip fragment", "10 action deny"), F443, "permit"),
        (("10 match ip fragment", "10 action deny"), FRAG, "deny"),
        (("10 action police rate 400", "20 action deny"), F443, "deny"),
        (("10 action set class 3", "20 action deny"), F443, "deny"),
    ],
)  # fmt: skip
def test_nvue(tmp_path: Path, rules: tuple[str, ...], asked: Row, action: str) -> None:
    assert decided(tmp_path, nv(*rules), "A", asked)[0] == action


@pytest.mark.parametrize(
    "rule",
    [
        "10 match ip dscp af12",
        "10 match ip hashlimit name X",
        "10 match ip recent-list hit-count 5",
        "10 match ip connection-state established",
        "10 match ip tcp mss 536",
        "10 match ip tcp flags syn",
        "10 match ip dest-ip 104.192.136.0/33",
        "10 match ip dest-ip 104.192.136.0/21x",
        "10 match ip dest-ip 2401:1d80:3000::/36",
        "10 match ip dest-port 443:80",
        "10 match ip dest-port 70000",
        "10 match ip dest-port",
        "10 match ip protocol nonsense",
        "10 match ip icmp-type nonsense",
        "10 match inner-ip dest-ip 10.0.0.0/8",
        "10 match mac source-mac 00:00:00:00:00:12",
        "10 match ip something new",
        "10 unknown words",
    ],
)
def test_what_a_packet_does_not_tell_is_unknown(tmp_path: Path, rule: str) -> None:
    config = nv(rule, "10 action deny", "20 match ip dest-port 22", "20 action permit")
    assert decided(tmp_path, config, "A", F443)[0] == "unknown"


@pytest.mark.parametrize(
    "action", ["log", "set dscp af12", "span swp1", "nonsense", "erspan ttl 5"]
)
def test_actions_that_may_end_the_list(tmp_path: Path, action: str) -> None:
    assert decided(tmp_path, nv(f"10 action {action}", "20 action deny"), "A", F443)[0] == "unknown"


def test_a_rule_without_a_number_may_be_the_first(tmp_path: Path) -> None:
    config = nv("xx action deny", "10 action permit")
    assert decided(tmp_path, config, "A", F443)[0] == "unknown"


def test_unset_takes_a_rule_away(tmp_path: Path) -> None:
    config = nv("10 action deny", "20 match ip protocol tcp", "20 action permit")
    assert decided(tmp_path, config + "\nnv unset acl A rule 10\n", "A", F443)[0] == "permit"


def test_an_unset_of_what_the_text_lacks_leaves_doubt(tmp_path: Path) -> None:
    config = nv("10 action deny") + "\nnv unset acl A rule 10 match ip dest-ip\n"
    assert decided(tmp_path, config, "A", F443)[0] == "unknown"


def test_a_prompt_in_front_of_commands(tmp_path: Path) -> None:
    config = "\n".join(
        f"cumulus@leaf01:mgmt:~$ {line}" for line in nv("10 action deny").splitlines()
    )
    assert decided(tmp_path, config, "A", F443)[0] == "deny"


NCLU = "net add acl ipv4 A "


@pytest.mark.parametrize(
    ("rules", "asked", "action"),
    [
        (("accept tcp source-ip any source-port any dest-ip any dest-port http", "drop source-ip any dest-ip any"), F80, "permit"),
        (("accept tcp source-ip any source-port any dest-ip any dest-port http", "drop source-ip any dest-ip any"), F443, "deny"),
        (("drop source-ip 10.20.0.0/16 dest-ip 104.192.136.0/21",), UDP, "deny"),
        (("priority 20 drop tcp source-ip any", "priority 10 accept tcp dest-port 443"), F443, "permit"),
        (("priority 30 accept tcp dest-port 443", "drop tcp source-ip any"), F443, "permit"),
        (("police tcp source-ip any", "drop tcp source-ip any"), F443, "deny"),
        (("drop tcp dscp af11",), F443, "unknown"),
        (("drop tcp new-word 5",), F443, "unknown"),
        (("twist tcp dest-port 443",), F443, "unknown"),
    ],
)  # fmt: skip
def test_nclu(tmp_path: Path, rules: tuple[str, ...], asked: Row, action: str) -> None:
    assert decided(tmp_path, "\n".join(NCLU + rule for rule in rules), "A", asked)[0] == action


def test_nclu_lists_of_both_families_may_share_a_name(tmp_path: Path) -> None:
    config = (
        f"{NCLU}drop tcp dest-port 443\nnet add acl ipv6 A accept tcp dest-port 443\nnet commit\n"
    )
    assert decided(tmp_path, config, "A", F443)[0] == "deny"
    assert decided(tmp_path, config, "A", SIX)[0] == "permit"


def rules(*lines: str) -> str:
    return "\n".join(["[iptables]", *lines])


@pytest.mark.parametrize(
    ("lines", "port", "action"),
    [
        (("-A FORWARD -i swp+ -p tcp -d 104.192.136.0/21 --dport 22 -j DROP",), 22, "deny"),
        (("-A FORWARD -i swp+ -p tcp -d 104.192.136.0/21 --dport 22 -j DROP",), 443, "permit"),
        (("-A FORWARD -i bond+ -p tcp -j DROP",), 22, "permit"),
        (("-A FORWARD,INPUT -i swp7,swp1 -p tcp -j DROP",), 22, "deny"),
        (("-A FORWARD -o swp2 -p tcp -j ACCEPT", "-A FORWARD -i swp1 -p tcp -j DROP"), 22, "deny"),
        (("-A FORWARD -i swp+ -o swp2 -p tcp -j ACCEPT", "-A FORWARD -i swp1 -p tcp -j DROP"), 22, "permit"),
        (("-A FORWARD -o swp2 -p tcp -j DROP", "-A FORWARD -p tcp -j ACCEPT"), 22, "unknown"),
        (("-A FORWARD -p tcp -m state --state ESTABLISHED -j DROP",), 22, "unknown"),
        (("-A FORWARD -p tcp -j ACCEPT", "-A FORWARD -j DROP"), 22, "permit"),
        (("-A FORWARD -j ACCEPT", "-A FORWARD -p tcp -j DROP"), 22, "unknown"),
        (("-A FORWARD -i swp1 -j POLICE --set-mode pkt --set-rate 400 --set-burst 200", "-A FORWARD -p tcp -j DROP"), 22, "deny"),
        (("-A FORWARD -p tcp -j SPAN --dport swp1", "-A FORWARD -p tcp -j DROP"), 22, "unknown"),
        (("-A FORWARD -p tcp --frobnicate 5 -j DROP",), 22, "unknown"),
        (("-A FORWARD -p tcp --dport 70000 -j DROP",), 22, "unknown"),
        (("garbage in the file", "-A FORWARD -p udp -j DROP"), 22, "unknown"),
    ],
)  # fmt: skip
def test_rule_files(lines: tuple[str, ...], port: int, action: str) -> None:
    found = device_of("cumulus_linux", rules(*lines))
    asked = packet(C, H, dst_port=port)
    decision = decide(found.filters, "iptables/filter/FORWARD", 4, asked, "swp1", "swp2")
    assert decision.outcome.value == action


def test_rules_for_the_switch_itself_are_not_bound() -> None:
    found = device_of(
        "cumulus_linux", rules("-A INPUT -i swp+ -j DROP", "-A OUTPUT -p tcp -j DROP")
    )
    assert {key for key, _ in found.filters} == {"iptables/filter/INPUT", "iptables/filter/OUTPUT"}
    assert found.bindings == ()


def test_variables_and_families_of_rule_files() -> None:
    text = "IN = swp+\nCHAIN = INPUT, FORWARD\n[ip6tables]\n-A $CHAIN -i $IN -p tcp -j DROP\n[ebtables]\n-A FORWARD -p IPv4 -j DROP\n"
    found = device_of("cumulus_linux", text)
    assert set(found.filters) == {
        ("iptables/filter/INPUT", 6),
        ("iptables/filter/FORWARD", 6),
    }
    assert [(b.key, b.family, b.direction) for b in found.bindings] == [
        ("iptables/filter/FORWARD", 6, "forward")
    ]
    assert [note.value for note in found.recognised] == ["l2-filter"]


BASE = (
    "nv set interface swp1 ip address 10.20.1.1/24\nnv set interface swp2 ip address 203.0.113.2/30\n"
    "nv set vrf default router static 0.0.0.0/0 via 203.0.113.1\n"
)
DENY = "nv set acl A type ipv4\nnv set acl A rule 10 match ip protocol tcp\nnv set acl A rule 10 action deny\n"


@pytest.mark.parametrize(
    ("applied", "found"),
    [
        ("nv set interface swp1 acl A inbound", {("ACL001", "high", "fail")}),
        (
            "nv set interface swp1-2 acl A inbound",
            {("ACL001", "high", "fail"), ("ACL002", "high", "fail")},
        ),
        ("nv set interface swp1 acl A inbound control-plane", set()),
        ("nv set system control-plane acl A inbound", set()),
        ("nv set interface swp1 acl B inbound", {("ACL001", "high", "unknown")}),
        ("nv set interface swp1 acl A sideways", {("ACL009", "high", "unknown")}),
    ],
)
def test_where_lists_act(applied: str, found: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("cumulus_linux", BASE + DENY + applied), "ACL") == found


def test_two_lists_in_one_direction_are_undecided() -> None:
    other = DENY.replace("acl A", "acl B").replace("deny", "permit")
    both = "nv set interface swp1 acl A inbound\nnv set interface swp1 acl B inbound\n"
    assert ("ACL001", "high", "unknown") in brief(
        findings_of("cumulus_linux", BASE + DENY + other + both), "ACL"
    )
