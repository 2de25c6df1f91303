"""Zones: the groups of interfaces that policies name, and the interfaces that stand for themselves.

Sources: Fortinet, Administration Guide, "Zone" (an interface in a zone is named by its zone only) and "SD-WAN zones";
Technical Tip "policy matching order when the intrazone setting is used" (policies are asked before the setting);
Technical Tip "packets with ingress and egress as same interface" (`allow-traffic-redirect`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.fortinet.draft import Draft
from parsers.fortinet.policies import Policy
from parsers.fortinet.scopes import Scope

ZONE = "system zone"
MANY = 200
"""Up to so many zones each ordered pair has its filter."""
UNNAMED = "(interfaces that no policy names)"
_KNOWN = ("interface", "intrazone")
_IGNORED = {"description": "text for people", "tagging": "text for people", "color": "a picture"}


@dataclass
class Zone:
    """A zone; `alone` is an interface in no zone. `within` is True where packets between its own interfaces need no
    policy, None where the text does not tell."""

    name: str
    line: int
    members: list[str] = field(default_factory=list)
    alone: bool = False
    within: bool | None = False
    doubt: str | None = None


@dataclass
class Zones:
    """All zones of a virtual domain, by name, and the zone of each interface."""

    by_name: dict[str, Zone] = field(default_factory=dict)
    of_interface: dict[str, Zone] = field(default_factory=dict)

    def add(self, zone: Zone) -> None:
        """Adds a zone with its members."""
        self.by_name[zone.name] = zone
        for member in zone.members:
            self.of_interface.setdefault(member, zone)


def read_zones(draft: Draft, scope: Scope) -> Zones:
    """The zones that the text defines."""
    zones = Zones()
    table = scope.table(ZONE)
    for entry in draft.rows(table, "filter", "zones") if table is not None else ():
        values = draft.take(entry, _KNOWN, _IGNORED, "filter", f"zone {entry.name}")
        word = values.get("intrazone").text
        within = {"": False, "deny": False, "allow": True}.get(word)
        named = values.get("interface")
        zone = Zone(entry.name, named.line or entry.line, list(named.values), within=within)
        if values.unknown or entry.doubt:
            zone.doubt = f"zone '{entry.name}' is not understood"
        zones.add(zone)
    return zones


def current_name(scope: Scope, name: str, line: int) -> str:
    """The name that a zone called `name` on `line` has now."""
    table = scope.table(ZONE)
    if table is None or not table.renames:
        return name
    return table.current(name, line) or f"{name} (no zone yet)"


def add_lonely(zones: Zones, names: dict[str, int]) -> None:
    """Interfaces in no zone are named by themselves."""
    for name, line in names.items():
        if name not in zones.of_interface and name not in zones.by_name:
            zones.add(Zone(name, line, [name], alone=True))


def merge_unnamed(zones: Zones, named: dict[str, int]) -> None:
    """Where there are very many, the interfaces that no policy names become one zone: only policies for any
    interface see them, and all of them alike."""
    if len(zones.by_name) <= MANY:
        return
    unnamed = [z for z in zones.by_name.values() if z.alone and z.name not in named]
    for zone in unnamed:
        del zones.by_name[zone.name]
        del zones.of_interface[zone.name]
    zones.add(Zone(UNNAMED, 0, [zone.name for zone in unnamed]))


def named_by(policies: list[Policy]) -> dict[str, int]:
    """The interfaces and zones that policies name, with a line."""
    found: dict[str, int] = {}
    for policy in policies:
        for ends in (policy.sources, policy.destinations):
            for name in sorted(ends.names or ()):
                found.setdefault(name, ends.line or policy.line)
    return found
