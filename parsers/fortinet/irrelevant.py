"""Sections of a FortiOS configuration that cannot change a verdict, with the reason.

Source: Fortinet, CLI reference (6.0 to 7.6), the purpose that is given for each command. A name ending in ` *` stands
for all sections that begin so. Not here, on purpose: what can drop or redirect packets by itself (quarantine,
ip-mac binding, WCCP, session helpers that open holes), which `recognised` names or which stays not understood.
"""

from __future__ import annotations

_BOX = "the device's own services and their settings, no packets in transit"
_USERS = (
    "accounts and authentication servers; policies that ask for users are undecided by themselves"
)
_LOGS = "logging and reports"
_PROFILES = "contents of a profile; a policy that applies one is undecided by itself"
_WIRELESS = "radio, access points and extenders that are managed from here"
_SWITCH = "managed switches behind the device"
_GUI = "pages and texts for people"
_HARDWARE = "how the hardware shares the work, not where packets go"
_ROUTE_POLICY = "which routes a routing protocol takes; the protocol itself is a source of routes that are not shown"
_CRYPTO = "keys, certificates and proposals of VPNs; their tunnels are interfaces"
_SHAPING = "bandwidth and priority"
_MULTICAST = "multicast packets only"
_PROXY = "the explicit proxy, which packets in transit do not meet"
_OBJECTS = "objects that only policies with undecided conditions use"
_MOBILE = "GTP and PFCP of mobile networks"
_LAYER2 = "addresses and neighbours on the link"

SECTIONS: dict[str, str] = {
    # the device itself
    "system accprofile": _BOX, "system admin": _BOX, "system acme": _BOX, "system alarm": _BOX, "system alias": _BOX,
    "system api-user": _BOX, "system auto-install": _BOX, "system auto-scale": _BOX, "system auto-script": _BOX,
    "system automation-action": _BOX, "system automation-destination": _BOX, "system automation-stitch": _BOX,
    "system automation-trigger": _BOX, "system autoupdate *": _BOX, "system bypass": _BOX,
    "system central-management": _BOX, "system central-mgmt": _BOX, "system cloud-service": _BOX,
    "system cluster-sync": _BOX, "system console": _BOX, "system csf": _BOX, "system custom-language": _GUI,
    "system ddns": _BOX, "system dedicated-mgmt": _BOX, "system device-upgrade": _BOX, "system dhcp *": _BOX,
    "system dhcp6 *": _BOX, "system dns": _BOX, "system dns-database": _BOX, "system dns-server": _BOX,
    "system email-server": _BOX, "system fabric-vpn": _BOX, "system federated-upgrade": _BOX, "system fips-cc": _BOX,
    "system fm": _BOX, "system fortiai": _BOX, "system fortianalyzer-connectivity": _BOX, "system fortiguard": _BOX,
    "system fortiguard-log": _BOX, "system fortindr": _BOX, "system fortimanager": _BOX, "system fortisandbox": _BOX,
    "system fsso-polling": _USERS, "system ftm-push": _BOX, "system geoip-override": _OBJECTS, "system gi-gk": _MOBILE,
    "system ha-monitor": _BOX, "system health-check-fortiguard": _BOX, "system ike": _CRYPTO, "system ipam": _BOX,
    "system ips": _PROFILES, "system ips-urlfilter-dns": _PROFILES, "system ips-urlfilter-dns6": _PROFILES,
    "system lldp *": _BOX, "system management-tunnel": _BOX, "system memory-mgmt": _BOX, "system netflow": _LOGS,
    "system network-visibility": _LOGS, "system np6": _HARDWARE, "system np6xlite": _HARDWARE,
    "system ngfw-settings": _PROFILES, "system np-queues": _HARDWARE, "system ntp": _BOX,
    "system object-tagging": _GUI, "system object-tag": _GUI, "system password-policy": _USERS,
    "system password-policy-guest-admin": _USERS, "system pcp-server": _BOX, "system performance *": _BOX,
    "system port-pair": _LAYER2, "system probe-response": _BOX, "system proxy-arp": _LAYER2, "system ptp": _BOX,
    "system replacemsg-group": _GUI, "system replacemsg-image": _GUI, "system replacemsg *": _GUI,
    "system resource-limits": _BOX, "system saml": _USERS, "system sdn-connector": _OBJECTS, "system sdn-proxy": _BOX,
    "system sdn-vpn": _BOX, "system session-helper": "helpers that open pinholes for other protocols",
    "system session-ttl": "how long idle sessions stay", "system sflow": _LOGS, "system sms-server": _BOX,
    "system snmp *": _BOX, "system speed-test-schedule": _BOX, "system speed-test-server": _BOX,
    "system speed-test-setting": _BOX, "system ssh-config": _BOX, "system sso-admin": _USERS,
    "system sso-forticloud-admin": _USERS, "system sso-fortigate-cloud-admin": _USERS,
    "system standalone-cluster": _BOX, "system storage": _BOX, "system stp": _LAYER2,
    "system timezone": _BOX, "system tos-based-priority": _SHAPING, "system dscp-based-priority": _SHAPING,
    "system vdom-dns": _BOX, "system vdom-exception": _BOX, "system vdom-netflow": _LOGS,
    "system vdom-property": _BOX, "system vdom-radius-server": _USERS, "system vdom-sflow": _LOGS,
    "system wireless *": _WIRELESS, "system affinity-interrupt": _HARDWARE, "system affinity-packet-redistribution":
    _HARDWARE, "system arp-table": _LAYER2, "system ipv6-neighbor-cache": _LAYER2, "system nd-proxy": _LAYER2,
    "system mac-address-table": _LAYER2, "system external-resource": _OBJECTS, "system isf-queue-profile": _HARDWARE,
    "system vdom": "the list of domains; each has its own section", "system ha": "the cluster, not its traffic",
    "system lte-modem": _WIRELESS, "system 3g-modem *": _WIRELESS, "system mobile-tunnel": _MOBILE,
    "system physical-switch": _LAYER2, "system smc-ntp": _BOX, "system startup-error-log": _LOGS,
    "system security-rating *": _BOX, "system ssl-vpn *": _CRYPTO, "system icond": _BOX, "system evpn": _LAYER2,
    "system npu-vlink": _HARDWARE, "system span-port": _LOGS, "system status": _BOX, "system modem": _WIRELESS,
    # people and keys
    "user *": _USERS, "authentication *": _USERS, "endpoint-control *": _USERS, "credential-store *": _USERS,
    "vpn certificate *": _CRYPTO, "vpn certificate": _CRYPTO, "certificate *": _CRYPTO, "vpn ssl *": _CRYPTO,
    "vpn ocvpn": _CRYPTO, "vpn l2tp": _CRYPTO, "vpn pptp": _CRYPTO, "vpn kmip-server": _CRYPTO, "vpn qkd": _CRYPTO,
    "vpn ipsec fec": _CRYPTO, "vpn ipsec forticlient": _CRYPTO, "vpn ipsec concentrator": _CRYPTO,
    "vpn ipsec phase2-interface": "what a tunnel encrypts; its routes decide what enters it",
    "vpn ipsec phase1": _CRYPTO, "vpn ipsec phase2": _CRYPTO, "vpn ipsec manualkey": _CRYPTO,
    # logs, profiles, devices managed from here
    "log *": _LOGS, "report *": _LOGS, "alertemail *": _LOGS, "monitoring *": _LOGS, "automation *": _BOX,
    "antivirus *": _PROFILES, "application *": _PROFILES, "webfilter *": _PROFILES, "ips *": _PROFILES,
    "dlp *": _PROFILES, "dnsfilter *": _PROFILES, "emailfilter *": _PROFILES, "spamfilter *": _PROFILES,
    "file-filter *": _PROFILES, "icap *": _PROFILES, "voip *": _PROFILES, "waf *": _PROFILES,
    "videofilter *": _PROFILES, "ssh-filter *": _PROFILES, "sctp-filter *": _PROFILES, "cifs *": _PROFILES,
    "casb *": _PROFILES, "virtual-patch *": _PROFILES, "imp2p *": _PROFILES, "telemetry-controller *": _LOGS,
    "diameter-filter *": _PROFILES, "gtp *": _MOBILE, "pfcp *": _MOBILE, "ftp-proxy *": _PROXY, "web-proxy *": _PROXY,
    "wanopt *": "WAN optimisation; a policy that applies it is undecided by itself", "nsxt *": _BOX,
    "wireless-controller *": _WIRELESS, "extender-controller *": _WIRELESS, "extension-controller *": _WIRELESS,
    "extender *": _WIRELESS, "switch-controller *": _SWITCH, "dpdk *": _HARDWARE, "ztna *": _OBJECTS,
    # objects and tables of the firewall that decide nothing by themselves
    "firewall service category": _GUI, "firewall multicast-address": _MULTICAST,
    "firewall multicast-address6": _MULTICAST, "firewall multicast-policy": _MULTICAST,
    "firewall multicast-policy6": _MULTICAST, "firewall internet-service-name": _OBJECTS,
    "firewall internet-service-group": _OBJECTS, "firewall internet-service-extension": _OBJECTS,
    "firewall internet-service-custom": _OBJECTS, "firewall internet-service-addition": _OBJECTS,
    "firewall internet-service-append": _OBJECTS, "firewall internet-service-custom-group": _OBJECTS,
    "firewall internet-service-definition": _OBJECTS, "firewall internet-service-subapp": _OBJECTS,
    "firewall internet-service-fallback": _OBJECTS, "firewall internet-service-botnet": _OBJECTS,
    "firewall internet-service-list": _OBJECTS, "firewall internet-service-owner": _OBJECTS,
    "firewall internet-service-reputation": _OBJECTS, "firewall internet-service": _OBJECTS,
    "firewall internet-service-ipbl-reason": _OBJECTS, "firewall internet-service-ipbl-vendor": _OBJECTS,
    "firewall internet-service-sld": _OBJECTS, "firewall network-service-dynamic": _OBJECTS,
    "firewall wildcard-fqdn *": _OBJECTS, "firewall city": _OBJECTS, "firewall region": _OBJECTS,
    "firewall country": _OBJECTS, "firewall vendor-mac": _OBJECTS, "firewall vendor-mac-summary": _OBJECTS,
    "firewall proxy-address": _PROXY, "firewall proxy-addrgrp": _PROXY, "firewall proxy-policy": _PROXY,
    "firewall address6-template": "templates from which addresses are made; the addresses are in the text",
    "firewall shaper *": _SHAPING, "firewall shaping-policy": _SHAPING, "firewall shaping-profile": _SHAPING,
    "firewall traffic-class": _SHAPING, "firewall profile-protocol-options": _PROFILES,
    "firewall ssl-ssh-profile": _PROFILES, "firewall profile-group": _PROFILES, "firewall ssl *": _PROFILES,
    "firewall ssh *": _PROFILES, "firewall ssl-server": _PROFILES, "firewall mms-profile": _PROFILES,
    "firewall gtp": _MOBILE, "firewall pfcp": _MOBILE, "firewall ldb-monitor": "health checks of real servers",
    "firewall decrypted-traffic-mirror": _LOGS, "firewall sniffer": _LOGS, "firewall on-demand-sniffer": _LOGS,
    "firewall auth-portal": _USERS, "firewall identity-based-route": _USERS, "firewall dnstranslation":
    "addresses inside of DNS answers", "firewall carrier-endpoint-bwl": _MOBILE,
    "firewall access-proxy": _PROXY, "firewall access-proxy6": _PROXY, "firewall access-proxy-virtual-host": _PROXY,
    "firewall access-proxy-ssh-client-cert": _PROXY, "firewall ssl-setting": _PROFILES,
    "firewall global": _HARDWARE, "firewall ipv6-eh-filter": "IPv6 extension headers, which TCP does not need",
    "firewall local-in-policy6": "packets to the device itself",
    "firewall ippool_grp": "pools for translation; policies that translate say so",
    "firewall ippool": "pools for translation; policies that translate say so",
    "firewall ippool6": "pools for translation; policies that translate say so",
    "firewall vip-realservers": "servers behind a virtual address",
    # routing protocols
    "router access-list": _ROUTE_POLICY, "router access-list6": _ROUTE_POLICY, "router aspath-list": _ROUTE_POLICY,
    "router prefix-list": _ROUTE_POLICY, "router prefix-list6": _ROUTE_POLICY, "router key-chain": _ROUTE_POLICY,
    "router community-list": _ROUTE_POLICY, "router extcommunity-list": _ROUTE_POLICY,
    "router route-map": _ROUTE_POLICY, "router setting": _ROUTE_POLICY, "router bfd": "how fast a failure is seen",
    "router bfd6": "how fast a failure is seen", "router multicast": _MULTICAST, "router multicast6": _MULTICAST,
    "router multicast-flow": _MULTICAST, "router auth-path": _USERS, "router gwdetect": "how a failure is seen",
}  # fmt: skip
