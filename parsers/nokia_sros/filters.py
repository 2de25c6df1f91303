"""`filter`: IP filter policies as first-match lists.

Entries are evaluated in the order of their numbers, the first that matches decides, then `default-action`, which
is `drop` unless said otherwise. An entry without an action is not active, a policy without an active entry is not
active either. Layer 4 criteria see zeros in fragments that are not the first.

Sources: Nokia SR OS 22.7, Router Configuration Guide, "Filter policy overview", "Filter policy advanced topics"
(embedding, system filter); YANG `nokia-conf-filter` 26.3 (default-action, scope, embed).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match
from parsers.nokia_sros.actions import read_action
from parsers.nokia_sros.conditions import read_conditions
from parsers.nokia_sros.draft import Draft, Handler, Statements
from parsers.nokia_sros.lists import read_match_lists
from parsers.nokia_style.statements import CUT, because, is_true, number_of, said, word

KINDS = {"ip-filter": 4, "ipv6-filter": 6}
_INACTIVE = (
    "a policy without an active entry is not active, and what then happens is not documented"
)
_ENTRY_CONTEXT = because(
    "counts, logs or samples packets, or says what happens to policy routing when its target is down",
    "description", "log", "collect-stats", "filter-sample", "interface-sample",
    "interface-disable-sample", "sample-profile", "egress-pbr", "sticky-dest",
    "pbr-down-action-override", "name",
)  # fmt: skip
_POLICY_CONTEXT = because(
    "says how the policy is stored and counted, not what it matches",
    "description", "scope", "type", "shared-policer", "filter-id", "name", "filter-name", "renum",
    "default-action", "entry", "chain-to-system-filter", "embed", "embed-filter",
    "sub-insert-wmark", "sub-insert-credit-control", "group-inserted-entries",
)  # fmt: skip
_INSERTED = frozenset(
    {
        "subscriber-mgmt",
        "sub-insert-radius",
        "sub-insert-shared-radius",
        "sub-insert-shared-pccrule",
    }
)


@dataclass
class Policy:
    """A policy before embedding: its own entries by number, and what it takes in from others."""

    key: str
    family: int
    node: Node
    names: tuple[str, ...]
    entries: dict[int, tuple[Entry, ...]] = field(default_factory=dict)
    active: bool = False
    chained: bool = False
    doubt: str | None = None
    default: Action = Action.DENY
    default_line: int | None = None


def read_filters(draft: Draft, node: Node) -> None:
    """All of `filter`; the policies go into the draft by key and family."""
    lists = node.children.get("match-list")
    if lists is not None:
        read_match_lists(draft, lists)
    policies: dict[tuple[str, int], Policy] = {}
    for kind, family in KINDS.items():
        holder = node.children.get(kind)
        for child in holder.children.values() if holder is not None else ():
            policy = _policy(draft, child, family)
            policies[policy.key, family] = policy
            for name in policy.names:
                draft.aliases.setdefault((name, family), policy.key)
    system = _system_filters(draft, node, policies)
    for policy in policies.values():
        draft.filters[policy.key, policy.family] = _finished(draft, policy, policies, system)
    read(draft, node, _FILTER)


def _known(draft: Draft, node: Node) -> None:
    draft.use(node)


def _mac_filter(draft: Draft, node: Node) -> None:
    """Filters on frames; where they are applied says whether they matter."""
    draft.ignore_all(node)


_FILTER: Statements = {
    "ip-filter": _known,
    "ipv6-filter": _known,
    "match-list": _known,
    "system-filter": _known,
    "mac-filter": _mac_filter,
    **because("where redirected packets go: the entries that name it are known to redirect",
              "redirect-policy", "redirect-policy-binding", "gre-tunnel-template"),
    **because("logging, and limits of the filter tables", "log", "copy", "md-auto-id", "renum"),
    **because("which packets of the device's own domain stay unencrypted or reach its DHCP",
              "ip-exception", "ipv6-exception", "dhcp-filter", "dhcp6-filter"),
}  # fmt: skip


def _policy(draft: Draft, node: Node, family: int) -> Policy:
    other = word(node, "filter-id") or word(node, "name") or word(node, "filter-name")
    names = (node.word, other) if other is not None and other != node.word else (node.word,)
    policy = Policy(node.word, family, node, names)
    draft.use(node)
    for child in node.children.values():
        if child.word in _POLICY_CONTEXT:
            if child.word in ("entry", "embed", "embed-filter"):
                continue
            draft.use_all(child)
        elif child.word in _INSERTED:
            draft.use_all(child)
            policy.doubt = "RADIUS or Diameter may insert entries for subscribers"
        else:
            draft.miss(child, "filter", node.word)
            policy.doubt = f"'{child.word}' is not understood"
    if node.doubt is not None and node.doubt != CUT:
        policy.doubt = node.doubt
    read_policy_entries(draft, policy)
    default = node.value("default-action")
    if default is not None:
        policy.default_line = said(default)
        action = {"accept": Action.PERMIT, "forward": Action.PERMIT, "drop": Action.DENY}.get(
            default.word
        )
        if action is None:
            draft.miss(node.children["default-action"], "filter", node.word)
        policy.default = action or Action.UNKNOWN
    policy.chained = is_true(node, "chain-to-system-filter")
    return policy


def read_policy_entries(draft: Draft, policy: Policy) -> None:
    """The entries below a policy's node."""
    holder = policy.node.children.get("entry")
    if holder is not None:
        draft.use(holder)
    for child in holder.children.values() if holder is not None else ():
        number = number_of(child.word, 0, 4_294_967_295)
        if number is None:
            draft.miss(child, "filter", policy.key)
            policy.doubt = policy.doubt or f"entry '{child.word}' has no number"
            continue
        made, active = _entry(draft, child, policy)
        policy.entries[number] = made
        policy.active = policy.active or active


def _entry(draft: Draft, node: Node, policy: Policy) -> tuple[tuple[Entry, ...], bool]:
    """The model's entries for one entry, and whether it is active."""
    draft.use(node)
    doubts = _entry_doubts(draft, node, policy)
    conditions = read_conditions(draft, node.children.get("match"), policy.family, policy.key)
    action = node.children.get("action")
    if action is None:
        if not doubts:
            return (), False
        matches = conditions.matches(zeros_match_later=True)
        line = node.end or said(node)
        return (Entry(line, Action.UNKNOWN, matches, "; ".join(doubts), label=node.word),), True
    decision = read_action(draft, action, policy.key)
    matches = conditions.matches(zeros_match_later=True)
    reasons = [*conditions.doubts, *doubts]
    if decision.action is Action.CONTINUE and not reasons:
        return (), True
    if decision.doubt is not None:
        reasons.append(decision.doubt)
    if decision.diverts:
        place = draft.where(decision.diverts)
        draft.diverting.setdefault((policy.key, policy.family), place)
    unclear = decision.action is Action.CONTINUE or node.doubt is not None
    reason = "; ".join(dict.fromkeys(reasons)) or None
    line = node.end or decision.line or node.line
    made = Action.UNKNOWN if unclear else decision.action
    return (Entry(line, made, matches, reason, label=node.word),), True


def _entry_doubts(draft: Draft, node: Node, policy: Policy) -> list[str]:
    """Why an entry may do another thing than its match and its action say."""
    doubts = []
    for child in node.children.values():
        if child.word in _ENTRY_CONTEXT:
            draft.ignore_all(child)
        elif child.word == "time-range":
            draft.use_all(child)
            doubts.append("it holds at certain times only")
        elif child.word == "no" and set(child.children) <= {"action", "match", "log"}:
            draft.use_all(child)
        elif child.word not in ("match", "action"):
            draft.miss(child, "filter", policy.key)
            doubts.append(f"'{child.word}' is not understood")
    if node.doubt is not None:
        doubts.append(node.doubt)
    return doubts


def _system_filters(
    draft: Draft, node: Node, policies: dict[tuple[str, int], Policy]
) -> dict[int, Policy | None]:
    """The active system filter of each family; None where its name leads nowhere."""
    holder = node.children.get("system-filter")
    found: dict[int, Policy | None] = {}
    for name, family in (("ip", 4), ("ipv6", 6)):
        value = holder.value(name) if holder is not None else None
        if holder is not None and value is not None:
            draft.use_all(holder)
            key = draft.aliases.get((value.word, family), value.word)
            found[family] = policies.get((key, family))
    return found


def _finished(
    draft: Draft,
    policy: Policy,
    policies: dict[tuple[str, int], Policy],
    system: dict[int, Policy | None],
) -> Filter:
    numbered = dict(policy.entries)
    doubt = policy.doubt
    active = policy.active
    for number, embedded in _embedded(draft, policy, policies):
        active = True
        if number in numbered:
            doubt = doubt or f"entry {number} is its own and an embedded one"
        numbered.setdefault(number, embedded)
    entries = [entry for number in sorted(numbered) for entry in numbered[number]]
    if policy.node.doubt == CUT:
        whole = (Match(policy.family),)
        entries.append(Entry(policy.node.line, Action.UNKNOWN, whole, CUT))
    elif not active and not policy.chained:
        doubt = doubt or _INACTIVE
    if policy.chained:
        first, reason = _chained(system.get(policy.family))
        entries = [*first, *entries]
        doubt = doubt or reason
    return Filter(
        key=policy.key,
        family=policy.family,
        file=draft.file,
        line=policy.node.end or said(policy.node),
        entries=tuple(entries),
        default=policy.default,
        names=policy.names,
        kind="filter policy",
        default_line=policy.default_line,
        later_fragments=LaterFragments.NEVER,
        uncertain=doubt,
    )


def _chained(system: Policy | None) -> tuple[list[Entry], str | None]:
    """The entries of the system filter, which see packets first. That an accepted packet goes on to the own
    entries, or does not, is not verified."""
    if system is None:
        return [], "it is chained to a system filter that is not in the text"
    found = []
    for number in sorted(system.entries):
        for entry in system.entries[number]:
            made = entry._replace(label=f"system/{entry.label}")
            if entry.action is Action.PERMIT:
                reason = "whether a packet that the system filter accepts goes on is not documented"
                made = made._replace(uncertain=entry.uncertain or reason)
            found.append(made)
    return found, system.doubt


def _embedded(
    draft: Draft, policy: Policy, policies: dict[tuple[str, int], Policy]
) -> list[tuple[int, tuple[Entry, ...]]]:
    """The entries that other policies give, with their numbers in this one."""
    found: list[tuple[int, tuple[Entry, ...]]] = []
    for word_ in ("embed", "embed-filter"):
        holder = policy.node.children.get(word_)
        if holder is None:
            continue
        draft.use(holder)
        for child in holder.children.values():
            if child.word in ("flowspec", "open-flow", "openflow", "vsd"):
                draft.use_all(child)
                found.append((_offset(child), (_foreign(policy, child),)))
                continue
            named = (
                child.children.values() if child.word == "filter" and word_ == "embed" else [child]
            )
            draft.use(child)
            for name in named:
                found += _embedded_policy(draft, policy, policies, name)
    return found


def _foreign(policy: Policy, node: Node) -> Entry:
    reason = f"entries that {node.word} inserts are not in the text"
    return Entry(said(node), Action.UNKNOWN, (Match(policy.family),), reason, label=node.word)


def _offset(node: Node) -> int:
    """The offset that stands anywhere in the arguments; without one the entries may stand in front."""
    for found in node.walk():
        value = found.only() if found.word == "offset" else None
        if value is not None:
            return number_of(value.word) or 0
    return 0


def _embedded_policy(
    draft: Draft, policy: Policy, policies: dict[tuple[str, int], Policy], name: Node
) -> list[tuple[int, tuple[Entry, ...]]]:
    draft.use_all(name)
    offsets = name.children.get("offset")
    places = list(offsets.children.values()) if offsets is not None else [Node("0", name.line)]
    key = draft.aliases.get((name.word, policy.family), name.word)
    other = policies.get((key, policy.family))
    found: list[tuple[int, tuple[Entry, ...]]] = []
    for place in places:
        words = {node.word for node in (*place.walk(), *name.walk())}
        if "inactive" in words or word(place, "admin-state") == "disable":
            continue
        offset = number_of(place.word)
        if other is None or offset is None or other is policy:
            draft.miss(name, "filter", policy.key)
            reason = f"embedded filter {name.word} is not in the text"
            line = said(name)
            found.append(
                (offset or 0, (Entry(line, Action.UNKNOWN, (Match(policy.family),), reason),))
            )
            continue
        found += [
            (number + offset, tuple(e._replace(label=f"{name.word}/{e.label}") for e in entries))
            for number, entries in other.entries.items()
            if entries
        ]
    return found


def read_own_filter(kind: str) -> Handler:
    """The handler of `cpm-filter` and `management-access-filter`, which see packets to the router itself: they
    are known by name and bound nowhere."""

    def own(draft: Draft, node: Node) -> None:
        default = word(node, "default-action")
        for child in node.children.values():
            if child.word in KINDS:
                policy = Policy(kind, KINDS[child.word], child, (kind,))
                _own_policy(draft, policy, default or word(child, "default-action"))
            else:
                draft.use_all(child)
        draft.use(node)

    return own


def _own_policy(draft: Draft, policy: Policy, default: str | None) -> None:
    read_policy_entries(draft, policy)
    for child in policy.node.children.values():
        if child.word != "entry":
            draft.use_all(child)
    draft.use(policy.node)
    action = {
        "accept": Action.PERMIT,
        "permit": Action.PERMIT,
        "drop": Action.DENY,
        "deny": Action.DENY,
    }
    draft.filters.setdefault(
        (policy.key, policy.family),
        Filter(
            key=policy.key,
            family=policy.family,
            file=draft.file,
            line=policy.node.end or said(policy.node),
            entries=tuple(e for n in sorted(policy.entries) for e in policy.entries[n]),
            default=action.get(default or "", Action.UNKNOWN),
            names=policy.names,
            kind=policy.key,
            later_fragments=LaterFragments.NEVER,
        ),
    )
