"""An Ethernet cable between two namespaces: what goes in at one end comes out at the other, bit for bit.

A veth pair hands over the sender's own packet, with the hash of its socket, which multipath then uses instead of
the header (`skb->l4_hash`, include/net/ip_fib.h); from a real cable the kernel sees a header and nothing else. So
this one carries bytes. It can also lose packets, as a real one does.
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
import threading
from collections.abc import Callable

from tests.lab.netns import inside

_TUNSETIFF, _IFF_TAP_NO_PI = 0x400454CA, 0x1002

Loses = Callable[[bytes], bool]
"""Whether the cable loses a frame that goes from its first to its second end."""


def _end(namespace: str, name: str) -> int:
    with inside(namespace):
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH14x", name.encode(), _IFF_TAP_NO_PI))
    return descriptor


class Cable(threading.Thread):
    """A cable whose ends are the TAP devices (namespace, name) `first` and `second`."""

    def __init__(self, first: tuple[str, str], second: tuple[str, str], loses: Loses) -> None:
        super().__init__(daemon=True)
        self.ends = _end(*first), _end(*second)
        self.loses = loses

    def run(self) -> None:
        """Carries frames for as long as the process lives."""
        one, two = self.ends
        other = {one: two, two: one}
        while True:
            for end in select.select(self.ends, [], [])[0]:
                self._carry(end, other[end])

    def _carry(self, end: int, to: int) -> None:
        for _ in range(64):
            try:
                frame = os.read(end, 65535)
            except OSError:  # nothing more, or the device is not up yet
                return
            if end == self.ends[0] and self.loses(frame):
                continue
            try:
                os.write(to, frame)
            except OSError:  # the other end is down
                return
