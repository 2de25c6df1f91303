"""Entries of an ASA list that are typed with their place: `access-list NAME line N …` moves the others down. Remarks
have places too (ASA command reference, "access-list extended")."""

from __future__ import annotations

import re

_PLACED = re.compile(r"access-list (?P<name>\S+) line (?P<number>\d+) (?P<entry>.*)")


def put(lines: list[str], command: str) -> bool:
    """Puts an entry at its place, in place; False for another command, or a list that there is not."""
    found = _PLACED.fullmatch(command.strip())
    if found is None:
        return False
    head = f"access-list {found['name']} "
    own = [at for at, line in enumerate(lines) if line.startswith(head)]
    if not own:
        return False
    number = int(found["number"]) - 1
    at = own[number] if number < len(own) else own[-1] + 1
    lines.insert(at, f"{head}{found['entry']}")
    return True
