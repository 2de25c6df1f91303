"""The system view of VRP: the table of all statements."""

from __future__ import annotations

import re

from parsers.huawei_vrp import balancing, interfaces, interzones, objects, security
from parsers.huawei_vrp.interfaces import ACL, filter_of
from parsers.huawei_vrp.irrelevant import TOP as IRRELEVANT
from parsers.huawei_vrp.security import VrpDraft
from parsers.model.source import TextFact
from parsers.reader import Statement, Table
from parsers.vrp_style import acls, static_routes, traffic_policies
from parsers.vrp_style.draft import Applied, Draft
from parsers.vrp_style.interface_lines import open_interface, recognised_top
from parsers.vrp_style.walk import either, ignored

Found = re.Match[str]


def hostname(state: Draft, match: Found, line: int) -> None:
    """`sysname N`."""
    state.hostname = match["name"]


def version(state: Draft, match: Found, line: int) -> None:
    """`!Software Version V200R010C00SPC600`, or the same in brackets on AR routers."""
    state.version = match["version"]


_KINDS = {
    "basic": "basic", "advance": "advanced", "advanced": "advanced", "number": "advanced", "link": "other",
    "user": "other", "ucl": "user", "interface": "interface", "mpls": "other", "arp": "other", "l2": "other",
}  # fmt: skip


def acl(state: Draft, match: Found, first: int, last: int) -> None:
    """`acl [ipv6] [number] N [name X]`, `acl [ipv6] name X [KIND] [N]`, with the rules below."""
    number, name = match["number"], match["name"]
    kind = _KINDS.get(match["kind"] or "", "advanced")
    if number is not None:
        kind = acls.kind_of(int(number))
    names = tuple(n for n in (name, number) if n is not None)
    family = 6 if match["ipv6"] else 4
    opened = acls.open_acl(state, names, family, kind, first, match["order"] == "auto")
    acls.take_block(state, opened, first, last)


def everywhere(state: Draft, match: Found, line: int) -> None:
    """`traffic-filter inbound acl N` in the system view: on all interfaces."""
    state.everywhere.append(filter_of(match, line))


def on_vlan(state: Draft, match: Found, line: int) -> None:
    """`traffic-filter vlan N inbound acl N2`: on the packets of one VLAN."""
    state.on_vlans.append((match["vlan"], filter_of(match, line)))


def policy_everywhere(state: Draft, match: Found, line: int) -> None:
    """`traffic-policy P global inbound [slot N]`: on all interfaces."""
    state.everywhere.append(Applied(match["name"], 0, match["direction"], line, kind="policy"))


def vlan(state: Draft, match: Found, line: int) -> None:
    """`vlan N`: its view may apply a traffic policy."""
    state.vlan = match["vlan"]
    state.subject = f"VLAN {match['vlan']}"


def policy_on_vlan(state: Draft, match: Found, line: int) -> None:
    """`traffic-policy P inbound` in the view of a VLAN."""
    if state.vlan is not None:
        one = Applied(match["name"], 0, match["direction"], line, kind="policy")
        state.on_vlans.append((state.vlan, one))


def router(state: Draft, match: Found, line: int) -> None:
    """`bgp N`, `ospf N`, `isis N`, `rip N`: routes may exist that the configuration does not show."""
    state.sources.append(TextFact(value=match["protocol"], where=state.where(line)))


def setting(state: Draft, match: Found, line: int) -> None:
    """A setting of the whole device, kept by its words."""
    state.settings[match["setting"]] = (match[0], line)


HASH: Table[Draft] = Table(ignored("a hash, per flow on every choice of fields", r"\S+"))
AS_A_WHOLE: Table[Draft] = Table(ignored("is recognised as a whole", r"\S+"))
FIREWALL_ROUTES: Table[Draft] = Table(
    (
        Statement(r"rule name .*", recognised_top("policy-route"), table=AS_A_WHOLE),
        Statement(r"add interface .*", recognised_top("adaptive-routing")),
        *ignored("settings of its rules", r"\S+"),
    )
)
ROUTER: Table[Draft] = Table(ignored("routes appear in the routing table", r"\S+"))
VPN: Table[Draft] = Table(ignored("names a VPN; its routes are read elsewhere", r"\S+"))
VLAN: Table[Draft] = Table(
    (
        Statement(r"traffic-policy (?P<name>\S+) (?P<direction>inbound|outbound)", policy_on_vlan),
        Statement(r"traffic-(?:filter|secure) .*", recognised_top("l2-filter")),
        *ignored("layer 2", r"\S+"),
    ),
    missed="filter",
)

TABLE: Table[VrpDraft] = Table(
    (
        Statement(r"sysname (?P<name>\S+)", hostname, topic="identity"),
        Statement(r"! ?Software Version (?P<version>\S+).*", version, topic="identity"),
        Statement(r"\[(?P<version>V\d{3}R\d{3}\S*)\]", version),
        Statement(r"!.*", reason="a comment that the device printed"),
        Statement(
            r"interface (?P<name>\S+(?: [\d/.:]+)?)(?: (?:p2p|p2mp|mode l2|point-to-point))?",
            open_interface,
            table=interfaces.TABLE,
        ),
        Statement(r"interface range .*", reason="is written out interface by interface"),
        *objects.STATEMENTS,
        Statement(
            r"acl (?P<ipv6>ipv6 )?(?:number )?(?P<number>\d+)(?: name (?P<name>\S+))?"
            r"(?: match-order (?P<order>config|auto))?(?P<kind>)",
            block=acl,
            table=acls.TABLE,
            topic="filters",
        ),
        Statement(
            r"acl (?P<ipv6>ipv6 )?name (?P<name>\S+)(?: (?P<kind>basic|advanced?|link|user|ucl|interface|mpls|arp|number))?"
            r"(?: (?:number )?(?P<number>\d+))?(?: match-order (?P<order>config|auto))?",
            block=acl,
            table=acls.TABLE,
            topic="filters v6",
        ),
        *traffic_policies.STATEMENTS,
        *either(
            (
                rf"traffic-filter (?P<direction>inbound|outbound) {ACL}",
                rf"traffic-secure (?P<direction>inbound|outbound) {ACL}",
            ),
            Statement("", everywhere, topic="bindings"),
        ),
        *either(
            (
                rf"traffic-filter vlan (?P<vlan>\d+) (?P<direction>inbound|outbound) {ACL}",
                rf"traffic-secure vlan (?P<vlan>\d+) (?P<direction>inbound|outbound) {ACL}",
            ),
            Statement("", on_vlan),
        ),
        *either(
            (r"traffic-filter .*", r"traffic-secure .*"), Statement("", recognised_top("l2-filter"))
        ),
        Statement(r"traffic-policy (?P<name>\S+) global (?P<direction>inbound|outbound)(?: slot \S+)?", policy_everywhere),
        Statement(r"traffic-policy \S+ .*", recognised_top("l2-filter")),
        Statement(r"vlan (?P<vlan>\d+)(?: .*)?", vlan, table=VLAN),
        *interzones.STATEMENTS,
        Statement(r"security-policy", security.security_policy, table=security.SECURITY_POLICY),
        Statement(r"packet-filter .*", recognised_top("l2-filter")),
        *either(
            (
                r"ip route-static default-preference (?P<value>\d+)",
                r"ipv6 route-static default-preference (?P<value>\d+)",
            ),
            Statement("", static_routes.default_preference),
        ),
        Statement(r"ip route-static (?:bfd|frr|default-bfd|track|selection-rule) ?.*", reason="watches next hops"),
        Statement(r"ipv6 route-static (?:bfd|frr|default-bfd|track) ?.*", reason="watches next hops"),
        Statement(r"ip route-static (?P<rest>.+)", static_routes.route, topic="static routes"),
        Statement(r"ipv6 route-static (?P<rest>.+)", static_routes.route, topic="static routes v6"),
        Statement(r"ip vpn-instance \S+", reason="names a VPN", table=VPN),
        *(
            Statement(rf"(?P<protocol>{word})(?: .*)?", router, table=ROUTER, topic="routing sources")
            for word in ("bgp", "ospf", "ospfv3", "isis", "rip", "ripng")
        ),
        Statement(r"load-balance (?P<setting>packet)(?: all| slot \S+)?", setting, topic="load sharing"),
        *either(
            (r"ecmp load-balance (?P<words>.+)", r"load-balance (?P<words>.+)"),
            Statement("", balancing.system_balance, table=HASH),
        ),
        *either(
            (r"load-balance-profile .*", r"hash-mode .*", r"ip load-balance hash .*", r"undo load-balance .*"),
            Statement("", table=HASH),
        ),
        Statement(r"icmp (?P<setting>unreachable) drop", setting, topic="unreachables"),
        Statement(r"undo icmp name (?P<setting>fragmentneed-dfset) send", setting),
        Statement(r"firewall (?P<setting>tcp-mss) (?P<value>\d+)", setting, topic="mss"),
        *either(
            (r"undo icmp .*", r"icmp \S+ (?:send|receive)"),
            Statement("", reason="other messages than Frag-Needed, or those to the device itself"),
        ),
        Statement(r"icmp rate-limit .*", recognised_top("icmp-limit")),
        *either(
            (r"nat(?: .*)?", r"nat-policy(?: .*)?", r"nat64(?: .*)?", r"policy-nat.*"),
            Statement("", recognised_top("nat"), table=AS_A_WHOLE, topic="nat"),
        ),
        Statement(
            r"policy-based-route \S.*", reason="moves packets only where it is named", table=AS_A_WHOLE
        ),
        Statement(r"policy-based-route", reason="its rules are recognised", table=FIREWALL_ROUTES),
        Statement(r"multi-interface", reason="its members are recognised", table=FIREWALL_ROUTES),
        Statement(r"ip local policy-based-route .*", reason="packets of the device itself"),
        Statement(r"traffic-redirect .*", recognised_top("policy-route")),
        *either(
            (r"vsys name .*", r"switch vsys .*", r"firewall mode (?:transparent|composite)"),
            Statement("", recognised_top("zone-policy"), table=AS_A_WHOLE),
        ),
        *either((r"urpf .*", r"ip urpf .*"), Statement("", recognised_top("urpf"))),
        *either((r"flowspec.*", r"flow-spec.*", r"ip flowspec.*"), Statement("", recognised_top("flowspec"))),
        Statement(r"firewall blacklist (?:enable|item).*", recognised_top("inspect")),
        *(
            Statement(word, reason="limits by rate, records, authenticates or decrypts", table=AS_A_WHOLE)
            for word in ("traffic-policy", "audit-policy", "auth-policy", "quota-policy", "proxy-policy",
                         "bandwidth-policy", "decryption-policy", "pcp-policy", "dns-transparent-policy", "rightm-policy")
        ),
        Statement(r"ipv6(?: enable)?", reason="IPv6 runs"),
        *IRRELEVANT,
    )
)  # fmt: skip
