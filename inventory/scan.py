"""Looks into folders: in one order everywhere, no links followed, what is not used recorded."""

from __future__ import annotations

import json
import os
from pathlib import Path

from inventory import names
from inventory.devices import Skipped


class Scan:
    """The folder `root` and what was not used in it so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.skipped: list[Skipped] = []

    def label(self, path: Path) -> str:
        """The path as reports show it, the same on every machine."""
        name = path.relative_to(self.root).as_posix()
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def skip(self, path: Path, reason: str) -> None:
        """Records that `path` is not used."""
        self.skipped.append(Skipped(self.label(path), reason))

    def entries(self, folder: Path) -> tuple[list[Path], list[Path]]:
        """The files and the folders in `folder` that are worth a look, in order of their names."""
        files: list[Path] = []
        folders: list[Path] = []
        try:
            with os.scandir(folder) as scan:
                found = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            self.skip(folder, f"cannot be opened: {error.strerror or error}")
            return files, folders
        for entry in found:
            path = folder / entry.name
            if entry.is_symlink():
                if self.is_followed(path):
                    files.append(path)
            elif entry.is_dir():
                reason = names.reason_to_skip_folder(entry.name)
                if reason is None:
                    folders.append(path)
                else:
                    self.skip(path, reason)
            elif entry.is_file():
                files.append(path)
            else:
                self.skip(path, "neither a file nor a folder")
        return files, folders

    def is_followed(self, link: Path) -> bool:
        """Whether a link is read: only to a file in `root` that is not found without the link."""
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):
            self.skip(link, "a link to nothing")
            return False
        if not target.is_relative_to(self.root):
            self.skip(link, "a link that leads out of the folder")
            return False
        if target.is_dir():
            self.skip(link, "a link to a folder")
            return False
        inner = target.relative_to(self.root)
        if not any(part.startswith(".") for part in inner.parts):
            self.skip(link, f"a link to {inner.as_posix()}, which is read there")
            return False
        return True

    def json_of(self, path: Path) -> object:
        """The data in a JSON file, None (and a record) if it holds none."""
        try:
            data: object = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError) as error:
            self.skip(path, f"no readable JSON: {error}")
            return None
        return data
