"""Packet sets obey the laws of sets, and hold exactly the packets that their parts say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.model.addresses import FULL, AddressSpec
from parsers.model.filters import FlagTest
from rules.packets.addresses import AddressSet, joined_cubes, merged
from rules.packets.cubes import BARE, ICMP, LATER, PORTS, TCP, Box, full_box, shape_of
from rules.packets.flags import passing
from rules.packets.sets import EMPTY, PacketSet, universe
from tests.laws.packet_oracle import address_in
from tests.laws.packet_strategies import HOME, maybe, ranges, specs, world

WORLD = {4: world(4), 6: world(6)}
COUNT = 60


@st.composite
def boxes(draw: st.DrawFn, family: int) -> Box:
    kind = draw(st.sampled_from([TCP, TCP, PORTS, ICMP, BARE, LATER]))
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = full_box(shape_of(family, kind))
    low = (1 << 3) - 1
    if family == 6 or draw(st.booleans()):
        sc = FULL[family] ^ draw(st.integers(0, low))
        sv = HOME[family] & sc
    if family == 6 or draw(st.booleans()):
        dc = FULL[family] ^ draw(st.integers(0, low))
        dv = (HOME[family] | draw(st.integers(0, low))) & dc
    pair = draw(maybe(ranges(), 1))
    if kind in (TCP, PORTS) and pair is not None:
        (bl, bh) = pair[0]
    if kind == TCP and draw(st.booleans()):
        bits = passing((FlagTest(18, 2),))
    states &= draw(st.sampled_from([31, 1, 3]))
    return (shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states)


def packet_sets(family: int = 4) -> st.SearchStrategy[PacketSet]:
    return st.lists(boxes(family), max_size=4).map(PacketSet)


@settings(max_examples=COUNT, deadline=None)
@given(packet_sets(), packet_sets())
def test_operations_agree_with_membership(one: PacketSet, other: PacketSet) -> None:
    union, both, rest = one | other, one & other, one - other
    for packet in WORLD[4]:
        in_one, in_other = one.contains(packet), other.contains(packet)
        assert union.contains(packet) == (in_one or in_other)
        assert both.contains(packet) == (in_one and in_other)
        assert rest.contains(packet) == (in_one and not in_other)


@settings(max_examples=COUNT, deadline=None)
@given(packet_sets(), packet_sets(), packet_sets())
def test_laws_of_sets(one: PacketSet, two: PacketSet, three: PacketSet) -> None:
    assert one | EMPTY == one
    assert (one & EMPTY).is_empty
    assert one & universe() == one
    assert one | one == one
    assert one & one == one
    assert (one - one).is_empty
    assert one | two == two | one
    assert one & two == two & one
    assert (one | two) | three == one | (two | three)
    assert one & (two | three) == (one & two) | (one & three)
    assert one - (two | three) == (one - two) - three
    assert one - (two & three) == (one - two) | (one - three)
    assert (one - two) | (one & two) == one
    assert ((one - two) & two).is_empty


@settings(max_examples=COUNT // 2, deadline=None)
@given(packet_sets(), packet_sets())
def test_complement(one: PacketSet, two: PacketSet) -> None:
    assert one.complement().complement() == one
    assert (one | two).complement() == one.complement() & two.complement()
    assert (one & two).complement() == one.complement() | two.complement()
    assert one | one.complement() == universe()
    assert (one & one.complement()).is_empty


@settings(max_examples=COUNT, deadline=None)
@given(packet_sets(6), packet_sets(6))
def test_simplify_and_witness(one: PacketSet, other: PacketSet) -> None:
    rest = one - other
    assert rest.simplify() == rest
    assert len(rest.simplify().boxes) <= max(1, len(rest.boxes))
    witness = rest.witness()
    assert (witness is None) == rest.is_empty
    if witness is not None:
        assert rest.contains(witness)
        assert not other.contains(witness)


@settings(max_examples=COUNT * 3, deadline=None)
@given(specs(4), st.integers(0, 15), st.integers(0, 7))
def test_address_lists_agree_with_longest_match(spec: AddressSpec, care: int, value: int) -> None:
    cube_care = FULL[4] ^ 15 ^ care
    cube_value = (HOME[4] | value) & cube_care
    found = AddressSet(spec, 4).within(cube_value, cube_care)
    for address in range(HOME[4], HOME[4] + 16):
        named = any(address & c == v for v, c in found)
        wanted = address & cube_care == cube_value and address_in(spec, 4, address)
        assert named == wanted


@settings(max_examples=COUNT, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=12))
def test_joining_addresses_keeps_them(pairs: list[tuple[int, int]]) -> None:
    cubes = [(value & (FULL[4] ^ free), FULL[4] ^ free) for value, free in pairs]
    for joined in (merged(cubes, 4), joined_cubes(cubes)):
        for address in range(16):
            assert any(address & c == v for v, c in cubes) == any(
                address & c == v for v, c in joined
            )
