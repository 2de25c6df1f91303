"""NX-OS statements that no verdict of ours can depend on, each with the reason.

A word here covers the forms with `no` and all lines below it. Statements that filter, route,
translate, balance or size transit packets must never appear here; they are read, or recognised, in
the other tables.
"""

from __future__ import annotations

from parsers.reader import Statement, irrelevant

TOP: tuple[Statement, ...] = (
    *irrelevant(
        "identity, management and housekeeping of the device",
        "aaa", "analytics", "banner", "bloggerd", "boot", "callhome", "cfs", "checkpoint", "cli",
        "clock", "configure", "copp (?:profile|copy|rate-limit)", "crypto", "diagnostic", "docker",
        "email", "enable", "end", "environment", "errdisable", "event", "exit", "feature",
        "feature-set", "fhrp", "fips", "grpc", "guestshell", "hw-module", "icam", "install", "key",
        "ldap-server", "license", "line", "locator-led", "logger", "logging", "module", "netconf",
        "ntp", "nxapi", "nxsdk", "openconfig", "password", "platform", "poap", "power", "privilege",
        "ptp", "radius", "radius-server", "restconf", "rmon", "role", "rollback", "sampler",
        "scheduler", "security", "sftp", "slot", "snmp", "snmp-server", "ssh", "tacacs",
        "tacacs-server", r"tacacs\+", "telemetry", "telnet", "terminal", "track", "username",
        "userpassphrase", "vdc", "xml",
        r"service (?:dhcp|unsupported-transceiver|password\S*)",
        "ip (?:domain-lookup|domain-name|domain-list|domain|name-server|host|dns|ssh|http|ftp|tftp"
        "|telnet|radius|tacacs|scp|sla)",
        "ipv6 (?:host|domain|name-server)",
        r"system (?:login|memory\S*|cores|fast-reload|hap-reset|health|standby|startup-config"
        r"|switchover|watchdog|trace|inter-vlan-delay|mode|statistics|process|admin-vdc|module"
        r"|shutdown)",
    ),
    *irrelevant(
        "layer 2, which carries no address of a session",
        "cdp", "device-alias", "dot1x", "ethernet", "evpn", "fabric", "fabricpath", "fcdomain",
        "fcns", "fcoe", "fex", "fspf", "l2protocol", "lacp", "lldp", r"mac (?!port|packet)\S+",
        "macsec", "mvr", "ngoam", "npv", "nv", "otv", "port-security", "spanning-tree",
        "storm-control", "udld", "vlan dot1q", "vpc", "vsan", "vtp", "vxlan udp", "wwn", "zone",
        "zoneset",
        "system (?:default switchport fabricpath|default interface|dot1q-tunnel|private-vlan|vlan"
        "|nve|vpc)",
    ),
    *irrelevant(
        "routing policy: decides which routes exist, seen in the routing table alone",
        "bfd", "glbp", "hsrp", "icmp-errors", "lisp", "mpls", "msdp", "route-map",
        "segment-routing", "vrrp", "vrrpv3",
        "ip (?:as-path|community-list|extcommunity-list|large-community-list|prefix-list|igmp|pim"
        "|amt|mroute|multicast|msdp|route static|routing (?:multicast|event-history"
        "|download-on-convergence)|ospf|rip|eigrp|lisp|mfwd|auto-discard)",
        "ipv6 (?:prefix-list|mld|pim|mroute|multicast|nd|neighbor|ospf|route static"
        "|routing (?:multicast|event-history))",
    ),
    *irrelevant(
        "measures, mirrors and exports traffic",
        "flow", "hardware-telemetry", "inband-telemetry", "monitor", "nbm", "netflow", "sflow",
    ),
    *irrelevant(
        "marks, queues and rates; a class that drops is read in policy-map",
        "burst-detect", "congestion-control", "priority-flow-control", "qos", "table-map",
        "wrr-queue",
    ),
    *irrelevant(
        "address helpers and protocols of the link, which drop nothing of a session",
        "arp", "dhcp",
        "ip (?:adjacency|arp|dhcp|icmp-errors|source binding|tcp|udp|forward-protocol|redirects"
        "|source-route|proxy-arp|local-proxy-arp|gratuitous-arps|directed-broadcast|internal"
        "|logging|flow|ttl)",
        "ipv6 (?:dhcp|redirects|flow)",
    ),
    *irrelevant(
        "size and use of hardware tables, speed of ports",
        "hardware (?:access-list|forwarding|qos|ejector|internal|multicast|conflict|ip glean"
        "|ip adjacency|qinq|fabric|flow|module|vlan|port|interface|buffer|counter|capacity|tcam"
        "|queuing)",
        "hardware profile (?:acl|aging|bfd|buffer|eth|forwarding-mode|front|ifacl|ipv6|latency|mode"
        "|multicast|network-qos|openflow|pfc|portmode|port-mode|qos|svi|tcam|unicast|vxlan|wred)",
        "hardware rate-limiter (?!layer-3 mtu)\\S+", "rate-limit",
        "system (?:routing|jumbomtu|urpf|multicast|network-qos|interface|fabric)",
    ),
    *irrelevant("drops malformed packets only", "hardware ip verify", "hardware ipv6 verify"),
    *irrelevant("names for address translation, which the interface uses", "ip nat translation"),
)  # fmt: skip

INTERFACE: tuple[Statement, ...] = (
    *irrelevant(
        "physical layer, timers, measurement and management of the interface",
        "bandwidth", "beacon", "buffer-boost", "carrier-delay", "cdp", "delay", "description",
        "dfe-adaptive-tuning", "dfe-tuning-delay", "duplex", "ethernet", "exit", "fabric database",
        "fec", "fex", "flowcontrol", "hardware", "itu", "keepalive", "link", "lldp",
        "load-interval", "logging", "loopback", "mac-address", "management", "mdix", "media-type",
        "medium", "monitor", "negotiate", "ntp", "optics", "packet latency", "poe", "port-channel",
        "power", "ptp", "rate-mode", "rmon", "sfp-scramble", "snmp", "speed", "speed-group",
        "telemetry", "transceiver", "udld", "uni-directional", "vmtracker",
    ),
    *irrelevant(
        "layer 2: VLANs, spanning tree, bundles",
        "autostate", "dot1x", "encapsulation", "evpn", "fabricpath", "fcoe", "l2protocol", "lacp",
        r"mac (?!port|packet)\S+", "macsec", "otv", "priority-flow-control", "private-vlan",
        "spanning-tree", "storm-control", "vn-segment", "vpc", "vtp",
        r"switchport (?!mode|access|trunk|monitor|port-security)\S+",
        "no switchport (?:access|trunk|mode|monitor|block|host|dot1q|priority|vlan)",
    ),
    *irrelevant(
        "VXLAN tunnel endpoint: what it carries is bridged or in the routing table",
        "advertise", "global", "host-reachability", "member vni", "multisite", "source-interface",
    ),
    *irrelevant(
        "routing protocols on the interface: seen in the routing table alone",
        "bfd", "eigrp", "fabric forwarding", "glbp", "hsrp", "isis", "lisp", "mpls", "ospf",
        "ospfv3", "segment-routing", "vrrp", "vrrpv3",
        "ip (?:authentication|bandwidth|bandwidth-percent|bfd|delay|distribute-list|eigrp"
        "|hello-interval|hold-time|igmp|lisp|mfwd|mroute|multicast|next-hop-self|offset-list|ospf"
        "|passive-interface|pim|redistribute|rip|router|split-horizon|summary-address)",
        "ipv6 (?:authentication|bandwidth|bandwidth-percent|bfd|delay|distribute-list|eigrp"
        "|hello-interval|hold-time|mld|multicast|nd|neighbor|next-hop-self|ospf|ospfv3"
        "|passive-interface|pim|rip|router|split-horizon|summary-address)",
    ),
    *irrelevant(
        "helpers, marks and accounting: they do not drop, split or size transit packets",
        "flow", "nbm", "qos", "queue-limit", "sflow", "wrr-queue",
        r"ip (?:arp|dhcp|directed-broadcast|drop-glean|flow|local-proxy-arp|proxy-arp|redirects"
        r"|gratuitous-arps|nbm)",
        "ipv6 (?:address-resolution|dhcp|flow|redirects)",
    ),
)  # fmt: skip
