"""ASA statements that no verdict of ours can depend on, each with the reason.

A word here covers all lines below it. Statements that filter, route, translate, balance or size transit packets
must never appear here. Words: Cisco ASA Series command reference, A to H, I to R, S, T to Z.
"""

from __future__ import annotations

from parsers.reader import Statement, irrelevant

TOP: tuple[Statement, ...] = (
    Statement(r":.*", reason="remarks that `show running-config` prints"),
    Statement(r"[Cc]ryptochecksum:?.*", reason="the checksum below a configuration"),
    *irrelevant(
        "identity, storage, clock and management of the device",
        "domain-name", "enable", "passwd", "password", "password-policy", "banner", "names", "pager", "terminal",
        "prompt", "command-alias", "clock", "boot", "asdm", "ftp", "license", "feature", "activation-key", "key",
        "service-module", "hw-module", "sw-module", "module", "mac-address auto", "jumbo-frame reservation", "memory",
        "coredump", "crashinfo", "checkheaps", "console", "config-register", "auto-update", "quota", "privilege",
        "username", "user", "tls-proxy", "snmp-server", "snmp-map", "logging", "no logging", "ntp", "smtp-server", "mail-server",
        "call-home", "rest-api", "dhcpd", "dhcprelay", "dhcp-client", "dhcp-network-scope", "dhcp-server", "ddns", "dns", "dns-guard", "dns-group\\S*",
        "ssh", "telnet", "http", "ssl", "cipc", "aaa-server", "aaa local", "aaa accounting", "aaa proxy-limit", "aaa mac-exempt",
        "aaa authentication (?:ssh|telnet|http|enable|serial|secure-http-client|login-history|console|listener)", "aaa authentication \\S+ console", "aaa authorization (?:exec|command|http)", "auth-prompt", "ldap",
        "user-identity", "user-statistics", "kerberos", "kcd-server", "scansafe general-options", "scep-enrollment", "chunk-stat", "process", "cpu", "tcpproxy", "gdb",
        "flow-export", "monitor-interface", "monitor", "management-access", "app-agent", "fips", "eject", "floodguard", "reload", "help",
        "buffer", "arp timeout", "arp permit-nonconnected", "mac-learn", "mac-address-table (?:aging-time|static)", "compression", "disk\\d*", "environment", "profile",
        "ftp-map", "snort", "appagent", "ngips", "lina", "vpdn group", "vpdn username", "vpnclient", "file", "alias-name", "interface-group-name", "virtual (?:http|telnet|ssh)", "pcp",
        "router-id", "hostname", "identity", "boot-start-marker", "boot-end-marker", "version", "setup", "asp (?:rule-engine|load-balance per-flow|flow)", "xdr", "cts (?:server-group|sxp|refresh|import-pac|role-based sgt-map)",
        "license-server", "security-context", "limit-resource", "class (?!-map)\\S+", "admin-context", "no (?:ftp|snmp-server|pager|service-module)", "telemetry", "netconf", "event manager", "umbrella-global",
        "pdm", "mount", "ctl-provider", "ctl-file", "phone-proxy", "media-termination", "uc-ime", "ip-client", "scansafe", "resource", "http-map", "unit", "ip domain-lookup",
    ),
    *irrelevant(
        "failover and clustering: which of two equal boxes forwards",
        "failover", "cluster", "cluster-interface", "mac-address pool", "redundant-interface", "prompt cluster", "health-check", "vpn load-balancing", "vpn-sessiondb", "cluster-member-limit", "site-id", "interface-policy",
    ),
    *irrelevant(
        "VPN: sessions of users and peers, with filters of their own; which packets enter a tunnel is in the crypto map",
        "webvpn", "svc", "anyconnect", "anyconnect-custom-attr", "anyconnect-custom-data", "group-policy", "tunnel-group", "tunnel-group-map", "dynamic-access-policy-record", "dynamic-access-policy-config", "dap",
        "ip local pool", "ipv6 local pool", "crypto (?:ca|key|isakmp|ikev1|ikev2|engine|dynamic-map|vpn)",
        "crypto ipsec (?:ikev1|ikev2|transform-set|security-association|profile|inner-routing-lookup|nat-transparency|fragmentation|ietf-header)",
        "isakmp", "ca", "certificate", "vpn-addr-assign", "vpnsetup", "l2tp", "vpngroup", "import", "group-delimiter", "zonelabs-integrity", "ipsec-over-tcp", "sso-server", "saml", "object-group-search", "group-alias", "hpm",
        "customization", "smart-tunnel", "port-forward", "auto-signon", "tcp inspection", "keyring", "priority", "nac-policy", "eou", "vpn-mode",
    ),
    *irrelevant(
        "timers and counts of sessions: they end or limit sessions, and open none",
        "timeout", "xlate", "no xlate", "conn", "conn-holddown", "floating-conn", "set connection", "per-session", "threat-detection (?:basic-threat|rate|statistics)", "threat-detection scanning-threat", "rtt", "arp-timeout", "arp rate-limit",
    ),
    *irrelevant(
        "routing policy and measurement: decides which routes exist, seen in the routing table alone",
        "route-map", "prefix-list", "ipv6 prefix-list", "as-path", "community-list", "policy-list", "sla", "track", "rip", "ospf", "eigrp", "bfd", "bfd-template", "key chain", "distribute-list", "area", "network", "redistribute", "neighbor", "address-family", "exit-address-family",
        "ip verify statistics", "ip prefix-list", "bgp", "passive-interface", "log-adj-changes", "version 2", "no auto-summary", "default-information", "multicast-routing", "pim", "igmp", "mroute", "mfib", "ipv6 (?:icmp|enforce-eui64|neighbor|nd|unicast-routing|dhcp|dhcprelay|local)",
    ),
    *irrelevant(
        "parameters of inspection: they act where a policy map inspects, which is read there",
        "regex", "class-map type regex", "class-map type management", "tcp-map", "sctp-map", "gtp-map", "h225-map", "http-map", "mgcp-map", "sip-map", "url-block", "url-cache", "url-server", "fixup protocol (?!http|https)\\S+", "no fixup protocol", "filter ftp", "prompt-timeout", "zone-based",
    ),
    *irrelevant(
        "packets for the device itself, statistics, and layer 2 without addresses",
        "arp", "arp-inspection", "no arp-inspection", "icmp (?:permit|deny)", "capture", "shape", "queue-limit", "priority-queue", "no priority-queue", "tx-ring-limit", "vlan", "lacp", "service (?:password-recovery|internal|call-home|sw-reset-button|telemetry|resetoutside)", "no service (?:password-recovery|call-home|sw-reset-button|internal|resetoutside)",
        "ip audit (?:signature|info|name \\S+ info)", "access-list (?:alert-interval|deny-flow-max|mode|compiled|flow-hash)", "mtu-discovery", "time-range", "wccp \\S+ (?!redirect)\\S*", "exit", "quit", "end", "multicast", "flow-offload", "no flow-offload", "asp (?!load-balance)\\S+", "no asp", "sysopt (?:noproxyarp|radius|nodnsalias|uauth|traffic|connection (?:timewait|permit-\\S+|preserve-vpn-flows|reclassify-vpn|permit|decrypted-packets-\\S+))",
    ),
)  # fmt: skip

INTERFACE: tuple[Statement, ...] = (
    *irrelevant(
        "physical layer, VLAN tag, timers and management of the interface",
        "speed", "duplex", "hardware", "media-type", "negotiation", "no negotiation", "flowcontrol", "delay", "bandwidth", "mac-address", "vlan",
        "lacp", "port-channel (?!load-balance)\\S+", "switchport", "dhcprelay", "dhcp", "ddns", "nve-only", "nve", "segment-id", "vtep-nve", "mcast-group", "source-interface",
        "encapsulation", "fec", "auto", "power", "poe", "cluster-interface", "load-interval", "keepalive", "standby", "service-module", "lldp", "span-cluster", "site-id", "breakout", "peer",
    ),
    *irrelevant(
        "routing protocols, multicast and discovery on the interface",
        "ospf", "ospfv3", "rip", "eigrp", "isis", "bfd", "igmp", "pim", "mfib", "multicast", "authentication", "hello-interval", "hold-time", "split-horizon", "no split-horizon", "summary-address",
        "ipv6 (?:nd|ospf|dhcp|eigrp|neighbor|rip|redirects|isis|unnumbered-off|pim|mld)", "no ipv6 nd", "pppoe client", "dampening", "routing", "no routing", "auto-summary", "clns",
    ),
)  # fmt: skip
