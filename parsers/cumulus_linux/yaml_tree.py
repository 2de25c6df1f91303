"""The YAML form (`nv config show`, `/etc/nvue.d/startup.yaml`) as the statement tree.

NVUE prints block mappings with scalars, `{}` and short lists. Anchors, flow mappings and tags, which it never
prints, leave doubt. Line numbers are those of the keys and values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger

INDENT = "the indentation does not fit what stands around it"
ODD = "this is no mapping that NVUE prints"
TWICE = "this key is given twice"
_COMMENT = re.compile(r"\s#.*$")
_FLOW = re.compile(r"\[([^\[\]{}]*)\]")


@dataclass
class _Frame:
    """An open key: its column, its node, and the column of what stands below it once that is known."""

    column: int
    node: Node
    below: int | None = None
    scalar: bool = False
    quote: str = ""


def read_yaml(root: Node, lines: list[str], ledger: Ledger) -> None:
    """Reads a YAML text below `root`; the items of its top list (`- header:`, `- set:`) become one tree."""
    reader = _Reader(root, ledger)
    for number, raw in enumerate(lines, 1):
        reader.line(raw.expandtabs(8), number)
    said = {line for node in root.walk() for line in (node.end, *(node.more or ()))}
    for number in range(1, len(lines) + 1):
        if number not in said and number not in reader.odd:
            ledger.ignore(number)


class _Reader:
    def __init__(self, root: Node, ledger: Ledger) -> None:
        self.root = root
        self.ledger = ledger
        self.stack = [_Frame(-1, root)]
        self.odd: set[int] = set()

    def line(self, raw: str, number: int) -> None:
        text = raw.strip()
        top = self.stack[-1]
        if not text or text[0] == "#" or text in ("---", "..."):
            return
        column = len(raw) - len(raw.lstrip())
        if top.scalar and (top.quote or column > top.column):
            self._goes_on(top, text, number)
            return
        while text.startswith("- "):
            rest = text[2:].lstrip()
            inner = column + len(text) - len(rest)
            if _key(rest) is None:
                self._open(column, number)
                self._element(rest, number)
                return
            self._close(column)
            text, column = rest, inner
            if self.stack[-1].below is not None and self.stack[-1].column >= 0:
                self._doubt(number, INDENT)
            self.stack[-1].below = column
        found = _key(text)
        if found is None:
            self._doubt(number, ODD)
            return
        self._open(column, number)
        self._member(found, column, number)

    def _goes_on(self, top: _Frame, text: str, number: int) -> None:
        """A line that belongs to the scalar before it."""
        (top.node.only() or top.node).ended(number)
        if top.quote and text.endswith(top.quote):
            top.quote = ""

    def _close(self, column: int) -> None:
        while len(self.stack) > 1 and self.stack[-1].column >= column:
            self.stack.pop()

    def _open(self, column: int, number: int) -> None:
        """Closes what ends before `column`; what stands there must fit its siblings."""
        self._close(column)
        top = self.stack[-1]
        if top.below is None:
            top.below = column
        elif top.below != column:
            self._doubt(number, INDENT)

    def _doubt(self, number: int, reason: str) -> None:
        for frame in self.stack:
            frame.node.doubted(reason, number)
        self.root.doubted(reason, number)
        self.odd.add(number)

    def _element(self, text: str, number: int) -> None:
        self.stack[-1].node.child(_scalar(_COMMENT.sub("", text)), number).ended(number)

    def _member(self, found: tuple[str, str], column: int, number: int) -> None:
        key, value = found
        parent = self.stack[-1].node
        known = parent.children.get(key)
        node = parent.child(key, number)
        if known is not None and column > 2:
            node.doubted(TWICE, number)
        frame = _Frame(column, node)
        self.stack.append(frame)
        if value[:1] not in "\"'":
            value = _COMMENT.sub("", f" {value}").strip()
        if not value:
            return
        flow = _FLOW.fullmatch(value)
        if value == "{}":
            node.ended(number)
        elif flow is not None:
            for part in flow[1].split(","):
                if part.strip():
                    node.child(_scalar(part.strip()), number).ended(number)
            node.ended(number)
        elif value[0] in "{[&*!%@`":
            self._doubt(number, ODD)
        elif value[0] in "|>":
            frame.scalar = True
            node.ended(number)
        else:
            frame.scalar = True
            if value[0] in "\"'" and (len(value) < 2 or value[-1] != value[0]):
                frame.quote = value[0]
            node.child(_scalar(value), number).ended(number)


def _key(text: str) -> tuple[str, str] | None:
    """Key and value of `key: value` or `key:`; a colon inside a word belongs to it (IPv6)."""
    if text[:1] in "\"'":
        close = text.find(text[0], 1)
        rest = text[close + 1 :].lstrip() if close > 0 else ""
        return (text[1:close], rest[1:].strip()) if rest[:1] == ":" else None
    head, colon, value = text.partition(": ")
    if colon:
        return head.strip(), value.strip()
    bare = _COMMENT.sub("", text).rstrip()
    return (bare[:-1], "") if bare.endswith(":") and len(bare) > 1 else None


def _scalar(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text.strip("\"'")
