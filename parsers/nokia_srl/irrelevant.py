"""Statements that no verdict can depend on, by the place where they stand, with the reason.

A statement belongs here only if it can neither deny, move, size nor split packets in transit. Words that no
table has are not understood. Source: Nokia SR Linux YANG models, releases 22.3 to 25.7.
"""

from __future__ import annotations

from parsers.nokia_style.statements import because

TOP = because(
    "links, hardware, labels, queueing or operations of the device itself",
    "bfd", "platform", "qos", "tunnel", "tunnel-interface", "oam", "keychains", "obfuscation", "event-handler",
    "traffic-engineering", "te", "p4rt", "telemetry", "debug", "version", "ethcfm", "tools",
) | because(
    "which routes are announced and accepted; a configuration with a routing protocol proves no route absent",
    "routing-policy",
) | because("frames between switches: which VLAN or tunnel they are in", "vxlan", "bridge")  # fmt: skip

SYSTEM = because(
    "management of the device itself: users, names, time, logs, services of the box",
    "aaa", "app-management", "authentication", "banner", "boot", "bridge-table", "clock", "configuration",
    "contact", "control-plane-traffic", "cpu", "dhcp", "dhcp-server", "dns", "eth-cfm", "ethcfm", "event-handler",
    "features", "ftp-server", "gnmi-server", "gnsi", "gribi-server", "grpc", "grpc-server", "grpc-tunnel",
    "information", "json-rpc-server", "keychain", "l2cp-transparency", "lacp", "license", "lldp", "location",
    "logging", "maintenance", "management", "mirroring", "multicast", "name", "netconf-server",
    "network-instance", "ntp", "openconfig", "p4rt-server", "packet-link-qualification", "protocols",
    "ptp", "ra-guard-policy", "raguard-policy", "resource-management", "satellite", "sflow", "snmp", "ssh-server",
    "stp", "statistics", "sync", "synce", "timing", "tls", "trace-options", "tpid", "twamp", "unix-socket",
    "utilization", "warm-reboot", "interface", "acl", "area-offload", "cloud", "dial-out", "telnet-server",
    "tracing", "gre", "segment-routing", "srv6", "virtual-ethernet", "clustering", "ospf", "isis", "bgp",
)  # fmt: skip
"""Below `system`; `load-balancing` and `mtu` are read."""

INTERFACE = because(
    "the link itself, its optics, negotiation, queues and counters",
    "breakout-mode", "dot1x", "ethcfm", "forwarding-complex", "hold-time", "lag-standby", "linecard", "link-loss",
    "linux", "loopback-mode", "otn", "p4rt", "ping", "qos", "radio", "sflow", "statistics", "tpid", "transceiver",
    "ifindex", "mac-address", "phys-address", "uuid", "macsec", "power-save", "oper-state", "adapter", "scheduler",
    "ptp", "multicast",
)  # fmt: skip

ETHERNET = because(
    "the link itself, its negotiation and protection",
    "auto-negotiate", "crc-monitor", "dac-link-training", "dot1x", "down-on-fault", "duplex-mode", "ethernet-segment",
    "exponential-port-dampening", "fec", "flow-control", "forward-error-correction", "hold-time", "hw-mac-address",
    "l2cp-transparency", "lacp-port-priority", "link-loss-forwarding", "lldp", "mac-address", "macsec",
    "port-speed", "ptp-asymmetry", "reload-delay", "standby-signaling", "statistics", "storm-control",
    "symbol-monitor", "synce", "poe", "ssm", "linux-mac",
)  # fmt: skip

LAG = because(
    "how the bundle is negotiated and kept up; a flow stays on one link",
    "lacp", "lacp-fallback-mode", "lacp-fallback-timeout", "lag-type", "member-speed", "min-links", "statistics",
    "standby-signaling", "lag-speed", "micro-bfd",
)  # fmt: skip

SUBINTERFACE = because(
    "neighbours, switching, labels, accounting or queueing: no routed packet is denied, sized or moved by it",
    "anycast-gw", "bridge-table", "de-mux", "dhcp-snooping", "ethcfm", "ifindex", "l2-mtu", "l2cp-transparency",
    "local-mirror-destination", "mpls", "mpls-mtu", "name", "qos", "ra-guard", "sflow", "statistics", "type",
    "uuid", "vlan", "unidirectional-link-delay", "router-advertisement", "p4rt", "bfd", "l2", "dot1q", "mac-address",
    "ip-tags", "collect-detailed-stats", "collect-irb-stats", "oam",
)  # fmt: skip

FAMILY = because(
    "neighbours, their protocols and the services for hosts: no packet in transit is denied or sized by it",
    "allow-directed-broadcast", "arp", "bfd", "dhcp-relay", "dhcp-server", "dhcpv6-relay", "dhcpv6-server",
    "neighbor-discovery", "router-advertisement", "statistics", "vrrp", "router-role", "ip-tags",
    "link-local", "forwarding", "hw-mac-address", "gratuitous-arp",
)  # fmt: skip

INSTANCE = because(
    "identity, labels, switching or limits of the instance: no unicast route and no filter comes from it",
    "description", "router-id", "type", "ip-forwarding", "bridge-table", "mpls", "mpls-forwarding", "mtu",
    "interface-ref", "vxlan-interface", "tcp-udp", "traffic-engineering", "te-policies", "segment-routing",
    "flexible-algorithms", "maintenance-policies", "route-table", "bgp-rib", "icmp", "warm-restart", "multicast",
    "proxy-arp", "proxy-nd", "ethernet-segment", "connection-point", "ip-tag", "route-limits", "dscp-rewrite",
    "router-discovery", "statistics", "igmp", "mld", "pim", "tunnel-table", "ldp", "admin-groups",
)  # fmt: skip
