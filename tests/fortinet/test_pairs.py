"""The policies of a pair of zones, found by index, are those that a look at every policy finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.pairs import ANY, PairEntries, pair_filters
from parsers.fortinet.policies import Ends, Policy
from parsers.fortinet.scopes import Scope
from parsers.fortinet.zones import Zone, Zones
from parsers.ledger import Ledger
from parsers.model.filters import Action, Entry, Match, Symptom

WORDS = st.sampled_from(["port1", "port2", "port3", "port4", "lan", "dmz"])
ENDS = st.builds(Ends, st.one_of(st.none(), st.frozensets(WORDS, max_size=3)), st.booleans())
ZONES = (Zone("port1", 1), Zone("lan", 2, ["port2", "port3"]), Zone("dmz", 3, ["port4"]))


def _policy(number: int, sources: Ends, destinations: Ends) -> Policy:
    entry = Entry(number, Action.PERMIT, (Match(),), label=str(number))
    nothing = Settings({}, {})
    return Policy(str(number), number, sources, destinations, (entry,), nothing, Action.PERMIT)


@settings(max_examples=300)
@given(st.lists(st.tuples(ENDS, ENDS), max_size=8))
def test_each_pair_has_the_policies_of_a_plain_walk(ends: list[tuple[Ends, Ends]]) -> None:
    policies = [_policy(number, *pair) for number, pair in enumerate(ends, 1)]
    zones = Zones()
    for zone in ZONES:
        zones.add(zone)
    draft = Draft("r1.cfg", [], Ledger(0))
    scope = Scope("root", Block("", 0, None, False))
    pair_filters(draft, scope, policies, zones, {}, {}, Symptom.TIMEOUT, None)
    every = (*ZONES, Zone(ANY, 0))
    assert len(draft.filters) == len(every) ** 2
    for source in every:
        for destination in every:
            found = draft.filters[f"policy:{source.name}:{destination.name}", 0]
            own = [entry for entry in found.entries if entry.line is not None]
            assert own == list(PairEntries(policies, source, destination, ()))
            lines = [e.line for e in own]
            assert found.line == (lines[0] if lines else None)
