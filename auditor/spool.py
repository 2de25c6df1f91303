"""All devices of a run without their texts in memory: records go to a file, keys stay.

A fleet's findings are sorted, counted and waived by their keys; a report reads each text when it writes it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar, overload

from auditor.record import head_of
from auditor.reports.model import DevicePart, FindingPart, Part, WaivedPart
from auditor.waivers.waiver import Waiver

IN_MEMORY = 32 << 20
"""Bytes of records that need no file."""

P = TypeVar("P", bound=Part)


class Place(NamedTuple):
    """Where a part lies in the spool, in bytes."""

    start: int
    size: int


class DeviceKey(NamedTuple):
    """A device without its texts."""

    name: str
    status: str
    place: Place


class FindingKey(NamedTuple):
    """A finding without its texts."""

    id: str
    code: str
    severity: str
    outcome: str
    device: str
    subject: str
    place: Place


class Spool:
    """Takes records, keeps their keys, gives their texts back."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self.devices: list[DeviceKey] = []
        self.findings: list[FindingKey] = []
        self.waivers: list[tuple[str, Waiver]] = []
        """Those in comments, each with the device that it speaks for."""
        self._store = _Store(in_memory)

    def add(self, record: bytes) -> None:
        """Takes a device's record. Raises RecordError where it is none."""
        head, start = head_of(record)
        place = self._store.add(memoryview(record)[start:])
        device, status = sys.intern(head.device), sys.intern(head.status)
        keys = []
        end = place + head.size
        for entry in head.entries:
            keys.append(
                FindingKey(
                    entry.id,
                    sys.intern(entry.code),
                    sys.intern(entry.severity),
                    sys.intern(entry.outcome),
                    device,
                    entry.subject,
                    Place(end, entry.size),
                )
            )
            end += entry.size
        self.waivers.extend((device, waiver) for waiver in head.waivers)
        self.findings.extend(keys)
        self.devices.append(DeviceKey(device, status, Place(place, head.size)))

    def text(self, place: Place) -> str:
        """A part as it stands in the JSON report."""
        return self._store.read(*place).decode()

    def finding(self, key: FindingKey) -> FindingPart:
        """The finding of a key."""
        return FindingPart.model_validate_json(self._store.read(*key.place))

    def device(self, key: DeviceKey) -> DevicePart:
        """The device of a key."""
        return DevicePart.model_validate_json(self._store.read(*key.place))


class _Store:
    """Bytes by their places: in memory at first, then in a file without a name. Where the disk is full
    they stay in memory: what was audited is never lost."""

    def __init__(self, in_memory: int) -> None:
        self._limit = in_memory
        self._memory = bytearray()
        self._file: int | None = None
        self._moved = 0  # bytes that the file holds; what comes after them is in memory

    def add(self, data: memoryview) -> int:
        place = self._moved + len(self._memory)
        self._memory += data
        if len(self._memory) > self._limit:
            self._move()
        return place

    def read(self, start: int, size: int) -> bytes:
        if start >= self._moved:
            begin = start - self._moved
            return bytes(self._memory[begin : begin + size])
        if self._file is None:
            raise IndexError(start)
        return os.pread(self._file, size, start)

    def _move(self) -> None:
        try:
            if self._file is None:
                self._file = _nameless()
            rest = memoryview(self._memory)
            place = self._moved
            while rest:
                done = os.pwrite(self._file, rest, place)
                rest, place = rest[done:], place + done
        except OSError as error:
            sys.stderr.write(
                f"auditor: {tempfile.gettempdir()}: {error.strerror}: results stay in memory; free some "
                "space there, or let TMPDIR name another folder\n"
            )
            self._limit = sys.maxsize
            return
        self._moved = place
        self._memory = bytearray()

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)


def _nameless() -> int:
    """A file that is gone when the process is."""
    with tempfile.TemporaryFile(prefix="auditor-") as file:
        return os.dup(file.fileno())


class _Lazy(Sequence[P], Generic[P]):
    """A sequence whose members are read when they are asked for."""

    def _member(self, index: int) -> P:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> P: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[P]: ...
    def __getitem__(self, index: int | slice) -> P | Sequence[P]:
        if isinstance(index, slice):
            return _Slice(self, range(len(self))[index])
        return self._member(range(len(self))[index])

    def __iter__(self) -> Iterator[P]:
        for index in range(len(self)):
            yield self._member(index)

    def texts(self) -> Iterator[str]:
        """The members as they stand in the JSON report."""
        raise NotImplementedError


class _Slice(_Lazy[P]):
    """Some members of a lazy sequence."""

    def __init__(self, of: _Lazy[P], indices: range) -> None:
        self._of = of
        self._indices = indices

    def __len__(self) -> int:
        return len(self._indices)

    def _member(self, index: int) -> P:
        return self._of[self._indices[index]]


class Devices(_Lazy[DevicePart]):
    """The devices of a spool in the order of `keys`."""

    def __init__(self, spool: Spool, keys: Sequence[DeviceKey]) -> None:
        self._spool = spool
        self.keys = keys

    def __len__(self) -> int:
        return len(self.keys)

    def _member(self, index: int) -> DevicePart:
        return self._spool.device(self.keys[index])

    def texts(self) -> Iterator[str]:
        """The devices as they stand in the JSON report."""
        return (self._spool.text(key.place) for key in self.keys)


class Findings(_Lazy[FindingPart]):
    """The findings of a spool in the order of `keys`; `waived` is by their ids' place among the keys."""

    def __init__(
        self, spool: Spool, keys: Sequence[FindingKey], waived: Mapping[Place, WaivedPart]
    ) -> None:
        self._spool = spool
        self.keys = keys
        self.waived = waived

    def __len__(self) -> int:
        return len(self.keys)

    def _member(self, index: int) -> FindingPart:
        key = self.keys[index]
        finding = self._spool.finding(key)
        waived = self.waived.get(key.place)
        return finding if waived is None else finding.model_copy(update={"waived": waived})

    def texts(self) -> Iterator[str]:
        """The findings as they stand in the JSON report."""
        from auditor.record import text_of

        for index, key in enumerate(self.keys):
            if key.place in self.waived:
                yield text_of(self._member(index))
            else:
                yield self._spool.text(key.place)

    def of_devices(self) -> dict[str, Sequence[FindingPart]]:
        """The findings of each device, in this order."""
        places: dict[str, list[FindingKey]] = {}
        for key in self.keys:
            places.setdefault(key.device, []).append(key)
        return {name: Findings(self._spool, keys, self.waived) for name, keys in places.items()}
