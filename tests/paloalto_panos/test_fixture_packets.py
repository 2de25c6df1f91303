"""The packets beside the cases in fixtures/paloalto_panos: verdict and deciding line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.filters import Answer, FilterAnswers
from tests.fixture_cases import ROOT

ROWS = sorted((ROOT / "paloalto_panos").glob("*/packets.jsonl"))


@pytest.mark.parametrize("rows", ROWS, ids=lambda rows: rows.parent.name)
def test_packets(rows: Path) -> None:
    config = next(rows.parent.glob("config.*"))
    answers = FilterAnswers(rows.parent)
    for text in rows.read_text("utf-8").splitlines():
        row = json.loads(text)
        asked = {"config": config.name, "platform": "paloalto_panos", **row}
        found = answers.answer(asked)
        assert isinstance(found, Answer)
        assert (found.action, found.line) == (row["outcome"], row["line"]), text
