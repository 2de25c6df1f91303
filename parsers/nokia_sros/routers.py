"""`router "Base"`, the management router, and what a VPRN has in common with them."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.source import Sourced
from parsers.nokia_sros import irrelevant
from parsers.nokia_sros.draft import Draft, Handler, Statements, use
from parsers.nokia_sros.interfaces import read_interface
from parsers.nokia_sros.routes import aggregates, incomplete, static_entries, static_routes
from parsers.nokia_style.statements import CUT, number_of, said, word

BASE = "default"
NAMES = {"Base": BASE, "management": "management", "vpls-management": "vpls-management"}
PROTOCOLS = (
    "bgp", "ospf", "ospf3", "isis", "rip", "ripng", "ldp", "bgp-vpn", "bgp-ipvpn", "bgp-evpn", "grt",
    "grt-lookup", "leak-export", "vrf-import", "vrf-export", "auto-bind-tunnel", "rib-leaking",
)  # fmt: skip
"""What may install routes that the configuration does not show."""


def read_routers(draft: Draft, node: Node) -> None:
    """All routers below `router`."""
    draft.use(node)
    for child in node.children.values():
        vrf = NAMES.get(child.word, child.word)
        read_instance(draft, child, vrf)


def read_instance(draft: Draft, node: Node, vrf: str, more: Statements | None = None) -> None:
    """A router or VPRN: its interfaces, routes and protocols."""
    if node.doubt is not None:
        draft.routes_doubt.append(draft.where(node.doubt_line))
        if node.doubt == CUT:
            draft.routes_doubt.append(draft.where(node.doubt_line))
    limit = word(node, "ecmp")
    value = number_of(limit, 0, 128)
    if value is not None:
        where = draft.where(said(node.children["ecmp"]))
        draft.ecmp[vrf] = Sourced[int](value=value, where=where)
    table = {**router_statements(vrf), **(more or {})}
    unknown = read(draft, node, table, "route")
    draft.routes_doubt += [draft.where(said(found)) for found in unknown]


def router_statements(vrf: str) -> Statements:
    """What may stand below a router or a VPRN."""
    return {
        **irrelevant.ROUTER,
        "interface": interfaces(vrf),
        "network-interface": interfaces(vrf),
        "static-routes": static_routes(vrf),
        "static-route-entry": static_entries(vrf),
        "static-route": static_entries(vrf),
        "aggregates": aggregates(vrf),
        "aggregate": aggregates(vrf),
        "ecmp": _ecmp,
        "nat": _nat(vrf),
        "mss-adjust": _mss_adjust,
        "mss-adjust-group": _mss_adjust,
        "firewall": _firewall,
        "ipsec": _ipsec,
        **dict.fromkeys(PROTOCOLS, _protocol),
    }


def interfaces(vrf: str) -> Handler:
    """The handler of `interface` in a router or VPRN."""

    def read_all(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            read_interface(draft, child, vrf, draft.named(child.word, vrf))

    return read_all


def _ecmp(draft: Draft, node: Node) -> None:
    value = node.only()
    if value is not None and number_of(value.word, 0, 128) is None:
        incomplete(draft, node)
    else:
        use(draft, node)


def _protocol(draft: Draft, node: Node) -> None:
    """A protocol in force: it may install routes. Its own statements decide nothing else here."""
    draft.ignore_all(node)
    if word(node, "admin-state") == "disable" or "shutdown" in node.children:
        return
    if node.word == "ldp":
        return
    instance = node.only()
    draft.use(node)
    if node.word in ("ospf", "ospf3", "isis") and instance is not None:
        states = [word(child, "admin-state") for child in node.children.values()]
        if states and all(state == "disable" for state in states):
            return
    value = "bgp" if node.word.startswith(("bgp", "vrf", "auto")) else node.word
    draft.sources.append(Sourced[str](value=value, where=draft.where(said(node))))


def _nat(vrf: str) -> Handler:
    """Address translation on an ISA: the router with the `outside` sees translated addresses."""

    def nat(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        draft.recognise("nat", _said(node), "address translation on an ISA")
        if "outside" in node.children:
            draft.translating.add(vrf)

    return nat


def _said(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _mss_adjust(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise(
        "mss-adjust", _said(node), "an ISA clamps the MSS of the packets that filters send to it"
    )


def _firewall(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise("inspection", _said(node), "a stateful firewall on an ISA")


def _ipsec(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise("crypto-map", _said(node), "IPsec on this router")
