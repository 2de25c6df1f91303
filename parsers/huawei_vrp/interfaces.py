"""Interface views of VRP."""

from __future__ import annotations

import re

from parsers.huawei_vrp.irrelevant import INTERFACE as IRRELEVANT
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.reader import Statement, Table
from parsers.vrp_style import interface_lines as lines
from parsers.vrp_style.draft import Applied, Draft
from parsers.vrp_style.interface_lines import recognised
from parsers.vrp_style.walk import either

Found = re.Match[str]


def traffic_filter(state: Draft, match: Found, line: int) -> None:
    """`traffic-filter inbound|outbound acl [ipv6] N|name X [rule R]`."""
    lines.apply(state, filter_of(match, line))


def filter_of(match: Found, line: int) -> Applied:
    """The access list that `traffic-filter` or `traffic-secure` names."""
    family = 6 if match["ipv6"] else 4
    return Applied(match["name"], family, match["direction"], line, rule=match["rule"])


def traffic_policy(state: Draft, match: Found, line: int) -> None:
    """`traffic-policy P inbound|outbound`."""
    lines.apply(state, Applied(match["name"], 0, match["direction"], line, kind="policy"))


def eth_trunk(state: Draft, match: Found, line: int) -> None:
    """`eth-trunk N`, `ip-trunk N`: member of it."""
    name = "Eth-Trunk" if match[0].startswith("eth") else "Ip-Trunk"
    lines.current(state).bundle = f"{name}{match['number']}"


def per_packet(state: Draft, match: Found, line: int) -> None:
    """`loadbalance packet enable`: per packet over equal-cost routes whose egress this is (NetEngine command
    reference). On an Eth-Trunk it spreads over the members."""
    draft = lines.current(state)
    trunk = draft.name.lower().startswith(("eth-trunk", "ip-trunk"))
    lines.choose(
        state,
        PathChoice(
            stage=Stage.BUNDLE if trunk else Stage.ECMP,
            scope=Scope.BUNDLE if trunk else Scope.EGRESS,
            spread=Spread.PER_PACKET,
            statement=match[0],
            interface=draft.name,
            where=state.where(line),
        ),
    )


_HASHES = {
    "src-ip": {HashField.SRC}, "dst-ip": {HashField.DST}, "src-dst-ip": {HashField.SRC, HashField.DST},
    "src-mac": set[HashField](), "dst-mac": set[HashField](), "src-dst-mac": set[HashField](),
    "l4": {HashField.SRC_PORT, HashField.DST_PORT}, "enhanced": {HashField.SRC, HashField.DST},
    "flow": {HashField.SRC, HashField.DST},
}  # fmt: skip
_SPRAYS = frozenset({"packet-all", "packet", "random", "round-robin"})


def load_balance(state: Draft, match: Found, line: int) -> bool | None:
    """`load-balance WORD` of a trunk: a hash, or one packet a member."""
    word = match["word"]
    if word not in _SPRAYS and word not in _HASHES:
        return False
    draft = lines.current(state)
    lines.choose(
        state,
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.PER_PACKET if word in _SPRAYS else Spread.FLOW,
            statement=match[0],
            fields=frozenset(_HASHES.get(word, set())),
            interface=draft.name,
            where=state.where(line),
        ),
    )
    return None


ACL = r"acl (?P<ipv6>ipv6 )?(?:number )?(?:name )?(?P<name>\S+)(?: rule (?P<rule>\d+))?"

TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(
            r"ip address (?P<address>\d\S+) (?P<mask>\S+)(?: sub)?", lines.address, topic="interfaces"
        ),
        Statement(r"ip address (?P<address>\d\S+/\d+)(?P<mask>)", lines.address),
        Statement(r"ip address (?:dhcp-alloc|ppp-negotiate|bootp-alloc|negotiate)(?: .*)?", lines.dynamic),
        Statement(r"ip address unnumbered interface \S+(?: \S+)?", lines.dynamic),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+) (?P<mask>\d+)(?: (?:eui-64|anycast|tag \d+))*",
            lines.address,
        ),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?P<mask>)(?: (?:eui-64|anycast|tag \d+))*",
            lines.address,
        ),
        Statement(r"ipv6 address (?:auto \S+|\S+ link-local|dhcp-alloc.*|pd-pool.*)", lines.ipv6_on),
        Statement(r"ipv6 enable", lines.ipv6_on),
        Statement(r"shutdown", lines.shutdown),
        Statement(r"undo shutdown", lines.shutdown),
        Statement(r"ip binding vpn-instance (?P<vrf>\S+)", lines.vrf),
        Statement(r"mtu (?P<value>\d+)(?: spread)?", lines.mtu, topic="mtu"),
        Statement(r"ipv6 mtu (?P<value>\d+)(?: spread)?", lines.mtu),
        *either(
            (r"tcp adjust-mss (?P<value>\d+)", r"ipv6 tcp adjust-mss (?P<value>\d+)"),
            Statement("", lines.clamp, topic="mss"),
        ),
        *either(
            (
                rf"traffic-filter (?P<direction>inbound|outbound) {ACL}",
                rf"traffic-secure (?P<direction>inbound|outbound) {ACL}",
            ),
            Statement("", traffic_filter, topic="bindings"),
        ),
        *either((r"traffic-filter .*", r"traffic-secure .*"), Statement("", recognised("l2-filter"))),
        Statement(
            r"traffic-policy (?P<name>\S+) (?P<direction>inbound|outbound)(?: .*)?", traffic_policy
        ),
        Statement(r"packet-filter .*", recognised("l2-filter")),
        Statement(r"firewall packet-filter .*", recognised("inspect")),
        Statement(r"firewall blacklist .*", reason="listed sources only"),
        Statement(r"zone (?P<zone>\S+)", lines.zone, topic="zones"),
        *either(
            tuple(rf"{word}urpf (?P<mode>strict|loose)(?: .*)?" for word in ("", "ip ", "ipv6 ")),
            Statement("", lines.urpf, topic="urpf"),
        ),
        Statement(r"nat outbound(?: .*)?", lines.nat_outside, topic="nat"),
        Statement(r"nat (?:server|static|enable|bind|address-group) ?.*", recognised("nat")),
        *either(
            (r"eth-trunk (?P<number>\d+)(?: .*)?", r"ip-trunk (?P<number>\d+)(?: .*)?"),
            Statement("", eth_trunk),
        ),
        Statement(r"loadbalance packet enable", per_packet, topic="load sharing"),
        Statement(r"undo loadbalance packet enable", reason="per flow is the default"),
        Statement(r"load-balance (?P<word>\S+)(?: .*)?", load_balance),
        Statement(r"undo portswitch", lines.routed),
        Statement(r"portswitch", lines.bridged),
        Statement(
            r"port (?:link-type|default|trunk|hybrid|access|link-flap|isolate|vlan-mapping|vlan-stacking)"
            r"(?: .*)?",
            lines.bridged,
        ),
        Statement(r"undo port (?:trunk|default|hybrid).*", lines.bridged),
        *either(
            (
                r"source (?:vpn-instance \S+ )?(?P<rest>.+)",
                r"destination (?:vpn-instance \S+ )?(?P<rest>.+)",
                r"tunnel-protocol (?P<rest>.+)",
                r"gre key (?P<rest>.+)",
                r"ipsec (?:profile|policy) (?P<rest>.+)",
            ),
            Statement("", lines.tunnel_word, topic="tunnels"),
        ),
        Statement(r"ip policy-based-route (?P<name>\S+)", lines.policy_route, topic="policy routing"),
        Statement(r"(?:redirect|policy-based-route) (?P<name>\S+).*", lines.policy_route),
        Statement(r"clear ip df", recognised("df-bit")),
        Statement(r"undo icmp \S+ send", reason="codes of their own, not Frag-Needed (Huawei command pages)"),
        *either(
            (r"ip verify .*", r"ip source check .*", r"ipv4 source check .*"),
            Statement("", recognised("inspect")),
        ),
        Statement(r"user-bind .*", reason="a binding table entry"),
        *IRRELEVANT,
    ),
    missed="interface",
)  # fmt: skip
