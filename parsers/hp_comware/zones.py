"""The filters between the zones of a Comware device.

One filter for each ordered pair of zones that interfaces are in, and each family: the two families have policies
of their own. An interface in no zone cannot talk to one that is in a zone; between two that are in none, firewalls
drop and routers forward, so that it is unknown (H3C SecPath M9000 guide, security zones).
"""

from __future__ import annotations

from parsers.hp_comware.security import ComwareDraft, ZonePair
from parsers.model.filters import Action, Entry, Filter
from parsers.vrp_style.zone_policies import Between, in_vpn, zone_filter, zones_in_use

Filters = dict[tuple[str, int], Filter]


def zone_filters(state: ComwareDraft, acls: Filters) -> Filters:
    """All filters between zones; `acls` are access lists by every name in lower case."""
    zones = zones_in_use(state)
    found: Filters = {}
    for source in zones:
        for destination in zones:
            for family in (4, 6):
                between = _between(state, acls, source, destination, family)
                if between is not None:
                    made = zone_filter(state, source, destination, family, between)
                    found[made.key, family] = made
    return found


def _between(
    state: ComwareDraft, acls: Filters, source: str, destination: str, family: int
) -> Between | None:
    if not source or not destination:
        if source == destination:
            return Between((), Action.UNKNOWN, doubt="both interfaces are in no zone")
        return Between((), Action.DENY)
    last, last_line = Action.DENY, None
    intra = state.settings.get("intra-zone")
    if source == destination and intra is not None:
        last, last_line = Action.PERMIT, intra[1]
    vpn = in_vpn(state, source, destination)
    doubt = None
    if vpn is not None:
        doubt = (
            f"a zone has interfaces in VPN {vpn}, and rules without it may see public packets only"
        )
    if family in state.policy_lines:
        made = _by_policy(state, source.lower(), destination.lower(), family)
    else:
        made = _by_pairs(state, acls, source.lower(), destination.lower(), family)
    return made._replace(
        default=last if made.doubt is None else made.default,
        default_line=last_line,
        doubt=made.doubt or doubt,
    )


def _by_policy(state: ComwareDraft, source: str, destination: str, family: int) -> Between:
    """The security policy; a rule that names no action drops in V7 (H3C: `action`), in V9 it is not known."""
    version = state.version or ""
    default = Action.DENY if version.startswith("7") else Action.UNKNOWN
    entries: list[Entry] = []
    line = None
    for rule in state.rules[family]:
        if rule.concerns(source, destination):
            line = line or rule.line
            entries.extend(rule.all_entries(default))
    doubt = state.policy_doubts.get(family)
    pair = _pair(state, source, destination)
    if doubt is None and pair is not None and any(f == family for _, f, _ in pair.filters):
        doubt = "a packet filter on the zone pair beside the security policy"
    return Between(tuple(entries), Action.DENY, line, doubt=doubt)


def _pair(state: ComwareDraft, source: str, destination: str) -> ZonePair | None:
    return next(
        (p for p in state.pairs if (p.source, p.destination) == (source, destination)), None
    )


def _by_pairs(
    state: ComwareDraft, acls: Filters, source: str, destination: str, family: int
) -> Between:
    """The policies of the zone pair, then those of pairs that name `any`: which of the latter count beside a
    pair of its own no document says."""
    exact = _pair(state, source, destination)
    lost = next((p for p in state.pairs if not {p.source, p.destination} <= state.zone_names), None)
    wide = [
        p
        for p in state.pairs
        if p is not exact
        and p.source in ("any", source)
        and p.destination in ("any", destination)
        and (p.source != source or p.destination != destination)
    ]
    entries: list[Entry] = []
    doubts = [] if lost is None else [f"line {lost.line} names a zone that is not defined"]
    line = None
    if exact is not None:
        line = exact.line
        entries += _of_pair(state, acls, exact, family, doubts)
    for pair in wide:
        found = _of_pair(state, acls, pair, family, doubts)
        line = line or (pair.line if found else None)
        if exact is not None or len(wide) > 1:
            reason = "a pair of all zones beside a pair of these zones"
            found = [e._replace(uncertain=e.uncertain or reason) for e in found]
        entries += found
    return Between(tuple(entries), Action.DENY, line, doubt=doubts[0] if doubts else None)


def _of_pair(
    state: ComwareDraft, acls: Filters, pair: ZonePair, family: int, doubts: list[str]
) -> list[Entry]:
    entries: list[Entry] = []
    for name, of_family, _line in pair.policies:
        if of_family != family:
            continue
        rules = state.object_policies.get((name, family))
        if rules is None:
            doubts.append(f"object policy {name} is applied and not defined")
            continue
        entries.extend(e for rule in rules for e in rule.all_entries(Action.UNKNOWN))
    for name, of_family, _line in pair.filters:
        if of_family != family:
            continue
        acl = acls.get((name.lower(), family))
        if acl is None:
            doubts.append(f"access list {name} is applied and not defined")
            continue
        if entries and acl.entries:
            doubts.append(
                "an object policy and packet filters, or several of these, on one zone pair"
            )
        if acl.uncertain:
            doubts.append(acl.uncertain)
        entries.extend(acl.entries)
    return entries
