"""The `match` of an NVUE rule: what it names becomes conditions, what a packet does not tell makes it uncertain.

Source: NVUE reference, "ACL" (5.0 to 5.14); Cumulus Linux 5.9, "Access Control List Configuration".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.cumulus_linux.draft import Draft
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import (
    ESTABLISHED_FLAGS,
    FlagTest,
    Fragments,
    IcmpTest,
    Match,
    Range,
    Ranges,
)
from parsers.netfilter_style.names import TCP_FLAGS, XT_ICMP, port_number, protocol_number
from parsers.netfilter_style.xt_addresses import address_term

ANY = frozenset({"any", "ANY", "all"})
PROTOCOLS = {"icmpv6": 58, "icmp6": 58, "ip": None, "any": None, "ANY": None}
ICMP_ALIASES = {"dest-unreachable": "destination-unreachable"}


@dataclass
class Conditions:
    """What one rule matches; `doubts` say why that is a superset."""

    family: int
    subject: str
    protocol: Ranges | None = None
    src: AddressSpec | None = None
    dst: AddressSpec | None = None
    src_ports: Ranges | None = None
    dst_ports: Ranges | None = None
    icmp: tuple[IcmpTest, ...] | None = None
    flags: tuple[FlagTest, ...] | None = None
    fragments: Fragments = Fragments.ANY
    doubts: list[str] = field(default_factory=list)

    def doubt(self, reason: str) -> None:
        """Notes that the conditions read are only a superset, and why."""
        if reason not in self.doubts:
            self.doubts.append(reason)

    def match(self) -> Match:
        """All conditions together."""
        return Match(
            self.family, self.protocol, self.src, self.dst, self.src_ports, self.dst_ports,
            self.icmp, self.flags, self.fragments,
        )  # fmt: skip


Reader = Callable[[Draft, Conditions, Node], None]


def read_match(draft: Draft, found: Conditions, node: Node) -> None:
    """The conditions below `match`."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "ip":
            _fields(draft, found, child, IP)
        elif child.word in ("tcp", "udp"):
            _transport(draft, found, child)
        elif child.word in ("mac", "inner-ip", "conntrack"):
            draft.use_all(child)
            if child.children:
                found.doubt(f"'match {child.word}' cannot be decided from a packet's own headers")
        else:
            _missed(draft, found, child)


def _fields(draft: Draft, found: Conditions, node: Node, table: dict[str, Reader]) -> None:
    draft.use(node)
    for child in node.children.values():
        reader = table.get(child.word)
        if reader is not None:
            reader(draft, found, child)
        elif child.word in UNDECIDED:
            draft.use_all(child)
            found.doubt(f"'{child.word}' cannot be decided from a packet alone")
        else:
            _missed(draft, found, child)


def _missed(draft: Draft, found: Conditions, node: Node, reason: str | None = None) -> None:
    draft.miss(node, "filter", found.subject)
    found.doubt(reason or f"'{node.word}' is not understood")


def _protocol(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    try:
        text = value.word if value is not None and not value.children else ""
        number = PROTOCOLS[text] if text in PROTOCOLS else protocol_number(text)
    except ValueError:
        _missed(draft, found, node, "a protocol that is not known")
        return
    draft.use_all(node)
    if number is not None:
        _narrow(found, number)


def _narrow(found: Conditions, number: int) -> None:
    """Adds a condition on the protocol; two that differ match nothing, which no device would take."""
    if found.protocol not in (None, ((number, number),)):
        found.doubt("two protocols in one rule")
        found.protocol = None
    else:
        found.protocol = ((number, number),)


def _address(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        terms: list[AddressTerm] = []
        anything = False
        for child in node.children.values():
            if child.word in ANY:
                anything = True
                continue
            try:
                term = address_term(child.word)
            except ValueError:
                term = None
            if term is None or term.family != found.family or child.children:
                _missed(draft, found, node, f"'{node.word}' without an address of this family")
                return
            terms.append(term)
        if not terms and not anything:
            _missed(draft, found, node, f"'{node.word}' without an address")
            return
        draft.use_all(node)
        if len(node.children) > 1:
            found.doubt(f"'{node.word}' names several addresses")
        if not anything:
            setattr(found, side, AddressSpec(tuple(terms)))

    return read


def _ports(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        ranges: list[Range] = []
        for child in node.children.values():
            if child.word in ANY:
                draft.use_all(node)
                return
            one = port_range(child.word)
            if one is None or child.children:
                ranges = []
                break
            ranges.append(one)
        if not ranges:
            _missed(draft, found, node, f"'{node.word}' without a port or range")
            return
        draft.use_all(node)
        setattr(found, side, tuple(ranges))

    return read


def port_range(text: str) -> Range | None:
    """The ports of `22`, `ssh`, `1024:65535` or `1024-65535`; None where that is none."""
    low, sep, high = text.partition(":")
    if not sep and text[:1].isdigit():
        low, sep, high = text.partition("-")
    try:
        first = port_number(low)
        last = port_number(high) if sep else first
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _icmp(family: int) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        tests: list[IcmpTest] = []
        for child in node.children.values():
            name = ICMP_ALIASES.get(child.word, child.word)
            if name.isascii() and name.isdigit() and int(name) < 256:
                tests.append(IcmpTest(int(name)))
            elif name in XT_ICMP[family]:
                tests.append(XT_ICMP[family][name])
            else:
                tests = []
                break
        if not tests or family != found.family:
            _missed(draft, found, node, f"'{node.word}' without a known type")
            return
        draft.use_all(node)
        found.icmp = tuple(tests)

    return read


def _transport(draft: Draft, found: Conditions, node: Node) -> None:
    """`tcp` or `udp`: ports, flags, and the state of a session."""
    _narrow(found, 6 if node.word == "tcp" else 17)
    _fields(draft, found, node, TCP if node.word == "tcp" else PORTS)
    if node.word == "tcp" and ("flags" in node.children or "mask" in node.children):
        _tests(found, node)


def _tests(found: Conditions, node: Node) -> None:
    """`flags` and `mask` together: the bits of the mask must be as the flags say."""
    mask, value = _bits(node.children.get("mask")), _bits(node.children.get("flags"))
    if mask is None or value is None:
        found.doubt("TCP flags without a mask")
    elif value & ~mask:
        found.doubt("TCP flags outside their mask")
    else:
        found.flags = (FlagTest(mask, value),)


def _bits(node: Node | None) -> int | None:
    if node is None or not node.children:
        return None
    bits = 0
    for child in node.children.values():
        if child.word.lower() == "all":
            bits |= 63
        elif child.word.lower() in TCP_FLAGS:
            bits |= TCP_FLAGS[child.word.lower()]
        elif child.word.lower() != "none":
            return None
    return bits


def _flag_words(draft: Draft, found: Conditions, node: Node) -> None:
    if _bits(node) is None:
        _missed(draft, found, node, f"'{node.word}' with a flag that is not known")
    else:
        draft.use_all(node)


def _state(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    if value is None or value.word != "established" or len(node.children) > 1:
        _missed(draft, found, node, "a state that is not known")
    else:
        draft.use_all(node)
        found.flags = ESTABLISHED_FLAGS


def _fragment(draft: Draft, found: Conditions, node: Node) -> None:
    """`fragment` (iptables -f): the second and later fragments."""
    value = node.only()
    if value is not None and value.word not in ("on", "enabled", "true"):
        _missed(draft, found, node, "'fragment' with a word that is not known")
    else:
        draft.use_all(node)
        found.fragments = Fragments.LATER


PORTS: dict[str, Reader] = {
    "source-port": _ports("src_ports"),
    "dest-port": _ports("dst_ports"),
}
TCP: dict[str, Reader] = {
    **PORTS,
    "flags": _flag_words,
    "mask": _flag_words,
    "state": _state,
}
IP: dict[str, Reader] = {
    **PORTS,
    "protocol": _protocol,
    "source-ip": _address("src"),
    "dest-ip": _address("dst"),
    "icmp-type": _icmp(4),
    "icmpv6-type": _icmp(6),
    "fragment": _fragment,
    "tcp": _transport,
    "udp": _transport,
}
"""Match criteria that the model can hold."""

UNDECIDED = frozenset(
    {"dscp", "ecn", "hashlimit", "recent-list", "connection-state", "mss", "all-mss-except", "ttl", "hop-limit",
     "payload-offset", "tcp-option"}
)  # fmt: skip
"""Match criteria on what the model's packets leave open."""
