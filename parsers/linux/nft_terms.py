"""Conditions of nft: an expression's left and right side become alternatives of a `Match`.

Semantics were checked against the byte code that `nft --debug=netlink` prints: flags in a list
without operator are "any of these bits"; `!=` and sets compare the whole field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from parsers.linux.conditions import (
    ANY,
    NEVER,
    Condition,
    complement,
    conjoin,
    flags_unequal,
    merged,
)
from parsers.linux.names import (
    ALL_STATES,
    NFT_ICMP_CODES,
    NFT_ICMP_TYPES,
    STATES,
    TCP_FLAGS,
    port_number,
    protocol_number,
)
from parsers.model.addresses import (
    FULL,
    AddressSpec,
    AddressTerm,
    int_range_terms,
    prefix_term,
    range_terms,
)
from parsers.model.filters import (
    FlagTest,
    Fragments,
    IcmpTest,
    InterfaceSpec,
    Match,
    Ranges,
)


class NamedSet(NamedTuple):
    """A named set or map: its elements, and why they may not be all."""

    elements: tuple[Any, ...]
    doubt: str | None = None


Sets = Mapping[str, NamedSet]


class Undecided(Exception):  # noqa: N818 - a finding about text
    """A condition that the text does not decide; the message names it."""


def described(left: Any) -> str:
    """A short name of what a condition looks at, the same for both forms of a rule set."""
    if isinstance(left, dict) and len(left) == 1:
        ((kind, body),) = left.items()
        if kind in ("payload", "tcp option", "exthdr", "ip option") and isinstance(body, dict):
            head = body.get("protocol") or f"{kind} {body.get('name', '')}"
            return f"{head} {body.get('field', '')}".strip()
        if kind in ("meta", "ct", "rt", "socket") and isinstance(body, dict):
            direction = f"{body['dir']} " if "dir" in body else ""
            return f"{kind} {direction}{body.get('key', '')}"
        if kind in ("&", "|", "^", "<<", ">>") and isinstance(body, list) and body:
            return f"{described(body[0])} {kind}"
        if kind == "concat" and isinstance(body, list):
            return " . ".join(described(part) for part in body)
        return kind
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
        matches = ANY
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
    handler = _HANDLERS.get((kind, _field(kind, body)))
    if handler is None:
        raise Undecided(described(left))
    found = handler(op, values, mask)
    return conjoin(base, Condition(found)).matches


def _field(kind: str, body: Any) -> str:
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


def _ranges(values: list[Any], op: str, number: Callable[[Any], int], top: int) -> Ranges:
    """The numbers that satisfy `op` with any of `values`."""
    found = []
    for value in values:
        if isinstance(value, dict):
            low, high = (number(end) for end in value["range"])
        elif isinstance(value, list):
            raise Undecided("a list of flags")
        elif value == "*":
            low, high = 0, top
        else:
            low = high = number(value)
        found.append((low, high))
    if op in ("==", "in"):
        return merged(tuple(found))
    if op == "!=":
        return complement(tuple(found), top)
    ((limit, _),) = found
    bounds = {"<": (0, limit - 1), "<=": (0, limit), ">": (limit + 1, top), ">=": (limit, top)}
    low, high = bounds[op]
    return ((low, high),) if low <= high else ()


def _no_mask(mask: object) -> None:
    if mask is not None:
        raise Undecided("a mask")


def _number(names: Mapping[str, int]) -> Callable[[Any], int]:
    def number(value: Any) -> int:
        if isinstance(value, bool):
            raise Undecided("a truth value")
        if isinstance(value, int):
            return value
        return names[value] if value in names else int(value, 0)

    return number


def _port(value: Any) -> int:
    return port_number(str(value))


def _protocol(value: Any) -> int:
    return protocol_number(str(value))


Handler = Callable[[str, list[Any], Any], tuple[Match, ...]]


def _alternatives(ranges: Ranges, match: Match) -> tuple[Match, ...]:
    return (match,) if ranges else NEVER


def _source_ports(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    _no_mask(mask)
    ranges = _ranges(values, op, _port, 65535)
    return _alternatives(ranges, Match(src_ports=ranges))


def _destination_ports(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    _no_mask(mask)
    ranges = _ranges(values, op, _port, 65535)
    return _alternatives(ranges, Match(dst_ports=ranges))


def _protocols(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    _no_mask(mask)
    ranges = _ranges(values, op, _protocol, 255)
    return _alternatives(ranges, Match(protocols=ranges))


def _address_terms(values: list[Any], family: int) -> tuple[AddressTerm, ...]:
    out: list[AddressTerm] = []
    for value in values:
        if isinstance(value, dict) and "prefix" in value:
            out.append(prefix_term(f"{value['prefix']['addr']}/{value['prefix']['len']}"))
        elif isinstance(value, dict):
            out += range_terms(*value["range"])
        elif value == "*":
            out.append(AddressTerm(family, 0, 0))
        else:
            out.append(prefix_term(value))
    if any(term.family != family for term in out):
        raise Undecided("an address of the other family")
    return tuple(out)


def _spec(op: str, values: list[Any], mask: Any, family: int) -> AddressSpec | None:
    """The addresses meant, None for none at all."""
    if op in ("<", "<=", ">", ">="):
        (limit,) = (int(term.value) for term in _address_terms(values, family))
        top = FULL[family]
        low, high = {
            "<": (0, limit - 1),
            "<=": (0, limit),
            ">": (limit + 1, top),
            ">=": (limit, top),
        }[op]
        return AddressSpec(int_range_terms(family, low, high)) if low <= high else None
    terms = _address_terms(values, family)
    if mask is not None:
        care = prefix_term(str(mask)).value
        if len(terms) != 1 or terms[0].care != FULL[family]:
            raise Undecided("a mask over a set")
        terms = (AddressTerm(family, terms[0].value & care, care),)
    if not terms:
        return None if op == "==" else AddressSpec((AddressTerm(family, 0, 0),))
    return AddressSpec(terms, negated=op == "!=")


def _sources(family: int) -> Handler:
    def handler(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
        spec = _spec(op, values, mask, family)
        return NEVER if spec is None else (Match(family=family, src=spec),)

    return handler


def _destinations(family: int) -> Handler:
    def handler(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
        spec = _spec(op, values, mask, family)
        return NEVER if spec is None else (Match(family=family, dst=spec),)

    return handler


def _family_match(names: Mapping[Any, int]) -> Handler:
    def handler(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
        _no_mask(mask)
        found = {names.get(value, 0) for value in values} - {0}
        chosen = found if op in ("==", "in") else {4, 6} - found
        if chosen == {4, 6}:
            return ANY
        return tuple(Match(family=family) for family in chosen)

    return handler


def _icmp_types(family: int) -> Handler:
    number = _number(NFT_ICMP_TYPES[family])

    def handler(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
        _no_mask(mask)
        ranges = _ranges(values, op, number, 255)
        tests = tuple(IcmpTest(kind) for low, high in ranges for kind in range(low, high + 1))
        return _alternatives(ranges, Match(family=family, icmp=tests))

    return handler


def _icmp_codes(family: int) -> Handler:
    number = _number(NFT_ICMP_CODES[family])

    def handler(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
        _no_mask(mask)
        ranges = _ranges(values, op, number, 255)
        tests = tuple(IcmpTest(kind, low, high) for kind in range(256) for low, high in ranges)
        return _alternatives(ranges, Match(family=family, icmp=tests))

    return handler


def _flag_bits(value: Any) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, dict) and "|" in value:
        value = value["|"]
    if isinstance(value, list):
        bits = 0
        for part in value:
            bits |= _flag_bits(part)
        return bits
    return TCP_FLAGS[value]


def _flags(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    bits = [_flag_bits(value) for value in values]
    care = 0xFF if mask is None else _flag_bits(mask)
    if op == "in" and len(bits) == 1:
        tests = flags_unequal(bits[0], 0)
    elif op == "!" and len(bits) == 1:
        tests = (FlagTest(bits[0], 0),)
    elif op == "==":
        tests = tuple(FlagTest(care, value) for value in bits if not value & ~care)
    elif op == "!=" and len(bits) == 1:
        tests = flags_unequal(care, bits[0])
    else:
        raise Undecided("TCP flags")
    return (Match(flags=tests),) if tests else NEVER


def _states(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    if mask is not None:
        wanted = mask if isinstance(mask, list) else [mask]
        if values != [0] or op not in ("==", "!="):
            raise Undecided("ct state")
        op, values = ("in" if op == "!=" else "!"), [wanted]
    several = [value for value in values if isinstance(value, list)]
    flat = [name for value in values for name in (value if isinstance(value, list) else [value])]
    states = frozenset(STATES[name] for name in flat)
    if op in ("in", "!"):
        chosen = states if op == "in" else ALL_STATES - states
    elif several:
        # a packet has one state, so it never equals several of them together
        chosen = ALL_STATES if op == "!=" else frozenset()
    else:
        chosen = states if op == "==" else ALL_STATES - states
    if chosen == ALL_STATES:
        return ANY
    return (Match(states=chosen),) if chosen else NEVER


def _interfaces(op: str, values: list[Any]) -> InterfaceSpec:
    if op not in ("==", "!=") or not all(isinstance(value, str) for value in values):
        raise Undecided("an interface")
    return InterfaceSpec(tuple(values), op == "!=")


def _in_interfaces(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    _no_mask(mask)
    return (Match(in_interfaces=_interfaces(op, values)),)


def _out_interfaces(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    _no_mask(mask)
    return (Match(out_interfaces=_interfaces(op, values)),)


def _fragment_offset(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    """`ip frag-off & 0x1fff`: the offset of RFC 791 in units of 8 bytes; 0 is the first fragment."""
    if mask != 0x1FFF or values != [0] or op not in ("==", "!=", ">"):
        raise Undecided("ip frag-off")
    later = op in ("!=", ">")
    return (Match(fragments=Fragments.LATER if later else Fragments.NOT_LATER),)


_ETHER = {"ip": 4, "ip6": 6, 0x0800: 4, 0x86DD: 6}

_HANDLERS: dict[tuple[str, str], Handler] = {
    **{
        ("payload", f"{name} sport"): _source_ports
        for name in ("tcp", "udp", "th", "sctp", "dccp", "udplite")
    },
    **{
        ("payload", f"{name} dport"): _destination_ports
        for name in ("tcp", "udp", "th", "sctp", "dccp", "udplite")
    },
    ("payload", "ip protocol"): _protocols,
    ("payload", "ip6 nexthdr"): _protocols,
    ("meta", "l4proto"): _protocols,
    ("payload", "ip saddr"): _sources(4),
    ("payload", "ip daddr"): _destinations(4),
    ("payload", "ip6 saddr"): _sources(6),
    ("payload", "ip6 daddr"): _destinations(6),
    ("payload", "ip version"): _family_match({4: 4, 6: 6}),
    ("meta", "nfproto"): _family_match({"ipv4": 4, "ipv6": 6, 2: 4, 10: 6}),
    ("meta", "protocol"): _family_match(_ETHER),
    ("payload", "ether type"): _family_match(_ETHER),
    ("payload", "icmp type"): _icmp_types(4),
    ("payload", "icmp code"): _icmp_codes(4),
    ("payload", "icmpv6 type"): _icmp_types(6),
    ("payload", "icmpv6 code"): _icmp_codes(6),
    ("payload", "tcp flags"): _flags,
    ("payload", "ip frag-off"): _fragment_offset,
    ("ct", "state"): _states,
    ("meta", "iif"): _in_interfaces,
    ("meta", "iifname"): _in_interfaces,
    ("meta", "oif"): _out_interfaces,
    ("meta", "oifname"): _out_interfaces,
}
