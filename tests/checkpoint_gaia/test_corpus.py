"""Real configurations: nearly every line is understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkpoint_gaia.policies import gateway

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "configs" / "checkpoint_gaia"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project"),
]


def test_nearly_every_line_is_understood() -> None:
    total = missed = 0
    for file in sorted(CORPUS.iterdir()):
        device = gateway(file.read_text("utf-8", "replace"))
        total += device.lines.total
        missed += device.lines.not_understood
    assert total > 200
    assert missed <= 2  # two priorities that Gaia does not have
