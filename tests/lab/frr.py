"""FRR in a namespace: zebra and staticd, set by one configuration, and their vtysh."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from tests.lab.netns import inside, run

DAEMONS = Path("/usr/lib/frr")
HOME = Path("/run/frr")
"""On the file system that `netns.create` puts over `/run`, so no other FRR is met."""
PATIENCE = 10.0
"""Seconds in which zebra must have given its routes to the kernel."""


def start(namespace: str, lines: tuple[str, ...]) -> None:
    """Starts FRR with a configuration, as `frrinit.sh` would."""
    text = "\n".join(("frr defaults traditional", f"hostname {namespace}", *lines, ""))
    _write(HOME, {"vtysh.conf": "service integrated-vtysh-config\n", "frr.conf": text})
    bgp = ("bgpd",) if any(line.startswith("router bgp") for line in lines) else ()
    with inside(namespace):
        for daemon in ("zebra", "staticd", *bgp):
            _daemon(daemon, HOME, "-f", "/dev/null")
        vtysh("-b")


def start_speaker(namespace: str, lines: tuple[str, ...]) -> None:
    """Starts a BGP speaker without zebra: it announces and installs nothing."""
    home = HOME.with_name(f"frr-{namespace}")
    _write(home, {"bgpd.conf": "\n".join((*lines, ""))})
    with inside(namespace):
        _daemon("bgpd", home, "-Z", "-f", f"{home}/bgpd.conf", "--vty_socket", str(home))


def _write(home: Path, files: dict[str, str]) -> None:
    home.mkdir(exist_ok=True)
    for name, text in files.items():
        (home / name).write_text(text, encoding="ascii")
    for path in (home, *home.iterdir()):
        shutil.chown(path, "frr", "frr")


def _daemon(daemon: str, home: Path, *words: str) -> None:
    run(str(DAEMONS / daemon), "-d", "-P", "0", "-i", f"{home}/{daemon}.pid", *words)


def vtysh(*words: str) -> str:
    """What vtysh prints, in the calling thread's namespace."""
    return run("vtysh", "--config_dir", str(HOME), *words)


def wait_for(namespace: str, family: int, prefix: str, ways: int, table: str = "main") -> None:
    """Waits until the kernel has a route with so many next hops. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    shown = ""
    while time.monotonic() < until:
        shown = run("ip", "-n", namespace, f"-{family}", "route", "show", "table", table)
        words = shown[shown.find(prefix) :].split() if prefix in shown else []
        if words.count("via") >= ways:
            return
        time.sleep(0.02)
    raise TimeoutError(f"zebra did not install {prefix} with {ways} ways: {shown}")
