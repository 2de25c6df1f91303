"""A filter drops the messages that tell clients to send smaller packets.

What it finds
    Frag-Needed (ICMP 3/4) or Packet Too Big (ICMPv6 2) from routers and the service's side to inside clients
    is denied by a filter on the way in. An adequate MSS clamp for uploads makes it moot.

Why it matters
    Where a link on the way is smaller than 1500 bytes, uploads stall after the handshake (RFC 2923).

When it is unknown
    As for ACL001.

Examples
    mtu002_fires_established_only, mtu002_silent_unreachable_permitted

Remedy
    Permit ICMP 3/4 and ICMPv6 type 2 before the entry that denies them.

References
    RFC 1191, RFC 8201, RFC 4890 section 4.3.1, RFC 2923
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.finding import Finding, Severity
from rules.meetings import PTB_IN
from rules.ptb_findings import ptb_findings
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "MTU002",
    "too-big-to-clients-dropped",
    "A filter drops 'packet too big' messages to clients",
    Severity.HIGH,
    ("RFC 1191", "RFC 8201", "RFC 4890 section 4.3.1", "RFC 2923"),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per filter and place."""
    yield from ptb_findings(RULE, view, PTB_IN)
