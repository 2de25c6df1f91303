"""What the traffic processor does with a packet: packet filter, firewall contexts, and the listener that takes it.

Sources: F5, "Order of precedence for virtual server matching" (11.3 and later: the longest destination, then the
longest source, then a port before all ports); tmsh reference, "ltm global-settings traffic-control" (a disabled
virtual server still takes its packets unless `continue-matching` is on; without a listener nothing is forwarded);
AFM guide (global, then route domain, then virtual server; the default action stands at the end of the last context).
"""

from __future__ import annotations

from parsers.f5_tmsh.draft import Draft, Rules, Virtual
from parsers.f5_tmsh.packet_filter import CHAIN, KEY, ON, filters_established, packet_filter
from parsers.f5_tmsh.places import Outcome, Place, outcome_of, places_of, vlans_of
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    FilterTable,
    LaterFragments,
    Match,
    State,
    Symptom,
)

BASE_ALONE = "the text has no local traffic objects, which stand in another file than the network"
FORWARD, GLOBAL, ACCEPTED = "forward", "context:global", "accepted"
SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="session",
)
"""Packets of a connection in the connection table are not asked again, nor are ICMP errors that quote one."""


Default = tuple[Action, int | None, Symptom]
"""The firewall's default action, its line, and what the sender sees."""


def build_filters(draft: Draft) -> FilterTable:
    """The chain of all forwarded packets, its parts, and each policy and virtual server under its own name."""
    filters: dict[tuple[str, int], Filter] = {}
    last = _default(draft)
    for kind, named in (("rule-list", draft.rule_lists), ("policy", draft.policies)):
        for name, rules in named.items():
            key = f"{kind}:{name}"
            filters[key, 0] = _plain(draft, key, rules, last, name)
    places = [place for virtual in draft.virtuals.values() for place in places_of(draft, virtual)]
    places.sort(key=lambda p: (-p.destination_length, -p.source_length, not p.one_port))
    entries = _packet_filter(draft, filters)
    contexts = _contexts(draft, filters, last)
    entries += contexts
    rules_somewhere = any(v.policy or v.rules for v in draft.virtuals.values())
    firewall = bool(contexts) or last[0] is not Action.PERMIT or rules_somewhere
    entries += _listeners(draft, places, filters, last if firewall else None)
    if not {"ltm", "security"} & draft.root.children.keys():
        entries.append(Entry(None, Action.UNKNOWN, (Match(),), BASE_ALONE))
    filters[FORWARD, 0] = _chain(draft, FORWARD, entries, (FORWARD, "transit"))
    if any(entry.target == ACCEPTED for found in filters.values() for entry in found.entries):
        rest = _listeners(draft, places, filters, None)
        filters[ACCEPTED, 0] = _chain(draft, ACCEPTED, rest, ())
    return filters


def _packet_filter(draft: Draft, filters: dict[tuple[str, int], Filter]) -> list[Entry]:
    """The way to the listeners up to the firewall: known connections and the packet filter."""
    found = packet_filter(draft)
    if found is None:
        return [SESSION]
    filters[CHAIN, 0] = found
    alone = tuple(
        entry._replace(action=Action.PERMIT) if entry.action is Action.RETURN else entry
        for entry in found.entries
    )
    filters[KEY, 0] = found._replace(key=KEY, entries=alone, default=Action.PERMIT, names=(KEY,))
    jump = Entry(found.line, Action.JUMP, (Match(),), target=CHAIN, label=KEY)
    return [jump, SESSION] if filters_established(draft) else [SESSION, jump]


def _chain(draft: Draft, key: str, entries: list[Entry], names: tuple[str, ...]) -> Filter:
    reset = draft.traffic.get("reject-unmatched", ("enabled", 0))[0] != "disabled"
    return Filter(
        key=key,
        family=0,
        file=draft.file,
        line=min((v.line for v in draft.virtuals.values()), default=None),
        entries=tuple(entries),
        default=Action.DENY,
        names=names,
        kind="listeners",
        default_symptom=Symptom.RESET if reset else Symptom.TIMEOUT,
        later_fragments=LaterFragments.UNKNOWN,
        stateful=True,
    )


def _default(draft: Draft) -> Default:
    """What the last context of the firewall does with packets that no rule matched: accept as shipped (ADC mode)."""
    word, line = draft.db.get("tm.fw.defaultaction", ("accept", 0))
    known = {
        "accept": (Action.PERMIT, Symptom.TIMEOUT),
        "drop": (Action.DENY, Symptom.TIMEOUT),
        "reject": (Action.DENY, Symptom.ICMP_ERROR),
    }
    action, symptom = known.get(word, (Action.UNKNOWN, Symptom.TIMEOUT))
    return action, line or None, symptom


def _plain(draft: Draft, key: str, rules: Rules, last: Default, *names: str) -> Filter:
    """A policy alone, with the firewall's default action at its end."""
    entries = tuple(
        entry._replace(action=Action.PERMIT) if entry.action is Action.RETURN else entry
        for entry in rules.entries
    )
    said = dict.fromkeys(
        n for name in names for n in (name, f"/Common/{name}" if "/" not in name else name)
    )
    return Filter(
        key=key,
        family=0,
        file=draft.file,
        line=rules.line,
        entries=(SESSION, *entries),
        default=last[0],
        names=tuple(said),
        kind="firewall-policy",
        default_line=last[1],
        default_symptom=last[2],
        later_fragments=LaterFragments.UNKNOWN,
        stateful=True,
        uncertain=rules.doubt,
    )


def _contexts(draft: Draft, filters: dict[tuple[str, int], Filter], last: Default) -> list[Entry]:
    """Jumps to the rules of the global context and of the route domains."""
    entries = []
    rules = draft.global_rules
    if draft.global_policy is not None:
        rules = _policy(draft, draft.global_policy)
        key = (f"policy:{draft.global_policy}", 0)
        if key in filters:
            filters[key] = filters[key]._replace(names=(*filters[key].names, "global"))
    elif rules is not None:
        filters["global", 0] = _plain(draft, "global", rules, last, "global", "global-rules")
    if rules is not None:
        filters[GLOBAL, 0] = _context(draft, GLOBAL, rules)
        entries.append(Entry(rules.line, Action.JUMP, (Match(),), target=GLOBAL, label="global"))
    for domain, found in draft.domain_rules.items():
        domain_rules = _policy(draft, found) if isinstance(found, str) else found
        key_text = f"context:route-domain {domain}"
        filters[key_text, 0] = _context(draft, key_text, domain_rules)
        match = Match(in_interfaces=vlans_of(draft, domain))
        label = f"route-domain {domain}"
        entries.append(
            Entry(domain_rules.line, Action.JUMP, (match,), target=key_text, label=label)
        )
    return entries


def _policy(draft: Draft, name: str) -> Rules:
    found = draft.policies.get(name)
    if found is not None:
        return found
    why = f"firewall policy {name} is not defined"
    return Rules(name, 0, [Entry(None, Action.UNKNOWN, (Match(),), why)])


def _context(draft: Draft, key: str, rules: Rules) -> Filter:
    entries = tuple(
        entry._replace(action=Action.GOTO, target=ACCEPTED)
        if entry.action is Action.PERMIT
        else entry
        for entry in rules.entries
    )
    return Filter(
        key=key,
        family=0,
        file=draft.file,
        line=rules.line or None,
        entries=entries,
        default=None,
        kind=f"firewall-policy {rules.name}",
        later_fragments=LaterFragments.UNKNOWN,
        stateful=True,
        uncertain=rules.doubt,
    )


def _listeners(
    draft: Draft,
    places: list[Place],
    filters: dict[tuple[str, int], Filter],
    firewall: Default | None,
) -> list[Entry]:
    """An entry for each place where a virtual server listens, the most specific first; then SNATs and NATs."""
    entries = []
    following = (
        draft.traffic.get("continue-matching", draft.db.get("tm.continuematching", ("", 0)))[0]
        in ON
    )
    for place in places:
        virtual = place.virtual
        if not virtual.enabled and following:
            continue
        outcome = outcome_of(draft, virtual)
        label = virtual.name
        if firewall is not None and outcome.action is not Action.DENY:
            key = _context_of(draft, virtual, outcome, filters, firewall)
            entries.append(
                Entry(virtual.line, Action.GOTO, (place.match,), place.doubt, key, label=label)
            )
            continue
        entries.append(
            Entry(
                outcome.line,
                outcome.action,
                (place.match,),
                place.doubt or outcome.doubt,
                None,
                outcome.symptom,
                label,
            )
        )
    return entries + draft.snats


def _context_of(
    draft: Draft,
    virtual: Virtual,
    outcome: Outcome,
    filters: dict[tuple[str, int], Filter],
    last: Default,
) -> str:
    """The chain of one virtual server: its firewall rules, and what it does with what they accept."""
    key = f"virtual:{virtual.name}"
    if (key, 0) in filters:
        return key
    rules = virtual.rules or (_policy(draft, virtual.policy) if virtual.policy else None)
    taken = {Action.RETURN: outcome.action, Action.PERMIT: outcome.action}
    entries = [
        entry._replace(
            action=taken.get(entry.action, entry.action),
            uncertain=entry.uncertain or (outcome.doubt if entry.action in taken else None),
        )
        for entry in (rules.entries if rules else ())
    ]
    if last[0] is Action.PERMIT:
        entries.append(
            Entry(outcome.line, outcome.action, (Match(),), outcome.doubt, label=virtual.name)
        )
    else:
        entries.append(Entry(last[1], last[0], (Match(),), None, None, last[2], "default action"))
    filters[key, 0] = Filter(
        key=key,
        family=0,
        file=draft.file,
        line=virtual.line,
        entries=(SESSION, *entries),
        default=Action.UNKNOWN,
        names=(virtual.name,),
        kind=f"firewall-policy {rules.name}" if rules is not None else "firewall-policy",
        later_fragments=LaterFragments.UNKNOWN,
        stateful=True,
        uncertain=rules.doubt if rules else None,
    )
    return key
