"""nft's text form: tables, chains, sets and script commands as objects of the JSON form."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from parsers.ledger import USED, Ledger
from parsers.linux.chains import RANKS
from parsers.linux.nft_expression import expressions
from parsers.linux.nft_lines import TextCursor
from parsers.linux.nft_plain import PlainParts
from parsers.linux.nft_tokens import Cursor, NotUnderstood, Token
from parsers.linux.nft_values import elements
from parsers.linux.nft_values import number as number_of

FAMILIES = frozenset({"ip", "ip6", "inet", "arp", "bridge", "netdev"})
_OBJECTS = frozenset({"counter", "quota", "limit", "ct", "synproxy", "secmark", "tunnel"})


class Item(NamedTuple):
    """One object of a rule set: `verb` is add, insert, delete, flush or doubt (`body` then says
    which line may change what); `kind` is table, chain, rule, set, map, element or ruleset, or
    `rules` for several of the usual form in a row, whose body has the match and the number of each line.
    """

    verb: str
    kind: str
    body: dict[str, Any]
    line: int
    last_line: int


class TextReader:
    """Reads one text; `items` is what it says in order, `doubts` what could not be read."""

    def __init__(self, lines: list[str], ledger: Ledger) -> None:
        self.ledger = ledger
        self.items: list[Item] = []
        self.defines: dict[str, list[Token]] = {}
        self.cursor = TextCursor(lines)
        self.plain = PlainParts()
        for number, raw in enumerate(lines, 1):
            text = raw.strip()
            if not text or text[0] == "#":
                ledger.ignore(number)
        self._read()

    def _item(self, verb: str, kind: str, body: dict[str, Any], first: int, last: int) -> None:
        self.items.append(Item(verb, kind, body, first, last))
        self.ledger.use_range(first, last)

    def _doubt(self, tokens: list[Token], line: int) -> None:
        last = tokens[-1].line if tokens else line
        for number in range(line, last + 1):
            self.ledger.miss(number, "filter", None)
        self.items.append(Item("doubt", "ruleset", {}, line, last))

    def _read(self) -> None:
        cursor = self.cursor
        while True:
            cursor.skip_lines()
            if cursor.ended:
                return
            if cursor.accept("}"):
                self._doubt([], cursor.peek(-1).line)
                continue
            start = cursor.index
            try:
                self._top()
            except NotUnderstood:
                cursor.index = start
                line = cursor.peek().line
                tokens = cursor.statement()
                if cursor.index == start:
                    cursor.index += 1
                self._doubt(tokens, line)

    def _top(self) -> None:
        cursor = self.cursor
        line = cursor.peek().line
        if cursor.peek().text.rpartition("/")[2] == "nft":
            cursor.next()
            while cursor.accept("-"):
                cursor.next()
        if cursor.accept("include"):
            raise NotUnderstood("an included file was not given")
        if cursor.peek().text in ("define", "redefine"):
            self._define(line)
            return
        verb = "add"
        if cursor.peek().text in ("add", "create", "insert", "delete", "flush", "destroy", "list"):
            verb = cursor.word()
        if verb == "list":
            cursor.statement()
            self.ledger.ignore(line)
            return
        if verb == "flush" and cursor.accept("ruleset"):
            self._item("flush", "ruleset", {}, line, line)
            return
        kind = cursor.word()
        if kind == "table":
            self._table(verb, line)
        elif kind in ("chain", "rule", "set", "map", "element", "flowtable") or kind in _OBJECTS:
            self._command(verb, kind, line)
        else:
            raise NotUnderstood(kind)

    def _define(self, line: int) -> None:
        cursor = self.cursor
        cursor.next()
        name = cursor.word()
        cursor.expect("=")
        tokens = self._substitute(cursor.statement())
        self.defines[name] = tokens
        self.ledger.use_range(line, tokens[-1].line if tokens else line)

    def _substitute(self, tokens: list[Token]) -> list[Token]:
        if not any(token.text == "$" for token in tokens):
            return tokens
        out: list[Token] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if token.text == "$" and token.kind == "p" and following is not None:
                defined = self.defines.get(following.text)
                if defined is None:
                    out.append(token)
                else:
                    flat = bool(out) and out[-1].text in "{," and bool(defined)
                    inner = defined[1:-1] if flat and defined[0].text == "{" else defined
                    out += [Token(part.kind, part.text, token.line) for part in inner]
                    index += 1
            else:
                out.append(token)
            index += 1
        return out

    def _family(self) -> str:
        return self.cursor.word() if self.cursor.peek().text in FAMILIES else "ip"

    def _table(self, verb: str, line: int) -> None:
        cursor = self.cursor
        family = self._family()
        body: dict[str, Any] = {"family": family, "name": cursor.word()}
        if verb in ("delete", "destroy", "flush"):
            self._item("delete" if verb != "flush" else "flush", "table", body, line, line)
            return
        self._item("add", "table", body, line, line)
        if not cursor.accept("{"):
            return
        while True:
            cursor.skip_lines()
            if cursor.ended:
                return
            if cursor.at("}"):
                self.ledger.use(cursor.next().line)
                return
            self._table_item(family, body["name"])

    def _table_item(self, family: str, table: str) -> None:
        cursor = self.cursor
        start, line = cursor.index, cursor.peek().line
        try:
            kind = cursor.word()
            if kind == "chain":
                self._chain(family, table, line)
            elif kind in ("set", "map"):
                self._set(kind, family, table, line)
            elif kind in ("flowtable", *_OBJECTS):
                self._skip_block(line)
            elif kind in ("comment", "flags"):
                words = [token.text for token in cursor.statement()]
                if kind == "flags" and "dormant" in words:
                    self.items.append(
                        Item("dormant", "table", {"family": family, "name": table}, line, line)
                    )
                self.ledger.use(line)
            else:
                raise NotUnderstood(kind)
        except NotUnderstood:
            cursor.index = start
            tokens = cursor.statement()
            if cursor.index == start:
                cursor.index += 1
            self._doubt(tokens, line)

    def _skip_block(self, line: int) -> None:
        cursor = self.cursor
        cursor.statement()
        self.ledger.ignore_range(line, cursor.peek(-1).line)

    def _chain(self, family: str, table: str, line: int) -> None:
        cursor = self.cursor
        name = cursor.word()
        body: dict[str, Any] = {"family": family, "table": table, "name": name}
        place = len(self.items)
        self._item("add", "chain", body, line, line)
        if not cursor.accept("{"):
            return
        while True:
            if self._plain_rules(family, table, name):
                continue
            if cursor.ended:
                return
            if cursor.at("}"):
                self.ledger.use(cursor.next().line)
                return
            first = cursor.peek().line
            if cursor.peek().text in ("type", "policy", "comment", "flags", "devices"):
                try:
                    self._chain_word(body, first)
                except NotUnderstood:
                    self._doubt(cursor.statement(), first)
                self.items[place] = self.items[place]._replace(body=body)
                continue
            tokens = self._substitute(cursor.statement())
            if not tokens:
                raise NotUnderstood("an empty rule")
            self._rule("add", {"family": family, "table": table, "chain": name}, tokens)

    def _plain_rules(self, family: str, table: str, chain: str) -> bool:
        """Takes the lines of the usual form that come next; False where there are none."""
        cursor, status = self.cursor, self.ledger.status
        found: list[tuple[re.Match[str], int]] = []
        while True:
            line = cursor.plain_line()
            if line is None or not self.plain.is_plain(line):
                break
            number = cursor.take_line()
            status[number] = USED
            found.append((line, number))
        if line is not None:
            cursor.fill()
        if found:
            body = {"family": family, "table": table, "chain": chain, "rules": found}
            self.items.append(Item("add", "rules", body, found[0][1], found[-1][1]))
        return bool(found)

    def _chain_word(self, body: dict[str, Any], line: int) -> None:
        cursor = self.cursor
        word = cursor.word()
        if word == "type":
            _hook(Cursor(self._substitute(cursor.statement())), body)
            body["hook_line"] = line
        elif word == "policy":
            body["policy"] = cursor.word()
            body["policy_line"] = line
        else:
            cursor.statement()
        self.ledger.use(line)

    def _rule(self, verb: str, place: dict[str, Any], tokens: list[Token]) -> None:
        if not tokens:
            raise NotUnderstood("an empty rule")
        found, comment = expressions(tokens)
        first, last = tokens[0].line, tokens[-1].line
        body: dict[str, Any] = {**place, "expr": found, "comment": comment}
        if found and "unknown" in found[-1]:
            for number in range(first, last + 1):
                self.ledger.miss(number, "filter", str(place["chain"]))
            self.items.append(Item(verb, "rule", body, first, last))
            if any(token.text in ("hook", "priority", "policy") for token in tokens):
                self.items.append(Item("doubt", "ruleset", {}, first, last))
        else:
            self._item(verb, "rule", body, first, last)

    def _set(self, kind: str, family: str, table: str, line: int) -> None:
        cursor = self.cursor
        body: dict[str, Any] = {"family": family, "table": table, "name": cursor.word()}
        last = line
        if cursor.accept("{"):
            while not cursor.at("}"):
                cursor.skip_lines()
                if cursor.at("}"):
                    break
                word = cursor.word()
                tokens = self._substitute(cursor.statement())
                _set_word(body, word, tokens)
            last = cursor.next().line
        self._item("add", kind, body, line, last)

    def _command(self, verb: str, kind: str, line: int) -> None:
        cursor = self.cursor
        if kind not in ("chain", "rule", "set", "map", "element"):
            self._skip_block(line)
            return
        family = self._family()
        table = cursor.word()
        if kind == "chain" and verb in ("add", "create"):
            self._chain(family, table, line)
            return
        if kind in ("set", "map") and verb in ("add", "create"):
            self._set(kind, family, table, line)
            return
        place: dict[str, Any] = {"family": family, "table": table}
        if kind == "rule" and verb in ("add", "insert"):
            place["chain"] = cursor.word()
            if cursor.peek().text in ("position", "handle", "index"):
                raise NotUnderstood("a rule placed by its handle")
            tokens = self._substitute(cursor.statement())
            self._rule(verb, place, tokens)
            return
        if kind == "element" and verb in ("add", "create"):
            place["name"] = cursor.word()
            inner = Cursor(self._substitute(cursor.statement()))
            inner.expect("{")
            place["elem"] = elements(inner)
            self._item("add", "element", place, line, cursor.peek(-1).line)
            return
        if verb in ("delete", "flush", "destroy") and kind in ("chain", "set", "map"):
            place["name"] = cursor.word()
            self._item("flush" if verb == "flush" else "delete", kind, place, line, line)
            return
        raise NotUnderstood(f"{verb} {kind}")


def _hook(cursor: Cursor, body: dict[str, Any]) -> None:
    body["type"] = cursor.word()
    cursor.expect("hook")
    hook = cursor.word()
    if hook not in RANKS:
        raise NotUnderstood(f"hook {hook}")
    body["hook"] = hook
    if cursor.accept("device"):
        body["dev"] = cursor.word()
    elif cursor.accept("devices"):
        cursor.expect("=")
        cursor.expect("{")
        body["dev"] = elements(cursor)
    cursor.expect("priority")
    body["prio"] = priority(cursor, str(body["family"]))
    if not cursor.ended:
        raise NotUnderstood(cursor.peek().text)


_PRIORITIES = {
    "raw": -300, "mangle": -150, "dstnat": -100, "filter": 0, "security": 50, "srcnat": 100,
}  # fmt: skip
_BRIDGE_PRIORITIES = {"dstnat": -300, "filter": -200, "out": 100, "srcnat": 300}


def priority(cursor: Cursor, family: str) -> int:
    """A priority as a number, or a standard name plus or minus a number (nft(8), "Chains")."""
    sign = -1 if cursor.accept("-") else 1
    text = cursor.word()
    if text.lstrip("0123456789") == "":
        base = sign * int(text)
    else:
        name, dash, number = text.partition("-")
        names = _BRIDGE_PRIORITIES if family == "bridge" else _PRIORITIES
        if name not in names or (dash and not number.isdecimal()):
            raise NotUnderstood(f"priority {text}")
        base = names[name] - (int(number) if dash else 0)
    if cursor.peek().text in ("+", "-") and not cursor.ended:
        factor = 1 if cursor.next().text == "+" else -1
        base += factor * number_of(cursor)
    return base


def _set_word(body: dict[str, Any], word: str, tokens: list[Token]) -> None:
    cursor = Cursor(tokens)
    if word in ("type", "typeof"):
        text = " ".join(token.text for token in tokens)
        key, colon, result = text.partition(" : ")
        body["type"] = key
        if colon:
            body["map"] = result
    elif word == "flags":
        body["flags"] = [token.text for token in tokens if token.kind == "w"]
    elif word == "elements":
        cursor.expect("=")
        cursor.expect("{")
        body["elem"] = elements(cursor)
    elif word == "timeout":
        body["timeout"] = True
    elif word not in ("size", "policy", "comment", "counter", "gc-interval", "auto-merge"):
        raise NotUnderstood(word)


def read_text(lines: list[str], ledger: Ledger) -> list[Item]:
    """The objects of an nft text, in order; the ledger gets every line."""
    return TextReader(lines, ledger).items
