"""`acl NAME`: rules in ascending order, the first that matches decides, and what none matches passes.

NVUE writes an access list on an interface as rules of `-t mangle -A PREROUTING -i PORT` (in) and `POSTROUTING -o PORT`
(out), whose chains end in ACCEPT. `control-plane` makes INPUT and OUTPUT of them, which transit never meets.

Source: Cumulus Linux 5.9, "Access Control List Configuration"; NVUE reference, "ACL".
"""

from __future__ import annotations

from parsers.cumulus_linux.conditions import Conditions, read_match
from parsers.cumulus_linux.draft import Draft, Handler, first_line
from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match

FAMILIES = {"ipv4": 4, "ipv6": 6, "mac": 0}
HIGHEST = 1 << 32


def read_acls(given: str | None = None) -> Handler:
    """The handler of all lists; `given` is their type where the command itself says it (NCLU)."""

    def acls(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            _acl(draft, child, given)

    return acls


def _acl(draft: Draft, node: Node, given: str | None) -> None:
    draft.use(node)
    kind = node.value("type")
    word = given or (kind.word if kind is not None else None)
    doubt = node.doubt
    if word not in FAMILIES:
        doubt = doubt or "an access list without a known type"
    family = FAMILIES.get(word or "", 0)
    entries: list[Entry] = []
    for child in node.children.values():
        if child.word == "type" and len(child.children) == 1:
            draft.use_all(child)
        elif child.word == "rule":
            draft.use(child)
            entries += _rules(draft, child, family, word == "mac", node.word)
        else:
            draft.miss(child, "filter", node.word)
            doubt = doubt or f"'{child.word}' is not understood"
    draft.facts.filters[node.word, family] = Filter(
        node.word,
        family,
        draft.file,
        first_line(node),
        tuple(entries),
        Action.PERMIT,
        (node.word,),
        "mac-acl" if word == "mac" else "acl" if given is None else "NCLU acl",
        later_fragments=LaterFragments.UNKNOWN,
        uncertain=doubt,
    )


def _rules(draft: Draft, node: Node, family: int, by_mac: bool, subject: str) -> list[Entry]:
    found: list[tuple[int, Entry]] = []
    for child in node.children.values():
        number = int(child.word) if child.word.isascii() and child.word.isdigit() else HIGHEST
        entry = _rule(draft, child, family, by_mac, subject)
        if number >= HIGHEST:
            draft.miss(child, "filter", subject)
            # a rule without a place: it may stand in front of all others
            entry = entry._replace(uncertain="a rule whose number is none", action=Action.UNKNOWN)
            number = -1
        found.append((number, entry))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _rule(draft: Draft, node: Node, family: int, by_mac: bool, subject: str) -> Entry:
    draft.use(node)
    found = Conditions(family, subject)
    for child in node.children.values():
        if child.word == "match":
            read_match(draft, found, child)
        elif child.word in ("remark", "type"):
            draft.ignore_all(child)
        elif child.word != "action":
            draft.miss(child, "filter", subject)
            found.doubt(f"'{child.word}' is not understood")
    action, line, doubt = _action(draft, node.children.get("action"), subject)
    if doubt is not None:
        found.doubt(doubt)
    for inner in node.walk():
        if inner.doubt is not None:
            found.doubt(inner.doubt)
            action = Action.UNKNOWN
    reason = "; ".join(found.doubts) or None
    match = Match() if by_mac else found.match()
    return Entry(line or first_line(node), action, (match,), reason, label=node.word)


_BESIDE = frozenset({"log", "set", "span", "erspan", "police", "recent", "source-nat", "dest-nat"})
NAT = ("source-nat", "dest-nat")


def _action(draft: Draft, node: Node | None, subject: str) -> tuple[Action, int, str | None]:
    """What a rule does, the line that says so, and why that may be another thing.

    Rules that only set a class or police go on; whether those that only log, mark or mirror end the list differs
    between the kernel and the switch's hardware, so they are uncertain.
    """
    if node is None:
        return Action.UNKNOWN, 0, "a rule without an action"
    draft.use(node)
    chosen: Node | None = None
    doubt = None
    for child in node.children.values():
        if child.word in ("permit", "deny", "accept", "drop"):
            draft.use_all(child)
            if chosen is None or child.last >= chosen.last:
                chosen = child
        elif child.word in NAT:
            draft.note("nat", child, f"acl {subject}: {child.word}")
        elif child.word in _BESIDE:
            draft.use_all(child)
        else:
            draft.miss(child, "filter", subject)
            doubt = f"action '{child.word}' is not understood"
    if chosen is not None:
        permits = chosen.word in ("permit", "accept")
        return (Action.PERMIT if permits else Action.DENY), chosen.end or chosen.line, doubt
    others = {child.word for child in node.children.values()}
    if doubt is None and others and (others <= {"police", *NAT} or _only_class(node)):
        return Action.CONTINUE, 0, None
    return Action.UNKNOWN, 0, doubt or "whether the list goes on after this action is not known"


def _only_class(node: Node) -> bool:
    holder = node.children.get("set")
    return holder is not None and len(node.children) == 1 and set(holder.children) == {"class"}


def applied_directions(word: str) -> str | None:
    """The direction of `inbound` or `outbound`."""
    return {"inbound": "in", "outbound": "out"}.get(word)
