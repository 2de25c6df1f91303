"""`auditor audit`: the main job."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sized
from pathlib import Path

from auditor import baseline, profile
from auditor.assembly import Waivers, exit_code, report_from
from auditor.changed import changed_files
from auditor.color import color_wanted
from auditor.commands.targets import Target, targets
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.pipeline import AuditOptions
from auditor.reports.formats import Style, written
from auditor.run import judge
from auditor.sources import networks, open_path, platform_name
from auditor.today import today
from auditor.waivers import file as waivers_file
from auditor.whole_file import whole_file
from rules.finding import Severity


def audit(options: argparse.Namespace) -> int:
    """Audits what the options name, writes the reports, gives the exit code."""
    wanted = targets(options.targets or [])
    changed = changed_files(options)
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
        complete=not (options.select or options.ignore or changed is not None),
    )
    known = baseline.load(options.baseline) if options.baseline else None
    devices, read = open_path(options.path, changed)
    spool = judge(devices, read, chosen, options)
    report = report_from(spool, chosen.service, waivers, known)
    for target in wanted:
        silent = options.quiet or (changed is not None and not devices)
        if not (target.file is None and target.format == "terminal" and silent):
            _write(written(report, target.format, _style(target, options)), target.file)
    code = exit_code(report, Severity(options.fail_on))
    if code is not ExitCode.FINDINGS and _is_one_input(options, devices):
        # the user named this one input, and it cannot be read
        return int(ExitCode.USAGE if report.summary.failed else code)
    return int(code)


def _is_one_input(options: argparse.Namespace, devices: Sized) -> bool:
    return options.path is not None and options.changed is None and len(devices) == 1


def _style(target: Target, options: argparse.Namespace) -> Style:
    to_stdout = target.file is None
    return Style(
        width=_width() if to_stdout else 100,
        color=to_stdout and color_wanted(sys.stdout),
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


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in (text or "").split(",") if code.strip())


def _write(pieces: Iterator[str], target: str | None) -> None:
    if target is None:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
        return
    try:
        whole_file(Path(target), pieces)
    except OSError as error:
        raise UsageError(f"--output {target}: cannot be written: {error.strerror}") from None
