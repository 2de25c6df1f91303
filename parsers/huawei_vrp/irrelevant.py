"""Statements of VRP that no rule can depend on, with the reason. Sources: Huawei command references of the
S, CloudEngine, AR, NetEngine and USG series."""

from __future__ import annotations

from parsers.vrp_style.walk import ignored

TOP = (
    *ignored(
        "the box itself: users, management, clock, files and logs",
        "aaa", "user-interface", "line", "local-user", "local-aaa-user", "domain", "radius-server", "radius", "hwtacacs-server",
        "hwtacacs", "hwtacacs-user", "stelnet", "sftp", "ssh", "scp", "telnet", "ftp", "tftp", "http", "https", "rsa", "dsa", "ecc",
        "info-center", "snmp-agent", "snmp", "ntp-service", "ntp", "clock", "header", "set", "language-mode", "super", "user", "user-group",
        "rmon", "netconf", "netstream", "sflow", "nqa", "nqa-jitter", "lldp", "ndp", "cluster", "ntdp", "dns", "ip host", "ip dns", "dhcp",
        "dhcpv6", "ip pool", "ipv6 pool", "ip-pool", "autostart", "pki", "ssl", "web-manager", "web", "authentication", "authentication-profile",
        "portal", "portal-access-profile", "mac-access-profile", "dot1x-access-profile", "free-rule-template", "access-user", "authentication-scheme",
        "capwap", "wlan", "ac", "configure", "configuration", "save", "schedule", "device", "board", "patch", "license", "startup",
        "assistant", "ops", "telemetry", "grpc", "xml", "crypto", "password", "command-privilege", "alarm", "trap", "log", "diagnostic",
        "mib", "ems", "cwmp", "agile", "easy-operation", "smart-upgrade", "software", "acl threshold-alarm", "icmp name", "fan", "power",
        "temperature", "cpu-usage", "memory-usage", "cpu-defend", "cpu-defend-policy", "host-defend", "auto-defend", "system",
        "sysman", "hardware", "assign", "resource", "slot", "stack", "css", "iss", "irf", "ifindex", "as-notation", "echo", "ip ftp", "sysclock",
        "service-manage", "api", "app", "update", "sa", "engine", "profile", "url-filter", "av", "ips", "sandbox", "mail-filter", "data-filter",
        "file-block", "application-proxy", "sec-policy", "device-classification", "user-manage", "ip-reputation", "cloud", "agent", "isp", "location",
        "dpi", "virtual-cluster", "observe-port", "observing-port", "monitor", "pnp", "ucl-group", "keychain", "key-chain",
        "hotpatch", "loghost", "firewall log", "firewall packet-filter basic-protocol", "firewall dataplane", "firewall fragment-forward", "firewall tcp-state", "factory-configuration", "firewall gtp", "firewall session", "firewall detect", "firewall statistic", "firewall defend",
        "firewall ipv6 session", "firewall dynamic-resource", "firewall import-flow", "firewall ids", "firewall hash", "firewall long-link",
        "firewall alg", "firewall http-authentication", "httpserver", "right-manager", "anti-ddos", "vsys enable", "terminal",
    ),
    *ignored(
        "layer 2, which carries no address of a session",
        "vlan batch", "vlan reserved", "stp", "rstp", "loop-detect", "loopback-detect", "mac-address", "mac-limit", "mac-vlan", "port-group", "port-isolate",
        "lacp", "smart-link", "monitor-link", "rrpp", "erps", "sep", "gvrp", "voice-vlan", "storm-control", "storm-constrain", "jumboframe",
        "igmp-snooping", "mld-snooping", "l2protocol-tunnel", "vsi", "bridge-domain", "evpn", "evpn-overlay", "cfm", "y1731", "efm", "dldp", "vcmp",
        "macsec", "mka", "dot1x", "mac-authen", "arp", "port-security", "trill", "fcoe", "dcb", "nve", "evc", "l2vpn", "e-trunk", "m-lag", "dfs-group",
        "ethernet", "poe", "arp-miss", "nd", "dhcp-snooping", "link-assistant", "user-bind", "rldp", "mad", "gratuitous-arp",
    ),
    *ignored(
        "routing policy, labels and measurement: decide which routes exist, seen in the routing table alone",
        "route-policy", "ip ip-prefix", "ip ipv6-prefix", "ip community-filter", "ip as-path-filter", "ip extcommunity-filter", "ip extcommunity-list", "xpl", "route-filter",
        "ip rd-filter", "ip large-community-filter", "router id", "router", "tunnel-policy", "tunnel-selector", "mpls", "bfd", "track", "vrrp", "vrrp6", "hrp", "ip-link", "ip rpf-route-static",
        "segment-routing", "te", "pce-client", "explicit-path", "pim", "igmp", "mld", "msdp", "multicast", "ipv6 nd", "ipv6 pathmtu", "mpls-te", "ldp", "healthcheck",
        "ip route-static bfd", "ip route-static frr", "ip route-static default-bfd", "ip route-static track", "ipv6 route-static bfd", "tunnel-service", "route recursive-lookup", "ip route recursive-lookup", "route loop-detect",
        "bmp", "rpki", "interface-extension", "ip-prefix", "apply-group", "remote-network", "service-chain", "te-policy",
    ),
    *ignored(
        "quality of service marks, shapes and queues",
        "diffserv", "drop-profile", "qos-profile", "qos queue-profile", "qos schedule-profile", "qos map-table", "qos", "scheduler", "flow-queue", "flow-mapping", "flow-wred", "port-queue",
        "port-wred", "queue-profile", "trust", "user-queue", "car-template", "qos-template", "bandwidth", "traffic-limit", "traffic-statistic", "traffic-remark", "traffic-mirror", "slot-qos", "service-template",
    ),
    *ignored(
        "names, IPv6 in general, time ranges and encryption proposals: they decide nothing by themselves",
        "time-range", "ipv6 icmp-error", "ike", "ipsec", "ip source", "ip reassembling", "tcp timer", "tcp window", "tcp path-mtu-discovery", "tcp max-mss", "tcp ipv6", "ip df-unreachables",
        "ip forward-broadcast", "efm-trunk", "ip ttl-expires", "icmp-reply", "ip redirects", "icmp port-unreachable", "icmp host-unreachable", "ip local", "ip soft-forward", "ip fast-forwarding", "l2tp", "l2tp-group",
        "dialer-rule", "dialer", "ppp", "pppoe-server", "isdn", "controller", "voice", "sac", "sip", "access-limit", "eth-trunk", "lag", "return", "quit", "address-family", "domain-set",
    ),
)  # fmt: skip

INTERFACE = (
    *ignored(
        "physical layer, timers, alarms and management of the interface",
        "speed", "duplex", "negotiation", "auto", "flow-control", "bandwidth", "set flow-stat", "set transceiver", "combo", "media-type", "link-protocol", "clock", "carrier",
        "carrier-up-hold-time", "carrier-down-hold-time", "loopback", "shutdown vlan", "undo negotiation", "virtual-cable-test", "trap-threshold", "log-threshold", "alarm", "trap", "log", "statistic",
        "control-flap", "port media", "port mode", "port split", "port crc", "port wavelength", "device", "transceiver", "enable snmp", "lldp", "ndp", "ntdp", "efm", "cfm", "bfd", "ntp-service", "ntp", "snmp",
        "damping", "damp", "protocol up-delay-time", "protocol", "hold-timer", "mac-address", "undo mac-address", "management", "service-manage", "alias", "ip accounting", "dhcp", "dhcpv6", "ipv6 dhcp", "detect-group", "healthcheck", "gateway",
        "reverse-route", "redirect-reverse", "firewall defend", "ifg", "fec", "energy-saving", "undo enable", "standby", "timer", "qos phb", "dcn", "sample", "ip netstream", "ipv6 netstream", "set", "config", "vpn-bind", "poe", "anti-ddos", "license", "port-mirroring", "observe-port",
        "ip fast-forwarding", "ppp", "pppoe-client", "dialer", "dialer-group", "async", "isdn", "mode", "max", "least", "lacp", "trunkport", "active-linknumber", "preempt", "weight", "master", "unit-number", "stack-port", "port interface", "distribute-weight",
    ),
    *ignored(
        "layer 2: VLAN tags, spanning tree, admission to the port",
        "stp", "dot1q", "qinq", "encapsulation", "vlan-type", "control-vid", "l2protocol-tunnel", "loopback-detect", "loop-detect", "broadcast-suppression", "multicast-suppression", "unicast-suppression", "storm-control", "storm-constrain",
        "port-isolate", "port-security", "mac-limit", "mac-vlan", "vlan", "voice-vlan", "dot1x", "authentication", "authentication-profile", "mac-authen", "portal", "jumboframe", "igmp-snooping", "mld-snooping", "gvrp", "erps", "smart-link", "rrpp", "sep", "dldp",
        "arp", "arp-proxy", "arp broadcast", "arp-suppress", "gratuitous-arp", "l2 binding", "bridge-domain", "rewrite", "vlan-mapping", "trust", "ip source-guard", "nd", "dhcp snooping", "m-lag", "peer-link", "es", "esi", "evpn", "e-trunk", "port nickname", "port priority", "port description",
        "undo port-security", "stack", "mad", "ethernet", "termination", "user-vlan", "bas", "default-domain", "access-type", "vsi", "vni", "mac-duplication", "distribute-gateway",
    ),
    *ignored(
        "routing protocols on the interface: seen in the routing table alone",
        "ospf", "ospfv3", "isis", "rip", "ripng", "bgp", "mpls", "ldp", "pim", "igmp", "mld", "multicast", "vrrp", "vrrp6", "hrp", "rsvp", "te", "track", "ipv6 nd", "ipv6 neighbor", "ipv6 route", "ip route", "segment-routing", "eigrp", "undo ipv6 nd", "tunnel-policy", "frr", "srv6", "link-tag", "admin-vrrp", "direct-route", "nhrp",
    ),
    *ignored(
        "marks, queues, shapes and copies packets",
        "qos", "traffic-limit", "traffic-statistic", "traffic-remark", "traffic-mirror", "car", "drop-profile", "port-queue", "user-queue", "qos-profile", "qos pq", "qos gts", "undo qos", "qos wrr", "qos drr", "shaping", "port shaping", "flow-queue", "remark", "schedule", "scheduler", "undo trust", "mirror", "port-mirror",
    ),
    *ignored(
        "broadcasts, redirects, accounting and the interface's own traffic",
        "ip forward-broadcast", "icmp redirect", "icmp port-unreachable", "icmp host-unreachable", "icmp ttl-exceeded", "icmp receive", "ip redirects", "statistics", "ip relay", "udp-helper", "ip host", "ipv6 icmp", "tcp max-mss", "keepalive", "undo keepalive", "gre checksum", "gre ttl", "ip ttl", "nat alg", "undo ip redirect", "undo icmp redirect",
        "session", "set priority", "quit", "undo lldp", "ike", "tunnel route-via", "tunnel ttl", "link-quality",
    ),
)  # fmt: skip
