"""Zones: `zone-policy zone Z` (1.2, 1.3, EdgeOS) and `firewall zone Z` (1.4).

The device asks the rules of a zone after those of the forward filter, for packets that go out through one of its
interfaces: packets from the same zone pass unless `intra-zone-filtering` says otherwise, packets from another zone
meet the rule set of `from`, where an end without decision lets them pass, and all others meet the zone's
`default-action`, drop where nothing says so. A rule set without an IPv6 counterpart leaves IPv6 to the default.
Sources: vyatta-zone `vyatta-zone.pl`, vyos-1x `nftables-zone.j2`, vyos-documentation "Zone Based Firewall".

One filter `zone:A:B` stands for every ordered pair of zones; the filter `zones` is what the hook asks.
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Binding, Entry, Filter, InterfaceSpec, Match, Symptom
from parsers.model.interfaces import InterfaceKind
from parsers.model.source import Sourced
from parsers.vyatta_style.draft import Draft, Zone, said, several, single, tag_nodes
from parsers.vyatta_style.rulesets import settled, state_entries, undefined

ZONES, OWN = "zones", "zones out"
_NAMES = {"name": 4, "ipv6-name": 6}
OUTSIDE = ""
"""The name of what is in no zone."""


def read_policy(draft: Draft, node: Node) -> None:
    """`zone-policy`."""
    draft.use(node)
    for child in node.children.values():
        if child.word != "zone":
            draft.miss(child, "filter", "zone-policy")
            draft.zone_doubt = draft.zone_doubt or f"'{child.word}' below zone-policy"
            continue
        draft.use(child)
        for zone in tag_nodes(child):
            read_zone(draft, zone)


def read_zone(draft: Draft, node: Node) -> None:
    """One zone."""
    zone = draft.zones.setdefault(node.word, Zone(node.word, said(node)))
    draft.use(node)
    zone.doubt = node.doubt
    for child in node.children.values():
        if child.word == "description":
            draft.ignore_all(child)
        elif child.word == "local-zone":
            draft.use_all(child)
            zone.local = True
        elif child.word == "interface":
            _interfaces(draft, zone, child)
        elif child.word == "member":
            _members(draft, zone, child)
        elif child.word == "default-action":
            _default_action(draft, zone, child)
        elif child.word == "from":
            _sources(draft, zone, child)
        elif child.word == "intra-zone-filtering":
            _inside(draft, zone, child)
        elif child.word in ("enable-default-log", "default-log"):
            draft.ignore_all(child)
        else:
            _missed(draft, zone, child)


def _missed(draft: Draft, zone: Zone, node: Node) -> None:
    draft.miss(node, "filter", f"zone {zone.name}")
    zone.doubt = zone.doubt or f"'{node.word}' in zone {zone.name} is not understood"


def _interfaces(draft: Draft, zone: Zone, node: Node) -> None:
    draft.use_all(node)
    for child in node.children.values():
        zone.interfaces[child.word] = child.last
        fact = Sourced[str](value=zone.name, where=draft.where(child.last))
        draft.change(child.word, zone=fact)


def _members(draft: Draft, zone: Zone, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        if child.word == "interface":
            _interfaces(draft, zone, child)
        elif child.word == "vrf":
            draft.use_all(child)
            for vrf in child.children.values():
                zone.vrfs.append(vrf.word)
                for name in draft.vrf_members.get(vrf.word, ()):
                    zone.interfaces.setdefault(name, vrf.last)
                    zone.doubt = (
                        zone.doubt or "a VRF is a member: packets go out through its interfaces"
                    )
        else:
            _missed(draft, zone, child)


def _default_action(draft: Draft, zone: Zone, node: Node) -> None:
    value = node.only()
    if value is None or value.word not in ("drop", "reject") or several(node):
        _missed(draft, zone, node)
        return
    draft.use_all(node)
    zone.reject = value.word == "reject"
    zone.default_line = value.last


def _sources(draft: Draft, zone: Zone, node: Node) -> None:
    draft.use(node)
    for source in tag_nodes(node):
        draft.use(source)
        sets = zone.sources.setdefault(source.word, {})
        for child in source.children.values():
            if child.word == "firewall":
                _sets(draft, zone, child, sets)
            else:
                _missed(draft, zone, child)


def _sets(draft: Draft, zone: Zone, node: Node, sets: dict[int, tuple[str, int]]) -> None:
    draft.use(node)
    for child in node.children.values():
        value = child.only()
        if child.word not in _NAMES or value is None or several(child):
            _missed(draft, zone, child)
            continue
        draft.use_all(child)
        sets[_NAMES[child.word]] = (value.word, value.last)


def _inside(draft: Draft, zone: Zone, node: Node) -> None:
    """`intra-zone-filtering action drop|accept`, or `… firewall name X`."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "firewall":
            _sets(draft, zone, child, zone.inside)
            continue
        named = single(draft, node, "action") if child.word == "action" else None
        if named is None or named[0] not in ("accept", "drop"):
            _missed(draft, zone, child)
        elif named[0] == "drop":
            zone.inside = {4: ("", named[1]), 6: ("", named[1])}


def zone_filters(draft: Draft, order: int) -> None:
    """The filters of all pairs of zones, and those of the hooks that ask them."""
    if not draft.zones:
        return
    for family in (4, 6):
        hook: list[Entry] = []
        own: list[Entry] = []
        for zone in draft.zones.values():
            for source in (*draft.zones.values(), None):
                _pair(draft, source, zone, family, hook, own)
        hook += _leaving(draft, family)
        for key, entries, direction in ((ZONES, hook, "forward"), (OWN, own, "out")):
            made = _filter(draft, key, family, entries, Action.PERMIT, (key,), None)
            draft.filters[key, family] = made._replace(kind="zones")
            if entries or draft.zone_doubt:
                where = draft.where(min(zone.line for zone in draft.zones.values()))
                draft.bindings.append(Binding(key, family, None, direction, where, order))


def _leaving(draft: Draft, family: int) -> list[Entry]:
    """Packets from a zone to an interface in none: the documentation says that they cannot flow, the device's
    own rules have nothing that stops them."""
    zoned = {name: zone.line for zone in draft.zones.values() for name in zone.interfaces}
    rest = [
        name
        for name, found in draft.interfaces.items()
        if name not in zoned
        and (found.addresses or found.dynamic_address)
        and found.kind is not InterfaceKind.LOOPBACK
    ]
    if not rest or not zoned:
        return []
    match = Match(
        family, in_interfaces=InterfaceSpec(tuple(zoned)), out_interfaces=InterfaceSpec(tuple(rest))
    )
    why = "the documents disagree about packets from a zone to an interface that is in none"
    return [Entry(min(zoned.values()), Action.UNKNOWN, (match,), why)]


def _pair(
    draft: Draft, source: Zone | None, zone: Zone, family: int, hook: list[Entry], own: list[Entry]
) -> None:
    """The filter from `source` (None: from interfaces in no zone) to `zone`, and the jump to it."""
    if source is zone and (zone.local or not zone.interfaces):
        return
    made = _between(draft, source, zone, family)
    draft.filters[made.key, family] = made
    into = _spec(source) if source is not None else _no_zone(draft)
    out = None if zone.local else _spec(zone)
    if zone.local or (out is not None and not out.names):
        return
    match = Match(family, in_interfaces=into, out_interfaces=out)
    line = _line(source, zone, family)
    if source is not None and source.local:
        entry = Entry(line, Action.JUMP, (match._replace(in_interfaces=None),), target=made.key)
        own.append(entry)
    elif into is not None and (into.names or into.negated):
        hook.append(Entry(line, Action.JUMP, (match,), target=made.key))


def _spec(zone: Zone) -> InterfaceSpec:
    return InterfaceSpec(tuple(zone.interfaces))


def _no_zone(draft: Draft) -> InterfaceSpec:
    names = [name for zone in draft.zones.values() for name in zone.interfaces]
    return InterfaceSpec(tuple(names), negated=True)


def _line(source: Zone | None, zone: Zone, family: int) -> int:
    named = zone.sources.get(source.name, {}).get(family) if source is not None else None
    return named[1] if named is not None else zone.default_line or zone.line


def _between(draft: Draft, source: Zone | None, zone: Zone, family: int) -> Filter:
    name = source.name if source is not None else OUTSIDE
    key = f"zone:{name}:{zone.name}"
    doubt = zone.doubt or (source.doubt if source is not None else None)
    doubt = doubt or draft.zone_doubt or draft.state_doubt
    names = (f"{name}:{zone.name}",)
    if source is zone:
        named = zone.inside.get(family)
        default = Action.PERMIT if named is None or named[0] else Action.DENY
    else:
        named = zone.sources.get(name, {}).get(family)
        default = Action.PERMIT if named is not None else Action.DENY
    entries = [*state_entries(draft, family)]
    if named is not None and named[0]:
        target = _target(draft, named[0], family)
        entries.append(Entry(named[1], Action.JUMP, (Match(family),), target=target))
    made = _filter(draft, key, family, entries, default, names, doubt)
    line = None
    if default is Action.DENY:
        line = named[1] if named is not None else zone.default_line
    symptom = Symptom.ICMP_ERROR if zone.reject else Symptom.TIMEOUT
    return made._replace(
        line=named[1] if named is not None else None, default_line=line, default_symptom=symptom
    )


def _target(draft: Draft, name: str, family: int) -> str:
    """The rule set as the zone asks it. That of the older generation returns to its caller when it accepts, and so
    does `return`; what falls out passes here."""
    if (name, family) not in draft.filters:
        draft.filters[name, family] = undefined(draft, name, family, name, "rule set")
    return name


def open_ends(draft: Draft) -> None:
    """In rule sets that only zones ask, `return` and an end without decision let packets pass: so it is when one
    asks such a rule set by its name."""
    asked: set[tuple[str, int]] = set()
    others: set[tuple[str, int]] = set()
    for found in draft.filters.values():
        users = asked if found.kind == "zone rules" else others
        users.update((e.target, found.family) for e in found.entries if e.target is not None)
    for key in asked - others:
        found = draft.filters[key]
        entries = tuple(
            e._replace(action=Action.PERMIT) if e.action is Action.RETURN else e
            for e in found.entries
        )
        default = Action.PERMIT if found.default is None else found.default
        draft.filters[key] = found._replace(entries=entries, default=default)


def _filter(
    draft: Draft,
    key: str,
    family: int,
    entries: list[Entry],
    default: Action,
    names: tuple[str, ...],
    doubt: str | None,
) -> Filter:
    made = Filter(
        key=key,
        family=family,
        file=draft.file,
        line=None,
        entries=tuple(entries),
        default=default,
        names=names,
        kind="zone rules",
        stateful=True,
        uncertain=doubt,
    )
    return settled(draft, made, False)
