"""Several statements on one line: `match protocol tcp dst-ip address 192.0.2.0/24`.

The readers make one node of each word, so what follows a leaf's value lands below that value. It belongs beside the
leaf, or into the block further up that knows the word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parsers.hierarchy.tree import Node
from parsers.nokia_style.joining import join

DEEPEST = 200
"""No statement is deeper; what is stays as it was read, and nobody knows its words."""
IsLeaf = Callable[[Node, list[Node]], bool]
"""Whether a node is the name of a leaf; the second argument are its ancestors, the nearest last."""


def unnest(root: Node, is_leaf: IsLeaf, homes: Mapping[str, frozenset[str]]) -> None:
    """Moves what stands below a leaf's value to where it belongs. `homes` says for a word below which blocks it
    stands; where it says nothing, that is beside the leaf."""
    _Mover(is_leaf, homes).settle(root, [])


class _Mover:
    def __init__(self, is_leaf: IsLeaf, homes: Mapping[str, frozenset[str]]) -> None:
        self.is_leaf = is_leaf
        self.homes = homes
        self.waiting: dict[int, list[Node]] = {}

    def settle(self, node: Node, way: list[Node]) -> None:
        """Looks at everything below `node`, the deepest first; what arrives meanwhile is looked at too."""
        path = [*way, node]
        work = list(node.children.values())
        self.waiting[id(node)] = work
        while work:
            child = work.pop()
            if not child.children or len(path) > DEEPEST:
                continue
            self.settle(child, path)
            if self.is_leaf(child, path):
                for value in child.children.values():
                    for word in list(value.children):
                        self.move(value.children.pop(word), path)
        del self.waiting[id(node)]

    def move(self, node: Node, path: list[Node]) -> None:
        """Puts `node` where it belongs on `path`."""
        allowed = self.homes.get(node.word)
        home = path[-1]
        if allowed is not None:
            home = next(
                (path[at] for at in reversed(range(len(path))) if _fits(path, at, allowed)), home
            )
        self.waiting[id(home)].append(_put(home, node))


def _fits(path: list[Node], at: int, allowed: frozenset[str]) -> bool:
    """Whether a place on the path is one of the blocks, or an element of one of the lists (`entry *`)."""
    return path[at].word in allowed or (at > 0 and f"{path[at - 1].word} *" in allowed)


def _put(target: Node, child: Node) -> Node:
    present = target.children.get(child.word)
    if present is None:
        if not target.children:
            target.children = {}
        target.children[child.word] = child
        return child
    join(present, child)
    return present
