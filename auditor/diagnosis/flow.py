"""What is remembered of one TCP session while its packets stream by: a few numbers for each side.

Sequence numbers are compared modulo 2^32 (RFC 9293, 3.4).

Nearly all packets continue a session as expected. `sweep.py` recognises those by three numbers that each side holds
ready (`hop`, `shape`, `next`) and counts them without calling anything; all others come to `Flow.add`, which counts
the others into the totals first and holds the three numbers ready again.
"""

from __future__ import annotations

from typing import NamedTuple

from auditor.diagnosis.links import Prints
from auditor.diagnosis.packets import ACK, FIN, RST, SYN, IcmpError, Segment, mss_of, stamp_of

CLIENT, SERVER = 0, 1
_MASK, _HALF = 0xFFFFFFFF, 0x80000000
FAR = 5000
"""Steps that a clock goes back where packets overtook each other, at most."""
BIG = 1000
"""Bytes of payload from which a segment can be too big for a tunnel: 1,280 is the smallest MTU of IPv6."""


class Reset(NamedTuple):
    """The first reset that came from one side, with what was known at that moment. Times are nanoseconds.

    `seq_asked`: its sequence number is the acknowledgment of the segment before it, as RFC 9293 (3.10.7.1) has a
    host answer that knows of no session; `seq_next`: it is the next number of the side's own data. `waited` is the
    time since the other side's last packet, -1 without one.
    """

    time: int
    packet: int
    ttl: int
    identity: int
    window: int
    stamped: bool
    acknowledges: bool
    seq_asked: bool
    seq_next: bool
    waited: int
    sent: int
    received: int


class Side:
    """One direction of a session. `next` and `acked` are sequence numbers of this side's data: the end of what
    it sent, and of what the other side has acknowledged; None before the first.

    `hop` is what a plain packet's bytes of TTL and protocol are, as the IP header has them, -1 where no packet of this
    side is plain; `shape` its word of header length and flags; `plain` the packets that were counted so."""

    __slots__ = (
        "acked", "after_reset", "big_lost", "clock_back", "fin", "first_ttl", "flow", "hole", "hole_small", "hop",
        "identities", "largest", "largest_acked", "last", "mss", "next", "other", "packets", "pending", "plain",
        "prints", "repeats", "reset", "sent", "shape", "shrunk", "stamp", "stamped", "stuck", "stuck_size",
        "stuck_total", "switches", "syns", "ttl", "ttls", "way",
    )  # fmt: skip

    other: Side

    def __init__(self, flow: Flow, way: int) -> None:
        self.flow, self.way = flow, way
        self.hop, self.shape, self.plain = -1, 0, 0
        self.prints: Prints | None = None
        self.packets = self.sent = self.syns = self.repeats = 0
        self.mss: int | None = None
        self.next: int | None = None
        self.acked: int | None = None
        self.fin = False
        self.ttl = self.first_ttl = -1
        self.ttls: dict[int, int] = {}
        self.switches = 0
        self.last = 0
        self.largest = self.largest_acked = self.pending = 0
        self.stuck = self.stuck_size = self.stuck_total = 0
        self.big_lost = self.shrunk = 0
        self.hole: int | None = None
        self.hole_small = 0
        self.stamp: int | None = None
        self.stamped = False
        self.clock_back = 0
        self.identities = 0
        self.reset: Reset | None = None
        self.after_reset = 0


class Flow:
    """A session on one link of a capture, or what was captured of it."""

    __slots__ = (
        "answered", "client", "client_port", "established", "first", "icmp", "link", "noted", "packets", "rtt",
        "server", "server_port", "sides", "started",
    )  # fmt: skip

    def __init__(self, segment: Segment, link: int, time: int, ports: frozenset[int]) -> None:
        client_sends = _client_sends(segment, ports)
        ends = (
            (segment.source, segment.source_port), (segment.target, segment.target_port)
        )  # fmt: skip
        (self.client, self.client_port), (self.server, self.server_port) = (
            ends if client_sends else ends[::-1]
        )
        self.link, self.first, self.noted, self.packets = link, time, time, 0
        self.started = bool(segment.flags & SYN)
        self.answered = 0
        self.established = 0
        self.rtt = -1
        client, server = self.sides = (Side(self, CLIENT), Side(self, SERVER))
        client.other, server.other = server, client
        self.icmp: dict[tuple[bytes, int, int], tuple[int, IcmpError]] = {}

    def direction(self, segment: Segment) -> int:
        """Which side sent the segment."""
        same = segment.source == self.client and segment.source_port == self.client_port
        return CLIENT if same else SERVER

    @property
    def last(self) -> int:
        """When it was last heard of."""
        client, server = self.sides
        return max(client.last, server.last, self.noted)

    def settle(self) -> None:
        """Counts the plain packets into the totals."""
        for side in self.sides:
            if side.plain:
                side.packets += side.plain
                self.packets += side.plain
                side.ttls[side.ttl] += side.plain
                side.plain = 0

    def closed(self) -> bool:
        """Whether nothing more is to come of it."""
        client, server = self.sides
        return (client.fin and server.fin) or client.reset is not None or server.reset is not None

    def add(self, segment: Segment, time: int, way: int) -> None:
        """Counts a segment that the side `way` sent."""
        flags, size = segment.flags, segment.size
        me, other = self.sides[way], self.sides[1 - way]
        self.settle()
        self.packets += 1
        if flags & RST:
            self.noted = max(self.noted, time)
            self._reset(segment, time, me, other)
            me.hop = -1
            return
        me.packets += 1
        _origin(me, segment.ttl, segment.identity)
        if flags & SYN:
            self._syn(segment, time, way, me)
        elif me.next is None:
            me.next = segment.seq
        if me.reset is not None:
            me.after_reset += 1
        if size:
            self._data(segment, me)
        if flags & FIN and not me.fin:
            me.fin = True
            if me.next is not None:
                me.next = (segment.seq + size + 1) & _MASK
        if flags & ACK:
            self._ack(segment.ack, time, way, other)
        me.shape = 0x5010
        if segment.options:
            _clock(me, segment.options)
            if me.stamped:
                me.shape = 0x8010
        me.last = time
        six = len(segment.source) == 16
        self._expect(me, other, six)
        self._expect(other, me, six)

    def _expect(self, me: Side, other: Side, six: bool) -> None:
        """Holds ready what tells a plain packet of this side, where there are such."""
        me.hop = -1
        if (
            me.next is None
            or other.acked is None
            or me.reset is not None
            or other.stuck
            or me.ttl < 0
        ):
            return
        if me.way == CLIENT and self.answered and not self.established:
            return
        me.hop = 6 << 8 | me.ttl if six else me.ttl << 8 | 6

    def _syn(self, segment: Segment, time: int, way: int, me: Side) -> None:
        me.syns += 1
        me.mss = mss_of(segment.options) if segment.options else me.mss
        me.next = (segment.seq + 1) & _MASK
        if way == SERVER and not self.answered:
            self.answered = time
            if self.sides[CLIENT].syns == 1:
                self.rtt = time - self.sides[CLIENT].last

    def _data(self, segment: Segment, me: Side) -> None:
        size, seq = segment.size, segment.seq
        me.sent += size
        if size > me.largest:
            me.largest = size
        expected = seq if me.next is None else me.next
        ahead = (seq - expected) & _MASK
        if ahead < _HALF:  # new data, perhaps after some that was not captured
            if ahead and me.hole is None:
                me.hole, me.hole_small = expected, size
            me.next = (seq + size) & _MASK
            if size > me.pending:
                me.pending = size
            return
        end = (seq + size) & _MASK
        if me.hole is not None and not _less(me.hole, seq) and _less(me.hole, end):
            me.hole = None  # what was missing has come
        me.repeats += 1
        if me.acked is None or seq == me.acked:
            me.stuck += 1
            if me.stuck_size and size < me.stuck_size:
                me.shrunk = size
            if size >= me.stuck_size:
                me.stuck_size, me.stuck_total = size, segment.total
        if me.next is None or _less(me.next, end):
            me.next = end

    def _ack(self, ack: int, time: int, way: int, other: Side) -> None:
        """The side `way` acknowledges what `other` sent."""
        if other.acked is None:
            other.acked = ack
        ahead = (ack - other.acked) & _MASK
        if way == CLIENT and self.answered and not self.established:
            self.established = time
        if not ahead or ahead >= _HALF:
            return
        if other.stuck >= 2 and other.stuck_size >= BIG and other.shrunk:
            other.big_lost = max(other.big_lost, other.stuck_size)
        other.acked = ack
        if other.pending:
            passed = other.pending if ahead > other.pending else ahead
            if passed > other.largest_acked and not other.shrunk:
                other.largest_acked = passed
            if ack == other.next:
                other.pending = 0
        other.stuck = other.stuck_size = other.shrunk = 0

    def _reset(self, segment: Segment, time: int, me: Side, other: Side) -> None:
        if me.reset is not None:
            return
        asked = me.acked if me.acked is not None else other.next
        me.reset = Reset(
            time,
            self.packets,
            segment.ttl,
            segment.identity,
            segment.window,
            bool(segment.options) and stamp_of(segment.options) is not None,
            bool(segment.flags & ACK),
            me.acked is not None and segment.seq == asked,
            me.next is not None and segment.seq == me.next,
            time - other.last if other.packets else -1,
            me.sent,
            other.sent,
        )


def _client_sends(segment: Segment, ports: frozenset[int]) -> bool:
    if segment.flags & SYN:
        return not segment.flags & ACK
    if (segment.target_port in ports) != (segment.source_port in ports):
        return segment.target_port in ports
    return segment.target_port <= segment.source_port


def _origin(side: Side, ttl: int, identity: int) -> None:
    if ttl != side.ttl:
        if side.ttl < 0:
            side.first_ttl = ttl
        else:
            side.switches += 1
        side.ttl = ttl
    side.ttls[ttl] = side.ttls.get(ttl, 0) + 1
    if identity > 0:
        side.identities += 1


def _clock(side: Side, options: bytes) -> None:
    stamp = stamp_of(options)
    if stamp is None:
        return
    side.stamped = True
    # another host's clock is far off
    if side.stamp is not None and _less(stamp + FAR & _MASK, side.stamp):
        side.clock_back += 1
    side.stamp = stamp


def _less(first: int, second: int) -> bool:
    """Whether `first` lies before `second`, modulo 2^32."""
    return first != second and ((second - first) & _MASK) < _HALF
