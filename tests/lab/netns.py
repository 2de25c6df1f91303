"""Network namespaces by name, and commands and sockets inside them (ip-netns(8), setns(2))."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_CLONE_NEWNET = 0x40000000
_LIBC = ctypes.CDLL(None, use_errno=True)
NAMES = Path("/run/netns")

_SETTINGS = {
    "net.ipv4.ip_forward": 1, "net.ipv6.conf.all.forwarding": 1,
    "net.ipv4.conf.all.rp_filter": 0, "net.ipv4.conf.default.rp_filter": 0,
    # addresses and neighbours work at once: no second is spent on looking for duplicates
    "net.ipv6.conf.all.accept_dad": 0, "net.ipv6.conf.default.accept_dad": 0,
    "net.ipv4.icmp_ratelimit": 0, "net.ipv6.icmp.ratelimit": 0,
}  # fmt: skip


def _enter(descriptor: int) -> None:
    if _LIBC.setns(descriptor, _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


@contextmanager
def inside(name: str) -> Iterator[None]:
    """The calling thread, and what it starts, is in the namespace; a socket stays where it was made."""
    with Path("/proc/thread-self/ns/net").open("rb") as here, (NAMES / name).open("rb") as there:
        _enter(there.fileno())
        try:
            yield
        finally:
            _enter(here.fileno())


def run(*words: str, text: str | None = None) -> str:
    """What a command prints. Raises OSError with what it said if it fails."""
    done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=20)
    if done.returncode:
        raise OSError(f"{' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def ip(name: str, *commands: str) -> None:
    """Commands of ip(8) in a namespace, one string each; the family is told by the addresses."""
    run("ip", "-n", name, "-batch", "-", text="".join(f"{command}\n" for command in commands))


def set_all(name: str, settings: Mapping[str, int]) -> None:
    """Kernel settings of a namespace, by sysctl name."""
    with inside(name):
        for key, value in settings.items():
            path = Path("/proc/sys", *key.split("."))
            path.write_text(str(value), encoding="ascii")


def create(*names: str) -> None:
    """New namespaces, forwarding, with `lo` up. Call it in a mount namespace of one's own only: `/run` is
    covered by an empty file system, so that the names are nobody else's."""
    run("mount", "-t", "tmpfs", "lab", "/run")
    NAMES.mkdir()
    for name in names:
        run("ip", "netns", "add", name)
        set_all(name, {k: v for k, v in _SETTINGS.items() if _known(name, k)})
        ip(name, "link set lo up")


def _known(name: str, setting: str) -> bool:
    """Whether the setting belongs to a namespace on this kernel (the limits on ICMP errors do on newer ones)."""
    with inside(name):
        return os.access(Path("/proc/sys", *setting.split(".")), os.W_OK)
