"""What goes through the router, seen at its interfaces: which packets came in, and which of them went out again."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from collections import Counter

from tests.lab.netns import inside

_ETH_P_ALL, _ETH_P_IP = 3, 0x0800
_PACKET_OUTGOING = 4
_TCP, _UDP, _ICMP = 6, 17, 1
_SYN, _ACK = 0x02, 0x10
PROBE_PORT = 9
"""The UDP port of the probes of 1500 bytes that may not be fragmented."""


QUIET = 4
"""Looks in a row that find nothing left to count; a busy machine lets the counting threads wait."""


def kind_of(packet: bytes) -> str | None:
    """What an IPv4 packet is for the verdicts; None for the rest of the session."""
    if len(packet) < 28 or packet[0] >> 4 != 4:
        return None
    body = packet[(packet[0] & 15) * 4 :]
    protocol = packet[9]
    if protocol == _ICMP and body[:2] == b"\x03\x04":
        return "too big"
    if protocol == _UDP and struct.unpack_from("!H", body, 2)[0] == PROBE_PORT:
        return "probe"
    if protocol != _TCP or len(body) < 20 or not body[13] & _SYN:
        return None
    source, destination = struct.unpack_from("!HH", body)
    return f"reply {source}" if body[13] & _ACK else f"syn {destination}"


class Sight(threading.Thread):
    """Counts what comes and goes at one interface, by direction and kind."""

    def __init__(self, namespace: str, device: str) -> None:
        super().__init__(daemon=True)
        self.seen: Counter[str] = Counter()
        with inside(namespace):
            self._socket = socket.socket(
                socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ETH_P_ALL)
            )
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self._socket.bind((device, _ETH_P_ALL))

    def run(self) -> None:
        """Counts for as long as the process lives."""
        while True:
            packet, (_, protocol, direction, *_rest) = self._socket.recvfrom(256)
            kind = kind_of(packet) if protocol == _ETH_P_IP else None
            if kind is not None:
                way = "out" if direction == _PACKET_OUTGOING else "in"
                self.seen[f"{kind} {way}"] += 1

    def is_through(self) -> bool:
        """Whether nothing waits to be counted."""
        return not select.select([self._socket], [], [], 0)[0]


def watch(namespace: str, devices: tuple[str, ...]) -> list[Sight]:
    """Starts to count at these interfaces of one router."""
    found = [Sight(namespace, device) for device in devices]
    for one in found:
        one.start()
    return found


def total(sights: list[Sight]) -> dict[str, int]:
    """What all interfaces of the router together have seen, once all of it is counted."""
    quiet = 0
    while quiet < QUIET:
        time.sleep(0.05)
        quiet = quiet + 1 if all(one.is_through() for one in sights) else 0
    return dict(sum((one.seen for one in sights), Counter()))
