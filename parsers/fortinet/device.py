"""From the text of a FortiGate to the model; the platform's defaults are resolved here."""

from __future__ import annotations

import re

from parsers.fortinet.blocks import Block
from parsers.fortinet.domain import read_scope, zone_labels
from parsers.fortinet.draft import Draft
from parsers.fortinet.interfaces import TABLE, read_interfaces
from parsers.fortinet.irrelevant import SECTIONS
from parsers.fortinet.reading import Reading
from parsers.fortinet.scopes import Scope, scopes_of
from parsers.fortinet.settings import read_global
from parsers.fortinet.tables import placed
from parsers.fortinet.tunnels import read_tunnels
from parsers.fortinet.zones import Zones
from parsers.ledger import Ledger
from parsers.model.balancing import HashField, PathChoice, Spread, Stage
from parsers.model.balancing import Scope as Reach
from parsers.model.device import Device, LineCount, UnreadLine
from parsers.model.interfaces import Interface, Ptb
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.show.collector import no_collection
from parsers.tables.readers import read_tables

TOPICS = frozenset(
    {
        "bindings", "bundles", "filters", "filters v6", "groups", "identity", "interfaces", "load sharing", "mss",
        "mtu", "nat", "policy routing", "routing sources", "static routes", "static routes v6", "tunnels",
        "unreachables", "urpf", "zones",
    }
)  # fmt: skip
_HEADER = re.compile(r"#config-version=([A-Za-z0-9]+)-(\d+\.\d+(?:\.\d+)?)-")
_HEADER_LINES = 20
_PTB = "FortiOS sends ICMP errors for PMTUD unless 'send-pmtu-icmp disable' is set"
_ECMP = "source-ip-based is the default"
_READ_BY_ITSELF = frozenset({"system vdom-link", "system virtual-wire-pair", "system switch-interface",
                             "system virtual-switch", "system npu", "system pppoe-interface",
                             "system proxy-arp"})  # fmt: skip


def parse(inputs: Inputs) -> Device:
    """The device that FortiOS texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor="Fortinet",
            files=tuple(found.file for found in inputs.texts),
            tables=read_tables(inputs),
        )
    with no_collection():
        return _device(inputs, interpret(text))


def interpret(text: Text) -> Draft:
    """The draft of a configuration."""
    ledger = Ledger(len(text.lines))
    reading = Reading(text.lines, ledger, SECTIONS)
    root = reading.read()
    draft = Draft(text.file, text.lines, ledger, damage=root.doubt)
    _header(draft)
    device, scopes = scopes_of(root)
    _frames(draft, root)
    read_global(draft, device.tables.get("system global"))
    read_interfaces(draft, device.tables.get(TABLE), scopes)
    read_tunnels(draft, scopes, device)
    labels = zone_labels(scopes)
    for scope in scopes:
        zones = read_scope(draft, scope, labels[scope.name])
        _give_zones(draft, scope, zones, labels[scope.name])
    if root.doubt:
        draft.routes_doubt.append(draft.where(next(iter(root.bad), 1)))
    _rest(draft, [root, device, *(scope.own for scope in scopes)])
    draft.settle()
    return draft


def _header(draft: Draft) -> None:
    """`#config-version=FGT60E-7.2.5-FW-build1517-…` is the first line of a backup."""
    for line in draft.lines[:_HEADER_LINES]:
        found = _HEADER.match(line.strip())
        if found:
            draft.model, draft.version = found[1], found[2]
            parts = found[2].split(".")
            draft.release = (int(parts[0]), int(parts[1]))
            return


def _frames(draft: Draft, root: Block) -> None:
    """The lines around the virtual domains."""
    draft.use(root.frame)
    for name in ("global", "vdom"):
        block = root.tables.get(name)
        if block is None:
            continue
        draft.use(block.frame)
        for entry in block.entries.values():
            draft.use(entry.frame)
            for line in entry.bad:
                draft.miss_line(line)
                draft.damage = draft.damage or "the text has lines outside of all blocks"
    for line in root.bad:
        draft.miss_line(line)


def _give_zones(draft: Draft, scope: Scope, zones: Zones, labels: dict[str, str]) -> None:
    """Tells each interface of a domain its zone."""
    for name, zone in zones.of_interface.items():
        known = draft.interfaces.get(name)
        if known is not None and known.zone is None:
            value = labels.get(zone.name, zone.name)
            fact = Sourced[str](value=value, where=draft.where(zone.line) if zone.line else None)
            draft.interfaces[name] = known.model_copy(update={"zone": fact})


def _rest(draft: Draft, blocks: list[Block]) -> None:
    """Sections that nothing above took: some are only recognised, others not understood."""
    for block in dict.fromkeys(blocks):
        for name, table in block.tables.items():
            if name in ("global", "vdom") and block.parent is None:
                continue
            if not table.frame or draft.ledger.status[table.frame[0]]:
                continue
            if name in _READ_BY_ITSELF:
                draft.use_all(table)
            else:
                draft.miss(table)


def _device(inputs: Inputs, draft: Draft) -> Device:
    used, irrelevant, unread = draft.ledger.counts()
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor="Fortinet",
        model=draft.model,
        os_version=draft.version,
        files=tuple(text.file for text in inputs.texts),
        interfaces=tuple(_finished(draft, interface) for interface in draft.interfaces.values()),
        filters=draft.filters,
        bindings=tuple(draft.bindings),
        static_routes=RouteTable(
            source="config",
            file=draft.file,
            vrf=None,
            family=None,
            routes=tuple(draft.routes),
            complete=not draft.routes_doubt,
            not_understood=tuple(dict.fromkeys(draft.routes_doubt)),
        ),
        tables=placed(read_tables(inputs), draft.interfaces),
        routing_sources=tuple(draft.sources),
        path_choices=tuple(draft.choices) or (_default_ecmp(),),
        df_cleared=tuple(draft.df_cleared),
        recognised=tuple(draft.recognised),
        has_configuration=True,
        lines=LineCount(
            total=used + irrelevant + unread,
            used=used,
            irrelevant=irrelevant,
            not_understood=unread,
        ),
        not_understood=_unread(draft),
    )


def _default_ecmp() -> PathChoice:
    return PathChoice(
        stage=Stage.ECMP,
        scope=Reach.DEVICE,
        spread=Spread.FLOW,
        statement="v4-ecmp-mode source-ip-based",
        fields=frozenset({HashField.SRC}),
        reason=_ECMP,
    )


def _finished(draft: Draft, interface: Interface) -> Interface:
    """The interface with what the whole device says about ICMP errors."""
    said = draft.sends_ptb
    sends = True if said is None else said.value
    where = said.where if said is not None else None
    reason = _PTB if said is None else ""
    flags = tuple(Ptb(family=f, sends=sends, where=where, reason=reason) for f in (4, 6))
    return interface.model_copy(update={"ptb": flags})


def _unread(draft: Draft) -> tuple[UnreadLine, ...]:
    found = []
    for line in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(line, ("other", None))
        where = Where(draft.file, line)
        found.append(
            UnreadLine(where=where, text=draft.lines[line - 1], topic=topic, subject=subject)
        )
    return tuple(found)
