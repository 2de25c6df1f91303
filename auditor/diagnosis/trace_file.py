"""Reads the output of a path tool from a file, whatever the tool."""

from __future__ import annotations

from auditor.diagnosis.errors import UnreadableInput
from auditor.diagnosis.secrets import clean
from auditor.diagnosis.text_input import TruncatedText, blocks, opened
from auditor.diagnosis.trace_json import loads, traces_of
from auditor.diagnosis.trace_text import traces_in
from auditor.diagnosis.traces import Trace, TraceFile

MOST = 32 << 20
"""Bytes of a trace file that are read."""


def read_traces(name: str) -> TraceFile:
    """The traces in a file, `-` for standard input. Raises UnreadableInput if it holds none."""
    notes: list[str] = []
    text = _text(name, notes)
    start = text.lstrip("\ufeff \t\r\n")[:1]
    traces = _json(name, text, notes) if start in ("{", "[") else _plain(name, text, notes)
    if not traces:
        more = f": {notes[0]}" if notes else ""
        raise UnreadableInput(
            f"{name}: holds no trace that is known{more}; give the output of mtr --json, mtr --report, "
            "traceroute, tracert, tracepath, paris-traceroute, dublin-traceroute (JSON) or scamper (JSON)"
        )
    return TraceFile(name, traces, tuple(notes))


def _text(name: str, notes: list[str]) -> str:
    parts, size = [], 0
    with opened(name) as stream:
        try:
            for block in blocks(stream, name):
                size += len(block.text)
                if size > MOST:
                    notes.append(f"only the first {MOST >> 20} MB were read")
                    break
                parts.append(block.text)
        except TruncatedText as error:
            notes.append(str(error))
    return b"".join(parts).decode("utf-8", "replace")


def _json(name: str, text: str, notes: list[str]) -> tuple[Trace, ...]:
    """One value, or one value on each line, as scamper writes them."""
    lines = [line for line in text.splitlines() if line.strip()]
    pretty = (
        len(lines) < 2 or lines[0].strip() in ("{", "[") or not lines[1].lstrip().startswith("{")
    )
    found: list[Trace] = []
    for number, piece in enumerate([text] if pretty else lines, 1):
        try:
            value, remark = loads(piece)
        except ValueError as error:
            place = "" if pretty else f"line {number}: "
            notes.append(f"{place}no JSON: {error}")
            continue
        if remark:
            notes.append(remark if pretty else f"line {number}: {remark}")
        found += traces_of(value)
    return tuple(trace for trace in found if trace.answers)


def _plain(name: str, text: str, notes: list[str]) -> tuple[Trace, ...]:
    found = traces_in(text.splitlines())
    notes += [
        f"line {number}: this multipath text does not say which flow saw which host, and is not read; give the JSON of "
        "scamper (-O json -c tracelb) or of dublin-traceroute"
        for number, _ in found.refused[:5]
    ]
    notes += [
        f"line {number}: not understood: {clean(line, 120)}" for number, line in found.strange[:20]
    ]
    return found.traces
