"""Words that several formats share, from the report model alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from auditor.reports.model import DevicePart, FindingPart, Report, WaiverPart

FAMILIES = {
    "ACL": "Packet filters",
    "MTU": "Path MTU Discovery",
    "LB": "Load balancing",
    "RT": "Routing",
}
"""The families of rules by the letters of their codes, in the order of reports."""

SEVERITIES = ("critical", "high", "medium", "low", "info")


def family_of(code: str) -> str:
    """The letters of a rule's code."""
    return code.rstrip("0123456789")


def label(finding: FindingPart) -> str:
    """How bad a finding is, in a word or two: `HIGH`, `UNKNOWN (high)`, `NOTE`; waived ones say so."""
    if finding.outcome == "note":
        word = "NOTE"
    elif finding.outcome == "unknown":
        word = f"UNKNOWN ({finding.severity})"
    else:
        word = finding.severity.upper()
    return f"WAIVED, {word}" if finding.waived else word


def witness_words(finding: FindingPart) -> str:
    """The witness as a sentence; empty where there is none."""
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


def blocked_words(finding: FindingPart, limit: int | None = None) -> str:
    """The blocked packets, at most `limit` pieces of them, and how many more there are."""
    pieces = finding.blocked or ()
    shown = [f"{b.protocol} {b.prefix} ports {b.ports}" for b in pieces[:limit]]
    more = len(pieces) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def waived_words(finding: FindingPart) -> str:
    """Who waived a finding and why; empty where nobody did."""
    waived = finding.waived
    if waived is None:
        return ""
    by = f" by {waived.owner}" if waived.owner else ""
    ticket = f", {waived.ticket}" if waived.ticket else ""
    return f"waived{by} until {waived.until}{ticket}: {waived.reason} ({waived.source})"


def waiver_words(waiver: WaiverPart) -> str:
    """A waiver that does not do what its owner thinks, in a sentence."""
    said = {
        "expired": f"expired on {waiver.until}",
        "unmatched": "matches no finding",
        "broken": "cannot be used",
        "used": "in use",
    }
    owner = f", owner {waiver.owner}" if waiver.owner else ""
    ticket = f", {waiver.ticket}" if waiver.ticket else ""
    return f"{waiver.source}: waiver for {waiver.scope} {said[waiver.state]}{owner}{ticket}: {waiver.reason}"


def loud(report: Report) -> tuple[WaiverPart, ...]:
    """The waivers that need somebody's care: broken, expired, unmatched."""
    return tuple(w for w in report.waivers if w.state != "used")


def trend(report: Report) -> str:
    """What changed since the baseline; empty without one."""
    base = report.baseline
    if base is None:
        return ""
    return f"since {base.source}: {base.new} new, {base.gone} gone, {base.known} known (left out)"


@runtime_checkable
class Grouped(Protocol):
    """Findings that know which are whose, and need not be read for it."""

    def of_devices(self) -> Mapping[str, Sequence[FindingPart]]:
        """The findings of each device in the report's order."""
        ...


def by_device(report: Report) -> Mapping[str, Sequence[FindingPart]]:
    """The findings of each device in the report's order."""
    if isinstance(report.findings, Grouped):
        return report.findings.of_devices()
    found: dict[str, list[FindingPart]] = defaultdict(list)
    for finding in report.findings:
        found[finding.device].append(finding)
    return found


def verdict(device: DevicePart, findings: Iterable[FindingPart], family: str) -> str:
    """One cell of devices x families: `not audited`, `ok`, `waived`, `unknown (high)`, or a severity."""
    if device.status == "failed":
        return "not audited"
    found = [f for f in findings if family_of(f.code) == family and f.outcome != "note"]
    open_ones = [f for f in found if f.waived is None]
    if not open_ones:
        return "waived" if found else "ok"
    order = SEVERITIES.index
    fails = [f.severity for f in open_ones if f.outcome == "fail"]
    if fails:
        return min(fails, key=order)
    return f"unknown ({min((f.severity for f in open_ones), key=order)})"


def count(number: int, noun: str) -> str:
    """`1 device`, `2 devices`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
