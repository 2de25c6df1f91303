"""Access-list semantics of IOS and IOS-XE (README: filters)."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.cisco_style import words
from parsers.cisco_style.entries import Dialect
from parsers.model.filters import Action, Entry, Match, Symptom

DIALECT = Dialect(
    tcp_ports=words.TCP_PORTS,
    udp_ports=words.UDP_PORTS,
    harmless={"log": 0, "log-input": 0, "reflect": 0},
    uncertain={
        "dscp": 1, "precedence": 1, "tos": 1, "option": 1, "time-range": 1, "ttl": -1, "tracked": 0,
        "flow-label": 1, "routing": 0, "routing-type": 1, "dest-option": 0, "dest-option-type": 1,
        "mobility": 0, "mobility-type": 1, "hbh": 0, "auth": 0, "undetermined-transport": 0,
    },
    group_words=frozenset({"object-group", "addrgroup"}),
    port_group_words=frozenset({"portgroup"}),
    bare_flags_or=True,
    deny_symptom=Symptom.TIMEOUT,
)  # fmt: skip


def not_an_entry(body: str) -> bool:
    """Remarks, counters and switches of a list, which match no packet."""
    return body.startswith(
        ("remark", "statistics", "hardware", "exit", "no ", "per-user-rules", "role-based")
    )


def implicit(family: int, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """IPv6 lists permit neighbour discovery before the implicit deny (Catalyst command reference,
    `deny (IPv6)`)."""
    if family != 6:
        return ()
    return (
        Entry(
            None,
            Action.PERMIT,
            (Match(6, ((58, 58),), icmp=(words.ICMPV6["nd-na"], words.ICMPV6["nd-ns"])),),
            label="implicit nd-na, nd-ns",
        ),
    )
