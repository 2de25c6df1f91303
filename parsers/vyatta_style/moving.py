"""What moves or rewrites packets beside the routes: address translation, policy routing, encryption.

Sources: vyos-documentation "NAT44", "Policy Route", "IPsec"; EdgeOS `service nat`, `port-forward`. Destination
translation is done before the forward hook and source translation behind it, so filters see the real destination and
the original source.
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.source import Sourced
from parsers.vyatta_style.draft import Draft, said, tag_nodes

_ROUTING = frozenset({"table", "vrf", "lb-group", "mark", "next-hop"})


def read_nat(draft: Draft, node: Node) -> None:
    """`nat`, `nat66`, `nat64` (VyOS)."""
    draft.use_all(node)
    draft.tracked = True
    draft.recognise("nat", _first(node), f"{node.word} rewrites addresses")
    for rule in tag_nodes(node.get("source", "rule")):
        outside = _interface(rule)
        if outside is not None and not {"disable", "exclude"} & set(rule.children):
            _mark(draft, rule, *outside)


def read_service_nat(draft: Draft, node: Node) -> None:
    """`service nat rule N { type masquerade | source | destination }` (EdgeOS)."""
    draft.use_all(node)
    draft.tracked = True
    draft.recognise("nat", _first(node), "service nat rewrites addresses")
    for rule in tag_nodes(node.children.get("rule")):
        kind = rule.value("type")
        outside = _interface(rule)
        translates = kind is not None and kind.word in ("masquerade", "source")
        off = {"disable", "exclude"} & set(rule.children)
        if translates and not off and outside is not None:
            _mark(draft, rule, *outside)


def port_forward(draft: Draft, node: Node) -> None:
    """`port-forward` (EdgeOS): destination translation for sessions from outside."""
    draft.use_all(node)
    draft.tracked = True
    draft.recognise("nat", _first(node), "port-forward rewrites destinations")


def _interface(rule: Node) -> tuple[str, int] | None:
    """`outbound-interface eth0`, or from 1.4 on `outbound-interface name eth0`."""
    leaf = rule.children.get("outbound-interface")
    value = leaf.value("name") if leaf is not None and "name" in leaf.children else None
    if value is None and leaf is not None and "group" not in leaf.children:
        value = leaf.only()
    return (value.word, value.last) if value is not None else None


def _mark(draft: Draft, rule: Node, name: str, line: int) -> None:
    fact = Sourced[str](value="outside", where=draft.where(line), note=f"nat rule {rule.word}")
    draft.change(name, nat=fact)


def read_policy(draft: Draft, node: Node) -> None:
    """`policy`: lists for routing protocols are read by nobody here; policy routes move packets."""
    draft.use(node)
    for child in node.children.values():
        if child.word in ("route", "route6", "ipv6-route"):
            draft.use(child)
            for policy in tag_nodes(child):
                _policy_route(draft, policy, child.word)
        elif child.word in ("local-route", "local-route6"):
            draft.use_all(child)
            draft.recognise("policy-route", _first(child), f"policy {child.word}")
        elif child.word in _LISTS:
            draft.ignore_all(child)
        else:
            draft.miss(child)


_LISTS = frozenset(
    {
        "access-list", "access-list6", "as-path-list", "community-list", "extcommunity-list",
        "large-community-list", "prefix-list", "prefix-list6", "route-map",
    }
)  # fmt: skip


def _policy_route(draft: Draft, node: Node, word: str) -> None:
    draft.use_all(node)
    name = f"policy {word} {node.word}"
    words = {found.word for found in node.walk()}
    if words & {"drop", "reject"}:
        draft.recognise("qos-drop", _first(node), f"{name} has rules that drop")
    if "tcp-mss" in words:
        draft.recognise("mss-clamp", _first(node), f"{name} sets the MSS of what its rules match")
    if not words & _ROUTING:
        return
    where = draft.where(said(node))
    draft.policies[name] = where
    bound = node.children.get("interface")
    for interface in tag_nodes(bound):
        fact = Sourced[str](value=name, where=draft.where(interface.last))
        draft.change(interface.word, policy_route=fact)


def read_vpn(draft: Draft, node: Node) -> None:
    """`vpn`: IPsec policies take packets by their addresses; the rest is access for single clients."""
    draft.use_all(node)
    ipsec = node.children.get("ipsec")
    if ipsec is None:
        return
    words = {found.word for found in ipsec.walk()}
    if "tunnel" in words:
        draft.recognise(
            "crypto-map", _first(ipsec), "IPsec policies encrypt what their selectors take"
        )


def webproxy(draft: Draft, node: Node) -> None:
    """A transparent proxy takes HTTP sessions unless `disable-transparent` says otherwise."""
    draft.use_all(node)
    draft.recognise("proxy", _first(node), "a web proxy answers in the service's place")


def _first(node: Node) -> Node:
    """The first statement at or below `node`, as evidence."""
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node
