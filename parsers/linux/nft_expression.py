"""One rule of nft's text as the expressions that `nft -j` prints for it (libnftables-json(5)).

Both forms of a rule set meet in these expressions: what follows is written once.
"""

from __future__ import annotations

from typing import Any

from parsers.linux.nft_tokens import Cursor, NotUnderstood, Token
from parsers.linux.nft_values import PLAIN, Expression, data, left_hand, number, right_hand

_OPERATORS = frozenset({"==", "!=", "<", ">", "<=", ">=", "!"})
_WORD_OPERATORS = {"eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="}
_BITMASKS = ({"ct": {"key": "state"}}, {"ct": {"key": "status"}},
             {"payload": {"protocol": "tcp", "field": "flags"}})  # fmt: skip
_TO_THE_END = frozenset({"queue", "synproxy", "fwd", "xt"})
"""Statements with a verdict that the text does not tell."""
_WITH_TARGET = frozenset(
    {"masquerade", "snat", "dnat", "redirect", "tproxy", "dup", "reset", "last"}
)
_STARTS = frozenset(
    [
        "accept",
        "drop",
        "return",
        "continue",
        "jump",
        "goto",
        "counter",
        "log",
        "meta",
        "mark",
        "ct",
        "comment",
        "notrack",
        "limit",
        "quota",
        "queue",
        "reject",
        "flow",
        "set",
        "add",
        "update",
        "delete",
        "tcp",
    ]
)
"""Words that begin the next statement behind an address translation or copy."""


def expressions(tokens: list[Token]) -> tuple[list[Expression], str | None]:
    """The expressions of a rule and its comment. What the grammar here does not have becomes
    `{"unknown": text}` and ends the list.
    """
    cursor = Cursor(tokens)
    out: list[Expression] = []
    comment = None
    while not cursor.ended:
        start = cursor.index
        try:
            if cursor.accept("comment"):
                comment = cursor.word()
                continue
            out.append(_statement(cursor))
        except NotUnderstood:
            text = " ".join(token.text for token in tokens[start:])
            if out and "match" in out[-1] and not _delimited(tokens, start):
                out.pop()  # its value may have been cut where the text stops to make sense
            out.append({"unknown": text})
            break
    return out, comment


def _delimited(tokens: list[Token], start: int) -> bool:
    """Whether the value before `tokens[start]` is surely whole: quoted, in braces, or a number
    before a word.
    """
    before, after = tokens[start - 1], tokens[start]
    if before.kind == "s" or before.text == "}":
        return True
    return before.text[:1].isdecimal() and after.kind == "w" and after.text[:1].isalpha()


def _statement(cursor: Cursor) -> Expression:
    word = cursor.peek().text if cursor.peek().kind == "w" else ""
    if word in PLAIN:
        cursor.next()
        return {word: None}
    if word in ("jump", "goto"):
        cursor.next()
        return {word: {"target": cursor.word()}}
    special = _SPECIAL.get(word)
    if special is not None:
        cursor.next()
        return special(cursor)
    if word in _TO_THE_END:
        cursor.next()
        return {word: _rest(cursor)}
    if word in _WITH_TARGET:
        cursor.next()
        return {word: _target(cursor)}
    if word in ("add", "update", "delete", "set") and (cursor.peek(1).text == "@" or word == "set"):
        return _set_statement(cursor)
    if cursor.at("ct", "count"):
        cursor.index += 2
        inverted = cursor.accept("over")
        return {"ct count": {"val": number(cursor), "inv": inverted}}
    return _condition(cursor)


def _rest(cursor: Cursor) -> str:
    """The rest of the rule up to a comment, as text."""
    words = []
    while not cursor.ended and not cursor.at("comment"):
        words.append(cursor.next().text)
    return " ".join(words)


def _target(cursor: Cursor) -> str:
    """Where packets are sent or translated to, up to the next statement."""
    words: list[str] = []
    depth = 0
    while not cursor.ended:
        token = cursor.peek()
        if token.kind == "w" and not depth and words and token.text in _STARTS:
            break
        if token.kind == "w" and not depth and not words and token.text in _STARTS - {"tcp"}:
            break
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "p" else 0
        words.append(cursor.next().text)
    return " ".join(words)


def _counter(cursor: Cursor) -> Expression:
    if cursor.accept("name"):
        return {"counter": cursor.word()}
    if cursor.accept("packets"):
        cursor.next()
        cursor.expect("bytes")
        cursor.next()
    return {"counter": None}


_LOG_OPTIONS = ("prefix", "level", "group", "snaplen", "queue-threshold")


def _log(cursor: Cursor) -> Expression:
    while True:
        if cursor.accept("flags"):
            while cursor.peek().text in (
                "tcp",
                "ip",
                "skuid",
                "ether",
                "all",
                "sequence",
                "options",
                ",",
            ):
                cursor.next()
        elif cursor.peek().text in _LOG_OPTIONS and cursor.peek().kind == "w":
            cursor.index += 2
        else:
            return {"log": None}


def _limit(cursor: Cursor) -> Expression:
    if cursor.accept("name"):
        return {"limit": cursor.word()}
    cursor.expect("rate")
    inverted = cursor.accept("over") or (cursor.accept("until") and False)
    cursor.next()
    if cursor.peek().kind == "w" and not cursor.at("burst"):
        cursor.next()
    cursor.expect("/")
    cursor.next()
    if cursor.accept("burst"):
        cursor.next()
        if cursor.peek().text in ("packets", "bytes", "kbytes", "mbytes"):
            cursor.next()
    return {"limit": {"inv": inverted}}


def _quota(cursor: Cursor) -> Expression:
    if cursor.accept("name"):
        return {"quota": cursor.word()}
    inverted = cursor.accept("over") or (cursor.accept("until") and False)
    cursor.next()
    cursor.next()
    if cursor.accept("used"):
        cursor.index += 2
    return {"quota": {"inv": inverted}}


def _reject(cursor: Cursor) -> Expression:
    if not cursor.accept("with"):
        return {"reject": None}
    kind = cursor.word()
    if kind == "tcp":
        cursor.expect("reset")
        return {"reject": {"type": "tcp reset"}}
    cursor.accept("type")
    return {"reject": {"type": kind, "expr": cursor.word()}}


def _flow(cursor: Cursor) -> Expression:
    cursor.next()
    cursor.accept("@")
    return {"flow": {"op": "add", "flowtable": "@" + cursor.word()}}


_SPECIAL = {
    "counter": _counter, "log": _log, "limit": _limit, "quota": _quota, "reject": _reject,
    "flow": _flow,
}  # fmt: skip


def _set_statement(cursor: Cursor) -> Expression:
    op = cursor.word()
    if op == "set":
        op = cursor.word()
        raise NotUnderstood("the old form of a set statement")
    cursor.expect("@")
    name = cursor.word()
    cursor.expect("{")
    element = left_hand(cursor)
    conditional = []
    depth = 0
    while depth or not cursor.at("}"):
        token = cursor.next()
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text in ("limit", "quota", "count"):
            conditional.append({token.text: None})
    cursor.expect("}")
    return {"set": {"op": op, "elem": element, "set": "@" + name, "stmt": conditional}}


def _condition(cursor: Cursor) -> Expression:
    left = left_hand(cursor)
    if cursor.accept("set"):
        return {"mangle": {"key": left, "value": _mangled(cursor)}}
    if cursor.accept("vmap"):
        return {"vmap": {"key": left, "data": data(cursor)}}
    if "fib" in left and cursor.peek().text in ("missing", "exists"):
        return {"match": {"op": "==", "left": left, "right": cursor.next().text == "exists"}}
    if cursor.peek().text in ("missing", "exists"):
        return {"match": {"op": "==", "left": left, "right": cursor.next().text == "exists"}}
    op = None
    text = cursor.peek().text
    if cursor.peek().kind == "p" and text in _OPERATORS:
        op = cursor.next().text
    elif text in _WORD_OPERATORS and cursor.peek().kind == "w":
        op = _WORD_OPERATORS[cursor.next().text]
    right = right_hand(cursor)
    if isinstance(right, list) or not isinstance(right, dict):
        if cursor.accept("/"):
            left = {"&": [left, right_hand(cursor)]}
            left, right = {"&": [left["&"][0], left["&"][1]]}, right
        elif op is None and left in _BITMASKS and not _is_reference(right):
            op = "in"
    return {"match": {"op": op or "==", "left": left, "right": right}}


def _is_reference(right: object) -> bool:
    return isinstance(right, str) and right.startswith("@")


def _mangled(cursor: Cursor) -> Any:
    token = cursor.peek()
    if token.kind == "s" or token.text[:1].isdecimal() or token.text == "{":
        return right_hand(cursor)
    start = cursor.index
    try:
        return left_hand(cursor)
    except NotUnderstood:
        cursor.index = start
        return right_hand(cursor)
