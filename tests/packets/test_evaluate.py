"""Filters written by hand, with the verdicts that the platforms' documents give."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parsers.model.addresses import AddressSpec, prefix_term, wildcard_term
from parsers.model.filters import (
    ESTABLISHED_FLAGS,
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
    TcpFlag,
)
from rules.errors import UnknownFilter
from rules.packets.evaluate import Hook, decide, evaluate, evaluate_chain_of
from rules.packets.packet import Packet, packet
from rules.packets.sets import PacketSet, between, only, universe
from rules.packets.verdicts import Outcome

C, H, H2, H3, X = "10.20.1.5", "104.192.141.1", "185.166.143.10", "18.205.93.3", "203.0.113.9"
SYN_ACK = int(TcpFlag.SYN | TcpFlag.ACK)
F443, F80, F22 = (packet(C, H, dst_port=port) for port in (443, 80, 22))
R443 = packet(H, C, src_port=443, dst_port=50000, flags=SYN_ACK, state=State.ESTABLISHED)
DATA = packet(C, H, flags=int(TcpFlag.ACK), state=State.ESTABLISHED)
P4 = packet(X, C, 1, icmp=(3, 4), state=State.RELATED)
FRAG = packet(C, H, later_fragment=True)
GRE = packet(C, H, 47)

TCP = ((6, 6),)
PERMIT, DENY, UNKNOWN = Action.PERMIT, Action.DENY, Action.UNKNOWN
ANY = (Match(),)

Table = dict[tuple[str, int], Filter]


def to(text: str, wildcard: str | None = None) -> AddressSpec:
    return AddressSpec((prefix_term(text) if wildcard is None else wildcard_term(text, wildcard),))


def port(number: int, high: int | None = None) -> tuple[tuple[int, int], ...]:
    return ((number, high or number),)


def acl(*rows: tuple[Action, Match], default: Action | None = DENY, family: int = 4) -> Table:
    """A Cisco-like list; its entries are on the lines 1, 2, 3 …"""
    entries = tuple(Entry(n, action, (match,)) for n, (action, match) in enumerate(rows, 1))
    return table(entries, default=default, family=family)


def table(
    entries: Sequence[Entry],
    default: Action | None = DENY,
    later: LaterFragments = LaterFragments.CISCO,
    family: int = 4,
    **chains: Filter,
) -> Table:
    made = Filter(
        "A", family, "r1.cfg", 1, tuple(entries), default, default_line=None, later_fragments=later
    )
    return {("A", family): made, **{(chain.key, 4): chain for chain in chains.values()}}


def chain(key: str, *entries: Entry, default: Action | None = None) -> Filter:
    return Filter(key, 4, "fw.rules", 1, entries, default, later_fragments=LaterFragments.WHOLE)


def said(filters: Table, one: Packet, come: str | None = None) -> tuple[str, int | None]:
    decision = decide(filters, "A", 4, one, come)
    verdicts = evaluate(filters, "A", 4, only(one), come)
    assert [piece.decision for piece in verdicts.pieces] == [decision]
    return decision.outcome.value, decision.line


def test_t002_only_even_addresses_are_denied() -> None:
    filters = acl((DENY, Match(dst=to("104.192.136.0", "0.0.7.254"))), (PERMIT, Match()))
    assert said(filters, F443) == ("permit", 2)
    assert said(filters, packet(C, "104.192.141.2")) == ("deny", 1)
    space = between([prefix_term(f"{C}/32")], [prefix_term("104.192.141.0/24")])
    denied = evaluate(filters, "A", 4, space).denied
    witness = denied.witness()
    assert witness is not None
    assert witness.dst_text == "104.192.141.2"
    assert denied.addresses("dst") == ("104.192.141.0/0.0.0.254",)


def test_t003_the_two_middle_octets_are_free() -> None:
    filters = acl((DENY, Match(dst=to("104.0.0.143", "0.255.255.0"))), (PERMIT, Match()))
    assert said(filters, F443) == ("permit", 2)
    assert said(filters, packet(C, "104.192.141.143")) == ("deny", 1)


def test_t006_a_wildcard_that_leaves_odd_third_octets() -> None:
    filters = acl((DENY, Match(dst=to("185.166.140.0", "0.0.2.255"))), (PERMIT, Match()))
    assert said(filters, packet(C, H2)) == ("permit", 2)
    assert said(filters, packet(C, "185.166.142.9")) == ("deny", 1)


def test_t008_a_permit_before_the_denied_range() -> None:
    filters = acl(
        (PERMIT, Match(protocols=TCP, dst_ports=port(443))),
        (DENY, Match(dst=to("104.192.136.0/21"))),
        (PERMIT, Match()),
    )
    assert [said(filters, one) for one in (F443, F22, F80)] == [
        ("permit", 1),
        ("deny", 2),
        ("deny", 2),
    ]


def test_t009_a_port_after_the_source_is_a_source_port() -> None:
    filters = acl((PERMIT, Match(protocols=TCP, src_ports=port(443))))
    assert said(filters, F443) == ("deny", None)
    assert said(filters, R443) == ("permit", 1)


def test_t011_all_ports_but_two() -> None:
    others = ((0, 21), (23, 442), (444, 65535))
    filters = acl((DENY, Match(protocols=TCP, dst_ports=others)), (PERMIT, Match()))
    assert [said(filters, one) for one in (F443, F22, F80)] == [
        ("permit", 2),
        ("permit", 2),
        ("deny", 1),
    ]


def test_t015_established_does_not_open_sessions() -> None:
    filters = acl((PERMIT, Match(protocols=TCP, flags=ESTABLISHED_FLAGS)), (DENY, Match()))
    assert said(filters, F443) == ("deny", 2)
    assert said(filters, DATA) == ("permit", 1)


def test_t017_and_t018_icmp() -> None:
    filters = acl(
        (PERMIT, Match(protocols=TCP, flags=ESTABLISHED_FLAGS, dst=to("10.20.0.0/16"))),
        (DENY, Match(protocols=((1, 1),))),
        (PERMIT, Match()),
    )
    assert said(filters, R443) == ("permit", 1)
    assert said(filters, P4) == ("deny", 2)
    too_big = acl((PERMIT, Match(icmp=(IcmpTest(3, 4, 4),))))
    assert said(too_big, P4) == ("permit", 1)
    assert said(too_big, packet(X, C, 1, icmp=(11, 0))) == ("deny", None)
    other_code = acl((PERMIT, Match(icmp=(IcmpTest(3, 1, 1),))))
    assert said(other_code, P4) == ("deny", None)


def test_t034_and_t036_later_fragments_on_cisco() -> None:
    fragments = acl((DENY, Match(fragments=Fragments.LATER)), (PERMIT, Match()))
    assert said(fragments, F443) == ("permit", 2)
    assert said(fragments, FRAG) == ("deny", 1)
    layer4 = acl((DENY, Match(protocols=TCP, dst_ports=port(443))), (PERMIT, Match()))
    assert said(layer4, FRAG) == ("permit", 2)
    permit = acl((PERMIT, Match(protocols=TCP, dst_ports=port(443))))
    assert said(permit, FRAG) == ("permit", 1)
    assert said(permit, FRAG._replace(protocol=17)) == ("deny", None)


@pytest.mark.parametrize(
    ("later", "wanted"),
    [
        (LaterFragments.NEVER, ("permit", 2)),
        (LaterFragments.UNKNOWN, ("unknown", 1)),
        (LaterFragments.WHOLE, ("unknown", 1)),
    ],
)
def test_later_fragments_elsewhere(later: LaterFragments, wanted: tuple[str, int]) -> None:
    entries = [
        Entry(1, DENY, (Match(protocols=TCP, dst_ports=port(443)),)),
        Entry(2, PERMIT, ANY),
    ]
    assert said(table(entries, later=later), FRAG) == wanted


def test_t038_flags_must_all_hold() -> None:
    syn = FlagTest(SYN_ACK, int(TcpFlag.SYN))
    filters = acl((DENY, Match(protocols=TCP, flags=(syn,))), (PERMIT, Match()))
    assert said(filters, R443) == ("permit", 2)
    assert said(filters, F443) == ("deny", 1)


def test_t032_and_t033_a_time_range_matters_only_if_it_changes_the_answer() -> None:
    permit_all = Entry(2, PERMIT, ANY)
    night = table([Entry(1, DENY, ANY, "time-range NIGHT"), permit_all])
    assert said(night, F443) == ("unknown", 1)
    because = decide(night, "A", 4, F443).because
    assert because is not None
    assert because.reason == "time-range NIGHT"
    assert said(table([Entry(1, PERMIT, ANY, "time-range DAY"), permit_all]), F443) == ("permit", 2)


def test_the_line_of_two_uncertain_entries_is_the_one_that_matters() -> None:
    filters = table(
        [
            Entry(1, PERMIT, ANY, "time-range DAY"),
            Entry(2, DENY, ANY, "time-range NIGHT"),
            Entry(3, PERMIT, ANY),
        ]
    )
    assert said(filters, F443) == ("unknown", 2)


def test_t152_a_line_that_is_not_understood_makes_its_packets_unknown() -> None:
    good = Entry(1, PERMIT, (Match(protocols=TCP, dst_ports=port(443)),))
    bad = Entry(2, UNKNOWN, (Match(protocols=TCP, dst_ports=port(443)),), "foo-bar")
    assert said(table([good, bad]), F443) == ("permit", 1)
    assert said(table([bad, good]), F443) == ("unknown", 2)
    assert said(table([bad, good]), F22) == ("deny", None)


def test_t074_and_t075_the_longest_match_decides_address_lists() -> None:
    both = AddressSpec((prefix_term("104.192.136.0/21"),), (prefix_term("104.192.141.0/24"),))
    filters = acl((PERMIT, Match(dst=both)))
    assert said(filters, F443) == ("deny", None)
    assert said(filters, packet(C, "104.192.140.9")) == ("permit", 1)
    only_except = AddressSpec((), (prefix_term("104.192.141.0/24"),))
    assert said(acl((PERMIT, Match(dst=only_except))), packet(C, H3)) == ("deny", None)


def test_t144_a_negated_source() -> None:
    negated = AddressSpec((prefix_term("10.20.0.0/16"),), negated=True)
    filters = acl((DENY, Match(src=negated)), (PERMIT, Match()))
    assert said(filters, F443) == ("permit", 2)
    assert said(filters, packet("10.21.0.1", H)) == ("deny", 1)


def test_t121_connection_states() -> None:
    known = frozenset({State.ESTABLISHED, State.RELATED})
    filters = table(
        [
            Entry(2, PERMIT, (Match(states=known),)),
            Entry(3, PERMIT, (Match(src=to("10.20.0.0/16"), dst_ports=((80, 80), (443, 443))),)),
        ],
        later=LaterFragments.WHOLE,
    )
    answers = [said(filters, one) for one in (F443, F80, F22, R443, P4)]
    assert answers == [("permit", 3), ("permit", 3), ("deny", None), ("permit", 2), ("permit", 2)]


def test_layer_4_conditions_restrict_to_protocols_that_have_them() -> None:
    filters = acl((DENY, Match(dst_ports=port(443))), (PERMIT, Match()))
    assert said(filters, GRE) == ("permit", 2)
    assert said(filters, packet(C, H, 17)) == ("deny", 1)
    assert said(filters, packet(C, H, 1, icmp=(8, 0))) == ("permit", 2)


def test_a_jump_returns_and_a_goto_does_not() -> None:
    empty = chain("user")
    jump = table([Entry(1, Action.JUMP, ANY, target="user"), Entry(2, PERMIT, ANY)], user=empty)
    assert said(jump, F443) == ("permit", 2)
    goto = table([Entry(1, Action.GOTO, ANY, target="user"), Entry(2, PERMIT, ANY)], user=empty)
    assert said(goto, F443) == ("deny", None)


def test_a_goto_inside_a_chain_comes_back_to_the_chains_caller() -> None:
    filters = table(
        [Entry(1, Action.JUMP, ANY, target="one"), Entry(2, PERMIT, ANY)],
        one=chain("one", Entry(11, Action.GOTO, ANY, target="two"), Entry(12, DENY, ANY)),
        two=chain("two", Entry(21, DENY, (Match(protocols=((17, 17),)),))),
    )
    assert said(filters, F443) == ("permit", 2)
    assert said(filters, packet(C, H, 17)) == ("deny", 21)


def test_return_in_a_base_chain_takes_the_default() -> None:
    filters = table([Entry(1, Action.RETURN, ANY), Entry(2, DENY, ANY)], default=PERMIT)
    assert said(filters, F443) == ("permit", None)


def test_cycles_and_missing_targets_are_unknown() -> None:
    back = chain("user", Entry(11, Action.JUMP, ANY, target="A"))
    cycle = table([Entry(1, Action.JUMP, ANY, target="user"), Entry(2, PERMIT, ANY)], user=back)
    assert said(cycle, F443) == ("unknown", 11)
    missing = table([Entry(1, Action.JUMP, (Match(protocols=TCP),), target="gone")])
    assert said(missing, F443) == ("unknown", 1)
    assert said(missing, GRE) == ("deny", None)


def test_a_jump_in_doubt_matters_only_where_the_chain_decides_otherwise() -> None:
    filters = table(
        [Entry(1, Action.JUMP, ANY, "limit", target="user"), Entry(2, PERMIT, ANY)],
        user=chain(
            "user",
            Entry(11, DENY, (Match(dst_ports=port(22)),)),
            Entry(12, PERMIT, (Match(dst_ports=port(80)),)),
        ),
    )
    assert said(filters, F22) == ("unknown", 1)
    assert said(filters, F80) == ("permit", 2)
    assert said(filters, F443) == ("permit", 2)


def test_a_return_in_doubt() -> None:
    rows = [Entry(1, Action.RETURN, ANY, "limit"), Entry(2, PERMIT, (Match(protocols=TCP),))]
    assert said(table(rows), F443) == ("unknown", 1)
    assert said(table(rows), GRE) == ("deny", None)
    assert said(table(rows, default=PERMIT), F443) == ("permit", None)


def test_a_goto_in_doubt() -> None:
    user = chain("user", Entry(11, DENY, (Match(dst_ports=port(22)),)))
    rows = [Entry(1, Action.GOTO, ANY, "limit", target="user"), Entry(2, PERMIT, ANY)]
    assert said(table(rows, default=PERMIT, user=user), F22) == ("unknown", 1)
    assert said(table(rows, default=PERMIT, user=user), F443) == ("permit", None)
    assert said(table(rows, user=user), F443) == ("unknown", 1)


def test_the_first_of_two_lines_that_are_not_understood() -> None:
    rows = [Entry(1, UNKNOWN, ANY, "foo"), Entry(2, UNKNOWN, ANY, "bar"), Entry(3, UNKNOWN, ANY)]
    assert said(table(rows), F443) == ("unknown", 1)


def test_interfaces() -> None:
    filters = acl(
        (DENY, Match(in_interfaces=InterfaceSpec(("eth0", "vlan*")))),
        (PERMIT, Match()),
    )
    assert said(filters, F443, "vlan20") == ("deny", 1)
    assert said(filters, F443, "eth01") == ("permit", 2)
    assert said(filters, F443) == ("unknown", 1)


def test_last_actions_and_whole_filters() -> None:
    assert said(acl(default=None), F443) == ("unknown", None)
    assert said(acl(default=UNKNOWN), F443) == ("unknown", None)
    undefined = acl(default=PERMIT)
    undefined["A", 4] = undefined["A", 4]._replace(defined=False)
    assert said(undefined, F443) == ("permit", None)
    doubtful = acl((PERMIT, Match()))
    doubtful["A", 4] = doubtful["A", 4]._replace(uncertain="a policy macro")
    assert said(doubtful, F443) == ("unknown", None)
    with pytest.raises(UnknownFilter):
        decide(acl(), "B", 4, F443)


def test_a_filter_for_both_families() -> None:
    filters = acl((DENY, Match(family=6)), (PERMIT, Match()), family=0)
    six = packet("2001:db8:20::5", "2401:1d80:3000::1")
    assert decide(filters, "A", 6, six).line == 1
    assert decide(filters, "A", 4, F443).line == 2


def test_all_filters_in_a_row_must_permit() -> None:
    filters: Table = {}
    rows = {
        "open": (PERMIT, None),
        "closed": (DENY, None),
        "maybe": (DENY, "time-range NIGHT"),
    }
    for key, (action, doubt) in rows.items():
        entries = (Entry(1, action, ANY, doubt),)
        filters[key, 4] = Filter(key, 4, "r1.cfg", 1, entries, PERMIT)

    def outcome(*keys: str) -> tuple[Outcome, str]:
        verdicts = evaluate_chain_of(filters, [Hook(key, 4) for key in keys], only(F443))
        (piece,) = verdicts.pieces
        return piece.outcome, piece.filter.key

    assert outcome("open", "open") == (Outcome.PERMIT, "open")
    assert outcome("open", "closed", "maybe") == (Outcome.DENY, "closed")
    assert outcome("maybe", "open") == (Outcome.UNKNOWN, "maybe")
    assert outcome("maybe", "closed") == (Outcome.DENY, "closed")
    assert outcome() == (Outcome.PERMIT, "")


def test_the_three_parts_of_everything() -> None:
    filters = acl((PERMIT, Match(protocols=TCP, dst_ports=port(443))))
    verdicts = evaluate(filters, "A", 4, universe())
    assert verdicts.permitted | verdicts.denied == universe(4)
    assert verdicts.undecided == PacketSet()


def test_the_first_example_of_the_readme() -> None:
    filters = acl((DENY, Match(dst=to("185.166.140.0", "0.0.2.255"))), (PERMIT, Match()))
    space = between(None, [prefix_term("185.166.140.0/22")])
    verdicts = evaluate(filters, "A", 4, space)
    assert verdicts.denied.addresses("dst") == ("185.166.140.0/24", "185.166.142.0/24")
    assert verdicts.permitted.addresses("dst") == ("185.166.141.0/24", "185.166.143.0/24")
    assert [piece.decision.line for piece in verdicts.pieces] == [1, 2]


def test_the_second_example_of_the_readme() -> None:
    filters = table(
        [
            Entry(1, DENY, ANY, "time-range NIGHT"),
            Entry(2, PERMIT, (Match(protocols=TCP, dst_ports=port(443)),)),
        ]
    )
    assert said(filters, F443) == ("unknown", 1)
    assert said(filters, F22) == ("deny", None)
