"""Interface views of Comware."""

from __future__ import annotations

import re

from parsers.hp_comware.irrelevant import INTERFACE as IRRELEVANT
from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.reader import Statement, Table
from parsers.vrp_style import interface_lines as lines
from parsers.vrp_style.draft import Applied, Draft
from parsers.vrp_style.interface_lines import recognised
from parsers.vrp_style.walk import either

Found = re.Match[str]


def interface(state: Draft, match: Found, line: int) -> None:
    """`interface NAME`, for tunnels in V7 with their mode."""
    draft = lines.open_interface(state, match, line)
    if match["mode"]:
        draft.tunnel["mode"] = (match["mode"], line)


def packet_filter(state: Draft, match: Found, line: int) -> None:
    """`packet-filter [ipv6] N|name X inbound|outbound [hardware-count]`."""
    family = 6 if match["ipv6"] else 4
    lines.apply(state, Applied(match["name"].lower(), family, match["direction"], line))


def firewall_filter(state: Draft, match: Found, line: int) -> None:
    """`firewall packet-filter [ipv6] N inbound|outbound` (V5): it filters once `firewall enable` stands."""
    family = 6 if match["ipv6"] else 4
    one = Applied(match["name"].lower(), family, match["direction"], line, inactive="firewall")
    lines.apply(state, one)


def qos_policy(state: Draft, match: Found, line: int) -> None:
    """`qos apply policy P inbound|outbound`."""
    lines.apply(state, Applied(match["name"], 0, match["direction"], line, kind="policy"))


def inspection(state: Draft, match: Found, line: int) -> None:
    """`aspf apply policy N outbound`: answers of sessions that leave are let in, and the other way round."""
    opposite = "inbound" if match["direction"] == "outbound" else "outbound"
    lines.current(state).opened[opposite] = line


def aggregation(state: Draft, match: Found, line: int) -> None:
    """`port link-aggregation group N`: member of Bridge-AggregationN or Route-AggregationN, whichever the
    text has; it may follow."""
    lines.current(state).bundle = f"aggregation {match['number']}"


def bundle(state: Draft, match: Found, line: int) -> None:
    """`bundle id N`: member of HDLC-bundleN."""
    lines.current(state).bundle = f"HDLC-bundle{match['number']}"


def bundle_mode(state: Draft, match: Found, line: int) -> None:
    """`bundle load-balance per-flow|per-packet`; members of an HDLC bundle end on one device."""
    draft = lines.current(state)
    lines.choose(
        state,
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.PER_PACKET if match["mode"] == "per-packet" else Spread.FLOW,
            statement=match[0],
            interface=draft.name,
            remerge=True,
            where=state.where(line),
        ),
    )


def sharing(state: Draft, match: Found, line: int) -> None:
    """`link-aggregation load-sharing mode WORDS` of an aggregation: header fields, or per packet."""
    draft = lines.current(state)
    lines.choose(
        state,
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.PER_PACKET if "per-packet" in match["mode"] else Spread.FLOW,
            statement=match[0],
            interface=draft.name,
            where=state.where(line),
        ),
    )


def egress_sharing(state: Draft, match: Found, line: int) -> None:
    """`ip load-sharing mode per-packet|per-flow` in an interface view."""
    draft = lines.current(state)
    lines.choose(
        state,
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.EGRESS,
            spread=Spread.PER_PACKET if match["mode"] == "per-packet" else Spread.FLOW,
            statement=match[0],
            interface=draft.name,
            where=state.where(line),
        ),
    )


TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(
            r"ip address (?P<address>\d\S+) (?P<mask>\S+)(?: (?:sub|irb))?", lines.address, topic="interfaces"
        ),
        Statement(r"ip address (?P<address>\d\S+/\d+)(?P<mask>)", lines.address),
        Statement(r"ip address (?:dhcp-alloc|ppp-negotiate|bootp-alloc|cellular-allocated)(?: .*)?", lines.dynamic),
        Statement(r"ip address unnumbered interface \S+(?: \S+)?", lines.dynamic),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F]*:[0-9a-fA-F:.]*) (?P<mask>\d+)(?: (?:eui-64|anycast))?",
            lines.address,
        ),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F]*:[0-9a-fA-F:.]*/\d+)(?P<mask>)(?: (?:eui-64|anycast))?",
            lines.address,
        ),
        Statement(r"ipv6 address (?:auto(?: .*)?|\S+ link-local|dhcp-alloc.*|\d+ \S+|prefix-number .*)", lines.ipv6_on),
        Statement(r"ipv6 enable", lines.ipv6_on),
        *either((r"shutdown", r"undo shutdown"), Statement("", lines.shutdown)),
        Statement(r"ip binding vpn-instance (?P<vrf>\S+)", lines.vrf),
        *either(
            (r"mtu (?P<value>\d+)", r"ip mtu (?P<value>\d+)", r"ipv6 mtu (?P<value>\d+)"),
            Statement("", lines.mtu, topic="mtu"),
        ),
        *either(
            (r"tcp mss (?P<value>\d+)", r"ipv6 tcp mss (?P<value>\d+)"),
            Statement("", lines.clamp, topic="mss"),
        ),
        Statement(r"packet-filter default .*", reason="counts"),
        Statement(r"packet-filter filter (?:route|all)", reason="routed packets are filtered either way"),
        Statement(r"packet-filter (?:mac|user-defined|copp) .*", recognised("l2-filter")),
        Statement(
            r"packet-filter (?P<ipv6>ipv6 )?(?:name )?(?P<name>\S+) (?P<direction>inbound|outbound)"
            r"(?: (?:hardware-count|extension|share-mode))*",
            packet_filter,
            topic="bindings",
        ),
        Statement(
            r"firewall packet-filter (?P<ipv6>ipv6 )?(?:name )?(?P<name>\S+) (?P<direction>inbound|outbound)"
            r"(?: match-fragments (?:normally|exactly))?",
            firewall_filter,
            topic="bindings",
        ),
        Statement(r"packet-filter .*", recognised("l2-filter")),
        Statement(r"firewall ethernet-frame-filter .*", recognised("inspect")),
        Statement(r"qos apply policy (?P<name>\S+) (?P<direction>inbound|outbound)(?: .*)?", qos_policy),
        *either(
            tuple(rf"{word}urpf (?P<mode>strict|loose)(?: .*)?" for word in ("ip ", "ipv6 ")),
            Statement("", lines.urpf, topic="urpf"),
        ),
        Statement(r"nat outbound(?: .*)?", lines.nat_outside, topic="nat"),
        Statement(r"nat (?:server|static|hairpin|inbound)(?: .*)?", recognised("nat")),
        *either(
            (
                r"aspf apply policy \S+ (?P<direction>inbound|outbound)",
                r"firewall aspf \S+ (?P<direction>inbound|outbound)",
            ),
            Statement("", inspection, topic="inspection"),
        ),
        Statement(r"port link-aggregation group (?P<number>\d+)(?: .*)?", aggregation),
        Statement(r"bundle id (?P<number>\d+)", bundle),
        Statement(r"bundle load-balance (?P<mode>per-flow|per-packet)", bundle_mode, topic="load sharing"),
        Statement(r"link-aggregation load-sharing mode (?P<mode>.+)", sharing),
        Statement(r"ip load-sharing mode (?P<mode>per-flow|per-packet)(?: .*)?", egress_sharing),
        Statement(r"port link-mode route", lines.routed),
        Statement(r"port link-mode bridge", lines.bridged),
        Statement(r"port (?:link-type|access|trunk|hybrid|service-loopback|up-mode|isolate)(?: .*)?", lines.bridged),
        Statement(r"undo port (?:trunk|hybrid|access).*", lines.bridged),
        *either(
            (
                r"source (?P<rest>.+)",
                r"destination (?:vpn-instance \S+ )?(?P<rest>.+)",
                r"tunnel-protocol (?P<rest>.+)",
                r"gre key (?P<rest>.+)",
                r"ipsec (?:apply )?(?:profile|policy) (?P<rest>.+)",
                r"protection ipsec profile (?P<rest>.+)",
            ),
            Statement("", lines.tunnel_word, topic="tunnels"),
        ),
        Statement(r"tunnel protection ipsec profile (?P<rest>.+)", lines.tunnel_word),
        *either(
            (r"ip policy-based-route (?P<name>\S+).*", r"ipv6 policy-based-route (?P<name>\S+).*"),
            Statement("", lines.policy_route, topic="policy routing"),
        ),
        Statement(r"ip verify source .*", recognised("inspect")),
        Statement(r"ip clear df.*", recognised("df-bit")),
        *IRRELEVANT,
    ),
    missed="interface",
)  # fmt: skip
