"""One rule of nft's text as the expressions that `nft -j` prints for it (libnftables-json(5)).

Both forms of a rule set meet in these expressions: what follows is written once.
"""

from __future__ import annotations

from typing import Any

from parsers.linux.nft_tokens import Cursor, NotUnderstood, Token

Expression = dict[str, Any]

_META = frozenset(
    """iif oif iifname oifname iiftype oiftype iifgroup oifgroup mark skuid skgid nftrace rtclassid
    cpu pkttype cgroup""".split()
)
_PAYLOADS = frozenset(
    """ip ip6 tcp udp udplite sctp dccp th icmp icmpv6 igmp esp ah comp ether vlan arp frag hbh dst
    mh rt rt0 rt2 srh exthdr gre gretap geneve vxlan""".split()
)
_EXTENSIONS = frozenset({"frag", "hbh", "dst", "mh", "rt", "rt0", "rt2", "srh"})
_OPERATORS = frozenset({"==", "!=", "<", ">", "<=", ">=", "!"})
_WORD_OPERATORS = {"eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="}
_BITMASKS = ({"ct": {"key": "state"}}, {"ct": {"key": "status"}},
             {"payload": {"protocol": "tcp", "field": "flags"}})  # fmt: skip
_TO_THE_END = {
    "masquerade": "masquerade", "snat": "snat", "dnat": "dnat", "redirect": "redirect",
    "tproxy": "tproxy", "queue": "queue", "synproxy": "synproxy", "dup": "dup", "fwd": "fwd",
    "reset": "reset", "last": "last", "xt": "xt",
}  # fmt: skip
_PLAIN = frozenset({"accept", "drop", "return", "continue", "notrack"})


def expressions(tokens: list[Token]) -> tuple[list[Expression], str | None]:
    """The expressions of a rule and its comment. What the grammar here does not have becomes
    `{"unknown": text}` and ends the list."""
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
            out.append({"unknown": text})
            break
    return out, comment


def _statement(cursor: Cursor) -> Expression:
    word = cursor.peek().text if cursor.peek().kind == "w" else ""
    if word in _PLAIN:
        cursor.next()
        return {word: None}
    if word in ("jump", "goto"):
        cursor.next()
        return {word: {"target": cursor.word()}}
    special = _SPECIAL.get(word)
    if special is not None:
        cursor.next()
        return special(cursor)
    if word in _TO_THE_END and not (word == "dst" and cursor.peek(1).text == "nexthdr"):
        cursor.next()
        return {_TO_THE_END[word]: _rest(cursor)}
    if word in ("add", "update", "delete", "set") and (cursor.peek(1).text == "@" or word == "set"):
        return _set_statement(cursor)
    if cursor.at("ct", "count"):
        cursor.index += 2
        inverted = cursor.accept("over")
        return {"ct count": {"val": _number(cursor), "inv": inverted}}
    return _condition(cursor)


def _rest(cursor: Cursor) -> str:
    """The rest of the rule up to a comment, as text."""
    words = []
    while not cursor.ended and not cursor.at("comment"):
        words.append(cursor.next().text)
    return " ".join(words)


def _number(cursor: Cursor) -> int:
    text = cursor.word()
    try:
        return int(text, 0)
    except ValueError:
        raise NotUnderstood(f"{text} is no number") from None


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
    if token.kind == "s" or token.text[:1].isdigit() or token.text == "{":
        return right_hand(cursor)
    start = cursor.index
    try:
        return left_hand(cursor)
    except NotUnderstood:
        cursor.index = start
        return right_hand(cursor)


def left_hand(cursor: Cursor) -> Expression:
    """What a condition looks at: fields, masks, shifts, concatenations, maps over them."""
    parts = [_masked(cursor)]
    while cursor.accept("."):
        parts.append(_masked(cursor))
    left = parts[0] if len(parts) == 1 else {"concat": parts}
    if cursor.accept("map"):
        return {"map": {"key": left, "data": data(cursor)}}
    return left


def _masked(cursor: Cursor) -> Expression:
    left = _primary(cursor)
    while cursor.peek().kind == "p" and cursor.peek().text in ("&", "|", "^", "<<", ">>"):
        op = cursor.next().text
        left = {op: [left, _mask(cursor)]}
    return left


def _mask(cursor: Cursor) -> Any:
    if cursor.accept("("):
        values = [_scalar(cursor)]
        while cursor.accept("|") or cursor.accept(","):
            values.append(_scalar(cursor))
        cursor.expect(")")
        return values if len(values) > 1 else values[0]
    return _scalar(cursor)


def _primary(cursor: Cursor) -> Expression:
    if cursor.accept("("):
        inner = left_hand(cursor)
        cursor.expect(")")
        return inner
    word = cursor.word()
    if word == "meta":
        return {"meta": {"key": cursor.word()}}
    if word in _META:
        return {"meta": {"key": word}}
    reader = _FIELDS.get(word)
    if reader is not None:
        return reader(cursor)
    if word == "rt" and cursor.peek().text in ("mtu", "classid", "nexthop", "ip", "ip6", "ipsec"):
        return {"rt": {"key": cursor.word()}}
    if word == "tcp" and cursor.accept("option"):
        name = cursor.word()
        if cursor.peek().text in ("missing", "exists"):
            return {"tcp option": {"name": name}}
        return {"tcp option": {"name": name, "field": cursor.word()}}
    if word in _PAYLOADS:
        return _payload(cursor, word)
    raise NotUnderstood(f"{word} begins nothing known")


def _payload(cursor: Cursor, protocol: str) -> Expression:
    if protocol == "exthdr":
        return {"exthdr": {"name": cursor.word()}}
    if protocol in _EXTENSIONS:
        if cursor.peek().text in ("missing", "exists"):
            return {"exthdr": {"name": protocol}}
        return {"exthdr": {"name": protocol, "field": cursor.word()}}
    return {"payload": {"protocol": protocol, "field": cursor.word()}}


def _ct(cursor: Cursor) -> Expression:
    word = cursor.word()
    direction = None
    if word in ("original", "reply"):
        direction, word = word, cursor.word()
        if word in ("ip", "ip6"):
            word = f"{word} {cursor.word()}"
    return {"ct": {"key": word, "dir": direction} if direction else {"key": word}}


def _fib(cursor: Cursor) -> Expression:
    flags = [cursor.word()]
    while cursor.accept("."):
        flags.append(cursor.word())
    return {"fib": {"result": cursor.word(), "flags": flags}}


def _numgen(cursor: Cursor) -> Expression:
    mode = cursor.word()
    cursor.expect("mod")
    out = {"mode": mode, "mod": _number(cursor), "offset": 0}
    if cursor.accept("offset"):
        out["offset"] = _number(cursor)
    return {"numgen": out}


def _jhash(cursor: Cursor) -> Expression:
    key = left_hand(cursor)
    cursor.expect("mod")
    out: Expression = {"mod": _number(cursor), "expr": key}
    for option in ("seed", "offset"):
        if cursor.accept(option):
            out[option] = _number(cursor)
    return {"jhash": out}


def _symhash(cursor: Cursor) -> Expression:
    cursor.expect("mod")
    out = {"mod": _number(cursor)}
    if cursor.accept("offset"):
        out["offset"] = _number(cursor)
    return {"symhash": out}


def _socket(cursor: Cursor) -> Expression:
    return {"socket": {"key": cursor.word()}}


_FIELDS = {
    "ct": _ct, "fib": _fib, "numgen": _numgen, "jhash": _jhash, "symhash": _symhash,
    "socket": _socket,
}  # fmt: skip


def _scalar(cursor: Cursor) -> Any:
    if cursor.accept("@"):
        return "@" + cursor.word()
    if cursor.accept("*"):
        return "*"
    token = cursor.next()
    if token.kind == "s":
        return token.text
    if token.kind != "w":
        raise NotUnderstood(f"{token.text} is no value")
    return int(token.text, 0) if _integer(token.text) else token.text


def _integer(text: str) -> bool:
    return text.isdigit() or (text[:2] == "0x" and len(text) > 2)


def value(cursor: Cursor) -> Any:
    """A value, a range or a prefix."""
    first = _scalar(cursor)
    if cursor.at("-"):
        cursor.next()
        return {"range": [first, _scalar(cursor)]}
    if cursor.at("/") and isinstance(cursor.peek(1).text, str) and cursor.peek(1).text.isdigit():
        if isinstance(first, str) and (":" in first or first[:1].isdigit()):
            cursor.next()
            return {"prefix": {"addr": first, "len": _number(cursor)}}
    return first


def right_hand(cursor: Cursor) -> Any:
    """What a field is compared with: a set, a reference, values or flags in a list."""
    if cursor.at("{"):
        return data(cursor)
    if cursor.accept("("):
        inner = right_hand(cursor)
        cursor.expect(")")
        return inner
    parts = [value(cursor)]
    while cursor.accept("."):
        parts.append(value(cursor))
    if len(parts) > 1:
        return {"concat": parts}
    values = [parts[0]]
    while cursor.at(",") or cursor.at("|"):
        cursor.next()
        values.append(value(cursor))
    return values if len(values) > 1 else values[0]


def data(cursor: Cursor) -> Any:
    """An anonymous set or map in braces, or the name of one."""
    if not cursor.at("{"):
        return _scalar(cursor)
    cursor.expect("{")
    return {"set": elements(cursor)}


def elements(cursor: Cursor) -> list[Any]:
    """Elements up to the closing brace, which is taken; a map's elements are pairs."""
    out: list[Any] = []
    while not cursor.accept("}"):
        parts = [value(cursor)]
        while cursor.accept("."):
            parts.append(value(cursor))
        element: Any = parts[0] if len(parts) == 1 else {"concat": parts}
        _skip_options(cursor)
        if cursor.accept(":"):
            element = [element, _verdict_or_value(cursor)]
            _skip_options(cursor)
        out.append(element)
        if not cursor.accept(",") and not cursor.at("}"):
            raise NotUnderstood(f"{cursor.peek().text} in a set")
    return out


def _verdict_or_value(cursor: Cursor) -> Any:
    word = cursor.peek().text
    if word in _PLAIN:
        cursor.next()
        return {word: None}
    if word in ("jump", "goto"):
        cursor.next()
        return {word: {"target": cursor.word()}}
    parts = [value(cursor)]
    while cursor.accept("."):
        parts.append(value(cursor))
    return parts[0] if len(parts) == 1 else {"concat": parts}


def _skip_options(cursor: Cursor) -> None:
    """Passes over timeouts, counters and comments of an element."""
    while cursor.peek().kind == "w" and cursor.peek().text in (
        "timeout", "expires", "counter", "comment", "limit", "last", "quota",
    ):  # fmt: skip
        while not cursor.ended and not (cursor.peek().kind == "p" and cursor.peek().text in ",}:"):
            cursor.next()
