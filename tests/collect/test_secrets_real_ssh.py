"""Each source of a password, from the command line to a device's log-in: the secret is in no argument, output or file."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from auditor.collect_credentials import Credentials, NoSecret
from auditor.collect_ssh import Way
from auditor.connectors.errors import LoginRefused
from auditor.connectors.netmiko_ssh import NetmikoConnector
from auditor.connectors.protocol import Clock, Limits, Target
from inventory.host import Host
from inventory.secret import Secret
from tests.collect.device import PASSWORD, USER, Device, Fleet
from tests.collect.makes import make
from tests.house_files import ROOT

pytestmark = pytest.mark.slow

IN_A_TERMINAL = (
    "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.executable, [sys.executable, '-m', 'auditor', *sys.argv[1:]])"
)
"""Makes standard input the controlling terminal, as a shell does, and becomes the auditor."""


@dataclass
class Run:
    """What a run printed, and the arguments of all its processes while it was logged in."""

    code: int
    printed: str
    arguments: list[str] = field(default_factory=list)


def arguments_of(pid: int) -> list[str]:
    """The command lines of a process and of those that it has started."""
    found = []
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(stat[1])
        except (OSError, IndexError, ValueError):
            continue
    for one in parents:
        at = one
        while at not in (pid, 0, 1):
            at = parents.get(at, 0)
        if at == pid:
            try:
                found.append((Path("/proc") / str(one) / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
    return found


def collect(
    folder: Path, devices: Fleet, source: str, env: dict[str, str], password: str = "", typed: str = ""
) -> Run:  # fmt: skip
    """Collects from a device that is slow, so that there is time to look, and one that refuses."""
    good = devices.add(make("cisco_ios", fault="slow"))
    # the device shows the password in what it prints, too
    good.outputs["show running-config"] = f"username {USER} secret 0 {PASSWORD}\n" + "!\n" * 10
    wrong = devices.add(make("cisco_ios", password="another"))
    rows = ["name,address,port,user,platform,password"]
    rows += [f"{n},127.0.0.1,{d.port},{USER},cisco_ios,{password}" for n, d in (("r1", good), ("r2", wrong))]  # fmt: skip
    (folder / "inv.csv").write_text("\n".join([*rows, ""]))
    words = [
        "collect", "--inventory", str(folder / "inv.csv"), "--output", str(folder / "snapshot"), "--ssh-config",
        "none", "--known-hosts", str(devices.known_hosts), "--password-from", source, "--retries", "0",
    ]  # fmt: skip
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AUDITOR_", "SSH_AUTH"))}
    env = clean | {"HOME": str(folder)} | env
    return (_at_a_terminal if typed else _in_a_pipe)(words, env, good, typed)


def _in_a_pipe(words: list[str], env: dict[str, str], device: Device, _: str) -> Run:
    command = [sys.executable, "-m", "auditor", *words]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    seen = _watched(process, device)
    printed, _none = process.communicate(timeout=60)
    return Run(process.returncode, printed.decode(), seen)


def _watched(process: subprocess.Popen[bytes], device: Device) -> list[str]:
    """The arguments from the start until the device has been logged in to."""
    seen: list[str] = []
    while process.poll() is None and not device.logins:
        seen += arguments_of(process.pid)
        time.sleep(0.05)
    return seen + arguments_of(process.pid)


def _at_a_terminal(words: list[str], env: dict[str, str], device: Device, typed: str) -> Run:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_TERMINAL, *words], cwd=ROOT, env=env | {"TERM": "xterm"}, stdin=theirs,
        stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown, answered, seen = b"", False, list[str]()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.05)[0]:
            try:
                data = os.read(ours, 65536)
            except OSError:  # the other end is closed: the process has ended
                break
            shown += data
        if not answered and b"password for the devices: " in shown:
            os.write(ours, f"{typed}\n".encode())
            answered = True
        seen += arguments_of(process.pid)
    os.close(ours)
    return Run(process.wait(10), shown.decode("utf-8", "replace"), seen)


def nowhere(run: Run, folder: Path, *but: Path) -> None:
    """The password is in no argument, in nothing printed, and in no file but those that it came from."""
    assert run.code == 3, run.printed  # one of two devices refuses
    assert "r2: failed: " in run.printed
    assert "1 collected, 1 failed" in run.printed
    assert any("auditor" in words for words in run.arguments)
    assert PASSWORD not in run.printed
    assert not [words for words in run.arguments if PASSWORD in words]
    files = [path for path in folder.rglob("*") if path.is_file() and path not in but]
    assert len(files) > 5
    assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]


def test_environment(devices: Fleet, tmp_path: Path) -> None:
    nowhere(collect(tmp_path, devices, "env", {"AUDITOR_PASSWORD": PASSWORD}), tmp_path)


def test_inventory(devices: Fleet, tmp_path: Path) -> None:
    run = collect(tmp_path, devices, "inventory", {}, password=PASSWORD)
    nowhere(run, tmp_path, tmp_path / "inv.csv")


@pytest.mark.parametrize("named", [True, False])
def test_a_file_like_netrc(named: bool, devices: Fleet, tmp_path: Path) -> None:
    file = tmp_path / ("devices.netrc" if named else ".netrc")
    file.write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
    file.chmod(0o600)
    run = collect(tmp_path, devices, f"netrc:{file}" if named else "netrc", {})
    nowhere(run, tmp_path, file)


def test_a_command(devices: Fleet, tmp_path: Path) -> None:
    """A program such as `pass`: it takes its time, so that its arguments can be looked at."""
    store, program = tmp_path / "store", tmp_path / "hook"
    store.write_text(f"{PASSWORD}\nuser: {USER}\n")
    program.write_text(
        f"#!/bin/sh\nsleep 0.2\ncat '{store}'\necho \"$AUDITOR_HOST\" >> '{tmp_path}/asked'\n"
    )
    program.chmod(0o700)
    run = collect(tmp_path, devices, f"command:{program} network", {})
    nowhere(run, tmp_path, store)
    assert any(f"{program} network" in words for words in run.arguments)
    assert sorted((tmp_path / "asked").read_text().split()) == ["r1", "r2"]


def test_keyring(devices: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program `keyring` with a backend that keeps a file."""
    pytest.importorskip("keyring", reason="keyring is not installed")
    pytest.importorskip("keyrings.alt", reason="keyrings.alt is not installed")
    program = shutil.which("keyring", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    assert program is not None
    env = {
        "PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PATH": f"{Path(program).parent}:{os.environ['PATH']}",
    }
    for name in ("r1", "r2"):
        words = [program, "set", "network", f"{USER}@{name}"]
        subprocess.run(
            words, input=PASSWORD.encode(), env=os.environ | env, check=True, capture_output=True
        )
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    run = collect(tmp_path, devices, "keyring:network", env)
    nowhere(run, tmp_path, *kept)
    assert any(f"get network {USER}@r1" in words for words in run.arguments)
    # another service has no password for it
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(NoSecret, match="exit code 1"):
        Credentials(["keyring:elsewhere"], None).password_for(Host("r1", "r1"), USER)


def test_a_prompt(devices: Fleet, tmp_path: Path) -> None:
    """At a real terminal: asked once for both devices, and not shown."""
    run = collect(tmp_path, devices, "prompt", {}, typed=PASSWORD)
    nowhere(run, tmp_path)
    assert run.printed.count("password for the devices: ") == 1


def test_a_prompt_without_a_terminal_is_an_error(devices: Fleet, tmp_path: Path) -> None:
    run = collect(tmp_path, devices, "prompt", {})
    assert run.code == 2
    assert "there is no terminal to ask at" in run.printed


def test_no_traceback_holds_it(devices: Fleet) -> None:
    """Also one with the values of all variables, as debuggers and error trackers print them."""
    device = devices.add(make("cisco_ios", password="another"))
    way = Way("127.0.0.1", device.port, agent="", known_hosts=(str(devices.known_hosts),))
    target = Target(
        "r1", "cisco_ios", "cisco_ios", way, USER, Secret(PASSWORD), Secret(PASSWORD), legacy=False, commands=(),
    )  # fmt: skip
    with pytest.raises(LoginRefused) as caught:
        NetmikoConnector().open(target, Clock(Limits(connect=10), threading.Event()))
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    text = "".join(shown.format())
    assert "target = Target(" in text
    assert PASSWORD not in text
    assert device.attempts == 1
