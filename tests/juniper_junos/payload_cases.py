"""Terms that ask for fields of layer 4 and not for the protocol that has them.

The device compares the same bytes of whatever follows the IP header (Juniper, "Overview of Protocol Match
Conditions"), so such a term may match packets that nobody thought of.
"""

from __future__ import annotations

from tests.juniper_junos.flows import GRE, P4, R22, R443

CASES = [
    (
        "source-port-22-is-no-echo",
        "term A { from { icmp-type echo-reply; } then accept; }",
        R22,
        "unknown",
        "A",
    ),
    (
        "source-port-443-is-no-echo",
        "term A { from { icmp-type echo-reply; } then accept; }",
        R443,
        "deny",
        None,
    ),
    (
        "destination-port-in-icmp",
        "term A { from { destination-port 1024-65535; } then accept; }",
        P4,
        "unknown",
        "A",
    ),
    (
        "source-port-in-icmp",
        "term A { from { source-port 1024-65535; } then accept; }",
        P4,
        "deny",
        None,
    ),
    ("ports-in-gre", "term A { from { destination-port 443; } then accept; }", GRE, "unknown", "A"),
]
