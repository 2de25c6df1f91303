"""Firewall filters: verdicts worked out by hand from Juniper's semantics, in both forms of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer

C, H, H2 = "10.20.1.5", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
ACK443 = {**F443, "tcp_flags": ["ack"]}
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
R22 = {**R443, "src_port": 22}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {**P4, "icmp_type": 8, "icmp_code": 0}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
FRAG = {**F443, "fragment": True}
GRE = {"src": C, "dst": H, "protocol": 47}
REST = "term Z { then accept; }"
DROP = "term Z { then discard; }"

CASES = [
    # identity, terms, packet, action, term (None: the implicit discard)
    (
        "T074-except",
        "term A { from { destination-address { 104.192.136.0/21; 104.192.141.0/24 except; } } then accept; }",
        F443, "deny", None,
    ),
    (
        "T074-around",
        "term A { from { destination-address { 104.192.136.0/21; 104.192.141.0/24 except; } } then accept; }",
        tcp(443, "104.192.140.9"), "permit", "A",
    ),
    (
        "T074-longer-again",
        "term A { from { destination-address { 104.192.136.0/21; 104.192.141.0/24 except;"
        " 104.192.141.1/32; } } then accept; }",
        F443, "permit", "A",
    ),
    (
        "T075-only-except",
        "term A { from { destination-address { 104.192.141.0/24 except; } } then accept; }",
        F443, "deny", None,
    ),
    (
        "T075-others-neither",
        "term A { from { destination-address { 104.192.141.0/24 except; } } then accept; }",
        tcp(443, H2), "deny", None,
    ),
    ("T076-22", f"term X {{ from {{ destination-port 22; }} then discard; }} {REST}", F22, "deny", "X"),
    ("T076-443", f"term X {{ from {{ destination-port 22; }} then {{ discard; }} }} {REST}", F443, "permit", "Z"),
    ("T077-no-action", f"term A {{ from {{ protocol tcp; }} then {{ count c; }} }} {DROP}", F443, "permit", "A"),
    ("no-then", f"term A {{ from {{ protocol tcp; }} }} {DROP}", F443, "permit", "A"),
    (
        "T078-next-term",
        "term A { then { policer P; next term; } } term B { from { protocol tcp; destination-port 443; }"
        f" then discard; }} {REST}",
        F443, "deny", "B",
    ),
    (
        "T080-inactive",
        f"inactive: term BLK {{ from {{ destination-address {{ 104.192.136.0/21; }} }} then discard; }} {REST}",
        F443, "permit", "Z",
    ),
    ("inactive-then", "term A { from { protocol tcp; } inactive: then discard; }", F443, "permit", "A"),
    (
        "inactive-condition",
        "term A { from { inactive: protocol udp; destination-address { 104.192.136.0/21; } } then accept; }",
        F443, "permit", "A",
    ),
    (
        "inactive-address",
        "term A { from { destination-address { inactive: 104.192.136.0/21; 192.0.2.0/24; } } then accept; }",
        F443, "deny", None,
    ),
    (
        "T083-initial",
        f"term A {{ from {{ protocol tcp; tcp-initial; destination-port 443; }} then reject tcp-reset; }} {REST}",
        F443, "deny", "A",
    ),
    (
        "T083-later",
        f"term A {{ from {{ protocol tcp; tcp-initial; destination-port 443; }} then reject tcp-reset; }} {REST}",
        ACK443, "permit", "Z",
    ),
    ("T084-answer", "term A { from { protocol tcp; tcp-established; } then accept; }", R443, "permit", "A"),
    ("T084-first", "term A { from { protocol tcp; tcp-established; } then accept; }", F443, "deny", None),
    (
        "T085-reject",
        f"term A {{ from {{ source-address {{ 10.20.0.0/16; }} }} then {{ reject; }} }} {REST}",
        F443, "deny", "A",
    ),
    ("T054-ptb", "term 1 { from { icmp-type [ echo-request echo-reply time-exceeded ]; } then accept; }"
     " term 2 { from { tcp-established; } then accept; }", P4, "unknown", "2"),
    ("T054-with-protocol", "term 1 { from { protocol icmp; icmp-type [ echo-request echo-reply ]; } then accept; }"
     " term 2 { from { protocol tcp; tcp-established; } then accept; }", P4, "deny", None),
    ("T056-ptb", "term ptb { from { protocol icmp; icmp-type unreachable; icmp-code fragmentation-needed; }"
     f" then accept; }} term noicmp {{ from {{ protocol icmp; }} then discard; }} {REST}", P4, "permit", "ptb"),
    ("T056-ping", "term ptb { from { protocol icmp; icmp-type unreachable; icmp-code fragmentation-needed; }"
     f" then accept; }} term noicmp {{ from {{ protocol icmp; }} then discard; }} {REST}", PING, "deny", "noicmp"),
    ("icmp-numbers", "term A { from { protocol icmp; icmp-type 3; icmp-code 4; } then accept; }", P4, "permit", "A"),
    ("port-either", f"term A {{ from {{ protocol tcp; port 443; }} then discard; }} {REST}", R443, "deny", "A"),
    ("port-either-dst", f"term A {{ from {{ protocol tcp; port [ ssh https ]; }} then discard; }} {REST}", F22, "deny", "A"),
    ("port-range", "term A { from { protocol tcp; destination-port 440-450; } then accept; }", F443, "permit", "A"),
    ("port-names", "term A { from { protocol tcp; destination-port [ http https ]; } then accept; }", F80, "permit", "A"),
    (
        "destination-port-except",
        "term A { from { protocol tcp; destination-port-except [ 443 22 ]; } then discard; } " + REST,
        F443, "permit", "Z",
    ),
    (
        "destination-port-except-other",
        "term A { from { protocol tcp; destination-port-except [ 443 22 ]; } then discard; } " + REST,
        F80, "deny", "A",
    ),
    ("protocol-except", f"term A {{ from {{ protocol-except tcp; }} then discard; }} {REST}", F443, "permit", "Z"),
    ("port-except-one", f"term A {{ from {{ protocol tcp; port-except 443; }} then discard; }} {REST}", F443, "unknown", "A"),
    ("port-except-none", f"term A {{ from {{ protocol tcp; port-except 25; }} then discard; }} {REST}", F443, "deny", "A"),
    ("address-either", f"term A {{ from {{ address {{ 104.192.136.0/21; }} }} then discard; }} {REST}", R443, "deny", "A"),
    (
        "netmask-with-holes",
        f"term A {{ from {{ destination-address {{ 104.0.141.0/255.0.255.0; }} }} then discard; }} {REST}",
        F443, "deny", "A",
    ),
    ("flags", f'term A {{ from {{ protocol tcp; tcp-flags "(syn & !ack) | rst"; }} then discard; }} {REST}', F443, "deny", "A"),
    ("flags-ack", f'term A {{ from {{ protocol tcp; tcp-flags "(syn & !ack) | rst"; }} then discard; }} {REST}', R443, "permit", "Z"),
    ("flags-hex", f'term A {{ from {{ protocol tcp; tcp-flags "0x02 & !0x10"; }} then discard; }} {REST}', F443, "deny", "A"),
    ("flags-broken", f'term A {{ from {{ protocol tcp; tcp-flags "(syn & "; }} then discard; }} {REST}', F443, "unknown", "A"),
    ("fragment-of-layer-4", f"term A {{ from {{ protocol tcp; destination-port 443; }} then discard; }} {REST}", FRAG, "unknown", "A"),
    ("is-fragment", f"term A {{ from {{ is-fragment; }} then discard; }} {REST}", FRAG, "deny", "A"),
    ("is-fragment-whole", f"term A {{ from {{ is-fragment; }} then discard; }} {REST}", F443, "permit", "Z"),
    ("ttl", f"term A {{ from {{ ttl 1; }} then discard; }} {REST}", F443, "unknown", "A"),
    ("either-way", f"term A {{ from {{ dscp ef; }} then accept; }} {REST}", F443, "permit", "Z"),
    ("garbled-condition", f"term A {{ from {{ protokoll tcp; destination-port 443; }} then discard; }} {REST}", F443, "unknown", "A"),
    ("garbled-elsewhere", f"term A {{ from {{ protokoll x; protocol udp; }} then discard; }} {REST}", F443, "permit", "Z"),
    ("garbled-action", f"term A {{ from {{ protocol tcp; }} then {{ diskard; }} }} {REST}", F443, "unknown", "A"),
    ("undefined-list", f"term A {{ from {{ destination-prefix-list NO; }} then discard; }} {REST}", F443, "unknown", "A"),
    ("interface", f"term A {{ from {{ interface ge-0/0/7.0; }} then discard; }} {REST}", F443, "unknown", "A"),
    ("routing-instance", f"term A {{ from {{ protocol tcp; }} then {{ routing-instance B; }} }} {DROP}", F443, "permit", "A"),
    ("empty-filter", "", F443, "deny", None),
    ("source-port-22-is-no-echo", "term A { from { icmp-type echo-reply; } then accept; }", R22, "unknown", "A"),
    ("source-port-443-is-no-echo", "term A { from { icmp-type echo-reply; } then accept; }", R443, "deny", None),
    ("destination-port-in-icmp", "term A { from { destination-port 1024-65535; } then accept; }", P4, "unknown", "A"),
    ("source-port-in-icmp", "term A { from { source-port 1024-65535; } then accept; }", P4, "deny", None),
    ("ports-in-gre", "term A { from { destination-port 443; } then accept; }", GRE, "unknown", "A"),
    ("template-mark", f"replace: term A {{ from {{ protocol udp; }} then discard; }} {REST}", F443, "permit", "Z"),
    ("protected", f"protect: term A {{ from {{ protocol tcp; }} then discard; }} {REST}", F443, "deny", "A"),
]  # fmt: skip


def curly(terms: str) -> tuple[str, dict[str, range]]:
    """A filter F of family inet with `terms`, one statement a line, and the lines of each term."""
    body = terms.replace("{", "{\n").replace("}", "}\n").replace(";", ";\n")
    lines = ["firewall {", "family inet {", "filter F {"]
    spans: dict[str, range] = {}
    name, start, depth = "", 0, 0
    for line in (part.strip() for part in body.split("\n")):
        if not line:
            continue
        lines.append(line)
        words = line.split()
        if depth == 0 and "term" in words:
            name, start = words[words.index("term") + 1], len(lines)
        depth += line.count("{") - line.count("}")
        if depth == 0 and name:
            spans[name] = range(start, len(lines) + 1)
    return "\n".join([*lines, "}", "}", "}", ""]), spans


@pytest.mark.parametrize(
    ("terms", "packet", "action", "term"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_curly_form(
    tmp_path: Path, terms: str, packet: dict[str, object], action: str, term: str | None
) -> None:
    config, spans = curly(terms)
    found = answer(tmp_path, "juniper_junos", config, "F", **packet)
    assert isinstance(found, Answer), found
    assert found.action == action
    if term is None:
        assert found.line is None
    else:
        assert found.line in spans[term]


def flattened(config: str) -> str:
    """The set form of a curly text that has one statement a line."""
    path: list[str] = []
    lines = []
    inactive = []
    for line in config.splitlines():
        flag, _, rest = line.partition(": ")
        text = rest if flag in ("inactive", "protect", "replace") and rest else line
        if text == "}":
            path.pop()
            continue
        words = " ".join([*path, text.rstrip(" {;")])
        if flag == "inactive":
            inactive.append(f"deactivate {words}")
        if text.endswith("{"):
            path.append(text.rstrip(" {"))
            if text.split()[0] in ("filter", "term"):
                lines.append(f"set {words}")
        else:
            lines.append(f"set {words}")
    return "\n".join([*lines, *inactive, ""])


@pytest.mark.parametrize(
    ("terms", "packet", "action"), [c[1:4] for c in CASES], ids=[c[0] for c in CASES]
)
def test_set_form_says_the_same(
    tmp_path: Path, terms: str, packet: dict[str, object], action: str
) -> None:
    found = answer(tmp_path, "juniper_junos", flattened(curly(terms)[0]), "F", **packet)
    assert isinstance(found, Answer), found
    assert found.action == action


SETS = [
    # identity, commands below `firewall family inet filter F`, packet, action, line
    (
        "T079-deactivated-term",
        "set {F} term BLK from destination-address 104.192.136.0/21|set {F} term BLK then discard|"
        "set {F} term R then accept|deactivate {F} term BLK",
        F443, "permit", 3,
    ),
    (
        "deactivated-condition-widens",
        "set {F} term BLK from protocol udp|set {F} term BLK then discard|deactivate {F} term BLK from",
        F443, "deny", 2,
    ),
    ("activated-again", "set {F} term A then discard|deactivate {F} term A|activate {F} term A", F443, "deny", 1),
    ("deleted", "set {F} term A then discard|set {F} term B then accept|delete {F} term A", F443, "permit", 2),
    (
        "inserted",
        "set {F} term A then discard|set {F} term B from protocol tcp|set {F} term B then accept|"
        "insert {F} term B before term A",
        F443, "permit", 3,
    ),
    ("renamed", "set {F} term A then discard|rename {F} term A to term B|set {F} term A then accept", F443, "deny", 1),
    ("delete-in-what-is-there", "set {F} term A then accept|delete {F} term X", F443, "unknown", None),
    ("delete-before-all", "delete {F}|set {F} term A then accept", F443, "permit", 2),
    ("insert-of-nothing", "set {F} term A then accept|insert {F} term X before term A", F443, "unknown", None),
    (
        "quoted",
        'set {F} term "two words" from protocol tcp|set {F} term "two words" then discard',
        F443, "deny", 2,
    ),
    (
        "list-in-set-form",
        "set {F} term A from destination-port [ 22 443 ]|set {F} term A from protocol tcp|set {F} term A then discard",
        F443, "deny", 3,
    ),
    (
        "the-last-action-holds",
        "set {F} term A then accept|set {F} term A then discard",
        F443, "deny", 2,
    ),
    (
        "nested-filter",
        "set {F} term A filter G|set {F} term B then accept|"
        "set firewall family inet filter G term X from protocol tcp|set firewall family inet filter G term X then discard",
        F443, "deny", 4,
    ),
    (
        "prefix-list",
        "set policy-options prefix-list BB 104.192.136.0/21|set {F} term A from destination-prefix-list BB|"
        "set {F} term A then discard|set {F} term B then accept",
        F443, "deny", 3,
    ),
    (
        "prefix-list-and-except-are-one-list",
        "set policy-options prefix-list BB 104.192.141.0/24|set {F} term A from destination-prefix-list BB except|"
        "set {F} term A from destination-address 0.0.0.0/0|set {F} term A then discard|set {F} term B then accept",
        F443, "permit", 5,
    ),
    (
        "empty-prefix-list",
        "set policy-options prefix-list BB|set {F} term A from destination-prefix-list BB|"
        "set {F} term A then discard|set {F} term B then accept",
        F443, "unknown", 3,
    ),
    (
        "apply-path",
        "set interfaces ge-0/0/0 unit 0 family inet address 10.20.1.1/24|"
        'set policy-options prefix-list OWN apply-path "interfaces <*> unit <*> family inet address <*>"|'
        "set {F} term A from source-prefix-list OWN|set {F} term A then discard|set {F} term B then accept",
        F443, "deny", 4,
    ),
    (
        "group-with-wildcard",
        "set groups G firewall family inet filter <*> term A then discard|set apply-groups G|"
        "set {F} term A from protocol tcp",
        F443, "deny", 1,
    ),
    (
        "group-term-among-others",
        "set groups G firewall family inet filter <*> term LAST then discard|set apply-groups G|"
        "set {F} term A from protocol udp|set {F} term A then accept",
        F443, "unknown", None,
    ),
    (
        "own-action-wins-over-group",
        "set groups G firewall family inet filter <*> term <*> then discard|set apply-groups G|"
        "set {F} term A then accept",
        F443, "permit", 3,
    ),
    (
        "group-excepted",
        "set groups G firewall family inet filter <*> term <*> then discard|set apply-groups G|"
        "set {F} apply-groups-except G|set {F} term A from protocol tcp",
        F443, "permit", 4,
    ),
    ("group-not-in-the-text", "set {F} apply-groups NO|set {F} term A then accept", F443, "unknown", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("commands", "packet", "action", "line"), [c[1:] for c in SETS], ids=[c[0] for c in SETS]
)
def test_commands(
    tmp_path: Path, commands: str, packet: dict[str, object], action: str, line: int | None
) -> None:
    config = commands.replace("{F}", "firewall family inet filter F").replace("|", "\n")
    found = answer(tmp_path, "juniper_junos", config, "F", **packet)
    assert isinstance(found, Answer), found
    assert (found.action, found.line) == (action, line)


V6 = [
    ("T057-ptb", "term A { from { next-header icmp6; icmp-type [ neighbor-solicit neighbor-advertisement echo-request ]; }"
     " then accept; } term B { from { next-header tcp; } then accept; }", P6, "deny"),
    ("ptb", "term A { from { next-header icmpv6; icmp-type packet-too-big; } then accept; }", P6, "permit"),
    ("prefix", "term A { from { destination-address { 2401:1d80:3000::/36; } } then discard; } " + REST, S443, "deny"),
    ("port", "term A { from { next-header tcp; destination-port https; } then accept; }", S443, "permit"),
    ("of-the-other-family", "term A { from { destination-address { 192.0.2.0/24; } } then discard; } " + REST, S443, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "packet", "action"), [c[1:] for c in V6], ids=[c[0] for c in V6])
def test_inet6(tmp_path: Path, terms: str, packet: dict[str, object], action: str) -> None:
    config = curly(terms)[0].replace("family inet {", "family inet6 {")
    found = answer(tmp_path, "juniper_junos", config, "F", **packet)
    assert isinstance(found, Answer), found
    assert found.action == action


def test_a_text_that_ends_inside_a_filter_leaves_the_rest_open(tmp_path: Path) -> None:
    config = "firewall {\n family inet {\n  filter F {\n   term A {\n    from {\n     protocol udp;\n"
    config += "    }\n    then discard;\n   }\n"
    found = answer(tmp_path, "juniper_junos", config, "F", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


def test_one_statement_a_line_is_not_needed(tmp_path: Path) -> None:
    config = "firewall { filter F { term A { from { protocol tcp; } then { count c; discard; } } } }"
    found = answer(tmp_path, "juniper_junos", config, "F", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", 1)


def test_comments_and_annotations(tmp_path: Path) -> None:
    config = (
        "## Last commit: 2026-11-01 by x\nfirewall {\n    /* the edge\n       term A { then discard; }\n"
        "    */\n    family inet {\n        filter F {\n            # then discard;\n"
        "            term A {\n                then accept; ## SECRET-DATA\n            }\n        }\n    }\n}\n"
    )
    found = answer(tmp_path, "juniper_junos", config, "F", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", 9)
