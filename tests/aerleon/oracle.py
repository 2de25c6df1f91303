"""Renders random policies with aerleon, reads them back, and counts what agrees."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from random import Random
from typing import NamedTuple, cast

from aerleon import api
from aerleon.lib import naming
from aerleon.lib.policy_builder import PolicyDict, PolicyTerm

from auditor.filters import filters_called
from parsers.model.filters import State
from rules.packets.evaluate import decide
from rules.packets.packet import Packet
from rules.packets.verdicts import Outcome
from tests.aerleon.policy import (
    NETWORKS,
    SERVICES,
    Limits,
    Term,
    packets,
    permits,
    random_policy,
)
from tests.aerleon.targets import Target
from tests.audit_text import device_of

PACKETS = 60
"""Packets asked about each policy."""


class Tally(NamedTuple):
    """Policies written and refused by aerleon, packets asked, wrong and unknown answers, and the first wrong one."""

    policies: int = 0
    refused: int = 0
    packets: int = 0
    wrong: int = 0
    unknown: int = 0
    example: str | None = None

    def plus(self, other: Tally) -> Tally:
        """The sums of both, with the first example there is."""
        return Tally(
            self.policies + other.policies,
            self.refused + other.refused,
            self.packets + other.packets,
            self.wrong + other.wrong,
            self.unknown + other.unknown,
            self.example or other.example,
        )


def definitions(family: int) -> naming.Naming:
    """The networks and services that the random terms name."""
    found = naming.Naming()
    found.ParseDefinitionsObject(
        {
            "networks": {
                name: {"values": [{"address": text} for text in prefixes]}
                for name, prefixes in NETWORKS[family].items()
            },
            "services": {
                name: [
                    {
                        "protocol": protocol,
                        "port": low if low == high else f"{low}-{high}",
                    }
                    for protocol in ("tcp", "udp")
                ]
                for name, (low, high) in SERVICES.items()
            },
        },
        "",
    )
    return found


def _written(term: Term) -> PolicyTerm:
    """A term in aerleon's words."""
    fields = {
        "protocol": term.protocols,
        "source-address": term.sources,
        "destination-address": term.destinations,
        "source-port": term.source_ports,
        "destination-port": term.destination_ports,
        "icmp-type": term.icmp_types,
        "option": ("tcp-established",) if term.established else (),
    }
    written: dict[str, object] = {key: " ".join(names) for key, names in fields.items() if names}
    return cast("PolicyTerm", {"name": term.name, **written, "action": term.action})


def render(name: str, target: Target, terms: tuple[Term, ...]) -> str | None:
    """The policy in a target's syntax; None where aerleon refuses to write it."""
    policy: PolicyDict = {
        "filename": "probe",
        "filters": [
            {
                "header": {"targets": {name: target.header}},
                "terms": [_written(term) for term in terms],
            }
        ],
    }
    logging.disable(logging.WARNING)
    try:
        written = api.Generate([policy], definitions(target.limits.family))
    except Exception:
        return None
    finally:
        logging.disable(logging.NOTSET)
    return target.device(next(iter(written.values()))) if written else None


def _verdict(target: Target, text: str, asked: Iterable[Packet]) -> list[tuple[Packet, Outcome]]:
    device = device_of(target.platform, text)
    family = target.limits.family
    found = filters_called(device, target.name, family, None)
    assert found, f"no filter called {target.name}; there are {sorted(device.filters)}"
    one = found[0]
    return [
        (packet, decide(device.filters, one.key, one.family or family, packet).outcome)
        for packet in asked
    ]


def check(name: str, target: Target, seed: int, count: int) -> Tally:
    """Compares `count` random policies that aerleon can write for one target."""
    tally = Tally()
    for number in range(4 * count):
        if tally.policies == count:
            break
        chance = Random(f"{seed}/{name}/{target.header}/{number}")
        terms = random_policy(chance, target.limits)
        text = render(name, target, terms)
        if text is None:
            tally = tally._replace(refused=tally.refused + 1)
            continue
        tally = _compared(tally, target, terms, text, chance)
    return tally


def _compared(
    tally: Tally, target: Target, terms: tuple[Term, ...], text: str, chance: Random
) -> Tally:
    limits: Limits = target.limits
    asked = [p._replace(state=State.NEW) for p in packets(chance, terms, limits, PACKETS)]
    wrong = unknown = 0
    example = tally.example
    for packet, outcome in _verdict(target, text, asked):
        if outcome is Outcome.UNKNOWN:
            unknown += 1
        elif (outcome is Outcome.PERMIT) != permits(terms, packet, target.default_permit):
            wrong += 1
            example = example or f"{packet}\n{terms}\n{text}"
    return tally.plus(Tally(1, 0, len(asked), wrong, unknown, example))
