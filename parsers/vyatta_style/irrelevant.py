"""Statements that no verdict can depend on, by the place where they stand, with the reason.

A statement belongs here only if it can neither deny, move, size nor split packets in transit. Words that no table has
are not understood. From vyos-1x `interface-definitions`, the vyatta-cfg templates, and EdgeOS configurations.
"""

from __future__ import annotations

from parsers.vyatta_style.draft import because

NOT_INTERFACES = because("a device for shaping incoming traffic, which has no addresses", "input")

INTERFACE = because(
    "link layer, hardware, discovery, queueing or services of the port: no packet is selected or sized by it",
    "aging", "hello-time", "max-age", "priority", "stp", "promiscuous", "forwarding-delay",
    "bridged-conntrack", "bridge-group", "arp-monitor", "bandwidth", "capabilities",
    "channel", "compress", "country-code", "disable-flow-control", "disable-link-detect", "duplex",
    "eapol", "egress-qos", "enable-vlan", "evpn", "hw-id", "igmp", "ingress-qos", "interface-id",
    "lacp-rate", "link-settings", "mac", "min-links", "mirror", "offload", "offload-options", "poe",
    "physical-device", "ring-buffer", "security", "smp-affinity", "smp_affinity", "speed", "ssid",
    "switch-id", "traffic-policy", "type", "vrrp", "wds", "xdp", "primary", "mii-mon-interval",
    "dhcpv6-pd", "dhcpv6-options", "ipv6-address", "host-uniq", "access-concentrator", "connect-on-demand",
    "idle-timeout", "name-server", "no-peer-dns", "password", "service-name", "user-id", "username",
    "authentication", "mru", "holdoff", "link", "peer-name", "server", "isolate-stations", "max-stations", "mgmt-frame-protection",
    "expunge-failing-stations", "reduce-transmit-power", "antenna",
    "port-isolation", "vlan-aware", "system-mac", "ethertype",
    "wpa", "rekey-interval", "disable-broadcast-ssid", "apn", "lldp", "netns", "enable-proxy-arp",

    "openvpn-option",
    "replay-window", "dot1x",
)  # fmt: skip
"""Below any interface."""

DHCP = because(
    "what the client says of itself, or name servers",
    "client-id", "client-option", "global-option", "host-name", "mtu", "name-server", "reject",
    "vendor-class-id", "user-class", "dns", "lease", "rapid-commit", "no-mtu",
)  # fmt: skip
"""Below `dhcp-options`."""

IP = because(
    "neighbours, redirects, proxies of ARP, or parameters of a routing protocol on the port",
    "arp-cache-timeout", "disable-arp-filter", "enable-arp-accept", "enable-arp-announce",
    "enable-arp-ignore", "enable-directed-broadcast", "enable-proxy-arp", "proxy-arp",
    "proxy-arp-pvlan", "ospf", "ospfv3", "rip", "ripng", "split-horizon", "igmp", "base-reachable-time",
    "accept-dad", "dup-addr-detect-transmits", "router-advert", "enable", "disable", "dad-transmits",
    "interface-identifier", "receive-adverts", "source-address-announce", "nd", "mld",
)  # fmt: skip
"""Below `ip` and `ipv6` of an interface."""

SYSTEM_IP = because(
    "caches, redirects, or next hops of BGP",
    "arp", "neighbor", "disable-directed-broadcast", "nht", "tcp", "override-hostname-ip", "strict-dad", "disable",
    "blacklist",
)  # fmt: skip
"""Below `system ip` and `system ipv6`."""

CONNTRACK = because(
    "sizes, timeouts and helpers of connection tracking, or logs of it",
    "expect-table-size", "hash-size", "table-size", "tcp", "timeout", "modules", "log", "flow-accounting",
)  # fmt: skip

SYSTEM = because(
    "management of the device itself: users, names, clocks, logs, updates, hardware",
    "acceleration", "analytics-handler", "config-management", "console", "crash-handler", "coredump",
    "disable-dhcp-nameservers", "domain-name", "domain-search", "event-handler", "flow-accounting",
    "frr", "lcd", "login", "logs", "name-server", "ntp", "options", "option",
    "offload", "package", "performance", "proxy", "serial", "sflow", "static-host-mapping", "syslog",
    "systemd", "task-scheduler", "time-zone", "traffic-analysis", "update-check", "watchdog",
    "wireless", "netns", "ssh",
)  # fmt: skip
"""Below `system`."""

SERVICES = because(
    "a service of the device itself; packets in transit do not meet it",
    "bcast-relay", "broadcast-relay", "config-sync", "conntrack-sync", "console-server", "dhcp-relay",
    "dhcp-server", "dhcpv6-relay", "dhcpv6-server", "dns", "event-handler", "gui", "https", "ids", "ipoe-server",
    "ipfix", "lldp", "mdns", "mdns-repeater", "monitoring", "ndp-proxy", "ntp", "pppoe-server", "pptp",
    "router-advert", "salt-minion", "sla", "snmp", "ssh", "ssh-recovery", "stunnel", "suricata", "telnet", "tftp-server",
    "ubnt-discover", "ubnt-discover-server", "ubnt-util", "udapi-server", "unms", "ufos", "upnp", "upnp2",
    "aws", "lcd", "file-server",
)  # fmt: skip
"""Below `service`."""

TOP = {
    **because("queueing, marking and shaping: packets are delayed or dropped by rate only",
              "qos", "traffic-policy", "traffic-control"),
    **because("keys, redundancy of the gateway address, or containers on the device",
              "pki", "high-availability", "cluster", "container", "custom-attribute", "netns"),
}  # fmt: skip
"""At the top."""
