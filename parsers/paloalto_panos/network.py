"""`network`: profiles, tunnels, routers, interfaces, virtual wires and shared gateways."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.paloalto_panos import irrelevant
from parsers.paloalto_panos.draft import Draft, Statements, lift, line_of, said, word_of
from parsers.paloalto_panos.interfaces import read_interfaces
from parsers.paloalto_panos.protection import read_protections
from parsers.paloalto_panos.routing import read_logical_routers, read_virtual_routers

FIRST = ("profiles", "ike", "tunnel", "virtual-router", "logical-router")
"""What interfaces need to be read before them."""


def read_network(draft: Draft, node: Node) -> None:
    """All of `network` but shared gateways, which are read with the virtual systems."""
    draft.use(node)
    order = Node("", 0)
    first = [word for word in FIRST if word in node.children]
    rest = [word for word in node.children if word not in FIRST and word != "shared-gateway"]
    order.children = {word: node.children[word] for word in [*first, *rest]}
    read(draft, order, _NETWORK)


def _profiles(draft: Draft, node: Node) -> None:
    read(draft, node, {"zone-protection-profile": read_protections, **irrelevant.PROFILES})


def _ike(draft: Draft, node: Node) -> None:
    """Only the interface of a gateway is needed: what a tunnel runs over."""
    draft.ignore_all(node)


def _tunnel(draft: Draft, node: Node) -> None:
    draft.use(node)
    for kind in node.children.values():
        if kind.word not in (
            "ipsec",
            "gre",
            "global-protect-gateway",
            "global-protect-site-to-site",
        ):
            draft.miss(kind)
            continue
        draft.ignore_all(kind)
        for tunnel in kind.children.values():
            name = word_of(tunnel, "tunnel-interface") or _nested(tunnel, "tunnel-interface")
            if name is None or said(tunnel, "disabled"):
                continue
            draft.use_all(tunnel)
            where = draft.where(line_of(tunnel))
            mode = {"gre": "gre", "ipsec": "ipsec"}.get(kind.word, "other")
            draft.tunnels[name] = (mode, _source(draft, tunnel, kind.word), where)


def _nested(node: Node, word: str) -> str | None:
    return next((word_of(child, word) for child in node.walk() if word in child.children), None)


def _source(draft: Draft, tunnel: Node, kind: str) -> str | None:
    local = tunnel.get("local-address")
    if local is not None and kind == "gre":
        return word_of(local, "interface")
    holder = tunnel.get("auto-key", "ike-gateway")
    gateway = next(iter(holder.children), None) if holder is not None else None
    if gateway is None:
        return None
    found = draft.root.get("network", "ike", "gateway", gateway, "local-address")
    if found is not None:
        lift(found, ("interface", "ip", "floating-ip"))
        return word_of(found, "interface")
    return None


def _virtual_wires(draft: Draft, node: Node) -> None:
    draft.use(node)
    for wire in node.children.values():
        lift(
            wire,
            (
                "interface1",
                "interface2",
                "tag-allowed",
                "multicast-firewalling",
                "link-state-pass-through",
            ),
        )
        draft.use_all(wire)
        ends = [word_of(wire, name) for name in ("interface1", "interface2")]
        if ends[0] is not None and ends[1] is not None:
            draft.wires.append((ends[0], ends[1], wire))


_NETWORK: Statements = {
    "profiles": _profiles,
    "ike": _ike,
    "tunnel": _tunnel,
    "virtual-router": read_virtual_routers,
    "logical-router": read_logical_routers,
    "interface": read_interfaces,
    "virtual-wire": _virtual_wires,
    **irrelevant.NETWORK,
}
