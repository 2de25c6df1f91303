"""Routing rules that drop: `/routing rule` acts on packets in transit as a filter does.

The first rule that fits decides; `lookup` goes on to the next rule where its table has no route, so
what stands behind one is open for the packets that it takes.
"""

from __future__ import annotations

from parsers.mikrotik_routeros.conditions import Conditions
from parsers.mikrotik_routeros.draft import Draft
from parsers.mikrotik_routeros.lists import InterfaceSet
from parsers.mikrotik_routeros.ranges import address_range
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.filters import Action, Binding, Entry, Filter, LaterFragments, Match, Symptom
from parsers.model.source import Where

ORDER = 25
_DENY = {
    "drop": Symptom.TIMEOUT, "blackhole": Symptom.TIMEOUT, "unreachable": Symptom.ICMP_ERROR,
    "prohibit": Symptom.ICMP_ERROR,
}  # fmt: skip


def rule_filters(draft: Draft) -> tuple[list[Filter], list[Binding]]:
    """The rules as a filter on forwarded packets, for each family; none where no rule drops."""
    if not any(r.bad or r.words.get("action") in _DENY for r in draft.rules):
        return [], []
    filters, bindings = [], []
    where = Where(draft.file, draft.rules[0].first)
    for family in (4, 6):
        entries = [e for rule in draft.rules for e in _entries(rule, family)]
        key = "routing/rule"
        filters.append(
            Filter(
                key, family, draft.file, where.line, tuple(entries), Action.PERMIT,
                ("routing rules", "routing/rule"), "routeros",
                later_fragments=LaterFragments.NEVER,
            )
        )  # fmt: skip
        bindings.append(Binding(key, family, None, "forward", where, ORDER))
    return filters, bindings


def _entries(rule: Statement, family: int) -> list[Entry]:
    line, words = rule.first, rule.words
    if rule.bad is not None:
        return [Entry(line, Action.UNKNOWN, (Match(family=family),), rule.bad)]
    action = words.get("action", "lookup")
    if action == "mangle" or any(
        (":" in words[side]) != (family == 6)
        for side in ("src-address", "dst-address")
        if words.get(side)
    ):
        return []
    conditions = _conditions(words, family)
    does = Action.DENY if action in _DENY else Action.PERMIT
    if action == "lookup":
        conditions.doubt("whether the table has a route")
    elif action not in _DENY and action != "lookup-only-in-table":
        does = Action.UNKNOWN
        conditions.doubt(f"action {action}")
    matches = conditions.may.matches()
    doubt = "; ".join(conditions.doubts) or None
    symptom, label = _DENY.get(action, Symptom.TIMEOUT), words.get("comment")
    return [Entry(line, does, matches, doubt, None, symptom, label)] if matches else []


def _conditions(words: dict[str, str], family: int) -> Conditions:
    conditions = Conditions(family)
    for word, source in (("src-address", True), ("dst-address", False)):
        text = words.get(word)
        if not text:
            continue
        try:
            found = (address_range(text, family),)
        except ValueError:
            conditions.doubt(f"{word}={text}")
            continue
        for one in conditions.both():
            (one.src if source else one.dst).append((found, False))
    name = words.get("interface")
    if name:
        for one in conditions.both():
            one.limit_interfaces(True, InterfaceSet(frozenset((name,))))
    if words.get("routing-mark"):
        conditions.doubt(f"routing-mark={words['routing-mark']}")
    return conditions
