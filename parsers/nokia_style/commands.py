"""Commands with their whole path (`set / acl ...`, `/configure filter ...`) among blocks of braces."""

from __future__ import annotations

from parsers.hierarchy.line_curly import read_line_curly
from parsers.hierarchy.setform import words_of
from parsers.hierarchy.tree import Node, add, add_lists
from parsers.ledger import UNREAD, Ledger


def read_statements(root: Node, lines: list[str], ledger: Ledger, starts: tuple[str, ...]) -> bool:
    """Reads `lines` below `root`; gives whether the text is whole. A line that begins with one of `starts` is a
    command by itself: a broken one leaves the next ones alone."""
    rest = list(lines)
    taken = []
    for number, line in enumerate(lines, 1):
        if line.startswith(starts) and _command(root, line, number):
            rest[number - 1] = ""
            taken.append(number)
    whole = read_line_curly(root, rest, ledger)
    for number in taken:
        ledger.status[number] = UNREAD  # not blank: an interpreter must take it
    return whole


def _command(root: Node, line: str, number: int) -> bool:
    """Adds the command on `line`; one with a block, or with a quote that goes on, is left to others."""
    if "{" in line or "}" in line or line.count('"') % 2:
        return False
    if '"' not in line and "[" not in line:
        add(root, line.split(), number)
    else:
        spaced = line if "[" not in line else line.replace("[", " [ ").replace("]", " ] ")
        add_lists(root, words_of(spaced), number)
    return True
