"""Statements that no verdict can depend on, by the place where they stand, with the reason.

A statement belongs here only if it can neither deny, move, size nor split packets in transit. Words that no table has
are not understood. Sources: NVUE reference 5.0 to 5.14 (Set and Unset Commands); interfaces(5) of ifupdown2 and
`ifquery --syntax-help`; Cumulus Linux 4.3, "Network Command Line Utility".
"""

from __future__ import annotations


def because(reason: str, *words: str) -> dict[str, str]:
    """Table entries for `words` with the reason that they share."""
    return dict.fromkeys(words, reason)


TOP = because(
    "management, hardware, queueing and clocks of the switch itself",
    "platform", "service", "qos", "maintenance", "cluster", "ib", "fae", "action", "header", "ptp", "synce",
) | because(
    "frames between switches: bridges, tunnels and pairs; routed packets are filtered on interfaces",
    "bridge", "mlag", "evpn", "nve", "vxlan",
)  # fmt: skip

SYSTEM = because(
    "management of the switch itself: users, names, time, logs, counters, services, hardware",
    "aaa", "acl", "api", "banner", "cli", "clock", "config", "control-plane", "counter", "date-time", "debug",
    "dhcp-server",
    "dhcp-server6", "dhcp-relay", "dns", "docker", "dot1x", "docker-config", "event", "gnmi-server", "health",
    "image",
    "ldap", "lldp", "log", "log-files", "log-component", "message", "ntp", "packages", "password-hardening",
    "port-mirror", "ptm",
    "radius", "reboot", "security", "serial-console", "sflow", "snmp-server", "ssh-server", "stat", "syslog", "ssh",
    "tacacs", "tech-support", "telemetry", "time", "timezone", "version", "wjh", "ztp", "netq", "profile",
    "reflexive-acl", "firmware", "factory-default", "fips", "eula", "date-and-time", "watchdog", "link",
    "resource-mode",
    "ip", "config-auto-save", "auto-save", "grpc-tunnel-server", "icmp", "packet-trim", "tpm", "storage",
    "config-apply",
) | because("labels and tunnels between switches", "global")  # fmt: skip

INTERFACE = because(
    "the link itself, neighbours, spanning trees, tunnels between switches, queues, clocks and counters",
    "dot1x", "evpn", "ptp", "qos", "lldp", "synce", "storm-control", "counters", "telemetry", "sflow",
    "port-security",
    "macsec", "fec", "breakout", "stp", "dhcp-relay", "dhcp-snooping", "vlan", "cluster", "pluggable", "ptm", "sub",
    "vxlan", "clag", "component", "stats", "name", "alias", "loopback", "dampening",
)  # fmt: skip

IP = because(
    "neighbours, multicast, redundancy and advertisements: no packet in transit is denied or sized by it",
    "igmp", "neighbor-discovery", "neighbour-discovery", "vrrp", "neighbor", "arp", "mld", "dhcp-client", "enable",
    "forward", "icmp",
)  # fmt: skip

LINK = because(
    "negotiation, optics and protection of the link",
    "auto-negotiate", "breakout", "dot1x", "duplex", "fast-linkup", "fec", "flap-protection", "lanes", "speed",
    "lpm", "mac", "mac-address", "phy-detail", "protection", "stats", "protodown", "diagnostics", "eye",
    "down-reason",
    "round-robin", "connection-mode", "fnm", "contain-down",
)  # fmt: skip

BOND = because(
    "how the bond is negotiated and kept up; a flow stays on one member",
    "lacp-bypass", "lacp-rate", "down-delay", "up-delay", "mlag", "miimon", "min-links", "miimon-interval",
    "lacp-mode",
)  # fmt: skip

BRIDGE_PORT = because(
    "spanning tree, learning and tunnels of a bridge port",
    "stp", "learning", "arp-suppress", "nd-suppress", "tunnel", "enable", "mac-notify", "flood", "port-isolation",
    "isolated", "priority", "learn", "bpduguard", "portadminedge", "portautoedge", "portbpdufilter", "portnetwork",
    "portrestrrole", "allow-untagged", "treepathcost", "unicast-flood", "multicast-flood", "vlan-vni-map",
    "vlan-vni-offset",
)  # fmt: skip

ROUTER_PORT = because(
    "how a routing protocol forms adjacencies; routes are read from tables",
    "ospf", "ospf6", "bgp", "pim", "isis", "bfd", "mpls", "segment-routing", "eigrp",
)  # fmt: skip

VRF = because(
    "numbers, tunnels and clocks of the VRF",
    "table", "evpn", "ptp", "description", "dhcp-relay", "rd",
)  # fmt: skip

VRF_ROUTER = because(
    "which routes are announced and accepted, and multicast",
    "rib", "pim", "ldp", "nexthop-tracking", "eigrp", "fib", "segment-routing", "igmp", "msdp", "bfd",
    "traffic-engineering",
)  # fmt: skip

ROUTER = because(
    "which routes are announced and accepted, multicast and redundancy: routes are read from tables",
    "policy", "pim", "igmp", "vrr", "vrrp", "nexthop", "ptm", "rib", "bfd", "ldp", "segment-routing",
    "convergence-wait",
    "password-obfuscation", "evpn", "graceful-restart", "password", "log",
)  # fmt: skip
