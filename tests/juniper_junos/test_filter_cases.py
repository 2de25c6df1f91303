"""Firewall filters: verdicts worked out by hand from Juniper's semantics, in both forms of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer
from tests.juniper_junos.flows import F443, P6, REST, S443
from tests.juniper_junos.payload_cases import CASES as PAYLOAD
from tests.juniper_junos.term_cases import CASES as TERMS

CASES = [*TERMS, *PAYLOAD]


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
        F443,
        "permit",
        3,
    ),
    (
        "deactivated-condition-widens",
        "set {F} term BLK from protocol udp|set {F} term BLK then discard|deactivate {F} term BLK from",
        F443,
        "deny",
        2,
    ),
    (
        "activated-again",
        "set {F} term A then discard|deactivate {F} term A|activate {F} term A",
        F443,
        "deny",
        1,
    ),
    (
        "deleted",
        "set {F} term A then discard|set {F} term B then accept|delete {F} term A",
        F443,
        "permit",
        2,
    ),
    (
        "inserted",
        "set {F} term A then discard|set {F} term B from protocol tcp|set {F} term B then accept|"
        "insert {F} term B before term A",
        F443,
        "permit",
        3,
    ),
    (
        "renamed",
        "set {F} term A then discard|rename {F} term A to term B|set {F} term A then accept",
        F443,
        "deny",
        1,
    ),
    (
        "delete-in-what-is-there",
        "set {F} term A then accept|delete {F} term X",
        F443,
        "unknown",
        None,
    ),
    ("delete-before-all", "delete {F}|set {F} term A then accept", F443, "permit", 2),
    (
        "insert-of-nothing",
        "set {F} term A then accept|insert {F} term X before term A",
        F443,
        "unknown",
        None,
    ),
    (
        "quoted",
        'set {F} term "two words" from protocol tcp|set {F} term "two words" then discard',
        F443,
        "deny",
        2,
    ),
    (
        "list-in-set-form",
        "set {F} term A from destination-port [ 22 443 ]|set {F} term A from protocol tcp|set {F} term A then discard",
        F443,
        "deny",
        3,
    ),
    (
        "the-last-action-holds",
        "set {F} term A then accept|set {F} term A then discard",
        F443,
        "deny",
        2,
    ),
    (
        "nested-filter",
        "set {F} term A filter G|set {F} term B then accept|"
        "set firewall family inet filter G term X from protocol tcp|set firewall family inet filter G term X then discard",
        F443,
        "deny",
        4,
    ),
    (
        "prefix-list",
        "set policy-options prefix-list BB 104.192.136.0/21|set {F} term A from destination-prefix-list BB|"
        "set {F} term A then discard|set {F} term B then accept",
        F443,
        "deny",
        3,
    ),
    (
        "prefix-list-and-except-are-one-list",
        "set policy-options prefix-list BB 104.192.141.0/24|set {F} term A from destination-prefix-list BB except|"
        "set {F} term A from destination-address 0.0.0.0/0|set {F} term A then discard|set {F} term B then accept",
        F443,
        "permit",
        5,
    ),
    (
        "empty-prefix-list",
        "set policy-options prefix-list BB|set {F} term A from destination-prefix-list BB|"
        "set {F} term A then discard|set {F} term B then accept",
        F443,
        "permit",
        4,
    ),
    (
        "apply-path",
        "set interfaces ge-0/0/0 unit 0 family inet address 10.20.1.1/24|"
        'set policy-options prefix-list OWN apply-path "interfaces <*> unit <*> family inet address <*>"|'
        "set {F} term A from source-prefix-list OWN|set {F} term A then discard|set {F} term B then accept",
        F443,
        "deny",
        4,
    ),
    (
        "group-with-wildcard",
        "set groups G firewall family inet filter <*> term A then discard|set apply-groups G|"
        "set {F} term A from protocol tcp",
        F443,
        "deny",
        1,
    ),
    (
        "group-term-among-others",
        "set groups G firewall family inet filter <*> term LAST then discard|set apply-groups G|"
        "set {F} term A from protocol udp|set {F} term A then accept",
        F443,
        "unknown",
        None,
    ),
    (
        "own-action-wins-over-group",
        "set groups G firewall family inet filter <*> term <*> then discard|set apply-groups G|"
        "set {F} term A then accept",
        F443,
        "permit",
        3,
    ),
    (
        "group-excepted",
        "set groups G firewall family inet filter <*> term <*> then discard|set apply-groups G|"
        "set {F} apply-groups-except G|set {F} term A from protocol tcp",
        F443,
        "permit",
        4,
    ),
    (
        "group-not-in-the-text",
        "set {F} apply-groups NO|set {F} term A then accept",
        F443,
        "unknown",
        None,
    ),
]


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
    (
        "T057-ptb",
        "term A { from { next-header icmp6; icmp-type [ neighbor-solicit neighbor-advertisement echo-request ]; }"
        " then accept; } term B { from { next-header tcp; } then accept; }",
        P6,
        "deny",
    ),
    (
        "ptb",
        "term A { from { next-header icmpv6; icmp-type packet-too-big; } then accept; }",
        P6,
        "permit",
    ),
    (
        "prefix",
        "term A { from { destination-address { 2401:1d80:3000::/36; } } then discard; } " + REST,
        S443,
        "deny",
    ),
    (
        "port",
        "term A { from { next-header tcp; destination-port https; } then accept; }",
        S443,
        "permit",
    ),
    (
        "of-the-other-family",
        "term A { from { destination-address { 192.0.2.0/24; } } then discard; } " + REST,
        S443,
        "unknown",
    ),
]


@pytest.mark.parametrize(("terms", "packet", "action"), [c[1:] for c in V6], ids=[c[0] for c in V6])
def test_inet6(tmp_path: Path, terms: str, packet: dict[str, object], action: str) -> None:
    config = curly(terms)[0].replace("family inet {", "family inet6 {")
    found = answer(tmp_path, "juniper_junos", config, "F", **packet)
    assert isinstance(found, Answer), found
    assert found.action == action


def test_a_text_that_ends_inside_a_filter_leaves_the_rest_open(tmp_path: Path) -> None:
    config = (
        "firewall {\n family inet {\n  filter F {\n   term A {\n    from {\n     protocol udp;\n"
    )
    config += "    }\n    then discard;\n   }\n"
    found = answer(tmp_path, "juniper_junos", config, "F", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


def test_one_statement_a_line_is_not_needed(tmp_path: Path) -> None:
    config = (
        "firewall { filter F { term A { from { protocol tcp; } then { count c; discard; } } } }"
    )
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
