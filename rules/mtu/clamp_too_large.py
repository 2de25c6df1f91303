"""A clamp of the MSS that is larger than what fits does nothing.

What it finds
    A clamp with a number on an interface whose MTU leaves room for less: MTU less 40 bytes for IPv4, less 60 for
    IPv6.

Why it matters
    It looks like a cure and is none: segments of that size still do not fit the interface. Whether sessions break
    is what MTU001 says.

When it is unknown
    Never: an MTU that no line states is not compared.

Examples
    mtu009_note_clamp_too_large

Remedy
    Clamp to the MTU less 40 (60 for IPv6).

References
    RFC 9293 section 3.7.1
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.interfaces import Interface, MssClamp
from parsers.platform import Remedy
from rules import budget, pmtud
from rules.finding import Budget, Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "MTU009",
    "mss-clamp-too-large",
    "An MSS clamp is larger than what fits",
    Severity.INFO,
    ("RFC 9293 section 3.7.1",),
)


def check(view: View) -> Iterator[Finding]:
    """One note per interface, family and clamp, on interfaces that sessions may use."""
    used = dict.fromkeys(
        (i.name, crossing.family)
        for crossing in view.crossings
        for i in (*crossing.outside, *crossing.inside)
    )
    for name, family in used:
        interface = view.interface(name)
        size = pmtud.effective_mtu(view, interface, family)
        if size.assumed:
            continue
        need = size.value - pmtud.HEADERS[family]
        own = [c for c in interface.clamps if c.family == family]
        everywhere = [c for c in view.device.global_clamps if c.family in (0, family)]
        for clamp in dict.fromkeys((*own, *everywhere)):
            if clamp.value is None or not pmtud.is_possible_segment(clamp.value):
                continue
            if clamp.value > need and clamp.where is not None:
                yield _note(view, interface, clamp, family, size)


def _note(
    view: View, interface: Interface, clamp: MssClamp, family: int, size: pmtud.Size
) -> Finding:
    need = size.value - pmtud.HEADERS[family]
    places = [clamp.where, size.where]
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.INFO,
        outcome=Outcome.NOTE,
        subject=f"{interface.name} IPv{family} {clamp.direction}",
        message=f"The MSS clamp {clamp.value} does not make segments fit {interface.name}: with {size.why} the "
        f"largest is {need}.",
        evidence=tuple(dict.fromkeys(place for place in places if place is not None)),
        remedies=(Remedy("clamp-mss", family=family, interface=interface.name, number=need),),
        references=RULE.references,
        budget=Budget(
            family=family,
            direction="up",
            packet=clamp.value + pmtud.HEADERS[family] if clamp.value is not None else size.value,
            fits=size.value,
            segment=need,
            hops=(budget.hop(view, interface, "out", family, None, f"clamps to {clamp.value}"),),
            decides=f"clamp {clamp.value} > {need}",
        ),
    )
