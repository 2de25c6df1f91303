"""A whole nft rule set: objects in order become chains, ready to be made filters of."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from parsers.linux.chains import RANKS, Base, Chain
from parsers.linux.nft_plain import PlainRules
from parsers.linux.nft_terms import NamedSet
from parsers.linux.nft_text import Item

FAMILY = {"ip": 4, "ip6": 6, "inet": 0, "netdev": 0}

ChainId = tuple[str, str, str]


class NftChain(NamedTuple):
    """A chain with what its base declaration says, and why it may not be what the text shows."""

    chain: Chain
    table: str
    name: str
    policy: str
    policy_line: int | None
    doubt: str | None
    dormant: bool


class Ruleset:
    """The objects as they stand after all items were applied in order."""

    def __init__(self, file: str, items: list[Item]) -> None:
        self.file = file
        self.chains: dict[ChainId, tuple[dict[str, Any], int]] = {}
        self.rules: dict[ChainId, list[tuple[dict[str, Any] | re.Match[str], int]]] = {}
        self.sets: dict[ChainId, dict[str, Any]] = {}
        self.updated: set[ChainId] = set()
        self.dormant: set[tuple[str, str]] = set()
        self.doubts: list[int] = []
        self.bridge: int | None = None
        for item in items:
            self._apply(item)

    def _apply(self, item: Item) -> None:
        body = item.body
        if item.verb == "doubt":
            self.doubts.append(item.line)
            return
        if item.kind == "ruleset":
            self._clear(None)
            return
        family = str(body.get("family", "ip"))
        table = str(body.get("name" if item.kind == "table" else "table"))
        if item.kind == "table":
            self._table(item.verb, family, table)
            return
        if family == "bridge":
            self.bridge = self.bridge or item.line
        if family not in FAMILY:
            return
        name = str(body.get("chain" if item.kind in ("rule", "rules") else "name"))
        self._object(item, (family, table, name))

    def _table(self, verb: str, family: str, table: str) -> None:
        if verb == "dormant":
            self.dormant.add((family, table))
        elif verb == "delete":
            self._clear((family, table))
        elif verb == "flush":
            for key in self.rules:
                if key[:2] == (family, table):
                    self.rules[key].clear()

    def _clear(self, table: tuple[str, str] | None) -> None:
        for key in {*self.chains, *self.rules, *self.sets}:
            if table is None or key[:2] == table:
                self.chains.pop(key, None)
                self.rules.pop(key, None)
                self.sets.pop(key, None)

    def _object(self, item: Item, key: ChainId) -> None:
        verb, kind, body = item.verb, item.kind, item.body
        if kind == "chain":
            if verb == "add":
                if key not in self.chains or "hook" in body:
                    self.chains[key] = (body, item.line)
                self.rules.setdefault(key, [])
            elif verb == "flush":
                self.rules.get(key, []).clear()
            else:
                self.chains.pop(key, None)
                self.rules.pop(key, None)
        elif kind == "rule":
            self._rule(item, key)
        elif kind == "rules":
            self.rules.setdefault(key, []).extend(body["rules"])
        elif kind == "element":
            target = self.sets.setdefault(key, {"elem": []})
            target["elem"] = [*_elements(target), *_elements(body)]
        elif verb == "add":
            previous = self.sets.get(key)
            self.sets[key] = dict(body)
            if previous is not None:
                self.sets[key]["elem"] = [*_elements(previous), *_elements(body)]
        elif verb == "flush":
            self.sets.get(key, {})["elem"] = []
        else:
            self.sets.pop(key, None)

    def _rule(self, item: Item, key: ChainId) -> None:
        self.chains.setdefault(key, (item.body, item.line))
        rules = self.rules.setdefault(key, [])
        rules.insert(0 if item.verb == "insert" else len(rules), (item.body, item.line))
        for expression in item.body.get("expr", ()):
            if isinstance(expression, dict) and isinstance(expression.get("set"), dict):
                name = str(expression["set"].get("set", ""))[1:]
                self.updated.add((key[0], key[1], name))

    def named_sets(self, family: str, table: str) -> dict[str, NamedSet]:
        """The sets and maps of a table by name."""
        out = {}
        for key, body in self.sets.items():
            if key[:2] == (family, table):
                changing = key in self.updated or bool(
                    {"dynamic", "timeout"} & set(map(str, _listed(body.get("flags"))))
                )
                doubt = "changes while packets pass" if changing else None
                out[key[2]] = NamedSet(tuple(_elements(body)), doubt)
        return out

    def read(self) -> list[NftChain]:
        """All chains of the families that packets of IPv4 and IPv6 meet."""
        doubt = None
        for body, line in self.chains.values():
            if "hook" in body and _base(body) is None:
                self.doubts.append(line)
        if self.doubts:
            doubt = f"line {self.doubts[0]} is not understood"
        plain: dict[tuple[str, str], PlainRules] = {}
        out = []
        for key, (body, line) in self.chains.items():
            place = key[:2]
            prefix = f"nft/{key[0]}/{key[1]}/"
            if place not in plain:
                names = frozenset(k[2] for k in self.chains if k[:2] == place)
                plain[place] = PlainRules(prefix, FAMILY[key[0]], self.named_sets(*place), names)
            make = plain[place]
            rules = tuple(
                make.of_expressions(rule.get("expr", ()), at)
                if isinstance(rule, dict)
                else make.of_line(rule, at)
                for rule, at in self.rules.get(key, ())
            )
            base = _base(body)
            chain = Chain(prefix + key[2], FAMILY[key[0]], self.file, line, rules, base)
            out.append(
                NftChain(
                    chain,
                    key[1],
                    key[2],
                    str(body.get("policy", "accept")),
                    body.get("policy_line"),
                    doubt,
                    place in self.dormant,
                )
            )
        return out


def _base(body: dict[str, Any]) -> Base | None:
    hook = body.get("hook")
    if hook not in RANKS or not isinstance(body.get("prio"), int):
        return None
    devices = tuple(str(device) for device in _listed(body.get("dev")))
    return Base(str(hook), body["prio"], str(body.get("type", "filter")), devices)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _elements(body: dict[str, Any]) -> list[Any]:
    elements = body.get("elem")
    if isinstance(elements, dict) and "set" in elements:
        elements = elements["set"]
    return _listed(elements)
