"""Deactivated statements and configuration groups: from what the text holds to what is in force.

Groups are inherited at the place where `apply-groups` stands: statements of the place itself win over
groups, groups applied deeper over those applied further out, and a group named first over one named
later. `<...>` in a group matches the names that exist at the place and makes none.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from parsers.hierarchy.curly import CUT
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger

META = frozenset({"apply-groups", "apply-groups-except", "apply-macro"})
NODE = "${node}"
DEEPEST = 64


class Source(NamedTuple):
    """The place of a group that answers to the place being expanded."""

    group: str
    node: Node


def drop_inactive(root: Node, ignore: Callable[[Node], None]) -> None:
    """Removes deactivated statements; `ignore` is told of each.

    A keyword that loses its last value that way goes too, as if it had never been written.
    """
    _prune(root, ignore)


def _prune(node: Node, ignore: Callable[[Node], None]) -> bool:
    """Whether `node` itself lost a value."""
    lost = False
    for child in list(node.children.values()):
        if child.inactive:
            ignore(child)
            del node.children[child.word]
            lost = True
        elif child.children and _prune(child, ignore) and not child.children and not child.end:
            del node.children[child.word]
    return lost


def spread_doubts(root: Node) -> None:
    """Gives what stands below a doubted statement its doubt; the end of a text leaves doubt about what
    would follow only."""
    for node in root.walk():
        if node.doubt is not None and node.doubt != CUT:
            for child in node.children.values():
                child.doubted(node.doubt, node.doubt_line)


class Groups:
    """The groups of a configuration, and their expansion into its tree."""

    def __init__(self, root: Node, ledger: Ledger, node_group: str | None) -> None:
        holder = root.children.get("groups")
        self.defined = dict(holder.children) if holder is not None else {}
        self.ledger = ledger
        self.node_group = node_group
        self.path: list[str] = []
        self.missing: list[Node] = []
        self.doubtful = False

    def expand(self, root: Node) -> None:
        """Expands all groups in place, and removes `groups` and `apply-groups` from the tree."""
        root.children.pop("groups", None)
        self._expand(root, [])

    def _expand(self, node: Node, outer: list[Source]) -> None:
        if len(self.path) > DEEPEST:
            self.doubtful = True
            node.doubted("groups apply each other without end", node.line)
            return
        sources = self._sources(node, outer)
        if not sources:
            for child in list(node.children.values()):
                if child.children:
                    self._below(child, [])
            return
        for rank, source in enumerate(sources, 1):
            _inherit_marks(node, source.node)
            for child in source.node.children.values():
                word = child.word
                if word in META or (word[:1] == "<" and word[-1:] == ">"):
                    continue
                if word not in node.children:
                    made = node.child(word, child.line, rank)
                    made.doubt, made.doubt_line = child.doubt, child.doubt_line
        for child in list(node.children.values()):
            found = [
                Source(source.group, match)
                for source in sources
                for match in _answers(source.node, child.word)
            ]
            self._below(child, found)

    def _below(self, child: Node, sources: list[Source]) -> None:
        self.path.append(child.word)
        self._expand(child, sources)
        self.path.pop()

    def _sources(self, node: Node, outer: list[Source]) -> list[Source]:
        """The groups' places for `node`, the strongest first."""
        sources: list[Source] = []
        seen: set[int] = set()
        excepted = {found.word for found in self._names(node, "apply-groups-except")}
        for name in self._names(node, "apply-groups"):
            self._add(node, name, sources, seen)
        for source in outer:
            if source.group not in excepted and id(source.node) not in seen:
                seen.add(id(source.node))
                sources.append(source)
                for name in self._names(source.node, "apply-groups", remove=False):
                    self._add(node, name, sources, seen)
        return sources

    def _names(self, node: Node, word: str, remove: bool = True) -> list[Node]:
        """The groups that a statement names."""
        holder = node.children.get(word)
        if holder is None:
            return []
        for found in holder.walk():
            for line in (found.end, *(found.more or ())):
                if line:
                    self.ledger.use(line)
        if remove:
            del node.children[word]
        return list(holder.children.values())

    def _add(self, node: Node, named: Node, sources: list[Source], seen: set[int]) -> None:
        name = named.word
        wanted = self.node_group or "node0" if name == NODE else name
        group = self.defined.get(wanted)
        if group is None:
            self.doubtful = True
            if name != NODE and not name.startswith("junos-"):
                node.doubted(
                    f"the group {name} that is applied here is not in the text", named.line
                )
                self.missing.append(named)
            return
        if "when" in group.children:
            self.doubtful = True
            node.doubted(f"group {name} applies under a condition (when)", named.line)
        for place in self._places(group):
            if id(place) in seen:
                continue
            seen.add(id(place))
            sources.append(Source(name, place))
            for inner in self._names(place, "apply-groups", remove=False):
                self._add(node, inner, sources, seen)

    def _places(self, group: Node) -> list[Node]:
        places = [group]
        for word in self.path:
            places = [match for place in places for match in _answers(place, word)]
        return places


def _inherit_marks(node: Node, source: Node) -> None:
    """The lines of a group's statement speak for the inherited one too."""
    for line in (source.end, *(source.more or ())):
        if line:
            node.ended(line)


def _answers(place: Node, word: str) -> list[Node]:
    """The children of a group's place that stand for `word`."""
    found = []
    exact = place.children.get(word)
    if exact is not None:
        found.append(exact)
    for child in place.children.values():
        name = child.word
        if name[:1] == "<" and name[-1:] == ">" and word not in META and _pattern(name).match(word):
            found.append(child)
    return found


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """The regular expression of `<ge-*>`; Junos uses the wildcards of a Unix shell."""
    return re.compile(fnmatch.translate(word[1:-1]))


def shell_pattern(word: str) -> re.Pattern[str]:
    """The regular expression of a name with shell wildcards (interface ranges, apply-path)."""
    return _pattern(word if word.startswith("<") else f"<{word}>")
