"""From the texts of a Junos device to the model; the platform's defaults are resolved here."""

from __future__ import annotations

import re

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos.applications import read_applications
from parsers.juniper_junos.balancing import is_srx, read_balancing
from parsers.juniper_junos.draft import Draft
from parsers.juniper_junos.groups import Groups, drop_inactive, spread_doubts
from parsers.juniper_junos.hardware import Hardware, chip_of, on_hardware
from parsers.juniper_junos.interfaces import read_interfaces
from parsers.juniper_junos.policies import note_ipv6_mode, zone_policies
from parsers.juniper_junos.policy_options import read_policy_options
from parsers.juniper_junos.reading import read_tree
from parsers.juniper_junos.routing import collect_instances
from parsers.juniper_junos.security import read_security
from parsers.juniper_junos.show import Shown, read_shown, with_sizes
from parsers.juniper_junos.top import TOP, topics
from parsers.ledger import Ledger
from parsers.model.device import Device, LineCount, PtbLimit, UnreadLine
from parsers.model.interfaces import Interface, MssClamp
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.show.collector import no_collection

TOPICS = topics() | {
    "bindings", "bundles", "filters", "groups", "interfaces", "mss", "mtu", "nat", "policy routing",
    "tunnels", "urpf", "zones",
}  # fmt: skip
"""What is read: the parts of the table at the top, and those that this module calls by itself."""
ICMP_LIMIT = (
    "one ICMP error per second for each interface family from Junos 16.1 on, if nothing is set"
)


def parse(inputs: Inputs) -> Device:
    """The device that Junos texts describe."""
    shown = read_shown(inputs)
    text = inputs.of(CONFIGURATION)
    if text is None:
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor="Juniper",
            model=shown.model,
            os_version=shown.version,
            files=tuple(found.file for found in inputs.texts),
            tables=shown.tables,
        )
    with no_collection():
        draft, interfaces = interpret(text, inputs.name, shown)
        hardware = Hardware(shown.model, is_srx(draft, shown.model), chip_of(inputs.texts))
        draft.choices = [on_hardware(choice, hardware) for choice in draft.choices]
        return _device(inputs, draft, interfaces, shown)


def interpret(text: Text, name: str, shown: Shown) -> tuple[Draft, list[Interface]]:
    """The draft of a configuration, and its interfaces."""
    ledger = Ledger(len(text.lines))
    tree = read_tree(text.lines, ledger)
    root = tree.root
    draft = Draft(text.file, text.lines, ledger, root)
    groups = root.children.get("groups")
    if groups is not None:
        draft.ignore_all(groups)
    if tree.inactive:
        drop_inactive(root, draft.ignore_all)
    expansion = Groups(root, ledger, _node_group(root, name))
    if tree.grouped:
        expansion.expand(root)
    for missing in expansion.missing:
        draft.miss(missing)
    if tree.doubtful or expansion.doubtful:
        spread_doubts(root)
    _adopt_bare_filters(root)
    interfaces = _interpret(draft, root)
    read_balancing(draft, shown.model)
    interfaces = _diverted(draft, interfaces)
    note_ipv6_mode(draft, interfaces)
    draft.filters.update(zone_policies(draft, interfaces))
    draft.settle()
    return draft, with_sizes(interfaces, shown.sizes)


def _interpret(draft: Draft, root: Node) -> list[Interface]:
    """In the order in which the parts need each other."""
    interfaces: list[Interface] = []
    early = ("policy-options", "applications", "firewall", "security")
    for word in early:
        node = root.children.get(word)
        if node is None:
            continue
        if word == "policy-options":
            read_policy_options(draft, node)
        elif word == "applications":
            read_applications(draft, node)
        elif word == "security":
            read_security(draft, node)
        else:
            read(draft, _only(root, word), TOP)
    collect_instances(draft, root.children.get("routing-instances"))
    node = root.children.get("interfaces")
    if node is not None:
        interfaces = read_interfaces(draft, node)
    rest = Node("", 0)
    rest.children = {
        word: child for word, child in root.children.items() if word not in (*early, "interfaces")
    }
    read(draft, rest, TOP)
    if root.doubt:
        draft.routes_doubt.append(draft.where(root.doubt_line))
    return interfaces


def _diverted(draft: Draft, interfaces: list[Interface]) -> list[Interface]:
    """Interfaces whose input filter sends packets another way than the routes (`then routing-instance`)."""
    if not draft.diverting:
        return interfaces
    diverted: dict[str, Sourced[str]] = {}
    for binding in draft.bindings:
        for name in binding.key.split(" then "):
            where = draft.diverting.get(name)
            if where is None or binding.inactive or binding.direction == "out":
                continue
            fact = Sourced[str](value=f"filter {name}", where=where)
            if binding.interface is not None:
                diverted[binding.interface] = fact
            else:
                note = f"filter {name} of the forwarding table"
                draft.recognised.append(
                    fact.model_copy(update={"value": "policy-route", "note": note})
                )
    return [
        interface.model_copy(update={"policy_route": diverted[interface.name]})
        if interface.name in diverted
        else interface
        for interface in interfaces
    ]


def _only(root: Node, word: str) -> Node:
    holder = Node("", 0)
    holder.children = {word: root.children[word]}
    return holder


def _node_group(root: Node, name: str) -> str | None:
    """The group that `${node}` stands for: the one that gives this device its name, else node0."""
    groups = root.get("groups")
    for group in groups.children.values() if groups is not None else ():
        value = group.get("system")
        host = value.value("host-name") if value is not None else None
        if re.fullmatch(r"node\d+", group.word) and host is not None and host.word == name:
            return group.word
    return None


def _adopt_bare_filters(root: Node) -> None:
    """`show configuration firewall` prints the families without `firewall` around them."""
    if "firewall" in root.children or "interfaces" in root.children:
        return
    moved: dict[str, Node] = {
        word: root.children.pop(word) for word in ("family", "filter") if word in root.children
    }
    if moved:
        root.children["firewall"] = firewall = Node("firewall", 1)
        firewall.children = moved


def _device(inputs: Inputs, draft: Draft, interfaces: list[Interface], shown: Shown) -> Device:
    used, irrelevant, unread = draft.ledger.counts()
    version = shown.version or draft.version
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor="Juniper",
        model=shown.model,
        os_version=version,
        files=tuple(text.file for text in inputs.texts),
        interfaces=_with_session_clamps(draft, interfaces),
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
        tables=shown.tables,
        routing_sources=(*draft.sources, *_dynamic_addresses(interfaces)),
        path_choices=tuple(draft.choices),
        global_clamps=tuple(draft.clamps),
        ptb_limits=(*draft.limits, *_default_limits(draft, version, shown.model)),
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


def _unread(draft: Draft) -> tuple[UnreadLine, ...]:
    found = []
    for line in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(line, ("other", None))
        where = Where(draft.file, line)
        found.append(
            UnreadLine(where=where, text=draft.lines[line - 1], topic=topic, subject=subject)
        )
    return tuple(found)


def _dynamic_addresses(interfaces: list[Interface]) -> list[Sourced[str]]:
    return [
        Sourced[str](value="dhcp", where=interface.dynamic_address.where)
        for interface in interfaces
        if interface.dynamic_address is not None
        and "unnumbered" not in interface.dynamic_address.value
    ]


def _default_limits(draft: Draft, version: str | None, model: str | None) -> list[PtbLimit]:
    """The limit that holds where the text sets none, for the families without a statement. For SRX none is
    documented."""
    if is_srx(draft, model):
        return []
    release = re.match(r"(\d+)\.(\d+)", version or "")
    if release is not None and (int(release[1]), int(release[2])) < (16, 1):
        return []
    stated = {limit.family for limit in draft.limits}
    return [
        PtbLimit(family=family, per_second=1.0, reason=ICMP_LIMIT)
        for family in (4, 6)
        if family not in stated
    ]


def _with_session_clamps(draft: Draft, interfaces: list[Interface]) -> tuple[Interface, ...]:
    """`security flow tcp-mss ipsec-vpn` and `gre-in`/`gre-out` clamp on the tunnels' units only."""
    if not draft.tunnel_clamps:
        return tuple(interfaces)
    found = []
    for interface in interfaces:
        clamps: tuple[MssClamp, ...] = tuple(
            clamp for prefix, clamp in draft.tunnel_clamps if interface.name.startswith(prefix)
        )
        if clamps and interface.parent is not None:
            interface = interface.model_copy(update={"clamps": (*interface.clamps, *clamps)})
        found.append(interface)
    return tuple(found)
