"""The keys of an interface that no verdict depends on, with the reason.

Source: Fortinet, CLI reference, `system interface` (5.0 to 7.6).
"""

from __future__ import annotations

_TEXTS = "texts and pictures for people"
_BOX = "services of the device itself on this interface"
_DETECT = "how devices behind the interface are recognised"
_LINK = "the link layer"
_DHCP = "how addresses are given to others, or asked for"
_FORTILINK = "managed switches and access points behind the interface"
_RATE = "bandwidth, priority and measurements"
_MULTICAST = "broadcasts and multicast"
_PPP = "how a PPP session is set up"
_PROXY = "the explicit proxy, which packets in transit do not meet"
_NEIGHBOURS = "router advertisements and neighbours"
_SIGN_IN = "details of a sign-in page; `security-mode` says whether there is one"
_CLUSTER = "the cluster, not its traffic"

IGNORED = {
    "description": _TEXTS, "alias": _TEXTS, "color": _TEXTS, "snmp-index": _TEXTS, "tagging": _TEXTS, "role": _TEXTS,
    "estimated-upstream-bandwidth": _TEXTS, "estimated-downstream-bandwidth": _TEXTS, "default-purdue-level": _TEXTS,
    "measured-upstream-bandwidth": _TEXTS, "measured-downstream-bandwidth": _TEXTS, "bandwidth-measure-time": _TEXTS,
    "internal": _TEXTS, "devindex": _TEXTS, "vindex": _TEXTS, "devname": _TEXTS, "monitor-bandwidth": _TEXTS,
    "allowaccess": _BOX, "management-ip": _BOX, "ident-accept": _BOX, "trust-ip-*": _BOX, "trust-ip6-*": _BOX,
    "gui-*": _TEXTS, "replacemsg-override-group": _TEXTS, "ike-saml-server": _BOX, "ap-discover": _BOX,
    "lldp-*": _LINK, "fortiheartbeat": _DETECT, "device-*": _DETECT, "broadcast-forticlient-discovery": _DETECT,
    "listen-forticlient-connection": _DETECT, "exclude-signatures": _DETECT, "device-user-identification": _DETECT,
    "speed": _LINK, "mediatype": _LINK, "macaddr": _LINK, "substitute-dst-mac": _LINK, "subst": _LINK, "stp": _LINK,
    "stp-*": _LINK, "stpforward": _LINK, "stpforward-mode": _LINK, "forward-error-correction": _LINK, "lacp-*": _LINK,
    "min-links": _LINK, "min-links-down": _LINK, "link-up-delay": _LINK, "aggregate-type": _LINK, "ring-rx": _LINK,
    "ring-tx": _LINK, "vlan-protocol": _LINK, "vlanforward": _LINK, "arpforward": _LINK, "sw-algorithm": _LINK,
    "swc-*": _LINK, "egress-queues": _LINK, "system-id": _LINK, "system-id-type": _LINK, "priority-override": _LINK,
    "np-qos-profile": _LINK, "port-mirroring": _LINK, "mirroring-*": _LINK, "port-*": _LINK, "link-*": _LINK,
    "phy-*": _LINK, "interconnect-profile": _LINK, "large-mtu": _LINK, "auto-auth-extension-device": _FORTILINK,
    "dhcp-*": _DHCP, "dhcp6-*": _DHCP, "dns-server-override": _DHCP, "dns-server-protocol": _DHCP, "wins-ip": _DHCP,
    "client-options": _DHCP, "dhcp-client-identifier": _DHCP, "cli-conn-status": _DHCP, "dhcp-renew-time": _DHCP,
    "ip-managed-by-fortiipam": _DHCP, "managed-subnetwork-size": _DHCP, "distance": _DHCP, "priority": _DHCP,
    "fortilink": _FORTILINK, "fortilink-*": _FORTILINK, "switch-controller-*": _FORTILINK, "managed-device": _FORTILINK,
    "auto-auth-*": _FORTILINK, "ac-name": _PPP, "switch": _LINK, "member-*": _LINK,
    "inbandwidth": _RATE, "outbandwidth": _RATE, "ingress-shaping-profile": _RATE, "egress-shaping-profile": _RATE,
    "egress-cos": _RATE, "ingress-cos": _RATE, "netflow-*": _RATE, "sflow-sampler": _RATE, "sample-rate": _RATE,
    "sample-direction": _RATE, "polling-interval": _RATE, "spillover-threshold": _RATE, "weight": _RATE,
    "ingress-spillover-threshold": _RATE, "priority-map": _RATE, "sflow-*": _RATE, "bandwidth-*": _RATE,
    "broadcast-forward": _MULTICAST, "netbios-forward": _MULTICAST, "ndiscforward": _MULTICAST,
    "icmp-accept-redirect": _BOX, "icmp-send-redirect": _BOX, "icmp-redirect": _BOX, "icmp6-send-redirect": _BOX,
    "username": _PPP, "password": _PPP, "auth-type": _PPP, "lcp-*": _PPP, "idle-timeout": _PPP, "padt-*": _PPP,
    "disc-retry-timeout": _PPP, "service-name": _PPP, "pppoe-*": _PPP, "ipunnumbered": _PPP, "pptp-*": _PPP,
    "detected-peer-mtu": _PPP, "pppoe-unnumbered-negotiate": _PPP, "eap-*": _PPP, "disconnect-threshold": _PPP,
    "explicit-web-proxy": _PROXY, "explicit-ftp-proxy": _PROXY, "proxy-captive-portal": _PROXY,
    "auth-cert": _SIGN_IN, "auth-portal-addr": _SIGN_IN, "security-exempt-list": _SIGN_IN, "security-groups": _SIGN_IN,
    "security-external-*": _SIGN_IN, "security-redirect-url": _SIGN_IN, "security-mac-auth-bypass": _SIGN_IN,
    "security-8021x-*": _SIGN_IN, "security-ip-auth-bypass": _SIGN_IN,
    "bfd": "how fast a failure is seen", "bfd-*": "how fast a failure is seen", "fail-*": "what a failure sets off",
    "fail-detect": "what a failure sets off", "gwdetect": "how a failure is seen", "detectserver":
    "how a failure is seen", "detectprotocol": "how a failure is seen", "ping-serv-status": "how a failure is seen",
    "ha-priority": _CLUSTER, "vrrp": "an address that routers share", "vrrp-virtual-mac": _CLUSTER,
    "reachable-time": _NEIGHBOURS, "l2tp-client": _PPP, "l2tp-client-settings": _PPP,
    "external": _TEXTS, "ipv4-*": _BOX, "profiles": _TEXTS, "wifi-*": _FORTILINK, "vap-*": _FORTILINK,
    "transceiver": _LINK, "annex": _LINK, "dsl-*": _LINK, "mux-type": _LINK, "vpi": _LINK, "vci": _LINK, "atm-*": _LINK,
    "gi-gk": "mobile networks", "gtpu-*": "mobile networks", "ipsec-*": _LINK,
    "stp-edge": _LINK, "trunk": _LINK, "swc-first-create": _LINK, "kernel-*": _TEXTS, "np-*": _LINK,
}  # fmt: skip
IPV6_IGNORED = {
    "ip6-allowaccess": _BOX, "ip6-send-adv": _NEIGHBOURS, "ip6-manage-flag": _NEIGHBOURS, "ip6-other-flag": _NEIGHBOURS,
    "ip6-max-interval": _NEIGHBOURS, "ip6-min-interval": _NEIGHBOURS, "ip6-link-mtu": _NEIGHBOURS,
    "ip6-default-life": _NEIGHBOURS, "ip6-hop-limit": _NEIGHBOURS, "ip6-reachable-time": _NEIGHBOURS,
    "ip6-retrans-time": _NEIGHBOURS, "ip6-prefix-list": _NEIGHBOURS, "ip6-dns-server-override": _DHCP,
    "ip6-delegated-prefix-list": _DHCP, "ip6-delegated-prefix-iaid": _DHCP, "ip6-prefix-mode": _DHCP,
    "ip6-upstream-interface": _DHCP, "dhcp6-*": _DHCP, "autoconf": _DHCP, "nd-*": _NEIGHBOURS, "vrip6-link-local":
    _CLUSTER, "vrrp6": _CLUSTER, "vrrp-virtual-mac6": _CLUSTER, "interface-identifier": _DHCP,
    "cli-conn6-status": _DHCP,
    "ip6-adv-rio": _NEIGHBOURS, "ip6-rdnss-list": _NEIGHBOURS, "ip6-dnssl-list": _NEIGHBOURS,
    "ra-send-mtu": _NEIGHBOURS,
    "unique-autoconf-addr": _DHCP, "icmp6-send-redirect": _BOX, "ip6-route-list": _NEIGHBOURS,
    "ip6-route-pref": _NEIGHBOURS, "client-options": _DHCP, "ip6-dhcp-*": _DHCP,
}  # fmt: skip
"""The same below `config ipv6`."""
