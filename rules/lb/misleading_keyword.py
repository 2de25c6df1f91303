"""A statement says per-packet and balances per flow.

What it finds
    Keywords that read like the fault and are none, above all Junos `load-balance per-packet` in a policy
    exported to the forwarding table.

Why it matters
    It does not break sessions. Hardening scripts and colleagues keep "fixing" it, so the report says why it
    is fine.

When it is unknown
    Never: it is reported only where a document says that the platform balances per flow.

Examples
    lb003_note_junos_per_packet

Remedy
    None needed; newer releases accept `per-flow` for the same thing.

References
    Juniper, "Configuring per-packet load balancing" (the name is kept for compatibility)
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "LB003",
    "per-packet-in-name-only",
    "The keyword says per-packet, the device balances per flow",
    Severity.INFO,
    ("Juniper, Configuring per-packet load balancing",),
)


def check(view: View) -> Iterator[Finding]:
    """One note per statement."""
    for choice in view.device.path_choices:
        if choice.trap and choice.where is not None:
            yield Finding(
                code=RULE.code,
                title=RULE.title,
                severity=Severity.INFO,
                outcome=Outcome.NOTE,
                subject=choice.statement,
                message=f"'{choice.statement}' balances per flow here: {choice.reason or 'no fault'}.",
                evidence=(choice.where,),
                references=RULE.references,
            )
