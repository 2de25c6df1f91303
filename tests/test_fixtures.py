"""Runs every case in fixtures/: what must be found is found, and nothing else is."""

from __future__ import annotations

import json

import pytest

from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket
from tests.fixture_cases import Case, cases, device

JUDGED = [case for case in cases() if (case.folder / "findings.json").is_file()]


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case.name)
def test_findings(case: Case) -> None:
    """Code, severity, outcome, and the lines of the configuration that prove it."""
    expected = json.loads((case.folder / "findings.json").read_text("utf-8"))
    found = [
        {
            "code": f.code,
            "severity": f.severity.value,
            "outcome": f.outcome.value,
            "evidence": sorted({w.line for w in f.evidence}),
        }
        for f in check_all(View(device(case), bitbucket()))
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case.name)
def test_every_finding_has_evidence_and_a_whole_witness(case: Case) -> None:
    for finding in check_all(View(device(case), bitbucket())):
        assert finding.evidence, finding.code
        if finding.witness is not None:
            assert finding.witness.src, finding.code
            assert finding.witness.dst, finding.code


def test_every_case_says_what_it_shows() -> None:
    missing = [case.name for case in cases() if not (case.folder / "case.md").is_file()]
    assert not missing
