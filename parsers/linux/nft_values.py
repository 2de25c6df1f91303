"""Values and fields of nft's text: the two sides of a condition, sets, maps, hashes."""

from __future__ import annotations

from typing import Any

from parsers.linux.nft_tokens import Cursor, NotUnderstood

Expression = dict[str, Any]

_BIT_OPERATORS = frozenset({"&", "|", "^", "<<", ">>"})
_BIT_WORDS = {"and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>"}
PLAIN = frozenset({"accept", "drop", "return", "continue", "notrack"})
"""Statements of one word."""
_META = frozenset(
    [
        "iif",
        "oif",
        "iifname",
        "oifname",
        "iiftype",
        "oiftype",
        "iifgroup",
        "oifgroup",
        "mark",
        "skuid",
        "skgid",
        "nftrace",
        "rtclassid",
        "cpu",
        "pkttype",
        "cgroup",
    ]
)
_PAYLOADS = frozenset(
    [
        "ip",
        "ip6",
        "tcp",
        "udp",
        "udplite",
        "sctp",
        "dccp",
        "th",
        "icmp",
        "icmpv6",
        "igmp",
        "esp",
        "ah",
        "comp",
        "ether",
        "vlan",
        "arp",
        "frag",
        "hbh",
        "dst",
        "mh",
        "rt",
        "rt0",
        "rt2",
        "srh",
        "exthdr",
        "gre",
        "gretap",
        "geneve",
        "vxlan",
    ]
)
_EXTENSIONS = frozenset({"frag", "hbh", "dst", "mh", "rt", "rt0", "rt2", "srh"})


def number(cursor: Cursor) -> int:
    """The next word as a number. Raises NotUnderstood if it is none."""
    text = cursor.word()
    try:
        return int(text, 0)
    except ValueError:
        raise NotUnderstood(f"{text} is no number") from None


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
    while True:
        token = cursor.peek()
        op = _BIT_WORDS.get(token.text, token.text)
        if token.kind == "s" or op not in _BIT_OPERATORS:
            return left
        cursor.next()
        left = {op: [left, _mask(cursor)]}


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
    if cursor.accept("@"):
        return _raw_payload(cursor)
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


def _raw_payload(cursor: Cursor) -> Expression:
    """`@th,0,32`: bits of a header by offset and length, as nft prints fields that it has merged."""
    base = cursor.word()
    cursor.expect(",")
    offset = int(cursor.word())
    cursor.expect(",")
    return {"payload": {"base": base, "offset": offset, "len": int(cursor.word())}}


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
    out = {"mode": mode, "mod": number(cursor), "offset": 0}
    if cursor.accept("offset"):
        out["offset"] = number(cursor)
    return {"numgen": out}


def _jhash(cursor: Cursor) -> Expression:
    key = left_hand(cursor)
    cursor.expect("mod")
    out: Expression = {"mod": number(cursor), "expr": key}
    for option in ("seed", "offset"):
        if cursor.accept(option):
            out[option] = number(cursor)
    return {"jhash": out}


def _symhash(cursor: Cursor) -> Expression:
    cursor.expect("mod")
    out = {"mod": number(cursor)}
    if cursor.accept("offset"):
        out["offset"] = number(cursor)
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
    return _integer(token.text)


def _integer(text: str) -> int | str:
    """A number as such; everything else, leading zeros too, stays text."""
    try:
        return int(text, 0) if text[:1].isdecimal() else text
    except ValueError:
        return text


def value(cursor: Cursor) -> Any:
    """A value, a range or a prefix."""
    first = _scalar(cursor)
    if cursor.at("-"):
        cursor.next()
        return {"range": [first, _scalar(cursor)]}
    address = isinstance(first, str) and (":" in first or first[:1].isdecimal())
    if address and cursor.at("/") and cursor.peek(1).text.isdecimal():
        cursor.next()
        return {"prefix": {"addr": first, "len": number(cursor)}}
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
    if word in PLAIN:
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
