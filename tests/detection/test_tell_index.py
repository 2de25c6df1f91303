"""The index of tells finds exactly what a search of the whole text finds."""

from __future__ import annotations

import random
import re

import pytest

from parsers.tell_index import Lines, pattern
from parsers.tells import CISCO_XE, SYSTEMS
from parsers.unsupported import UNSUPPORTED
from tests.fixture_cases import cases, texts

TELLS = [
    *(tell for tells in SYSTEMS.values() for tell in tells),
    *(tell for system in UNSUPPORTED.values() for tell in system.tells),
    *CISCO_XE,
]
PATTERNS = sorted({word for tell in TELLS for word in (tell.pattern, tell.unless) if word})
CONFIGURATIONS = [lines for case in cases() for _, _, lines in texts(case.folder)]


def _disagreements(text: str) -> list[str]:
    lines = Lines(text)
    return [
        word
        for word in PATTERNS
        if pattern(word).found(lines) is not bool(re.search(word, text, re.MULTILINE))
    ]


def test_on_every_text_of_the_cases() -> None:
    for lines in CONFIGURATIONS:
        assert not _disagreements("\n".join(lines) + "\n")


@pytest.mark.parametrize("seed", range(40))
def test_on_lines_of_all_systems_mixed(seed: int) -> None:
    """With blank lines, lines without their blanks, and cut ones among them."""
    rng = random.Random(seed)
    lines = [rng.choice(rng.choice(CONFIGURATIONS) or ("",)) for _ in range(80)]
    for at in range(0, 80, 7):
        lines[at] = rng.choice(
            ("", "   ", lines[at].strip(), lines[at][: rng.randrange(12)], "\t x")
        )
    assert not _disagreements("\n".join(lines) + "\n")
    assert not _disagreements("\n".join(line for line in lines if line.strip()) + "\n")


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        (r"^ip route\s*$", "ip route  \nx\n", True),
        (r"^a\s+b", "a\nb\n", True),  # blanks reach over the end of a line
        (r"^a\s+b", "a c\nb\n", False),
        (r"^\s+b", "\n b\n", True),
        (r"^(?:no )?(?:ip|ipv6) cef\b", "no ipv6 cef\n", True),
        (r"^(?:no )?(?:ip|ipv6) cef\b", " ip cef\n", False),
        (r"^x[^)]*y", "x\ny\n", True),
        (r"^[!#]+ ?Image", "!# Image\n", True),
        (r"^a|b$", "cb\n", True),
        (r"^set '?x", "set x\n", True),
        (r"^ab*c", "ac\n", True),
        (r"^ab?c", "ac\n", True),
        (r"^a{0}c", "c\n", True),
    ],
)
def test_beginnings_are_told_short_rather_than_wrong(word: str, text: str, found: bool) -> None:
    assert bool(re.search(word, text, re.MULTILINE)) is found
    assert pattern(word).found(Lines(text)) is found


def test_most_tells_have_beginnings() -> None:
    told = sum(pattern(word).beginnings is not None for word in PATTERNS)
    assert told > 0.9 * len(PATTERNS)
