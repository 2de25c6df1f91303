"""From the lines of a BIG-IP configuration to the statement tree, with scripts and imish text set apart."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.hierarchy.line_curly import read_line_curly
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger

_HEAD = re.compile(
    r"(?:ltm|net|sys|security|auth|cm|cli|apm|asm|gtm|pem|wom|wam|ilx|analytics|vcmp|saas|util|mgmt|api-protection)"
    r" [\w-]+.*\{.*"
)
_SCRIPT = re.compile(
    r"(?:ltm rule|gtm rule|pem irule|cli script|sys icall script|sys application (?:template|apl-script|custom-stat)"
    r"|ilx (?:workspace|plugin)|apm (?:resource|policy) customization-\S+|wom rule) \S+ \{\s*"
)
"""Objects whose body is a program: it is printed as it was typed, braces and margins included."""
_IMISH = re.compile(
    r"!.*|no service .*|service .*|hostname .*|log .*|interface \S+|router .*|ip (?:route|prefix-list|as-path) .*"
    r"|ipv6 (?:route|prefix-list) .*|access-list .*|route-map .*|line (?:con|vty) .*|end|debug .*|bfd .*"
    r"|maximum-paths .*|key chain .*"
)
VERSION = re.compile(r"#TMSH-VERSION: (\S+)")
_SESSION = re.compile(
    r"(?:\([^)]*\)|\[[^\]]*\]|[\w.@-]+)*[#>$] ?(?:tmsh )?(?:list|show)\b.*|Display all \d+ items.*"
)


class Text(NamedTuple):
    """The statement tree, whether all of it was whole, and the first line of imish text (0: none)."""

    root: Node
    whole: bool
    imish: int


def read_text(lines: list[str], ledger: Ledger) -> Text:
    """The tree of `lines`; programs are irrelevant here, since whoever runs one is undecided."""
    shown = list(lines)
    imish = 0
    number = 1
    outside = True
    while number <= len(lines):
        raw = lines[number - 1]
        if _SCRIPT.fullmatch(raw):
            end = _script_end(lines, number)
            for line in range(number, end + 1):
                shown[line - 1] = ""
            number = end + 1
            continue
        if outside and raw and _IMISH.fullmatch(raw) and "{" not in raw:
            imish = number
            break
        if raw and not raw[0].isspace():
            outside = (
                raw[0] in "#}" or raw.rstrip().endswith("}") or _SESSION.fullmatch(raw) is not None
            )
            if _SESSION.fullmatch(raw):
                shown[number - 1] = ""
        number += 1
    if imish:
        del shown[imish - 1 :]
    root = Node("", 1)
    whole = read_line_curly(root, shown, ledger)
    return Text(root, whole, imish)


def _script_end(lines: list[str], first: int) -> int:
    """The last line of the program that begins on line `first`: before the next object, or the end."""
    closed = first
    for number in range(first + 1, len(lines) + 1):
        raw = lines[number - 1]
        if raw.rstrip() == "}":
            closed = number
        elif (
            closed > first
            and raw
            and not raw[0].isspace()
            and (_HEAD.fullmatch(raw) or _is_end(lines, number))
        ):
            return closed
    return closed if closed > first else len(lines)


def _is_end(lines: list[str], number: int) -> bool:
    """Whether the imish text begins here: `!` alone, with nothing but its statements behind."""
    return lines[number - 1].rstrip() == "!" and all(
        not line or line[0].isspace() or _IMISH.fullmatch(line) for line in lines[number - 1 :]
    )
