"""The classic CLI's form of a configuration: contexts by indent, closed by `exit`, one command a line.

Several words of a line can be arguments of its context (`vprn 1 name "x" customer 1 create`,
`match protocol tcp`): they become statements below it, as if each stood on a line of its own. Single commands
(`configure router interface "x" address 192.0.2.1/24`) are read the same way.

Source: Nokia SR OS, Basic System Configuration Guide (classic CLI), and the command hierarchies of the
configuration guides.
"""

from __future__ import annotations

from parsers.hierarchy.setform import words_of
from parsers.hierarchy.tree import Node, add
from parsers.ledger import Ledger
from parsers.nokia_style.statements import CUT

_MATCH = frozenset(
    {
        "protocol", "next-header", "protocol-list", "next-header-list", "dst-ip", "src-ip", "ip",
        "dst-port", "src-port", "port", "fragment", "icmp-type", "icmp-code", "tcp-established",
        "tcp-syn", "tcp-ack", "frame-type", "dscp", "router",
    }
)  # fmt: skip
_ROUTE = frozenset(
    {
        "next-hop", "indirect", "black-hole", "preference", "metric", "tag", "ecmp", "cpe-check",
        "enable", "disable", "bfd-enable", "prefix-list", "community", "ldp-sync", "mcast",
        "mcast-family", "generate-icmp", "create",
    }
)  # fmt: skip
_SERVICE = frozenset({"name", "customer", "vpn", "create", "mc-lag", "xconnect", "m-vpls", "test"})

CONTEXTS: dict[str, tuple[int, frozenset[str]]] = {
    "configure": (0, frozenset()),
    "/configure": (0, frozenset()),
    "service": (0, frozenset()),
    "match-list": (0, frozenset()),
    "vprn": (1, _SERVICE),
    "ies": (1, _SERVICE),
    "vpls": (1, _SERVICE | {"vpls-name", "etree"}),
    "epipe": (1, _SERVICE | {"vc-switching"}),
    "customer": (1, frozenset({"name", "create"})),
    "interface": (1, frozenset({"create", "tunnel", "gmpls-loopback"})),
    "subscriber-interface": (1, frozenset({"create", "fwd-service", "fwd-subscriber-interface"})),
    "group-interface": (1, frozenset({"create", "lns", "softgre", "wlangw", "gtp"})),
    "sap": (1, frozenset({"create", "split-horizon-group", "capture-sap", "endpoint"})),
    "spoke-sdp": (1, frozenset({"create", "vc-type", "split-horizon-group", "endpoint"})),
    "mesh-sdp": (1, frozenset({"create", "vc-type"})),
    "ip-tunnel": (1, frozenset({"create"})),
    "ipsec-tunnel": (1, frozenset({"create"})),
    "ip-filter": (1, frozenset({"name", "create"})),
    "ipv6-filter": (1, frozenset({"name", "create"})),
    "mac-filter": (1, frozenset({"name", "create"})),
    "entry": (1, frozenset({"create", "time-range"})),
    "match": (0, _MATCH),
    "ip-prefix-list": (1, frozenset({"create"})),
    "ipv6-prefix-list": (1, frozenset({"create"})),
    "port-list": (1, frozenset({"create"})),
    "protocol-list": (1, frozenset({"create"})),
    "redirect-policy": (1, frozenset({"create"})),
    "filter": (0, frozenset({"ip", "ipv6", "mac"})),
    "static-route-entry": (1, _ROUTE),
    "static-route": (1, _ROUTE),
    "next-hop": (1, _ROUTE - {"next-hop", "indirect", "black-hole"}),
    "indirect": (1, _ROUTE - {"next-hop", "indirect", "black-hole"}),
    "black-hole": (0, _ROUTE - {"next-hop", "indirect", "black-hole"}),
    "aggregate": (1, frozenset({"summary-only", "as-set", "black-hole", "indirect", "community",
                                "aggregator", "generate-icmp", "description", "tunnel-group",
                                "discard-component-communities", "local-preference", "policy"})),
    "lag": (1, frozenset({"name", "create"})),
    "ingress": (0, frozenset()),
    "egress": (0, frozenset()),
    "ipv6": (0, frozenset()),
}  # fmt: skip
"""Contexts and commands with arguments: how many words name them, and the words that begin an argument."""

_ROUTER_WORDS = frozenset(
    {"interface", "static-route", "static-route-entry", "ecmp", "bgp", "ospf", "ospf3", "isis", "aggregate",
     "autonomous-system", "router-id", "mpls", "ldp", "rsvp", "policy-options", "pim", "rip"}
)  # fmt: skip
_LISTS = frozenset({"port-list", "protocol-list", "ip-prefix-list", "ipv6-prefix-list"})


def read_classic(root: Node, lines: list[str], ledger: Ledger) -> None:
    """Reads `lines` below `root`. Lines that are no command are marked in `ledger`; commands stay unread there
    until an interpreter takes them. What nothing closes is doubted with `CUT`."""
    stack: list[tuple[int, Node]] = [(-1, root)]
    for number, raw in enumerate(lines, 1):
        text = raw.strip()
        if not text or text[0] == "#" or text.startswith("echo "):
            ledger.ignore(number)
            continue
        if text == "exit all":
            del stack[1:]
            ledger.ignore(number)
            continue
        expanded = raw.expandtabs(8)
        indent = len(expanded) - len(expanded.lstrip())
        while len(stack) > 1 and stack[-1][0] >= indent:
            stack.pop()
        if text == "exit":
            ledger.ignore(number)
            continue
        words = words_of(text)
        if words:
            stack.append((indent, place(stack[-1][1], words, number)))
    if len(stack) > 2:
        for _, node in stack[1:]:
            node.doubted(CUT, len(lines))


def place(parent: Node, words: list[str], line: int) -> Node:
    """Adds one command below `parent`; gives the context that lines below it belong to."""
    if words[0] == "router":
        named = len(words) > 1 and words[1] not in _ROUTER_WORDS
        node = parent.child("router", line).child(words[1] if named else "Base", line)
        rest = words[2:] if named else words[1:]
        return place(node, rest, line) if rest else _ended(node, line)
    names, arguments = CONTEXTS.get(words[0], (-1, frozenset()))
    if words[0] in _LISTS and parent.word != "match-list":
        names = -1  # inside a match it names a list, it does not hold one
    if names < 0 or len(words) <= names:
        return add(parent, words, line)
    node = parent.child(words[0], line)
    for word in words[1 : 1 + names]:
        node = node.child(word, line)
    return _arguments(node, words[1 + names :], arguments, line)


def _arguments(node: Node, rest: list[str], arguments: frozenset[str], line: int) -> Node:
    node.ended(line)
    position = 0
    while position < len(rest):
        if rest[position] not in arguments:
            # what stands on the same line and is no argument is a command of the context
            return place(node, rest[position:], line)
        following = position + 1
        while following < len(rest) and rest[following] not in arguments:
            following += 1
        if rest[position] != "create":
            add(node, rest[position:following], line)
        position = following
    return node


def _ended(node: Node, line: int) -> Node:
    node.ended(line)
    return node
