"""From captured bytes to what a session is made of: TCP segments, and ICMP errors that quote one.

Lengths come from the IP header, not from what was captured: a snap length of 64 bytes still gives sizes.
What is cut off, or of a kind that is not read, is a word that says so, to be counted.
Numbers: IEEE 802 ether types, IANA protocol numbers, tcpdump.org link types.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import NamedTuple

FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10

_IP4 = Struct("!BxHHHBBxx4s4s").unpack_from
_IP6 = Struct("!IHBB16s16s").unpack_from
_TCP = Struct("!HHIIBBH").unpack_from
_WORD = Struct("!H").unpack_from
_TWO = Struct("!HH").unpack_from
_PORTS = Struct("!HH").pack

_DEEPEST = 8
"""Encapsulations inside each other that are followed."""
_VLAN_TYPES = frozenset((0x8100, 0x88A8, 0x9100, 0x9200))
_EXTENSIONS = frozenset((0, 43, 60, 135, 139, 140))

COOKED_2 = 276
"""Linux cooked capture, version 2: the one that names the interface of each packet."""
LINKS = {
    0: "loopback", 1: "Ethernet", 9: "PPP", 12: "raw IP", 14: "raw IP", 50: "PPP", 51: "PPPoE", 101: "raw IP",
    104: "Cisco HDLC", 108: "loopback", 113: "Linux cooked", 228: "IPv4", 229: "IPv6", 276: "Linux cooked v2",
}  # fmt: skip
"""Link types that are read."""


class Segment(NamedTuple):
    """A TCP segment. Addresses are 4 or 16 bytes; `identity` is the IP-ID, -1 for IPv6; `size` the payload in
    bytes; `total` the IP packet in bytes; `options` the captured bytes of the TCP options; `link` the
    interface that the capture names, -1 where it names none."""

    source: bytes
    target: bytes
    source_port: int
    target_port: int
    seq: int
    ack: int
    flags: int
    window: int
    size: int
    total: int
    ttl: int
    identity: int
    options: bytes
    link: int


class IcmpError(NamedTuple):
    """An ICMP error, with the session that the packet it quotes belongs to. `mtu` is 0 where not given.
    `source` is who says so."""

    source: bytes
    kind: int
    code: int
    mtu: int
    quoted: tuple[bytes, bytes, int, int]
    quoted_seq: int
    quoted_total: int
    ttl: int


Decoded = Segment | IcmpError | str


def decode(link: int, buffer: bytes, start: int, end: int, wire: int) -> Decoded:
    """What lies in `buffer[start:end]`; a string says why it is neither a segment nor an ICMP error."""
    reader = _READERS.get(link)
    if reader is None:
        return f"link type {link}"
    try:
        return reader(buffer, start, end, wire, -1, 0)
    except IndexError:
        return "cut off"


def _ethernet(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    if end - at < 14:
        return "cut off"
    # the case of nearly all packets, without a call in between
    if buffer[at + 12] == 8 and buffer[at + 13] == 0:
        return _ip4(buffer, at + 14, end, wire - 14, link, depth)
    kind = _WORD(buffer, at + 12)[0]
    return _ether_type(kind, buffer, at + 14, end, wire - 14, link, depth)


def _ether_type(
    kind: int, buffer: bytes, at: int, end: int, wire: int, link: int, depth: int
) -> Decoded:
    if depth > _DEEPEST:
        return "too many encapsulations"
    if kind == 0x0800:
        return _ip4(buffer, at, end, wire, link, depth)
    if kind == 0x86DD:
        return _ip6(buffer, at, end, wire, link, depth)
    if kind in _VLAN_TYPES:
        if end - at < 4:
            return "cut off"
        return _ether_type(_WORD(buffer, at + 2)[0], buffer, at + 4, end, wire - 4, link, depth + 1)
    if kind in (0x8847, 0x8848):
        return _mpls(buffer, at, end, wire, link, depth + 1)
    if kind == 0x8864:
        return _ppp(buffer, at + 6, end, wire - 6, link, depth + 1)
    if kind == 0x6558:
        return _ethernet(buffer, at, end, wire, link, depth + 1)
    if kind == 0x880B:
        return _ppp(buffer, at, end, wire, link, depth + 1)
    return "not IP"


def _mpls(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    first = at
    while at + 4 <= end and at - first < 64:
        bottom = buffer[at + 2] & 1
        at += 4
        if bottom:
            wire -= at - first
            version = buffer[at] >> 4 if at < end else 0
            if version == 4:
                return _ip4(buffer, at, end, wire, link, depth)
            if version == 6:
                return _ip6(buffer, at, end, wire, link, depth)
            if depth > _DEEPEST:
                return "too many encapsulations"
            # a pseudowire's control word begins with a zero nibble (RFC 4385)
            return _ethernet(buffer, at + 4, end, wire - 4, link, depth + 1)
    return "cut off"


def _ppp(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    if end - at < 4:
        return "cut off"
    if buffer[at] == 0xFF and buffer[at + 1] == 0x03:  # HDLC-like framing (RFC 1662)
        at, wire = at + 2, wire - 2
    if buffer[at] & 1:  # compressed protocol field
        kind, at, wire = buffer[at], at + 1, wire - 1
    else:
        kind, at, wire = _WORD(buffer, at)[0], at + 2, wire - 2
    if kind == 0x21:
        return _ip4(buffer, at, end, wire, link, depth)
    if kind == 0x57:
        return _ip6(buffer, at, end, wire, link, depth)
    return "not IP"


def _pppoe(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    return _ppp(buffer, at + 6, end, wire - 6, link, depth)


def _hdlc(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    if end - at < 4:
        return "cut off"
    return _ether_type(_WORD(buffer, at + 2)[0], buffer, at + 4, end, wire - 4, link, depth)


def _raw(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    version = buffer[at] >> 4 if at < end else 0
    if version == 4:
        return _ip4(buffer, at, end, wire, link, depth)
    return _ip6(buffer, at, end, wire, link, depth) if version == 6 else "not IP"


def _loopback(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    # the family's number differs between systems and byte orders; the version nibble does not
    return _raw(buffer, at + 4, end, wire - 4, link, depth)


def _cooked(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    if end - at < 16:
        return "cut off"
    return _ether_type(_WORD(buffer, at + 14)[0], buffer, at + 16, end, wire - 16, link, depth)


def _cooked_2(buffer: bytes, at: int, end: int, wire: int, _: int, depth: int) -> Decoded:
    if end - at < 20:
        return "cut off"
    link = int.from_bytes(buffer[at + 4 : at + 8], "big")
    return _ether_type(_WORD(buffer, at)[0], buffer, at + 20, end, wire - 20, link, depth)


def _ip4(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    if end - at < 20:
        return "cut off"
    first, total, identity, fragment, ttl, protocol, source, target = _IP4(buffer, at)
    header = (first & 15) * 4
    if first >> 4 != 4 or header < 20:
        return "not IP"
    if total < header:
        total = wire  # what offloading hands to the capture has no length yet
    if fragment & 0x1FFF:
        return "later fragment of a TCP packet" if protocol == 6 else "later fragment"
    if protocol == 6:
        return _tcp(
            buffer, at + header, end, total - header, total, source, target, ttl, identity, link
        )
    if protocol == 1:
        return _icmp4(buffer, at + header, end, source, ttl)
    return _inner(protocol, buffer, at + header, end, wire - header, link, depth)


def _ip6(buffer: bytes, at: int, end: int, wire: int, link: int, depth: int) -> Decoded:
    if end - at < 40:
        return "cut off"
    _, length, protocol, ttl, source, target = _IP6(buffer, at)
    total = length + 40 if length else wire
    rest, at = total - 40, at + 40
    while protocol in _EXTENSIONS or protocol == 44:
        if end - at < 8:
            return "cut off"
        if protocol == 44 and _WORD(buffer, at + 2)[0] & 0xFFF8:
            return "later fragment of a TCP packet" if buffer[at] == 6 else "later fragment"
        size = 8 if protocol == 44 else (buffer[at + 1] + 1) * 8
        protocol, at, rest = buffer[at], at + size, rest - size
    if protocol == 6:
        return _tcp(buffer, at, end, rest, total, source, target, ttl, -1, link)
    if protocol == 58:
        return _icmp6(buffer, at, end, source, ttl)
    return _inner(protocol, buffer, at, end, rest, link, depth)


def _inner(
    protocol: int, buffer: bytes, at: int, end: int, wire: int, link: int, depth: int
) -> Decoded:
    """What tunnels carry: IP in IP and GRE (RFC 2784, 2890)."""
    if depth > _DEEPEST:
        return "too many encapsulations"
    if protocol == 4:
        return _ip4(buffer, at, end, wire, link, depth + 1)
    if protocol == 41:
        return _ip6(buffer, at, end, wire, link, depth + 1)
    if protocol == 47:
        if end - at < 4:
            return "cut off"
        flags, kind = _WORD(buffer, at)[0], _WORD(buffer, at + 2)[0]
        size = 4 + 4 * (bool(flags & 0x8000) + bool(flags & 0x2000) + bool(flags & 0x1000))
        size += 4 * bool(flags & 0x0080)  # the acknowledgment of version 1 (PPTP, RFC 2637)
        return _ether_type(kind, buffer, at + size, end, wire - size, link, depth + 1)
    return {17: "UDP", 50: "encrypted (ESP)"}.get(protocol, "not TCP")


def _tcp(
    buffer: bytes, at: int, end: int, rest: int, total: int,
    source: bytes, target: bytes, ttl: int, identity: int, link: int,
) -> Decoded:  # fmt: skip
    if end - at < 16:
        return "cut off"
    source_port, target_port, seq, ack, offset, flags, window = _TCP(buffer, at)
    header = (offset >> 4) * 4
    if header < 20:
        return "not TCP"
    stop = at + header
    options = buffer[at + 20 : stop if stop < end else end] if header > 20 else b""
    size = rest - header
    values = (
        source, target, source_port, target_port, seq, ack, flags, window,
        size if size > 0 else 0, total, ttl, identity, options, link,
    )  # fmt: skip
    return tuple.__new__(Segment, values)  # half the time of calling the class


def _icmp4(buffer: bytes, at: int, end: int, source: bytes, ttl: int) -> Decoded:
    if end - at < 8:
        return "cut off"
    kind, code = buffer[at], buffer[at + 1]
    if kind not in (3, 11):
        return "ICMP"
    mtu = _WORD(buffer, at + 6)[0] if (kind, code) == (3, 4) else 0
    inner = at + 8
    if end - inner < 28:
        return "cut off"
    first, total, _, _, _, protocol, quoted, target = _IP4(buffer, inner)
    ports = inner + (first & 15) * 4
    if protocol != 6 or first >> 4 != 4 or end - ports < 8:
        return "ICMP"
    return _quote(buffer, ports, source, kind, code, mtu, quoted, target, total, ttl)


def _icmp6(buffer: bytes, at: int, end: int, source: bytes, ttl: int) -> Decoded:
    if end - at < 8:
        return "cut off"
    kind, code = buffer[at], buffer[at + 1]
    if kind not in (1, 2, 3):
        return "ICMP"
    mtu = int.from_bytes(buffer[at + 4 : at + 8], "big") if kind == 2 else 0
    inner = at + 8
    if end - inner < 48:
        return "cut off"
    _, length, protocol, _, quoted, target = _IP6(buffer, inner)
    if protocol != 6:
        return "ICMP"
    return _quote(buffer, inner + 40, source, kind, code, mtu, quoted, target, length + 40, ttl)


def _quote(
    buffer: bytes, at: int, source: bytes, kind: int, code: int, mtu: int,
    quoted: bytes, target: bytes, total: int, ttl: int,
) -> IcmpError:  # fmt: skip
    source_port, target_port = _WORD(buffer, at)[0], _WORD(buffer, at + 2)[0]
    seq = int.from_bytes(buffer[at + 4 : at + 8], "big")
    return IcmpError(
        source, kind, code, mtu, (quoted, target, source_port, target_port), seq, total, ttl
    )


def joined(source: bytes, target: bytes, source_port: int, target_port: int) -> bytes:
    """The two ends of a packet as they lie in it where no IP option stands between: addresses, then ports."""
    return source + target + _PORTS(source_port, target_port)


def parted(ends: bytes) -> tuple[bytes, bytes, int, int]:
    """What was joined."""
    half = (len(ends) - 4) // 2
    source_port, target_port = _TWO(ends, 2 * half)
    return ends[:half], ends[half:-4], source_port, target_port


def turned(ends: bytes) -> bytes:
    """The ends of an answer."""
    half = (len(ends) - 4) // 2
    return ends[half:-4] + ends[:half] + ends[-2:] + ends[-4:-2]


def mss_of(options: bytes) -> int | None:
    """The maximum segment size in TCP options; None where there is none."""
    at = 0
    while at + 1 < len(options) and options[at] != 0:
        if options[at] == 1:
            at += 1
            continue
        if options[at] == 2 and options[at + 1] == 4 and at + 4 <= len(options):
            return options[at + 2] << 8 | options[at + 3]
        at += max(2, options[at + 1])
    return None


def stamp_of(options: bytes) -> int | None:
    """The sender's clock in the timestamps option (RFC 7323); None where there is none."""
    if options[:4] == b"\x01\x01\x08\x0a" and len(options) >= 8:
        return int.from_bytes(options[4:8], "big")
    at = 0
    while at + 1 < len(options) and options[at] != 0:
        if options[at] == 1:
            at += 1
            continue
        if options[at] == 8 and at + 6 <= len(options):
            return int.from_bytes(options[at + 2 : at + 6], "big")
        at += max(2, options[at + 1])
    return None


_READERS: dict[int, Callable[[bytes, int, int, int, int, int], Decoded]] = {
    0: _loopback, 1: _ethernet, 9: _ppp, 12: _raw, 14: _raw, 50: _ppp, 51: _pppoe, 101: _raw, 104: _hdlc,
    108: _loopback, 113: _cooked, 228: _raw, 229: _raw, 276: _cooked_2,
}  # fmt: skip
