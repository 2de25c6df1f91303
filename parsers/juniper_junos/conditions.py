"""The `from` of a firewall filter term: which packets it matches, in words of the model.

Sources: Juniper, "Firewall Filter Match Conditions for IPv4 Traffic", "... for IPv6 Traffic", "... Based on
Address Fields" (longest match, implicit `0/0 except`); knowledge/filters.md 1.5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parsers.hierarchy.tree import Node
from parsers.juniper_junos import flags, ranges
from parsers.juniper_junos.draft import Draft
from parsers.juniper_junos.matching import Conditions
from parsers.juniper_junos.names import (
    ICMP_CODES,
    ICMP_TYPES,
    PORTS,
    PROTOCOLS,
    number_range,
    prefix,
)
from parsers.model.filters import ESTABLISHED_FLAGS, Fragments, InterfaceSpec, Ranges

Reader = Callable[[Draft, Conditions, Node], None]


def read_conditions(draft: Draft, node: Node | None, family: int, subject: str) -> Conditions:
    """The conditions of a term; no `from` matches everything."""
    found = Conditions(family, subject)
    if node is None:
        return found
    draft.use(node)
    for child in node.children.values():
        reader = CONDITIONS.get(child.word)
        if reader is not None:
            reader(draft, found, child)
        elif child.word in UNDECIDED or child.word.removesuffix("-except") in UNDECIDED:
            draft.use_all(child)
            found.doubts.append(f"'{child.word}' cannot be decided from a packet alone")
        elif child.word != "apply-macro":
            _missed(draft, found, child, f"'{child.word}' is not understood")
    return found


def _missed(draft: Draft, found: Conditions, node: Node, reason: str) -> None:
    draft.miss(node, "filter", found.subject)
    found.doubts.append(reason)


def _addresses(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        draft.use(node)
        target = found.addresses(side)
        for child in node.children.values():
            term = prefix(child.word)
            others = [word for word in child.children if word != "except"]
            if term is None or term.family != found.family or others:
                _missed(draft, found, child, f"'{child.word}' is no address of this family")
                found.widen(side)
                continue
            draft.use_all(child)
            (target.excepts if "except" in child.children else target.terms).append(term)

    return read


def _prefix_list(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        draft.use(node)
        target = found.addresses(side)
        for child in node.children.values():
            excepted = "except" in child.children
            known = draft.prefix_lists.get(child.word)
            if known is None:
                _missed(draft, found, child, f"prefix list {child.word} is not defined")
                if not excepted:
                    found.widen(side)
                continue
            draft.use_all(child)
            terms = [term for term in known.terms if term.family == found.family]
            if known.doubt is not None:
                found.doubts.append(f"prefix list {child.word}: {known.doubt}")
                if not excepted:
                    found.widen(side)
            (target.excepts if excepted else target.terms).extend(terms)

    return read


def _numbers(
    field: str, names: Mapping[str, int] | None, limit: int, negated: bool = False
) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        draft.use(node)
        parts = []
        table = names if names is not None else _icmp_names(field, found.family)
        for child in node.children.values():
            part = number_range(child.word, table, limit)
            if part is None or child.children:
                _missed(draft, found, child, f"'{node.word} {child.word}' is not understood")
                found.widen(field)
                continue
            draft.use(child)
            parts.append(part)
        value: Ranges = ranges.union(parts)
        found.narrow(field, ranges.complement(parts, limit) if negated else value)

    return read


def _icmp_names(field: str, family: int) -> Mapping[str, int]:
    return (ICMP_TYPES if field == "icmp_types" else ICMP_CODES)[family or 4]


def _neither_port(draft: Draft, found: Conditions, node: Node) -> None:
    """`port-except`: whether one port outside the list is enough is not documented, so packets with
    exactly one are undecided."""
    inner = Conditions(found.family, found.subject)
    _numbers("either_ports", PORTS, 65535)(draft, inner, node)
    found.doubts += inner.doubts
    if inner.either_ports is not None:
        found.port_except = inner.either_ports


def _flags(draft: Draft, found: Conditions, node: Node) -> None:
    alternatives: flags.Tests = []
    draft.use(node)
    if len(node.children) > 1:
        found.doubts.append("several tcp-flags values")
    for child in node.children.values():
        text, last = child.word, child
        while last.children:
            last = next(iter(last.children.values()))
            text += f" {last.word}"
        tests = flags.expression(text)
        if tests is None:
            _missed(draft, found, child, f"'tcp-flags {text}' is not understood")
            found.widen("flags")
        else:
            draft.use_all(child)
            alternatives += tests
    found.narrow_flags(alternatives)


def _established(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use_all(node)
    found.narrow_flags(list(ESTABLISHED_FLAGS))


def _initial(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use_all(node)
    found.narrow_flags(flags.INITIAL)


def _is_fragment(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use_all(node)
    found.fragments = Fragments.LATER


def _first_fragment(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use_all(node)
    found.fragments = Fragments.NOT_LATER
    found.doubts.append("whether whole packets are first fragments is not documented")


def _fragment_offset(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use_all(node)
    if list(node.children) == ["0"]:
        found.fragments = Fragments.NOT_LATER
    else:
        found.doubts.append("'fragment-offset' tells single fragments apart")


def _interface(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use_all(node)
    found.interfaces = InterfaceSpec(tuple(node.children))


def _interface_set(draft: Draft, found: Conditions, node: Node) -> None:
    names: list[str] = []
    for child in node.children.values():
        known = draft.interface_sets.get(child.word)
        if known is None:
            _missed(draft, found, child, f"interface set {child.word} is not defined")
            return
        names += known
    draft.use_all(node)
    found.interfaces = InterfaceSpec(tuple(names))


CONDITIONS: dict[str, Reader] = {
    "source-address": _addresses("src"),
    "destination-address": _addresses("dst"),
    "address": _addresses("either"),
    "source-prefix-list": _prefix_list("src"),
    "destination-prefix-list": _prefix_list("dst"),
    "prefix-list": _prefix_list("either"),
    "protocol": _numbers("protocols", PROTOCOLS, 255),
    "protocol-except": _numbers("protocols", PROTOCOLS, 255, negated=True),
    "next-header": _numbers("protocols", PROTOCOLS, 255),
    "next-header-except": _numbers("protocols", PROTOCOLS, 255, negated=True),
    "payload-protocol": _numbers("protocols", PROTOCOLS, 255),
    "payload-protocol-except": _numbers("protocols", PROTOCOLS, 255, negated=True),
    "source-port": _numbers("src_ports", PORTS, 65535),
    "source-port-except": _numbers("src_ports", PORTS, 65535, negated=True),
    "destination-port": _numbers("dst_ports", PORTS, 65535),
    "destination-port-except": _numbers("dst_ports", PORTS, 65535, negated=True),
    "port": _numbers("either_ports", PORTS, 65535),
    "port-except": _neither_port,
    "icmp-type": _numbers("icmp_types", None, 255),
    "icmp-type-except": _numbers("icmp_types", None, 255, negated=True),
    "icmp-code": _numbers("icmp_codes", None, 255),
    "icmp-code-except": _numbers("icmp_codes", None, 255, negated=True),
    "tcp-flags": _flags,
    "tcp-established": _established,
    "tcp-initial": _initial,
    "is-fragment": _is_fragment,
    "first-fragment": _first_fragment,
    "fragment-offset": _fragment_offset,
    "interface": _interface,
    "interface-set": _interface_set,
}
"""Match conditions that the model can hold."""

UNDECIDED = frozenset(
    {
        "ah-spi", "apply-groups", "destination-class", "destination-mac-address",
        "destination-port-range-optimize", "dscp", "esp-spi", "ether-type", "exp",
        "extension-header", "flexible-match-mask", "flexible-match-range", "flow-label",
        "forwarding-class", "fragment-flags", "fragment-offset", "gre-key", "hop-limit",
        "interface-group", "ip-address", "ip-destination-address", "ip-options", "ip-precedence",
        "ip-protocol", "ip-source-address", "ip-version", "is-fragment", "l2tp",
        "learn-vlan-1p-priority", "learn-vlan-id", "loss-priority", "mac-address",
        "packet-length", "policy-map", "precedence", "rat-type", "redirect-reason",
        "service-filter-hit", "source-class", "source-mac-address", "source-port-range-optimize",
        "traffic-class", "traffic-type", "ttl", "user-vlan-1p-priority", "user-vlan-id", "vlan",
        "vlan-ether-type", "vxlan",
    }
)  # fmt: skip
"""Match conditions on what the model's packets leave open; with `-except` too."""
