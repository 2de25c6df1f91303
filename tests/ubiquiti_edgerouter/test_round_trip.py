"""Generated rule sets of EdgeOS, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.round_trip import Abilities, Case, cases, compare
from tests.vyatta_style.flows import curly
from tests.vyatta_style.rendering import legacy


@given(case=cases(Abilities(family=4)))
def test_v4(case: Case) -> None:
    compare("ubiquiti_edgerouter", curly(legacy(case.lines, 4)), "PROBE", case)


@given(case=cases(Abilities(family=6)))
def test_v6(case: Case) -> None:
    compare("ubiquiti_edgerouter", curly(legacy(case.lines, 6)), "PROBE", case)
