"""A live session can be moved to another path although flows are hashed.

What it finds
    Flowlet or adaptive balancing, or a hash over a field that can change within one TCP connection (IPv6
    flow label, DSCP, TTL), on a hop with at least two ways towards the published ranges.

Why it matters
    The session works until the field changes or the balancer moves it; then another edge of the anycast
    service answers with a reset.

When it is unknown
    When the number of ways is not known and a statement chose such a balancing, or the table that would
    show it is cut. A choice that is not understood is reported by LB001. With one way only, nothing moves.

Examples
    lb002_fires_flow_label, lb002_silent_default_hash

Remedy
    Hash addresses, protocol and ports only, and pin flows (no flowlet, no adaptive rebalancing).

References
    RFC 6438 (flow label for ECMP), RFC 2992
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.balancing import Stage
from rules.balancing import Judged, Verdict, hazards
from rules.balancing_words import confirmation, evidence, facts_words
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "LB002",
    "live-session-moved",
    "A live session can move to another path",
    Severity.MEDIUM,
    ("RFC 6438", "RFC 2992"),
)

SETTLE = ("the routing or forwarding table towards the service would settle it",)


def check(view: View) -> Iterator[Finding]:
    """One finding per choice and VRF."""
    for judged in hazards(view):
        yield _finding(view, judged)


def _finding(view: View, judged: Judged) -> Finding:
    choice = judged.choices[0]
    crossing = judged.crossing
    vrf = crossing.vrf if crossing else "any"
    family = crossing.family if crossing else 4
    unknown = judged.verdict is Verdict.UNKNOWN
    ways = max((path.equal_cost for path in judged.paths), default=0)
    prefixes = ", ".join(str(path.prefix) for path in judged.paths) or "the service"
    count = {
        Stage.POLICY: "a routing table of its own",
        Stage.BUNDLE: "the members of the bundle",
        Stage.TUNNEL: "the members of the aggregate",
        Stage.ECMP: f"{ways} ways",
    }[choice.stage]
    if unknown:
        count = "a number of ways that is not known"
    place = choice.interface or (choice.statement if choice.stage is Stage.POLICY else "")
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.MEDIUM,
        outcome=Outcome.UNKNOWN if unknown else Outcome.FAIL,
        subject=f"IPv{family} vrf {vrf} {choice.stage.value} {place}".strip(),
        message=f"{judged.verdict.value.upper()}: {judged.reason} ('{choice.statement}', {count} towards "
        f"{prefixes}). {facts_words(view.device, judged.paths)}",
        evidence=evidence(view.device, judged.choices, judged.paths),
        advice=(
            "Hash addresses, protocol and ports only; pin flows to their path.",
            confirmation(view.service, judged.paths),
        ),
        references=RULE.references,
        settle=SETTLE if unknown else (),
    )
