"""`filter match-list`: lists of prefixes, ports and protocols that entries name.

Source: Nokia SR OS, Router Configuration Guide, "Filter policy advanced topics" (match lists, `apply-path`); YANG
`nokia-conf-filter`.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.filters import Range
from parsers.nokia_sros.draft import Draft, Handler, NumberList, PrefixList, Statements
from parsers.nokia_sros.names import protocol
from parsers.nokia_style.matching import union
from parsers.nokia_style.statements import because, number_of, prefix

_DESCRIPTION = because("a text for people", "description")


def read_match_lists(draft: Draft, node: Node) -> None:
    """All lists; they go into the draft by name."""
    read(draft, node, _LISTS, "filter")


def _prefixes(family: int) -> Handler:
    def lists(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            draft.prefix_lists[child.word, family] = _prefix_list(draft, child, family)

    return lists


def _prefix_list(draft: Draft, node: Node, family: int) -> PrefixList:
    made = PrefixList(doubt=node.doubt)

    def prefixes(draft: Draft, holder: Node) -> None:
        draft.use(holder)
        target = made.terms if holder.word == "prefix" else made.excepts
        for child in holder.children.values():
            term = prefix(child.word)
            if term is None or term.family != family:
                draft.miss(child, "filter", node.word)
                made.doubt = made.doubt or f"'{child.word}' is no prefix of this family"
            else:
                draft.use_all(child)
                target.append(term)

    def automatic(draft: Draft, holder: Node) -> None:
        draft.use_all(holder)
        made.doubt = made.doubt or "the system adds prefixes by itself (apply-path)"

    table: Statements = {
        **_DESCRIPTION,
        "prefix": prefixes,
        "prefix-exclude": prefixes,
        "apply-path": automatic,
    }
    if read(draft, node, table, "filter", node.word):
        made.doubt = made.doubt or "a line of it is not understood"
    for term in made.terms:
        for out in made.excepts:
            if term.value & out.care == out.value and term.care & out.care == out.care:
                made.doubt = made.doubt or "a prefix lies inside an excluded one"
    return made


def _ports(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        draft.port_lists[child.word] = _port_list(draft, child)


def _port_list(draft: Draft, node: Node) -> NumberList:
    parts: list[Range] = []
    made = NumberList(doubt=node.doubt)

    def port(draft: Draft, holder: Node) -> None:
        draft.use(holder)
        for child in holder.children.values():
            if child.word == "range":
                take(child)
                continue
            value = number_of(child.word, 0, 65535)
            if value is None or child.children:
                missed(child)
            else:
                draft.use_all(child)
                parts.append((value, value))

    def take(holder: Node) -> None:
        found = ranges_of(holder)
        if found is None:
            missed(holder)
            return
        draft.use_all(holder)
        parts.extend(found)

    def missed(child: Node) -> None:
        draft.miss(child, "filter", node.word)
        made.doubt = made.doubt or f"'{child.word}' is no port or range"

    table: Statements = {**_DESCRIPTION, "port": port, "range": lambda draft, holder: take(holder)}
    if read(draft, node, table, "filter", node.word):
        made.doubt = made.doubt or "a line of it is not understood"
    made.parts = union(parts)
    return made


def ranges_of(node: Node) -> list[Range] | None:
    """The ranges below `range`: `range 1 5`, `range start 1 end 5` or `range { start 1 end 5 }`; None if a
    half is missing or is no port."""
    start, end = node.children.get("start"), node.children.get("end")
    pairs: list[tuple[str, str]] = []
    if start is not None:
        for low in start.children.values():
            ends = low.children.get("end") or end
            highs = ends.children.values() if ends is not None else ()
            pairs += [(low.word, high.word) for high in highs]
    else:
        for low in node.children.values():
            pairs += [(low.word, high.word) for high in low.children.values()]
    found = []
    for one, other in pairs:
        first, last = number_of(one, 0, 65535), number_of(other, 0, 65535)
        if first is None or last is None or first > last:
            return None
        found.append((first, last))
    return found or None


def _protocols(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        parts: list[Range] = []
        made = NumberList(doubt=child.doubt)
        draft.use(child)
        for holder in child.children.values():
            if holder.word == "description":
                draft.ignore_all(holder)
                continue
            for value in holder.children.values():
                found = protocol(value.word) if holder.word == "protocol" else None
                if found is None:
                    draft.miss(value, "filter", child.word)
                    made.doubt = made.doubt or f"'{value.word}' is no protocol"
                else:
                    draft.use_all(value)
                    parts += found
        made.parts = union(parts)
        draft.protocol_lists[child.word] = made


_LISTS: Statements = {
    "ip-prefix-list": _prefixes(4),
    "ipv6-prefix-list": _prefixes(6),
    "port-list": _ports,
    "protocol-list": _protocols,
    **because(
        "packets of the model have no length: entries that name these lists are undecided",
        "ip-packet-length-list", "ipv6-packet-length-list",
    ),
}  # fmt: skip
