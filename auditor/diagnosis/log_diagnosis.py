"""From what logs say to a diagnosis: symptoms, ranked causes, what is not known, what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.diagnosis.addresses import WORDS, address_of, place_of
from auditor.diagnosis.causes import Ranked, rank
from auditor.diagnosis.log import Line, LogReading, Seen
from auditor.diagnosis.patterns import Table
from auditor.diagnosis.report import CausePart, Diagnosis, LogPart, SymptomPart
from auditor.reports import model
from rules.service import Service

WEAK = 0.05
"""Share below which a cause's commands are not proposed."""


def diagnose_logs(
    readings: Iterable[tuple[str, LogReading]], table: Table, service: Service
) -> Diagnosis:
    """The diagnosis of logs that were read, each with its file's name."""
    parts: list[LogPart] = []
    seen: list[Seen] = []
    notes: list[str] = []
    for file, reading in readings:
        kept = tuple(_pinned(item, service) for item in reading.seen)
        seen += kept
        parts.append(_log_part(file, reading, kept, table, service))
        notes += _notes(file, reading)
    ranked = rank(seen, table)
    return Diagnosis(
        kind="log",
        complete=not any(part.truncated or part.languages or part.unknown for part in parts),
        logs=tuple(parts),
        causes=cause_parts(ranked),
        notes=tuple(notes),
        next=_next(ranked),
    )


def cause_parts(ranked: Iterable[Ranked]) -> tuple[CausePart, ...]:
    """Ranked causes for the report."""
    return tuple(
        CausePart(
            code=item.cause.code,
            title=item.cause.title,
            prior=item.cause.prior,
            weight=item.weight,
            because=item.because,
            tells_apart=item.cause.tells_apart,
            next=item.cause.next,
            level=item.level,
        )
        for item in ranked
    )


def _next(ranked: tuple[Ranked, ...]) -> tuple[str, ...]:
    commands: dict[str, None] = {}
    for item in ranked[:4]:
        if item.weight >= WEAK:
            commands.update(dict.fromkeys(item.cause.next))
    return tuple(commands)


def _pinned(item: Seen, service: Service) -> Seen:
    """A message that names a retired address speaks for an entry that pins it, before all else."""
    found = [address for host in item.hosts if (address := address_of(host)) is not None]
    if any(place_of(address, service) == "retired" for address in found):
        return item._replace(causes=("PIN", *(code for code in item.causes if code != "PIN")))
    return item


def _notes(file: str, reading: LogReading) -> list[str]:
    notes = []
    if reading.truncated:
        notes.append(f"{file}: {reading.truncated}; what came before was read")
    if reading.languages:
        names = " or ".join(reading.languages)
        notes.append(
            f"{file}: messages in {names}, it seems; only English ones are read. Run the client again with "
            "LC_ALL=C (on Windows: set LANG=C) and diagnose that log"
        )
    if reading.unknown_count:
        notes.append(
            f"{file}: lines that look like failures and are in no table: {reading.unknown_count}; they are shown, "
            "not interpreted"
        )
    elif not reading.seen and not reading.languages:
        notes.append(f"{file}: no message of a Git, SSH or HTTPS client's failure was found")
    return notes


def _log_part(
    file: str, reading: LogReading, seen: tuple[Seen, ...], table: Table, service: Service
) -> LogPart:
    return LogPart(
        file=file,
        lines=reading.lines,
        symptoms=tuple(_symptom(file, item, table, service) for item in seen),
        unknown_count=reading.unknown_count,
        unknown=_lines(file, reading.unknown),
        languages=reading.languages,
        truncated=reading.truncated,
    )


def _symptom(file: str, item: Seen, table: Table, service: Service) -> SymptomPart:
    named = [(host, address) for host in item.hosts if (address := address_of(host)) is not None]
    return SymptomPart(
        symptom=item.symptom,
        meaning=table.classes[item.symptom],
        pattern=item.pattern.id,
        emitter=item.pattern.emitter,
        source=item.pattern.source,
        count=item.times,
        secondary=item.follows,
        last_line=item.last,
        hosts=item.hosts,
        addresses=tuple(f"{host}: {WORDS[place_of(address, service)]}" for host, address in named),
        evidence=_lines(file, item.examples),
    )


def _lines(file: str, lines: tuple[Line, ...]) -> tuple[model.Line, ...]:
    return tuple(model.Line(file=file, line=line.number, text=line.text) for line in lines)
