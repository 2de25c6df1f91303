"""`system global` and `system settings`: switches for the whole device and for a virtual domain.

Sources: Fortinet, CLI reference, `system global` (`honor-df` and `send-pmtu-icmp` are enable where nothing sets them)
and `system settings`; knowledge, filters, 1.18 and U21.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.scopes import Scope
from parsers.model.balancing import HashField, PathChoice, Spread, Stage
from parsers.model.balancing import Scope as Reach
from parsers.model.filters import Symptom
from parsers.model.source import BoolFact, TextFact

_GLOBAL = frozenset(
    {
        "hostname", "honor-df", "send-pmtu-icmp", "pmtu-discovery", "allow-traffic-redirect", "snat-route-change",
        "ipv6-allow-traffic-redirect", "default-service-source-port", "check-reset-range", "asymroute", "vdom-mode",
        "vdom-admin", "tcp-option", "check-protocol-header", "multicast-forward", "ipsec-round-robin",
    }
)  # fmt: skip
_BOX = "the device itself, no packets in transit"
_HARDWARE = "how work is shared inside of the device"
_TIMERS = "how long sessions stay"
_GLOBAL_IGNORED = dict.fromkeys(
    (
        "admin-*", "admintimeout", "alias", "anti-replay", "arp-max-entry", "auth-*", "auto-auth-*", "autorun-*",
        "av-*", "batch-cmdb", "block-session-timer", "br-*", "cert-*", "cfg-*", "cli-*", "cloud-*", "clt-*",
        "cmdbsvr-*", "compliance-*", "cpu-*", "csr-*", "daily-*", "device-*", "dh-params", "dnsproxy-*", "dst",
        "early-tcp-npu-session", "edit-vdom-prompt", "endpoint-*", "extender-*", "failtime", "faz-*", "fds-*", "fec-*",
        "fgd-*", "forticarrier-bypass", "forticonverter-*", "fortiextender", "fortiextender-*", "fortiipam-*",
        "fortiservice-*", "fortitoken-*", "fortigslb-*", "gui-*", "ha-*", "igmp-*", "interface-subnet-usage",
        "internet-service-*", "interval", "ip-*", "ips-*", "ipsec-asic-offload", "ipsec-ha-*", "ipsec-hmac-offload",
        "ipsec-soft-dec-async", "ipsec-qat-offload", "ipv6-*", "irq-*", "kernel-*", "language", "ldapconntimeout",
        "lldp-*", "log-*", "login-timestamp", "long-vdom-name", "management-*", "max-*", "mc-ttl-notchange",
        "memory-*", "miglog-*", "miglogd-*", "multi-factor-*", "ndp-*", "np6-*", "npu-*", "per-user-*", "policy-*",
        "post-login-banner", "pre-login-banner", "private-data-encryption", "proxy-*", "purdue-level", "quic-*",
        "radius-*", "reboot-*", "refresh", "remoteauthtimeout", "reset-sessionless-tcp", "rest-*", "restart-time",
        "revision-*", "rssi-*", "scanunit-*", "scim-*", "security-rating-*", "sflowd-*", "slbc-*", "special-file-*",
        "speedtest*", "split-port", "split-port-mode", "ssd-*", "ssh-*", "ssl-*", "sslvpn-*", "sp-*",
        "strict-dirty-session-check", "strong-crypto", "switch-controller", "switch-controller-*", "sys-*",
        "syslog-*", "tcp-halfclose-timer", "tcp-halfopen-timer", "tcp-rst-timer", "tcp-timewait-timer", "telemetry-*",
        "tftp", "timezone", "tls-*", "tp-mc-skip-policy", "traffic-*", "two-factor-*", "udp-idle-timer",
        "upgrade-*", "url-filter-*", "usb-*", "user-*", "vip-arp-range", "virtual-server-*", "virtual-switch-vlan",
        "vpn-*", "wad-*", "wifi-*", "wimax-*", "wireless-controller", "wireless-controller-*", "wireless-mode",
        "httpd-*", "http-*", "hyper-scale-*", "delay-tcp-npu-session", "dp-*", "isf-*", "arp-*", "bfd-*",
        "application-bandwidth-tracking", "airplane-mode", "fortimanager-*", "geoip-*", "gtpu-*", "ike-*", "lan-*",
        "allow-upgrade", "single-vdom-npuvlink", "speedtest-server", "speedtestd-*", "sslvpnd-*", "fgfm-*",
        "pmtu", "legacy-*", "nat-*", "ssl-min-proto-version", "tcp-random-source-port", "udp-*", "fail-*",
    ),
    _BOX,
)  # fmt: skip
_SETTINGS = frozenset(
    {
        "opmode", "ngfw-mode", "consolidated-firewall-mode", "asymroute", "asymroute6", "asymroute-icmp",
        "asymroute6-icmp", "strict-src-check", "v4-ecmp-mode", "ecmp-max-paths", "deny-tcp-with-icmp", "central-nat",
        "status", "block-land-attack", "auxiliary-session", "tcp-session-without-syn", "vdom-type", "comments",
    }
)  # fmt: skip
_SETTINGS_IGNORED = dict.fromkeys(
    (
        "gui-*", "allow-linkdown-path", "allow-subnet-overlap", "application-bandwidth-tracking", "bfd", "bfd-*",
        "compliance-check", "default-app-port-as-service", "default-policy-expiry-days", "default-voip-alg-mode",
        "detect-unknown-esp", "device", "dhcp-*", "dhcp6-*", "discovered-device-timeout", "dyn-addr-session-check",
        "email-portal-check-dns", "ext-resource-session-check", "firewall-session-dirty", "fqdn-session-check",
        "fw-session-hairpin", "gateway", "gateway6", "gtp-*", "h323-*", "http-external-dest", "ike-*",
        "implicit-allow-dns", "inspection-mode", "internet-service-database-cache", "intree-ses-best-route", "ip",
        "ip6", "lan-extension-*", "link-down-access", "lldp-*", "location-id", "mac-ttl", "manageip", "manageip6",
        "multicast-*", "nat46-*", "nat64-*", "pfcp-*", "policy-offload-level", "prp-*", "sccp-port", "sctp-*",
        "ses-denied-*", "sip-*", "snat-hairpin-traffic", "ssl-ssh-profile", "ssl-vpn-*", "utf8-spam-tagging",
        "vpn-*", "wccp-cache-engine", "hyperscale-*", "nonat-eif-key-sel", "log-*", "motherboard-traffic-forwarding",
        "policy-*", "trap-*", "wifi-*", "dp-*", "sdwan-*", "dns-*", "proxy-*",
    ),
    "services of the domain, and what people see",
)  # fmt: skip
_ECMP = {
    "source-ip-based": frozenset({HashField.SRC}),
    "source-dest-ip-based": frozenset({HashField.SRC, HashField.DST}),
    "weight-based": frozenset[HashField](),
    "usage-based": frozenset[HashField](),
}


class Domain(NamedTuple):
    """The switches of a virtual domain: `doubt` says why its policies may not be what filters; `symptom` is
    what the sender of a denied TCP packet sees."""

    doubt: str | None = None
    symptom: Symptom = Symptom.TIMEOUT
    consolidated: bool = False
    strict: int = 0
    central_nat: bool = False


def read_global(draft: Draft, table: Block | None) -> None:
    """`system global`."""
    if table is None:
        return
    values = draft.take(table, _GLOBAL, _GLOBAL_IGNORED, "other", "system global")
    draft.hostname = values.get("hostname").text or None
    redirect = values.get("allow-traffic-redirect")
    if redirect.values:
        draft.redirects = redirect.text == "enable"
    if values.get("honor-df").text == "disable":
        where = draft.where(values.get("honor-df").line)
        draft.df_cleared.append(TextFact(value="honor-df disable", where=where))
    sends = values.get("send-pmtu-icmp")
    if sends.values:
        draft.sends_ptb = BoolFact(value=sends.text != "disable", where=draft.where(sends.line))
    draft.moves_translated = values.on("snat-route-change")
    if values.get("check-reset-range").text == "strict":
        line = values.get("check-reset-range").line
        draft.recognise("icmp-check", line, "ICMP errors with another sequence number are dropped")
    _source_ports(draft, values)


def _source_ports(draft: Draft, values: Settings) -> None:
    """The source ports of services that name none (1 to 65535 where nothing sets them)."""
    said = values.get("default-service-source-port")
    low, _, high = said.text.partition("-")
    if low.isdecimal() and high.isdecimal() and (int(low) > 1 or int(high) < 65535):
        draft.source_ports = (int(low), min(int(high), 65535))


def read_domain(draft: Draft, scope: Scope) -> Domain:
    """`system settings` of a virtual domain."""
    table = scope.table("system settings")
    if table is None:
        return Domain()
    values = draft.take(table, _SETTINGS, _SETTINGS_IGNORED, "other", "system settings")
    mode = values.get("opmode").text
    doubt = None
    if mode == "transparent":
        doubt = "the domain bridges (transparent mode)"
    elif mode not in ("", "nat"):
        doubt = f"the mode '{mode}' is not known"
    if values.get("ngfw-mode").text == "policy-based":
        doubt = "the NGFW mode is policy-based: security policies decide, by application"
    for key in ("asymroute", "asymroute6"):
        if values.on(key):
            draft.recognise("asymroute", values.get(key).line, f"{key} enable")
    strict = values.get("strict-src-check")
    _ecmp(draft, values)
    return Domain(
        doubt,
        Symptom.ICMP_ERROR if values.on("deny-tcp-with-icmp") else Symptom.TIMEOUT,
        values.on("consolidated-firewall-mode"),
        strict.line if strict.text == "enable" else 0,
        values.on("central-nat"),
    )


def _ecmp(draft: Draft, values: Settings) -> None:
    mode = values.get("v4-ecmp-mode")
    if not mode.values:
        return
    fields = _ECMP.get(mode.text)
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Reach.DEVICE,
            spread=Spread.UNKNOWN if fields is None else Spread.FLOW,
            statement=f"v4-ecmp-mode {mode.text}",
            fields=fields or frozenset(),
            family=4,
            keeps=fields is not None,
            reason="" if fields is not None else "this mode is not known",
            where=draft.where(mode.line),
        )
    )
