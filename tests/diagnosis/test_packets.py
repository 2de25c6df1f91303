"""Headers: every link type and encapsulation around one segment, cut off anywhere, and ICMP errors."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.diagnosis.packets import LINKS, IcmpError, Segment, decode, mss_of, stamp_of
from tests.diagnosis.wire import (
    ACK,
    CLIENT,
    SERVER,
    SYN,
    ethernet,
    ip4,
    ip6,
    mss,
    packed,
    segment,
    tcp,
)

INNER = segment(True, 7, 9, ACK, 33, options=b"\x01\x01\x08\x0a\0\0\0\x05\0\0\0\x06", identity=77)
SIX = ip6("2001:db8::1", "2401:1d80:32fd::1", 6, tcp(40000, 443, 7, 9, ACK, 33))


def gre(flags: int, kind: int, payload: bytes) -> bytes:
    extra = bin(flags & 0xB000).count("1") * 4
    return struct.pack("!HH", flags, kind) + b"\0" * extra + payload


def ppp(payload: bytes) -> bytes:
    return b"\x00\x21" + payload


AROUND = {
    "Ethernet": (1, ethernet(INNER)),
    "VLAN": (1, ethernet(struct.pack("!HH", 5, 0x0800) + INNER, 0x8100)),
    "QinQ": (1, ethernet(struct.pack("!HHHH", 5, 0x8100, 6, 0x0800) + INNER, 0x88A8)),
    "MPLS": (1, ethernet(struct.pack("!II", 16 << 12 | 64, 17 << 12 | 1 << 8 | 64) + INNER, 0x8847)),
    "MPLS pseudowire": (1, ethernet(struct.pack("!II", 17 << 12 | 1 << 8 | 64, 0) + ethernet(INNER), 0x8847)),
    "PPPoE": (1, ethernet(struct.pack("!BBHH", 0x11, 0, 9, len(INNER) + 2) + ppp(INNER), 0x8864)),
    "VLAN with PPPoE": (1, ethernet(struct.pack("!HH", 7, 0x8864) + b"\x11\0\0\x09\0\x60" + ppp(INNER), 0x8100)),
    "GRE": (1, ethernet(ip4("198.51.100.1", "198.51.100.2", 47, gre(0, 0x0800, INNER)))),
    "GRE with key and sequence": (1, ethernet(ip4("198.51.100.1", "198.51.100.2", 47, gre(0x3000, 0x0800, INNER)))),
    "GRE with Ethernet": (1, ethernet(ip4("198.51.100.1", "198.51.100.2", 47, gre(0, 0x6558, ethernet(INNER))))),
    "PPTP": (101, ip4("198.51.100.1", "198.51.100.2", 47, gre(0x3001, 0x880B, b"\xff\x03" + ppp(INNER)))),
    "IP in IP": (101, ip4("198.51.100.1", "198.51.100.2", 4, INNER)),
    "IP in IPv6": (101, ip6("2001:db8::1", "2001:db8::2", 4, INNER)),
    "raw": (101, INNER),
    "IPv4": (228, INNER),
    "loopback": (0, b"\x02\0\0\0" + INNER),
    "loopback, other order": (108, b"\0\0\0\x02" + INNER),
    "PPP": (9, b"\xff\x03" + ppp(INNER)),
    "PPP, compressed": (50, b"\x21" + INNER),
    "PPPoE alone": (51, b"\x11\0\0\x09\0\x60" + ppp(INNER)),
    "Cisco HDLC": (104, b"\x0f\0\x08\0" + INNER),
    "Linux cooked": (113, b"\0" * 14 + b"\x08\0" + INNER),
    "Linux cooked v2": (276, b"\x08\0\0\0\0\0\0\x03" + b"\0" * 12 + INNER),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(AROUND))
def test_encapsulations(name: str) -> None:
    link, data = AROUND[name]
    seen = decode(link, data, 0, len(data), len(data))
    assert isinstance(seen, Segment), seen
    assert (seen.source, seen.target) == (packed(CLIENT), packed(SERVER))
    assert (seen.source_port, seen.target_port, seen.seq, seen.ack, seen.flags) == (
        40000,
        443,
        7,
        9,
        ACK,
    )
    assert (seen.size, seen.total, seen.ttl, seen.identity) == (33, len(INNER), 64, 77)
    assert stamp_of(seen.options) == 5
    assert seen.link == (3 if link == 276 else -1)


@pytest.mark.parametrize("name", sorted(AROUND))
def test_cut_off_anywhere(name: str) -> None:
    """Nothing raises; sizes come from the header, so a snap length changes none."""
    link, data = AROUND[name]
    for end in range(len(data)):
        seen = decode(link, data, 0, end, len(data))
        assert isinstance(seen, str) or (isinstance(seen, Segment) and seen.size == 33)
        assert isinstance(decode(link, data[:end], 0, end, len(data)), (str, Segment))


def test_every_link_type_that_is_named_is_read() -> None:
    assert {link for link, _ in AROUND.values()} | {12, 14, 229} == set(LINKS)


def test_a_snap_length_of_64_is_enough_for_ethernet() -> None:
    data = ethernet(segment(True, 1, 1, ACK, 1400))
    seen = decode(1, data[:64], 0, 64, len(data))
    assert isinstance(seen, Segment)
    assert seen.size == 1400


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ethernet(b"", 0x0806), "not IP"),
        (ethernet(ip4(CLIENT, SERVER, 17, b"x" * 20)), "UDP"),
        (ethernet(ip4(CLIENT, SERVER, 50, b"x" * 20)), "encrypted (ESP)"),
        (ethernet(ip4(CLIENT, SERVER, 6, b"x" * 20, fragment=0x2001)), "later fragment of a TCP packet"),
        (ethernet(ip4(CLIENT, SERVER, 17, b"x" * 20, fragment=3)), "later fragment"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named(data: bytes, said: str) -> None:
    assert decode(1, data, 0, len(data), len(data)) == said


def test_unknown_link_types_are_named() -> None:
    assert decode(105, b"x" * 40, 0, 40, 40) == "link type 105"


def test_offloaded_segments_have_their_length_from_the_wire() -> None:
    data = bytearray(segment(True, 1, 1, ACK, 5000))
    data[2:4] = b"\0\0"
    seen = decode(101, bytes(data), 0, 100, len(data))
    assert isinstance(seen, Segment)
    assert seen.size == 5000


def test_ipv6_with_extension_headers() -> None:
    inner = tcp(40000, 443, 7, 9, SYN, 0, mss(1440))
    data = ip6("2001:db8::1", "2401:1d80:32fd::1", 0, b"\x3c\0" + b"\0" * 6 + b"\x2c\x01" + b"\0" * 14 + b"\x06\0\0\0\0\0\0\x01" + inner)  # fmt: skip
    seen = decode(101, data, 0, len(data), len(data))
    assert isinstance(seen, Segment), seen
    assert (seen.size, mss_of(seen.options), seen.identity) == (0, 1440, -1)


def test_too_big_in_both_families() -> None:
    four = ip4("203.0.113.1", CLIENT, 1, b"\x03\x04\0\0\0\0\x05\x14" + INNER[:28])
    seen = decode(101, four, 0, len(four), len(four))
    assert seen == IcmpError(
        packed("203.0.113.1"),
        3,
        4,
        1300,
        (packed(CLIENT), packed(SERVER), 40000, 443),
        7,
        len(INNER),
        64,
    )
    six = ip6("2001:db8::fe", "2001:db8::1", 58, b"\x02\0\0\0\0\0\x05\x14" + SIX[:60])
    seen = decode(101, six, 0, len(six), len(six))
    assert isinstance(seen, IcmpError)
    assert (seen.kind, seen.mtu, seen.quoted_total, seen.quoted[2:]) == (
        2,
        1300,
        len(SIX),
        (40000, 443),
    )


def test_options() -> None:
    assert mss_of(b"\x01\x01" + mss(1300)) == 1300
    assert mss_of(b"\x03\x03\x07") is None
    assert mss_of(b"\x02\x04\x05") is None
    assert stamp_of(mss(1460) + b"\x04\x02\x08\x0a\0\0\0\x07\0\0\0\0") == 7
    assert stamp_of(b"\x00\x08\x0a") is None
    assert mss_of(b"\x05\x00" * 6) is None  # a length that leads nowhere


@given(st.sampled_from(sorted(LINKS)), st.binary(max_size=120))
def test_no_bytes_raise(link: int, data: bytes) -> None:
    decode(link, data, 0, len(data), len(data))


@given(st.sampled_from(sorted(AROUND)), st.integers(0, 10_000), st.integers(0, 255))
def test_no_changed_byte_raises(name: str, place: int, value: int) -> None:
    link, data = AROUND[name]
    changed = bytearray(data)
    changed[place % len(data)] = value
    decode(link, bytes(changed), 0, len(changed), len(changed))
