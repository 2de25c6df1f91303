"""Who sent a reset: what each property of it speaks for, and how strongly.

Three senders come into question: the server that held the session, a device between (a filter that rejects, an
intrusion prevention system), and another edge of an anycast service that never saw the handshake. No single
property decides; each is a vote that is shown with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from auditor.diagnosis.flow import SERVER, Flow, Reset, Side

SERVER_SENT, BETWEEN, EDGE = "server", "between", "edge"
_INITIAL = (32, 64, 128, 255)


class Vote(NamedTuple):
    """A property of the reset, and the weights that it gives to the three senders."""

    text: str
    server: int
    between: int
    edge: int


def hops(ttl: int) -> int:
    """Routers that a packet has passed, if its sender began with one of the usual TTLs (32, 64, 128, 255)."""
    return next(initial - ttl for initial in _INITIAL if ttl <= initial)


def reset_votes(flow: Flow, reset: Reset, anycast: bool, repeated: bool) -> tuple[Vote, ...]:
    """The votes on a reset that came from the server's side of an answered session. `anycast`: its address is;
    `repeated`: sessions end at the same byte again and again."""
    side = flow.sides[SERVER]
    found = [
        *_distance(side, reset),
        *_form(side, reset),
        *_timing(flow, reset),
        *_continuation(side, reset),
    ]
    if repeated:
        found.append(Vote("sessions are reset after the same number of bytes each time", 0, 2, -1))
    if not anycast:
        found.append(Vote("the address is not anycast: no other edge can answer for it", 0, 0, -9))
    return tuple(found)


def winner(votes: tuple[Vote, ...]) -> str | None:
    """The sender that the votes agree on; None if they do not."""
    sums = {
        SERVER_SENT: sum(v.server for v in votes),
        BETWEEN: sum(v.between for v in votes),
        EDGE: sum(v.edge for v in votes),
    }
    (first, most), (_, second), *_ = sorted(sums.items(), key=lambda item: -item[1])
    return first if most > 0 and most > second else None


def _distance(side: Side, reset: Reset) -> Iterator[Vote]:
    if not side.ttls:
        return
    if reset.ttl in side.ttls:
        yield Vote(
            f"TTL {reset.ttl}, as the server's packets: from as far away as the server", 1, -1, 0
        )
        return
    usual = max(side.ttls, key=lambda ttl: side.ttls[ttl])
    near, far = hops(reset.ttl), hops(usual)
    said = f"TTL {reset.ttl}, the server's packets {usual}"
    if near < far:
        yield Vote(
            f"{said}: sent {near} hops away, the server is {far} hops away", -2, 3 + (near < 2), 0
        )
    elif near > far:
        yield Vote(f"{said}: sent from farther away than the server", -2, -1, 2)
    else:
        yield Vote(f"{said}: another kind of host, equally far away", -2, 1, 1)


def _form(side: Side, reset: Reset) -> Iterator[Vote]:
    if reset.acknowledges:
        if reset.stamped and side.stamped:
            yield Vote(
                "it acknowledges and carries the session's timestamps: its sender held the session",
                3,
                0,
                -3,
            )
        elif side.stamped:
            yield Vote("it acknowledges, but without the session's timestamps", 0, 1, 0)
        else:
            yield Vote("it acknowledges: its sender followed the session", 1, 1, -1)
    elif reset.seq_asked:
        yield Vote(
            "no acknowledgment, sequence number taken from the segment before: its sender knew no session "
            "(RFC 9293, 3.10.7.1)", 0, 1, 1,
        )  # fmt: skip
    if not reset.seq_asked and not reset.seq_next and side.next is not None:
        yield Vote("its sequence number fits neither side: it was made up", -1, 2, -1)
    if side.identities > 2 and reset.identity == 0:
        yield Vote("IP-ID 0, the server's packets have others", -1, 0, 0)
    elif reset.identity > 0 and not side.identities and side.packets > 2:
        yield Vote(f"IP-ID {reset.identity}, the server's packets have none", -1, 1, 0)
    if reset.window and not reset.acknowledges:
        yield Vote(f"window {reset.window} without an acknowledgment", 0, 1, 0)


def _timing(flow: Flow, reset: Reset) -> Iterator[Vote]:
    if flow.rtt < 2_000_000 or reset.waited < 0:
        return  # too quick to tell near from far
    said = (
        f"{reset.waited / 1e6:.1f} ms after the client's packet, round trip {flow.rtt / 1e6:.1f} ms"
    )
    if reset.waited < flow.rtt // 2:
        yield Vote(f"{said}: no answer from the server can be so quick", -3, 3, -1)
    elif reset.waited < flow.rtt * 2:
        yield Vote(f"{said}: as quick as the server", 1, 0, 1)


def _continuation(side: Side, reset: Reset) -> Iterator[Vote]:
    if side.after_reset:
        yield Vote(
            f"{side.after_reset} more packets of the server came after it: the server did not send it",
            -3, 1, 1,
        )  # fmt: skip
    if side.clock_back > 1:
        yield Vote(
            "the timestamps of the server's packets jump back and forth: two hosts answer", -2, 0, 3
        )
    if side.switches > 2:
        shown = ", ".join(str(ttl) for ttl in sorted(side.ttls))
        yield Vote(
            f"the TTL of the server's packets changes {side.switches} times ({shown})", 0, 0, 2
        )
