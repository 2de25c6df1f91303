"""Filters between zones: of the security policy, of `policy interzone` on older firewalls, and of `firewall
interzone` on AR routers.

Directions: `inbound` is from the zone of lower priority to the one of higher priority, `outbound` the other way
(Huawei AR1200 configuration guide, firewall). Inside one zone AR routers do not filter (same guide).
"""

from __future__ import annotations

import re

from parsers.huawei_vrp.security import ACTIONS, RULE, SecurityRule, VrpDraft
from parsers.model.filters import Action, Entry, Filter
from parsers.model.source import TextFact
from parsers.reader import Statement, Table
from parsers.vrp_style.groups import Groups
from parsers.vrp_style.walk import ignored
from parsers.vrp_style.zone_policies import Between, in_vpn, zone_filter, zones_in_use

Found = re.Match[str]

LOCAL = "local"
_BUILT_IN = {"local": 100, "trust": 85, "dmz": 50, "untrust": 5}
"""Priorities of the zones that firewalls have from the start."""


def zone(state: VrpDraft, match: Found, line: int) -> None:
    """`firewall zone [name] Z [id N]`."""
    state.zones.zone = match["name"].strip('"')
    state.zones.names.add(state.zones.zone)
    state.subject = f"zone {state.zones.zone}"


def priority(state: VrpDraft, match: Found, line: int) -> None:
    """`set priority N`, on AR routers `priority N`."""
    if state.zones.zone is not None:
        state.zones.priorities[state.zones.zone] = int(match["value"])


def add_interface(state: VrpDraft, match: Found, line: int) -> None:
    """`add interface IF`: the interface may be described further down."""
    held = state.zones
    if held.zone is not None:
        name = match["name"].replace(" ", "")
        state.settings[f"zone of {name}"] = (held.zone, line)


def join_zones(state: VrpDraft) -> None:
    """Puts interfaces into the zones that name them."""
    known = {name.lower(): one for name, one in state.interfaces.items()}
    for key, (name, line) in state.settings.items():
        if key.startswith("zone of "):
            interface = known.get(key[8:].lower())
            if interface is not None:
                interface.zone = TextFact(value=name, where=state.where(line))


ZONE: Table[VrpDraft] = Table(
    (
        Statement(r"(?:set )?priority (?P<value>\d+)", priority, topic="zones"),
        Statement(r"add interface (?P<name>\S+(?: \S+)?)", add_interface),
        *ignored("text and inspection of protocols", "description", "detect", "statistic", "firewall", "set snat-rtt"),
    ),
    missed="filter",
)  # fmt: skip


# -- policy interzone (USG2000 and USG5000) -----------------------------------------------------------------------


def _pair(state: VrpDraft, first: str, second: str, direction: str) -> tuple[str, str]:
    """Source and destination zone of a direction between two zones."""
    held = state.zones
    ranks = [held.priorities.get(z, _BUILT_IN.get(z.lower(), -1)) for z in (first, second)]
    if ranks[0] == ranks[1] or -1 in ranks:
        held.doubts.append(f"the priorities of zones {first} and {second} are not known")
    high, low = (first, second) if ranks[0] >= ranks[1] else (second, first)
    return (low, high) if direction == "inbound" else (high, low)


def policy_interzone(state: VrpDraft, match: Found, line: int) -> None:
    """`policy interzone A B inbound|outbound`."""
    key = _pair(state, match["first"], match["second"], match["direction"])
    state.zones.pair = state.zones.pairs.setdefault(key, [])
    state.zones.pair_lines.setdefault(key, line)


def policy_zone(state: VrpDraft, match: Found, line: int) -> None:
    """`policy zone A`: inside one zone."""
    key = (match["name"], match["name"])
    state.zones.pair = state.zones.pairs.setdefault(key, [])
    state.zones.pair_lines.setdefault(key, line)


def policy_number(state: VrpDraft, match: Found, line: int) -> None:
    """`policy N`."""
    rule = SecurityRule(match["number"], line)
    state.zones.pair.append(rule)
    state.zones.rule = rule


def odd_pair_line(state: VrpDraft, match: Found, line: int) -> bool:
    """A line beside the policies of a pair that is not understood."""
    rule = SecurityRule("", line)
    rule.action, rule.doubt = Action.UNKNOWN, f"{match[0]!r} is not understood"
    state.zones.pair.append(rule)
    return False


def _as_rule(statement: Statement, pattern: str) -> Statement:
    return statement._replace(pattern=pattern)


_BY_WORD = {s.handler.__name__: s for s in RULE.statements if s.handler is not None}
POLICY: Table[VrpDraft] = Table(
    (
        _as_rule(_BY_WORD["addresses"], r"policy (?P<side>source|destination) (?P<what>\S.*)"),
        _as_rule(_BY_WORD["service"], r"policy service (?P<what>\S.*)"),
        _as_rule(_BY_WORD["action"], r"action (?P<action>permit|deny)"),
        Statement(r"policy (?:disable|enable)", _BY_WORD["disable"].handler),
        _as_rule(_BY_WORD["undecided"], r"policy (?:time-range|application|user|url)(?P<value>(?: .*)?)"),
        *ignored("records or inspects what is permitted", "description", "profile", "policy logging",
                 "policy long-link"),
        Statement(r"(?P<what>\S.*)", _BY_WORD["odd_line"].handler),
    ),
    missed="filter",
)  # fmt: skip
INTERZONE_POLICY: Table[VrpDraft] = Table(
    (
        Statement(r"policy (?P<number>\d+)", policy_number, table=POLICY, topic="zones"),
        Statement(r"(?P<what>\S.*)", odd_pair_line),
    ),
    missed="filter",
)


# -- firewall interzone (AR routers, older firewalls) -------------------------------------------------------------


def interzone(state: VrpDraft, match: Found, line: int) -> None:
    """`firewall interzone A B`."""
    state.zones.interzone = (match["first"], match["second"])


def enable(state: VrpDraft, match: Found, line: int) -> None:
    """`firewall enable`: without it an AR router does not filter between the zones."""
    state.zones.enabled.add(frozenset(state.zones.interzone))


def packet_filter(state: VrpDraft, match: Found, line: int) -> None:
    """`packet-filter [ipv6] N inbound|outbound`."""
    key = _pair(state, *state.zones.interzone, match["direction"])
    family = 6 if match["ipv6"] else 4
    state.zones.filters.setdefault(key, []).append((match["name"], family, line))


def packet_default(state: VrpDraft, match: Found, line: int) -> None:
    """`packet-filter default permit|deny inbound|outbound`."""
    key = _pair(state, *state.zones.interzone, match["direction"])
    state.zones.defaults[key] = (ACTIONS[match["action"]], line)


def default(state: VrpDraft, match: Found, line: int) -> None:
    """`firewall packet-filter default permit|deny all | interzone A B [direction D]`."""
    verdict = (ACTIONS[match["action"]], line)
    if match["first"] is None:
        state.zones.default_all = verdict
        return
    for direction in (match["direction"],) if match["direction"] else ("inbound", "outbound"):
        key = _pair(state, match["first"], match["second"], direction)
        state.zones.defaults[key] = verdict


INTERZONE: Table[VrpDraft] = Table(
    (
        Statement(r"firewall enable", enable, topic="zones"),
        Statement(
            r"packet-filter (?P<ipv6>ipv6 )?(?:name )?(?P<name>\S+) (?P<direction>inbound|outbound)",
            packet_filter,
        ),
        Statement(
            r"packet-filter default (?P<action>permit|deny) (?P<direction>inbound|outbound)",
            packet_default,
        ),
        *ignored(
            "inspection of protocols", "detect", "description", "session-log", "long-link", "aspf"
        ),
    ),
    missed="filter",
)
STATEMENTS: tuple[Statement, ...] = (
    Statement(r"firewall zone (?:name )?(?P<name>\S+|\".*\")(?: id \d+)?", zone, table=ZONE, topic="zones"),
    Statement(r"firewall interzone (?P<first>\S+) (?P<second>\S+)", interzone, table=INTERZONE),
    Statement(
        r"policy interzone (?P<first>\S+) (?P<second>\S+) (?P<direction>inbound|outbound)",
        policy_interzone,
        table=INTERZONE_POLICY,
    ),
    Statement(r"policy zone (?P<name>\S+)", policy_zone, table=INTERZONE_POLICY),
    Statement(
        r"firewall packet-filter default (?P<action>permit|deny) (?:all|interzone (?P<first>\S+)"
        r" (?P<second>\S+)(?: direction (?P<direction>inbound|outbound))?)",
        default,
    ),
)  # fmt: skip


# -- the filters ----------------------------------------------------------------------------------------------------


def zone_filters(
    state: VrpDraft, acls: dict[tuple[str, int], Filter], groups: Groups
) -> dict[tuple[str, int], Filter]:
    """A filter for every ordered pair of zones that interfaces are in."""
    zones = zones_in_use(state)
    found = {}
    held = state.zones
    for rule in [*held.policy.rules, *(r for rules in held.pairs.values() for r in rules)]:
        rule.resolve(groups)
        rule.settle_zones(held.names)
    for source in zones:
        for destination in zones:
            families = (4, 6) if held.filters else (0,)
            for family in families:
                between = _between(state, acls, source, destination, family)
                if between is not None:
                    one = zone_filter(state, source, destination, family, between)
                    found[one.key, family] = one
    return found


def _between(
    state: VrpDraft,
    acls: dict[tuple[str, int], Filter],
    source: str,
    destination: str,
    family: int,
) -> Between | None:
    held = state.zones
    older = bool(held.pairs or held.defaults or held.default_all)
    if held.policy.line is not None:
        return _by_policy(state, source, destination)
    if held.enabled or (held.filters and not older):
        return _by_router(state, acls, source, destination, family)
    if older:
        return _by_pair(state, source, destination)
    return Between((), Action.UNKNOWN, doubt="no policy between zones is in the text")


def _by_policy(state: VrpDraft, source: str, destination: str) -> Between | None:
    """The security policy. Inside one zone it is not documented here what the default does unless
    `default packet-filter intrazone enable` says so."""
    policy = state.zones.policy
    entries = tuple(
        entry
        for rule in policy.rules
        if rule.concerns(source, destination)
        for entry in rule.all_entries()
    )
    if not source or not destination:
        return Between((), Action.DENY) if source != destination else None
    last, doubt = policy.default, policy.doubt
    if source == destination and policy.intrazone is None and last is Action.DENY:
        last = Action.UNKNOWN
    vpn = in_vpn(state, source, destination)
    if vpn is not None:
        doubt = doubt or f"a zone has interfaces in VPN {vpn}, which policies of its own may govern"
    line = entries[0].line if entries else None
    return Between(entries, last, line, policy.default_line, doubt)


def _by_pair(state: VrpDraft, source: str, destination: str) -> Between | None:
    """`policy interzone`, then the default of the pair, which is to deny."""
    held = state.zones
    if not source or not destination:
        return Between((), Action.DENY) if source != destination else None
    key = (source, destination)
    entries = tuple(e for r in held.pairs.get(key, ()) for e in r.all_entries())
    action, line = held.defaults.get(key, held.default_all or (Action.DENY, None))
    if source == destination and key not in held.pairs:
        return None
    doubt = held.doubts[0] if held.doubts else None
    if held.filters.get(key):
        doubt = doubt or "packet-filter beside policies: which decides first is not documented"
    return Between(entries, action, held.pair_lines.get(key), line, doubt)


def _by_router(
    state: VrpDraft,
    acls: dict[tuple[str, int], Filter],
    source: str,
    destination: str,
    family: int,
) -> Between | None:
    """AR routers filter between zones only where `firewall enable` stands; interfaces in no zone, and pairs
    without it, pass."""
    held = state.zones
    key = (source, destination)
    if not source or not destination or source == destination:
        return None
    if held.enabled and frozenset(key) not in held.enabled:
        return None
    named = held.filters.get(key, [])
    entries: list[Entry] = []
    doubt = held.doubts[0] if held.doubts else None
    for name, of_family, _line in named:
        acl = acls.get((name, of_family))
        if of_family == (family or 4) and acl is not None:
            entries.extend(acl.entries)
            doubt = doubt or acl.uncertain
        elif acl is None:
            doubt = doubt or f"access list {name} is not defined"
    action, line = held.defaults.get(key, (Action.UNKNOWN, None))
    return Between(tuple(entries), action, named[0][2] if named else None, line, doubt)
