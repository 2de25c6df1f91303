"""The device clears the don't-fragment bit, which is no cure for this service.

What it finds
    A statement that clears DF (`set ip df 0`, `df-bit clear`, `clear-dont-fragment-bit`) on a device with a way
    out that is smaller than the packets that arrive.

Why it matters
    The packets are then fragmented, and TCP fragments are reported to be dropped at the anycast edge: uploads
    stall all the same, and nobody sees why.

When it is unknown
    The effect on sessions is reported as a warning: the statement is certain, the edge's behaviour is
    documented by second-hand sources only.

Examples
    mtu005_fires_df_cleared_by_route_map

Remedy
    Clamp the MSS, or let Frag-Needed through, instead of clearing DF.

References
    RFC 8900 (IP fragmentation considered fragile)
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.platform import Remedy
from rules import pmtud
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "MTU005",
    "df-bit-cleared",
    "Clearing DF makes fragments, which the service's edge drops",
    Severity.MEDIUM,
    ("RFC 8900",),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per statement, where a narrow way out exists."""
    narrow = sorted(
        {
            outside.name
            for crossing in view.crossings
            if crossing.family == 4
            for outside in (*crossing.outside, *crossing.inside)
            if pmtud.is_narrow(view, outside, 4)
        }
    )
    if not narrow:
        return
    for cleared in view.device.df_cleared:
        if cleared.where is None or not _in_use(view, cleared.note):
            continue
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.MEDIUM,
            outcome=Outcome.FAIL,
            subject=cleared.value,
            message=f"WARN: {cleared.value} clears DF, so packets too big for {', '.join(narrow)} are "
            "fragmented; TCP fragments are reported to be dropped at the service's edge.",
            evidence=(cleared.where,),
            remedies=tuple(Remedy("clamp-mss", interface=name) for name in narrow),
            references=RULE.references,
        )


def _in_use(view: View, name: str) -> bool:
    """Whether an interface uses the route map that a statement stands in; other statements always act."""
    maps = {i.policy_route.value for i in view.device.interfaces if i.policy_route is not None}
    return not name or name in maps
