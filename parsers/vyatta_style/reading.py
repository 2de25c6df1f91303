"""From the lines of a configuration to the statement tree: `config.boot`, `show configuration`, and the set form.

    firewall {                                set firewall name WAN_IN default-action 'drop'
        name WAN_IN {
            default-action drop               // vyos-config-version: "..."
        }                                     // Release version: 1.4.0
    }

Sources: vyos-documentation, "Command Line Interface" (both displays), vyos-1x `component_version.py` (trailers).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.hierarchy.line_curly import read_line_curly
from parsers.hierarchy.setform import shell_words
from parsers.hierarchy.tree import Node, add
from parsers.ledger import Ledger

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]|[^\s{}"]+|"')
"""Values with blanks or braces stand in double quotes; brackets and apostrophes mean nothing."""
_RELEASE = re.compile(r"(?://|/\*) Release version: (?:VyOS )?([^*]*?)\s*(?:\*/)?\s*$")
_SESSION = re.compile(
    r"\[edit[^\]]*\]|(?:[\w.-]+@)?[\w.-]+(?::[~/\w.-]*)?[>#$](?:\s.*)?|(?:show|cat|exit|configure|commit|save|run)\b.*"
    r"|(?://|/\*|#|!).*"
)
"""What a session prints around a configuration, and comments."""
_COMMANDS = frozenset({"set", "delete", "comment"})


class Tree(NamedTuple):
    """The statements; `whole` is False where blocks do not close. `release` is what the trailer says."""

    root: Node
    whole: bool
    release: str | None
    release_line: int


def read_tree(lines: list[str], ledger: Ledger) -> Tree:
    """The tree of `lines`. Lines that are no statement are marked in `ledger`; statements are left unread
    there until an interpreter takes them."""
    root = Node("", 1)
    release, line = None, 0
    for number in range(max(1, len(lines) - 30), len(lines) + 1):
        found = _RELEASE.match(lines[number - 1].strip())
        if found:
            release, line = found[1] or None, number
    if _is_set_form(lines):
        whole = _read_commands(root, lines, ledger)
    else:
        body = _without_session(lines, ledger)
        whole = read_line_curly(root, body, ledger, _TOKEN)
    if line:
        ledger.use(line)
    return Tree(root, whole, release, line)


def _is_set_form(lines: list[str]) -> bool:
    commands = blocks = 0
    for line in lines:
        text = line.strip()
        if text.endswith("{"):
            blocks += 1
        elif text.split(" ", 1)[0] in _COMMANDS:
            commands += 1
    return commands > blocks


def _without_session(lines: list[str], ledger: Ledger) -> list[str]:
    """The lines with what a session printed before the first block emptied; other text there stays."""
    body = list(lines)
    for number, line in enumerate(lines):
        text = line.strip()
        if text.endswith(("{", "}")):
            break
        if text and not text.startswith(("/*", "//")) and _SESSION.fullmatch(text):
            body[number] = ""
    return body


def _read_commands(root: Node, lines: list[str], ledger: Ledger) -> bool:
    whole = True
    for number, line in enumerate(lines, 1):
        text = line.strip()
        verb = text.split(" ", 1)[0]
        if verb == "set":
            words = shell_words(text)
            if len(words) > 1:
                add(root, words[1:], number)
            else:
                ledger.ignore(number)
        elif verb == "delete":
            whole = _delete(root, shell_words(text)[1:], number, ledger) and whole
        elif verb == "comment" or not text or _SESSION.fullmatch(text):
            ledger.ignore(number)
        else:
            ledger.miss(number, "other")
            whole = False
    return whole


def _delete(root: Node, words: list[str], number: int, ledger: Ledger) -> bool:
    """Takes away what a script deletes; deleting what the text has nothing of is how a script begins afresh."""
    parent = root.get(*words[:-1]) if words else None
    if parent is not None and words[-1] in parent.children:
        for node in parent.children[words[-1]].walk():
            for line in (node.end, *(node.more or ())) if node.end else ():
                ledger.ignore(line)
        del parent.children[words[-1]]
    elif not words or root.get(*words[:2]) is not None:
        ledger.miss(number, "other")
        return False
    ledger.use(number)
    return True
