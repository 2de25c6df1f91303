"""RouterOS commands, carried out on what `/export` prints: a menu, then `add` lines in order."""

from __future__ import annotations

import re

from auditor.remedies.errors import NotCarriedOut
from parsers.platform import CONFIGURATION, Text

_ADD = re.compile(
    r"(?P<menu>/[a-z0-9 -]+?) add (?P<rest>.+?)"
    r"(?: place-before=(?:(?P<number>\d+)|\[ ?find comment=(?P<comment>\"[^\"]*\"|[^\]\s]+) ?\]))?"
)
_REMOVE = re.compile(
    r"(?P<menu>/[a-z0-9 -]+?) remove \[ ?find (?P<field>[a-z-]+)=(?P<value>[^\]\s]+) ?\]"
)


def menu(texts: list[Text], command: str) -> list[Text]:
    """Adds an entry before a number or a comment, or removes those with a value."""
    place = next((i for i, text in enumerate(texts) if text.command == CONFIGURATION), None)
    added, removed = _ADD.fullmatch(command.strip()), _REMOVE.fullmatch(command.strip())
    found = added or removed
    if place is None or found is None:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command.strip()}")
    lines = list(texts[place].lines)
    path = found["menu"]
    terse = any(line.startswith(f"{path} add ") for line in lines)
    if path not in lines and not terse:
        raise NotCarriedOut(f"the export has no menu {path}")
    start = 0 if terse else lines.index(path) + 1
    entries = _entries(lines, start, f"{path} add " if terse else "add ")
    if added is not None:
        at = _place(lines, entries, added, command)
        lines.insert(at, f"{path if terse else ''} add {added['rest']}".strip())
    else:
        wanted = f"{found['field']}={found['value']}"
        hits = [(a, b) for a, b in entries if wanted in " ".join(lines[a:b]).split()]
        if not hits:
            raise NotCarriedOut(f"no entry has {wanted}: {command.strip()}")
        for first, last in reversed(hits):
            del lines[first:last]
    return [*texts[:place], texts[place]._replace(lines=lines), *texts[place + 1 :]]


def _entries(lines: list[str], start: int, head: str) -> list[tuple[int, int]]:
    """The entries of a menu, each with its continued lines: first line, and the one behind the last. In a terse
    export each has its menu in its `head`."""
    found = []
    at = start
    while at < len(lines) and (head.startswith("/") or not lines[at].startswith("/")):
        end = at + 1
        while lines[end - 1].endswith("\\") and end < len(lines):
            end += 1
        if lines[at].startswith(head):
            found.append((at, end))
        at = end
    return found


def _place(
    lines: list[str], entries: list[tuple[int, int]], found: re.Match[str], command: str
) -> int:
    if found["number"] is not None:
        number = int(found["number"])
        return entries[number][0] if number < len(entries) else entries[-1][1]
    if found["comment"] is None:
        return entries[-1][1] if entries else lines.index(found["menu"]) + 1
    bare = found["comment"].strip('"')
    for first, last in entries:
        text = " ".join(line.rstrip("\\").strip() for line in lines[first:last])
        if re.search(rf'comment=(?:"{re.escape(bare)}"|{re.escape(bare)}(?:\s|$))', text):
            return first
    raise NotCarriedOut(f"no entry has this comment: {command.strip()}")
