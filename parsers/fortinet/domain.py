"""One virtual domain: its objects, policies and routes, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.fortinet.addresses import AddressBook
from parsers.fortinet.blocks import Block
from parsers.fortinet.clamps import policy_clamps
from parsers.fortinet.draft import Draft
from parsers.fortinet.other_filters import read_other_filters
from parsers.fortinet.pairs import ANY, pair_filters
from parsers.fortinet.policies import Books, Ends, Policy, read_policy
from parsers.fortinet.routes import read_routes
from parsers.fortinet.schedules import schedules_always
from parsers.fortinet.scopes import Scope
from parsers.fortinet.sdwan import Sdwan, read_sdwan
from parsers.fortinet.services import ServiceBook
from parsers.fortinet.settings import Domain, read_domain
from parsers.fortinet.virtual_addresses import virtual_addresses
from parsers.fortinet.zones import (
    Zones,
    add_lonely,
    current_name,
    merge_unnamed,
    named_by,
    read_zones,
)
from parsers.model.balancing import PathChoice, Spread, Stage
from parsers.model.balancing import Scope as Reach
from parsers.model.filters import Action
from parsers.model.source import TextFact

POLICIES = (("firewall policy", (4, 6)), ("firewall policy6", (6,)))
CONSOLIDATED = (("firewall consolidated policy", (4, 6)),)
_NOT_READ = {
    "firewall policy46": ("nat", "policies that translate IPv4 to IPv6"),
    "firewall policy64": ("nat", "policies that translate IPv6 to IPv4"),
    "firewall vip46": ("nat", "virtual addresses between families"),
    "firewall vip64": ("nat", "virtual addresses between families"),
    "firewall vipgrp46": ("nat", "virtual addresses between families"),
    "firewall vipgrp64": ("nat", "virtual addresses between families"),
    "firewall central-snat-map": ("nat", "central source translation"),
    "firewall ip-translation": ("nat", "translation of addresses"),
    "firewall interface-policy": ("inspect", "an interface policy applies security profiles"),
    "firewall interface-policy6": ("inspect", "an interface policy applies security profiles"),
    "firewall ttl-policy": ("inspect", "packets with certain TTLs are dropped"),
    "firewall ipmacbinding table": ("inspect", "addresses are bound to MAC addresses"),
    "firewall ipmacbinding setting": ("ip-mac-binding", "whether addresses are bound"),
    "firewall DoS-policy": ("dos-policy", "sessions above a rate are dropped"),
    "firewall DoS-policy6": ("dos-policy", "sessions above a rate are dropped"),
    "system wccp": ("wccp", "caches that web sessions can be redirected to"),
    "system dns64": ("nat", "IPv6 addresses are made for IPv4 hosts"),
}
"""Tables that are seen and not modelled: the word and the note that they are recognised by."""


def read_scope(draft: Draft, scope: Scope, labels: dict[str, str]) -> Zones:
    """Everything of a virtual domain; gives its zones. `labels` are names of zones that several domains have."""
    if scope.shared is not None and not scope.own.tables and own_interfaces(draft, scope):
        draft.miss_line(scope.own.line)  # its policies and routes are not in the text
    domain = read_domain(draft, scope)
    zones = read_zones(draft, scope)
    sdwan = read_sdwan(draft, scope, zones)
    books = Books(
        {family: AddressBook(draft, scope, family) for family in (4, 6)},
        ServiceBook(draft, scope),
        schedules_always(draft, scope),
        domain.symptom,
    )
    for book in books.addresses.values():
        book.read()
    books.services.read()
    policies, doubt = _policies(draft, scope, books, domain)
    own = own_interfaces(draft, scope)
    add_lonely(zones, own)
    known = bool(draft.interfaces)
    if not known:
        add_lonely(zones, named_by(policies))
    merge_unnamed(zones, named_by(policies))
    policies = [_settled(policy, scope, zones, known) for policy in policies]
    _domain_filters(draft, scope, policies, zones, labels, domain, doubt)
    read_routes(draft, scope, sdwan, books.addresses)
    read_other_filters(draft, scope, books)
    policy_clamps(draft, policies, zones)
    _translation(draft, policies, zones)
    _steering(draft, sdwan, policies)
    _strict(draft, own, domain)
    for name, (word, note) in _NOT_READ.items():
        _recognise(draft, scope.table(name), word, note)
    return zones


def own_interfaces(draft: Draft, scope: Scope) -> dict[str, int]:
    """The interfaces of a virtual domain that packets cross, with their lines."""
    return {
        interface.name: interface.where.line if interface.where is not None else 0
        for interface in draft.interfaces.values()
        if interface.vrf == scope.vrf or interface.vrf.startswith(f"{scope.vrf} vrf ")
    }


def _policies(
    draft: Draft, scope: Scope, books: Books, domain: Domain
) -> tuple[list[Policy], str | None]:
    """The policies of the tables that are in force, and why they may not be all."""
    found: list[Policy] = []
    doubt: str | None = draft.damage
    for name, families in (*POLICIES, *CONSOLIDATED):
        table = scope.table(name)
        if table is None:
            continue
        used = ((name, families) in CONSOLIDATED) == domain.consolidated
        for entry in draft.rows(table, "filter", name):
            policy = read_policy(draft, entry, books, families, f"policy {entry.name}")
            if policy is not None and used:
                found.append(policy)
        if used:
            doubt = doubt or table.doubt
    return found, doubt


def _settled(policy: Policy, scope: Scope, zones: Zones, known: bool) -> Policy:
    """The policy with today's names of zones; names that nothing has may be damaged ones of any zone."""
    return policy._replace(
        sources=_known_ends(policy.sources, scope, zones, known),
        destinations=_known_ends(policy.destinations, scope, zones, known),
    )


def _known_ends(ends: Ends, scope: Scope, zones: Zones, known: bool) -> Ends:
    if ends.names is None:
        return ends
    names = frozenset(current_name(scope, name, ends.line) for name in ends.names)
    lost = known and any(n not in zones.by_name and n not in zones.of_interface for n in names)
    return Ends(names, ends.open or lost, ends.line)


def _domain_filters(
    draft: Draft,
    scope: Scope,
    policies: list[Policy],
    zones: Zones,
    labels: dict[str, str],
    domain: Domain,
    doubt: str | None,
) -> None:
    security = scope.table("firewall security-policy")
    if security is not None:
        draft.use_all(security)
    front = virtual_addresses(draft, scope, zones, ANY)
    if not policies and not zones.by_name and doubt is None:
        return
    pair_filters(
        draft, scope, policies, zones, labels, front, domain.symptom, domain.doubt or doubt
    )


def _recognise(draft: Draft, table: Block | None, word: str, note: str) -> None:
    if table is None:
        return
    draft.use_all(table)
    for entry in table.entries.values():
        values = entry.settings()
        status = values.get("status")
        if status is not None and status.text == "disable":
            continue
        interface = values.get("interface")
        place = f"{interface.text}: " if interface is not None and interface.text else ""
        draft.recognise(word, entry.line, f"{place}{note}")


def _translation(draft: Draft, policies: list[Policy], zones: Zones) -> None:
    """Policies with `nat enable` translate the source: their interfaces are its two sides."""
    sides: dict[str, TextFact] = {}
    for policy in policies:
        said = policy.settings.get("nat")
        if said.text != "enable" or policy.action is not Action.PERMIT:
            continue
        where = draft.where(said.line)
        draft.recognised.append(
            TextFact(value="nat", where=where, note=f"policy {policy.name} translates sources")
        )
        for name in _members(policy.sources.names, zones):
            sides.setdefault(name, TextFact(value="inside", where=where))
        for name in _members(policy.destinations.names, zones):
            sides[name] = TextFact(value="outside", where=where)
    for name, fact in sides.items():
        known = draft.interfaces.get(name)
        if known is not None:
            draft.interfaces[name] = known.model_copy(update={"nat": fact})


def _members(names: Iterable[str] | None, zones: Zones) -> Iterable[str]:
    for name in sorted(names or ()):
        zone = zones.by_name.get(name)
        yield from zone.members if zone is not None else ()


def _steering(draft: Draft, sdwan: Sdwan, policies: list[Policy]) -> None:
    """Rules that follow the measured quality move live sessions that are not translated, unless every member
    keeps them (`preserve-session-route`)."""
    if len(sdwan.members) < 2 or not draft.steering:
        draft.steering.clear()
        return
    kept = all(member.interface in draft.keeping for member in sdwan.members)
    outward = [policy for policy in policies if policy.action is Action.PERMIT]
    translated = bool(outward) and all(policy.settings.on("nat") for policy in outward)
    translated = translated and not draft.moves_translated
    for line, mode in draft.steering:
        draft.choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Reach.DEVICE,
                spread=Spread.FLOW if kept or translated else Spread.RELEASED,
                keeps=kept or translated,
                statement=f"SD-WAN rule, mode {mode}",
                reason="live sessions keep their interface" if kept or translated else "",
                where=draft.where(line),
            )
        )
    draft.steering.clear()


def _strict(draft: Draft, own: dict[str, int], domain: Domain) -> None:
    """`strict-src-check`: an answer must arrive where the best route to its source leads."""
    if not domain.strict:
        return
    fact = TextFact(value="strict", where=draft.where(domain.strict))
    for name in own:
        if name not in draft.unchecked:
            draft.interfaces[name] = draft.interfaces[name].model_copy(update={"urpf": fact})


def zone_labels(scopes: tuple[Scope, ...]) -> dict[str, dict[str, str]]:
    """For each domain the names of its zones that another domain has too, with the domain before them."""
    count: dict[str, int] = {}
    for scope in scopes:
        for name in _zone_names(scope):
            count[name] = count.get(name, 0) + 1
    return {
        scope.name: {n: f"{scope.name}/{n}" for n in _zone_names(scope) if count[n] > 1}
        for scope in scopes
    }


def _zone_names(scope: Scope) -> set[str]:
    names: set[str] = set()
    table = scope.own.tables.get("system zone")
    if table is not None:
        names |= set(table.entries)
    for word in ("system sdwan", "system virtual-wan-link"):
        inner = scope.own.tables.get(word)
        zones = inner.tables.get("zone") if inner is not None else None
        if zones is not None:
            names |= set(zones.entries)
        if inner is not None:
            names.add("virtual-wan-link")
    return names
