"""Which words name leaves: the command lines let several stand on one line (`match protocol tcp dst-port eq 443`).

Source: YANG `nokia-conf` 26.3, as far as it is read.
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node

_ALWAYS = frozenset(
    {
        "admin-state", "chain-to-system-filter", "code", "default-action", "description", "ecmp",
        "encap-type", "end", "eq", "filter-id", "fragment", "gt", "ip-mtu", "lt", "mask", "metric",
        "next-header", "next-header-list", "port-list", "preference", "prefix-length", "protocol",
        "protocol-list", "scope", "seconds", "start", "generate-icmp", "service-id", "autonomous-system",
    }
)  # fmt: skip
_LISTS = frozenset({"ip-prefix-list", "ipv6-prefix-list"})
_SIDES = frozenset({"src-ip", "dst-ip", "ip"})
_MATCH = frozenset({"match"})
HOMES = dict.fromkeys(
    (
        "protocol", "next-header", "protocol-list", "next-header-list", "src-ip", "dst-ip", "src-port",
        "dst-port", "icmp", "icmp-type", "icmp-code", "fragment", "tcp-flags", "tcp-established", "tcp-syn",
        "tcp-ack",
    ),
    _MATCH,
) | {"action": frozenset({"entry *"})}  # fmt: skip
"""The blocks of words that may follow a leaf of another block."""


def is_leaf(node: Node, way: list[Node]) -> bool:
    """Whether `node` names a leaf where it stands."""
    word = node.word
    above = way[-1].word
    if above == "match-list" or (len(way) > 1 and way[-2].word in ("port-list", "protocol-list")):
        return False  # the lists themselves
    if word == "address":
        return above in _SIDES or above == "primary"
    if word in _LISTS:
        return above in _SIDES
    if word == "number":
        return above in ("unreachables", "packet-too-big")
    if word == "port":
        return len(way) > 1 and way[-2].word == "interface"
    return word in _ALWAYS
