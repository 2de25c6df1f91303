"""Random matches, filters and packets from a small world, so that they meet often."""

from __future__ import annotations

import itertools
from typing import TypeVar

from hypothesis import strategies as st

from parsers.model.addresses import FULL, AddressSpec, AddressTerm
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    FlagTest,
    Fragments,
    IcmpTest,
    InterfaceSpec,
    LaterFragments,
    Match,
    State,
)
from rules.packets.packet import Packet

HOME = {4: 0x0A000000, 6: 0x20010DB8 << 96}
"""Addresses of the world are these plus four low bits."""

BITS = 3


@st.composite
def terms(draw: st.DrawFn, family: int) -> AddressTerm:
    care = FULL[family] ^ draw(st.integers(0, (1 << BITS) - 1))
    if draw(st.integers(0, 5)) == 0:
        care &= (1 << BITS) - 1
    value = (HOME[family] | draw(st.integers(0, (1 << BITS) - 1))) & care
    return AddressTerm(family, value, care)


@st.composite
def specs(draw: st.DrawFn, family: int) -> AddressSpec:
    families = st.sampled_from([family, family, family, 4, 6])
    some = st.lists(families.flatmap(terms), min_size=0, max_size=4)
    few = st.lists(families.flatmap(terms), max_size=3)
    excepts = draw(few) if draw(st.booleans()) else []
    return AddressSpec(
        tuple(draw(some)), tuple(excepts), draw(st.sampled_from([False, False, True]))
    )


T = TypeVar("T")

PORT = st.sampled_from([21, 22, 23, 443])
PROTOCOL = st.sampled_from([(1, 1), (6, 6), (6, 17), (17, 17), (47, 47), (58, 58), (0, 255)])
FLAG = st.sampled_from([0, 2, 16, 18, 4])


def maybe(strategy: st.SearchStrategy[T], often: int = 2) -> st.SearchStrategy[T | None]:
    """None in `often` of `often + 1` cases."""
    return st.integers(0, often).flatmap(lambda n: strategy if n == often else st.none())


def some(strategy: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, min_size=1, max_size=most).map(tuple)


def ranges() -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    return some(st.tuples(PORT, PORT).map(lambda pair: (min(pair), max(pair))))


@st.composite
def icmp_tests(draw: st.DrawFn) -> IcmpTest:
    codes = st.sampled_from([0, 4])
    return IcmpTest(draw(st.sampled_from([2, 3])), draw(codes), draw(codes))


@st.composite
def flag_tests(draw: st.DrawFn) -> FlagTest:
    mask = draw(FLAG)
    return FlagTest(mask, mask & draw(FLAG))


@st.composite
def interfaces(draw: st.DrawFn) -> InterfaceSpec:
    return InterfaceSpec(
        draw(st.sampled_from([("eth0",), ("eth*",), ("lan", "eth1")])), draw(st.booleans())
    )


@st.composite
def matches(draw: st.DrawFn, family: int = 4) -> Match:
    states = st.frozensets(st.sampled_from([State.NEW, State.ESTABLISHED]), min_size=1)
    fragments = [Fragments.ANY, Fragments.ANY, Fragments.ANY, Fragments.LATER, Fragments.NOT_LATER]
    layer4 = draw(st.integers(0, 3))
    ports = maybe(ranges(), 1) if layer4 == 1 else st.none()
    return Match(
        family=draw(st.sampled_from([0, family, family, family, 10 - family])),
        protocols=draw(maybe(some(PROTOCOL))),
        src=draw(maybe(specs(family))),
        dst=draw(maybe(specs(family), 1)),
        src_ports=draw(ports),
        dst_ports=draw(ports),
        icmp=draw(some(icmp_tests())) if layer4 == 2 else None,
        flags=draw(some(flag_tests())) if layer4 == 3 else None,
        fragments=draw(st.sampled_from(fragments)),
        states=draw(maybe(states, 4)),
        in_interfaces=draw(maybe(interfaces(), 6)),
        out_interfaces=draw(maybe(interfaces(), 6)),
    )


DECIDING = [Action.PERMIT, Action.DENY]
MOVING = [Action.JUMP, Action.JUMP, Action.GOTO, Action.RETURN, Action.CONTINUE, Action.UNKNOWN]


@st.composite
def entries(draw: st.DrawFn, line: int, family: int, keys: tuple[str, ...]) -> Entry:
    action = draw(st.sampled_from(DECIDING * 4 + (MOVING if keys else [])))
    jumps = action in (Action.JUMP, Action.GOTO)
    return Entry(
        line,
        action,
        draw(some(matches(family))),
        uncertain=draw(st.sampled_from([None, None, None, "time-range"])),
        target=draw(st.sampled_from(keys)) if jumps else None,
    )


@st.composite
def filters(draw: st.DrawFn, family: int = 4, chains: int = 3) -> dict[tuple[str, int], Filter]:
    """A table with the base filter `base` and chains that jump about, also to where nothing is."""
    names = ("base", *"abc"[:chains])
    targets = (*names[1:], *names, "nowhere") if chains else ()
    table = {}
    for name in names:
        size = draw(st.integers(0, 5))
        default = [Action.PERMIT, Action.DENY, Action.PERMIT, Action.DENY, None, Action.UNKNOWN]
        if name != "base":
            default = [None, None, None, Action.DENY, Action.PERMIT]
        own = draw(st.sampled_from([0, family]))
        table[name, own] = Filter(
            key=name,
            family=own,
            file="r1.cfg",
            line=1,
            entries=tuple(draw(entries(line, family, targets)) for line in range(2, size + 2)),
            default=draw(st.sampled_from(default)),
            later_fragments=draw(st.sampled_from(LaterFragments)),
            uncertain=draw(st.sampled_from([None] * 15 + ["a macro"])),
        )
    return table


@st.composite
def restless_filters(draw: st.DrawFn) -> dict[tuple[str, int], Filter]:
    """A table whose entries match nearly everything, and mostly jump, return or are in doubt."""
    plain = [Match(), Match(protocols=((6, 6),)), Match(dst_ports=((443, 443),))]
    table = {}
    for name in ("base", "a", "b"):
        rows = []
        for line in range(1, draw(st.integers(1, 5)) + 1):
            action = draw(st.sampled_from([*DECIDING, Action.JUMP, Action.GOTO, Action.RETURN]))
            rows.append(
                Entry(
                    line,
                    action,
                    (draw(st.sampled_from(plain)),),
                    uncertain=draw(st.sampled_from([None, "limit"])),
                    target=draw(st.sampled_from(["a", "b"])),
                )
            )
        default = draw(st.sampled_from([*DECIDING, *([None] * 4 if name != "base" else [])]))
        later = LaterFragments.NEVER
        table[name, 4] = Filter(name, 4, "fw.rules", 1, tuple(rows), default, later_fragments=later)
    return table


def world(family: int = 4) -> list[Packet]:
    """Packets of each kind, between enough addresses that every term of the strategies tells some
    of them apart."""
    home = HOME[family]
    pairs = [(home, home | d) for d in range(1 << BITS)]
    pairs += [(home | s, home | 5) for s in range(1, 1 << BITS)]
    found = []
    for src, dst in pairs:
        for state in (State.NEW, State.ESTABLISHED):
            for port, to_port, flags in itertools.product((22, 50000), (21, 443), (2, 16)):
                found.append(Packet(family, src, dst, 6, port, to_port, flags=flags, state=state))
            found += [
                Packet(family, src, dst, 17, 22, 22, state=state),
                Packet(family, src, dst, 17, 500, 23, state=state),
                Packet(family, src, dst, 1, icmp_type=3, icmp_code=4, state=state),
                Packet(family, src, dst, 58, icmp_type=2, icmp_code=0, state=state),
                Packet(family, src, dst, 47, state=state),
            ]
        for protocol in (1, 6, 17, 47, 58):
            found.append(Packet(family, src, dst, protocol, later_fragment=True))
    return found
