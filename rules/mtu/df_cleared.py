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

from parsers.model.source import Sourced
from parsers.platform import Remedy
from rules import budget
from rules.finding import Finding, Outcome, Severity
from rules.narrow import Narrow, clamps, df_cleared, narrows
from rules.pmtud import adequate
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
    """One finding per statement that acts where packets are too big and no clamp makes them small."""
    found: dict[Sourced[str], list[Narrow]] = {}
    for crossing in view.crossings:
        for way in narrows(view, crossing):
            statement = df_cleared(view, way)
            if statement is None or adequate(clamps(view, way), way.size.value, 4) is not None:
                continue
            found.setdefault(statement, []).append(way)
    for statement, ways in found.items():
        yield _finding(view, statement, ways)


def _finding(view: View, statement: Sourced[str], ways: list[Narrow]) -> Finding:
    names = list(dict.fromkeys(way.way_out.name for way in ways))
    first = ways[0]
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.MEDIUM,
        outcome=Outcome.FAIL,
        subject=statement.value,
        message=f"WARN: {statement.value} clears DF, so packets too big for {', '.join(names)} are "
        "fragmented; TCP fragments are reported to be dropped at the service's edge.",
        evidence=(statement.where,) if statement.where is not None else (),
        remedies=tuple(
            Remedy("clamp-mss", interface=name, number=needed)
            for name, needed in {w.way_out.name: w.needed for w in ways}.items()
        ),
        references=RULE.references,
        budget=budget.of_narrow(
            view,
            first,
            "clears DF and sends fragments",
            f"DF is cleared; {budget.clamp_words(clamps(view, first), first.needed)}",
        ),
    )
