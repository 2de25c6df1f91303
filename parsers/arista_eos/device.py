"""From the draft of an EOS configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.arista_eos.access_lists import DIALECT, not_an_entry, with_implicit
from parsers.arista_eos.balancing import finished_choices
from parsers.arista_eos.heredocs import skip_heredocs
from parsers.arista_eos.routes import all_routes
from parsers.arista_eos.state import EosState, eos
from parsers.arista_eos.top import TABLE
from parsers.arista_eos.traffic_policies import KEY, undefined_policy
from parsers.arista_eos.tunnels import tunnel_of
from parsers.cisco_style.assemble import Filters, Semantics, assemble, bindings_of
from parsers.cisco_style.banners import skip_banners
from parsers.cisco_style.build import build_filters
from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.cisco_style.groups import RawGroup
from parsers.ledger import Ledger
from parsers.model.device import Device
from parsers.model.filters import Action, Entry, LaterFragments
from parsers.model.interfaces import InterfaceKind, Ptb
from parsers.model.source import Sourced, Where
from parsers.platform import CONFIGURATION, Inputs
from parsers.reader import read

PTB_REASON = "no EOS statement stops Frag-Needed or Packet Too Big of routed packets"
PTB_DISPUTED = "whether a rate limit of 0 silences unreachables or lifts the limit is disputed"
SWITCHED = frozenset({InterfaceKind.PHYSICAL, InterfaceKind.BUNDLE})
_HEADER = re.compile(
    r"!\s*device: (?P<name>\S+) \((?P<model>[^,)]+)(?:, EOS-(?P<version>[^\s,)]+))?"
)
HEADER_LINES = 40


def parse(inputs: Inputs) -> Device:
    """The device that EOS texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return assemble(inputs, None, {}, (), _semantics({}, ""))
    ledger = Ledger(len(text.lines))
    draft = Draft(text.file, text.lines, ledger)
    held = eos(draft)
    _header(draft)
    skip_banners(text.lines, ledger)
    skip_heredocs(text.lines, ledger)
    read(text.lines, TABLE, draft, ledger)
    filters = _filters(draft, held)
    _interfaces(draft, held)
    draft.choices = finished_choices(draft)
    draft.routes = all_routes(draft)
    bindings = bindings_of(draft, filters, Action.UNKNOWN)
    return assemble(inputs, draft, filters, bindings, _semantics(held.ptb_unknown, text.file))


def _header(draft: Draft) -> None:
    """Model and release from `! device: NAME (MODEL, EOS-RELEASE)`, which EOS prints first."""
    for line in draft.lines[:HEADER_LINES]:
        match = _HEADER.match(line)
        if match is not None:
            draft.hostname = match["name"]
            draft.model, draft.version = match["model"], match["version"]
            return


def _filters(draft: Draft, held: EosState) -> Filters:
    for (name, family), found in held.policies.prefix_sets.items():
        group = draft.network_groups.setdefault(name, RawGroup())
        group.items.extend(found.terms)
        if found.doubt or found.excepts or not found.terms:
            group.doubts.append(f"field-set {name} (IPv{family}) is not a plain list of prefixes")
    lists = build_filters(
        draft, DIALECT, not_an_entry, LaterFragments.UNKNOWN, _no_implicit, Action.UNKNOWN
    )
    filters: Filters = {key: with_implicit(found, held.icmpv6_all) for key, found in lists.items()}
    filters.update(held.policies.filters(draft.file))
    for interface in draft.interfaces.values():
        for applied in interface.applied:
            name = applied.names[0]
            if name.startswith(KEY) and (name, 0) not in filters:
                filters[name, 0] = undefined_policy(draft.file, name.removeprefix(KEY))
    return filters


def _no_implicit(family: int, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return ()


def _interfaces(draft: Draft, held: EosState) -> None:
    """What depends on lines elsewhere: layer 2 or 3, the default MTU, policies that drop or
    redirect.
    """
    for interface in draft.interfaces.values():
        interface.routed = _routed(interface, held)
        if interface.mtu is None and held.default_mtu is not None and interface.routed:
            value, line = held.default_mtu
            if interface.kind in SWITCHED or interface.kind is InterfaceKind.VLAN:
                interface.mtu = Sourced[int](value=value, where=draft.where(line))
        for applied in interface.applied:
            policy = held.policies.policies.get(applied.names[0].removeprefix(KEY))
            if applied.names[0].startswith(KEY) and policy and policy.redirects():
                interface.policy_route = Sourced[str](
                    value=policy.name, where=draft.where(applied.line)
                )
    for name, policy_name, line in held.policy_uses:
        if policy_name in held.dropping:
            draft.recognised.append(
                Sourced[str](
                    value="qos-drop",
                    where=draft.where(line),
                    note=f"{name}: a class of policy map {policy_name} drops",
                )
            )


def _routed(interface: InterfaceDraft, held: EosState) -> bool:
    """Ethernet ports and port channels are switchports unless a line says otherwise. A port with
    an address and no word about layer 2 is taken as routed: such a text was not printed by a
    device, and its author means a router.
    """
    if interface.kind not in SWITCHED:
        return True
    declared = held.declared.get(interface.name)
    if declared is not None:
        return declared
    if interface.bundle is not None:
        return False
    if held.routed_ports:
        return True
    return bool(interface.addresses or interface.dynamic_address) and (
        interface.name not in held.layer2
    )


def _semantics(ptb_unknown: dict[int, int], file: str) -> Semantics:
    found = []
    for family in (4, 6):
        line = ptb_unknown.get(family)
        if line is None:
            found.append(Ptb(family=family, sends=True, reason=PTB_REASON))
        else:
            found.append(
                Ptb(family=family, sends=None, where=Where(file, line), reason=PTB_DISPUTED)
            )
    ptb = tuple(found)
    return Semantics(vendor="Arista", ptb=lambda _: ptb, tunnel=tunnel_of, switchports_need_no=True)
