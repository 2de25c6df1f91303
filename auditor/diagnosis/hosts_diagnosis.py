"""From hosts files to a diagnosis: what is stale, outside, retired, or merely ages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from auditor.diagnosis.addresses import WORDS, Place
from auditor.diagnosis.causes import Level, Sign, rank_signs
from auditor.diagnosis.hosts import Entry, HostsFile
from auditor.diagnosis.log_diagnosis import cause_parts
from auditor.diagnosis.patterns import Table
from auditor.diagnosis.report import Diagnosis, HostEntry, HostsPart

SEVERITIES: dict[Place, str] = {
    "retired": "high", "outside": "high", "private": "medium", "anycast": "low", "regional": "low"
}  # fmt: skip
_WHY: dict[Place, str] = {
    "retired": "the range was given up: its addresses can belong to strangers, and only the host key or the "
    "certificate stands between them and the client",
    "outside": "no published address of the service is there",
    "private": "right for a proxy or NAT64 of your own; wrong if a resolver or a product left it here",
    "anycast": "it keeps clients from following moves of the service, and does not avoid an anycast shift",
    "regional": "it keeps clients from following moves of the service; as a work-around it ages",
}


def diagnose_hosts(files: Iterable[HostsFile], table: Table, today: datetime.date) -> Diagnosis:
    """The diagnosis of hosts files, on that day."""
    files = tuple(files)
    parts = tuple(_part(file, today) for file in files)
    return Diagnosis(
        kind="hosts",
        complete=not any(file.strange for file in files),
        hosts=parts,
        causes=cause_parts(rank_signs(_signs(parts), table)),
        notes=tuple(_notes(files)),
        next=tuple(_next(parts)),
    )


def _part(file: HostsFile, today: datetime.date) -> HostsPart:
    return HostsPart(
        file=file.file,
        lines=file.lines,
        entries=tuple(_entry(entry, today) for entry in file.entries),
    )


def _entry(entry: Entry, today: datetime.date) -> HostEntry:
    severity, message = SEVERITIES[entry.place], f"{WORDS[entry.place]}: {_WHY[entry.place]}"
    if entry.until is not None and entry.until < today:
        message = f"a work-around that was to be removed by {entry.until}; {message}"
        severity = "medium" if severity == "low" else severity
    return HostEntry(
        line=entry.line,
        text=entry.text,
        address=str(entry.address),
        names=entry.names,
        place=entry.place,
        severity=severity,
        message=message,
    )


def _signs(parts: tuple[HostsPart, ...]) -> Iterator[Sign]:
    for part in parts:
        for entry in part.entries:
            level: Level = "evidence" if entry.severity == "high" else "compatible"
            yield Sign("PIN", level, f"{part.file}:{entry.line}")


def _notes(files: tuple[HostsFile, ...]) -> Iterator[str]:
    for file in files:
        for number, text in file.strange:
            yield f"{file.file}:{number}: names the service and is no entry (an address comes first): {text}"
        names = {name for entry in file.entries for name in entry.names}
        if "bitbucket.org" in names and "ssh.bitbucket.org" not in names:
            yield (
                f"{file.file}: bitbucket.org is overridden, ssh.bitbucket.org is not, which SSH uses since "
                "2026-11-12"
            )
        by_name: dict[tuple[str, int], set[str]] = {}
        for entry in file.entries:
            for name in entry.names:
                by_name.setdefault((name, entry.address.version), set()).add(str(entry.address))
        for (name, _), addresses in by_name.items():
            if len(addresses) > 1:
                yield f"{file.file}: {name} has {len(addresses)} addresses; which one is used differs between resolvers"


def _next(parts: tuple[HostsPart, ...]) -> Iterator[str]:
    for part in parts:
        for entry in part.entries:
            if entry.severity in ("high", "medium"):
                yield f"sed -i '{entry.line}s/^/# /' {part.file}  # then try again: {entry.names[0]}"


def has_fault(diagnosis: Diagnosis) -> bool:
    """Whether an entry is worse than merely ageing."""
    return any(e.severity in ("high", "medium") for part in diagnosis.hosts for e in part.entries)
