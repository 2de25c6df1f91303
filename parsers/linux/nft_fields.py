"""Fields that nft rules look at: the values of each become alternatives of a `Match`.

Semantics were checked against the byte code that `nft --debug=netlink` prints: flags in a list
without operator are "any of these bits"; `!=` and sets compare the whole field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
from parsers.netfilter_style.conditions import ANY, NEVER, complement, flags_unequal, merged
from parsers.netfilter_style.names import (
    ALL_STATES,
    NFT_ICMP_CODES,
    NFT_ICMP_TYPES,
    STATES,
    TCP_FLAGS,
    port_number,
    protocol_number,
)


class Undecided(Exception):
    """A condition that the text does not decide; the message names it."""


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
        if not 0 <= low <= high <= top:
            raise Undecided("a number outside of its field")
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


def _both_ports(op: str, values: list[Any], mask: Any) -> tuple[Match, ...]:
    """The first 32 bits of a transport header, which are both ports (RFC 9293, section 3.1; RFC 768)."""
    _no_mask(mask)
    if op != "==":
        raise Undecided("a comparison of both ports at once")
    out = []
    for value in values:
        both = _number({})(value)
        source, destination = both >> 16, both & 0xFFFF
        out.append(Match(src_ports=((source, source),), dst_ports=((destination, destination),)))
    return tuple(out)


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
        elif not isinstance(value, str):
            raise Undecided("a number for an address")
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
    """`ip frag-off & 0x1fff`: the offset (RFC 791) in units of 8 bytes; 0 is the first fragment."""
    if mask != 0x1FFF or values != [0] or op not in ("==", "!=", ">"):
        raise Undecided("ip frag-off")
    later = op in ("!=", ">")
    return (Match(fragments=Fragments.LATER if later else Fragments.NOT_LATER),)


_ETHER = {"ip": 4, "ip6": 6, 0x0800: 4, 0x86DD: 6}

HANDLERS: dict[tuple[str, str], Handler] = {
    **{
        ("payload", f"{name} sport"): _source_ports
        for name in ("tcp", "udp", "th", "sctp", "dccp", "udplite")
    },
    **{
        ("payload", f"{name} dport"): _destination_ports
        for name in ("tcp", "udp", "th", "sctp", "dccp", "udplite")
    },
    ("payload", "@th,0,32"): _both_ports,
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
