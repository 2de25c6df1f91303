"""Traffic classifiers, behaviors and policies: which packets a policy drops.

Huawei: where an access list in a classifier denies, the packet is dropped whatever the behavior says; where
it permits, the behavior decides (Huawei data center FAQ, ACL and traffic policy). Comware: the behavior's
`filter deny` drops what the class matches; what a deny rule in its access list does is not documented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match
from parsers.reader import Statement, Table
from parsers.vrp_style.draft import Behavior, Classifier, Condition, Draft, Pair
from parsers.vrp_style.walk import ANYTHING, ignored

Found = re.Match[str]
ACLS = Mapping[tuple[str, int], Filter]


class Mode(NamedTuple):
    """How a platform joins rules and behaviors: `deny_rule` is what a deny rule does with its packets, None
    where no document says; `operator` joins the conditions of a classifier that names no operator, empty
    where that depends on the model."""

    deny_rule: Action | None
    operator: str


def classifier(state: Draft, match: Found, line: int) -> None:
    """`traffic classifier C [operator and|or] [precedence N]`."""
    held = state.policies
    held.classifier = held.classifiers.setdefault(
        match["name"], Classifier(match["operator"] or "", [], line)
    )


def condition(state: Draft, match: Found, line: int) -> bool | None:
    """`if-match acl N`, `if-match ipv6 acl N`, `if-match any`; anything else is kept as it stands."""
    held = state.policies.classifier
    if held is None:
        return None
    text = match["what"]
    found = _ACL_CONDITION.fullmatch(text)
    if found is not None:
        kind = "acl6" if "ipv6" in text.split()[:2] else "acl"
        held.conditions.append(Condition(kind, found["acl"], line))
    elif text in ("any", "ipv6 any"):
        held.conditions.append(Condition("any" if text == "any" else "any6", "", line))
    else:
        known = _OTHER_CONDITION.match(text) is not None
        held.conditions.append(
            Condition("other", text, line) if known else Condition("odd", match[0], line)
        )
        return known
    return None


def odd_condition(state: Draft, match: Found, line: int) -> bool:
    """A line of a classifier that is not understood."""
    if state.policies.classifier is not None:
        state.policies.classifier.conditions.append(Condition("odd", match[0], line))
    return False


_OTHER_CONDITION = re.compile(
    r"(?:not )?(?:ipv6 )?(?:dscp|ip-precedence|8021p|cvlan-8021p|vlan-id|cvlan-id|double-tag|discard|flow-id|mpls-exp"
    r"|protocol|protocol-group|l2-protocol|next-header|tcp|rtp|packet-length|fragment-type|app-protocol|application"
    r"|app-group|source-mac|destination-mac|(?:in|out)bound-interface|any-flow|category|user-set|ucl-group"
    r"|(?:customer|service)-(?:dot1p|vlan-id)|dot1p|local-precedence|drop-precedence|qos-local-id|forwarding-layer"
    r"|control-plane|mpls-label|second-mpls-exp|traffic-behavior)(?: .*)?$"
)
_ACL_CONDITION = re.compile(r"(?:ipv6 )?acl(?: ipv6| ipv4)?(?: name| number)? (?P<acl>\S+)")


def behavior(state: Draft, match: Found, line: int) -> None:
    """`traffic behavior B`."""
    held = state.policies
    held.behavior = held.behaviors.setdefault(match["name"], Behavior([], [], []))


def verdict(state: Draft, match: Found, line: int) -> None:
    """`permit`, `deny`, `filter permit`, `filter deny`: the last one stands."""
    if state.policies.behavior is not None:
        state.policies.behavior.verdict.append((match["verdict"], line))


def move(state: Draft, match: Found, line: int) -> None:
    """`redirect …`: forwarding may differ from the routing table."""
    if state.policies.behavior is not None:
        state.policies.behavior.moves.append((match[0], line))


def odd_action(state: Draft, match: Found, line: int) -> bool:
    """A line of a behavior that is not understood."""
    if state.policies.behavior is not None:
        state.policies.behavior.doubts.append((match[0], line))
    return False


def doubtful(state: Draft, match: Found, line: int) -> None:
    """An action that drops by rate or colour, all packets perhaps."""
    if state.policies.behavior is not None:
        state.policies.behavior.doubts.append((match[0], line))


def policy(state: Draft, match: Found, line: int) -> None:
    """`traffic policy P`, `qos policy P`."""
    held = state.policies
    held.policy = held.policies.setdefault(match["name"], (line, []))[1]


def pair(state: Draft, match: Found, line: int) -> None:
    """`classifier C behavior B [precedence N]`."""
    held = state.policies.policy
    if held is not None:
        order = int(match["order"]) if match["order"] else 0
        held.append(Pair(match["classifier"], match["behavior"], line, order))


def odd_pair(state: Draft, match: Found, line: int) -> bool:
    """A line of a policy that is not understood: it may name any classes and behaviors."""
    if state.policies.policy is not None:
        state.policies.policy.append(Pair(match[0], "", line, 0))
    return False


CLASSIFIER: Table[Draft] = Table(
    (
        Statement(r"if-match (?P<what>\S.*)", condition, topic="traffic policies"),
        *ignored("text", "description"),
        Statement(ANYTHING, odd_condition),
    ),
    missed="filter",
)
BEHAVIOR: Table[Draft] = Table(
    (
        Statement(r"(?:filter )?(?P<verdict>permit|deny)", verdict, topic="traffic policies"),
        Statement(r"redirect(?: .*)?", move, topic="policy routing"),
        Statement(r"car .*(?:green|conform)(?: action)? (?:discard|deny).*", doubtful),
        *ignored(
            "marks, counts, queues, polices by rate or copies; drops nothing that is within its rate",
            "description", "remark", "remark-flow-id", "car", "statistic", "statistics", "accounting", "queue",
            "gts", "wred", "mirroring", "mirror-to", "mirror", "observe-port", "mac-address", "nest", "primap",
            "traffic-policy", "user-queue", "dscp", "local-precedence", "sample", "ip netstream", "flow-mirror",
            "ip urpf", "add-tag", "vlan-mapping", "sac", "share",
        ),
        Statement(ANYTHING, odd_action),
    ),
    missed="filter",
)  # fmt: skip
POLICY: Table[Draft] = Table(
    (
        Statement(
            r"classifier (?P<classifier>\S+)(?: operator \S+)? behavior (?P<behavior>\S+)"
            r"(?: precedence (?P<order>\d+))?(?: (?:mode|insert-before) \S+(?: \S+)?)?",
            pair,
            topic="traffic policies",
        ),
        *ignored("counts and shares, decides nothing", "description", "statistics", "statistic",
                 "share-mode", "step", "match-type"),
        Statement(ANYTHING, odd_pair),
    ),
    missed="filter",
)  # fmt: skip
STATEMENTS: tuple[Statement, ...] = (
    Statement(
        r"traffic classifier (?P<name>\S+)(?: operator (?P<operator>and|or))?"
        r"(?: (?:precedence \d+|type (?:and|or)))*",
        classifier,
        table=CLASSIFIER,
    ),
    Statement(r"traffic behavior (?P<name>\S+)", behavior, table=BEHAVIOR),
    Statement(
        r"(?:traffic|qos) policy (?P<name>\S+)(?: match-order (?:config|auto))?(?: atomic)?",
        policy,
        table=POLICY,
    ),
)


def moves(state: Draft, name: str) -> bool:
    """Whether a policy redirects packets."""
    _, pairs = state.policies.policies.get(name, (0, []))
    found = (state.policies.behaviors.get(p.behavior) for p in pairs)
    return any(b is not None and b.moves for b in found)


def filters(state: Draft, acls: ACLS, mode: Mode) -> dict[tuple[str, int], Filter]:
    """All traffic policies as filters, one for each family. What no class matches is forwarded."""
    found = {}
    for name, (line, pairs) in state.policies.policies.items():
        ordered = sorted(pairs, key=lambda p: p.order)
        for family in (4, 6):
            entries = tuple(e for p in ordered for e in _of_pair(state, acls, mode, p, family))
            made = Filter(
                key=f"policy {name}",
                family=family,
                file=state.file,
                line=line,
                entries=entries,
                default=Action.PERMIT,
                names=(name,),
                kind="traffic-policy",
                later_fragments=LaterFragments.UNKNOWN,
            )
            found[made.key, family] = made
    return found


def _of_pair(state: Draft, acls: ACLS, mode: Mode, one: Pair, family: int) -> Iterator[Entry]:
    every = (Match(family),)
    held = state.policies
    if not one.behavior:
        yield Entry(one.line, Action.UNKNOWN, every, f"{one.classifier!r} is not understood")
        return
    chosen, act = held.classifiers.get(one.classifier), held.behaviors.get(one.behavior)
    if chosen is None or act is None:
        what = f"classifier {one.classifier}" if chosen is None else f"behavior {one.behavior}"
        yield Entry(one.line, Action.UNKNOWN, every, f"{what} is not defined", label=one.classifier)
        return
    action, line = Action.PERMIT, one.line
    if act.verdict:
        action = Action.DENY if act.verdict[-1][0] == "deny" else Action.PERMIT
        line = act.verdict[-1][1]
    if act.doubts:
        doubt = f"'{act.doubts[0][0]}' may drop all packets"
        yield Entry(act.doubts[0][1], Action.DENY, every, doubt, label=one.classifier)
    conditions = [c for c in chosen.conditions if _concerns(c, family)]
    joined = _joint(chosen, mode)
    for found in conditions:
        yield from _of_condition(acls, mode, found, family, action, line, joined)


def _joint(chosen: Classifier, mode: Mode) -> str | None:
    """Why a condition alone does not make the class, None if it does."""
    if len(chosen.conditions) < 2:
        return None
    operator = chosen.operator or mode.operator
    if operator == "or":
        return None
    how = "all" if operator == "and" else "all or any, which depends on the model,"
    return f"{how} of several conditions must hold"


def _concerns(found: Condition, family: int) -> bool:
    return found.kind in ("any", "other", "odd") or (found.kind in ("acl6", "any6")) == (
        family == 6
    )


def _of_condition(
    acls: ACLS,
    mode: Mode,
    found: Condition,
    family: int,
    action: Action,
    line: int,
    joined: str | None,
) -> Iterator[Entry]:
    every = (Match(family),)
    if found.kind in ("any", "any6"):
        yield Entry(line, action, every, joined)
        return
    if found.kind == "odd":
        doubt = f"{found.value!r} is not understood"
        yield Entry(found.line, Action.UNKNOWN, every, doubt)
        return
    if found.kind == "other":
        doubt = f"'if-match {found.value}' cannot be decided from the text"
        yield Entry(line, action, every, doubt)
        return
    acl = acls.get((found.value, family)) or acls.get((found.value.lower(), family))
    if acl is None:
        verdict_of = action if mode.deny_rule is None else Action.UNKNOWN
        yield Entry(line, verdict_of, every, f"access list {found.value} is not defined")
        return
    for entry in acl.entries:
        reason = entry.uncertain or joined or acl.uncertain
        verdict_of = action
        if entry.action is not Action.PERMIT:
            verdict_of = Action.UNKNOWN if mode.deny_rule is None else mode.deny_rule
            if entry.action is Action.UNKNOWN:
                verdict_of = Action.UNKNOWN
            elif mode.deny_rule is None and action is Action.PERMIT:
                verdict_of = Action.PERMIT
        yield entry._replace(action=verdict_of, uncertain=reason)
