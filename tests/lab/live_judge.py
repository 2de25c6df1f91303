"""What the traffic of a state shows, in the words of the severities that users are promised; the audit is not asked."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.lab.case import Happens, happened

Verdict = tuple[str, str, str]
"""Family of rules, outcome, severity."""

ACTIVE: Verdict = ("LB", "fail", "critical")
BLOCKED: Verdict = ("ACL", "fail", "high")
SUPPRESSED: Verdict = ("MTU", "fail", "critical")
FILTERED: Verdict = ("MTU", "fail", "high")
MITIGATED: Verdict = ("MTU", "fail", "info")
_FAILS = frozenset({"critical", "high"})
"""Severities at which the exit code is 1 by default."""


class Seen(NamedTuple):
    """What the client, the edges and the router's interfaces saw: by port what became of the sessions, how many
    edges took some, and packets by kind and direction (`live_sight`)."""

    sessions: dict[str, dict[str, int]]
    edges: int
    packets: dict[str, int]

    def swallowed(self, kind: str) -> bool:
        """Whether such packets came to the router and none of them left it."""
        return bool(self.packets.get(f"{kind} in")) and not self.packets.get(f"{kind} out")


def verdicts(seen: Seen) -> frozenset[Verdict]:
    """The faults that the traffic shows."""
    found: set[Verdict] = set()
    ends = {port: happened(kinds) for port, kinds in seen.sessions.items()}
    if Happens.RESET in ends.values() and seen.edges > 1:
        found.add(ACTIVE)
    blocked = {p for p in ends if seen.swallowed(f"syn {p}") or seen.swallowed(f"reply {p}")}
    if blocked:
        found.add(BLOCKED)
    broken = _untold(seen)
    if broken is not None:
        stalls = Happens.STALL in (end for port, end in ends.items() if port not in blocked)
        found.add(broken if stalls else MITIGATED)
    return frozenset(found)


def _untold(seen: Seen) -> Verdict | None:
    """Which message about packets that are too big does not get through: another router's, or its own."""
    if seen.swallowed("too big"):
        return FILTERED
    return SUPPRESSED if seen.swallowed("probe") and not seen.packets.get("too big out") else None


def disagreements(seen: Seen) -> list[str]:
    """Where what became of the sessions is not what the packets show; then the lab shows nothing."""
    wrong = []
    faults = verdicts(seen)
    for port, kinds in seen.sessions.items():
        stalls = seen.swallowed(f"syn {port}") or seen.swallowed(f"reply {port}")
        stalls |= bool(faults & {SUPPRESSED, FILTERED})
        should = Happens.RESET if ACTIVE in faults else Happens.STALL if stalls else Happens.SURVIVE
        if happened(kinds) is not should:
            wrong.append(f"sessions to port {port}: {kinds}, the packets show: {should.value}")
    return wrong


def exit_code(faults: frozenset[Verdict]) -> int:
    """The exit code for these faults where every device was collected."""
    return int(any(severity in _FAILS for _, _, severity in faults))


def said(report: dict[str, Any]) -> frozenset[Verdict]:
    """The faults that a report tells."""
    return frozenset(
        (finding["code"].rstrip("0123456789"), finding["outcome"], finding["severity"])
        for finding in report["findings"]
        if finding["outcome"] == "fail"
    )
