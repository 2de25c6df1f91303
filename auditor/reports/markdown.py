"""Markdown (CommonMark with GitHub's tables), for merge requests, wikis and job summaries.

Text from devices is escaped so that it stays text: no markup, no HTML, no links, no mentions. Lines of
configurations stand in fenced blocks whose fence is longer than any run of backticks inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from auditor.reports import words
from auditor.reports.formats import Style
from auditor.reports.model import BudgetPart, DevicePart, FindingPart, Report

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~^$:@/=>])")
MARKS = {"ok": "✅ ok", "waived": "⏸ waived", "not audited": "❔ not audited"}


def write(report: Report, style: Style) -> Iterator[str]:
    """Summary, devices x families, then finding by finding."""
    yield from _summary(report)
    yield from _matrix(report)
    yield from _section("Findings", report, lambda f: f.waived is None and f.outcome != "note")
    yield from _section("Waived", report, lambda f: f.waived is not None)
    yield from _section("Notes", report, lambda f: f.waived is None and f.outcome == "note")
    yield from _not_audited(report)


def _section(title: str, report: Report, of: Callable[[FindingPart], bool]) -> Iterator[str]:
    head = f"\n## {title}\n"
    for finding in filter(of, report.findings):
        yield head
        yield from _finding(finding)
        head = ""


def text_of(text: str) -> str:
    """Text as text: nothing in it is markup, HTML, a link or a mention."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _SPECIAL.sub(r"\\\1", plain)


def fenced(lines: Iterable[str]) -> str:
    """Lines as they stand, in a block."""
    body = "\n".join(lines)
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{body}\n{fence}\n"


def _summary(report: Report) -> Iterator[str]:
    counts = report.summary.findings
    service = report.service
    yield f"# Sessions to {text_of(service.name)}\n\n"
    yield (
        f"{words.count(len(service.prefixes), 'published range')} "
        f"({text_of(service.source)}, {text_of(service.published or 'no date')}), "
        f"ports {', '.join(str(p.port) for p in service.ports)}  \n"
    )
    summary = report.summary
    yield (
        f"{words.count(summary.devices, 'device')}: {summary.audited} audited, "
        f"{summary.partial} in part, {summary.failed} failed  \n"
    )
    found = ", ".join(f"{getattr(counts, name)} {name}" for name in words.SEVERITIES)
    yield f"Findings: {found}, {counts.unknown} unknown, {counts.waived} waived\n"
    if change := words.trend(report):
        yield f"\nTrend {text_of(change)}\n"
    if loud := words.loud(report):
        yield "\n## Waivers that need care\n\n"
        for waiver in loud:
            yield f"- **{waiver.state.upper()}** {text_of(words.waiver_words(waiver))}\n"


def _matrix(report: Report) -> Iterator[str]:
    found = words.by_device(report)
    yield f"\n| device | platform | {' | '.join(words.FAMILIES)} |\n"
    yield f"|---|---|{'---|' * len(words.FAMILIES)}\n"
    for device in report.devices:
        own = found.get(device.name, [])
        cells = (_cell(device, own, family) for family in words.FAMILIES)
        name, platform = text_of(device.name), text_of(device.platform or "?")
        yield f"| {name} | {platform} | {' | '.join(cells)} |\n"


def _cell(device: DevicePart, findings: Sequence[FindingPart], family: str) -> str:
    verdict = words.verdict(device, findings, family)
    mark = "❓" if verdict.startswith("unknown") else "❌"
    return MARKS.get(verdict, f"{mark} {verdict}")


def _finding(finding: FindingPart) -> Iterator[str]:
    yield (
        f"\n### {words.label(finding)} {finding.code} {text_of(finding.device)}: "
        f"{text_of(finding.title)}\n\n{text_of(finding.message)}\n"
    )
    if finding.blocked:
        yield f"\nBlocked: {text_of(words.blocked_words(finding, 20))}\n"
    for sentence in (words.witness_words(finding), words.waived_words(finding)):
        if sentence:
            yield f"\n{text_of(sentence)}\n"
    if finding.budget is not None:
        yield from _budget(finding.budget)
    if finding.evidence:
        yield "\n" + fenced(f"{line.file}:{line.line}  {line.text}" for line in finding.evidence)
    if finding.remediation:
        yield "\nRemedy:\n\n" + fenced(finding.remediation)
    if finding.proof is not None:
        yield f"\nProof: {text_of(finding.proof.words)}\n"
    yield f"\nid `{finding.id}`\n"


def _budget(budget: BudgetPart) -> Iterator[str]:
    yield "\n| hop | MTU | overhead | needs | what happens |\n|---|---:|---:|---:|---|\n"
    for hop in budget.hops:
        room = "?" if hop.mtu is None else f"{'~' if hop.assumed else ''}{hop.mtu}"
        numbers = ("" if n is None else str(n) for n in (hop.overhead, hop.needs))
        cells = (text_of(f"{hop.interface} ({hop.role})"), room, *numbers, text_of(hop.does))
        yield f"| {' | '.join(cells)} |\n"


def _not_audited(report: Report) -> Iterator[str]:
    head = "\n## Devices not audited in full\n\n"
    for device in report.devices:
        if device.status == "audited":
            continue
        lines = device.lines
        why = f"failed: {device.error}" if device.status == "failed" else (
            f"{lines.not_understood} of {lines.total} lines are not understood"
            + (f"; {device.error}" if device.error else "")
        )  # fmt: skip
        yield f"{head}- {text_of(device.name)}: {text_of(why)}\n"
        head = ""
