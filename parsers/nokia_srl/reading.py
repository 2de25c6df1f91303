"""From the lines of a configuration to the statement tree: `info`, `info flat` and JSON."""

from __future__ import annotations

import re

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.nokia_srl.json_tree import read_json
from parsers.nokia_srl.leaves import HOMES, is_leaf
from parsers.nokia_style.commands import read_statements
from parsers.nokia_style.joining import join
from parsers.nokia_style.statements import CUT, spread_doubts
from parsers.nokia_style.unnest import unnest

_SESSION = re.compile(
    r"--\{.*\}--\[.*\]--.*"  # --{ running }--[  ]--
    r"|[AB]:\S+[#>$].*|!!!.*|enter candidate.*|commit (?:now|stay|save).*|All changes have been committed.*"
    r"|info(?: flat| from \w+)?(?: .*)?"
)
"""What a session prints or types around the statements."""
_ACL = ("acl-filter", "ipv4-filter", "ipv6-filter", "mac-filter", "cpm-filter", "match-list")
_COMMANDS = ("set", "/")
NOT_SHOWN = "'delete' changes what the text does not show"


def read_tree(lines: list[str], ledger: Ledger) -> tuple[Node, tuple[Node, ...]]:
    """The tree of `lines`, and the commands that could not be carried out. Lines that are no statement are marked
    in `ledger`; statements are left unread there until an interpreter takes them."""
    root = Node("", 1)
    body = [
        "" if line[:1] not in (" ", "\t") and _SESSION.fullmatch(line.strip()) else line
        for line in lines
    ]
    if is_json(body):
        read_json(root, body, ledger)
    elif not read_statements(root, body, ledger, ("set /", "/")):
        root.doubted(CUT, len(lines))
    top = Node("", 1)
    other = _gather(top, root)
    if root.doubt is not None:
        top.doubted(root.doubt, root.doubt_line)
    if not is_json(body):
        unnest(top, is_leaf, HOMES)
    spread_doubts(top)
    return top, tuple(other)


def is_json(lines: list[str]) -> bool:
    """Whether the first statement is an opening brace by itself."""
    first = next((line.strip() for line in lines if line.strip()), "")
    return first.startswith("{")


def _gather(top: Node, root: Node) -> list[Node]:
    """Moves all statements below `top`, whichever form said them: `set / acl ...`, `/acl ...`, `acl { ... }`."""
    other = []
    for word, child in list(root.children.items()):
        if word in _COMMANDS:
            other += _gather(top, child)
        elif word in ("delete", "insert", "replace"):
            _deleted(top, child)
            other.append(child)
        elif word in _ACL:
            holder = Node("acl", child.line)
            holder.children = {word: child}
            _join(top, "acl", holder)
        else:
            _join(top, word.lstrip("/"), child)
    return other


def _deleted(top: Node, command: Node) -> None:
    """A `delete` takes away what the text may have said before: what it names is in doubt."""
    for node in command.children.values():
        found, way = top, node
        while True:
            if way.word not in ("/", ""):
                known = found.children.get(way.word.lstrip("/"))
                if known is None:
                    break
                found = known
            if len(way.children) != 1:
                break
            way = next(iter(way.children.values()))
        if found is not top:
            found.doubted(NOT_SHOWN, command.line)


def _join(top: Node, word: str, child: Node) -> None:
    present = top.children.get(word)
    if present is not None:
        join(present, child)
        return
    if not top.children:
        top.children = {}
    child.word = word
    top.children[word] = child
