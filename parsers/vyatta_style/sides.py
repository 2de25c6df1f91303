"""`source` and `destination` of a rule: addresses, groups and ports of one side."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec
from parsers.model.filters import Ranges
from parsers.vyatta_style import values
from parsers.vyatta_style.draft import Draft, Group, several, single
from parsers.vyatta_style.groups import KINDS, find

_UNDECIDED = frozenset({"mac-address", "fqdn", "geoip"})
_ADDRESS_GROUPS = {
    4: {"address-group": ("address-group",), "network-group": ("network-group",)},
    6: {
        "address-group": ("ipv6-address-group",),
        "network-group": ("ipv6-network-group",),
        "ipv6-address-group": ("ipv6-address-group",),
        "ipv6-network-group": ("ipv6-network-group",),
    },
}
"""Which groups a rule of a family means by a word: `address-group` in an IPv6 rule is an IPv6 group."""


@dataclass
class Side:
    """One side of a rule. Fields are None where nothing restricts them."""

    spec: AddressSpec | None = None
    ports: Ranges | None = None
    doubts: list[str] = field(default_factory=list)

    def narrow(self, spec: AddressSpec) -> None:
        """Adds a condition on the address; a second one is left out with a doubt."""
        if self.spec is None:
            self.spec = spec
        else:
            self.doubts.append("two conditions on one address")

    def narrow_ports(self, ports: Ranges) -> None:
        """Adds a condition on the port."""
        self.ports = ports if self.ports is None else values.intersection(self.ports, ports)


def read_side(draft: Draft, node: Node, family: int, subject: str) -> Side:
    """What stands below `source` or `destination`."""
    side = Side()
    draft.use(node)
    mask = single(draft, node, "address-mask")
    for child in node.children.values():
        if child.word == "address":
            _address(draft, side, child, family, subject, mask)
        elif child.word == "port":
            _port(draft, side, child, subject)
        elif child.word == "group":
            _groups(draft, side, child, family, subject, mask is not None)
        elif child.word in _UNDECIDED:
            draft.use_all(child)
            side.doubts.append(f"'{child.word}' cannot be decided from a packet alone")
        elif child.word == "address-mask":
            if several(child) or not child.children or "address" not in node.children:
                _missed(draft, side, child, subject)
        else:
            _missed(draft, side, child, subject)
    return side


def _missed(draft: Draft, side: Side, node: Node, subject: str) -> None:
    draft.miss(node, "filter", subject)
    side.doubts.append(f"'{node.word}' is not understood")


def _address(
    draft: Draft, side: Side, node: Node, family: int, subject: str, mask: tuple[str, int] | None
) -> None:
    value = node.only()
    if value is None or several(node) or value.children:
        _missed(draft, side, node, subject)
        return
    found = values.masked(value.word, mask[0]) if mask is not None else values.addresses(value.word)
    if found is None or found.family != family:
        _missed(draft, side, node, subject)
        return
    draft.use_all(node)
    side.narrow(AddressSpec(found.terms, negated=found.negated))


def _port(draft: Draft, side: Side, node: Node, subject: str) -> None:
    value = node.only()
    found = values.ports(value.word, draft.dialect.modern) if value is not None else None
    if found is None or several(node) or (value is not None and value.children):
        _missed(draft, side, node, subject)
        return
    draft.use_all(node)
    side.narrow_ports(found)


def _groups(
    draft: Draft, side: Side, node: Node, family: int, subject: str, has_mask: bool
) -> None:
    draft.use(node)
    for child in node.children.values():
        value = child.only()
        kinds = _ADDRESS_GROUPS[family].get(child.word)
        if child.word == "port-group":
            kinds = ("port-group",)
        opaque = child.word in KINDS or child.word == "dynamic-address-group"
        if value is None or several(child) or value.children or (kinds is None and not opaque):
            _missed(draft, side, child, subject)
            continue
        draft.use_all(child)
        negated = value.word.startswith("!")
        if kinds is None:
            side.doubts.append(f"'{child.word}' cannot be decided from a packet alone")
            continue
        group = find(draft, kinds, value.word[negated:])
        if group.doubt is not None:
            side.doubts.append(group.doubt)
        elif has_mask and group.kind == "address":
            side.doubts.append("a mask on a group")
        else:
            _narrow(side, group, negated)


def _narrow(side: Side, group: Group, negated: bool) -> None:
    if group.kind == "port":
        ranges = values.merged(group.ports)
        side.narrow_ports(values.complement(ranges, values.TOP_PORT) if negated else ranges)
    else:
        side.narrow(AddressSpec(tuple(group.terms), negated=negated))
