"""The system view of Comware: the table of all statements."""

from __future__ import annotations

import re

from parsers.hp_comware import interfaces, objects, security
from parsers.hp_comware.irrelevant import TOP as IRRELEVANT
from parsers.hp_comware.security import ComwareDraft
from parsers.model.source import TextFact
from parsers.reader import Statement, Table
from parsers.vrp_style import acls, static_routes, traffic_policies
from parsers.vrp_style.draft import Applied, Draft
from parsers.vrp_style.interface_lines import recognised_top
from parsers.vrp_style.walk import either, ignored

Found = re.Match[str]


def hostname(state: Draft, match: Found, line: int) -> None:
    """`sysname N`."""
    state.hostname = match["name"]


def version(state: Draft, match: Found, line: int) -> None:
    """`version 7.1.070, Release 6127P02`."""
    state.version = match["version"]


_KINDS = {"basic": "basic", "advanced": "advanced", "mac": "other", "user-defined": "other"}


def acl(state: Draft, match: Found, first: int, last: int) -> None:
    """`acl [ipv6] number N [name X]` (V5), `acl [ipv6] basic|advanced N|name X` (V7), with the rules below.
    Names are the same in either case."""
    number = match["number"]
    kind = _KINDS.get(match["kind"] or "", "advanced")
    if number is not None and kind != "other":
        kind = acls.kind_of(int(number))
    names = tuple(n.lower() for n in (match["name"], number) if n is not None)
    family = 6 if match["ipv6"] else 4
    opened = acls.open_acl(state, names, family, kind, first, match["order"] == "auto")
    if match["name"] is not None:
        opened.names = tuple(dict.fromkeys((match["name"], *opened.names)))
    acls.take_block(state, opened, first, last)


def everywhere(state: Draft, match: Found, line: int) -> None:
    """`packet-filter [ipv6] N global inbound`: on all physical interfaces."""
    family = 6 if match["ipv6"] else 4
    state.everywhere.append(Applied(match["name"].lower(), family, match["direction"], line))


def on_vlans(state: Draft, match: Found, line: int) -> None:
    """`packet-filter [ipv6] N vlan LIST inbound`."""
    family = 6 if match["ipv6"] else 4
    one = Applied(match["name"].lower(), family, match["direction"], line)
    _add_vlans(state, match["vlans"], one)


def policy_everywhere(state: Draft, match: Found, line: int) -> None:
    """`qos apply policy P global inbound`."""
    state.everywhere.append(Applied(match["name"], 0, match["direction"], line, kind="policy"))


def policy_on_vlans(state: Draft, match: Found, line: int) -> None:
    """`qos vlan-policy P vlan LIST inbound`."""
    one = Applied(match["name"], 0, match["direction"], line, kind="policy")
    _add_vlans(state, match["vlans"], one)


def _add_vlans(state: Draft, text: str, one: Applied) -> None:
    words = text.split()
    at = 0
    while at < len(words):
        first = last = int(words[at]) if words[at].isdecimal() else 0
        if words[at + 1 : at + 2] == ["to"] and at + 2 < len(words) and words[at + 2].isdecimal():
            last = min(int(words[at + 2]), 4094)
            at += 2
        at += 1
        for number in range(first, last + 1):
            state.on_vlans.append((str(number), one))


def router(state: Draft, match: Found, line: int) -> None:
    """`bgp N`, `ospf N`, `isis N`, `rip N`: routes may exist that the configuration does not show."""
    state.sources.append(TextFact(value=match["protocol"], where=state.where(line)))


def setting(state: Draft, match: Found, line: int) -> None:
    """A setting of the whole device, kept by its word."""
    state.settings[match["setting"]] = (match[0], line)


ROUTER: Table[Draft] = Table(ignored("routes appear in the routing table", r"\S+"))
AS_A_WHOLE: Table[Draft] = Table(ignored("is recognised as a whole", r"\S+"))
VPN: Table[Draft] = Table(ignored("names a VPN; its routes are read elsewhere", r"\S+"))

TABLE: Table[ComwareDraft] = Table(
    (
        Statement(r"sysname (?P<name>\S+)", hostname, topic="identity"),
        Statement(r"version (?P<version>\d+\.\S+?)(?:, .*)?", version, topic="identity"),
        Statement(r"!.*", reason="a comment of a collector"),
        Statement(
            r"interface (?P<name>\S+(?: [\d/.:]+)?)(?: mode (?P<mode>.+))?", interfaces.interface, table=interfaces.TABLE
        ),
        Statement(r"interface range .*", reason="is written out interface by interface"),
        *objects.STATEMENTS,
        Statement(
            r"acl (?P<ipv6>ipv6 )?(?:number (?P<number>\d+)(?: name (?P<name>\S+))?)"
            r"(?: match-order (?P<order>config|auto))?(?P<kind>)",
            block=acl,
            table=acls.TABLE,
            topic="filters",
        ),
        Statement(
            r"acl (?P<ipv6>ipv6 )?(?P<kind>basic|advanced|mac|user-defined) (?:(?P<number>\d+)|name (?P<name>\S+))"
            r"(?: name \S+)?(?: match-order (?P<order>config|auto))?",
            block=acl,
            table=acls.TABLE,
            topic="filters v6",
        ),
        *traffic_policies.STATEMENTS,
        Statement(r"packet-filter (?P<setting>default) deny", setting, topic="bindings"),
        Statement(r"firewall (?P<setting>default) deny(?: .*)?", setting),
        Statement(r"firewall ipv6 (?P<setting>default) deny", setting),
        Statement(r"firewall default permit(?: .*)?", reason="permit is the default"),
        Statement(r"firewall (?P<setting>enable)(?: .*)?", setting),
        Statement(r"firewall ipv6 (?P<setting>enable)", setting),
        Statement(r"firewall fragments-inspect.*", reason="how later fragments are compared is unknown here anyway"),
        Statement(
            r"packet-filter (?P<ipv6>ipv6 )?(?:name )?(?P<name>\S+) global (?P<direction>inbound|outbound)"
            r"(?: (?:hardware-count|extension))*",
            everywhere,
        ),
        Statement(
            r"packet-filter (?P<ipv6>ipv6 )?(?:name )?(?P<name>\S+) vlan (?P<vlans>[\d to]+) (?P<direction>inbound|outbound)"
            r"(?: (?:hardware-count|extension))*",
            on_vlans,
        ),
        Statement(r"packet-filter (?:forwarding-layer|filter|continuous) .*", reason="routed packets are filtered either way"),
        Statement(r"packet-filter .*", recognised_top("l2-filter")),
        Statement(r"blacklist (?:global enable|ip|ipv6|user|address-group|object-group)\b.*", recognised_top("inspect")),
        Statement(r"(?:undo )?blacklist .*", reason="logging of what the lists above drop"),
        Statement(r"qos apply policy (?P<name>\S+) global (?P<direction>inbound|outbound)(?: .*)?", policy_everywhere),
        Statement(r"qos vlan-policy (?P<name>\S+) vlan (?P<vlans>[\d to]+) (?P<direction>inbound|outbound)(?: .*)?", policy_on_vlans),
        Statement(r"qos (?:apply|vlan-policy) .*", recognised_top("qos-drop")),
        Statement(r"security-zone (?P<setting>intra-zone) default permit", setting, topic="zones"),
        *security.STATEMENTS,
        *either(
            (
                r"ip route-static default-preference (?P<value>\d+)",
                r"ipv6 route-static default-preference (?P<value>\d+)",
            ),
            Statement("", static_routes.default_preference),
        ),
        *either(
            (r"ip route-static (?:fast-reroute|arp-request|bfd|recursive).*", r"ipv6 route-static (?:fast-reroute|bfd|recursive).*"),
            Statement("", reason="watches next hops"),
        ),
        Statement(r"ip route-static (?P<rest>.+)", static_routes.route, topic="static routes"),
        Statement(r"ipv6 route-static (?P<rest>.+)", static_routes.route, topic="static routes v6"),
        Statement(r"ip vpn-instance \S+", reason="names a VPN", table=VPN),
        *(
            Statement(rf"(?P<protocol>{word})(?: .*)?", router, table=ROUTER, topic="routing sources")
            for word in ("bgp", "ospf", "ospfv3", "isis", "rip", "ripng")
        ),
        Statement(r"ip load-sharing mode (?P<setting>per-packet|per-flow)(?: .*)?", setting, topic="load sharing"),
        Statement(r"ip load-sharing mode (?:all|slot \S+|chassis \S+ slot \S+) (?P<setting>per-packet|per-flow)(?: .*)?", setting),
        Statement(r"(?P<setting>bandwidth-based-sharing)", setting),
        *either(
            (r"link-aggregation (?P<setting>load-sharing) mode .*", r"link-aggregation global (?P<setting>load-sharing) mode .*"),
            Statement("", setting),
        ),
        Statement(r"ip (?P<setting>unreachables) enable", setting, topic="unreachables"),
        Statement(r"undo ip unreachables enable", reason="the default"),
        Statement(r"ip icmp error-interval .*", recognised_top("icmp-limit")),
        *either(
            (r"nat(?: .*)?", r"nat-policy(?: .*)?"),
            Statement("", recognised_top("nat"), table=AS_A_WHOLE, topic="nat"),
        ),
        *either(
            (r"policy-based-route .*", r"ipv6 policy-based-route .*"),
            Statement("", reason="moves packets only where an interface or the device names it", table=AS_A_WHOLE),
        ),
        Statement(r"ip local policy-based-route .*", reason="packets of the device itself"),
        Statement(r"ip global policy-based-route .*", recognised_top("policy-route")),
        *either((r"ip urpf .*", r"ipv6 urpf .*"), Statement("", recognised_top("urpf"))),
        *either((r"flowspec.*", r"flow-route .*"), Statement("", recognised_top("flowspec"), table=AS_A_WHOLE)),
        Statement(r"(?:loadbalance|virtual-server|server-farm) .*", recognised_top("adaptive-routing"), table=AS_A_WHOLE),
        Statement(r"interzone .*", recognised_top("zone-policy"), table=AS_A_WHOLE),
        Statement(r"ipv6(?: enable)?", reason="IPv6 runs"),
        *IRRELEVANT,
    )
)  # fmt: skip
