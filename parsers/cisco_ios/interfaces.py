"""Interface blocks of IOS and IOS-XE."""

from __future__ import annotations

import re

from parsers.cisco_ios.irrelevant import INTERFACE as IRRELEVANT
from parsers.cisco_style import interface_lines as lines
from parsers.cisco_style.draft import Applied, Draft
from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.model.source import TextFact
from parsers.reader import Handler, Statement, Table

Found = re.Match[str]


def access_group(state: Draft, match: Found, line: int) -> None:
    """`ip access-group N in|out`, `ipv6 traffic-filter N in|out`; the last one of a direction wins."""
    draft = lines.current(state)
    family = 6 if match[0].startswith("ipv6") else 4
    direction = match["direction"]
    draft.applied = [
        a for a in draft.applied if (a.family, a.direction, a.stage) != (family, direction, 0)
    ]
    if not match[0].startswith("no "):
        draft.applied.append(Applied((match["name"],), family, direction, line))


def load_sharing(state: Draft, match: Found, line: int) -> None:
    """`ip load-sharing per-packet|per-destination`: belongs to the outbound interface (knowledge:
    load-balancing 2.1); the last line wins."""
    draft = lines.current(state)
    per_packet = match["mode"] == "per-packet" and not match[0].startswith("no ")
    draft.choices = [
        c for c in draft.choices if c.stage is not Stage.ECMP or c.scope is not Scope.EGRESS
    ]
    if per_packet:
        draft.choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.EGRESS,
                spread=Spread.PER_PACKET,
                statement=match[0],
                interface=draft.name,
                family=4,
                where=state.where(line),
            )
        )


def no_route_cache(state: Draft, match: Found, line: int) -> None:
    """`no ip route-cache [cef]`: takes packets off CEF; without it process switching alternates per
    packet over equal-cost routes, but which trains still have fast switching is not known here."""
    draft = lines.current(state)
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.INGRESS,
            spread=Spread.PER_PACKET,
            statement=match[0],
            interface=draft.name,
            family=4,
            in_effect=None,
            reason="process switching splits sessions; whether this release then falls back to fast "
            "switching is not documented: look at 'show ip interface'",
            where=state.where(line),
        )
    )


def route_cache(state: Draft, match: Found, line: int) -> None:
    """`ip route-cache [cef]` takes `no ip route-cache` back."""
    draft = lines.current(state)
    draft.choices = [c for c in draft.choices if c.scope is not Scope.INGRESS]


def urpf(state: Draft, match: Found, line: int) -> None:
    """`ip verify unicast source reachable-via rx|any …` or the older `reverse-path`."""
    kind = "loose" if " any" in match[0] else "strict"
    lines.current(state).urpf = TextFact(value=kind, where=state.where(line))


def bundle(state: Draft, match: Found, line: int) -> None:
    """`channel-group N mode …`: member of Port-channelN."""
    lines.current(state).bundle = f"Port-channel{match['number']}"


def pool_member(state: Draft, match: Found, line: int) -> None:
    """`dialer pool-member N`: PPPoE client; the Dialer carries the addresses."""


def recognised(what: str) -> Handler:
    """A handler for a statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        name = lines.current(state).name
        state.recognised.append(
            TextFact(value=what, where=state.where(line), note=f"{name}: {match[0]}")
        )

    return handle


def service_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy input|output P`: a policy-map class may drop."""
    draft = lines.current(state)
    state.globals[f"service-policy {draft.name} {match['direction']}"] = (match["name"], line)


TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(
            r"ip address (?P<address>\d\S+ \d\S+)(?: secondary)?(?: vrf \S+)?",
            lines.address_mask,
            topic="interfaces",
        ),
        Statement(r"ip address (?P<address>\d\S+/\d+)(?: secondary)?", lines.address_mask),
        Statement(r"ip address (?:dhcp|negotiated|pool|slarp)(?: .*)?", lines.dynamic),
        Statement(r"ip unnumbered \S+(?: .*)?", lines.dynamic),
        Statement(r"no ip address(?: .*)?", reason="an interface without an address"),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?: (?:eui-64|anycast|secondary))*",
            lines.ipv6_address,
        ),
        Statement(r"ipv6 address \S+ link-local", lines.ipv6_on),
        Statement(r"ipv6 address (?:autoconfig|dhcp|[A-Za-z]\S*)(?: .*)?", lines.ipv6_on),
        Statement(r"ipv6 enable", lines.ipv6_on),
        Statement(r"no ipv6 (?:address|enable)(?: .*)?", reason="an interface without IPv6"),
        Statement(r"ipv6 unnumbered \S+", lines.ipv6_on),
        Statement(r"(?:no )?shutdown", lines.shutdown),
        Statement(r"vrf forwarding (?P<vrf>\S+)(?: .*)?", lines.vrf),
        Statement(r"ip vrf forwarding (?P<vrf>\S+)(?: .*)?", lines.vrf),
        Statement(r"mtu (?P<value>\d+)", lines.mtu, topic="mtu"),
        Statement(r"ip mtu (?P<value>\d+)", lines.ip_mtu),
        Statement(r"ipv6 mtu (?P<value>\d+)", lines.ipv6_mtu),
        Statement(r"no (?:ip |ipv6 )?mtu(?: \d+)?", reason="the default MTU"),
        Statement(r"(?:ip|ipv6) tcp adjust-mss (?P<value>\d+)", lines.clamp, topic="mss"),
        Statement(r"no (?:ip|ipv6) tcp adjust-mss(?: \d+)?", reason="no clamp is the default"),
        Statement(r"(?:no )?(?:ip|ipv6) unreachables", lines.unreachables, topic="unreachables"),
        Statement(
            r"(?:no )?ip access-group (?P<name>\S+) (?P<direction>in|out)",
            access_group,
            topic="bindings",
        ),
        Statement(r"(?:no )?ipv6 traffic-filter (?P<name>\S+) (?P<direction>in|out)", access_group),
        Statement(
            r"(?:no )?ip load-sharing (?P<mode>per-packet|per-destination)",
            load_sharing,
            topic="load sharing",
        ),
        Statement(r"no ip route-cache(?: cef)?", no_route_cache),
        Statement(r"ip route-cache(?: cef| distributed)?", route_cache),
        Statement(r"ip verify unicast (?:source|reverse-path)(?: .*)?", urpf, topic="urpf"),
        Statement(r"ipv6 verify unicast (?:source|reverse-path)(?: .*)?", urpf),
        Statement(r"no ip verify unicast(?: .*)?", reason="no check is the default"),
        Statement(
            r"tunnel (?:source|destination|mode|key|path-mtu-discovery|protection|checksum|ttl|tos|vrf"
            r"|sequence-datagrams|bandwidth|mpls|rsvp|flow|entropy)(?: .*)?",
            lines.tunnel_word,
            topic="tunnels",
        ),
        Statement(
            r"no tunnel (?:key|path-mtu-discovery|protection|checksum)(?: .*)?",
            reason="the default of a tunnel",
        ),
        Statement(r"crypto map \S+(?: .*)?", recognised("crypto-map"), topic="tunnels"),
        Statement(r"crypto ipsec df-bit \S+", recognised("df-bit")),
        Statement(r"channel-group (?P<number>\d+)(?: .*)?", bundle, topic="bundles"),
        Statement(r"no channel-group(?: .*)?", reason="no member of a bundle"),
        Statement(r"pppoe-client dial-pool-number \d+(?: .*)?", pool_member),
        Statement(r"dialer pool-member \d+(?: .*)?", pool_member),
        Statement(r"ip policy route-map (?P<name>\S+)", lines.policy_route, topic="policy routing"),
        Statement(r"ipv6 policy route-map (?P<name>\S+)", lines.policy_route),
        Statement(r"no (?:ip|ipv6) policy(?: .*)?", reason="no policy routing is the default"),
        Statement(r"zone-member security (?P<name>\S+)", lines.zone_member, topic="zones"),
        Statement(r"ip nat (?P<side>inside|outside)(?: .*)?", lines.nat_side, topic="nat"),
        Statement(r"no ip nat(?: .*)?", reason="no translation is the default"),
        Statement(r"ip nat enable", recognised("nat")),
        Statement(
            r"ip virtual-reassembly(?: .*)?", reason="reassembles, drops nothing of a session"
        ),
        Statement(r"(?:no )?switchport", lines.switchport, topic="interfaces"),
        Statement(
            r"ip inspect (?P<name>\S+) (?:in|out)", recognised("inspect"), topic="inspection"
        ),
        Statement(r"ip (?:ips|admission|wccp|auth-proxy) .*", recognised("inspection")),
        Statement(r"ip vrf (?:sitemap|receive) .*", recognised("vrf-selection")),
        Statement(r"ip tcp intercept .*", recognised("inspection")),
        Statement(r"(?:mac|ip) verify source(?: .*)?", recognised("l2-filter")),
        Statement(r"mac access-group .*", recognised("l2-filter")),
        Statement(r"ip verify source(?: .*)?", recognised("l2-filter")),
        Statement(r"cts (?!manual).*", recognised("l2-filter")),
        Statement(r"rate-limit (?:input|output) .*", recognised("policer")),
        Statement(
            r"service-policy (?:type \S+ )?(?P<direction>input|output) (?P<name>\S+)",
            service_policy,
            topic="qos drops",
        ),
        Statement(
            r"backup (?:interface|delay|load) .*", reason="a standby link, seen in the routes"
        ),
        Statement(r"no ip redirects", reason="redirects are no part of a session"),
        *IRRELEVANT,
    ),
    missed="interface",
)
