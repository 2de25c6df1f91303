"""A fleet, and a way to collect from it as a user would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.__main__ import main
from tests.collect.device import PASSWORD, USER, Device, Fleet, fleet


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[Fleet]:
    with fleet(tmp_path) as found:
        yield found


@dataclass
class Outcome:
    """How a collection ended."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def hosts(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = json.loads(
            (self.folder / "snapshot.json").read_text()
        )["hosts"]
        return found

    def text(self, host: str, file: str) -> str:
        return (self.folder / host / file).read_text("utf-8")


Collect = Callable[..., Outcome]


@pytest.fixture
def collect(
    devices: Fleet,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Collect:
    """Collects the devices that are given by name, with their platforms."""
    monkeypatch.setenv("AUDITOR_PASSWORD", PASSWORD)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)

    def call(named: dict[str, tuple[str, Device]], *options: str) -> Outcome:
        rows = [f"{n},127.0.0.1,{d.port},{USER},{p}" for n, (p, d) in named.items()]
        inventory = tmp_path / "inventory.csv"
        inventory.write_text("\n".join(["name,address,port,user,platform", *rows, ""]))
        folder = tmp_path / "snapshot"
        code = main(
            ["collect", "--inventory", str(inventory), "--output", str(folder), "--ssh-config", "none",
             "--known-hosts", str(devices.known_hosts), *options]
        )  # fmt: skip
        printed = capfd.readouterr()
        return Outcome(code, printed.out, printed.err, folder)

    return call
