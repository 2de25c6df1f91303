"""Statements at the top of an AOS-CX configuration."""

from __future__ import annotations

import re

from parsers.aruba_aoscx import routes
from parsers.aruba_aoscx.access_lists import (
    access_list,
    address_group,
    class_block,
    no_access_list,
    port_group,
)
from parsers.aruba_aoscx.interfaces import DIRECTIONS, interface, interface_range
from parsers.aruba_aoscx.interfaces import TABLE as INTERFACE
from parsers.aruba_aoscx.irrelevant import TOP as IRRELEVANT
from parsers.aruba_aoscx.names import NAME, numbers
from parsers.aruba_aoscx.policies import policy_block
from parsers.aruba_aoscx.state import PolicyUse, VlanList, aoscx
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.model.source import TextFact
from parsers.reader import Handler, Statement, Table, irrelevant

Found = re.Match[str]
_APPLY = re.compile(
    r"apply access-list (?P<family>ip|ipv6|mac) (?P<name>\S+) (?P<direction>in|out|routed-in|routed-out)"
)
_POLICY = re.compile(r"apply policy (?P<name>\S+) (?P<direction>in|out|routed-in|routed-out)")
_VLAN_WORDS = re.compile(
    r"(?:no )?(?:name|description|voice|shutdown|ip|ipv6|arp|dhcpv4-snooping|dhcpv6-snooping|nd-snooping|private-vlan|vsx-sync"
    r"|client|igmp|mld|mvrp|spanning-tree|loop-protect|exit|jumbo|evpn|mac|flood|poe|lldp|aaa)\b.*"
)


def hostname(state: Draft, match: Found, line: int) -> None:
    """`hostname N`."""
    state.hostname = match["name"]


def vlan(state: Draft, match: Found, first: int, last: int) -> None:
    """`vlan N`: names, and the lists and policies that act on all packets of the VLAN."""
    vlans = numbers(match["vlans"])
    end = block_last(state.lines, first, last)
    held = aoscx(state)
    state.ledger.use(first)
    for line, text in block_lines(state, first, end):
        applied, policy = _APPLY.fullmatch(text), _POLICY.fullmatch(text)
        if vlans is None:
            state.ledger.miss(line, "other")
        elif applied is not None and applied["family"] == "mac":
            note = f"vlan {match['vlans']}: {text}"
            state.recognised.append(TextFact(value="l2-filter", where=state.where(line), note=note))
            state.ledger.use(line)
        elif applied is not None:
            family = 6 if applied["family"] == "ipv6" else 4
            direction = DIRECTIONS[applied["direction"]]
            held.vlan_lists += [
                VlanList(number, applied["name"], family, direction, line) for number in vlans
            ]
            state.ledger.use(line)
        elif policy is not None:
            direction = DIRECTIONS[policy["direction"]]
            held.policy_uses += [
                PolicyUse(f"vlan{number}", policy["name"], direction, line) for number in vlans
            ]
            state.ledger.use(line)
        elif _VLAN_WORDS.fullmatch(text):
            state.ledger.ignore(line)
        else:
            state.ledger.miss(line, "other")


def global_policy(state: Draft, match: Found, line: int) -> None:
    """`apply policy P in`: on all interfaces of the switch."""
    use = PolicyUse("", match["name"], DIRECTIONS[match["direction"]], line)
    aoscx(state).policy_uses.append(use)


def router(state: Draft, match: Found, first: int, last: int) -> None:
    """`router bgp N`, `router ospf N`: routes may exist that the configuration does not show."""
    end = block_last(state.lines, first, last)
    state.sources.append(TextFact(value=match["protocol"], where=state.where(first)))
    state.ledger.ignore_range(first, end)
    state.ledger.use(first)


def vrf_block(state: Draft, match: Found, first: int, last: int) -> None:
    """`vrf V`: names a VRF; route targets leak through BGP alone."""
    state.ledger.ignore_range(first, block_last(state.lines, first, last))


def unreachable(state: Draft, match: Found, line: int) -> None:
    """`[no] ip icmp unreachable`."""
    aoscx(state).unreachable = line if match[0].startswith("no ") else None


def throttle(state: Draft, match: Found, line: int) -> bool | None:
    """`ip icmp throttle N`: seconds between ICMP errors."""
    if not 1 <= int(match["seconds"]) <= 86400:
        return False
    aoscx(state).throttle = (int(match["seconds"]), line)
    return None


def recognised(what: str) -> Handler:
    """A statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        state.recognised.append(TextFact(value=what, where=state.where(line), note=match[0]))

    return handle


def ecmp(state: Draft, match: Found, line: int) -> bool | None:
    """`ip ecmp disable FIELD`: a field less in the hash of equal-cost routes. Other forms are not documented."""
    known = (
        re.fullmatch(r"ip ecmp disable (?:dst-ip|dst-port|src-ip|src-port)", match[0]) is not None
    )
    state.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW if known else Spread.UNKNOWN,
            statement=match[0],
            in_effect=True if known else None,
            reason="" if known else "no document read says what it does",
            where=state.where(line),
        )
    )
    return None if known else False


_PREFIX = r"(?P<prefix>[0-9a-fA-F.:]+/\d+)"
TABLE: Table[Draft] = Table(
    (
        Statement(r"Current configuration:.*", reason="how the switch introduces the text"),
        Statement(r"\S+[#>] ?show run\S*(?: .*)?", reason="the command line"),
        Statement(r"hostname (?P<name>.+)", hostname, topic="identity"),
        Statement(
            rf"interface (?P<name>{NAME})(?: (?P<more>multi-chassis(?: static)?|mode .*|static))?",
            interface,
            table=INTERFACE,
            topic="interfaces",
        ),
        Statement(r"interface (?P<name>\d+/\d+/\d+[-,].*)", block=interface_range),
        Statement(
            r"access-list (?P<family>ip|ipv6) (?P<name>\S+)", block=access_list, topic="filters"
        ),
        Statement(r"no access-list (?P<family>ip|ipv6) (?P<name>\S+)", no_access_list),
        Statement(
            r"object-group (?P<family>ip|ipv6) address (?P<name>\S+)",
            block=address_group,
            topic="groups",
        ),
        Statement(r"object-group port (?P<name>\S+)", block=port_group),
        Statement(r"class (?P<family>ip|ipv6) (?P<name>\S+)", block=class_block, topic="policies"),
        Statement(r"policy (?P<name>\S+)", block=policy_block),
        Statement(
            rf"(?:ip|ipv6) route {_PREFIX} (?P<rest>.+)", routes.ip_route, topic="static routes"
        ),
        Statement(r"no (?:ip|ipv6) route .*", routes.no_route),
        Statement(r"vlan (?P<vlans>\d[\d,-]*)", block=vlan),
        Statement(
            r"apply access-list (?:ip|ipv6|mac) \S+ control-plane vrf \S+",
            reason="packets to the switch itself",
        ),
        Statement(
            r"apply policy (?P<name>\S+) (?P<direction>in|out|routed-in|routed-out)", global_policy
        ),
        Statement(r"apply fault-monitor .*", reason="counts faults"),
        *irrelevant("lists of frames, recognised where they are applied", "access-list mac"),
        Statement(r"no ip routing", recognised("no-routing")),
        Statement(r"router (?P<protocol>\S+)(?: .*)?", block=router, topic="routing sources"),
        Statement(r"vrf \S+", block=vrf_block),
        Statement(r"(?:no )?ip icmp unreachable", unreachable, topic="unreachables"),
        Statement(r"ip icmp throttle (?P<seconds>\d+)", throttle, topic="unreachables"),
        Statement(r"no ip icmp throttle(?: .*)?", reason="no interval between ICMP errors"),
        Statement(r"(?:no )?ip ecmp(?: .*)?", ecmp, topic="load sharing"),
        Statement(r"(?:no )?(?:ecmp|load-balance|ip load-balance|ip load-sharing) .*", ecmp),
        Statement(r"(?:ip nat|nat) .*", recognised("nat"), topic="nat"),
        Statement(r"(?:ip|ipv6) source-lockdown .*|ip source-binding .*", recognised("l2-filter")),
        *IRRELEVANT,
    )
)
