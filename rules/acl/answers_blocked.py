"""A stateless filter drops the answers of sessions that clients opened.

What it finds
    A filter on the way back denies TCP from the published ranges and ports to inside clients' ephemeral
    ports. A stateful filter that permitted the SYN lets the answers pass.

Why it matters
    The SYN arrives, the SYN-ACK never comes back: every session times out.

When it is unknown
    As for ACL001; also behind address translation, where the filter sees an address that is not known.

Examples
    acl002_fires_no_established, acl002_silent_established

Remedy
    Permit established TCP from the published ranges to the inside.

References
    RFC 1812 section 5.3.9, RFC 6056 (ephemeral ports)
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.acl_findings import session_findings
from rules.finding import Finding, Severity
from rules.meetings import RETURN
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "ACL002",
    "answers-blocked",
    "A filter blocks the answers of the service",
    Severity.HIGH,
    ("RFC 1812 section 5.3.9", "RFC 6056"),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per filter and place."""
    yield from session_findings(RULE, view, RETURN, "permit-return")
