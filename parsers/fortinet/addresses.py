"""Address objects and their groups: what a name in a policy stands for.

Sources: Fortinet, CLI reference, `firewall address`, `address6`, `addrgrp`, `addrgrp6` (types and defaults; a subnet
that nobody sets is 0.0.0.0/0; `wildcard` has 1 for each bit that counts); knowledge, filters, 1.18. Names that stand
for what only the running device knows (FQDN, geography, dynamic, MAC) give a doubt.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import NamedTuple

from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.scopes import Scope
from parsers.model.addresses import (
    FULL,
    AddressTerm,
    int_range_terms,
    netmask_term,
    prefix_term,
    range_terms,
)

ALL = {4: AddressTerm(4, 0, 0), 6: AddressTerm(6, 0, 0)}
_NOTHING = {4: AddressTerm(4, 0, FULL[4]), 6: AddressTerm(6, 0, FULL[6])}
_BUILT_IN = {
    "all": ALL,
    "none": _NOTHING,
}
"""What is there without a statement; the text may define it otherwise."""
_TABLES = {
    4: ("firewall address", "firewall addrgrp"),
    6: ("firewall address6", "firewall addrgrp6"),
}
_VIPS = {4: ("firewall vip", "firewall vipgrp"), 6: ("firewall vip6", "firewall vipgrp6")}
_KEPT = "names and pictures for people"
_COMMON = {
    "uuid": _KEPT, "comment": _KEPT, "comments": _KEPT, "color": _KEPT, "visibility": _KEPT, "tags": _KEPT,
    "tagging": _KEPT, "cache-ttl": "how long resolved names stay", "allow-routing": "use in routes",
    "fabric-object": "shared with other devices", "display-with-uuid": _KEPT, "policy-group": _KEPT, "list":
    "what the device has filled in", "associated-interface": "where the object may be chosen, not what it matches",
    "clearpass-spt": _KEPT, "epg-name": _KEPT, "filter": _KEPT, "obj-id": _KEPT, "obj-tag": _KEPT, "obj-type": _KEPT,
    "organization": _KEPT, "sdn": _KEPT, "sdn-addr-type": _KEPT, "sdn-tag": _KEPT, "subnet-name": _KEPT,
    "tenant": _KEPT,
    "tag-detection-level": _KEPT, "tag-type": _KEPT, "node-ip-only": _KEPT, "fsso-group": _KEPT, "hw-model": _KEPT,
    "hw-vendor": _KEPT, "os": _KEPT, "sw-version": _KEPT, "agent-id": _KEPT, "passive-fqdn-learning": _KEPT,
    "url": _KEPT, "country": _KEPT, "fqdn": _KEPT, "wildcard-fqdn": _KEPT, "start-mac": _KEPT, "end-mac": _KEPT,
    "macaddr": _KEPT, "sub-type": _KEPT, "interface": _KEPT, "route-tag": _KEPT, "template": _KEPT, "host-type": _KEPT,
    "subnet-segment": _KEPT, "fabric-id": _KEPT, "uuid-idx": _KEPT, "ssid": _KEPT, "dirty": _KEPT,
}  # fmt: skip
"""Keys of address objects that add nothing to `type` and the addresses."""
_ADDRESS_KEYS = ("type", "subnet", "start-ip", "end-ip", "wildcard", "ip6", "host")
_GROUP_KEYS = ("member", "exclude", "exclude-member", "type", "category")
_DEVICE_KNOWS = {
    "fqdn": "a host name, whose addresses only the device knows",
    "wildcard-fqdn": "a pattern of host names",
    "geography": "the addresses of a country",
    "dynamic": "addresses that another system supplies",
    "interface-subnet": "the network of an interface",
    "mac": "MAC addresses",
    "device": "devices that were seen",
    "route-tag": "addresses that a routing protocol supplies",
    "template": "an address made from a template",
    "url": "a URL",
}


class Addresses(NamedTuple):
    """The addresses of a name: `terms` are certain, `doubt` says why there may be others."""

    terms: tuple[AddressTerm, ...]
    doubt: str | None = None


class AddressBook:
    """All address objects of a virtual domain, in one family."""

    def __init__(self, draft: Draft, scope: Scope, family: int) -> None:
        self.draft = draft
        self.family = family
        self.objects = scope.table(_TABLES[family][0])
        self.groups = scope.table(_TABLES[family][1])
        self.vips = [table for name in _VIPS[family] if (table := scope.table(name)) is not None]
        self.settings: dict[str, Settings] = {}
        self.known: dict[str, Addresses] = {}
        self.waiting: list[str] = []

    def read(self) -> None:
        """Takes the lines of all objects and groups."""
        for table, keys in ((self.objects, _ADDRESS_KEYS), (self.groups, _GROUP_KEYS)):
            if table is None:
                continue
            for entry in self.draft.rows(table, "filter", "address objects"):
                found = self.draft.take(entry, keys, _COMMON, "filter", f"address {entry.name}")
                self.settings.setdefault(entry.name, found)

    def find(self, name: str, line: int) -> Addresses:
        """The addresses of `name`, as a statement on `line` means it."""
        for table in (self.objects, self.groups):
            if table is not None and table.renames:
                current = table.current(name, line)
                if current is None:
                    return Addresses((), f"address '{name}' is not defined")
                name = current
        known = self.known.get(name)
        if known is None:
            known = self.known[name] = self._look_up(name)
        return known

    def _look_up(self, name: str) -> Addresses:
        if self.objects is not None and name in self.objects.entries:
            return self._object(self.objects.entries[name])
        if self.groups is not None and name in self.groups.entries:
            return self._group(self.groups.entries[name])
        if any(name in table.entries for table in self.vips):
            return Addresses((), f"'{name}' is a virtual address, and translated")
        built_in = _BUILT_IN.get(name)
        if built_in is not None:
            return Addresses((built_in[self.family],))
        return Addresses((), f"address '{name}' is not defined")

    def _object(self, entry: Block) -> Addresses:
        name = entry.name
        settings = self.settings[name]
        if settings.unknown or entry.doubt:
            return Addresses((), f"address '{name}' is not understood")
        kind = settings.get("type").text or ("ipmask" if self.family == 4 else "ipprefix")
        if kind in _DEVICE_KNOWS:
            return Addresses((), f"address '{name}' is {_DEVICE_KNOWS[kind]}")
        try:
            terms = _terms4(kind, entry) if self.family == 4 else _terms6(kind, settings)
        except ValueError:
            return Addresses((), f"address '{name}' is no sound {kind}")
        return Addresses(terms)

    def _group(self, entry: Block) -> Addresses:
        name = entry.name
        if name in self.waiting:
            return Addresses((), f"group '{name}' holds itself")
        settings = self.settings[name]
        self.waiting.append(name)
        members = settings.get("member")
        found = self.union(members.values, members.line)
        if not members.values:
            found = Addresses((), f"group '{name}' has no members")
        if settings.on("exclude"):
            excluded = settings.get("exclude-member")
            found = _without(found, self.union(excluded.values, excluded.line), self.family)
        self.waiting.pop()
        if settings.unknown or entry.doubt:
            found = Addresses((), f"group '{name}' is not understood")
        return found

    def union(self, names: Iterable[str], line: int) -> Addresses:
        """The addresses of all `names`."""
        terms: dict[AddressTerm, None] = {}
        doubts: dict[str, None] = {}
        for name in names:
            found = self.find(name, line)
            terms.update(dict.fromkeys(found.terms))
            if found.doubt:
                doubts[found.doubt] = None
        return Addresses(tuple(terms), "; ".join(doubts) or None)


def _terms4(kind: str, entry: Block) -> tuple[AddressTerm, ...]:
    """The addresses of an IPv4 object. The device keeps two addresses whatever the type: a type that is
    changed gives the old values a new meaning."""
    first, second = "0.0.0.0", "0.0.0.0"  # noqa: S104 - an address object, no socket
    for verb, key, values, _, _ in entry.statements:
        if verb == "unset":
            if key in ("subnet", "wildcard"):
                first = second = "0.0.0.0"  # noqa: S104 - likewise
            elif key in ("start-ip", "end-ip"):
                raise ValueError(key)
            continue
        if key in ("subnet", "wildcard"):
            first, second = _pair(values)
        elif key == "start-ip" and len(values) == 1:
            first = values[0]
        elif key == "end-ip" and len(values) == 1:
            second = values[0]
        elif key in ("start-ip", "end-ip"):
            raise ValueError(key)
    if kind == "ipmask":
        return (subnet_term(first, second),)
    if kind == "iprange":
        return range_terms(first, second)
    if kind == "wildcard":
        return (netmask_term(first, second),)
    raise ValueError(kind)


def _terms6(kind: str, settings: Settings) -> tuple[AddressTerm, ...]:
    if kind == "iprange":
        return range_terms(settings.get("start-ip").text, settings.get("end-ip").text)
    if kind != "ipprefix":
        raise ValueError(kind)
    if not settings.has("ip6"):
        return (ALL[6],)
    term = prefix_term(settings.get("ip6").text)
    if term.family != 6:
        raise ValueError(settings.get("ip6").text)
    return (term,)


def _pair(values: tuple[str, ...]) -> tuple[str, str]:
    """Address and mask of `A M` or `A/length`. Raises ValueError for anything else."""
    if len(values) == 2:
        return values[0], values[1]
    if len(values) != 1 or "/" not in values[0]:
        raise ValueError(" ".join(values))
    address, _, length = values[0].partition("/")
    return address, str(ipaddress.IPv4Network(f"0.0.0.0/{length}").netmask)


def subnet_term(address: str, mask: str) -> AddressTerm:
    """The term of an address and a contiguous netmask. Raises ValueError for other masks."""
    term = netmask_term(address, mask)
    inverse = FULL[4] ^ term.care
    if inverse & (inverse + 1):
        raise ValueError(mask)
    return term


def subnet_of(values: tuple[str, ...]) -> AddressTerm:
    """The term of `A M` or `A/length`. Raises ValueError for what is neither."""
    return subnet_term(*_pair(values))


def _without(found: Addresses, excluded: Addresses, family: int) -> Addresses:
    """What of `found` is not in `excluded`."""
    doubt = found.doubt
    if excluded.doubt:
        return Addresses((), "; ".join(filter(None, (doubt, excluded.doubt))))
    try:
        ranges = _ranges(found.terms)
        holes = _ranges(excluded.terms)
    except ValueError:
        return Addresses((), "a wildcard in a group with exclusions")
    kept: list[AddressTerm] = []
    for low, high in ranges:
        start = low
        for hole_low, hole_high in holes:
            if hole_high < start or hole_low > high:
                continue
            if hole_low > start:
                kept += int_range_terms(family, start, hole_low - 1)
            start = hole_high + 1
        if start <= high:
            kept += int_range_terms(family, start, high)
    return Addresses(tuple(kept), doubt)


def _ranges(terms: Iterable[AddressTerm]) -> list[tuple[int, int]]:
    """The address ranges of prefixes, in order. Raises ValueError for wildcards."""
    ranges = []
    for term in terms:
        inverse = FULL[term.family] ^ term.care
        if inverse & (inverse + 1):
            raise ValueError(term)
        ranges.append((term.value, term.value | inverse))
    return sorted(ranges)
