"""Generated access lists of VRP, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.round_trip import Abilities, Case, cases, compare
from tests.vrp_style.rendering import render

HEAD, HEAD6, ESTABLISHED = (
    "acl name PROBE advance",
    "acl ipv6 name PROBE advance",
    "tcp-flag established",
)


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_v4(case: Case) -> None:
    text = render(HEAD, case.lines, 4, ESTABLISHED, numbered=True)
    compare("huawei_vrp", text, "PROBE", case)


@given(case=cases(Abilities(family=4, established=True, default_permit=True)))
def test_v4_without_numbers(case: Case) -> None:
    text = render(HEAD, case.lines, 4, ESTABLISHED, numbered=False)
    compare("huawei_vrp", text, "PROBE", case)


@given(case=cases(Abilities(family=6, established=True, default_permit=True)))
def test_v6(case: Case) -> None:
    text = render(HEAD6, case.lines, 6, ESTABLISHED, numbered=True)
    compare("huawei_vrp", text, "PROBE", case)
