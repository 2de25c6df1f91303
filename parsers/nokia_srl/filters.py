"""`acl`: filters as first-match lists, and the interfaces that they stand on.

Entries are evaluated in the order of their numbers; a packet that none matches is accepted; `drop` sends no ICMP
message. CPM filters see packets to the device, capture filters copy packets.

Sources: Nokia SR Linux, ACL and Policy-Based Routing Guide 25.3, "ACL actions" ("the default action is accept"),
"System filters"; YANG `srl_nokia-acl` 22.6 to 25.7.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Binding, Entry, Filter, LaterFragments, Match
from parsers.nokia_srl.conditions import read_conditions
from parsers.nokia_srl.draft import Draft, Handler, PrefixList, Statements, use
from parsers.nokia_style.statements import CUT, because, newest, number_of, prefix, said, word

TYPES = {"ipv4": 4, "ipv6": 6}
OLD = {"ipv4-filter": 4, "ipv6-filter": 6}
OLD_FORM = "acl before 24.3"
SYSTEM = ("system", "system-filter")
_CONTEXT = because(
    "counts or stores the filter", "description", "statistics-per-entry", "subinterface-specific",
    "last-clear", "statistics", "tcam-entries",
)  # fmt: skip
_ENTRY = because(
    "counts packets or is a text for people", "description", "statistics", "tcam-entries", "name"
)
_ACCEPTING = frozenset({"rate-limit", "log", "forwarding-class", "profile", "collect-statistics"})


def read_acl(draft: Draft, node: Node) -> None:
    """All of `acl`; the filters go into the draft by name and family."""
    lists = node.children.get("match-list")
    if lists is not None:
        _match_lists(draft, lists)
    read(draft, node, _ACL)


def _match_lists(draft: Draft, node: Node) -> None:
    draft.use(node)
    for kind in node.children.values():
        family = {"ipv4-prefix-list": 4, "ipv6-prefix-list": 6}.get(kind.word)
        if family is None:
            draft.miss(kind, "filter")
            continue
        draft.use(kind)
        for child in kind.children.values():
            draft.prefix_lists[child.word, family] = _prefix_list(draft, child, family)


def _prefix_list(draft: Draft, node: Node, family: int) -> PrefixList:
    made = PrefixList(doubt=node.doubt)
    draft.use(node)
    for holder in node.children.values():
        if holder.word == "description":
            draft.ignore_all(holder)
            continue
        for child in holder.children.values():
            term = prefix(child.word) if holder.word == "prefix" else None
            if term is None or term.family != family:
                draft.miss(child, "filter", node.word)
                made.doubt = made.doubt or f"'{child.word}' is no prefix of this family"
            else:
                draft.use_all(child)
                made.terms.append(term)
        draft.use(holder)
    return made


def _named(family: int) -> Handler:
    """`ipv4-filter NAME { ... }`."""

    def filters(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            _filter(draft, child, child.word, family, OLD_FORM)

    return filters


def _typed(draft: Draft, node: Node) -> None:
    """`acl-filter NAME type ipv4 { ... }`."""
    draft.use(node)
    for name in node.children.values():
        draft.use(name)
        kinds = name.children.get("type")
        for kind in kinds.children.values() if kinds is not None else ():
            family = TYPES.get(kind.word)
            if family is not None:
                _filter(draft, kind, name.word, family)
            elif kind.word == "mac":
                draft.ignore_all(kind)
            else:
                draft.miss(kind, "filter", name.word)
        if kinds is None:
            draft.miss(name, "filter", name.word)


def _own(draft: Draft, node: Node) -> None:
    """`cpm-filter`, `capture-filter` and `system-filter` with one filter for each family."""
    draft.use(node)
    for child in node.children.values():
        family = OLD.get(child.word)
        if family is not None:
            _filter(draft, child, node.word, family)
        else:
            draft.ignore_all(child)


def _frames(draft: Draft, node: Node) -> None:
    draft.ignore_all(node)


def _interfaces(draft: Draft, node: Node) -> None:
    """`acl interface ethernet-1/1.0 { input { acl-filter NAME type ipv4 } }`."""
    draft.use(node)
    for child in node.children.values():
        reference = child.children.get("interface-ref")
        port, index = word(reference, "interface"), word(reference, "subinterface")
        name = f"{port}.{index}" if port is not None and index is not None else child.word
        if reference is not None:
            draft.use_all(reference)
        table: Statements = {
            "input": applied(name, "in"),
            "output": applied(name, "out"),
            "interface-ref": use,
        }
        read(draft, child, table, "interface", name)


def applied(interface: str, direction: str) -> Handler:
    """The filters that one direction of an interface names, in all models."""

    def names(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            draft.use(child)
            if child.word in OLD:
                for name in child.children.values():
                    draft.use_all(name)
                    draft.apply(name, OLD[child.word], interface, direction)
            elif child.word == "acl-filter":
                for name in child.children.values():
                    _apply_typed(draft, name, interface, direction)
            elif child.word == "mac-filter":
                draft.use_all(child)
                draft.recognise("l2-filter", _said(child), f"{interface}: a filter on frames")
            else:
                draft.miss(child, "interface", interface)

    return names


def _apply_typed(draft: Draft, name: Node, interface: str, direction: str) -> None:
    draft.use_all(name)
    kinds = name.children.get("type")
    for kind in kinds.children.values() if kinds is not None else ():
        family = TYPES.get(kind.word)
        if family is not None:
            applied_name = Node(name.word, name.line)
            applied_name.ended(kind.last)
            draft.apply(applied_name, family, interface, direction)
        elif kind.word == "mac":
            draft.recognise("l2-filter", kind, f"{interface}: a filter on frames")
        else:
            draft.miss(kind, "interface", interface)
    if kinds is None:
        draft.miss(name, "interface", interface)


def _said(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


_ACL: Statements = {
    "acl-filter": _typed,
    "ipv4-filter": _named(4),
    "ipv6-filter": _named(6),
    "mac-filter": _frames,
    "cpm-filter": _own,
    "capture-filter": _own,
    "system-filter": _own,
    "match-list": lambda draft, node: draft.use(node),
    "interface": _interfaces,
    **because(
        "rates, resources and modes of the filter tables",
        "policers", "tcam-profile", "egress-mac-filtering", "statistics", "icmp-ttl-exceeded",
        "datapath-programming",
    ),
}  # fmt: skip


def _filter(draft: Draft, node: Node, name: str, family: int, form: str = "acl") -> None:
    entries: list[tuple[int, Entry]] = []
    doubt = node.doubt if node.doubt != CUT else None
    draft.use(node)
    for child in node.children.values():
        if child.word == "entry":
            draft.use(child)
            for entry in child.children.values():
                number = number_of(entry.word, 0, 1 << 32)
                if number is None:
                    draft.miss(entry, "filter", name)
                    doubt = doubt or f"entry '{entry.word}' has no number"
                else:
                    entries.append((number, _entry(draft, entry, family, name)))
        elif child.word in _CONTEXT:
            draft.ignore_all(child)
        else:
            draft.miss(child, "filter", name)
            doubt = doubt or f"'{child.word}' is not understood"
    entries.sort(key=lambda pair: pair[0])
    made = [entry for _, entry in entries]
    if node.doubt == CUT:
        made.append(Entry(node.line, Action.UNKNOWN, (Match(family),), CUT))
    draft.filters[name, family] = Filter(
        key=name,
        family=family,
        file=draft.file,
        line=node.end or said(node),
        entries=tuple(made),
        default=Action.PERMIT,
        names=(name,),
        kind=form,
        later_fragments=LaterFragments.UNKNOWN,
        uncertain=doubt,
    )
    if name in SYSTEM:
        where = draft.where(node.end or said(node))
        draft.bindings.append(Binding(name, family, None, "forward", where, order=-1))


def _entry(draft: Draft, node: Node, family: int, subject: str) -> Entry:
    draft.use(node)
    conditions = read_conditions(draft, node.children.get("match"), family, subject)
    for child in node.children.values():
        if child.word in _ENTRY:
            draft.ignore_all(child)
        elif child.word not in ("match", "action"):
            draft.miss(child, "filter", subject)
            conditions.doubt(f"'{child.word}' is not understood")
    action, line, doubt = _action(draft, node.children.get("action"), subject)
    if doubt is not None:
        conditions.doubt(doubt)
    if node.doubt is not None:
        conditions.doubt(node.doubt)
        action = Action.UNKNOWN
    matches = conditions.matches()
    reason = "; ".join(conditions.doubts) or None
    return Entry(node.end or line or node.line, action, matches, reason, label=node.word)


def _action(draft: Draft, node: Node | None, subject: str) -> tuple[Action, int, str | None]:
    """What an entry does, the line that says so, and why that may be another thing."""
    if node is None:
        return Action.UNKNOWN, 0, "an entry without an action"
    draft.use(node)
    chosen: Node | None = None
    doubt = None
    for child in node.children.values():
        if child.word in ("accept", "drop"):
            if chosen is None or newest(child) >= newest(chosen):
                chosen = child
            draft.use(child)
            for option in child.children.values():
                if option.word in _ACCEPTING:
                    draft.use_all(option)
                else:
                    draft.miss(option, "filter", subject)
                    doubt = f"action '{option.word}' is not understood"
        elif child.word in ("log", "copy", "collect-statistics"):
            draft.use_all(child)
        else:
            draft.miss(child, "filter", subject)
            doubt = f"action '{child.word}' is not understood"
    if chosen is None:
        copied = "copy" in node.children
        return (
            Action.CONTINUE if copied else Action.UNKNOWN,
            said(node),
            doubt or (None if copied else "an action that says nothing"),
        )
    return (Action.PERMIT if chosen.word == "accept" else Action.DENY), said(chosen), doubt
