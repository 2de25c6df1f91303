"""Banner text, which is no configuration however much it looks like it."""

from __future__ import annotations

import re

from parsers.ledger import Ledger

_DELIMITED = re.compile(r"\s*(?:no )?banner (?:\S+ )?(\^C|\S)(.*)$")
_HEREDOC = re.compile(r"\s*banner (?:login|motd|exec)\s*$")


def skip_banners(lines: list[str], ledger: Ledger) -> None:
    """Marks banners as irrelevant: `banner motd ^C … ^C` (IOS, NX-OS, XR), `banner motd` … `EOF` (EOS).

    A banner whose end is missing is left unread from its second line on: a truncated text must not
    swallow what follows.
    """
    at = 0
    total = len(lines)
    while at < total:
        line = lines[at]
        at += 1
        if "banner" not in line:
            continue
        if _HEREDOC.match(line):
            end = _find(lines, at, "EOF", whole=True)
        else:
            match = _DELIMITED.match(line)
            if match is None:
                continue
            delimiter = match[1]
            if delimiter == "^C" and "\x03" in line:
                delimiter = "\x03"
            if delimiter in match[2]:
                ledger.ignore(at)
                continue
            end = _find(lines, at, delimiter, whole=False)
        if end is not None:
            ledger.ignore_range(at, end)
            at = end
        else:
            ledger.ignore(at)


def _find(lines: list[str], start: int, mark: str, whole: bool) -> int | None:
    """The number of the first line from index `start` that is, or holds, `mark`."""
    for index in range(start, len(lines)):
        if (lines[index].strip() == mark) if whole else (mark in lines[index]):
            return index + 1
    return None
