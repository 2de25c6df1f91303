"""Statements at the top of an OS10 configuration."""

from __future__ import annotations

import re

from parsers.cisco_style import filter_lines
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.dell_os10 import balancing, routes
from parsers.dell_os10.access_lists import access_list, no_access_list
from parsers.dell_os10.interfaces import LINK_OVERHEAD, MTU_RANGE, interface, interface_range
from parsers.dell_os10.interfaces import TABLE as INTERFACE
from parsers.dell_os10.irrelevant import TOP as IRRELEVANT
from parsers.dell_os10.names import NAME
from parsers.dell_os10.state import os10
from parsers.model.source import TextFact
from parsers.reader import Statement, Table, irrelevant

Found = re.Match[str]


def hostname(state: Draft, match: Found, line: int) -> None:
    """`hostname N`."""
    state.hostname = match["name"]


def default_mtu(state: Draft, match: Found, line: int) -> bool | None:
    """`default mtu N`: the link MTU of interfaces that have none of their own."""
    if not MTU_RANGE[0] <= int(match["value"]) <= MTU_RANGE[1]:
        return False
    os10(state).default_mtu = (int(match["value"]) - LINK_OVERHEAD, line)
    return None


def router(state: Draft, match: Found, first: int, last: int) -> None:
    """`router bgp N`, `router ospf N`: routes may exist that the configuration does not show."""
    end = block_last(state.lines, first, last)
    state.sources.append(TextFact(value=match["protocol"], where=state.where(first)))
    state.ledger.ignore_range(first, end)
    state.ledger.use(first)
    for line, text in block_lines(state, first, end):
        state.ledger.ignore(line)
        if "flowspec" in text or "flow-spec" in text:
            state.recognised.append(TextFact(value="flowspec", where=state.where(line), note=text))


def vrf_block(state: Draft, match: Found, first: int, last: int) -> None:
    """`ip vrf V`: names a VRF; what it leaks comes from routing protocols."""
    state.ledger.ignore_range(first, block_last(state.lines, first, last))
    end = block_last(state.lines, first, last)
    for line, text in block_lines(state, first, end):
        state.ledger.ignore(line)
        if text.startswith("ip route-import"):
            state.sources.append(TextFact(value="vrf-leak", where=state.where(line)))
            state.ledger.use(line)


def policy_map(state: Draft, match: Found, first: int, last: int) -> None:
    """`policy-map [type qos] P`: what matters is whether a class drops."""
    end = block_last(state.lines, first, last)
    state.ledger.use(first)
    for line, text in block_lines(state, first, end):
        state.ledger.use(line)
        if re.fullmatch(r"drop|set drop|police cir 0 .*", text):
            os10(state).dropping.setdefault(match["name"], line)


def recognised_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy input type qos P` of the whole system."""
    os10(state).policy_uses.append(("", match["name"], line))


SYSTEM: Table[Draft] = Table(
    (
        Statement(
            r"service-policy (?:input|output) type qos (?P<name>\S+)",
            recognised_policy,
            topic="qos drops",
        ),
        *irrelevant("queues, marks and trust of the whole system", r"\S+"),
    )
)

_PREFIX = r"(?P<prefix>[0-9a-fA-F.:]+/\d+|\d+(?:\.\d+){3} \d+(?:\.\d+){3})"
TABLE: Table[Draft] = Table(
    (
        Statement(r"\S+[#>] ?show run\S*(?: .*)?", reason="the command line"),
        Statement(r"hostname (?P<name>\S+)", hostname, topic="identity"),
        Statement(r"interface breakout .*|interface group .*", reason="lanes of a port"),
        Statement(rf"interface range (?P<name>{NAME}(?:,.*)?)", block=interface_range),
        Statement(rf"interface (?P<name>{NAME})", interface, table=INTERFACE, topic="interfaces"),
        Statement(r"(?:ip|ipv6) access-list (?P<name>\S+)", block=access_list, topic="filters"),
        Statement(r"no (?:ip|ipv6) access-list (?P<name>\S+)", no_access_list),
        Statement(r"(?:seq \d+ )?(?:permit|deny) .*", filter_lines.stray_entry),
        Statement(
            rf"(?:ip|ipv6) route (?:vrf (?P<vrf>\S+) )?{_PREFIX} (?P<rest>.+)",
            routes.ip_route,
            topic="static routes",
        ),
        Statement(r"no (?:ip|ipv6) route .*", routes.no_route),
        Statement(r"(?:management|mgmt) route .*", reason="routes of the management port"),
        Statement(r"default mtu (?P<value>\d+)", default_mtu, topic="mtu"),
        Statement(r"no default mtu(?: .*)?", reason="the default MTU"),
        Statement(r"router (?P<protocol>\S+)(?: .*)?", block=router, topic="routing sources"),
        Statement(r"ip vrf \S+", block=vrf_block),
        Statement(r"policy-map(?: type qos)? (?P<name>\S+)", block=policy_map, topic="qos drops"),
        Statement(r"system qos", table=SYSTEM, handler=lambda *_: None),
        Statement(
            r"hash-algorithm (?P<what>ecmp|lag|seed) (?P<how>\S+)",
            balancing.hash_algorithm,
            topic="load sharing",
        ),
        Statement(
            r"load-balancing (?P<what>ip-selection|ipv6-selection|tcp-udp-selection|mac-selection)"
            r" (?P<fields>.+)",
            balancing.selection,
            topic="load sharing",
        ),
        Statement(r"load-balancing ingress-port enable", balancing.ingress_port),
        Statement(
            r"no (?:load-balancing|hash-algorithm|enhanced-hashing) .*", reason="the default hash"
        ),
        Statement(
            r"enhanced-hashing resilient-hashing .*",
            reason="keeps flows where they are when members change",
        ),
        Statement(r"(?:load-balancing|hash-algorithm|enhanced-hashing|dlb) .*", balancing.unknown),
        *IRRELEVANT,
    )
)
