"""A Linux router between a client and a server, all in namespaces of their own; remedies are typed into it.

Run as `unshare -nm python -m tests.auditor.mended_router`; reads one job as JSON on stdin: `{"load": [words], "rules":
text, "commands": [text], "undo": [text], "targets": [[address, port]], "listing": [words]}`. Writes which targets a TCP
session reached before and after the commands and after they were taken back, and what the listing printed before that.
Commands are read by a shell, as when they are pasted. Nothing leaves the namespaces.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

CLIENT, SERVER = "10.20.1.10", "203.0.113.2"
CLIENT6, SERVER6 = "2001:db8:20::10", "2001:db8:203::2"
TRY = """
import json, socket, sys
found = []
for address, port in json.loads(sys.argv[1]):
    try:
        with socket.create_connection((address, port), 1.5) as session:
            session.settimeout(1.5)
            found.append(session.recv(5) == b"hello")
    except OSError:
        found.append(False)
print(json.dumps(found))
"""
SERVE = """
import socket, sys, threading
def serve(port):
    with socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        while True:
            with server.accept()[0] as session:
                session.sendall(b"hello")
for port in sys.argv[1:]:
    threading.Thread(target=serve, args=(int(port),)).start()
"""


def run(*words: str, text: str | None = None) -> str:
    """What a command prints. Raises CalledProcessError where it fails."""
    done = subprocess.run(words, input=text, check=True, capture_output=True, text=True, timeout=30)
    return done.stdout


def wire(addresses: list[str]) -> None:
    """The two namespaces with their links; the service's addresses are the server's."""
    run("mount", "-t", "tmpfs", "none", "/run")
    for name, near, far, peer, near6, far6 in (
        ("client", "10.20.1.1", CLIENT, "lan0", "2001:db8:20::1", CLIENT6),
        ("server", "203.0.113.1", SERVER, "wan0", "2001:db8:203::1", SERVER6),
    ):
        run("ip", "netns", "add", name)
        run("ip", "link", "add", peer, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "address", "add", f"{near}/24", "dev", peer)
        run("ip", "address", "add", f"{near6}/64", "dev", peer, "nodad")
        run("ip", "link", "set", peer, "up")
        inside = ("ip", "-n", name)
        run(*inside, "address", "add", f"{far}/24", "dev", "eth0")
        run(*inside, "address", "add", f"{far6}/64", "dev", "eth0", "nodad")
        run(*inside, "link", "set", "eth0", "up")
        run(*inside, "link", "set", "lo", "up")
        run(*inside, "route", "add", "default", "via", near)
        run(*inside, "-6", "route", "add", "default", "via", near6)
    for address in addresses:
        length, via = ("128", SERVER6) if ":" in address else ("32", SERVER)
        run("ip", "-n", "server", "address", "add", f"{address}/{length}", "dev", "lo")
        run("ip", "route", "add", f"{address}/{length}", "via", via)
    for switch in ("ipv4/ip_forward", "ipv6/conf/all/forwarding"):
        Path("/proc/sys/net", switch).write_text("1", encoding="ascii")


def reached(targets: list[list[object]]) -> list[bool]:
    """Which targets a session from the client reaches, with data from the server."""
    words = ("ip", "netns", "exec", "client", sys.executable, "-c", TRY, json.dumps(targets))
    found: list[bool] = json.loads(run(*words))
    return found


def main() -> None:
    """Does the job."""
    job = json.loads(sys.stdin.read())
    targets = job["targets"]
    wire(sorted({address for address, _ in targets}))
    ports = sorted({str(port) for _, port in targets})
    server = subprocess.Popen(
        ["ip", "netns", "exec", "server", sys.executable, "-c", SERVE, *ports]
    )
    try:
        until = time.monotonic() + 20
        while not all(open_ := reached(targets)) and time.monotonic() < until:
            time.sleep(0.2)
        run(*job["load"], text=job["rules"])
        before = reached(targets)
        for command in job["commands"]:
            run("sh", "-c", command)
        answer = {
            "open": open_,
            "before": before,
            "after": reached(targets),
            "listing": run(*job["listing"]),
        }
        for command in job["undo"]:
            run("sh", "-c", command)
        answer["undone"] = reached(targets)
    finally:
        server.kill()
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
