"""Top-level statements of NX-OS."""

from __future__ import annotations

import re

from parsers.cisco_nxos import balancing, policies, vlan_maps
from parsers.cisco_nxos.access_lists import access_list, address_group, port_group
from parsers.cisco_nxos.interfaces import TABLE as INTERFACE
from parsers.cisco_nxos.interfaces import interface, interface_range
from parsers.cisco_nxos.irrelevant import TOP as IRRELEVANT
from parsers.cisco_nxos.routes import ip_route, no_route
from parsers.cisco_nxos.state import nxos
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.model.source import TextFact
from parsers.reader import Block, Handler, Statement, Table, irrelevant

Found = re.Match[str]
ROUTE = r"(?P<prefix>[0-9a-fA-F.:]+(?:/\d+| \d+\.\d+\.\d+\.\d+)) (?P<rest>.+)"


def hostname(state: Draft, match: Found, line: int) -> None:
    """`hostname H` or `switchname H`."""
    state.hostname = match["name"]


def version(state: Draft, match: Found, line: int) -> None:
    """`version 9.3(8) [Bios:version …]`: the release that wrote the configuration."""
    state.version = match["version"]


def boot(state: Draft, match: Found, line: int) -> None:
    """`boot nxos|system|kickstart FILE`: the file's name tells the hardware."""
    nxos(state).images.append(match["image"])


def default_switchport(state: Draft, match: Found, line: int) -> None:
    """`[no] system default switchport`: what a port is without a word of its own."""
    nxos(state).default_switchport = not match[0].startswith("no ")


def vrf_context(state: Draft, match: Found, line: int) -> None:
    """`vrf context V`: the routes below are of that VRF."""
    state.vrf = match["vrf"]


def vrf_shutdown(state: Draft, match: Found, line: int) -> None:
    """`shutdown` of a VRF."""
    if not match[0].startswith("no "):
        nxos(state).shut_vrfs.add(state.vrf)


def top_route(handler: Handler) -> Block:
    """A route outside any VRF block; one that is not understood is missed as a route."""

    def handle(state: Draft, match: Found, first: int, last: int) -> None:
        state.vrf = "default"
        state.ledger.use(first)
        if handler(state, match, first) is False:
            state.ledger.miss(first, "route")
            if state.where(first) not in state.route_lines_missed[-1:]:
                state.missed(first, "route")
        for line in range(first + 1, last + 1):
            state.ledger.miss(line, "route")

    return handle


def odd_route(state: Draft, match: Found, line: int) -> bool:
    """A route in a form that is not known: what the table lacks then proves nothing."""
    return False


def router(state: Draft, match: Found, line: int) -> None:
    """`router bgp N` and its like: routes may exist that the configuration does not show."""
    state.sources.append(TextFact(value=match["protocol"], where=state.where(line)))


def mtu_limiter(state: Draft, match: Found, line: int) -> None:
    """`hardware rate-limiter layer-3 mtu N`: packets a second that may reach the processor because
    they are too big."""
    nxos(state).mtu_limiter = (int(match["rate"]), line)


def entered(state: Draft, match: Found, line: int) -> None:
    """A line that only opens a block."""


def recognised(what: str) -> Handler:
    """A statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        state.recognised.append(TextFact(value=what, where=state.where(line), note=match[0]))

    return handle


def whole(what: str) -> Block:
    """A block that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, first: int, last: int) -> None:
        state.recognised.append(TextFact(value=what, where=state.where(first), note=match[0]))
        state.ledger.use_range(first, block_last(state.lines, first, last))

    return handle


def passed_over(state: Draft, match: Found, first: int, last: int) -> None:
    """A block that can only matter where another line names it."""
    state.ledger.ignore_range(first, block_last(state.lines, first, last))


ROUTER_TABLE: Table[Draft] = Table(irrelevant("routes appear in the routing table", r"\S+"))
VRF_TABLE: Table[Draft] = Table(
    (
        Statement(rf"(?:ip|ipv6) route {ROUTE}", ip_route, topic="static routes"),
        Statement(rf"no (?:ip|ipv6) route {ROUTE}", no_route),
        Statement(r"(?:no )?shutdown", vrf_shutdown),
        *irrelevant(
            "names, and how routes are exchanged: seen in the routing table alone",
            "description", "rd", "vni", "address-family", "route-target", "ip (?!route )\\S+",
            "ipv6 (?!route )\\S+", "mdt", "bfd", "evpn", "multicast", "seq", "export", "import",
            "maximum", "pim", "lisp", "ip route static", "ipv6 route static", "exit", "track", "mvpn",
        ),
    ),
    missed="route",
)  # fmt: skip
SYSTEM_QOS: Table[Draft] = Table(
    (
        Statement(
            r"service-policy (?:type qos )?(?:input|output) (?P<name>\S+)(?: .*)?",
            policies.system_policy,
        ),
        *irrelevant("queues and drops under congestion", "service-policy type", "fcoe", "ip", "no"),
    )
)
VLAN: Table[Draft] = Table(
    (
        Statement(
            r"service-policy (?:type qos )?(?:input|output) (?P<name>\S+)(?: .*)?",
            policies.system_policy,
        ),
        *irrelevant("names and states of VLANs", r"\S+"),
    )
)
CONTROL_PLANE: Table[Draft] = Table(
    (
        Statement(
            r"service-policy (?:type \S+ )?input (?P<name>\S+)",
            policies.control_plane_policy,
            topic="unreachables",
        ),
        *irrelevant("packets to the device itself", "scale-factor", "ip", "logging", "no"),
    )
)

TABLE: Table[Draft] = Table(
    (
        Statement(r"(?:hostname|switchname) (?P<name>\S+)", hostname, topic="identity"),
        Statement(r"version (?P<version>\d\S+)(?: .*)?", version, topic="identity"),
        Statement(r"boot (?:nxos|system|kickstart) (?P<image>\S+)(?: .*)?", boot, topic="identity"),
        *irrelevant("how ports are split", "interface breakout"),
        Statement(
            r"interface (?P<name>[A-Za-z][A-Za-z-]* ?\d[\d/.]*)",
            interface,
            table=INTERFACE,
            topic="interfaces",
        ),
        Statement(r"interface (?P<name>[A-Za-z][A-Za-z-]* ?\d[\d/.]*\s*[-,].*)", block=interface_range),
        Statement(r"port-profile .*", block=passed_over),
        Statement(
            r"(?:ip|ipv6) access-list (?P<name>\S+)", block=access_list, topic="filters"
        ),
        Statement(
            r"object-group (?P<family>ip|ipv6) address (?P<name>\S+)",
            block=address_group,
            topic="groups",
        ),
        Statement(r"object-group ip port (?P<name>\S+)", block=port_group),
        Statement(r"(?:mac|arp) access-list .*", block=passed_over),
        Statement(r"time-range .*", block=passed_over),
        Statement(
            r"vlan access-map (?P<name>\S+)(?: (?P<number>\d+))?",
            block=vlan_maps.access_map,
            topic="filters",
        ),
        Statement(
            r"vlan filter (?P<name>\S+) vlan-list (?P<vlans>.+)",
            vlan_maps.vlan_filter,
            topic="bindings",
        ),
        Statement(r"vlan configuration .*", entered, table=VLAN),
        Statement(r"vlan \d[\d,-]*", entered, table=VLAN),
        Statement(r"no vlan (?:access-map|filter) .*", reason="no map is the default"),
        Statement(rf"(?:ip|ipv6) route {ROUTE}", block=top_route(ip_route), topic="static routes"),
        Statement(rf"no (?:ip|ipv6) route {ROUTE}", block=top_route(no_route)),
        Statement(r"vrf context (?P<vrf>\S+)", vrf_context, table=VRF_TABLE),
        Statement(r"no vrf context \S+", reason="no VRF"),
        Statement(
            r"router (?P<protocol>\S+)(?: .*)?", router, table=ROUTER_TABLE, topic="routing sources"
        ),
        Statement(r"(?:no )?system default switchport", default_switchport, topic="interfaces"),
        Statement(
            r"(?:no )?system default switchport shutdown",
            reason="a port that is up says 'no shutdown', one that is down 'shutdown'",
        ),
        Statement(r"system qos", entered, table=SYSTEM_QOS),
        Statement(
            r"class-map (?:type \S+ )?(?:match-any |match-all )?(?P<name>\S+)",
            policies.class_map,
            table=policies.CLASS_MAP,
        ),
        Statement(
            r"policy-map (?:type \S+ )?(?P<name>\S+)",
            policies.policy_map,
            table=policies.POLICY_MAP,
            topic="qos drops",
        ),
        Statement(r"match .*", policies.condition),  # checkpoints print class maps unindented
        Statement(r"control-plane", entered, table=CONTROL_PLANE),
        Statement(r"hardware rate-limiter layer-3 mtu (?P<rate>\d+)(?: .*)?", mtu_limiter),
        Statement(r"no hardware rate-limiter .*", reason="the default rate"),
        Statement(r"hardware profile dlb", block=balancing.dlb, topic="load sharing"),
        Statement(r"no hardware profile dlb", reason="no dynamic load balancing is the default"),
        Statement(
            r"hardware .*(?:per-packet|spray|round-?robin|random|flowlet|adaptive|load-balanc).*",
            balancing.unknown_statement,
        ),
        Statement(
            r"hardware (?:ecmp|profile ecmp) .*", reason="hash seeds and resilient members"
        ),
        Statement(
            r"(?:ip|ipv6) load-sharing (?P<rest>(?:address|port|universal-id|concatenation|hash) ?.*)",
            balancing.ecmp_hash,
            topic="load sharing",
        ),
        Statement(r"(?:ip|ipv6) load-sharing .*", balancing.unknown_statement),
        Statement(r"no (?:ip|ipv6) load-sharing.*", reason="the default hash"),
        Statement(r"port-channel load-balance .*", balancing.bundle_hash, topic="load sharing"),
        Statement(r"no port-channel load-balance.*", reason="the default hash of bundles"),
        Statement(r"port-channel .*", reason="how bundles form"),
        Statement(r"ip nat (?:inside|outside|pool) .*", recognised("nat"), topic="nat"),
        Statement(r"itd (?!device-group|session)\S+.*", block=whole("policy-route")),
        Statement(r"itd .*", block=passed_over),
        Statement(r"epbr .*", block=passed_over),
        Statement(r"(?:ip|ipv6) wccp .*", recognised("inspection")),
        Statement(r"cts role-based (?:enforcement|access-list|sgt-map)(?: .*)?", recognised("l2-filter"), table=Table(irrelevant("recognised as a whole", r"\S+"))),
        *irrelevant("security tags, which enforcement uses", "cts"),
        Statement(r"no (?:ip|ipv6) access-list .*", reason="no list"),
        Statement(r"(?:ip|ipv6) local policy .*", reason="packets of the device itself"),
        *IRRELEVANT,
        Statement(r"(?:no )?(?:ip|ipv6) route .*", block=top_route(odd_route)),
    )
)  # fmt: skip
