"""Boxes: products of address cubes, port ranges and bit sets, and how to cut them.

A packet has only the layer 4 fields that its kind carries, so a box belongs to one *shape*: a
family with one of five kinds. Inside a shape every field is independent of the others, which makes
intersection and difference exact and cheap. A box is a plain tuple because these functions are the
inner loop of every verdict:

    (shape, src value, src care, dst value, dst care, a low, a high, b low, b high, bits, states)

kind    a, b                     bits
TCP     source, destination port a set of flag bytes: bit f is set if the byte f is in it
PORTS   source, destination port a set of protocols, all with ports (UDP, DCCP, SCTP, UDP-Lite)
ICMP    type, code               1
BARE    0, 0                     a set of protocols without layer 4 fields
LATER   0, 0                     a set of protocols: fragments with an offset above 0

`states` is a set of connection tracking states, one bit for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parsers.model.addresses import FULL
from parsers.model.filters import State

Cube = tuple[int, int]
"""Addresses `a` with `a & care == value`, as (value, care)."""

Box = tuple[int, int, int, int, int, int, int, int, int, int, int]

TCP, PORTS, ICMP, BARE, LATER = range(5)
KINDS = (TCP, PORTS, ICMP, BARE, LATER)

TCP_NUMBER = 6
PORT_NUMBERS = (17, 33, 132, 136)
ICMP_NUMBER = {4: 1, 6: 58}

ALL_BITS = (1 << 256) - 1
"""Every flag byte, or every protocol."""

PORTS_BITS = sum(1 << number for number in PORT_NUMBERS)

STATE_BIT = {state: 1 << position for position, state in enumerate(State)}
ALL_STATES = (1 << len(STATE_BIT)) - 1


def shape_of(family: int, kind: int) -> int:
    """The number of the shape: the family in the upper bits, the kind in the lower three."""
    return family << 3 | kind


def kind_of(shape: int) -> int:
    """TCP, PORTS, ICMP, BARE or LATER."""
    return shape & 7


def family_of(shape: int) -> int:
    """4 or 6."""
    return shape >> 3


def bare_bits(family: int) -> int:
    """The protocols of `family` that carry none of the layer 4 fields."""
    return ALL_BITS ^ PORTS_BITS ^ (1 << TCP_NUMBER) ^ (1 << ICMP_NUMBER[family])


def full_box(shape: int) -> Box:
    """All packets of a shape."""
    kind = kind_of(shape)
    top = {TCP: 65535, PORTS: 65535, ICMP: 255, BARE: 0, LATER: 0}[kind]
    bits = ALL_BITS if kind in (TCP, LATER) else 1
    if kind == PORTS:
        bits = PORTS_BITS
    elif kind == BARE:
        bits = bare_bits(family_of(shape))
    return (shape, 0, 0, 0, 0, 0, top, 0, top, bits, ALL_STATES)


def shapes(family: int) -> tuple[int, ...]:
    """The five shapes of a family."""
    return tuple(shape_of(family, kind) for kind in KINDS)


def meet(one: Box, other: Box) -> Box | None:
    """The packets in both boxes, None if there are none."""
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = one
    o_shape, o_sv, o_sc, o_dv, o_dc, o_al, o_ah, o_bl, o_bh, o_bits, o_states = other
    if shape != o_shape or (dv ^ o_dv) & dc & o_dc or (sv ^ o_sv) & sc & o_sc:
        return None
    low_a, high_a = (al if al > o_al else o_al), (ah if ah < o_ah else o_ah)
    low_b, high_b = (bl if bl > o_bl else o_bl), (bh if bh < o_bh else o_bh)
    bits &= o_bits
    states &= o_states
    if low_a > high_a or low_b > high_b or not bits or not states:
        return None
    return (
        *(shape, sv | o_sv, sc | o_sc, dv | o_dv, dc | o_dc),
        *(low_a, high_a, low_b, high_b, bits, states),
    )


def covers(outer: Box, inner: Box) -> bool:
    """Whether every packet of `inner` is in `outer`."""
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = outer
    i_shape, i_sv, i_sc, i_dv, i_dc, i_al, i_ah, i_bl, i_bh, i_bits, i_states = inner
    return (
        shape == i_shape
        and not sc & ~i_sc
        and not (sv ^ i_sv) & sc
        and not dc & ~i_dc
        and not (dv ^ i_dv) & dc
        and al <= i_al
        and i_ah <= ah
        and bl <= i_bl
        and i_bh <= bh
        and not i_bits & ~bits
        and not i_states & ~states
    )


def cut(box: Box, knife: Box) -> tuple[Box, list[Box]]:
    """The part of `box` inside `knife`, and disjoint boxes for the rest. The two must meet.

    Bit sets and ranges are cut before addresses, and addresses from the highest bit down: the
    pieces are as large as can be, and halve what is left.
    """
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = box
    _, k_sv, k_sc, k_dv, k_dc, k_al, k_ah, k_bl, k_bh, k_bits, k_states = knife
    rest: list[Box] = []
    other = states & ~k_states
    if other:
        rest.append((shape, sv, sc, dv, dc, al, ah, bl, bh, bits, other))
        states &= k_states
    other = bits & ~k_bits
    if other:
        rest.append((shape, sv, sc, dv, dc, al, ah, bl, bh, other, states))
        bits &= k_bits
    if bl < k_bl:
        rest.append((shape, sv, sc, dv, dc, al, ah, bl, k_bl - 1, bits, states))
        bl = k_bl
    if bh > k_bh:
        rest.append((shape, sv, sc, dv, dc, al, ah, k_bh + 1, bh, bits, states))
        bh = k_bh
    if al < k_al:
        rest.append((shape, sv, sc, dv, dc, al, k_al - 1, bl, bh, bits, states))
        al = k_al
    if ah > k_ah:
        rest.append((shape, sv, sc, dv, dc, k_ah + 1, ah, bl, bh, bits, states))
        ah = k_ah
    free = k_dc & ~dc
    while free:
        bit = 1 << (free.bit_length() - 1)
        free ^= bit
        dc |= bit
        rest.append((shape, sv, sc, dv | (bit & ~k_dv), dc, al, ah, bl, bh, bits, states))
        dv |= bit & k_dv
    free = k_sc & ~sc
    while free:
        bit = 1 << (free.bit_length() - 1)
        free ^= bit
        sc |= bit
        rest.append((shape, sv | (bit & ~k_sv), sc, dv, dc, al, ah, bl, bh, bits, states))
        sv |= bit & k_sv
    return (shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states), rest


def pieces(box: Box, knives: Sequence[Box]) -> Iterator[Box]:
    """Disjoint boxes for the packets of `box` that are in none of `knives`, found one by one."""
    work: list[tuple[Box, Sequence[Box]]] = [(box, knives)]
    while work:
        left, over = work.pop()
        meets = overlapping(left, over)
        if not meets:
            yield left
            continue
        work += [(piece, meets[1:]) for piece in reversed(cut(left, meets[0])[1])]


def anything_left(box: Box, knives: Sequence[Box], limit: int) -> bool | None:
    """Whether `box` has a packet that is in none of `knives`; None if `limit` cuts did not tell."""
    work: list[tuple[Box, Sequence[Box]]] = [(box, knives)]
    while work:
        left, over = work.pop()
        meets = overlapping(left, over)
        if not meets:
            return True
        limit -= 1
        if limit < 0:
            return None
        work += [(piece, meets[1:]) for piece in reversed(cut(left, meets[0])[1])]
    return False


def overlapping(box: Box, others: Iterable[Box]) -> list[Box]:
    """Those of `others` that share a packet with `box`."""
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = box
    return [
        other
        for other in others
        if not (
            (other[3] ^ dv) & other[4] & dc
            or (other[1] ^ sv) & other[2] & sc
            or other[7] > bh
            or other[8] < bl
            or other[5] > ah
            or other[6] < al
            or not other[9] & bits
            or not other[10] & states
            or other[0] != shape
        )
    ]


def cube_minus(cube: Cube, knife: Cube) -> list[Cube]:
    """Disjoint cubes for the addresses of `cube` that are not in `knife`."""
    value, care = cube
    k_value, k_care = knife
    if (value ^ k_value) & care & k_care:
        return [cube]
    rest: list[Cube] = []
    free = k_care & ~care
    while free:
        bit = 1 << (free.bit_length() - 1)
        free ^= bit
        care |= bit
        rest.append((value | (bit & ~k_value), care))
        value |= bit & k_value
    return rest


def cubes_minus(cubes: list[Cube], knives: list[Cube]) -> list[Cube]:
    """Cubes for the addresses that are in one of `cubes` and in none of `knives`."""
    for knife in knives:
        cubes = [piece for cube in cubes for piece in cube_minus(cube, knife)]
    return cubes


def wild_length(care: int, family: int) -> int:
    """How many low bits the smallest prefix around a cube with this `care` leaves free."""
    return (FULL[family] ^ care).bit_length()
