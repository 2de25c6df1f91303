"""Packets of one session take different paths to the service.

What it finds
    Per-packet, round-robin or random spreading over at least two ways towards the published ranges
    (ACTIVE), the same where one way is known now (LATENT), and the same where the number of ways, or
    whether the statement is in effect, is not known (unknown).

Why it matters
    The service's addresses are anycast: the ways can end at different edge locations, and an edge that does
    not know a session answers its packets with a TCP reset. Users see "connection reset by peer" in the
    middle of a clone or push, at random.

When it is unknown
    When no routing or forwarding table was collected and the configuration alone does not show the number
    of paths, when the table is cut or holds lines that are not understood, when a load-sharing statement
    is not understood, or when no document says whether the hardware honours it.

Examples
    lb001_fires_per_packet_two_defaults, lb001_latent_one_default, lb001_silent_per_destination

Remedy
    Return to hash-based, per-flow balancing (RFC 2992); it is safe for sessions.

References
    RFC 2992 (analysis of an equal-cost multi-path algorithm), RFC 2991 (multipath issues)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.balancing import Spread, Stage
from parsers.model.source import Where
from parsers.platform import Remedy
from rules.balancing import Judged, Verdict, per_packet_verdicts
from rules.balancing_words import confirmation, evidence, facts_words
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "LB001",
    "session-split-over-paths",
    "Packets of one session take different paths",
    Severity.CRITICAL,
    ("RFC 2992", "RFC 2991"),
)

ABOUT_BALANCING = re.compile(
    r"load[- ]?(?:balanc|shar)|per-packet|round-robin|\bspray", re.IGNORECASE
)
"""Words that make a line that is not understood decide about this rule."""

SETTLE = (
    "the routing or forwarding table towards the service ('show ip cef', 'show ip route', or the "
    "platform's like) would settle it",
)


def check(view: View) -> Iterator[Finding]:
    """One finding per group of statements that act together in one VRF."""
    for judged in per_packet_verdicts(view):
        yield _finding(view, judged)
    yield from _without_statements(view)
    unread = [u for u in view.device.not_understood if ABOUT_BALANCING.search(u.text)]
    if unread:
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.CRITICAL,
            outcome=Outcome.UNKNOWN,
            subject="statements not understood",
            message="A statement about load balancing is not understood: it may split sessions.",
            evidence=tuple(u.where for u in unread),
            references=RULE.references,
        )


def _without_statements(view: View) -> Iterator[Finding]:
    """Several ways in a table, and no text that says how packets are spread over them."""
    if view.device.has_configuration or view.device.path_choices:
        return
    for crossing in view.crossings:
        paths = [path for path in crossing.paths if path.equal_cost >= 2]
        if paths:
            yield Finding(
                code=RULE.code,
                title=RULE.title,
                severity=Severity.CRITICAL,
                outcome=Outcome.UNKNOWN,
                subject=f"IPv{crossing.family} vrf {crossing.vrf} no configuration",
                message=f"{paths[0].equal_cost} ways lead to {', '.join(str(p.prefix) for p in paths)}, and "
                "no configuration shows how packets are spread over them.",
                evidence=tuple(Where(paths[0].file, route.line) for route in paths[0].routes),
                references=RULE.references,
                settle=("Collect the configuration and audit again.",),
            )


def _finding(view: View, judged: Judged) -> Finding:
    severity, outcome = _rank(view, judged)
    statements = ", ".join(dict.fromkeys(f"'{c.statement}'" for c in judged.choices))
    names = sorted({c.interface for c in judged.choices if c.interface})
    place = f" on {', '.join(names)}" if names else ""
    vrf = judged.crossing.vrf if judged.crossing else "any"
    family = f"IPv{judged.crossing.family} " if judged.crossing else ""
    prefixes = ", ".join(str(p.prefix) for p in judged.paths)
    towards = f" towards {prefixes}" if prefixes else ""
    certain = all(c.spread is not Spread.UNKNOWN for c in judged.choices)
    spreads = "spreads" if certain else "may spread"
    if judged.verdict is Verdict.LATENT:
        spreads = "would spread"
    facts = facts_words(view.device, judged.paths)
    commands = tuple(dict.fromkeys(c.settle for c in judged.choices if c.settle))
    asked = tuple(f"'{command}' would settle it" for command in commands)
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=severity,
        outcome=outcome,
        subject=f"{family}vrf {vrf} {judged.choices[0].scope.value} {', '.join(names)}".strip(),
        message=f"{judged.verdict.value.upper()}: {statements}{place} {spreads} packet by packet{towards}: "
        f"{judged.reason}. {facts}",
        evidence=evidence(view.device, judged.choices, judged.paths),
        remedies=tuple(
            Remedy("per-flow", interface=interface, form=statement)
            for interface, statement in sorted(
                {
                    (c.interface or "", c.statement): (c.interface, c.statement)
                    for c in judged.choices
                }.values(),
                key=lambda pair: (pair[0] or "", pair[1]),
            )
        ),
        advice=(*_far_ends(judged), confirmation(view.service, judged.paths)),
        references=RULE.references,
        settle=(asked or SETTLE) if judged.verdict is Verdict.UNKNOWN else (),
    )


def _far_ends(judged: Judged) -> tuple[str, ...]:
    """What would show that a bundle's members meet again."""
    if judged.verdict is not Verdict.ACTIVE or not all(
        choice.stage is Stage.BUNDLE and choice.remerge is None for choice in judged.choices
    ):
        return ()
    return (
        "Save the LLDP neighbours ('show lldp neighbors', 'lldpctl -f keyvalue') beside the configuration: where "
        "all members end on one device, packets are only reordered.",
    )


def _rank(view: View, judged: Judged) -> tuple[Severity, Outcome]:
    if judged.verdict is Verdict.ACTIVE:
        anycast = any(view.service.is_anycast(path.prefix) for path in judged.paths)
        return (Severity.CRITICAL if anycast else Severity.MEDIUM), Outcome.FAIL
    if judged.verdict is Verdict.HAZARD:
        return Severity.MEDIUM, Outcome.FAIL
    if judged.verdict is Verdict.LATENT:
        return Severity.LOW, Outcome.FAIL
    return Severity.CRITICAL, Outcome.UNKNOWN
