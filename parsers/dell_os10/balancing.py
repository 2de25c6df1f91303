"""Statements of OS10 about how flows are spread over bundles and equal-cost paths.

Source: OS10 user guide, "Load balancing", "hash-algorithm" and "enhanced-hashing": `random` chooses a seed, not a
way for each packet; changing the members of a group moves flows unless resilient hashing is on.
"""

from __future__ import annotations

import re

from parsers.cisco_style.draft import Draft
from parsers.dell_os10.state import os10
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.interfaces import InterfaceKind

Found = re.Match[str]
DEFAULT = frozenset(
    {HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
)
FIELDS = {
    "source-ip": HashField.SRC,
    "destination-ip": HashField.DST,
    "protocol": HashField.PROTOCOL,
    "l4-source-port": HashField.SRC_PORT,
    "l4-destination-port": HashField.DST_PORT,
    "flow-label": HashField.FLOW_LABEL,
    "ipv6-flow-label": HashField.FLOW_LABEL,
}
NEUTRAL = frozenset({"vlan-id", "source-mac", "destination-mac", "ethertype"})
ALGORITHMS = frozenset(
    {"crc", "crc16cc", "crc16", "crc32MSB", "crc32LSB", "xor", "xor1", "xor2", "xor4", "xor8", "random", "murmur"}
)  # fmt: skip


def _choice(
    state: Draft,
    line: int,
    statement: str,
    stage: Stage,
    spread: Spread = Spread.FLOW,
    fields: frozenset[HashField] = DEFAULT,
    reason: str = "",
    trap: bool = False,
    family: int = 0,
) -> None:
    state.choices.append(
        PathChoice(
            stage=stage,
            scope=Scope.DEVICE,
            spread=spread,
            statement=statement,
            fields=fields,
            in_effect=None if spread is Spread.UNKNOWN else True,
            reason=reason,
            trap=trap,
            family=family,
            where=state.where(line),
        )
    )


def hash_algorithm(state: Draft, match: Found, line: int) -> bool | None:
    """`hash-algorithm ecmp|lag ALGORITHM`, `hash-algorithm seed N`: how the hash is worked out."""
    if match["what"] == "seed":
        return None
    stage = Stage.BUNDLE if match["what"] == "lag" else Stage.ECMP
    if match["how"] not in ALGORITHMS:
        _choice(
            state,
            line,
            match[0],
            stage,
            Spread.UNKNOWN,
            frozenset(),
            "the algorithm is not documented",
        )
        return False
    if match["how"] == "random":
        _choice(
            state, line, match[0], stage, reason="a random seed of the hash, which stays", trap=True
        )
    return None


def selection(state: Draft, match: Found, line: int) -> bool | None:
    """`load-balancing ip-selection|ipv6-selection|tcp-udp-selection|mac-selection FIELD …`."""
    named = match["fields"].split()
    if any(word not in FIELDS and word not in NEUTRAL for word in named):
        _choice(
            state,
            line,
            match[0],
            Stage.ECMP,
            Spread.UNKNOWN,
            frozenset(),
            "a field of it is not documented",
        )
        return False
    fields = frozenset(FIELDS[word] for word in named if word in FIELDS)
    family = 6 if match["what"].startswith("ipv6") else 0
    _choice(state, line, match[0], Stage.ECMP, fields=fields, family=family)
    return None


def ingress_port(state: Draft, match: Found, line: int) -> None:
    """`load-balancing ingress-port enable`: the port of entry takes part."""
    os10(state).ingress_port = line


def unknown(state: Draft, match: Found, line: int) -> bool:
    """A statement about spreading that no document read explains."""
    _choice(
        state,
        line,
        match[0],
        Stage.ECMP,
        Spread.UNKNOWN,
        frozenset(),
        "no document read says what it does",
    )
    return False


def finish(state: Draft) -> None:
    """The default hash, and bundles as choices of their own."""
    held = os10(state)
    fields = DEFAULT | ({HashField.INGRESS} if held.ingress_port is not None else set())
    where = state.where(held.ingress_port) if held.ingress_port is not None else None
    if not any(choice.stage is Stage.ECMP for choice in state.choices):
        state.choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.DEVICE,
                spread=Spread.FLOW,
                statement="load-balancing ingress-port enable"
                if where
                else "hash of equal-cost routes",
                fields=fields,
                reason="" if where else "the default hash takes addresses, protocol and ports",
                where=where,
            )
        )
    state.choices.extend(
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.FLOW,
            statement="hash of the port channel",
            fields=DEFAULT,
            interface=interface.name,
            reason="the default hash takes addresses, protocol and ports",
        )
        for interface in state.interfaces.values()
        if interface.kind is InterfaceKind.BUNDLE
    )
