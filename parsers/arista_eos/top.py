"""Top-level statements of EOS."""

from __future__ import annotations

import re

from parsers.arista_eos import balancing
from parsers.arista_eos.access_lists import access_list, no_access_list
from parsers.arista_eos.interfaces import TABLE as INTERFACE
from parsers.arista_eos.interfaces import interface, interface_range
from parsers.arista_eos.irrelevant import TOP as IRRELEVANT
from parsers.arista_eos.routes import ip_route, no_route
from parsers.arista_eos.state import eos
from parsers.arista_eos.traffic_policies import field_set_block, read_block
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.model.source import Sourced
from parsers.reader import Block, Handler, Statement, Table, irrelevant

Found = re.Match[str]


def hostname(state: Draft, match: Found, line: int) -> None:
    """`hostname H`."""
    state.hostname = match["name"]


def routes(state: Draft, match: Found, line: int) -> None:
    """`ip routing [vrf V]`, `ipv6 unicast-routing`: nothing can stand below these lines."""


def recognised(what: str) -> Handler:
    """A statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        state.recognised.append(Sourced[str](value=what, where=state.where(line), note=match[0]))

    return handle


def whole(what: str) -> Block:
    """A block that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, first: int, last: int) -> None:
        state.recognised.append(Sourced[str](value=what, where=state.where(first), note=match[0]))
        state.ledger.use_range(first, block_last(state.lines, first, last))

    return handle


def router(state: Draft, match: Found, first: int, last: int) -> None:
    """`router bgp N` and its like: routes may exist that the configuration does not show. Of the
    lines below only those that filter, leak or balance transit are looked at.
    """
    end = block_last(state.lines, first, last)
    protocol = match["protocol"]
    state.sources.append(Sourced[str](value=protocol, where=state.where(first)))
    state.ledger.use(first)
    state.ledger.ignore_range(first + 1, end)
    for line, text in block_lines(state, first, end):
        if text.startswith("address-family flow-spec"):
            state.recognised.append(
                Sourced[str](value="flowspec", where=state.where(line), note=text)
            )
        elif protocol == "path-selection" and text.startswith("load-balance policy"):
            balancing.path_selection(state, line, text)
        else:
            state.ledger.ignore(line)
            continue
        state.ledger.use(line)


def policy_map(state: Draft, match: Found, first: int, last: int) -> None:
    """`policy-map [type pbr|quality-of-service] P`: what matters is whether a class drops."""
    end = block_last(state.lines, first, last)
    state.ledger.use(first)
    kind = match["type"] or "quality-of-service"
    for line, text in block_lines(state, first, end):
        state.ledger.use(line)
        if re.search(r"(?:^|\s)drop$", text) and kind not in ("pdp", "copp", "control-plane"):
            eos(state).dropping.setdefault(match["name"], line)


def interface_defaults(state: Draft, match: Found, first: int, last: int) -> None:
    """`interface defaults`: the MTU of all routed interfaces that have none of their own."""
    state.ledger.use(first)
    for line, text in block_lines(state, first, block_last(state.lines, first, last)):
        found = re.fullmatch(r"mtu (\d+)", text)
        if found is not None:
            eos(state).default_mtu = (int(found[1]), line)
            state.ledger.use(line)
        elif text in ("ethernet", "shutdown", "no shutdown"):
            state.ledger.ignore(line)  # a running configuration prints shutdown where it differs
        else:
            state.ledger.miss(line, "other")


def interface_profile(state: Draft, match: Found, first: int, last: int) -> None:
    """`interface profile P`: commands for interfaces; one that uses it is not understood."""
    state.ledger.ignore_range(first, block_last(state.lines, first, last))


def control_plane(state: Draft, match: Found, first: int, last: int) -> None:
    """`system control-plane`: lists and clamps here meet packets of the device itself only."""
    state.ledger.ignore_range(first, block_last(state.lines, first, last))


def vlan(state: Draft, match: Found, first: int, last: int) -> None:
    """`vlan N`: names and groups; `address locking` drops what has no lease."""
    end = block_last(state.lines, first, last)
    state.ledger.ignore_range(first, end)
    for line, text in block_lines(state, first, end):
        if text.startswith("address locking"):
            state.recognised.append(
                Sourced[str](value="l2-filter", where=state.where(line), note=f"{match[0]}: {text}")
            )
            state.ledger.use(line)
        else:
            state.ledger.ignore(line)


def routed_ports(state: Draft, match: Found, line: int) -> None:
    """`switchport default mode routed`."""
    eos(state).routed_ports = True


def traffic_policies(state: Draft, match: Found, first: int, last: int) -> None:
    """`traffic-policies` with everything in it."""
    read_block(state, eos(state).policies, first, last)


def field_set(state: Draft, match: Found, first: int, last: int) -> None:
    """`field-set …` at the top level."""
    field_set_block(state, eos(state).policies, match, first, last)


def implicit_icmpv6(state: Draft, match: Found, line: int) -> None:
    """`hardware access-list ipv6 implicit-permit icmpv6 all`."""
    eos(state).icmpv6_all = line


def icmp_limit(state: Draft, match: Found, line: int) -> None:
    """`ip icmp rate-limit-unreachable N`: hardening guides take 0 for silence, the kernel's own
    meaning is no limit; the unit of other values is not documented, so they set no limit here.
    """
    if match["value"] == "0":
        eos(state).ptb_unknown[6 if match[0].startswith("ipv6") else 4] = line


def vrf_block(state: Draft, match: Found, first: int, last: int) -> None:
    """`vrf instance V`: names a VRF; its routes are read elsewhere."""
    state.ledger.ignore_range(first, block_last(state.lines, first, last))


TABLE: Table[Draft] = Table(
    (
        Statement(r"hostname (?P<name>\S+)", hostname, topic="identity"),
        Statement(r"interface defaults", block=interface_defaults),
        Statement(r"interface profile \S+", block=interface_profile),
        Statement(
            r"interface (?P<name>[A-Za-z-]+ ?\d[\d/.]*)",
            interface,
            table=INTERFACE,
            topic="interfaces",
        ),
        Statement(r"interface (?P<name>[A-Za-z-]+ ?\d[\d/.]*[-,].*)", block=interface_range),
        Statement(
            r"(?:ip|ipv6) access-list (?P<standard>standard )?(?P<name>\S+)",
            block=access_list,
            topic="filters",
        ),
        Statement(r"no (?:ip|ipv6) access-list (?:standard )?(?P<name>\S+)", no_access_list),
        Statement(r"hardware access-list ipv6 implicit-permit icmpv6 all", implicit_icmpv6),
        Statement(
            r"hardware access-list ipv6 implicit-permit icmpv6 neighbor-discovery",
            reason="neighbour discovery is what IPv6 lists permit unasked anyway",
        ),
        Statement(r"traffic-policies", block=traffic_policies, topic="traffic policies"),
        Statement(
            r"field-set (?:ipv4 prefix|ipv6 prefix|l4-port) \S+", block=field_set, topic="groups"
        ),
        Statement(
            r"(?:ip|ipv6) route (?:vrf (?P<vrf>\S+) )?(?P<prefix>[0-9a-fA-F.:]+(?:/\d+| "
            r"\d+\.\S+)) (?P<rest>.+)",
            ip_route,
            topic="static routes",
        ),
        Statement(
            r"no (?:ip|ipv6) route (?:vrf (?P<vrf>\S+) )?(?P<prefix>[0-9a-fA-F.:]+(?:/\d+| "
            r"\d+\.\S+))(?: (?P<rest>.+))?",
            no_route,
        ),
        Statement(r"no ip routing", recognised("no-routing")),
        Statement(r"ip routing(?: .*)?", routes),
        Statement(r"no ip routing (?:vrf|ipv6|delete|protocol) .*", routes),
        Statement(r"(?:no )?ipv6 (?:unicast-)?routing(?: .*)?", routes),
        Statement(r"(?:ip|ipv6) nexthop-group .*", recognised("nexthop-group")),
        Statement(r"nexthop-group .*", block=whole("nexthop-group")),
        Statement(r"router segment-security", block=whole("segment-security")),
        Statement(r"router adaptive-virtual-topology", block=whole("policy-route")),
        *irrelevant(
            "installs no unicast route", r"router (?:bfd|igmp|multicast|pim|msdp|kernel|l2-vpn)"
        ),
        Statement(r"router (?P<protocol>\S+)(?: .*)?", block=router, topic="routing sources"),
        Statement(r"ipv6 router (?P<protocol>\S+)(?: .*)?", block=router),
        Statement(r"vlan \d\S*", block=vlan),
        Statement(r"mac address-table static \S+ vlan \S+ drop", recognised("l2-filter")),
        Statement(
            r"(?:platform|hardware) .*(?:load-balance|load-sharing|hash|round-robin|random"
            r"|spray).*",
            balancing.platform_line,
        ),
        Statement(r"vrf (?:instance|definition) \S+", block=vrf_block),
        Statement(r"no vrf (?:instance|definition) \S+", reason="no VRF"),
        Statement(r"vrf \S+", block=vrf_block),
        Statement(r"system control-plane", block=control_plane),
        Statement(r"switchport default mode routed", routed_ports, topic="interfaces"),
        Statement(
            r"policy-map (?:type (?P<type>\S+) )?(?:shared )?(?P<name>\S+)",
            block=policy_map,
            topic="policy routing",
        ),
        Statement(
            r"(?:ip|ipv6) icmp rate-limit-unreachable (?P<value>\d+)",
            icmp_limit,
            topic="unreachables",
        ),
        Statement(r"no (?:ip|ipv6) icmp rate-limit-unreachable(?: .*)?", reason="the default"),
        Statement(r"load-balance policies", block=balancing.policies_block, topic="load sharing"),
        Statement(r"load-balance cluster", block=balancing.cluster_block),
        Statement(
            r"(?:ip|ipv6) load-sharing (?P<rest>.+)", balancing.ecmp_hash, topic="load sharing"
        ),
        Statement(
            r"port-channel load-balance (?P<rest>.+)", balancing.bundle_hash, topic="load sharing"
        ),
        Statement(
            r"(?:ip|ipv6) hardware fib load-balance (?P<rest>.+)",
            balancing.fib,
            topic="load sharing",
        ),
        Statement(r"ip nat (?:source|destination) .*", recognised("nat"), topic="nat"),
        Statement(r"ip verify source(?: .*)?", recognised("l2-filter")),
        Statement(r"(?:ip|ipv6) verify .*", recognised("urpf")),
        Statement(r"ip dhcp snooping.*", reason="drops DHCP messages only"),
        *IRRELEVANT,
    )
)
