"""From the draft of an OS10 configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

import re

from parsers.cisco_style.assemble import Filters, Semantics, assemble, bindings_of
from parsers.cisco_style.banners import skip_banners
from parsers.cisco_style.build import build_filters
from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.dell_os10 import balancing
from parsers.dell_os10.access_lists import DIALECT, implicit, not_an_entry
from parsers.dell_os10.state import os10
from parsers.dell_os10.top import TABLE
from parsers.ledger import Ledger
from parsers.model.device import Device
from parsers.model.filters import Action, LaterFragments
from parsers.model.interfaces import InterfaceKind, Ptb
from parsers.model.source import IntFact, TextFact
from parsers.platform import CONFIGURATION, Inputs
from parsers.reader import read

SWITCHED = frozenset({InterfaceKind.PHYSICAL, InterfaceKind.BUNDLE})
VERSION = re.compile(r"! ?Version (?P<version>10\.\S+)")
HEADER_LINES = 20
NOT_DOCUMENTED = (
    "OS10 ships with unreachables off; no document read says whether that covers 'too big'"
)


def parse(inputs: Inputs) -> Device:
    """The device that OS10 texts describe."""
    text = inputs.of(CONFIGURATION)
    semantics = Semantics(vendor="Dell", ptb=_ptb, tunnel=lambda _: None, switchports_need_no=True)
    if text is None:
        return assemble(inputs, None, {}, (), semantics)
    ledger = Ledger(len(text.lines))
    draft = Draft(text.file, text.lines, ledger)
    for line in text.lines[:HEADER_LINES]:
        found = VERSION.match(line)
        if found is not None:
            draft.version = found["version"]
    skip_banners(text.lines, ledger)
    read(text.lines, TABLE, draft, ledger)
    filters: Filters = build_filters(
        draft, DIALECT, not_an_entry, LaterFragments.NEVER, implicit, Action.UNKNOWN
    )
    _finish_interfaces(draft)
    balancing.finish(draft)
    bindings = bindings_of(draft, filters, Action.UNKNOWN)
    return assemble(inputs, draft, filters, bindings, semantics)


def _finish_interfaces(draft: Draft) -> None:
    """What depends on lines elsewhere: layer 2 or 3, the default MTU, lists on switched ports, policies."""
    held = os10(draft)
    for interface in list(draft.interfaces.values()):
        interface.routed = _routed(draft, interface)
        if interface.mtu is None and held.default_mtu is not None:
            value, line = held.default_mtu
            if interface.kind in SWITCHED or interface.kind is InterfaceKind.VLAN:
                interface.mtu = IntFact(value=value, where=draft.where(line))
        if not interface.routed and interface.kind in SWITCHED:
            _port_lists(draft, interface)
    for name, policy, line in held.policy_uses:
        if policy in held.dropping:
            note = (
                f"{name}: a class of policy map {policy} drops"
                if name
                else f"policy map {policy} drops"
            )
            draft.recognised.append(TextFact(value="qos-drop", where=draft.where(line), note=note))


def _routed(draft: Draft, interface: InterfaceDraft) -> bool:
    """Ports and port channels are switched unless `no switchport` stands there; a port with an address and no
    word about layer 2 is routed, since a switched port takes none."""
    if interface.kind not in SWITCHED:
        return True
    if interface.bundle is not None:
        return False
    declared = os10(draft).declared.get(interface.name)
    if declared is not None:
        return declared
    return bool(interface.addresses or interface.dynamic_address)


def _port_lists(draft: Draft, interface: InterfaceDraft) -> None:
    """Access lists on a switched port act on all VLANs that it carries: they are seen, not judged."""
    held = os10(draft)
    vlan = f"vlan{held.access_vlan.get(interface.name, 1)}"
    place = "" if interface.name in held.trunks or vlan not in draft.interfaces else f"{vlan}: "
    for applied in interface.applied:
        note = f"{place}access list {applied.names[0]} {applied.direction} on {interface.name}"
        draft.recognised.append(
            TextFact(value="l2-filter", where=draft.where(applied.line), note=note)
        )


def _ptb(interface: InterfaceDraft) -> tuple[Ptb, ...]:
    found = []
    for family in (4, 6):
        said = interface.unreachables.get(family)
        if said is None:
            found.append(Ptb(family=family, sends=None, reason=NOT_DOCUMENTED))
        else:
            sends = True if said.value else None
            found.append(Ptb(family=family, sends=sends, where=said.where, reason=NOT_DOCUMENTED))
    return tuple(found)
