"""The set form: commands carried out one after the other on the tree.

`set`, `delete`, `move PATH NAME top|bottom|before|after`, `rename PATH NAME to NEW` (PAN-OS CLI Quick Start, "Modify
the Configuration"). What cannot be carried out leaves doubt where it would have changed something.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers.hierarchy.tree import Node, add, add_lists
from parsers.ledger import Ledger
from parsers.paloalto_panos.words import words_of


def command(root: Node, line: str, number: int, ledger: Ledger) -> list[Node]:
    """Carries out the command on `line`; gives the nodes that a `set` ends at. A command that names nothing
    stays unread and leaves doubt."""
    words = words_of(line)
    verb = words[0]
    if verb == "set":
        if len(words) == 1:
            ledger.ignore(number)
            return []
        if "[" in words:
            return add_lists(root, words[1:], number)
        return [add(root, words[1:], number)]
    if verb == "delete":
        _undone(root.get(*words[1:]), ledger)
    if COMMANDS[verb](root, words[1:]):
        ledger.use(number)
    else:
        ledger.miss(number, "other")
        deepest = root
        for word in words[1:]:
            found = deepest.children.get(word)
            if found is None:
                break
            deepest = found
        deepest.doubted(f"'{verb}' changes what the text does not show", number)
    return []


def _undone(node: Node | None, ledger: Ledger) -> None:
    """What a later command deletes was read, and says nothing any more."""
    for found in node.walk() if node is not None else ():
        for line in (found.end, *(found.more or ())):
            if line and not ledger.status[line]:
                ledger.use(line)


def _delete(root: Node, words: list[str]) -> bool:
    """Deleting what the text has nothing of is how a script begins afresh."""
    parent = root.get(*words[:-1]) if words else None
    if parent is None or words[-1] not in parent.children:
        return bool(words) and root.get(*words[:2]) is None
    del parent.children[words[-1]]
    return True


def _move(root: Node, words: list[str]) -> bool:
    if len(words) >= 3 and words[-1] in ("top", "bottom"):
        *path, name, place = words
        other = None
    elif len(words) >= 4 and words[-2] in ("before", "after"):
        *path, name, place, other = words
    else:
        return False
    parent = root.get(*path)
    if parent is None or name not in parent.children or other == name:
        return False
    if other is not None and other not in parent.children:
        return False
    names = [word for word in parent.children if word != name]
    at = {"top": 0, "bottom": len(names)}.get(place)
    if at is None:
        at = names.index(other or "") + (place == "after")
    names.insert(at, name)
    parent.children = {word: parent.children[word] for word in names}
    return True


def _rename(root: Node, words: list[str]) -> bool:
    if len(words) < 4 or words[-2] != "to":
        return False
    *path, name, _, new = words
    parent = root.get(*path)
    if parent is None or name not in parent.children or new in parent.children:
        return False
    parent.children[name].word = new
    parent.children = {
        new if word == name else word: child for word, child in parent.children.items()
    }
    return True


def _refused(root: Node, words: list[str]) -> bool:
    return False


COMMANDS: dict[str, Callable[[Node, list[str]], bool]] = {
    "delete": _delete,
    "move": _move,
    "rename": _rename,
    "copy": _refused,
    "edit": _refused,
    "override": _refused,
}
"""The commands besides `set`; each gives whether it could be carried out."""

VERBS = frozenset({"set", *COMMANDS})
