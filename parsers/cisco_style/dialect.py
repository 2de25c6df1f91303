"""What differs between the platforms that share the grammar of filter entries, and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from socket import AF_INET, inet_pton
from typing import NamedTuple

from parsers.cisco_style.groups import Groups
from parsers.model.addresses import AddressSpec, AddressTerm, prefix_term
from parsers.model.filters import Ranges, Symptom

FULL4 = 0xFFFFFFFF
HOST = {4: FULL4, 6: (1 << 128) - 1}


class Dialect(NamedTuple):
    """What differs between the platforms that share this grammar.

    `harmless` and `uncertain` map a feature word to the number of words that follow it (-1: an
    operator with its operands); the latter make the entry uncertain (E10: conditions that cannot
    be decided from a packet of our dimensions). `bare_flags_or` says that several TCP flags without
    match-any/match-all match any of them; where no document says, the entry is uncertain.
    `bare_flags_and` says that all of them must be set.
    `flags_mask` is the word before a mask whose zero bits are the TCP flags that are compared.
    """

    tcp_ports: Mapping[str, int]
    udp_ports: Mapping[str, int]
    harmless: Mapping[str, int]
    uncertain: Mapping[str, int]
    group_words: frozenset[str] = frozenset({"object-group"})
    port_group_words: frozenset[str] = frozenset()
    port_lists: bool = True
    bare_flags_or: bool = False
    bare_flags_and: bool = False
    deny_symptom: Symptom = Symptom.TIMEOUT
    flags_mask: str = ""


class NotUnderstood(ValueError):
    """A word that the grammar has no place for; it never leaves this package."""


class Context:
    """What entries of one filter are read with: the dialect, the address family, and the object groups
    of the configuration. `addresses` remembers what was read before."""

    def __init__(self, dialect: Dialect, family: int, groups: Groups) -> None:
        self.dialect = dialect
        self.family = family
        self.groups = groups
        self.addresses: dict[str, AddressSpec] = {}


def complement(ranges: Ranges) -> Ranges:
    """All ports but those in `ranges`, which are sorted and disjoint."""
    result = []
    low = 0
    for first, last in ranges:
        if first > low:
            result.append((low, first - 1))
        low = last + 1
    if low <= 65535:
        result.append((low, 65535))
    return tuple(result)


def host_term(family: int, text: str) -> AddressTerm:
    """One address as a term. Raises NotUnderstood if it is none of the family."""
    if family == 4:
        try:
            return AddressTerm(4, int.from_bytes(inet_pton(AF_INET, text), "big"), FULL4)
        except OSError:
            raise NotUnderstood(text) from None
    try:
        return prefix_term(text)
    except ValueError:
        raise NotUnderstood(text) from None


def address_term(family: int, address: str, wildcard: str | None) -> AddressTerm:
    """A prefix, or an address with a wildcard mask. Raises NotUnderstood if it is none of the family."""
    if wildcard is not None and family == 4:
        try:
            care = FULL4 ^ int.from_bytes(inet_pton(AF_INET, wildcard), "big")
            value = int.from_bytes(inet_pton(AF_INET, address), "big")
        except OSError:
            raise NotUnderstood(f"{address} {wildcard}") from None
        return AddressTerm(4, value & care, care)
    if wildcard is not None:
        host, care_term = host_term(6, address), host_term(6, wildcard)
        care = HOST[6] ^ care_term.value
        return AddressTerm(6, host.value & care, care)
    host_text, _, length = address.partition("/")
    if family == 4 and length.isdecimal() and len(length) < 3 and int(length) <= 32:
        care = FULL4 << (32 - int(length)) & FULL4
        return AddressTerm(4, host_term(4, host_text).value & care, care)
    try:
        term = prefix_term(address)
    except ValueError:
        raise NotUnderstood(address) from None
    if term.family != family:
        raise NotUnderstood(address)
    return term
