"""The interfaces that sessions use, for drawings: sides, sizes, and the filters that stand on them as gates."""

from __future__ import annotations

from auditor.reports.model import GatePart, PortPart
from parsers.model.filters import Binding
from parsers.model.interfaces import Interface
from rules.packets.packet import address_text
from rules.view import View

MOST = 64
"""Interfaces in a drawing; more than that is no drawing."""


def ports(view: View) -> tuple[PortPart, ...]:
    """The inside and outside interfaces of all crossings, outside ones first; `unknown` where no route shows
    which side an interface is on."""
    sides: dict[str, str] = {}
    found: dict[str, Interface] = {}
    for crossing in view.crossings:
        for interface in crossing.outside:
            sides[interface.name] = "outside"
            found[interface.name] = interface
    for crossing in view.crossings:
        for interface in crossing.inside:
            found.setdefault(interface.name, interface)
            sides.setdefault(interface.name, "inside" if crossing.known else "unknown")
    return tuple(
        PortPart.model_validate(
            {
                "name": interface.name,
                "addresses": [
                    f"{address_text(a.family, a.value)}/{a.length}" for a in interface.addresses
                ],
                "side": sides[interface.name],
                "mtu": _mtu(interface),
                "gates": _gates(view, interface.name),
            }
        )
        for interface in list(found.values())[:MOST]
    )


def _mtu(interface: Interface) -> int | None:
    stated = interface.ip_mtu or interface.mtu
    return stated.value if stated is not None else None


def _gates(view: View, name: str) -> tuple[GatePart, ...]:
    """The filters on an interface; the v4 and the v6 half of one binding are one gate."""
    gates: dict[tuple[str, str], set[int]] = {}
    for direction in ("in", "out"):
        for family in (4, 6):
            for binding in view.bindings(name, direction, family):
                if binding.inactive is None:
                    gates.setdefault((_name(view, binding), direction), set()).add(family)
    return tuple(
        GatePart(name=name, direction=direction, families=tuple(sorted(families)))
        for (name, direction), families in gates.items()
    )


def _name(view: View, binding: Binding) -> str:
    found = view.filter_of(binding)
    return found.names[0] if found is not None and found.names else binding.key
