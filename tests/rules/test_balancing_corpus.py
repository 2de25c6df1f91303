"""Load balancing over real configurations of the shared corpus: statements are classified, nothing is made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parsers.model.balancing import PathChoice, Spread
from parsers.registry import PLATFORMS
from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket, device_of
from tests.rules.balancing_rows import verdict

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "configs"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not CORPUS.is_dir(), reason="the shared corpus is not beside the repository"
    ),
]
ABOUT = re.compile(
    r"load-?balanc|load-?shar|multipath|round-robin|bonding|ecmp|maximum-paths", re.IGNORECASE
)
MOST = 60_000
"""Bytes of a file that is read here."""

VARIANTS = {
    "adaptive": (Spread.ADAPTIVE, False), "consistent-hash": (Spread.FLOW, False),
    "destination-ip-only": (Spread.FLOW, False), "per-flow": (Spread.FLOW, False),
    "per-packet": (Spread.FLOW, True), "per-prefix": (Spread.FLOW, False),
    "profile1": (Spread.FLOW, True), "profile2": (Spread.FLOW, True),
    "random": (Spread.PER_PACKET, False), "source-ip-only": (Spread.FLOW, False),
    "symmetric-consistent-hash": (Spread.FLOW, False),
}  # fmt: skip
"""How each word of `then load-balance` spreads, and whether it only reads like per packet."""


def test_all_variants_of_the_junos_statement_are_classified() -> None:
    text = (CORPUS / "juniper_junos" / "load-balance-variants").read_text("utf-8")
    device = device_of("juniper_junos", text)
    found: dict[str, PathChoice] = {
        c.statement.split()[-1]: c for c in device.path_choices if c.where is not None
    }
    assert {word: (c.spread, c.trap) for word, c in found.items()} == VARIANTS
    assert all(c.in_effect is False for c in found.values())
    assert device.not_understood == ()


def test_no_configuration_is_said_to_split_or_move_sessions() -> None:
    """None of them has two ways to the service and a statement that splits (docs/load-balancing.md)."""
    wrong = []
    for name in sorted(PLATFORMS):
        for file in sorted((CORPUS / name).glob("*")):
            if not file.is_file() or file.stat().st_size > MOST:
                continue
            text = file.read_text("utf-8", errors="replace")
            if ABOUT.search(text):
                view = View(device_of(name, text), bitbucket())
                wrong += [
                    f"{name}/{file.name}: {f.message}"
                    for f in check_all(view)
                    if f.code.startswith("LB") and verdict(f) in ("ACTIVE", "HAZARD")
                ]
    assert not wrong
