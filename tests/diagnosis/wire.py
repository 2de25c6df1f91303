"""Packets and capture files from raw bytes, for what no lab can be made to send."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterable

CLIENT, SERVER = "192.0.2.10", "104.192.141.1"
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def packed(address: str) -> bytes:
    return ipaddress.ip_address(address).packed


def ip4(
    source: str, target: str, protocol: int, payload: bytes, ttl: int = 64, identity: int = 0, fragment: int = 0x4000
) -> bytes:  # fmt: skip
    head = struct.pack(
        "!BBHHHBBH", 0x45, 0, 20 + len(payload), identity, fragment, ttl, protocol, 0
    )
    return head + packed(source) + packed(target) + payload


def ip6(source: str, target: str, protocol: int, payload: bytes, ttl: int = 64) -> bytes:
    return (
        struct.pack("!IHBB", 6 << 28, len(payload), protocol, ttl)
        + packed(source)
        + packed(target)
        + payload
    )


def tcp(
    source_port: int, target_port: int, seq: int, ack: int, flags: int, size: int = 0, options: bytes = b"", window: int = 500
) -> bytes:  # fmt: skip
    offset = (20 + len(options)) // 4 << 4
    head = struct.pack(
        "!HHIIBBHHH", source_port, target_port, seq, ack, offset, flags, window, 0, 0
    )
    return head + options + b"p" * size


def segment(
    up: bool, seq: int, ack: int, flags: int, size: int = 0, *, ttl: int = 64, port: int = 40000, identity: int = 0,
    options: bytes = b"", server: str = SERVER,
) -> bytes:  # fmt: skip
    """An IP packet of a session between `CLIENT` and `server`, `up` from the client."""
    window = 0 if flags & RST else 500
    if up:
        return ip4(
            CLIENT, server, 6, tcp(port, 443, seq, ack, flags, size, options, window), ttl, identity
        )
    return ip4(
        server, CLIENT, 6, tcp(443, port, seq, ack, flags, size, options, window), ttl, identity
    )


def mss(value: int) -> bytes:
    return struct.pack("!BBH", 2, 4, value)


def ethernet(payload: bytes, kind: int = 0x0800) -> bytes:
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02" + struct.pack("!H", kind) + payload


def pcap(
    packets: Iterable[tuple[float, bytes]], link: int = 101, snap: int = 262144, order: str = "<", nano: bool = False
) -> bytes:  # fmt: skip
    magic, scale = (0xA1B23C4D, 10**9) if nano else (0xA1B2C3D4, 10**6)
    out = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snap, link)
    for time, data in packets:
        kept = data[:snap]
        out += (
            struct.pack(order + "IIII", int(time), round(time % 1 * scale), len(kept), len(data))
            + kept
        )
    return out


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    body += b"\0" * (-len(body) % 4)
    size = len(body) + 12
    return struct.pack(order + "II", kind, size) + body + struct.pack(order + "I", size)


def section(order: str = "<") -> bytes:
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def interface(link: int, name: str = "", order: str = "<", resolution: int | None = None) -> bytes:
    options = b""
    if name:
        raw = name.encode()
        options += struct.pack(order + "HH", 2, len(raw)) + raw + b"\0" * (-len(raw) % 4)
    if resolution is not None:
        options += struct.pack(order + "HHBxxx", 9, 1, resolution)
    return block(1, struct.pack(order + "HHI", link, 0, 262144) + options + b"\0" * 4, order)


def enhanced(number: int, time: float, data: bytes, order: str = "<", units: int = 10**6) -> bytes:
    stamp = round(time * units)
    head = struct.pack(
        order + "IIIII", number, stamp >> 32, stamp & 0xFFFFFFFF, len(data), len(data)
    )
    return block(6, head + data, order)


def handshake(
    port: int = 40000, ttl: int = 55, rtt: float = 0.02, at: float = 1000.0
) -> list[tuple[float, bytes]]:
    """SYN, SYN+ACK, ACK; the client's data begin at 101, the server's at 501."""
    return [
        (at, segment(True, 100, 0, SYN, options=mss(1460), port=port)),
        (at + rtt, segment(False, 500, 101, SYN | ACK, ttl=ttl, options=mss(1436), port=port)),
        (at + rtt + 0.0001, segment(True, 101, 501, ACK, port=port)),
    ]
