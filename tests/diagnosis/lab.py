"""Real captures: a client, a router and two edges of an anycast service, in network namespaces of their own.

Run as `unshare -nm --propagation private python -m tests.diagnosis.lab FOLDER`; writes `<scene>.<link>.pcap` for the links
`client`, `edge1` and `edge2`. Nothing leaves the namespaces, which end with the process.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import select
import shlex
import socket
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.kernel.router import run

ADDRESS, PORT = "10.99.141.1", 443
DELAY = 0.008
"""Seconds that the wire between client and router takes in each direction."""
_ETHTOOL, _NO_CHECKSUMS = 0x8946, 0x17
SCENES: dict[str, tuple[str, str, int]] = {
    # name: (nft rules in the router's forward hook, the server's mode, bytes of the client's request)
    "clean": ("", "answer", 300),
    "shift": ("SPREAD", "answer", 12_000),
    "refused-by-filter": ("tcp dport 443 tcp flags syn / syn,ack reject with tcp reset", "answer", 300),
    "reset-by-filter": ("tcp dport 443 meta length > 600 reject with tcp reset", "answer", 900),
    "reset-by-server": ("", "reset", 300),
    "refused-by-server": ("", "closed", 300),
    "prohibited": ("tcp dport 443 reject with icmp type admin-prohibited", "answer", 300),
    "too-big-heeded": ("SMALL", "answer", 8_000),
    "dropped": ("tcp dport 443 drop", "answer", 300),
    "black-hole": ("SMALL SILENT", "answer", 8_000),
}  # fmt: skip


def say(text: str) -> None:
    """Tells the process that started this one."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def serve(mode: str) -> None:
    """Answers one session: `answer` sends 20 kB and closes, `reset` aborts in the middle."""
    with socket.create_server((ADDRESS, PORT), backlog=8) as listener:
        say("ready")
        while True:
            session, _ = listener.accept()
            with session, suppress(OSError):
                session.recv(100)
                if mode == "reset":
                    session.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    continue
                session.settimeout(0.3)
                with suppress(TimeoutError):
                    while session.recv(65536):
                        pass
                session.settimeout(5)
                session.sendall(b"x" * 20_000)


def talk(size: int) -> None:
    """Sends a request of `size` bytes and reads the answer; says how it ended."""
    try:
        with socket.create_connection((ADDRESS, PORT), timeout=3.5) as session:
            session.sendall(b"r" * size)
            while session.recv(65536):
                pass
        say("ended")
    except OSError as error:
        say(type(error).__name__)


def tap(interface: str) -> socket.socket:
    """Everything that passes an interface, in both directions."""
    found = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    found.bind((interface, 0))
    return found


def sniff(space: str, interface: str, file: Path) -> subprocess.Popen[str]:
    """tcpdump on a link, once it says that it listens; it writes every packet at once."""
    words = ["tcpdump", "-n", "-U", "--immediate-mode", "-i", interface, "-w", str(file)]
    found = subprocess.Popen(
        ["ip", "netns", "exec", space, *words], stderr=subprocess.PIPE, text=True
    )
    assert found.stderr is not None
    while "listening on" not in found.stderr.readline():
        assert found.poll() is None, "tcpdump ended"
    return found


def settle(file: Path) -> None:
    """Waits until tcpdump has written nothing to a file for a while, 5 s at most: what it did not read is lost
    when it ends."""
    size, still = -1, 0
    for _ in range(50):
        size, before = file.stat().st_size, size
        still = still + 1 if size == before else 0
        if still == 4:
            return
        time.sleep(0.1)


def wire(one: str, two: str) -> None:
    """Carries frames between two interfaces, and takes its time."""
    ends = tap(one), tap(two)
    under_way: list[tuple[float, bytes, socket.socket]] = []
    say("ready")
    while True:
        wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        ready, _, _ = select.select([*(end.fileno() for end in ends), 0], [], [], wait)
        if 0 in ready and not os.read(0, 1):
            return
        for end, other in (ends, ends[::-1]):
            if end.fileno() in ready:
                data, (_, _, kind, *_) = end.recvfrom(65600)
                if kind != socket.PACKET_OUTGOING:
                    under_way.append((time.monotonic() + DELAY, data, other))
        while under_way and under_way[0][0] <= time.monotonic():
            _, data, other = under_way.pop(0)
            other.send(data)


def plain(interface: str) -> None:
    """Packets of an interface leave it whole: no checksums or segments are left to hardware."""
    value = ctypes.create_string_buffer(struct.pack("II", _NO_CHECKSUMS, 0))
    request = struct.pack("16sP8x", interface.encode(), ctypes.addressof(value))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _ETHTOOL, request)
    say("ready")


def inside(space: str, *words: str) -> subprocess.Popen[str]:
    """A part of this program in a namespace, once it says that it is ready (`talk` never does)."""
    command = ["ip", "netns", "exec", space, sys.executable, "-m", "tests.diagnosis.lab", *words]
    found = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if words[0] != "talk":
        assert found.stdout is not None
        assert found.stdout.readline() == "ready\n"
    return found


def set_up() -> None:
    """The namespaces, their links and routes: client - wire - router, and from there two edges."""
    Path("/run/netns").mkdir(exist_ok=True)
    run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
    for space in ("c", "w", "r", "e1", "e2"):
        run("ip", "netns", "add", space)
        run("ip", "-n", space, "link", "set", "lo", "up")
    for space, near, other, far in (
        ("c", "cw", "w", "wc"), ("r", "rw", "w", "wr"), ("r", "re1", "e1", "er1"), ("r", "re2", "e2", "er2"),
    ):  # fmt: skip
        run(
            "ip",
            "-n",
            space,
            "link",
            "add",
            near,
            "type",
            "veth",
            "peer",
            "name",
            far,
            "netns",
            other,
        )
        for where, link in ((space, near), (other, far)):
            inside(where, "plain", link).communicate()
            run("ip", "-n", where, "link", "set", link, "up")
    for space, link, address in (
        ("c", "cw", "10.1.0.2/24"), ("r", "rw", "10.1.0.1/24"), ("r", "re1", "10.1.1.1/24"), ("e1", "er1", "10.1.1.2/24"),
        ("r", "re2", "10.1.2.1/24"), ("e2", "er2", "10.1.2.2/24"), ("e1", "lo", f"{ADDRESS}/32"), ("e2", "lo", f"{ADDRESS}/32"),
    ):  # fmt: skip
        run("ip", "-n", space, "address", "add", address, "dev", link)
    for space, number in (("c", 0), ("e1", 1), ("e2", 2)):
        run("ip", "-n", space, "route", "add", "default", "via", f"10.1.{number}.1")
        if number:
            table = str(100 + number)
            run(
                "ip",
                "-n",
                "r",
                "route",
                "add",
                f"{ADDRESS}/32",
                "via",
                f"10.1.{number}.2",
                "table",
                table,
            )
            run("ip", "-n", "r", "rule", "add", "fwmark", str(number), "table", table)
    run("ip", "-n", "r", "route", "add", f"{ADDRESS}/32", "via", "10.1.1.2")
    run(
        "ip",
        "netns",
        "exec",
        "r",
        "sh",
        "-c",
        "cd /proc/sys/net/ipv4 && echo 1 > ip_forward && echo 0 > conf/all/rp_filter",
    )


def rules(text: str) -> str:
    """The nft rule set of a scene."""
    kind, hook, said = "forward", "priority 0", text
    if text == "SPREAD":
        kind, hook = "prerouting", "priority mangle"
        said = 'iifname "rw" tcp dport 443 meta mark set numgen inc mod 2 offset 1'
    elif text == "SMALL SILENT":
        kind, said = "output", "icmp type destination-unreachable drop"
    elif text == "SMALL":
        said = ""
    return f"table ip t {{\n chain c {{\n type filter hook {kind} {hook};\n {said}\n }}\n}}\n"


_COLLECTED = (
    "nft list ruleset", "ip address show", "ip route show", "ip rule show", "ip -j route", "nft -j list ruleset", "sysctl -a",
)  # fmt: skip


def snapshot(folder: Path) -> None:
    """The router as `auditor collect` saves it: a file for each command, and what the device is."""
    (folder / "r").mkdir(parents=True, exist_ok=True)
    for words in _COLLECTED:
        text = run("ip", "netns", "exec", "r", *words.split())
        (folder / "r" / f"{words.replace(' ', '_')}.txt").write_text(text, encoding="utf-8")
    listed = {"schema_version": "1", "hosts": {"r": {"platform": "linux"}}}
    (folder / "snapshot.json").write_text(json.dumps(listed), encoding="utf-8")


CLIENTS = {
    "refused-by-filter": "git ls-remote http://{address}:{port}/ws/r.git",
    "prohibited": "curl -sS http://{address}:{port}/",
    "shift": "curl -sS --http0.9 -o /dev/null -d {body} http://{address}:{port}/",
    "reset-by-filter": "curl -sS -d {body} http://{address}:{port}/",
}
"""Clients that people use, in the scenes in which what they say belongs to the story."""


def record(folder: Path, scene: str) -> None:
    """What a real client prints in a scene, what tcpdump sees of it, and what mtr and scamper say of the way."""
    (folder / "body").write_text("r" * 12_000, encoding="ascii")
    command = CLIENTS[scene].format(address=ADDRESS, port=PORT, body=f"@{folder}/body")
    tap = sniff("c", "cw", folder / f"{scene}.real.pcap")
    said(folder / f"{scene}.log", command)
    settle(folder / f"{scene}.real.pcap")
    tap.terminate()
    tap.communicate(timeout=5)
    said(folder / f"{scene}.mtr.json", f"mtr --json -n -T -P {PORT} -c 5 -i 0.2 -m 4 {ADDRESS}")
    trace = f"trace -P tcp -d {PORT} -q 6 -Q -w 1 {ADDRESS}"
    said(folder / f"{scene}.path.json", f"scamper -O json -I '{trace}'")


def said(file: Path, command: str) -> None:
    """Writes what a command in the client's namespace prints, errors too."""
    with file.open("w", encoding="utf-8") as out:
        words = ["ip", "netns", "exec", "c", *shlex.split(command)]
        subprocess.run(words, stdout=out, stderr=out, timeout=60, check=False)


def play(folder: Path, scene: str) -> str:
    """One scene, with captures on all links; gives how the client's session ended."""
    text, mode, size = SCENES[scene]
    run("ip", "netns", "exec", "r", "nft", "flush", "ruleset")
    run("ip", "netns", "exec", "r", "nft", "-f", "-", text=rules(text))
    small = ("mtu", "lock", "1300") if "SMALL" in text else ()
    run("ip", "-n", "r", "route", "replace", f"{ADDRESS}/32", "via", "10.1.1.2", *small)
    run("ip", "-n", "c", "route", "flush", "cache")  # what it learned of path MTUs
    snapshot(folder / f"{scene}.snapshot")
    servers = [] if mode == "closed" else [inside(space, "serve", mode) for space in ("e1", "e2")]
    taps = [
        sniff(space, link, folder / f"{scene}.{name}.pcap")
        for space, link, name in (
            ("c", "cw", "client"),
            ("r", "re1", "edge1"),
            ("r", "re2", "edge2"),
        )
    ]
    client = inside("c", "talk", str(size))
    said, _ = client.communicate(timeout=15)
    time.sleep(1.3 if scene == "shift" else 0.2)
    for name in ("client", "edge1", "edge2"):
        settle(folder / f"{scene}.{name}.pcap")
    for process in taps:
        process.terminate()
        process.communicate(timeout=5)
    if scene in CLIENTS:
        record(folder, scene)
    for process in servers:
        process.kill()
        process.communicate()
    return said.strip()


def main() -> None:
    """Plays the scenes, or one of the parts that a scene needs."""
    match sys.argv[1:]:
        case ["serve", mode]:
            serve(mode)
        case ["talk", size]:
            talk(int(size))
        case ["wire", one, two]:
            wire(one, two)
        case ["plain", interface]:
            plain(interface)
        case [folder, *scenes]:
            set_up()
            between = inside("w", "wire", "wc", "wr")
            for scene in scenes or SCENES:
                say(f"{scene} {play(Path(folder), scene)}")
            between.communicate()


if __name__ == "__main__":
    main()
