"""The conjunction of conditions: rules may state a field several times, a `Match` holds it once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from parsers.model.addresses import FULL, AddressSpec, AddressTerm
from parsers.model.filters import (
    FlagTest,
    Fragments,
    IcmpTest,
    InterfaceSpec,
    Match,
    Ranges,
)

T = TypeVar("T")
S = TypeVar("S", AddressSpec, InterfaceSpec)

ANY = (Match(),)
NEVER: tuple[Match, ...] = ()


class Condition(NamedTuple):
    """Alternatives (empty: never true) and, where they are only a superset, the reason."""

    matches: tuple[Match, ...]
    uncertain: str | None = None


def complement(ranges: Ranges, top: int) -> Ranges:
    """The integers 0 to `top` that are in none of `ranges`."""
    out = []
    start = 0
    for low, high in sorted(ranges):
        if low > start:
            out.append((start, low - 1))
        start = max(start, high + 1)
    if start <= top:
        out.append((start, top))
    return tuple(out)


def merged(ranges: Ranges) -> Ranges:
    """The same integers as sorted, disjoint, non-adjacent ranges."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)


def intersect(a: Ranges, b: Ranges) -> Ranges:
    """The integers that are in both."""
    return merged(
        tuple(
            (max(low, other_low), min(high, other_high))
            for low, high in a
            for other_low, other_high in b
            if max(low, other_low) <= min(high, other_high)
        )
    )


def flags_unequal(mask: int, value: int) -> tuple[FlagTest, ...]:
    """Tests of which one holds exactly where `flags & mask != value`."""
    if value & ~mask:
        return (FlagTest(0, 0),)
    bits = (1 << position for position in range(8))
    return tuple(FlagTest(bit, ~value & bit) for bit in bits if mask & bit)


def icmp_complement(tests: tuple[IcmpTest, ...]) -> tuple[IcmpTest, ...]:
    """The ICMP types and codes that none of `tests` names."""
    codes: dict[int, list[tuple[int, int]]] = {}
    for test in tests:
        codes.setdefault(test.type, []).append((test.low, test.high))
    return tuple(
        IcmpTest(kind, low, high)
        for kind in range(256)
        for low, high in complement(tuple(codes.get(kind, ())), 255)
    )


def conjoin(matches: tuple[Match, ...], condition: Condition) -> Condition:
    """`matches` and `condition` together."""
    if condition.matches is ANY:
        return Condition(matches, condition.uncertain)
    if matches is ANY:
        return condition
    if len(matches) == 1 and len(condition.matches) == 1:
        plain = _plain(matches[0], condition.matches[0])
        if plain is not None:
            return Condition((plain,), condition.uncertain)
    out: list[Match] = []
    uncertain = condition.uncertain
    for one in matches:
        for other in condition.matches:
            both, doubt = _both(one, other)
            uncertain = uncertain or doubt
            if both is not None:
                out.append(both)
    return Condition(tuple(out), uncertain)


_EMPTY = Match()


def _plain(a: Match, b: Match) -> Match | None:
    """Both where no field is in both with different values; None where that takes more thought."""
    fields = []
    for one, two, empty in zip(a, b, _EMPTY, strict=True):
        if two is empty or two == one:
            fields.append(one)
        elif one is empty:
            fields.append(two)
        else:
            return None
    return Match._make(fields)


def _both(a: Match, b: Match) -> tuple[Match | None, str | None]:
    """The packets of both; None where there are none; a doubt where the result is a superset."""
    if a.family and b.family and a.family != b.family:
        return None, None
    protocols = _joined(a.protocols, b.protocols, intersect)
    src_ports = _joined(a.src_ports, b.src_ports, intersect)
    dst_ports = _joined(a.dst_ports, b.dst_ports, intersect)
    icmp = _joined(a.icmp, b.icmp, _join_icmp)
    flags = _joined(a.flags, b.flags, _join_flags)
    states = _joined(a.states, b.states, lambda one, two: one & two)
    fragments = _join_fragments(a.fragments, b.fragments)
    src, src_doubt = _maybe(a.src, b.src, _join_addresses)
    dst, dst_doubt = _maybe(a.dst, b.dst, _join_addresses)
    into, in_doubt = _maybe(a.in_interfaces, b.in_interfaces, _join_interfaces)
    out, out_doubt = _maybe(a.out_interfaces, b.out_interfaces, _join_interfaces)
    gone = (
        any(field is not None and not field for field in (protocols, src_ports, dst_ports, icmp))
        or (flags is not None and not flags)
        or (states is not None and not states)
        or fragments is None
        or any(
            joined is None and (one is not None or two is not None)
            for joined, one, two in (
                (src, a.src, b.src),
                (dst, a.dst, b.dst),
                (into, a.in_interfaces, b.in_interfaces),
                (out, a.out_interfaces, b.out_interfaces),
            )
        )
    )
    if gone or fragments is None:
        return None, None
    both = Match(
        a.family or b.family, protocols, src, dst, src_ports, dst_ports, icmp, flags, fragments,
        states, into, out,
    )  # fmt: skip
    return both, src_doubt or dst_doubt or in_doubt or out_doubt


def _joined(one: T | None, two: T | None, join: Callable[[T, T], T]) -> T | None:
    if one is None or two is None or one == two:
        return two if one is None else one
    return join(one, two)


def _maybe(
    one: S | None, two: S | None, join: Callable[[S, S], tuple[S | None, str | None]]
) -> tuple[S | None, str | None]:
    if one is None or two is None or one == two:
        return (two if one is None else one), None
    return join(one, two)


def _join_fragments(one: Fragments, two: Fragments) -> Fragments | None:
    if one is Fragments.ANY or one is two:
        return two
    return one if two is Fragments.ANY else None


def _join_icmp(a: tuple[IcmpTest, ...], b: tuple[IcmpTest, ...]) -> tuple[IcmpTest, ...]:
    return tuple(
        IcmpTest(one.type, max(one.low, two.low), min(one.high, two.high))
        for one in a
        for two in b
        if one.type == two.type and max(one.low, two.low) <= min(one.high, two.high)
    )


def _join_flags(a: tuple[FlagTest, ...], b: tuple[FlagTest, ...]) -> tuple[FlagTest, ...]:
    return tuple(
        FlagTest(one.mask | two.mask, one.value | two.value)
        for one in a
        for two in b
        if one.value & two.mask == two.value & one.mask
    )


def common_terms(a: tuple[AddressTerm, ...], b: tuple[AddressTerm, ...]) -> tuple[AddressTerm, ...]:
    """The addresses of both lists, as terms."""
    return tuple(
        AddressTerm(one.family, one.value | two.value, one.care | two.care)
        for one in a
        for two in b
        if one.family == two.family and one.value & two.care == two.value & one.care
    )


def _contiguous(term: AddressTerm) -> bool:
    hole = FULL[term.family] ^ term.care
    return hole & (hole + 1) == 0


def _join_addresses(a: AddressSpec, b: AddressSpec) -> tuple[AddressSpec | None, str | None]:
    if a.excepts or b.excepts:
        return a, "two conditions on one address"
    if a.negated and b.negated:
        return AddressSpec(a.terms + b.terms, negated=True), None
    if not a.negated and not b.negated:
        terms = common_terms(a.terms, b.terms)
        return (AddressSpec(terms) if terms else None), None
    inside, outside = (b, a) if a.negated else (a, b)
    if not all(map(_contiguous, inside.terms + outside.terms)):
        return inside, "two conditions on one address"
    kept = tuple(
        term
        for term in inside.terms
        if not any(
            o.care & term.care == o.care and term.value & o.care == o.value for o in outside.terms
        )
    )
    holes = tuple(
        o
        for o in outside.terms
        if any(t.care & o.care == t.care and o.value & t.care == t.value for t in kept)
    )
    return (AddressSpec(kept, holes) if kept else None), None


def _join_interfaces(a: InterfaceSpec, b: InterfaceSpec) -> tuple[InterfaceSpec | None, str | None]:
    if a.negated and b.negated:
        return InterfaceSpec(a.names + b.names, True), None
    wild = any(name.endswith("*") for name in a.names + b.names)
    if wild:
        return a, "two conditions on one interface"
    if not a.negated and not b.negated:
        names = tuple(name for name in a.names if name in b.names)
    else:
        inside, outside = (b, a) if a.negated else (a, b)
        names = tuple(name for name in inside.names if name not in outside.names)
    return (InterfaceSpec(names) if names else None), None
