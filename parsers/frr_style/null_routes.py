"""Null routes that stand in FRR's configuration are taken back in FRR: it would put a route that is deleted in the
kernel, or unknown to another program, in again (FRR documentation, "Static Routes", "VTYSH").
"""

from __future__ import annotations

import re

from parsers.platform import Remedy
from parsers.standing import path_at, path_of

_NULL = re.compile(r"(?:ip|ipv6) route (?P<prefix>\S+) (?:Null0|null0|blackhole|reject)\b.*")


def frr_statement(wanted: Remedy) -> tuple[str, ...]:
    """The statement of a null route behind the header of its VRF: the one that the finding rests on, or else the only
    one of any text for the prefix. Empty where there is none, or more than one."""
    path = path_of(wanted)
    if path and _NULL.fullmatch(path[-1]):
        return path[-2:]
    found = [
        path_at(text.lines, at)[-2:]
        for text in wanted.texts
        for at, line in enumerate(text.lines)
        if (told := _NULL.fullmatch(line.strip())) and told["prefix"] in wanted.prefixes
    ]
    return found[0] if len(found) == 1 else ()


def in_vtysh(path: tuple[str, ...], sudo: str = "") -> str:
    """The command of a shell that takes a statement back, and keeps that."""
    typed = ["configure terminal", *path[:-1], f"no {path[-1]}", "end", "write memory"]
    return " ".join([f"{sudo}vtysh", *(f"-c '{command}'" for command in typed)])
