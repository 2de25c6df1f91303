"""Texts: both forms, trailers, sessions, comments, quotes, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.filters import FilterAnswers
from parsers.hierarchy.setform import shell_words
from tests.audit_text import device_of
from tests.fixture_cases import ROOT
from tests.vyatta_style.flows import F443, curly, set_form, verdict

RULES = (
    "firewall name X default-action 'accept'",
    "firewall name X rule 10 action 'drop'",
    "firewall name X rule 10 protocol 'tcp'",
    "firewall name X rule 10 destination port '443'",
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("set a 'b c' d", ["set", "a", "b c", "d"]),
        ("set a 'it'\\''s' ''", ["set", "a", "it's", ""]),
        ('set a "b c"', ["set", "a", "b c"]),
        ("set a Bob's", ["set", "a", "Bob's"]),
        ("set a b", ["set", "a", "b"]),
    ],
)
def test_words(line: str, words: list[str]) -> None:
    assert shell_words(line) == words


def test_values_with_blanks_braces_and_quotes() -> None:
    text = (
        "interfaces {\n    ethernet eth0 {\n"
        '        description "to {the} other side"\n    }\n'
        "    ethernet eth1 {\n        description [WAN]\n    }\n"
        "    ethernet eth2 {\n        description Bob's\n    }\n"
        "    ethernet eth3 {\n        address 10.0.0.1/24\n    }\n}\n"
    )
    device = device_of("vyos", text)
    assert [i.description for i in device.interfaces] == ["to {the} other side", "[WAN]", "Bob's", ""]  # fmt: skip
    assert device.interfaces[3].addresses
    assert device.not_understood == ()


@pytest.mark.parametrize(
    ("trailer", "release"),
    [
        ('// vyos-config-version: "firewall@5"\n// Release version: 1.4.0\n', "1.4.0"),
        ("/* Release version: VyOS 1.1.8 */\n", "1.1.8"),
        ("/* Release version: v1.9.1.4939092.161214.0702 */\n", "v1.9.1.4939092.161214.0702"),
        ("", None),
    ],
)
def test_trailers(trailer: str, release: str | None) -> None:
    device = device_of("vyos", curly(RULES) + "\n\n" + trailer)
    assert device.os_version == release
    assert device.not_understood == ()


def test_what_a_session_prints() -> None:
    text = "vyos@vyos:~$ show configuration commands\n" + set_form(*RULES) + "vyos@vyos:~$ \n"
    assert device_of("vyos", text).not_understood == ()
    nested = "vyos@vyos:~$ show configuration\n" + curly(RULES)
    assert device_of("vyos", nested).not_understood == ()


def test_comments_inside_blocks() -> None:
    text = curly(RULES).replace("    name X {", "    /* the old one */\n    name X {")
    device = device_of("vyos", text)
    assert device.not_understood == ()
    assert len(device.filters["X", 4].entries) == 1


def test_a_cut_text_decides_nothing(tmp_path: Path) -> None:
    lines = curly(RULES).splitlines()
    cut = "\n".join(lines[:-2])
    assert verdict(tmp_path, "vyos", cut, "X", F443)[0] == "unknown"
    stray = "\n".join([*lines[:3], "}", *lines[3:]])
    device = device_of("vyos", stray)
    assert device.not_understood


def test_a_rule_that_is_there_twice(tmp_path: Path) -> None:
    text = (
        "firewall {\n    name X {\n        default-action accept\n        rule 10 {\n"
        "            action drop\n        }\n        rule 10 {\n            protocol udp\n"
        "        }\n    }\n}\n"
    )
    assert verdict(tmp_path, "vyos", text, "X", F443)[0] == "unknown"


def test_deleted_statements(tmp_path: Path) -> None:
    text = set_form(*RULES) + "delete firewall name X rule 10\n"
    assert verdict(tmp_path, "vyos", text, "X", F443)[0] == "permit"


def test_long_lines_and_other_signs(tmp_path: Path) -> None:
    text = set_form(*RULES, f"firewall name X rule 10 description '{'ä' * 50_000}'")
    assert verdict(tmp_path, "vyos", text, "X", F443)[0] == "deny"
    many = ",".join(str(port) for port in range(1, 4000, 2))
    long = set_form(*RULES[:3], f"firewall name X rule 10 destination port '{many}'")
    assert verdict(tmp_path, "vyos", long, "X", F443)[0] == "deny"


def test_lines_are_counted_once() -> None:
    device = device_of("vyos", curly(RULES))
    lines = device.lines
    assert lines.used + lines.irrelevant + lines.not_understood == lines.total
    assert lines.not_understood == 0


CASES = sorted(
    path for name in ("vyos", "ubiquiti_edgerouter") for path in (ROOT / name).glob("*/packets.jsonl")
)  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_packets_of_the_fixtures(path: Path) -> None:
    for text in path.read_text("utf-8").splitlines():
        row = json.loads(text)
        asked = {**row, "config": "config.txt", "platform": path.parent.parent.name}
        answer = FilterAnswers(path.parent).answer(asked)
        assert (answer.action, answer.line) == (row["outcome"], row["line"]), text
