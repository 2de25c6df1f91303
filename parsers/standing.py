"""What stands on a device, for remedies that have to name it: the line that a finding rests on, and its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.platform import CONFIGURATION, Remedy, Text


def text_of(wanted: Remedy) -> Text | None:
    """The text that the finding rests on."""
    where = wanted.where
    if where is None:
        return None
    return next((text for text in wanted.texts if text.file == where.file), None)


def path_of(wanted: Remedy) -> tuple[str, ...]:
    """The line that the finding rests on, behind the headers that it is indented below; empty without one."""
    text = text_of(wanted)
    if text is None or wanted.where is None or not 0 < wanted.where.line <= len(text.lines):
        return ()
    return path_at(text.lines, wanted.where.line - 1)


def path_at(lines: Sequence[str], at: int) -> tuple[str, ...]:
    """A line behind the headers that it is indented below, without their indentation."""
    found = [lines[at].strip()]
    depth = _depth(lines[at])
    while depth and at:
        at -= 1
        if lines[at].strip(" \t!#") and _depth(lines[at]) < depth:
            depth = _depth(lines[at])
            found.insert(0, lines[at].strip())
    return tuple(found)


_NULL = re.compile(r"(.*?\b(?:null ?0|nullroute|blackhole|reject))\b", re.IGNORECASE)


def without_null_route(wanted: Remedy, no: str = "no", below: bool = False) -> tuple[str, ...]:
    """The null route that a configuration states, taken back by its own words up to its next hop, VRF included;
    `below` where systems state it below headers. Empty where no configuration states it."""
    text = text_of(wanted)
    path = path_of(wanted)
    if text is None or text.command != CONFIGURATION or not path:
        return ()
    found = _NULL.match(path[-1])
    if found is None:
        return ()
    headers = path[:-1] if below else ()
    lines = (*headers, f"{no} {found[1]}")
    return tuple(f"{' ' * depth}{line}" for depth, line in enumerate(lines))


def configuration(wanted: Remedy) -> Sequence[str]:
    """The lines of the configuration; empty without one."""
    return next((text.lines for text in wanted.texts if text.command == CONFIGURATION), ())


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
