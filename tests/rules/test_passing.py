"""What is judged once for many meetings is what each of them would have been judged to be."""

from __future__ import annotations

import pytest

from parsers.model.device import Device
from rules.meetings import OUTBOUND, PTB_IN, PTB_OUT, RETURN, judge, judgements, meetings
from rules.view import View
from tests.audit_text import bitbucket, device_of, findings_of
from tests.fixture_cases import cases, device

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
