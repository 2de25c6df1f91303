"""The work on one device, the same wherever it is done: source in, record out."""

from __future__ import annotations

import contextlib
import errno
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from auditor.cache import Cache
from auditor.pipeline import Audited, AuditOptions, audited, failed, internal_error
from auditor.record import encode, head_of
from inventory.sources import SourceDevice

Read = Callable[[Path], bytes]


@dataclass(frozen=True, slots=True)
class Work:
    """What the devices of a run have in common."""

    options: AuditOptions
    cache: Cache | None = None


class Job(NamedTuple):
    """A device to judge. `contents` are its files where it is judged on a machine that does not have them."""

    source: SourceDevice
    contents: dict[Path, bytes] | None = None

    def read(self, path: Path) -> bytes:
        """The bytes of a file. Raises OSError where it cannot be read."""
        if self.contents is None:
            return path.read_bytes()
        if path not in self.contents:
            raise FileNotFoundError(errno.ENOENT, "it could not be read where the run was started")
        return self.contents[path]


class Contents:
    """The bytes of a device's files, each read once: what is judged is what was hashed."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[Path, bytes | OSError] = {}

    def __call__(self, path: Path) -> bytes:
        """The bytes of a file. Raises OSError where it cannot be read."""
        found = self._known.get(path)
        if found is None:
            try:
                found = self._read(path)
            except OSError as error:
                found = error
            self._known[path] = found
        if isinstance(found, OSError):
            raise found
        return found

    def all_of(self, source: SourceDevice) -> dict[Path, bytes]:
        """All files of a device that can be read."""
        for file in source.files:
            with contextlib.suppress(OSError):
                self(file.path)
        return {path: data for path, data in self._known.items() if isinstance(data, bytes)}

    @property
    def size(self) -> int:
        """How many bytes were read."""
        return sum(len(data) for data in self._known.values() if isinstance(data, bytes))


def record_of(source: SourceDevice, work: Work, read: Read = Path.read_bytes) -> bytes:
    """The record of a device, from the cache or judged now. Whatever goes wrong becomes its row."""
    contents = Contents(read)
    key = None if work.cache is None else key_of(source, work.cache, contents)
    if work.cache is not None and key is not None and (known := work.cache.get(key)) is not None:
        return known
    record = judged(source, work.options, contents)
    if work.cache is not None and key is not None and is_whole(record):
        work.cache.put(key, record)
    return record


def judged(source: SourceDevice, options: AuditOptions, read: Read) -> bytes:
    """The record of a device, judged now. Raises MemoryError."""
    part = audited(source, options, read)
    try:
        return encode(part.device, part.findings, part.waivers)
    except MemoryError:
        raise
    except Exception as error:
        return failed_record(source, internal_error(error))


def is_whole(record: bytes) -> bool:
    """Whether a record may be kept: what failed may go well next time."""
    return head_of(record)[0].status != "failed"


def failed_record(source: SourceDevice, reason: str) -> bytes:
    """The row of a device that could not be judged."""
    part: Audited = failed(source, reason)
    return encode(part.device, part.findings)


def key_of(source: SourceDevice, cache: Cache, read: Read) -> str | None:
    """The name of a device's result: all that decides it but what the whole run has in common. None where a
    file cannot be read."""
    parts = [source.name, source.platform_hint or "", source.note]
    for file in source.files:
        try:
            digest = hashlib.blake2b(read(file.path), digest_size=24).hexdigest()
        except OSError:
            return None
        parts += [file.label, file.command or "", digest]
    return cache.key(part.encode("utf-8", "surrogatepass") for part in parts)


def salt_of(options: AuditOptions, program: bytes) -> bytes:
    """What all keys of a run have in common: the program, the service with its feed, and the options."""
    text = repr(
        (
            options.service,
            options.platform,
            options.sources,
            options.select,
            options.ignore,
            options.inline_waivers,
            options.prove,
        )
    )
    return hashlib.blake2b(program + text.encode(), digest_size=24).digest()
