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
    r"(?P<menu>/[a-z0-9 -]+?) (?P<verb>remove|disable|enable) \[ ?find (?P<fields>[^\]]+) ?\]"
)


OFF = "disabled=yes"
OLD_FORM = re.compile(r"(?P<menu>/[a-z0-9 -]+?) set (?P<name>[^\[\]= ]+) (?P<fields>.+)")
"""New values for the fields of an entry that has a name."""


def fields_of(lines: list[str], path: str, name: str) -> dict[str, str] | None:
    """The fields of the entry of a menu that is called `name`; None where there is none."""
    start = lines.index(path) + 1 if path in lines else 0
    for first, last in _entries(lines, start, "add " if start else f"{path} add "):
        words = " ".join(line.rstrip("\\").strip() for line in lines[first:last]).split()
        if f"name={name}" in words:
            return dict(word.split("=", 1) for word in words if "=" in word)
    return None


def _set(texts: list[Text], place: int, found: re.Match[str]) -> list[Text]:
    """Gives an entry that is called `name` new values for some fields."""
    lines = list(texts[place].lines)
    fields = dict(word.split("=", 1) for word in found["fields"].split())
    path = found["menu"]
    start = lines.index(path) + 1 if path in lines else 0
    for first, last in _entries(lines, start, "add " if start else f"{path} add "):
        words = " ".join(line.rstrip("\\").strip() for line in lines[first:last]).split()
        if f"name={found['name']}" in words:
            kept = [w for w in words if w.partition("=")[0] not in fields]
            lines[first:last] = [" ".join([*kept, *(f"{k}={v}" for k, v in fields.items())])]
            return [*texts[:place], texts[place]._replace(lines=lines), *texts[place + 1 :]]
    raise NotCarriedOut(f"no entry of {path} is called {found['name']}")


def menu(texts: list[Text], command: str) -> list[Text]:
    """Adds an entry before a number or a comment, or removes those with a value."""
    place = next((i for i, text in enumerate(texts) if text.command == CONFIGURATION), None)
    added, removed = _ADD.fullmatch(command.strip()), _REMOVE.fullmatch(command.strip())
    found = added or removed
    changed = OLD_FORM.fullmatch(command.strip())
    if place is not None and changed is not None:
        return _set(texts, place, changed)
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
        wanted = found["fields"].replace('"', "").split()
        hits = [(a, b) for a, b in entries if _has(lines[a:b], wanted)]
        if not hits:
            raise NotCarriedOut(f"no entry has {found['fields']}: {command.strip()}")
        for first, last in reversed(hits):
            lines[first:last] = _changed(lines[first:last], found["verb"])
    return [*texts[:place], texts[place]._replace(lines=lines), *texts[place + 1 :]]


def _changed(entry: list[str], verb: str) -> list[str]:
    """What is left of an entry that is removed, switched off, or switched on."""
    if verb == "remove":
        return []
    if verb == "disable":
        kept = [line.replace("disabled=no ", "") for line in entry]
        return [kept[0].replace("add ", f"add {OFF} ", 1), *kept[1:]]
    return [line.replace(f"{OFF} ", "") for line in entry]


def _has(entry: list[str], wanted: list[str]) -> bool:
    words = " ".join(line.rstrip("\\") for line in entry).replace('"', "").split()
    return all(word in words for word in wanted)


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
