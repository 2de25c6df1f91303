"""What is judged once for many meetings is what each of them would have been judged to be."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.model.addresses import FULL, AddressTerm
from parsers.model.device import Device
from parsers.model.filters import Filter
from rules.meetings import (
    OUTBOUND,
    PTB_IN,
    PTB_OUT,
    RETURN,
    Meeting,
    judge,
    judgements,
    meetings,
)
from rules.packets import spaces
from rules.packets.sets import PacketSet
from rules.passing import let_pass
from rules.view import View
from tests.audit_text import bitbucket, device_of, findings_of
from tests.fixture_cases import cases, device
from tests.laws.packet_strategies import HOME, filters

SPACES = (OUTBOUND, RETURN, PTB_IN, PTB_OUT)


def _same(one: Device) -> int:
    """How many meetings there are; each must have the denied and undecided packets of its own judgement."""
    view = View(one, bitbucket())
    count = 0
    for crossing in view.crossings:
        for space in SPACES:
            alone = [judge(view, m) for m in meetings(view, crossing, space) if m.packets]
            together = judgements(view, crossing, space)
            assert [(j.denied, j.undecided) for j in alone] == [
                (j.denied, j.undecided) for j in together
            ]
            count += len(alone)
    return count


def test_on_every_case() -> None:
    assert sum(_same(device(case)) for case in cases()) > 500


def _routeros(rules: list[str], interfaces: int = 12) -> str:
    lines = ["# 2026-01-02 10:00:00 by RouterOS 7.16.1", "/ip address"]
    lines.append("add address=203.0.113.2/30 interface=ether1 network=203.0.113.0")
    lines += [
        f"add address=10.20.{n}.1/24 interface=ether{n} network=10.20.{n}.0"
        for n in range(2, interfaces)
    ]
    lines += ["/ip firewall filter", *rules, "/ip route"]
    return "\n".join([*lines, "add dst-address=0.0.0.0/0 gateway=203.0.113.1", ""])


DROP = "add action=drop chain=forward dst-address=104.192.136.0/21"


@pytest.mark.parametrize(
    ("rules", "denied"),
    [
        (["add action=accept chain=forward"], False),
        ([DROP], True),
        ([f"{DROP} src-address=10.20.7.0/24"], True),  # one network of ten
        ([f"{DROP} in-interface=ether7"], True),
        ([f"{DROP} in-interface=ether40"], False),  # no such interface
        ([f"{DROP} src-address=10.99.0.0/16"], False),  # nobody is there
        (["add action=jump chain=forward jump-target=x in-interface=ether5", DROP.replace("forward", "x")], True),
    ],
)  # fmt: skip
def test_one_hook_for_many_interfaces(rules: list[str], denied: bool) -> None:
    text = _routeros(rules)
    assert _same(device_of("mikrotik_routeros", text))
    found = findings_of("mikrotik_routeros", text)
    assert any(f.code == "ACL001" and f.outcome.value == "fail" for f in found) is denied


NAMES = st.sampled_from([None, "eth0", "eth1", "wan"])


@st.composite
def packet_sets(draw: st.DrawFn) -> PacketSet:
    """What a few networks of the small world send and get."""
    terms = [
        AddressTerm(4, (HOME[4] | number) & care, care)
        for number, bits in draw(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 3)), min_size=1, max_size=4))
        for care in (FULL[4] ^ ((1 << bits) - 1),)
    ]  # fmt: skip
    one, other = terms[: max(1, len(terms) // 2)], terms[len(terms) // 2 :]
    kind = draw(st.sampled_from(SPACES))
    if kind in (PTB_IN, PTB_OUT):
        return spaces.ptb_in(other, one).restrict(4)
    return (spaces.outbound if kind == OUTBOUND else spaces.return_)(one, other, (22, 443))


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(filters(), st.lists(st.tuples(packet_sets(), NAMES, NAMES), min_size=1, max_size=6))
def test_what_is_said_to_pass_passes_at_each_meeting(
    table: dict[tuple[str, int], Filter], met: list[tuple[PacketSet, str | None, str | None]]
) -> None:
    """Random filters with conditions on interfaces, jumps and doubts."""
    view = View(Device(name="r1", platform="x", vendor="x", filters=table), bitbucket())
    base = next(found for (key, _), found in table.items() if key == "base")
    group = [Meeting(None, base, "x", *one) for one in met]
    if let_pass(view, group):
        for meeting in group:
            alone = judge(view, meeting)
            assert (alone.denied, alone.undecided) == ((), ())
