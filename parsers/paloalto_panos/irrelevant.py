"""Statements that no verdict can depend on, by the place where they stand, with the reason.

A statement belongs here only if it can neither deny, move, size nor split packets in transit. Words that no
table has are not understood; a word is added here after a look at the vendor's reference.
"""

from __future__ import annotations

from parsers.paloalto_panos.draft import because

TOP = {
    **because(
        "management of the device or of Panorama itself: users, plug-ins, collectors, what was read from the device",
        "mgt-config", "log-collector", "log-collector-group", "readonly", "response", "plugins", "wildfire-appliance",
        "wildfire-appliance-cluster", "global-protect-portal", "predefined", "license", "audit-comment", "id",
        "description", "contextual", "cloud-services", "mobile-users", "log-settings-cloud",
    ),
}  # fmt: skip

OBJECTS = {
    **because(
        "inspects, logs, names or authenticates; which packets a rule is for does not depend on it",
        "application-status", "application-tag", "authentication-object", "authentication-profile",
        "authentication-sequence", "admin-role", "alg-override", "botnet", "captive-portal", "certificate",
        "certificate-profile", "content-preview", "custom-reports", "device-object", "dns-proxy", "dynamic-user-group",
        "email-scheduler", "global-protect", "group-mapping", "iot", "key-provider", "local-user-database",
        "log-settings", "mfa-server-profile", "ocsp-responder", "override", "pdf-summary-report", "profile-group",
        "profiles", "report-group", "reports", "response-page", "saas-tenant-list", "saas-user-list", "schedule",
        "scp-server-profile", "sdwan-interface-profile", "server-profile", "ssl-decrypt", "ssl-exclude-cert",
        "ssl-tls-service-profile", "ssh-profile", "tag", "threats", "ts-agent", "url-admin-override", "url-content-types",
        "user-id-agent", "user-id-agent-sequence", "user-id-collector", "user-id-hub", "user-id-ssl-auth",
        "user-context-segment", "user-group-mapping", "data-collection", "post-quantum", "sdwan-profiles", "vm-info-source",
        "redistribution-agent", "redistribution-collector", "ca", "application-override-group", "cloud-identity-engine",
        "proxy", "web-proxy", "to-sw-version", "description", "display-name", "uuid", "gp-resources", "cloud-apps",
        "http-server-profiles", "notify-client", "data-objects", "hip-objects", "hip-profiles", "secrets",
    ),
}  # fmt: skip
"""Below a virtual system, a device group, what Panorama pushed, and `shared`."""

DEVICECONFIG = {
    **because(
        "the device itself: its management port, clock, services, updates, cluster",
        "system", "high-availability", "cluster", "plugins", "dp-services", "cluster-ha",
    ),
}  # fmt: skip

SETTING = {
    **because(
        "management, logging, timers or the inspection engines; no packet of a permitted session is chosen by it",
        "advance-routing", "advanced-routing", "application", "auto-mac-detect", "autofocus", "cloudapp", "cloud-management",
        "config", "content-id", "cortex-data-lake", "ctd", "custom-logo", "dhcp-syslog-server", "dlp", "dns", "dns-over-https",
        "email-security", "fail-open", "global", "global-protect", "hawkeye", "high-speed-log-forwarding", "iot", "l7mon",
        "log", "logging", "logrcvr", "management", "mfa", "nat", "nat64", "netflow", "nfs", "packet", "packet-broker",
        "panorama", "pow", "proxy", "quota-settings", "rip", "slow-path", "ssl-decrypt", "tcp", "tunnel-monitor", "udp",
        "url", "util", "wildfire", "zip", "icmp", "vpn", "multicast", "gtp", "sctp", "sdwan", "user-id", "device-id", "wifi",
        "lockout", "sgt", "persistent-dipp", "scan", "ztp",
    ),
}  # fmt: skip

SESSION = {
    **because(
        "timers and limits of the session table",
        "accelerated-aging-enable", "accelerated-aging-scaling-factor", "accelerated-aging-threshold",
        "dhcp-bcast-session-on", "ipv6-pmtu-discovery", "max-pending-mcast-pkts-per-session", "multicast-route-setup-buffering",
        "packet-buffer-protection-activate", "packet-buffer-protection-alert", "packet-buffer-protection-block-countdown",
        "packet-buffer-protection-block-duration-time", "packet-buffer-protection-block-hold-time",
        "packet-buffer-protection-enable", "packet-buffer-protection-latency-activate",
        "packet-buffer-protection-latency-alert", "packet-buffer-protection-latency-block-countdown",
        "packet-buffer-protection-latency-max-tolerate", "packet-buffer-protection-monitor-only",
        "packet-buffer-protection-use-latency", "scan-scaling-factor", "scan-threshold", "erspan", "jumbo-frame",
        "resource-limit-behavior", "tcp-reject-non-syn", "tcp-retransmit-scan", "offload", "hwnat", "inline-processing",
        "icmpv6-rate-limit", "pbp", "distribution-policy", "max-session", "reject-icmp",
        *(f"timeout-{name}" for name in (
            "captive-portal", "default", "discard-default", "discard-tcp", "discard-udp", "icmp", "scan", "tcp",
            "tcp-half-closed", "tcp-time-wait", "tcp-unverified-rst", "tcphandshake", "tcpinit", "udp", "authd", "sctp",
            "sctp-cookie", "sctp-init", "sctp-shutdown", "discard-sctp", "discard-sctp-init", "tcp-syn")),
    ),
}  # fmt: skip

NETWORK = {
    **because(
        "services, monitoring, link layer or rates; packets are not denied, moved or sized by it",
        "dhcp", "dns-proxy", "lldp", "qos", "vlan", "routing-profile", "underlay-net", "secure-web-gateway", "ike-crypto",
        "multicast", "macsec", "ssl-inspect", "proxy", "5g", "wifi", "global-protect", "description", "id", "bfd",
    ),
}  # fmt: skip

PROFILES = {
    **because(
        "how interfaces and tunnels are managed and watched",
        "bfd-profile", "interface-management-profile", "lldp-profile", "monitor-profile", "netflow-profile", "macsec-profile",
        "vlan-tag-profile", "dhcp-relay", "cellular-profile", "apn-profile", "sd-wan", "zone-protection",
    ),
}  # fmt: skip

VSYS = {
    **because(
        "names, who is identified, and settings of the virtual system's services",
        "setting", "dns-proxy", "user-id", "redistribution-agent", "vsys-id", "id", "ssl-vpn",
    ),
}  # fmt: skip

DEVICE_GROUP = {
    **because(
        "which firewalls Panorama manages as a group, and how",
        "devices", "description", "master-device", "reference-templates", "parent-dg", "authorization-code", "to-sw-version",
        "user-group-source", "id", "plugins", "device-group-type",
    ),
}  # fmt: skip

TEMPLATE = {
    **because(
        "which firewalls take the template, and how it is called",
        "description", "devices", "templates", "settings", "variable", "user-group-source", "id", "default-vsys",
        "multi-vsys", "operational-mode", "mode", "vpn-disable-mode", "dp-services",
    ),
}  # fmt: skip
