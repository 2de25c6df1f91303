"""The snapshot on disk while it is written: whole files or none, and a list that says how far the run is.

A text is written beside its place and renamed when it is whole and on the disk, so that a file with its right name is
complete whatever happens. `snapshot.json` is written the same way, at the start, now and then, and at the end.
"""

from __future__ import annotations

import datetime
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from auditor import __version__
from auditor.errors import UsageError

INDEX = "snapshot.json"
PART = ".part-"
"""Texts that are being written begin with it; readers of snapshots pass over hidden files."""
EVERY = 2.0
"""Seconds between two lists, at most."""

COLLECTED, PARTIAL, FAILED, PENDING = "collected", "partial", "failed", "pending"


@dataclass(slots=True)
class HostState:
    """How far a device is: `commands` has for each command `ok`, or why there is no text of it."""

    platform: str | None
    status: str = PENDING
    error: str | None = "not collected yet: the run was interrupted"
    commands: dict[str, str] = field(default_factory=dict)


class Store:
    """The folder of one snapshot. Safe to use from several threads."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.hosts: dict[str, HostState] = {}
        self.created = _stamp(now())
        self.finished = False
        self._lock = threading.Lock()
        self._last = 0.0

    def open(self, fresh: bool) -> None:
        """Takes up what an earlier run has left, and removes half-written files.

        Raises UsageError for a folder that holds something else, or cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            inside = sorted(entry.name for entry in self.folder.iterdir())
        except OSError as error:
            raise UsageError(f"--output {self.folder}: {error.strerror}") from None
        if inside and INDEX not in inside and any(not n.startswith(PART) for n in inside):
            raise UsageError(
                f"--output {self.folder}: the folder holds other things; give an empty one"
            )
        if INDEX in inside:
            self._take_up(fresh)
        for part in self.folder.rglob(f"{PART}*"):
            part.unlink(missing_ok=True)

    def _take_up(self, fresh: bool) -> None:
        try:
            data = json.loads((self.folder / INDEX).read_text("utf-8"))
            hosts = dict(data["hosts"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"--output {self.folder / INDEX}: cannot be read: {error}") from None
        if fresh:
            return
        self.created = str(data.get("created") or self.created)
        for name, entry in hosts.items():
            commands = entry.get("commands")
            self.hosts[str(name)] = HostState(
                entry.get("platform"),
                str(entry.get("status")),
                entry.get("error"),
                {str(k): str(v) for k, v in commands.items()} if isinstance(commands, dict) else {},
            )

    def begin(self, platforms: Mapping[str, str | None], fresh: bool) -> None:
        """Enters the devices of this run; with `fresh` their texts of an earlier one go."""
        for name, platform in platforms.items():
            state = self.hosts.get(name)
            if state is None or state.platform != platform:
                self.hosts[name] = HostState(platform)
                fresh_host = fresh or state is not None
            else:
                fresh_host = fresh
            if fresh_host and (self.folder / name).is_dir():
                for text in (self.folder / name).iterdir():
                    text.unlink()
        self.finished = False
        self.save()

    def has(self, host: str, file: str) -> bool:
        """Whether this text is there; if so it is whole."""
        return (self.folder / host / file).is_file()

    @contextmanager
    def text(self, host: str, file: str) -> Iterator[Keeper]:
        """A place to write a text to; it appears under its name if the block ends well and keeps it."""
        folder = self.folder / host
        folder.mkdir(exist_ok=True)
        part = folder / f"{PART}{file}"
        keeper = None
        try:
            with part.open("w", encoding="utf-8", newline="\n") as stream:
                keeper = Keeper(stream)
                yield keeper
                stream.flush()
                os.fsync(stream.fileno())
            if keeper.kept:
                part.replace(folder / file)
        finally:
            part.unlink(missing_ok=True)

    def record(self, host: str, state: HostState) -> None:
        """Enters how a device went; writes the list if it is time."""
        with self._lock:
            self.hosts[host] = state
            if time.monotonic() - self._last > EVERY:
                self._write()

    def save(self, finished: bool = False) -> None:
        """Writes the list now."""
        with self._lock:
            self.finished = finished
            self._write()

    def _write(self) -> None:
        hosts = {
            name: {
                "platform": state.platform,
                "status": state.status,
                "error": state.error,
                "commands": state.commands,
            }
            for name, state in sorted(self.hosts.items())
        }
        data = {
            "schema_version": "1",
            "created": self.created,
            "tool": f"auditor {__version__}",
            "finished": self.finished,
            "hosts": hosts,
        }
        part = self.folder / f"{PART}{INDEX}"
        with part.open("w", encoding="utf-8") as stream:
            json.dump(data, stream, indent=1)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self.folder / INDEX)
        self._last = time.monotonic()


@dataclass(slots=True)
class Keeper:
    """A text being written; `keep` says that it is whole."""

    stream: TextIO
    kept: bool = False

    def write(self, text: str) -> None:
        """Adds to the text."""
        self.stream.write(text)

    def keep(self) -> None:
        """The text is whole: it may have its name."""
        self.kept = True


def _stamp(seconds: float) -> str:
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    when = float(fixed) if fixed and fixed.isdecimal() else seconds
    return datetime.datetime.fromtimestamp(when, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def tally(states: Iterable[HostState]) -> dict[str, int]:
    """How many devices have which status."""
    counts = dict.fromkeys((COLLECTED, PARTIAL, FAILED, PENDING), 0)
    for state in states:
        counts[state.status] = counts.get(state.status, 0) + 1
    return counts
