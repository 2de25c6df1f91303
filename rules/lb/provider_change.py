"""A change of a provider's state takes live sessions off the way they started on.

What it finds
    Several uplinks of which each session uses one, and a statement that ends this tie: steering by measured
    quality without a kept session route, a session table that is flushed when a link changes its state.

Why it matters
    The session continues through another provider, mostly with another source address after NAT. The
    service, or another edge of it, does not know it and answers with a reset.

When it is unknown
    When a statement ends the tie and the number of ways to the service is not known.

Examples
    lb004_fires_steered_sessions

Remedy
    Keep live sessions on their interface until they end; let new sessions follow the measured quality.

References
    RFC 5382 (a NAT keeps the mapping of a live TCP connection)
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.balancing import RELEASING, Judged, Verdict, hazards
from rules.balancing_words import confirmation, evidence, facts_words
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "LB004",
    "session-leaves-its-provider",
    "A live session can leave the provider it started on",
    Severity.MEDIUM,
    ("RFC 5382",),
)

SETTLE = ("the routing or forwarding table towards the service would settle it",)


def check(view: View) -> Iterator[Finding]:
    """One finding per statement and VRF."""
    for judged in hazards(view, RELEASING):
        yield _finding(view, judged)


def _finding(view: View, judged: Judged) -> Finding:
    choice = judged.choices[0]
    vrf = judged.crossing.vrf if judged.crossing else "any"
    unknown = judged.verdict is Verdict.UNKNOWN
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.MEDIUM,
        outcome=Outcome.UNKNOWN if unknown else Outcome.FAIL,
        subject=f"vrf {vrf} {choice.statement}",
        message=f"{judged.verdict.value.upper()}: {judged.reason} ('{choice.statement}'). "
        f"{facts_words(view.device, judged.paths)}",
        evidence=evidence(view.device, judged.choices, judged.paths),
        advice=(
            "Keep live sessions on their interface; let new ones follow the links' state.",
            confirmation(view.service, judged.paths),
        ),
        references=RULE.references,
        settle=SETTLE if unknown else (),
    )
