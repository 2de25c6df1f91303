"""Linux: iptables, nftables, iproute2, sysctl and FRR."""

from __future__ import annotations

from parsers.frr_style.frr import FRR
from parsers.linux.device import parse
from parsers.linux.remediation import remedy
from parsers.platform import Command, Platform
from parsers.tells import LINUX

_COMMANDS = (
    Command("ip route show", "IPv4 routes in the main table"),
    Command("ip -j route", "the same as JSON"),
    Command("ip -6 route show", "IPv6 routes in the main table", none=True),
    Command("ip nexthop show", "next hop objects that routes name by number", none=True),
    Command("ip address show", "interfaces, addresses, MTU"),
    Command("ip -j address", "the same as JSON"),
    Command("ip -d link", "kinds of interfaces, bond modes, tunnels"),
    Command("ip rule show", "which table routes which IPv4 packets"),
    Command("ip -6 rule show", "which table routes which IPv6 packets"),
    Command("nft list ruleset", "nftables rule set", root=True, sbin=True, none=True),
    Command("nft -j list ruleset", "the same as JSON", root=True, sbin=True),
    Command(
        "iptables-save", "IPv4 filter, mangle, nat, raw tables", root=True, sbin=True, none=True
    ),
    Command(
        "ip6tables-save", "IPv6 filter, mangle, nat, raw tables", root=True, sbin=True, none=True
    ),
    Command("sysctl -a", "forwarding, multipath hash, reverse path filter", sbin=True),
    Command("tc qdisc show", "equalizers", sbin=True, none=True),
    Command("uname -r", "the kernel's release"),
    Command("vtysh -c 'show running-config'", "FRR configuration", root=True),
    Command("vtysh -c 'show ip route vrf all json'", "FRR routes", root=True),
    Command("vtysh -c 'show ipv6 route vrf all json'", "FRR IPv6 routes", root=True),
    Command(
        "lldpctl -f keyvalue", "which devices the members of bonds end on", root=True, sbin=True
    ),
)

_OTHER_FORMS = frozenset(
    {
        "bindings", "bundles", "fib", "filters", "filters v6", "groups", "identity", "interfaces",
        "load sharing", "mss", "mtu", "nat", "policy routing", "remedies", "rib", "tunnels",
        "unreachables", "urpf", "version",
    }
)  # fmt: skip
"""What the forms other than FRR's configuration give; `forms` names them, and `device` joins them."""

PLATFORM = Platform(
    name="linux",
    vendor="Linux",
    title="Linux with iptables, nftables, iproute2 or FRR",
    tells=LINUX,
    commands=_COMMANDS,
    topics=FRR.topics() - {"forwarding"} | _OTHER_FORMS,
    parse=parse,
    remedy=remedy,
    aliases={
        "vtysh show running-config": "vtysh -c 'show running-config'",
        "ip -j route show": "ip -j route",
        "ip -j address show": "ip -j address",
    },
)
