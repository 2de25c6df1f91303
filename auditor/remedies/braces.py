"""`set` commands of VyOS and EdgeOS, carried out on a configuration in braces."""

from __future__ import annotations

import shlex

_NAMED = frozenset(("ipv6-name", "name", "network-group", "rule"))
"""Nodes whose name stands in the head of their block: `rule 10 {`."""


def is_braced(lines: list[str]) -> bool:
    """Whether a configuration is in braces."""
    return any(line.rstrip().endswith("{") for line in lines)


def put(lines: list[str], command: str) -> None:
    """Adds the statement of a `set` command where it belongs, in place."""
    words = shlex.split(command.strip())[1:]
    _put(lines, words, 0, len(lines), 0)


def _put(lines: list[str], words: list[str], start: int, end: int, depth: int) -> None:
    at = start
    while at < end:
        after = behind(lines, at, end)
        if lines[at].rstrip().endswith("{"):
            head = lines[at].rstrip(" {").split()
            if words[: len(head)] == head and len(words) > len(head):
                _put(lines, words[len(head) :], at + 1, after - 1, depth + 1)
                return
        elif lines[at].split() == words:
            return
        at = after
    lines[end:end] = _made(words, depth)


def _made(words: list[str], depth: int) -> list[str]:
    indent = "    " * depth
    if len(words) <= 2:
        return [indent + " ".join(words)]
    size = 2 if words[0] in _NAMED else 1
    head = f"{indent}{' '.join(words[:size])} {{"
    return [head, *_made(words[size:], depth + 1), f"{indent}}}"]


def behind(lines: list[str], at: int, end: int) -> int:
    """The line behind the statement or block that begins at a line."""
    depth = 0
    for number in range(at, end):
        depth += lines[number].count("{") - lines[number].count("}")
        if depth <= 0:
            return number + 1
    return end
