"""Collecting through a real Dask cluster: each device from the worker of its realm, secrets from there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor.__main__ import main
from tests.collect.device import PASSWORD, USER, Device, Fleet
from tests.house_files import ROOT

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CONFIG = "hostname r1\ninterface GigabitEthernet0/0\n ip address 10.20.1.1 255.255.255.0\n"


@contextmanager
def program(*arguments: str, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT, env={**os.environ, **environment}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


@pytest.fixture
def scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A scheduler with a worker in each of two networks: only the first has the password."""
    monkeypatch.delenv("AUDITOR_PASSWORD", raising=False)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = str(server.getsockname()[1])
    address = f"127.0.0.1:{port}"
    common = ("--nthreads", "2", "--no-dashboard", "--no-nanny", "--local-directory", str(tmp_path))
    worker = ("distributed.cli.dask_worker", f"tcp://{address}", *common, "--resources")
    with (
        program("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"),
        program(*worker, "realm-ams=2", AUDITOR_PASSWORD=PASSWORD),
        program(*worker, "realm-fra=2 collect=1", AUDITOR_PASSWORD="not this one"),
    ):  # fmt: skip
        with distributed.Client(f"tcp://{address}", timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield f"dask://{address}"


def test_each_device_from_its_own_network(
    scheduler: str, devices: Fleet, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = {
        name: devices.add(Device(outputs={"show running-config": CONFIG}))
        for name in ("r1", "r2", "r3", "r4")
    }
    realms = {"r1": "ams", "r2": "fra", "r3": "", "r4": "lon"}
    rows = [f"{n},127.0.0.1,{d.port},{USER},cisco_ios,{realms[n]}" for n, d in made.items()]
    inventory = tmp_path / "inventory.csv"
    inventory.write_text("\n".join(["name,address,port,user,platform,realm", *rows, ""]))
    folder = tmp_path / "snapshot"
    arguments = [
        "collect", "--inventory", str(inventory), "--output", str(folder), "--ssh-config", "none",
        "--known-hosts", str(devices.known_hosts), "--executor", scheduler,
    ]  # fmt: skip
    assert main(arguments) == 3
    said = capfd.readouterr().err
    assert (folder / "r1" / "show_running-config.txt").read_text() == CONFIG
    # the worker of the other network has another password, and no device was asked by the wrong one
    assert "r2: failed: " in said
    assert "r3: failed: " in said
    assert "r4: failed: no worker of the cluster collects it" in said
    assert "--resources 'realm-lon=10'" in said
    assert not (folder / "r2").exists() or not list((folder / "r2").iterdir())
    for text in (said, *(p.read_text() for p in folder.rglob("*.txt"))):
        assert PASSWORD not in text
        assert "not this one" not in text


def test_passwords_do_not_travel(
    scheduler: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_text("name,address,platform\nr1,127.0.0.1,cisco_ios\n")
    arguments = ["collect", "--inventory", str(inventory), "--output", str(tmp_path / "snapshot")]
    assert main([*arguments, "--executor", scheduler, "--password-from", "prompt"]) == 2
    assert "passwords do not travel to workers" in capfd.readouterr().err
