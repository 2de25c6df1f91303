"""IOS statements that no verdict of ours can depend on, each with the reason.

A word here covers all lines below it. Statements that filter, route, translate, balance or size transit
packets must never appear here; they are read, or recognised, in the other tables.
"""

from __future__ import annotations

from parsers.reader import Statement, irrelevant

TOP: tuple[Statement, ...] = (
    *irrelevant(
        "identity and housekeeping of the device",
        "version", "boot-start-marker", "boot-end-marker", "boot", "service",
        "logging", "clock", "enable", "username", "aaa", "ntp",
        "snmp-server", "snmp", "archive", "alias", "license", "hw-module",
        "memory", "memory-size", "diagnostic", "platform", "process", "scheduler", "file",
        "exception", "parser", "prompt", "privilege", "call-home", "redundancy",
        "upgrade", "hostname", "macro", "menu", "event", "kron", "wrr-queue",
        "stack-mac", "switch", "system", "tacacs", "tacacs-server", "radius",
        "radius-server", "line", "location", "energywise", "power", "environment",
        "fabric", "module", "card", "slot", "config-register", "warm-reboot",
        "subscriber", "dot1x", "identity", "eap", "sampler", "end", "terminal", "setup",
        "buffers", "mgcp", "virtual-service", "app-hosting", "guestshell", "netconf(?:-yang)?", "restconf", "telemetry",
        "mls cef", "transceiver", "facility-alarm", "cns", "onep", "autonomic", "ptp", "network-clock\\S*",
        "sdm prefer", "profile", "errdisable", "authentication", "login", "crypto (?:pki|key|ca|provisioning|engine|logging|call)",
        "ip (?:ssh|http|scp|ftp|tftp|finger|bootp|domain[- ]?name|domain[- ]lookup|domain|domain-list|name-server|host|rcmd|telnet|radius|tacacs|source-binding|dns|igmp|pim|mroute-cache|multicast|multicast-routing|mfib|msdp|mrm|sap|flow-export|flow-cache|flow|flow-top-talkers|accounting\\S*|dhcp|dhcp-server|classless|subnet-zero|default-ttl|gratuitous-arps|identd|security|options|sla|rsvp|nbar|device|wins|urlfilter|admission|auth-proxy|reflexive-list|forward-protocol|icmp redirect|arp|rtcp|rtp|ssh-\\S+|bgp-community|as-path|community-list|extcommunity-list|large-community-list|prefix-list|explicit-path|slb|trigger-authentication|kerberos|cef accounting|cef optimize|cef linecard|drp|mobile|wccp check|vrf-\\S+|tcp (?!adjust)\\S+|udp \\S+|spd|cache|split-horizon|spanning|unreachable)",
        "ipv6 (?:unicast-routing|cef|dhcp|host|nd|prefix-list|multicast-routing|mld|pim|mfib-\\S+|hop-limit|source-route|inspect|flow-export|icmp|general-prefix|spd|snooping|destination-guard|neighbor|rip|flowset|address-validate|local|ioam)",
    ),
    *irrelevant(
        "layer 2, which carries no address of a session",
        "spanning-tree", "vtp", "lldp", "cdp", "udld", "lacp", "mac-address-table", "mac",
        "vlan (?!access-map|filter)\\S+", "bridge", "bridge-domain", "l2vpn", "l2", "ethernet", "xconnect", "pseudowire-class",
        "frame-relay", "isdn", "dialer-list", "dialer watch-list", "controller", "voice", "voice-port", "voice-card", "dial-peer",
        "sccp", "telephony-service", "ephone\\S*", "gateway", "ccm-manager", "call-manager-fallback", "sip-ua", "dspfarm", "vpdn enable", "vpdn logging",
        "dot11", "wireless", "ap", "wlan", "lane", "atm", "aps", "sonet", "mka", "macsec", "device-sensor", "device-tracking", "avb", "rep", "flowcontrol",
        "port-channel (?!load-balance)\\S+", "global-rsvp", "nmsp",
    ),
    *irrelevant(
        "routing policy and measurement: decides which routes exist, seen in the routing table alone",
        "route-tag", "track", "bfd", "bfd-template", "key", "mpls", "segment-routing", "router-id", "fhrp", "tag-switching",
        "ip sla", "performance", "pfr-map", "rmon", "flow", "monitor", "nat64", "locator", "lisp", "standby", "multilink bundle-name", "ip nhrp", "template",
    ),
    *irrelevant(
        "quality of service marks and queues; a class that drops is read in policy-map",
        "mls qos", "qos", "queue-limit", "table-map", "priority-list", "queue-list", "auto qos",
        "random-detect-group", "mls (?!rate-limit)\\S+",
    ),
    *irrelevant(
        "encryption parameters: what is encrypted is not dropped",
        "crypto isakmp", "crypto ikev2", "crypto keyring", "crypto dynamic-map", "crypto gdoi", "crypto gkm", "crypto identity", "crypto mib", "crypto vpn", "crypto ipsec (?!df-bit|fragmentation)\\S+",
    ),
    *irrelevant("ends of the text and comments", "end", "exit", "quit", ":", "ntp", "Building configuration\\S*", "Current configuration\\S*", "domain", "mmi"),
)  # fmt: skip

INTERFACE: tuple[Statement, ...] = (
    *irrelevant(
        "physical layer, timers, measurement and management of the interface",
        "bandwidth", "delay", "duplex", "speed", "load-interval", "logging", "negotiation", "media-type",
        "keepalive", "carrier-delay", "cdp", "lldp", "udld", "snmp", "clock", "hold-queue", "flowcontrol", "mdix", "arp",
        "history", "dampening", "beacon", "cable-length", "framing", "linecode", "crc", "scramble", "tx-ring-limit", "priority-queue",
        "mac-address", "macsec", "mka", "power", "location", "monitor", "ptp", "synchronous", "esmc", "lacp", "pagp", "lre", "auto", "plim", "tag-switching",
        "squelch", "peer default", "async", "modem", "exit", "mop", "loopback", "random-detect", "fair-queue", "rate-limit output access-group rate", "bfd", "link", "energywise", "fec", "port-type",
    ),
    *irrelevant(
        "layer 2: VLANs, spanning tree, admission to the port",
        "spanning-tree", "switchport (?:access|trunk|mode|nonegotiate|voice|native|port-security|priority|protected|block|private-vlan|host|vlan|backup|capture|autostate|dot1q)", "storm-control", "encapsulation", "dot1q", "dot1x", "mab", "authentication", "access-session", "l2protocol-tunnel", "vlan-id", "bridge-group (?!.*(?:input|output))\\S+", "bridge-domain", "rewrite", "vtp", "channel-protocol", "device-tracking", "subscriber", "frame-relay", "ppp", "pppoe enable", "pppoe-client", "isdn", "atm", "pvc", "dialer", "dialer-group", "x25", "xconnect", "ethernet", "vrrs", "no-op", "trust", "platform", "autostate",
    ),
    *irrelevant(
        "routing protocols on the interface: seen in the routing table alone",
        "ip (?:ospf|eigrp|rip|hello-interval|hold-time|split-horizon|summary-address|bandwidth-percent|router|authentication|pim|igmp|mroute-cache|cgmp|multicast|mfib|rsvp|nhrp|next-hop-self|bgp|dampening-change|dampening-interval|ripv2-broadcast|irdp|rgmp|sap|msdp|mobile|mrm|tarp)",
        "ipv6 (?:nd|ospf|eigrp|rip|router|pim|mld|dhcp|hello-interval|hold-time|redirects|flow|nhrp|multicast|mfib|bandwidth-percent|split-horizon|summary-address|next-hop-self|authentication|source-guard|snooping|verify-unread|destination-guard|cef)",
        "isis", "ospfv3", "mpls", "vrrp", "standby", "glbp", "eigrp", "clns", "ipx", "appletalk", "decnet", "max-metric", "shutdown vrrp",
    ),
    *irrelevant(
        "traffic accounting, redirects and helpers: they do not drop, split or size transit packets",
        "ip (?:proxy-arp|redirects|directed-broadcast|mask-reply|accounting|flow|nbar|helper-address|route-cache flow|route-cache policy|route-cache same-interface|local-proxy-arp|gratuitous-arps|arp|dhcp|broadcast-address|probe|security|rtp|tcp (?!adjust-mss)\\S+|cef accounting|sticky-arp|ddns|wins|device|vrf-receive|host-unreachable|source-address)",
        "ip flow", "performance", "qos", "mls", "wrr-queue", "rcv-queue", "queue-limit", "srr-queue", "flow", "ntp", "vrf-also", "max-reserved-bandwidth", "tx-queue-limit", "macro", "nat64", "cts manual", "ethernet-services", "service instance", "nmsp", "hold-queue",
    ),
)  # fmt: skip
