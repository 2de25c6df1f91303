"""Lists that cut the flow space into thousands of pieces are still judged, and rightly."""

from __future__ import annotations

import random

from parsers.model.addresses import AddressSpec, AddressTerm, prefix_term, wildcard_term
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match
from rules.packets.evaluate import decide, evaluate
from rules.packets.packet import Packet, packet
from rules.packets.spaces import outbound
from rules.packets.verdicts import Outcome

INSIDE = prefix_term("10.20.0.0/16")
SERVICE = prefix_term("104.192.136.0/21")
SPACE = outbound([INSIDE], [SERVICE], (22, 443))


def table(entries: list[Entry]) -> dict[tuple[str, int], Filter]:
    made = Filter(
        "F", 4, "r1.cfg", 1, tuple(entries), Action.DENY, later_fragments=LaterFragments.CISCO
    )
    return {("F", 4): made}


def first_match(filters: dict[tuple[str, int], Filter], one: Packet) -> int | None:
    """The line that decides, found by reading from the top."""
    for entry in filters["F", 4].entries:
        match = entry.matches[0]
        sides = ((match.src, one.src), (match.dst, one.dst))
        if all(
            spec is None or address & spec.terms[0].care == spec.terms[0].value
            for spec, address in sides
        ) and (match.dst_ports is None or match.dst_ports[0][0] == one.dst_port):
            return entry.line
    return None


def test_thousands_of_overlapping_wildcards() -> None:
    rng = random.Random(3)
    entries = []
    for line in range(1, 2001):
        src = AddressTerm(4, INSIDE.value | rng.getrandbits(16) & 0xFFF0, (1 << 32) - 16)
        dst = wildcard_term(f"104.192.{136 + rng.randrange(8)}.{rng.randrange(256)}", "0.0.2.81")
        match = Match(
            protocols=((6, 6),),
            src=AddressSpec((src,)),
            dst=AddressSpec((dst,)),
            dst_ports=((443, 443),),
        )
        entries.append(Entry(line, rng.choice((Action.DENY, Action.PERMIT)), (match,)))
    filters = table([*entries, Entry(9999, Action.PERMIT, (Match(),))])
    verdicts = evaluate(filters, "F", 4, SPACE)
    assert verdicts.undecided.is_empty
    for _ in range(200):
        spec = rng.choice(entries).matches[0]
        assert spec.src is not None
        assert spec.dst is not None
        one = packet("10.20.0.1", "104.192.136.1", dst_port=rng.choice((22, 443)))._replace(
            src=spec.src.terms[0].value | rng.randrange(16), dst=spec.dst.terms[0].value | 1
        )
        holding = [piece for piece in verdicts.pieces if piece.packets.contains(one)]
        assert len(holding) == 1
        assert holding[0].entry is not None
        assert holding[0].entry.line == first_match(filters, one)
        assert holding[0].decision == decide(filters, "F", 4, one)


def test_tiles_that_leave_nothing_to_the_last_entry() -> None:
    entries = []
    for number in range(1024):
        src = AddressTerm(4, INSIDE.value | (number % 32) << 11, (1 << 32) - (1 << 11))
        dst = AddressTerm(4, SERVICE.value | (number // 32) << 6, (1 << 32) - (1 << 6))
        action = Action.PERMIT if (number + number // 32) % 2 else Action.DENY
        entries.append(
            Entry(number + 1, action, (Match(src=AddressSpec((src,)), dst=AddressSpec((dst,))),))
        )
    verdicts = evaluate(table([*entries, Entry(9999, Action.PERMIT, (Match(),))]), "F", 4, SPACE)
    assert len(verdicts.pieces) == 1024
    assert {piece.outcome for piece in verdicts.pieces} == {Outcome.PERMIT, Outcome.DENY}
    assert verdicts.denied.addresses("dst") == ("104.192.136.0/21",)
    one = packet("10.20.8.1", "104.192.136.65")
    assert not verdicts.permitted.contains(one)
    assert verdicts.denied.contains(one)


def test_a_large_object_group_costs_what_it_has_in_common_with_the_space() -> None:
    many = AddressSpec(
        (
            *(AddressTerm(4, (n << 9) + 1, (1 << 32) - 1) for n in range(20_000)),
            prefix_term("10.20.4.0/24"),
        )
    )
    filters = table(
        [
            Entry(1, Action.PERMIT, (Match(src=many, dst=many),)),
            Entry(2, Action.PERMIT, (Match(src=many),)),
        ]
    )
    verdicts = evaluate(filters, "F", 4, SPACE)
    assert verdicts.permitted.addresses("src") == ("10.20.4.0/24",)
