"""An allow-list names some of the published ranges and misses others.

What it finds
    Entries permit part of the published ranges by address, and what they do not name is denied by the last
    action or a catch-all: the list was right once, and the published list has moved on.

Why it matters
    Clients that DNS sends to a range that is missing fail, others work: the fault looks random and moves.

When it is unknown
    As for ACL001.

Examples
    acl003_fires_old_allow_list, acl003_silent_current_allow_list

Remedy
    Add the missing ranges, and compare the list with the published one regularly.

References
    The service's published ranges, in every report's header
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.acl_findings import is_stale, remedies
from rules.blocking import Verdict, deny_finding, merged
from rules.finding import Finding, Outcome, Severity
from rules.meetings import OUTBOUND, RETURN, judgements
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "ACL003",
    "allow-list-stale",
    "An allow-list no longer equals the published ranges",
    Severity.MEDIUM,
    ("the service's published ranges",),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per filter, place and direction."""
    for space, kind in ((OUTBOUND, "permit-flow"), (RETURN, "permit-return")):
        for crossing in view.crossings:
            judged = merged(judgements(view, crossing, space))
            for judgement in judged:
                pieces = tuple(p for p in judgement.denied if is_stale(judgement, p, space))
                if pieces:
                    yield deny_finding(
                        RULE,
                        judgement,
                        pieces,
                        space,
                        Verdict(Severity.MEDIUM, Outcome.FAIL),
                        remedies=remedies(view, judgement, pieces, space, kind),
                    )
