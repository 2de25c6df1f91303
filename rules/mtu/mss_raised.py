"""The device makes the segments of sessions larger than both ends agreed.

What it finds
    A statement that can raise the MSS option of SYN or SYN-ACK in transit to more than the service documents.

Why it matters
    The service announces an MSS of 1436 because a tunnel of 24 bytes is in front of it. A device that raises the
    number makes clients send packets that do not fit; the service's knowledge base names this as a cause of dead
    sessions.

When it is unknown
    Where no document says whether the statement also raises or only lowers, the finding is a warning.

Examples
    mtu007_fires_minimum_mss, mtu007_silent_low_minimum

Remedy
    Let the statement lower only: remove the minimum, or limit the rule to segments that are larger.

References
    RFC 9293 section 3.7.1, Atlassian knowledge base (Bitbucket Cloud MTU and MSS)
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.device import MssRaise
from parsers.platform import Remedy
from rules import pmtud
from rules.finding import Budget, Finding, Hop, Outcome, Severity
from rules.rule import Rule
from rules.service import Service
from rules.view import View

RULE = Rule(
    "MTU007",
    "segment-size-raised",
    "The device raises the segment size of sessions",
    Severity.HIGH,
    (
        "RFC 9293 section 3.7.1",
        "https://confluence.atlassian.com/bbkb/troubleshooting-bitbucket-cloud-mtu-mss-issues-858778091.html",
    ),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per statement that reaches above the documented MSS, where transit is possible."""
    if not view.crossings or view.device.is_host:
        return
    for statement in view.device.mss_raises:
        if statement.value > view.service.least_mss:
            yield _finding(statement, view.service)


def _finding(statement: MssRaise, service: Service) -> Finding:
    severity, word = (Severity.HIGH, "HIGH") if statement.certain else (Severity.MEDIUM, "WARN")
    does = "raises" if statement.certain else "may raise"
    packet = statement.value + pmtud.HEADERS[4]
    limit, documented = service.takes, service.least_mss
    words = f"MSS {statement.value} > {documented}"
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=severity,
        outcome=Outcome.FAIL,
        subject=statement.reason,
        message=f"{word}: {statement.reason} {does} the MSS of sessions to {statement.value}; the service "
        f"documents {documented}, so packets of up to {packet} bytes meet a limit of {limit}.",
        evidence=(statement.where,) if statement.where is not None else (),
        remedies=(Remedy("lower-mss-only", number=statement.value),),
        references=RULE.references,
        budget=Budget(
            family=4,
            direction="up",
            packet=packet,
            fits=limit,
            segment=documented,
            hops=(
                Hop("this device", "in", None, True, "", None, packet, f"{does} the MSS"),
                Hop(
                    "the service", "out", limit, False, "documented", None, packet, "too big for it"
                ),
            ),
            decides=words,
        ),
    )
