"""`service`: VPRNs and IES with their interfaces, and layer 2 services whose filters see frames.

Source: Nokia SR OS, Layer 3 Services Guide (an IES interface belongs to the base router), Layer 2 Services and EVPN
Guide; YANG `nokia-conf-svc-*` 26.3.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.interfaces import InterfaceKind
from parsers.nokia_sros import irrelevant
from parsers.nokia_sros.draft import Draft, Handler, Statements, use
from parsers.nokia_sros.interfaces import finished, interface_statements
from parsers.nokia_sros.routers import BASE, interfaces, read_instance
from parsers.nokia_sros.units import Unit, below
from parsers.nokia_style.statements import because, said, word


def vrf_of(node: Node) -> str:
    """The name of a VPRN: the classic CLI has a number and perhaps a name beside it."""
    name = word(node, "name")
    return name if name is not None else node.word


def names_in(node: Node | None) -> list[str]:
    """The names of the interfaces below one router or service."""
    found = []
    for kind in ("interface", "network-interface", "subscriber-interface"):
        holder = node.children.get(kind) if node is not None else None
        found += list(holder.children) if holder is not None else []
    return found


def repeated_names(top: Node) -> set[str]:
    """The interface names that several routers or services use."""
    seen: dict[str, int] = {}
    holders = [top.children.get("router")]
    service = top.children.get("service")
    if service is not None:
        holders += [service.children.get("vprn"), service.children.get("ies")]
    for holder in holders:
        for child in holder.children.values() if holder is not None else ():
            for name in names_in(child):
                seen[name] = seen.get(name, 0) + 1
    return {name for name, count in seen.items() if count > 1}


def read_services(draft: Draft, node: Node) -> None:
    """All services."""
    read(draft, node, _SERVICES)


def _vprn(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        vrf = vrf_of(child)
        more: Statements = {
            "subscriber-interface": _subscribers(vrf),
            "spoke-sdp": use,
            "aa-interface": use,
            "name": use,
        }
        start = len(draft.interfaces)
        read_instance(draft, child, vrf, more)
        _switch_off(draft, child, start)


def _switch_off(draft: Draft, node: Node, start: int) -> None:
    """A service that is shut down has no interface up. One that says nothing is taken to be up: parts of
    configurations are judged too."""
    off = word(node, "admin-state") == "disable" or "shutdown" in node.children
    no = node.children.get("no")
    if off and not (no is not None and "shutdown" in no.children):
        draft.interfaces[start:] = [
            interface.model_copy(update={"enabled": False})
            for interface in draft.interfaces[start:]
        ]


def _ies(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        table: Statements = {
            **because(
                "identity and accounting of the service",
                "admin-state", "customer", "description", "service-id", "service-name", "name", "vpn-id", "no",
                "shutdown", "aarp-interface", "redundant-interface", "video-interface", "service-mtu", "aa-interface",
                "igmp-host-tracking", "igmp-trk", "accounting-policy", "collect-stats", "radius-authentication",
            ),
            "interface": interfaces(BASE),
            "subscriber-interface": _subscribers(BASE),
        }  # fmt: skip
        start = len(draft.interfaces)
        unknown = read(draft, child, table, "interface")
        draft.routes_doubt += [draft.where(said(found)) for found in unknown]
        _switch_off(draft, child, start)


def _subscribers(vrf: str) -> Handler:
    def read_all(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            unit = Unit(draft.named(child.word, vrf), draft.where(said(child)), vrf)
            table: Statements = {
                **interface_statements(unit),
                "group-interface": _groups(unit),
                **because(
                    "how subscribers are authenticated and addressed",
                    "allow-unmatching-subnets", "allow-unmatching-prefixes", "default-dns", "delegated-prefix-length",
                    "export-host-routes", "fwd-service", "fwd-subscriber-interface", "pppoe", "private-retail-subnets",
                    "prefix", "subscriber-prefixes", "wan-mode", "wpp", "ipoe-session", "ipoe-linking",
                    "ipoe-bridged-mode", "route-policy", "local-address-assignment",
                ),
            }  # fmt: skip
            below(draft, child, unit, table)
            unit.kind = InterfaceKind.OTHER
            draft.interfaces.append(finished(draft, unit))

    return read_all


def _groups(unit: Unit) -> Handler:
    """Group interfaces hold the access points of a subscriber interface."""

    def read_all(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            table: Statements = {
                **interface_statements(unit),
                **because(
                    "how subscribers are authenticated and addressed",
                    "authentication-policy", "dynamic-routes-track-srrp", "gtp-parameters", "ipoe-linking",
                    "ipoe-session", "l2tp", "lns", "local-address-assignment", "oper-up-while-empty", "pppoe",
                    "pppoe-policy", "radius-auth-policy", "redundant-interface", "srrp", "srrp-enabled-routing",
                    "sap-parameters", "brg", "wlan-gw", "wpp", "ppp-policy", "suppress-standby-gratuitous",
                    "data-trigger", "nas-port-id", "auto-reply", "enable-ipoe", "diameter-auth-policy",
                ),
                "admin-state": use,
                "shutdown": use,
                "no": use,
                "description": use,
            }  # fmt: skip
            below(draft, child, unit, table)

    return read_all


def _layer_2(draft: Draft, node: Node) -> None:
    """A VPLS or pipe: filters at its access points see frames of other people's networks, or those of a routed
    interface. Which, the text of one device does not always show."""
    draft.ignore_all(node)
    for child in node.children.values():
        draft.use(child)
        for found in child.walk():
            if found.word != "filter" or not ({"ip", "ipv6", "mac"} & set(found.children)):
                continue
            draft.use_all(found)
            draft.recognise(
                "l2-filter", _said(found), f"a filter on frames of {node.word} {child.word}"
            )


def _said(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _nat(draft: Draft, node: Node) -> None:
    """Policies of address translation; a router or VPRN says where it is used."""
    draft.use_all(node)


_SERVICES: Statements = {
    **irrelevant.SERVICE,
    "vprn": _vprn,
    "ies": _ies,
    "vpls": _layer_2,
    "epipe": _layer_2,
    "nat": _nat,
    "bgp-evpn": use,
}
