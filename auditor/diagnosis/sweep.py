"""Goes through the packets of a capture: counts those that continue a session as expected, on the spot.

A packet is plain where its headers are the usual ones (IPv4 or IPv6 without extensions on Ethernet, VLAN, raw IP or
Linux cooked capture; TCP without options or with timestamps alone) and its session expects just this packet. What is
done for it here is what `Flow.add` would do, and a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from struct import Struct

from auditor.diagnosis.capture_file import Interface, Record
from auditor.diagnosis.flow import FAR, Side

Table = dict[bytes, Side]
"""The sides of the sessions of one link, by addresses and ports as packets of the side have them."""
Slow = Callable[[int, Interface, bytes, int, int, int], None]
"""What takes the records that are not plain."""

_MASK, _HALF = 0xFFFFFFFF, 0x80000000
# ether type, version, total length, identity, fragment, TTL and protocol, addresses and ports, sequence number,
# acknowledgment, header length and flags
_FOUR = Struct("!12xHBxHHHH2x12sIIH").unpack_from
_SIX = Struct("!18xHH36sIIH").unpack_from
_STAMP = Struct("!II").unpack_from
_TIMESTAMPS = 0x0101080A
"""Two fillers, kind 8, length 10: how every system writes the option (RFC 7323, appendix A)."""

_SHIFT = {1: 0, 113: 2, 12: -14, 14: -14, 101: -14, 228: -14, 229: -14}
"""By link type, how many bytes more lie before the IP header than on Ethernet; others have no plain packets."""
_NOTHING: Table = {}


def sweep(  # noqa: C901
    records: Iterable[Record], table: Callable[[Interface], Table], slow: Slow
) -> tuple[int, int]:
    """Takes all records; gives the number of plain ones, and the latest time of all."""
    plain = latest = shift = 0
    place, raw, find = None, False, _NOTHING.get
    # one body, because calls would take a third of the time
    for time, interface, buffer, start, end, wire in records:
        if time > latest:
            latest = time
        if interface is not place:
            place, shift = interface, _SHIFT.get(interface.link, 0)
            raw = shift < 0
            find = (table(interface) if interface.link in _SHIFT else _NOTHING).get
        at = start + shift
        if end - at >= 54:
            kind, first, size, identity, part, hop, ends, seq, ack, word = _FOUR(buffer, at)
            if kind != 0x0800 or first != 0x45 or raw:
                at, size, identity, part, hop, ends, seq, ack, word = _elsewhere(
                    buffer, at, end, raw, kind
                )
            me = find(ends)
            if me is not None and (
                me.hop == hop and me.next == seq and word & 0xF017 == me.shape and not part & 0x1FFF
            ):
                size -= 20 + (word >> 10 & 0x3C)
                other = me.other
                ahead = ack - other.acked & _MASK
                good = size >= 0
                if word >= 0x8000 and good:
                    option, stamp = _STAMP(buffer, at + 54) if end - at >= 62 else (0, 0)
                    good = option == _TIMESTAMPS and me.stamp - stamp - FAR & _MASK >= _HALF
                    if good:
                        me.stamp = stamp
                if good:
                    plain += 1
                    me.plain += 1
                    me.last = time
                    if identity > 0:
                        me.identities += 1
                    if size:
                        me.next = seq + size & _MASK
                        me.sent += size
                        if size > me.pending:
                            me.pending = size
                            if size > me.largest:
                                me.largest = size
                    if 0 < ahead < _HALF:
                        other.acked = ack
                        if other.pending:
                            _passed(other, ack, ahead)
                    if me.prints is not None:
                        options = b"" if word < 0x8000 else buffer[at + 54 : min(end, at + 66)]
                        if not me.prints.add(time, seq, ack, size, word & 0xFF, identity, options):
                            me.prints = None
                    continue
        slow(time, interface, buffer, start, end, wire)
    return plain, latest


def _passed(other: Side, ack: int, ahead: int) -> None:
    """Notes how large a segment has passed, as `Flow` does."""
    passed = min(other.pending, ahead)
    if passed > other.largest_acked:
        other.largest_acked = passed
    if ack == other.next:
        other.pending = 0


def _elsewhere(
    buffer: bytes, at: int, end: int, raw: bool, kind: int
) -> tuple[int, int, int, int, int, bytes, int, int, int]:
    """Where what would be an Ethernet header begins, and what the headers hold, for raw IP, one VLAN, and IPv6."""
    if kind == 0x8100 and not raw and end - at >= 58:
        at += 4
    kind, first, size, identity, part, hop, ends, seq, ack, word = _FOUR(buffer, at)
    if first == 0x45 and (kind == 0x0800 or raw):
        return at, size, identity, part, hop, ends, seq, ack, word
    if first >> 4 == 6 and (kind == 0x86DD or raw) and end - at >= 74:
        size, hop, ends, seq, ack, word = _SIX(buffer, at)
        return at + 20, size + 20 if size else 0, -1, 0, hop, ends, seq, ack, word
    return at, 0, 0, 0, 0, b"", 0, 0, 0
