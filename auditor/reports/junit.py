"""JUnit XML, the form that Jenkins, GitLab, Azure and Bitbucket Pipelines read: a suite for each device.

Each finding is a test case: a fail is a `failure`, an undecided verdict an `error` (it is no pass), a waived one is
`skipped` with its waiver, a note passes. A family without findings is one case that passes, so that the number of
cases says what was looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from auditor.reports import words
from auditor.reports.formats import Style
from auditor.reports.model import DevicePart, FindingPart, Report


class Case(NamedTuple):
    """One test case: its name, what became of it (empty for a pass), and the text inside."""

    name: str
    result: str = ""
    message: str = ""
    text: str = ""
    kind: str = ""


def write(report: Report, style: Style) -> Iterator[str]:
    """One suite after the other; waivers that need care are a suite of their own, the first."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    # the numbers come first in this format, so the suites are made twice and never kept
    yield f'<testsuites name="auditor" {_counts(case for _, suite in _suites(report) for case in suite)}>\n'
    for name, suite in _suites(report):
        yield f"  <testsuite name={quoteattr(name)} {_counts(suite)}>\n"
        for case in suite:
            yield _case(name, case)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _suites(report: Report) -> Iterator[tuple[str, list[Case]]]:
    if report.waivers:
        yield "waivers", [_waiver(words.waiver_words(w), w.state) for w in report.waivers]
    found = words.by_device(report)
    for device in report.devices:
        yield device.name, _cases(device, found.get(device.name, []))


def _counts(cases: Iterable[Case]) -> str:
    results = Counter(case.result for case in cases)
    return (
        f'tests="{results.total()}" failures="{results["failure"]}" errors="{results["error"]}" '
        f'skipped="{results["skipped"]}" time="0"'
    )


def _cases(device: DevicePart, findings: Sequence[FindingPart]) -> list[Case]:
    if device.status == "failed":
        return [Case("audit", "error", device.error or "not audited", kind="not-audited")]
    quiet = set(words.FAMILIES) - {words.family_of(f.code) for f in findings}
    passed = [
        Case(f"{family} {title}") for family, title in words.FAMILIES.items() if family in quiet
    ]
    return passed + [_finding(finding) for finding in findings]


def _finding(finding: FindingPart) -> Case:
    name = f"{finding.code} {finding.subject} [{finding.id}]"
    text = "\n".join(_text(finding))
    if finding.waived is not None:
        return Case(name, "skipped", words.waived_words(finding), text)
    if finding.outcome == "note":
        return Case(name, text=text)
    result = "failure" if finding.outcome == "fail" else "error"
    return Case(name, result, f"{words.label(finding)}: {finding.title}", text, finding.severity)


def _text(finding: FindingPart) -> Iterator[str]:
    yield finding.message
    if witness := words.witness_words(finding):
        yield witness
    for line in finding.evidence:
        yield f"{line.file}:{line.line}  {line.text.strip()}"
    if finding.remediation:
        yield "remedy:"
        yield from (f"  {step}" for step in finding.remediation)


def _waiver(said: str, state: str) -> Case:
    return Case(said) if state == "used" else Case(said, "failure", said, said, f"waiver-{state}")


def _case(suite: str, case: Case) -> str:
    start = f"    <testcase classname={quoteattr(suite)} name={quoteattr(_line(case.name))}"
    text = escape(case.text)
    if case.result == "skipped":
        inside = f"<skipped message={quoteattr(_line(case.message))}/>"
        inside += f"<system-out>{text}</system-out>"
    elif case.result:
        kind = f" type={quoteattr(case.kind)}"
        inside = (
            f"<{case.result} message={quoteattr(_line(case.message))}{kind}>{text}</{case.result}>"
        )
    elif text:
        inside = f"<system-out>{text}</system-out>"
    else:
        return f'{start} time="0"/>\n'
    return f'{start} time="0">{inside}</testcase>\n'


def _line(text: str) -> str:
    return " ".join(text.split())
