"""How to take a remedy back, for the systems where that follows from the commands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TYPED = frozenset(("arista_eos", "cisco_ios", "cisco_nxos", "cisco_xe", "cisco_xr"))
"""Systems where `no` before a line takes the line back, and before a number the entry with that number."""
_IPTABLES = re.compile(r"(ip6?tables(?: -t \w+)?) -[IA] (\S+)(?: \d+)? (-.*)")


def rollback(platform: str, commands: Sequence[str]) -> tuple[str, ...]:
    """The commands that undo `commands`, in an order that leaves no list without what it had; empty where that
    needs a look at the device."""
    if platform in _TYPED:
        return tuple(_negated(commands))
    if platform == "juniper_junos" and commands:
        return ("rollback 1", "commit")
    if platform == "linux":
        found = [_IPTABLES.fullmatch(command) for command in commands]
        if found and all(found):
            return tuple(f"{m[1]} -D {m[2]} {m[3]}" for m in found if m is not None)
    return ()


def _negated(commands: Sequence[str]) -> Iterator[str]:
    """Headers as they are, what stands below them negated. Renumbering stays: it changes no verdict."""
    for place, command in enumerate(commands):
        text = command.strip()
        indent = command[: len(command) - len(command.lstrip())]
        below = place + 1 < len(commands) and commands[place + 1].startswith((" ", "\t"))
        if "resequence" in text or text.startswith("!"):
            continue
        if text == "commit" or (not indent and below):
            yield command
        elif text.startswith("no "):
            yield f"{indent}{text.removeprefix('no ')}"
        elif numbered := re.match(r"(\d+) (?:permit|deny) ", text):
            yield f"{indent}no {numbered[1]}"
        else:
            yield f"{indent}no {text}"
