"""The report that a person reads: summary first, then what breaks, for whom, the evidence, the remedy."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from auditor.reports import words
from auditor.reports.budget import budget_table
from auditor.reports.formats import Style
from auditor.reports.model import DevicePart, FindingPart, Report

STYLE = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
}
LOUD = "bold white on red"
EVIDENCE_SHOWN = 8
BLOCKED_SHOWN = 8
UNREAD_SHOWN = 5
IN_FULL = 200
"""Findings that are shown in full, the worst first; the rest have a line each."""
LISTED = 100
"""In reports of more devices the table leaves out those without findings, and counts them."""


def write(report: Report, style: Style) -> Iterator[str]:
    """The report as text, for a terminal or a file, piece by piece."""
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=style.width,
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        highlight=False,
        no_color=not style.color,
    )
    for _ in _parts(console, report, style.verbose):
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        yield "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _parts(console: Console, report: Report, verbose: bool) -> Iterator[None]:
    """Prints the report; each step is a part of it that is whole."""
    _summary(console, report)
    yield
    yield from _findings(console, report, verbose)
    if not verbose:
        yield from _notes(console, report)
    yield from _waived(console, report)
    yield from _devices(console, report)


def _findings(console: Console, report: Report, verbose: bool) -> Iterator[None]:
    """The worst ones in full, and all others in a line: nobody reads ten thousand pages, but everybody may
    search for a device."""
    number = 0
    for finding in report.findings:
        if finding.waived is not None or (finding.outcome == "note" and not verbose):
            continue
        number += 1
        if verbose or number <= IN_FULL:
            _finding(console, finding)
        else:
            if number == IN_FULL + 1:
                console.print()
                console.print(
                    Rule("further findings (in full: --verbose, or --format html)", style="dim")
                )
            console.out(
                f"{words.label(finding)} {finding.code} {finding.device}: {finding.title}: {finding.subject}"
            )
        yield


def _notes(console: Console, report: Report) -> Iterator[None]:
    head = True
    for finding in report.findings:
        if finding.waived is None and finding.outcome == "note":
            if head:
                console.print(Rule("worth knowing, no fault", style="dim"))
            head = False
            console.print(Text(f"{finding.device}: {finding.code} {finding.message}", style="dim"))
            yield


def _summary(console: Console, report: Report) -> None:
    counts = report.summary.findings
    console.print(Rule(f"Sessions to {report.service.name}", style="bold"))
    date = report.service.published or "no date"
    console.print(
        f"{words.count(len(report.service.prefixes), 'published range')} ({report.service.source}, {date}), "
        f"ports {', '.join(str(p.port) for p in report.service.ports)}"
    )
    summary = report.summary
    console.print(
        f"{words.count(summary.devices, 'device')}: {summary.audited} audited, {summary.partial} in part, "
        f"{summary.failed} failed"
    )
    line = Text("Findings: ")
    for name in ("critical", "high", "medium", "low", "info"):
        number = getattr(counts, name)
        line.append(f"{number} {name}", style=STYLE[name] if number else "dim")
        line.append("  ")
    line.append(f"{counts.unknown} unknown", style="magenta" if counts.unknown else "dim")
    if counts.waived:
        line.append(f"  {counts.waived} waived", style="bold")
    console.print(line)
    if change := words.trend(report):
        console.print(Text(change))
    for waiver in words.loud(report):
        console.print(Text(f" WAIVER {waiver.state.upper()} ", style=LOUD), end="")
        console.print(Text(f" {words.waiver_words(waiver)}", style="bold"))
    if report.findings:
        console.print()
        console.print(_overview(report))


def _overview(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("device", "platform", *words.FAMILIES):
        table.add_column(name, no_wrap=True)
    found = words.by_device(report)
    quiet = 0
    for device in report.devices:
        own = found.get(device.name, [])
        said = [words.verdict(device, own, family) for family in words.FAMILIES]
        if len(report.devices) > LISTED and set(said) == {"ok"}:
            quiet += 1
            continue
        table.add_row(Text(device.name), Text(device.platform or "?"), *map(_cell, said))
    if quiet:
        table.add_row(
            Text(f"{words.count(quiet, 'further device')}"),
            "",
            *[_cell("ok")] * len(words.FAMILIES),
        )
    return table


def _cell(verdict: str) -> Text:
    style = {"ok": "green", "waived": "bold"} | STYLE
    return Text(verdict, style=style.get(verdict, "magenta"))


def _waived(console: Console, report: Report) -> Iterator[None]:
    head = True
    for finding in report.findings:
        if finding.waived is None:
            continue
        if head:
            console.print()
            console.print(Rule("waived", style="dim"))
        head = False
        console.print(
            Text(f"{finding.device}: {finding.code} {finding.severity}: {finding.message}")
        )
        console.print(Padding(Text(words.waived_words(finding)), (0, 0, 0, 4)))
        yield


def _finding(console: Console, finding: FindingPart) -> None:
    console.print()
    head = Text()
    style = STYLE[finding.severity] if finding.outcome == "fail" else "bold magenta"
    head.append(f" {words.label(finding)} ", style=style)
    head.append(f" {finding.code}  {finding.device}: {finding.title}", style="bold")
    console.print(head)
    parts: list[Text | Padding] = [Text(finding.message)]
    if finding.blocked:
        parts.append(Text("blocked: " + words.blocked_words(finding, BLOCKED_SHOWN)))
    if finding.witness is not None:
        parts.append(Text(words.witness_words(finding)))
    console.print(Padding(Group(*parts), (0, 0, 0, 4)))
    if finding.budget is not None:
        console.print(Padding(budget_table(finding.budget), (0, 0, 0, 6)))
        console.print(Padding(Text(f"decides: {finding.budget.decides}"), (0, 0, 0, 4)))
    for line in finding.evidence[:EVIDENCE_SHOWN]:
        place = Text(f"{line.file}:{line.line}", style="blue")
        place.append(f"  {line.text.strip()}", style="not blue")
        console.print(Padding(place, (0, 0, 0, 6)))
    if finding.remediation:
        console.print(Padding(Text("remedy:", style="green"), (0, 0, 0, 4)))
        for step in finding.remediation:
            console.print(Padding(Text(step, style="green"), (0, 0, 0, 6)))
    if finding.proof is not None:
        console.print(Padding(Text(f"proof: {finding.proof.words}"), (0, 0, 0, 4)))


def _devices(console: Console, report: Report) -> Iterator[None]:
    number = 0
    for device in report.devices:
        if device.status == "audited":
            continue
        number += 1
        if number == 1:
            console.print()
            console.print(Rule("devices not audited in full", style="dim"))
        _not_in_full(console, device, with_lines=number <= IN_FULL)
        yield


def _not_in_full(console: Console, device: DevicePart, with_lines: bool) -> None:
    if device.status == "failed":
        console.print(Text(f"{device.name}: failed: {device.error}", style="magenta"))
        return
    lines = device.lines
    share = f"{lines.not_understood} of {lines.total} lines are not understood"
    note = f"{device.error}; " if device.error else ""
    console.print(Text(f"{device.name}: {note}{share}"))
    for line in device.not_understood[:UNREAD_SHOWN] if with_lines else ():
        console.print(
            Padding(
                Text(f"{line.file}:{line.line}  {line.text.strip()}", style="dim"), (0, 0, 0, 4)
            )
        )
