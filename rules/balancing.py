"""The one principle of load balancing, as a decision over a device's path choices.

A session is at risk if and only if a header field that can change within one TCP connection takes part in
the choice of path, on a hop with at least two ways towards the service. Per-packet spreading is the case
that no field decides. Parsers state what each choice depends on; the verdicts are derived here.
"""

from __future__ import annotations

import enum
import ipaddress
from collections.abc import Iterable
from typing import NamedTuple

from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from rules.forwarding import Path
from rules.view import Crossing, View

CHANGING = {
    HashField.TTL: "the TTL can differ between the packets of a session after a path change upstream",
    HashField.DSCP: "the DSCP or ECN bits change within a session (SSH sets another class after login)",
    HashField.FLOW_LABEL: "Linux senders change the IPv6 flow label after a retransmission timeout",
    HashField.IP_ID: "the IP identification differs in every packet",
    HashField.LENGTH: "the length differs from packet to packet",
    HashField.SOCKET: "the socket's hash changes after a retransmission timeout (net.core.txrehash)",
}
"""Header fields that can change within one connection, and why (knowledge: hazards H3, H4, H12)."""

PER_PACKET_FIELDS = frozenset({HashField.IP_ID, HashField.LENGTH})
"""Fields that differ from packet to packet: hashing them is spraying."""


class Verdict(enum.Enum):
    """The verdicts of the load-balancing family, the worst first."""

    ACTIVE = "active"
    UNKNOWN = "unknown"
    HAZARD = "hazard"
    LATENT = "latent"


ORDER = list(Verdict)


class Judged(NamedTuple):
    """A verdict about some choices, with the paths that it speaks of and the reason."""

    verdict: Verdict
    choices: tuple[PathChoice, ...]
    crossing: Crossing | None
    paths: tuple[Path, ...]
    reason: str


def count_known(path: Path) -> bool:
    """Whether the number of ways out cannot be larger than the path shows."""
    return path.certain


def splits(choice: PathChoice) -> bool:
    """Whether a choice, where it is in effect, sends packets of one session different ways."""
    if choice.spread in (Spread.PER_PACKET, Spread.UNKNOWN):
        return True  # what is not known may split; the verdict then is unknown
    return choice.spread is Spread.FLOW and bool(choice.fields & PER_PACKET_FIELDS)


def per_packet_verdicts(view: View) -> list[Judged]:
    """The verdicts about all choices that split sessions, one for each group that works together."""
    choices = [c for c in view.device.path_choices if splits(c) and not c.trap]
    overridden: set[str | None] = {
        c.interface
        for c in view.device.path_choices
        if c.operational and not splits(c) and c.interface is not None
    }
    groups: dict[tuple[Scope, str | None], list[PathChoice]] = {}
    for choice in choices:
        alone = choice.scope in (Scope.BUNDLE,)
        key = (choice.scope, choice.interface if alone else None)
        groups.setdefault(key, []).append(choice)
    judged: list[Judged] = []
    for group in groups.values():
        judged.extend(j for j in _judge_group(view, group, overridden) if not _idle_default(j))
    return judged


def _idle_default(judged: Judged) -> bool:
    """Whether a verdict is about nothing but defaults that are not known, where no second path is seen:
    every device without a release would be reported for a default that hardly any release has."""
    defaults = all(c.where is None and c.spread is Spread.UNKNOWN for c in judged.choices)
    return defaults and not any(path.equal_cost >= 2 for path in judged.paths)


def _judge_group(view: View, group: list[PathChoice], overridden: set[str | None]) -> list[Judged]:
    found = [
        judged
        for crossing in view.crossings
        if (judged := _judge_crossing(view, group, crossing, overridden)) is not None
    ]
    if found:
        return found
    known = any(crossing.known for crossing in view.crossings)
    if all(choice.in_effect is False for choice in group):
        return [Judged(Verdict.LATENT, tuple(group), None, (), group[0].reason)]
    if known:
        reason = "no path to the service uses it, as far as the routes show"
        return [Judged(Verdict.LATENT, tuple(group), None, (), reason)]
    reason = "no route shows how many paths lead to the service"
    return [Judged(Verdict.UNKNOWN, tuple(group), None, (), reason)]


def _judge_crossing(
    view: View, group: list[PathChoice], crossing: Crossing, overridden: set[str | None]
) -> Judged | None:
    worst: Judged | None = None
    for path in crossing.paths:
        if not path.routes or path.discard:
            continue
        verdict = _judge_path(view, group, crossing, path, overridden)
        if verdict is None:
            continue
        if worst is None or ORDER.index(verdict.verdict) < ORDER.index(worst.verdict):
            worst = verdict
        elif verdict.verdict is worst.verdict:
            both = dict.fromkeys((*worst.choices, *verdict.choices))
            worst = worst._replace(paths=(*worst.paths, path), choices=tuple(both))
    return worst


def _judge_path(
    view: View,
    group: list[PathChoice],
    crossing: Crossing,
    path: Path,
    overridden: set[str | None],
) -> Judged | None:
    bound, share = _bound(view, group, crossing, path)
    if not bound:
        return None
    ways = path.equal_cost
    certain = count_known(path)
    if bound[0].scope is Scope.BUNDLE:
        ways, certain = _members(view, bound[0])
    elif bound[0].stage is Stage.POLICY:
        ways, certain = max(ways, 2), True  # the statement itself sends packets to several tables

    def judged(verdict: Verdict, reason: str) -> Judged:
        return Judged(verdict, tuple(bound), crossing, (path,), reason)

    if all(c.in_effect is False or c.interface in overridden for c in bound):
        return judged(Verdict.LATENT, bound[0].reason or "it is configured and not in effect")
    if ways < 2:
        if not certain:
            return judged(Verdict.UNKNOWN, f"the number of paths is not known: {path.doubt}")
        return judged(Verdict.LATENT, "there is one path to the service now")
    if crossing.vrf != "default" and not crossing.inside and view.device.interfaces:
        return judged(Verdict.LATENT, f"no inside interface is in vrf {crossing.vrf}")
    doubtful = [c for c in bound if c.in_effect is None or c.spread is Spread.UNKNOWN]
    if doubtful:
        return judged(Verdict.UNKNOWN, doubtful[0].reason or "no document says what it does")
    if share == "some":
        return judged(Verdict.HAZARD, "only some of the ways out carry it")
    if any(c.remerge for c in bound):
        return judged(
            Verdict.HAZARD, "all members end on one device, so packets are only reordered"
        )
    return judged(Verdict.ACTIVE, f"{ways} ways carry the packets of one session in turn")


def _bound(
    view: View, group: list[PathChoice], crossing: Crossing, path: Path
) -> tuple[list[PathChoice], str]:
    """The choices that act on a path, and whether on all of its ways out or on some."""
    fitting = [c for c in group if c.family in (0, path.family) and _covers(c.prefixes, path)]
    scope = fitting[0].scope if fitting else None
    if scope is Scope.EGRESS:
        names = {view.interface(leaf.interface).name for leaf in path.leaves if leaf.interface}
        hit = [c for c in fitting if c.interface in names]
        missing = names - {c.interface for c in hit} or any(
            not leaf.interface for leaf in path.leaves
        )
        return hit, "some" if missing else "all"
    if scope is Scope.INGRESS:
        names = {interface.name for interface in crossing.inside}
        return [c for c in fitting if c.interface in names], "all"
    if scope is Scope.BUNDLE:
        names = set()
        for leaf in path.leaves:
            if leaf.interface:
                found = view.interface(leaf.interface)
                names |= {found.name, found.parent or found.name, found.name.split(".")[0]}
        return [c for c in fitting if c.interface in names], "all"
    return fitting, "all"


def _members(view: View, choice: PathChoice) -> tuple[int, bool]:
    """The members of a bundle that are up by configuration, and whether any are known."""
    members = [i for i in view.device.interfaces if i.bundle == choice.interface and i.enabled]
    return len(members), bool(members)


def _covers(prefixes: Iterable[tuple[int, int, int]] | None, path: Path) -> bool:
    if prefixes is None:
        return True
    for family, value, length in prefixes:
        if family == path.family and ipaddress.ip_network((value, length)).overlaps(path.prefix):
            return True
    return False


def hazards(view: View) -> list[Judged]:
    """The choices that hash flows and can still move a live one, on a path with several ways; unknown where
    a statement stands and the number of ways is not known. Choices that one line makes for several
    interfaces are one."""
    found: dict[tuple[object, ...], Judged] = {}
    for choice in view.device.path_choices:
        reason = _hazard(choice)
        if reason is None or choice.in_effect is False or choice.trap:
            continue
        place = choice.where or (choice.stage, choice.interface, choice.statement)
        for crossing in view.crossings:
            judged = _hazard_of(view, choice, crossing, reason)
            if judged is not None:
                found.setdefault((place, crossing.vrf, crossing.family), judged)
    return list(found.values())


def _hazard_of(view: View, choice: PathChoice, crossing: Crossing, reason: str) -> Judged | None:
    routed = [path for path in crossing.paths if path.routes and not path.discard]
    several = tuple(path for path in routed if _several(view, choice, crossing, path))
    if several:
        return Judged(Verdict.HAZARD, (choice,), crossing, several, reason)
    if choice.where is None or choice.family not in (0, crossing.family):
        return None
    doubtful = tuple(path for path in routed if _may_be_several(view, choice, crossing, path))
    if doubtful or not crossing.known:
        return Judged(Verdict.UNKNOWN, (choice,), crossing, doubtful, reason)
    return None


def _may_be_several(view: View, choice: PathChoice, crossing: Crossing, path: Path) -> bool:
    bound, _ = _bound(view, [choice], crossing, path)
    if not bound:
        return False
    if choice.scope is Scope.BUNDLE:
        return not _members(view, choice)[1]
    return not count_known(path)


def _several(view: View, choice: PathChoice, crossing: Crossing, path: Path) -> bool:
    bound, _ = _bound(view, [choice], crossing, path)
    if not bound:
        return False
    if choice.scope is Scope.BUNDLE:
        return _members(view, choice)[0] >= 2
    return path.equal_cost >= 2


def _hazard(choice: PathChoice) -> str | None:
    if choice.spread is Spread.FLOWLET:
        return "an idle gap longer than the flowlet timer frees the session to take another path"
    if choice.spread is Spread.ADAPTIVE:
        return "the balancer moves hash buckets, and live sessions with them, when the load changes"
    if choice.spread is Spread.FLOW and not splits(choice):
        for field in sorted(choice.fields & set(CHANGING), key=lambda f: f.value):
            return f"the hash takes in the {field.value}: {CHANGING[field]}"
    return None
