"""The action of a filter entry, in both command lines, and what it means for a packet in transit.

Source: Nokia SR OS 22.7, Router Configuration Guide, "IPv4/IPv6 filter policy entry actions"; YANG
`nokia-conf-filter` 26.3. An entry without an action is not active.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.hierarchy.tree import Node
from parsers.model.filters import Action
from parsers.nokia_sros.draft import Draft
from parsers.nokia_style.statements import newest, number_of, said


class Decision(NamedTuple):
    """What an entry does; `line` is where its action is said, `diverts` where it names another way out."""

    action: Action
    doubt: str | None
    line: int
    diverts: int = 0


PERMITTING = frozenset(
    {"accept", "forward", "nat", "reassemble", "tcp-mss-adjust", "gtp-local-breakout", "remark", "rate-limit",
     "queue", "permit"}
)  # fmt: skip
DENYING = frozenset({"drop", "deny", "deny-host-unreachable", "reject"})
"""`drop` in filter policies; the others in management access filters."""
UNDECIDED = {
    "http-redirect": "the router answers HTTP requests itself",
    "accept-when": "the packet's length, TTL or content decides",
    "forward-when": "the packet's length, TTL or content decides",
    "drop-when": "the packet's length, TTL or content decides",
    "drop-extracted-traffic": "only packets for the router's processor are dropped",
}
MODIFIERS = frozenset(
    {"fc", "l2-aware-nat-bypass", "secondary", "log", "shared-policer", "sample-profile"}
)
DECIDING = PERMITTING | DENYING | frozenset({*UNDECIDED, "ignore-match"})
CONDITIONS = frozenset({"packet-length", "ttl", "hop-limit", "payload-length", "pattern"})


def read_action(draft: Draft, node: Node, subject: str) -> Decision:
    """The decision of an `action` statement. Of several the last one said holds."""
    draft.use(node)
    chosen: Node | None = None
    doubt = None
    for child in node.children.values():
        if child.word in MODIFIERS:
            draft.use_all(child)
        elif child.word in DECIDING:
            draft.use_all(child)
            if chosen is None or (-child.rank, newest(child)) >= (-chosen.rank, newest(chosen)):
                chosen = child
        else:
            draft.miss(child, "filter", subject)
            doubt = f"action '{child.word}' is not understood"
    if chosen is None or doubt is not None:
        return Decision(Action.UNKNOWN, doubt or "an action that says nothing", said(node))
    return _decided(draft, chosen)


def _decided(draft: Draft, node: Node) -> Decision:
    line = said(node)
    if node.word in UNDECIDED:
        return Decision(Action.UNKNOWN, UNDECIDED[node.word], line)
    if node.word == "ignore-match":
        return Decision(Action.CONTINUE, None, line)
    if CONDITIONS & set(node.children):
        return Decision(Action.UNKNOWN, "the packet's length, TTL or content decides", line)
    if node.word in DENYING:
        if node.children:
            return Decision(Action.UNKNOWN, "a 'drop' with a condition", line)
        return Decision(Action.DENY, None, line)
    if node.word == "rate-limit" and _drops_all(node):
        return Decision(Action.UNKNOWN, "a rate limit of nothing", line)
    if node.word == "nat":
        draft.recognise("nat", node, "a filter entry sends packets to address translation")
    if node.word == "tcp-mss-adjust":
        draft.recognise(
            "mss-adjust", node, "a filter entry sends packets to an ISA that clamps the MSS"
        )
    diverts = line if node.word == "forward" and node.children else 0
    return Decision(Action.PERMIT, None, line, diverts)


def _drops_all(node: Node) -> bool:
    value = node.value("pir") or node.only()
    return value is not None and number_of(value.word) == 0
