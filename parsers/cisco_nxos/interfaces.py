"""Interface blocks of NX-OS."""

from __future__ import annotations

import re

from parsers.cisco_nxos import balancing
from parsers.cisco_nxos.irrelevant import INTERFACE as IRRELEVANT
from parsers.cisco_nxos.names import canonical, expanded
from parsers.cisco_nxos.state import PortFilter, nxos
from parsers.cisco_style import interface_lines as lines
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Applied, Draft
from parsers.ledger import UNREAD
from parsers.model.interfaces import InterfaceKind
from parsers.model.source import TextFact
from parsers.reader import Handler, Statement, Table, irrelevant, read

Found = re.Match[str]
PORT_LIST = -2
"""The order of a port access list: before VLAN maps (-1) and routed lists (0) on the way in."""


def access_group(state: Draft, match: Found, line: int) -> None:
    """`ip access-group N in|out`, `ipv6 traffic-filter N in|out`; the last one of a direction wins."""
    draft = lines.current(state)
    family = 6 if "ipv6" in match[0].split()[:2] else 4
    direction = match["direction"]
    draft.applied = [
        a for a in draft.applied if (a.family, a.direction, a.stage) != (family, direction, 0)
    ]
    if not match[0].startswith("no "):
        draft.applied.append(Applied((match["name"],), family, direction, line))


def port_access_group(state: Draft, match: Found, line: int) -> None:
    """`ip port access-group N in`, `ipv6 port traffic-filter N in`, `mac port access-group N`: a
    filter on everything that enters a layer 2 port."""
    draft = lines.current(state)
    port_filter(state, match, line)
    if match[0].startswith("mac"):
        return
    family = 6 if match[0].startswith("ipv6") else 4
    draft.applied.append(
        Applied((match["name"],), family, match["direction"] or "in", line, PORT_LIST)
    )


def port_filter(state: Draft, match: Found, line: int) -> None:
    """A statement that drops frames as they enter a port, and that is not judged."""
    name = lines.current(state).name
    nxos(state).port_filters.append(PortFilter(name, line, match[0]))


def vrf(state: Draft, match: Found, line: int) -> None:
    """`vrf member V`."""
    lines.current(state).vrf = match["vrf"]


def address(state: Draft, match: Found, line: int) -> bool | None:
    """`ip address A/LEN [secondary] [tag N]`. Whether the interface is routed is judged when the
    whole text is known."""
    draft = lines.current(state)
    routed = draft.routed
    result = lines.address_mask(state, match, line)
    draft.routed = routed
    return result


def dynamic(state: Draft, match: Found, line: int) -> None:
    """`ip address dhcp`, `ip unnumbered X`, `ip forward`: IPv4 is routed and no address is known."""
    lines.current(state).dynamic_address = TextFact(value=match[0], where=state.where(line))


def switchport(state: Draft, match: Found, line: int) -> None:
    """`[no] switchport`: layer 2 or layer 3."""
    nxos(state).declared[lines.current(state).name] = match[0].startswith("no ")


def layer2(state: Draft, match: Found, line: int) -> None:
    """`switchport mode|access|trunk …`: settings that only a layer 2 port has."""
    held = nxos(state)
    name = lines.current(state).name
    held.layer2.add(name)
    if match[0] == "switchport mode trunk":
        held.trunks.add(name)
    found = re.fullmatch(r"switchport access vlan (\d+)", match[0])
    if found is not None:
        held.access_vlan[name] = int(found[1])


def bundle(state: Draft, match: Found, line: int) -> None:
    """`channel-group N [force] [mode M]`: member of port-channelN."""
    lines.current(state).bundle = f"port-channel{match['number']}"


def shutdown(state: Draft, match: Found, line: int) -> None:
    """`[no] shutdown [force]`."""
    lines.current(state).enabled = match[0].startswith("no ")


def urpf(state: Draft, match: Found, line: int) -> None:
    """`ip verify unicast source reachable-via rx|any [allow-default]`."""
    kind = "loose" if match["via"] == "any" else "strict"
    lines.current(state).urpf = TextFact(value=kind, where=state.where(line))


def service_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy [type qos] input|output P`: a class of it may drop."""
    nxos(state).policy_uses.append((lines.current(state).name, match["name"], line))


def policy_route(state: Draft, match: Found, line: int) -> None:
    """`epbr ip policy P`: steers packets to services."""
    lines.current(state).policy_route = TextFact(value=match[0], where=state.where(line))


def recognised(what: str) -> Handler:
    """A handler for a statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        name = lines.current(state).name
        state.recognised.append(
            TextFact(value=what, where=state.where(line), note=f"{name}: {match[0]}")
        )

    return handle


TAGS: Table[Draft] = Table(irrelevant("security tags, recognised as a whole", r"\S+"))

TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(
            r"ip address (?P<address>\d\S+/\d+|\d\S+ \d\S+)(?: secondary)?(?: (?:tag|route-preference) \d+)*",
            address,
            topic="interfaces",
        ),
        Statement(r"ip address dhcp(?: .*)?|ip unnumbered \S+|ip forward", dynamic),
        Statement(r"no ip (?:address|unnumbered|forward)(?: .*)?", reason="no address"),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?: (?:eui64|anycast|secondary|tag \d+))*",
            lines.ipv6_address,
        ),
        Statement(
            r"ipv6 address (?:use-link-local-only|dhcp|autoconfig)|ipv6 (?:link-local|forward)(?: .*)?",
            lines.ipv6_on,
        ),
        Statement(r"no ipv6 (?:address|link-local|forward)(?: .*)?", reason="no IPv6 address"),
        Statement(r"(?:no )?shutdown(?: force)?", shutdown),
        Statement(r"(?:no )?shutdown lan", reason="storage traffic apart, Ethernet of converged ports"),
        Statement(r"vrf member (?P<vrf>\S+)", vrf),
        Statement(r"no vrf member(?: .*)?", reason="the default VRF"),
        Statement(r"mtu (?P<value>\d+)", lines.mtu, topic="mtu"),
        Statement(r"no mtu(?: \d+)?", reason="the default MTU"),
        Statement(r"(?:no )?ip unreachables", lines.unreachables, topic="unreachables"),
        Statement(r"(?:no )?ipv6 unreachables", lines.unreachables),
        Statement(r"(?:no )?ip port-unreachable", reason="answers of UDP, not Frag-Needed"),
        Statement(
            r"(?:no )?ip access-group (?P<name>\S+) (?P<direction>in|out)",
            access_group,
            topic="bindings",
        ),
        Statement(r"(?:no )?ipv6 traffic-filter (?P<name>\S+) (?P<direction>in|out)", access_group),
        Statement(
            r"(?:ip|mac) port access-group (?P<name>\S+)(?: (?P<direction>in|out))?",
            port_access_group,
            topic="bindings",
        ),
        Statement(
            r"ipv6 port (?:traffic-filter|access-group) (?P<name>\S+)(?: (?P<direction>in|out))?",
            port_access_group,
        ),
        Statement(
            r"no (?:ip|ipv6|mac) port (?:access-group|traffic-filter)(?: .*)?",
            reason="no port access list is the default",
        ),
        Statement(r"mac packet-classify", port_filter),
        Statement(r"no mac packet-classify", reason="the default"),
        Statement(r"(?:no )?switchport", switchport, topic="interfaces"),
        Statement(r"switchport port-security", port_filter),
        Statement(r"(?:no )?switchport port-security(?: .*)?", reason="limits of port security"),
        Statement(r"switchport (?:mode|access|trunk|monitor) ?.*", layer2),
        Statement(
            r"channel-group (?P<number>\d+)(?: force)?(?: mode \S+)?", bundle, topic="bundles"
        ),
        Statement(r"no channel-group(?: .*)?", reason="no member of a bundle"),
        Statement(
            r"(?:ip|ipv6) verify unicast source reachable-via (?P<via>rx|any)(?: .*)?",
            urpf,
            topic="urpf",
        ),
        Statement(r"no (?:ip|ipv6) verify(?: .*)?", reason="no check is the default"),
        Statement(r"(?:ip|ipv6) verify source(?: .*)?", port_filter),
        Statement(
            r"(?:no )?ip load-sharing (?P<mode>per-packet|per-destination)",
            balancing.per_packet,
            topic="load sharing",
        ),
        Statement(
            r"(?:ip|ipv6) policy route-map (?P<name>\S+)",
            lines.policy_route,
            topic="policy routing",
        ),
        Statement(r"no (?:ip|ipv6) policy(?: .*)?", reason="no policy routing is the default"),
        Statement(r"epbr (?:ip|ipv6|l2) policy .*", policy_route),
        Statement(r"ip nat (?P<side>inside|outside)", lines.nat_side, topic="nat"),
        Statement(r"no ip nat(?: .*)?", reason="no translation is the default"),
        Statement(
            r"tunnel (?:source|destination|mode|key|path-mtu-discovery|ttl|use-vrf|tos|vrf)(?: .*)?",
            lines.tunnel_word,
            topic="tunnels",
        ),
        Statement(r"no tunnel \S+(?: .*)?", reason="the default of a tunnel"),
        Statement(
            r"service-policy (?:type qos )?(?:input|output) (?P<name>\S+)(?: no-stats)?",
            service_policy,
            topic="qos drops",
        ),
        Statement(r"service-policy type (?:queuing|network-qos) .*", reason="queues"),
        Statement(r"no service-policy(?: .*)?", reason="no policy is the default"),
        Statement(r"(?:ip|ipv6) wccp .*", recognised("inspection")),
        Statement(r"cts (?:role-based|manual)(?: .*)?", port_filter, table=TAGS),
        Statement(r"dot1x port-control (?:auto|force-unauthorized)", port_filter),
        Statement(r"rate-limit .*", recognised("policer")),
        *IRRELEVANT,
    ),
    missed="interface",
)  # fmt: skip


def open_named(state: Draft, name: str, line: int) -> None:
    """Enters the block of one interface; the management port is in its own VRF whatever it says."""
    draft = lines.open_interface(state, name, line)
    if draft.kind is InterfaceKind.MANAGEMENT and draft.vrf == "default":
        draft.vrf = "management"


def interface(state: Draft, match: Found, line: int) -> None:
    """`interface X`; a blank between type and number is not significant."""
    open_named(state, canonical(match["name"]), line)


def interface_range(state: Draft, match: Found, first: int, last: int) -> None:
    """`interface Ethernet1/1-4`: the lines below are read once for each interface."""
    names = expanded(match["name"])
    end = block_last(state.lines, first, last)
    if not names:
        for line in range(first, end + 1):
            state.ledger.miss(line, "interface", match["name"])
        return
    for name in names:
        state.ledger.status[first + 1 : end + 1] = bytes([UNREAD]) * (end - first)
        open_named(state, name, first)
        read(state.lines[:end], TABLE, state, state.ledger, first + 1)
    state.ledger.use(first)
