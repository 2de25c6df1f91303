"""Findings about sessions and answers: the same questions for two directions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parsers.model.addresses import BITS, FULL, AddressTerm
from parsers.model.filters import Entry
from parsers.platform import Remedy
from rules.blocking import Verdict, deny_finding, merged, unknown_finding
from rules.finding import Finding, Outcome, Severity
from rules.insertion import placed
from rules.meetings import (
    RETURN,
    Judgement,
    joined,
    judgements,
    may_be_inside,
    may_be_outside,
)
from rules.packets.sets import PacketSet
from rules.packets.verdicts import Piece
from rules.rule import Rule
from rules.service import Network, collapse, network_of
from rules.view import Crossing, View

SETTLE = (
    "the routing table towards the service would settle which side of the path the interface is on"
)


def session_findings(rule: Rule, view: View, space: str, kind: str) -> Iterator[Finding]:
    """The findings of one space, in all VRFs and families."""
    for crossing in view.crossings:
        judged = merged(judgements(view, crossing, space))
        for judgement in judged:
            yield from _of_judgement(rule, view, crossing, judgement, space, kind)


def _of_judgement(
    rule: Rule, view: View, crossing: Crossing, judgement: Judgement, space: str, kind: str
) -> Iterator[Finding]:
    pieces = tuple(p for p in judgement.denied if not is_stale(judgement, p, space))
    if pieces:
        finding = deny_finding(
            rule,
            judgement,
            pieces,
            space,
            rank(view, crossing, judgement),
            remedies=remedies(view, judgement, pieces, space, kind),
            published=view.service.prefixes,
        )
        yield finding if crossing.known else finding._replace(settle=(SETTLE,))
    if judgement.undecided:
        severity = Severity.HIGH if crossing.known else Severity.MEDIUM
        yield unknown_finding(rule, judgement, space, severity)


def rank(view: View, crossing: Crossing, judgement: Judgement) -> Verdict:
    """High where the path is known. Where it is not: medium if the interface can only be on that side of
    the path, or if an entry denies the service by name; else unknown, since the interface may as well be on
    the other side, for which the filter would be right. A zone that no policy lets out, beside one that has a
    policy, is worth knowing: that is how most firewalls keep zones in."""
    meeting = judgement.meeting
    if crossing.known and not meeting.role:
        return Verdict(Severity.HIGH, Outcome.FAIL)
    if crossing.known and meeting.role and meeting.binding is None and meeting.filter.line is None:
        return Verdict(Severity.INFO, Outcome.NOTE)
    if (
        not crossing.known
        and not _unwritten(judgement)
        and (
            meeting.role == "either"
            or any(p.entry is not None and not _catch_all(p.entry) for p in judgement.denied)
            or _one_sided(view, crossing, judgement)
        )
    ):
        return Verdict(Severity.MEDIUM, Outcome.FAIL)
    return Verdict(Severity.MEDIUM, Outcome.UNKNOWN)


def _unwritten(judgement: Judgement) -> bool:
    """Whether only the silence of a firewall denies, with no line that says so: a pair of zones without policies,
    a load balancer without a listener. Whether the path leads through it is then anybody's guess."""
    meeting = judgement.meeting
    if meeting.binding is not None and meeting.binding.interface is not None:
        return False
    return all(p.entry is None and p.filter.default_line is None for p in judgement.denied)


def _one_sided(view: View, crossing: Crossing, judgement: Judgement) -> bool:
    """Whether the interface can only be on the side that it was taken for."""
    interface = view.interfaces.get(judgement.meeting.interface)
    if interface is None:
        return True
    return not (may_be_inside(interface) and may_be_outside(view, crossing, interface))


def is_stale(judgement: Judgement, piece: Piece, space: str) -> bool:
    """Whether a denied piece is what an allow-list forgot: the last action or a catch-all denies it, while
    entries that name addresses permit other ranges on the same ports."""
    if piece.entry is not None and not _catch_all(piece.entry):
        return False
    ports = set(_service_ports(piece.packets, space))
    named = [
        p for p in judgement.permitted if p.entry is not None and _names_service(p.entry, space)
    ]
    return bool(ports) and ports <= set(_service_ports(joined(named), space))


def _catch_all(entry: Entry) -> bool:
    return all(
        m.src is None and m.dst is None and m.src_ports is None and m.dst_ports is None
        for m in entry.matches
    )


def _names_service(entry: Entry, space: str) -> bool:
    sides = [m.src if space == RETURN else m.dst for m in entry.matches]
    return any(side is not None and bool(side.terms) for side in sides)


def _service_ports(packets: PacketSet, space: str) -> list[tuple[int, int]]:
    return list(packets.ports("src" if space == RETURN else "dst"))


def _prefixes(view: View, terms: Iterable[AddressTerm]) -> tuple[str, ...]:
    """The fewest prefixes to permit. A pattern with holes counts as the part of the service that it lies in: no
    platform's remedy can say holes, and what is between them is the service's too."""
    found: list[Network] = []
    for term in terms:
        wild = (FULL[term.family] ^ term.care).bit_length()
        around = (term.value >> wild << wild, BITS[term.family] - wild)
        network = network_of(term.family, *around)
        if (FULL[term.family] ^ term.care) == (1 << wild) - 1:
            found.append(network)
            continue
        met = (p for p in view.service.of_family(term.family) if network.overlaps(p))
        found.extend(max(network, prefix, key=lambda one: one.prefixlen) for prefix in met)
    return tuple(str(network) for network in collapse(found))


def remedies(
    view: View, judgement: Judgement, pieces: tuple[Piece, ...], space: str, kind: str
) -> tuple[Remedy, ...]:
    """What to permit, before which entry of which filter, with numbers that are free there."""
    groups: dict[str, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.filter.key, []).append(piece)
    made = [r for group in groups.values() for r in _remedies(view, judgement, group, space, kind)]
    return tuple(dict.fromkeys(made))


def _remedies(
    view: View, judgement: Judgement, pieces: list[Piece], space: str, kind: str
) -> tuple[Remedy, ...]:
    packets = joined(pieces)
    side = "src" if space == RETURN else "dst"
    first = next((p.entry for p in pieces if p.entry is not None), None)
    prefixes = _prefixes(view, packets.address_terms(side))
    ports = tuple(
        port
        for port in view.service.port_numbers()
        if any(low <= port <= high for low, high in packets.ports(side))
    )
    permit = Remedy(
        kind,
        filter=judgement.meeting.filter.key,
        family=judgement.meeting.filter.family or next(iter(packets.families), 4),
        interface=judgement.meeting.interface,
        prefixes=prefixes,
        ports=ports,
    )
    return placed(view, permit, pieces[0].filter, first, len(prefixes) * len(ports))
