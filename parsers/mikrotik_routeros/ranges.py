"""Addresses and ports as ranges of integers: RouterOS writes prefixes, ranges and negations of both."""

from __future__ import annotations

import ipaddress

from parsers.model.addresses import (
    BITS,
    FULL,
    AddressSpec,
    AddressTerm,
    int_range_terms,
    ipv4,
    prefix_term,
)
from parsers.model.filters import Ranges


def merged(ranges: Ranges) -> Ranges:
    """The same integers as sorted ranges that neither touch nor overlap."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)


def complement(ranges: Ranges, top: int) -> Ranges:
    """The integers 0 to `top` that are in none of `ranges`."""
    out = []
    start = 0
    for low, high in merged(ranges):
        if low > start:
            out.append((start, low - 1))
        start = max(start, high + 1)
    if start <= top:
        out.append((start, top))
    return tuple(out)


def intersect(a: Ranges, b: Ranges) -> Ranges:
    """The integers that are in both; linear in the sum of their lengths."""
    out = []
    one, two = merged(a), merged(b)
    i = j = 0
    while i < len(one) and j < len(two):
        low, high = max(one[i][0], two[j][0]), min(one[i][1], two[j][1])
        if low <= high:
            out.append((low, high))
        if one[i][1] < two[j][1]:
            i += 1
        else:
            j += 1
    return tuple(out)


def address_range(text: str, family: int) -> tuple[int, int]:
    """The range of `192.0.2.1`, `192.0.2.0/24` or `192.0.2.1-192.0.2.9`, and of the IPv6 forms.

    Raises ValueError for everything else, names among it.
    """
    first, dash, last = text.partition("-")
    if dash:
        low, high = ipaddress.ip_address(first), ipaddress.ip_address(last)
        if low.version != family or high.version != family or int(low) > int(high):
            raise ValueError(f"{text} is no IPv{family} range")
        return int(low), int(high)
    if family == 4 and "/" not in text:
        value = ipv4(text)
        return value, value
    if family == 4:
        term = prefix_term(text)
        if term.family != 4:
            raise ValueError(f"{text} is no IPv4 prefix")
        return term.value, term.value | FULL[4] ^ term.care
    network = ipaddress.ip_network(text, strict=False)
    if network.version != family:
        raise ValueError(f"{text} is no IPv{family} prefix")
    return int(network.network_address), int(network.broadcast_address)


def terms_of(ranges: Ranges, family: int) -> tuple[AddressTerm, ...]:
    """The prefixes of the ranges."""
    full = FULL[family]
    out: list[AddressTerm] = []
    for low, high in ranges:
        size = high - low + 1
        if size & (size - 1) == 0 and low & (size - 1) == 0:
            out.append(AddressTerm(family, low, full ^ (size - 1)))
        else:
            out.extend(int_range_terms(family, low, high))
    return tuple(out)


def spec_of(conditions: list[tuple[Ranges, bool]], family: int) -> AddressSpec | None:
    """Several address conditions together, each with whether it is negated; None is no condition."""
    if not conditions:
        return None
    if len(conditions) == 1:
        ranges, negated = conditions[0]
        return AddressSpec(terms_of(ranges, family), (), negated)
    top = (1 << BITS[family]) - 1
    both: Ranges = ((0, top),)
    for ranges, negated in conditions:
        both = intersect(both, complement(ranges, top) if negated else ranges)
    return AddressSpec(terms_of(both, family))


def port_ranges(text: str) -> Ranges:
    """The ranges of `80,443,1000-2000`. Raises ValueError for half ranges and numbers above 65535."""
    out = []
    for part in text.split(","):
        low, dash, high = part.partition("-")
        if not low.isdecimal() or (dash and not high.isdecimal()):
            raise ValueError(f"{part or text} is no port")
        first, last = int(low), int(high) if dash else int(low)
        if first > last or last > 65535:
            raise ValueError(f"{part} is no port range")
        out.append((first, last))
    return merged(tuple(out))
