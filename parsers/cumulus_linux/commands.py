"""The command form: `nv set ...`, `nv unset ...`, carried out one after the other on the tree."""

from __future__ import annotations

import re

from parsers.hierarchy.setform import shell_words
from parsers.hierarchy.tree import LONGEST, Node, add
from parsers.ledger import Ledger

_PROMPT = re.compile(r"\S+@\S+[$#]\s*(?=nv |net |sudo )")
_QUIET = frozenset({"config", "show", "list-commands", "action"})
UNSET = "'nv unset' changes what the text does not show"


def without_prompt(line: str) -> str:
    """The command without the prompt of the shell that it was typed at."""
    found = _PROMPT.match(line)
    return line[found.end() :] if found is not None else line


def read_commands(root: Node, lines: list[str], ledger: Ledger) -> None:
    """Carries out the commands of a text on `root`; lines that are none stay unread."""
    for number, raw in enumerate(lines, 1):
        line = without_prompt(raw.strip())
        if not line or line[0] == "#":
            ledger.ignore(number)
            continue
        words = shell_words(line)
        if words[0] != "nv" or len(words) < 2:
            continue
        if words[1] == "set" and len(words) > 2:
            _set(root, words[2:], number)
        elif words[1] == "unset":
            unset(root, words[2:], number, ledger)
        elif words[1] in _QUIET:
            ledger.ignore(number)


def _set(root: Node, words: list[str], number: int) -> None:
    """Adds a statement; words that begin with a dot name leaves beside each other (`match ip .protocol tcp .dest-port
    22`)."""
    dots = [i for i, word in enumerate(words) if len(word) > 1 and word[0] == "."]
    if not dots:
        _add(root, words, number)
        return
    start = words[: dots[0]]
    for first, last in zip(dots, [*dots[1:], len(words)], strict=True):
        _add(root, [*start, words[first][1:], *words[first + 1 : last]], number)


def _add(root: Node, words: list[str], number: int) -> None:
    if len(words) > LONGEST:
        root.doubted("a statement that is longer than any", number)
    add(root, words, number)


def unset(root: Node, words: list[str], number: int, ledger: Ledger) -> None:
    """What the text has nothing of was deleted to begin afresh; else the statement goes away."""
    parent = root.get(*words[:-1]) if words else root
    if words and parent is not None and words[-1] in parent.children:
        del parent.children[words[-1]]
        ledger.use(number)
    elif not words or root.get(*words[:2]) is None:
        ledger.ignore(number)
        if not words:
            root.children = {}
    else:
        node = root
        for word in words:
            found = node.children.get(word)
            if found is None:
                break
            node = found
        node.doubted(UNSET, number)
        ledger.miss(number, "other")
