"""`auditor diff OLD.json NEW.json`: what appeared, what is gone, what changed."""

from __future__ import annotations

import argparse
import json
import sys

from auditor.diff import STATES, Change, Difference, difference
from auditor.exit_codes import ExitCode
from auditor.reports import json_report, words
from auditor.reports.markdown import text_of
from auditor.reports.model import FindingPart

SAID = {
    "appeared": "NEW",
    "worse": "WORSE",
    "lost": "LOST FROM SIGHT",
    "better": "BETTER",
    "changed": "CHANGED",
    "gone": "GONE",
}


def diff(options: argparse.Namespace) -> int:
    """Prints the difference. Exit code 1 for findings at or above `--fail-on` that are new or got worse,
    3 where devices of the old report were not audited for the new one."""
    found = difference(json_report.load(options.old), json_report.load(options.new))
    write = {"json": _json, "markdown": _markdown, "terminal": _text}[options.format]
    sys.stdout.write(write(found))
    worst = words.SEVERITIES.index(options.fail_on)
    if any(_alarms(change, worst) for change in found.changes):
        return int(ExitCode.FINDINGS)
    return int(ExitCode.INCOMPLETE if found.lost_devices else ExitCode.CLEAN)


def _alarms(change: Change, worst: int) -> bool:
    finding = change.finding
    return (
        change.state in ("appeared", "worse")
        and finding.waived is None
        and finding.outcome != "note"
        and words.SEVERITIES.index(finding.severity) <= worst
    )


def _heading(finding: FindingPart) -> str:
    return f"{words.label(finding)} {finding.code} {finding.device}: {finding.message}"


def _text(found: Difference) -> str:
    lines = [_summary(found), *(f"note: {remark}" for remark in found.remarks)]
    for change in found.changes:
        finding = change.finding
        lines.append(f"{SAID[change.state]}: {_heading(finding)}")
        lines += [f"    {detail}" for detail in change.details]
        if change.state in ("appeared", "worse"):
            lines += [f"    {e.file}:{e.line}  {e.text.strip()}" for e in finding.evidence]
        lines.append(f"    id {finding.id}")
    return "\n".join(lines) + "\n"


def _summary(found: Difference) -> str:
    numbers = [
        f"{sum(change.state == state for change in found.changes)} {SAID[state].lower()}"
        for state in STATES
    ]
    return f"{', '.join(numbers)}, {found.same} the same"


def _markdown(found: Difference) -> str:
    lines = [f"# Changes\n\n{_summary(found)}\n"]
    lines += [f"- note: {text_of(remark)}" for remark in found.remarks]
    for change in found.changes:
        lines.append(f"- **{SAID[change.state]}** {text_of(_heading(change.finding))}")
        lines += [f"  - {text_of(detail)}" for detail in change.details]
    return "\n".join(lines) + "\n"


def _json(found: Difference) -> str:
    data = {
        "changes": [
            {
                "state": change.state,
                "details": change.details,
                "finding": change.finding.model_dump(mode="json"),
            }
            for change in found.changes
        ],
        "remarks": found.remarks,
        "same": found.same,
        "lost_devices": found.lost_devices,
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
