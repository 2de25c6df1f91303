"""What a case of the lab is: how the routers are set, what the traffic does, and what the audit must say."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Traffic(enum.Enum):
    """What the client does."""

    TALK = "sessions of many small segments"
    BIG = "sessions of full-size segments"
    NO_DF = "sessions of full-size segments that may be fragmented"
    LOSS = "sessions that lose a segment until its IPv6 flow label changes"
    TTL = "sessions whose TTL falls half-way, as after a path change before the router"
    DSCP = "sessions whose DSCP changes half-way, as SSH's does after login"
    UPLOAD = "big transfers to the service"
    DOWNLOAD = "big transfers from the service"


BULK = frozenset({Traffic.UPLOAD, Traffic.DOWNLOAD})


class Happens(enum.Enum):
    """What becomes of the sessions."""

    SURVIVE = "survive"  # all
    RESET = "reset"  # at least one, and none stalls
    STALL = "stall"  # all


class Case(NamedTuple):
    """One setting of `r`, the router under test, and of `a`, the router before it.

    `routes` are FRR's static routes to the service, `bgp` says that it learns more from both edges, `rules` are
    commands of ip(8), `nft` is a rule set, `commands` are others, of iptables(8). `narrow` is the device
    (namespace, name) with an MTU of 1400, `before` an nft rule set of `a`, which is audited too if it has some.
    `says` are the findings that the audit must give, notes aside, as `CODE outcome severity`, with ` (a)` behind
    those about `a`; none means OK.
    """

    name: str
    traffic: Traffic
    happens: Happens
    says: tuple[str, ...] = ()
    family: int = 4
    routes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    settings: tuple[tuple[str, int], ...] = ()
    nft: str = ""
    before: str = ""
    commands: tuple[str, ...] = ()
    bgp: bool = False
    narrow: tuple[str, str] | None = None


class Result(NamedTuple):
    """A case that was run: sessions by what became of them, how many edges took one, the findings in the form of
    `Case.says`, the number of equal ways that the report shows for `r` by prefix, and all findings in words."""

    sessions: dict[str, int]
    edges: int
    says: tuple[str, ...]
    ways: dict[str, int]
    messages: tuple[str, ...]


def happened(sessions: dict[str, int]) -> Happens | None:
    """What the sessions of one case show; None where they do not agree."""
    kinds = {kind for kind, count in sessions.items() if count}
    if Happens.RESET.value in kinds:
        return None if Happens.STALL.value in kinds else Happens.RESET
    return Happens(kinds.pop()) if len(kinds) == 1 else None


def disagreements(case: Case, result: Result, prefix: str) -> list[str]:
    """What is not as the case says; `prefix` is the service's in the case's family."""
    found = []
    if happened(result.sessions) is not case.happens:
        found.append(f"sessions: {result.sessions}, expected: {case.happens.value}")
    if sorted(result.says) != sorted(case.says):
        found.append(f"findings: {result.says}, expected: {case.says}")
    ways = sum(f" {prefix} " in route and " table " not in route for route in case.routes)
    ways += 2 if case.bgp else 0
    if result.ways.get(prefix) != ways:
        found.append(f"the report shows {result.ways} ways, FRR has {ways}")
    if ways > 1 and result.edges != ways:
        found.append(f"{result.edges} edge took all sessions: nothing was balanced")
    return found


def agrees(happens: Happens, says: tuple[str, ...]) -> bool:
    """Whether findings say what the traffic does: a session that is reset has a fault of load balancing, one that
    stalls one of Path MTU Discovery at least high, and one that survives has none of either that is worse than
    covered (`info`)."""
    split = any(s.startswith("LB") and " fail " in s and not s.endswith("low") for s in says)
    fragmented = any(s.startswith("MTU005 fail") for s in says)
    untold = any(s.startswith("MTU") and s.endswith(("fail high", "fail critical")) for s in says)
    if happens is Happens.RESET:
        return split or fragmented
    if happens is Happens.STALL:
        return untold
    return not split and not untold
