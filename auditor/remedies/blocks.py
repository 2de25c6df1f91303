"""Statements below a header, taken out of the blocks that have this header and of no others."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.remedies.removal import same_words


def header_of(commands: Sequence[str], place: int) -> str | None:
    """The command that opened the block which a command stands in, None for a command at the left."""
    own = _depth(commands[place])
    for number in range(place - 1, -1, -1):
        if _depth(commands[number]) < own:
            return commands[number]
    return None


def below(commands: Sequence[str], place: int) -> range:
    """The places of the commands that stand below one of them."""
    end = place + 1
    while end < len(commands) and _depth(commands[end]) > _depth(commands[place]):
        end += 1
    return range(place + 1, end)


def removes(lines: list[str], header: str, wanted: str) -> bool:
    """Takes what begins with `wanted` out of all blocks with this header, in place; whether there was anything. A
    block of which nothing is left goes too where another one has the same header."""
    found = False
    at = 0
    while at < len(lines):
        if _head(lines[at]) != _head(header):
            at += 1
            continue
        end = at + 1
        while end < len(lines) and _depth(lines[end]) > _depth(lines[at]):
            end += 1
        kept = _kept(lines[at + 1 : end], wanted)
        found = found or len(kept) < end - at - 1
        again = any(_head(line) == _head(header) for line in lines[:at])
        lines[at:end] = kept if again and not kept else [lines[at], *kept]
        at += len(kept) + (0 if again and not kept else 1)
    return found


def is_head(line: str, header: str) -> bool:
    """Whether a line opens a block with this header."""
    return _head(line) == _head(header)


def _head(line: str) -> list[str]:
    """The words of a header; VRP prints `acl number 3001` for `acl 3001`."""
    words = line.split()
    return [w for w in words if w != "number"] if words[:1] == ["acl"] else words


def _kept(body: list[str], wanted: str) -> list[str]:
    """The lines of a block that neither begin with `wanted` nor stand below such a line."""
    kept = []
    depth = None
    for line in body:
        if depth is not None and _depth(line) > depth:
            continue
        gone = same_words(line, wanted)
        depth = _depth(line) if gone else None
        if not gone:
            kept.append(line)
    return kept


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
