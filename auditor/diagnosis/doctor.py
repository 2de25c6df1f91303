"""One ranked story across logs, paths, captures and an audit, with what is missing to be sure."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from auditor.diagnosis.capture import CaptureReader
from auditor.diagnosis.capture_diagnosis import diagnose_capture
from auditor.diagnosis.causes import Level, Ranked, Sign, rank_signs
from auditor.diagnosis.known import NOTHING, Known, known_from
from auditor.diagnosis.log import LogReader
from auditor.diagnosis.log_diagnosis import cause_parts, diagnose_logs
from auditor.diagnosis.path_diagnosis import FAMILIES, ONE_FLOW, diagnose_paths
from auditor.diagnosis.patterns import Table
from auditor.diagnosis.report import Diagnosis, StoryPart
from auditor.diagnosis.text_input import Bytes, opened
from auditor.diagnosis.trace_file import read_traces
from auditor.errors import UsageError
from auditor.reports.model import FindingPart
from rules.service import Service

T = TypeVar("T")

_CAPTURES = tuple(
    bytes.fromhex(m) for m in ("a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1", "0a0d0d0a")
)
_HEAD = 4096
_MISSING = {
    "log": "a client's log: GIT_CURL_VERBOSE=1 git fetch, or ssh -v, and then: auditor diagnose log FILE",
    "path": f"a path with one flow: {ONE_FLOW}; or at least mtr --report",
    "capture": "a capture at the client: tcpdump -ni any -s 128 -w client.pcap tcp or icmp or icmp6",
    "audit": "the routers' configurations: auditor audit DIR, or auditor collect --inventory FILE --output DIR",
}


class Given(NamedTuple):
    """What was given, by kind."""

    logs: tuple[str, ...]
    paths: tuple[str, ...]
    captures: tuple[str, ...]
    audit: str | None


def sort_out(names: list[str], audit: str | None) -> Given:
    """Which of the files is what, by their contents; a folder or an audit's report is for the audit.

    Raises UsageError for two audits.
    """
    found: dict[str, list[str]] = {"log": [], "path": [], "capture": []}
    for name in names:
        kind = _kind(name)
        if kind == "audit":
            if audit is not None:
                raise UsageError(f"{name}: there is an audit already ({audit}); give one")
            audit = name
        else:
            found[kind].append(name)
    return Given(tuple(found["log"]), tuple(found["path"]), tuple(found["capture"]), audit)


def _kind(name: str) -> str:
    if Path(name).is_dir():
        return "audit"
    if name == "-" or (Path(name).exists() and not Path(name).is_file()):
        raise UsageError(f"{name}: is read more than once here; save it to a file")
    with opened(name) as stream:
        head = stream.read(_HEAD)
    if head.startswith(_CAPTURES):
        return "capture"
    text = head.decode("utf-8", "replace")
    if text.lstrip().startswith("{") and '"schema_version"' in text and '"service"' in text:
        return "audit"
    try:
        read_traces(name)
    except UsageError:
        return "log"
    return "path"


def examine(
    given: Given, service: Service, table: Table, audited: Known | None = None
) -> Diagnosis:
    """Reads all that was given and tells one story; `audited` is an audit that was read already."""
    known = audited or (known_from(given.audit, service) if given.audit else NOTHING)
    parts: dict[str, Diagnosis] = {}
    if given.logs:
        readings = [
            (name, _with(name, lambda s, n: LogReader(table).read(s, n))) for name in given.logs
        ]
        parts["log"] = diagnose_logs(readings, table, service)
    if given.paths:
        parts["path"] = diagnose_paths(
            [read_traces(name) for name in given.paths], known, table, findings_count=False
        )
    if given.captures:
        reader = CaptureReader(service, len(given.captures) > 1)
        for name in given.captures:
            _with(name, reader.read)
        parts["capture"] = diagnose_capture(reader.finish(), table)
    findings = tuple(itertools.chain.from_iterable(known.findings.values()))
    ranked = rank_signs(_signs(parts, findings), table)
    missing = [
        text
        for kind, text in _MISSING.items()
        if kind not in parts and not (kind == "audit" and known is not NOTHING)
    ]
    return Diagnosis(
        kind="doctor",
        complete=all(part.complete for part in parts.values()),
        logs=parts["log"].logs if "log" in parts else (),
        capture=parts["capture"].capture if "capture" in parts else None,
        paths=parts["path"].paths if "path" in parts else (),
        devices=parts["path"].devices if "path" in parts else (),
        causes=cause_parts(ranked),
        story=tuple(_story(item, parts, findings) for item in ranked),
        notes=(*(note for part in parts.values() for note in part.notes), *known.notes),
        missing=tuple(missing),
        next=tuple(dict.fromkeys(c for part in parts.values() for c in part.next)),
    )


def _with(name: str, read: Callable[[Bytes, str], T]) -> T:
    with opened(name) as stream:
        return read(stream, name)


def _speaks(finding: FindingPart, code: str) -> bool:
    family = FAMILIES.get(code)
    return (
        family is not None
        and finding.code.startswith(family)
        and finding.severity in ("critical", "high")
    )


def _signs(parts: dict[str, Diagnosis], findings: tuple[FindingPart, ...]) -> Iterator[Sign]:
    seen: dict[str, Level] = {}
    for kind, part in parts.items():
        for cause in part.causes:
            level: Level = cause.level or "compatible"
            if level != "compatible" or cause.code not in seen:
                seen[cause.code] = level
            yield Sign(cause.code, level, kind, cause.weight)
    for code in FAMILIES:
        failed = [f for f in findings if _speaks(f, code) and f.outcome == "fail"]
        if failed:
            # shown outside and in the configuration: that is as sure as it gets
            proved = seen.get(code) in ("evidence", "proved")
            yield Sign(code, "proved" if proved else "evidence", "audit")
        elif any(_speaks(f, code) for f in findings):
            yield Sign(code, "compatible", "audit")


def _story(
    item: Ranked, parts: dict[str, Diagnosis], findings: tuple[FindingPart, ...]
) -> StoryPart:
    code = item.cause.code
    said: dict[str, tuple[str, ...]] = {}
    for kind, part in parts.items():
        said[kind] = tuple(
            text for cause in part.causes if cause.code == code for text in cause.because
        )
    chosen = [f for f in findings if _speaks(f, code)]
    return StoryPart(
        code=code,
        level=item.level or "compatible",
        title=item.cause.title,
        log=said.get("log", ()),
        path=said.get("path", ()),
        capture=said.get("capture", ()),
        audit=tuple(
            f"{f.device}: {f.code} {f.severity} ({f.outcome}): {f.message}" for f in chosen[:5]
        ),
        statements=tuple(line for f in chosen[:5] for line in f.evidence[:3]),
    )
