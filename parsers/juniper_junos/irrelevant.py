"""Statements that no verdict can depend on, by the place where they stand, with the reason.

A statement belongs here only if it can neither deny, move, size nor split packets in transit. Words that no
table has are not understood; a word is added here after a look at the vendor's statement summary.
"""

from __future__ import annotations


def because(reason: str, *words: str) -> dict[str, str]:
    """Table entries for `words` with the reason that they share."""
    return dict.fromkeys(words, reason)


PHYSICAL = because(
    "link layer, hardware, accounting or queueing: packets are not selected or sized by it",
    "accounting-profile", "anchor-point", "auto-configure", "clocking", "damping", "dce",
    "ds3-options", "dsl-options", "e1-options", "e3-options", "enable", "esi",
    "forwarding-class-accounting", "framing", "gratuitous-arp-reply", "hierarchical-scheduler",
    "hold-time", "input-vlan-map", "interface-transmit-statistics", "keepalives",
    "l2tp-interface-id", "layer2-policer", "link-mode", "link-degrade-monitor", "lmi",
    "load-balancing-options", "logical-tunnel-options", "mac", "media-type", "modem-options",
    "multi-chassis-protection", "native-vlan-id", "no-gratuitous-arp-reply",
    "no-gratuitous-arp-request", "no-keepalives", "no-native-vlan-insert",
    "no-per-unit-scheduler", "no-traps", "number-of-sub-ports", "optics-options", "oam",
    "otn-options", "output-vlan-map", "passive-monitor-mode", "per-unit-scheduler", "port-mirror",
    "port-mirror-instance", "ppp-options", "receive-bucket", "redundant-ether-options",
    "satop-options", "schedulers", "serial-options", "services-options", "shared-scheduler",
    "sonet-options", "speed", "stp", "switch-options", "t1-options", "t3-options", "traceoptions",
    "transmit-bucket", "traps", "tunable-wavelength", "unused", "vlan-vci-tagging",
    "external-model", "optics", "fabric-options", "tunnel-port", "targeted-distribution",
    "no-auto-negotiation", "auto-negotiation", "flow-control", "loopback", "ether-type",
    "forwarding-options", "arp-l2-validate", "proxy-macip-advertisement",
    "virtual-gateway-v4-mac", "virtual-gateway-v6-mac", "no-mac-learn-filter", "vpls",
    "vlan-offload", "ethernet-switch-profile", "cell-bundle-size", "redundancy-options", "fti",
    "transport", "aggregated-inline-services-options",
)  # fmt: skip
"""Below a physical interface."""

UNIT = because(
    "tagging, link layer, accounting or queueing: packets are not selected or sized by it",
    "accept-source-mac", "accounting-profile", "actual-transit-statistics", "advisory-options",
    "arp-resp", "auto-configure", "backup-options", "bandwidth", "cell-bundle-size",
    "demux-destination", "demux-options", "demux-source", "demux0-interface", "dial-options",
    "dlci", "enable", "encapsulation", "epd-threshold", "esi", "etree-ac-role",
    "forwarding-class-accounting", "host-prefix-only", "inner-vlan-id-swap-ranges",
    "input-vlan-map", "interface-shared-with", "interleave-fragments", "inverse-arp",
    "keepalives", "layer2-policer", "link-layer-overhead", "load-balancing-options", "mac",
    "mrru", "minimum-links", "multi-chassis-protection", "multicast-dlci", "multicast-vci",
    "multilink-max-classes", "multipoint", "native-inner-vlan-id", "no-auto-virtual-gateway-esi",
    "no-traps", "oam", "output-vlan-map", "passive-monitor-mode", "peer-interface", "peer-psd",
    "peer-unit", "plp-to-clp", "point-to-point", "ppp-options", "pppoe-options", "proxy-arp",
    "proxy-macip-advertisement", "radio-router", "rpm", "service-domain", "shaping",
    "swap-by-poppush", "statistics", "surrogate-arp", "targeted-distribution", "targeted-options",
    "transmit-weight", "traps", "trunk-bandwidth", "trunk-id", "vci", "vci-range",
    "virtual-gateway-v4-mac", "virtual-gateway-v6-mac", "vlan-id", "vlan-id-list",
    "vlan-id-range", "vlan-tags", "vlan-tags-outer", "vpi", "vlan-offset", "no-keepalives",
    "family-swap", "virtual-gateway-esi", "compression", "fragment-threshold", "short-sequence",
    "ppp", "copy-tos-to-outer-ip-header", "copy-tos-to-outer-ip-header-transit",
    "reassemble-packets",
)  # fmt: skip
"""Below a unit."""

FAMILY = because(
    "neighbour discovery, accounting, rates or redirects: no transit packet is denied or sized by it",
    "accounting", "arp", "apply-macro", "dad-disable", "dad-enable", "demux-destination",
    "demux-source", "destination-class-usage", "mac-validate", "maximum-labels", "multicast-only",
    "ndp", "ndp-proxy", "nd6-stale-time", "nd6-max-cache", "nd6-new-hold-limit",
    "neighbor-discovery-router-advertisement", "no-neighbor-learn", "no-redirects",
    "no-redirects-ipv6", "policer", "primary", "receive-options-packets", "receive-ttl-exceeded",
    "sampling", "simple-filter", "soft-gre", "targeted-broadcast", "route-cache",
    "sampling-options", "arp-max-cache", "arp-new-hold-limit", "delay-subscriber-deletion",
    "destination-udp-port", "no-flood-filter", "dhcp-relay", "keep-address-and-control",
    "location-pool-address", "remote", "ipsec-sa", "tunnel-port", "tunnel",
)  # fmt: skip
"""Below `family inet` and `family inet6` of a unit."""

SYSTEM = because(
        "management of the device itself: users, services, logs, processes; no transit packet meets it",
        "accounting", "alarm-management", "allow-v4mapped-packets", "announcement", "archival",
        "arp", "authentication-order", "auto-configuration", "auto-snapshot", "autoinstallation",
        "backup-router", "boot", "commit", "compress-configuration-files", "configuration",
        "configuration-database", "ddos-protection", "default-address-selection",
        "default-router", "diag-port-authentication", "domain-name", "domain-search",
        "donot-disable-ip6op-ondad", "dump-device", "dump-on-panic", "dynamic-profile-options",
        "encrypt-configuration-files", "extensions", "export-format", "fips", "health-monitor",
        "inet6-backup-router", "internet-options", "kernel-replication", "license", "location",
        "log-vital", "login", "management-ethernet", "master-password",
        "max-configuration-rollbacks", "max-configurations-on-flash", "mirror-flash-on-disk",
        "monitor", "multi-routing-engine", "name-resolution", "name-server",
        "nd-maxmcast-solicit", "nd-override-preferred-src", "nd-retrasmit-timer", "nd-system-req",
        "nd6-reachable-time", "no-compress-configuration-files", "no-debugger-on-alt-break",
        "no-hidden-commands", "no-multicast-echo", "no-neighbor-learn", "no-ping-record-route",
        "no-ping-time-stamp", "no-redirects", "no-redirects-ipv6", "no-neighbor-cache-limit",
        "node-event-history", "ntp", "packet-forwarding-options", "password-options",
        "peer-configuration", "persistent-group-inheritance", "phone-home",
        "pic-console-authentication", "ports", "processes", "profile", "radius-options",
        "radius-server", "regex-additional", "rng", "root-authentication", "saved-core-context",
        "saved-core-files", "schema", "scripts", "security-profile", "services", "set-password",
        "smart-license", "static-host-mapping", "storage", "syslog", "tacplus-options",
        "tacplus-server", "time-zone", "tracing", "turboless-dos", "use-64-bit-kernel",
        "use-imported-time-zones", "virtualization", "watchdog", "aggregate-syslog",
        "login-attempts", "no-auto-snapshot", "routing-engine-cpu", "switchover-on-routing-crash",
        "invoke-on", "microkernel", "all-cpu", "network-services", "license-mode",
        "process-monitor", "host-os", "usb-storage", "fabric", "auto-image-upgrade",
        "event-options", "jdm", "memory-enhanced", "internal-options", "pfe", "forwarding-cpu",
        "commit-scripts", "zero-touch", "no-multi-tasking", "retry-options",
    )  # fmt: skip
"""Below `system`."""

CHASSIS = because(
        "hardware, redundancy and resources of the device",
        "aggregated-devices", "alarm", "auto-image-upgrade", "boot", "cb", "cfm", "cluster",
        "config-button", "configuration-database", "craft-lockout", "disk-partition",
        "disable-power-management", "enhanced-policer", "environment", "extended-statistics",
        "fabric", "fan-ctrl", "feb", "forwarding-options", "fpc", "fpc-feb-connectivity",
        "fpc-resync", "fru-poweron-sequence", "graceful-restart", "hash-key", "health-monitor",
        "ioc-npc-connectivity", "lcc", "lcd-menu", "license", "loopback", "maximum-ecmp",
        "member", "mixed-mode", "multicast-loadbalance", "network-services", "network-slices",
        "no-concatenate", "no-power-budget", "no-reset-on-timeout", "no-service-filter-hit",
        "node", "oss-map", "packet-scheduling", "pem", "pic-mode", "policer-drop-probability-low",
        "power", "provider-instance", "ps", "psd", "psu", "qfabric", "redundancy",
        "redundancy-group", "resilience", "route-localization", "route-memory-enhanced",
        "routing-engine", "sampling-instance", "satellite-management", "sfm", "sib",
        "slow-pfe-alarm", "source-route", "state", "synchronization", "system-domains",
        "t3-options", "traffic-manager", "tunable-optics", "turbotx-disable", "usb",
        "vpn-localization", "vrf-mtu-check", "vtmapping", "zpl", "display", "error",
        "inline-services", "ukern-trace", "pseudowire-service", "fpcmode", "watchdog", "upgrade",
    )  # fmt: skip
"""Below `chassis`."""

SERVICES = because(
        "measures, exports, signals or authenticates; packets in transit are not denied by it",
        "flow-monitoring", "rpm", "analytics", "adaptive-services-pics",
        "application-identification", "border-signaling-gateway",
        "captive-portal-content-delivery", "cos", "dynamic-flow-capture", "flow-collector",
        "flow-tap", "hosted-services", "inline-monitoring", "ip-reassembly", "jflow", "l2tp",
        "logging", "monitoring", "pcef", "pgcp", "pool", "ptsp", "radius-flow-tap", "rule-set",
        "ssl", "unified-access-control", "user-identification", "video-monitoring", "web-filter",
        "security-intelligence", "advanced-anti-malware", "lrf", "mobile-edge",
        "traffic-load-balance", "subscriber-extensible", "alg", "apply-groups", "icap-redirect",
        "screen", "anti-virus", "dns-filtering", "rtlog", "xff",
    )  # fmt: skip
"""Below `services`."""

ROUTING_OPTIONS = because(
    "identity, limits or logging of the routing process; no route comes from it",
    "autonomous-system", "router-id", "confederation", "graceful-restart", "nonstop-routing",
    "options", "max-interface-supported", "maximum-paths", "maximum-prefixes",
    "route-distinguisher-id", "route-record", "source-routing", "traceoptions", "validation",
    "warm-standby", "nsr-phantom-holdtime", "transport-class", "admin-groups-extended",
    "admin-groups-extended-range", "srlg", "ppm", "mpls", "bgp-orf-cisco-mode", "bmp",
    "fate-sharing", "forwarding-adjacency", "multicast", "route-target-filter",
    "no-hierarchical-ecmp", "host-fast-reroute", "dynamic-tunnels", "l3vpn",
    "med-igp-update-interval", "mpls-auto-bandwidth-resync-interval", "rib-sharding",
    "update-threading", "disable-4byte-as", "independent-domain", "localized-fib", "node-tag",
    "nexthop-resolution", "resolution-map", "per-prefix-label", "vrf-label", "loops",
    "programmable-rpd", "flex-algorithm", "hold-timer", "isis-ti-lfa",
    "forward-nexthop-resolution", "auto-bandwidth", "topologies", "vrf-fib-localization",
    "protect", "next-hop-tracking", "lsp-telemetry", "remote-vtep-list", "backup-selection",
    "route-accounting", "bgp", "aspath-depth", "interface-mapped", "vxlan-routing",
    "vrf-localization", "kernel-options",
)  # fmt: skip
"""Below `routing-options`."""

INSTANCE = because(
            "identity or route exchange of the instance",
            "description", "route-distinguisher", "vrf-target", "vrf-table-label",
            "no-local-switching", "no-vrf-advertise", "no-vrf-propagate-ttl", "vrf-propagate-ttl",
            "vrf-advertise-selective", "no-normalization", "vtep-source-interface",
            "vtep-remote-interface", "switch-options", "bridge-domains", "vlans", "vlan-id",
            "vlan-model", "access", "access-profile", "system", "services", "snmp",
            "multicast-snooping-options", "pbb-options", "provider-tunnel",
            "igmp-snooping-options", "service-groups", "l2vpn-id", "vlan-tags",
            "no-irb-layer-2-copy", "egress-protection", "connector-id-advertise",
            "l2-domain-id-for-l3", "bgp-evpn", "security-group", "service-type", "dhcp-relay",
            "layer3-domain-identifier", "evi-no-mac-table", "no-vrf-table-label", "instance-role",
        )  # fmt: skip
"""Below a routing instance."""

FORWARDING = because(
        "copies, counts, relays or groups packets; none is denied for what it is",
        "accounting", "analyzer", "dhcp-relay", "dhcp-security", "helpers", "port-mirroring",
        "sampling", "next-hop-group", "storm-control", "storm-control-profiles", "multicast",
        "multicast-replication", "rpf-loose-mode-discard", "vxlan-routing", "cut-through",
        "evpn-vxlan", "flood", "hyper-mode", "ip-options-protocol-queue", "local-bias",
        "mpls-tunnels", "satellite", "tunnel-termination", "access-security",
        "fast-reroute-priority", "monitoring", "packet-capture", "sflow", "node-selection",
        "no-hierarchical-ecmp", "gre-guard", "network-services", "vrf-fallback", "jmirror",
        "label-allocation", "link-layer-broadcast-inet-check", "dhcp-client", "telemetry",
        "family-extension", "inline-monitoring", "vxlan", "enhanced-cos", "next-hop",
    )  # fmt: skip
"""Below `forwarding-options`."""

BUNDLE = because(
        "how members join the bundle and are watched; packets of a flow stay on one",
        "auto-negotiation", "bfd-liveness-detection", "configured-flow-control",
        "ethernet-switch-profile", "fcoe-lag", "flow-control", "lacp", "link-protection",
        "link-speed", "local-bias", "local-minimum-links-threshold",
        "logical-interface-chassis-redundancy", "speed", "system-priority",
        "logical-interface-fpc-redundancy", "loopback", "mc-ae", "minimum-bandwidth",
        "minimum-links", "mixed-rate-mode", "no-auto-negotiation", "no-flow-control",
        "no-loopback", "no-source-filtering", "pad-to-minimum-frame-size",         "resilient-hash", "share-standby",         "system-id", "system-mac", "targeted-options", "force-up",
    )  # fmt: skip
"""Below `aggregated-ether-options`."""

FORWARDING_TABLE = because(
        "how next hops are kept and repaired, not which are chosen",
        "chained-composite-next-hop", "consistent-hash", "dynamic-list-next-hop",
        "ecmp-fast-reroute", "indirect-next-hop", "indirect-next-hop-change-acknowledgements",
        "krt-nexthop-ack-timeout", "no-ecmp-fast-reroute", "no-indirect-next-hop",
        "no-indirect-next-hop-change-acknowledgements", "remnant-holdtime",
        "unicast-reverse-path", "traceoptions", "channel", "ip-tunnel-rpf-check", "rib",
        "srv6-chain-merge", "no-srv6-chain-merge",
    )  # fmt: skip
"""Below `routing-options forwarding-table`."""

ZONE = because(
                "packets to the device itself, logs, or protection against floods",
                "host-inbound-traffic", "screen", "tcp-rst", "description",
                "application-tracking", "enable-reverse-reroute", "source-identity-log",
                "advance-policy-based-routing-profile", "unidirectional-session-refreshing",
                "advanced-connection-tracking-timeout",
            )  # fmt: skip
"""Below a security zone."""

SECURITY = {
    **because(
        "keys, logs, gateways and helpers of the device; they select no packets of a session",
        "alarms", "authentication-key-chains", "certificates", "cache", "forwarding-process",
        "gprs", "group-vpn", "ike", "internal-security-association", "ipsec-policy",
        "key-protection", "log", "macsec", "datapath-debug", "pki", "resource-manager",
        "softwires", "ssh-known-hosts", "traceoptions", "user-identification", "remote-access",
        "l3vpn", "ngfw", "application-tracking", "tcp-encap", "analysis", "authentication-source",
        "distribution-profile", "dynamic-application", "dns-cache", "metadata-streaming",
        "forward-proxy",
    ),
    **because(
        "acts where a policy names it, and the policy's entry is marked then; alone it drops nothing",
        "utm", "idp", "application-firewall", "ssl", "advanced-policy-based-routing",
        "dynamic-address", "firewall-authentication", "dynamic-vpn",
        "application-traffic-control", "intelligence", "advanced-anti-malware",
        "security-intelligence", "advance-policy-based-routing",
    ),
    **because(
        "limits against floods and malformed packets, and helpers for protocols with several sessions",
        "screen", "alg", "multicast", "traffic-control",
    ),
}  # fmt: skip
"""Below `security`."""
