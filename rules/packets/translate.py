"""What an entry of a filter matches, in boxes.

An entry's `Match` says it in conditions of which each may name alternatives; here it becomes
clauses, one for each shape of packet, whose fields are independent. Clauses are multiplied out into
boxes only inside the box that is being judged, so large object groups cost what they have in common
with it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from parsers.model.filters import (
    Action,
    FlagTest,
    Fragments,
    IcmpTest,
    LaterFragments,
    Match,
    Ranges,
    State,
)
from rules.packets.addresses import AddressSet
from rules.packets.cubes import (
    ALL_BITS,
    ALL_STATES,
    BARE,
    ICMP,
    ICMP_NUMBER,
    LATER,
    PORTS,
    PORTS_BITS,
    STATE_BIT,
    TCP_NUMBER,
    bare_bits,
    family_of,
    kind_of,
)
from rules.packets.flags import passing

Quad = tuple[int, int, int, int]
"""Two ranges that hold together: a low, a high, b low, b high."""

FRAGMENT_DOUBT = "it names layer 4 fields, which a later fragment does not carry"


class Layer4(NamedTuple):
    """What a match says of one shape beside addresses; `doubt` is set if it only may match."""

    quads: tuple[Quad, ...]
    bits: int
    doubt: str | None = None


class Clause(NamedTuple):
    """A conjunction over one shape. None for an address is every address of the family."""

    src: AddressSet | None
    dst: AddressSet | None
    quads: tuple[Quad, ...]
    bits: int
    states: int
    doubt: str | None


@lru_cache(maxsize=4096)
def state_set(states: frozenset[State] | None) -> int:
    """A set of connection tracking states as bits; None is all of them."""
    return ALL_STATES if states is None else sum(STATE_BIT[state] for state in states)


@lru_cache(maxsize=4096)
def protocol_set(protocols: Ranges | None) -> int:
    """A set of protocols as bits; None is all of them."""
    if protocols is None:
        return ALL_BITS
    bits = 0
    for low, high in protocols:
        bits |= (1 << high + 1) - (1 << low) if low <= high else 0
    return bits & ALL_BITS


def match_layer4(match: Match, shape: int, later: LaterFragments, action: Action) -> Layer4 | None:
    """What `match` says of the packets of `shape` beside addresses; None if it matches none."""
    return _layer4(
        match.protocols,
        match.src_ports,
        match.dst_ports,
        match.icmp,
        match.flags,
        match.fragments,
        shape,
        later,
        action,
    )


@lru_cache(maxsize=16384)
def _layer4(
    protocols: Ranges | None,
    src_ports: Ranges | None,
    dst_ports: Ranges | None,
    icmp: tuple[IcmpTest, ...] | None,
    flags: tuple[FlagTest, ...] | None,
    fragments: Fragments,
    shape: int,
    later: LaterFragments,
    action: Action,
) -> Layer4 | None:
    kind = kind_of(shape)
    bits = protocol_set(protocols)
    has_ports = src_ports is not None or dst_ports is not None
    if kind == LATER:
        if src_ports is not None or dst_ports is not None:
            bits &= PORTS_BITS | 1 << TCP_NUMBER
        if flags is not None:
            bits &= 1 << TCP_NUMBER
        if icmp is not None:
            bits &= 1 << ICMP_NUMBER[family_of(shape)]
        has_layer4 = has_ports or flags is not None or icmp is not None
        return _later(has_layer4, bits, fragments, later, action)
    if fragments is Fragments.LATER:
        return None
    quads: tuple[Quad, ...] = ((0, 0, 0, 0),)
    if kind == ICMP:
        ours = bits >> ICMP_NUMBER[family_of(shape)] & 1
        bits = ours if not has_ports and flags is None else 0
        tests = icmp if icmp is not None else None
        quads = (
            ((0, 255, 0, 255),)
            if tests is None
            else tuple((t.type, t.type, t.low, t.high) for t in tests if t.low <= t.high)
        )
    elif kind == BARE:
        named = has_ports or flags is not None or icmp is not None
        bits = 0 if named else bits & bare_bits(family_of(shape))
    else:
        if kind == PORTS:
            bits = bits & PORTS_BITS if flags is None else 0
        elif not bits >> TCP_NUMBER & 1:
            bits = 0
        else:
            bits = ALL_BITS if flags is None else passing(flags)
        if icmp is not None:
            bits = 0
        quads = _port_quads(src_ports, dst_ports)
    return Layer4(quads, bits) if bits and quads else None


def _port_quads(src_ports: Ranges | None, dst_ports: Ranges | None) -> tuple[Quad, ...]:
    every: Ranges = ((0, 65535),)
    return tuple(
        (*src, *dst)
        for src in (every if src_ports is None else src_ports)
        for dst in (every if dst_ports is None else dst_ports)
        if src[0] <= src[1] and dst[0] <= dst[1]
    )


def _later(
    has_layer4: bool, bits: int, fragments: Fragments, later: LaterFragments, action: Action
) -> Layer4 | None:
    """The later fragments of an entry (LaterFragments says which rule the device follows)."""
    if not bits:
        return None
    quads: tuple[Quad, ...] = ((0, 0, 0, 0),)
    if later is LaterFragments.WHOLE:
        # The device reassembles: it asks about the whole packet, whose layer 4 we do not know.
        if fragments is Fragments.LATER:
            return None
        return Layer4(quads, bits, FRAGMENT_DOUBT if has_layer4 else None)
    if fragments is Fragments.NOT_LATER:
        return None
    if not has_layer4:
        return Layer4(quads, bits)
    if later is LaterFragments.NEVER:
        return None
    if later is LaterFragments.CISCO:
        if action is Action.DENY:
            return None
        if action in (Action.PERMIT, Action.UNKNOWN):
            return Layer4(quads, bits)
    return Layer4(quads, bits, FRAGMENT_DOUBT)
