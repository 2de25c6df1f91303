"""The table of symptoms: what client messages look like, what they mean, what causes them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml


class Cause(NamedTuple):
    """A possible cause. `prior` is what Atlassian says of its frequency, None where it says nothing."""

    code: str
    title: str
    prior: str | None
    tells_apart: str
    next: tuple[str, ...]


class Split(NamedTuple):
    """A symptom class that depends on the milliseconds in the message."""

    below: int
    then: str
    start: int
    otherwise: str


class Where(NamedTuple):
    """Other causes where a named group of the pattern has one of these values."""

    group: str
    values: frozenset[str]
    causes: tuple[str, ...]


class Pattern(NamedTuple):
    """One kind of message. `literals` are lower-case, and one of them is in every match."""

    id: str
    regex: re.Pattern[str]
    literals: tuple[str, ...]
    symptom: str
    causes: tuple[str, ...]
    emitter: str
    source: str
    secondary: bool
    split: Split | None
    where: tuple[Where, ...]


class Table(NamedTuple):
    """The whole table; `patterns` stand in the order in which a line is compared with them."""

    causes: dict[str, Cause]
    classes: dict[str, str]
    patterns: tuple[Pattern, ...]
    wrappers: tuple[re.Pattern[str], ...]
    suspicious: re.Pattern[str]
    tokens: tuple[bytes, ...]
    languages: dict[str, tuple[str, ...]]


@cache
def table() -> Table:
    """The table that ships with the project."""
    text = resources.files("auditor.diagnosis").joinpath("symptoms.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    order = list(data["classes"])
    patterns = sorted(
        (_pattern(row) for row in data["patterns"]),
        key=lambda p: (p.secondary, order.index(p.symptom)),
    )
    return Table(
        {code: _cause(code, row) for code, row in data["causes"].items()},
        dict(data["classes"]),
        tuple(patterns),
        tuple(re.compile(text, re.IGNORECASE) for text in data["wrappers"]),
        re.compile(data["suspicious"], re.IGNORECASE),
        _tokens([*(w for p in patterns for w in p.literals), *data["suspicious_lit"]]),
        {name: tuple(words) for name, words in data["languages"].items()},
    )


def _cause(code: str, row: dict[str, Any]) -> Cause:
    return Cause(code, row["title"], row["prior"], row["tells_apart"], tuple(row["next"]))


def _pattern(row: dict[str, Any]) -> Pattern:
    by_ms = row.get("by_ms")
    return Pattern(
        row["id"],
        re.compile(row["regex"], re.IGNORECASE),
        tuple(row["lit"]),
        row["class"],
        tuple(row["causes"]),
        row["emitter"],
        row["source"],
        bool(row.get("secondary")),
        Split(by_ms["below"], by_ms["then"], by_ms["from"], by_ms["else"]) if by_ms else None,
        tuple(
            Where(w["group"], frozenset(w["is"]), tuple(w["causes"])) for w in row.get("where", ())
        ),
    )


def _tokens(words: list[str]) -> tuple[bytes, ...]:
    """The fewest of `words` such that each contains one: what a scan has to look for."""
    kept: list[str] = []
    for word in sorted(set(words), key=lambda w: (len(w), w)):
        if not any(short in word for short in kept):
            kept.append(word)
    return tuple(word.encode() for word in kept)
