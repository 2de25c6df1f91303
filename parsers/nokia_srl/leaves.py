"""Which words name leaves: the CLI lets several stand on one line (`match protocol tcp destination-ip prefix P`).

Source: the YANG models of `acl`, `interface`, `network-instance` and `system`, as far as they are read.
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node

_ALWAYS = frozenset(
    {
        "admin-state", "aggregate-id", "code", "default-ip-mtu", "description", "destination-address",
        "end", "first-fragment", "fragment", "generate-icmp", "host-name", "ip-address", "ip-mtu",
        "log", "metric", "next-header", "next-hop-group", "operator", "preference", "prefix-list",
        "protocol", "resolve", "source-address", "start", "statistics-per-entry", "subinterface-specific",
        "summary-only", "tcp-flags", "value", "vlan-tagging", "destination-port-hash", "hash-seed", "l2-mtu",
    }
)  # fmt: skip
_SIDES = frozenset({"source-ip", "destination-ip"})
_SIDE_LEAVES = frozenset({"prefix", "address", "mask"})
_MATCH = frozenset({"match", "ipv4", "ipv6"})
HOMES = {
    **dict.fromkeys(
        ("protocol", "next-header", "source-ip", "destination-ip", "icmp", "icmp6", "fragment",
         "first-fragment", "dscp-set"),
        _MATCH,
    ),
    **dict.fromkeys(("source-port", "destination-port", "tcp-flags"), frozenset({"match", "transport"})),
    "transport": frozenset({"match"}),
    "action": frozenset({"entry *"}),
}  # fmt: skip
"""The blocks of words that may follow a leaf of another block."""


def is_leaf(node: Node, way: list[Node]) -> bool:
    """Whether `node` names a leaf where it stands."""
    word = node.word
    above = way[-1].word
    if word in _SIDE_LEAVES:
        return above in _SIDES
    if word == "type":
        # `acl-filter NAME type ipv4` is a key of the list
        return len(way) < 2 or way[-2].word != "acl-filter"
    if word == "mtu":
        return len(way) > 1 and way[-2].word == "interface"  # `system mtu` is a block
    if word in ("interface", "subinterface"):
        return above == "interface-ref"
    return word in _ALWAYS
