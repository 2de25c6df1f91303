"""Reads pcap and pcapng files as a stream of records, in constant memory, whatever their bytes say.

dpkt reads both forms too, and the tests ask it for its opinion; it is not used here because it knows one interface
in a pcapng file, takes any length that a record claims, and gives no offset when a file breaks off.
Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from auditor.diagnosis.errors import UnreadableInput
from auditor.diagnosis.text_input import Bytes

BUFFER = 1 << 18
"""Bytes that are read at once: what stays in a processor's own cache is read again in half the time."""
LARGEST = 1 << 20
"""Bytes of the largest record that is believed: libpcap writes at most 262,144 of a packet."""

_INTERFACES = 4096
_PCAP = {
    bytes.fromhex("a1b2c3d4"): (">", 1000), bytes.fromhex("d4c3b2a1"): ("<", 1000),
    bytes.fromhex("a1b23c4d"): (">", 1), bytes.fromhex("4d3cb2a1"): ("<", 1),
}  # fmt: skip
_SECTION = bytes.fromhex("0a0d0d0a")
_PACKED = {b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zX": "xz", b"BZh": "bzip2", b"PK\x03\x04": "zip"}
_INTERFACE, _OLD_PACKET, _SIMPLE, _ENHANCED = 1, 2, 3, 6


class Interface(NamedTuple):
    """An interface of a pcapng section. `units` is the number of time steps in a second."""

    number: int
    link: int
    snap: int
    units: int
    offset: int


Record = tuple[int, Interface, bytes, int, int, int]
"""A captured packet: time, interface, buffer, start, end, wire. Its bytes are `buffer[start:end]`, of `wire` bytes
that were sent. The time is in nanoseconds since 1970, 0 where the file has none. Before `start` the buffer holds at
least 12 more bytes. A bare tuple: making one with names takes longer than reading its values."""


class CaptureStream:
    """A capture that is being read. After the last record, `broken` says where and why it ended early, and
    `records` how many there were. `interfaces` is the number of interfaces described so far."""

    def __init__(self, stream: Bytes, name: str) -> None:
        self._stream, self._name = stream, name
        self._buffer, self._at, self._base = b"", 0, 0
        self.broken: str | None = None
        self.records = 0
        self.names: dict[int, str] = {}
        self.interfaces = 1

    def __iter__(self) -> Iterator[Record]:
        """The records. Raises UnreadableInput if the file is no capture at all."""
        head = self._peek(4)
        if not head:
            raise UnreadableInput(f"{self._name}: is empty; capture again, and stop it with Ctrl-C")
        if head in _PCAP:
            return self._pcap(*_PCAP[head])
        if head == _SECTION:
            return self._pcapng()
        packed = next((name for start, name in _PACKED.items() if head.startswith(start)), None)
        if packed:
            raise UnreadableInput(f"{self._name}: is packed with {packed}; unpack it first")
        raise UnreadableInput(
            f"{self._name}: is no pcap or pcapng file (begins with {head.hex(' ')}); convert it, for "
            "example with: editcap -F pcapng IN OUT"
        )

    def _fill(self, size: int) -> bool:
        """Makes `size` bytes lie at the reading point, if the file has them."""
        while len(self._buffer) - self._at < size:
            try:
                more = self._stream.read(BUFFER)
            except (OSError, EOFError, ValueError, zlib.error) as error:
                self._break(f"cannot be read further: {error}")
                return False
            if not more:
                return False
            self._base += self._at
            self._buffer = self._buffer[self._at :] + more
            self._at = 0
        return True

    def _peek(self, size: int) -> bytes:
        self._fill(size)
        return self._buffer[self._at : self._at + size]

    def _break(self, reason: str) -> None:
        if self.broken is None:
            where = self._base + self._at
            self.broken = f"at offset {where}, after {self.records} packets: {reason}"

    def _pcap(self, order: str, scale: int) -> Iterator[Record]:
        if not self._fill(24):
            self._break("the file ends within its header")
            return
        (link,) = Struct(order + "I").unpack_from(self._buffer, self._at + 20)
        link &= 0x0FFFFFFF  # the upper bits say how long a frame check sequence is
        self._at += 24
        interface = Interface(0, link, 0, 0, 0)
        head = Struct(order + "IIII").unpack_from
        while True:
            buffer, at = self._buffer, self._at
            whole, records = len(buffer), 0
            last = whole - 16
            while at <= last:
                seconds, fraction, size, wire = head(buffer, at)
                start = at + 16
                end = start + size
                if end > whole or size > LARGEST:
                    break
                records += 1
                yield (
                    seconds * 1_000_000_000 + fraction * scale,
                    interface,
                    buffer,
                    start,
                    end,
                    wire,
                )
                at = end
            self.records += records
            if not self._more(at, 16):
                return
            size = head(self._buffer, self._at)[2]
            if size > LARGEST:
                self._break(f"a packet claims {size} bytes: the file is damaged there")
                return
            if not self._fill(16 + size):
                self._break("the file ends within a packet")
                return

    def _more(self, at: int, size: int) -> bool:
        """Whether another head lies ahead; an end in the middle of one is noted."""
        self._at = at
        if self._fill(size):
            return True
        if len(self._buffer) > self._at:
            self._break("the file ends within the head of a packet")
        return False

    def _pcapng(self) -> Iterator[Record]:
        order, number = "<", 0
        found: list[Interface] = []
        while True:
            if found:
                yield from self._enhanced(order, found)
            if not self._more(self._at, 12):
                return
            buffer, at = self._buffer, self._at
            if buffer[at : at + 4] == _SECTION:
                magic = buffer[at + 8 : at + 12]
                if magic not in (b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d"):
                    self._break("a section without a byte order: the file is damaged there")
                    return
                order, found = ("<" if magic[0] == 0x4D else ">"), []
            kind, size = Struct(order + "II").unpack_from(buffer, at)
            if size < 12 or size % 4 or size > 16 * LARGEST:
                self._break(f"a block of {size} bytes: the file is damaged there")
                return
            if not self._fill(size):
                self._break("the file ends within a block")
                return
            buffer, at = self._buffer, self._at
            end = at + size - 4
            if kind == _INTERFACE:
                if number >= _INTERFACES:
                    self._break(f"more than {_INTERFACES} interfaces: the file is damaged there")
                    return
                found.append(self._interface(order, buffer, at, end, number))
                number += 1
                self.interfaces = max(number, 1)
            elif kind in (_ENHANCED, _SIMPLE, _OLD_PACKET):
                record = _packet(kind, order, buffer, at, end, found)
                if record is None:
                    self._break("a packet that fits neither its block nor an interface")
                    return
                self.records += 1
                self._at = at + size
                yield record
                continue
            self._at = at + size

    def _enhanced(self, order: str, found: list[Interface]) -> Iterator[Record]:
        """The packets that follow each other in the buffer; whatever is not the usual case is left to the caller."""
        buffer, at, records = self._buffer, self._at, 0
        head = Struct(order + "IIIIIII").unpack_from
        scales = [_scale(interface) for interface in found]
        known, whole = len(found), len(buffer)
        last = whole - 32
        while at <= last:
            kind, size, index, high, low, kept, wire = head(buffer, at)
            start, after = at + 28, at + size
            if (
                kind != _ENHANCED
                or index >= known
                or size % 4
                or kept + 32 > size
                or after > whole
                or size > LARGEST
            ):
                break
            units, scale, offset = scales[index]
            stamp = high << 32 | low
            if stamp:
                stamp = (stamp * scale if scale else stamp * 1_000_000_000 // units) + offset
            records += 1
            yield stamp, found[index], buffer, start, start + kept, wire
            at = after
        self.records += records
        self._at = at

    def _interface(self, order: str, buffer: bytes, at: int, end: int, number: int) -> Interface:
        link, snap = Struct(order + "HxxI").unpack_from(buffer.ljust(at + 16, b"\0"), at + 8)
        units, offset, at = 1_000_000, 0, at + 16
        head = Struct(order + "HH")
        while at + 4 <= end:
            code, size = head.unpack_from(buffer, at)
            value = buffer[at + 4 : min(end, at + 4 + size)]
            if code == 0:
                break
            if code == 2:
                self.names[number] = value.decode("utf-8", "replace").rstrip("\0")
            elif code == 9 and value:
                power = value[0] & 0x7F
                units = 2 ** min(power, 63) if value[0] & 0x80 else 10 ** min(power, 18)
            elif code == 14 and len(value) == 8:
                offset = int.from_bytes(value, "little" if order == "<" else "big", signed=True)
            at += 4 + size + (-size % 4)
        return Interface(number, link, snap, units, offset)


def _scale(interface: Interface) -> tuple[int, int, int]:
    """Time steps in a second, nanoseconds in a time step (0 where that is no whole number), nanoseconds to add."""
    whole = 0 if 1_000_000_000 % interface.units else 1_000_000_000 // interface.units
    return interface.units, whole, interface.offset * 1_000_000_000


_HEADS = {
    (order, kind): Struct(order + form)
    for order in "<>"
    for kind, form in ((_ENHANCED, "IIIII"), (_OLD_PACKET, "HHIIII"), (_SIMPLE, "I"))
}


def _packet(
    kind: int, order: str, buffer: bytes, at: int, end: int, found: list[Interface]
) -> Record | None:
    head = _HEADS[order, kind]
    start = at + 8 + head.size
    if start > end:
        return None
    values = head.unpack_from(buffer, at + 8)
    if kind == _SIMPLE:
        wire = values[0]
        size = min(wire, (found[0].snap if found else 0) or wire, end - start)
        index, stamp = 0, 0
    elif kind == _ENHANCED:
        index, high, low, size, wire = values
        stamp = high << 32 | low
    else:
        index, _, high, low, size, wire = values
        stamp = high << 32 | low
    if index >= len(found) or start + size > end:
        return None
    interface = found[index]
    if stamp:
        stamp = stamp * 1_000_000_000 // interface.units + interface.offset * 1_000_000_000
    return stamp, interface, buffer, start, start + size, wire
