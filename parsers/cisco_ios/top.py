"""Top-level statements of IOS and IOS-XE."""

from __future__ import annotations

import re

from parsers.cisco_ios.filters import DIALECT
from parsers.cisco_ios.interfaces import TABLE as INTERFACE
from parsers.cisco_ios.irrelevant import TOP as IRRELEVANT
from parsers.cisco_ios.policies import (
    CLASS_MAP,
    POLICY_MAP,
    ROUTE_MAP,
    class_map,
    policy_map,
    route_map,
    zone_pair,
    zone_pair_policy,
)
from parsers.cisco_style import filter_lines, interface_lines
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.static_routes import add_route, split_words
from parsers.model.source import TextFact
from parsers.reader import Handler, Statement, Table, irrelevant

Found = re.Match[str]


def hostname(state: Draft, match: Found, line: int) -> None:
    """`hostname H`."""
    state.hostname = match["name"]


def version(state: Draft, match: Found, line: int) -> None:
    """`version 15.2`: the release that wrote the configuration."""
    state.version = match["version"]


def interface(state: Draft, match: Found, line: int) -> None:
    """`interface X`; blanks between the type and the number are not significant."""
    interface_lines.open_interface(state, match["name"].replace(" ", ""), line)


def named_list(state: Draft, match: Found, first: int, last: int) -> None:
    """`ip access-list standard|extended N`."""
    filter_lines.filter_block(state, match["name"], 4, match["form"] == "standard", first, last)


def ipv6_list(state: Draft, match: Found, first: int, last: int) -> None:
    """`ipv6 access-list N`."""
    filter_lines.filter_block(state, match["name"], 6, False, first, last)


def numbered_list(state: Draft, match: Found, line: int) -> None:
    """`access-list N …`: 1-99 and 1300-1999 are standard, 100-199 and 2000-2699 extended."""
    number = int(match["number"])
    standard = 1 <= number <= 99 or 1300 <= number <= 1999
    filter_lines.filter_line(state, match["number"], 4, standard, line, match["rest"])


def other_list(state: Draft, match: Found, line: int) -> None:
    """Protocol-type, MAC and IPX lists (200-1299 without the above) see no IP packet."""


def network_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group network G`: two addresses are address and netmask (IOS command reference)."""
    family = 6 if match[0].startswith("object-group v6") else 4
    filter_lines.network_group(state, match["name"], first, last, family, netmask=True)


def address_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group ip address G` (Catalyst 6500): two addresses are address and wildcard."""
    filter_lines.network_group(state, match["name"], first, last, 4, netmask=False)


def service_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group service G`."""
    filter_lines.service_group(state, match["name"], first, last, DIALECT)


def protocol_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group protocol G`."""
    filter_lines.protocol_group(state, match["name"], first, last, DIALECT)


def port_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group ip port G`."""
    filter_lines.port_group(state, match["name"], first, last, DIALECT)


def ip_route(state: Draft, match: Found, line: int) -> bool:
    """`ip route [vrf V] P M …`, `ipv6 route [vrf V] P/L …`."""
    return add_route(
        state, match["vrf"] or "default", match["prefix"], split_words(match["rest"]), line
    )


def no_route(state: Draft, match: Found, line: int) -> None:
    """`no ip route …` in a saved text takes an earlier line back."""
    kept = Draft(state.file, state.lines, state.ledger)
    if add_route(
        kept, match["vrf"] or "default", match["prefix"], split_words(match["rest"]), line
    ):
        gone = kept.routes[0]
        state.routes = [
            r
            for r in state.routes
            if (r.vrf, r.value, r.length, r.next_hops)
            != (gone.vrf, gone.value, gone.length, gone.next_hops)
        ]


def router(state: Draft, match: Found, line: int) -> None:
    """`router bgp N` and its like: routes may exist that the configuration does not show."""
    state.sources.append(TextFact(value=match["protocol"], where=state.where(line)))


def cef(state: Draft, match: Found, line: int) -> None:
    """`[no] ip cef [distributed]`."""
    state.globals["ip cef"] = (match[0], line)


def cef_algorithm(state: Draft, match: Found, line: int) -> None:
    """`ip cef load-sharing algorithm A [source] [destination]`: a hash, whichever one."""
    state.globals["cef algorithm"] = (match["algorithm"], line)


def icmp_limit(state: Draft, match: Found, line: int) -> None:
    """`ip icmp rate-limit unreachable [df] MS`; `no` means no limit."""
    state.globals["icmp limit df" if match["df"] else "icmp limit"] = (match[0], line)


def recognised(what: str) -> Handler:
    """A statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        state.recognised.append(TextFact(value=what, where=state.where(line), note=match[0]))

    return handle


ROUTER_TABLE: Table[Draft] = Table(irrelevant("routes appear in the routing table", r"\S+"))

TABLE: Table[Draft] = Table(
    (
        Statement(r"(?:hostname|switchname) (?P<name>\S+)", hostname, topic="identity"),
        Statement(r"version (?P<version>\S+)", version, topic="identity"),
        Statement(
            r"interface (?P<name>\S+(?: ?[\d/.:]+)?)(?: (?:multipoint|point-to-point|l2transport|type tunnel|ppp))*",
            interface,
            table=INTERFACE,
        ),
        Statement(
            r"ip access-list (?P<form>standard|extended) (?P<name>\S+)",
            block=named_list,
            topic="filters",
        ),
        Statement(r"ipv6 access-list (?P<name>\S+)", block=ipv6_list, topic="filters v6"),
        Statement(r"ip access-list (?:resequence|logging|log-update|match-local-traffic|helper|persistent).*", reason="numbers and logs entries, decides nothing"),
        Statement(r"ipv6 access-list (?:log-update|log).*", reason="logs, decides nothing"),
        Statement(
            r"access-list (?P<number>1?\d?\d|1[3-9]\d\d|2[0-6]\d\d) (?P<rest>.+)",
            numbered_list,
            topic="filters",
        ),
        Statement(r"access-list (?:[2-9]\d\d|1[012]\d\d) .*", other_list),
        Statement(r"access-list (?:compiled|hardware).*", reason="speed of filtering"),
        Statement(
            r"object-group (?:v6-)?network (?P<name>\S+)", block=network_group, topic="groups"
        ),
        Statement(r"object-group ip address\s+(?P<name>\S+)", block=address_group),
        Statement(r"object-group (?:v6-)?service (?P<name>\S+)", block=service_group),
        Statement(r"object-group protocol (?P<name>\S+)", block=protocol_group),
        Statement(r"object-group ip port\s+(?P<name>\S+)", block=port_group),
        Statement(
            r"ip route (?:vrf (?P<vrf>\S+) )?(?P<prefix>\d\S+ \d\S+) (?P<rest>.+)",
            ip_route,
            topic="static routes",
        ),
        Statement(r"ip route (?:vrf (?P<vrf>\S+) )?(?P<prefix>\d\S+/\d+) (?P<rest>.+)", ip_route),
        Statement(
            r"ipv6 route (?:vrf (?P<vrf>\S+) )?(?P<prefix>[0-9a-fA-F:]+/\d+) (?P<rest>.+)",
            ip_route,
            topic="static routes v6",
        ),
        Statement(r"no ip route (?:vrf (?P<vrf>\S+) )?(?P<prefix>\d\S+ \d\S+) (?P<rest>.+)", no_route),
        Statement(r"ip (?:route static|routing|default-gateway|default-network|route profile)(?: .*)?", reason="the default of a router, or of a host that routes nothing"),
        Statement(r"no ip routing", recognised("no-routing")),
        Statement(
            r"router (?P<protocol>\S+)(?: .*)?", router, table=ROUTER_TABLE, topic="routing sources"
        ),
        Statement(r"ipv6 router (?P<protocol>\S+)(?: .*)?", router, table=ROUTER_TABLE),
        Statement(r"(?:no )?ip cef(?: distributed)?", cef, topic="load sharing"),
        Statement(r"(?:ip|ipv6) cef load-sharing algorithm (?P<algorithm>.+)", cef_algorithm),
        Statement(r"(?:no )?ip icmp rate-limit unreachable(?P<df> df)?(?: \d+)?(?: .*)?", icmp_limit, topic="unreachables"),
        Statement(r"ipv6 icmp error-interval .*", reason="throttles, never suppresses"),
        Statement(r"mls rate-limit .*", reason="limits answers to filter drops, not Frag-Needed"),
        Statement(r"ip tcp adjust-mss .*", recognised("mss-global")),
        Statement(r"ip nat .*", recognised("nat"), topic="nat"),
        Statement(r"ip local policy route-map .*", reason="packets of the router itself"),
        Statement(r"ip inspect .*", recognised("inspect"), topic="inspection"),
        Statement(r"ip (?:ips|wccp|audit|tcp intercept|source-track|receive|reflexive) .*", recognised("inspection")),
        Statement(r"ip verify .*", recognised("urpf")),
        Statement(r"route-map (?P<name>\S+)(?: (?P<action>permit|deny))?(?: (?P<number>\d+))?.*", route_map, table=ROUTE_MAP, topic="policy routing"),
        Statement(r"class-map (?:type (?P<type>\S+) )?(?:(?P<mode>match-any|match-all) )?(?P<name>\S+)", class_map, table=CLASS_MAP, topic="zones"),
        Statement(r"policy-map (?:type (?P<type>\S+) (?:\S+ )?)?(?P<name>\S+)", policy_map, table=POLICY_MAP, topic="zones"),
        Statement(r"zone security (?P<name>\S+)", recognised("zone"), table=Table(irrelevant("text", "description", "vpn")), topic="zones"),
        Statement(
            r"zone-pair security (?P<name>\S+) source (?P<source>\S+) destination (?P<destination>\S+)",
            zone_pair,
            table=Table(
                (
                    Statement(r"service-policy type inspect (?P<name>\S+)", zone_pair_policy),
                    Statement(r"description .*", reason="text"),
                )
            ),
        ),
        Statement(r"vlan (?:access-map|filter) .*", recognised("l2-filter"), table=Table(irrelevant("a VLAN map is recognised as a whole", "match", "action"))),
        Statement(r"parameter-map .*", reason="limits of inspection"),
        Statement(r"vrf definition \S+", reason="names a VRF; its routes are read elsewhere"),
        Statement(r"ip vrf \S+", reason="names a VRF; its routes are read elsewhere"),
        Statement(r"no vrf definition \S+", reason="no VRF"),
        Statement(r"crypto map \S+.*", reason="selects what is encrypted; the interface names it"),
        Statement(r"crypto ipsec df-bit \S+", recognised("df-bit"), topic="tunnels"),
        Statement(r"crypto ipsec fragmentation \S+", reason="where fragmentation happens"),
        Statement(r"control-plane(?: .*)?", reason="packets to the router itself"),
        Statement(r"port-channel load-balance .*", reason="a hash, per flow on every choice of fields"),
        Statement(r"(?:oer|pfr) .*", recognised("adaptive-routing")),
        Statement(r"flow-?spec.*", recognised("flowspec")),
        Statement(r"interface range .*", reason="a range is expanded in a running configuration"),
        *IRRELEVANT,
        Statement(
            r"(?:sequence )?(?:\d+ )?(?:permit|deny|remark|evaluate)(?: .*)?",
            filter_lines.stray_entry,
        ),
    )
)  # fmt: skip
