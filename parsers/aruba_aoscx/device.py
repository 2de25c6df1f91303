"""From the draft of an AOS-CX configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

import re
from collections.abc import Callable

from parsers.aruba_aoscx.access_lists import DIALECT, no_implicit, not_an_entry
from parsers.aruba_aoscx.policies import policy_bindings, policy_filters
from parsers.aruba_aoscx.state import AoscxState, aoscx
from parsers.aruba_aoscx.top import TABLE
from parsers.cisco_style.assemble import Filters, Semantics, assemble, bindings_of
from parsers.cisco_style.banners import skip_banners
from parsers.cisco_style.build import build_filters, undefined_filter
from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.ledger import Ledger
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device, PtbLimit
from parsers.model.filters import Action, Binding, LaterFragments
from parsers.model.interfaces import InterfaceKind, Ptb, Tunnel
from parsers.model.source import TextFact, Where
from parsers.platform import CONFIGURATION, Inputs
from parsers.reader import read

SWITCHED = frozenset({InterfaceKind.PHYSICAL, InterfaceKind.BUNDLE})
VERSION = re.compile(r"!Version (?:ArubaOS|AOS)-CX (?P<version>\S+)")
HEADER_LINES = 20
SENT = "packets larger than the MTU are answered (AOS-CX command reference, 'mtu')"
OFF = "unreachables are off; no document read says whether that covers messages about the size"
FIVE = frozenset({HashField.SRC, HashField.DST, HashField.SRC_PORT, HashField.DST_PORT})
GRE, SIX_IN_FOUR = 24, 20


def parse(inputs: Inputs) -> Device:
    """The device that AOS-CX texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return assemble(inputs, None, {}, (), _semantics(AoscxState(), ""))
    ledger = Ledger(len(text.lines))
    draft = Draft(text.file, text.lines, ledger)
    held = aoscx(draft)
    for line in text.lines[:HEADER_LINES]:
        found = VERSION.match(line)
        if found is not None:
            draft.version = found["version"]
    skip_banners(text.lines, ledger)
    read(text.lines, TABLE, draft, ledger)
    filters: Filters = build_filters(
        draft, DIALECT, not_an_entry, LaterFragments.UNKNOWN, no_implicit, Action.UNKNOWN
    )
    filters.update(policy_filters(draft))
    _finish_interfaces(draft, held)
    _finish_choices(draft)
    if held.throttle is not None:
        _throttled(draft, *held.throttle)
    bindings = bindings_of(draft, filters, Action.UNKNOWN)
    more = (*_vlan_bindings(draft, held, filters), *policy_bindings(draft, filters))
    return assemble(inputs, draft, filters, (*bindings, *more), _semantics(held, text.file))


def _finish_interfaces(draft: Draft, held: AoscxState) -> None:
    """What depends on lines elsewhere: layer 2 or 3, parents that are shut down, and what drops frames."""
    for interface in draft.interfaces.values():
        interface.routed = _routed(interface, held)
        parent = draft.interfaces.get(interface.parent or "")
        if parent is not None and not parent.enabled:
            interface.enabled = False
        if not interface.routed and interface.kind in SWITCHED:
            for applied in interface.applied:
                note = f"access list {applied.names[0]} {applied.direction}"
                fact = TextFact(value="l2-filter", where=draft.where(applied.line), note=note)
                held.port_filters.append((interface.name, fact))
    for name, fact in held.port_filters:
        note = f"{_place(draft, held, name)}{fact.note} on {name}"
        draft.recognised.append(fact.model_copy(update={"note": note}))


def _place(draft: Draft, held: AoscxState, name: str) -> str:
    """Where a filter on a port acts: a routed port by itself, an access port in its VLAN, a trunk anywhere."""
    if draft.interfaces[name].routed:
        return f"{name}: "
    vlan = f"vlan{held.access_vlan.get(name, 1)}"
    return "" if name in held.trunks or vlan not in draft.interfaces else f"{vlan}: "


def _routed(interface: InterfaceDraft, held: AoscxState) -> bool:
    """Some series route on ports unless `no routing` is said, others switch unless `routing` is; the text prints
    the word where it matters, and a port with an address is routed."""
    if interface.kind not in SWITCHED:
        return True
    if interface.bundle is not None:
        return False
    declared = held.declared.get(interface.name)
    if declared is not None and not (interface.addresses and not declared):
        return declared
    return bool(interface.addresses or interface.dynamic_address)


def _vlan_bindings(draft: Draft, held: AoscxState, filters: Filters) -> list[Binding]:
    """Lists of a VLAN meet what is routed in and out of it too; a VLAN without an interface here is bridged only."""
    bindings = []
    for applied in held.vlan_lists:
        name = f"vlan{applied.vlan}"
        where = draft.where(applied.line)
        if name not in draft.interfaces:
            note = f"access list {applied.name} on a VLAN without an interface on this device"
            draft.recognised.append(TextFact(value="l2-filter", where=where, note=note))
            continue
        key = (applied.name, applied.family)
        if key not in filters:
            filters[key] = undefined_filter(draft, applied.name, applied.family, Action.UNKNOWN)
        order = 0 if applied.direction == "in" else 2
        bindings.append(
            Binding(applied.name, applied.family, name, applied.direction, where, order)
        )
    return bindings


def _finish_choices(draft: Draft) -> None:
    """Hashes of LAGs, the default hash of LAGs and equal-cost routes."""
    for interface in draft.interfaces.values():
        draft.choices.extend(interface.choices)
        if interface.kind is InterfaceKind.BUNDLE and not interface.choices:
            draft.choices.append(_default(Stage.BUNDLE, Scope.BUNDLE, interface.name))
    if not any(choice.stage is Stage.ECMP for choice in draft.choices):
        draft.choices.append(_default(Stage.ECMP, Scope.DEVICE, None))


def _default(stage: Stage, scope: Scope, interface: str | None) -> PathChoice:
    return PathChoice(
        stage=stage,
        scope=scope,
        spread=Spread.FLOW,
        statement="default hash",
        fields=FIVE,
        interface=interface,
        reason="AOS-CX hashes addresses and ports by default (command reference, 'show ip ecmp')",
    )


def _throttled(draft: Draft, seconds: int, line: int) -> None:
    draft.limits.extend(
        PtbLimit(
            family=family,
            per_second=1 / seconds,
            where=draft.where(line),
            reason=f"ip icmp throttle {seconds}",
        )
        for family in (4, 6)
    )


def _semantics(held: AoscxState, file: str) -> Semantics:
    found = []
    for family in (4, 6):
        if held.unreachable is not None and family == 4:
            where = Where(file, held.unreachable)
            found.append(Ptb(family=family, sends=None, where=where, reason=OFF))
        else:
            found.append(Ptb(family=family, sends=True, reason=SENT))
    ptb = tuple(found)
    tell: Callable[[InterfaceDraft], tuple[Ptb, ...]] = lambda _: ptb  # noqa: E731
    return Semantics(vendor="Aruba", ptb=tell, tunnel=_tunnel, switchports_need_no=True)


def _tunnel(draft: InterfaceDraft) -> Tunnel | None:
    """`interface tunnel N mode gre ipv4|ip 6in4|ip 6in6`; without a mode the overhead is not known."""
    if not draft.name.startswith("tunnel"):
        return None
    mode, line = draft.tunnel.get("mode", ("", None))
    known = {"gre ipv4": ("gre", GRE), "gre": ("gre", GRE), "ip 6in4": ("6in4", SIX_IN_FOUR)}
    word, overhead = known.get(mode, ("other", None))
    return Tunnel(
        mode=word,
        overhead=overhead,
        source=draft.tunnel["source"][0] if "source" in draft.tunnel else None,
        destination=draft.tunnel["destination"][0] if "destination" in draft.tunnel else None,
        where=draft.where if line is None else Where(draft.where.file, line),
    )
