"""The device does not balance as its configuration says.

What it finds
    A report of the device about how it spreads packets (the interface's, the bond's, the kernel's, the hash
    keys') that contradicts the configuration that was saved with it.

Why it matters
    The report is the truth now and decides the other verdicts. The configuration becomes the truth with the
    next reload, commit or link flap: sessions that are safe today are split then, or the other way round.

When it is unknown
    Never: a report that is not understood does not contradict anything; LB001 says what is not understood.

Examples
    lb006_fires_interface_not_per_packet

Remedy
    Make configuration and device agree: save the one, or apply the other.

References
    Cisco, IP Switching Command Reference (show cef interface)
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.balancing import CHANGING
from rules.balancing_state import Disagreement, disagreements
from rules.balancing_words import device_words
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "LB006",
    "state-contradicts-configuration",
    "The device does not balance as its configuration says",
    Severity.LOW,
    ("Cisco, IP Switching Command Reference, show cef interface",),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per pair of a statement and a report."""
    for found in disagreements(view.device, frozenset(CHANGING)):
        yield _finding(view, found)


def _finding(view: View, found: Disagreement) -> Finding:
    state, said = found.state, found.said
    place = f" on {state.interface}" if state.interface else ""
    says = f"says '{said.statement}'" if said is not None else "has no statement for it"
    evidence = [choice.where for choice in (said, state) if choice is not None and choice.where]
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.LOW,
        outcome=Outcome.FAIL,
        subject=f"{state.stage.value} {state.interface or ''} {state.statement}".replace("  ", " "),
        message=f"The device reports '{state.statement}'{place}, and its configuration {says}. "
        f"({device_words(view.device)})",
        evidence=tuple(evidence),
        advice=("Make the configuration and the device agree before the next reload.",),
        references=RULE.references,
    )
