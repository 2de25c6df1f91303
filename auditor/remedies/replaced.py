"""What a command replaces or takes away on a device that prints blocks below headers: it has to come back.

A block has one value of some statements: a new one takes the place of the old one, in the text as on the device.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.remedies.blocks import is_head
from auditor.remedies.removal import same_words
from parsers.platform import CONFIGURATION, Text

_SINGLE = re.compile(
    r"(?P<head>(?:ip |ipv6 )?tcp (?:adjust-mss|mss)(?: ceiling ipv[46])?"
    r"|(?:ip |ipv6 )?mtu"
    r"|ip icmp rate-limit unreachable(?: df)?"
    r"|icmp ipv4 rate-limit unreachable(?: df)?"
    r"|ip icmp throttle"
    r"|icmp unreachable rate-limit"
    r"|sysopt connection tcpmss(?: minimum)?"
    r"|ip load-sharing mode|(?:bundle )?load-balance|link-aggregation load-sharing mode)"
    r" (?:\d|per-|flow|src|dst|packet|destination|source).*"
    r"|(?P<policy>traffic-policy (?:input|output)) \S+(?: physical)?",
    re.IGNORECASE,
)
"""Statements of which a block, or a device, has one value: sizes, limits, ways to share a load, EOS's policy."""


def single(command: str) -> str | None:
    """The words before the value, for a statement that stands once; else None."""
    found = _SINGLE.fullmatch(command.strip())
    return (found["head"] or found["policy"]).lower() if found is not None else None


def taken(texts: Sequence[Text], header: str | None, wanted: str) -> list[str]:
    """The lines of the configuration that begin with `wanted`, and what is indented below them."""
    lines = _lines(texts)
    places = _places(lines, header)
    found: list[str] = []
    for at in places:
        if not same_words(lines[at], wanted):
            continue
        found.append(lines[at])
        for line in lines[at + 1 :]:
            if _depth(line) <= _depth(lines[at]):
                break
            found.append(line)
    return found


def old_value(texts: Sequence[Text], header: str | None, command: str) -> str | None:
    """The statement that a command takes the place of, None where it takes none."""
    head = single(command)
    if head is None:
        return None
    lines = _lines(texts)
    return next(
        (lines[n].strip() for n in _places(lines, header) if single(lines[n]) == head), None
    )


def without_old_value(lines: list[str], header: str | None, command: str) -> None:
    """Takes out of the lines, in place, the statement that a command takes the place of."""
    head = single(command)
    if head is None:
        return
    gone = [at for at in _places(lines, header) if single(lines[at]) == head]
    for at in reversed(gone):
        del lines[at]


def has_head(texts: Sequence[Text], header: str) -> bool:
    """Whether the configuration has a block whose header begins like this."""
    wanted = [word for word in header.split() if word != "number"]
    return any(
        [word for word in line.split() if word != "number"][: len(wanted)] == wanted
        for line in _lines(texts)
    )


def below(lines: Sequence[str], header: str) -> list[str]:
    """The lines of the blocks with a header."""
    return [lines[at] for at in _places(lines, header)]


def _lines(texts: Sequence[Text]) -> list[str]:
    return next((text.lines for text in texts if text.command == CONFIGURATION), [])


def _places(lines: Sequence[str], header: str | None) -> list[int]:
    """The lines below a header; without one those outside of blocks, which Comware indents by one column."""
    found = []
    depth: int | None = None
    inside = False
    for at, line in enumerate(lines):
        own = _depth(line)
        if not line.strip(" \t!#"):
            if not own:
                depth, inside = None, False
            continue
        if depth is None or own <= depth:
            depth = own
            inside = header is not None and is_head(line, header)
            if header is None:
                found.append(at)
        elif inside:
            found.append(at)
        elif header is not None and is_head(line, header):
            depth, inside = own, True
    return found


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
