"""A router inside a network namespace of its own: packets go in by one TUN device and come out of another.

Run as `unshare -n python -m tests.kernel.router`; reads jobs as JSON lines on stdin, one `{"tool", "ruleset",
"packets": [hex, …]}` each, and writes a line for each: `{"out": [hex, …], "listings": [text, …]}`, the listings being
what the tool prints of the rules that it loaded, or `{"error": text}`. Nothing leaves the namespace, which ends with
the process.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import struct
import subprocess
import sys
import time
from pathlib import Path

LAN, WAN = "lan0", "wan0"
QUIET = 0.04
"""Seconds without a packet after which all that can come out has come out."""
MOST = 3.0
"""Seconds that the packets of one job may take."""
_TUNSETIFF, _IFF_TUN_NO_PI = 0x400454CA, 0x1001
_SETTINGS = {
    "net.ipv4.ip_forward": 1, "net.ipv4.conf.all.rp_filter": 0, "net.ipv4.conf.default.rp_filter": 0,
    "net.ipv6.conf.all.forwarding": 1, "net.ipv4.icmp_ratelimit": 0, "net.ipv6.icmp.ratelimit": 0,
    "net.ipv4.conf.all.accept_local": 1, "net.ipv6.conf.all.accept_dad": 0,
    "net.ipv4.icmp_msgs_per_sec": 100_000, "net.ipv4.icmp_msgs_burst": 10_000,
}  # fmt: skip


def _clear(tool: str) -> tuple[tuple[str, ...], ...]:
    """The commands that take all rules of a tool away."""
    if tool == "nft":
        return (("nft", "flush", "ruleset"),)
    command = tool.removesuffix("-restore")
    return (command, "-P", "FORWARD", "ACCEPT"), (command, "-F"), (command, "-X")


def _listings(tool: str) -> tuple[tuple[str, ...], ...]:
    """The commands that list a tool's rules."""
    if tool == "nft":
        return ("nft", "list", "ruleset"), ("nft", "-j", "list", "ruleset")
    return ((f"{tool.removesuffix('-restore')}-save",),)


def run(*words: str, text: str | None = None) -> str:
    """What a command prints. Raises CalledProcessError if it fails."""
    done = subprocess.run(words, input=text, check=True, capture_output=True, text=True, timeout=20)
    return done.stdout


def open_device(name: str) -> int:
    """The file descriptor of a new TUN device, up; reading never blocks."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH14x", name.encode(), _IFF_TUN_NO_PI))
    run("ip", "link", "set", name, "up")
    return descriptor


def set_up() -> tuple[int, int]:
    """The two devices of the router, with everything routed to the second."""
    for name, value in _SETTINGS.items():
        path = Path("/proc/sys", *name.split("."))
        if path.exists():  # the limits on ICMP errors belong to a namespace on newer kernels only
            path.write_text(str(value), encoding="ascii")
    run("ip", "link", "set", "lo", "up")
    lan, wan = open_device(LAN), open_device(WAN)
    run("ip", "address", "add", "198.51.100.1/32", "dev", LAN)
    run("ip", "-6", "address", "add", "2001:db8:ffff::1/128", "dev", LAN, "nodad")
    run("ip", "route", "add", "default", "dev", WAN)
    run("ip", "-6", "route", "add", "default", "dev", WAN)
    return lan, wan


def drain(descriptor: int, until: float) -> list[bytes]:
    """All packets that come out of a device until it is quiet."""
    found: list[bytes] = []
    while time.monotonic() < until and select.select([descriptor], [], [], QUIET)[0]:
        try:
            found.append(os.read(descriptor, 65535))
        except BlockingIOError:
            break
    return found


def job(
    lan: int, wan: int, tool: str, ruleset: str, packets: list[str]
) -> tuple[list[str], list[str]]:
    """Loads a rule set, sends the packets, and gives what came out, as hex, and the tool's listings."""
    for command in _clear(tool):
        run(*command)
    run(*([tool, "-f", "-"] if tool == "nft" else [tool]), text=ruleset)
    listings = [run(*command) for command in _listings(tool)]
    drain(wan, time.monotonic() + MOST)
    out: list[bytes] = []
    until = time.monotonic() + MOST
    for start in range(0, len(packets), 100):
        for packet in packets[start : start + 100]:
            os.write(lan, bytes.fromhex(packet))
        out += drain(wan, until)
    for command in _clear(tool):
        run(*command)
    return [packet.hex() for packet in out], listings


def main() -> None:
    """Answers jobs until stdin ends."""
    lan, wan = set_up()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            out, listings = job(lan, wan, asked["tool"], asked["ruleset"], asked["packets"])
            answer: dict[str, object] = {"out": out, "listings": listings}
        except subprocess.CalledProcessError as error:
            answer = {"error": error.stderr}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
