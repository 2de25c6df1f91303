"""Every pattern against a message as its program prints it; the confusion matrix is printed with `-s`."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
import yaml

from auditor.diagnosis.log import LogReader, LogReading
from auditor.diagnosis.patterns import table

MESSAGES: list[list[str]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "messages.yaml").read_text("utf-8")
)


def read(text: str) -> LogReading:
    return LogReader(table()).read(io.BytesIO(text.encode()), "log")


def answer(text: str) -> tuple[str, str]:
    reading = read(text)
    if reading.seen:
        return reading.seen[0].pattern.id, reading.seen[0].symptom
    word = "unknown" if reading.unknown else "none"
    return word, word


@pytest.mark.parametrize(("pattern", "symptom", "message", "source"), MESSAGES)
def test_a_message_gets_its_pattern_and_class(
    pattern: str, symptom: str, message: str, source: str
) -> None:
    assert source
    assert answer(message) == (pattern, symptom)
    stamped = f"\x1b[31m2026-11-20T10:11:12.123Z [ERROR] {message}\x1b[0m\r\n"
    assert answer(stamped) == (pattern, symptom)


def test_every_pattern_has_a_real_message() -> None:
    assert {p.id for p in table().patterns} == {
        row[0] for row in MESSAGES if row[0] not in ("unknown", "none")
    }
    made_up = {row[0] for row in MESSAGES if row[3].startswith("made up")}
    assert made_up <= {row[0] for row in MESSAGES if not row[3].startswith("made up")}


BENIGN = (Path(__file__).parent / "data" / "benign.log").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", BENIGN)
def test_lines_of_work_that_goes_well_are_no_symptoms(line: str) -> None:
    assert answer(line) == ("none", "none")


def test_the_table_is_consistent() -> None:
    found = table()
    ids = [p.id for p in found.patterns]
    assert len(ids) == len(set(ids))
    for pattern in found.patterns:
        assert pattern.symptom in found.classes, pattern.id
        assert pattern.causes, pattern.id
        causes = {*pattern.causes, *(c for w in pattern.where for c in w.causes)}
        assert causes <= set(found.causes), pattern.id
        assert all(word == word.lower() for word in pattern.literals), pattern.id


def test_the_confusion_matrix_is_a_diagonal() -> None:
    matrix = Counter((row[1], answer(row[2])[1]) for row in MESSAGES)
    classes = [*table().classes, "unknown", "none"]
    lines = ["expected \\ given " + " ".join(f"{name[:6]:>6}" for name in classes)]
    for expected in classes:
        cells = " ".join(f"{matrix[expected, given] or '.':>6}" for given in classes)
        lines.append(f"{expected:<16} {cells}")
    print("\n" + "\n".join(lines))  # noqa: T201
    assert not {pair: n for pair, n in matrix.items() if pair[0] != pair[1]}
