"""The anycast edges: one address, one real TCP server each; sessions that an edge does not know are the kernel's to
reset (RFC 9293, 3.10.7.1)."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from tests.lab.netns import inside
from tests.lab.topology import SERVICE

PORT = 443
UPLOAD, DOWNLOAD, TALK = b"U", b"D", b"T"
"""The first byte of a session says what it is."""
SIZE = 200_000
"""Bytes of a big transfer."""
DONE = b"done"

used: set[str] = set()
"""The edges that took a session."""
senders: dict[int, socket.socket] = {}
"""The edge's side of each transfer from it, by the client's port."""


def start(edge: str, family: int, port: int = PORT) -> None:
    """Starts the edge's server on a port; it ends with the process."""
    kind = socket.AF_INET if family == 4 else socket.AF_INET6
    with inside(edge):
        listener = socket.socket(kind, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((SERVICE[family], port))
    listener.listen(64)
    threading.Thread(target=_accept, args=(edge, listener), daemon=True).start()


def _accept(edge: str, listener: socket.socket) -> None:
    while True:
        session, _ = listener.accept()
        used.add(edge)
        threading.Thread(target=_serve, args=(session,), daemon=True).start()


def _serve(session: socket.socket) -> None:
    with session, suppress(OSError):  # a reset ends the session here too
        session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        kind = session.recv(1)
        if kind == TALK:
            while data := session.recv(65535):
                session.sendall(data)
        elif kind == UPLOAD:
            left = SIZE
            while left and (data := session.recv(min(left, 65535))):
                left -= len(data)
            session.sendall(DONE)
        elif kind == DOWNLOAD:
            senders[session.getpeername()[1]] = session
            session.sendall(bytes(SIZE))
            session.recv(1)
