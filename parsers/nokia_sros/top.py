"""The top of the configuration: which part is read by whom, and why the rest cannot matter."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.nokia_sros import irrelevant
from parsers.nokia_sros.balancing import system_balancing
from parsers.nokia_sros.draft import Draft, Handler, Statements
from parsers.nokia_sros.filters import read_filters, read_own_filter
from parsers.nokia_sros.ports import read_lags, read_ports
from parsers.nokia_sros.routers import read_routers
from parsers.nokia_sros.services import read_services


def _system(draft: Draft, node: Node) -> None:
    read(draft, node, _SYSTEM)


def _security(draft: Draft, node: Node) -> None:
    read(draft, node, _SECURITY)


_SECURITY: Statements = {
    **irrelevant.SECURITY,
    "cpm-filter": read_own_filter("cpm-filter"),
    "management-access-filter": read_own_filter("management-access-filter"),
}
_SYSTEM: Statements = {
    **irrelevant.SYSTEM,
    "load-balancing": system_balancing,
    "l4-load-balancing": lambda draft, node: system_balancing(draft, _around(node)),
    "security": _security,
}


def _around(node: Node) -> Node:
    holder = Node("load-balancing", node.line)
    holder.children = {node.word: node}
    return holder


def _inspection(draft: Draft, node: Node) -> None:
    """Application assurance judges the flows that subscribers or SAPs send to it."""
    draft.use_all(node)
    draft.recognise(
        "inspection", _said(node), f"'{node.word}' may drop the flows that are sent to it"
    )


def _isa(draft: Draft, node: Node) -> None:
    draft.ignore_all(node)
    for word in ("nat-group", "tunnel-group", "application-assurance-group"):
        if word in node.children:
            draft.use_all(node.children[word])


def _encryption(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise("crypto-map", _said(node), f"'{node.word}' encrypts packets")


def _said(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


TOP: dict[str, Handler | str] = {
    **irrelevant.TOP,
    "filter": read_filters,
    "port": read_ports,
    "lag": read_lags,
    "system": _system,
    "router": read_routers,
    "service": read_services,
    "application-assurance": _inspection,
    "isa": _isa,
    "ipsec": _encryption,
    "group-encryption": _encryption,
}
"""The parts of the configuration."""

ORDER = ("filter", "port", "lag", "system", "router", "service")
"""The parts that later ones need."""

TOPICS = frozenset(
    {"bindings", "bundles", "filters", "filters v6", "groups", "identity", "interfaces", "load sharing", "mtu",
     "nat", "policy routing", "routing sources", "static routes", "static routes v6", "tunnels", "unreachables",
     "urpf"}
)  # fmt: skip
"""What is read, in the words that all platforms use."""
