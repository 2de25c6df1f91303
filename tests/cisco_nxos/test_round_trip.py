"""Generated access lists of NX-OS, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.cisco_style.rendering import Words, entry
from tests.round_trip import Abilities, Case, Line, cases, compare

WORDS = {4: Words("ip", "icmp", True), 6: Words("ipv6", "icmp", True)}
PREFIXES = WORDS[4]._replace(masks=False)


def render(lines: tuple[Line, ...], family: int, words: Words) -> str:
    """A configuration with one access list, numbered by tens."""
    head = "ip access-list PROBE" if family == 4 else "ipv6 access-list PROBE"
    body = [f" {10 * n} {entry(line, words)}" for n, line in enumerate(lines, 1)]
    return "\n".join([head, *body, "!"])


@pytest.mark.parametrize("words", [WORDS[4], PREFIXES])
@given(case=cases(Abilities(family=4, established=True, wildcards=True)))
def test_v4(words: Words, case: Case) -> None:
    compare("cisco_nxos", render(case.lines, 4, words), "PROBE", case)


@given(case=cases(Abilities(family=6, established=True)))
def test_v6(case: Case) -> None:
    compare("cisco_nxos", render(case.lines, 6, WORDS[6]), "PROBE", case)
