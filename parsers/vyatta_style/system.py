"""`system`: forwarding switches, multipath hashing, kernel parameters, connection tracking."""

from __future__ import annotations

import re

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.source import Sourced
from parsers.vyatta_style import irrelevant
from parsers.vyatta_style.draft import Draft, Handler, Statements, said, tag_nodes
from parsers.vyatta_style.routes import filtered, gateway

_HASH = re.compile(r"net[./]ipv([46])[./]fib_multipath_hash_policy")
_FORWARD = re.compile(
    r"net[./]ipv4[./](?:ip_forward|conf[./]all[./]forwarding)|net[./]ipv6[./]conf[./]all[./]forwarding"
)
_HARMLESS = re.compile(
    r"(?:kernel|vm|fs|dev|user|net[./]core|net[./]netfilter|net[./]nf_conntrack_max|net[./]unix|net[./]mptcp)\b.*"
    r"|net[./]ipv[46][./](?:tcp_|udp_|igmp_|icmp|neigh[./]|ip_local|route[./](?:max_size|gc_|redirect)|ipfrag|"
    r"inet_peer|ip_nonlocal_bind|bindv6only|ip6frag|xfrm|conf[./][^./]+[./](?:accept_redirects|send_redirects|arp_|"
    r"log_martians|proxy_arp|accept_source_route|secure_redirects|accept_ra|autoconf|dad_|use_tempaddr|"
    r"promote_secondaries|src_valid_mark|accept_local|keep_addr))\S*"
    r"|net[./]bridge[./]bridge-nf-\S+"
)
"""Kernel parameters that neither filter, move, size nor split packets in transit."""


def _no_forwarding(family: int) -> Handler:
    def forwarding(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        draft.recognise("no-routing", node, f"IPv{family} forwarding is off on all interfaces")

    return forwarding


def _multipath(family: int) -> Handler:
    def multipath(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            if child.word == "layer4-hashing":
                draft.use_all(child)
                draft.l4_hash[family] = draft.where(child.last)
            elif child.word == "ignore-unreachable-nexthops":
                draft.use_all(child)
            else:
                draft.miss(child, "route")

    return multipath


def _ip(family: int) -> Handler:
    table: Statements = {
        **irrelevant.SYSTEM_IP,
        "disable-forwarding": _no_forwarding(family),
        "multipath": _multipath(family),
        "protocol": filtered,
        "import-table": filtered,
    }

    def settings(draft: Draft, node: Node) -> None:
        read(draft, node, table)

    return settings


def _sysctl(draft: Draft, node: Node) -> None:
    """`sysctl parameter KEY value V` (1.4), `sysctl custom KEY value V` (1.3), `sysctl all …`."""
    draft.use(node)
    for kind in node.children.values():
        if kind.word not in ("parameter", "custom", "all"):
            draft.miss(kind)
            continue
        draft.use(kind)
        for key in tag_nodes(kind):
            value = key.value("value") or key.only()
            _parameter(draft, key, value.word if value is not None else "")


def _parameter(draft: Draft, node: Node, value: str) -> None:
    hashing = _HASH.fullmatch(node.word)
    if hashing is not None and value in ("0", "1"):
        draft.use_all(node)
        if value == "1":
            draft.l4_hash[int(hashing[1])] = draft.where(said(node))
    elif _FORWARD.fullmatch(node.word):
        draft.use_all(node)
        if value == "0":
            draft.recognise("no-routing", _leaf(node), f"{node.word} is 0")
    elif _HARMLESS.fullmatch(node.word):
        draft.ignore_all(node)
    elif node.word.endswith("rp_filter"):
        draft.use_all(node)
        mode = {"1": "strict", "2": "loose"}.get(value)
        if mode is not None:
            draft.urpf.setdefault(4, Sourced[str](value=mode, where=draft.where(said(node))))
    else:
        draft.miss(node)


def _leaf(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _conntrack(draft: Draft, node: Node) -> None:
    """`ignore` takes packets out of connection tracking; the rest are sizes, timeouts and helpers."""
    ignored = node.children.get("ignore")
    draft.use(node)
    for child in node.children.values():
        if child is ignored:
            draft.use_all(child)
            if any(found.word == "rule" and found.children for found in child.walk()):
                draft.untracked = draft.where(said(child))
        elif child.word in irrelevant.CONNTRACK:
            draft.ignore_all(child)
        else:
            draft.miss(child)


def _name(draft: Draft, node: Node) -> None:
    draft.use_all(node)


SYSTEM: Statements = {
    **irrelevant.SYSTEM,
    "host-name": _name,
    "ip": _ip(4),
    "ipv6": _ip(6),
    "sysctl": _sysctl,
    "conntrack": _conntrack,
    "gateway-address": gateway,
}


def read_system(draft: Draft, node: Node) -> None:
    """All of `system`."""
    read(draft, node, SYSTEM)
