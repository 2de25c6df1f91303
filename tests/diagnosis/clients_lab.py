"""Real clients and the faults that make them complain, in a network namespace of its own.

Run as `unshare -nm --propagation private python -m tests.diagnosis.clients_lab FOLDER`; writes what each client prints to
`<fault>.<client>.log`. Servers are on 127.0.0.1, one port for each fault; nothing leaves the namespace.
"""

from __future__ import annotations

import os
import shlex
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.diagnosis import transfers_lab
from tests.kernel.router import run

NAME = "git.lab"
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nContent-Length: 90000\r\n\r\n"
_PACK = b"001e# service=git-upload-pack\n0000"


def _abort(session: socket.socket) -> None:
    """Ends a session with a reset."""
    session.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    socket.socket.close(session)


def _reset_first(session: socket.socket, _: ssl.SSLContext) -> None:
    session.recv(2000)
    _abort(session)


def _close_first(session: socket.socket, _: ssl.SSLContext) -> None:
    session.recv(2000)
    session.close()


def _close_unasked(session: socket.socket, _: ssl.SSLContext) -> None:
    session.close()


def _reset_unasked(session: socket.socket, _: ssl.SSLContext) -> None:
    time.sleep(0.1)
    _abort(session)


def _silent(session: socket.socket, _: ssl.SSLContext) -> None:
    with session, suppress(OSError):
        while session.recv(2000):
            pass


def _strange(session: socket.socket, _: ssl.SSLContext) -> None:
    session.recv(2000)
    session.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://portal/\r\n\r\n")
    session.close()


def _encrypted(
    session: socket.socket, context: ssl.SSLContext, then: Callable[[ssl.SSLSocket], None]
) -> None:
    with suppress(OSError):
        inner = context.wrap_socket(session, server_side=True)
        inner.recv(20_000)
        then(inner)


def _reset_in_body(session: socket.socket, context: ssl.SSLContext) -> None:
    def then(inner: ssl.SSLSocket) -> None:
        inner.sendall(_HTTP + _PACK)
        time.sleep(0.2)
        _abort(inner)

    _encrypted(session, context, then)


def _cut_in_body(session: socket.socket, context: ssl.SSLContext) -> None:
    """The TCP session ends without TLS saying so."""

    def then(inner: ssl.SSLSocket) -> None:
        inner.sendall(_HTTP + _PACK)
        inner.close()

    _encrypted(session, context, then)


def _end_in_body(session: socket.socket, context: ssl.SSLContext) -> None:
    """TLS ends properly, HTTP does not."""

    def then(inner: ssl.SSLSocket) -> None:
        inner.sendall(_HTTP + _PACK)
        with suppress(OSError):
            inner.unwrap()
        inner.close()

    _encrypted(session, context, then)


def _stall_in_body(session: socket.socket, context: ssl.SSLContext) -> None:
    def then(inner: ssl.SSLSocket) -> None:
        inner.sendall(_HTTP + _PACK)
        time.sleep(8)

    _encrypted(session, context, then)


def _nothing_said(session: socket.socket, context: ssl.SSLContext) -> None:
    """TLS is up and ends before an answer."""

    def then(inner: ssl.SSLSocket) -> None:
        with suppress(OSError):
            inner.unwrap()
        inner.close()

    _encrypted(session, context, then)


def _status(line: str) -> Callable[[socket.socket, ssl.SSLContext], None]:
    def answer(session: socket.socket, context: ssl.SSLContext) -> None:
        def then(inner: ssl.SSLSocket) -> None:
            extra = 'WWW-Authenticate: Basic realm="lab"\r\n' if line.startswith("401") else ""
            inner.sendall(
                f"HTTP/1.1 {line}\r\n{extra}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
            )
            with suppress(OSError):
                inner.unwrap()
            inner.close()

        _encrypted(session, context, then)

    return answer


def _proxy(session: socket.socket, _: ssl.SSLContext) -> None:
    session.recv(2000)
    session.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    session.close()


_SERVERS: dict[str, tuple[int, Callable[[socket.socket, ssl.SSLContext], None]]] = {
    "reset-in-handshake": (9001, _reset_first),
    "closed-in-handshake": (9002, _close_first),
    "silent": (9003, _silent),
    "portal": (9004, _strange),
    "reset-in-body": (9005, _reset_in_body),
    "cut-in-body": (9006, _cut_in_body),
    "ended-in-body": (9007, _end_in_body),
    "stalled-in-body": (9008, _stall_in_body),
    "empty": (9009, _nothing_said),
    "unauthorised": (9010, _status("401 Unauthorized")),
    "forbidden": (9011, _status("403 Forbidden")),
    "too-many": (9012, _status("429 Too Many Requests")),
    "unavailable": (9013, _status("503 Service Unavailable")),
    "proxy": (9014, _proxy),
    "reset-unasked": (9015, _reset_unasked),
    "closed-unasked": (9016, _close_unasked),
}
CLOSED, DROPPED, REJECTED, UNREACHABLE, SSHD = 9100, 9101, 9102, "192.0.2.1", 9200
_RULES = f"""table ip lab {{
 set quiet {{ type inet_service; }}
 chain out {{ type filter hook output priority 0;
  tcp dport {DROPPED} drop
  tcp dport @quiet drop
  tcp dport {REJECTED} reject with icmp type admin-prohibited
 }}
}}
"""


def _listen(
    port: int, act: Callable[[socket.socket, ssl.SSLContext], None], context: ssl.SSLContext
) -> None:
    listener = socket.create_server(("127.0.0.1", port), backlog=20)

    def serve() -> None:
        while True:
            session, _ = listener.accept()
            threading.Thread(target=act, args=(session, context), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()


def _certificate(folder: Path, name: str) -> Path:
    file = folder / f"{name}.pem"
    run(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(file), "-out", f"{file}.crt",
    )  # fmt: skip
    with file.open("a", encoding="ascii") as whole:
        whole.write(Path(f"{file}.crt").read_text("ascii"))
    return file


def _sshd(folder: Path) -> None:
    """A real SSH server that lets root in, with one key."""
    key = folder / "host_key"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    Path("/run/sshd").mkdir(exist_ok=True)
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "client_key"))
    words = ["-p", str(SSHD), "-p", str(transfers_lab.QUIET), "-h", str(key), "-f", "/dev/null"]
    for setting in (
        "ListenAddress=127.0.0.1", "PidFile=none", "StrictModes=no", f"AuthorizedKeysFile={folder}/client_key.pub", "PasswordAuthentication=no", "KbdInteractiveAuthentication=no",
    ):  # fmt: skip
        words += ["-o", setting]
    run("/usr/sbin/sshd", *words)


def _clients(folder: Path) -> dict[str, str]:
    """What is run, by the name of its log: `<fault>.<client>`."""
    git = f"git -c http.sslCAInfo={folder}/{NAME}.pem.crt -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=2"
    trusted = f"-sS --cacert {folder}/{NAME}.pem.crt"
    found: dict[str, str] = {}
    https = {name: f"https://{NAME}:{port}/ws/r.git" for name, (port, _) in _SERVERS.items()}
    for name, url in https.items():
        if name not in ("proxy", "reset-unasked", "closed-unasked"):
            if name != "silent":  # git says nothing there for longer than a test may take
                found[f"{name}.git"] = f"{git} ls-remote {url}"
            found[f"{name}.curl"] = f"curl {trusted} -f -m 3 -o /dev/null {url}/info/refs"
    for name, place in {
        "refused": f"{NAME}:{CLOSED}", "dropped": f"{NAME}:{DROPPED}", "rejected": f"{NAME}:{REJECTED}",
        "unreachable": f"{UNREACHABLE}:443", "unknown-name": "no-such.lab:443",
    }.items():  # fmt: skip
        found[f"{name}.git"] = f"git ls-remote https://{place}/ws/r.git"
        found[f"{name}.git-protocol"] = f"git ls-remote git://{place}/ws/r.git"
        found[f"{name}.curl"] = f"curl -sS --connect-timeout 2 https://{place}/"
        host, port = place.split(":")
        found[f"{name}.ssh"] = f"ssh -o BatchMode=yes -o ConnectTimeout=9 -p {port} git@{host} true"
        found[f"{name}.git-ssh"] = f"git ls-remote ssh://git@{place}/ws/r.git"
    ssh = "ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new"
    for name in ("reset-unasked", "closed-unasked", "silent", "closed-in-handshake", "portal"):
        found[f"{name}.ssh"] = f"{ssh} -o ConnectTimeout=2 -p {_SERVERS[name][0]} git@{NAME} true"
    found["untrusted.git"] = f"git ls-remote {https['forbidden']}"
    found["untrusted.curl"] = f"curl -sS {https['forbidden']}"
    found["wrong-name.curl"] = f"curl {trusted} https://127.0.0.1:{_SERVERS['forbidden'][0]}/"
    found["wrong-name.git"] = (
        f"{git} ls-remote https://127.0.0.1:{_SERVERS['forbidden'][0]}/ws/r.git"
    )
    proxy = f"http://{NAME}:{_SERVERS['proxy'][0]}"
    found["proxy.git"] = f"git -c http.proxy={proxy} ls-remote https://{NAME}:443/ws/r.git"
    found["proxy.curl"] = f"curl -sS -x {proxy} https://{NAME}:443/"
    found["old-tls.curl"] = f"curl {trusted} --tls-max 1.1 {https['forbidden']}"
    python = (
        "import socket; s = socket.create_connection(('127.0.0.1', 9001)); s.send(b'x'); s.recv(9)"
    )
    found["reset-in-handshake.python"] = f'{sys.executable} -c "{python}"'
    found["slow.curl"] = (
        f"curl {trusted} -Y 1000 -y 2 -o /dev/null {https['stalled-in-body']}/info/refs"
    )
    none = f"-o UserKnownHostsFile={folder}/none -o BatchMode=yes -p {SSHD} git@{NAME} true"
    found["no-key.ssh"] = f"{ssh} -o UserKnownHostsFile={folder}/new -p {SSHD} git@{NAME} true"
    found["unknown-host-key.ssh"] = f"ssh -o StrictHostKeyChecking=yes {none}"
    found["changed-host-key.ssh"] = (
        f"ssh -o UserKnownHostsFile={folder}/changed -o BatchMode=yes -p {SSHD} git@{NAME} true"
    )
    known = f"{ssh} -o UserKnownHostsFile={folder}/new"
    return found | transfers_lab.clients(folder, NAME, git, known)


def _set_up(folder: Path) -> None:
    run("ip", "link", "set", "lo", "up")
    run("ip", "route", "add", "unreachable", UNREACHABLE)
    run("nft", "-f", "-", text=_RULES)
    Path("/proc/sys/net/ipv4/tcp_syn_retries").write_text("1", encoding="ascii")
    hosts = folder / "hosts"
    hosts.write_text(f"127.0.0.1 localhost {NAME}\n", encoding="ascii")
    run("mount", "--bind", str(hosts), "/etc/hosts")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder, NAME))
    for port, act in _SERVERS.values():
        _listen(port, act, context)
    _sshd(folder)
    transfers_lab.start(folder, context, SSHD)
    other = folder / "other"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other))
    kind, key, *_ = Path(f"{other}.pub").read_text("ascii").split()
    (folder / "changed").write_text(f"[{NAME}]:{SSHD} {kind} {key}\n", encoding="ascii")


def main() -> None:
    """Runs all clients, four at a time."""
    folder = Path(sys.argv[1])
    _set_up(folder)
    home = folder / "home"
    home.mkdir()
    clean = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=9 -o StrictHostKeyChecking=accept-new",
    }
    todo = list(_clients(folder).items())

    def work() -> None:
        while todo:
            name, command = todo.pop(0)
            done = subprocess.run(
                shlex.split(command), capture_output=True, env=clean, timeout=40, check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            (folder / f"{name}.log").write_bytes(done.stderr)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
