"""SARIF 2.1.0 (OASIS), for GitHub code scanning and other viewers.

Limits are GitHub's ("SARIF results exceed one or more limits"): 25,000 results in a run, 1,000 locations and
10,000 thread flow locations in a result, of which it shows 100 and 1,000. The worst findings come first, and what
had to be left out is said in a notification of the run.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from auditor.reports import words
from auditor.reports.formats import Style
from auditor.reports.json_report import indented
from auditor.reports.model import FindingPart, Line, Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000
MOST_STEPS = 1_000
LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}

Json = dict[str, object]


def write(report: Report, style: Style) -> Iterator[str]:
    """One run, result by result."""
    shown = report.findings[:MOST_RESULTS]
    rules = _rules(report)
    index = {str(rule["id"]): number for number, rule in enumerate(rules)}
    driver: Json = {
        "name": report.tool.name,
        "semanticVersion": report.tool.version,
        "rules": rules,
    }
    yield f'{{\n  "$schema": {json.dumps(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {{\n'
    yield f'      "tool": {indented({"driver": driver}, 3)},\n'
    yield '      "columnKind": "unicodeCodePoints",\n'
    yield f'      "invocations": {indented([_invocation(report)], 3)},\n'
    yield '      "results": ['
    seen: Counter[str] = Counter()
    for number, finding in enumerate(shown):
        result = _result(finding, index[finding.code], seen, style.base)
        yield f"{',' if number else ''}\n        {indented(result, 4)}"
    yield "\n      ]\n    }\n  ]\n}\n" if shown else "]\n    }\n  ]\n}\n"


def _rules(report: Report) -> list[Json]:
    """The rules that found something, each with its documentation."""
    from auditor.rule_docs import rule_doc

    found: dict[str, FindingPart] = {}
    for finding in report.findings:
        found.setdefault(finding.code, finding)
    rules: list[Json] = []
    for code in sorted(found):
        doc = rule_doc(code)
        text = doc.text if doc else found[code].title
        rules.append(
            {
                "id": code,
                "name": _pascal(doc.name if doc else code),
                "shortDescription": {"text": doc.title if doc else found[code].title},
                "fullDescription": {"text": doc.summary if doc else found[code].title},
                "help": {"text": text},
                "defaultConfiguration": {
                    "level": LEVELS[doc.severity if doc else found[code].severity]
                },
                "properties": {
                    "tags": ["network", words.FAMILIES.get(words.family_of(code), code)]
                },
            }
        )
    return rules


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _result(finding: FindingPart, index: int, seen: Counter[str], base: str) -> Json:
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _level(finding),
        "message": {"text": _message(finding)},
        "locations": [
            {"physicalLocation": _place(line, base), "logicalLocations": [_device(finding)]}
            for line in finding.evidence[:1]
        ]
        or [{"logicalLocations": [_device(finding)]}],
        "partialFingerprints": _fingerprints(finding, seen),
        "properties": {
            "id": finding.id,
            "device": finding.device,
            "subject": finding.subject,
            "severity": finding.severity,
            "outcome": finding.outcome,
        },
    }
    if len(finding.evidence) > 1:
        result["codeFlows"] = [{"threadFlows": [{"locations": _steps(finding, base)}]}]
    if finding.waived is not None:
        inside = any(
            line.file == finding.waived.source.rpartition(":")[0] for line in finding.evidence
        )
        result["suppressions"] = [
            {
                "kind": "inSource" if inside else "external",
                "status": "accepted",
                "justification": words.waived_words(finding),
            }
        ]
    return result


def _level(finding: FindingPart) -> str:
    """The level. SARIF's kind `open` would fit what is unknown, but takes the level `none`, which viewers hide:
    an undecided verdict would look like a pass. So it is a warning whose text says that it is undecided."""
    if finding.outcome == "note":
        return "note"
    return "warning" if finding.outcome == "unknown" else LEVELS[finding.severity]


def _message(finding: FindingPart) -> str:
    start = f"{finding.device}: "
    if finding.outcome == "unknown":
        start += f"UNDECIDED ({finding.severity} if it is so): "
    parts = [start + finding.message, words.witness_words(finding)]
    if finding.remediation:
        parts.append("Remedy: " + " / ".join(step.strip() for step in finding.remediation))
    return "\n".join(part for part in parts if part)


def _device(finding: FindingPart) -> Json:
    return {"name": finding.device, "fullyQualifiedName": f"{finding.device}/{finding.subject}"}


def _steps(finding: FindingPart, base: str) -> list[Json]:
    """The evidence in its order: the deciding line first, then what binds it to the path."""
    return [
        {
            "location": {
                "physicalLocation": _place(line, base),
                "message": {"text": line.text.strip() or "(blank line)"},
            },
            "importance": "essential" if number == 0 else "important",
        }
        for number, line in enumerate(finding.evidence[:MOST_STEPS])
    ]


def _place(line: Line, base: str) -> Json:
    return {
        "artifactLocation": {"uri": quote(f"{base}{line.file}", safe="/-._~")},
        "region": {"startLine": max(1, line.line), "snippet": {"text": line.text}},
    }


def _fingerprints(finding: FindingPart, seen: Counter[str]) -> dict[str, str]:
    """Names for the finding that outlive new lines above it. `primaryLocationLineHash` is the one that GitHub
    compares: code, device and the text of the evidence, blanks and letter case aside, then a number that
    parts findings with the same text, as its own analyses do."""
    texts = [" ".join(line.text.split()).lower() for line in finding.evidence]
    key = "\n".join((finding.code, finding.device, *texts))
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    seen[digest] += 1
    return {"primaryLocationLineHash": f"{digest}:{seen[digest]}", "finding/v1": finding.id}


def _invocation(report: Report) -> Json:
    notes: list[Json] = [
        {
            "level": "error",
            "message": {"text": f"{device.name}: not audited: {device.error or 'no reason given'}"},
        }
        for device in report.devices
        if device.status == "failed"
    ]
    notes += [
        {"level": "warning", "message": {"text": words.waiver_words(waiver)}}
        for waiver in words.loud(report)
    ]
    left_out = len(report.findings) - MOST_RESULTS
    if left_out > 0:
        text = f"{left_out} findings of least severity are left out: a run holds {MOST_RESULTS}"
        notes.append({"level": "warning", "message": {"text": text}})
    return {
        "executionSuccessful": not report.summary.failed,
        "toolExecutionNotifications": notes,
    }
