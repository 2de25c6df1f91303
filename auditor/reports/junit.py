"""JUnit XML, the form that Jenkins, GitLab, Azure and Bitbucket Pipelines read: a suite for each device.

Each finding is a test case: a fail is a `failure`, an undecided verdict an `error` (it is no pass), a waived one is
`skipped` with its waiver, a note passes. A family without findings is one case that passes, so that the number of
cases says what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    suites: list[tuple[str, list[Case]]] = []
    if report.waivers:
        suites.append(
            ("waivers", [_waiver(words.waiver_words(w), w.state) for w in report.waivers])
        )
    found = words.by_device(report)
    suites += [
        (device.name, _cases(device, found.get(device.name, []))) for device in report.devices
    ]
    cases = [case for _, suite in suites for case in suite]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="auditor" {_counts(cases)}>\n'
    for name, suite in suites:
        yield f"  <testsuite name={quoteattr(name)} {_counts(suite)}>\n"
        for case in suite:
            yield _case(name, case)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _counts(cases: list[Case]) -> str:
    of = {
        kind: sum(case.result == kind for case in cases) for kind in ("failure", "error", "skipped")
    }
    return (
        f'tests="{len(cases)}" failures="{of["failure"]}" errors="{of["error"]}" '
        f'skipped="{of["skipped"]}" time="0"'
    )


def _cases(device: DevicePart, findings: list[FindingPart]) -> list[Case]:
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
