"""Findings about 'packet too big' messages in transit: the same question for two directions."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.platform import Remedy
from rules import pmtud
from rules.blocking import Verdict, deny_finding, merged, unknown_finding
from rules.finding import Finding, Outcome, Severity
from rules.insertion import insertion
from rules.meetings import PTB_IN, Judgement, judgements
from rules.rule import Rule
from rules.view import Crossing, View

SETTLE = (
    "the routing table towards the service would settle which side of the path the interface is on"
)


def ptb_findings(rule: Rule, view: View, space: str) -> Iterator[Finding]:
    """The findings of one direction, in all VRFs and families."""
    for crossing in view.crossings:
        judged = merged(judgements(view, crossing, space))
        for judgement in judged:
            if judgement.denied:
                finding = _denied(rule, view, crossing, judgement, space)
                yield finding if crossing.known else finding._replace(settle=(SETTLE,))
            if judgement.undecided:
                severity = Severity.HIGH if crossing.known else Severity.MEDIUM
                yield unknown_finding(rule, judgement, space, severity)


def _denied(
    rule: Rule, view: View, crossing: Crossing, judgement: Judgement, space: str
) -> Finding:
    clamp = _covered(view, crossing, judgement, space)
    if clamp is not None:
        rank = Verdict(Severity.INFO, Outcome.FAIL)
        note = f" MITIGATED: {clamp} keeps segments small enough."
    elif not crossing.known or judgement.meeting.role:
        rank = Verdict(Severity.HIGH, Outcome.UNKNOWN)
        note = ""
    else:
        rank = Verdict(Severity.HIGH, Outcome.FAIL)
        note = " Sessions stall as soon as a link on the way is smaller than 1500 bytes."
    return deny_finding(
        rule,
        judgement,
        judgement.denied,
        space,
        rank,
        note=note,
        remedies=_remedies(judgement, crossing.family),
        symptom="stall",
    )


def _covered(view: View, crossing: Crossing, judgement: Judgement, space: str) -> str | None:
    """The clamp that covers every pair of sides, in words; None if one is left without. No narrow link is
    known beyond this device, so the clamp must fit the smallest size that the service promises to take, and
    the device's own narrow links."""
    family = crossing.family
    least = pmtud.DOCUMENTED_LIMIT
    words: dict[str, None] = {}
    name = judgement.meeting.interface
    for outside in crossing.outside:
        for inside in crossing.inside or (None,):
            pair = {outside.name, inside.name if inside is not None else ""}
            if name not in pair and name in view.interfaces:
                continue
            size = min(least, pmtud.effective_mtu(view, outside, family).value)
            if inside is not None:
                size = min(size, pmtud.effective_mtu(view, inside, family).value)
            clamps = pmtud.clamps_between(view, inside, outside, family, space == PTB_IN)
            found = pmtud.adequate((c for c in clamps if c.value is not None), size, family)
            if found is None:
                return None
            words[f"the MSS clamp {found.value}"] = None
    return ", ".join(words) or None


def _remedies(judgement: Judgement, family: int) -> tuple[Remedy, ...]:
    first = next((p.entry for p in judgement.denied if p.entry is not None), None)
    found = judgement.meeting.filter
    place = insertion(found, first, 1)
    permit = Remedy(
        "permit-ptb",
        filter=found.key,
        family=family,
        interface=judgement.meeting.interface,
        before=first.label if first is not None else None,
        number=place.number,
    )
    return (*place.first, permit)
