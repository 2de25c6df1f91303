"""The packets beside the cases of cumulus_linux: what the filters do with them, worked out by hand."""

from __future__ import annotations

import json

import pytest

from auditor.filters import filters_called
from rules.packets.evaluate import decide
from rules.packets.packet import packet
from tests.fixture_cases import ROOT, Case, device

ROWS = [
    (path.parent.name, number, line)
    for path in sorted((ROOT / "cumulus_linux").glob("*/packets.jsonl"))
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
]


@pytest.mark.parametrize(
    ("case", "number", "line"), ROWS, ids=[f"{case}-{number}" for case, number, _ in ROWS]
)
def test_packets(case: str, number: int, line: str) -> None:
    row = json.loads(line)
    found = device(Case("cumulus_linux", ROOT / "cumulus_linux" / case))
    (one,) = filters_called(found, row["filter"], 4, None)
    asked = packet(**row["packet"])
    decision = decide(found.filters, one.key, one.family or 4, asked, row.get("in"), row.get("out"))
    assert (decision.outcome.value, decision.line) == (row["outcome"], row["line"])
