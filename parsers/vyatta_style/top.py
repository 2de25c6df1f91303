"""The top of the hierarchy: which part is read by whom, and why the rest cannot matter."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.vyatta_style import irrelevant
from parsers.vyatta_style.balancing import lb_groups
from parsers.vyatta_style.draft import Draft, Handler, Statements
from parsers.vyatta_style.firewall import read_firewall
from parsers.vyatta_style.interfaces import read_interfaces
from parsers.vyatta_style.moving import (
    port_forward,
    read_nat,
    read_policy,
    read_service_nat,
    read_vpn,
    webproxy,
)
from parsers.vyatta_style.routes import read_protocols, read_vrfs
from parsers.vyatta_style.system import read_system
from parsers.vyatta_style.wan import read_load_balancing
from parsers.vyatta_style.zones import read_policy as read_zone_policy


def _services(draft: Draft, node: Node) -> None:
    table: Statements = {
        **irrelevant.SERVICES,
        "nat": read_service_nat,
        "webproxy": webproxy,
    }
    read(draft, node, table)


TOP: dict[str, Handler | str] = {
    "interfaces": read_interfaces,
    "vrf": read_vrfs,
    "system": read_system,
    "nat": read_nat,
    "nat66": read_nat,
    "nat64": read_nat,
    "port-forward": port_forward,
    "service": _services,
    "policy": read_policy,
    "firewall": read_firewall,
    "zone-policy": read_zone_policy,
    "protocols": read_protocols("default"),
    "load-balancing": read_load_balancing,
    "load-balance": lb_groups,
    "vpn": read_vpn,
    **irrelevant.TOP,
}
"""In the order in which the parts need each other: interfaces first, zones after the rule sets."""

_TOPICS: dict[str, tuple[str, ...]] = {
    "interfaces": ("interfaces", "bindings", "bundles", "mtu", "mss", "tunnels", "urpf"),
    "vrf": ("vrf",),
    "system": ("identity", "load sharing"),
    "nat": ("nat",),
    "policy": ("policy routing",),
    "firewall": ("filters", "filters v6", "groups", "zones"),
    "protocols": ("static routes", "static routes v6", "routing sources"),
    "load-balancing": ("load sharing",),
}
"""What each part gives, in the words that all platforms use."""


def topics() -> frozenset[str]:
    """What the parts that have a reader give."""
    read_here = [word for word, handler in TOP.items() if not isinstance(handler, str)]
    return frozenset(topic for word in read_here for topic in _TOPICS.get(word, ()))


def read_all(draft: Draft, root: Node) -> None:
    """All parts, each after those that it needs."""
    ordered = Node("", 0)
    words = [*(word for word in TOP if word in root.children), *root.children]
    ordered.children = {word: root.children[word] for word in words}
    read(draft, ordered, TOP)
