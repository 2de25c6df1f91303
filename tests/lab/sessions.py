"""The client's sessions, and what becomes of each: it survives, is reset, or stalls."""

from __future__ import annotations

import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.lab import edges
from tests.lab.case import BULK, Happens, Traffic
from tests.lab.netns import inside
from tests.lab.topology import CLIENT_ADDRESSES, SERVICE, client_address

TRANSFERS = 2
FIRST_PORT = 50000
ROUNDS, CHANGE_AT = 30, 10
"""Segments of a session each way, and the one at which something changes."""
SMALL, BIG = 200, 2500
"""Bytes of a message; a big one takes several segments."""
PATIENCE = 8.0
"""Seconds without an answer after which a session stalls, whatever the kernel still hopes."""
TIMEOUTS = 3
"""Retransmission timeouts in a row that make a stall: 1.4 seconds (RFC 6298), many round trips here."""
OTHER_TTL, OTHER_TOS = 50, 0x10
"""The TTL after a path change, and "low delay", which OpenSSH set for a terminal until 7.8."""
_IP_MTU_DISCOVER, _IP_PMTUDISC_DONT = 10, 0  # linux/in.h; the socket module does not name them


def outcomes(
    traffic: Traffic, family: int, port: int = edges.PORT, first: int = FIRST_PORT, patience: float = PATIENCE
) -> Counter[str]:  # fmt: skip
    """How many sessions to a port of the service ended how, by the values of `Happens`; the client's own ports
    begin at `first`."""
    count = TRANSFERS if traffic in BULK else CLIENT_ADDRESSES
    with ThreadPoolExecutor(count) as pool:
        found = pool.map(
            lambda number: _outcome(traffic, family, number, port, first + number, patience), range(count)
        )  # fmt: skip
        return Counter(happens.value for happens in found)


def _outcome(
    traffic: Traffic, family: int, number: int, port: int, own_port: int, patience: float
) -> Happens:
    kind = socket.AF_INET if family == 4 else socket.AF_INET6
    with inside("client"):
        session = socket.socket(kind, socket.SOCK_STREAM)
    try:
        with session:
            session.settimeout(patience)
            session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if traffic is Traffic.NO_DF:
                session.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, _IP_PMTUDISC_DONT)
            session.bind((client_address(number, family), own_port))
            session.connect((SERVICE[family], port))
            if traffic is Traffic.UPLOAD:
                return _upload(session)
            if traffic is Traffic.DOWNLOAD:
                return _download(session, own_port)
            return _talk(session, traffic, family)
    except TimeoutError:
        return Happens.STALL
    except (ConnectionResetError, ConnectionRefusedError, BrokenPipeError):
        return Happens.RESET


def _talk(session: socket.socket, traffic: Traffic, family: int) -> Happens:
    session.sendall(edges.TALK)
    for number in range(ROUNDS):
        if number == CHANGE_AT:
            _change(session, traffic, family)
        big = traffic in (Traffic.NO_DF, Traffic.BIG) and number >= CHANGE_AT
        message = bytes(BIG if big else SMALL)
        session.sendall(message)
        _receive(session, len(message))
    return Happens.SURVIVE


def _change(session: socket.socket, traffic: Traffic, family: int) -> None:
    if traffic is Traffic.TTL:
        if family == 4:
            session.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, OTHER_TTL)
        else:
            session.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, OTHER_TTL)
    elif traffic is Traffic.DSCP:
        if family == 4:
            session.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, OTHER_TOS)
        else:
            session.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, OTHER_TOS)


def _receive(session: socket.socket, size: int) -> None:
    while size:
        data = session.recv(size)
        if not data:
            raise ConnectionResetError
        size -= len(data)


def _stalled(sender: socket.socket | None, until: float) -> bool:
    """Whether a transfer stalls: its oldest segment was sent again and again (`tcpi_retransmits` in
    linux/tcp.h), or patience is at its end."""
    if sender is not None:
        info = sender.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)
        if info[2] >= TIMEOUTS:
            return True
    time.sleep(0.01)
    return time.monotonic() > until


def _upload(session: socket.socket) -> Happens:
    session.setblocking(False)
    left, until = memoryview(edges.UPLOAD + bytes(edges.SIZE)), time.monotonic() + PATIENCE
    answer = b""
    while len(answer) < len(edges.DONE):
        try:
            if left:
                left = left[session.send(left[:65536]) :]
            else:
                answer += session.recv(16)
        except BlockingIOError:
            if _stalled(session, until):
                return Happens.STALL
    return Happens.SURVIVE


def _download(session: socket.socket, port: int) -> Happens:
    session.sendall(edges.DOWNLOAD)
    session.setblocking(False)
    left, until = edges.SIZE, time.monotonic() + PATIENCE
    while left:
        try:
            data = session.recv(65536)
            if not data:
                return Happens.RESET
            left -= len(data)
        except BlockingIOError:
            if _stalled(edges.senders.get(port), until):
                return Happens.STALL
    return Happens.SURVIVE
