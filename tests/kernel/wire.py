"""Packets as bytes (RFC 791, 8200, 9293, 768, 792, 4443), and what comes back out of the kernel."""

from __future__ import annotations

import ipaddress
import struct
from typing import NamedTuple

from rules.packets.packet import Packet

TCP, UDP, ICMP4, ICMP6 = 6, 17, 1, 58
TAG = struct.Struct("!I")
FRAGMENT = 44
RST = 4
ROUTER = tuple(ipaddress.ip_address(text).packed for text in ("198.51.100.1", "2001:db8:ffff::1"))
"""The router's own addresses (tests/kernel/router.py)."""


def _sum(data: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    if len(data) % 2:
        data += b"\0"
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _addresses(packet: Packet) -> bytes:
    size = 4 if packet.family == 4 else 16
    return packet.src.to_bytes(size, "big") + packet.dst.to_bytes(size, "big")


def _pseudo(packet: Packet, length: int) -> bytes:
    if packet.family == 4:
        return _addresses(packet) + struct.pack("!BBH", 0, packet.protocol, length)
    return _addresses(packet) + struct.pack("!IxxxB", length, packet.protocol)


def _transport(packet: Packet, tag: int) -> bytes:
    payload = TAG.pack(tag) * 2
    if packet.protocol == TCP:
        head = struct.pack(
            "!HHIIBBHHH", packet.src_port, packet.dst_port, 1, 0, 5 << 4, packet.flags, 8192, 0, 0
        )
        at = 16
    elif packet.protocol == UDP:
        head = struct.pack("!HHHH", packet.src_port, packet.dst_port, 8 + len(payload), 0)
        at = 6
    elif packet.protocol in (ICMP4, ICMP6):
        head = struct.pack("!BBHHH", packet.icmp_type, packet.icmp_code, 0, 7, tag & 0xFFFF)
        at = 2
    else:
        return payload
    body = bytearray(head + payload)
    pseudo = b"" if packet.protocol == ICMP4 else _pseudo(packet, len(body))
    struct.pack_into("!H", body, at, _sum(pseudo + bytes(body)) or 0xFFFF)
    return bytes(body)


def encode(packet: Packet, tag: int) -> bytes:
    """The packet on the wire, with `tag` (32 bits) as its payload."""
    body = _transport(packet, tag)
    if packet.family == 6:
        following = packet.protocol
        if packet.later_fragment:
            body = struct.pack("!BxHI", following, 185 << 3, tag) + body
            following = FRAGMENT
        return struct.pack("!IHBB", 6 << 28, len(body), following, 64) + _addresses(packet) + body
    offset = 185 if packet.later_fragment else 0
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), tag & 0xFFFF, offset, 64, packet.protocol, 0)  # fmt: skip
    whole = bytearray(head + _addresses(packet))
    struct.pack_into("!H", whole, 10, _sum(bytes(whole)))
    return bytes(whole) + body


class Seen(NamedTuple):
    """A packet that came out: `tag` of one that was forwarded, else `reply` is `reset` or `icmp-error` and `to`
    the address and port (0 where it has none) that it answers."""

    tag: int | None
    reply: str | None = None
    to: tuple[int, int] = (0, 0)


def decode(data: bytes) -> Seen | None:
    """What a packet that came out is; None for noise of the kernel's own."""
    version = data[0] >> 4
    if version == 4:
        start, protocol = (data[0] & 15) * 4, data[9]
        src, dst = data[12:16], int.from_bytes(data[16:20], "big")
    elif version == 6:
        start, protocol = 40, data[6]
        src, dst = data[8:24], int.from_bytes(data[24:40], "big")
    else:
        return None
    body = data[start:]
    if src in ROUTER:  # an error of the router's own quotes the packet, tag and all
        return Seen(None, "icmp-error", (dst, 0)) if protocol in (ICMP4, ICMP6) else None
    if len(body) >= 8 and body[-4:] == body[-8:-4]:
        return Seen(TAG.unpack(body[-4:])[0])
    if protocol == TCP and len(body) >= 20 and body[13] & RST:
        return Seen(None, "reset", (dst, struct.unpack("!H", body[2:4])[0]))
    return None
