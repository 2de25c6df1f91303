"""What the cable loses: segments of a session, until the sender changes the session's IPv6 flow label."""

from __future__ import annotations

import struct

_ETHERNET = 14
_IPV6_TCP = struct.Struct("!IHB33xH")
"""Version, class and flow label; payload length; next header; then the TCP source port."""
_KEPT = 5
"""Segments with data of each session that get through first."""


def nothing(_frame: bytes) -> bool:
    """A cable that loses nothing."""
    return False


class UntilTheLabelChanges:
    """Loses every segment with data of a session after the first few while the flow label is the one that the
    session began with: Linux takes another after a retransmission timeout (net.ipv6.auto_flowlabels)."""

    def __init__(self) -> None:
        self.labels: dict[int, int] = {}
        self.passed: dict[int, int] = {}

    def __call__(self, frame: bytes) -> bool:
        """Whether the frame is lost."""
        if len(frame) < _ETHERNET + 60 or frame[12:14] != b"\x86\xdd":
            return False
        first, length, following, port = _IPV6_TCP.unpack_from(frame, _ETHERNET)
        header = (frame[_ETHERNET + 52] >> 4) * 4
        if following != 6 or length <= header:
            return False
        label = first & 0xFFFFF
        if label != self.labels.setdefault(port, label):
            return False
        self.passed[port] = self.passed.get(port, 0) + 1
        return self.passed[port] > _KEPT
