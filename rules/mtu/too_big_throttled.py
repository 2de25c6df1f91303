"""The device tells senders about packets that are too big, but not often enough.

What it finds
    Packets bigger than the way out arrive, and a device-wide limit allows one message a second or less. No
    adequate MSS clamp covers the direction.

Why it matters
    With many clients behind one narrow link most of them are never told: some sessions stall, others recover
    after a retransmission.

When it is unknown
    Where no route shows whether sessions use the narrow link, nothing is reported here; MTU001 says so.

Examples
    mtu004_fires_slow_df_limit, mtu004_silent_no_limit

Remedy
    Raise the limit for Frag-Needed, or clamp the MSS.

References
    RFC 1812 section 4.3.2.8, RFC 4443 section 2.4 (f)
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.device import PtbLimit
from parsers.platform import Remedy
from rules import budget
from rules.finding import Finding, Outcome, Severity
from rules.narrow import Narrow, clamps, df_cleared, narrows, told
from rules.pmtud import Telling, adequate
from rules.rule import Rule
from rules.view import Crossing, View

RULE = Rule(
    "MTU004",
    "too-big-throttled",
    "'Packet too big' messages are limited to a trickle",
    Severity.MEDIUM,
    ("RFC 1812 section 4.3.2.8", "RFC 4443 section 2.4 (f)"),
)
LEAST_PER_SECOND = 1.0
"""At or below this rate many clients share too few messages (knowledge: decision procedure, step 8)."""


def check(view: View) -> Iterator[Finding]:
    """One finding per limit that meets a narrow way out; no message at all is MTU001's."""
    for limit in view.device.ptb_limits:
        if limit.per_second is None or not 0 < limit.per_second <= LEAST_PER_SECOND:
            continue
        for crossing in view.crossings:
            if crossing.known and crossing.family == limit.family:
                ways = [way for way in narrows(view, crossing) if _uncovered(view, way)]
                if ways:
                    yield _finding(view, limit, crossing, ways)


def _uncovered(view: View, way: Narrow) -> bool:
    """Whether the limit matters: the message is sent, no clamp makes it needless, and DF is kept."""
    if told(view, way)[0] not in (Telling.ON, Telling.UNKNOWN):
        return False
    if df_cleared(view, way) is not None:
        return False
    return adequate(clamps(view, way), way.size.value, way.crossing.family) is None


def _finding(view: View, limit: PtbLimit, crossing: Crossing, ways: list[Narrow]) -> Finding:
    rate = f"{limit.per_second:g} a second"
    narrow = {way.way_out.name: way for way in ways}
    names = sorted(narrow)
    places = [limit.where, *(narrow[name].size.where for name in names)]
    if limit.where is None:
        places += [narrow[name].way_out.where for name in names]
    first = narrow[names[0]]
    words = f"{rate} for all clients together"
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.MEDIUM,
        outcome=Outcome.FAIL,
        subject=f"IPv{limit.family} vrf {crossing.vrf} {', '.join(names)}",
        message=f"WARN: packets too big for {', '.join(names)} are answered with at most {rate} for all "
        f"clients together ({limit.reason or 'limit'}).",
        evidence=tuple(dict.fromkeys(place for place in places if place is not None)),
        remedies=(
            Remedy("raise-ptb-limit", family=limit.family, interface=names[0]),
            *(
                Remedy("clamp-mss", family=limit.family, interface=name, number=narrow[name].needed)
                for name in names
            ),
        ),
        references=RULE.references,
        budget=budget.of_narrow(
            view,
            first,
            f"tells at most {rate}",
            f"{words}; {budget.clamp_words(clamps(view, first), first.needed)}",
        ),
    )
