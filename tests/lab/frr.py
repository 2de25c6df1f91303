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
    HOME.mkdir()
    (HOME / "vtysh.conf").write_text("service integrated-vtysh-config\n", encoding="ascii")
    text = "\n".join(("frr defaults traditional", f"hostname {namespace}", *lines, ""))
    (HOME / "frr.conf").write_text(text, encoding="ascii")
    for path in (HOME, *HOME.iterdir()):
        shutil.chown(path, "frr", "frr")
    with inside(namespace):
        for daemon in ("zebra", "staticd"):
            run(str(DAEMONS / daemon), "-d", "-P", "0", "-f", "/dev/null", "-i", f"{HOME}/{daemon}.pid")
        vtysh("-b")


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
