"""Addresses as integers with a care mask, the form that prefixes and wildcards share."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

BITS = {4: 32, 6: 128}
FULL = {4: (1 << 32) - 1, 6: (1 << 128) - 1}


class AddressTerm(NamedTuple):
    """The addresses `a` of one family with `a & care == value`.

    `care` has a 1 for each bit that must be equal, so a prefix has a contiguous `care` and a Cisco
    wildcard mask is its complement. `value` holds no bit outside `care`.
    """

    family: int
    value: int
    care: int


class AddressSpec(NamedTuple):
    """A list of addresses as a filter names it.

    Without `excepts` the list is the union of `terms`. With `excepts` the longest match over both
    lists decides, and what neither names is outside (Junos address match conditions). `negated`
    inverts the result within the family of the match.
    """

    terms: tuple[AddressTerm, ...]
    excepts: tuple[AddressTerm, ...] = ()
    negated: bool = False


_OCTETS = {str(number): number for number in range(256)}
_CARES = {str(length): FULL[4] ^ ((1 << 32 - length) - 1) for length in range(33)} | {"": FULL[4]}


def ipv4(text: str) -> int:
    """A dotted IPv4 address as a number. Raises ValueError if `text` is none."""
    try:
        a, b, c, d = text.split(".")
        return _OCTETS[a] << 24 | _OCTETS[b] << 16 | _OCTETS[c] << 8 | _OCTETS[d]
    except (KeyError, ValueError):
        return int(ipaddress.IPv4Address(text))


def prefix_term(text: str) -> AddressTerm:
    """The term of `192.0.2.0/24`, `192.0.2.1` or an IPv6 form; host bits are ignored.

    Raises ValueError if `text` is no address or prefix.
    """
    address, slash, length = text.partition("/")
    care = _CARES.get(length)
    if care is not None and bool(length) is bool(slash) and ":" not in address:
        return AddressTerm(4, ipv4(address) & care, care)
    network = ipaddress.ip_network(text, strict=False)
    return AddressTerm(network.version, int(network.network_address), int(network.netmask))


def wildcard_term(address: str, wildcard: str) -> AddressTerm:
    """The term of an IPv4 address with a wildcard mask (1 = any), which may be non-contiguous."""
    care = FULL[4] ^ ipv4(wildcard)
    return AddressTerm(4, ipv4(address) & care, care)


def netmask_term(address: str, netmask: str) -> AddressTerm:
    """The term of an IPv4 address with a netmask (1 = must match), which may be non-contiguous."""
    care = ipv4(netmask)
    return AddressTerm(4, ipv4(address) & care, care)


def range_terms(first: str, last: str) -> tuple[AddressTerm, ...]:
    """The fewest prefixes that cover `first` to `last`, both included.

    Raises ValueError if they are of two families or in the wrong order.
    """
    low, high = ipaddress.ip_address(first), ipaddress.ip_address(last)
    if low.version != high.version or int(low) > int(high):
        raise ValueError(f"{first} to {last} is not an address range")
    return int_range_terms(low.version, int(low), int(high))


def int_range_terms(family: int, low: int, high: int) -> tuple[AddressTerm, ...]:
    """The fewest prefixes of `family` that cover the integers `low` to `high`."""
    terms = []
    full = FULL[family]
    while low <= high:
        size = low & -low if low else full + 1
        while size > high - low + 1:
            size >>= 1
        terms.append(AddressTerm(family, low, full ^ (size - 1)))
        low += size
    return tuple(terms)
