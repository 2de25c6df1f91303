"""Statements of Comware that no rule can depend on, with the reason. Sources: H3C and HPE command references of
the MSR, HSR, S5500 to S12500, 5900 and SecPath series."""

from __future__ import annotations

from parsers.vrp_style.walk import ignored

TOP = (
    *ignored(
        "the box itself: users, management, clock, files and logs",
        "clock", "telnet", "ssh", "sftp", "scp", "ftp", "tftp", "ip http", "ip https", "http", "https", "web", "netconf", "snmp-agent", "info-center", "ntp-service", "sntp", "line", "user-interface", "local-user",
        "local-server", "user-group", "role", "domain", "radius", "hwtacacs", "ldap", "password-control", "password-recovery", "super", "header", "public-key", "pki", "ssl", "dns", "ip host", "dhcp", "ipv6 dhcp", "undo ip http", "lldp",
        "cdp", "rmon", "nqa", "sflow", "netstream", "ip netstream", "scheduler", "job", "configuration", "archive", "user-role", "authorization-attribute", "customlog", "userlog", "performance-management", "system-working-mode",
        "usb", "undo usb", "oap", "cloud-management", "tcl", "python", "event", "rtm", "monitor", "diagnostic", "irf", "irf-port", "mad", "xbar", "switch-mode", "hardware", "slot", "chassis", "power", "poe", "pse", "card-mode", "memory-threshold",
        "resource-monitor", "process", "language", "language-mode", "copyright-info", "feature", "wlan", "ap", "mdc", "context", "license", "hotfix", "firmware", "fan", "temperature-alarm", "led", "security-enhanced", "session", "url-filter", "dac", "aaa",
        "ips", "anti-virus", "app-profile", "waf", "inspect", "dpi", "data-filter", "file-filter", "attack-defense", "client-verify", "user-identity", "portal", "ipoe", "dot1x", "mac-authentication", "port-security", "voice", "sip", "user-profile",
        "tr069", "cwmp", "ftp server", "undo copyright-info", "idle-timeout", "save", "command-privilege", "command-alias", "alias", "bootrom", "max-ecmp-num", "undo max-ecmp-num", "vty", "sysid", "set", "cluster", "ndp", "ntdp", "stack", "probe", "ip icmp", "cut", "mirroring-group", "openflow", "telemetry", "grpc",
        "track", "bfd", "acl logging", "acl trap", "acl copy", "acl hardware-mode", "acl ipv6 enable", "ip ssh", "undo info-center", "controller", "terminal", "multi-user", "keychain", "dhcp-snooping", "restful", "ike", "ipsec", "time-range", "undo snmp-agent", "emulator", "kernel", "undo telnet",
    ),
    *ignored(
        "layer 2, which carries no address of a session",
        "vlan", "stp", "loopback-detection", "link-aggregation global", "lacp", "link-aggregation", "mac-address", "mac-vlan", "voice-vlan", "storm-constrain", "igmp-snooping", "mld-snooping", "l2vpn", "vsi", "vxlan", "evpn", "smart-link", "monitor-link", "rrpp", "erps",
        "dldp", "oam", "cfd", "gvrp", "mvrp", "arp", "gratuitous-arp", "qinq", "port-isolate", "jumboframe", "ethernet", "macsec", "mka", "fcoe", "trill", "spbm", "service-loopback", "mac-address-table", "undo stp", "undo mac-address", "port-group", "ipv6 neighbor", "ipv6 nd", "undo arp", "drni", "m-lag", "l2protocol", "dcbx", "priority-flow-control",
    ),
    *ignored(
        "routing policy, labels and measurement: decide which routes exist, seen in the routing table alone",
        "route-policy", "ip prefix-list", "ip ip-prefix", "ipv6 prefix-list", "ip community-list", "ip as-path", "ip as-path-acl", "ip extcommunity-list", "router id", "mpls", "multicast", "pim", "igmp", "mld", "msdp", "vrrp", "rpr", "segment-routing", "explicit-path", "tunnel-policy",
        "address-family", "ip rpf-route-static", "ip ttl-expires", "ip redirects", "undo ip redirects", "undo ip ttl-expires", "route-static", "ip route-static fast-reroute", "undo ip route-static", "flow-interval", "static-routing", "bier", "remote-backup", "ospf-profile",
    ),
    *ignored(
        "quality of service marks, shapes and queues",
        "qos carl", "qos map-table", "qos wred", "qos queue", "qos pql", "qos cql", "qos trust", "qos gts", "qos car", "qos lr", "qos wfq", "qos sp", "qos priority", "qos flow-queue", "undo qos", "burst-mode", "buffer", "traffic-shaping",
    ),
    *ignored(
        "translation helpers, hash settings of the box's own ports, IPv6 in general: they decide nothing by themselves",
        "irf-port load-sharing", "ipv6 prefer", "ipv6 redirects", "ipv6 unreachables", "ipv6 hoplimit-expires", "ipv6 icmpv6", "undo ipv6", "tcp syn-cookie", "tcp window", "tcp timer", "tcp path-mtu-discovery", "dialer-group", "dialer-rule", "dialer", "ppp", "pppoe-server", "l2tp-group", "l2tp", "isdn", "aspf", "undo nat alg", "ip fast-forwarding", "ip forward-broadcast",
        "ip virtual-reassembly", "ip source", "ip subnet-broadcast", "ip load-sharing local-first", "ip load-sharing symmetric", "undo ip load-sharing local-first", "apr", "app-group", "application", "port-mapping", "return", "quit", "end", "address-pool", "undo dhcp", "ip pool", "hardware-resource", "forward", "forwarding", "undo ipv6 nd",
    ),
)  # fmt: skip

INTERFACE = (
    *ignored(
        "physical layer, timers, alarms and management of the interface",
        "speed", "duplex", "mdix-mode", "combo", "flow-control", "flow-interval", "bandwidth", "loopback", "link-delay", "eee", "port auto-power-down", "jumboframe", "undo jumboframe", "undo enable", "enable snmp", "enable log", "link-flap", "undo link-flap", "lldp", "cdp", "undo lldp", "sflow", "ntp-service", "undo snmp", "alarm",
        "mirroring-group", "mirroring-port", "monitor-port", "poe", "default", "timer-hold", "timer", "link-protocol", "ppp", "pppoe-client", "pppoe-server", "dialer", "dialer-group", "async", "baudrate", "clock", "code", "crc", "dte", "fe1", "using", "hdlc", "fr", "x25", "virtualbaudrate", "modem", "tc", "gsm", "lte", "cellular", "apn", "profile",
        "physical-mode", "stack-port", "using fe1", "cable", "negotiation", "undo negotiation", "broadcast-suppression", "multicast-suppression", "unicast-suppression", "storm-constrain", "management", "manage", "service", "shutdown-interval", "damping", "dampening", "carrier", "port fec", "port pin", "port-type", "priority-flow-control", "bfd", "track", "nqa", "undo dhcp",
        "dhcp", "ipv6 dhcp", "undo ipv6 dhcp", "web-redirect", "ip netstream", "ipv6 netstream", "session", "user-profile", "statistics", "counting", "undo mac-address", "mac-address", "undo loopback-detection", "loopback-detection", "link-aggregation", "lacp", "undo lacp", "port lacp", "aggregate", "attack-defense", "undo link-delay", "irf", "mad",
    ),
    *ignored(
        "layer 2: VLAN tags, spanning tree, admission to the port",
        "stp", "undo stp", "dot1x", "undo dot1x", "mac-authentication", "port-security", "undo port-security", "mac-vlan", "undo mac-vlan", "voice-vlan", "undo voice-vlan", "vlan-type", "qinq", "igmp-snooping", "mld-snooping", "smart-link", "port smart-link", "monitor-link", "port monitor-link", "rrpp", "erps", "dldp", "oam", "cfd", "gvrp", "mvrp", "arp", "undo arp",
        "proxy-arp", "local-proxy-arp", "gratuitous-arp", "port-isolate", "port bridge", "port priority", "service-instance", "xconnect", "l2protocol", "portal", "ipoe", "macsec", "mka", "dhcp snooping", "undo port-isolate", "undo qinq", "vlan", "encapsulation", "port drni", "port m-lag", "drni", "fcoe", "trill", "evpn", "l2vpn", "mac-forced-forwarding", "ip source",
        "loopback-detect", "undo vlan-type", "dot1q", "sub", "private-vlan", "port private-vlan", "undo mac-authentication", "bpdu-tunnel", "bpdu-drop",
    ),
    *ignored(
        "routing protocols on the interface: seen in the routing table alone",
        "ospf", "ospfv3", "isis", "rip", "ripng", "bgp", "mpls", "pim", "igmp", "mld", "multicast", "vrrp", "rsvp", "te", "ipv6 nd", "undo ipv6 nd", "ipv6 neighbors", "ipv6 neighbor", "ip route", "segment-routing", "undo ospf", "undo rip", "undo vrrp", "gre checksum", "undo gre", "nhrp", "advpn",
    ),
    *ignored(
        "marks, queues, shapes and copies packets, redirects and helpers",
        "qos lr", "qos gts", "qos car", "qos trust", "qos wrr", "qos sp", "qos wfq", "qos priority", "qos wred", "qos bandwidth", "qos queue", "qos reserved-bandwidth", "qos wfq", "qos pq", "qos cq", "qos fifo", "qos qmtoken", "qos map-table", "undo qos", "qos flow-queue", "qos max-bandwidth", "priority", "undo priority",
        "ip redirects", "undo ip redirects", "ip forward-broadcast", "udp-helper", "ip relay", "ipv6 redirects", "ipv6 hop-limit", "ip fast-forwarding", "undo ip", "ip icmp", "ip irdp", "undo ipv6 redirects", "keepalive", "undo keepalive", "tunnel ttl", "tunnel tos", "tunnel discard", "undo tunnel", "nat alg", "tunnel bandwidth", "tunnel vpn-instance", "undo urpf", "ip last-hop", "ip subscriber", "quit",
        "nat dns-map", "ike", "expand", "set", "undo set", "nat port-block", "remote-as", "access-limit", "undo nat", "reset",
    ),
)  # fmt: skip
