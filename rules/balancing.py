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
from rules.balancing_state import settled
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

FRAGMENTS = (
    "the hash takes in ports, which the later fragments of a packet do not have, and this device lets packets be "
    "fragmented that ask for the opposite"
)
PORTS = frozenset({HashField.SRC_PORT, HashField.DST_PORT})

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


def choices_of(view: View) -> tuple[PathChoice, ...]:
    """The device's choices as its own reports settle them."""
    known = view.cache.get("path choices")
    if not isinstance(known, tuple):
        known = view.cache["path choices"] = settled(view.device, frozenset(CHANGING))
    return known


def for_other_traffic(view: View, choice: PathChoice) -> bool:
    """Whether a statement's own conditions leave out every prefix of the service."""
    return (
        choice.aimed
        and choice.prefixes is not None
        and not any(
            family == prefix.version and ipaddress.ip_network((value, length)).overlaps(prefix)
            for family, value, length in choice.prefixes
            for prefix in view.service.of_family(family)
        )
    )


def per_packet_verdicts(view: View) -> list[Judged]:
    """The verdicts about all choices that split sessions, one for each group that works together."""
    choices = [
        c for c in choices_of(view) if splits(c) and not c.trap and not for_other_traffic(view, c)
    ]
    groups: dict[tuple[Scope, str | None], list[PathChoice]] = {}
    for choice in choices:
        alone = choice.scope in (Scope.BUNDLE,)
        key = (choice.scope, choice.interface if alone else None)
        groups.setdefault(key, []).append(choice)
    judged: list[Judged] = []
    for group in groups.values():
        judged.extend(j for j in _judge_group(view, group) if not _idle_default(j))
    return judged


def _idle_default(judged: Judged) -> bool:
    """Whether a verdict is about nothing but defaults that are not known, where no second path is seen:
    every device without a release would be reported for a default that hardly any release has."""
    defaults = all(c.where is None and c.spread is Spread.UNKNOWN for c in judged.choices)
    seen = any(path.equal_cost >= 2 or _cut(path) for path in judged.paths)
    return defaults and not seen


def _judge_group(view: View, group: list[PathChoice]) -> list[Judged]:
    found = [
        judged
        for crossing in view.crossings
        if (judged := _judge_crossing(view, group, crossing)) is not None
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


def _judge_crossing(view: View, group: list[PathChoice], crossing: Crossing) -> Judged | None:
    worst: Judged | None = None
    for path in crossing.paths:
        if path.discard:
            continue
        verdict = _judge_path(view, group, crossing, path)
        if verdict is None:
            continue
        if worst is None or ORDER.index(verdict.verdict) < ORDER.index(worst.verdict):
            worst = verdict
        elif verdict.verdict is worst.verdict:
            both = dict.fromkeys((*worst.choices, *verdict.choices))
            worst = worst._replace(paths=(*worst.paths, path), choices=tuple(both))
    return worst


def _judge_path(
    view: View, group: list[PathChoice], crossing: Crossing, path: Path
) -> Judged | None:
    if not path.routes:
        return _judge_gap(group, crossing, path)
    bound, share = _bound(view, group, crossing, path)
    if not bound:
        return None

    def judged(verdict: Verdict, reason: str) -> Judged:
        return Judged(verdict, tuple(bound), crossing, (path,), reason)

    idle = _idle(view, bound, path)
    if idle is not None:
        return judged(Verdict.LATENT, idle)
    ways, certain = _ways(view, bound, path)
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


def _idle(view: View, bound: list[PathChoice], path: Path) -> str | None:
    """Why none of the choices acts on a path now."""
    if all(c.in_effect is False for c in bound):
        return bound[0].reason or "it is configured and not in effect"
    report = _entry_report(view, bound, path)
    if report is not None:
        return f"the forwarding entry reports '{report.statement}'"
    return None


def _ways(view: View, bound: list[PathChoice], path: Path) -> tuple[int, bool]:
    """The number of ways that the choices have, and whether it cannot be larger."""
    if bound[0].scope is Scope.BUNDLE:
        return _members(view, bound[0])
    if bound[0].stage is Stage.POLICY:
        return max(path.equal_cost, 2), True  # the statement itself sends packets to several tables
    return path.equal_cost, count_known(path)


def _judge_gap(group: list[PathChoice], crossing: Crossing, path: Path) -> Judged | None:
    """A piece of the service without a route: unknown where the table is damaged and could have held one."""
    fitting = [c for c in group if c.family in (0, path.family) and _covers(c.prefixes, path)]
    live = [c for c in fitting if c.in_effect is not False]
    if not live or not _cut(path):
        return None
    return Judged(Verdict.UNKNOWN, tuple(live), crossing, (path,), path.doubt)


def _cut(path: Path) -> bool:
    """Whether lines of the table that decides about a path are missing or not understood."""
    return path.source in ("fib", "rib") and not path.certain


def _entry_report(view: View, bound: list[PathChoice], path: Path) -> PathChoice | None:
    """A report about the very entry of a path that contradicts statements on interfaces."""
    if bound[0].stage is not Stage.ECMP or any(c.operational for c in bound):
        return None
    for choice in choices_of(view):
        about = choice.operational and choice.prefixes is not None and not splits(choice)
        if about and choice.stage is Stage.ECMP and _covers(choice.prefixes, path):
            return choice
    return None


def _bound(
    view: View, group: list[PathChoice], crossing: Crossing, path: Path
) -> tuple[list[PathChoice], str]:
    """The choices that act on a path, and whether on all of its ways out or on some."""
    fitting = [c for c in group if c.family in (0, path.family) and _covers(c.prefixes, path)]
    scope = fitting[0].scope if fitting else None
    if scope is Scope.EGRESS:
        names = {view.interface(leaf.interface).name for leaf in path.leaves if leaf.interface}
        hit = [c for c in fitting if c.interface in names]
        missing = names - {c.interface for c in hit if c.in_effect is not False} or any(
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
    if choice.members:
        return len(choice.members), True
    members = [i for i in view.device.interfaces if i.bundle == choice.interface and i.enabled]
    return len(members), bool(members)


def _covers(prefixes: Iterable[tuple[int, int, int]] | None, path: Path) -> bool:
    if prefixes is None:
        return True
    for family, value, length in prefixes:
        if family == path.family and ipaddress.ip_network((value, length)).overlaps(path.prefix):
            return True
    return False


MOVING = frozenset({Spread.FLOW, Spread.FLOWLET, Spread.ADAPTIVE})
RELEASING = frozenset({Spread.RELEASED})


def hazards(view: View, spreads: frozenset[Spread] = MOVING) -> list[Judged]:
    """The choices of `spreads` that keep flows and can still move a live one, on a path with several ways;
    unknown where a statement stands and the number of ways is not known, or where the table is damaged.
    Choices that one line makes for several interfaces are one."""
    found: dict[tuple[object, ...], Judged] = {}
    for choice in choices_of(view):
        reason = _hazard(view, choice)
        if reason is None or choice.in_effect is False or choice.trap:
            continue
        if choice.spread not in spreads or for_other_traffic(view, choice):
            continue
        place = choice.where or (choice.stage, choice.interface, choice.statement)
        for crossing in view.crossings:
            judged = _hazard_of(view, choice, crossing, reason)
            if judged is not None:
                found.setdefault((place, crossing.vrf, crossing.family), judged)
    return list(found.values())


def _hazard_of(view: View, choice: PathChoice, crossing: Crossing, reason: str) -> Judged | None:
    if crossing.vrf != "default" and not crossing.inside and view.device.interfaces:
        return None  # a table that policy routing leads to: the packets come in, and are judged, elsewhere
    routed = [path for path in crossing.paths if path.routes and not path.discard]
    several = tuple(path for path in routed if _several(view, choice, crossing, path))
    if several:
        unsure = choice.in_effect is None
        verdict = Verdict.UNKNOWN if unsure else Verdict.HAZARD
        return Judged(verdict, (choice,), crossing, several, choice.reason if unsure else reason)
    if choice.family not in (0, crossing.family):
        return None
    doubtful = tuple(
        path for path in crossing.paths if _may_be_several(view, choice, crossing, path)
    )
    if choice.where is None and not any(_cut(path) for path in doubtful):
        return None
    nowhere = all(p.source in ("fib", "rib") and p.certain and not p.routes for p in crossing.paths)
    if doubtful or not (crossing.known or nowhere):
        return Judged(Verdict.UNKNOWN, (choice,), crossing, doubtful, reason)
    return None


def _may_be_several(view: View, choice: PathChoice, crossing: Crossing, path: Path) -> bool:
    if not path.routes or path.discard:
        return not path.routes and _cut(path) and choice.scope is Scope.DEVICE
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
    by_field = choice.stage is Stage.POLICY and choice.spread in (Spread.FLOW, Spread.ADAPTIVE)
    return path.equal_cost >= 2 or by_field  # such a rule names its other table itself


def _hazard(view: View, choice: PathChoice) -> str | None:
    if choice.spread is Spread.FLOWLET:
        return "an idle gap longer than the flowlet timer frees the session to take another path"
    if choice.spread is Spread.ADAPTIVE:
        moved = (
            "the balancer moves hash buckets, and live sessions with them, when the load changes"
        )
        return choice.reason or moved
    if choice.spread is Spread.RELEASED:
        return choice.reason or "a change of a provider's state sends live sessions another way"
    if choice.spread is Spread.FLOW and not splits(choice):
        for field in sorted(choice.fields & set(CHANGING), key=lambda f: f.value):
            looks = "the rule looks at" if choice.stage is Stage.POLICY else "the hash takes in"
            return f"{looks} the {field.value}: {CHANGING[field]}"
        if choice.stage is Stage.BUNDLE and choice.fields & PORTS and view.device.df_cleared:
            return FRAGMENTS
    return None
