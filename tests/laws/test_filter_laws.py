"""The fast judge agrees with the slow, obvious one on random filters."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.model.addresses import FULL, AddressTerm
from parsers.model.filters import Filter
from rules.packets import evaluate as judging
from rules.packets import walk
from rules.packets.evaluate import Hook, decide, evaluate, evaluate_chain_of
from rules.packets.sets import PacketSet, between, only, universe
from rules.packets.spaces import outbound, return_
from rules.packets.verdicts import Outcome
from tests.laws.packet_oracle import Oracle
from tests.laws.packet_strategies import HOME, filters, restless_filters, world

WORLD = {4: world(4), 6: world(6)}
SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]
INTERFACE = st.sampled_from([None, "eth0", "eth1", "wan"])

KINDS = [p for p in WORLD[4] if p.src == p.dst == HOME[4]]
"""One packet of each kind, between the same two addresses."""

NEIGHBOURHOOD = {
    family: between(
        [AddressTerm(family, HOME[family], FULL[family] ^ 15)],
        [AddressTerm(family, HOME[family], FULL[family] ^ 15)],
    )
    for family in (4, 6)
}
"""All packets among the sixteen addresses around those of the world."""

Table = dict[tuple[str, int], Filter]


def check(
    table: Table,
    space: PacketSet,
    come: str | None,
    leave: str | None,
    step: int,
) -> None:
    (family,) = space.families
    verdicts = evaluate(table, "base", family, space, come, leave)
    for packet in WORLD[family][step % 7 :: 7]:
        wanted = Oracle(table, packet, come, leave).outcome("base")
        holding = [piece for piece in verdicts.pieces if piece.packets.contains(packet)]
        assert [piece.outcome.value for piece in holding] == [wanted], packet
        decision = decide(table, "base", family, packet, come, leave)
        assert decision == holding[0].decision
        if decision.entry is not None and decision.outcome is not Outcome.UNKNOWN:
            assert decision.entry.action.value == wanted
            assert decision.entry in decision.filter.entries


@settings(max_examples=70, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(4), INTERFACE, INTERFACE, st.integers(0, 6))
def test_filters_with_jumps(table: Table, come: str | None, leave: str | None, step: int) -> None:
    check(table, NEIGHBOURHOOD[4], come, leave, step)


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(restless_filters())
def test_jumps_and_returns_in_doubt(table: Table) -> None:
    for packet in KINDS:
        wanted = Oracle(table, packet, None, None).outcome("base")
        assert decide(table, "base", 4, packet).outcome.value == wanted


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(6, chains=0), st.integers(0, 6))
def test_plain_filters_of_version_6(table: Table, step: int) -> None:
    check(table, NEIGHBOURHOOD[6], "eth0", None, step)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(4, chains=0), st.integers(0, 6))
def test_plain_filters_of_all_packets(table: Table, step: int) -> None:
    check(table, universe(4), "eth0", None, step)


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(4, chains=1), st.integers(0, 6), st.integers(0, 2))
def test_entry_by_entry(table: Table, step: int, holes: int) -> None:
    """The way through lists that cut a box too often, taken for every list."""
    with (
        patch.object(walk, "SEVERAL", 0),
        patch.object(judging, "FEW_HOLES", holes),
        patch.object(judging, "FEW_BOXES", holes),
    ):
        check(table, NEIGHBOURHOOD[4], "eth0", "eth1", step)


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(4, chains=1), st.integers(0, 30), st.integers(0, 6), st.booleans())
def test_what_takes_too_long_is_unknown(
    table: Table, limit: int, step: int, by_entry: bool
) -> None:
    with (
        patch.object(walk, "LIMIT", limit),
        patch.object(judging, "CUTS", limit // 4),
        patch.object(judging, "FEW_HOLES", 0),
        patch.object(walk, "SEVERAL", 0 if by_entry else 24),
    ):
        verdicts = evaluate(table, "base", 4, NEIGHBOURHOOD[4])
    for packet in WORLD[4][step::7]:
        wanted = Oracle(table, packet, None, None).outcome("base")
        (outcome,) = {p.outcome.value for p in verdicts.pieces if p.packets.contains(packet)}
        assert outcome in (wanted, "unknown")


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(4, chains=1), st.booleans())
def test_boxes_that_no_entry_tells_apart(table: Table, by_entry: bool) -> None:
    """A flow space has several boxes between the same addresses; they may be judged as one."""
    home = [AddressTerm(4, HOME[4], FULL[4] ^ 15)]
    space = outbound(home, home, (21, 443)) | return_(home, home, (21, 443))
    with patch.object(walk, "SEVERAL", 0 if by_entry else 24):
        verdicts = evaluate(table, "base", 4, space)
    assert verdicts.permitted | verdicts.denied | verdicts.undecided == space
    for packet in WORLD[4]:
        holding = [p.outcome.value for p in verdicts.pieces if p.packets.contains(packet)]
        if space.contains(packet):
            assert holding == [Oracle(table, packet, None, None).outcome("base")]
        else:
            assert holding == []


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(4), st.data())
def test_the_pieces_are_the_space(table: Table, data: st.DataObject) -> None:
    packets = data.draw(st.lists(st.sampled_from(WORLD[4]), max_size=12))
    space = PacketSet(box for packet in packets for box in only(packet).boxes)
    verdicts = evaluate(table, "base", 4, space)
    assert verdicts.permitted | verdicts.denied | verdicts.undecided == space
    assert (verdicts.permitted & verdicts.denied).is_empty
    assert (verdicts.permitted & verdicts.undecided).is_empty
    assert (verdicts.denied & verdicts.undecided).is_empty


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(filters(4, chains=0), filters(4, chains=0), st.integers(0, 6))
def test_filters_in_a_row(one: Table, two: Table, step: int) -> None:
    table = {("one", 4): next(iter(one.values())), ("two", 4): next(iter(two.values()))}
    table = {key: found._replace(key=key[0]) for key, found in table.items()}
    verdicts = evaluate_chain_of(table, [Hook("one", 4), Hook("two", 4)], NEIGHBOURHOOD[4])
    for packet in WORLD[4][step::7]:
        outcomes = [Oracle(table, packet, None, None).outcome(key) for key in ("one", "two")]
        wanted = "permit" if outcomes == ["permit", "permit"] else "unknown"
        if "deny" in outcomes:
            wanted = "deny"
        found = {p.outcome.value for p in verdicts.pieces if p.packets.contains(packet)}
        assert found == {wanted}
