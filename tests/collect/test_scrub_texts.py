"""Scrubbing over all fixtures, and the corpus where it is there: verdicts and line numbers stay, secrets go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.collect_scrub import Scrubber
from auditor.scrub import MASK
from tests.house_files import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
FIXTURES = sorted(ROOT.glob("fixtures/*/*/*.txt"))

HASH = re.compile(r"\$(?:1|5|6|8|9|14|2[aby]|y)\$[./A-Za-z0-9$]{8,}")
"""A hash or cipher text of the vendors' forms, wherever it stands."""
PLAIN = re.compile(
    r"(?im)^\s*(?:enable (?:secret|password)|username \S+ (?:privilege \d+ )?(?:secret|password)|snmp-server community"
    r"|set snmp community|tacacs-server key|radius-server key)(?: [0-9]{1,2})? +(\S+)"
)
"""The commonest plain ones, found by another expression than the scrubber's."""


def scrubbed(text: str) -> str:
    return Scrubber().feed(text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: "/".join(p.parts[-3:]))
def test_lines_stay_lines_and_only_lines_with_secrets_change(path: Path) -> None:
    text = path.read_text("utf-8", "replace")
    found = scrubbed(text)
    before, after = text.split("\n"), found.split("\n")
    assert len(before) == len(after)
    assert not HASH.search(found)
    changed = [(b, a) for b, a in zip(before, after, strict=True) if a != b]
    assert all(MASK in a for _, a in changed)
    # no line that filters, routes or balances is among them
    decisive = re.compile(r"^\s*(?:permit|deny|\d+ (?:permit|deny)|ip route|route |add chain|-A )")
    assert not [b for b, _ in changed if decisive.match(b)]


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project")
def test_no_secret_of_the_corpus_survives() -> None:
    leaks, seen = [], 0
    for path in sorted(CORPUS.rglob("*")):
        if not path.is_file() or path.stat().st_size > 2_000_000 or path.stat().st_size == 0:
            continue
        text = path.read_bytes()[:300_000].decode("utf-8", "replace")
        if "\0" in text:
            continue
        found = scrubbed(text)
        assert found.count("\n") == text.count("\n"), path
        seen += 1
        if HASH.search(found):
            leaks.append(f"{path.name}: {HASH.search(found)}")
        leaks += [f"{path.name}: {m[0]}" for m in PLAIN.finditer(found) if MASK not in m[0]]
    assert seen > 100
    assert not leaks[:10]
