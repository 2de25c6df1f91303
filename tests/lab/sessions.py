"""The client's sessions, and what becomes of each: it survives, is reset, or stalls."""

from __future__ import annotations

import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.lab import edges
from tests.lab.case import Traffic
from tests.lab.netns import inside
from tests.lab.topology import SERVICE

SESSIONS, TRANSFERS = 16, 2
ROUNDS, CHANGE_AT = 30, 10
"""Segments of a session each way, and the one at which something changes."""
SMALL, BIG = 200, 2500
"""Bytes of a message; a big one takes several segments."""
PATIENCE = 8.0
"""Seconds without an answer after which a session stalls, whatever the kernel still hopes."""
TIMEOUTS = 3
"""Retransmission timeouts in a row that make a stall: 1.4 seconds (RFC 6298), many round trips here."""
OTHER_TTL, OTHER_DSCP = 50, 0x20
"""The TTL after a path change, and the TOS byte of class CS1, which OpenSSH sets for bulk data."""
_IP_MTU_DISCOVER, _IP_PMTUDISC_DONT = 10, 0  # linux/in.h; the socket module does not name them


def outcomes(traffic: Traffic, family: int) -> Counter[str]:
    """How many sessions ended how: `survive`, `reset`, `stall`."""
    bulk = traffic in (Traffic.UPLOAD, Traffic.DOWNLOAD)
    count = TRANSFERS if bulk else SESSIONS
    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(lambda _: _outcome(traffic, family), range(count)))


def _outcome(traffic: Traffic, family: int) -> str:
    kind = socket.AF_INET if family == 4 else socket.AF_INET6
    with inside("client"):
        session = socket.socket(kind, socket.SOCK_STREAM)
    try:
        with session:
            session.settimeout(PATIENCE)
            session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if traffic is Traffic.FRAGMENTS:
                session.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, _IP_PMTUDISC_DONT)
            session.connect((SERVICE[family], edges.PORT))
            if traffic is Traffic.UPLOAD:
                return _upload(session)
            if traffic is Traffic.DOWNLOAD:
                return _download(session)
            return _talk(session, traffic, family)
    except TimeoutError:
        return "stall"
    except (ConnectionResetError, ConnectionRefusedError, BrokenPipeError):
        return "reset"


def _talk(session: socket.socket, traffic: Traffic, family: int) -> str:
    session.sendall(edges.TALK)
    for number in range(ROUNDS):
        if number == CHANGE_AT:
            _change(session, traffic, family)
        big = traffic is Traffic.FRAGMENTS and number >= CHANGE_AT
        message = bytes(BIG if big else SMALL)
        session.sendall(message)
        _receive(session, len(message))
    return "survive"


def _change(session: socket.socket, traffic: Traffic, family: int) -> None:
    if traffic is Traffic.TTL:
        if family == 4:
            session.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, OTHER_TTL)
        else:
            session.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, OTHER_TTL)
    elif traffic is Traffic.DSCP:
        if family == 4:
            session.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, OTHER_DSCP)
        else:
            session.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, OTHER_DSCP)


def _receive(session: socket.socket, size: int) -> None:
    while size:
        data = session.recv(size)
        if not data:
            raise ConnectionResetError
        size -= len(data)


def _upload(session: socket.socket) -> str:
    session.setblocking(False)
    left, until = memoryview(edges.UPLOAD + bytes(edges.SIZE)), time.monotonic() + PATIENCE
    answer = b""
    while len(answer) < len(edges.DONE):
        try:
            left = left[session.send(left[:65536]) :] if left else left
            answer += session.recv(16) if not left else b""
        except BlockingIOError:
            if _timeouts(session) >= TIMEOUTS or time.monotonic() > until:
                return "stall"
            time.sleep(0.01)
    return "survive"


def _timeouts(session: socket.socket) -> int:
    """The retransmission timeouts of the oldest segment so far (`tcpi_retransmits`, linux/tcp.h)."""
    return session.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)[2]


def _download(session: socket.socket) -> str:
    session.settimeout(2.0)  # the sender's timeouts are not seen from here
    session.sendall(edges.DOWNLOAD)
    _receive(session, edges.SIZE)
    return "survive"
