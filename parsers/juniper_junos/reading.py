"""From the lines of a configuration to the statement tree, curly and set form in any mixture."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.hierarchy.curly import CurlyReader
from parsers.hierarchy.setform import VERBS, command
from parsers.hierarchy.tree import Node, add
from parsers.ledger import Ledger

_SESSION = re.compile(
    r"\{(?:master|backup|primary|secondary|linecard)[^}]*\}|\[edit[^\]]*\]|(?:[\w.-]+@)?[\w.-]+[>#%](?:\s.*)?"
    r"|#.*|---\(more.*"
)
"""What a session prints around a configuration."""


class Tree(NamedTuple):
    """The statements, and whether any of them is deactivated, in doubt, or applies a group."""

    root: Node
    inactive: bool
    doubtful: bool
    grouped: bool


def read_tree(lines: list[str], ledger: Ledger) -> Tree:
    """The tree of `lines`. Lines that are no statement are marked in `ledger`; statements are left unread
    there until an interpreter takes them."""
    root = Node("", 1)
    curly = CurlyReader(root, lines, ledger)
    inactive = doubtful = False
    number = 0
    total = len(lines)
    while number < total:
        number += 1
        raw = lines[number - 1]
        if not raw:
            ledger.ignore(number)
        elif raw[:4] == "set " and '"' not in raw and "[" not in raw and not curly.open:
            words = raw.split()
            del words[0]
            if words:
                add(root, words, number)
            else:
                ledger.ignore(number)
        elif _is_command(raw, curly.open):
            if curly.open:
                curly.finish()
            inactive = inactive or raw.lstrip().startswith("deactivate")
            doubtful = not command(root, raw.strip(), number, ledger) or doubtful
        elif curly.open:
            number = curly.read(number)
        else:
            number = _top(curly, raw, number, ledger)
    curly.finish()
    grouped = any("apply-groups" in raw for raw in lines)
    return Tree(root, inactive or curly.inactive, doubtful or curly.doubtful, grouped)


def _is_command(raw: str, inside: bool) -> bool:
    first = raw.split(None, 1)
    if not first or first[0] not in VERBS:
        return False
    return not inside or (raw[0] != " " and raw.rstrip()[-1] not in ";{")


def _top(curly: CurlyReader, raw: str, number: int, ledger: Ledger) -> int:
    """A line outside all blocks. One that neither ends nor opens a statement is no configuration."""
    text = raw.strip()
    if not text or _SESSION.fullmatch(text):
        ledger.ignore(number)
        return number
    if "{" not in text and ";" not in text and not text.startswith("/*") and text != "}":
        ledger.miss(number, "other")
        return number
    return curly.read(number)
