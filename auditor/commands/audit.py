"""`auditor audit`: the main job."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from auditor import profile
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.pipeline import Audited, AuditOptions, audit_device, exit_code, report_of
from auditor.reports import json_report, terminal
from auditor.reports.model import Report
from auditor.sources import Reader, networks, open_path, platform_name
from inventory.sources import SourceDevice
from rules.finding import Severity


def audit(options: argparse.Namespace) -> int:
    """Audits what the options name, writes the reports, gives the exit code."""
    formats = options.formats or ["terminal"]
    outputs = options.outputs or []
    if len(outputs) > len(formats) or len(formats) - len(outputs) > 1:
        raise UsageError("give one --output FILE for each --format; one format may go to stdout")
    chosen = AuditOptions(
        service=profile.load(options.service),
        platform=platform_name(options.platform),
        sources=networks(options.sources),
        select=_codes(options.select),
        ignore=_codes(options.ignore),
    )
    devices, read = open_path(options.path)
    known = _baseline(options.baseline)
    parts = [_without(part, known) for part in _run(devices, chosen, read, options)]
    report = report_of(parts, chosen.service)
    for index, name in enumerate(formats):
        target = outputs[index] if index < len(outputs) else None
        if not (target is None and name == "terminal" and options.quiet):
            _write(render(report, name, target is None, options.verbose), target)
    code = exit_code(report, Severity(options.fail_on))
    if code is not ExitCode.FINDINGS and options.path is not None and len(devices) == 1:
        # the user named this one input, and it cannot be read
        return int(ExitCode.USAGE if report.summary.failed else code)
    return int(code)


def render(report: Report, name: str, to_stdout: bool, verbose: bool) -> str:
    """The report in one format."""
    if name == "json":
        return json_report.render(report)
    color = to_stdout and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = _width() if to_stdout else 100
    return terminal.render(report, width, color, verbose)


def _width() -> int:
    try:
        return max(60, min(120, os.get_terminal_size().columns))
    except OSError:
        return 100


def _run(
    devices: tuple[SourceDevice, ...],
    chosen: AuditOptions,
    read: Reader,
    options: argparse.Namespace,
) -> Iterator[Audited]:
    if options.jobs < 1:
        raise UsageError("--jobs takes a number from 1 on")
    progress = sys.stderr.isatty() and not options.quiet and len(devices) > 1
    if options.jobs == 1 or len(devices) < 2 or options.path == "-":
        results = (audit_device(device, chosen, read) for device in devices)
        yield from _counted(results, len(devices), progress)
        return
    work = partial(audit_device, options=chosen, read=Path.read_bytes)
    with ProcessPoolExecutor(options.jobs) as pool:
        yield from _counted(pool.map(work, devices, chunksize=4), len(devices), progress)


def _counted(results: Iterator[Audited], total: int, progress: bool) -> Iterator[Audited]:
    for number, result in enumerate(results, 1):
        if progress:
            end = "\n" if number == total else "\r"
            sys.stderr.write(f"{number}/{total} devices{end}")
            sys.stderr.flush()
        yield result


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in (text or "").split(",") if code.strip())


def _baseline(file: str | None) -> frozenset[str]:
    if file is None:
        return frozenset()
    try:
        data = json.loads(Path(file).read_text(encoding="utf-8"))
        return frozenset(finding["id"] for finding in data["findings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"--baseline {file}: not a JSON report of the auditor: {error}") from None


def _without(part: Audited, known: frozenset[str]) -> Audited:
    if not known:
        return part
    return Audited(part.device, tuple(f for f in part.findings if f.id not in known))


def _write(text: str, target: str | None) -> None:
    if target is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--output {target}: cannot be written: {error.strerror}") from None
