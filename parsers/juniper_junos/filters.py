"""`firewall`: filters of the families that see routed packets, as first-match lists.

Sources: Juniper, "Understanding How Firewall Filters Are Evaluated" (order, implicit discard, a term without
terminating action accepts), "Firewall Filter Terminating Actions", "Guidelines for Nesting References".
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.hierarchy.curly import CUT
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos.conditions import read_conditions
from parsers.juniper_junos.draft import Draft, Statements
from parsers.juniper_junos.irrelevant import because
from parsers.juniper_junos.matching import PAYLOAD
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match, Symptom

FAMILIES = {"inet": 4, "inet6": 6, "any": 0}
LAYER_2_FAMILIES = frozenset({"ethernet-switching", "bridge", "vpls", "ccc", "mpls", "evpn", "tcc"})
"""Families whose filters see frames or labels, not routed IP packets."""

TERMINATING: dict[str, tuple[Action, Symptom]] = {
    "accept": (Action.PERMIT, Symptom.TIMEOUT),
    "discard": (Action.DENY, Symptom.TIMEOUT),
    "reject": (Action.DENY, Symptom.ICMP_ERROR),
    "next": (Action.CONTINUE, Symptom.TIMEOUT),
    "routing-instance": (Action.PERMIT, Symptom.TIMEOUT),
    "next-ip": (Action.PERMIT, Symptom.TIMEOUT),
    "next-ip6": (Action.PERMIT, Symptom.TIMEOUT),
    "next-interface": (Action.PERMIT, Symptom.TIMEOUT),
    "topology": (Action.PERMIT, Symptom.TIMEOUT),
    "logical-system": (Action.PERMIT, Symptom.TIMEOUT),
    "decapsulate": (Action.UNKNOWN, Symptom.TIMEOUT),
    "encapsulate": (Action.UNKNOWN, Symptom.TIMEOUT),
    "ipsec-sa": (Action.PERMIT, Symptom.TIMEOUT),
}
"""Actions that end the evaluation, except `next`."""

FORWARDING = frozenset(
    {"routing-instance", "next-ip", "next-ip6", "next-interface", "topology", "logical-system"}
)
MODIFIERS = frozenset(
    {
        "count", "log", "syslog", "policer", "three-color-policer", "hierarchical-policer",
        "loss-priority", "forwarding-class", "sample", "port-mirror", "port-mirror-instance",
        "dscp", "traffic-class", "prefix-action", "service-accounting",
        "service-accounting-deferred", "service-filter-hit", "exclude-accounting", "packet-mode",
        "analyzer", "vlan", "interface", "clear-policy-map", "policy-map", "no-decrement-ttl",
        "traffic-control-profile", "dont-fragment", "sample-instance", "port-mirror-ip",
        "inline-monitoring-instance", "set-egress-forwarding-class",
    }
)  # fmt: skip
"""Actions that leave the decision open: a term with nothing else accepts."""

_CONTEXT = because(
    "says how the filter is installed or counted, not what it matches",
    "interface-specific", "accounting-profile", "physical-interface-filter", "fast-lookup-filter",
    "instance-shared", "interface-shared", "enhanced-mode", "enhanced-mode-override",
    "no-stop-filter", "scale-optimized", "optimized", "promote", "apply-macro", "shared-name",
)  # fmt: skip


def read_firewall(draft: Draft, node: Node) -> None:
    """All of `firewall`; the filters go into the draft by (name, family)."""
    sets = node.get("interface-set")
    if sets is not None:
        draft.use_all(sets)
        for child in sets.children.values():
            draft.interface_sets[child.word] = tuple(child.children)
    read(draft, node, _FIREWALL)


def _families(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        family = FAMILIES.get(child.word)
        if child.word in LAYER_2_FAMILIES:
            draft.ignore_all(child)
        elif family is None:
            draft.miss(child)
        else:
            _family(draft, child, family)


def _family(draft: Draft, node: Node, family: int) -> None:
    def filters(draft: Draft, holder: Node) -> None:
        draft.use(holder)
        for child in holder.children.values():
            made = build_filter(draft, child, family, holder)
            draft.filters[made.key, family] = made

    read(draft, node, {**_IN_FAMILY, "filter": filters})


def _bare_filters(draft: Draft, node: Node) -> None:
    """`firewall filter F` without a family is `family inet`."""
    draft.use(node)
    for child in node.children.values():
        made = build_filter(draft, child, 4, node)
        draft.filters.setdefault((made.key, 4), made)


_IN_FAMILY = {
    **because("rates, not matches", "prefix-action", "policer"),
    **because(
        "selects traffic for services, dialling or counting; it does not drop transit packets",
        "service-filter", "simple-filter", "dialer-filter", "fast-update-filter",
        "accounting-filter",
    ),
}  # fmt: skip
_FIREWALL: Statements = {
    "family": _families,
    "filter": _bare_filters,
    "interface-set": lambda draft, node: draft.use_all(node),
    **because(
        "policers drop by rate only: no packet is denied for what it is",
        "policer", "three-color-policer", "hierarchical-policer", "logical-interface-policer",
        "shared-bandwidth-policer", "load-balance-group", "atm-policer",
    ),
    **because("how filters are counted and stored", "filter-list-template", "tunnel-end-point"),
}  # fmt: skip


def build_filter(draft: Draft, node: Node, family: int, siblings: Node) -> Filter:
    """The filter that `node` (its name) holds. `siblings` holds the filters that terms can name."""
    entries: list[Entry] = []
    doubt = node.doubt if node.doubt != CUT else None
    draft.use(node)
    for child in node.children.values():
        if child.word == "term":
            draft.use(child)
            if child.doubt is not None and child.doubt != CUT:
                doubt = doubt or child.doubt
            ranks = {term.rank for term in child.children.values()}
            if len(ranks) > 1:
                doubt = doubt or "terms from a group among others: their order is not documented"
            for term in child.children.values():
                entries.extend(_term(draft, term, family, siblings, node.word, 0))
        elif child.word in _CONTEXT:
            draft.ignore_all(child)
        else:
            draft.miss(child, "filter", node.word)
            doubt = doubt or f"'{child.word}' is not understood"
    if node.doubt == CUT:
        entries.append(Entry(node.line, Action.UNKNOWN, (Match(family),), node.doubt))
    return Filter(
        key=node.word,
        family=family,
        file=draft.file,
        line=node.end or node.line,
        entries=tuple(entries),
        default=Action.DENY,
        names=(node.word,),
        kind="firewall filter",
        later_fragments=LaterFragments.UNKNOWN,
        uncertain=doubt,
    )


def undefined_filter(draft: Draft, name: str, family: int) -> Filter:
    """What stands for a filter that is applied and not in the text."""
    return Filter(
        key=name,
        family=family,
        file=draft.file,
        line=None,
        entries=(),
        default=Action.UNKNOWN,
        names=(name,),
        kind="firewall filter",
        defined=False,
        uncertain=f"filter {name} is not in the text",
    )


def _term(
    draft: Draft, term: Node, family: int, siblings: Node, subject: str, depth: int
) -> Iterator[Entry]:
    draft.use(term)
    start, then, nested = (term.children.get(word) for word in ("from", "then", "filter"))
    for child in term.children.values():
        if child.word not in ("from", "then", "filter", "apply-macro"):
            draft.miss(child, "filter", subject)
            yield Entry(
                term.line,
                Action.UNKNOWN,
                (Match(family),),
                f"'{child.word}' in term",
                label=term.word,
            )
    if nested is not None:
        yield from _nested(draft, term, nested, family, siblings, subject, depth)
        return
    conditions = read_conditions(draft, start, family, subject)
    action, symptom, decisive = _action(draft, then, subject)
    line = term.end or (decisive.end if decisive is not None else 0) or term.line
    if term.doubt or (start is not None and start.doubt) or (then is not None and then.doubt):
        action = Action.UNKNOWN
    matches = conditions.matches()
    doubts = "; ".join(dict.fromkeys(conditions.doubts)) or None
    yield Entry(line, action, matches, doubts, symptom=symptom, label=term.word)
    perhaps = conditions.perhaps()
    if perhaps:
        reason = (
            PAYLOAD if conditions.port_except is None else "'port-except' with one port in the list"
        )
        yield Entry(line, action, perhaps, reason, symptom=symptom, label=term.word)


def _nested(
    draft: Draft, term: Node, nested: Node, family: int, siblings: Node, subject: str, depth: int
) -> Iterator[Entry]:
    """A term that names another filter stands for that filter's terms (one level is allowed)."""
    draft.use_all(nested)
    for name in nested.children:
        other = siblings.children.get(name)
        if other is None or depth:
            draft.miss(nested, "filter", subject)
            yield Entry(
                term.line, Action.UNKNOWN, (Match(family),), f"filter {name} is not defined"
            )
            return
        holder = other.children.get("term")
        for inner in holder.children.values() if holder is not None else ():
            for entry in _term(draft, inner, family, siblings, name, depth + 1):
                yield entry._replace(label=f"{term.word}/{entry.label}")


def _action(draft: Draft, then: Node | None, subject: str) -> tuple[Action, Symptom, Node | None]:
    """The action of a term, what the sender sees, and the statement that says it."""
    if then is None:
        return Action.PERMIT, Symptom.TIMEOUT, None
    draft.use(then)
    decisive: Node | None = None
    unknown = False
    for child in then.children.values():
        if child.word in TERMINATING:
            draft.use_all(child)
            if decisive is None or (-child.rank, _last(child)) >= (-decisive.rank, _last(decisive)):
                decisive = child
            if child.word in FORWARDING:
                draft.diverting.setdefault(subject, draft.where(_deepest(child).end or then.line))
        elif child.word in MODIFIERS:
            draft.use_all(child)
        elif child.word != "apply-macro":
            draft.miss(child, "filter", subject)
            unknown = True
    if decisive is None:
        return (Action.UNKNOWN if unknown else Action.PERMIT), Symptom.TIMEOUT, then
    action, symptom = TERMINATING[decisive.word]
    if decisive.word == "reject" and "tcp-reset" in decisive.children:
        symptom = Symptom.RESET
    if decisive.word == "next" and list(decisive.children) != ["term"]:
        draft.miss(decisive, "filter", subject)
        action = Action.UNKNOWN
    return action, symptom, _deepest(decisive)


def _deepest(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _last(node: Node) -> int:
    return max(found.last for found in node.walk())
