"""Class and policy maps of NX-OS, as far as they drop transit or silence the device."""

from __future__ import annotations

import re

from parsers.cisco_nxos.state import PolicyMap, nxos
from parsers.cisco_style.draft import Draft
from parsers.model.source import TextFact
from parsers.reader import Statement, Table, irrelevant

Found = re.Match[str]
TOO_BIG = re.compile(r"match exception (?:mtu-failure|(?:ip|ipv6) icmp unreachable)")
"""Exceptions under which packets reach the processor that must be told off as too big (Nexus 7000
and 9000 security guides, control plane policing)."""


def class_map(state: Draft, match: Found, line: int) -> None:
    """`class-map [type T] [match-any|match-all] C`."""
    nxos(state).open_class_map = match["name"]


def condition(state: Draft, match: Found, line: int) -> None:
    """`match …` of a class map: only what brings packets too big to the processor is kept."""
    if TOO_BIG.fullmatch(match[0]):
        nxos(state).copp_exceptions.add(nxos(state).open_class_map)


CLASS_MAP: Table[Draft] = Table(
    (Statement(r"match .*", condition), *irrelevant("text", "description"))
)


def policy_map(state: Draft, match: Found, line: int) -> None:
    """`policy-map [type T] P`."""
    held = nxos(state)
    held.open_policy = held.policy_maps.setdefault(match["name"], PolicyMap())
    held.open_policy.open_class = ""


def policy_class(state: Draft, match: Found, line: int) -> None:
    """`class [type T] C`."""
    policy = nxos(state).open_policy
    if policy is not None:
        policy.open_class = match["name"]


def police(state: Draft, match: Found, line: int) -> None:
    """`police [cir] RATE … conform transmit|drop …`: with `conform drop`, or a rate of 0, nothing of
    the class is left."""
    policy = nxos(state).open_policy
    if policy is not None and re.search(r"conform drop|(?:cir|police) 0(?: |$)", match[0]):
        _drops(policy, line)


def drop(state: Draft, match: Found, line: int) -> None:
    """`drop`."""
    policy = nxos(state).open_policy
    if policy is not None:
        _drops(policy, line)


def _drops(policy: PolicyMap, line: int) -> None:
    policy.silent_classes[policy.open_class] = line
    if policy.dropping is None:
        policy.dropping = line


_CLASS: Table[Draft] = Table(
    (
        Statement(r"police(?: .*)?", police),
        Statement(r"drop(?: .*)?", drop),
        *irrelevant(
            "marks and queues, drops nothing that is not congested",
            "set", "bandwidth", "priority", "shape", "queue-limit", "random-detect", "mtu", "pause",
            "congestion-control", "multicast-optimize", "service-policy", "description", "logging",
            "afd", "dlb", "latency", "trust", "fair-queue",
        ),
    )
)  # fmt: skip
POLICY_MAP: Table[Draft] = Table(
    (
        Statement(r"class (?:type \S+ )?(?P<name>\S+)(?: .*)?", policy_class, table=_CLASS),
        *irrelevant("text", "description"),
    )
)


def system_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy [type T] input|output P` of `system qos` or of a VLAN."""
    nxos(state).policy_uses.append(("", match["name"], line))


def control_plane_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy input P` of the control plane."""
    nxos(state).copp = match["name"]


def recognise_drops(draft: Draft) -> None:
    """Policies in use whose classes drop: which packets they match is not modelled."""
    held = nxos(draft)
    for interface, name, line in held.policy_uses:
        policy = held.policy_maps.get(name)
        if policy is not None and policy.dropping is not None:
            place = f"{interface}: " if interface else ""
            note = f"{place}a class of policy map {name} drops"
            draft.recognised.append(TextFact(value="qos-drop", where=draft.where(line), note=note))


def silenced_by_copp(draft: Draft) -> int | None:
    """The line by which control plane policing drops the packets that would be told too big."""
    held = nxos(draft)
    policy = held.policy_maps.get(held.copp or "")
    if policy is None:
        return None
    for name, line in policy.silent_classes.items():
        if name in held.copp_exceptions:
            return line
    return None
