"""`show ip interface`, `show ipv4 interface` and `show cef interface`: what an interface does now.

IOS, IOS-XE, IOS-XR and NX-OS. Only the lines that bear on path MTU discovery, filters and load
sharing are taken; one of these in a form that is not known is kept as not understood.
Sources: Cisco command references of the commands named.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.model.source import Sourced, Where
from parsers.platform import Text


class AppliedList(NamedTuple):
    """An access list in effect; `direction` is `in` or `out`."""

    direction: str
    name: str
    where: Where


class InterfaceFacts(NamedTuple):
    """One interface as the device reports it; None is what the text does not say.

    `up` is the state of the line protocol. `mtu` is in bytes, as available to IP. `unreachables` is
    whether ICMP unreachables are sent, `per_packet` whether packets of a flow are spread, `cef`
    whether express forwarding switches the interface's packets, `fast` whether a cache does.
    """

    name: str
    where: Where
    up: bool | None = None
    vrf: str | None = None
    mtu: Sourced[int] | None = None
    unreachables: Sourced[bool] | None = None
    access_lists: tuple[AppliedList, ...] = ()
    per_packet: Sourced[bool] | None = None
    policy_route: Sourced[str] | None = None
    cef: Sourced[bool] | None = None
    fast: Sourced[bool] | None = None
    not_understood: tuple[Where, ...] = ()


_NAME = re.compile(
    r"([A-Za-z][\w./:-]*) is (?:up|down|administratively down|reset|[Uu]p|[Dd]own|Shutdown)"
    r"(?: \(if_number \d+\)|, (?:line|ipv[46]) protocol is (?P<state>[Uu]p|[Dd]own)\b.*)?"
)
_NXOS_NAME = re.compile(r"([A-Za-z][\w./:-]*), Interface status: protocol-(?P<state>up|down)/")
_NXOS_VRF = re.compile(r'IP Interface Status for VRF "([^"]*)"')
_VRF = re.compile(r"\s+(?:Vrf is|VPN Routing/Forwarding) (\"?)([^\s\"]+)\1")
_MTU = (
    re.compile(r"\s+MTU is \d+ \((\d{1,9}) is available to IP\)"),
    re.compile(r"\s+MTU is (\d{1,9}) bytes"),
    re.compile(r"\s+IP MTU:? (\d{1,9})(?: bytes.*)?\s*$"),
)
_UNREACHABLES = (
    re.compile(r"\s+ICMP unreachables are (always|never) sent\s*$"),
    re.compile(r"\s+IP icmp unreachables \(except port\): (enabled|disabled)\s*$"),
)
_LISTS = re.compile(r"\s+(Outgoing|Inbound)\s+(?:[Cc]ommon )?access list is (.+?)\s*$")
_PER_PACKET = (
    re.compile(r"\s*Per packet load-sharing is (enabled|disabled)\s*$"),
    re.compile(r"\s+IP load sharing: (none|per-packet)\s*$"),
)
_CEF = re.compile(r"\s+IP CEF switching is (enabled|disabled)\s*$")
_FAST = re.compile(r"\s+IP fast switching is (enabled|disabled)\s*$")
_POLICY = re.compile(r"\s+Policy routing is enabled, using route map (\S+)")
_TOPICS = re.compile(
    r"(?i).*(?:unreachables\b|access list is|load.sharing|\bMTU\b.*\d|policy routing is enabled)"
)
_YES = frozenset({"always", "enabled", "per-packet"})


def interface_facts(text: Text) -> tuple[InterfaceFacts, ...]:
    """What a text says about each interface, in the order of the text."""
    found: list[InterfaceFacts] = []
    vrf: str | None = None
    for number, line in enumerate(text.lines, 1):
        where = Where(text.file, number)
        heading = _NXOS_VRF.match(line)
        name = _NXOS_NAME.match(line) or _NAME.match(line)
        if heading is not None:
            vrf = heading[1]
        elif name is not None:
            state = name["state"]
            up = state.lower() == "up" if state else None
            found.append(InterfaceFacts(name[1], where, up, vrf))
        elif found:
            found[-1] = _with_line(found[-1], line, where)
    return tuple(found)


def _with_line(facts: InterfaceFacts, line: str, where: Where) -> InterfaceFacts:
    """`facts` with what one line of the interface's block adds."""
    match = _VRF.match(line)
    if match is not None:
        return facts._replace(vrf=match[2])
    mtu = _any(_MTU, line)
    if mtu is not None:
        return facts._replace(mtu=Sourced[int](value=int(mtu), where=where))
    sends = _any(_UNREACHABLES, line)
    if sends is not None:
        return facts._replace(unreachables=Sourced[bool](value=sends in _YES, where=where))
    spread = _any(_PER_PACKET, line)
    if spread is not None:
        return facts._replace(per_packet=Sourced[bool](value=spread in _YES, where=where))
    match = _LISTS.match(line)
    if match is not None:
        direction = "out" if match[1] == "Outgoing" else "in"
        names = [part for part in re.split(r", access list is ", match[2]) if part != "not set"]
        lists = tuple(AppliedList(direction, name, where) for name in names)
        return facts._replace(access_lists=facts.access_lists + lists)
    match = _POLICY.match(line)
    if match is not None:
        return facts._replace(policy_route=Sourced[str](value=match[1], where=where))
    match = _CEF.match(line)
    if match is not None:
        return facts._replace(cef=Sourced[bool](value=match[1] in _YES, where=where))
    match = _FAST.match(line)
    if match is not None:
        return facts._replace(fast=Sourced[bool](value=match[1] in _YES, where=where))
    if _TOPICS.match(line):
        return facts._replace(not_understood=(*facts.not_understood, where))
    return facts


def _any(patterns: tuple[re.Pattern[str], ...], line: str) -> str | None:
    for pattern in patterns:
        match = pattern.match(line)
        if match is not None:
            return match[1]
    return None


def path_choices(text: Text, scope: Scope = Scope.EGRESS) -> tuple[PathChoice, ...]:
    """What the interfaces of a text report about per-packet load sharing, and about process switching of what
    enters, as choices in effect."""
    found = []
    for facts in interface_facts(text):
        if facts.per_packet is not None:
            found.append(_reported(text, facts, facts.per_packet, scope, facts.per_packet.value))
        if facts.cef is not None and facts.cef.value:
            found.append(_reported(text, facts, facts.cef, Scope.INGRESS, splits=False))
        elif facts.cef is not None and facts.fast is not None and not facts.fast.value:
            found.append(_reported(text, facts, facts.cef, Scope.INGRESS, splits=True))
    return tuple(found)


def _reported(
    text: Text, facts: InterfaceFacts, fact: Sourced[bool], scope: Scope, splits: bool
) -> PathChoice:
    line = fact.where.line if fact.where is not None else 1
    return PathChoice(
        stage=Stage.ECMP,
        scope=scope,
        spread=Spread.PER_PACKET if splits else Spread.FLOW,
        statement=text.lines[line - 1].strip(),
        interface=facts.name,
        family=4,
        operational=True,
        where=fact.where,
    )
