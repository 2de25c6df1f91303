"""Putting what two statements of one name say into one node."""

from __future__ import annotations

from parsers.hierarchy.tree import Node


def join(target: Node, other: Node) -> None:
    """Moves what stands at and below `other` to `target`; where both have a word, its statements join."""
    waiting = [(target, other)]
    while waiting:
        into, source = waiting.pop()
        for line in (source.end, *(source.more or ())):
            if line:
                into.ended(line)
        if source.doubt is not None:
            into.doubted(source.doubt, source.doubt_line)
        for word, child in source.children.items():
            present = into.children.get(word)
            if present is not None:
                waiting.append((present, child))
                continue
            if not into.children:
                into.children = {}
            into.children[word] = child
