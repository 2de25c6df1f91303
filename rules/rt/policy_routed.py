"""Policy routing may send sessions another way than the routes say.

What it finds
    An inside interface has a policy that chooses next hops by other fields than the destination, or the device
    marks packets for other routing tables.

Why it matters
    The paths, filters and sizes that were judged are those of the routing table; sessions that the policy
    takes may leave through another interface.

When it is unknown
    Always: which packets the policy takes is not worked out.

Examples
    rt003_unknown_policy_on_lan

Remedy
    Check that the policy leaves the published ranges alone, or judge the interface that it sends them to.

References
    None: the statements are the platforms' own.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.source import Where
from rules.finding import Finding, Outcome, Severity
from rules.recognised import MOVES
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "RT003",
    "path-chosen-by-policy",
    "Policy routing may send sessions another way",
    Severity.MEDIUM,
    (),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per device, with all policies that inside packets meet."""
    inside = {i.name: i for crossing in view.crossings for i in crossing.inside}
    places: dict[Where, None] = {}
    names = []
    for interface in inside.values():
        fact = interface.policy_route
        if fact is not None and fact.where is not None:
            places[fact.where] = None
            names.append(f"{fact.value} on {interface.name}")
    for fact in view.device.recognised:
        if fact.value in MOVES and fact.where is not None:
            places[fact.where] = None
            names.append(fact.note or fact.value)
    if not places:
        return
    yield Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.MEDIUM,
        outcome=Outcome.UNKNOWN,
        subject="policy routing",
        message=f"Policy routing ({'; '.join(dict.fromkeys(names[:4]))}) may send sessions another way than "
        "the routes that were judged.",
        evidence=tuple(places)[:12],
        advice=("Check that the policy leaves the published ranges alone.",),
        references=RULE.references,
    )
