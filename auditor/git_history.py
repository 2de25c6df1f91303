"""Reads files out of the history of a git repository. It never writes to the repository, and runs none of its hooks."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from auditor.errors import UsageError


class Commit(NamedTuple):
    """A commit: its hash, when it was made (ISO 8601), by whom, and the first line of its message."""

    name: str
    date: str
    author: str
    subject: str


class History:
    """The history of a repository up to a revision, along first parents."""

    def __init__(self, repository: str, revision: str) -> None:
        """Raises UsageError where there is no repository or no such revision."""
        self.repository = repository
        if not Path(repository).is_dir():
            raise UsageError(f"{repository}: is no folder; give a git repository of configurations")
        found = self._git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        self.newest = found.decode().strip()

    def export(self, folder: Path) -> None:
        """Writes the files of the newest commit into a folder."""
        data = self._git("archive", "--format=tar", self.newest)
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(folder, filter="data")

    def commits(self, files: Sequence[str]) -> list[Commit]:
        """The commits that changed one of the files, the oldest first."""
        form = "%H%x00%cI%x00%an%x00%s"
        command = ("log", "--first-parent", "--reverse", f"--format={form}", self.newest, "--")
        lines = self._git(*command, *(f":(top,literal){file}" for file in files))
        rows = lines.decode("utf-8", "replace").splitlines()
        return [Commit(*row.split("\0", 3)) for row in rows]

    def content(self, commit: str, file: str) -> bytes | None:
        """A file as it was in a commit; None where it was not there."""
        try:
            return self._git("cat-file", "blob", f"{commit}:{file}")
        except UsageError:
            return None

    def _git(self, *arguments: str) -> bytes:
        quiet = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false")
        command = ["git", "-C", self.repository, *quiet, *arguments]
        environment = os.environ | {
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
        }
        try:
            # no shell, and options end before what the user typed
            done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603
        except FileNotFoundError:
            raise UsageError("git is not installed; blame reads histories with it") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise UsageError(f"{self.repository}: git: {said[-1] if said else 'failed'}")
        return done.stdout
