"""netconan, the field's anonymizer, as an oracle: what it takes out of a text is not in ours either.

It knows the words of RANCID for Cisco and Junos, and works on one line at a time. The other way round, what our scrubber
takes out of one place of a device's texts is in no other place of them.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.collect_scrub import Scrubber
from auditor.scrub import MASK
from tests.collect.test_scrub import HASH, LINES, SECRET
from tests.house_files import ROOT

with warnings.catch_warnings():
    # one of its dependencies asks for Python's own `crypt`, where there still is one
    warnings.simplefilter("ignore", DeprecationWarning)
    from netconan.default_reserved_words import default_reserved_words
    from netconan.sensitive_item_removal import (
        generate_default_sensitive_item_regexes,
        replace_matching_item,
    )

CORPUS = ROOT.parent / "shared" / "corpus"
REGEXES = generate_default_sensitive_item_regexes()
LONGEST = 400
"""Characters of a line; netconan's expressions need minutes for lines of JSON."""
WORTH = re.compile(
    r"pass|secret|key|Key|auth|comm|snmp|md5|\$|ppp|ssh|hash|syscon|crypt|hex|psk|trap"
)
"""What is in each of netconan's expressions, so that it need not look at lines without any of it."""
MOST = 200_000
"""Bytes of a file: what is longer is a routing table."""
WORDS = re.compile(r"[^\s\"';,\[\]{}()<>]+")

NO_SECRETS = (
    (r"^(?:set system )?ntp (?:server|peer|broadcast) \S+ (?:use-vrf \S+ )?key (\d+)", "the number of a key"),
    (r"^! can use key (0-255)", "a comment that names a range of numbers"),
    (r"\bkey (foo\.example\.com) key-pass-phrase\b", "A10: the name of a key file"),
    (r'^key (foo) bar";$', "Junos: half of a licence key whose first quote is lost"),
    (r"^key (config-key) ", "IOS: a keyword"),
    (r"^secret (10) ", "IOS-XR: a type of hash; netconan knows types of one digit"),
)  # fmt: skip
"""Lines of which netconan takes something that is no secret (the group), and what it is."""


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """netconan warns of every line that it drops as a whole."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def left(line: str, ours: str) -> list[str]:
    """The secrets that netconan takes out of `line` and that stand in our version of it."""
    removed: dict[str, str] = {}
    theirs = replace_matching_item(REGEXES, line, removed, "salt", default_reserved_words)
    if theirs == line:
        return []
    matches = (re.search(pattern, line.strip()) for pattern, _ in NO_SECRETS)
    mistaken = {match[1] for match in matches if match is not None}
    if not removed:
        # the line went as a whole: netconan does not say which of its words is the secret
        return [] if MASK in ours else [line.strip()]
    # a user may be called as the password is: as often as netconan leaves it, we may
    kept, allowed = Counter(WORDS.findall(ours)), Counter(WORDS.findall(theirs))
    return [value for value in removed if kept[value] > allowed[value] and value not in mistaken]


def leaks(paths: list[Path]) -> tuple[list[str], int]:
    """What netconan finds and we do not, over all different lines; how many lines it changed."""
    seen: set[tuple[str, str]] = set()
    found, changed = [], 0
    for path in paths:
        text = path.read_bytes()[:MOST].decode("utf-8", "replace")
        if "\0" in text:
            continue
        ours = Scrubber().feed(text)
        assert ours.count("\n") == text.count("\n"), path
        for line, scrubbed in zip(text.split("\n"), ours.split("\n"), strict=True):
            if len(line) > LONGEST or not WORTH.search(line) or (line, scrubbed) in seen:
                continue
            seen.add((line, scrubbed))
            changed += line != scrubbed
            found += [f"{path.name}: {value}: {line}" for value in left(line, scrubbed)]
    return found, changed


def fixtures() -> list[Path]:
    return sorted(path for path in ROOT.glob("fixtures/*/*/*") if path.suffix != ".md")


@pytest.mark.slow
def test_the_fixtures() -> None:
    found, changed = leaks(fixtures())
    assert not found[:10]
    assert changed


def test_no_expression_is_passed_over() -> None:
    patterns = [expression.pattern for group in REGEXES for expression, _ in group]
    assert len(patterns) > 50
    assert not [pattern for pattern in patterns if not WORTH.search(pattern)]


def test_the_lines_of_every_syntax() -> None:
    lines = [line.format(s=SECRET, h=HASH) for line in LINES.splitlines() if line]
    assert not [found for line in lines for found in left(line, Scrubber().feed(line))]
    assert sum(bool(left(line, line)) for line in lines) > 50


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project")
def test_the_corpus() -> None:
    found, changed = leaks(sorted(path for path in CORPUS.rglob("*") if path.is_file()))
    assert not found[:10]
    assert changed > 200


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("ntp authentication-key 12345 md5 Zx9hunter2", "Zx9hunter2"),
        ("snmp-server user a g auth md5 0xab12 priv 0xab12 localizedkey", "0xab12"),
        ("set snmp community Zx9hunter2 authorization read-only", "Zx9hunter2"),
    ],
)
def test_the_oracle_sees_what_is_left(line: str, secret: str) -> None:
    assert left(line, line) == [secret]
    half = line[::-1].replace(secret[::-1], MASK[::-1], 1)[::-1]
    assert left(line, half) == ([secret] if line.count(secret) > 1 else [])
    assert left(line, Scrubber().feed(line)) == []


def secrets_of(text: str, ours: str) -> set[str]:
    """What stood where the scrubbed text has its mask, if it looks like more than a word."""
    found: set[str] = set()
    for line, scrubbed in zip(text.split("\n"), ours.split("\n"), strict=True):
        if line == scrubbed or len(line) > LONGEST:
            continue
        parts = [re.escape(part) for part in scrubbed.split(MASK)]
        match = re.fullmatch("(.*?)".join(parts), line)
        values = match.groups() if match is not None else ()
        found |= {value.strip("\"'") for value in values}
    return {
        value
        for value in found
        if len(value) >= 8 and re.search(r"\d", value) and re.search(r"[A-Za-z$]", value)
    }


def elsewhere(paths: list[Path]) -> tuple[list[str], int]:
    """Secrets that are gone in one place and stay in another of the same folder; how many there are."""
    folders: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path)
    found, seen = [], 0
    for folder, files in folders.items():
        texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
        ours = [Scrubber().feed(text) for text in texts]
        secrets = set().union(*(secrets_of(*pair) for pair in zip(texts, ours, strict=True)))
        seen += len(secrets)
        found += [f"{folder}: {s}" for s in sorted(secrets) if any(s in text for text in ours)]
    return found, seen


def test_no_secret_of_the_fixtures_stands_in_another_place() -> None:
    found, seen = elsewhere(fixtures())
    assert seen
    assert not found


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project")
def test_no_secret_of_the_corpus_stands_in_another_place() -> None:
    paths = [p for p in CORPUS.rglob("*") if p.is_file() and p.stat().st_size < 1_000_000]
    found, seen = elsewhere(paths)
    assert seen > 100
    assert not found[:10]
