"""What a list of services does not match: for `service-negate`."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.fortinet.services import Shape
from parsers.model.filters import IcmpTest, Range, Ranges


def complement(shapes: Iterable[Shape]) -> tuple[Shape, ...] | None:
    """All that none of `shapes` matches; None where that has no simple form."""
    whole: list[Range] = []
    ports: dict[int, list[Range]] = {}
    tests: dict[int, list[IcmpTest]] = {}
    for shape in shapes:
        if shape.protocols is None:
            return ()
        number = shape.protocols[0][0]
        if shape.src_ports is not None:
            return None
        if shape.icmp is not None:
            tests.setdefault(number, []).extend(shape.icmp)
        elif shape.dst_ports is not None:
            ports.setdefault(number, []).extend(shape.dst_ports)
        else:
            whole += shape.protocols
    found: list[Shape] = []
    done = [number for low, high in whole for number in range(low, high + 1)]
    for number, ranges in ports.items():
        gaps = _gaps(ranges, 65535)
        if number not in done and gaps:
            found.append(Shape(((number, number),), gaps))
    for number, known in tests.items():
        rest = _other_messages(known)
        if number not in done and rest:
            found.append(Shape(((number, number),), icmp=rest))
    partly = [(number, number) for number in (*ports, *tests)]
    others = _gaps([*whole, *partly], 255)
    if others:
        found.append(Shape(others))
    return tuple(found)


def _other_messages(known: list[IcmpTest]) -> tuple[IcmpTest, ...]:
    codes: dict[int, list[Range]] = {}
    for test in known:
        codes.setdefault(test.type, []).append((test.low, test.high))
    return tuple(
        IcmpTest(kind, low, high)
        for kind in range(256)
        for low, high in (_gaps(codes[kind], 255) if kind in codes else ((0, 255),))
    )


def _gaps(ranges: list[Range], top: int) -> Ranges:
    """The numbers up to `top` that are in none of `ranges`."""
    found = []
    low = 0
    for first, last in sorted(ranges):
        if low < first:
            found.append((low, first - 1))
        low = max(low, last + 1)
    if low <= top:
        found.append((low, top))
    return tuple(found)
