"""Virtual addresses: packets to them are translated before the policies are asked.

Sources: Fortinet, Administration Guide, "Virtual IPs"; Technical Tip "match-vip in deny policies" (knowledge, filters,
1.18): a policy that denies everything may not match them. So what happens to packets to an external address is
not decided here; all other packets never meet a virtual address.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.scopes import Scope
from parsers.fortinet.zones import Zones
from parsers.model.addresses import AddressSpec, AddressTerm, int_range_terms
from parsers.model.filters import Action, Entry, Match

_TABLES = {4: "firewall vip", 6: "firewall vip6"}
_REASON = "the destination is a virtual address, and translated before policies are asked"


def virtual_addresses(
    draft: Draft, scope: Scope, zones: Zones, any_zone: str
) -> dict[str, tuple[Entry, ...]]:
    """Entries for packets to virtual addresses, by the zone they come from; those for `any_zone` hold for all."""
    everywhere: list[Entry] = []
    own: dict[str, list[Entry]] = {}
    for family, name in _TABLES.items():
        table = scope.table(name)
        if table is None:
            continue
        draft.use_all(table)
        for entry in table.entries.values():
            for line in entry.bad:
                draft.miss_line(line, "filter", entry.name)
            draft.recognise("nat", entry.line, f"virtual address {entry.name}")
            values = Settings(entry.settings(), {})
            if values.get("status").text == "disable":
                continue
            terms = tuple(_external(values, family, bool(entry.bad)))
            if not terms:
                continue
            match = Match(family=family, dst=AddressSpec(terms))
            made = Entry(entry.line, Action.UNKNOWN, (match,), _REASON, label=entry.name)
            outside = values.get("extintf").text
            zone = zones.of_interface.get(outside) or zones.by_name.get(outside)
            if zone is None:
                everywhere.append(made)
            else:
                own.setdefault(zone.name, []).append(made)
    for name in (f"{table}grp" for table in _TABLES.values()):
        group = scope.table(name)
        if group is not None:
            draft.use_all(group)
    all_of = [entry for entries in own.values() for entry in entries]
    found = {name: (*everywhere, *entries) for name, entries in own.items()}
    for name in zones.by_name:
        found.setdefault(name, tuple(everywhere))
    found[any_zone] = (*everywhere, *all_of)
    return found


def _external(values: Settings, family: int, doubtful: bool) -> Iterator[AddressTerm]:
    """The addresses outside; a single 0.0.0.0 is the interface's own, which no session in transit has."""
    if doubtful or not values.has("extip"):
        if doubtful:
            yield AddressTerm(family, 0, 0)
        return
    first, dash, last = values.get("extip").text.partition("-")
    try:
        low = ipaddress.ip_address(first)
        high = ipaddress.ip_address(last) if dash else low
    except ValueError:
        yield AddressTerm(family, 0, 0)
        return
    if low.version != family or high.version != family or int(low) > int(high):
        yield AddressTerm(family, 0, 0)
        return
    if int(high):
        yield from int_range_terms(family, int(low), int(high))
