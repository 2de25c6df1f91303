"""Statements that no verdict can depend on, by the place where they stand, with the reason.

A word belongs here only if it can neither deny, move, size nor split packets in transit (tmsh reference of the
component). What is in no table is not understood.
"""

from __future__ import annotations


def because(reason: str, *words: str) -> dict[str, str]:
    """Table entries for `words` with the reason that they share."""
    return dict.fromkeys(words, reason)


TOP = (
    because(
        "management, users, certificates and the cluster of the box itself",
        "auth",
        "cm",
        "cli",
        "analytics",
        "vcmp",
        "mgmt",
        "util",
        "ilx",
        "saas",
        "api-protection",
    )
    | because("names for hosts elsewhere: answers to DNS questions", "gtm")
    | because(
        "applications behind virtual servers, whose packets are undecided there",
        "asm",
        "wam",
        "wom",
    )
)
"""First words of whole modules."""

SYS = because(
    "the box itself: its users, names, clocks, logs, licences, disks, software, management port and processes",
    "application", "autoscale-group", "aom", "clock", "cluster", "compatibility-level", "config", "console", "core", "crypto",
    "daemon-ha", "daemon-log-settings", "datastor", "default-config", "diags", "disk", "dns", "dynad", "ecm", "failover",
    "feature-module", "file", "folder", "fpga", "geoip", "global-settings", "gre", "ha-group", "ha-status", "hardware", "httpd", "icall",
    "icontrol-soap", "integrity", "internal-proxy", "ipfix", "license", "log-config", "log-rotate", "management-dhcp",
    "management-ip", "management-ovsdb", "management-proxy-config", "management-route", "mcp-state", "ntp", "outbound-smtp",
    "performance", "pptp-call-info", "provision", "pva-traffic", "raid", "scriptd", "service", "sflow", "smtp-server", "snmp", "software",
    "sshd", "state-mirroring", "sync-sys-files", "syslog", "telemd", "tmm-info", "tmm-traffic", "turboflex", "ucs", "url-db", "version", "vcmp",
    "telemetry", "openapi", "restricted-module",
)  # fmt: skip
"""Below `sys`; `db` is read, other words are not understood."""

LTM = because(
    "decides behind a virtual server that takes the packets, or watches servers: such packets are undecided at the virtual server",
    "auth", "alg-log-profile", "cipher", "classification", "clientssl", "clientssl-proxy", "data-group", "default-node-monitor",
    "dns", "eviction-policy", "html-rule", "ifile", "lsn-log-profile", "message-routing", "monitor", "node", "persistence", "policy",
    "policy-strategy", "rule", "rule-profiler", "snat-translation", "snatpool", "tacdb", "traffic-class", "urlcat-query",
    "default-lsn-pool", "cmp", "occ", "on-demand-oam", "destination-profile",
)  # fmt: skip
"""Below `ltm`."""

VIRTUAL = because(
    "rates, mirroring, persistence, statistics, copies and names: no packet is denied or moved for good by it",
    "address-status", "app-service", "auto-discovery", "auto-lasthop", "bwc-policy", "clone-pools", "cmp-enabled",
    "connection-limit", "creation-time", "description", "eviction-protected", "fallback-persistence", "flow-eviction-policy",
    "fw-staged-policy", "gtm-score", "last-hop-pool", "last-modified-time", "metadata", "mirror", "persist", "rate-class",
    "rate-limit", "rate-limit-dst-mask", "rate-limit-mode", "rate-limit-src-mask", "security-log-profiles",
    "serverssl-use-sni", "service-down-immediate-action", "source-port", "traffic-classes", "translate-port", "urldb-feed-policy",
    "vs-index", "partition", "availability-state", "eviction-policy", "syn-cookie-status", "httprouter", "internal-virtual",
    "fw-staged-rules", "throughput-capacity", "security-nat-staged-policy",
)  # fmt: skip
"""Below a virtual server."""

POOL = because(
    "health, queues, marks and names of a pool",
    "allow-nat", "allow-snat", "app-service", "autoscale-group-id", "description", "gateway-failsafe-device", "ignore-persisted-weight",
    "ip-tos-to-client", "ip-tos-to-server", "link-qos-to-client", "link-qos-to-server", "metadata", "min-active-members",
    "min-up-members", "min-up-members-action", "min-up-members-checking", "monitor", "priority-group", "profiles", "queue-depth-limit",
    "queue-on-connection-limit", "queue-time-limit", "reselect-tries", "service-down-action", "slow-ramp-time", "traffic-acceleration-status",
    "partition",
)  # fmt: skip
"""Below a pool."""

NET = because(
    "link layer, marks, neighbours, rates and services of the box itself",
    "arp", "bwc", "bwc-policy", "cos", "dag-globals", "dns-resolver", "fdb", "ike-daemon", "interface-cos", "lacp-globals",
    "lldp-globals", "lldp-neighbors", "multicast-globals", "mroute", "ndp", "port-mirror", "rate-shaping", "rst-cause", "self-allow", "service-policy",
    "stp", "stp-globals", "timer-policy", "vlan-allowed", "fdb-tunnel", "cmetrics", "dag-statistics", "address-group", "hsl", "clone-pool",
    "wccp", "router-advertisement",
)  # fmt: skip
"""Below `net`."""

INTERFACE = because(
    "link layer: no packet is selected or sized by it",
    "bundle", "bundle-speed", "description", "flow-control", "forward-error-correction", "force-gigabit-fiber", "if-index", "lldp-admin", "lldp-tlvmap",
    "mac-address", "media", "media-active", "media-fixed", "media-max", "media-sfp", "module-description", "mtu", "port-fwd-mode", "prefer-port", "qinq-ethertype",
    "serial", "sflow", "stp", "stp-auto-edge-port", "stp-edge-port", "stp-link-type", "stp-reset", "vendor", "vendor-oui", "vendor-partnum", "vendor-revision",
    "link-traps-enabled", "tap-interface", "transmit-enabled", "is-mgmt", "port-type", "bandwidth-limit",
)  # fmt: skip
"""Below `net interface`; `mtu` there is what the hardware can, VLANs have the one that counts."""

VLAN = because(
    "tags, failover, learning, and which processor of the box takes a packet: paths do not depend on it",
    "app-service", "auto-lasthop", "bridge-in-standby", "bridge-multicast", "bridge-traffic", "cmp-hash", "customer-tag", "dag-adjustment", "dag-round-robin",
    "dag-tunnel", "failsafe", "failsafe-action", "failsafe-timeout", "fwd-mode", "hardware-syncookie", "if-index", "learning", "mac-masquerade", "migration-keepalive", "mode",
    "nti", "poll-interval-global", "proxy-excludes", "sampling-rate-global", "sflow", "source-checking", "syn-flood-rate-limit", "syncache-threshold", "tag", "tag-mode",
    "uplink", "vsp-id", "traffic-group", "bandwidth-limit", "mac-true", "partition", "fcn", "syncookie",
)  # fmt: skip
"""Below `net vlan` and `net vlan-group`."""

SELF = because(
    "what the box itself answers to, and which of a pair holds the address",
    "address-source", "allow-service", "app-service", "description", "floating", "fw-enforced-policy", "fw-rules", "fw-staged-policy", "inherited-traffic-group",
    "service-policy", "traffic-group", "unit", "partition", "security-nat-policy",
)  # fmt: skip
"""Below `net self`: the packets of the box itself are no transit."""

TRUNK = because(
    "how members are negotiated",
    "bandwidth", "cfg-mbr-count", "description", "id", "interface-mirror", "lacp", "lacp-mode", "lacp-timeout", "link-select-policy", "mac-address", "media", "operational-member-count",
    "qinq-ethertype", "stp", "stp-reset", "working-mbr-count",
)  # fmt: skip
"""Below `net trunk`."""

TUNNEL = because(
    "marks, names and state of a tunnel",
    "app-service", "auto-lasthop", "description", "idle-timeout", "if-index", "key", "mode", "tos", "traffic-group", "transparent", "secondary-address", "partition", "bandwidth-limit",
)  # fmt: skip
"""Below `net tunnels tunnel`."""

DOMAIN = because(
    "routing processes, limits and names of a route domain",
    "app-service", "bwc-policy", "connection-limit", "description", "flow-eviction-policy", "fw-staged-policy", "ip-intelligence-policy-off", "routing-protocol", "service-policy-off",
    "throughput-capacity", "fw-staged-rules", "partition",
)  # fmt: skip
"""Below `net route-domain`."""

SECURITY = because(
    "rates, logs, learning, or protection of applications and of the box itself: what it does is undecided where a virtual server names it",
    "analytics", "anti-fraud", "blacklist-publisher", "bot-defense", "cloud-services", "datasync", "debug", "device", "device-context", "device-id", "dos", "flowspec-route-injector", "http", "log", "presentation",
    "protected-zone", "scrubber", "shared-objects-state", "ssh", "zone", "dhcp", "ftp", "smtp", "sip", "dns", "datasafe", "packet-tester", "ip-intelligence-feed",
)  # fmt: skip
"""Below `security`."""

FIREWALL = because(
    "names, logs, schedules (a rule that has one is uncertain) and rules for the management port",
    "config-change-log", "config-entity", "config-entity-id", "container-stat", "current-state", "fqdn-entity", "fqdn-info", "global-fqdn-policy", "management-ip-rules",
    "on-demand-compilation", "on-demand-rule-deploy", "port-misuse-policy", "rule-stat", "schedule", "user-domain", "user-group", "user-list", "uuid-default-autogenerate", "options",
    "matching-rule",
)  # fmt: skip
"""Below `security firewall`."""
