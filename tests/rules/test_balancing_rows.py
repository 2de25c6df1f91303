"""All rows of the table of load-balancing cases, by their number (knowledge: load balancing, section 15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules import rows_cisco, rows_juniper, rows_linux, rows_providers, rows_switches
from tests.rules.balancing_rows import Row, judged, worst

DIFFERENCES = Path(__file__).parents[2] / "docs" / "where-we-differ.md"
ROWS = [
    *rows_cisco.ROWS,
    *rows_juniper.ROWS,
    *rows_providers.ROWS,
    *rows_linux.ROWS,
    *rows_switches.ROWS,
]
VISIBLE = (
    1, 3, 4, 5, 6, 9, 10, 11, 14, 15, 16, 18, 19, 20, 21, 25, 28, 30, 31, 33, 34, 35, 36, 37, 38, 41, 42, 43, 44, 45,
    48, 49, 50, 51, 53, 54, 56, 57, 59, 61, 62, 63, 64, 68, 70, 72, 74, 75, 76, 78, 79, 80, 82, 83, 84, 85, 86, 88, 90,
    92, 94, 98, 99, 100, 102, 104, 105, 107, 108, 112, 113, 115, 116, 117, 119, 121, 122, 125, 126,
)  # fmt: skip
"""The numbers of the page."""
NOT_SUPPORTED = frozenset({117, 119})
"""FTOS and EXOS are recognised and not read: such a device is reported as not audited."""


def test_every_row_of_the_page_is_here() -> None:
    here = {int(case.number) for case in ROWS if case.number.isdecimal()}
    assert set(VISIBLE) - here == NOT_SUPPORTED


def test_rows_that_differ_from_the_page_are_explained() -> None:
    text = DIFFERENCES.read_text("utf-8")
    differ = [case.number for case in ROWS if case.knowledge and case.verdict != "OK + note"]
    assert not [number for number in differ if f"row {number.split('-')[0]}" not in text]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: f"{case.platform}-{case.number}")
def test_row(case: Row) -> None:
    found = judged(case)
    assert worst(found) == case.verdict, [f"{f.code} {f.message}" for f in found]
