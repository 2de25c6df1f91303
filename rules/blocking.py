"""From a judged filter to findings: what is blocked, by which line, for whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parsers.model.addresses import prefix_term
from parsers.model.filters import Entry, Filter, State, Symptom
from parsers.model.source import Where
from parsers.platform import Remedy
from rules.finding import Blocked, Finding, Outcome, Severity, Witness
from rules.meetings import OUTBOUND, PTB_IN, PTB_OUT, RETURN, Judgement, Meeting, joined
from rules.packets.cubes import STATE_BIT
from rules.packets.packet import Packet
from rules.packets.sets import PacketSet
from rules.packets.verdicts import Piece
from rules.rule import Rule

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


def subject(meeting: Meeting, space: str) -> str:
    """The stable subject of a finding about a binding."""
    return f"{meeting.filter.key} {place(meeting)} IPv{meeting.filter.family or 46} {space}"


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
    return tuple(lines)


def blocked_list(packets: PacketSet) -> tuple[Blocked, ...]:
    """The packets as prefixes with ports."""
    return tuple(
        Blocked(prefix, protocol.partition(" (")[0].lower(), ports)
        for prefix, protocol, ports in packets.services()
    )


def in_words(packets: PacketSet, space: str, most: int = 6) -> str:
    """The set as an engineer would say it: ports, the service's prefixes, and from where to where."""
    turned = service_side(packets, space)
    by_service: dict[tuple[str, str], list[str]] = {}
    for prefix, protocol, ports in turned.services():
        by_service.setdefault((protocol.partition(" (")[0], ports), []).append(prefix)
    parts = []
    for (protocol, ports), prefixes in by_service.items():
        shown = ", ".join(prefixes[:most])
        if len(prefixes) > most:
            shown += f" and {len(prefixes) - most} more"
        port = "" if ports == "any" else f" {ports}"
        parts.append(f"{protocol}{port} {'from' if space == RETURN else 'to'} {shown}")
    sources = turned.addresses("src")
    if sources and not set(sources) <= {"0.0.0.0/0", "::/0"}:
        shown = ", ".join(sources[:most]) + (" and more" if len(sources) > most else "")
        parts[-1] += f" {'to' if space == RETURN else 'from'} {shown}"
    return "; ".join(parts) + (_phase(packets) if space == OUTBOUND else "")


def _phase(packets: PacketSet) -> str:
    """Says where only the opening of a session, or only the rest of it, is meant."""
    opening, rest = STATE_BIT[State.NEW], STATE_BIT[State.ESTABLISHED]
    opens = any(box[-1] & opening for box in packets.boxes)
    goes_on = any(box[-1] & rest for box in packets.boxes)
    if opens == goes_on:
        return ""
    return " (only the first packet of a session)" if opens else " (only packets after the first)"


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
            words[f"the last action of {found.key}" + (f" (line {line})" if line else "")] = None
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
) -> Finding:
    """The finding for denied pieces of one filter. `what` names the packets where the space's own words do
    not fit."""
    packets = joined(pieces)
    meeting = judgement.meeting
    said = symptom or pieces[0].decision.symptom.value
    role = "" if not meeting.role else f" if {meeting.interface} is the {meeting.role} of the path"
    shadowed = _shadowed(meeting.filter, pieces)
    text = (
        f"{meeting.filter.key} {place(meeting)} drops {what or WHAT[space]}{role}: "
        f"{in_words(packets, space)}, by {deciding_words(pieces)}{shadowed}.{note}"
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
    text = (
        f"{meeting.filter.key} {place(meeting)} may drop {WHAT[space]}: {in_words(packets, space)} cannot be "
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


def _shadowed(found: Filter, pieces: Iterable[Piece]) -> str:
    """A permit further down that the deny stands before, in words."""
    pieces = tuple(pieces)
    lines = [p.entry.line for p in pieces if p.entry is not None and p.entry.line is not None]
    if not lines:
        return ""
    packets = joined(pieces)
    sample = packets.witness()
    if sample is None:
        return ""
    for entry in _after(found, max(lines)):
        if entry.action.value == "permit" and entry.uncertain is None and _names(entry, sample):
            return f", which stands before the permit in line {entry.line}"
    return ""


def _after(found: Filter, line: int) -> Iterator[Entry]:
    passed = False
    for entry in found.entries:
        if entry.line == line:
            passed = True
        elif passed:
            yield entry


def _names(entry: Entry, sample: Packet) -> bool:
    """Whether an entry names the destination of a packet, rather than everything."""
    for match in entry.matches:
        if match.dst is None:
            continue
        if any(
            t.family == sample.family and sample.dst & t.care == t.value for t in match.dst.terms
        ):
            return True
    return False
