"""Comparing what changed entries match gives the same packets as comparing all packets."""

from __future__ import annotations

from random import Random

import pytest

from auditor.remedies.changed_packets import treated_otherwise
from parsers.model.device import Device
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from rules.packets.evaluate import evaluate
from rules.packets.sets import EMPTY, PacketSet, universe
from rules.packets.verdicts import Outcome


def device(entries: list[str]) -> Device:
    lines = [
        "hostname r1",
        "interface GigabitEthernet0/0",
        " ip access-group A in",
        "ip access-list extended A",
    ]
    text = Text("r1.cfg", CONFIGURATION, [*lines, *(f" {entry}" for entry in entries)])
    return platform("cisco_ios").parse(Inputs("r1", "cisco_ios", (text,)))


def entry(chance: Random) -> str:
    action, protocol = chance.choice(("permit", "deny")), chance.choice(("tcp", "udp", "ip"))
    target = chance.choice(("any", "host 192.0.2.1", "192.0.2.0 0.0.0.255", "198.51.100.0 0.0.0.3"))
    port = (
        f" eq {chance.choice((22, 80, 443))}" if protocol != "ip" and chance.random() < 0.7 else ""
    )
    return f"{action} {protocol} any {target}{port}"


def compared_whole(old: Device, new: Device) -> PacketSet:
    was, now = (evaluate(one.filters, "A", 4, universe(4)) for one in (old, new))
    found = EMPTY
    for outcome in Outcome:
        found |= now.part(outcome) - was.part(outcome)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_quick_way_is_exact(seed: int) -> None:
    chance = Random(seed)
    before = [entry(chance) for _ in range(chance.randrange(1, 9))]
    after = list(before)
    for _ in range(chance.randrange(1, 4)):
        if chance.random() < 0.7 or not after:
            after.insert(chance.randrange(len(after) + 1), entry(chance))
        else:
            del after[chance.randrange(len(after))]
    if chance.random() < 0.2:
        chance.shuffle(after)
    old, new = device(before), device(after)
    found = treated_otherwise(old, new, old.filters["A", 4], new.filters["A", 4], 4)
    assert found == compared_whole(old, new), (before, after)


def test_long_lists_in_another_order_are_not_compared() -> None:
    entries = [f"permit tcp any host 192.0.2.{n} eq 22" for n in range(1, 240)]
    old, new = device(entries), device(entries[::-1])
    assert treated_otherwise(old, new, old.filters["A", 4], new.filters["A", 4], 4) is None
