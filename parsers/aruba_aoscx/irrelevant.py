"""AOS-CX statements that no verdict of ours can depend on, each with the reason.

A word here covers the forms with `no` and all lines below it. Statements that filter, route, translate, balance or size
transit packets must never appear here.
"""

from __future__ import annotations

from parsers.reader import Statement, irrelevant

TOP: tuple[Statement, ...] = (
    *irrelevant(
        "identity, management and housekeeping of the switch",
        "aaa", "alias", "allow-unsafe-updates", "allow-unsupported-transceiver", "auto-confirm", "aruba-central", "banner", "bluetooth", "boot", "cli-session", "clock", "console", "container", "copp-policy", "core-dump", "crypto", "debug", "domain-name", "dpp", "end", "energy-efficient-ethernet", "exit", "external-storage", "fan", "hostname",
        "https-server", "https", "hpe-anw", "hsc", "http", "include-credentials", "ipsla", "ip-sla", "job", "led", "line", "logging", "login", "mgmt", "module", "nae-script", "nae-agent", "ntp", "password", "power", "profile", "prompt", "radius", "radius-server", "rmon", "schedule", "secure-mode", "session-timeout", "sflow", "smartlink", "snmp", "snmp-server", "snmpv3", "ssh", "sntp",
        "system (?:resource-utilization-poll-interval|interface-group|internal-vlan-range|led)", "tacacs-server", "telnet", "tftp", "timezone", "track", "usb", "user", "user-group", "ubt", "ubt-client-vlan", "ubt-mode", "virtual-mac", "vsf", "vsx", "vsx-sync", "zeroize", "zerotouch", "configuration-lockout", "checkpoint", "fault-monitor", "feature-pack", "flow", "traffic-insight", "app-recognition", "device-profile", "client",
        "ip (?:dns|host|source-interface|ssh|dhcp|client|forward-protocol|fabric)", "ipv6 (?:source-interface|dhcp|client|ra|destination-guard)", "dhcp", "dhcpv4-snooping", "dhcpv6-snooping", "dhcp-relay", "dhcpv4-relay", "dhcpv6-relay", "ip helper", "access-list (?:log-timer|secure-update|all)", "mirror", "copp", "hardware-telemetry", "pki", "certificate", "mac-group", "lldp-group", "cdp-group", "captive-portal-profile", "web", "rest", "gnmi", "netconf", "openflow",
    ),
    *irrelevant(
        "layer 2, which carries no address of a session; admission of ports is seen on the interface",
        "spanning-tree", "lldp", "cdp", "lacp", "loop-protect", "mac", "mac-lockout", "mac-notify", "mvrp", "mstp", "erps", "evpn", "vxlan", "port-access", "port-security", "poe", "igmp", "mld", "static-mac", "private-vlan", "ptp", "priority-flow-control", "storm-control", "arp", "nd", "nd-snooping", "l2protocol", "stp", "rpvst", "gbp", "virtual-network", "macsec", "mka",
        "ip (?:igmp|arp|pim|multicast|mroute|multicast-static-route|proxy-arp|neighbor-flood|local-proxy-arp|source-lockdown resource-extended|msdp)", "ipv6 (?:mld|pim6|multicast|nd|neighbor)",
    ),
    *irrelevant(
        "routing policy: decides which routes exist, seen in the routing table alone",
        "route-map", "bfd", "key", "keychain", "ip (?:prefix-list|aspath-list|as-path-list|community-list|extcommunity-list|large-community-list|ospf|icmp redirect|redirects)", "ipv6 (?:prefix-list|ospfv3|icmp redirect)", "vrrp", "mpls", "ldp",
    ),
    *irrelevant("marks, queues and rates", "qos", "queue", "class mac", "rate-limit", "apply qos"),
    *irrelevant("which next hops a policy may steer to; the policy says where it acts", "pbr-action-list", "pbr"),
)  # fmt: skip

INTERFACE: tuple[Statement, ...] = (
    *irrelevant(
        "physical layer, timers, measurement and management of the interface",
        "arp", "autonegotiate", "bfd", "breakout", "cdp", "client", "dcbx", "energy-efficient-ethernet", "error-control", "exit", "flow-control", "flow", "fec", "lacp", "link", "lldp", "link-delay", "loopback", "mac-notify", "mdix", "mirror", "persona", "poe", "power-over-ethernet", "ptp", "rate-interval", "sflow", "snmp", "speed", "split", "track", "udld", "vsx", "vsx-sync", "vsx-shutdown-on-split", "active-gateway", "counters", "dfs", "macsec", "mka", "fault-monitor", "transceiver", "usb", "hash-seed", "debug", "l3-counters", "delay", "bandwidth", "downshift", "duplex", "label", "inter-switch-link", "energy", "ubt", "app-recognition", "traffic-insight",
    ),
    *irrelevant(
        "layer 2: VLANs, spanning tree",
        "spanning-tree", "loop-protect", "mvrp", "port-access (?:client-limit|onboarding-method|security violation|fallback-role|auth-mode|allow-flood-traffic|device-profile|role|.*role.*)", "private-vlan", "evpn", "erps", "igmp", "mld", "encapsulation", "dhcpv4-snooping", "dhcpv6-snooping", "nd-snooping", "mac", "rpvst", "stp", "multi-chassis", "vlan translate", "inter-vxlan-bridging-mode", "vni", "routing-vni", "storm-control",
    ),
    *irrelevant(
        "routing protocols on the interface: seen in the routing table alone",
        "ospf", "rip", "ip (?:ospf|igmp|pim|pim-sparse|pim-dense|rip|bootp-gateway|multicast|neighbor|aspath-list|rip|bfd)", "ipv6 (?:ospfv3|nd|mld|pim6|pim6-sparse|pim6-dense|ripng|ra|destination-guard|neighbor)", "vrrp", "isis", "mpls",
    ),
    *irrelevant(
        "helpers and marks: they do not drop, split or size transit packets",
        "ip (?:helper-address|proxy-arp|local-proxy-arp|directed-broadcast|forward-protocol|redirects|irdp|dhcp .*|mroute|icmp redirect|recv-broadcast|neighbor-flood|subnet-directed-broadcast|arp)", "ipv6 (?:helper-address|dhcp|redirects)", "qos", "apply qos", "rate-limit", "ttl", "tos", "description", "dhcp",
    ),
)  # fmt: skip
