"""A tunnel that learns its size from 'packet too big' messages is cut off from them.

What it finds
    A tunnel towards the service sends its outer packets with DF and shrinks its MTU on Frag-Needed from
    routers underneath, and a filter on the underlay interface drops these messages to the tunnel's source.

Why it matters
    The tunnel never shrinks: full-size packets vanish underneath, sessions stall.

When it is unknown
    When the filter has entries that cannot be decided, or the tunnel's source is not known.

Examples
    mtu006_fires_tunnel_pmtud_filtered

Remedy
    Permit ICMP 3/4 to the tunnel's source on the underlay interface, or set the tunnel's MTU by hand.

References
    RFC 1191, RFC 2784
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from parsers.model.addresses import AddressTerm, prefix_term
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface, InterfaceKind
from parsers.platform import Remedy
from rules import budget, pmtud
from rules.blocking import Verdict, deny_finding, unknown_finding
from rules.finding import Budget, Finding, Hop, Outcome, Severity
from rules.meetings import PTB_IN, Judgement, Meeting, is_public, judge
from rules.packets import spaces
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "MTU006",
    "tunnel-not-told",
    "A filter keeps 'packet too big' messages from a tunnel's source",
    Severity.HIGH,
    ("RFC 1191", "RFC 2784"),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per tunnel and underlay filter."""
    for interface in view.device.interfaces:
        tunnel = interface.tunnel
        if tunnel is None or not tunnel.path_mtu_discovery or not interface.enabled:
            continue
        if not view.is_used(interface.name):
            continue
        source = _source(view, interface)
        if source is None:
            continue
        for binding, found in _underlay(view, interface):
            packets = spaces.ptb_in((source,)).restrict(source.family)
            meeting = Meeting(
                binding, found, binding.interface or "this device", packets, binding.interface, None
            )
            yield from _findings(view, interface, judge(view, meeting))


def _source(view: View, interface: Interface) -> AddressTerm | None:
    text = interface.tunnel.source if interface.tunnel is not None else None
    if text is None:
        return None
    try:
        return prefix_term(str(ipaddress.ip_address(text)))
    except ValueError:
        carrier = view.interfaces.get(text)
    if carrier is None or not carrier.addresses:
        return None
    first = carrier.addresses[0]
    return prefix_term(str(ipaddress.ip_address(first.value)))


def _underlay(view: View, interface: Interface) -> Iterator[tuple[Binding, Filter]]:
    """The filters that a message to the tunnel's source meets: inbound ones of the interfaces that carry the
    tunnel, and those on packets to the device itself."""
    names = _carriers(view, interface)
    for binding in view.device.bindings:
        if binding.direction != "in" or binding.family not in (0, 4):
            continue
        if binding.interface is None:
            at_device = binding.inactive is None
        else:
            carrier = view.interface(binding.interface)
            # what a router says of a filter on its loopback is what matters here: it is about its own packets
            own = carrier.kind is InterfaceKind.LOOPBACK
            at_device = own or (binding.interface in names and binding.inactive is None)
        found = view.filter_of(binding)
        if at_device and found is not None:
            yield binding, found


def _carriers(view: View, interface: Interface) -> set[str]:
    """The interfaces that the tunnel's outer packets use: those that lead to its far end, else the one that its
    source names, else every interface that can be outside."""
    tunnel = interface.tunnel
    far = tunnel.destination if tunnel is not None else None
    carrier = pmtud.carrier_of(view, interface)
    vrf = carrier.vrf if carrier is not None else interface.vrf
    try:
        leads = view.forwarding.ways(int(ipaddress.ip_address(far or "")), vrf, 4)
    except ValueError:
        leads = set()
    if leads - {interface.name}:
        return leads - {interface.name}
    if carrier is not None and carrier.kind is not InterfaceKind.LOOPBACK:
        return {carrier.name}
    return {i.name for i in view.device.interfaces if i.tunnel is None and is_public(i)}


def _findings(view: View, interface: Interface, judgement: Judgement) -> Iterator[Finding]:
    note = f" {interface.name} learns its MTU from these messages."
    if judgement.denied:
        finding = deny_finding(
            RULE,
            judgement,
            judgement.denied,
            PTB_IN,
            Verdict(Severity.HIGH, Outcome.FAIL),
            note=note,
            remedies=(
                Remedy(
                    "permit-ptb",
                    filter=judgement.meeting.filter.key,
                    interface=judgement.meeting.interface,
                ),
            ),
            symptom="stall",
            what="'packet too big' messages to the tunnel's source",
        )
        yield finding._replace(budget=_budget(view, interface, judgement))
    elif judgement.undecided:
        yield unknown_finding(RULE, judgement, PTB_IN, Severity.HIGH)


def _budget(view: View, interface: Interface, judgement: Judgement) -> Budget:
    size = pmtud.effective_mtu(view, interface, 4)
    does = "starts with this size and never shrinks"
    hops = [budget.hop(view, interface, "out", 4, size.value, does)]
    hops += budget.underneath(view, interface, size.value)
    meeting = judgement.meeting
    hops.append(
        Hop(
            meeting.interface,
            "filter",
            None,
            True,
            "",
            None,
            None,
            f"{meeting.filter.key} drops them",
        )
    )
    return Budget(
        family=4,
        direction="up",
        packet=size.value,
        fits=size.value,
        segment=size.value - pmtud.HEADERS[4],
        hops=tuple(hops),
        decides=f"outer packets carry DF: a link underneath that is smaller than what {interface.name} needs "
        "swallows them",
    )
