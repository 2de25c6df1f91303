"""From the draft of an ASA configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

import re

from parsers.cisco_asa import nat
from parsers.cisco_asa.draft import AsaDraft, AsaInterface
from parsers.cisco_asa.filters import Filters, build_filters, family_of, undefined
from parsers.cisco_asa.levels import BOTH, error_filters, pair_filters
from parsers.cisco_asa.policies import PolicyMap, held, recognise
from parsers.cisco_asa.sizes import sizes
from parsers.cisco_asa.top import TABLE
from parsers.cisco_style.assemble import Semantics, assemble
from parsers.cisco_style.draft import InterfaceDraft
from parsers.cisco_style.tunnels import PPPOE, tunnel_of
from parsers.ledger import IRRELEVANT, Ledger
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device, Missing
from parsers.model.filters import Action, Binding, Entry, InterfaceSpec, Match
from parsers.model.interfaces import InterfaceKind, Ptb, Tunnel
from parsers.model.source import IntFact, TextFact, Where
from parsers.platform import CONFIGURATION, Inputs
from parsers.reader import read

SENDS = "ASA sends unreachable messages; no statement turns them off in transit"
MANAGEMENT = "management-only"


def parse(inputs: Inputs) -> Device:
    """The device that ASA, PIX or FTD texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return assemble(inputs, None, {}, (), SEMANTICS)
    ledger = Ledger(len(text.lines))
    draft = AsaDraft(text.file, text.lines, ledger)
    read(text.lines, TABLE, draft, ledger)
    _misplaced(draft)
    _system(draft)
    _interfaces(draft)
    inspected = any(p.icmp_error is not None for p in _applied(draft))
    filters = build_filters(draft, inspected)
    bindings = _bindings(draft, filters)
    _rename(draft)
    _routes(draft)
    recognise(draft)
    sizes(draft)
    draft.choices.append(_ecmp())
    device = assemble(inputs, draft, filters, tuple(bindings), SEMANTICS)
    return device.model_copy(update={"missing": _missing(draft)})


_MAIN = re.compile(
    r"[ \t]+(?:access-list \S+ (?:line|extended|standard|advanced|permit|deny) "
    r"|access-group \S+ (?:in|out|global)\b|(?:ipv6 )?route \S+ \S+ \S+|mtu \S+ \d|sysopt connection "
    r"|same-security-traffic )"
)


def _misplaced(draft: AsaDraft) -> None:
    """Statements of the top level that stand indented below an irrelevant one: blanks must not hide them."""
    for line, text in enumerate(draft.lines, 1):
        if (
            text[:1] in (" ", "\t")
            and draft.ledger.status[line] == IRRELEVANT
            and _MAIN.match(text)
        ):
            if "route" in text:
                draft.routes_complete = False
                draft.route_lines_missed.append(draft.where(line))
            draft.ledger.miss(line, "route" if "route" in text else "other")


def _system(draft: AsaDraft) -> None:
    """FTD prints no levels that count; its rules have a form that ASA does not have."""
    if draft.system == "ASA" and any(raw.kind == "advanced" for raw in draft.lists.values()):
        draft.system = "FTD"


def _applied(draft: AsaDraft) -> list[PolicyMap]:
    policies = held(draft)
    return [policies.maps[name] for name, _, _ in policies.applied if name in policies.maps]


def _interfaces(draft: AsaDraft) -> None:
    """What other statements say about interfaces by their names."""
    names = {i.nameif for i in draft.asa_interfaces() if i.nameif}
    for group in draft.access_groups:
        if not names and group.interface is not None and group.interface not in draft.interfaces:
            # a text of access lists alone: the interface is known by nothing but this line
            made = AsaInterface(group.interface, InterfaceKind.PHYSICAL, draft.where(group.line))
            made.nameif, made.level = group.interface, 100 if group.interface == "inside" else 0
            made.nameif_line = group.line
            draft.interfaces[group.interface] = made
    for name, value, line in draft.mtus:
        interface = draft.named(name)
        if interface is None:
            draft.ledger.miss(line, "other")
        else:
            interface.mtu = IntFact(value=value, where=draft.where(line))
    for name, line in draft.reverse_path:
        interface = draft.named(name)
        if interface is None:
            draft.ledger.miss(line, "other")
        else:
            interface.urpf = TextFact(value=_check_of(draft, name), where=draft.where(line))
    for name, side in nat.sides(draft).items():
        interface = draft.named(name)
        if interface is not None:
            interface.nat = side
    _modes(draft)


def _check_of(draft: AsaDraft, name: str) -> str:
    """The reverse path check on an interface. The default route satisfies it (command reference, `ip verify
    reverse-path`): where all of them leave there, nothing from beyond can fail, which `strict` would not say."""
    ways = {r.next_hops[0].interface for r in draft.routes if r.length == 0 and r.next_hops}
    return "strict, satisfied by the default route" if ways == {name} else "strict"


def _modes(draft: AsaDraft) -> None:
    """Management, bridged and nameless interfaces."""
    for interface in draft.asa_interfaces():
        carrier = draft.interfaces.get(interface.parent or "")
        if carrier is not None and not carrier.enabled:
            interface.enabled = False
        if interface.management:
            interface.kind, interface.vrf = InterfaceKind.MANAGEMENT, MANAGEMENT
        if interface.nameif is None:
            # nothing passes without a name, unless a line is not understood that may give one
            interface.routed = bool(interface.not_understood)
        else:
            where = draft.where(interface.nameif_line)
            interface.zone = TextFact(value=interface.nameif, where=where)
        if interface.bridged is not None and draft.transparent is None:
            note = f"{interface.name}: a port of a bridge, whose filters are not modelled"
            where = draft.where(interface.bridged)
            draft.recognised.append(TextFact(value="bridge-filter", where=where, note=note))
    if draft.transparent is not None:
        note = "a transparent firewall filters between bridged interfaces"
        where = draft.where(draft.transparent)
        draft.recognised.append(TextFact(value="bridge-filter", where=where, note=note))


def _bindings(draft: AsaDraft, filters: Filters) -> list[Binding]:
    """The access groups in the order interface list, global list; and the levels where no list is."""
    bindings: list[Binding] = []
    covered: dict[str, frozenset[int]] = {}
    everywhere = [g for g in draft.access_groups if g.interface is None]
    names = {i.nameif for i in draft.asa_interfaces() if i.nameif}
    for group in draft.access_groups:
        if group.interface is None or "control-plane" in group.options:
            continue
        if group.interface not in names:
            draft.ledger.miss(group.line, "other")
            continue
        for family in _families(draft, filters, group.name, group.interface, group.line):
            key = group.name
            if group.direction == "in":
                covered[group.interface] = covered.get(group.interface, frozenset()) | (
                    BOTH if family == 0 else frozenset({family})
                )
                key = _then(draft, filters, key, family, [g.name for g in everywhere])
            where = draft.where(group.line)
            mapped = nat.sees_mapped(draft, group.interface)
            place = (group.interface, group.direction, family)
            bindings = [b for b in bindings if (b.interface, b.direction, b.family) != place]
            bindings.append(
                Binding(
                    key, family, group.interface, group.direction, where, sees_translated=mapped
                )
            )
    for group in everywhere:
        own = tuple(covered)
        for family in _families(draft, filters, group.name, None, group.line):
            key = _elsewhere(filters, group.name, family, own)
            bindings.append(Binding(key, family, None, "forward", draft.where(group.line)))
            for name in names:
                seen = BOTH if family == 0 else frozenset({family})
                covered[name or ""] = covered.get(name or "", frozenset()) | seen
    filters.update(pair_filters(draft, covered))
    bindings.extend(error_filters(draft, covered, filters))
    return bindings


def _families(
    draft: AsaDraft, filters: Filters, name: str, interface: str | None, line: int
) -> list[int]:
    """The family of a list that is applied; an undefined one becomes a filter that decides nothing."""
    raw = draft.lists.get(name)
    if raw is None:
        group = next(g for g in draft.access_groups if g.name == name)
        filters[name, 0] = undefined(draft, group)
        return [0]
    if raw.kind == "ethertype":
        note = f"{interface}: list {name} filters frames"
        where = draft.where(line)
        draft.recognised.append(TextFact(value="l2-filter", where=where, note=note))
        return []
    return [family_of(draft, raw)]


def _then(draft: AsaDraft, filters: Filters, name: str, family: int, after: list[str]) -> str:
    """The key of a list followed by the global one, whose implicit deny alone remains."""
    last = next((filters[n, family] for n in after if (n, family) in filters), None)
    if last is None or last.key == name:
        return name
    key = f"{name} then {last.key}"
    first = filters[name, family]
    filters[key, family] = first._replace(
        key=key,
        names=(key,),
        entries=(*first.entries, *last.entries),
        default=last.default,
        uncertain=first.uncertain or last.uncertain,
    )
    return key


def _elsewhere(filters: Filters, name: str, family: int, own: tuple[str, ...]) -> str:
    """The key of the global list for packets from interfaces that have no list of their own."""
    if not own:
        return name
    key = f"{name} elsewhere"
    found = filters[name, family]
    passed = Entry(
        None, Action.PERMIT, (Match(in_interfaces=InterfaceSpec(own)),), label="own list"
    )
    filters[key, family] = found._replace(key=key, names=(key,), entries=(passed, *found.entries))
    return key


def _rename(draft: AsaDraft) -> None:
    """Interfaces go by their names, as routes and access groups say them; the hardware is the parent."""
    for interface in draft.asa_interfaces():
        if interface.nameif is None:
            continue
        hardware = interface.name
        interface.name = interface.nameif
        if interface.parent is None and hardware != interface.nameif:
            interface.parent = hardware
        for line, (topic, subject) in list(draft.ledger.topics.items()):
            if topic == "interface" and subject == hardware:
                draft.ledger.topics[line] = (topic, interface.nameif)
    draft.recognised = [_renamed(fact, draft) for fact in draft.recognised]
    bridges = {hardware.lower(): found.name for hardware, found in draft.interfaces.items()}
    for interface in draft.asa_interfaces():
        if interface.bridged is not None:
            interface.parent = bridges.get(f"bvi{interface.bridge}", interface.parent)
    draft.interfaces = {interface.name: interface for interface in draft.interfaces.values()}


def _renamed(fact: TextFact, draft: AsaDraft) -> TextFact:
    """A recognised statement whose note begins with an interface, by the name that it goes by."""
    hardware, colon, rest = fact.note.partition(":")
    found = draft.interfaces.get(hardware) if colon else None
    return fact.model_copy(update={"note": f"{found.name}:{rest}"}) if found is not None else fact


def _routes(draft: AsaDraft) -> None:
    """Routes of management interfaces go to a table of their own; lines that are no sound routes show as such."""
    for where in draft.route_lines_missed:
        draft.ledger.miss(where.line, "route")
    own = {i.nameif for i in draft.asa_interfaces() if i.nameif and i.management}
    draft.routes = [
        route._replace(vrf=MANAGEMENT)
        if route.next_hops and route.next_hops[0].interface in own
        else route
        for route in draft.routes
    ]


def _ecmp() -> PathChoice:
    fields = (
        HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT,
        HashField.INGRESS,
    )  # fmt: skip
    return PathChoice(
        stage=Stage.ECMP,
        scope=Scope.DEVICE,
        spread=Spread.FLOW,
        statement="equal-cost routes",
        fields=frozenset(fields),
        keeps=True,
        reason="a connection keeps the way that the hash chose for its first packet",
    )


def _missing(draft: AsaDraft) -> tuple[Missing, ...]:
    if draft.context != "system":
        return ()
    command = "changeto context NAME; show running-config"
    return (Missing(topic="filters", command=command),)


def _ptb(draft: InterfaceDraft) -> tuple[Ptb, ...]:
    return (Ptb(family=4, sends=True, reason=SENDS), Ptb(family=6, sends=True, reason=SENDS))


def _tunnel(draft: InterfaceDraft) -> Tunnel | None:
    """Tunnel interfaces, and PPPoE, which takes eight bytes (RFC 2516) where `mtu` says nothing."""
    if isinstance(draft, AsaInterface) and draft.pppoe is not None and draft.mtu is None:
        where = Where(draft.where.file, draft.pppoe)
        return Tunnel(mode="pppoe", overhead=PPPOE, where=where)
    return tunnel_of(draft)


SEMANTICS = Semantics(vendor="Cisco", ptb=_ptb, tunnel=_tunnel)
