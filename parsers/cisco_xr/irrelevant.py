"""XR statements that no verdict of ours can depend on, each with the reason.

A word here covers all lines below it. Statements that filter, route, translate, balance or size transit
packets must never appear here; they are read, or recognised, in the other tables.
"""

from __future__ import annotations

from parsers.reader import Statement, irrelevant

TOP: tuple[Statement, ...] = (
    Statement(r"#.*", reason="a comment of the policy language"),
    Statement(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*", reason="the time at which the text was printed"),
    Statement(r"RP/\S+[#>].*", reason="a prompt"),
    *irrelevant(
        "identity, access and housekeeping of the device",
        "aaa", "accounting", "admin", "alias", "appmgr", "banner", "call-home", "card", "cdp", "cinetd", "cli", "clock",
        "commit", "configuration", "cpu", "crypto", "customer", "day0", "diagnostic", "domain", "ems", "enable", "environment",
        "event", "exception", "fault", "fpd", "ftp", "grpc", "guestshell", "gnmi", "gnoi", "health", "hostname", "http", "install",
        "ip (?:ssh|domain|host|name-server|tftp|ftp|http)", "ipsla", "jtagger", "key", "keychain", "license", "lldp", "line", "linux", "locale", "location", "logging",
        "login", "memory", "monitor", "mibs?", "name-server", "netconf", "netconf-yang", "nsr", "ntp", "object-tracking", "onep", "ospf-area", "parser",
        "password", "performance-mgmt", "power", "power-mgmt", "process", "processes", "profile", "ptp", "radius", "radius-server",
        "rcp", "redundancy", "restconf", "rmf", "root", "sam", "sampler-map", "sdr", "secure-domain", "service (?!cgn)\\S+", "session", "sftp",
        "shell", "show-tech", "slow-trap", "smart", "snmp", "snmp-server", "software", "spirit", "ssh", "ssl", "switch", "system", "tacacs",
        "tacacs-server", "taskgroup", "telemetry", "telnet", "terminal", "tftp", "time-range", "timezone", "tpa", "track", "transceiver", "usb", "user-profile", "usergroup", "username",
        "username-group", "utility", "virtual-service", "vty", "vty-pool", "watchdog", "xml", "xyzmodem", "yang", "macsec", "macsec-policy", "hw-module (?!profile|location)\\S+", "hw-module location \\S+ (?!tcp-mss-adjust)\\S+",
        "hw-module profile (?!load-balanc|acl)\\S+", "hardware access-list atomic-disable",
    ),
    *irrelevant(
        "physical layer, clocks and layer 2, which carry no address of a session",
        "controller", "dwdm", "sonet", "aps", "frequency", "synce", "optics", "nv", "satellite", "ethernet (?:cfm|oam|sla|lmi|ring|egress-filter|loopback|udld|y1731|timeslots|eca)",
        "ethernet-services access-list", "spanning-tree", "mstp", "lacp", "mlacp", "mvrp", "errdisable", "error-disable", "mac", "bridge", "evpn", "pseudowire-class", "pw-class", "cfm", "erp", "frame-relay", "ppp", "multilink", "hdlc", "atm", "arp", "port-security",
        "generic-interface-list", "interface-list", "monitor-session", "mirror", "lane", "xconnect",
    ),
    *irrelevant(
        "routing protocols, labels and redundancy: seen in the routing table alone",
        "bfd", "key-string", "mpls", "rsvp", "segment-routing", "multicast-routing", "explicit-path", "affinity-map", "rib", "router (?:igmp|mld|pim|msdp|hsrp|vrrp|amt|rib|log)", "fib", "as-path", "bgp", "bmp", "rpki", "isis", "ospf", "ospfv3", "address-family", "prefix-list", "community-list", "srv6", "pce", "pcep", "lisp", "xtc", "route-distinguisher", "nhrp", "end-set", "end-policy", "maximum",
    ),
    *irrelevant(
        "marks, queues and accounting; a policy map that drops is read",
        "class-map", "qos", "flow", "flow exporter-map", "netflow", "traffic-monitor", "table-map", "wred", "ipfix", "udf",
    ),
    *irrelevant(
        "addresses and neighbours of the device itself, and its own sessions",
        "dhcp", "tcp", "udp", "sctp", "icmp ipv4 source", "icmp ipv6", "nd", "subscriber", "bba-group", "pppoe", "aaa-server", "pool", "ipam", "ntp-server", "control-plane", "lpts", "ipv4 (?:virtual|conflict-policy|netmask-format|assembler|unnumbered|source-route|prefix-list|arp|pool|host|tunnel-path-mtu)",
        "ipv6 (?:virtual|conflict-policy|path-mtu|nd|neighbor|hop-limit|source-route|prefix-list|assembler|host|icmp|local|unnumbered)",
        "cef (?!load-balanc)\\S+", "attestation", "iox", "fabric", "sysadmin", "boot", "vm", "virtual",
    ),
    *irrelevant("counts and limits access lists, and answers to what they deny", "ipv4 access-list (?:log-update|maximum|icmp-off)", "ipv6 access-list (?:log-update|maximum|icmp-off)"),
    *irrelevant("ends of the text and of blocks", "end", "exit", "quit", "end-group", "end-template", "end-class-map", "end-policy-map", "Building configuration\\S*", "!!", "Last configuration"),
)  # fmt: skip

INTERFACE: tuple[Statement, ...] = (
    *irrelevant(
        "physical layer, timers, measurement and management of the interface",
        "bandwidth", "delay", "duplex", "speed", "load-interval", "logging", "negotiation", "media-type", "keepalive", "carrier-delay", "cdp", "lldp", "udld", "snmp", "snmp-trap", "clock", "hold-queue", "flow-control", "flowcontrol",
        "arp", "arp-timeout", "dampening", "beacon", "crc", "scramble", "mac-address", "mac-accounting", "mac", "macsec", "macsec-psk-keychain", "mka", "power", "location", "monitor-session", "ptp", "frequency", "synce", "lacp", "loopback", "bfd", "link-fault-signaling", "link", "fec", "port-type", "optics", "transceiver", "pos", "serial", "sonet", "hdlc", "ppp", "pm", "report", "telemetry", "performance-measurement", "ptp-transport", "transmit-delay", "priority-flow-control", "dot1x", "damping", "phy", "squelch", "track", "secondary-member", "history", "auto-negotiation", "breakout", "gcc0", "nv", "capture", "cisco-discovery", "remote-ports",
        "bundle (?!id|load-balanc)\\S+", "mlacp", "ethernet", "error-disable", "host-routing", "exit",
    ),
    *irrelevant(
        "layer 2: tags and bridging",
        "rewrite", "l2protocol", "encapsulation (?:ppp|hdlc|frame-relay|mpls|list-extended|ambiguous)", "spanning-tree", "storm-control", "control-word", "bridge-domain", "pw-class", "pseudowire", "attach", "xconnect", "vlan", "dot1q", "evpn", "overlay-encapsulation", "member", "source-interface", "ingress-replication", "host-reachability", "host-reachabilty", "load-balancing-mode", "frame-relay", "pvc", "atm", "multilink", "vepa", "propagate",
    ),
    *irrelevant(
        "routing protocols, labels and neighbours: seen in the routing table alone",
        "mpls (?!mtu)\\S+", "segment-routing", "isis", "ospf", "ospfv3", "rsvp", "igmp", "mld", "pim", "multicast", "vrrp", "hsrp", "ipv6 nd", "autoroute", "destination", "path-option", "path-selection", "signalled-name", "signalled-bandwidth", "fast-reroute", "record-route", "affinity", "priority", "soft-preemption", "forwarding-adjacency", "auto-bw", "logging events", "backup-bw", "bidirectional", "switching", "path-protection", "named-tunnels", "static-lsp", "ldp", "binding-sid", "preference", "candidate-paths", "tunnel-te", "auto-capacity", "ipv4 point-to-point", "ipv4 forwarding-enable", "ipv6 forwarding-enable", "point-to-point", "interface-type",
    ),
    *irrelevant(
        "accounting, helpers and answers of the device: they do not drop, split or size transit packets",
        "flow", "ipv4 (?:proxy-arp|redirects|mask-reply|directed-broadcast|helper-address|bgp|ttl-propagate|multicast|nd|arp|pool|gratuitous-arps|igmp)", "ipv6 (?:redirects|bgp|ttl-propagate|multicast|dhcp|mld|pim)", "proxy-arp", "local-proxy-arp", "dhcp", "pppoe", "ipsubscriber", "tunnel (?:logging|name|keepalive)",
    ),
)  # fmt: skip
