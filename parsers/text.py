"""Bytes of a file to the lines of one device text, and signs that the text is not whole.

Encodings: UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-16 without one, and for lines that
are no UTF-8 Latin-1, which has a character for every byte. Line numbers stay those of the file.
"""

from __future__ import annotations

import codecs
import re

from parsers import terminal
from parsers.errors import EmptyText, UnreadableText

_MAGIC = (
    (b"\x7fELF", "an ELF program", "give the device's text output"),
    (b"MZ\x90", "a Windows program", "give the device's text output"),
    (b"PK\x03\x04", "a ZIP archive", "unpack it and give the folder"),
    (b"PK\x05\x06", "an empty ZIP archive", "collect the device again"),
    (b"\x1f\x8b", "gzip-compressed data", "unpack it with `gunzip` first"),
    (b"BZh", "bzip2-compressed data", "unpack it with `bunzip2` first"),
    (b"\xfd7zXZ\x00", "xz-compressed data", "unpack it with `unxz` first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data", "unpack it with `unzstd` first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and give the folder"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and give the folder"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "give the text instead of a picture of it"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text instead of a picture of it"),
    (b"GIF8", "a GIF image", "give the text instead of a picture of it"),
    (b"%PDF-", "a PDF document", "give the text that the device printed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\xd4\xc3\xb2\xa1", "a packet capture", "use `auditor diagnose capture`"),
    (b"\xa1\xb2\xc3\xd4", "a packet capture", "use `auditor diagnose capture`"),
    (b"\x0a\x0d\x0d\x0a", "a pcapng packet capture", "use `auditor diagnose capture`"),
    (b"SQLite format 3\x00", "an SQLite database", "export the text from it"),
)
"""The first bytes of files that people give by mistake: (bytes, what it is, what to do)."""

_TAR = (257, b"ustar")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CONTROLS = bytes(set(range(32)) - {3, 4, 7, 8, 9, 10, 12, 13, 26, 27}) + b"\x7f"
"""Control characters that no device prints. 3 ends banners; 7, 8, 12 and 27 steer terminals."""

_SAMPLE = 65536
_LEAST_SURE = 32
"""Texts shorter than this many bytes are never called binary for their control characters."""


def lines_of(data: bytes) -> list[str]:
    """The lines of the device text that `data` holds, without line ends.

    Byte order marks, NULs, terminal escapes, pagers and the prompts around the output are gone; a
    line of which nothing is left is empty, so that line numbers stay those of the file.
    Raises UnreadableText for binary data and its kind EmptyText for empty data; the message
    continues the file's name: what it holds, and the remedy.
    """
    _refuse_known_formats(data)
    text = _decoded(data)
    if not text or text.isspace():
        raise EmptyText("holds blanks only; collect the output from the device again")
    lines = _split(text)
    del text
    terminal.clear_session(lines)
    return lines


def _refuse_known_formats(data: bytes) -> None:
    if not data:
        raise EmptyText("is empty; collect the output from the device again")
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            raise UnreadableText(f"holds {what}, no device text; {remedy}")
    offset, magic = _TAR
    if data.startswith(magic, offset):
        raise UnreadableText("holds a tar archive, no device text; unpack it and give the folder")


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding == "utf-8":
                data = data[len(mark) :]
                break
            return data[len(mark) :].decode(encoding, "replace").replace("\x00", "")
    if b"\x00" in data:
        wide = _wide_encoding(data[:_SAMPLE])
        if wide:
            return data.decode(wide, "replace").replace("\x00", "")
        stripped = data.replace(b"\x00", b"")
        if not stripped:
            raise EmptyText("holds NUL bytes only; collect the output from the device again")
        if len(stripped) * 4 < len(data) * 3:
            raise UnreadableText("holds binary data, no device text; give the device's text output")
        data = stripped
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_decoded_line(line) for line in data.split(b"\n"))


def _wide_encoding(sample: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, which has NULs in every other byte; else None."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd * 10 >= half * 7 and even * 10 < half:
        return "utf-16-le"
    if half and even * 10 >= half * 7 and odd * 10 < half:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes) -> None:
    """Text has next to no control characters, random bytes have a tenth of them."""
    sample = data[:_SAMPLE]
    if len(sample) < _LEAST_SURE:
        return
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls * 20 > len(sample):
        raise UnreadableText("holds binary data, no device text; give the device's text output")


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _split(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            text = text.replace("\r\n", "\n")  # what was \r\r\n, as serial consoles write it
            if "\n" not in text:
                text = text.replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    if "\r" in text or "\b" in text or "\x1b" in text or "\x9b" in text:
        lines = [part for line in lines for part in _printed(line)]
    if terminal.may_have_pager(text):
        _drop_pagers(lines)
    return lines


def _printed(line: str) -> tuple[str, ...]:
    """What was printed on one line; more than one where a lone carriage return ends a line.

    A carriage return after blanks or a pager wipes them. After other text it would hide that text,
    and a statement must not be lost, so there it counts as a line end.
    """
    if "\r" not in line:
        return (terminal.shown(line),)
    parts = [terminal.shown(part) for part in line.split("\r")]
    kept = [part for part in parts if part.strip() and not terminal.is_pager(part)]
    if kept:
        return tuple(kept)
    # a wiped pager at the end of a text stays visible: it says that the text is not whole
    return (next((part for part in parts if part.strip()), ""),)


def _drop_pagers(lines: list[str]) -> None:
    """Removes pagers in place; one that ends the text stays, `remarks` tells of it."""
    last = len(lines) - 1
    while last > 0 and not lines[last].strip():
        last -= 1
    if terminal.is_pager(lines[last]):
        last -= 1
    for number in range(last + 1):
        line = lines[number]
        if "ore" in line or "ORE" in line or "ines " in line or "ress " in line or "RESS " in line:
            lines[number] = terminal.without_pager(line)


_REFUSED = re.compile(
    r"\s*(?:% ?(?:Invalid|Incomplete|Ambiguous|Unknown|Unrecognized|Authorization|Permission) .*"
    r"|(?:%? ?Command )?[Aa]uthorization failed.*"
    r"|Error: (?:Unrecognized|Wrong|Incomplete|Too many).*"
    r"|error: (?:syntax error|unknown command|permission denied|command is not valid).*"
    r"|syntax error.*"
    r"|.*: (?:command not found|[Pp]ermission denied).*|.*Operation not permitted.*"
    r"|Connection (?:reset|timed out|to \S+ closed).*"
    r"|.*(?:session|Session) (?:timed out|expired).*)"
)
_IOS_VERSION = re.compile(r"version \d+\.\d+\s*|!! IOS XR Configuration .*|! device: .*EOS-.*")
_EDGE = 40


def remarks(lines: list[str]) -> tuple[tuple[int, str], ...]:
    """Signs that a text is not whole, as (line, reason) in line order: a pager at the end, a device
    that refused the command, a configuration without its last line, an open block.
    """
    last = len(lines)
    while last > 0 and not lines[last - 1].strip():
        last -= 1
    if not last:
        return ((1, "nothing but blanks"),)
    edges = [*range(min(_EDGE, last)), *range(max(_EDGE, last - _EDGE), last)]
    found = [
        (number + 1, f"not an output: {lines[number].strip()[:80]}")
        for number in edges
        if _REFUSED.fullmatch(lines[number])
    ]
    end = lines[last - 1]
    if terminal.is_pager(end):
        found.append((last, "ends at a pager: the rest was never printed"))
    elif any(_IOS_VERSION.fullmatch(line.strip()) for line in lines[:_EDGE]) and not any(
        line.strip() == "end" for line in lines[max(0, last - 10) : last]
    ):
        found.append((last, "ends without the line `end` that closes a running configuration"))
    open_block = _open_block(lines, last)
    if open_block:
        found.append(open_block)
    second = terminal.second_output(lines)
    if second:
        found.append((second, "another command's output begins here: give each its own file"))
    return tuple(sorted(found))


def _open_block(lines: list[str], last: int) -> tuple[int, str] | None:
    """The line of a `{` block, or of an iptables table, that nothing closes."""
    opened: list[int] = []
    table = 0
    is_json = next(line for line in lines if line.strip()).lstrip()[0] in "{["
    for number in range(1, last + 1):
        line = lines[number - 1]
        if not line:
            continue
        if line[-1] == "{" and not is_json:
            opened.append(number)
        elif opened and line.lstrip()[:1] == "}":
            opened.pop()
        elif line[0] == "*" and line[1:].rstrip() in ("filter", "nat", "mangle", "raw", "security"):
            table = number
        elif table and line.startswith("COMMIT"):
            table = 0
    if table:
        return table, "this iptables table has no COMMIT: the text is cut"
    if opened:
        return opened[0], "this block is never closed: the text is cut"
    return None
