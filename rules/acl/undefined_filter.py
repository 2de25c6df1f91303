"""A filter is applied and not defined.

What it finds
    An interface names an access list that the configuration does not hold. Some platforms then permit
    everything (IOS, NX-OS); for others no document says what they do, and ACL001 answers unknown.

Why it matters
    Somebody meant to filter here, or a list was renamed: the next edit may block everything at once.

When it is unknown
    Never: the absence is in the text.

Examples
    acl004_note_undefined_list

Remedy
    Define the list, or remove the line that applies it.

References
    Cisco IOS and NX-OS security configuration guides (undefined access lists)
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule("ACL004", "filter-undefined", "A filter is applied and not defined", Severity.INFO, ())


def check(view: View) -> Iterator[Finding]:
    """One note per binding."""
    for binding in view.device.bindings:
        found = view.filter_of(binding)
        if found is None or found.defined or binding.where is None:
            continue
        does = found.default.value if found.default is not None else "unknown"
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.INFO,
            outcome=Outcome.NOTE,
            subject=f"{binding.key} {binding.direction} on {binding.interface} IPv{binding.family}",
            message=f"{binding.key} is applied {binding.direction} on {binding.interface} and not defined "
            f"in this configuration; the platform's answer to everything is then: {does}.",
            evidence=(binding.where,),
            advice=("Define the list, or remove the line that applies it.",),
            references=RULE.references,
        )
