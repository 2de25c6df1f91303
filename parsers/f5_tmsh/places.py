"""Where virtual servers listen, and what each does with the connections it takes."""

from __future__ import annotations

from typing import NamedTuple

from parsers.f5_tmsh.draft import Criteria, Draft, Virtual
from parsers.f5_tmsh.lists import addresses_of, ports_of
from parsers.f5_tmsh.names import address_terms, destination, masked, port_range, protocol_number
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import Action, InterfaceSpec, Match, Range, Symptom

MOST_PLACES = 2_000
"""Addresses of one virtual server beyond which it is taken as not understood."""


class Place(NamedTuple):
    """One destination and source of a virtual server."""

    virtual: Virtual
    match: Match
    destination_length: int
    source_length: int
    one_port: bool
    doubt: str | None


class Outcome(NamedTuple):
    """What a virtual server does with the packets it takes."""

    action: Action
    line: int
    doubt: str | None
    symptom: Symptom = Symptom.TIMEOUT


def outcome_of(draft: Draft, virtual: Virtual) -> Outcome:
    """What a virtual server does with a connection, before its firewall rules."""
    line = virtual.kind_line or virtual.line
    if not virtual.enabled:
        return Outcome(Action.DENY, virtual.line, None, Symptom.RESET)
    if virtual.kind == "reject" and len(virtual.kinds) == 1 and virtual.pool is None:
        return Outcome(Action.DENY, line, None, Symptom.RESET)
    inspecting = [name for name in virtual.profiles if name in draft.inspecting]
    doubts = [*virtual.doubts, *(f"profile {name} inspects" for name in inspecting)]
    if len(virtual.kinds) > 1 or (virtual.kinds and virtual.pool is not None):
        doubts.append("the virtual server has two kinds at once")
    if doubts:
        return Outcome(Action.UNKNOWN, line, "; ".join(dict.fromkeys(doubts)))
    if virtual.kind in ("ip-forward", "l2-forward"):
        return Outcome(Action.PERMIT, line, None)
    if virtual.kind == "" and virtual.pool is not None and not virtual.translate_address:
        return Outcome(Action.PERMIT, line, None)
    what = f"virtual server {virtual.name} takes the packets"
    if virtual.pool is not None:
        what += f" and sends them to pool {virtual.pool}"
    return Outcome(Action.UNKNOWN, line, what)


def vlans_of(draft: Draft, domain: str) -> InterfaceSpec | None:
    """The VLANs of a route domain; None where the text has only one domain."""
    domains = {draft.domains.get(name, "0") for name in draft.vlans} | {domain}
    if len(domains) == 1:
        return None
    return InterfaceSpec(tuple(n for n in draft.vlans if draft.domains.get(n, "0") == domain))


def places_of(draft: Draft, virtual: Virtual) -> list[Place]:
    """Where a virtual server listens. One of whose place something is not understood may take whatever comes."""
    doubts: list[str] = []
    if virtual.criteria is not None:
        found = draft.criteria.get(virtual.criteria.removeprefix("/Common/"))
        if found is None:
            doubts.append(f"criteria {virtual.criteria} are not defined")
            targets: list[AddressTerm] = []
            sources: list[AddressTerm] = []
            ports: list[Range] | None = None
            domain, protocol = None, "any"
        else:
            targets, sources, ports, domain = _criteria(draft, found, doubts)
            protocol = found.protocol
    else:
        targets, sources, ports, domain = _simple(draft, virtual, doubts)
        protocol = virtual.protocol
    number = None if protocol == "any" else protocol_number(protocol)
    if protocol != "any" and number is None:
        doubts.append(f"protocol {protocol} is not known")
    inside = _inside(draft, virtual, domain, doubts)
    doubt = "; ".join(dict.fromkeys(doubts)) or None
    if len(targets) * max(1, len(sources)) > MOST_PLACES:
        doubt = doubt or "more addresses than are worked out"
    if doubt is not None or not targets:
        # where it listens is not known, so it may take what comes, ahead of all others
        return [
            Place(virtual, Match(in_interfaces=inside), 129, 129, True, doubt or "no destination")
        ]
    found_places = []
    for target in targets:
        fitting: list[AddressTerm | None] = [s for s in sources if s.family == target.family]
        if not sources:
            fitting.append(None)
        for source in fitting:
            match = Match(
                family=target.family,
                protocols=None if number is None else ((number, number),),
                src=AddressSpec((source,)) if source is not None and source.care else None,
                dst=AddressSpec((target,)) if target.care else None,
                dst_ports=tuple(ports) if ports is not None else None,
                in_interfaces=inside,
            )
            length = 0 if source is None else source.care.bit_count()
            found_places.append(
                Place(virtual, match, target.care.bit_count(), length, ports is not None, None)
            )
    return found_places


def _simple(
    draft: Draft, virtual: Virtual, doubts: list[str]
) -> tuple[list[AddressTerm], list[AddressTerm], list[Range] | None, str | None]:
    """The place of `destination`, `mask` and `source`."""
    place = destination(virtual.destination)
    if place is None:
        doubts.append(f"destination {virtual.destination or 'is missing'} is not understood")
        return [], [], None, None
    mask = virtual.mask or draft.virtual_masks.get(place.address)
    wild = place.address in ("0.0.0.0", "::")  # noqa: S104
    try:
        term = masked(place.address, mask if mask is not None else ("any" if wild else None))
    except ValueError:
        doubts.append(f"mask {mask} is not understood")
        term = AddressTerm(6 if ":" in place.address else 4, 0, 0)
    sources: list[AddressTerm] = []
    if virtual.source is not None:
        try:
            sources = list(address_terms(virtual.source))
        except ValueError:
            doubts.append(f"source {virtual.source} is not understood")
    if place.address in draft.virtual_off:
        doubts.append(f"the virtual address {place.address} is disabled")
    ports = None if place.port == 0 else [(place.port, place.port)]
    return [term], sources, ports, place.domain


def _criteria(
    draft: Draft, found: Criteria, doubts: list[str]
) -> tuple[list[AddressTerm], list[AddressTerm], list[Range] | None, str | None]:
    def terms(inline: list[str], lists: list[str]) -> list[AddressTerm]:
        collected: list[AddressTerm] = []
        for word in inline:
            try:
                collected.extend(address_terms(word.rsplit("/Common/", 1)[-1]))
            except ValueError:
                doubts.append(f"{word!r} is no address")
        for name in lists:
            members = addresses_of(draft, name)
            collected += members.terms
            if members.doubt:
                doubts.append(members.doubt)
        return collected

    ranges: list[Range] = []
    for word in found.ports:
        one = port_range(word)
        if one is None:
            doubts.append(f"{word!r} is no port")
        else:
            ranges.append(one)
    for name in found.port_lists:
        listed = ports_of(draft, name)
        ranges += listed.ranges
        if listed.doubt:
            doubts.append(listed.doubt)
    if found.doubt:
        doubts.append(found.doubt)
    if found.source_ports:
        doubts.append("conditions on source ports are not read")
    every = not ranges or (0, 65535) in ranges
    targets = terms(found.destinations, found.destination_lists)
    return (
        targets,
        terms(found.sources, found.source_lists),
        None if every else ranges,
        found.domain,
    )


def _inside(
    draft: Draft, virtual: Virtual, domain: str | None, doubts: list[str]
) -> InterfaceSpec | None:
    """The VLANs where a virtual server listens; None is all of them."""
    if virtual.vlans_enabled:
        if not virtual.vlans:
            doubts.append("the virtual server is enabled on VLANs of which none is named")
            return None
        return InterfaceSpec(tuple(virtual.vlans))
    own = vlans_of(draft, domain or "0")
    if virtual.vlans:
        if own is None:
            return InterfaceSpec(tuple(virtual.vlans), negated=True)
        return InterfaceSpec(tuple(name for name in own.names if name not in virtual.vlans))
    return own
