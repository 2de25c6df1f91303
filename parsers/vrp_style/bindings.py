"""Which filters packets meet on which interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from parsers.model.filters import Action, Binding, Entry, Filter, Match
from parsers.model.source import TextFact
from parsers.vrp_style import acls, traffic_policies
from parsers.vrp_style.draft import Applied, Draft, InterfaceDraft, RawAcl

Filters = dict[tuple[str, int], Filter]
DIRECTIONS = {"inbound": "in", "outbound": "out"}


class Semantics(NamedTuple):
    """What a platform does: with access lists that are applied and not defined, and how it reads one for the
    packets of a VPN. `vlan_interface` is the name of a VLAN's interface up to its number."""

    undefined: Action
    in_vrf: Callable[[RawAcl, str], Filter]
    vlan_interface: str
    fold: bool = False


def bindings(state: Draft, filters: Filters, semantics: Semantics) -> tuple[Binding, ...]:
    """The bindings of all interfaces; `filters` gains the variants that they need."""
    return tuple(_Binder(state, filters, semantics).all())


class _Binder:
    def __init__(self, state: Draft, filters: Filters, semantics: Semantics) -> None:
        self.state = state
        self.filters = filters
        self.semantics = semantics

    def all(self) -> Iterator[Binding]:
        """Interface by interface: its own filters, those of its VLAN, and those for all interfaces."""
        self._note_vlans()
        for interface in self.state.interfaces.values():
            applied = [*interface.applied, *self._of_vlan(interface)]
            if interface.is_routed:
                applied += self.state.everywhere
            yield from self._interface(interface, applied)
        for one in self.state.everywhere:
            self._key(one, "default")  # known by name where no interface is in the text

    def _of_vlan(self, interface: InterfaceDraft) -> list[Applied]:
        prefix = self.semantics.vlan_interface
        if not interface.name.lower().startswith(prefix.lower()):
            return []
        number = interface.name[len(prefix) :]
        return [one for vlan, one in self.state.on_vlans if vlan == number]

    def _note_vlans(self) -> None:
        """A filter on a VLAN without an interface filters bridged packets."""
        prefix = self.semantics.vlan_interface.lower()
        known = {name.lower() for name in self.state.interfaces}
        for vlan, one in self.state.on_vlans:
            self._key(one, "default")
            if prefix + vlan not in known:
                note = f"{one.kind} {one.name} on VLAN {vlan}"
                self._recognise("l2-filter", one, note)

    def _recognise(self, what: str, one: Applied, note: str) -> None:
        where = self.state.where(one.line)
        self.state.recognised.append(TextFact(value=what, where=where, note=note))

    def _interface(self, interface: InterfaceDraft, applied: list[Applied]) -> Iterator[Binding]:
        seen: dict[tuple[str, int], int] = {}
        for one in applied:
            families = (4, 6) if one.kind == "policy" else (one.family,)
            for family in families:
                key = self._key(one._replace(family=family), interface.vrf)
                if key is None:
                    self._recognise("l2-filter", one, f"{interface.name}: access list {one.name}")
                    continue
                place = (one.direction, family)
                seen[place] = seen.get(place, 0) + 1
                yield self._binding(interface, one, family, key, seen[place], applied)
        if any(
            one.kind == "policy" and traffic_policies.moves(self.state, one.name) for one in applied
        ):
            self._policy_route(interface, applied)

    def _binding(
        self,
        interface: InterfaceDraft,
        one: Applied,
        family: int,
        key: str,
        order: int,
        applied: list[Applied],
    ) -> Binding:
        inactive = one.inactive
        if inactive is None and not interface.is_routed:
            inactive = "the interface is a layer 2 port"
            note = f"{interface.name}: {one.kind} {one.name} on a layer 2 port"
            self._recognise("l2-filter", one, note)
        others = [
            o for o in applied
            if o.direction == one.direction and o.kind == "acl" == one.kind
            and o.family == one.family and o.inactive is None
        ]  # fmt: skip
        if len(others) > 1:
            key = self._softened(key, family)
        if one.direction in interface.opened:
            key = self._opened(key, family, interface.opened[one.direction])
        return Binding(
            key=key,
            family=family,
            interface=interface.name,
            direction=DIRECTIONS[one.direction],
            where=self.state.where(one.line),
            order=order,
            inactive=inactive,
            sees_translated=interface.nat is not None,
        )

    def _policy_route(self, interface: InterfaceDraft, applied: list[Applied]) -> None:
        for one in applied:
            if one.kind == "policy" and traffic_policies.moves(self.state, one.name):
                where = self.state.where(one.line)
                interface.policy_route = TextFact(value=f"traffic policy {one.name}", where=where)

    # -- the filter that is meant -------------------------------------------------------------------------------

    def _key(self, one: Applied, vrf: str) -> str | None:
        """The key of the filter, None for an access list that sees no IP header."""
        if one.kind == "policy":
            return self._policy_key(one)
        name = one.name
        acl = self.state.acls.get((name, one.family))
        if acl is None:
            if name in self.state.other_acls:
                return None
            if (name, one.family) not in self.filters:
                made = acls.undefined(self.state, name, one.family, self.semantics.undefined)
                self.filters[name, one.family] = made
            return name
        if acl.kind == "other":
            return None
        key = self._for_vrf(acl, vrf)
        return key if one.rule is None else self._one_rule(key, one.family, one.rule)

    def _policy_key(self, one: Applied) -> str:
        key = f"policy {one.name}"
        for family in (4, 6):
            if (key, family) not in self.filters:
                doubt = f"traffic policy {one.name} is applied and not defined"
                made = acls.undefined(self.state, one.name, family, Action.UNKNOWN)
                self.filters[key, family] = made._replace(key=key, uncertain=doubt)
        return key

    def _for_vrf(self, acl: RawAcl, vrf: str) -> str:
        base = acl.names[0]
        if vrf == "default" and not any(" vpn-instance " in text for _, text in acl.lines):
            return base
        key = f"{base} for VPN {vrf}" if vrf != "default" else f"{base} for public packets"
        if (key, acl.family) not in self.filters:
            made = self.semantics.in_vrf(acl, vrf)
            self.filters[key, acl.family] = made._replace(key=key, names=())
        return key

    def _one_rule(self, key: str, family: int, number: str) -> str:
        variant = f"{key} rule {number}"
        if (variant, family) not in self.filters:
            base = self.filters[key, family]
            entries = tuple(e for e in base.entries if e.label == number)
            made = base._replace(key=variant, names=(), entries=entries)
            self.filters[variant, family] = made
        return variant

    def _opened(self, key: str, family: int, line: int) -> str:
        """Inspection of the sessions that leave here lets their answers in past this filter."""
        variant = f"{key} with inspection at line {line}"
        if (variant, family) not in self.filters:
            base = self.filters[key, family]
            doubt = "inspection lets answers of the sessions in that left here"
            hole = Entry(line, Action.PERMIT, (Match(family),), doubt, label="inspection")
            self.filters[variant, family] = base._replace(
                key=variant, names=(), entries=(hole, *base.entries)
            )
        return variant

    def _softened(self, key: str, family: int) -> str:
        """Several access lists on one direction: which of them decides first no document says, so that what
        one denies another may have permitted."""
        variant = f"{key} beside others"
        if (variant, family) not in self.filters:
            base = self.filters[key, family]
            self.filters[variant, family] = base._replace(
                key=variant, names=(), entries=tuple(_soft(e) for e in base.entries)
            )
        return variant


def _soft(entry: Entry) -> Entry:
    if entry.action is Action.PERMIT or entry.uncertain is not None:
        return entry
    doubt = "several access lists stand on this direction, and no document says which decides first"
    return entry._replace(uncertain=doubt)
