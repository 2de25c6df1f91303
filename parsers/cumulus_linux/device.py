"""All texts of one Cumulus Linux switch become a `Device`."""

from __future__ import annotations

import re

from parsers.cumulus_linux.balancing import choices_of
from parsers.cumulus_linux.draft import Applied, Draft, Facts, Port
from parsers.cumulus_linux.reading import read_text
from parsers.frr_style import frr_routes
from parsers.ledger import Ledger
from parsers.model.device import Device, LineCount, Missing, UnreadLine
from parsers.model.filters import Action, Binding, Filter, LaterFragments
from parsers.model.interfaces import Interface, InterfaceKind, Ptb
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.switch_style.ports import lifted
from parsers.switch_style.statics import statics

ROUTES = {
    "vtysh -c 'show ip route vrf all json'": 4,
    "vtysh -c 'show ipv6 route vrf all json'": 6,
}
"""Tables of FRR, by the command that prints them."""
PTB_UNKNOWN = "no document read says whether the switch's hardware answers packets that are too big"
NVUE_MTU = 9216
"""The default of `link mtu` (NVUE reference, "Interface")."""
TOPICS = frozenset(
    {"bindings", "bundles", "filters", "filters v6", "identity", "interfaces", "load sharing", "mtu",
     "policy routing",
     "rib", "routing sources", "static routes", "static routes v6", "tunnels"}
)  # fmt: skip
"""What is read, in the words that all platforms use."""
_VERSION = re.compile(r"(?:DISTRIB_RELEASE=|os-version\s+|Cumulus Linux )\"?(\d[\w.+~-]*)")
_SUB = re.compile(r"(.+)\.(\d+)")


def parse(inputs: Inputs) -> Device:
    """The device that the texts of one switch describe."""
    facts = Facts()
    drafts: list[Draft] = []
    ledgers: list[tuple[Text, Ledger]] = []
    tables: list[RouteTable] = []
    for text in inputs.texts:
        command = text.command
        if _is_routes(command):
            ledger = Ledger(len(text.lines))
            tables.append(_table(text, ledger))
            ledgers.append((text, ledger))
        elif _is_output(command):
            ledger = Ledger(len(text.lines))
            ledger.ignore_range(1, len(text.lines))
            ledgers.append((text, ledger))
            facts.version = _version(text) or facts.version
        else:
            draft = read_text(facts, text)
            drafts.append(draft)
            ledgers.append((text, draft.ledger))
    _settle(facts)
    interfaces = _interfaces(facts)
    bindings, notes = _bindings(facts, interfaces)
    return Device(
        name=inputs.name or facts.name or "",
        platform="cumulus_linux",
        vendor="NVIDIA",
        os_version=facts.version,
        files=tuple(text.file for text in inputs.texts),
        interfaces=tuple(interfaces),
        filters=facts.filters,
        bindings=tuple(bindings),
        static_routes=_statics(facts, drafts) if drafts else None,
        tables=tuple(tables),
        routing_sources=(
            *facts.sources,
            *(i.dynamic_address for i in interfaces if i.dynamic_address),
        ),
        path_choices=tuple(choices_of(facts, list(facts.ports.values()))) if drafts else (),
        recognised=(*facts.recognised, *notes),
        missing=tuple(Missing(topic="interfaces", command=f"cat {p}") for p in facts.included),
        has_configuration=bool(drafts),
        lines=_counted(ledgers),
        not_understood=tuple(_unread(ledgers)),
    )


def _is_routes(command: str) -> bool:
    return "show ip route" in command or "show ipv6 route" in command


def _is_output(command: str) -> bool:
    return command != CONFIGURATION and (
        (
            "show" in command.split()
            and "running-config" not in command
            and "config show" not in command
        )
        or command.startswith(("cat /etc/lsb-release", "cat /etc/os-release"))
    )


def _version(text: Text) -> str | None:
    for line in text.lines[:40]:
        found = _VERSION.search(line)
        if found is not None:
            return found[1]
    return None


def _table(text: Text, ledger: Ledger) -> RouteTable:
    family = 6 if "ipv6" in text.command else 4
    first = next((line.strip() for line in text.lines if line.strip()), "")
    reader = frr_routes.read_json if first.startswith("{") else frr_routes.read_text
    return reader(text.file, text.lines, ledger, family)


def _settle(facts: Facts) -> None:
    """What can be said only when everything is read: VRFs of gateways, and doubt about the whole text."""
    for place, route in enumerate(facts.routes):
        if not route.vrf:
            device = route.next_hops[0].interface or ""
            port = facts.ports.get(device)
            facts.routes[place] = route._replace(vrf=(port.vrf if port else None) or "default")
    if facts.doubt is None:
        return
    reason, where = facts.doubt
    for place_of, found in facts.filters.items():
        facts.filters[place_of] = found._replace(uncertain=found.uncertain or reason)
    facts.routes_doubt.append(where)
    for port in facts.ports.values():
        port.not_understood.append(where)
    # what stands behind the doubt may be a filter on any interface
    key = "(what is not understood)"
    facts.filters[key, 0] = Filter(
        key, 0, where.file, where.line, (), Action.UNKNOWN, (key,), uncertain=reason
    )
    facts.bindings.append(Binding(key, 0, None, "forward", where))


def _kind(port: Port, facts: Facts) -> InterfaceKind:
    if port.name == "lo":
        return InterfaceKind.LOOPBACK
    if port.is_vrf:
        return InterfaceKind.LOOPBACK if port.addresses else InterfaceKind.OTHER
    if port.kind is not None:
        return port.kind
    if port.name.startswith("eth") and "." not in port.name:
        return InterfaceKind.MANAGEMENT
    if port.name.startswith(("vlan", "br")):
        return InterfaceKind.VLAN
    sub = _SUB.fullmatch(port.name)
    if sub is not None:
        bridge = any(other.domain == sub[1] for other in facts.ports.values())
        return InterfaceKind.VLAN if bridge else InterfaceKind.SUBINTERFACE
    return InterfaceKind.PHYSICAL


def _interfaces(facts: Facts) -> list[Interface]:
    bundles = {member: port.name for port in facts.ports.values() for member in port.members}
    for member, bundle in bundles.items():
        facts.port(member, facts.ports[bundle].where)
    default = Sourced[int](value=NVUE_MTU) if facts.nvue else None
    return [_interface(port, facts, bundles, default) for port in facts.ports.values()]


def _interface(
    port: Port, facts: Facts, bundles: dict[str, str], default: Sourced[int] | None
) -> Interface:
    kind = _kind(port, facts)
    sub = _SUB.fullmatch(port.name)
    physical = kind in (InterfaceKind.PHYSICAL, InterfaceKind.BUNDLE, InterfaceKind.VLAN)
    parent = port.parent or (sub[1] if sub is not None else None)
    own = bool(port.addresses or port.dynamic)
    return Interface(
        name=port.name,
        kind=kind,
        where=port.where,
        enabled=port.enabled,
        routed=own or (port.domain is None and port.name not in bundles),
        vrf=port.name if port.is_vrf else port.vrf or "default",
        description=port.description,
        addresses=tuple(port.addresses),
        dynamic_address=port.dynamic,
        mtu=port.mtu or (default if physical else None),
        ptb=tuple(Ptb(family=family, sends=None, reason=PTB_UNKNOWN) for family in (4, 6)),
        tunnel=port.tunnel,
        bundle=bundles.get(port.name),
        parent=parent,
        policy_route=port.policy_route,
        not_understood=tuple(dict.fromkeys(port.not_understood)),
    )


def _family(applied: Applied, facts: Facts) -> int:
    """The family of an applied filter: the command's, or that of the filter with this name."""
    if applied.family is not None:
        return applied.family
    return next((family for name, family in facts.filters if name == applied.name), 0)


def _bindings(
    facts: Facts, interfaces: list[Interface]
) -> tuple[list[Binding], list[Sourced[str]]]:
    """The bindings of all that is applied. Two filters of one family in one direction stand in one chain, in an order
    that is not documented: together they are undecided."""
    groups: dict[tuple[str, str, int], list[Applied]] = {}
    for applied in facts.applied:
        place = (applied.interface, applied.direction, _family(applied, facts))
        groups.setdefault(place, []).append(applied)
    found = list(facts.bindings)
    for (interface, direction, family), several in groups.items():
        names = list(dict.fromkeys(one.name for one in several))
        key = names[0] if len(names) == 1 else " and ".join(names)
        if (key, family) not in facts.filters:
            facts.filters[key, family] = _undecided(key, family, several[0].where, len(names) > 1)
        found.append(Binding(key, family, interface, direction, several[0].where))
    routed = frozenset(i.name for i in interfaces if i.routed)
    return lifted(found, _below(facts, interfaces), routed, facts.filters)


def _undecided(key: str, family: int, where: Where, several: bool) -> Filter:
    reason = (
        "the order of two access lists in one direction is not documented"
        if several
        else f"access list {key} is not in the text"
    )
    return Filter(
        key, family, where.file, None, (), Action.UNKNOWN, (key,), defined=several, uncertain=reason,
        later_fragments=LaterFragments.UNKNOWN,
    )  # fmt: skip


def _below(facts: Facts, interfaces: list[Interface]) -> dict[str, list[str]]:
    """The switch ports below each routed interface: the members of bonds, and the ports that carry a VLAN."""
    found: dict[str, list[str]] = {}
    for interface in interfaces:
        port = facts.ports[interface.name]
        if port.members:
            found[port.name] = list(port.members)
        elif interface.kind is InterfaceKind.VLAN and interface.routed:
            number = re.sub(r".*?(\d*)$", r"\1", port.name)
            below = [p.name for p in facts.ports.values() if p.domain and _carries(p, number)]
            if below:
                found[port.name] = below
    return found


def _carries(port: Port, vlan: str) -> bool:
    if port.access is not None:
        return port.access == vlan
    if not port.vids or not vlan:
        return True
    return any(_within(vlan, one) for one in port.vids)


def _within(vlan: str, text: str) -> bool:
    low, dash, high = text.partition("-")
    if dash and low.isdigit() and high.isdigit():
        return int(low) <= int(vlan) <= int(high)
    return text == vlan


def _statics(facts: Facts, drafts: list[Draft]) -> RouteTable:
    return statics(drafts[0].file, facts.routes, set(facts.ports), facts.routes_doubt)


def _counted(ledgers: list[tuple[Text, Ledger]]) -> LineCount:
    sums = [ledger.counts() for _, ledger in ledgers]
    used, irrelevant, unread = (sum(one[i] for one in sums) for i in range(3))
    return LineCount(
        total=used + irrelevant + unread, used=used, irrelevant=irrelevant, not_understood=unread
    )


def _unread(ledgers: list[tuple[Text, Ledger]]) -> list[UnreadLine]:
    found = []
    for text, ledger in ledgers:
        for number in ledger.unread():
            topic, subject = ledger.topics.get(number, ("other", None))
            where = Where(text.file, number)
            line = text.lines[number - 1].strip()
            found.append(UnreadLine(where=where, text=line, topic=topic, subject=subject))
    return found
