"""An allow-list names some of the published ranges and misses others.

What it finds
    Entries permit part of the published ranges by address, and what they do not name is denied by the last
    action or a catch-all: the list was right once, and the published list has moved on. Entries that permit
    ranges which are no longer published are named too.

Why it matters
    Clients that DNS sends to a range that is missing fail, others work: the fault looks random and moves.

When it is unknown
    As for ACL001.

Examples
    acl003_fires_old_allow_list, acl003_silent_current_allow_list

Remedy
    Add the missing ranges, remove those that are no longer published, and compare the list with the published one
    regularly.

References
    The service's published ranges, in every report's header
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.addresses import AddressTerm
from parsers.model.filters import Action, Filter
from parsers.platform import Remedy
from rules.acl_findings import is_stale, remedies
from rules.blocking import Verdict, deny_finding, merged
from rules.finding import Finding, Outcome, Severity
from rules.former_entries import removals
from rules.meetings import OUTBOUND, RETURN, Judgement, judgements
from rules.packets.verdicts import Piece
from rules.rule import Rule
from rules.service import Network
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
                        note=_former(view, judgement.meeting.filter, space),
                        remedies=_remedies(view, judgement, pieces, space, kind),
                        published=view.service.prefixes,
                    )


def _remedies(
    view: View, judgement: Judgement, pieces: tuple[Piece, ...], space: str, kind: str
) -> tuple[Remedy, ...]:
    """First what is missing comes in, then what is no longer published goes."""
    added = remedies(view, judgement, pieces, space, kind)
    if space == RETURN or not view.service.former:
        return added
    meeting = judgement.meeting
    gone = removals(meeting.filter, view.service.former, meeting.interface, added)
    return (*added, *gone)


def _former(view: View, found: Filter, space: str) -> str:
    """The entries that permit ranges which the service has left, in words."""
    lines: dict[str, list[str]] = {}
    for entry in found.entries if view.service.former else ():
        if entry.action is not Action.PERMIT or entry.line is None:
            continue
        for match in entry.matches:
            side = match.src if space == RETURN else match.dst
            for term in side.terms if side is not None and not side.negated else ():
                for prefix in view.service.former:
                    if _inside(term, prefix):
                        lines.setdefault(str(prefix), []).append(str(entry.line))
    if not lines:
        return ""
    named = [f"{prefix} (line {', '.join(dict.fromkeys(at))})" for prefix, at in lines.items()]
    return f" It still permits what is no longer published: {', '.join(named)}."


def _inside(term: AddressTerm, prefix: Network) -> bool:
    """Whether all addresses of a term are in a prefix."""
    care = int(prefix.netmask)
    return (
        term.family == prefix.version
        and term.care & care == care
        and term.value & care == int(prefix.network_address)
    )
