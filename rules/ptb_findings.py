"""Findings about 'packet too big' messages in transit: the same question for two directions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers.model.addresses import AddressTerm
from parsers.model.interfaces import Interface, MssClamp
from parsers.platform import Remedy
from rules import budget, pmtud
from rules.blocking import Verdict, deny_finding, merged, unknown_finding
from rules.finding import Budget, Finding, Outcome, Severity
from rules.insertion import placed
from rules.meetings import OUTBOUND, PTB_IN, RETURN, Judgement, joined, judgements
from rules.packets.sets import between
from rules.packets.verdicts import Piece
from rules.router_sources import overlaps, public_share
from rules.rule import Rule
from rules.view import Crossing, View, network_terms

SETTLE = (
    "the routing table towards the service would settle which side of the path the interface is on"
)
HALF = 0.5
"""A filter that denies less than this part of all sources is about these sources, and not about the message."""
FEW = 1 / 256
"""Below this part of all sources (less than a /8) hardly a router on a path is among them."""


class Cover(NamedTuple):
    """Whether clamps make the message needless on every pair of sides, and the pair that shows it."""

    words: str | None
    inside: Interface | None
    outside: Interface | None
    clamps: tuple[MssClamp, ...]


def ptb_findings(rule: Rule, view: View, space: str) -> Iterator[Finding]:
    """The findings of one direction, in all VRFs and families."""
    for crossing in view.crossings:
        judged = [
            _without_own(view, crossing, found, space)
            for found in merged(judgements(view, crossing, space))
        ]
        barred = _barred(view, crossing, space) if judged else set()
        for judgement in judged:
            unsure = not crossing.known or bool(judgement.meeting.role)
            if unsure and _place(judgement) in barred:
                continue  # no session passes at all if this is the path: nobody waits for a message
            if judgement.denied:
                finding = _denied(rule, view, crossing, judgement, space)
                if finding is not None:
                    yield finding if crossing.known else finding._replace(settle=(SETTLE,))
            if judgement.undecided:
                severity = Severity.HIGH if crossing.known else Severity.MEDIUM
                yield unknown_finding(rule, judgement, space, severity)


def _without_own(view: View, crossing: Crossing, judgement: Judgement, space: str) -> Judgement:
    """The judgement without what concerns the service's own ranges on the inside, where no client is: a filter
    against forged sources denies them, and should."""
    own = view.service.terms(crossing.family)
    inside = between(None, own) if space == PTB_IN else between(own, None)
    side = 4 if space == PTB_IN else 2  # the care mask of the inside address in a box

    def kept(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(
            p for p in pieces if any(not b[side] for b in p.packets.boxes) or p.packets - inside
        )

    denied, undecided = kept(judgement.denied), kept(judgement.undecided)
    return judgement._replace(denied=denied, undecided=undecided)


def _barred(view: View, crossing: Crossing, space: str) -> set[tuple[str, str, str]]:
    """The filters and places that let no packet of a session pass in the direction of the message."""
    sessions = RETURN if space == PTB_IN else OUTBOUND
    return {
        _place(judgement)
        for judgement in merged(judgements(view, crossing, sessions))
        if judgement.denied and not judgement.permitted and not judgement.undecided
    }


def _place(judgement: Judgement) -> tuple[str, str, str]:
    meeting = judgement.meeting
    return meeting.filter.key, meeting.interface, meeting.role


def _denied(
    rule: Rule, view: View, crossing: Crossing, judgement: Judgement, space: str
) -> Finding | None:
    pieces, worst, note = _weighed(view, crossing, judgement, space)
    if not pieces:
        return None
    cover = covered(view, crossing, judgement.meeting.interface, space == PTB_IN)
    if worst is Severity.INFO:
        rank = Verdict(Severity.INFO, Outcome.NOTE)
    elif cover.words is not None:
        rank = Verdict(Severity.INFO, Outcome.FAIL)
        note = f" MITIGATED: {cover.words} keeps segments small enough."
    elif not crossing.known or judgement.meeting.role:
        rank = Verdict(worst, Outcome.UNKNOWN)
    else:
        rank = Verdict(worst, Outcome.FAIL)
        note = note or " Sessions stall as soon as a link on the way is smaller than 1500 bytes."
    finding = deny_finding(
        rule,
        judgement,
        pieces,
        space,
        rank,
        note=note,
        remedies=_remedies(view, judgement, pieces, crossing.family) if worst.rank < 4 else (),
        symptom="stall",
    )
    return finding._replace(budget=_budget(view, crossing, judgement, space, cover))


def _weighed(
    view: View, crossing: Crossing, judgement: Judgement, space: str
) -> tuple[tuple[Piece, ...], Severity, str]:
    """The denied pieces that count and how much (steps 6 and 10 of the procedure): messages from any router are
    a break, those from a part of all public sources a weak risk, those from a few or from ranges that the
    Internet does not route only worth knowing, and those from the own network do not come from outside."""
    denied, family = judgement.denied, crossing.family
    public = public_share(joined(denied), family)
    if space != PTB_IN:
        if public or not public_share(joined(judgement.permitted), family):
            return denied, Severity.HIGH, ""
        note = " WARN: routers and clients with public addresses are heard."
        return denied, Severity.MEDIUM, note
    if public >= HALF or _from_edge(view, denied, family):
        return denied, Severity.HIGH, ""
    own = _own_terms(view, crossing) if crossing.known else ()
    parts = [p._replace(packets=p.packets - between(own, None)) for p in denied] if own else denied
    pieces = tuple(piece for piece in parts if piece.packets)
    if public_share(joined(pieces), family) >= FEW:
        return pieces, Severity.MEDIUM, " WARN: routers with other addresses are heard."
    note = " Routers on the way that answer from these addresses are not heard."
    return pieces, Severity.INFO, note


def _from_edge(view: View, denied: tuple[Piece, ...], family: int) -> bool:
    """Whether messages of the service's own edge are among the denied ones: it tells clients too (its knowledge
    base: packets above 1476 bytes)."""
    edge = view.service.terms(family)
    sources = joined(denied).address_terms("src")
    return any(overlaps(source, term) for source in sources for term in edge)


def _own_terms(view: View, crossing: Crossing) -> tuple[AddressTerm, ...]:
    """The networks of the inside and of the device, from which no message comes in from outside."""
    found: dict[AddressTerm, None] = {}
    for interface in crossing.inside:
        found.update(dict.fromkeys(view.sources(crossing, interface)))
        found.update(dict.fromkeys(network_terms(interface, crossing.family)))
    return tuple(found)


def covered(view: View, crossing: Crossing, name: str, upload: bool) -> Cover:
    """The clamps that cover every pair of sides that a filter at `name` is between. No narrow link is known
    beyond this device, so the clamp must fit the smallest size that the service promises to take, and the
    device's own narrow links."""
    family = crossing.family
    words: dict[str, None] = {}
    shown = Cover(None, None, None, ())
    for outside in crossing.outside or (None,):
        for inside in crossing.inside or (None,):
            pair = [i for i in (outside, inside) if i is not None]
            if name not in {i.name for i in pair} and name in view.interfaces:
                continue
            sizes = [pmtud.effective_mtu(view, i, family).value for i in pair]
            size = min([view.service.takes, *sizes])
            clamps: list[MssClamp] = []
            if outside is not None:
                clamps = pmtud.clamps_between(view, inside, outside, family, upload)
            found = pmtud.adequate((c for c in clamps if c.value is not None), size, family)
            shown = Cover(None, inside, outside, tuple(clamps))
            if found is None:
                return shown
            words[f"the MSS clamp {found.value}"] = None
    return shown._replace(words=", ".join(words) or None)


def _budget(
    view: View, crossing: Crossing, judgement: Judgement, space: str, cover: Cover
) -> Budget:
    meeting = judgement.meeting
    family = crossing.family
    does = f"{meeting.filter.key} drops {budget.MESSAGE[family]} here"
    inside, outside = cover.inside, cover.outside
    if outside is None:
        # no route shows the sides: only the filter's own interface is certain
        inside, outside = view.interfaces.get(meeting.interface), None
    return budget.of_message(
        view,
        (inside, outside),
        family,
        space == PTB_IN,
        (meeting.interface, does),
        cover.clamps,
    )


def _remedies(
    view: View, judgement: Judgement, pieces: tuple[Piece, ...], family: int
) -> tuple[Remedy, ...]:
    first = next((p for p in pieces if p.entry is not None), pieces[0])
    found = judgement.meeting.filter
    permit = Remedy(
        "permit-ptb", filter=found.key, family=family, interface=judgement.meeting.interface
    )
    harden = Remedy(
        "harden-ptb", filter=found.key, family=family, interface=judgement.meeting.interface
    )
    return (*placed(view, permit, first.filter, first.entry, 1), harden)
