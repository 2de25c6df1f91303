"""JSON as the statement tree: a member of an object is a node, its value stands below it.

`{"PORT": {"Ethernet0": {"mtu": "9100"}}}` gives the nodes `PORT`, `Ethernet0`, `mtu`, `9100`, like the statement
`PORT Ethernet0 mtu 9100`. Elements of lists are siblings; an object in a list is called `#0`, `#1`, ... (RFC 8259).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger

CUT = "the text ends inside this block"
BROKEN = "the text is no JSON from here on"
TWICE = "this name is given twice"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+|"')
_LITERAL = re.compile(r"true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
DEEPEST = 60


class _Broken(Exception):
    """The text is no JSON from here on."""


def read_json(root: Node, lines: list[str], ledger: Ledger, first: int = 1) -> int:
    """Reads the JSON value that begins on line `first` below `root`; gives the last line of it. Where it breaks
    off, the nodes that are open and `root` are in doubt, and the whole text counts as read."""
    reader = _Reader(_tokens(lines[first - 1 :], first), first)
    last = len(lines)
    try:
        reader.value(reader.take(), root, 0)
        last = reader.line
        following = next(reader.tokens, None)
        if following is not None and following[1] == last:
            root.doubted(BROKEN, last)
    except _Broken:
        reason = reader.reason
        for node in (root, *reader.path):
            node.doubted(reason, min(reader.line, len(lines)))
    said = {line for node in root.walk() for line in (node.end, *(node.more or ()))}
    for number in range(first, last + 1):
        if number not in said and (root.doubt is None or number < root.doubt_line):
            ledger.ignore(number)
    return last


def _tokens(lines: list[str], number: int) -> Iterator[tuple[str, int]]:
    for line in lines:
        for found in _TOKEN.finditer(line):
            yield found[0], number
        number += 1


def _text(token: str) -> str:
    """A string without its quotes and escapes; a number or literal as it is written."""
    if token[0] != '"':
        return token
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token))
    except ValueError:
        return token[1:-1]


class _Reader:
    def __init__(self, tokens: Iterator[tuple[str, int]], first: int) -> None:
        self.tokens = tokens
        self.line = first
        self.path: list[Node] = []
        self.reason = BROKEN

    def take(self) -> str:
        found = next(self.tokens, None)
        if found is None:
            self.reason = CUT
            raise _Broken
        self.line = found[1]
        return found[0]

    def value(self, token: str, node: Node, depth: int) -> None:
        """Adds the value that begins with `token` below `node`."""
        if depth > DEEPEST:
            raise _Broken
        if token == "{":
            self.path.append(node)
            self.members(node, depth)
            self.path.pop()
        elif token == "[":
            self.path.append(node)
            self.elements(node, depth)
            self.path.pop()
        elif (
            token == '"'
            or token in "}]:,"
            or (token[0] != '"' and _LITERAL.fullmatch(token) is None)
        ):
            raise _Broken
        elif token == "null":
            node.ended(self.line)
        else:
            node.child(_text(token), self.line).ended(self.line)

    def members(self, node: Node, depth: int) -> None:
        empty = True
        opened = self.line
        names = set()
        while (token := self.take()) != "}":
            if token == ",":
                continue
            if token[0] != '"' or token == '"':
                raise _Broken
            empty = False
            name = _text(token)
            child = node.child(name, self.line)
            if name in names:
                child.doubted(TWICE, self.line)
            names.add(name)
            if self.take() != ":":
                raise _Broken
            self.value(self.take(), child, depth + 1)
        if empty:
            node.ended(opened)

    def elements(self, node: Node, depth: int) -> None:
        number = 0
        opened = self.line
        while (token := self.take()) != "]":
            if token == ",":
                continue
            if token in ("{", "["):
                self.value(token, node.child(f"#{number}", self.line), depth + 1)
            else:
                self.value(token, node, depth + 1)
            number += 1
        if not number:
            node.ended(opened)
