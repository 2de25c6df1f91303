"""Properties of interface menus that can change no verdict, or that the readers take.

Source: the property tables of the RouterOS CLI reference under `/interface`.
"""

from __future__ import annotations

import re

DECISIVE = frozenset(("mtu", "name", "disabled", "max-mtu", "mode", "slaves", "interface"))
"""Properties whose damage would hide a fact."""

RADIO = re.compile(r"(?:interface (?:wireless|wifi|wifiwave2|w60g|lte|ppp-client)|caps-man)\b")
"""Menus of radios and modems: their many properties are about the radio link."""

_TAKEN = (
    "name", "default-name", "mtu", "l2mtu", "disabled", "comment", "interface", "vlan-id", "slaves",
    "mode", "transmit-hash-policy", "local-address", "remote-address", "connect-to", "max-mtu",
    "max-mru", "mrru", "add-default-route", "default-route-distance", "profile", "clamp-tcp-mss",
    "dont-fragment", "ipsec-secret", "use-ipsec", "default-route-tables",
)  # fmt: skip
_ETHERNET = (
    "advertise", "arp", "arp-timeout", "auto-negotiation", "bandwidth", "cable-settings",
    "combo-mode", "disable-running-check", "fec-mode", "full-duplex", "loop-protect",
    "loop-protect-disable-time", "loop-protect-send-interval", "mac-address", "master-port",
    "mdix-enable", "orig-mac-address", "passthrough-interface", "poe-lldp-enabled", "poe-out",
    "poe-priority", "poe-voltage", "power-cycle-interval", "power-cycle-ping-address",
    "power-cycle-ping-enabled", "power-cycle-ping-timeout", "rx-flow-control",
    "sfp-ignore-rx-los", "sfp-rate-select", "sfp-shutdown-temperature", "speed", "switch",
    "tx-flow-control", "tx-queue", "rx-queue",
)  # fmt: skip
_BRIDGE = (
    "add-dhcp-option82", "admin-mac", "ageing-time", "auto-mac", "dhcp-agent-circuit-id",
    "dhcp-agent-remote-id", "dhcp-snooping", "dhcpv6-agent-circuit-id", "dhcpv6-agent-remote-id",
    "dhcpv6-snooping", "ether-type", "fast-forward", "forward-delay", "forward-reserved-addresses",
    "frame-types", "igmp-snooping", "igmp-version", "ingress-filtering", "last-member-interval",
    "last-member-query-count", "max-hops", "max-learned-entries", "max-message-age",
    "membership-interval", "mlag-heartbeat", "mlag-peer-port", "mlag-priority", "mld-version",
    "msrp", "multicast-querier", "multicast-router", "mvrp", "port-cost-mode", "priority",
    "protocol-mode", "pvid", "querier-interval", "query-interval", "query-response-interval",
    "ra-guard", "region-name", "region-revision", "startup-query-count", "startup-query-interval",
    "transmit-hold-count", "vlan-filtering", "vlan-protocol", "vlan-mode",
)  # fmt: skip
_BONDING = (
    "arp-interval", "arp-ip-targets", "down-delay", "forced-mac-address", "lacp-mode", "lacp-rate",
    "lacp-system-id", "lacp-system-priority", "lacp-user-key", "link-monitoring", "mii-interval",
    "min-links", "mlag-id", "primary", "up-delay",
)  # fmt: skip
_OTHER = (
    "authentication", "group-authority", "group-master", "on-backup", "on-fail", "on-master",
    "password", "preemption-mode", "remote-address", "sync-connection-tracking", "version", "vrid",
    "interval", "v3-protocol",
    "use-service-tag", "tag-stacking", "mvrp", "loop-protect", "address", "gateway", "gateway6",
    "container-mac-address", "dhcp", "parent", "vrrp-remote", "connection-tracking-mode",
    "connection-tracking-port", "mlag-id", "protect", "cak", "ckn", "dot1x-server", "port",
)  # fmt: skip
_TUNNEL = (
    "ac-name", "add-default-route", "advertised-mac-address", "allow", "allow-fast-path",
    "allow-fast-path", "allowed-address", "auth", "bridge", "bridge-pvid", "certificate",
    "checksum", "ciphers", "cipher", "cookie-length", "dial-on-demand", "digest-hash",
    "disconnect-notify", "dh-group", "dscp", "group", "host-name", "http-proxy",
    "http-proxy-port", "hw", "instance-id", "instance-name", "ip-version", "ipsec-secret",
    "keepalive", "keepalive-timeout", "key-size", "l2tp-proto-version", "l2tpv3-circuit-id",
    "l2tpv3-cookie-length", "l2tpv3-digest-hash", "learning", "listen-port", "local-session-id",
    "local-tunnel-id", "max-fdb-size", "mac-address", "mppe", "peer-cookie", "pfs",
    "private-key", "random-source-port", "rem-csum", "remote-session-id", "remote-tunnel-id",
    "route-nopull", "send-cookie", "service", "service-name", "src-address", "tls-version",
    "ttl", "tunnel-id", "unmanaged-mode", "use-peer-dns", "user", "user-name",
    "verify-server-address-from-certificate", "verify-server-certificate", "vni", "vrf",
    "vteps-ip-version", "vtep-vrf", "wireguard", "dst-port", "proxy", "proxy-port", "protocol",
    "add-sni", "responder", "ipv6-transport", "modem-init", "data-channel", "info-channel",
    "use-network-apn", "remote-tunnel-endpoint", "dns-server",
)  # fmt: skip

KNOWN = frozenset((*_TAKEN, *_ETHERNET, *_BRIDGE, *_BONDING, *_OTHER, *_TUNNEL))
"""All properties of interfaces that are no radios."""
