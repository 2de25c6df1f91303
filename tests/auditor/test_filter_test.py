"""`auditor filter test`: rows in order, bad rows in their place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.__main__ import main

CONFIG = "hostname r1\nip access-list extended A\n permit tcp any any eq 443\n deny ip any any fragments\n"


def answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[object]
) -> list[dict[str, object]]:
    (tmp_path / "r1.cfg").write_text(CONFIG, encoding="utf-8")
    batch = tmp_path / "batch.jsonl"
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    batch.write_text(text + "\n", encoding="utf-8")
    assert main(["filter", "test", "--batch", str(batch)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def row(identity: object, **packet: object) -> dict[str, object]:
    fields = {
        "src": "10.0.0.1",
        "dst": "104.192.136.1",
        "protocol": "tcp",
        "sport": 50000,
        "dport": 443,
    }
    fields.update(packet)
    return {
        "id": identity, "config": "r1.cfg", "platform": "cisco_ios", "filter": "A",
        "direction": "in", "packet": fields,
    }  # fmt: skip


def test_answers_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answers(
        tmp_path, capsys, [row("b"), row("a", dport=22), row(3, dport=80, fragment=True)]
    )
    assert found == [
        {"id": "b", "action": "permit", "line": 3, "text": "permit tcp any any eq 443"},
        {"id": "a", "action": "deny", "line": None, "text": None},
        # the permit's layer 4 part does not hold for later fragments: layer 3 and protocol decide
        {"id": 3, "action": "permit", "line": 3, "text": "permit tcp any any eq 443"},
    ]


def test_both_spellings_of_ports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = row(1)
    long["packet"] = {
        "src": "10.0.0.1",
        "dst": "104.192.136.1",
        "protocol": 6,
        "src_port": 1,
        "dst_port": 443,
    }
    assert answers(tmp_path, capsys, [long])[0]["action"] == "permit"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("{not json", "not JSON"),
        ("[1]", "not an object"),
        ({"id": 7}, "'config' is missing"),
        ({**row(7), "config": "none.cfg"}, "none.cfg"),
        ({**row(7), "platform": "ios"}, "not supported"),
        ({**row(7), "filter": "B"}, "no filter"),
        ({**row(7), "direction": "up"}, "direction"),
        (row(7, src="10.0.0.1.2"), "10.0.0.1.2"),
        (row(7, src="2001:db8::1"), "families"),
        (row(7, dport=70000), "dport"),
        (row(7, protocol="tcpp"), "protocol"),
        (row(7, tcp_flags=["syn", "foo"]), "foo"),
        (row(7, tcp_flags="syn"), "tcp_flags"),
    ],
)
def test_a_bad_row_answers_in_its_place(
    bad: object, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answers(tmp_path, capsys, [row(1), bad, row(2)])
    assert [r.get("action") for r in found] == ["permit", None, "permit"]
    assert words in str(found[1]["error"])


def test_a_batch_that_is_not_there_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["filter", "test", "--batch", "/nonexistent.jsonl"]) == 2
    assert "/nonexistent.jsonl" in capsys.readouterr().err
