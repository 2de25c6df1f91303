"""Addresses and ports as VRP and Comware write them."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from socket import AF_INET, inet_pton

from parsers.model.addresses import AddressTerm, netmask_term, prefix_term, range_terms
from parsers.model.filters import Ranges

FULL4 = 0xFFFFFFFF


class NotUnderstood(ValueError):
    """A word that the grammar has no place for; it never leaves the parsers."""


def address4(text: str) -> int:
    """An IPv4 address as an integer. Raises NotUnderstood if it is none."""
    try:
        return int.from_bytes(inet_pton(AF_INET, text), "big")
    except (OSError, ValueError):
        raise NotUnderstood(text) from None


def prefix(text: str, family: int) -> AddressTerm:
    """A prefix or an address of one family. Raises NotUnderstood if it is none."""
    try:
        term = prefix_term(text)
    except ValueError:
        raise NotUnderstood(text) from None
    if term.family != family:
        raise NotUnderstood(text)
    return term


def rule_term(family: int, address: str, mask: str, lengths: bool) -> AddressTerm:
    """The addresses of a rule: `A WILDCARD`, `A 0` for a host, `A LENGTH` where `lengths` says so, and for
    IPv6 `A LENGTH` or `A/LENGTH` (with an empty `mask`). Raises NotUnderstood."""
    if family == 6 or not mask:
        return prefix(f"{address}/{mask}" if mask else address, family)
    value = address4(address)
    if mask.isdecimal():
        if mask == "0":
            return AddressTerm(4, value, FULL4)
        if not lengths or len(mask) > 2 or not 1 <= int(mask) <= 32:
            raise NotUnderstood(f"{address} {mask}")
        return prefix(f"{address}/{mask}", 4)
    care = FULL4 ^ address4(mask)
    return AddressTerm(4, value & care, care)


def object_term(address: str, mask: str) -> AddressTerm:
    """The addresses of an object: `A LENGTH`, `A NETMASK`. Raises NotUnderstood."""
    family = 6 if ":" in address else 4
    if mask.isdecimal():
        return prefix(f"{address}/{mask}", family)
    if family == 6:
        raise NotUnderstood(mask)
    address4(address)
    care = address4(mask)
    if (~care & FULL4) & ((~care & FULL4) + 1):
        raise NotUnderstood(f"{mask} is no netmask")
    return netmask_term(address, mask)


def between(first: str, last: str) -> tuple[AddressTerm, ...]:
    """The addresses from `first` to `last`. Raises NotUnderstood if that is no range."""
    try:
        return range_terms(first, last)
    except ValueError:
        raise NotUnderstood(f"{first} {last}") from None


def interface_address(address: str, mask: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface:
    """An interface's address with a mask or a length. Raises NotUnderstood."""
    if "." in mask:
        value = address4(mask)
        if (~value & FULL4) & ((~value & FULL4) + 1):
            raise NotUnderstood(mask)  # a wildcard mask or one with holes
    try:
        return ipaddress.ip_interface(f"{address}/{mask}" if mask else address)
    except ValueError:
        raise NotUnderstood(f"{address} {mask}") from None


def port_ranges(operator: str, port: Callable[[], int]) -> Ranges:
    """The ports of `eq|neq|lt|gt P` and `range P P2`; `port` takes the next word. Raises NotUnderstood."""
    if operator == "eq":
        value = port()
        return ((value, value),)
    if operator == "range":
        low, high = port(), port()
        if low > high:
            raise NotUnderstood(f"range {low} {high}")
        return ((low, high),)
    if operator not in ("neq", "lt", "gt"):
        raise NotUnderstood(operator)
    value = port()
    below: Ranges = ((0, value - 1),) if value else ()
    above: Ranges = ((value + 1, 65535),) if value < 65535 else ()
    return {"neq": below + above, "lt": below, "gt": above}[operator]
