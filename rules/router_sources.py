"""Addresses that routers on a path use as the source of their messages, and those that they do not."""

from __future__ import annotations

from parsers.model.addresses import BITS, AddressTerm, prefix_term
from parsers.model.filters import Entry
from rules.packets.sets import PacketSet

NOT_GLOBAL = tuple(
    prefix_term(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3", "fc00::/7", "fe80::/10",
        "ff00::/8", "::/8", "fec0::/10",
    )
)  # fmt: skip
"""Ranges that are not routed in the Internet (RFC 6890 and the IANA registries of special-purpose addresses).
Routers on the way do answer from the private ones among them (RFC 6752)."""
PRIVATE = {
    text: prefix_term(text)
    for text in ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
}
"""What routers inside a network number their links with (RFC 1918, RFC 6598, RFC 4193)."""


def public_share(packets: PacketSet, family: int) -> float:
    """The part of a family's address space that the sources of a set cover, without the ranges that are not
    routed in the Internet, 0 to 1."""
    boxes = packets.boxes
    if any(not box[2] for box in boxes):
        return 1.0  # any source at all: the common case, and the quick one
    covered = 0
    for term in packets.address_terms("src"):
        if term.family == family:
            covered += _size(term) - sum(_common(term, wide) for wide in NOT_GLOBAL)
    return min(1.0, covered / (1 << BITS[family]))


def _size(term: AddressTerm) -> int:
    return 1 << (BITS[term.family] - term.care.bit_count())


def _common(one: AddressTerm, other: AddressTerm) -> int:
    """How many addresses two terms have in common."""
    if not overlaps(one, other):
        return 0
    return 1 << (BITS[one.family] - (one.care | other.care).bit_count())


def names_unrouted_sources(entry: Entry | None) -> bool:
    """Whether an entry says by itself that it is about sources outside the Internet's ranges: a bogon filter."""
    if entry is None or not entry.matches:
        return False
    for match in entry.matches:
        spec = match.src
        if spec is None or spec.negated or spec.excepts or not spec.terms:
            return False
        if not all(any(_within(term, wide) for wide in NOT_GLOBAL) for term in spec.terms):
            return False
    return True


def _within(term: AddressTerm, wide: AddressTerm) -> bool:
    return (
        term.family == wide.family
        and term.care & wide.care == wide.care
        and term.value & wide.care == wide.value
    )


def overlaps(one: AddressTerm, other: AddressTerm) -> bool:
    """Whether two terms have an address in common."""
    care = one.care & other.care
    return one.family == other.family and (one.value ^ other.value) & care == 0
