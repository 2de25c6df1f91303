"""From the draft of an XR configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

import re

from parsers.cisco_style.assemble import Semantics, assemble, bindings_of
from parsers.cisco_style.banners import skip_banners
from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.cisco_xr.access_lists import all_filters, chain_filters, mark_forwarding
from parsers.cisco_xr.balancing import DEFAULT, default_choice
from parsers.cisco_xr.policies import judge_policies
from parsers.cisco_xr.policy_language import skip_policies
from parsers.cisco_xr.state import MssValue, XrState, xr
from parsers.cisco_xr.top import TABLE
from parsers.cisco_xr.tunnels import tunnel_of
from parsers.ledger import Ledger
from parsers.model.balancing import Stage
from parsers.model.device import Device, PtbLimit
from parsers.model.filters import Action
from parsers.model.interfaces import InterfaceKind, MssClamp, Ptb
from parsers.model.source import IntFact, TextFact
from parsers.platform import CONFIGURATION, Inputs
from parsers.reader import read

ETHERNET_HEADER, TAG = 14, 4
"""Bytes of an Ethernet header and of one VLAN tag, which `mtu` counts."""
DEFAULT_PTB = "XR sends unreachables unless 'ipv4 unreachables disable' is set"
DEFAULT_PTB6 = "XR sends Packet Too Big by default"
DISPUTED_PTB6 = "no document says whether 'ipv6 unreachables disable' silences Packet Too Big"
_VERSION = re.compile(r"!! IOS XR Configuration(?: version =)? (?P<version>\S+)")
HEADER_LINES = 20


def parse(inputs: Inputs) -> Device:
    """The device that XR texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return assemble(inputs, None, {}, (), SEMANTICS)
    ledger = Ledger(len(text.lines))
    draft = Draft(text.file, text.lines, ledger)
    held = xr(draft)
    _version(draft)
    skip_banners(text.lines, ledger)
    skip_policies(text.lines, ledger)
    read(text.lines, TABLE, draft, ledger)
    filters = all_filters(draft)
    chain_filters(draft, filters)
    mark_forwarding(draft)
    judge_policies(draft)
    _sizes(draft, held)
    _clamps(draft, held)
    _bridge_filters(draft, held)
    for name, interface in draft.interfaces.items():
        interface.not_understood.extend(draft.where(line) for line in held.applied_everywhere)
        if name in held.preconfigured:
            interface.enabled = False
    if not any(c.stage is Stage.ECMP and c.statement.startswith(DEFAULT) for c in draft.choices):
        draft.choices.append(default_choice())
    draft.limits.extend(_limits(draft))
    bindings = bindings_of(draft, filters, Action.UNKNOWN)
    return assemble(inputs, draft, filters, bindings, SEMANTICS)


def _version(draft: Draft) -> None:
    for line in range(1, min(HEADER_LINES, len(draft.lines)) + 1):
        match = _VERSION.match(draft.lines[line - 1])
        if match is not None:
            draft.version = match["version"]
            draft.ledger.use(line)
            return


SENDS4 = Ptb(family=4, sends=True, reason=DEFAULT_PTB)
SENDS6 = Ptb(family=6, sends=True, reason=DEFAULT_PTB6)
DEFAULTS = (SENDS4, SENDS6)


def _ptb(draft: InterfaceDraft) -> tuple[Ptb, ...]:
    if not draft.unreachables:
        return DEFAULTS
    first, second = DEFAULTS
    explicit = draft.unreachables.get(4)
    if explicit is not None:
        first = Ptb(family=4, sends=explicit.value, where=explicit.where)
    disputed = draft.unreachables.get(6)
    if disputed is not None and not disputed.value:
        second = Ptb(family=6, sends=None, where=disputed.where, reason=DISPUTED_PTB6)
    return (first, second)


SEMANTICS = Semantics(vendor="Cisco", ptb=_ptb, tunnel=tunnel_of)


def _sizes(draft: Draft, held: XrState) -> None:
    """`mtu N` as bytes available to IP: N less the Ethernet header, and on a subinterface less its tags.
    A subinterface without `mtu` has room for its tags added, so it carries what its parent carries."""
    for name, (value, line) in held.raw_mtu.items():
        tags = held.tags.get(name, 1) if "." in name else 0
        header = ETHERNET_HEADER + TAG * tags
        draft.interfaces[name].mtu = IntFact(
            value=value - header,
            where=draft.where(line),
            note=f"mtu {value} counts {header} bytes of layer 2 headers",
        )


def _clamps(draft: Draft, held: XrState) -> None:
    for (name, family), line in held.mss_on.items():
        interface = draft.interfaces[name]
        values = {found.value for found in held.mss_values if _serves(found, interface)}
        if len(values) == 1:
            interface.clamps[family, "both"] = MssClamp(
                family=family, value=values.pop(), where=draft.where(line)
            )
        else:  # no value, or several: which processor serves the interface is not in the text
            interface.not_understood.append(draft.where(line))


def _serves(found: MssValue, interface: InterfaceDraft) -> bool:
    """Whether a line card may serve an interface: `0/1/CPU0` serves GigabitEthernet0/1/0/3."""
    numbers = re.search(r"\d+/\w+(?=/)", interface.name)
    if numbers is None or interface.kind is InterfaceKind.BUNDLE:
        return True
    return found.location.split("/CPU")[0] == numbers[0]


def _bridge_filters(draft: Draft, held: XrState) -> None:
    """Filters on frames drop what a bridge interface (BVI) of the same bridge routes: without one they
    stay on their port."""
    routed = any(i.kind is InterfaceKind.VLAN for i in draft.interfaces.values())
    for name, text, line in held.bridged:
        note = f"{text} on {name}" if routed else f"{name}: {text}"
        draft.recognised.append(TextFact(value="l2-filter", where=draft.where(line), note=note))


def _limits(draft: Draft) -> list[PtbLimit]:
    """`icmp ipv4 rate-limit unreachable [DF] MS`: one message per MS milliseconds; DF has a timer of its
    own for Frag-Needed."""
    chosen = draft.globals.get("icmp limit DF") or draft.globals.get("icmp limit")
    if chosen is None:
        return []
    text, line = chosen
    interval = int(text.split()[-1])
    per_second = 1000 / interval if interval else None
    return [PtbLimit(family=4, per_second=per_second, where=draft.where(line), reason=text)]
