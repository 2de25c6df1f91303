"""The report that a person reads: summary first, then what breaks, for whom, the evidence, the remedy."""

from __future__ import annotations

import io

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from auditor.reports.model import DevicePart, FindingPart, Report

STYLE = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
}
EVIDENCE_SHOWN = 8
BLOCKED_SHOWN = 8
UNREAD_SHOWN = 5


def render(report: Report, width: int = 100, color: bool = False, verbose: bool = False) -> str:
    """The report as text of `width` columns, with terminal colours where asked."""
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        no_color=not color,
    )
    _summary(console, report)
    for finding in report.findings:
        if verbose or finding.outcome != "note":
            _finding(console, finding)
    notes = [f for f in report.findings if f.outcome == "note"]
    if notes and not verbose:
        console.print(Rule("worth knowing, no fault", style="dim"))
        for note in notes:
            console.print(Text(f"{note.device}: {note.code} {note.message}", style="dim"))
    _devices(console, report)
    text = buffer.getvalue()
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _summary(console: Console, report: Report) -> None:
    counts = report.summary.findings
    console.print(Rule(f"Sessions to {report.service.name}", style="bold"))
    date = report.service.published or "no date"
    console.print(
        f"{_count(len(report.service.prefixes), 'published range')} ({report.service.source}, {date}), "
        f"ports {', '.join(str(p.port) for p in report.service.ports)}"
    )
    summary = report.summary
    console.print(
        f"{_count(summary.devices, 'device')}: {summary.audited} audited, {summary.partial} in part, "
        f"{summary.failed} failed"
    )
    line = Text("Findings: ")
    for name in ("critical", "high", "medium", "low", "info"):
        number = getattr(counts, name)
        line.append(f"{number} {name}", style=STYLE[name] if number else "dim")
        line.append("  ")
    line.append(f"{counts.unknown} unknown", style="magenta" if counts.unknown else "dim")
    console.print(line)
    if report.findings:
        console.print()
        console.print(_overview(report))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _overview(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("device", "platform", "ACL", "MTU", "LB", "RT"):
        table.add_column(name, no_wrap=True)
    for device in report.devices:
        cells = (_cell(report, device, family) for family in ("ACL", "MTU", "LB", "RT"))
        table.add_row(Text(device.name), Text(device.platform or "?"), *cells)
    return table


def _cell(report: Report, device: DevicePart, family: str) -> Text:
    if device.status == "failed":
        return Text("not audited", style="magenta")
    found = [
        f
        for f in report.findings
        if f.device == device.name and f.code.startswith(family) and f.outcome != "note"
    ]
    if not found:
        return Text("ok", style="green")
    worst = found[0]
    if all(f.outcome == "unknown" for f in found):
        return Text(f"unknown ({worst.severity})", style="magenta")
    fails = [f for f in found if f.outcome == "fail"]
    return Text(fails[0].severity, style=STYLE[fails[0].severity])


def _finding(console: Console, finding: FindingPart) -> None:
    console.print()
    head = Text()
    label = (
        finding.severity.upper() if finding.outcome == "fail" else f"UNKNOWN ({finding.severity})"
    )
    style = STYLE[finding.severity] if finding.outcome == "fail" else "bold magenta"
    head.append(f" {label} ", style=style)
    head.append(f" {finding.code}  {finding.device}: {finding.title}", style="bold")
    console.print(head)
    parts: list[Text | Padding] = [Text(finding.message)]
    if finding.blocked:
        shown = [
            f"{b.protocol} {b.prefix} ports {b.ports}" for b in finding.blocked[:BLOCKED_SHOWN]
        ]
        more = len(finding.blocked) - len(shown)
        parts.append(Text("blocked: " + "; ".join(shown) + (f"; and {more} more" if more else "")))
    if finding.witness is not None:
        parts.append(Text(_witness(finding)))
    console.print(Padding(Group(*parts), (0, 0, 0, 4)))
    for line in finding.evidence[:EVIDENCE_SHOWN]:
        place = Text(f"{line.file}:{line.line}", style="blue")
        place.append(f"  {line.text.strip()}", style="not blue")
        console.print(Padding(place, (0, 0, 0, 6)))
    if finding.remediation:
        console.print(Padding(Text("remedy:", style="green"), (0, 0, 0, 4)))
        for step in finding.remediation:
            console.print(Padding(Text(step, style="green"), (0, 0, 0, 6)))


def _witness(finding: FindingPart) -> str:
    packet = finding.witness
    if packet is None:
        return ""
    src = packet.src or "client"
    dst = packet.dst or "client"
    if packet.icmp_type is not None:
        what = f"{packet.protocol} type {packet.icmp_type} code {packet.icmp_code} {src} to {dst}"
    else:
        source = f":{packet.src_port}" if packet.src_port is not None else ""
        target = f":{packet.dst_port}" if packet.dst_port is not None else ""
        what = f"{packet.protocol} {src}{source} to {dst}{target}"
    return f"for example {what} ({packet.direction}): the client sees a {packet.symptom}"


def _devices(console: Console, report: Report) -> None:
    odd = [d for d in report.devices if d.status != "audited"]
    if not odd:
        return
    console.print()
    console.print(Rule("devices not audited in full", style="dim"))
    for device in odd:
        if device.status == "failed":
            console.print(Text(f"{device.name}: failed: {device.error}", style="magenta"))
            continue
        lines = device.lines
        share = f"{lines.not_understood} of {lines.total} lines are not understood"
        note = f"{device.error}; " if device.error else ""
        console.print(Text(f"{device.name}: {note}{share}"))
        for line in device.not_understood[:UNREAD_SHOWN]:
            console.print(
                Padding(
                    Text(f"{line.file}:{line.line}  {line.text.strip()}", style="dim"), (0, 0, 0, 4)
                )
            )
