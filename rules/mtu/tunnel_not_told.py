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
from parsers.model.interfaces import Interface
from parsers.platform import Remedy
from rules.blocking import Verdict, deny_finding, unknown_finding
from rules.finding import Finding, Outcome, Severity
from rules.meetings import PTB_IN, Judgement, Meeting, judge
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
        source = _source(view, interface)
        if source is None:
            continue
        for binding, found in _underlay(view, interface):
            packets = spaces.ptb_in((source,)).restrict(source.family)
            meeting = Meeting(
                binding, found, binding.interface or "", packets, binding.interface, None
            )
            yield from _findings(interface, judge(view, meeting))


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
    """The inbound filters of the interfaces that can carry the tunnel's outer packets."""
    for binding in view.device.bindings:
        carrier = view.interfaces.get(binding.interface or "")
        if binding.direction != "in" or carrier is None or carrier.tunnel is not None:
            continue
        if carrier.nat is not None and carrier.nat.value == "inside":
            continue
        found = view.filter_of(binding)
        if found is not None and binding.inactive is None and found.family in (0, 4):
            yield binding, found


def _findings(interface: Interface, judgement: Judgement) -> Iterator[Finding]:
    note = f" {interface.name} learns its MTU from these messages."
    if judgement.denied:
        yield deny_finding(
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
    elif judgement.undecided:
        yield unknown_finding(RULE, judgement, PTB_IN, Severity.HIGH)
