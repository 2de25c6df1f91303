"""The set form: one command a line, carried out one after the other on the tree."""

from __future__ import annotations

import re
from collections.abc import Callable

from parsers.hierarchy.tree import NO_CHILDREN, Node, add, add_lists
from parsers.ledger import Ledger

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


def words_of(line: str) -> list[str]:
    """The words of a command; a quoted string is one word without its quotes."""
    if '"' not in line:
        return line.split()
    return [found[1] if found[1] is not None else found[2] for found in _WORD.finditer(line)]


_SHELL = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\]|['"\\])+""")
_PIECE = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)|(['"\\])""")


def shell_words(line: str) -> list[str]:
    r"""The words of a command in which values stand in single quotes (`'it'\''s'` is one word)."""
    if "'" not in line and '"' not in line and "\\" not in line:
        return line.split()
    head, _, tail = line.partition(" '")
    if tail.find("'") == len(tail) - 1 and "'" not in head and '"' not in head and "\\" not in line:
        return [*head.split(), tail[:-1]]  # one value at the end: nearly every line
    return ["".join(map("".join, _PIECE.findall(word))) for word in _SHELL.findall(line)]


def command(root: Node, line: str, number: int, ledger: Ledger) -> bool:
    """Carries out the command on `line`; one that names nothing stays unread and leaves doubt. Gives
    whether it could be carried out."""
    words = words_of(line)
    verb = words[0]
    if verb == "set":
        if len(words) == 1:
            ledger.ignore(number)
        elif "[" in words:
            add_lists(root, words[1:], number)
        else:
            add(root, words[1:], number)
        return True
    done = COMMANDS[verb](root, words[1:])
    if done:
        ledger.use(number)
    else:
        ledger.miss(number, "other")
        reason = f"'{verb}' changes what the text does not show"
        _deepest(root, words[1:]).doubted(reason, number)
    return done


def _deepest(root: Node, words: list[str]) -> Node:
    """The last node that exists on the way that `words` name."""
    node = root
    for word in words:
        found = node.children.get(word)
        if found is None:
            break
        node = found
    return node


def _find(root: Node, words: list[str]) -> Node | None:
    return root.get(*words) if words else None


def _deactivate(root: Node, words: list[str]) -> bool:
    node = _find(root, words)
    if node is not None:
        node.inactive = True
    return node is not None


def _activate(root: Node, words: list[str]) -> bool:
    node = _find(root, words)
    if node is not None:
        node.inactive = False
    return node is not None


def _delete(root: Node, words: list[str]) -> bool:
    """Deleting what the text has nothing of is how a script begins afresh."""
    parent = root.get(*words[:-1]) if words else None
    if parent is None or words[-1] not in parent.children:
        return bool(words) and root.get(*words[:2]) is None
    del parent.children[words[-1]]
    return True


def _insert(root: Node, words: list[str]) -> bool:
    """`insert PATH NAME before|after [KEYWORD] OTHER`: moves NAME among its siblings."""
    at = next((i for i, word in enumerate(words) if i and word in ("before", "after")), None)
    if at is None or at + 1 >= len(words):
        return False
    parent = root.get(*words[: at - 1])
    name, other = words[at - 1], words[-1]
    if parent is None or name not in parent.children or other not in parent.children:
        return False
    moved = parent.children.pop(name)
    rebuilt: dict[str, Node] = {}
    for word, child in parent.children.items():
        if word == other and words[at] == "before":
            rebuilt[name] = moved
        rebuilt[word] = child
        if word == other and words[at] == "after":
            rebuilt[name] = moved
    parent.children = rebuilt
    return True


def _rename(root: Node, words: list[str]) -> bool:
    """`rename PATH NAME to [KEYWORD] OTHER`: the order among the siblings stays."""
    if "to" not in words[1:-1]:
        return False
    at = len(words) - 1 - words[::-1].index("to")
    parent = root.get(*words[: at - 1])
    name, other = words[at - 1], words[-1]
    if parent is None or parent.children is NO_CHILDREN or name not in parent.children:
        return False
    parent.children[name].word = other
    parent.children = {
        other if word == name else word: child for word, child in parent.children.items()
    }
    return True


def _nothing(root: Node, words: list[str]) -> bool:
    return True


def _refused(root: Node, words: list[str]) -> bool:
    return False


COMMANDS: dict[str, Callable[[Node, list[str]], bool]] = {
    "deactivate": _deactivate,
    "activate": _activate,
    "delete": _delete,
    "insert": _insert,
    "rename": _rename,
    "protect": _nothing,  # forbids changes to the statement, which stays in force
    "unprotect": _nothing,
    "annotate": _nothing,
    "copy": _refused,
    "edit": _refused,
}
"""The commands besides `set`; each gives whether it could be carried out."""

VERBS = frozenset({"set", *COMMANDS})
