"""OS10 statements that no verdict of ours can depend on, each with the reason.

A word here covers the forms with `no` and all lines below it. Statements that filter, route, translate, balance or size
transit packets must never appear here.
"""

from __future__ import annotations

from parsers.reader import Statement, irrelevant

TOP: tuple[Statement, ...] = (
    *irrelevant(
        "identity, management and housekeeping of the switch",
        "aaa", "alias", "banner", "boot", "clock", "cms", "crypto", "dcbx", "debug", "dot1x", "eula-consent", "event", "end", "exec-timeout", "exit", "feature", "fips", "fcoe",
        "hardware (?:forwarding-table|pkt-buffer|led|watchdog|profile|fan)", "host-description", "iscsi", "kernel", "led", "license", "line", "location-led", "logging", "login", "login-statistics",
        "management", "mgmt", "nic", "ntp", "openflow", "password-attributes", "policy-map type (?:application|control-plane|monitoring)", "radius-server", "reboot", "rest", "restconf", "role", "scale-profile",
        "scheduler", "service", "sflow", "show", "simple-password", "smartfabric", "snmp-server", "ssh", "support-assist", "support-assist-activity", "supportassist", "switch-port-profile", "system-cli", "system-user", "tacacs-server", "telemetry", "telnet", "terminal", "track", "userrole",
        "username", "vrf-default", "watchdog", "xml-schema", "ztd", "ipv6 mgmt", "enable", "disable", "port-group", "profile", "security-profile", "system identifier", "system (?:secure-boot|description|location)", "install", "image", "audit", "control-plane", "dhcp", "auto-recovery", "counters",
        r"ip (?:domain-list|domain-name|host|name-server|ssh|telnet|ftp|tftp|sftp|scp|dhcp|http|radius|tacacs|helper)", r"ipv6 (?:nd|dhcp|host|name-server)", "errdisable", "flow-map", "monitor", "interface breakout", "interface group",
    ),
    *irrelevant(
        "layer 2, which carries no address of a session",
        "spanning-tree", "lldp", "lacp", "mac (?:address-table|learning)", "mac-address-table", "vlt-domain", "vlt", "link-bundle-utilization", "link-bundle-trigger-threshold", "uplink-state-group", "vlan-stack", "private-vlan", "cfm", "igmp", "mld", "vfabric", "fc", "zone", "zoneset", "arp", "errdisable",
        "virtual-network", "nve", "evpn", "port-channel", "multicast", "pim", "default vlan-id", "ethernet", "ptp", "poe", "l2protocol-tunnel", "loop-detect", "storm-control", "vxlan", "mac access-list",
        r"ip (?:arp|igmp|pim|multicast-routing|mroute|virtual-router)", r"ipv6 (?:mld|pim|virtual-router|neighbor|unicast-routing)",
    ),
    *irrelevant(
        "routing policy: decides which routes exist, seen in the routing table alone",
        "bfd", "route-map", "vrrp", "key", "key-chain", "ip (?:as-path|community-list|extcommunity-list|prefix-list|ospf|bgp|sla|anycast-gateway-mac)", "ipv6 (?:prefix-list|ospf)", "ip redirects", "ipv6 redirects", "ip (?:proxy-arp|forward-protocol)", "maximum-paths", "ip ecmp-group", "ecmp-group", "max-ecmp-paths",
    ),
    *irrelevant(
        "marks, queues and rates; a class that drops is read in policy-map",
        "qos-map", "trust", "class-map", "wred", "priority-flow-control", "buffer", "queue", "dcb", "ets", "system qos", "qos-rate-adjust", "dcbx", "qos", "random-detect", "mtu-qos", "cos", "policy-map type (?:queuing|network-qos)",
    ),
)  # fmt: skip

INTERFACE: tuple[Statement, ...] = (
    *irrelevant(
        "physical layer, timers, measurement and management of the interface",
        "auto-negotiation", "negotiation", "speed", "duplex", "fec", "flowcontrol", "link-training", "load-interval", "lldp", "lacp", "snmp", "sflow", "bandwidth", "beacon", "bfd", "carrier-delay", "debounce", "dampening", "eee", "enable", "exit", "hardware", "location-led", "logging", "mac-address", "macsec",
        "media", "mode", "monitor", "optics", "ptp", "poe", "power", "propagate-priority", "dcbx", "ets", "priority-flow-control", "scale-profile", "remote-loopback", "loopback", "standalone-linkspeed", "unidirectional-link", "vlt-port-channel", "vlt", "wavelength", "link-bundle-utilization", "minimum-links", "switch-port-profile", "channel-member", "trust-map", "keepalive", "prop", "default", "track", "fcoe", "iscsi", "rate-interval", "vfabric", "virtual-gateway", "port-mode", "breakout", "delay", "upgrade", "ip (?:flow|anycast)",
    ),
    *irrelevant(
        "layer 2: VLANs, spanning tree",
        "spanning-tree", "storm-control", "vlan", "member-interface", "member", "vxlan-vni", "vlan-name", "private-vlan", "vlan-stack", "evpn", "igmp", "mld", "multicast", "pim", "arp", "mac", "loop-detect", "l2protocol-tunnel", "uplink-state-group", "isolated", "secondary-vlan",
    ),
    *irrelevant(
        "routing protocols on the interface: seen in the routing table alone",
        r"ip (?:ospf|igmp|pim|multicast|rip|bgp|router|virtual-router)", r"ipv6 (?:ospf|nd|mld|pim|router|virtual-router|dhcp|unicast)", "ospf", "vrrp",
    ),
    *irrelevant(
        "helpers and marks: they do not drop, split or size transit packets",
        r"ip (?:proxy-arp|helper-address|dhcp|arp|redirects|local-proxy-arp|directed-broadcast|icmp redirect|tcp-options-off)", r"ipv6 (?:redirects|icmp)", "qos-map", "trust", "qos", "queue", "wred", "random-detect", "cos", "dscp", "buffer", "system qos", "dot1x",
    ),
)  # fmt: skip
