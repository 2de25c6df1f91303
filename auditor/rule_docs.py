"""What rules say about themselves, for reports: title, summary and sections out of their documentation."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rules.errors import UnknownRule
from rules.rule import rule


class RuleDoc(NamedTuple):
    """A rule's documentation; `summary` is its first sentence, `sections` its parts by heading."""

    code: str
    name: str
    title: str
    severity: str
    summary: str
    sections: dict[str, str]
    text: str


@cache
def rule_doc(code: str) -> RuleDoc | None:
    """The documentation of the rule with `code`; None where no rule has it (a report of another version)."""
    try:
        found = rule(code)
    except UnknownRule:
        return None
    text = found.text.strip()
    head, *parts = re.split(r"^(?=[A-Z][^\n]*\n    \S)", text, flags=re.MULTILINE)
    sections = {}
    for part in parts:
        name, _, body = part.partition("\n")
        sections[name.strip()] = " ".join(body.split())
    return RuleDoc(
        found.rule.code,
        found.rule.name,
        found.rule.title,
        found.rule.severity.value,
        " ".join(head.split()),
        sections,
        text,
    )
