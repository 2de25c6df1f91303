"""What a path holds: devices with their texts, and what was not used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text of a device. `label` is its path as reports show it: relative to what the user named,
    with `/`. `command` printed it; `running-config` is the configuration, None is not known.
    """

    path: Path
    label: str
    command: str | None


@dataclass(frozen=True, slots=True)
class SourceDevice:
    """A device and its texts, the configuration first.

    `platform_hint` is the netmiko device type that a list beside the texts gives. `note` says what
    is odd, for instance that a collection failed; a device may then have no files.
    """

    name: str
    platform_hint: str | None
    files: tuple[SourceFile, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was not used, and why."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What a path holds: its devices by name, and what was not used."""

    root: Path
    devices: tuple[SourceDevice, ...]
    skipped: tuple[Skipped, ...]
