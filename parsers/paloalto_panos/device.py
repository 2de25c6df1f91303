"""From the texts of a PAN-OS device to the model; the platform's defaults are resolved here."""

from __future__ import annotations

import re

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.model.device import Device, LineCount, PtbLimit, UnreadLine
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, Where
from parsers.paloalto_panos import irrelevant
from parsers.paloalto_panos.draft import Draft, Statements, lift, line_of, word_of
from parsers.paloalto_panos.network import read_network
from parsers.paloalto_panos.pairs import note_bridges, place_interfaces, zone_filters
from parsers.paloalto_panos.reading import Tree, read_tree
from parsers.paloalto_panos.routes import note_broken_routers, routes_of
from parsers.paloalto_panos.systems import Reader, System
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.show.collector import no_collection
from parsers.tables.readers import read_tables

INFO = "show system info"
MANAGED = "Panorama manages this firewall, and the rules that it pushed are not in this text"
ELSEWHERE = (
    "rules of device groups: which firewall has them, with which interfaces, is not in this text"
)
ICMPV6_LIMIT = "100 ICMPv6 errors per second, the documented default"


def parse(inputs: Inputs) -> Device:
    """The device that PAN-OS texts describe."""
    model, version = _system_info(inputs)
    text = inputs.of(CONFIGURATION)
    if text is None:
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor="Palo Alto Networks",
            model=model,
            os_version=version,
            files=tuple(found.file for found in inputs.texts),
            tables=read_tables(inputs),
        )
    with no_collection():
        return _device(inputs, interpret(text), model, version)


def _system_info(inputs: Inputs) -> tuple[str | None, str | None]:
    text = inputs.of(INFO)
    found: dict[str, str] = {}
    for line in text.lines if text is not None else ():
        match = re.fullmatch(r"\s*(model|sw-version): (\S+)\s*", line)
        if match:
            found[match[1]] = match[2]
    return found.get("model"), found.get("sw-version")


def interpret(text: Text) -> Draft:
    """The draft of a configuration."""
    ledger = Ledger(len(text.lines))
    tree = read_tree(text.lines, ledger)
    draft = Draft(text.file, text.lines, ledger, tree.root)
    draft.missed += [(line, *about) for line, about in ledger.topics.items()]
    draft.use(tree.root)
    reader = Reader(draft)
    reader.objects()
    _settings(draft)
    network = tree.root.get("network")
    if network is not None:
        read_network(draft, network)
    note_broken_routers(draft)
    systems = reader.systems()
    _note_management(draft, systems)
    groups = reader.groups()
    _templates(draft)
    found = zone_filters(draft, [*systems, *groups] if groups else systems)
    if not groups or any(system.zones for system in systems):
        place_interfaces(draft, systems, found)
        note_bridges(draft, found)
    if groups:
        line = tree.root.children["device-group"].line
        draft.recognised.append(
            Sourced[str](value="zone-policy", where=draft.where(line), note=ELSEWHERE)
        )
    _rest(draft, tree)
    draft.settle()
    return draft


def _settings(draft: Draft) -> None:
    node = draft.root.get("deviceconfig")
    if node is None:
        return

    def setting(draft: Draft, holder: Node) -> None:
        read(draft, holder, table)

    def session(draft: Draft, holder: Node) -> None:
        read(draft, holder, {"ipv6-firewalling": ipv6, **irrelevant.SESSION})

    def ipv6(draft: Draft, holder: Node) -> None:
        draft.use_all(holder)
        if "no" in holder.children:
            note = "IPv6 is ignored altogether (ipv6-firewalling no)"
            draft.recognise("no-routing", holder.children["no"], note)

    def jumbo(draft: Draft, holder: Node) -> None:
        draft.use_all(holder)
        value = holder.value("mtu")
        if value is not None and value.word.isascii() and value.word.isdecimal():
            where = draft.where(value.last)
            draft.jumbo = Sourced[int](value=int(value.word), where=where)

    def limit(draft: Draft, holder: Node) -> None:
        lift(holder, ("bucket-size", "packet-rate"))
        draft.use_all(holder)
        rate = word_of(holder, "packet-rate")
        if rate is not None and rate.isascii() and rate.isdecimal():
            where = draft.where(line_of(holder))
            draft.limits.append(
                PtbLimit(family=6, per_second=float(rate), where=where, reason="icmpv6-rate-limit")
            )

    table: Statements = {
        "session": session,
        "jumbo-frame": jumbo,
        "icmpv6-rate-limit": limit,
        **irrelevant.SETTING,
    }
    read(draft, node, {"setting": setting, **irrelevant.DEVICECONFIG})


def _note_management(draft: Draft, systems: list[System]) -> None:
    """A firewall under Panorama whose text has no pushed rules may have others before its own."""
    root = draft.root
    server = root.get("deviceconfig", "system", "panorama-server") or root.get(
        "deviceconfig", "system", "panorama"
    )
    pushed = any(
        root.get(*path) is not None
        for path in (("policy", "panorama"), ("panorama",), ("shared", "pre-rulebase"))
    )
    if server is None or pushed:
        return
    for system in systems:
        system.rulebase.doubt = system.rulebase.doubt or MANAGED


def _templates(draft: Draft) -> None:
    """Templates are read for what they say, not for a device: which firewalls take them is told elsewhere."""
    for word in ("template", "template-stack"):
        holder = draft.root.get(word)
        if holder is None:
            continue
        draft.use(holder)
        for template in holder.children.values():
            draft.use(template)
            inner = template.children.get("config")
            if inner is not None:
                _template(draft, template, inner)
            rest = Node("", 0)
            rest.children = {w: c for w, c in template.children.items() if w != "config"}
            read(draft, rest, irrelevant.TEMPLATE)


def _template(draft: Draft, template: Node, inner: Node) -> None:
    own = Draft(draft.file, draft.lines, draft.ledger, inner)
    own.use(inner)
    variables = template.children.get("variable")
    for variable in variables.children.values() if variables is not None else ():
        kind = variable.get("type", "ip-netmask")
        value = kind.only() if kind is not None else None
        if value is not None:
            own.references[variable.word] = value.word
    reader = Reader(own)
    reader.objects()
    _settings(own)
    network = inner.get("network")
    if network is not None:
        read_network(own, network)
    reader.systems()
    done = {"deviceconfig", "network", "shared", "vsys", "policy", "panorama"}
    rest = Node("", 0)
    rest.children = {w: c for w, c in inner.children.items() if w not in done}
    read(own, rest, {**irrelevant.TOP, **irrelevant.OBJECTS})
    draft.missed += own.missed


def _rest(draft: Draft, tree: Tree) -> None:
    """What stands at the top beside the parts that have readers."""
    done = {
        "deviceconfig", "network", "shared", "vsys", "policy", "panorama", "device-group", "template", "template-stack",
    }  # fmt: skip
    rest = Node("", 0)
    rest.children = {w: c for w, c in tree.root.children.items() if w not in done}
    read(draft, rest, irrelevant.TOP)


def _device(inputs: Inputs, draft: Draft, model: str | None, version: str | None) -> Device:
    used, ignored, unread = draft.ledger.counts()
    routes = tuple(routes_of(draft))
    stated = {limit.family for limit in draft.limits}
    limits = [] if 6 in stated else [PtbLimit(family=6, per_second=100.0, reason=ICMPV6_LIMIT)]
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor="Palo Alto Networks",
        model=model,
        os_version=version or _version(draft),
        files=tuple(text.file for text in inputs.texts),
        interfaces=tuple(draft.interfaces.values()),
        filters=draft.filters,
        bindings=tuple(draft.bindings),
        static_routes=RouteTable(
            source="config",
            file=draft.file,
            vrf=None,
            family=None,
            routes=routes,
            complete=not draft.routes_doubt,
            not_understood=tuple(dict.fromkeys(draft.routes_doubt)),
        ),
        tables=read_tables(inputs),
        routing_sources=tuple(draft.sources),
        path_choices=tuple(draft.choices),
        ptb_limits=(*draft.limits, *limits),
        df_cleared=tuple(draft.df_cleared),
        recognised=tuple(draft.recognised),
        has_configuration=True,
        lines=LineCount(
            total=used + ignored + unread, used=used, irrelevant=ignored, not_understood=unread
        ),
        not_understood=_unread(draft),
    )


def _version(draft: Draft) -> str | None:
    """The release that an XML configuration names on its first element (`version` is that of the schema)."""
    for line in draft.lines[:8]:
        for word in ("detail-version", "version"):
            found = re.search(rf'<config [^>]*\b(?<!-){word}="(\d+\.\d+\.\d+)"', line)
            if found:
                return found[1]
    return None


def _unread(draft: Draft) -> tuple[UnreadLine, ...]:
    found = []
    for line in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(line, ("other", None))
        where = Where(draft.file, line)
        text = draft.lines[line - 1]
        found.append(UnreadLine(where=where, text=text, topic=topic, subject=subject))
    return tuple(found)
