"""Rule sets: numbered rules, each with conditions and an action, and the last action.

Sources: vyos-documentation, "Firewall" (legacy and 1.4) and vyos-1x `python/vyos/firewall.py`, `nftables.j2`; for
1.3 and EdgeOS vyatta-cfg-firewall `Rule.pm`: `accept` returns to the hook, `reject` is iptables' REJECT, which answers
with ICMP port-unreachable, and a set without `default-action` drops. Rules run in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from parsers.hierarchy.tree import Node
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    Fragments,
    LaterFragments,
    Match,
    State,
    Symptom,
)
from parsers.vyatta_style import conditions
from parsers.vyatta_style.conditions import Conditions, Reader
from parsers.vyatta_style.draft import Draft, because, said, several, single


class Kind(NamedTuple):
    """What a rule set is: `default` decides where the text says nothing; None returns to the caller. `state_first`
    is True where the global state policy comes before its rules."""

    key: str
    names: tuple[str, ...]
    family: int
    default: Action | None
    word: str
    state_first: bool = False
    stateful: bool = True


ACTIONS: Mapping[str, tuple[Action, Symptom]] = {
    "accept": (Action.PERMIT, Symptom.TIMEOUT),
    "drop": (Action.DENY, Symptom.TIMEOUT),
    "reject": (Action.DENY, Symptom.ICMP_ERROR),
    "return": (Action.RETURN, Symptom.TIMEOUT),
    "continue": (Action.CONTINUE, Symptom.TIMEOUT),
    "jump": (Action.JUMP, Symptom.TIMEOUT),
    "offload": (Action.CONTINUE, Symptom.TIMEOUT),
    "notrack": (Action.CONTINUE, Symptom.TIMEOUT),
    "queue": (Action.UNKNOWN, Symptom.TIMEOUT),
    "synproxy": (Action.UNKNOWN, Symptom.TIMEOUT),
    "inspect": (Action.UNKNOWN, Symptom.TIMEOUT),
}
"""`offload` hands established flows to a flow table and goes on; `notrack` stands in `prerouting raw`."""

CONDITIONS: Mapping[str, Reader] = {
    "protocol": conditions.protocol,
    "state": conditions.state,
    "source": conditions.side("source"),
    "destination": conditions.side("destination"),
    "icmp": conditions.icmp(4),
    "icmpv6": conditions.icmp(6),
    "tcp": conditions.tcp,
    "fragment": conditions.fragment,
    "inbound-interface": conditions.interface("inbound-interface"),
    "outbound-interface": conditions.interface("outbound-interface"),
    **dict.fromkeys(
        (
            "application", "connection-mark", "connection-status", "conntrack-helper", "dscp",
            "dscp-exclude", "gre", "hop-limit", "ipsec", "limit", "mark", "p2p", "packet-length",
            "packet-length-exclude", "packet-type", "recent", "statistic", "time", "ttl",
            "ethernet-type", "vlan", "tos", "length",
        ),
        conditions.undecided,
    ),
}  # fmt: skip

_NEUTRAL = because(
    "logs, names or counts; what the rule matches does not depend on it",
    "description", "log", "log-options", "log-level", "queue", "queue-options", "offload-target",
    "add-address-to-group", "set", "modify", "synproxy", "rule-statistics",
)  # fmt: skip
_SET_NEUTRAL = because(
    "logs or names the rule set", "description", "enable-default-log", "default-log", "default-log-options",
)  # fmt: skip


def build(draft: Draft, node: Node, kind: Kind) -> Filter:
    """The rule set that `node` holds."""
    draft.use(node)
    entries: list[tuple[int, Entry]] = []
    doubt = node.doubt
    for child in node.children.values():
        if child.word == "rule":
            draft.use(child)
            doubt = doubt or child.doubt
            for rule in child.children.values():
                doubt = _number(draft, rule, kind) or doubt
                made = _rule(draft, rule, kind)
                if made is not None:
                    entries.append((int(rule.word) if rule.word.isdecimal() else 0, made))
        elif child.word in _SET_NEUTRAL:
            draft.ignore_all(child)
        elif child.word not in ("default-action", "default-jump-target"):
            draft.miss(child, "filter", kind.key)
            doubt = doubt or f"'{child.word}' is not understood"
    entries.sort(key=lambda pair: pair[0])
    if kind.default is Action.PERMIT:
        # a base chain's policy is accept; its default-action is a rule at its end (nftables.j2)
        entries = [(n, _accepted(entry)) for n, entry in entries]
    default, line, symptom, last = _default(draft, node, kind)
    found = [entry for _, entry in entries] + ([last] if last is not None else [])
    return Filter(
        key=kind.key,
        family=kind.family,
        file=draft.file,
        line=said(node),
        entries=tuple(found),
        default=default,
        names=kind.names,
        kind=kind.word,
        default_line=line,
        default_symptom=symptom,
        later_fragments=LaterFragments.UNKNOWN,
        stateful=kind.stateful,
        uncertain=doubt,
    )


def _accepted(entry: Entry) -> Entry:
    return entry._replace(action=Action.PERMIT) if entry.action is Action.RETURN else entry


def _number(draft: Draft, rule: Node, kind: Kind) -> str | None:
    """Why the order of the rules is not known; None if it is."""
    if rule.word.isdecimal() and rule.word.isascii():
        return None
    draft.miss(rule, "filter", kind.key)
    return f"rule '{rule.word}' has no number"


def _rule(draft: Draft, rule: Node, kind: Kind) -> Entry | None:
    """The entry of one rule; None for a disabled one."""
    if "disable" in rule.children and not rule.children["disable"].children:
        draft.ignore_all(rule)
        return None
    draft.use(rule)
    found = Conditions(kind.family, kind.key)
    if rule.doubt:
        found.doubts.append(rule.doubt)
    if rule.more is not None:
        found.doubts.append(f"rule {rule.word} is there twice")
    for child in rule.children.values():
        reader = CONDITIONS.get(child.word)
        if reader is not None:
            if child.doubt:
                found.doubts.append(child.doubt)
            reader(draft, found, child)
        elif child.word in _NEUTRAL:
            draft.ignore_all(child)
        elif child.word not in ("action", "jump-target"):
            conditions.missed(draft, found, child, f"'{child.word}' is not understood")
    action, symptom, line, target = _action(draft, rule, found)
    if action is Action.UNKNOWN and not found.doubts:
        found.doubts.append("the action is not modelled")
    conditions.finish(draft, found)
    # of two blocks with one number either may be in force, or both
    match = found.match() if rule.more is None else Match(kind.family)
    return Entry(
        rule.end or line or said(rule),
        action,
        (match,),
        found.doubt(),
        target,
        symptom,
        rule.word,
    )


def _action(
    draft: Draft, rule: Node, found: Conditions
) -> tuple[Action, Symptom, int | None, str | None]:
    leaf = rule.children.get("action")
    value = leaf.only() if leaf is not None else None
    if leaf is None or value is None or several(leaf) or value.word not in ACTIONS:
        if leaf is not None and "modify" not in leaf.children:
            conditions.missed(draft, found, leaf, "the action is not understood")
        else:
            if leaf is not None:
                draft.use_all(leaf)
            found.doubts.append("the rule has no action that is known")
            draft.actionless.setdefault((found.subject, found.family), rule.word)
        return Action.UNKNOWN, Symptom.TIMEOUT, None, None
    draft.use_all(leaf)
    action, symptom = ACTIONS[value.word]
    target = None
    if value.word == "jump":
        named = single(draft, rule, "jump-target")
        target = named[0] if named is not None else None
    elif "jump-target" in rule.children:
        draft.use_all(rule.children["jump-target"])
    if value.word == "notrack":
        draft.untracked = draft.where(value.last)
    return action, symptom, value.last, target


def _default(
    draft: Draft, node: Node, kind: Kind
) -> tuple[Action | None, int | None, Symptom, Entry | None]:
    """The last action, the line that says it, what the sender sees, and a last entry for a jump."""
    named = single(draft, node, "default-action")
    target = single(draft, node, "default-jump-target")
    if named is None:
        if "default-action" in node.children:
            draft.miss(node.children["default-action"], "filter", kind.key)
            return Action.UNKNOWN, said(node), Symptom.TIMEOUT, None
        return kind.default, None, Symptom.TIMEOUT, None
    word, line = named
    if several(node.children["default-action"]) or word not in ACTIONS:
        draft.miss(node.children["default-action"], "filter", kind.key)
        return Action.UNKNOWN, line, Symptom.TIMEOUT, None
    action, symptom = ACTIONS[word]
    if action in (Action.PERMIT, Action.DENY, Action.UNKNOWN):
        return action, line, symptom, None
    last = None
    if action is Action.JUMP:
        name = target[0] if target is not None else None
        last = Entry(line, action, (Match(kind.family),), target=name, label="default-action")
    ending = None if kind.default is not Action.PERMIT else Action.PERMIT
    return ending, line, symptom, last


def undefined(draft: Draft, key: str, family: int, name: str, word: str) -> Filter:
    """What stands for a rule set that is named and not in the text: a commit refuses that."""
    return Filter(
        key=key,
        family=family,
        file=draft.file,
        line=None,
        entries=(),
        default=Action.UNKNOWN,
        names=(name,),
        kind=word,
        stateful=True,
        defined=False,
        uncertain=f"{word} {name} is not in the text",
    )


def state_entries(draft: Draft, family: int) -> tuple[Entry, ...]:
    """The global state policy (`state-policy established action accept`), which stands before all rules."""
    if draft.state_doubt is not None and not draft.state_policy:
        return ()
    made = []
    for word in ("established", "invalid", "related"):
        if word in draft.state_policy:
            action, line = draft.state_policy[word]
            known, symptom = ACTIONS.get(action, (Action.UNKNOWN, Symptom.TIMEOUT))
            match = Match(family, states=frozenset({State(word)}))
            doubt = "some connections are not tracked" if draft.untracked is not None else None
            made.append(
                Entry(line, known, (match,), doubt, symptom=symptom, label=f"state-policy {word}")
            )
    return tuple(made)


def settled(draft: Draft, found: Filter, state_first: bool) -> Filter:
    """The rule set with what only the whole configuration tells: the state policy, and fragments. Connection
    tracking puts packets together again before the first rule; a rule with a fragment condition is taken at
    its documentation's word."""
    fragments = LaterFragments.WHOLE if draft.tracked else LaterFragments.NEVER
    tested = any(m.fragments is not Fragments.ANY for e in found.entries for m in e.matches)
    entries = (
        (*state_entries(draft, found.family), *found.entries) if state_first else found.entries
    )
    doubt = found.uncertain or draft.firewall_doubt or (draft.state_doubt if state_first else None)
    if found.family and "firewall" in draft.root.children:
        doubt = doubt or draft.root.children["firewall"].doubt
    return found._replace(
        entries=tuple(entries),
        later_fragments=LaterFragments.UNKNOWN if tested else fragments,
        uncertain=doubt,
    )
