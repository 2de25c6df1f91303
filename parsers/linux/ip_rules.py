"""Routing rules from `ip rule show` and `ip -j rule` (ip-rule(8))."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.ledger import Ledger
from parsers.linux.json_lines import listed
from parsers.model.source import Sourced, Where

_RULE = re.compile(r"(\d+):\s+(.*)")
_ORDINARY = re.compile(
    r"from all lookup (?:local|main|default|255|254|253|\[l3mdev-table\])(?: .*)?"
)


class RoutingRules(NamedTuple):
    """The rules that are not the three every system has; `marks` are those that read a mark."""

    notes: tuple[Sourced[str], ...]
    marks: int
    known: bool


def read_rules(file: str, lines: list[str], ledger: Ledger, as_json: bool) -> RoutingRules:
    """The rules of one output."""
    found: list[tuple[str, int]] = []
    if as_json:
        for body, line, _last in listed(lines) or ():
            if isinstance(body, dict):
                found.append((_json_text(body), line))
        ledger.use_range(1, len(lines))
    else:
        for number, raw in enumerate(lines, 1):
            match = _RULE.fullmatch(raw.strip())
            if match is not None:
                found.append((" ".join(match.group(2).split()), number))
                ledger.use(number)
            elif not raw.strip():
                ledger.ignore(number)
            else:
                ledger.miss(number, "route", None)
    special = [(text, line) for text, line in found if not _ORDINARY.fullmatch(text)]
    notes = tuple(
        Sourced(value="policy-route", where=Where(file, line), note=_noted(text))
        for text, line in special
    )
    return RoutingRules(notes, sum("fwmark" in text for text, _ in special), True)


def _noted(text: str) -> str:
    """The rule's text, behind the interface's name where it acts on one (as `recognised` wants)."""
    words = text.split()
    return f"{words[words.index('iif') + 1]}: {text}" if "iif" in words[:-1] else text


def _json_text(body: dict[str, object]) -> str:
    words = ["not"] if body.get("not") is not None else []
    words += ["from", str(body.get("src", "all"))]
    if "srclen" in body:
        words[-1] += f"/{body['srclen']}"
    if "dst" in body:
        words += ["to", f"{body['dst']}/{body['dstlen']}" if "dstlen" in body else str(body["dst"])]
    for key in ("fwmark", "fwmask", "iif", "oif", "ipproto", "sport", "dport", "tos"):
        if key in body:
            words += [key, str(body[key])]
    words += ["lookup", str(body["table"])] if "table" in body else [str(body.get("action", ""))]
    return " ".join(words)
