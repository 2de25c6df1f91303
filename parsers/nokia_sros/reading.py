"""From the lines of a configuration to the statements below `configure`, whichever CLI printed them."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.nokia_sros.classic import read_classic
from parsers.nokia_sros.groups import expand_groups
from parsers.nokia_sros.leaves import HOMES, is_leaf
from parsers.nokia_style.commands import read_statements
from parsers.nokia_style.joining import join
from parsers.nokia_style.statements import CUT, spread_doubts
from parsers.nokia_style.unnest import unnest

_SESSION = re.compile(
    r"\*?!?\*?[A-D]:\S*[#>$].*"  # A:admin@r1# admin show configuration
    r"|(?:[!*]*\((?:gl|ex|pr|ro)\))?\[(?:(?:gl|ex|pr|ro):)?/?[\w\-/:. ]*\]"  # [gl:/configure]
    r"|(?:INFO|MINOR|WARNING): .*|[-=]{8,}|Executed \d+ lines.*|OK"
)
"""What a session prints around and between the statements."""
_CLASSIC = re.compile(r'\s*(?:exit(?: all)?|no shutdown|.* create|echo ".*)\s*')
_CONFIGURE = ("configure", "/configure")
_BESIDE = {
    "bof": "how the system boots", "/bof": "how the system boots",
    "debug": "logging of the system's own processes", "/debug": "logging",
    "li": "interception copies packets, it does not drop them", "/li": "interception",
    "persistent-indices": "numbers that the system gives its objects",
}  # fmt: skip
_PART = frozenset(
    {"filter", "router", "service", "system", "port", "lag", "card", "policy-options", "groups", "log",
     "interface", "ip-filter", "ipv6-filter", "match-list"}
)  # fmt: skip
"""Words that a part of the configuration begins with (`info` inside a context)."""
CLASSIC_AFTER = 3_000
"""Lines within which a classic configuration shows that it is one."""


class Tree(NamedTuple):
    """The statements below `configure`; `other` are words of the top that are no configuration we know."""

    root: Node
    classic: bool
    other: tuple[Node, ...]


def read_tree(lines: list[str], ledger: Ledger) -> Tree:
    """The tree of `lines`. Lines that are no statement are marked in `ledger`; statements are left unread there
    until an interpreter takes them."""
    root = Node("", 1)
    classic = is_classic(lines)
    body = [
        "" if line[:1] not in (" ", "\t") and _SESSION.fullmatch(line.strip()) else line
        for line in lines
    ]
    if classic:
        read_classic(root, body, ledger)
    elif not read_statements(root, body, ledger, ("/configure ", "configure ")):
        root.doubted(CUT, len(lines))
    top, other = _configuration(root, ledger)
    if root.doubt is not None:
        top.doubted(root.doubt, root.doubt_line)
    unnest(top, is_leaf, HOMES)
    groups = top.children.pop("groups", None)
    if groups is not None or any("apply-groups" in line for line in body):
        expand_groups(top, groups, ledger)
    spread_doubts(top)
    return Tree(top, classic, other)


def is_classic(lines: list[str]) -> bool:
    """Whether the classic CLI printed `lines`: contexts closed by `exit`, no braces."""
    for line in lines[:CLASSIC_AFTER]:
        if line[:1] == "#":
            continue
        text = line.rstrip()
        if text.endswith("{"):
            return False
        if _CLASSIC.fullmatch(text):
            return True
    return False


def _configuration(root: Node, ledger: Ledger) -> tuple[Node, tuple[Node, ...]]:
    """What stands below `configure`, in all its spellings, or the part of it that the text is."""
    top = Node("configure", 1)
    other = []
    for word, child in list(root.children.items()):
        if word in _CONFIGURE:
            join(top, child)
        elif word in _PART:
            holder = Node("", 1)
            if word in ("ip-filter", "ipv6-filter", "match-list"):
                holder.child("filter", child.line).children = {word: child}
            elif word == "interface":
                holder.child("router", child.line).child("Base", child.line).children = {
                    word: child
                }
            else:
                holder.children = {word: child}
            join(top, holder)
        elif word in _BESIDE:
            for node in child.walk():
                for line in (node.end, *(node.more or ())):
                    if line:
                        ledger.ignore(line)
        else:
            other.append(child)
    return top, tuple(other)
