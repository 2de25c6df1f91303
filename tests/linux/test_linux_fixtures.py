"""The cases in fixtures/linux: whole systems, and what their filters do with packets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.detection import detect
from parsers.linux import PLATFORM
from parsers.model.balancing import Spread, Stage
from parsers.model.device import Device
from parsers.model.filters import State
from parsers.platform import Inputs, Text
from rules.packets.packet import Packet, packet
from tests.linux.linux_case import judged

FIXTURES = Path(__file__).parents[2] / "fixtures" / "linux"
CASES = sorted(path.name for path in FIXTURES.iterdir())


def texts(case: str) -> tuple[Text, ...]:
    """The device's texts of a case."""
    return tuple(
        Text(path.name, path.stem.replace("_", " "), path.read_text().splitlines())
        for path in sorted((FIXTURES / case).glob("*.txt"))
    )


def read(case: str) -> Device:
    """The device of a case."""
    return PLATFORM.parse(Inputs(case, "linux", texts(case)))


def asked(said: dict[str, Any]) -> Packet:
    """The packet that a case describes."""
    return packet(
        said["src"],
        said["dst"],
        said["protocol"],
        said.get("src_port", 50000),
        said.get("dst_port", 443),
        icmp=tuple(said.get("icmp", (0, 0))),
        flags=said.get("flags", 2),
        state=State(said.get("state", "new")),
    )


@pytest.mark.parametrize("case", CASES)
def test_every_line_is_understood(case: str) -> None:
    found = read(case)
    assert found.not_understood == ()
    assert found.lines.total == sum(len(text.lines) for text in texts(case))
    assert (FIXTURES / case / "case.md").read_text().startswith("# ")


@pytest.mark.parametrize(
    "case", [case for case in CASES if (FIXTURES / case / "packets.jsonl").exists()]
)
def test_packets(case: str) -> None:
    found = read(case)
    rows = FIXTURES / case / "packets.jsonl"
    for row in map(json.loads, rows.read_text().splitlines()):
        decision = judged(found, row["filter"], asked(row["packet"]))
        assert (decision.outcome.value, decision.line) == (row["outcome"], row["line"]), row
        if "symptom" in row:
            assert decision.symptom.value == row["symptom"], row


@pytest.mark.parametrize(
    ("case", "stage", "spread", "in_effect"),
    [
        ("lb001_fires_marks_by_count", Stage.POLICY, Spread.PER_PACKET, True),
        ("lb003_fires_marks_by_connection", Stage.POLICY, Spread.FLOW, True),
        ("lb001_fires_kernel_3_10", Stage.ECMP, Spread.PER_PACKET, True),
        ("mtu001_fires_output_drops_too_big", Stage.ECMP, Spread.FLOW, True),
    ],
)
def test_path_choices(case: str, stage: Stage, spread: Spread, in_effect: bool | None) -> None:
    (found,) = [c for c in read(case).path_choices if c.stage is stage and c.family in (0, 4)]
    assert (found.spread, found.in_effect) == (spread, in_effect)


def test_null_route() -> None:
    table = read("rt001_fires_frr_null_route").static_routes
    assert table is not None
    assert [(r.line, r.vrf, r.length, r.discard, r.distance) for r in table.routes] == [
        (10, "default", 0, None, 1),
        (11, "default", 0, None, 200),
        (12, "default", 21, "drop", 1),
        (15, "blue", 0, None, 1),
    ]


@pytest.mark.parametrize("case", CASES)
def test_each_case_has_a_text_that_tells_its_system(case: str) -> None:
    assert any(detect(text.lines).platform == "linux" for text in texts(case))
