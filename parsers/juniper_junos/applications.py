"""`applications`: what a security policy means by the name of an application.

Source: Juniper, "Custom Policy Applications" (terms are alternatives), "Policy Application Sets".
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.juniper_junos import ranges
from parsers.juniper_junos.application_table import EVERYTHING, PREDEFINED, Application, Meaning
from parsers.juniper_junos.draft import Draft, lift
from parsers.juniper_junos.names import ICMP_CODES, ICMP_TYPES, PORTS, PROTOCOLS, number_range
from parsers.model.filters import IcmpTest, Ranges

_NEUTRAL = frozenset(
    {
        "inactivity-timeout", "application-protocol", "alg", "description", "ether-type",
        "do-not-translate-a-query-to-aaaa-query", "do-not-translate-aaaa-query-to-a-query",
        "ttl-threshold", "apply-macro",
    }
)  # fmt: skip
"""Statements of an application that do not select packets."""
_SELECTING = frozenset(
    {
        "protocol", "source-port", "destination-port", "icmp-type", "icmp-code", "icmp6-type",
        "icmp6-code", "rpc-program-number", "uuid", "term",
    }
)  # fmt: skip
_WORDS = _NEUTRAL | _SELECTING
_DEEPEST = 16


def read_applications(draft: Draft, node: Node) -> None:
    """All applications and sets into the draft."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "application":
            draft.use(child)
            for found in child.children.values():
                draft.applications[found.word] = _application(draft, found)
        elif child.word == "application-set":
            draft.use(child)
            for found in child.children.values():
                _set(draft, found)
        elif child.word != "apply-macro":
            draft.miss(child, "filter")


def _set(draft: Draft, node: Node) -> None:
    draft.use(node)
    members: list[str] = []
    for child in node.children.values():
        if child.word in ("application", "application-set"):
            draft.use_all(child)
            members += child.children
        elif child.word == "description":
            draft.ignore_all(child)
        else:
            draft.miss(child, "filter", node.word)
            members.append("")
    draft.application_sets[node.word] = members


def _application(draft: Draft, node: Node) -> Meaning:
    draft.use(node)
    terms = node.children.get("term")
    if terms is None:
        return _one(draft, node)
    draft.use(terms)
    found: list[Application] = []
    doubt = None
    for term in terms.children.values():
        meaning = _one(draft, term)
        found += meaning.alternatives
        doubt = doubt or meaning.doubt
    for child in node.children.values():
        if child.word in _NEUTRAL:
            draft.ignore_all(child)
        elif child.word != "term":
            draft.miss(child, "filter", node.word)
            doubt = doubt or f"'{child.word}' beside terms"
    return Meaning(tuple(found), doubt)


def _one(draft: Draft, node: Node) -> Meaning:
    lift(node, _WORDS)
    draft.use(node)
    doubt = None
    for child in node.children.values():
        if child.word in _NEUTRAL:
            draft.ignore_all(child)
        elif child.word in _SELECTING:
            draft.use_all(child)
            if child.word in ("rpc-program-number", "uuid"):
                doubt = f"application {node.word} selects by {child.word}"
        else:
            draft.miss(child, "filter", node.word)
            doubt = f"'{child.word}' in application {node.word}"
    try:
        return Meaning((_alternative(node),), doubt)
    except ValueError as error:
        draft.miss(node, "filter", node.word)
        return Meaning(EVERYTHING, f"application {node.word}: {error}")


def _alternative(node: Node) -> Application:
    """Raises ValueError for a value that is not understood."""
    protocol = _value(node, "protocol", PROTOCOLS, 255)
    number = None if protocol is None else protocol[0][0]
    family = 6 if number == 58 else 4
    types = _value(node, "icmp6-type" if family == 6 else "icmp-type", ICMP_TYPES[family], 255)
    codes = _value(node, "icmp6-code" if family == 6 else "icmp-code", ICMP_CODES[family], 255)
    if family == 6 and types is None:
        types = _value(node, "icmp-type", ICMP_TYPES[6], 255)
        codes = codes or _value(node, "icmp-code", ICMP_CODES[6], 255)
    icmp = None
    if types is not None or codes is not None:
        icmp = tuple(
            IcmpTest(kind, low, high)
            for first, last in types or ((0, 255),)
            for kind in range(first, last + 1)
            for low, high in codes or ((0, 255),)
        )
    return Application(
        number,
        _value(node, "source-port", PORTS, 65535),
        _value(node, "destination-port", PORTS, 65535),
        icmp,
    )


def _value(node: Node, word: str, names: dict[str, int], limit: int) -> Ranges | None:
    holder = node.children.get(word)
    if holder is None:
        return None
    parts = []
    for child in holder.children.values():
        part = number_range(child.word, names, limit)
        if part is None:
            raise ValueError(f"'{word} {child.word}' is not understood")
        parts.append(part)
    return ranges.union(parts)


def meaning_of(draft: Draft, name: str, depth: int = 0) -> Meaning:
    """What `name` in a policy selects. Names that begin with `junos-` are the system's."""
    if name == "any":
        return Meaning(EVERYTHING)
    if depth > _DEEPEST:
        return Meaning(EVERYTHING, f"application sets nest without end at {name}")
    known = PREDEFINED.get(name)
    if known is not None:
        return Meaning(known)
    if name in draft.applications:
        return draft.applications[name]
    members = draft.application_sets.get(name)
    if members is not None:
        meanings = [meaning_of(draft, member, depth + 1) for member in members]
        doubt = next((m.doubt for m in meanings if m.doubt), None)
        return Meaning(tuple(a for m in meanings for a in m.alternatives), doubt)
    return Meaning(EVERYTHING, f"application {name or 'of a set'} is not known")
