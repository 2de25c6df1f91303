"""`kill -9` in the middle, then the same command again: everything there, whole, and nothing asked more than needed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from auditor.collect_plan import files_of
from parsers.registry import platform
from tests.collect.conftest import Collect
from tests.collect.device import PASSWORD, USER, Device, Fleet
from tests.house_files import ROOT

COMMANDS = [c.text for c in platform("cisco_ios").commands]
FILES = files_of(platform("cisco_ios").commands)
DEVICES = 200
KILLS = 10


def text_of(device: int, command: str) -> str:
    return "".join(f"{device} {command} line {n}\n" for n in range(60))


def begin(folder: Path, devices: Fleet) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "auditor", "collect", "--inventory", str(folder / "inv.csv"), "--output",
        str(folder / "snapshot"), "--ssh-config", "none", "--known-hosts", str(devices.known_hosts),
        "--workers", "20",
    ]  # fmt: skip
    env = {k: v for k, v in os.environ.items() if k != "SSH_AUTH_SOCK"}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=env | {"AUDITOR_PASSWORD": PASSWORD},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_killed_ten_times(devices: Fleet, tmp_path: Path) -> None:
    fleet = []
    for number in range(DEVICES):
        outputs = {command: text_of(number, command) for command in COMMANDS}
        fleet.append(devices.add(Device(prompt=f"r{number}#", outputs=outputs)))
    rows = [f"r{n},127.0.0.1,{d.port},{USER},cisco_ios" for n, d in enumerate(fleet)]
    (tmp_path / "inv.csv").write_text("\n".join(["name,address,port,user,platform", *rows, ""]))
    snapshot, chance = tmp_path / "snapshot", random.Random(7)
    killed = 0
    for _ in range(KILLS):
        before = sum(len(device.ran) for device in fleet)
        process = begin(tmp_path, devices)
        # at work, however long the start takes; then a random moment
        while process.poll() is None and sum(len(device.ran) for device in fleet) == before:
            time.sleep(0.02)
        time.sleep(chance.uniform(0.0, 0.9))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        # at every moment a file with its right name is whole
        for path in snapshot.rglob("*.txt"):
            if not path.name.startswith("."):
                command = next(c for c, f in FILES.items() if f == path.name)
                assert path.read_text() == text_of(int(path.parent.name[1:]), command)
        if (snapshot / "snapshot.json").exists():
            json.loads((snapshot / "snapshot.json").read_text())
    # each had begun with some devices, and the last found some still to do
    assert killed == KILLS
    assert 0 < len(list(snapshot.rglob("*.txt"))) < DEVICES * len(COMMANDS)
    last = begin(tmp_path, devices)
    _, err = last.communicate(timeout=300)
    assert last.returncode == 0, err.decode()
    hosts = json.loads((snapshot / "snapshot.json").read_text())["hosts"]
    assert len(hosts) == DEVICES
    assert {entry["status"] for entry in hosts.values()} == {"collected"}
    assert len(list(snapshot.rglob("*.txt"))) == DEVICES * len(COMMANDS)
    assert not list(snapshot.rglob(".part-*"))
    # what was on its way when the process was killed is asked again, and nothing else
    asked = [Counter(text for text in device.ran if text in COMMANDS) for device in fleet]
    assert all(set(counts) == set(COMMANDS) for counts in asked)
    assert sum(sum(counts.values()) - len(counts) for counts in asked) <= killed * 20


def test_ctrl_c_ends_soon_and_goes_on_later(devices: Fleet, tmp_path: Path) -> None:
    outputs = {command: text_of(1, command) for command in COMMANDS}
    device = devices.add(Device(prompt="r1#", outputs=outputs, fault="slow"))
    (tmp_path / "inv.csv").write_text(
        f"name,address,port,user,platform\nr1,127.0.0.1,{device.port},{USER},cisco_ios\n"
    )
    process = begin(tmp_path, devices)
    deadline = time.monotonic() + 30
    while "show version" not in device.ran and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"the same command goes on where this one stopped" in err
    data = json.loads((tmp_path / "snapshot" / "snapshot.json").read_text())
    assert data["finished"] is False
    assert data["hosts"]["r1"]["status"] == "pending"
    assert (tmp_path / "snapshot" / "r1" / "show_running-config.txt").read_text() == text_of(
        1, COMMANDS[0]
    )
    device.fault = ""
    process = begin(tmp_path, devices)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert device.ran.count("show running-config") == 1
    assert device.ran.count("show version") == 2


def test_a_collected_snapshot_is_not_asked_again_unless_fresh(
    devices: Fleet, collect: Collect
) -> None:
    outputs = {command: text_of(1, command) for command in COMMANDS[:2]}
    device = devices.add(Device(prompt="r1#", outputs=outputs))
    assert collect({"r1": ("cisco_ios", device)}).code == 0
    asked = len(device.ran)
    again = collect({"r1": ("cisco_ios", device)})
    assert "going on with the snapshot of" in again.err
    assert len(device.ran) == asked
    assert collect({"r1": ("cisco_ios", device)}, "--fresh").code == 0
    assert len(device.ran) == 2 * asked


def test_another_folder_is_not_touched(devices: Fleet, collect: Collect, tmp_path: Path) -> None:
    (tmp_path / "snapshot").mkdir()
    (tmp_path / "snapshot" / "thesis.tex").write_text("precious")
    device = devices.add(Device(prompt="r1#"))
    with pytest.raises(FileNotFoundError):
        _ = collect({"r1": ("cisco_ios", device)}).hosts
    assert [path.name for path in (tmp_path / "snapshot").iterdir()] == ["thesis.tex"]
    assert not device.received
