"""Filters on switch ports below routed interfaces.

A filter on a port filters what is bridged or bundled there before (after) it is routed, so packets of a routed VLAN
meet it if they come in through that port. Where all ports of a VLAN or bundle carry one filter, the routed interface
is bound to it; where some do, which packets meet it is not known, and that is noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsers.model.filters import Action, Binding, Filter, FilterTable
from parsers.model.source import Sourced


def lifted(
    bindings: Iterable[Binding],
    members: Mapping[str, Iterable[str]],
    routed: frozenset[str],
    filters: FilterTable,
) -> tuple[list[Binding], list[Sourced[str]]]:
    """The bindings with those of routed interfaces over ports added, and notes about filters that only some ports
    of one carry. `members` are the ports under each routed interface, `routed` those with addresses of their own."""
    own = list(bindings)
    by_port: dict[tuple[str, str], list[Binding]] = {}
    for binding in own:
        if binding.interface is not None and binding.interface not in routed:
            by_port.setdefault((binding.interface, binding.direction), []).append(binding)
    added: list[Binding] = []
    notes: list[Sourced[str]] = []
    noted: set[tuple[str, str, int, str]] = set()
    for upper, below in members.items():
        ports = list(dict.fromkeys(below))
        for direction in ("in", "out"):
            held = [
                {(b.key, b.family) for b in by_port.get((port, direction), ())} for port in ports
            ]
            if not any(held):
                continue
            for binding in (b for port in ports for b in by_port.get((port, direction), ())):
                place = (binding.key, binding.family)
                if all(place in one for one in held):
                    if not any(
                        (a.interface, a.direction, a.key, a.family) == (upper, direction, *place)
                        for a in (*own, *added)
                    ):
                        added.append(binding._replace(interface=upper))
                elif _can_deny(filters.get(place)):
                    mark = (upper, binding.key, binding.family, direction)
                    if mark not in noted:
                        noted.add(mark)
                        note = f"{upper}: filter {binding.key} is on some of its ports only ({binding.interface})"
                        notes.append(
                            Sourced[str](value="bridge-filter", where=binding.where, note=note)
                        )
    return [*own, *added], notes


def _can_deny(found: Filter | None) -> bool:
    return (
        found is None
        or found.default is not Action.PERMIT
        or found.uncertain is not None
        or any(entry.action in (Action.DENY, Action.UNKNOWN) for entry in found.entries)
    )
