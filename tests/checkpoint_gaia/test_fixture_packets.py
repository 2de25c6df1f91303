"""The packets beside the cases in fixtures/checkpoint_gaia: what each filter answers, and by which line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer
from tests.fixture_cases import ROOT

CASES = sorted((ROOT / "checkpoint_gaia").glob("*/packets.jsonl"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.parent.name)
def test_packets(tmp_path: Path, file: Path) -> None:
    config = (file.parent / "show_access-rulebase.json").read_text("utf-8")
    for text in file.read_text("utf-8").splitlines():
        row = json.loads(text)
        found = answer(tmp_path, "checkpoint_gaia", config, row["filter"], **row["packet"])
        assert isinstance(found, Answer)
        assert (found.action, found.line) == (row["outcome"], row["line"]), text


def test_there_are_packets() -> None:
    assert len(CASES) >= 2
