"""`auditor audit`: the main job."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from auditor import baseline, profile
from auditor.commands.targets import Target, targets
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.pipeline import Audited, AuditOptions, Waivers, audit_device, exit_code, report_of
from auditor.reports.formats import Style, written
from auditor.sources import Reader, networks, open_path, platform_name
from auditor.today import today
from auditor.waivers import file as waivers_file
from inventory.sources import SourceDevice
from rules.finding import Severity


def audit(options: argparse.Namespace) -> int:
    """Audits what the options name, writes the reports, gives the exit code."""
    wanted = targets(options.targets or [])
    chosen = AuditOptions(
        service=profile.load(options.service),
        platform=platform_name(options.platform),
        sources=networks(options.sources),
        select=_codes(options.select),
        ignore=_codes(options.ignore),
        inline_waivers=not options.no_inline_waivers,
        prove=options.prove,
    )
    waivers = Waivers(
        today(),
        waivers_file.load(options.waivers) if options.waivers else (),
        complete=not (options.select or options.ignore),
    )
    known = baseline.load(options.baseline) if options.baseline else None
    devices, read = open_path(options.path)
    report = report_of(_run(devices, chosen, read, options), chosen.service, waivers, known)
    for target in wanted:
        if not (target.file is None and target.format == "terminal" and options.quiet):
            _write(written(report, target.format, _style(target, options)), target.file)
    code = exit_code(report, Severity(options.fail_on))
    if code is not ExitCode.FINDINGS and options.path is not None and len(devices) == 1:
        # the user named this one input, and it cannot be read
        return int(ExitCode.USAGE if report.summary.failed else code)
    return int(code)


def _style(target: Target, options: argparse.Namespace) -> Style:
    to_stdout = target.file is None
    return Style(
        width=_width() if to_stdout else 100,
        color=to_stdout and sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
        verbose=options.verbose,
        base=_base(options.path),
    )


def _base(path: str | None) -> str:
    """What stands before the names of files as seen from here: viewers of a repository need whole paths."""
    if path is None or path == "-" or Path(path).is_absolute():
        return ""
    folder = (Path(path) if Path(path).is_dir() else Path(path).parent).as_posix()
    return "" if folder == "." else f"{folder}/"


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


def _write(pieces: Iterator[str], target: str | None) -> None:
    if target is None:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
        return
    try:
        with Path(target).open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise UsageError(f"--output {target}: cannot be written: {error.strerror}") from None
