"""Generated rule sets of VyOS, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.round_trip import Abilities, Case, cases, compare
from tests.vyatta_style.flows import curly, set_form
from tests.vyatta_style.rendering import legacy, modern


@given(case=cases(Abilities(family=4)))
def test_1_3_v4(case: Case) -> None:
    compare("vyos", curly(legacy(case.lines, 4)), "PROBE", case)


@given(case=cases(Abilities(family=6)))
def test_1_3_v6(case: Case) -> None:
    compare("vyos", set_form(*legacy(case.lines, 6)), "PROBE", case)


@given(case=cases(Abilities(family=4)))
def test_1_4_v4(case: Case) -> None:
    compare("vyos", set_form(*modern(case.lines, 4)), "PROBE", case)


@given(case=cases(Abilities(family=6)))
def test_1_4_v6(case: Case) -> None:
    compare("vyos", set_form(*modern(case.lines, 6)), "PROBE", case)
