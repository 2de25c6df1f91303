"""The packets beside the cases: what `auditor filter test` answers about them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.filters import Answer, FilterAnswers
from tests.fixture_cases import ROOT

ROWS = sorted((ROOT / "nokia_sros").glob("*/packets.jsonl"))


@pytest.mark.parametrize("rows", ROWS, ids=lambda path: path.parent.name)
def test_packets(rows: Path) -> None:
    answers = FilterAnswers(rows.parent)
    for text in rows.read_text("utf-8").splitlines():
        row = json.loads(text)
        found = answers.answer(row)
        assert isinstance(found, Answer), row["id"]
        assert (found.action, found.line) == (row["action"], row["line"]), row["id"]
