"""Interface blocks of OS10."""

from __future__ import annotations

import re

from parsers.cisco_style import interface_lines as lines
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Applied, Draft
from parsers.dell_os10.irrelevant import INTERFACE as IRRELEVANT
from parsers.dell_os10.names import canonical, expanded, kind
from parsers.dell_os10.state import os10
from parsers.ledger import UNREAD
from parsers.model.interfaces import InterfaceKind
from parsers.model.source import IntFact, TextFact
from parsers.reader import Handler, Statement, Table, irrelevant, read

Found = re.Match[str]
LINK_OVERHEAD = 32
"""Bytes of a link MTU that IP cannot use: devices print `MTU 9216 bytes, IP MTU 9184 bytes` and `1532`, `1500`."""
MTU_RANGE = (1280, 65535)


def access_group(state: Draft, match: Found, line: int) -> None:
    """`ip access-group N in|out`, `ipv6 access-group N in|out`; the last one of a direction wins."""
    draft = lines.current(state)
    family = 6 if "ipv6" in match[0].split()[:2] else 4
    direction = match["direction"]
    draft.applied = [a for a in draft.applied if (a.family, a.direction) != (family, direction)]
    if not match[0].startswith("no "):
        draft.applied.append(Applied((match["name"],), family, direction, line))


def address(state: Draft, match: Found, line: int) -> bool | None:
    """`ip address A/LEN [secondary]`. Whether the port is routed is judged when its block is known."""
    draft = lines.current(state)
    routed = draft.routed
    result = lines.address_mask(state, match, line)
    draft.routed = routed
    return result


def dynamic(state: Draft, match: Found, line: int) -> None:
    """`ip address dhcp`, `ip unnumbered X`."""
    lines.current(state).dynamic_address = TextFact(value=match[0], where=state.where(line))


def mtu(state: Draft, match: Found, line: int) -> bool | None:
    """`mtu N`: the size of a frame; IP has 32 bytes less."""
    value = int(match["value"])
    if not MTU_RANGE[0] <= value <= MTU_RANGE[1]:
        return False
    note = f"link MTU {value} less {LINK_OVERHEAD}"
    lines.current(state).mtu = IntFact(
        value=value - LINK_OVERHEAD, where=state.where(line), note=note
    )
    return None


def switchport(state: Draft, match: Found, line: int) -> None:
    """`[no] switchport`: layer 2 or layer 3."""
    os10(state).declared[lines.current(state).name] = match[0].startswith("no ")


def layer2(state: Draft, match: Found, line: int) -> None:
    """`switchport mode trunk`, `switchport access vlan N`, `switchport trunk allowed vlan …`."""
    held = os10(state)
    name = lines.current(state).name
    held.declared[name] = False
    if match[0] == "switchport mode trunk":
        held.trunks.add(name)
    found = re.fullmatch(r"switchport access vlan (\d+)", match[0])
    if found is not None:
        held.access_vlan[name] = int(found[1])


def bundle(state: Draft, match: Found, line: int) -> None:
    """`channel-group N [mode M]`: member of port-channelN."""
    lines.current(state).bundle = f"port-channel{match['number']}"


def service_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy input|output [type qos] P`: a class of it may drop."""
    os10(state).policy_uses.append((lines.current(state).name, match["name"], line))


def recognised(what: str) -> Handler:
    """A handler for a statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        name = lines.current(state).name
        state.recognised.append(
            TextFact(value=what, where=state.where(line), note=f"{name}: {match[0]}")
        )

    return handle


VRRP: Table[Draft] = Table(
    irrelevant("who answers for a gateway's address", r"\S+"), missed="interface"
)

TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(
            r"ip address (?P<address>\d\S+/\d+|\d\S+ \d\S+)(?: secondary)?",
            address,
            topic="interfaces",
        ),
        Statement(r"ip address dhcp|ip unnumbered \S+(?: \S+)?", dynamic),
        Statement(r"no ip (?:address|unnumbered)(?: .*)?", reason="no address"),
        Statement(r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?: eui-64)?", lines.ipv6_address),
        Statement(r"ipv6 (?:enable|address (?:autoconfig|dhcp))", lines.ipv6_on),
        Statement(
            r"ipv6 address [0-9a-fA-F:.]+ link-local",
            reason="a link-local address: no client has it",
        ),
        Statement(r"no ipv6 (?:address|enable)(?: .*)?", reason="no IPv6 address"),
        Statement(r"(?:no )?shutdown", lines.shutdown),
        Statement(r"ip vrf forwarding (?P<vrf>\S+)", lines.vrf),
        Statement(r"no ip vrf forwarding(?: .*)?", reason="the default VRF"),
        Statement(r"mtu (?P<value>\d+)", mtu, topic="mtu"),
        Statement(r"no mtu(?: \d+)?", reason="the default MTU"),
        Statement(r"(?:no )?(?:ip|ipv6) unreachables", lines.unreachables, topic="unreachables"),
        Statement(
            r"(?:no )?(?:ip|ipv6) access-group (?P<name>\S+) (?P<direction>in|out)",
            access_group,
            topic="bindings",
        ),
        Statement(r"mac access-group \S+ (?:in|out)", recognised("l2-filter")),
        Statement(r"no mac access-group(?: .*)?", reason="no MAC list is the default"),
        Statement(r"(?:no )?switchport", switchport, topic="interfaces"),
        Statement(r"switchport (?:mode|access|trunk) .*", layer2),
        Statement(r"switchport port-security", recognised("l2-filter")),
        Statement(
            r"no switchport (?:mode|access|trunk|port-security)(?: .*)?", reason="the default"
        ),
        Statement(r"channel-group (?P<number>\d+)(?: mode \S+)?", bundle, topic="bundles"),
        Statement(r"no channel-group(?: .*)?", reason="no member of a bundle"),
        Statement(
            r"(?:ip|ipv6) policy route-map (?P<name>\S+)",
            lines.policy_route,
            topic="policy routing",
        ),
        Statement(r"no (?:ip|ipv6) policy(?: .*)?", reason="no policy routing is the default"),
        Statement(
            r"service-policy (?:input|output)(?: type \S+)? (?P<name>\S+)",
            service_policy,
            topic="qos drops",
        ),
        Statement(r"no service-policy(?: .*)?", reason="no policy is the default"),
        Statement(r"(?:ip|ipv6) verify .*|source-address-validation .*", recognised("l2-filter")),
        Statement(
            r"dot1x (?:port-control auto|port-control force-unauthorized)", recognised("l2-filter")
        ),
        Statement(r"vrrp(?:-ipv6)?-group \d+", table=VRRP, handler=lambda *_: None),
        *IRRELEVANT,
    ),
    missed="interface",
)


def open_named(state: Draft, name: str, line: int) -> None:
    """Enters the block of one interface; the management port is no way for users."""
    draft = lines.open_interface(state, name, line)
    draft.kind = kind(name)
    draft.parent = name.partition(".")[0] if "." in name else None
    if draft.kind is InterfaceKind.MANAGEMENT and draft.vrf == "default":
        draft.vrf = "management"


def interface(state: Draft, match: Found, line: int) -> None:
    """`interface ethernet1/1/1`."""
    open_named(state, canonical(match["name"]), line)


def interface_range(state: Draft, match: Found, first: int, last: int) -> None:
    """`interface range ethernet1/1/1-1/1/4`: the lines below are read once for each interface."""
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
