"""Reads text of any size as blocks of whole lines in UTF-8, without terminal codes, in constant memory."""

from __future__ import annotations

import codecs
import gzip
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from auditor.diagnosis.errors import UnreadableInput

BLOCK = 1 << 20
"""Bytes that are read at once; a line longer than this is looked at in pieces."""

_ANSI = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_CAPTURES = tuple(
    bytes.fromhex(m) for m in ("a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1", "0a0d0d0a")
)
_OTHERS = {b"PK\x03\x04": "a zip archive; unpack it first", b"\x28\xb5\x2f\xfd": "packed with zstd; unpack it first",
           b"\xfd7zXZ": "packed with xz; unpack it first", b"BZh": "packed with bzip2; unpack it first"}  # fmt: skip


class Bytes(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, none at the end."""
        ...


class Block(NamedTuple):
    """Whole lines, and the number of the first of them (from 1)."""

    line: int
    text: bytes


@contextmanager
def opened(name: str) -> Iterator[Bytes]:
    """The bytes of a file, or of standard input for `-`; what gzip packed is unpacked on the way.

    Raises UnreadableInput naming the file and the reason.
    """
    if name == "-":
        yield _unpacked(sys.stdin.buffer)
        return
    path = Path(name)
    if path.is_dir():
        raise UnreadableInput(f"{name}: is a folder; name the file in it")
    try:
        with path.open("rb") as stream:
            yield _unpacked(stream)
    except OSError as error:
        raise UnreadableInput(f"{name}: cannot be read: {error.strerror or error}") from None


def _unpacked(stream: BinaryIO) -> Bytes:
    # looking ahead, not back: what comes through a pipe cannot be read twice
    peek = getattr(stream, "peek", None)
    if peek is not None and peek(2)[:2] == b"\x1f\x8b":
        return _Unpacked(gzip.GzipFile(fileobj=stream, mode="rb"))
    return stream


class _Unpacked:
    """What gzip packed. Where it is damaged, all that comes before is given first: `GzipFile.read` would keep it."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        self._packed = packed
        self._error: Exception | None = None

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, none at the end. Raises EOFError, OSError or zlib.error at the damage."""
        if self._error is not None:
            raise self._error
        parts: list[bytes] = []
        missing = size if size >= 0 else sys.maxsize
        while missing:
            try:
                part = self._packed.read1(min(missing, BLOCK))
            except (EOFError, OSError, zlib.error) as error:
                if not parts:
                    raise
                self._error = error
                break
            if not part:
                break
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


def blocks(stream: Bytes, name: str) -> Iterator[Block]:
    """The text of `stream` in blocks. Raises UnreadableInput if it is empty or no text."""
    line, rest, first = 1, b"", True
    decoder: codecs.IncrementalDecoder | None = None
    for data in _pieces(stream, name):
        if first:
            decoder, first = _decoder(data, name), False
        text = decoder.decode(data).encode("utf-8", "replace") if decoder else data
        text = rest + text
        if b"\x1b" in text:
            text = _ANSI.sub(b"", text)
        end = text.rfind(b"\n") + 1
        if not end and len(text) >= BLOCK:
            end = len(text)  # a line without an end
        rest = text[end:]
        if end:
            yield Block(line, text[:end])
            line += text.count(b"\n", 0, end)
    if first:
        raise UnreadableInput(f"{name}: is empty; nothing was logged, or the wrong file was named")
    if rest:
        yield Block(line, rest)


def _pieces(stream: Bytes, name: str) -> Iterator[bytes]:
    done = 0
    try:
        while data := stream.read(BLOCK):
            yield data
            done += len(data)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        if not done:
            raise UnreadableInput(f"{name}: is not whole gzip data: {error}") from None
        yield b"\n"
        raise TruncatedText(done, str(error)) from None
    except OSError as error:
        raise UnreadableInput(
            f"{name}: cannot be read at offset {done}: {error.strerror or error}"
        ) from None


class TruncatedText(Exception):
    """Packed text that ends early; what came before it was given."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(f"ends early after {offset} bytes of text: {reason}")


def _decoder(data: bytes, name: str) -> codecs.IncrementalDecoder | None:
    """A decoder for text with a byte order mark; None for what is ASCII-like already."""
    if data.startswith(_CAPTURES):
        raise UnreadableInput(f"{name}: is a packet capture; use: auditor diagnose capture {name}")
    for start, reason in _OTHERS.items():
        if data.startswith(start):
            raise UnreadableInput(f"{name}: is {reason}")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")("replace")
    head = data[:4096]
    if head[1::2].count(0) > len(head) // 4 and not head[::2].count(0):
        return codecs.getincrementaldecoder("utf-16-le")("replace")  # PowerShell without a mark
    if head.count(0) > len(head) // 100:
        raise UnreadableInput(
            f"{name}: holds binary data (zero bytes at offset {head.index(0)}), not text"
        )
    return None
