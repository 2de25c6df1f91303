"""The packets beside the cases of AOS-CX: what `auditor filter test` answers, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer
from tests.fixture_cases import ROOT

ROWS = [
    (path.parent.name, number, line)
    for path in sorted((ROOT / "aruba_aoscx").glob("*/packets.jsonl"))
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
]


@pytest.mark.parametrize(
    ("case", "number", "line"), ROWS, ids=[f"{case}-{number}" for case, number, _ in ROWS]
)
def test_packets(case: str, number: int, line: str, tmp_path: Path) -> None:
    row = json.loads(line)
    text = (ROOT / "aruba_aoscx" / case / "config.txt").read_text("utf-8")
    found = answer(tmp_path, "aruba_aoscx", text, row["filter"], **row["packet"])
    assert isinstance(found, Answer)
    assert (found.action, found.line) == (row["action"], row["line"])
