"""The JSON form (`info | as json`, `config.json`): objects and keyed lists as the same statement tree.

A list of objects becomes one node for each, named by its key leaf: `"entry": [{"sequence-id": 10, ...}]` reads like
`entry 10 { ... }`. Module names in front of keys and values (`srl_nokia-acl:acl`) fall away (RFC 7951).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.nokia_style.statements import CUT

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+|"')
_MODULE = re.compile(r"srl_nokia-[\w-]+:")
KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "acl-filter": (("name", "type"),),
    "subinterface": (("index",),),
    "entry": (("sequence-id",), ("index",)),
    "address": (("ip-prefix",),),
    "nexthop": (("index",),),
    "route": (("prefix",), ("ip-prefix",)),
    "prefix": (("prefix",), ("ip-prefix",)),
    "rule": (("sequence-id",),),
}
"""The key leaves of lists that are read; other lists are keyed by the first of `LIKELY` that they have."""
LIKELY = (
    "name", "interface-id", "interface-name", "index", "id", "sequence-id", "prefix", "ip-prefix",
    "peer-address", "group-name", "address", "ipv4-address", "ipv6-address", "server", "username",
)  # fmt: skip
DEEPEST = 60


class _Broken(Exception):
    """The text is no JSON from here on."""


def read_json(root: Node, lines: list[str], ledger: Ledger) -> None:
    """Reads the first JSON value in `lines` below `root`. Where it breaks off, what is open is doubted."""
    first = next((i for i, line in enumerate(lines) if line.lstrip()[:1] == "{"), 0)
    reader = _Reader(_tokens(lines[first:], first + 1))
    try:
        if reader.take() != "{":
            raise _Broken
        reader.value("{", root, 0)
    except _Broken:
        for node in (root, *reader.path):
            node.doubted(CUT, min(reader.line, len(lines)) or 1)
        root.doubted(CUT, reader.line)
    said = {line for node in root.walk() for line in (node.end, *(node.more or ()))}
    for number in range(1, len(lines) + 1):
        if number not in said:
            ledger.ignore(number)


def _tokens(lines: list[str], number: int) -> Iterator[tuple[str, int]]:
    for line in lines:
        for found in _TOKEN.finditer(line):
            yield found[0], number
        number += 1


def _text(token: str) -> str:
    if token[0] != '"':
        return token
    try:
        value = json.loads(token)
    except ValueError:
        return token.strip('"')
    return value if isinstance(value, str) else token


class _Reader:
    def __init__(self, tokens: Iterator[tuple[str, int]]) -> None:
        self.tokens = tokens
        self.line = 1
        self.path: list[Node] = []

    def take(self) -> str:
        found = next(self.tokens, None)
        if found is None:
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
            self.elements(node, depth)
        elif token in ("}", "]", ":", ",", '"'):
            raise _Broken
        elif token != "null":
            word = _MODULE.sub("", _text(token), count=1) if token[0] == '"' else token
            node.child(word, self.line).ended(self.line)

    def members(self, node: Node, depth: int) -> None:
        empty = True
        opened = self.line
        while (token := self.take()) != "}":
            if token == ",":
                continue
            if token[0] != '"' or token == '"':
                raise _Broken
            empty = False
            name = _MODULE.sub("", _text(token), count=1)
            child = node.child(name, self.line)
            if self.take() != ":":
                raise _Broken
            self.value(self.take(), child, depth + 1)
        if empty and node.word:
            node.ended(opened)

    def elements(self, node: Node, depth: int) -> None:
        while (token := self.take()) != "]":
            if token == ",":
                continue
            if token != "{":
                self.value(token, node, depth + 1)
                continue
            element = Node("", self.line)
            try:
                self.value(token, element, depth + 1)
            except _Broken:
                element.doubted(CUT, self.line)
                _adopt(node, element, self.path)
                raise
            _adopt(node, element, self.path)


def _adopt(node: Node, element: Node, path: list[Node]) -> None:
    """Puts a list's element below the list, under the words of its key."""
    keys = next(
        (k for k in KEYS.get(node.word, ()) if all(name in element.children for name in k)), None
    )
    if keys is None:
        keys = tuple(name for name in LIKELY if name in element.children)[:1]
    target = node
    for position, name in enumerate(keys):
        value = element.children.pop(name).only()
        if value is None:
            break
        if position:
            target = target.child(name, value.line)
        target = target.child(value.word, value.line)
        target.ended(value.end or value.line)
    if target is node:
        target = node.child(f"#{len(node.children)}", element.line)
        target.ended(element.line)
    if element.doubt is not None:
        target.doubted(element.doubt, element.doubt_line)
    if element in path:
        path[path.index(element)] = target
    if not target.children:
        target.children = element.children
    else:
        target.children.update(element.children)
