"""Lines of a routing table are not understood.

What it finds
    A routing or forwarding table was collected, and some of its lines have no form that the auditor knows.

Why it matters
    Such a line may hold a null route, a second path, or a longer match for a published range.

When it is unknown
    It is always unknown: look the published ranges up on the device.

Examples
    rt004_unknown_damaged_table

Remedy
    Look the ranges up by hand; report the line to the project.

References
    None: this is about the text, not about a protocol.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "RT004",
    "table-not-understood",
    "Lines of a routing table are not understood",
    Severity.HIGH,
    (),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per table."""
    for table in view.device.tables:
        if table.complete:
            continue
        count = len(table.not_understood)
        noun = "line is" if count == 1 else "lines are"
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.HIGH,
            outcome=Outcome.UNKNOWN,
            subject=table.file,
            message=f"{count} {noun} not understood in {table.file}: a route to the service may be missing.",
            evidence=table.not_understood[:12],
            advice=("Look the published ranges up on the device.",),
            references=RULE.references,
        )
