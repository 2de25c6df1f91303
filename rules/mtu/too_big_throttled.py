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
from rules import pmtud
from rules.finding import Finding, Outcome, Severity
from rules.pmtud import Telling
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
    """One finding per limit that meets a narrow way out."""
    for limit in view.device.ptb_limits:
        if limit.per_second is None or limit.per_second > LEAST_PER_SECOND:
            continue
        for crossing in view.crossings:
            if crossing.known and crossing.family == limit.family:
                narrow = _narrow(view, crossing)
                if narrow:
                    yield _finding(view, limit, crossing, narrow)


def _narrow(view: View, crossing: Crossing) -> list[str]:
    """The interfaces where packets too big arrive and no clamp covers it."""
    family = crossing.family
    found = []
    for outside in crossing.outside:
        for inside in crossing.inside or (None,):
            told, _ = pmtud.telling(inside, outside, family)
            if told not in (Telling.ON, Telling.UNKNOWN):
                continue
            out_size = pmtud.effective_mtu(view, outside, family).value
            in_size = pmtud.effective_mtu(view, inside, family).value if inside else 1500
            for narrow, size, upload in (
                (outside, out_size, True),
                (inside, in_size, False),
            ):
                other = in_size if upload else out_size
                if narrow is None or min(other, pmtud.ETHERNET) <= size:
                    continue
                clamps = pmtud.clamps_between(view, inside, outside, family, upload)
                if pmtud.adequate(clamps, size, family) is None:
                    found.append(narrow.name)
    return sorted(dict.fromkeys(found))


def _finding(view: View, limit: PtbLimit, crossing: Crossing, narrow: list[str]) -> Finding:
    rate = f"{limit.per_second:g} a second"
    sizes = [pmtud.effective_mtu(view, view.interface(n), limit.family).where for n in narrow]
    places = [
        limit.where,
        *sizes,
        *(view.interface(n).where for n in narrow if limit.where is None),
    ]
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.MEDIUM,
        outcome=Outcome.FAIL,
        subject=f"IPv{limit.family} vrf {crossing.vrf} {', '.join(narrow)}",
        message=f"WARN: packets too big for {', '.join(narrow)} are answered with at most {rate} for all "
        f"clients together ({limit.reason or 'limit'}).",
        evidence=tuple(dict.fromkeys(place for place in places if place is not None)),
        remedies=tuple(Remedy("clamp-mss", family=limit.family, interface=name) for name in narrow),
        references=RULE.references,
    )
