"""The statement tree: one node for each word of a statement, whatever form the text has.

`unit 0 { family inet; }` and `set ... unit 0 family inet` give the same nodes `unit`, `0`, `family`, `inet`, so
everything behind the readers knows one form. A bracket list gives one sibling for each member.
"""

from __future__ import annotations

from collections.abc import Iterator

NO_CHILDREN: dict[str, Node] = {}
"""Shared by all leaves; `Node.child` replaces it before it adds."""

LONGEST = 32
"""Words of a statement beyond this are dropped: no system has any so deep."""


class Node:
    """A word and the statements below it.

    `line` is where the word was first seen. `end` is the line of a statement that ends at this word (0:
    none does), `more` holds the further ones. `rank` is 0 for what the text says here and n for what the
    n-th applied group gives. `doubt` says why what stands below may not be all, or not be in force, and
    `doubt_line` where.
    """

    __slots__ = (
        "children",
        "doubt",
        "doubt_line",
        "end",
        "inactive",
        "line",
        "more",
        "rank",
        "word",
    )

    def __init__(self, word: str, line: int, rank: int = 0) -> None:
        self.word = word
        self.line = line
        self.rank = rank
        self.end = 0
        self.more: list[int] | None = None
        self.children = NO_CHILDREN
        self.inactive = False
        self.doubt: str | None = None
        self.doubt_line = 0

    def child(self, word: str, line: int, rank: int = 0) -> Node:
        """The child called `word`, made if there is none."""
        found = self.children.get(word)
        if found is None:
            if self.children is NO_CHILDREN:
                self.children = {}
            found = self.children[word] = Node(word, line, rank)
        return found

    def doubted(self, reason: str, line: int) -> None:
        """Records that what stands below is in doubt; the first reason stays."""
        if self.doubt is None:
            self.doubt = reason
            self.doubt_line = line

    def ended(self, line: int) -> None:
        """Records that a statement on `line` ends here."""
        if not self.end:
            self.end = line
        elif self.more is None:
            if line != self.end:
                self.more = [line]
        else:
            self.more.append(line)

    @property
    def last(self) -> int:
        """The last line that says this word at the end of a statement, else the first that has it."""
        return self.more[-1] if self.more else self.end or self.line

    def get(self, *path: str) -> Node | None:
        """The node that the words of `path` lead to."""
        node: Node | None = self
        for word in path:
            if node is None:
                return None
            node = node.children.get(word)
        return node

    def value(self, word: str) -> Node | None:
        """The value of the single-valued statement `word`: what the text says here wins over groups, a
        later line over an earlier one."""
        holder = self.children.get(word)
        return holder.only() if holder is not None else None

    def only(self) -> Node | None:
        """The child in force where only one can be."""
        best = None
        for child in self.children.values():
            if best is None or (-child.rank, child.last) >= (-best.rank, best.last):
                best = child
        return best

    def walk(self) -> Iterator[Node]:
        """The node and all below it, parents first."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children.values())


def add(parent: Node, words: list[str], line: int) -> Node:
    """Adds the statement `words` below `parent` and gives its last node."""
    node = parent
    if len(words) > LONGEST:
        words = words[:LONGEST]
    for word in words:
        children = node.children
        found = children.get(word)
        if found is None:
            found = Node(word, line)
            if children is NO_CHILDREN:
                node.children = {word: found}
            else:
                children[word] = found
        node = found
    node.ended(line)
    return node


def add_lists(parent: Node, words: list[str], line: int) -> list[Node]:
    """Adds a statement in which `[ a b ]` stands for several; gives the last nodes."""
    if "[" not in words:
        return [add(parent, words, line)]
    paths: list[list[str]] = [[]]
    position = 0
    while position < len(words):
        word = words[position]
        if word == "[":
            try:
                close = words.index("]", position)
            except ValueError:
                close = len(words)
            members = words[position + 1 : close]
            paths = [[*path, member] for path in paths for member in members] or paths
            position = close + 1
        else:
            for path in paths:
                path.append(word)
            position += 1
    return [add(parent, path, line) for path in paths]
