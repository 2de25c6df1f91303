"""Which pairs of zones there are, and which policies packets between them meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from parsers.model.filters import Action, Filter, Match
from parsers.model.interfaces import Interface, InterfaceKind
from parsers.model.source import Sourced
from parsers.paloalto_panos.draft import Draft, ended_node
from parsers.paloalto_panos.policies import pair_filters, refusing, unknown_between
from parsers.paloalto_panos.protection import apply_protection
from parsers.paloalto_panos.systems import System

BETWEEN_GATEWAYS = "what passes between interfaces of shared gateways is not documented"
NO_ZONES = "the text has no zones: it may be a part of a configuration"
_ANYWHERE = "any"


class Side(NamedTuple):
    """A zone as a packet meets it: the system, its zone, and the name that tells it from others."""

    system: System
    zone: str
    label: str

    @property
    def is_external(self) -> bool:
        """Whether the zone stands for another system."""
        found = self.system.zones.get(self.zone)
        return found is not None and found.kind == "external"

    @property
    def doubt(self) -> str | None:
        """Why the zone may be another one."""
        found = self.system.zones.get(self.zone)
        return found.doubt if found is not None else None


def sides(systems: list[System]) -> list[Side]:
    """The zones of all systems; zones with the same name in several systems are told apart."""
    names = {id(system): _zones(system) for system in systems}
    counts = Counter(zone for system in systems for zone in names[id(system)])
    found = []
    for system in systems:
        for zone in names[id(system)]:
            label = zone if counts[zone] == 1 and zone else f"{system.name}/{zone}"
            found.append(Side(system, zone, label if zone else system.name))
    return found


def _zones(system: System) -> list[str]:
    found = list(system.zones) or system.zones_in_rules()
    if not found and any(not rule.disabled for rule in system.rulebase.rules):
        found = [_ANYWHERE]
    homeless = [name for name in system.imports if system.zone_of(name) is None]
    if system.is_gateway and homeless:
        found.append("")
    return found


def zone_filters(draft: Draft, systems: list[System]) -> list[Side]:
    """All filters between zones into the draft; gives the zones."""
    found = sides(systems)
    for system in systems:
        system.rulebase.zones = system.zones
    for first, last in product(found, found):
        for made in _between(draft, first, last):
            draft.filters[made.key, 0] = made
    return found


def _between(draft: Draft, first: Side, last: Side) -> Iterator[Filter]:
    names = (f"{first.label}:{last.label}",)
    key = f"policy:{names[0]}"
    doubt = first.doubt or last.doubt
    file = draft.file
    if first.system is last.system:
        if first.system.is_gateway:
            yield unknown_between(file, first.label, last.label, BETWEEN_GATEWAYS)
            return
        rulebase = first.system.rulebase
        made = pair_filters(file, rulebase, key, first.zone, last.zone, names, doubt=doubt)
        if _ANYWHERE in (first.zone, last.zone):
            made = [one._replace(default=Action.UNKNOWN) for one in made]
        yield from made
    elif not first.is_external and not last.is_external:
        yield from _across(draft, first, last, names, key)


def _across(
    draft: Draft, first: Side, last: Side, names: tuple[str, ...], key: str
) -> Iterator[Filter]:
    """Between two systems: the policy of each, as far as it has one."""
    file = draft.file
    if first.system.is_gateway and last.system.is_gateway:
        yield unknown_between(file, first.label, last.label, BETWEEN_GATEWAYS)
        return
    out = _external(first.system, last.system.name)
    back = _external(last.system, first.system.name)
    if (out is None and not first.system.is_gateway) or (
        back is None and not last.system.is_gateway
    ):
        yield refusing(file, first.label, last.label)
        return
    doubt = first.doubt or last.doubt
    second = f"{key} of {last.system.name}"
    if back is not None:
        own = key if out is None else second
        shown = names if out is None else ()
        yield from pair_filters(
            file, last.system.rulebase, own, back, last.zone, shown, doubt=doubt
        )
    if out is not None:
        then = second if back is not None else None
        yield from pair_filters(
            file, first.system.rulebase, key, first.zone, out, names, then, doubt
        )


def _external(system: System, other: str) -> str | None:
    """The zone of a system that stands for another one."""
    return next(
        (z.name for z in system.zones.values() if z.kind == "external" and other in z.members), None
    )


def place_interfaces(draft: Draft, systems: list[System], found: list[Side]) -> None:
    """Tells interfaces their zones, and what those do to them."""
    zoned: dict[str, Side] = {}
    owner = {name: system for system in systems for name in system.imports}
    for side in found:
        zone = side.system.zones.get(side.zone)
        members = zone.members if zone is not None else {}
        if side.system.is_gateway and not side.zone:
            names = side.system.imports
            members = {n: line for n, line in names.items() if side.system.zone_of(n) is None}
        if zone is not None and zone.kind == "external":
            continue
        for name, line in members.items():
            interface = draft.interfaces.get(name)
            if interface is None:
                continue
            where = draft.where(line)
            if name in zoned or owner.get(name, side.system) is not side.system:
                # in two zones, or imported by another system: which one holds is not documented
                update: dict[str, object] = {"not_understood": (*interface.not_understood, where)}
            else:
                zoned[name] = side
                update = {"zone": Sourced[str](value=side.label, where=where)}
                update |= _facts(draft, side.zone, name)
            draft.interfaces[name] = interface.model_copy(update=update)
        if zone is not None:
            apply_protection(
                draft, zone, [name for name in zone.members if name in draft.interfaces]
            )
    _homeless(draft, found)


def _facts(draft: Draft, zone: str, name: str) -> dict[str, object]:
    """Translation and policy forwarding, which rules bind to zones and interfaces."""
    facts: dict[str, object] = {}
    if zone in draft.nat:
        facts["nat"] = draft.nat[zone]
    diverted = draft.diverted.get(f"interface {name}") or draft.diverted.get(f"zone {zone}")
    if diverted is not None:
        facts["policy_route"] = diverted
    return facts


def _homeless(draft: Draft, found: list[Side]) -> None:
    """An interface in no zone forwards nothing."""
    if not any(_is_homeless(interface) for interface in draft.interfaces.values()):
        return
    labels = ["", *(side.label for side in found)]
    if not any(side.system.zones for side in found):
        draft.filters["policy::", 0] = unknown_between(draft.file, "", "", NO_ZONES)
        return
    for first, last in product(labels, labels):
        if "" in (first, last):
            made = refusing(draft.file, first, last)
            draft.filters[made.key, 0] = made


def _is_homeless(interface: Interface) -> bool:
    return (
        interface.routed
        and interface.zone is None
        and bool(interface.addresses or interface.dynamic_address)
        and interface.kind not in (InterfaceKind.LOOPBACK, InterfaceKind.MANAGEMENT)
    )


def note_bridges(draft: Draft, found: list[Side]) -> None:
    """Virtual wires and layer 2 zones filter packets that no route shows (knowledge: filters, U17)."""
    zones = {name: side for side in found for name in _members(side)}
    for one, other, node in draft.wires:
        first, last = zones.get(one), zones.get(other)
        if first is None or last is None:
            note = f"virtual wire {node.word}: an end is in no zone, so it forwards nothing"
            draft.recognise("bridge-filter", ended_node(node), note)
        elif not (_open(draft, first, last) and _open(draft, last, first)):
            note = f"virtual wire {node.word} forwards what the policy {first.label}:{last.label} allows"
            draft.recognise("bridge-filter", ended_node(node), note)
    layer2 = [side for side in found if _kind(side) == "layer2"]
    if sum(len(_members(side)) for side in layer2) > 1:
        closed = [(a, b) for a, b in product(layer2, layer2) if not _open(draft, a, b)]
        if closed:
            first, last = closed[0]
            note = f"switched packets meet the policy {first.label}:{last.label}"
            line = first.system.zones[first.zone].line
            draft.recognised.append(
                Sourced[str](value="bridge-filter", where=draft.where(line), note=note)
            )


def _kind(side: Side) -> str:
    zone = side.system.zones.get(side.zone)
    return zone.kind if zone is not None else ""


def _members(side: Side) -> dict[str, int]:
    zone = side.system.zones.get(side.zone)
    return zone.members if zone is not None and zone.kind != "external" else {}


def _open(draft: Draft, first: Side, last: Side) -> bool:
    """Whether the policy between two zones certainly lets everything pass."""
    found = draft.filters.get((f"policy:{first.label}:{last.label}", 0))
    if found is None or found.uncertain:
        return False
    if len(found.entries) > 1:
        entry = found.entries[1]
        return (
            entry.action is Action.PERMIT and entry.uncertain is None and Match() in entry.matches
        )
    return found.default is Action.PERMIT
