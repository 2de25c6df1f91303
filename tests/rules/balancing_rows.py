"""What a row of the table of load-balancing cases is, and how it is judged.

The rows are the numbered cases of the vendor notes (knowledge page, section 15): configuration or state, and the
verdict. `knowledge` is the verdict of the page where ours differs, with the reason in docs/where-we-differ.md.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from rules.finding import Finding, Outcome, Severity
from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket

ORDER = ("ACTIVE", "HAZARD", "LATENT", "UNKNOWN", "OK + note", "OK")


class Row(NamedTuple):
    """`texts` are outputs by command; a text under `running-config` is the configuration."""

    number: str
    platform: str
    texts: dict[str, str]
    verdict: str
    knowledge: str = ""


def row(
    number: str, name: str, config: str | None, verdict: str, knowledge: str = "", **shown: str
) -> Row:
    """A row; the names of `shown` are commands with `_` for blanks, `__` for a slash and `dash` for a dash."""
    texts = {} if config is None else {CONFIGURATION: config}
    for command, text in shown.items():
        plain = command.replace("__", "/").replace("_dash_", "-").replace("_", " ")
        texts[plain] = text
    return Row(number, name, texts, verdict, knowledge)


def judged(case: Row) -> list[Finding]:
    """The findings about load balancing."""
    texts = tuple(
        Text("r1.cfg" if command == CONFIGURATION else f"{command}.txt", command, body.splitlines())
        for command, body in case.texts.items()
    )
    device = platform(case.platform).parse(Inputs("r1", case.platform, texts))
    return [f for f in check_all(View(device, bitbucket())) if f.code.startswith("LB")]


def verdict(finding: Finding) -> str:
    """The verdict that a finding stands for (CONTRACT: verdicts and severities)."""
    if finding.outcome is Outcome.NOTE:
        return "OK + note"
    if finding.outcome is Outcome.UNKNOWN:
        return "UNKNOWN"
    words = {Severity.CRITICAL: "ACTIVE", Severity.MEDIUM: "HAZARD", Severity.LOW: "LATENT"}
    return words[finding.severity]


def worst(findings: list[Finding]) -> str:
    """The verdict about the device."""
    return min((verdict(f) for f in findings), key=ORDER.index, default="OK")
