"""Texts that EOS prints inside a configuration up to a line `EOF`: scripts, comments,
certificates.
"""

from __future__ import annotations

import re

from parsers.ledger import Ledger

_OPENS = re.compile(r"\s+(?:!! )?(?:comment|action bash|code(?: unit \S+)?)\s*$")
_CERTIFICATE = re.compile(r"\s+(?:protocol https certificate|certificate|private-key)\s*$")
_HINTS = ("comment", "action bash", "code", "certificate", "private-key")


def skip_heredocs(lines: list[str], ledger: Ledger) -> None:
    """Marks the lines after an opening line up to `EOF` as irrelevant, whatever they look like.

    `protocol https certificate` has two texts, the certificate and its key. An opening line
    without an end is left to the tables: a truncated text must not swallow what follows.
    """
    if not any(line.strip() == "EOF" for line in lines):
        return
    at = 0
    total = len(lines)
    while at < total:
        line = lines[at]
        at += 1
        if not any(hint in line for hint in _HINTS):
            continue
        if _OPENS.match(line):
            end = _end(lines, at)
        elif _CERTIFICATE.match(line):
            end = _end(lines, at)
            if end is not None and end < total and lines[end].startswith("-----BEGIN"):
                end = _end(lines, end)
        else:
            continue
        if end is not None:
            ledger.ignore_range(at, end)
            at = end


def _end(lines: list[str], start: int) -> int | None:
    """The line number of the first `EOF` from index `start` on."""
    for index in range(start, len(lines)):
        if lines[index].strip() == "EOF":
            return index + 1
    return None
