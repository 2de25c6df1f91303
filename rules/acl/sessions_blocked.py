"""A filter drops the sessions that inside clients open to the service.

What it finds
    An access list, policy or packet filter on the way to the service denies TCP to a published range on the
    service's ports, wholly or in part, for sources that can really arrive there.

Why it matters
    The most frequent cause of dead sessions. A dropped SYN is a timeout, a rejected one a reset or an ICMP
    error; a partly blocked range fails only for clients that are given those addresses.

When it is unknown
    When an entry that could decide is not understood, depends on something the text does not show (time
    range, undefined group, TTL), or when no route shows which interface is the way to the service.

Examples
    acl001_fires_denied_range, acl001_silent_antispoofing, acl001_unknown_undefined_group

Remedy
    Permit the blocked prefixes and ports above the entry that denies them.

References
    RFC 1812 section 5.3.9 (packet filtering), the service's published ranges
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.acl_findings import session_findings
from rules.finding import Finding, Severity
from rules.meetings import OUTBOUND
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "ACL001",
    "sessions-blocked",
    "A filter blocks sessions to the service",
    Severity.HIGH,
    ("RFC 1812 section 5.3.9",),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per filter and place."""
    yield from session_findings(RULE, view, OUTBOUND, "permit-flow")
