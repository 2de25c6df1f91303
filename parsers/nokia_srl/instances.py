"""Network instances: which subinterfaces they route between, their static routes and their protocols.

A static route (preference 5) leads to a next-hop group: one or several next hops, which share the traffic, or a
black hole. An aggregate route is a black hole while a more specific route contributes to it.

Source: Nokia SR Linux, Configuration Basics Guide, "Network instances" (static routes, next-hop groups, aggregate
routes); YANG `srl_nokia-network-instance`, `srl_nokia-static-routes`, `srl_nokia-next-hop-groups`.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced
from parsers.nokia_srl import irrelevant
from parsers.nokia_srl.draft import Draft, Group, Handler, Member, Statements, use
from parsers.nokia_style.statements import CUT, because, number_of, prefix, said, word

PREFERENCE = 5
ROUTED_TYPES = frozenset({"default", "ip-vrf", "host"})


def collect_members(draft: Draft, node: Node | None) -> None:
    """Which subinterface is in which instance; before the interfaces are read."""
    draft.instances = node is not None and bool(node.children)
    for child in node.children.values() if node is not None else ():
        kind = word(child, "type") or ("default" if child.word == "default" else "ip-vrf")
        vrf = "default" if kind == "default" else child.word
        up = word(child, "admin-state") != "disable"
        holder = child.children.get("interface")
        for name in holder.children if holder is not None else ():
            known = draft.members.get(name)
            if known is None or kind in ROUTED_TYPES:
                draft.members[name] = Member(vrf, kind in ROUTED_TYPES, up)
        policies = child.children.get("policy-forwarding")
        if policies is not None:
            _diverted(draft, policies)


def _diverted(draft: Draft, node: Node) -> None:
    """Interfaces whose packets policies send another way than the routes."""
    holder = node.children.get("interface")
    for child in holder.children.values() if holder is not None else ():
        reference = child.children.get("interface-ref")
        port, index = word(reference, "interface"), word(reference, "subinterface")
        name = f"{port}.{index}" if port is not None and index is not None else child.word
        fact = Sourced[str](value="policy-forwarding", where=draft.where(said(child)))
        draft.diverted[name] = fact


def read_instances(draft: Draft, node: Node) -> None:
    """All network instances."""
    draft.use(node)
    for child in node.children.values():
        kind = word(child, "type") or ("default" if child.word == "default" else "ip-vrf")
        vrf = "default" if kind == "default" else child.word
        if child.doubt is not None:
            draft.routes_doubt.append(draft.where(child.doubt_line))
        groups = _groups(draft, child.children.get("next-hop-groups"))
        table: Statements = {
            **irrelevant.INSTANCE,
            "admin-state": use,
            "type": use,
            "interface": use,
            "next-hop-groups": _known,
            "static-routes": _static(vrf, groups),
            "aggregate-routes": _aggregates(vrf),
            "protocols": use if _is_management(child) else _protocols,
            "policy-forwarding": _policies,
            "route-leaking": _leaking,
            "inter-instance-policies": _leaking,
            "ip-load-balancing": use,
        }
        unknown = read(draft, child, table, "route")
        draft.routes_doubt += [draft.where(said(found)) for found in unknown]


def _is_management(node: Node) -> bool:
    """Whether only the management port is in an instance: its protocols install no route of the service."""
    holder = node.children.get("interface")
    names = list(holder.children) if holder is not None else []
    return bool(names) and all(name.startswith("mgmt") for name in names)


def _known(draft: Draft, node: Node) -> None:
    draft.use(node)


def _policies(draft: Draft, node: Node) -> None:
    draft.use_all(node)


def _leaking(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.sources.append(Sourced[str](value="route leaking", where=draft.where(said(node))))


def _protocols(draft: Draft, node: Node) -> None:
    """Protocols may install routes; their own statements decide nothing else here."""
    draft.use(node)
    for child in node.children.values():
        draft.ignore_all(child)
        if child.word in ("igmp", "mld", "pim", "igmp-snooping", "mld-snooping"):
            continue
        if word(child, "admin-state") != "disable":
            value = "bgp" if child.word.startswith("bgp") else child.word
            draft.sources.append(Sourced[str](value=value, where=draft.where(said(child))))


def _incomplete(draft: Draft, node: Node) -> None:
    draft.miss(node, "route")
    draft.routes_doubt.append(draft.where(said(node)))


_GROUP = because(
    "a text for people, or how the hop is probed and labelled", "description", "statistics"
)
_HOP_KNOWN = frozenset({"ip-address", "admin-state", "resolve", "description"})
_HOP_CONDITIONS = frozenset({"failure-detection", "pushed-mpls-label-stack", "tunnel"})


def _groups(draft: Draft, node: Node | None) -> dict[str, Group]:
    found: dict[str, Group] = {}
    if node is None:
        return found
    draft.use(node)
    for holder in node.children.values():
        if holder.word != "group":
            _incomplete(draft, holder)
            continue
        draft.use(holder)
        for child in holder.children.values():
            found[child.word] = _group(draft, child)
    return found


def _group(draft: Draft, node: Node) -> Group:
    made = Group(doubt=node.doubt, enabled=word(node, "admin-state") != "disable")

    def blackhole(draft: Draft, child: Node) -> None:
        draft.use_all(child)
        made.discard = "reject" if word(child, "generate-icmp") == "true" else "drop"

    def nexthops(draft: Draft, child: Node) -> None:
        draft.use(child)
        for hop in child.children.values():
            _hop(draft, hop, made)

    table: Statements = {**_GROUP, "admin-state": use, "blackhole": blackhole, "nexthop": nexthops}
    for child in read(draft, node, table, "route"):
        made.doubt = made.doubt or f"'{child.word}' of next-hop group {node.word} is not understood"
        draft.routes_doubt.append(draft.where(said(child)))
    return made


def _hop(draft: Draft, node: Node, group: Group) -> None:
    draft.use(node)
    if word(node, "admin-state") == "disable":
        draft.use_all(node)
        return
    for child in node.children.values():
        if child.word in _HOP_CONDITIONS:
            draft.use_all(child)
            group.doubt = group.doubt or f"a next hop depends on '{child.word}'"
        elif child.word not in _HOP_KNOWN:
            _incomplete(draft, child)
    text = word(node, "ip-address")
    if text is None or prefix(text) is None or "/" in text:
        _incomplete(draft, node)
        return
    for name in _HOP_KNOWN & set(node.children):
        draft.use_all(node.children[name])
    group.hops.append(NextHop(None, text))


_ROUTE = because(
    "what is announced with the route",
    "description",
    "route-tag",
    "tag",
    "communities",
    "ip-tag-set",
)


def _static(vrf: str, groups: dict[str, Group]) -> Handler:
    def routes(draft: Draft, node: Node) -> None:
        off = word(node, "admin-state") == "disable"
        for child in node.children.values():
            if child.word == "admin-state":
                draft.use_all(child)
            elif child.word != "route":
                _incomplete(draft, child)
            else:
                draft.use(child)
                for route in child.children.values():
                    _route(draft, route, vrf, groups, off)
        draft.use(node)

    return routes


def _destination(draft: Draft, node: Node) -> AddressTerm | None:
    term = prefix(node.word) if "/" in node.word else None
    if term is None:
        _incomplete(draft, node)
    return term


def _route(draft: Draft, node: Node, vrf: str, groups: dict[str, Group], off: bool) -> None:
    term = _destination(draft, node)
    if term is None:
        return
    table: Statements = {
        **_ROUTE,
        **dict.fromkeys(("admin-state", "metric", "preference", "next-hop-group"), use),
    }
    unknown = read(draft, node, table, "route")
    draft.routes_doubt += [draft.where(said(found)) for found in unknown]
    if off or word(node, "admin-state") == "disable":
        return
    name = word(node, "next-hop-group")
    group = groups.get(name or "")
    if group is None:
        draft.routes_doubt.append(draft.where(said(node)))
        return
    if not group.enabled or not (group.hops or group.discard or group.doubt):
        return
    if group.discard is not None and group.hops:
        group.doubt = group.doubt or "a next-hop group with next hops and a black hole"
    conditional = group.doubt if group.doubt != CUT else None
    if node.doubt is not None:
        conditional = conditional or node.doubt
    draft.routes.append(
        Route(
            term.family,
            term.value,
            term.care.bit_count(),
            vrf,
            "static",
            tuple(dict.fromkeys(group.hops)),
            said(node),
            discard=None if group.hops else group.discard,
            distance=number_of(word(node, "preference"), 0, 255) or PREFERENCE,
            metric=number_of(word(node, "metric")) or 1,
            conditional=conditional,
        )
    )


def _aggregates(vrf: str) -> Handler:
    def routes(draft: Draft, node: Node) -> None:
        draft.use(node)
        off = word(node, "admin-state") == "disable"
        for child in node.children.values():
            if child.word == "admin-state":
                draft.use_all(child)
            elif child.word != "route":
                _incomplete(draft, child)
            else:
                draft.use(child)
                for route in child.children.values():
                    _aggregate(draft, route, vrf, off)

    return routes


def _aggregate(draft: Draft, node: Node, vrf: str, off: bool) -> None:
    term = _destination(draft, node)
    if term is None:
        return
    table: Statements = {
        **_ROUTE,
        **because("how the aggregate is announced", "aggregator", "summary-only", "set-tag"),
        **dict.fromkeys(("admin-state", "generate-icmp"), use),
    }
    unknown = read(draft, node, table, "route")
    draft.routes_doubt += [draft.where(said(found)) for found in unknown]
    if off or word(node, "admin-state") == "disable":
        return
    draft.routes.append(
        Route(
            term.family,
            term.value,
            term.care.bit_count(),
            vrf,
            "aggregate",
            (),
            said(node),
            discard="reject" if word(node, "generate-icmp") == "true" else "drop",
            distance=130,
            conditional="the aggregate stands while a more specific route contributes to it",
        )
    )
