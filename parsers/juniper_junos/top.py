"""The top of the Junos hierarchy: which part is read by whom, and why the rest cannot matter."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos import irrelevant
from parsers.juniper_junos.draft import Draft, Handler, Statements
from parsers.juniper_junos.filters import read_firewall
from parsers.juniper_junos.irrelevant import because
from parsers.juniper_junos.policy_options import read_policy_options
from parsers.juniper_junos.routing import (
    read_forwarding,
    read_instances,
    read_protocols,
    read_routing_options,
)
from parsers.model.device import PtbLimit


def _version(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    value = node.only()
    draft.version = value.word if value is not None else None


def _system(draft: Draft, node: Node) -> None:
    read(draft, node, _SYSTEM)


def _use(draft: Draft, node: Node) -> None:
    draft.use_all(node)


_SYSTEM: Statements = {
    "host-name": _use,
    "management-instance": _use,
    **irrelevant.SYSTEM,
}  # fmt: skip


def _chassis(draft: Draft, node: Node) -> None:
    read(draft, node, _CHASSIS)


def _icmp(family: int) -> Handler:
    def icmp(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.value("rate-limit")
        if value is not None and value.word.isdecimal():
            draft.limits.append(
                PtbLimit(
                    family=family,
                    per_second=float(value.word),
                    where=draft.where(value.last),
                    reason=f"chassis {node.word} rate-limit, for each interface family",
                )
            )

    return icmp


_CHASSIS: Statements = {
    "icmp": _icmp(4),
    "icmp6": _icmp(6),
    **irrelevant.CHASSIS,
}  # fmt: skip


def _logical(draft: Draft, node: Node) -> None:
    """Logical systems and tenants are routers of their own inside the device."""
    draft.miss(node)
    draft.recognise("logical-system", node, "a router inside the device, which is not read")


def _services(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise(
        "service-set", _ended(node), "services act on the packets that are sent to them"
    )


def _ended(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _services_top(draft: Draft, node: Node) -> None:
    read(draft, node, _SERVICES)


_SERVICES: Statements = {
    **dict.fromkeys(
        ("service-set", "nat", "stateful-firewall", "ids", "ipsec-vpn", "softwire", "redirect-server"),
        _services,
    ),
    **irrelevant.SERVICES,
}  # fmt: skip


def _vlans(draft: Draft, node: Node) -> None:
    """Switching: which VLAN a frame is in. A filter there sees frames."""
    draft.ignore_all(node)
    for found in node.walk():
        if found.word == "filter" and found.children:
            draft.use_all(found)
            draft.recognise("l2-filter", _ended(found), f"a filter on frames below '{node.word}'")


def _dhcp_source(draft: Draft, node: Node) -> None:
    draft.ignore_all(node)


TOP: dict[str, Handler | str] = {
    "version": _version,
    "system": _system,
    "chassis": _chassis,
    "policy-options": read_policy_options,
    "firewall": read_firewall,
    "routing-options": read_routing_options,
    "routing-instances": read_instances,
    "protocols": read_protocols,
    "forwarding-options": read_forwarding,
    "logical-systems": _logical,
    "tenants": _logical,
    "services": _services_top,
    "vlans": _vlans,
    "bridge-domains": _vlans,
    "ethernet-switching-options": _vlans,
    "switch-options": _vlans,
    "groups": "read where they are applied",
    **because("queueing and marking: packets are delayed, not selected", "class-of-service"),
    **because("management and events of the device itself", "snmp", "event-options", "access",
                 "access-profile", "accounting-options", "jsrc", "poe", "diameter", "vmhost", "partition"),
    **because("redundancy between chassis", "virtual-chassis", "multi-chassis", "redundant-power-system",
                 "fabric", "virtual-gateway"),
    **because("subscriber access, of which nothing is applied without a subscriber", "dynamic-profiles",
                 "unified-edge", "session-limit-group", "smtp", "wlan"),
    **because("listens to traffic or manages services on other devices", "multicast-snooping-options",
                 "openconfig-system", "sbc", "user-identification", "satellite-management"),
}  # fmt: skip
"""The hierarchy's top; `interfaces`, `security` and `applications` are read by modules of their own."""

_TOPICS: dict[str, tuple[str, ...]] = {
    "chassis": ("unreachables",),
    "firewall": ("filters", "filters v6"),
    "forwarding-options": ("bindings", "load sharing"),
    "policy-options": ("groups", "load sharing"),
    "protocols": ("routing sources", "flowspec"),
    "routing-instances": ("static routes",),
    "routing-options": ("static routes", "static routes v6", "flowspec"),
    "system": ("identity",),
}
"""What each part of the hierarchy gives, in the words that all platforms use."""


def topics() -> frozenset[str]:
    """What the parts that have a reader give."""
    read_here = [word for word, handler in TOP.items() if not isinstance(handler, str)]
    return frozenset(topic for word in read_here for topic in _TOPICS.get(word, ()))
