"""Interface blocks of EOS."""

from __future__ import annotations

import ipaddress
import re

from parsers.arista_eos.irrelevant import INTERFACE as IRRELEVANT
from parsers.arista_eos.names import canonical, expanded
from parsers.arista_eos.state import eos
from parsers.arista_eos.traffic_policies import KEY
from parsers.cisco_style import interface_lines as lines
from parsers.cisco_style.draft import Applied, Draft
from parsers.ledger import UNREAD
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, MssClamp
from parsers.model.source import Sourced
from parsers.reader import Handler, Statement, Table, irrelevant, read

Found = re.Match[str]
ACCESS_LIST, POLICY = 1, 2
"""Stages: an access list also acts on a switchport, where it is a port access list, so it is not
in the stage that bindings take for inactive there; which of list and policy comes first no
document says."""


def access_group(state: Draft, match: Found, line: int) -> None:
    """`ip access-group N in|out`, `ipv6 access-group N in|out`; the last one of a "
    "direction wins.
    """
    draft = lines.current(state)
    family = 6 if "ipv6" in match[0].split()[:2] else 4
    direction = match["direction"]
    draft.applied = [
        a
        for a in draft.applied
        if (a.family, a.direction, a.stage) != (family, direction, ACCESS_LIST)
    ]
    if not match[0].startswith("no "):
        draft.applied.append(Applied((match["name"],), family, direction, line, ACCESS_LIST))


def no_access_groups(state: Draft, match: Found, line: int) -> None:
    """`no ip access-group` without a name."""
    family = 6 if "ipv6" in match[0] else 4
    draft = lines.current(state)
    draft.applied = [a for a in draft.applied if (a.family, a.stage) != (family, ACCESS_LIST)]


def traffic_policy(state: Draft, match: Found, line: int) -> None:
    """`traffic-policy input|output TP`."""
    draft = lines.current(state)
    direction = "in" if match["direction"] == "input" else "out"
    draft.applied = [a for a in draft.applied if (a.direction, a.stage) != (direction, POLICY)]
    draft.applied.append(Applied((KEY + match["name"],), 0, direction, line, POLICY))


def address(state: Draft, match: Found, line: int) -> bool | None:
    """`ip address A/LEN [secondary]`. That an interface is routed follows from `switchport`, not
    from the address, so the word is judged when the whole block is known.
    """
    draft = lines.current(state)
    routed = draft.routed
    result = lines.address_mask(state, match, line)
    draft.routed = routed
    return result


def virtual_address(state: Draft, match: Found, line: int) -> bool | None:
    """`ip address virtual A/LEN [secondary]`, `ipv6 address virtual A/LEN`: an anycast gateway."""
    draft = lines.current(state)
    try:
        found = ipaddress.ip_interface(match["address"])
    except ValueError:
        return False
    draft.addresses.append(
        InterfaceAddress(found.version, int(found.ip), found.network.prefixlen, state.where(line))
    )
    return None


def dynamic(state: Draft, match: Found, line: int) -> None:
    """`ip address dhcp`, `ip address unnumbered X`."""
    lines.current(state).dynamic_address = Sourced[str](value=match[0], where=state.where(line))


def switchport(state: Draft, match: Found, line: int) -> None:
    """`[no] switchport`: layer 2 or layer 3."""
    eos(state).declared[lines.current(state).name] = match[0].startswith("no ")


def layer2(state: Draft, match: Found, line: int) -> None:
    """`switchport mode|access|trunk …`: settings of layer 2, which a routed port "
    "may keep unused.
    """
    eos(state).layer2.add(lines.current(state).name)


def layer2_mtu(state: Draft, match: Found, line: int) -> None:
    """`l2 mtu N`, `l2 mru N`: frames above it are dropped without a message; smaller ones pass."""
    if int(match["value"]) < 1600:
        recognised("l2-mtu")(state, match, line)


def bundle(state: Draft, match: Found, line: int) -> None:
    """`channel-group N mode M`: member of Port-ChannelN."""
    kind = "Recirc-Channel" if match["recirculation"] else "Port-Channel"
    lines.current(state).bundle = kind + match["number"]


def urpf(state: Draft, match: Found, line: int) -> None:
    """`ip verify unicast source reachable-via rx|any [allow-default]`."""
    kind = "loose" if match["via"] == "any" else "strict"
    lines.current(state).urpf = Sourced[str](value=kind, where=state.where(line))


def clamp(state: Draft, match: Found, line: int) -> None:
    """`tcp mss ceiling [ipv4 N] [ipv6 N] [ingress|egress]`; without a direction both."""
    draft = lines.current(state)
    direction = {"ingress": "in", "egress": "out"}.get(match["direction"] or "", "both")
    for family, value in ((4, match["v4"]), (6, match["v6"])):
        if value is not None:
            draft.clamps = {k: v for k, v in draft.clamps.items() if k[0] != family}
            draft.clamps[family, direction] = MssClamp(
                family=family, value=int(value), direction=direction, where=state.where(line)
            )


def nat(state: Draft, match: Found, line: int) -> None:
    """`ip nat source|destination …`: on EOS the statement stands on the outside interface."""
    lines.current(state).nat = Sourced[str](value="outside", where=state.where(line))
    recognised("nat")(state, match, line)


def service_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy type pbr|qos input|output P`: PBR moves packets, a class of "
    "either may drop.
    """
    draft = lines.current(state)
    if match["type"] == "pbr":
        draft.policy_route = Sourced[str](value=match["name"], where=state.where(line))
    eos(state).policy_uses.append((draft.name, match["name"], line))


def recognised(what: str) -> Handler:
    """A handler for a statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        name = lines.current(state).name
        state.recognised.append(
            Sourced[str](value=what, where=state.where(line), note=f"{name}: {match[0]}")
        )

    return handle


LOCKING: Table[Draft] = Table(
    irrelevant("families of address locking", "address-family", "locked-address")
)

TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(
            r"ip address (?P<address>\d\S+/\d+|\d\S+ \d\S+)(?: secondary)?(?: tag \d+)?",
            address,
            topic="interfaces",
        ),
        Statement(r"ip address virtual (?P<address>\d\S+/\d+)(?: secondary)?", virtual_address),
        Statement(r"ip address (?:dhcp|unnumbered)(?: .*)?", dynamic),
        Statement(r"ip unnumbered \S+", dynamic),
        Statement(r"no ip address(?: .*)?", reason="an interface without an address"),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?: (?:eui-64|link-local|anycast"
            r"|tag \d+))*",
            lines.ipv6_address,
        ),
        Statement(r"ipv6 address virtual (?P<address>[0-9a-fA-F:.]+/\d+)", virtual_address),
        Statement(r"ipv6 address (?:auto-config|dhcp)(?: .*)?", lines.ipv6_on),
        Statement(r"ipv6 enable", lines.ipv6_on),
        Statement(r"no ipv6 (?:address|enable)(?: .*)?", reason="an interface without IPv6"),
        Statement(
            r"(?:ip|ipv6) virtual-router address (?:subnet-routes|\S+)",
            reason="a shared gateway address inside the subnet that is already known",
        ),
        Statement(r"(?:no )?shutdown", lines.shutdown),
        Statement(r"vrf (?:forwarding )?(?P<vrf>\S+)", lines.vrf),
        Statement(r"ip vrf forwarding (?P<vrf>\S+)", lines.vrf),
        Statement(r"mtu (?P<value>\d+)", lines.mtu, topic="mtu"),
        Statement(r"no mtu(?: \d+)?", reason="the default MTU"),
        Statement(r"l2 m[tr]u (?P<value>\d+)", layer2_mtu),
        Statement(r"no l2 m[tr]u(?: \d+)?", reason="the default MTU of layer 2"),
        Statement(
            r"tcp mss ceiling(?: ipv4 (?P<v4>\d+))?(?: ipv6 (?P<v6>\d+))?(?: "
            r"(?P<direction>ingress|egress))?",
            clamp,
            topic="mss",
        ),
        Statement(r"no tcp mss ceiling(?: .*)?", reason="no clamp is the default"),
        Statement(
            r"(?:no )?(?:ip|ipv6) access-group (?P<name>\S+) (?P<direction>in|out)",
            access_group,
            topic="bindings",
        ),
        Statement(r"no (?:ip|ipv6) access-group", no_access_groups),
        Statement(
            r"traffic-policy (?P<direction>input|output) (?P<name>\S+)(?: physical)?",
            traffic_policy,
        ),
        Statement(r"no traffic-policy .*", reason="no policy is the default"),
        Statement(r"mac access-group \S+ (?:in|out)", recognised("l2-filter")),
        Statement(r"(?:no )?switchport", switchport),
        Statement(r"switchport port-security(?: violation .*)?", recognised("l2-filter")),
        Statement(
            r"(?:no |default )?switchport port-security .*", reason="limits of port security"
        ),
        Statement(r"no switchport port-security", reason="no port security is the default"),
        Statement(r"switchport (?:mode|access|trunk) .*", layer2),
        Statement(r"no description", reason="text"),
        Statement(r"address locking(?: .*)?", recognised("l2-filter"), table=LOCKING),
        Statement(r"ip verify source(?: .*)?", recognised("l2-filter")),
        Statement(
            r"(?:ip|ipv6) verify unicast source reachable-via (?P<via>rx|any)(?: .*)?",
            urpf,
            topic="urpf",
        ),
        Statement(
            r"no (?:ip|ipv6) verify (?:unicast|source)(?: .*)?", reason="no check is the default"
        ),
        Statement(
            r"channel-group (?P<recirculation>recirculation )?(?P<number>\d+)(?: mode \S+)?",
            bundle,
            topic="bundles",
        ),
        Statement(r"no channel-group(?: .*)?", reason="no member of a bundle"),
        Statement(
            r"tunnel (?:source|destination|mode|key|path-mtu-discovery|ipsec|ttl|tos"
            r"|underlay)(?: .*)?",
            lines.tunnel_word,
            topic="tunnels",
        ),
        Statement(r"no tunnel \S+(?: .*)?", reason="the default of a tunnel"),
        Statement(r"ip nat (?:source|destination|service-profile) .*", nat, topic="nat"),
        Statement(r"no ip nat(?: .*)?", reason="no translation is the default"),
        Statement(
            r"service-policy (?:type (?P<type>pbr|qos|quality-of-service) )?(?:input|output) "
            r"(?P<name>\S+)",
            service_policy,
            topic="policy routing",
        ),
        Statement(r"service-policy type (?:pdp|copp) .*", reason="packets to the device itself"),
        Statement(r"no service-policy(?: .*)?", reason="no policy is the default"),
        Statement(r"flow-spec ipv4(?: ipv6)?|flow-spec ipv6", recognised("flowspec")),
        Statement(r"no flow-spec(?: .*)?", reason="no flowspec is the default"),
        Statement(
            r"ingress load-balance profile \S+",
            reason="names a hash profile, which is read where it is defined",
        ),
        Statement(
            r"dot1x (?:pae authenticator|port-control (?:auto|force-unauthorized))",
            recognised("l2-filter"),
        ),
        *irrelevant("admission parameters of the port", "dot1x"),
        Statement(r"default .*", reason="the default of the platform"),
        Statement(r"no\s+(?:pim|igmp|mld|msdp|multicast) .*", reason="multicast"),
        *IRRELEVANT,
    ),
    missed="interface",
)


def open_named(state: Draft, name: str, line: int) -> None:
    """Enters the block of one interface."""
    draft = lines.open_interface(state, name, line)
    if name.startswith("Dps"):
        draft.kind = InterfaceKind.TUNNEL


def interface(state: Draft, match: Found, line: int) -> None:
    """`interface X`."""
    open_named(state, canonical(match["name"]), line)


def interface_range(state: Draft, match: Found, first: int, last: int) -> None:
    """`interface Ethernet1-4`: the lines below are read once for each interface."""
    names = expanded(match["name"])
    if not names:
        for line in range(first, last + 1):
            state.ledger.miss(line, "interface", match["name"])
        return
    for name in names:
        state.ledger.status[first + 1 : last + 1] = bytes([UNREAD]) * (last - first)
        open_named(state, name, first)
        read(state.lines[:last], TABLE, state, state.ledger, first + 1)
    state.ledger.use(first)
