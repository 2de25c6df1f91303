"""Where packets enter and leave a service interface: SAPs, spoke SDPs, a routed VPLS, tunnels, and the filters there.

Sources: Nokia SR OS, Layer 3 Services Guide (SAPs, R-VPLS and `routed-override-filter`), Multiservice ISA and ESA Guide
(IP tunnels); YANG `nokia-conf-svc-vprn` 26.3.
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.interfaces import InterfaceKind, Tunnel
from parsers.model.source import Sourced
from parsers.nokia_sros import irrelevant
from parsers.nokia_sros.draft import Draft, Handler, Statements, use
from parsers.nokia_sros.units import Unit, below, ip_mtu, missed
from parsers.nokia_style.statements import said, word

FILTERS = {"ip": 4, "ipv6": 6}


def place(unit: Unit, text: str) -> None:
    """The port of `1/1/1:10` or `lag-1:10.20`, and whether it is tagged."""
    port, colon, tag = text.partition(":")
    unit.port = port
    unit.tagged = bool(colon) and tag not in ("0", "*")
    if text.startswith("tunnel-"):
        unit.kind = InterfaceKind.TUNNEL
        unit.tunnel = unit.tunnel or Tunnel(mode="other", where=unit.where)
    if text.startswith("lag-") and not unit.tagged:
        unit.kind = InterfaceKind.BUNDLE


def sap(unit: Unit) -> Handler:
    """The access points of a service interface: their filters are the interface's."""

    def saps(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            if node.word == "sap":
                place(unit, child.word)
            statements: Statements = {
                **irrelevant.INTERFACE,
                **_member_state(unit),
                "ingress": direction(unit, "in"),
                "egress": direction(unit, "out"),
                "ip-tunnel": ip_tunnel(unit),
                "ipsec-tunnel": ip_tunnel(unit),
                "ipsec-gw": use,
                "static-host": use,
                "sub-sla-mgmt": use,
            }
            below(draft, child, unit, statements)

    return saps


def _member_state(unit: Unit) -> Statements:
    """A SAP that is shut down takes no packets; whether another one does is seen from the others."""

    def state(draft: Draft, node: Node) -> None:
        draft.use_all(node)

    return {"admin-state": state, "shutdown": state, "no": state}


def vpls(unit: Unit) -> Handler:
    """A routed VPLS: its frames' filters may see the interface's packets too."""

    def routed(draft: Draft, node: Node) -> None:
        draft.use(node)
        unit.kind = InterfaceKind.VLAN
        for child in node.children.values():
            statements: Statements = {
                **irrelevant.INTERFACE,
                **irrelevant.DIRECTION,
                "ingress": _override(unit, "in"),
                "egress": _override(unit, "out"),
                "evpn": use,
                "evpn-tunnel": use,
                "routed-override-qos-policy": use,
            }
            below(draft, child, unit, statements)

    return routed


def _override(unit: Unit, way: str) -> Handler:
    def override(draft: Draft, node: Node) -> None:
        def filters(draft: Draft, holder: Node) -> None:
            bind(draft, holder, unit, way)

        def classic(draft: Draft, holder: Node) -> None:
            value = holder.only()
            draft.use_all(holder)
            if value is not None:
                draft.bind(value, 4 if holder.word.startswith("v4") else 6, unit.name, way)

        below(
            draft,
            node,
            unit,
            {
                **irrelevant.DIRECTION,
                "routed-override-filter": filters,
                "v4-routed-override-filter": classic,
                "v6-routed-override-filter": classic,
                "no": use,
            },
        )

    return override


def direction(unit: Unit, way: str) -> Handler:
    """`ingress` and `egress`: the filters that packets meet there."""

    def statements(draft: Draft, node: Node) -> None:
        def filters(draft: Draft, holder: Node) -> None:
            bind(draft, holder, unit, way)

        below(draft, node, unit, {**irrelevant.DIRECTION, "filter": filters, "no": use})

    return statements


def bind(draft: Draft, node: Node, unit: Unit, way: str) -> None:
    """`filter ip 10 ipv6 20` or `filter { ip "A" ipv6 "B" }`."""
    draft.use(node)
    for child in node.children.values():
        family = FILTERS.get(child.word)
        value = child.only()
        if family is not None and value is not None:
            draft.use_all(child)
            draft.bind(value, family, unit.name, way)
        elif child.word == "mac":
            draft.use_all(child)
            note = f"{unit.name}: a filter on frames"
            draft.recognise("l2-filter", value or child, note)
        else:
            missed(draft, child, unit)


def ip_tunnel(unit: Unit) -> Handler:
    """`ip-tunnel` and `ipsec-tunnel` of a SAP: an encapsulation whose overhead the text does not show."""

    def tunnel(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.kind = InterfaceKind.TUNNEL
        for child in node.children.values():
            gre = "gre-header" in child.children
            mode = "ipsec" if node.word == "ipsec-tunnel" else "gre" if gre else "ipip"
            source = word(child, "local-ip-address") or word(child, "source")
            far = word(child, "remote-ip-address") or word(child, "remote-ip")
            where = draft.where(said(child))
            unit.tunnel = Tunnel(mode=mode, source=source, destination=far, where=where)
            for name in ("ip-mtu",):
                if name in child.children:
                    ip_mtu(unit)(draft, child.children[name])
            if "clear-df-bit" in child.children and word(child, "clear-df-bit") != "false":
                fact = Sourced[str](
                    value="clear-df-bit", where=draft.where(said(child.children["clear-df-bit"]))
                )
                draft.df_cleared.append(fact)
            for name in ("private-tcp-mss-adjust", "public-tcp-mss-adjust"):
                if name in child.children:
                    missed(draft, child.children[name], unit)

    return tunnel
