"""From the draft of an NX-OS configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

import re
from collections.abc import Callable

from parsers.cisco_nxos.access_lists import (
    DIALECT,
    doubt_empty_groups,
    implicit_for,
    not_an_entry,
    with_switches,
)
from parsers.cisco_nxos.balancing import default_hash, settled
from parsers.cisco_nxos.policies import recognise_drops, silenced_by_copp
from parsers.cisco_nxos.state import NxosState, PortFilter, nxos
from parsers.cisco_nxos.top import TABLE
from parsers.cisco_nxos.vlan_maps import map_bindings, map_filters
from parsers.cisco_style.assemble import Semantics, assemble, bindings_of
from parsers.cisco_style.banners import skip_banners
from parsers.cisco_style.build import build_filters
from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.cisco_style.tunnels import tunnel_of
from parsers.ledger import UNREAD, Ledger
from parsers.model.device import Device, PtbLimit
from parsers.model.filters import Action, Filter, LaterFragments
from parsers.model.interfaces import InterfaceKind, Ptb
from parsers.model.source import TextFact, Where
from parsers.platform import CONFIGURATION, Inputs
from parsers.reader import read

OFF_BY_DEFAULT = "NX-OS sends no unreachables unless 'ip unreachables' is set on the interface"
IPV6_NOT_DOCUMENTED = "no document that was read says whether NX-OS sends Packet Too Big by default"
COPP_DROPS = "control plane policing drops the packets that the device would have to answer"
LIMITER_ZERO = (
    "no packet that is too big reaches the processor: 0 a second ('disable' would lift the limit)"
)
SWITCHED = frozenset({InterfaceKind.PHYSICAL, InterfaceKind.BUNDLE})
_NEXUS_3000 = re.compile(r"n3000|n3500|n3k")
_RELEASE_3000 = re.compile(r"\d+\.\d+\(\d+\w*\)[UA]\d")
"""Release trains U (Nexus 3000) and A (Nexus 3500)."""
_SHOWN_3000 = re.compile(r"cisco Nexus ?3[0-9]{3}|n3000|n3500")


def parse(inputs: Inputs) -> Device:
    """The device that NX-OS texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return assemble(inputs, None, {}, (), _semantics(lambda _: ()))
    ledger = Ledger(len(text.lines))
    draft = Draft(text.file, text.lines, ledger)
    held = nxos(draft)
    skip_banners(text.lines, ledger)
    read(text.lines, TABLE, draft, ledger)
    _finish_interfaces(draft, held)
    doubt_empty_groups(draft)
    lists = with_switches(
        build_filters(
            draft, DIALECT, not_an_entry, LaterFragments.CISCO, implicit_for(held), Action.PERMIT
        ),
        held,
    )
    _strangers(draft)
    filters: dict[tuple[str, int], Filter] = {**lists, **map_filters(draft, lists)}
    bindings = (*bindings_of(draft, filters, Action.PERMIT), *map_bindings(draft))
    recognise_drops(draft)
    _finish_choices(draft, held, inputs)
    if held.mtu_limiter is not None and held.mtu_limiter[0]:
        rate, line = held.mtu_limiter
        reason = "packets a second that may reach the processor because they are too big"
        draft.limits.append(
            PtbLimit(family=4, per_second=float(rate), where=draft.where(line), reason=reason)
        )
    return assemble(inputs, draft, filters, bindings, _semantics(_ptb_of(draft, held)))


def _semantics(ptb: Callable[[InterfaceDraft], tuple[Ptb, ...]]) -> Semantics:
    return Semantics(vendor="Cisco", ptb=ptb, tunnel=tunnel_of, switchports_need_no=True)


def _strangers(draft: Draft) -> None:
    """Lines in a list or group that read as a statement of their own: what is lost there is more
    than an entry (an interface that a stray blank moved into the list), so they count for all."""
    ledger = draft.ledger
    for line, (topic, _) in list(ledger.topics.items()):
        unread = topic == "filter" and ledger.status[line] == UNREAD
        if unread and TABLE.find(draft.lines[line - 1].strip()) is not None:
            ledger.miss(line, "other")


def _ptb_of(draft: Draft, held: NxosState) -> Callable[[InterfaceDraft], tuple[Ptb, ...]]:
    """What an interface tells senders, under what the control plane lets through."""
    copp = silenced_by_copp(draft)
    silence: tuple[str, Where] | None = None
    if copp is not None:
        silence = (COPP_DROPS, draft.where(copp))
    elif held.mtu_limiter is not None and held.mtu_limiter[0] == 0:
        silence = (LIMITER_ZERO, draft.where(held.mtu_limiter[1]))

    def ptb(interface: InterfaceDraft) -> tuple[Ptb, ...]:
        found = []
        for family, default in ((4, False), (6, None)):
            explicit = interface.unreachables.get(family)
            reason = OFF_BY_DEFAULT if family == 4 else IPV6_NOT_DOCUMENTED
            flag = Ptb(family=family, sends=default, reason=reason)
            if explicit is not None and family == 4:
                flag = Ptb(family=4, sends=explicit.value, where=explicit.where)
            elif explicit is not None:
                flag = Ptb(family=6, sends=None, where=explicit.where, reason=IPV6_NOT_DOCUMENTED)
            if silence is not None:
                # what never reaches the processor is never answered, whatever the interface says
                flag = Ptb(family=family, sends=False, where=silence[1], reason=silence[0])
            found.append(flag)
        return tuple(found)

    return ptb


def _finish_interfaces(draft: Draft, held: NxosState) -> None:
    """What depends on lines elsewhere: layer 2 or 3, VRFs and parents that are shut down, and port
    access lists."""
    for interface in draft.interfaces.values():
        interface.routed = _routed(interface, held)
        parent = draft.interfaces.get(interface.parent or "")
        if interface.vrf in held.shut_vrfs or (parent is not None and not parent.enabled):
            interface.enabled = False
    for found in held.port_filters:
        _recognise_port_filter(draft, held, found)


def _routed(interface: InterfaceDraft, held: NxosState) -> bool:
    """Whether a port is at layer 3. Without a word about it the default counts, which differs by
    hardware: Nexus 7000 ports are routed, most others are switchports. A port with an address is
    routed whatever the default, since a switchport takes none."""
    if interface.kind not in SWITCHED:
        return True
    declared = held.declared.get(interface.name)
    if declared is not None:
        return declared
    if interface.bundle is not None:
        return False
    if interface.addresses or interface.dynamic_address:
        return True
    if held.default_switchport is not None:
        return not held.default_switchport
    if interface.name in held.layer2:
        return False
    return any(re.search(r"n7[07]00|titanium", image) for image in held.images)


def _recognise_port_filter(draft: Draft, held: NxosState, found: PortFilter) -> None:
    """What filters a port acts on every VLAN that the port carries: on an access port that is one,
    on a trunk any, so there the statement counts for the whole device."""
    interface = draft.interfaces[found.interface]
    if interface.routed:
        place = f"{found.interface}: "
        for applied in interface.applied:
            if applied.line == found.line:
                applied.inactive = (
                    "whether a port access list acts on a routed port is not documented"
                )
    elif found.interface in held.trunks:
        place = ""
    else:
        vlan = f"Vlan{held.access_vlan.get(found.interface, 1)}"
        place = f"{vlan}: " if vlan in draft.interfaces else ""
    note = f"{place}{found.text} on {found.interface}"
    draft.recognised.append(TextFact(value="l2-filter", where=draft.where(found.line), note=note))


def _finish_choices(draft: Draft, held: NxosState, inputs: Inputs) -> None:
    """All path choices, with per-packet statements settled where the hardware is known."""
    shown = inputs.of("show version")
    nexus_3000 = (
        any(_NEXUS_3000.search(image) for image in held.images)
        or _RELEASE_3000.match(draft.version or "") is not None
        or (shown is not None and any(_SHOWN_3000.search(line) for line in shown.lines))
    )
    for interface in draft.interfaces.values():
        draft.choices.extend(settled(choice, nexus_3000) for choice in interface.choices)
    draft.choices.extend(default_hash(draft))
