"""The slow, obvious judge of one packet that the fast one must agree with.

It knows nothing of boxes: it reads a filter entry by entry as a person would, and where an entry
may or may not match it follows both ways. A packet is undecided if the ways end differently.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    FilterTable,
    Fragments,
    InterfaceSpec,
    LaterFragments,
    Match,
    Ranges,
)
from rules.packets.packet import Packet

NO, MAY, YES = 0, 1, 2
EITHER = frozenset({"permit", "deny"})
WITH_PORTS = (6, 17, 33, 132, 136)


class Return(NamedTuple):
    chain: Filter
    number: int
    active: frozenset[str]


class Oracle:
    def __init__(
        self,
        filters: FilterTable,
        packet: Packet,
        in_interface: str | None,
        out_interface: str | None,
    ) -> None:
        self.filters = filters
        self.packet = packet
        self.interfaces = (in_interface, out_interface)

    def outcome(self, key: str) -> str:
        base = self.find(key)
        assert base is not None
        self.base = base
        if base.uncertain:
            return "unknown"
        ends = self.walk(base, 0, (), frozenset({key}))
        return next(iter(ends)) if len(ends) == 1 else "unknown"

    def find(self, key: str | None) -> Filter | None:
        if key is None:
            return None
        return self.filters.get((key, self.packet.family)) or self.filters.get((key, 0))

    def walk(
        self, chain: Filter, index: int, stack: tuple[Return, ...], active: frozenset[str]
    ) -> frozenset[str]:
        if index == len(chain.entries):
            if chain.default in (Action.PERMIT, Action.DENY):
                return frozenset({chain.default.value})
            if chain.default is None:
                return self.back(stack)
            return EITHER
        entry = chain.entries[index]
        matched = NO
        for match in entry.matches:
            matched = max(matched, self.matches(match, entry, chain.later_fragments))
        if matched == NO or entry.action is Action.CONTINUE:
            return self.walk(chain, index + 1, stack, active)
        taken = self.take(entry, chain, index, stack, active)
        if matched == YES:
            return taken
        return taken | self.walk(chain, index + 1, stack, active)

    def take(
        self,
        entry: Entry,
        chain: Filter,
        index: int,
        stack: tuple[Return, ...],
        active: frozenset[str],
    ) -> frozenset[str]:
        if entry.action in (Action.PERMIT, Action.DENY):
            return frozenset({entry.action.value})
        if entry.action is Action.UNKNOWN:
            return EITHER
        if entry.action is Action.RETURN:
            return self.back(stack)
        target = self.find(entry.target)
        if target is None or target.key in active or target.uncertain:
            return EITHER
        if entry.action is Action.JUMP:
            stack = (*stack, Return(chain, index + 1, active))
        return self.walk(target, 0, stack, active | {target.key})

    def back(self, stack: tuple[Return, ...]) -> frozenset[str]:
        if stack:
            last = stack[-1]
            return self.walk(last.chain, last.number, stack[:-1], last.active)
        if self.base.default in (Action.PERMIT, Action.DENY):
            return frozenset({self.base.default.value})
        return EITHER

    def matches(self, match: Match, entry: Entry, later: LaterFragments) -> int:
        packet = self.packet
        if match.family not in (0, packet.family):
            return NO
        if match.protocols is not None and not inside(match.protocols, packet.protocol):
            return NO
        if not address_in(match.src, packet.family, packet.src):
            return NO
        if not address_in(match.dst, packet.family, packet.dst):
            return NO
        if match.states is not None and packet.state not in match.states:
            return NO
        answer = YES if entry.uncertain is None else MAY
        specs = (match.in_interfaces, match.out_interfaces)
        for spec, name in zip(specs, self.interfaces, strict=True):
            if spec is not None:
                if name is None:
                    answer = MAY
                elif not interface_in(spec, name):
                    return NO
        return min(answer, layer4(match, entry.action, packet, later))


def layer4(match: Match, action: Action, packet: Packet, later: LaterFragments) -> int:
    ports = match.src_ports is not None or match.dst_ports is not None
    icmp = 1 if packet.family == 4 else 58
    if ports and packet.protocol not in WITH_PORTS:
        return NO
    if match.flags is not None and packet.protocol != 6:
        return NO
    if match.icmp is not None and packet.protocol != icmp:
        return NO
    named = ports or match.flags is not None or match.icmp is not None
    if packet.later_fragment:
        return later_fragment(match.fragments, action, later, named)
    if match.fragments is Fragments.LATER:
        return NO
    tests = [
        match.src_ports is None or inside(match.src_ports, packet.src_port),
        match.dst_ports is None or inside(match.dst_ports, packet.dst_port),
        match.flags is None or any(packet.flags & t.mask == t.value for t in match.flags),
        match.icmp is None
        or any(
            t.type == packet.icmp_type and t.low <= packet.icmp_code <= t.high for t in match.icmp
        ),
    ]
    return YES if all(tests) else NO


def later_fragment(fragments: Fragments, action: Action, later: LaterFragments, named: bool) -> int:
    if later is LaterFragments.WHOLE:
        if fragments is Fragments.LATER:
            return NO
        return MAY if named else YES
    if fragments is Fragments.NOT_LATER:
        return NO
    if not named:
        return YES
    if later is LaterFragments.NEVER:
        return NO
    if later is LaterFragments.CISCO and action is Action.DENY:
        return NO
    if later is LaterFragments.CISCO and action in (Action.PERMIT, Action.UNKNOWN):
        return YES
    return MAY


def inside(ranges: Ranges, number: int) -> bool:
    return any(low <= number <= high for low, high in ranges)


def holds(term: AddressTerm, family: int, address: int) -> bool:
    return term.family == family and address & term.care == term.value


def address_in(spec: AddressSpec | None, family: int, address: int) -> bool:
    if spec is None:
        return True
    longest = max(
        (bin(t.care).count("1") for t in spec.terms if holds(t, family, address)), default=-1
    )
    barred = max(
        (bin(t.care).count("1") for t in spec.excepts if holds(t, family, address)), default=-1
    )
    return (longest > barred) is not spec.negated


def interface_in(spec: InterfaceSpec, name: str) -> bool:
    found = False
    for word in spec.names:
        found |= name.startswith(word[:-1]) if word[-1] == "*" else name == word
    return found is not spec.negated
