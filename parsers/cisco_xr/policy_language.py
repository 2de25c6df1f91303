"""Routing policy language and templates: blocks that end with a word of their own, not with their
indentation."""

from __future__ import annotations

import re

from parsers.ledger import Ledger

_HEAD = re.compile(
    r"(?P<kind>route-policy|prefix-set|community-set|extcommunity-set|large-community-set|as-path-set"
    r"|rd-set|ospf-area-set|esi-set|etag-set|mac-set|tag-set|policy-global|template) ?\S*"
)
_ENDS = {"route-policy": "end-policy", "policy-global": "end-global", "template": "end-template"}
_OTHER_BLOCK = re.compile(
    r"(?:interface|router|vrf|ipv4|ipv6|hostname|object-group|policy-map|class-map|l2vpn|line|route-policy"
    r"|[a-z-]+-set) \S|end$"
)
_FIRST_LETTERS = frozenset("rpcelaotm")


def skip_policies(lines: list[str], ledger: Ledger) -> None:
    """Marks route policies, sets and templates as irrelevant: they choose which routes exist, which the
    routing table alone shows.

    A block whose end is missing is left unread: a truncated text must not swallow what follows.
    """
    at = 0
    total = len(lines)
    while at < total:
        line = lines[at]
        at += 1
        if line[:1] not in _FIRST_LETTERS:
            continue
        match = _HEAD.match(line)
        if match is None:
            continue
        end = _end(lines, at, _ENDS.get(match["kind"], "end-set"))
        if end is not None:
            ledger.ignore_range(at, end)
            at = end


def _end(lines: list[str], start: int, mark: str) -> int | None:
    """The number of the first line from index `start` that is `mark`; None where another block begins
    before it. A template may hold whole policies."""
    for index in range(start, len(lines)):
        line = lines[index].rstrip()
        if line.lstrip() == mark:
            return index + 1
        if mark != "end-template" and _OTHER_BLOCK.match(line):
            return None
    return None
