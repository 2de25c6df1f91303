"""A text that the verdict needs was not collected.

What it finds
    Devices without their configuration, and filters of an address family whose listing is missing while that
    family is routed.

Why it matters
    Absence of a listing is not absence of filters: a silent pass would be a guess.

When it is unknown
    Always; the finding names the command whose output settles it.

Examples
    acl008_unknown_no_configuration

Remedy
    Collect the output that the finding names, and audit again.

References
    None: this is about what was collected.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.source import Where
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule("ACL008", "filters-not-collected", "Filters were not collected", Severity.HIGH, ())


def check(view: View) -> Iterator[Finding]:
    """One finding per missing text."""
    device = view.device
    first = (Where(device.files[0], 1),) if device.files else ()
    families = {crossing.family for crossing in view.crossings if crossing.inside or crossing.known}
    if not device.has_configuration and not device.missing:
        yield _finding("its filters", "show running-config", 0, first)
    for missing in device.missing:
        if missing.topic == "filters" and (missing.family == 0 or missing.family in families):
            what = f"its IPv{missing.family} filters" if missing.family else "its filters"
            yield _finding(what, missing.command, missing.family, first)


def _finding(what: str, command: str, family: int, first: tuple[Where, ...]) -> Finding:
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.HIGH,
        outcome=Outcome.UNKNOWN,
        subject=f"{command} IPv{family or 46}",
        message=f"The output of '{command}' is not there, so {what} are not known.",
        evidence=first,
        advice=(f"Collect '{command}' and audit again.",),
        references=RULE.references,
    )
