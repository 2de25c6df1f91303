"""A few policies of every target; `python -m tests.aerleon` runs as many as one likes."""

from __future__ import annotations

import pytest

from tests.aerleon.oracle import check
from tests.aerleon.targets import TARGETS, Target

SEED, COUNT = 20261125, 12


@pytest.mark.parametrize(
    ("name", "target"),
    [(name, target) for name, targets in TARGETS.items() for target in targets],
    ids=lambda value: value if isinstance(value, str) else value.header,
)
def test_what_aerleon_writes_is_read_as_the_policy_says(name: str, target: Target) -> None:
    found = check(name, target, SEED, COUNT)
    assert found.policies == COUNT
    assert found.wrong == 0, f"seed {SEED}: {found.example}"
    assert found.unknown <= 0.02 * found.packets, f"seed {SEED}: {found}"
