"""Conditions of nft: an expression's left and right side, named sets, concatenations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from parsers.linux.nft_fields import HANDLERS, Undecided
from parsers.model.filters import Match
from parsers.netfilter_style.conditions import ANY, Condition, conjoin


class NamedSet(NamedTuple):
    """A named set or map: its elements, and why they may not be all."""

    elements: tuple[Any, ...]
    doubt: str | None = None


Sets = Mapping[str, NamedSet]


def described(left: Any) -> str:
    """A short name of what a condition looks at, the same for both forms of a rule set."""
    if isinstance(left, dict) and len(left) == 1:
        ((kind, body),) = left.items()
        if kind in ("payload", "tcp option", "exthdr", "ip option") and isinstance(body, dict):
            if "base" in body:
                return _raw(body)
            head = body.get("protocol") or f"{kind} {body.get('name', '')}"
            return f"{head} {body.get('field', '')}".strip()
        if kind in ("meta", "ct", "rt", "socket") and isinstance(body, dict):
            direction = f"{body['dir']} " if "dir" in body else ""
            return f"{kind} {direction}{body.get('key', '')}"
        if kind in ("&", "|", "^", "<<", ">>") and isinstance(body, list) and body:
            return f"{described(body[0])} {kind}"
        if kind == "concat" and isinstance(body, list):
            return " . ".join(described(part) for part in body)
        return str(kind)
    return "an expression"


def condition(left: Any, op: str, right: Any, sets: Sets) -> Condition:
    """The condition `left op right`; a superset with its reason where it cannot be decided."""
    try:
        values, doubt = _values(right, sets)
        if doubt is not None:
            return Condition(_implied(left), doubt)
        return Condition(_decide(left, op, right, values))
    except (Undecided, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Condition(_implied(left), described(left))


def _values(right: Any, sets: Sets) -> tuple[list[Any], str | None]:
    """The elements that `right` stands for, and a doubt where they are not all known."""
    if isinstance(right, str) and right.startswith("@"):
        named = sets.get(right[1:])
        if named is None:
            return [], f"set {right} is not defined"
        if named.doubt is not None:
            return [], f"set {right} {named.doubt}"
        return [element_value(element) for element in named.elements], None
    if isinstance(right, dict) and "set" in right:
        body = right["set"]
        body = body if isinstance(body, list) else [body]
        return [element_value(element) for element in body], None
    return [right], None


def _raw(body: Mapping[str, Any]) -> str:
    return f"@{body.get('base')},{body.get('offset')},{body.get('len')}"


def element_value(element: Any) -> Any:
    """An element's value without its timeout, counter or comment."""
    if isinstance(element, dict) and "elem" in element:
        return element["elem"]["val"]
    return element


def _implied(left: Any) -> tuple[Match, ...]:
    """What every packet that has the field satisfies: its protocol and family."""
    if not isinstance(left, dict) or len(left) != 1:
        return ANY
    ((kind, body),) = left.items()
    if kind == "concat":
        matches: tuple[Match, ...] = ANY
        for part in body:
            matches = conjoin(matches, Condition(_implied(part))).matches
        return matches
    if kind in ("&", "|", "^", "<<", ">>") and isinstance(body, list):
        return _implied(body[0])
    if kind == "tcp option":
        return (Match(protocols=((6, 6),)),)
    if kind == "payload" and isinstance(body, dict):
        return (_PROTOCOL_MATCH.get(str(body.get("protocol")), Match()),)
    return ANY


_PROTOCOL_MATCH = {
    "ip": Match(family=4),
    "ip6": Match(family=6),
    "tcp": Match(protocols=((6, 6),)),
    "udp": Match(protocols=((17, 17),)),
    "dccp": Match(protocols=((33, 33),)),
    "esp": Match(protocols=((50, 50),)),
    "ah": Match(protocols=((51, 51),)),
    "sctp": Match(protocols=((132, 132),)),
    "udplite": Match(protocols=((136, 136),)),
    "igmp": Match(family=4, protocols=((2, 2),)),
    "icmp": Match(family=4, protocols=((1, 1),)),
    "icmpv6": Match(family=6, protocols=((58, 58),)),
}


def _decide(left: Any, op: str, right: Any, values: list[Any]) -> tuple[Match, ...]:
    ((kind, body),) = left.items()
    if kind == "concat":
        return _concatenation(body, op, values)
    base = _implied(left)
    mask = None
    if kind == "&":
        left, mask = body
        ((kind, body),) = left.items()
    handler = HANDLERS.get((kind, _field(kind, body)))
    if handler is None:
        raise Undecided(described(left))
    found = handler(op, values, mask)
    return conjoin(base, Condition(found)).matches


def _field(kind: str, body: Any) -> str:
    if kind == "payload" and "base" in body:
        return _raw(body)
    if kind == "payload":
        return f"{body['protocol']} {body['field']}"
    if "dir" in body:
        raise Undecided("a direction")
    return str(body["key"])


def _concatenation(parts: list[Any], op: str, values: list[Any]) -> tuple[Match, ...]:
    if op != "==":
        raise Undecided("a negated concatenation")
    out: list[Match] = []
    for value in values:
        fields = value["concat"]
        if len(fields) != len(parts):
            raise Undecided("a concatenation of another length")
        matches: tuple[Match, ...] = ANY
        for part, field in zip(parts, fields, strict=True):
            joined = conjoin(matches, Condition(_decide(part, "==", field, [field])))
            if joined.uncertain:
                raise Undecided(joined.uncertain)
            matches = joined.matches
        out += matches
    return tuple(out)
