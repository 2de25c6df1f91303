"""Generated access lists of Comware, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.round_trip import Abilities, Case, cases, compare
from tests.vrp_style.rendering import render

HEAD, HEAD6, ESTABLISHED = "acl advanced name PROBE", "acl ipv6 advanced name PROBE", "established"


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_v4(case: Case) -> None:
    text = render(HEAD, case.lines, 4, ESTABLISHED, numbered=True)
    compare("hp_comware", text, "PROBE", case)


@given(case=cases(Abilities(family=4, established=True)))
def test_v4_with_the_default_to_deny(case: Case) -> None:
    text = render(HEAD, case.lines, 4, ESTABLISHED, numbered=True)
    compare("hp_comware", "#\n packet-filter default deny\n" + text, "PROBE", case)


@given(case=cases(Abilities(family=4, established=True, default_permit=True)))
def test_v4_without_numbers(case: Case) -> None:
    text = render(HEAD, case.lines, 4, ESTABLISHED, numbered=False)
    compare("hp_comware", text, "PROBE", case)


@given(case=cases(Abilities(family=6, established=True, default_permit=True)))
def test_v6(case: Case) -> None:
    text = render(HEAD6, case.lines, 6, ESTABLISHED, numbered=True)
    compare("hp_comware", text, "PROBE", case)
