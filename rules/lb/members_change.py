"""The set of equal paths has changed, and the hash is not resilient: flows are mapped anew.

What it finds
    Fewer ways to the service in the forwarding or routing table than the configuration's static routes to
    the same prefix give: a way was lost, and when it comes back the hash is divided anew.

Why it matters
    A plain hash modulo the number of ways moves flows of healthy ways too when a way comes or goes. With
    an anycast service the moved sessions can end at another edge and are reset.

When it is unknown
    Never: without two sources that differ nothing shows that the set changes, and it is not reported.

Examples
    lb005_fires_lost_way

Remedy
    Turn on resilient (consistent) hashing where the platform has it; find out why the way is missing.

References
    RFC 2992 (section 3, disruption), RFC 7690 (section 3)
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.balancing import Scope, Spread, Stage
from parsers.model.routes import Route
from parsers.model.source import Where
from rules.balancing import choices_of
from rules.balancing_words import facts_words
from rules.finding import Finding, Outcome, Severity
from rules.forwarding import Path
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "LB005",
    "flows-mapped-anew-on-change",
    "A lost or returning path moves flows of the others",
    Severity.LOW,
    ("RFC 2992", "RFC 7690"),
)

MOST = 8
"""Routes of each side that are shown as evidence."""


def check(view: View) -> Iterator[Finding]:
    """One finding per VRF and family in which ways are missing."""
    if _keeps(view):
        return
    for crossing in view.crossings:
        lost = [
            (path, routes)
            for path in crossing.paths
            if path.equal_cost
            and path.source != "config"
            and len(_ways(routes := _configured(view, path))) > path.equal_cost
        ]
        if lost:
            yield _finding(view, lost)


def _configured(view: View, path: Path) -> list[Route]:
    """The static routes of the configuration that are equal to the one that carries a path."""
    static, route = view.device.static_routes, path.route
    if static is None or route is None:
        return []
    same = (route.value, route.length, path.vrf, path.family)
    return [
        said
        for said in static.routes
        if (said.value, said.length, said.vrf, said.family) == same
        and not (said.backup or said.conditional or said.discard)
    ]


def _ways(routes: list[Route]) -> set[tuple[str | None, str | None]]:
    return {(hop.interface, hop.address) for route in routes for hop in route.next_hops}


def _keeps(view: View) -> bool:
    """Whether live sessions keep their way, or the hash is not what chooses."""
    chosen = [
        choice
        for choice in choices_of(view)
        if choice.stage in (Stage.ECMP, Stage.POLICY)
        and choice.scope is Scope.DEVICE
        and choice.in_effect is not False
    ]
    hashed = any(choice.spread is Spread.FLOW and choice.fields for choice in chosen)
    return not hashed or any(choice.keeps for choice in chosen)


def _finding(view: View, lost: list[tuple[Path, list[Route]]]) -> Finding:
    path, routes = lost[0]
    prefixes = ", ".join(str(found.prefix) for found, _ in lost)
    static = view.device.static_routes
    evidence = [Where(path.file, route.line) for route in path.routes[:MOST]]
    if static is not None:
        evidence += [Where(static.file, route.line) for route in routes[:MOST]]
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.LOW,
        outcome=Outcome.FAIL,
        subject=f"IPv{path.family} vrf {path.vrf}",
        message=f"{path.equal_cost} of the {len(_ways(routes))} ways of the configuration is in use towards "
        f"{prefixes}: when the missing way returns, flows of the others are mapped anew. "
        f"{facts_words(view.device, (path,))}",
        evidence=tuple(dict.fromkeys(evidence)),
        advice=("Turn on resilient hashing, or find out why the way is missing.",),
        references=RULE.references,
    )
