"""What became of one session, with the reasons."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from auditor.diagnosis.flow import BIG, CLIENT, SERVER, Flow, Reset, Side
from auditor.diagnosis.packets import IcmpError
from auditor.diagnosis.votes import BETWEEN, EDGE, SERVER_SENT, Vote, hops, reset_votes, winner

SILENCE = 5_000_000_000
"""Nanoseconds without an answer that are a stall."""

KINDS = {
    "split": "one session's packets are spread over several links",
    "anycast-shift": "reset by a host that does not know the session",
    "reset-between": "reset by a device between client and server",
    "reset-by-server": "reset by the server",
    "reset-by-client": "reset by the client",
    "reset": "reset; who sent it does not show",
    "refused": "refused at connect",
    "prohibited": "forbidden by a device that says so",
    "unreachable": "unreachable, says a device",
    "no-answer": "no answer to the first packet",
    "black-hole": "large packets vanish, small ones pass",
    "too-big-ignored": "told that packets are too big, and did not heed it",
    "stall": "silence in mid-session",
    "path-varies": "the server's packets come by changing paths",
    "unfinished": "the capture shows too little of it",
    "clean": "nothing wrong",
}
"""What can become of a session, the worst first."""


class Facts(NamedTuple):
    """What is known beyond the session itself. `ttls`: the TTLs of this server's packets in other sessions;
    `end`: when the capture ends; `service`: the address is the service's."""

    end: int
    anycast: bool
    service: bool
    ttls: frozenset[int]
    repeated: bool


class Verdict(NamedTuple):
    """What became of a session. `level`: `evidence` (the packets show it), or `compatible` (they do not
    contradict it)."""

    kind: str
    level: str
    causes: tuple[str, ...]
    reasons: tuple[str, ...]
    votes: tuple[Vote, ...] = ()


def address_text(address: bytes) -> str:
    """An address as people write it."""
    return str(ipaddress.ip_address(address))


def judge(flow: Flow, facts: Facts) -> Verdict:
    """What became of the session."""
    reasons = _remarks(flow)
    found = (
        _icmp(flow)
        or _too_big(flow)
        or _resets(flow, facts)
        or _silence(flow, facts)
        or _moving(flow)
    )
    if found is None:
        known = flow.started or flow.packets > 10
        found = Verdict("clean" if known else "unfinished", "evidence", (), _heeded(flow))
    return found._replace(reasons=(*found.reasons, *reasons))


def _remarks(flow: Flow) -> tuple[str, ...]:
    client, server = flow.sides
    found = []
    for (source, kind, code), (count, error) in flow.icmp.items():
        if is_too_big(kind, code):
            found.append(
                f"{address_text(source)} said {count} times: too big, MTU {error.mtu or 'not given'} "
                f"(of a packet of {error.quoted_total} bytes)"
            )
    if client.mss is not None and server.mss is not None:
        found.append(f"MSS {client.mss} from the client, {server.mss} from the server")
    return tuple(found)


def _heeded(flow: Flow) -> tuple[str, ...]:
    told = any(is_too_big(kind, code) for _, kind, code in flow.icmp)
    return (
        ("what was too big was sent again in smaller packets: Path MTU Discovery works",)
        if told
        else ()
    )


def is_too_big(kind: int, code: int) -> bool:
    """Fragmentation needed (ICMP 3/4), or packet too big (ICMPv6 type 2)."""
    return (kind, code) == (3, 4) or kind == 2


def _icmp(flow: Flow) -> Verdict | None:
    if flow.established and flow.sides[SERVER].sent:
        return None  # it went well all the same
    for (source, kind, code), (count, error) in flow.icmp.items():
        known = _meaning(len(source) == 16, kind, code)
        if known is None:
            continue
        verdict, cause, words = known
        name = "ICMPv6" if len(source) == 16 else "ICMP"
        who = f"{address_text(source)} answered {count} times"
        said = f"{who}: {words} ({name} {kind}/{code}, TTL {error.ttl})"
        return Verdict(verdict, "evidence", (cause,), (said,))
    return None


def _meaning(six: bool, kind: int, code: int) -> tuple[str, str, str] | None:
    """Verdict, cause and words for an ICMP error (RFC 792, 1812, 4443)."""
    if six:
        return {
            (1, 0): ("unreachable", "ROUTE", "no route"),
            (1, 1): ("prohibited", "ACL", "administratively prohibited"),
            (1, 3): ("unreachable", "ROUTE", "address unreachable"),
            (1, 4): (
                "prohibited",
                "ACL",
                "port unreachable, which for TCP is how a filter rejects",
            ),
            (1, 5): ("prohibited", "ACL", "source address failed the ingress policy"),
            (1, 6): ("unreachable", "ROUTE", "reject route"),
            (3, 0): ("unreachable", "ROUTE", "hop limit exceeded on the way: a loop"),
        }.get((kind, code))
    if kind == 3 and code in (9, 10, 13):
        return "prohibited", "ACL", "administratively prohibited"
    if kind == 3 and code in (2, 3):
        return "prohibited", "ACL", "port unreachable, which for TCP is how a filter rejects"
    if kind == 3 and code in (0, 1, 5, 6, 7, 8, 11, 12):
        return (
            "unreachable",
            "ROUTE",
            "network unreachable" if code in (0, 6, 11) else "host unreachable",
        )
    if (kind, code) == (11, 0):
        return "unreachable", "ROUTE", "time to live exceeded on the way: a loop"
    return None


def _too_big(flow: Flow) -> Verdict | None:
    told = [e for (_, k, c), (_, e) in flow.icmp.items() if is_too_big(k, c)]
    for way, words in ((CLIENT, "from client to server"), (SERVER, "from server to client")):
        side = flow.sides[way]
        stuck = side.stuck >= 2 and side.stuck_size >= BIG and side.largest_acked < side.stuck_size
        if stuck and (flow.answered or side.acked is not None or side.largest_acked):
            said = (
                f"{words}: a segment of {side.stuck_size} bytes was sent {side.stuck + 1} times and never "
                f"acknowledged; {_passed(side)}"
            )
            if _heard(told, flow, way):
                return Verdict("too-big-ignored", "evidence", ("PMTU", "LOCAL"), (said,))
            return Verdict(
                "black-hole",
                "evidence",
                ("PMTU",),
                (said, "no message that packets are too big was captured"),
            )
        if side.big_lost and not _heard(told, flow, way):
            said = f"{words}: segments of {side.big_lost} bytes were lost again and again until smaller ones passed"
            return Verdict(
                "black-hole",
                "evidence",
                ("PMTU",),
                (said, "no message that packets are too big was captured"),
            )
    return _hole(flow)


def _passed(side: Side) -> str:
    if side.largest_acked:
        return f"up to {side.largest_acked} bytes passed"
    return "the handshake's small packets passed"


def _heard(told: list[IcmpError], flow: Flow, way: int) -> bool:
    sender = flow.client if way == CLIENT else flow.server
    return any(error.quoted[0] == sender for error in told)


def _hole(flow: Flow) -> Verdict | None:
    """Large segments of the server that never came, while a small one behind them did."""
    server = flow.sides[SERVER]
    if server.hole is None or server.hole_small >= BIG or not flow.answered or server.fin:
        return None
    level = "evidence" if server.largest < BIG else "compatible"
    said = (
        f"from server to client: what should come before a segment of {server.hole_small} bytes never came; "
        f"the largest that came has {server.largest} bytes"
    )
    return Verdict("black-hole", level, ("PMTU",), (said,))


def _resets(flow: Flow, facts: Facts) -> Verdict | None:
    client, server = flow.sides
    reset = server.reset
    if reset is not None and (client.reset is None or reset.time <= client.reset.time):
        if not flow.answered and flow.started:
            return _refused(flow, reset, facts)
        if client.fin or server.fin:
            return None  # a quick end after the talk was over
        return _mid_session(flow, reset, facts)
    if client.reset is not None and not (client.fin or server.fin) and flow.answered:
        return Verdict(
            "reset-by-client", "evidence", ("LOCAL",), ("the client's own reset came first",)
        )
    return None


def _refused(flow: Flow, reset: Reset, facts: Facts) -> Verdict:
    distance = hops(reset.ttl)
    said = (
        f"the first packet was answered by a reset with TTL {reset.ttl}, sent {distance} hops away"
    )
    if facts.ttls:
        far = min(hops(ttl) for ttl in facts.ttls)
        if distance < far:
            more = f"in other sessions the server is {far} hops away"
            return Verdict("reset-between", "evidence", ("ACL",), (said, more))
        if reset.ttl in facts.ttls:
            more = "other sessions with this server show the same TTL"
            return Verdict("refused", "evidence", ("SVC", "PIN"), (said, more))
    client = flow.sides[CLIENT]
    if distance == 0 and facts.service and client.first_ttl >= 0 and hops(client.first_ttl) <= 1:
        more = "its sender is on the captured link itself, where the service is not"
        return Verdict("reset-between", "evidence", ("ACL",), (said, more))
    more = "whether the server or a device between sent it does not show in one session"
    return Verdict("refused", "compatible", ("ACL", "PIN", "SVC"), (said, more))


def _mid_session(flow: Flow, reset: Reset, facts: Facts) -> Verdict:
    server = flow.sides[SERVER]
    votes = reset_votes(flow, reset, facts.anycast, facts.repeated)
    said = f"reset after {reset.received} bytes from the client and {reset.sent} from the server"
    chosen = winner(votes)
    if chosen == EDGE:
        sure = bool(server.after_reset) or server.clock_back > 1 or server.switches > 2
        shown = (
            "the host that held the session went on: the reset came from another one"
            if sure
            else "its form is what a host without the session sends; nothing shows that two hosts answer"
        )
        level = "evidence" if sure else "compatible"
        return Verdict("anycast-shift", level, ("ANY",), (said, shown), votes)
    if chosen == BETWEEN:
        # a first request is what inspection looks at
        inspected = facts.repeated or 200 <= reset.received <= 2000
        order = ("IPS", "ACL") if inspected else ("ACL", "IPS")
        return Verdict("reset-between", "evidence", order, (said,), votes)
    if chosen == SERVER_SENT:
        return Verdict("reset-by-server", "evidence", ("SVC", "AUTH"), (said,), votes)
    last = "ANY" if facts.anycast else "SVC"
    return Verdict("reset", "compatible", ("ACL", "NAT", last), (said,), votes)


def _silence(flow: Flow, facts: Facts) -> Verdict | None:
    client, server = flow.sides
    if flow.started and not flow.answered and client.syns and not server.packets:
        if client.syns > 1 or facts.end - flow.first >= SILENCE:
            said = f"{client.syns} first packets, no answer and no error message"
            return Verdict("no-answer", "evidence", ("ACL", "ROUTE"), (said,))
        return Verdict("unfinished", "compatible", (), ("one first packet, then the capture ends",))
    if client.fin or server.fin or flow.closed():
        return None
    if client.stuck >= 3 or server.stuck >= 3:
        said = "packets of any size are repeated and no longer acknowledged"
        return Verdict("stall", "evidence", ("NAT", "ACL"), (said,))
    quiet = facts.end - flow.last >= SILENCE and client.sent > 0
    if quiet and not server.sent and flow.answered:
        said = "the request was sent, and nothing but acknowledgments came for 5 s"
        return Verdict("stall", "compatible", ("PMTU", "SVC"), (said,))
    return None


def _moving(flow: Flow) -> Verdict | None:
    server = flow.sides[SERVER]
    if server.switches > 2 and len(server.ttls) > 1:
        shown = ", ".join(f"{ttl} ({count})" for ttl, count in sorted(server.ttls.items()))
        said = f"TTLs of the server's packets within one session: {shown}, changing {server.switches} times"
        return Verdict("path-varies", "evidence", ("ANY",), (said,))
    return None
