"""All texts of one SONiC switch become a `Device`."""

from __future__ import annotations

import re

from parsers.dell_sonic.balancing import choices_of
from parsers.dell_sonic.build import build
from parsers.dell_sonic.draft import Draft, Facts, Port
from parsers.dell_sonic.interfaces import kind_of
from parsers.dell_sonic.reading import read_text
from parsers.frr_style import frr_routes
from parsers.ledger import Ledger
from parsers.model.device import Device, LineCount, Missing, UnreadLine
from parsers.model.filters import Action, Binding, Filter
from parsers.model.interfaces import Interface, InterfaceKind, Ptb
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.switch_style.ports import lifted
from parsers.switch_style.statics import statics

PTB_UNKNOWN = (
    "the switch's hardware drops packets that are too big by default, and no document says that an answer"
    " is sent"
)
TOPICS = frozenset(
    {"bindings", "bundles", "filters", "filters v6", "identity", "interfaces", "load sharing", "mtu",
     "policy routing",
     "rib", "routing sources", "static routes", "static routes v6"}
)  # fmt: skip
"""What is read, in the words that all platforms use."""
_VERSION = re.compile(r"SONiC Software Version: (?:SONiC\.)?(\S+)")


def parse(inputs: Inputs) -> Device:
    """The device that the texts of one switch describe."""
    facts = Facts()
    drafts: list[Draft] = []
    ledgers: list[tuple[Text, Ledger]] = []
    tables: list[RouteTable] = []
    for text in inputs.texts:
        ledger = Ledger(len(text.lines))
        if "show ip route" in text.command or "show ipv6 route" in text.command:
            tables.append(_table(text, ledger))
        elif _is_output(text.command):
            ledger.ignore_range(1, len(text.lines))
            facts.version = _version(text) or facts.version
        else:
            drafts.append(read_text(facts, text))
            ledger = drafts[-1].ledger
        ledgers.append((text, ledger))
    bindings = build(facts)
    _doubt(facts, bindings)
    interfaces = _interfaces(facts)
    routed = frozenset(i.name for i in interfaces if i.routed)
    bindings, notes = lifted(bindings, _below(facts), routed, facts.filters)
    return Device(
        name=inputs.name or facts.name or "",
        platform="dell_sonic",
        vendor="SONiC",
        model=facts.model,
        os_version=facts.version,
        files=tuple(text.file for text in inputs.texts),
        interfaces=tuple(interfaces),
        filters=facts.filters,
        bindings=tuple(bindings),
        static_routes=_statics(facts, drafts) if drafts else None,
        tables=tuple(tables),
        routing_sources=tuple(facts.sources),
        path_choices=tuple(choices_of(facts)) if drafts else (),
        recognised=(*facts.recognised, *notes, *_strange(facts, bindings)),
        missing=_missing(facts),
        has_configuration=bool(drafts),
        lines=_counted(ledgers),
        not_understood=tuple(_unread(ledgers)),
    )


def _is_output(command: str) -> bool:
    words = command.split()
    return command != CONFIGURATION and "show" in words and "runningconfiguration" not in words and (
        "running-config'" not in words and "running-config" not in words
    )  # fmt: skip


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


def _missing(facts: Facts) -> tuple[Missing, ...]:
    """A file for acl-loader, or FRR's configuration, says nothing about which filters ports carry."""
    if facts.database:
        return ()
    return (Missing(topic="filters", command="show runningconfiguration all"),)


def _doubt(facts: Facts, bindings: list[Binding]) -> None:
    """What stands behind a place from which on nothing is understood may be anything."""
    if facts.doubt is None:
        return
    reason, where = facts.doubt
    for place, found in facts.filters.items():
        facts.filters[place] = found._replace(uncertain=found.uncertain or reason)
    facts.routes_doubt.append(where)
    for port in facts.ports.values():
        port.not_understood.append(where)
    key = "(what is not understood)"
    facts.filters[key, 0] = Filter(
        key, 0, where.file, where.line, (), Action.UNKNOWN, (key,), uncertain=reason
    )
    bindings.append(Binding(key, 0, None, "forward", where))


def _interfaces(facts: Facts) -> list[Interface]:
    bundles = {
        member: port.name
        for port in facts.ports.values()
        if kind_of(port.name) is InterfaceKind.BUNDLE
        for member in port.members
    }
    return [_interface(port, bundles, facts) for port in facts.ports.values()]


def _interface(port: Port, bundles: dict[str, str], facts: Facts) -> Interface:
    parent = port.name.partition(".")[0] if "." in port.name else None
    mtu = port.mtu
    if mtu is None and parent is not None and parent in facts.ports:
        mtu = facts.ports[parent].mtu
    return Interface(
        name=port.name,
        kind=kind_of(port.name),
        where=port.where,
        enabled=port.enabled,
        routed=port.routed or bool(port.addresses),
        vrf=port.vrf or "default",
        description=port.description,
        addresses=tuple(port.addresses),
        mtu=mtu,
        ptb=tuple(Ptb(family=family, sends=None, reason=PTB_UNKNOWN) for family in (4, 6)),
        bundle=bundles.get(port.name),
        parent=parent,
        not_understood=tuple(dict.fromkeys(port.not_understood)),
    )


def _below(facts: Facts) -> dict[str, list[str]]:
    """The ports below each routed VLAN and bundle."""
    return {
        port.name: port.members
        for port in facts.ports.values()
        if port.members and (port.routed or port.addresses)
    }


def _strange(facts: Facts, bindings: list[Binding]) -> list[Sourced[str]]:
    """Members of VLANs and bundles that no table has: filters on ports may belong to a routed interface that does
    not show it."""
    if not any(binding.interface is not None for binding in bindings):
        return []
    return [
        Sourced[str](value="bridge-filter", where=where, note=f"{name} is not in the text")
        for name, where in facts.strangers
    ]


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
