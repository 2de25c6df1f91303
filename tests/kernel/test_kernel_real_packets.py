"""Real packets through the kernel's iptables (both kinds) and nft; `python -m tests.kernel` sends more."""

from __future__ import annotations

import pytest

from tests.kernel.oracle import check, why_not

SEED, COUNT = 20261125, 50


def test_verdicts_equal_what_the_kernel_did() -> None:
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    found = check(SEED, COUNT)
    assert found.rulesets == COUNT
    assert found.wrong == 0, found.example
    assert found.wrong_symptoms == 0, found.example
    assert (
        found.unknown < 0.05 * found.packets
    )  # later fragments where the kernel reads what is no header
