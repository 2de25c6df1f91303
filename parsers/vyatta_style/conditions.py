"""The conditions of one rule as a `Match`, with what cannot be decided from a packet.

All conditions of a rule hold together; a field that is not understood is left wide open, so that the match stays
a superset, and the rule gets a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec
from parsers.model.filters import (
    FlagTest,
    Fragments,
    IcmpTest,
    InterfaceSpec,
    Match,
    Ranges,
    State,
)
from parsers.vyatta_style import values
from parsers.vyatta_style.draft import Draft, several, single
from parsers.vyatta_style.groups import find
from parsers.vyatta_style.names import ANY_CODE, ICMP_NAMES
from parsers.vyatta_style.sides import read_side

WITH_PORTS: Ranges = ((6, 6), (17, 17))
ICMP_NUMBER = {4: 1, 6: 58}


@dataclass
class Conditions:
    """What the statements of one rule say so far."""

    family: int
    subject: str
    protocols: Ranges | None = None
    src: AddressSpec | None = None
    dst: AddressSpec | None = None
    src_ports: Ranges | None = None
    dst_ports: Ranges | None = None
    icmp: tuple[IcmpTest, ...] | None = None
    flags: tuple[FlagTest, ...] | None = None
    fragments: Fragments = Fragments.ANY
    states: frozenset[State] | None = None
    into: InterfaceSpec | None = None
    out: InterfaceSpec | None = None
    doubts: list[str] = field(default_factory=list)

    def match(self) -> Match:
        """The conjunction."""
        return Match(
            self.family, self.protocols, self.src, self.dst, self.src_ports, self.dst_ports,
            self.icmp, self.flags, self.fragments, self.states, self.into, self.out,
        )  # fmt: skip

    def doubt(self) -> str | None:
        """Why the rule may not match all that the fields describe."""
        return "; ".join(dict.fromkeys(self.doubts)) or None


Reader = Callable[[Draft, Conditions, Node], None]


def missed(draft: Draft, found: Conditions, node: Node, reason: str) -> None:
    """Records a condition that is not understood."""
    draft.miss(node, "filter", found.subject)
    found.doubts.append(reason)


def protocol(draft: Draft, found: Conditions, node: Node) -> None:
    """`protocol tcp`."""
    value = node.only()
    parsed = values.protocols(value.word) if value is not None else None
    if parsed is None or value is None or value.children or several(node):
        missed(draft, found, node, "the protocol is not understood")
        return
    draft.use_all(node)
    if value.word.lower() == "!tcp_udp" and not draft.dialect.modern:
        found.doubts.append("'!tcp_udp' becomes two rules of which one always matches")
        return
    if value.word != "all":
        found.protocols = parsed


def state(draft: Draft, found: Conditions, node: Node) -> None:
    """`state established enable` (1.3, EdgeOS) or `state established` (1.4)."""
    draft.use(node)
    states = set()
    for child in node.children.values():
        switch = child.only()
        try:
            named = State(child.word)
        except ValueError:
            missed(draft, found, child, f"state '{child.word}' is not understood")
            return
        if several(child) or (switch is not None and switch.word not in ("enable", "disable")):
            missed(draft, found, child, f"state '{child.word}' is not understood")
            return
        draft.use_all(child)
        if switch is None or switch.word == "enable":
            states.add(named)
    if states:
        draft.tracked = True
        found.states = frozenset(states)


def side(word: str) -> Reader:
    """The reader of `source` or `destination`."""

    def read(draft: Draft, found: Conditions, node: Node) -> None:
        made = read_side(draft, node, found.family, found.subject)
        found.doubts += made.doubts
        if word == "source":
            found.src, found.src_ports = made.spec, made.ports
        else:
            found.dst, found.dst_ports = made.spec, made.ports

    return read


def icmp(family: int) -> Reader:
    """The reader of `icmp` or `icmpv6`: a name, or a type and perhaps a code."""

    def read(draft: Draft, found: Conditions, node: Node) -> None:
        draft.use(node)
        known = {"type", "code", "type-name"}
        parts = {}
        for child in node.children.values():
            value = child.only()
            if child.word not in known or value is None or several(child) or value.children:
                missed(draft, found, child, f"'{node.word} {child.word}' is not understood")
                return
            parts[child.word] = value.word
        test = _icmp_test(parts, family)
        if test is None and parts:
            missed(draft, found, node, f"the {node.word} message is not understood")
            return
        draft.use_all(node)
        if family != found.family:
            found.doubts.append(f"'{node.word}' in a rule for IPv{found.family}")
        elif test is not None:
            found.icmp = None if test == () else test

    return read


def _icmp_test(parts: dict[str, str], family: int) -> tuple[IcmpTest, ...] | None:
    """The tests of a type and code; the empty tuple stands for every message."""
    names = ICMP_NAMES[family]
    name = parts.get("type-name") or parts.get("type")
    if name is None:
        return None
    kind, slash, tail = name.partition("/")
    code = tail if slash else parts.get("code")
    if name.lower() == "any":
        return ()
    if kind.lower() in names:
        number, (low, high) = names[kind.lower()]
    elif kind.isdecimal() and int(kind) <= 255:
        number, (low, high) = int(kind), ANY_CODE
    else:
        return None
    if code is not None:
        if not code.isdecimal() or int(code) > 255:
            return None
        low = high = int(code)
    return (IcmpTest(number, low, high),)


def tcp(draft: Draft, found: Conditions, node: Node) -> None:
    """`tcp flags SYN,!ACK` (1.3, EdgeOS), or `tcp flags syn`, `tcp flags not ack` (1.4); `mss` is undecided."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "mss":
            draft.use_all(child)
            found.doubts.append("'tcp mss' cannot be decided from a packet alone")
        elif child.word == "flags":
            test = _flags(child)
            if test is None:
                missed(draft, found, child, "the TCP flags are not understood")
                continue
            draft.use_all(child)
            found.flags = (test,)
        else:
            missed(draft, found, child, f"'tcp {child.word}' is not understood")


def _flags(node: Node) -> FlagTest | None:
    words = [(word, True) for word in node.children if word != "not"]
    negated = node.children.get("not")
    if len(words) == 1 and negated is None and ("," in words[0][0] or words[0][0][0] == "!"):
        return values.legacy_flags(words[0][0])
    words += [(word, False) for word in negated.children] if negated is not None else []
    return values.flag_test(words) if words else None


def fragment(draft: Draft, found: Conditions, node: Node) -> None:
    """`fragment match-frag` is second and further fragments, `match-non-frag` all else."""
    words = set(node.children)
    if words == {"match-frag"}:
        found.fragments = Fragments.LATER
    elif words == {"match-non-frag"}:
        found.fragments = Fragments.NOT_LATER
    elif words:
        missed(draft, found, node, "the fragment condition is not understood")
        return
    draft.use_all(node)


_INTERFACE_WORDS = frozenset({"name", "group", "interface-name", "interface-group"})


def interface(word: str) -> Reader:
    """The reader of `inbound-interface` or `outbound-interface`: a name or a group, perhaps with `!`."""

    def read(draft: Draft, found: Conditions, node: Node) -> None:
        named = single(draft, node, "name") or single(draft, node, "interface-name")
        group = single(draft, node, "group") or single(draft, node, "interface-group")
        if not _INTERFACE_WORDS.issuperset(node.children):
            missed(draft, found, node, f"'{word}' is not understood")
            return
        draft.use_all(node)
        text = named or group
        if text is None:
            return
        negated = text[0].startswith("!")
        names = [text[0][negated:]]
        if group is not None and named is None:
            known = find(draft, ("interface-group",), names[0])
            if known.doubt:
                found.doubts.append(known.doubt)
                return
            names = known.names
        members = _members(draft, found, names, word)
        strange = next((name for name in members if _is_strange(draft, name)), None)
        if strange is not None:
            found.doubts.append(f"no interface {strange} is in the text")
            return
        spec = InterfaceSpec(tuple(members), negated)
        if word == "inbound-interface":
            found.into = spec
        else:
            found.out = spec

    return read


_MADE = re.compile(r".*\*|(?:l2tp|ppp|pptp|sstp|ipoe|ipsec|pod|veth|vtun|tap|lo|wwan|vpp)[\w.-]*")
"""Interfaces that services make, or patterns of names."""


def _is_strange(draft: Draft, name: str) -> bool:
    return bool(draft.interfaces) and name not in draft.interfaces and not _MADE.fullmatch(name)


def _members(draft: Draft, found: Conditions, names: list[str], word: str) -> list[str]:
    """The interfaces that names stand for. A packet comes in through the VRF's name where its interface is in one
    (vyos-documentation, "IPv4 Firewall Configuration", inbound-interface), and goes out through the interface."""
    out = []
    for name in names:
        if name in draft.vrf_members:
            out += draft.vrf_members[name]
            if word == "outbound-interface":
                found.doubts.append(f"{name} is a VRF")
            continue
        known = draft.interfaces.get(name)
        if known is not None and known.vrf != "default" and word == "inbound-interface":
            found.doubts.append(f"{name} is in a VRF, whose name packets come in with")
        out.append(name)
    return out


def undecided(draft: Draft, found: Conditions, node: Node) -> None:
    """A condition on what packets of the model leave open."""
    draft.use_all(node)
    found.doubts.append(f"'{node.word}' cannot be decided from a packet alone")


def finish(draft: Draft, found: Conditions) -> None:
    """Checks what goes together: ports want a protocol with ports, flags want TCP, ICMP messages ICMP."""
    has_ports = found.src_ports is not None or found.dst_ports is not None
    named = found.protocols
    if has_ports and (named is None or not _within(named, WITH_PORTS)):
        found.doubts.append("ports without the protocol tcp, udp or tcp_udp are refused")
    if found.flags is not None and named != ((6, 6),):
        found.doubts.append("TCP flags without the protocol tcp are refused")
    number = ICMP_NUMBER[found.family]
    if found.icmp is not None and named is None:
        found.protocols = ((number, number),)
    if found.icmp is not None and named is not None and named != ((number, number),):
        found.doubts.append("ICMP messages with another protocol are refused")
    if found.states is not None and draft.untracked is not None:
        found.doubts.append("some connections are not tracked")


def _within(inner: Ranges, outer: Ranges) -> bool:
    return values.intersection(inner, outer) == values.merged(inner)
