"""Checks of source addresses drop the messages of routers with private addresses.

What it finds
    A strict reverse path check towards the Internet, beside inside networks from the private ranges; or a filter
    on the way out that denies private ranges as sources, while clients use other addresses.

Why it matters
    Routers send Frag-Needed from the address of the link that they stand on, and those are often private
    (RFC 6752). Such a message is dropped although its kind is permitted, and the session stalls.

When it is unknown
    Where no route shows the outside, nothing is reported here.

Examples
    mtu008_fires_private_sources_out, mtu008_fires_strict_check, mtu008_silent_clamped

Remedy
    Permit ICMP 3/4 before the entries about sources; use the loose mode of the reverse path check; or clamp.

References
    RFC 6752, RFC 3704, RFC 1191
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.addresses import AddressTerm
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface
from parsers.platform import Remedy
from rules import budget
from rules.blocking import Verdict, deny_finding
from rules.finding import Finding, Outcome, Severity
from rules.insertion import placed
from rules.meetings import PTB_OUT, Judgement, Meeting, judge, judgements, packets_of
from rules.packets.sets import between
from rules.packets.verdicts import Piece
from rules.ptb_findings import covered
from rules.router_sources import PRIVATE, names_unrouted_sources, overlaps
from rules.rule import Rule
from rules.view import Crossing, View

RULE = Rule(
    "MTU008",
    "private-routers-not-heard",
    "Checks of sources drop messages from routers with private addresses",
    Severity.MEDIUM,
    ("RFC 6752", "RFC 3704", "RFC 1191"),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per outside interface and check."""
    for crossing in view.crossings:
        if not crossing.known:
            continue
        for outside in crossing.outside:
            yield from _reverse_path(view, crossing, outside)
            for binding in view.bindings(outside.name, "out", crossing.family):
                found = view.filter_of(binding)
                if found is not None and binding.inactive is None and not binding.sees_translated:
                    yield from _filtered(view, crossing, outside, binding, found)


def _reverse_path(view: View, crossing: Crossing, outside: Interface) -> Iterator[Finding]:
    mode = outside.urpf
    if mode is None or mode.value != "strict" or mode.where is None:
        return
    private = _private_inside(view, crossing)
    cover = covered(view, crossing, outside.name, upload=True)
    if not private or cover.words is not None:
        return
    shown = ", ".join(private)
    yield Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.MEDIUM,
        outcome=Outcome.FAIL,
        subject=f"{outside.name} IPv{crossing.family} vrf {crossing.vrf}",
        message=f"WARN: the strict reverse path check on {outside.name} drops what comes from {shown}, for the "
        "routes to these ranges lead inside: routers on the way that answer from such addresses are not heard.",
        evidence=(mode.where,),
        advice=("Use the loose mode on interfaces towards the Internet.",),
        references=RULE.references,
        budget=budget.of_message(
            view,
            (cover.inside, outside),
            crossing.family,
            True,
            (outside.name, f"drops {budget.MESSAGE[crossing.family]} from private addresses"),
            cover.clamps,
        ),
    )


def _private_inside(view: View, crossing: Crossing) -> list[str]:
    """The private ranges that inside networks lie in."""
    found: dict[str, None] = {}
    for interface in crossing.inside:
        for term in view.sources(crossing, interface):
            for name, wide in PRIVATE.items():
                if overlaps(term, wide):
                    found[name] = None
    return list(found)


def _filtered(
    view: View, crossing: Crossing, outside: Interface, binding: Binding, found: Filter
) -> Iterator[Finding]:
    if any(
        judgement.denied and judgement.meeting.filter.key == found.key
        for judgement in judgements(view, crossing, PTB_OUT)
    ):
        return  # clients' own messages are dropped too, which MTU003 reports
    private = tuple(PRIVATE.values())
    packets = packets_of(view, crossing, PTB_OUT, private)
    own = _client_terms(view, crossing)
    if own:
        packets = packets - between(own, None)
    meeting = Meeting(binding, found, outside.name, packets, None, outside.name)
    judged = judge(view, meeting)
    pieces = tuple(piece for piece in judged.denied if names_unrouted_sources(piece.entry))
    cover = covered(view, crossing, outside.name, upload=False)
    if not pieces or cover.words is not None:
        return
    finding = deny_finding(
        RULE,
        judged,
        pieces,
        PTB_OUT,
        Verdict(Severity.MEDIUM, Outcome.FAIL),
        note=" WARN: a router inside that answers from such an address is not heard by the service.",
        remedies=_remedies(view, judged, pieces, crossing.family),
        symptom="stall",
    )
    does = f"{found.key} drops {budget.MESSAGE[crossing.family]} from private addresses"
    sides = (cover.inside, outside)
    yield finding._replace(
        budget=budget.of_message(
            view, sides, crossing.family, False, (outside.name, does), cover.clamps
        )
    )


def _client_terms(view: View, crossing: Crossing) -> tuple[AddressTerm, ...]:
    found: dict[AddressTerm, None] = {}
    for interface in crossing.inside:
        found.update(dict.fromkeys(view.sources(crossing, interface)))
    return tuple(found)


def _remedies(
    view: View, judgement: Judgement, pieces: tuple[Piece, ...], family: int
) -> tuple[Remedy, ...]:
    meeting = judgement.meeting
    permit = Remedy(
        "permit-ptb", filter=meeting.filter.key, family=family, interface=meeting.interface
    )
    return placed(view, permit, pieces[0].filter, pieces[0].entry, 1)
