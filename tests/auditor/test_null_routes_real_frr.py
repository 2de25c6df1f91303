"""Null routes of a running FRR: the remedy takes them out of FRR and of the kernel, and the way back puts them in again."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.remedies.rollback import rollback
from parsers.model.source import Where
from parsers.platform import Remedy, Text
from parsers.registry import platform

NAME = "aud-null"
DAEMONS = ("mgmtd", "zebra", "staticd")
"""`mgmtd` comes with FRR 9."""
PROGRAMS = Path("/usr/lib/frr")
ROUTES = ("ip route 198.51.100.0/24 blackhole tag 7 20", "ip route 203.0.113.0/24 Null0",
          "ip route 192.0.2.0/24 reject")  # fmt: skip


def why_not() -> str | None:
    if shutil.which("vtysh") is None or shutil.which("ip") is None:
        return "not installed: vtysh, ip"
    return None if os.geteuid() == 0 else "needs root for a namespace of its own"


def run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def inside(*words: str) -> str:
    return run("ip", "netns", "exec", NAME, *words)


def typed(command: str) -> str:
    """Types a command of a remedy; `write memory` would write into the folder of the system."""
    words = command.replace(" -c 'write memory'", "").split(" -c ")
    assert words[0] == "vtysh"
    return inside("vtysh", "-N", NAME, *(x for w in words[1:] for x in ("-c", w.strip("'"))))


@pytest.fixture
def frr() -> Iterator[None]:
    """zebra and staticd in a namespace."""
    folder = Path("/var/run/frr") / NAME
    run("ip", "netns", "add", NAME)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.chown(folder, "frr", "frr")
        inside("ip", "link", "set", "lo", "up")
        for name in DAEMONS:
            if (PROGRAMS / name).exists():
                inside(str(PROGRAMS / name), "-d", "-N", NAME, "-A", "127.0.0.1")
        yield
    finally:
        for file in folder.glob("*.pid"):
            run("kill", file.read_text("utf-8").strip())
        time.sleep(0.5)
        run("ip", "netns", "del", NAME)
        shutil.rmtree(folder, ignore_errors=True)


def configuration() -> list[str]:
    return inside("vtysh", "-N", NAME, "-c", "show running-config").splitlines()


def in_kernel(prefix: str, wanted: bool) -> bool:
    """Whether the kernel's table comes to have a route, or to have it no more."""
    for _ in range(50):
        if bool(inside("ip", "route", "show", prefix).strip()) is wanted:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(why_not() is not None, reason=why_not() or "")
@pytest.mark.lab
@pytest.mark.parametrize("statement", ROUTES)
def test_a_null_route_goes_and_comes_back_in_a_running_frr(frr: None, statement: str) -> None:
    prefix = statement.split()[2]
    for route in ROUTES:
        typed(f"vtysh -c 'configure terminal' -c '{route}' -c 'end'")
    assert in_kernel(prefix, wanted=True)
    before = configuration()
    text = Text("frr", "vtysh show running-config", before)
    where = Where("frr", before.index(statement) + 1)
    wanted = Remedy("remove-null-route", prefixes=(prefix,), texts=(text,), where=where)
    (command,) = platform("linux").remedy(wanted)
    typed(command)
    assert in_kernel(prefix, wanted=False)
    assert [line for line in before if line not in configuration()] == [statement]
    (back,) = rollback("linux", [command], (text,))
    typed(back)
    assert in_kernel(prefix, wanted=True)
    assert configuration() == before
