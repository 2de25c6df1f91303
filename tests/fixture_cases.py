"""The cases in fixtures/: a folder of device texts with what must be found in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from parsers.model.device import Device
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import PLATFORMS, platform

ROOT = Path(__file__).parent.parent / "fixtures"
NOT_TEXTS = frozenset({"case.md", "findings.json", "model.json", "packets.jsonl"})


class Case(NamedTuple):
    """One folder: `fixtures/<platform>/<case>/`."""

    platform: str
    folder: Path

    @property
    def name(self) -> str:
        """Platform and case, as test names show it."""
        return f"{self.platform}/{self.folder.name}"


def cases() -> list[Case]:
    """All cases of the platforms there are, in order."""
    return [
        Case(name, folder)
        for name in sorted(PLATFORMS)
        for folder in sorted((ROOT / name).glob("*"))
        if folder.is_dir()
    ]


@cache
def texts(folder: Path) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """File, command and lines of every text of a case."""
    found = []
    for file in sorted(folder.iterdir()):
        if file.name in NOT_TEXTS or not file.is_file():
            continue
        command = CONFIGURATION if file.stem == "config" else file.stem.replace("_", " ")
        found.append((file.name, command, tuple(file.read_text("utf-8").splitlines())))
    return tuple(found)


def device(case: Case, changed: tuple[str, list[str]] | None = None) -> Device:
    """The parsed device; `changed` replaces the lines of one file."""
    inputs = []
    for file, command, lines in texts(case.folder):
        body = changed[1] if changed is not None and changed[0] == file else list(lines)
        inputs.append(Text(file, command, body))
    return platform(case.platform).parse(Inputs(case.folder.name, case.platform, tuple(inputs)))
