"""CSV (RFC 4180) for spreadsheets: one row for each finding, and one for each device that was not audited.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, which can
fetch addresses or start programs; such cells get an apostrophe in front, as OWASP ("CSV Injection") advises.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from auditor.reports import words
from auditor.reports.formats import Style
from auditor.reports.model import DevicePart, FindingPart, Report

COLUMNS = (
    "id", "device", "platform", "code", "family", "severity", "outcome", "state", "subject", "title", "message",
    "file", "line", "text", "blocked", "witness", "remediation", "waiver",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""First characters that some spreadsheet obeys, their wide forms included."""


def write(report: Report, style: Style) -> Iterator[str]:
    """The header, then row by row."""
    platforms = {device.name: device.platform or "" for device in report.devices}
    yield _row(COLUMNS)
    for device in report.devices:
        if device.status == "failed":
            yield _row(_failed(device))
    for waiver in words.loud(report):
        cells = dict.fromkeys(COLUMNS, "") | {"state": f"waiver {waiver.state}"}
        yield _row((cells | {"waiver": words.waiver_words(waiver)}).values())
    for finding in report.findings:
        yield _row(_cells(finding, platforms.get(finding.device, "")))


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _row(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    return buffer.getvalue()


def _failed(device: DevicePart) -> tuple[str, ...]:
    cells = dict.fromkeys(COLUMNS, "") | {
        "device": device.name,
        "platform": device.platform or "",
        "state": "not audited",
        "message": device.error or "",
    }
    return tuple(cells.values())


def _cells(finding: FindingPart, platform: str) -> tuple[str, ...]:
    first = finding.evidence[0] if finding.evidence else None
    return (
        finding.id,
        finding.device,
        platform,
        finding.code,
        words.family_of(finding.code),
        finding.severity,
        finding.outcome,
        "waived" if finding.waived else "open",
        finding.subject,
        finding.title,
        finding.message,
        first.file if first else "",
        str(first.line) if first else "",
        first.text.strip() if first else "",
        words.blocked_words(finding),
        words.witness_words(finding),
        "\n".join(finding.remediation),
        words.waived_words(finding),
    )
