"""EOS statements that no verdict of ours can depend on, each with the reason.

A word here covers the forms with `no` and all lines below it. Statements that filter, route,
translate, balance or size transit packets must never appear here; they are read, or recognised, in
the other tables.
"""

from __future__ import annotations

from parsers.reader import Statement, irrelevant

TOP: tuple[Statement, ...] = (
    *irrelevant(
        "identity, management and housekeeping of the device",
        "aaa", "agent", "alias", "banner", "boot", "clock", "cvx", "daemon", "dns", "email",
        "enable", "environment", "event-handler", "event-monitor", "exit", "end", "file",
        "hardware speed-group", "hardware port-group", "hardware counter", "hardware tcam",
        "hardware fpga", "hardware flow", "hardware access-list (?:mechanism|update|resource)",
        "hardware capacity", "hardware lag", "influxdb", "kernel", "ldap", "license",
        "load-interval", "logging", "maintenance", "management", "match-list", "monitor", "ntp",
        "patch", "platform", "prompt", "queue-monitor", "radius-server", "redundancy", "role",
        "schedule", "service", "sflow", "snmp-server", "stun", "system l1", "tacacs-server",
        "tap", "tcam", "telemetry", "terminal", "transceiver", "username", "vmtracer", "xcvr",
        "group", "errdisable", "power", "flow", "openflow", "hostname", "track", "dhcp",
        "application", "sync-e", "default", "mcs",
        "ip (?:name-server|domain-name|domain-list|domain|host|ssh|http|ftp"
        "|tftp|telnet|radius|tacacs|ldap|security|dhcp|client|hardware fib optimize"
        "|hardware fib next-hop)",
        "ipv6 (?:dhcp|host|domain|name-server|hardware fib optimize"
        "|hardware fib next-hop)",
    ),
    *irrelevant(
        "layer 2, which carries no address of a session",
        "spanning-tree", "lldp", "lacp", "link", "mac", "mlag", "vlan", "l2-protocol", "mvrp",
        "msrp", "dot1x", "cfm", "ptp", "poe", "dcbx", "priority-flow-control",
        "switchport default (?:mode access|mode trunk|phone)", "switchport port-security",
        "address", "arp", "ethernet", "macsec", "e-tree", "pvlan", "storm-control",
        "port-security", "trunk",
    ),
    *irrelevant(
        "routing policy: decides which routes exist, seen in the routing table alone",
        "bfd", "peer-filter", "mpls", "route-map", "dynamic", "rcf", "fhrp", "vrrp", "key",
        "ip arp", "ip attached-host", "ip address virtual source-nat",
        "ipv6 address virtual source-nat", "ip routing address", "igmp", "mld", "pim", "msdp",
        "mfib", "multicast",
        "ip (?:as-path|community-list|extcommunity-list|large-community-list"
        "|prefix-list|ospf|rip|route-map|virtual-router|igmp|pim|mroute|multicast"
        "|multicast-routing|mfib|msdp|dynamic|bgp|isis|access-list (?:log|resequence))",
        "ipv6 (?:prefix-list|ospf|pim|mld|multicast|multicast-routing|neighbor|nd"
        "|virtual-router|access-list (?:log|resequence))",
    ),
    *irrelevant(
        "marks, queues and rates; a class that drops is read in policy-map",
        "qos", "class-map", "random-detect", "tx-queue", "uc-tx-queue",
    ),
    *irrelevant(
        "names for address translation, which the interface statement uses",
        "ip nat (?:pool|translation|synchronization|kernel|profile|logging|hardware)",
    ),
    *irrelevant(
        "redirects, options and sources of packets of the device itself",
        "ip icmp (?:redirect|source-interface)", "ipv6 icmp (?:redirect|source-interface)",
        "ip (?:redirect|redirects|proxy-arp|software forwarding options"
        "|hardware fib ecmp)",
    ),
)  # fmt: skip

INTERFACE: tuple[Statement, ...] = (
    *irrelevant(
        "physical layer, timers, measurement and management of the interface",
        "load-interval", "logging", "dcbx", "mac-address", "link-debounce", "flowcontrol",
        "speed", "duplex", "unidirectional", "traffic-loopback", "error-correction", "phy",
        "snmp", "lldp", "lacp", "ntp", "sflow", "flow", "queue-monitor", "ptp", "sync-e",
        "transceiver", "bandwidth", "mac (?:timestamp|security|address|learning)", "bfd", "link",
        "monitor", "redundancy", "hardware", "exit", "delay", "auto",
        "port-channel (?:min-links|lacp|speed|hash)", "comment",
        "arp", "power", "poe", "cfm", "tap", "keepalive", "carrier-delay", "xcvr",
        "macsec", "vmtracer", "service-profile", "location",
    ),
    *irrelevant(
        "layer 2: VLANs, spanning tree",
        "spanning-tree", "storm-control", "encapsulation", "l2-protocol", "mlag", "evpn", "vlan",
        "msrp", "mvrp", "pvlan", "autostate", "vxlan",
        "e-tree", "address", "dot1q",
        "switchport (?:dot1q|mac|vlan|phone|backup|backup-link|source-interface|tap"
        "|tool|trunk|access|mode|private-vlan|pvlan|recirculation|block|ethertype)",
    ),
    *irrelevant(
        "routing protocols on the interface: seen in the routing table alone",
        "isis", "ospfv3", "mpls", "vrrp", "rip", "igmp", "mld", "pim", "multicast", "mfib",
        "msdp", "traffic-engineering", "bgp", "neighbor", "rsvp", "ldp",
        "ip (?:ospf|rip|igmp|pim|multicast|mfib|router|attached-routes|attached-host"
        "|attached-hosts|isis|bgp|as-path)",
        "ipv6 (?:nd|ospf|router|pim|mld|attached-routes|attached-host|dhcp|rip|isis"
        "|multicast)",
    ),
    *irrelevant(
        "helpers and marks: they do not drop, split or size transit packets",
        "ipv6 (?:redirects|icmp redirect)", "dhcp", "qos", "shape", "priority-flow-control",
        "tx-queue", "uc-tx-queue", "mc-tx-queue", "random-detect", "rx-queue",
        "stun",
        "ip (?:proxy-arp|local-proxy-arp|helper-address|dhcp|directed-broadcast|arp"
        "|gratuitous-arp|redirects|icmp redirect|virtual-router"
        "|address virtual source-nat|nat translation|ddns)",
    ),
)  # fmt: skip
