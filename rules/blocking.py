"""From a judged filter to findings: what is blocked, by which line, for whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parsers.model.addresses import prefix_term
from parsers.model.filters import Filter, Symptom
from parsers.model.source import Where
from parsers.platform import Remedy
from rules import wording
from rules.finding import Blocked, Finding, Outcome, Severity, Witness
from rules.meetings import OUTBOUND, PTB_IN, PTB_OUT, RETURN, Judgement, Meeting, joined
from rules.packets.sets import PacketSet
from rules.packets.verdicts import Piece
from rules.rule import Rule
from rules.service import Network
from rules.shadowing import shadowed

STALL = "stall"
DIRECTIONS = {
    OUTBOUND: "outbound",
    RETURN: "return",
    PTB_IN: "ptb-inbound",
    PTB_OUT: "ptb-outbound",
}
WHAT = {
    OUTBOUND: "sessions to the service",
    RETURN: "answers of the service",
    PTB_IN: "'packet too big' messages to clients",
    PTB_OUT: "'packet too big' messages to the service",
}
PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6"}
EXAMPLE_ROUTERS = (prefix_term("198.51.100.0/24"), prefix_term("2001:db8::/32"))
EVIDENCE_LIMIT = 12
"""Deciding lines that a finding lists; the blocked set itself is always complete."""


class Verdict(NamedTuple):
    """How a finding is to be ranked: where the path is known, and where it is not."""

    severity: Severity
    outcome: Outcome


def place(meeting: Meeting) -> str:
    """The binding in words."""
    if meeting.binding is None:
        return f"between zones {meeting.filter.names[0].replace(':', ' and ')}"
    if meeting.binding.interface is None:
        names = f"{meeting.in_interface or 'any'} to {meeting.out_interface or 'any'}"
        return f"on packets forwarded from {names}"
    return f"{meeting.binding.direction} on {meeting.interface}"


def called(found: Filter) -> str:
    """What an engineer calls a filter."""
    return found.names[0] if found.names else found.key


def subject(meeting: Meeting, space: str) -> str:
    """The stable subject of a finding about a binding. A filter for both families is judged once for each."""
    family = meeting.filter.family or "".join(str(f) for f in meeting.packets.families)
    return f"{meeting.filter.key} {place(meeting)} IPv{family} {space}"


def merged(judgements: Iterable[Judgement]) -> list[Judgement]:
    """One judgement per filter, binding and role: pairs of interfaces that a hook joins are one."""
    found: dict[tuple[str, int, str, str], Judgement] = {}
    for judgement in judgements:
        meeting = judgement.meeting
        bound = meeting.binding.direction if meeting.binding else "zone"
        key = (
            meeting.filter.key,
            meeting.filter.family,
            f"{bound} {meeting.interface}",
            meeting.role,
        )
        known = found.get(key)
        if known is None:
            found[key] = judgement
        else:
            found[key] = known._replace(
                denied=(*known.denied, *judgement.denied),
                undecided=(*known.undecided, *judgement.undecided),
                permitted=(*known.permitted, *judgement.permitted),
            )
    return list(found.values())


def evidence(judgement: Judgement, pieces: Iterable[Piece]) -> tuple[Where, ...]:
    """The deciding lines, then the line that applies the filter."""
    lines: dict[Where, None] = {}
    for piece in pieces:
        decision = piece.decision
        line = decision.line
        if decision.because is not None and decision.because.entry is not None:
            line = decision.because.entry.line or line
        found = decision.filter
        if line is None:
            line = found.line
        if line is not None and len(lines) < EVIDENCE_LIMIT:
            lines[Where(found.file, line)] = None
    binding = judgement.meeting.binding
    if binding is not None and binding.where is not None:
        lines[binding.where] = None
    if not lines and judgement.meeting.where is not None:
        lines[judgement.meeting.where] = None
    return tuple(lines)


def blocked_list(packets: PacketSet) -> tuple[Blocked, ...]:
    """The packets as prefixes with ports."""
    return tuple(
        Blocked(prefix, protocol.partition(" (")[0].lower(), ports)
        for prefix, protocol, ports in packets.services()
    )


def in_words(
    packets: PacketSet, space: str, found: Filter, published: Sequence[Network] = ()
) -> str:
    """The set as an engineer would say it. What a stateful filter does with the first packet is what becomes of
    the session."""
    turned = service_side(packets, space)
    opening = space == OUTBOUND and not found.stateful
    return wording.in_words(turned, published, answers=space == RETURN, opening=opening)


def service_side(packets: PacketSet, space: str) -> PacketSet:
    """The same set with the service as the destination, as `blocked` lists it: answers are turned round."""
    if space != RETURN:
        return packets
    return PacketSet(
        (box[0], box[3], box[4], box[1], box[2], box[7], box[8], box[5], box[6], *box[9:])
        for box in packets.boxes
    )


def witness(packets: PacketSet, space: str, symptom: Symptom | str) -> Witness | None:
    """One concrete packet of the set."""
    # a router's message is shown from an address that engineers recognise as an example (RFC 5737)
    example = packets.restrict(src=EXAMPLE_ROUTERS) if space in (PTB_IN, PTB_OUT) else packets
    found = example.witness() or packets.witness()
    if found is None:
        return None
    said = symptom if isinstance(symptom, str) else symptom.value
    icmp = found.protocol in (1, 58)
    return Witness(
        found.src_text,
        found.dst_text,
        PROTOCOLS.get(found.protocol, str(found.protocol)),
        None if icmp else found.src_port,
        None if icmp else found.dst_port,
        found.icmp_type if icmp else None,
        found.icmp_code if icmp else None,
        DIRECTIONS[space],
        said,
    )


def deciding_words(pieces: Iterable[Piece]) -> str:
    """The lines that decide, in words."""
    words: dict[str, None] = {}
    for piece in pieces:
        entry, found = piece.entry, piece.filter
        if entry is None or entry.line is None:
            line = found.default_line
            words[f"the last action of {called(found)}" + (f" (line {line})" if line else "")] = (
                None
            )
        else:
            words[f"line {entry.line}"] = None
    listed = list(words)
    if len(listed) > 4:
        return f"{', '.join(listed[:4])} and {len(listed) - 4} more"
    return ", ".join(listed)


def deny_finding(
    rule: Rule,
    judgement: Judgement,
    pieces: tuple[Piece, ...],
    space: str,
    rank: Verdict,
    note: str = "",
    remedies: tuple[Remedy, ...] = (),
    symptom: str | None = None,
    what: str | None = None,
    published: Sequence[Network] = (),
) -> Finding:
    """The finding for denied pieces of one filter. `what` names the packets where the space's own words do
    not fit; `published` are the service's prefixes, to say the blocked ones with exceptions."""
    packets = joined(pieces)
    meeting = judgement.meeting
    said = symptom or pieces[0].decision.symptom.value
    role = "" if not meeting.role else f" if {meeting.interface} is the {meeting.role} of the path"
    if meeting.role == "either":
        role = " if the path leads through this device"
    behind = shadowed(meeting.filter, pieces, packets)
    text = (
        f"{called(meeting.filter)} {place(meeting)} drops {what or WHAT[space]}{role}: "
        f"{in_words(packets, space, meeting.filter, published)}, by {deciding_words(pieces)}{behind}.{note}"
    )
    return Finding(
        code=rule.code,
        title=rule.title,
        severity=rank.severity,
        outcome=rank.outcome,
        subject=subject(meeting, space),
        message=text,
        evidence=evidence(judgement, pieces),
        witness=witness(packets, space, said),
        blocked=blocked_list(service_side(packets, space)),
        remedies=remedies,
        references=rule.references,
    )


def unknown_finding(rule: Rule, judgement: Judgement, space: str, severity: Severity) -> Finding:
    """The finding for packets of which the text does not tell."""
    pieces = judgement.undecided
    packets = joined(pieces)
    meeting = judgement.meeting
    reasons = dict.fromkeys(p.because.reason for p in pieces if p.because is not None)
    if not reasons:
        reasons = {"behind address translation the source that the filter sees is not known": None}
    said = in_words(packets, space, meeting.filter)
    text = (
        f"{called(meeting.filter)} {place(meeting)} may drop {WHAT[space]}: {said} cannot be "
        f"decided, because {'; '.join(list(reasons)[:4])}."
    )
    return Finding(
        code=rule.code,
        title=rule.title,
        severity=severity,
        outcome=Outcome.UNKNOWN,
        subject=f"{subject(meeting, space)} undecided",
        message=text,
        evidence=evidence(judgement, pieces),
        witness=witness(packets, space, STALL if space in (PTB_IN, PTB_OUT) else "timeout"),
        blocked=blocked_list(service_side(packets, space)),
        references=rule.references,
    )
