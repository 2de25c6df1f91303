"""Real transfers that are cut while data flows: git over HTTPS, git:// and SSH, through a relay that misbehaves.

Part of `clients_lab`: the servers are git's own (http-backend, daemon) and OpenSSH's, on 127.0.0.1.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import struct
import subprocess
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.kernel.router import run

_AFTER = 200_000
"""Bytes of the server that a relay lets through before it cuts; more than any exchange before the pack."""
WEB, DAEMON, QUIET = 9300, 9301, 9201
"""`QUIET` is a port of the SSH server that goes silent in the middle of a session."""
RELAYS = {"reset-in-pack": 9310, "cut-in-pack": 9311, "reset-in-git": 9312, "reset-in-ssh": 9313}


class _Backend(BaseHTTPRequestHandler):
    """Hands requests to git's own CGI program."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        told = {
            "GIT_PROJECT_ROOT": os.environ["LAB_FOLDER"], "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path,
            "QUERY_STRING": query, "REQUEST_METHOD": self.command, "PATH": os.environ["PATH"],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "HOME": os.environ["LAB_FOLDER"],
        }  # fmt: skip
        done = subprocess.run(
            ["git", "http-backend"], input=body, env=told, capture_output=True, check=False
        )
        head, _, rest = done.stdout.partition(b"\r\n\r\n")
        size = b"\r\nContent-Length: %d\r\n\r\n" % len(rest)
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.0 200 OK\r\n" + head + size + rest)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _relay(port: int, to: int, reset: bool) -> None:
    """Carries bytes to `to`, and cuts the session when enough came back: with a reset, or by ending it."""
    listener = socket.create_server(("127.0.0.1", port))

    def up(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)

    def carry(near: socket.socket) -> None:
        far = socket.create_connection(("127.0.0.1", to))
        threading.Thread(target=up, args=(near, far), daemon=True).start()
        left = _AFTER
        with suppress(OSError):
            while left > 0 and (data := far.recv(min(left, 16384))):
                near.sendall(data)
                left -= len(data)
        time.sleep(0.2)
        if reset and left <= 0:
            near.shutdown(socket.SHUT_RD)  # the other thread lets go of it
            time.sleep(0.1)
            near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            with suppress(OSError):
                near.shutdown(socket.SHUT_RDWR)
        near.close()

    def serve() -> None:
        while True:
            near, _ = listener.accept()
            threading.Thread(target=carry, args=(near,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()


def _repository(folder: Path) -> None:
    """A repository whose pack is larger than what relays let through."""
    work = folder / "work"
    run("git", "init", "-q", str(work))
    (work / "noise").write_bytes(os.urandom(2_000_000))
    who = ("-c", "user.name=lab", "-c", "user.email=lab@lab")
    run("git", "-C", str(work), "add", "noise")
    run("git", "-C", str(work), *who, "commit", "-q", "-m", "noise")
    run("git", "clone", "-q", "--bare", str(work), str(folder / "r.git"))
    shutil.rmtree(work)


def start(folder: Path, context: ssl.SSLContext, sshd: int) -> None:
    """Starts the servers, and the relays before them; `sshd` is the port of an SSH server that lets root in."""
    os.environ["LAB_FOLDER"] = str(folder)
    _repository(folder)
    web = ThreadingHTTPServer(("127.0.0.1", WEB), _Backend)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    subprocess.Popen(
        ["git", "daemon", "--export-all", f"--base-path={folder}", f"--port={DAEMON}", "--listen=127.0.0.1"],
        stderr=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )  # fmt: skip
    for name, to in (("reset-in-pack", WEB), ("cut-in-pack", WEB), ("reset-in-git", DAEMON), ("reset-in-ssh", sshd)):  # fmt: skip
        _relay(RELAYS[name], to, name.startswith("reset"))
    time.sleep(0.5)


def clients(folder: Path, name: str, git: str, ssh: str) -> dict[str, str]:
    """What is run, by the name of its log."""
    key, far = f"{ssh} -i {folder}/client_key", f"root@{name}"
    web, cut, plain, shell = (RELAYS[n] for n in RELAYS)
    objects = f"cat {folder}/r.git/objects/pack/* {folder}/r.git/objects/??/*; sleep 1"
    quiet = f"nft add element ip lab quiet {{ {QUIET} }}; sleep 9"
    return {
        "reset-in-pack.git": f"{git} clone https://{name}:{web}/r.git {folder}/c1",
        "cut-in-pack.git": f"{git} clone https://{name}:{cut}/r.git {folder}/c2",
        "reset-in-pack.git-protocol": f"git clone git://{name}:{plain}/r.git {folder}/c3",
        "reset-in-pack.git-ssh": f"env 'GIT_SSH_COMMAND={key}' git clone ssh://{far}:{shell}{folder}/r.git {folder}/c4",
        "reset-in-session.ssh": f"{key} -p {shell} {far} '{objects}'",
        "silent-session.ssh": f"{key} -o ServerAliveInterval=1 -o ServerAliveCountMax=2 -p {QUIET} {far} '{quiet}'",
    }
