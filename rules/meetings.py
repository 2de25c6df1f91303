"""Which filters the packets of a service meet on a device, and what those do with them.

The generic hop of a router: from an inside interface I to an outside interface O a packet meets the filters
`in` on I, the zone policy from I to O, the filters of the forwarding hook, and the filters `out` on O;
answers meet the same the other way round. Where no route shows which interface is the outside, each
filter is judged in every role that its interface can have.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parsers.model.addresses import AddressTerm
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface
from parsers.model.source import Where
from rules.packets import spaces
from rules.packets.evaluate import evaluate
from rules.packets.sets import PacketSet, between
from rules.packets.verdicts import Outcome, Piece
from rules.passing import let_pass
from rules.view import Crossing, View, network_terms

OUTBOUND, RETURN, PTB_IN, PTB_OUT = "outbound", "return", "ptb-in", "ptb-out"
FORWARD = {OUTBOUND: True, PTB_OUT: True, RETURN: False, PTB_IN: False}
"""Whether a space travels from inside to outside."""

PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
"""RFC 1918, RFC 6598, RFC 4193: addresses that no Internet uplink has without translation."""


class Meeting(NamedTuple):
    """A filter with the packets of one space that meet it there. `role` is empty where the path is known,
    else `inside` or `outside`: what its interface is taken for. `where` puts the inside interface into its zone."""

    binding: Binding | None
    filter: Filter
    interface: str
    packets: PacketSet
    in_interface: str | None
    out_interface: str | None
    role: str = ""
    where: Where | None = None


class Judgement(NamedTuple):
    """What a meeting's filter does with its packets."""

    meeting: Meeting
    denied: tuple[Piece, ...]
    undecided: tuple[Piece, ...]
    permitted: tuple[Piece, ...]

    @property
    def denied_packets(self) -> PacketSet:
        """All denied packets."""
        return joined(self.denied)


def joined(pieces: Iterable[Piece]) -> PacketSet:
    """The packets of all pieces."""
    return PacketSet(box for piece in pieces for box in piece.packets.boxes)


def judge(view: View, meeting: Meeting) -> Judgement:
    """The denied, undecided and permitted pieces. Behind address translation the source that a filter
    sees is not known: what it denies for some sources only is undecided there."""
    verdicts = evaluate(
        view.device.filters,
        meeting.filter.key,
        meeting.filter.family or next(iter(meeting.packets.families), 4),
        meeting.packets,
        meeting.in_interface,
        meeting.out_interface,
    )
    parts: dict[Outcome, list[Piece]] = {outcome: [] for outcome in Outcome}
    for piece in verdicts.pieces:
        parts[piece.outcome].append(piece)
    denied, undecided = parts[Outcome.DENY], parts[Outcome.UNKNOWN]
    if meeting.binding is not None and meeting.binding.sees_translated and parts[Outcome.PERMIT]:
        undecided, denied = [*undecided, *denied], []
    return Judgement(meeting, tuple(denied), tuple(undecided), tuple(parts[Outcome.PERMIT]))


def meetings(view: View, crossing: Crossing, space: str) -> Iterator[Meeting]:
    """All filters that packets of `space` meet in a VRF and family."""
    if view.device.is_host:
        yield from _host(view, crossing, space)
    elif crossing.known:
        yield from _known(view, crossing, space)
    else:
        yield from _roles(view, crossing, space)


def judgements(view: View, crossing: Crossing, space: str) -> list[Judgement]:
    """What all filters do with the packets of a space that meet them; remembered with the view."""
    key = ("judgements", crossing.vrf, crossing.family, space)
    found = view.cache.get(key)
    if found is None:
        met = [m for m in meetings(view, crossing, space) if m.packets]
        passed = let_pass(view, met)
        found = [
            Judgement(m, (), (), ()) if id(m.filter) in passed else judge(view, m) for m in met
        ]
        view.cache[key] = found
    assert isinstance(found, list)  # noqa: S101 - only this function writes under the key
    return found


def packets_of(
    view: View, crossing: Crossing, space: str, inside: tuple[AddressTerm, ...] | None
) -> PacketSet:
    """The packets of a space between inside addresses and the service; None is anywhere but the service's
    own ranges, where no client is."""
    service = _routed_service(view, crossing)
    ports = view.service.port_numbers()
    clients = spaces.ANYWHERE if inside is None else inside
    if space == OUTBOUND:
        packets = spaces.outbound(clients, service, ports)
    elif space == RETURN:
        packets = spaces.return_(clients, service, ports)
    elif space == PTB_IN:
        packets = spaces.ptb_in(clients).restrict(crossing.family)
    else:
        packets = spaces.ptb_out(service, clients)
    if inside is not None or space in (PTB_IN, PTB_OUT):
        return packets  # of messages, those about the service's own ranges are left out when they are reported
    own = view.service.terms(crossing.family)
    return packets - (between(own, None) if FORWARD[space] else between(None, own))


def _routed_service(view: View, crossing: Crossing) -> tuple[AddressTerm, ...]:
    """The service's prefixes that are forwarded here; all of them where no route is known."""
    if not crossing.known:
        return view.service.terms(crossing.family)
    terms = []
    for path in crossing.paths:
        if path.leaves:
            network = path.prefix
            terms.append(
                AddressTerm(crossing.family, int(network.network_address), int(network.netmask))
            )
    return tuple(terms)


def _known(view: View, crossing: Crossing, space: str) -> Iterator[Meeting]:
    family = crossing.family
    outward = FORWARD[space]
    near, far = ("in", "out") if outward else ("out", "in")
    for interface in crossing.inside:
        if view.bindings(interface.name, near, family):
            packets = packets_of(view, crossing, space, view.sources(crossing, interface) or None)
            yield from _bound(view, interface, near, family, packets, "")
    if not crossing.inside:
        # one interface for both sides: clients come in where sessions go out
        for interface in crossing.outside:
            if view.bindings(interface.name, near, family):
                packets = packets_of(view, crossing, space, None)
                yield from _bound(view, interface, near, family, packets, "inside")
    bound = [i for i in crossing.outside if view.bindings(i.name, far, family)]
    if bound:
        packets = packets_of(view, crossing, space, _everyone(view, crossing))
        for interface in bound:
            yield from _bound(view, interface, far, family, packets, "", space)
    yield from _between(view, crossing, space)


def _host(view: View, crossing: Crossing, space: str) -> Iterator[Meeting]:
    """A host is its own client: what it sends meets `out`, what comes to it meets `in`."""
    outward = FORWARD[space]
    family = crossing.family
    own: dict[AddressTerm, None] = {}
    for interface in (*crossing.inside, *crossing.outside):
        own.update(dict.fromkeys(network_terms(interface, family)))
    packets = packets_of(view, crossing, space, tuple(own) or None)
    names: tuple[str | None, ...] = tuple(i.name for i in crossing.outside) or (None,)
    for binding in view.hook_bindings(family, "out" if outward else "in"):
        found = view.filter_of(binding)
        if found is None:
            continue
        for name in names:
            sides = (None, name) if outward else (name, None)
            yield Meeting(binding, found, "this host", packets, sides[0], sides[1])


def _everyone(view: View, crossing: Crossing) -> tuple[AddressTerm, ...] | None:
    """The sources behind all inside interfaces; None where those of one are not known."""
    found: dict[AddressTerm, None] = {}
    for interface in crossing.inside:
        sources = view.sources(crossing, interface)
        if not sources:
            return None
        found.update(dict.fromkeys(sources))
    return tuple(found) or None


def _bound(
    view: View,
    interface: Interface,
    direction: str,
    family: int,
    packets: PacketSet,
    role: str,
    translated_space: str | None = None,
) -> Iterator[Meeting]:
    for binding in view.bindings(interface.name, direction, family):
        found = view.filter_of(binding)
        if found is None or binding.inactive is not None:
            continue
        seen = packets
        if binding.sees_translated and translated_space is not None:
            seen = _any_inside(packets, FORWARD[translated_space])
        names = (interface.name, None) if direction == "in" else (None, interface.name)
        yield Meeting(binding, found, interface.name, seen, names[0], names[1], role)


def _any_inside(packets: PacketSet, outward: bool) -> PacketSet:
    """The same packets with a free inside address: translation has put another in its place."""
    return PacketSet(
        (box[0], 0, 0, *box[3:]) if outward else (*box[:3], 0, 0, *box[5:]) for box in packets.boxes
    )


def _between(view: View, crossing: Crossing, space: str) -> Iterator[Meeting]:
    """Zone policies and forwarding hooks, which look at both interfaces."""
    outward = FORWARD[space]
    inside: tuple[Interface | None, ...] = crossing.inside or (None,)
    hooks = view.hook_bindings(crossing.family, "forward")
    zones = _zone_filters(view, crossing.family)
    if not hooks and not zones:
        return
    seen: set[tuple[str, tuple[AddressTerm, ...] | None, str | None, str | None]] = set()
    inside = tuple(near for near in inside if near is None or may_be_inside(near)) or (None,)
    governed = _governed(zones, crossing)
    for near in inside:
        sources = view.sources(crossing, near) or None if near is not None else None
        packets: PacketSet | None = None
        for far in crossing.outside:
            first, last = (near, far) if outward else (far, near)
            names = (first.name if first else None, last.name if last else None)
            for binding in hooks:
                found = view.filter_of(binding)
                if found is not None:
                    packets = packets or packets_of(view, crossing, space, sources)
                    yield Meeting(binding, found, "forwarded", packets, names[0], names[1])
            zone = zones.get((_zone(first), _zone(last)))
            key = (zone.key if zone else "", sources, _zone(first), _zone(last))
            if zone is not None and key not in seen and near is not None:
                seen.add(key)
                if space in (OUTBOUND, PTB_OUT) or not _reverse_stateful(zones, first, last):
                    # two interfaces of one zone: whether clients are behind the other one is not known
                    # nor whether they are in a zone that no policy lets out beside one that has a policy
                    out = zones.get((_zone(near), _zone(far)))
                    kept_in = governed and out is not None and out.line is None
                    unsure = _zone(first) == _zone(last) or kept_in
                    role = "inside" if unsure else ""
                    place = near.name if role else zone.names[0]
                    packets = packets or packets_of(view, crossing, space, sources)
                    yield Meeting(None, zone, place, packets, *names, role, _zone_line(near))


def _governed(zones: dict[tuple[str, str], Filter], crossing: Crossing) -> bool:
    """Whether any pair of zones from inside to outside has a policy of its own."""
    pairs = {(_zone(near), _zone(far)) for near in crossing.inside for far in crossing.outside}
    return any(pair in zones and zones[pair].line is not None for pair in pairs)


def _zone(interface: Interface | None) -> str:
    return interface.zone.value if interface is not None and interface.zone is not None else ""


def _zone_line(interface: Interface) -> Where | None:
    return interface.zone.where if interface.zone is not None else interface.where


def _zone_filters(view: View, family: int) -> dict[tuple[str, str], Filter]:
    found = {}
    for (_key, filter_family), candidate in view.device.filters.items():
        if candidate.kind == "zone-policy" and filter_family in (0, family) and candidate.names:
            source, _, destination = candidate.names[0].partition(":")
            found[source, destination] = candidate
    return found


def _reverse_stateful(
    zones: dict[tuple[str, str], Filter], first: Interface | None, last: Interface | None
) -> bool:
    """Answers and ICMP errors of a session that the opposite policy inspects need no permit."""
    opposite = zones.get((_zone(last), _zone(first)))
    return opposite is not None and opposite.stateful


def _roles(view: View, crossing: Crossing, space: str) -> Iterator[Meeting]:
    outward = FORWARD[space]
    family = crossing.family
    near, far = ("in", "out") if outward else ("out", "in")
    for interface in crossing.inside:
        if view.bindings(interface.name, near, family) and may_be_inside(interface):
            own = view.sources(crossing, interface) or None
            packets = packets_of(view, crossing, space, own)
            yield from _bound(view, interface, near, family, packets, "inside")
        if view.bindings(interface.name, far, family) and may_be_outside(view, crossing, interface):
            packets = packets_of(view, crossing, space, _networks_beside(crossing, interface))
            yield from _bound(view, interface, far, family, packets, "outside", space)
    for binding in view.hook_bindings(family, "forward"):
        found = view.filter_of(binding)
        if found is not None:
            packets = packets_of(view, crossing, space, None)
            yield Meeting(binding, found, "forwarded", packets, None, None, "either")
    yield from _zone_roles(view, crossing, space)


def _networks_beside(crossing: Crossing, interface: Interface) -> tuple[AddressTerm, ...] | None:
    """The networks of all other interfaces; None where there are none."""
    others: dict[AddressTerm, None] = {}
    for other in crossing.inside:
        if other.name != interface.name:
            others.update(dict.fromkeys(network_terms(other, crossing.family)))
    return tuple(others) or None


def _zone_roles(view: View, crossing: Crossing, space: str) -> Iterator[Meeting]:
    """Zone policies where no route shows the way: if the policy of one pair of zones lets all packets pass,
    that pair may be the path, and nothing is said; else every pair that has a policy may be it."""
    zones = _zone_filters(view, crossing.family)
    if not zones:
        return
    found: list[Meeting] = []
    bare: list[Meeting] = []
    for near in crossing.inside:
        packets = packets_of(view, crossing, space, view.sources(crossing, near) or None)
        asked: set[str] = set()
        for far in crossing.inside:
            first, last = (near, far) if FORWARD[space] else (far, near)
            zone = zones.get((_zone(first), _zone(last)))
            if zone is None or _zone(first) == _zone(last) or zone.key in asked:
                continue
            asked.add(zone.key)
            if not FORWARD[space] and _reverse_stateful(zones, first, last):
                return
            names = (first.name, last.name)
            where = _zone_line(near)
            meeting = Meeting(None, zone, near.name, packets, *names, "inside", where)
            judged = judge(view, meeting)
            if not judged.denied and not judged.undecided:
                return
            (found if zone.line is not None else bare).append(meeting)
    yield from found or bare


def may_be_inside(interface: Interface) -> bool:
    """Whether clients can be behind an interface; the outside of address translation has none."""
    return interface.nat is None or interface.nat.value != "outside"


def may_be_outside(view: View, crossing: Crossing, interface: Interface) -> bool:
    """Whether the service can be behind an interface. It is not behind the inside of address translation,
    nor behind an interface with private addresses beside one with a public address."""
    if interface.nat is not None and interface.nat.value == "inside":
        return False
    if interface.dynamic_address is not None or is_public(interface):
        return True
    return not any(is_public(other) for other in crossing.inside)


def is_public(interface: Interface) -> bool:
    """Whether an interface has an address outside the private ranges."""
    return any(
        not any(
            private.version == address.family and ipaddress.ip_address(address.value) in private
            for private in PRIVATE
        )
        for address in interface.addresses
    )
