"""A diagnosis for people to read: plain text that survives a ticket."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from auditor.diagnosis.capture_printing import capture_lines
from auditor.diagnosis.path_printing import device_lines, path_lines
from auditor.diagnosis.report import CausePart, Diagnosis, HostsPart, LogPart, SymptomPart

SHOWN = 6
"""Causes that are shown in full."""


def as_text(diagnosis: Diagnosis, width: int = 100) -> str:
    """The diagnosis as text of at most `width` columns, evidence lines aside."""
    if diagnosis.kind == "doctor":
        return "\n".join(_doctor(diagnosis, width)) + "\n"
    lines: list[str] = []
    for log in diagnosis.logs:
        lines += _log(log)
    if diagnosis.capture is not None:
        lines += capture_lines(diagnosis.capture)
    for path in diagnosis.paths:
        lines += path_lines(path)
    for device in diagnosis.devices:
        lines += device_lines(device)
    for hosts in diagnosis.hosts:
        lines += _hosts(hosts, width)
    if diagnosis.causes:
        lines += ["", "Causes, likeliest first"]
        for number, cause in enumerate(diagnosis.causes[:SHOWN], 1):
            lines += _cause(number, cause, width)
    if diagnosis.notes:
        lines += ["", "Notes", *(filled(note, width, "  ") for note in diagnosis.notes)]
    if diagnosis.next:
        lines += ["", "Next", *(f"  {command}" for command in diagnosis.next)]
    return "\n".join(lines).strip("\n") + "\n"


def _doctor(diagnosis: Diagnosis, width: int) -> Iterator[str]:
    if not diagnosis.story:
        yield "Nothing that was given shows a fault."
    for number, item in enumerate(diagnosis.story[:SHOWN], 1):
        yield filled(f"{number}. {item.code} [{item.level}]  {item.title}", width, "")
        sources = (
            ("log", item.log),
            ("path", item.path),
            ("capture", item.capture),
            ("audit", item.audit),
        )
        for name, said in sources:
            if said:
                yield filled(f"{name}: {'; '.join(said[:4])}", width, "   ")
        yield from (f"     {line.file}:{line.line}: {line.text}" for line in item.statements)
    if diagnosis.notes:
        yield from ("", "Notes", *(filled(note, width, "  ") for note in diagnosis.notes))
    if diagnosis.missing:
        yield from ("", "Missing to be surer", *(f"  {text}" for text in diagnosis.missing))
    if diagnosis.next:
        yield from ("", "Next", *(f"  {command}" for command in diagnosis.next))


def filled(text: str, width: int, indent: str) -> str:
    """`text` wrapped, every line indented."""
    return textwrap.fill(
        text, width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _log(log: LogPart) -> Iterator[str]:
    count = sum(s.count for s in log.symptoms if not s.secondary)
    yield f"{log.file}: {log.lines} lines, {count} {'failure' if count == 1 else 'failures'}"
    for symptom in log.symptoms:
        if not symptom.secondary:
            yield from _symptom(symptom)
    followers = [s for s in log.symptoms if s.secondary]
    if followers:
        yield f"  follow from these: {', '.join(f'{s.pattern} ({s.count})' for s in followers)}"
    if log.unknown:
        yield "  not known"
        yield from (f"    line {line.line}: {line.text}" for line in log.unknown)


def _symptom(symptom: SymptomPart) -> Iterator[str]:
    times = (
        "once" if symptom.count == 1 else f"{symptom.count} times, last in line {symptom.last_line}"
    )
    yield f"  {symptom.symptom}  {symptom.meaning}; {times}  [{symptom.pattern}, {symptom.emitter}]"
    yield from (f"    line {line.line}: {line.text}" for line in symptom.evidence[:2])
    yield from (f"    {said}" for said in symptom.addresses)


def _hosts(hosts: HostsPart, width: int) -> Iterator[str]:
    count = len(hosts.entries)
    yield f"{hosts.file}: {count or 'no'} {'entry overrides' if count == 1 else 'entries override'} the service's names"
    for entry in hosts.entries:
        yield f"  line {entry.line}: {entry.text}"
        yield filled(f"{entry.severity}: {entry.message}", width, "    ")


def _cause(number: int, cause: CausePart, width: int) -> Iterator[str]:
    said = f" (Atlassian: {cause.prior})" if cause.prior else ""
    level = f" [{cause.level}]" if cause.level else ""
    yield filled(f"{number}. {cause.code}{level}  {cause.title}{said}", width, "  ")
    yield filled(f"tells it apart: {cause.tells_apart}", width, "     ")
