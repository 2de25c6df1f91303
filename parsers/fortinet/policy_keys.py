"""The keys of a firewall policy: what is read, what leaves a policy undecided, what decides nothing.

Source: Fortinet, CLI reference, `firewall policy`, `policy6`, `consolidated policy`, `local-in-policy` and `acl`
(5.0 to 7.6).
"""

from __future__ import annotations

READ = frozenset(
    {
        "action", "status", "srcintf", "dstintf", "srcaddr", "dstaddr", "srcaddr4", "dstaddr4", "srcaddr6", "dstaddr6",
        "srcaddr-negate", "dstaddr-negate", "srcaddr6-negate", "dstaddr6-negate", "service", "service-negate",
        "schedule", "send-deny-packet", "nat", "tcp-mss-sender", "tcp-mss-receiver", "utm-status", "ssl-ssh-profile",
        "internet-service", "internet-service-src", "internet-service6", "internet-service6-src", "match-vip",
        "match-vip-only", "name", "interface", "intf", "ha-mgmt-intf-only", "profile-type", "inspection-mode",
    }
)  # fmt: skip
"""Keys whose values are looked at."""

CONDITIONS = {
    "users": "it is for certain users",
    "groups": "it is for certain groups of users",
    "fsso-groups": "it is for certain groups of users",
    "devices": "it is for certain devices",
    "ztna-ems-tag": "it asks for a tag of the endpoint",
    "ztna-ems-tag-secondary": "it asks for a tag of the endpoint",
    "ztna-geo-tag": "it asks for a tag of the endpoint",
    "src-vendor-mac": "it is for certain vendors of network cards",
    "sgt": "it asks for a security group tag",
    "application": "it asks for an application",
    "app-category": "it asks for an application",
    "app-group": "it asks for an application",
    "url-category": "it asks for a category of web pages",
    "vlan-filter": "it is for certain VLANs",
    "network-service-dynamic": "its destinations come from another system",
    "network-service-src-dynamic": "its sources come from another system",
    "rtp-addr": "it is for the media of calls",
    "policy-expiry-date": "it ends on a certain day",
    "policy-expiry-date-utc": "it ends on a certain day",
    "endpoint-tags": "it asks for a tag of the endpoint",
    "internet-service-id": None, "internet-service-name": None, "internet-service-group": None,
    "internet-service-custom": None, "internet-service-custom-group": None, "internet-service-fortiguard": None,
    "internet-service-src-id": None, "internet-service-src-name": None, "internet-service-src-group": None,
    "internet-service-src-custom": None, "internet-service-src-custom-group": None,
    "internet-service-src-fortiguard": None, "internet-service6-name": None, "internet-service6-group": None,
    "internet-service6-custom": None, "internet-service6-custom-group": None, "internet-service6-fortiguard": None,
    "internet-service6-src-name": None, "internet-service6-src-group": None, "internet-service6-src-custom": None,
    "internet-service6-src-custom-group": None, "internet-service6-src-fortiguard": None,
    "internet-service-negate": None, "internet-service-src-negate": None, "internet-service6-negate": None,
    "internet-service6-src-negate": None,
}  # fmt: skip
"""Conditions that no packet shows by itself, where they have a value. None: counted by `internet-service`."""

SWITCHES = {
    "fsso": "it is for users that another system has seen",
    "rsso": "it is for users that RADIUS has seen",
    "wsso": "it is for users that have signed in",
    "ntlm": "it is for users that have signed in",
    "identity-based": "it is for users that have signed in",
    "captive-portal": "it sends users to a sign-in page",
    "disclaimer": "it shows a page first",
    "email-collect": "it asks for an address first",
    "radius-mac-auth-bypass": "it is for devices that RADIUS knows",
    "dscp-match": "it looks at the DSCP",
    "sgt-check": "it looks at a security group tag",
    "ztna-status": "it is for endpoints that are known",
    "ztna-policy-redirect": "it redirects to a proxy",
    "rtp-nat": "it is for the media of calls",
    "policy-expiry": "it ends on a certain day",
    "learning-mode": "it learns instead of deciding",
    "endpoint-compliance": "it asks for compliant endpoints",
    "nat46": "it translates IPv4 to IPv6",
    "nat64": "it translates IPv6 to IPv4",
    "geoip-anycast": None,
}
"""Conditions that are there where the value is `enable`."""

EFFECTS = {
    "http-policy-redirect": "it redirects to a proxy",
    "ssh-policy-redirect": "it redirects to a proxy",
    "wccp": "it redirects to a cache",
    "webcache": "it answers from a cache",
    "webcache-https": "it answers from a cache",
    "wanopt": "it optimises the sessions",
}
"""What else may happen to permitted packets where the value is `enable`."""

PROFILES = frozenset(
    {
        "application-list", "av-profile", "casb-profile", "cifs-profile", "diameter-filter-profile", "dlp-profile",
        "dlp-sensor", "dnsfilter-profile", "emailfilter-profile", "file-filter-profile", "icap-profile", "ips-sensor",
        "ips-voip-filter", "mms-profile", "profile-group", "sctp-filter-profile", "spamfilter-profile",
        "ssh-filter-profile", "telemetry-profile", "videofilter-profile", "virtual-patch-profile", "voip-profile",
        "waf-profile", "webfilter-profile", "webproxy-profile", "gtp-profile", "pfcp-profile", "isolator-profile",
        "isf-profile",
    }
)  # fmt: skip
"""Security profiles: they may block permitted sessions later."""

UNINSPECTED = frozenset({"", "no-inspection", "certificate-inspection"})
"""SSL profiles that leave the contents of sessions alone."""

_LOGS = "logging"
_TEXTS = "texts and pictures for people"
_SHAPING = "bandwidth and priority"
_TRANSLATION = "how addresses are translated; the policy is asked before"
_HARDWARE = "which hardware handles the sessions"
_SIGN_IN = "how users sign in; a policy that asks for users is undecided by itself"
_MARKS = "marks that packets leave with"
_TIMERS = "how long sessions stay"
_PROXY = "details of a proxy"
IGNORED = {
    "uuid": _TEXTS, "comments": _TEXTS, "comment": _TEXTS, "label": _TEXTS, "global-label": _TEXTS, "tags": _TEXTS,
    "tagging": _TEXTS, "uuid-idx": _TEXTS, "color": _TEXTS, "replacemsg-override-group": _TEXTS,
    "replacemsg-group": _TEXTS, "block-notification": _TEXTS, "policy-behaviour-type": _TEXTS,
    "logtraffic": _LOGS, "logtraffic-start": _LOGS, "logtraffic-app": _LOGS, "capture-packet": _LOGS,
    "custom-log-fields": _LOGS, "log-unmatched-traffic": _LOGS, "log-http-transaction": _LOGS, "port-preserve":
    _TRANSLATION, "decrypted-traffic-mirror": _LOGS, "ssl-mirror": _LOGS, "ssl-mirror-intf": _LOGS,
    "eif-check": _TRANSLATION,
    "eif-learn": _TRANSLATION, "ippool": _TRANSLATION, "poolname": _TRANSLATION, "poolname6": _TRANSLATION,
    "fixedport": _TRANSLATION, "permit-any-host": _TRANSLATION, "permit-stun-host": _TRANSLATION,
    "natip": _TRANSLATION, "natinbound": _TRANSLATION, "natoutbound": _TRANSLATION, "central-nat": _TRANSLATION,
    "pcp-inbound": _TRANSLATION, "pcp-outbound": _TRANSLATION, "pcp-poolname": _TRANSLATION, "cgn-*": _TRANSLATION,
    "traffic-shaper": _SHAPING, "traffic-shaper-reverse": _SHAPING, "per-ip-shaper": _SHAPING,
    "dynamic-shaping": _SHAPING, "shaper": _SHAPING, "traffic-shaping": _SHAPING,
    "diffserv-copy": _MARKS, "diffserv-forward": _MARKS, "diffserv-reverse": _MARKS, "diffservcode-forward": _MARKS,
    "diffservcode-rev": _MARKS, "vlan-cos-fwd": _MARKS, "vlan-cos-rev": _MARKS,
    "auto-asic-offload": _HARDWARE, "np-acceleration": _HARDWARE, "np-accelation": _HARDWARE,
    "delay-tcp-npu-session": _HARDWARE, "fec": _HARDWARE, "dsri": _HARDWARE,
    "passive-wan-health-measurement": _LOGS, "app-monitor": _LOGS,
    "session-ttl": _TIMERS, "schedule-timeout": _TIMERS, "timeout-send-rst": _TIMERS,
    "firewall-session-dirty": "whether live sessions are asked again after a change",
    "tcp-session-without-syn": "whether sessions may begin in the middle", "anti-replay": "sequence numbers",
    "tcp-timeout-pid": _TIMERS, "udp-timeout-pid": _TIMERS,
    "auth-cert": _SIGN_IN, "auth-path": _SIGN_IN, "auth-redirect-addr": _SIGN_IN, "captive-portal-exempt": _SIGN_IN,
    "fsso-agent-for-ntlm": _SIGN_IN, "ntlm-enabled-browsers": _SIGN_IN, "ntlm-guest": _SIGN_IN,
    "identity-based-route": _SIGN_IN, "redirect-url": _SIGN_IN, "sso-auth-method": _SIGN_IN, "ip-based": _SIGN_IN,
    "web-auth-cookie": _SIGN_IN, "transaction-based": _SIGN_IN, "active-auth-method": _SIGN_IN,
    "ztna-device-ownership": _SIGN_IN, "ztna-tags-match-logic": _SIGN_IN, "ztna-ems-tag-negate": _SIGN_IN,
    "profile-protocol-options": "how proxies read protocols; only policies with profiles have any",
    "webproxy-forward-server": _PROXY, "wanopt-detection": _PROXY, "wanopt-passive-opt": _PROXY, "wanopt-peer": _PROXY,
    "wanopt-profile": _PROXY, "wanopt-mode": _PROXY, "wanopt-auth-group": _PROXY,
    "geoip-match": "which database countries are looked up in", "dscp-negate": _MARKS, "dscp-value": _MARKS,
    "inbound": "which side may open a policy VPN", "outbound": "which side may open a policy VPN",
    "vpntunnel": "the tunnel of a policy VPN, whose action is undecided by itself",
    "radius-ip-auth-bypass": _SIGN_IN, "pfcp-*": _PROXY, "sctp-*": _PROXY, "fec-*": _HARDWARE,
    "policyid": _TEXTS, "service-connector": _PROXY, "dhcp-option43": _PROXY, "poolname46": _TRANSLATION,
    "client-reputation": _LOGS, "client-reputation-mode": _LOGS, "bandwidth": _LOGS, "failed-connection": _LOGS,
    "sessions": _LOGS, "application-charts": _LOGS, "device-detection-portal": _SIGN_IN,
    "enforce-default-app-port": "which ports an application may have; a policy with one is undecided by itself",
    "virtual-patch": _LOGS, "np-*": _HARDWARE,
}  # fmt: skip
"""Keys that no verdict depends on, with the reason."""

BOTNET = "scan-botnet-connections"
REPUTATION = ("reputation-minimum", "reputation-minimum6")
TOS = ("tos", "tos-mask", "tos-negate")
OTHER = frozenset({BOTNET, *REPUTATION, *TOS, "reputation-direction", "reputation-direction6"})
"""Keys with values that need a look of their own."""

ALL_READ = READ | CONDITIONS.keys() | SWITCHES.keys() | EFFECTS.keys() | PROFILES | OTHER
"""Every key that `policies` takes."""
