"""From what captures show to a diagnosis: sessions, splits, ranked causes, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.diagnosis.capture import CaptureReading, FileSeen, Judged, Shared, link_types
from auditor.diagnosis.causes import Level, Ranked, Sign, rank_signs
from auditor.diagnosis.flow import CLIENT, SERVER
from auditor.diagnosis.log_diagnosis import cause_parts
from auditor.diagnosis.patterns import Table
from auditor.diagnosis.report import (
    CaptureFile,
    CapturePart,
    Diagnosis,
    Session,
    Split,
    Told,
    VotePart,
)  # fmt: skip
from auditor.diagnosis.verdict import KINDS, address_text, is_too_big

SHOWN = 60
"""Sessions in a report."""
_FINE = ("clean", "unfinished")


def diagnose_capture(reading: CaptureReading, table: Table) -> Diagnosis:
    """The diagnosis of captures that were read."""
    proved = tuple(s for s in reading.shared if s.sharing.split)
    sessions = tuple(_overruled(judged, proved) for judged in reading.sessions)
    splits = tuple(_split(shared) for shared in reading.shared[:SHOWN])
    service = [s for s in sessions if s.place in ("anycast", "regional")]
    ranked = rank_signs(_signs(service or sessions), table)
    return Diagnosis(
        kind="capture",
        complete=not any(_incomplete(file) for file in reading.files),
        capture=CapturePart(
            files=tuple(_file(file) for file in reading.files),
            counts=reading.counts,
            other_counts=reading.others,
            sessions=sessions[:SHOWN],
            splits=splits,
            errors=tuple(
                Told(source=source, type=kind, code=code, mtu=mtu, count=count)
                for (source, kind, code, mtu), count in reading.errors.items()
            ),
        ),
        causes=cause_parts(ranked),
        notes=tuple(_notes(reading, bool(service))),
        next=_next(ranked, sessions),
    )


def _overruled(judged: Judged, proved: tuple[Shared, ...]) -> Session:
    """The session for the report; that its packets are split over links explains all else."""
    flow, verdict = judged.flow, judged.verdict
    client, server = address_text(flow.client), address_text(flow.server)
    ends = {(flow.client, flow.server, flow.client_port, flow.server_port),
            (flow.server, flow.client, flow.server_port, flow.client_port)}  # fmt: skip
    kind, level, causes, reasons = verdict.kind, verdict.level, verdict.causes, verdict.reasons
    shared = next((s for s in proved if s.key in ends), None)
    if shared is not None:
        way = "client to server" if shared.key[0] == flow.client else "server to client"
        said = (
            f"from {way}, {shared.sharing.first} packets went only over {shared.links[0]} and "
            f"{shared.sharing.second} only over {shared.links[1]}, changing {shared.sharing.switches} times"
        )
        kind, level, causes, reasons = "split", "proved", ("ANY",), (said, *reasons)
    return Session(
        link=judged.link,
        client=client,
        client_port=flow.client_port,
        server=server,
        server_port=flow.server_port,
        place=judged.place,
        start=flow.first / 1e9,
        seconds=round((flow.last - flow.first) / 1e9, 6),
        packets=flow.packets,
        bytes_from_client=flow.sides[CLIENT].sent,
        bytes_from_server=flow.sides[SERVER].sent,
        mss=(flow.sides[CLIENT].mss, flow.sides[SERVER].mss),
        ttls_from_server=tuple(sorted(flow.sides[SERVER].ttls)),
        kind=kind,
        meaning=KINDS[kind],
        level=level,
        causes=causes,
        reasons=reasons,
        votes=tuple(VotePart(**vote._asdict()) for vote in verdict.votes),
    )


def _signs(sessions: Iterable[Session]) -> Iterator[Sign]:
    for session in sessions:
        for place, code in enumerate(session.causes):
            level: Level = "compatible"
            if place == 0 and session.level in ("evidence", "proved"):
                level = "proved" if session.level == "proved" else "evidence"
            yield Sign(code, level, session.kind, 1 / 2**place)


def _next(ranked: tuple[Ranked, ...], sessions: tuple[Session, ...]) -> tuple[str, ...]:
    commands: dict[str, None] = {}
    for item in ranked[:3]:
        commands.update(dict.fromkeys(item.cause.next))
    if any(session.kind in ("anycast-shift", "reset") for session in sessions):
        commands[
            "tcpdump -ni LINK-A -s 128 -w a.pcap tcp or icmp or icmp6  # and the same on LINK-B"
        ] = None
    return tuple(commands)


def _incomplete(file: FileSeen) -> bool:
    return bool(file.broken) or not file.segments


def _notes(reading: CaptureReading, service: bool) -> Iterable[str]:
    for file in reading.files:
        if file.broken:
            yield f"{file.file}: {file.broken}; what came before was read"
        unknown = {
            reason: n for reason, n in file.skipped.items() if reason.startswith("link type")
        }
        for reason, count in unknown.items():
            yield (
                f"{file.file}: {count} packets of {reason} are not read (read are: {link_types()}); capture on an "
                "Ethernet or IP interface"
            )
        pieces = file.skipped.get("later fragment of a TCP packet")
        if pieces:
            yield (
                f"{file.file}: {pieces} fragments of TCP packets: senders that clear DF, or a device that does; "
                "accelerators such as AWS Global Accelerator drop fragments of TCP"
            )
        cut = file.skipped.get("cut off")
        if cut:
            yield f"{file.file}: {cut} packets were cut off before their headers end; capture with -s 128 or more"
        if not file.segments and not unknown:
            yield f"{file.file}: holds no TCP packet; was the filter right, and the interface?"
    told = [key for key in reading.errors if is_too_big(key[1], key[2])]
    if told:
        yield f"{len(told)} senders say that packets are too big, of sessions that the capture does not hold"
    if not service and (reading.sessions):
        yield "no session with the service is in the capture: all sessions are shown"
    for shared in reading.shared:
        if shared.sharing.moved:
            yield (
                f"a session of {address_text(shared.key[0])}:{shared.key[2]} went over from {shared.links[0]} to "
                f"{shared.links[1]} once: a change of path, not spreading"
            )


def _file(file: FileSeen) -> CaptureFile:
    return CaptureFile(
        file=file.file,
        packets=file.packets,
        segments=file.segments,
        first=file.first / 1e9,
        last=file.last / 1e9,
        links=file.links,
        skipped=file.skipped,
        broken=file.broken,
    )


def _split(shared: Shared) -> Split:
    source, target, source_port, target_port = shared.key
    return Split(
        source=address_text(source),
        source_port=source_port,
        target=address_text(target),
        target_port=target_port,
        links=shared.links,
        proved=shared.sharing.split,
        switches=shared.sharing.switches,
        only_first=shared.sharing.first,
        only_second=shared.sharing.second,
        both=shared.sharing.both,
    )


def has_fault(diagnosis: Diagnosis) -> bool:
    """Whether any session of the service (of all, where there is none of it) met a fault."""
    found = diagnosis.capture
    if found is None:
        return False
    counts = found.counts or found.other_counts
    return any(kind not in _FINE for kind in counts) or any(split.proved for split in found.splits)
