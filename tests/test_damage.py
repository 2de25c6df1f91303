"""Damaging one line may turn a fault into "unknown", never into silence."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.finding import Outcome
from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket
from tests.fixture_cases import Case, cases, device, texts

FAULTY = [
    case
    for case in cases()
    if (case.folder / "findings.json").is_file()
    and any(
        finding["outcome"] == "fail"
        for finding in json.loads((case.folder / "findings.json").read_text("utf-8"))
    )
]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Case, str, int, list[str]]:
    """A faulty case with one character pushed into one of its lines."""
    case = draw(st.sampled_from(FAULTY))
    file, _, lines = draw(st.sampled_from(texts(case.folder)))
    number = draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    place = draw(st.integers(0, len(line)))
    sign = draw(st.sampled_from(["~", "x", "9", " ", "\u00e9", "\ufffd"]))
    body = list(lines)
    body[number] = line[:place] + sign + line[place:]
    return case, file, number, body


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_a_damaged_line_never_silences_a_fault(found: tuple[Case, str, int, list[str]]) -> None:
    case, file, number, body = found
    findings = check_all(View(device(case, (file, body)), bitbucket()))
    # a name that is damaged on one side only leaves an undefined list behind, which a note reports
    spoken = [f for f in findings if f.outcome is not Outcome.NOTE or f.code == "ACL004"]
    original = texts(case.folder)[[t[0] for t in texts(case.folder)].index(file)][2][number]
    assert spoken or _means_another_thing(original, body[number]), (
        f"{case.name} {file}:{number + 1}: {original!r} became {body[number]!r}"
    )


def _means_another_thing(before: str, after: str) -> bool:
    """Whether the damaged line is a sound statement with another number or name in it: then the device
    would do another thing as well, and silence is right. Only digits and names differ there."""
    return _skeleton(before) == _skeleton(after)


def _skeleton(line: str) -> str:
    return re.sub(r"\d+", "0", line)


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_a_lost_line_is_silent_only_where_all_the_rest_is_understood(case: Case) -> None:
    """A text that lacks a line may be a sound text without the fault, and then silence is right; but it may
    not be silent about anything that it does not understand."""
    for file, _, lines in texts(case.folder):
        for number in range(len(lines)):
            found = device(case, (file, list(lines[:number] + lines[number + 1 :])))
            findings = check_all(View(found, bitbucket()))
            if not any(f.outcome is not Outcome.NOTE for f in findings):
                relevant = [u for u in found.not_understood if u.topic != "filter"]
                assert not relevant, (file, number + 1, lines[number])
                assert all(table.complete for table in found.tables)
