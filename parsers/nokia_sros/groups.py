"""Configuration groups of MD-CLI: what `apply-groups` gives to the place where it stands.

Source: Nokia SR OS, MD-CLI User Guide, "Configuration groups": a group holds statements with their whole path;
the name of a list entry may be a regular expression in `<>` that existing entries are matched against; what the
text says itself wins; a lower level wins over a higher one; `apply-groups-exclude` keeps a group away. That of
several groups at one place the first named wins is not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger

APPLY, EXCLUDE = "apply-groups", "apply-groups-exclude"
DEEPEST = 200
MOST = 100_000
"""Statements that groups may give; more would be a text made to exhaust the reader."""


def expand_groups(top: Node, groups: Node | None, ledger: Ledger) -> None:
    """Gives every place below `top` what the groups applied there hold. A group that is not in the text leaves
    doubt there."""
    known: dict[str, Node] = {}
    for holder in groups.children.values() if groups is not None else ():
        known.update(holder.children)  # `group "name" { ... }`
    for node in groups.walk() if groups is not None else ():
        for line in (node.end, *(node.more or ())):
            if line and not ledger.status[line]:
                ledger.ignore(line)
    budget = [MOST]
    places = sorted(_places(top, []), key=lambda place: -len(place[1]))
    rank = 0
    for node, path in places:
        applied = node.children.pop(APPLY)
        for name in applied.children.values():
            rank += 1
            group = known.get(name.word)
            if group is None:
                node.doubted(f"group {name.word} is not in the text", name.end or name.line)
                continue
            ledger.use(name.end or name.line)
            for source in _at(group, path):
                _inherit(node, source, rank, name.word, budget)
    for node in top.walk():
        excluded = node.children.pop(EXCLUDE, None)
        for name in excluded.children.values() if excluded is not None else ():
            ledger.use(name.end or name.line)


def _places(node: Node, path: list[str]) -> Iterator[tuple[Node, list[str]]]:
    waiting = [(node, path)]
    while waiting:
        found, way = waiting.pop()
        applied = found.children.get(APPLY)
        if applied is not None and applied.children:  # a name may be called like the statement
            yield found, way
        waiting.extend(
            (child, [*way, word])
            for word, child in found.children.items()
            if word not in (APPLY, EXCLUDE)
        )


def _at(group: Node, path: list[str]) -> list[Node]:
    """The places in a group that stand for `path`."""
    found = [group]
    for word in path:
        found = [
            child for node in found for child in node.children.values() if _stands_for(child, word)
        ]
    return found


def _stands_for(node: Node, word: str) -> bool:
    if node.word == word:
        return True
    pattern = _pattern(node.word)
    return pattern is not None and pattern.fullmatch(word) is not None


def _pattern(word: str) -> re.Pattern[str] | None:
    if len(word) < 3 or word[0] != "<" or word[-1] != ">":
        return None
    try:
        return re.compile(word[1:-1])
    except re.error:
        return None


def _inherit(
    target: Node, source: Node, rank: int, group: str, budget: list[int], depth: int = 0
) -> None:
    """Adds what stands below `source` to `target`, weaker than what the text says itself."""
    excluded = target.children.get(EXCLUDE)
    if excluded is not None and group in excluded.children:
        return
    for child in source.children.values():
        if budget[0] <= 0 or depth > DEEPEST:
            target.doubted("groups give more statements than can be read", child.line)
            return
        budget[0] -= 1
        if child.word.startswith("<") and child.word.endswith(">"):
            if _pattern(child.word) is None:
                target.doubted(f"'{child.word}' in group {group} is no pattern", child.line)
            found = [node for node in target.children.values() if _stands_for(child, node.word)]
        else:
            found = [target.child(child.word, child.line, rank)]
        for node in found:
            for line in (child.end, *(child.more or ())):
                if line:
                    node.ended(line)
            _inherit(node, child, rank, group, budget, depth + 1)
