"""Per-packet spreading that is limited to traffic other than the service's.

What it finds
    A statement that spreads single packets, and whose own conditions, or statements before it that decide
    about everything, leave out every published range.

Why it matters
    It does not touch the service now. If its conditions grow, for example with one more address in a list,
    sessions to the service are split.

When it is unknown
    Never: conditions that are not understood limit nothing, and LB001 judges the statement.

Examples
    lb007_note_limited_to_voice

Remedy
    None needed for the service.

References
    RFC 2991 (section 3, effects of spreading packets of one flow)
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.balancing import choices_of, for_other_traffic, splits
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "LB007",
    "other-traffic-split",
    "Per-packet spreading is limited to other traffic",
    Severity.INFO,
    ("RFC 2991",),
)


def check(view: View) -> Iterator[Finding]:
    """One note per statement."""
    for choice in choices_of(view):
        if choice.where is None or not splits(choice) or not for_other_traffic(view, choice):
            continue
        because = f": {choice.reason}" if choice.reason else ""
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.INFO,
            outcome=Outcome.NOTE,
            subject=choice.statement,
            message=f"'{choice.statement}' spreads single packets, and its conditions or the statements "
            f"before it leave out the service{because}.",
            evidence=(choice.where,),
            references=RULE.references,
        )
