"""One device's part of a report as bytes: what workers hand over, what the cache keeps, what the spool holds.

    4 bytes    length of the head, big-endian
    head       JSON: the device's name and status, a key for every finding, the waivers in its comments
    parts      the device, then its findings, each as it stands in the JSON report

The texts are made and cleaned once, by the worker; whoever only sorts, counts or copies them never parses them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from auditor.reports.clean import clean, is_clean, visible
from auditor.reports.model import DevicePart, FindingPart, Part
from auditor.waivers.waiver import Waiver

_LENGTH = struct.Struct(">I")
_DEPTH = "\n    "
"""Where a device or a finding stands in the JSON report."""


class RecordError(ValueError):
    """Bytes that are no record."""


class Entry(NamedTuple):
    """A finding without its texts; `size` is that of its part in bytes."""

    id: str
    code: str
    severity: str
    outcome: str
    subject: str
    size: int


class Head(NamedTuple):
    """What a record holds: `size` is that of the device's part in bytes, the findings' parts follow it."""

    device: str
    status: str
    size: int
    entries: tuple[Entry, ...]
    waivers: tuple[Waiver, ...]


_HEAD: TypeAdapter[Head] = TypeAdapter(Head)


def encode(
    device: DevicePart, findings: Sequence[FindingPart], waivers: Sequence[Waiver] = ()
) -> bytes:
    """The record of a device; every text in it is made harmless (`auditor.reports.clean`)."""
    parts = [text_of(device).encode()]
    entries = []
    for finding in findings:
        parts.append(text_of(finding).encode())
        entries.append(
            Entry(
                finding.id,
                finding.code,
                finding.severity,
                finding.outcome,
                visible(finding.subject),
                len(parts[-1]),
            )
        )
    head = _HEAD.dump_json(
        Head(visible(device.name), device.status, len(parts[0]), tuple(entries), tuple(waivers))
    )
    return b"".join((_LENGTH.pack(len(head)), head, *parts))


def text_of(part: Part) -> str:
    """A device or a finding as it stands in the JSON report, clean."""
    try:
        text = part.model_dump_json(indent=2)
        whole = is_clean(text)
    except ValueError:  # half a character, as in names of files that are no UTF-8
        whole = False
    if not whole:
        text = clean(part).model_dump_json(indent=2)
    return text.replace("\n", _DEPTH)


def head_of(record: bytes) -> tuple[Head, int]:
    """What is in a record, and where its parts begin. Raises RecordError where it is none."""
    try:
        (length,) = _LENGTH.unpack_from(record)
        start = _LENGTH.size + length
        head = _HEAD.validate_json(record[_LENGTH.size : start])
    except (struct.error, ValueError) as error:
        raise RecordError(f"not a record: {error}") from None
    if start + head.size + sum(entry.size for entry in head.entries) != len(record):
        raise RecordError("not a record: its length is wrong")
    return head, start
