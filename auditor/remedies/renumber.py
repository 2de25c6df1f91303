"""Renumbering of lists, which remedies do where no number is free.

Cisco's way, which others took over, is from a start by a step. VRP numbers from the step on; Comware numbers from
the start, which is 0 unless `start` says otherwise (H3C, ACL and QoS command reference, `step`).
"""

from __future__ import annotations

import re

from auditor.remedies.errors import NotCarriedOut

_CISCO = re.compile(
    r"(?:ip access-list resequence|resequence (?:ip|ipv6) access-list|resequence access-list \w+"
    r"|access-list (?:ip|ipv6) (?=\S+ resequence)) ?(?P<name>\S+) (?:resequence )?(?P<start>\d+) (?P<step>\d+)"
)
_INSIDE = re.compile(r"resequence (?P<start>\d+) (?P<step>\d+)")
_STEP = re.compile(r"step (?P<step>\d+)(?: start (?P<start>\d+))?")


def renumbers(command: str) -> bool:
    """Whether a command renumbers a list."""
    return any(kind.fullmatch(command.strip()) for kind in (_CISCO, _INSIDE, _STEP))


def renumbered(lines: list[str], command: str, header: str, platform: str) -> None:
    """Gives the entries of a list their new numbers, in place. `header` is the command that opened the list."""
    named = _CISCO.fullmatch(command.strip()) or _INSIDE.fullmatch(command.strip())
    stepped = _STEP.fullmatch(command.strip())
    if named is not None:
        name = named.groupdict().get("name") or header.split()[-1]
        head = re.compile(rf"(?:\S+ )*access-list (?:\S+ )*{re.escape(name)}\s*$")
        entry = re.compile(r"(?P<before>\s+)(?:\d+ )?(?P<rest>(?:permit|deny) .*)")
        start, step = int(named["start"]), int(named["step"])
    elif stepped is not None:
        number = header.split()[-1]
        head = re.compile(rf"acl (?:.* )?{re.escape(number)}(?: .*)?$")
        entry = re.compile(r"(?P<before>\s*rule )\d+ (?P<rest>.*)")
        step = int(stepped["step"])
        first = 0 if platform == "hp_comware" else step
        start = first if stepped["start"] is None else int(stepped["start"])
    else:
        raise NotCarriedOut(f"does not renumber: {command.strip()}")
    top = next((i for i, line in enumerate(lines) if head.match(line.strip())), None)
    if top is None:
        raise NotCarriedOut(
            f"no list of the configuration is what this renumbers: {command.strip()}"
        )
    at = top + 1
    while at < len(lines) and lines[at][:1] in (" ", "\t"):
        found = entry.fullmatch(lines[at])
        if found is not None:
            lines[at] = f"{found['before']}{start} {found['rest']}"
            start += step
        at += 1
