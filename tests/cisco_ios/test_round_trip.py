"""Generated access lists of IOS and IOS XE, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.cisco_style.rendering import Words, entry
from tests.round_trip import Abilities, Case, Line, cases, compare

WORDS = {4: Words("ip", "icmp", True), 6: Words("ipv6", "icmp", True)}


def render(lines: tuple[Line, ...], family: int) -> str:
    """An IOS configuration with one access list."""
    head = "ip access-list extended PROBE" if family == 4 else "ipv6 access-list PROBE"
    return "\n".join([head, *(f" {entry(line, WORDS[family])}" for line in lines), "end"])


@pytest.mark.parametrize("platform", ["cisco_ios", "cisco_xe"])
@given(case=cases(Abilities(family=4, established=True, wildcards=True)))
def test_v4(platform: str, case: Case) -> None:
    compare(platform, render(case.lines, 4), "PROBE", case)


@given(case=cases(Abilities(family=6, established=True)))
def test_v6(case: Case) -> None:
    compare("cisco_ios", render(case.lines, 6), "PROBE", case)
