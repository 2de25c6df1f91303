"""The modules of a BIG-IP configuration: which component is read by whom, and why the rest cannot matter."""

from __future__ import annotations

from parsers.f5_tmsh import irrelevant
from parsers.f5_tmsh.draft import Draft, Handler, reference, said, value
from parsers.f5_tmsh.irrelevant import because
from parsers.f5_tmsh.lists import read_address_list, read_port_list
from parsers.f5_tmsh.names import short
from parsers.f5_tmsh.network import (
    read_domains,
    read_interfaces,
    read_selves,
    read_trunks,
    read_tunnels,
    read_vlans,
)
from parsers.f5_tmsh.packet_filter import read_packet_filters, read_trusted
from parsers.f5_tmsh.routes import read_routes, read_routing
from parsers.f5_tmsh.rules import read_policy, read_rule_list, read_rules
from parsers.f5_tmsh.virtuals import (
    read_criteria,
    read_fastl4,
    read_nats,
    read_pools,
    read_snats,
    read_virtual_addresses,
    read_virtuals,
)
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node

Table = dict[str, Handler | str]


def _table(table: Table, topic: str = "other") -> Handler:
    def handle(draft: Draft, node: Node) -> None:
        read(draft, node, table, topic)

    return handle


def _db(draft: Draft, node: Node) -> None:
    """`sys db NAME { value V }`: only those that decide about transit are kept."""
    draft.use(node)
    for holder in node.children.values():
        name = holder.word.lower()
        found = holder.value("value")
        if name in DB and found is not None:
            draft.use_all(holder)
            draft.db[name] = (found.word.lower(), found.last)
        elif name.startswith(_UNREAD_DB) and name not in DB:
            draft.miss(holder)
        else:
            draft.ignore_all(holder)


DB = frozenset(
    {
        "packetfilter", "packetfilter.defaultaction", "packetfilter.established",
        "packetfilter.allowimportanticmp", "tm.fw.defaultaction", "tm.continuematching", "tm.maxicmprate",
        "tm.rejectunmatched", "tm.pathmtudiscovery", "tm.enforcepathmtu", "connection.vlankeyed",
        "packetfilter.sendicmperrors", "packetfilter.allowarp",
    }
)  # fmt: skip
_UNREAD_DB = ("packetfilter.", "tm.fw.", "afm.")
"""Variables about filters that no document read explains are not understood; all others tune the box."""


def _settings(draft: Draft, node: Node) -> None:
    """`ltm global-settings connection|general|rule|traffic-control { … }`."""
    read(draft, node, _SETTINGS)


def _traffic(draft: Draft, node: Node) -> None:
    """`traffic-control { … }`: continue-matching, reject-unmatched, max-icmp-rate."""
    read(draft, node, _TRAFFIC)


def _setting(draft: Draft, node: Node) -> None:
    word = value(draft, node)
    if word is None or (node.word == "max-icmp-rate" and not word.isdecimal()):
        draft.miss(node)
        return
    draft.traffic[node.word] = (word, said(node))


_SETTINGS: Table = {
    "traffic-control": _traffic,
    **because("logs, reaping and address resolution of the box", "connection", "general", "rule"),
}
_TRAFFIC: Table = {
    **dict.fromkeys(("continue-matching", "reject-unmatched", "max-icmp-rate"), _setting),
    **because(
        "options of IPv4 headers, resets, ports and paths of the box's own connections",
        "accept-ip-options", "accept-ip-source-route", "allow-ip-source-route", "max-reject-rate",
        "max-reject-rate-timeout", "min-path-mtu", "path-mtu-discovery", "port-find-linear",
        "port-find-random", "port-find-threshold-warning", "port-find-threshold-trigger",
        "port-find-threshold-timeout", "max-port-find", "port-find-seed",
    ),
}  # fmt: skip


def _recognised(kind: str) -> Handler:
    def handle(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        draft.recognise(
            kind, _ended(node), f"{node.word} {', '.join(short(w) for w in node.children)}".strip()
        )

    return handle


def _ended(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _ipsec(draft: Draft, node: Node) -> None:
    """`net ipsec`: a traffic selector takes packets into a tunnel that no route shows."""
    draft.ignore_all(node)
    selectors = node.children.get("traffic-selector")
    for found in selectors.children.values() if selectors is not None else ():
        if not short(found.word).startswith("default-"):
            draft.use_all(found)
            draft.recognise("crypto-map", _ended(found), f"traffic selector {short(found.word)}")


def _profiles(draft: Draft, node: Node) -> None:
    """`ltm profile KIND NAME`: only fastL4 touches packets that are forwarded as they are."""
    draft.use(node)
    for kind in node.children.values():
        if kind.word == "fastl4":
            read_fastl4(draft, kind)
        else:
            draft.ignore_all(kind)


def _inspecting(draft: Draft, node: Node) -> None:
    """Profiles of the access and policy modules: a virtual server that names one lets it decide."""
    draft.ignore_all(node)
    for found in node.walk():
        if found.word == "profile" or node.word == "pem":
            for kind in found.children.values():
                draft.inspecting.update(short(name) for name in kind.children)


def _global_rules(draft: Draft, node: Node) -> None:
    """`security firewall global-rules { enforced-policy P | rules { … } }`."""

    def policy(draft: Draft, child: Node) -> None:
        draft.global_policy = reference(draft, child, "filter", "global")

    def inline(draft: Draft, child: Node) -> None:
        draft.global_rules = read_rules(draft, child, "global", "global")

    def inspected(draft: Draft, child: Node) -> None:
        draft.use_all(child)
        draft.recognise("inspection", child, f"{child.word} of the global context")

    table: Table = {
        "enforced-policy": policy,
        "rules": inline,
        "service-policy": inspected,
        **because("staged rules only count", "staged-policy", "staged-rules", "description"),
    }
    if read(draft, node, table, "filter", "global") or node.doubt:
        draft.recognise("inspection", node, "a statement of the global rules is not understood")


def _intelligence(draft: Draft, node: Node) -> None:
    """`security ip-intelligence`: lists of addresses that come from elsewhere; the global policy acts on all."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "global-policy":
            draft.use_all(child)
            found = child.value("ip-intelligence-policy")
            if found is not None and found.word != "none":
                draft.recognise(
                    "inspection",
                    found,
                    f"IP intelligence policy {short(found.word)} of the global context",
                )
        else:
            draft.ignore_all(child)


_LISTS: Table = {"address-list": read_address_list, "port-list": read_port_list}

LISTS: Table = {
    "security": _table({"firewall": _table(_LISTS), "shared-objects": _table(_LISTS)}),
    "net": _table(_LISTS),
}
"""Read first: what rules name."""

NET: Table = {
    **dict.fromkeys(("address-list", "port-list"), "read before"),
    "interface": read_interfaces,
    "trunk": read_trunks,
    "vlan": read_vlans,
    "vlan-group": read_vlans,
    "self": read_selves,
    "tunnels": read_tunnels,
    "route-domain": read_domains,
    "route": read_routes,
    "routing": read_routing,
    "ipsec": _ipsec,
    "packet-filter": read_packet_filters,
    "packet-filter-trusted": read_trusted,
    **irrelevant.NET,
}

LTM: Table = {
    "virtual": read_virtuals,
    "virtual-address": read_virtual_addresses,
    "pool": read_pools,
    "traffic-matching-criteria": read_criteria,
    "snat": read_snats,
    "nat": read_nats,
    "profile": _profiles,
    "global-settings": _settings,
    "lsn-pool": _recognised("nat"),
    **irrelevant.LTM,
}

FIREWALL: Table = {
    **dict.fromkeys(("address-list", "port-list"), "read before"),
    "rule-list": read_rule_list,
    "policy": read_policy,
    "global-rules": _global_rules,
    **irrelevant.FIREWALL,
}

SECURITY: Table = {
    "firewall": _table(FIREWALL),
    "shared-objects": "read before",
    "nat": _recognised("nat"),
    "ip-intelligence": _intelligence,
    "protocol-inspection": _inspecting,
    **irrelevant.SECURITY,
}

SYS: Table = {"db": _db, **irrelevant.SYS}

MODULES: Table = {
    "net": _table(NET),
    "ltm": _table(LTM),
    "security": _table(SECURITY),
    "sys": _table(SYS),
    "apm": _inspecting,
    "pem": _inspecting,
    **irrelevant.TOP,
}

TOPICS = frozenset(
    {
        "bindings", "bundles", "filters", "filters v6", "groups", "identity", "interfaces", "mss", "mtu", "nat",
        "static routes", "static routes v6", "tunnels", "unreachables",
    }
)  # fmt: skip
ORDER = {
    "ltm": ("pool", "global-settings", "profile"),
    "security": (),
    "net": ("route-domain", "trunk", "interface", "tunnels", "vlan", "vlan-group"),
}
"""Components that others need, in the order in which they are read."""


def read_modules(draft: Draft) -> None:
    """Reads the whole tree, what is named before what names it."""
    root = draft.root
    for word, handler in LISTS.items():
        node = root.get(word)
        if node is not None and not isinstance(handler, str):
            _only(draft, node, handler, _parts(word))
    rule_lists = root.get("security", "firewall", "rule-list")
    if rule_lists is not None:
        read_rule_list(draft, rule_lists)
        del root.children["security"].children["firewall"].children["rule-list"]
    for word in ("sys", "ltm", "security", "net"):
        node = root.get(word)
        if node is not None:
            first = [w for w in ORDER.get(word, ()) if w in node.children]
            node.children = {
                **{w: node.children[w] for w in first},
                **{w: child for w, child in node.children.items() if w not in first},
            }
    for word, child in list(root.children.items()):
        found = MODULES.get(word)
        if found is None:
            draft.miss(child)
        elif isinstance(found, str):
            draft.ignore_all(child)
        else:
            found(draft, child)


def _parts(word: str) -> tuple[str, ...]:
    return ("firewall", "shared-objects") if word == "security" else ("address-list", "port-list")


def _only(draft: Draft, node: Node, handler: Handler, words: tuple[str, ...]) -> None:
    """Runs a handler on some parts of a node."""
    holder = Node(node.word, node.line)
    holder.children = {w: child for w, child in node.children.items() if w in words}
    if node.word == "security":
        kept = {}
        for word, child in holder.children.items():
            part = Node(child.word, child.line)
            part.children = {w: c for w, c in child.children.items() if w in _LISTS}
            kept[word] = part
        holder.children = kept
    handler(draft, holder)
