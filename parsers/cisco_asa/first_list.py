"""A first access list on an interface, where it ends nothing that the security levels permitted.

A list takes the place of the levels (ASA configuration guide, "Access Rules", "Implicit Permits"): what they let pass
from its interface has to be permitted by it. On an interface below all others they let nothing pass.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.platform import Remedy
from parsers.standing import configuration


def first_list(wanted: Remedy) -> tuple[str, str] | None:
    """The interface, and the name of a list to be bound to it; None where one is bound, or levels permit something."""
    lines = configuration(wanted)
    source = (wanted.filter or "").removeprefix("security-level:").partition(":")[0]
    levels = _levels(lines)
    own = levels.get(source)
    name = f"{source}_access_in"
    taken = any(name in line.split() for line in lines)
    groups = [line.split() for line in lines if line.startswith("access-group ")]
    bound = any(g[2:] == ["global"] or (g[2:3] == ["in"] and source in g[4:5]) for g in groups)
    same = any(line.startswith("same-security-traffic permit ") for line in lines)
    if own is None or taken or bound:
        return None
    if any(level < own or (level == own and same) for level in levels.values()):
        return None
    return source, name


def _levels(lines: Sequence[str]) -> dict[str, int]:
    """The level of each named interface."""
    found: dict[str, int] = {}
    name = ""
    for line in lines:
        words = line.split()
        if line.startswith("interface "):
            name = ""
        elif words[:1] == ["nameif"] and len(words) == 2:
            name = words[1]
            found[name] = 100 if name == "inside" else 0
        elif words[:1] == ["security-level"] and len(words) == 2 and name and words[1].isdecimal():
            found[name] = int(words[1])
    return found
