"""`auditor fix` and `auditor explain`: what to do about findings, and why, out of a report."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.hand_checks import hand_checks
from auditor.reports import json_report, words
from auditor.reports.model import DevicePart, FindingPart
from auditor.rule_docs import rule_doc


def fix(options: argparse.Namespace) -> int:
    """Prints the remedies of a report; no device is touched. Exit code 1 if one of them failed its proof."""
    report = json_report.load(options.report)
    names = {device.name for device in report.devices}
    for name in options.devices or ():
        if name not in names:
            raise UsageError(f"{options.report}: no device is called {name!r}")
    chosen = [
        finding
        for finding in report.findings
        if (not options.devices or finding.device in options.devices)
        and finding.waived is None
        and finding.commands
    ]
    sys.stdout.write(
        "".join(_remedy(finding) for finding in chosen) or "No finding has commands.\n"
    )
    failed = any(f.proof is not None and not f.proof.holds for f in chosen)
    return int(ExitCode.FINDINGS if failed else ExitCode.CLEAN)


def _remedy(finding: FindingPart) -> str:
    lines = [f"# {finding.device}: {finding.code} {finding.title} [{finding.id}]"]
    lines += [f"# {finding.message}"]
    if finding.proof is None:
        lines.append("# not proved: audit with --prove")
    else:
        sign = "proved" if finding.proof.holds else "NOT PROVED"
        lines.append(f"# {sign}: {finding.proof.words}")
        lines += [f"#   changes too: {other}" for other in finding.proof.opened]
    lines += finding.remediation[: finding.commands]
    if finding.rollback:
        lines += ["# to take it back:", *(f"#   {line}" for line in finding.rollback)]
    return "\n".join(line.replace("\n", " ") for line in lines) + "\n\n"


def explain(options: argparse.Namespace) -> int:
    """Prints all that there is about one finding. Raises UsageError for an id that the report has not."""
    report = json_report.load(options.report)
    found = [f for f in report.findings if f.id.startswith(options.finding)]
    if len(found) != 1:
        why = "no finding has" if not found else f"{len(found)} findings have"
        raise UsageError(
            f"{options.report}: {why} the id {options.finding!r}; `auditor fix` and all reports print ids"
        )
    finding = found[0]
    device = next((d for d in report.devices if d.name == finding.device), None)
    sys.stdout.write("\n".join(_explained(finding, device)) + "\n")
    return int(ExitCode.CLEAN)


def _explained(finding: FindingPart, device: DevicePart | None) -> Iterator[str]:
    yield f"{words.label(finding)}  {finding.code}  {finding.device}: {finding.title}"
    yield f"id {finding.id}, about {finding.subject}"
    yield f"\n{finding.message}"
    yield from filter(None, (words.waived_words(finding), words.witness_words(finding)))
    if finding.blocked:
        yield f"blocked: {words.blocked_words(finding)}"
    doc = rule_doc(finding.code)
    sections = doc.sections if doc is not None else {}
    told = ("What it finds", "Why it matters", "When it is unknown")
    platform = device.platform if device is not None else None
    for title, lines in (
        ("The way to the service", _ways(device) if device is not None else ()),
        ("Sizes on the way, in bytes", _sizes(finding)),
        (
            "Evidence, the line that decides first",
            (f"{e.file}:{e.line}  {e.text}" for e in finding.evidence),
        ),
        *((name, (sections[name],)) for name in told if name in sections),
        ("To check by hand on the device", hand_checks(finding, platform)),
        ("Remedy", (*finding.remediation, *_proof(finding))),
        ("References", finding.references),
    ):
        if body := [f"    {line}" for line in lines]:
            yield f"\n{title}"
            yield from body


def _sizes(finding: FindingPart) -> Iterator[str]:
    if finding.budget is None:
        return
    for hop in finding.budget.hops:
        room = "?" if hop.mtu is None else f"{'~' if hop.assumed else ''}{hop.mtu}"
        yield f"{hop.interface} ({hop.role}): room {room} ({hop.source}); {hop.does}"
    yield f"decides: {finding.budget.decides}"


def _proof(finding: FindingPart) -> Iterator[str]:
    if finding.proof is not None:
        yield f"{'proved' if finding.proof.holds else 'not proved'}: {finding.proof.words}"
        yield from (f"changes too: {other}" for other in finding.proof.opened)


def _ways(device: DevicePart) -> Iterator[str]:
    for path in device.paths:
        hops = ", ".join(f"{h.interface or '?'} {h.address or ''}".strip() for h in path.next_hops)
        route = f"{path.route} ({path.protocol})" if path.route else "no route"
        yield f"{path.prefix}: {route} by {hops or 'nothing: the device discards'}"
