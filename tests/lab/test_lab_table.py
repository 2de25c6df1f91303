"""The lab's table of cases: what is expected of the audit must itself be what the traffic does."""

from __future__ import annotations

import pytest

from tests.lab.case import Happens, agrees, happened
from tests.lab.cases import CASES


@pytest.mark.parametrize("name", CASES)
def test_expected_findings_say_what_the_traffic_does(name: str) -> None:
    assert agrees(CASES[name].happens, CASES[name].says)


def test_every_end_of_a_session_is_shown_in_both_families() -> None:
    shown = {(case.family, case.happens) for case in CASES.values()}
    assert shown == {(family, happens) for family in (4, 6) for happens in Happens}


@pytest.mark.parametrize(
    ("sessions", "happens"),
    [
        ({"survive": 3}, Happens.SURVIVE),
        ({"survive": 3, "reset": 1}, Happens.RESET),
        ({"stall": 2}, Happens.STALL),
        ({"stall": 1, "survive": 1}, None),
        ({"stall": 1, "reset": 1}, None),
        ({}, None),
    ],
)
def test_sessions_that_end_differently_show_nothing(
    sessions: dict[str, int], happens: Happens | None
) -> None:
    assert happened(sessions) is happens


@pytest.mark.parametrize(
    ("happens", "says", "agree"),
    [
        (Happens.SURVIVE, ("LB001 fail critical",), False),
        (Happens.SURVIVE, ("MTU001 fail info", "RT003 unknown medium"), True),
        (Happens.RESET, (), False),
        (Happens.RESET, ("LB001 unknown critical",), False),
        (Happens.RESET, ("LB001 fail low",), False),
        (Happens.STALL, ("MTU001 fail info",), False),
        (Happens.STALL, ("MTU002 fail high",), True),
    ],
)
def test_a_verdict_that_differs_from_the_traffic_is_seen(
    happens: Happens, says: tuple[str, ...], agree: bool
) -> None:
    assert agrees(happens, says) is agree
