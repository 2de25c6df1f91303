"""Statements that no verdict can depend on, by the place where they stand, with the reason.

A statement belongs here only if it can neither deny, move, size nor split packets in transit. Words that no
table has are not understood. Source: Nokia 7x50 YANG models (26.3) and the classic command hierarchies.
"""

from __future__ import annotations

from parsers.nokia_style.statements import because

TOP = because(
    "hardware, links, timing, redundancy and resources of the system itself",
    "aps", "bfd", "card", "chassis", "connection-profile", "dms", "esa", "eth-cfm", "eth-ring",
    "fwd-path-ext", "lldp", "macsec", "mda", "multicast-management", "mcast-management", "mc-path",
    "multilink-bundle", "port-policy", "port-xc", "power-shelf", "pw-port", "python", "redundancy",
    "satellite", "sfm", "sfm-power", "sync-if-timing", "xiom", "vrrp", "virtual-chassis", "psg",
    "vwm-shelf", "bundle", "interface-group-handler", "thresholds", "bier",
) | because(
    "measures, logs, exports or copies packets; none is dropped by it",
    "aaa", "bmp", "call-trace", "cflowd", "cron", "log", "mirror", "oam-pm", "open-flow", "openflow",
    "saa", "test-oam", "li", "accounting", "sflow", "oam", "radius", "diameter", "password",
) | because(
    "queueing, policing and marking: packets are delayed or dropped by rate, not by what they are",
    "qos", "sgt-qos",
) | because(
    "which routes are announced and accepted; a configuration with a routing protocol proves no route absent",
    "policy-options", "route-policy", "routing-policy",
) | because(
    "subscribers whose filters and routes exist only while they are connected",
    "subscriber-mgmt", "anysec", "srs", "nge",
)  # fmt: skip
"""Below `configure`."""

SYSTEM = because(
    "management of the device itself: users, names, time, alarms, files, services of the box",
    "alarm-contact-in-power", "alarm-contact-input", "alarms", "allow-boot-license-violations",
    "bluetooth", "boot-bad-exec", "boot-good-exec", "central-frequency-clock", "clli-code",
    "config-backup", "contact", "coordinates", "cpm-http-redirect", "cron", "dhcp", "dhcp6", "dns",
    "ethernet", "fan-control", "file-transmission-profile", "grpc", "grpc-tunnel", "icmp-vse",
    "ipv6-eh", "l2tp", "lacp", "lacp-system-priority", "license", "lldp", "location",
    "login-control", "management-interface", "name", "netconf", "network-element-discovery",
    "ned", "oper-group", "persistence", "persistent-subscriber-indices", "power-management",
    "power-shelf", "pppoe", "ptp", "qinq-etype", "radius", "rollback", "satellite", "script-control", "sdp",
    "selective-fib", "sfm-loss-threshold", "snmp", "software-repository", "switch-fabric", "sync-if-timing",
    "telemetry", "thresholds", "time", "transmission-profile", "usb", "vsd", "xmpp", "lsr-hash",
    "switchover-exec", "synchronize", "timing", "system-profile", "tti", "ip", "efm-oam", "route-table",
    "no", "shutdown", "ned-only", "chassis-mode", "config-dbs", "boot", "hash-control", "gnss",
)  # fmt: skip
"""Below `system`; `load-balancing` and `security` are read."""

SECURITY = because(
    "users, keys and services of the device itself; no transit packet meets it",
    "aaa", "cli-script", "cli-session-resources", "cpu-protection", "dist-cpu-protection",
    "dot1x", "ftp-server", "hash-control", "keychain", "keychains", "ldap", "management",
    "management-interface", "password", "per-peer-queuing", "pki", "profile", "python-script",
    "radius", "snmp", "source-address", "ssh", "system-password", "tacplus", "tech-support",
    "telnet-server", "telnet6-server", "tls", "user", "user-params", "user-template", "vprn-aaa-server",
    "vprn-network-exceptions", "cpm-queue", "no", "netconf", "grpc", "bluetooth", "ftp", "ca-profile",
    "certificate", "import-file", "admin-password", "console", "login-exec",
)  # fmt: skip
"""Below `system security`."""

INTERFACE = because(
    "neighbours, timers, accounting, link layer or protocols that the interface takes part in: no transit "
    "packet is denied, sized or moved by it",
    "acct-stats", "allow-directed-broadcasts", "arp-limit", "arp-learn-unsolicited",
    "arp-proactive-refresh", "arp-host", "arp-host-route", "arp-populate", "arp-retry-timer",
    "arp-timeout", "bfd", "bfd-echo", "cflowd", "cflowd-parameters", "cpu-protection",
    "delayed-enable", "delay", "description", "dhcp", "dhcp6", "dhcp6-relay", "dhcp6-server",
    "dist-cpu-protection", "down", "dynamic-neighbor", "enable-ingress-stats",
    "enable-mac-accounting", "eth-cfm", "gmpls", "hold-time", "host-connectivity-verify",
    "if-attribute", "igmp", "ingress-stats", "interface-group", "ip-helper-address", "ipcp",
    "ldp-sync-timer", "lldp", "lag-per-link-hash", "lag", "local-dhcp-server", "local-proxy-arp",
    "mac", "mac-accounting", "mep", "mld", "monitor-oper-group", "multi-chassis-shunt-id",
    "multicast-network-domain", "multihoming", "neighbor-discovery", "neighbor", "neighbor-limit",
    "network-domain", "network-domains", "nd-proactive-refresh", "nd-populate", "ntp-broadcast",
    "oper-group", "ping-template", "proxy-arp-policy", "proxy-nd-policy", "local-proxy-nd",
    "ptp-hw-assist", "qos", "qos-route-lookup", "radius-auth-policy", "reachable-time",
    "remote-proxy-arp", "secure-nd", "shcv-policy", "shcv-policy-ipv4", "shcv-policy-ipv6",
    "shcv-policy-ipv6-ipv4", "sla-profile", "srlg-group", "stale-time", "static-arp",
    "static-tunnel-redundant-next-hop", "dynamic-tunnel-redundant-next-hop",
    "dynamic-tunnel-redundant-nexthop", "static-tunnel-redundant-nexthop", "strip-label", "sub-sla",
    "tos-marking-state", "track-srrp", "untrusted", "urpf-selected-vprns", "vas-if-type", "vrrp",
    "secure-arp", "duplicate-address-detection", "dad-disable", "forward-ipv4-packets",
    "forward-ipv4-multicast-to-ip-int", "link-local-address", "link-local-modifier",
    "interface-identifier", "router-advertisement", "timestamp-policy", "suppress-aging",
    "policy-accounting", "egress-remark", "op-state", "aarp", "anti-spoof", "host", "accounting-policy",
    "collect-stats", "multi-service-site", "endpoint", "control-word", "entropy-label", "hash-label",
    "vc-type", "transit-policy", "app-profile", "tod-suite", "atm", "frame-relay", "fwd-wholesale",
    "dynamic-tunnel", "calling-station-id", "lag-link-map-profile", "limit", "static-isid", "name",
    "customer", "bandwidth", "cem", "ethernet", "host-lockout-policy", "pim", "shared-policer",
    "tcp-mss", "bgp-peer-tracking", "ieee-802-1ag", "ldp", "ipv6-host-tracking", "resolve-next-hop",
)  # fmt: skip
"""Below an interface, its families and its SAPs. `tcp-mss` is for the router's own sessions (7750 SR, Router
Configuration Guide, `tcp-mss`)."""

DIRECTION = because(
    "queueing, marking, accounting or copying at one direction of an interface",
    "agg-rate", "agg-rate-limit", "agg-shaper-weight", "destination-class-lookup", "egress-remark-trusted",
    "flowspec-group", "hsmda-queue-override", "match-qinq-dot1p", "policer-control-override",
    "policer-control-policy", "policy-accounting", "qinq-mark-top-only", "qos", "queue-group-redirect-list",
    "queue-override", "queue-policer-override", "scheduler-policy", "vc-label", "vpn-ip-prefix", "aggregate-policer",
    "dynamic-policer", "policer-override", "queue-group", "port-redirect-group", "tc", "burst-limit",
    "virtual-port", "hsq", "sgt-qos", "qtag-manipulation", "vlan-translation", "ingress-vlan-translation",
    "egress-remark", "hqos",
)  # fmt: skip
"""Below `ingress` and `egress`."""

ROUTER = because(
    "identity, limits, labels or timers of the routing process, or protocols of multicast: no unicast route and "
    "no filter comes from it",
    "admin-state", "allow-bgp-to-igp-export", "allow-icmp-redirect", "allow-icmp6-redirect",
    "admin-tags", "autonomous-system", "bfd", "bier", "class-forwarding", "confederation",
    "dhcp", "dhcp-server", "dhcp6", "description", "dns", "entropy-label", "export-grt", "fib-priority",
    "fib-telemetry", "flexible-algorithm-definitions", "flowspec", "gtm", "hash-label", "icmp", "igmp",
    "if-attribute", "interface-group-handler", "ip-fast-reroute", "ipv6-te-router-id",
    "leak-export-limit", "local-dhcp-server", "lsp-bfd", "management", "maximum-ipv4-routes",
    "maximum-ipv6-routes", "maximum-routes", "mc-maximum-routes", "maximum-multicast-routes",
    "mld", "mpls-labels", "msdp", "mtrace2", "multicast-info", "multicast-info-policy",
    "network-domains", "origin-validation", "p2mp-sr-tree", "pcep", "pim", "pcp-server",
    "ptp", "ntp", "radius", "radius-proxy", "radius-server", "rib-api", "rib-statistics", "router-id",
    "route-next-hop-policy", "router-advertisement", "selective-fib", "service-prefix", "sgt-qos",
    "single-sfm-overload", "source-address", "srlg", "statistics", "tms-interface", "triggered-policy",
    "ttl-propagate", "twamp-light", "policy-options", "vrrp", "video-interface", "wpp", "sfm-overload",
    "mvpn", "snmp", "log", "aaa", "isa-service-chaining", "igmp-host-tracking", "igmp-trk", "gsmp",
    "l2tp", "label-mode", "service-id", "customer", "service-name", "name", "vpn-id", "oper-group",
    "route-distinguisher", "vrf-target", "type", "carrier-carrier-vpn", "local-routes-domain-id",
    "domain-id", "reassembly", "snmp-community", "redundant-interface", "ptp-profile", "weighted-ecmp",
    "ecmp-unequal-cost", "mpls", "rsvp", "segment-routing", "ldp-shortcut", "tunnel-interface", "wlan-gw",
    "subscriber-mgmt", "dist-cpu-protection", "no", "shutdown", "accounting-policy", "collect-stats", "ies",
    "fec-originate", "lmp", "gmpls", "bmp", "mac", "isid", "bgp-shared-queue", "export-inactive-bgp",
    "hold-down", "node-admin-group", "sr-policies", "transport-group", "nd", "mh-mode", "vxlan",
)  # fmt: skip
"""Below `router` and a VPRN."""

SERVICE = because(
    "transport between routers and layer 2 services without an address here, or texts for people",
    "customer", "sdp", "sdp-group", "md-auto-id", "pw-template", "system", "template", "vpnq", "upipe",
    "vprn-mac", "oper-group", "mac-list", "mac-notification", "pw-routing", "pw-port-list", "proxy-arp-nd",
    "name", "sdp-auto-gen", "ipfix", "apipe", "cpipe", "fpipe", "ipipe", "mrp", "cloud-service",
    "dynamic-services", "vsd", "upnp", "video", "ipv6-eui", "md5", "id-auto-range", "streaming", "pcp-server-policy",
)  # fmt: skip
"""Below `service`."""

PORT = because(
    "the link itself, its optics, queues and protocols",
    "access", "atm", "description", "ddm-events", "dist-cpu-protection", "dwdm", "gnss", "hybrid-buffer-allocation",
    "hybrid", "modify-buffer-allocation", "modify-buffer-allocation-rate", "monitor-agg-queue-stats",
    "monitor-oper-group", "multilink-bundle", "network", "oper-group", "optical-amplifier",
    "optical-monitoring", "otu", "tdc", "tdm", "transceiver", "transparent-clock", "wavelength-tracking",
    "sonet-sdh", "serial", "connector", "cellular", "wlan", "phy", "hsmda-scheduler-overrides", "named-pool-mode",
    "rs-fec-mode", "ptp", "lldp", "efm-oam", "dot1x", "crc-monitor", "down-on-internal-error", "eth-cfm",
    "egress", "ingress", "speed", "duplex", "autonegotiate", "hold-time", "mac-address", "mac",
    "collect-stats", "accounting-policy", "util-stats-interval", "single-fiber", "ssm", "sync-e", "symbol-monitor",
    "loopback", "lacp-tunnel", "discard-rx-pause-frames", "pbb-etype", "qinq-etype", "dot1q-etype",
    "min-frame-length", "xgig", "vlan-qos-policy", "remark", "policer-control-policy", "down-when-looped",
    "elmi", "macsec", "hsmda", "report-alarm", "discard", "link-loss-forwarding", "minimum-frame-size",
    "remote-failure-state", "egress-xpl", "ptp-asymmetry", "dampening", "breakout", "name", "threshold",
    "load-balance-ingress", "digital-coherent-optics", "fec", "rx", "tx", "queue", "pool",
)  # fmt: skip
"""Below a port and its `ethernet`."""

LAG = because(
    "how the bundle is negotiated, counted and kept up; a packet's flow stays on one link",
    "access", "bfd", "bfd-liveness", "bfd-on-distributing-only", "description", "dynamic-cost", "encap-type", "eth-cfm",
    "ethernet", "hold-time", "hold-time-down", "lacp", "lacp-mux-control", "lacp-xmit-interval", "lacp-xmit-stdby", "link-map-profile",
    "lag-subgroup", "mac", "mac-address", "max-ports", "mode", "monitor-oper-group", "port-threshold", "port-type",
    "port-weight-speed", "selection-criteria", "slave-to-partner", "standby-signaling", "weight-threshold",
    "per-fp-ing-queuing", "per-fp-egr-queuing", "per-fp-sap-instance", "per-link-hash", "hash-weight-threshold",
    "hash-weight", "fp-queuing", "name", "static", "member-port", "adapt-qos", "disable-soft-reset-extension",
    "enforce-control-plane", "redundant-peer",
)  # fmt: skip
"""Below a LAG."""
