"""Rules that are made and then moved before another one: in the text they are put there at once.

VRP: `rule move A before B`; Comware: `move rule name A before name B`; FortiOS: `move 9 before 5` inside
`config firewall policy`, where 9 was made with `edit 9`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.remedies.errors import NotCarriedOut

_VRP = re.compile(r"\s*(?:rule move|move rule name) (?P<new>\S+) before (?:name )?(?P<old>\S+)")
_FORTIOS = re.compile(r"\s*move (?P<new>\d+) before (?P<old>\d+)")


_PAIR = re.compile(r"\s*(?P<pair>classifier \S+ behavior \S+) insert-before (?P<old>\S+)")
"""Comware: a class that goes into a policy before another one."""


def _paired(lines: list[str], commands: Sequence[str]) -> list[str]:
    """The configuration with a class where it is put, and before its policy what it is made of."""
    place = next(at for at, line in enumerate(commands) if _PAIR.fullmatch(line))
    found = _PAIR.fullmatch(commands[place])
    tops = [at for at, line in enumerate(lines) if line.strip() == commands[place - 1].strip()]
    if found is None or len(tops) != 1 or place + 1 != len(commands):
        raise NotCarriedOut(f"no one place is what this goes to: {commands[place]}")
    at = tops[0] + 1
    while at < len(lines) and lines[at].startswith(" "):
        if lines[at].split()[:2] == ["classifier", found["old"]]:
            made = [*commands[: place - 1], "#"]
            return [
                *lines[: tops[0]],
                *made,
                *lines[tops[0] : at],
                f" {found['pair']}",
                *lines[at:],
            ]
        at += 1
    raise NotCarriedOut(f"the policy has no class {found['old']}")


def moves(commands: Sequence[str]) -> bool:
    """Whether one of the commands moves a rule."""
    return any(kind.fullmatch(line) for line in commands for kind in (_VRP, _FORTIOS, _PAIR))


def moved(lines: list[str], commands: Sequence[str]) -> list[str]:
    """The configuration with the new rule where it is moved to. Raises NotCarriedOut where there is no such place,
    or more than one."""
    if any(_PAIR.fullmatch(line) for line in commands):
        return _paired(lines, commands)
    place = next(
        n for n, line in enumerate(commands) if _VRP.fullmatch(line) or _FORTIOS.fullmatch(line)
    )
    found = _FORTIOS.fullmatch(commands[place])
    if found is not None:
        return _policy(lines, commands, found["new"], found["old"])
    named = _VRP.fullmatch(commands[place])
    if named is None:
        return lines
    first = _only(commands, rf"\s*rule name {re.escape(named['new'])}")
    at = _only(lines, rf"\s*rule (?:\d+ )?name {re.escape(named['old'])}")
    return [*lines[:at], *commands[first:place], *lines[at:]]


def deletes(commands: Sequence[str]) -> bool:
    """Whether the commands are FortiOS's for entries to delete."""
    return commands[0].startswith("config ") and any(c.startswith("delete ") for c in commands)


def deleted(lines: list[str], commands: Sequence[str]) -> list[str]:
    """The configuration without the entries. Raises NotCarriedOut where there is no such entry."""
    section = ""
    for command in commands:
        if command.startswith("config "):
            section = command
        elif command.startswith("delete "):
            head = ["edit", *command.split()[1:]]
            at = next(
                (
                    n
                    for n, line in enumerate(lines)
                    if line.split() == head and _section(lines, n) == section
                ),
                None,
            )
            if at is None:
                raise NotCarriedOut(f"no entry is what this deletes: {command}")
            end = next(n for n in range(at, len(lines)) if lines[n].strip() == "next")
            lines = [*lines[:at], *lines[end + 1 :]]
    return lines


def _policy(lines: list[str], commands: Sequence[str], new: str, old: str) -> list[str]:
    """Objects go before the policies that use them, the policy before the old one."""
    first = _only(commands, "config firewall policy")
    rule = list(
        commands[first + 1 : next(n for n, c in enumerate(commands) if _FORTIOS.fullmatch(c))]
    )
    if _policies(lines, new):
        raise NotCarriedOut(f"there is a policy with the number {new}")
    places = _policies(lines, old)
    if len(places) != 1:
        raise NotCarriedOut(f"{len(places)} policies have the number {old}")
    head = max(n for n in range(places[0]) if lines[n].strip() == "config firewall policy")
    return [*lines[:head], *commands[:first], *lines[head : places[0]], *rule, *lines[places[0] :]]


def _policies(lines: list[str], number: str) -> list[int]:
    """The lines where a policy with a number begins."""
    return [
        at
        for at, line in enumerate(lines)
        if line.split() == ["edit", number] and _section(lines, at) == "config firewall policy"
    ]


def _section(lines: list[str], at: int) -> str:
    """The `config` block that a line stands in."""
    depth = 0
    for number in range(at - 1, -1, -1):
        words = lines[number].split()
        depth += words[:1] == ["end"]
        if words[:1] == ["config"]:
            if not depth:
                return lines[number].strip()
            depth -= 1
    return ""


def _only(lines: Sequence[str], pattern: str) -> int:
    places = [at for at, line in enumerate(lines) if re.fullmatch(pattern, line)]
    if len(places) != 1:
        raise NotCarriedOut(f"{len(places)} lines are what a rule is moved to or from")
    return places[0]
