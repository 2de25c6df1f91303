"""A filter drops the messages that tell the service to send smaller packets.

What it finds
    Frag-Needed (ICMP 3/4) or Packet Too Big (ICMPv6 2) from inside routers to the published ranges is denied
    on the way out. An adequate MSS clamp for downloads makes it moot.

Why it matters
    Where a link inside is smaller than 1500 bytes (tunnel to a branch, VPN), clones and downloads stall.

When it is unknown
    As for ACL001.

Examples
    mtu003_fires_outbound_icmp_denied, mtu003_silent_other_unreachables

Remedy
    Permit ICMP 3/4 and ICMPv6 type 2 outbound, before the entry that denies them.

References
    RFC 1191, RFC 8201, RFC 4890 section 4.3.1, RFC 2923
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.finding import Finding, Severity
from rules.meetings import PTB_OUT
from rules.ptb_findings import ptb_findings
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "MTU003",
    "too-big-to-service-dropped",
    "A filter drops 'packet too big' messages to the service",
    Severity.HIGH,
    ("RFC 1191", "RFC 8201", "RFC 4890 section 4.3.1", "RFC 2923"),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per filter and place."""
    yield from ptb_findings(RULE, view, PTB_OUT)
