"""Results kept between runs: a device whose texts, options, service and program are the same is not judged again.

One file for each result, named by the hash of everything that decides it and written beside its place before it
takes it, so that runs at the same time, or killed ones, leave whole results or none. What is damaged is made again.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

MAGIC = b"auditor1"
"""The first bytes of a file; another number is another layout."""
_DIGEST = 16
KEPT_DAYS = 30
"""Results that no run has used for so long are removed."""
_SWEPT = "swept"
_ROOMS = ("auditor", "parsers", "rules", "inventory")
_LIBRARIES = ("pydantic", "pydantic-core")


def default_folder() -> Path:
    """The cache of this system's user."""
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("auditor", appauthor=False)) / "results"


def program() -> bytes:
    """A hash of the program itself: any change of its code or data, or of what its models stand on, makes
    other results."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=_DIGEST)
    for library in _LIBRARIES:
        digest.update(metadata.version(library).encode())
    root = Path(__file__).resolve().parent.parent
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and path.parent.name != "__pycache__":
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.digest()


class Cache:
    """Records by their keys in a folder. `salt` is what all keys of a run have in common."""

    def __init__(self, folder: Path, salt: bytes) -> None:
        self.folder = folder
        self.salt = salt
        self._works = True

    def key(self, parts: Iterable[bytes]) -> str:
        """The name of the result that these parts decide, each with its length."""
        digest = hashlib.blake2b(self.salt, digest_size=24)
        for part in parts:
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest()

    def get(self, key: str) -> bytes | None:
        """The record, or None where there is none, or none that is whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if data[: len(MAGIC)] != MAGIC:
            return None
        digest, packed = data[len(MAGIC) : len(MAGIC) + _DIGEST], data[len(MAGIC) + _DIGEST :]
        if hashlib.blake2b(packed, digest_size=_DIGEST).digest() != digest:
            return None
        self._used(path)
        try:
            return zlib.decompress(packed)
        except zlib.error:
            return None

    def put(self, key: str, record: bytes) -> None:
        """Keeps a record. Where that fails, says so once and goes on without."""
        if not self._works:
            return
        path = self._path(key)
        packed = zlib.compress(record, 1)
        digest = hashlib.blake2b(packed, digest_size=_DIGEST).digest()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(MAGIC + digest + packed)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            self._works = False
            sys.stderr.write(
                f"auditor: the cache {self.folder} is not written: {error.strerror or error}; nothing is lost, "
                "the next run judges again (--cache-dir names another folder, --no-cache none)\n"
            )

    def sweep(self) -> None:
        """Removes, once a day, what no run has used for KEPT_DAYS, and what killed runs left behind."""
        mark = self.folder / _SWEPT
        now = time.time()
        try:
            if now - mark.stat().st_mtime < 86_400:
                return
        except OSError:
            if not self.folder.is_dir():
                return
        try:
            mark.write_bytes(b"")
            for folder in sorted(self.folder.iterdir()):
                if folder.is_dir() and not folder.is_symlink():
                    _sweep(folder, now)
        except OSError:
            return  # another run sweeps, or the folder is not ours to write

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def _used(self, path: Path) -> None:
        try:
            if time.time() - path.stat().st_mtime > 86_400:
                os.utime(path)
        except OSError:
            return  # somebody has removed it


def _sweep(folder: Path, now: float) -> None:
    for path in folder.iterdir():
        days = 1 if path.name.startswith(".") else KEPT_DAYS
        if now - path.stat().st_mtime > days * 86_400:
            path.unlink(missing_ok=True)
