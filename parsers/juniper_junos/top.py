"""The top of the Junos hierarchy: which part is read by whom, and why the rest cannot matter."""

from __future__ import annotations

from parsers.juniper_junos.draft import Draft, Handler, Statements, irrelevant, read
from parsers.juniper_junos.filters import read_firewall
from parsers.juniper_junos.policy_options import read_policy_options
from parsers.juniper_junos.routing import (
    read_forwarding,
    read_instances,
    read_protocols,
    read_routing_options,
)
from parsers.juniper_junos.tree import Node
from parsers.model.device import PtbLimit
from parsers.model.source import Sourced


def _version(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    value = node.only()
    draft.version = value.word if value is not None else None


def _system(draft: Draft, node: Node) -> None:
    value = node.value("host-name")
    draft.host_name = value.word if value is not None else None
    read(draft, node, _SYSTEM)


def _use(draft: Draft, node: Node) -> None:
    draft.use_all(node)


_SYSTEM: Statements = {
    "host-name": _use,
    "management-instance": _use,
    **irrelevant(
        "management of the device itself: users, services, logs, processes; no transit packet meets it",
        "accounting", "alarm-management", "allow-v4mapped-packets", "announcement", "archival", "arp",
        "authentication-order", "auto-configuration", "auto-snapshot", "autoinstallation", "backup-router",
        "boot", "commit", "compress-configuration-files", "configuration", "configuration-database",
        "ddos-protection", "default-address-selection", "default-router", "diag-port-authentication",
        "domain-name", "domain-search", "donot-disable-ip6op-ondad", "dump-device", "dump-on-panic",
        "dynamic-profile-options", "encrypt-configuration-files", "extensions", "export-format", "fips",
        "health-monitor", "inet6-backup-router", "internet-options", "kernel-replication", "license",
        "location", "log-vital", "login", "management-ethernet", "master-password", "max-configuration-rollbacks",
        "max-configurations-on-flash", "mirror-flash-on-disk", "monitor", "multi-routing-engine", "name-resolution",
        "name-server", "nd-maxmcast-solicit", "nd-override-preferred-src", "nd-retrasmit-timer", "nd-system-req",
        "nd6-reachable-time", "no-compress-configuration-files", "no-debugger-on-alt-break", "no-hidden-commands",
        "no-multicast-echo", "no-neighbor-learn", "no-ping-record-route", "no-ping-time-stamp", "no-redirects",
        "no-redirects-ipv6", "no-neighbor-cache-limit", "node-event-history", "ntp", "packet-forwarding-options",
        "password-options", "peer-configuration", "persistent-group-inheritance", "phone-home", "pic-console-authentication",
        "ports", "processes", "profile", "radius-options", "radius-server", "regex-additional", "rng", "root-authentication",
        "saved-core-context", "saved-core-files", "schema", "scripts", "security-profile", "services", "set-password",
        "smart-license", "static-host-mapping", "storage", "syslog", "tacplus-options", "tacplus-server", "time-zone",
        "tracing", "turboless-dos", "use-64-bit-kernel", "use-imported-time-zones", "virtualization", "watchdog",
        "aggregate-syslog", "login-attempts", "no-auto-snapshot", "routing-engine-cpu", "switchover-on-routing-crash",
        "invoke-on", "microkernel", "all-cpu", "network-services", "license-mode", "process-monitor", "host-os",
        "usb-storage", "fabric", "auto-image-upgrade", "event-options", "jdm", "memory-enhanced", "internal-options",
        "pfe", "forwarding-cpu", "commit-scripts", "zero-touch", "no-multi-tasking", "retry-options",
    ),
}  # fmt: skip


def _chassis(draft: Draft, node: Node) -> None:
    read(draft, node, _CHASSIS)


def _icmp(family: int) -> Handler:
    def icmp(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.value("rate-limit")
        if value is not None and value.word.isdecimal():
            draft.limits.append(
                PtbLimit(
                    family=family,
                    per_second=float(value.word),
                    where=draft.where(value.last),
                    reason=f"chassis {node.word} rate-limit, for each interface family",
                )
            )

    return icmp


_CHASSIS: Statements = {
    "icmp": _icmp(4),
    "icmp6": _icmp(6),
    **irrelevant(
        "hardware, redundancy and resources of the device",
        "aggregated-devices", "alarm", "auto-image-upgrade", "boot", "cb", "cfm", "cluster", "config-button",
        "configuration-database", "craft-lockout", "disk-partition", "disable-power-management", "enhanced-policer",
        "environment", "extended-statistics", "fabric", "fan-ctrl", "feb", "forwarding-options", "fpc",
        "fpc-feb-connectivity", "fpc-resync", "fru-poweron-sequence", "graceful-restart", "hash-key", "health-monitor", "ioc-npc-connectivity",
        "lcc", "lcd-menu", "license", "loopback", "maximum-ecmp", "member", "mixed-mode", "multicast-loadbalance",
        "network-services", "network-slices", "no-concatenate", "no-power-budget", "no-reset-on-timeout", "no-service-filter-hit",
        "node", "oss-map", "packet-scheduling", "pem", "pic-mode", "policer-drop-probability-low", "power", "provider-instance",
        "ps", "psd", "psu", "qfabric", "redundancy", "redundancy-group", "resilience", "route-localization",
        "route-memory-enhanced", "routing-engine", "sampling-instance", "satellite-management", "sfm", "sib", "slow-pfe-alarm",
        "source-route", "state", "synchronization", "system-domains", "t3-options", "traffic-manager", "tunable-optics",
        "turbotx-disable", "usb", "vpn-localization", "vrf-mtu-check", "vtmapping", "zpl", "display", "error",
        "inline-services", "ukern-trace", "pseudowire-service", "fpcmode", "watchdog", "upgrade",
    ),
}  # fmt: skip


def _logical(draft: Draft, node: Node) -> None:
    """Logical systems and tenants are routers of their own inside the device."""
    draft.miss(node)
    draft.recognise("logical-system", node, "a router inside the device, which is not read")


def _services(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise("service-set", _ended(node), "services act on the packets that are sent to them")


def _ended(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _services_top(draft: Draft, node: Node) -> None:
    read(draft, node, _SERVICES)


_SERVICES: Statements = {
    **dict.fromkeys(
        ("service-set", "nat", "stateful-firewall", "ids", "ipsec-vpn", "softwire", "redirect-server"),
        _services,
    ),
    **irrelevant(
        "measures, exports, signals or authenticates; packets in transit are not denied by it",
        "flow-monitoring", "rpm", "analytics", "adaptive-services-pics", "application-identification",
        "border-signaling-gateway", "captive-portal-content-delivery", "cos", "dynamic-flow-capture",
        "flow-collector", "flow-tap", "hosted-services", "inline-monitoring", "ip-reassembly", "jflow",
        "l2tp", "logging", "monitoring", "pcef", "pgcp", "pool", "ptsp", "radius-flow-tap", "rule-set", "ssl",
        "unified-access-control", "user-identification", "video-monitoring", "web-filter", "security-intelligence",
        "advanced-anti-malware", "lrf", "mobile-edge", "traffic-load-balance", "subscriber-extensible",
        "alg", "apply-groups", "icap-redirect", "screen", "anti-virus", "dns-filtering", "rtlog", "xff",
    ),
}  # fmt: skip


def _vlans(draft: Draft, node: Node) -> None:
    """Switching: which VLAN a frame is in. A filter there sees frames."""
    draft.ignore_all(node)
    for found in node.walk():
        if found.word == "filter" and found.children:
            draft.use_all(found)
            draft.recognise("l2-filter", _ended(found), f"a filter on frames below '{node.word}'")


def _dhcp_source(draft: Draft, node: Node) -> None:
    draft.ignore_all(node)


TOP: dict[str, Handler | str] = {
    "version": _version,
    "system": _system,
    "chassis": _chassis,
    "policy-options": read_policy_options,
    "firewall": read_firewall,
    "routing-options": read_routing_options,
    "routing-instances": read_instances,
    "protocols": read_protocols,
    "forwarding-options": read_forwarding,
    "logical-systems": _logical,
    "tenants": _logical,
    "services": _services_top,
    "vlans": _vlans,
    "bridge-domains": _vlans,
    "ethernet-switching-options": _vlans,
    "switch-options": _vlans,
    "groups": "read where they are applied",
    **irrelevant("queueing and marking: packets are delayed, not selected", "class-of-service"),
    **irrelevant("management and events of the device itself", "snmp", "event-options", "access",
                 "access-profile", "accounting-options", "jsrc", "poe", "diameter", "vmhost", "partition"),
    **irrelevant("redundancy between chassis", "virtual-chassis", "multi-chassis", "redundant-power-system",
                 "fabric", "virtual-gateway"),
    **irrelevant("subscriber access, of which nothing is applied without a subscriber", "dynamic-profiles",
                 "unified-edge", "session-limit-group", "smtp", "wlan"),
    **irrelevant("listens to traffic or manages services on other devices", "multicast-snooping-options",
                 "openconfig-system", "sbc", "user-identification", "satellite-management"),
}  # fmt: skip
"""The hierarchy's top; `interfaces`, `security` and `applications` are read by modules of their own."""

NOT_UNDERSTOOD_SOURCE = Sourced[str](value="unknown", note="statements that are not understood")
