"""Keyword tables of VRP and Comware access lists.

Sources: Huawei CloudEngine command reference, `rule (advanced ACL view)`; H3C ACL command reference (V7),
`rule (IPv4 advanced ACL view)` and `rule (IPv6 advanced ACL view)`; Huawei Quidway S3900 command manual.
"""

from __future__ import annotations

from parsers.model.filters import IcmpTest, TcpFlag

PROTOCOLS = {
    "gre": 47, "icmp": 1, "igmp": 2, "ipinip": 4, "ospf": 89, "tcp": 6, "udp": 17, "icmpv6": 58,
    "esp": 50, "ah": 51, "ahp": 51, "ipv6-esp": 50, "ipv6-ah": 51, "sctp": 132,
}  # fmt: skip
ANY_PROTOCOL = {4: frozenset({"ip", "ipv4"}), 6: frozenset({"ipv6", "ip"})}

_BOTH = {"discard": 9, "domain": 53, "dns": 53, "echo": 7, "sunrpc": 111, "talk": 517, "time": 37}
TCP_PORTS = {
    **_BOTH, "bgp": 179, "chargen": 19, "cmd": 514, "daytime": 13, "exec": 512, "finger": 79, "ftp": 21,
    "ftp-data": 20, "gopher": 70, "hostname": 101, "irc": 194, "klogin": 543, "kshell": 544, "login": 513,
    "lpd": 515, "nntp": 119, "pop2": 109, "pop3": 110, "smtp": 25, "tacacs": 49, "telnet": 23, "uucp": 540,
    "whois": 43, "www": 80,
}  # fmt: skip
UDP_PORTS = {
    **_BOTH, "biff": 512, "bootpc": 68, "bootps": 67, "dnsix": 90, "mobilip-ag": 434, "mobilip-mn": 435,
    "nameserver": 42, "netbios-dgm": 138, "netbios-ns": 137, "netbios-ssn": 139, "ntp": 123, "rip": 520,
    "snmp": 161, "snmptrap": 162, "syslog": 514, "tacacs-ds": 65, "tftp": 69, "who": 513, "xdmcp": 177,
}  # fmt: skip

FLAGS = {
    "ack": TcpFlag.ACK, "fin": TcpFlag.FIN, "psh": TcpFlag.PSH, "rst": TcpFlag.RST,
    "syn": TcpFlag.SYN, "urg": TcpFlag.URG,
}  # fmt: skip


def _one(kind: int, code: int) -> IcmpTest:
    return IcmpTest(kind, code, code)


ICMP = {
    "echo": _one(8, 0), "echo-reply": _one(0, 0), "fragmentneed-dfset": _one(3, 4),
    "host-redirect": _one(5, 1), "host-tos-redirect": _one(5, 3), "host-unreachable": _one(3, 1),
    "information-reply": _one(16, 0), "information-request": _one(15, 0), "net-redirect": _one(5, 0),
    "net-tos-redirect": _one(5, 2), "net-unreachable": _one(3, 0), "parameter-problem": _one(12, 0),
    "port-unreachable": _one(3, 3), "protocol-unreachable": _one(3, 2), "reassembly-timeout": _one(11, 1),
    "source-quench": _one(4, 0), "source-route-failed": _one(3, 5), "timestamp-reply": _one(14, 0),
    "timestamp-request": _one(13, 0), "ttl-exceeded": _one(11, 0),
}  # fmt: skip
"""Names of ICMP messages in lower case; each is one code, unlike IOS's `unreachable`."""

ICMP6 = {
    "redirect": _one(137, 0), "echo-request": _one(128, 0), "echo-reply": _one(129, 0),
    "err-header-field": _one(4, 0), "frag-time-exceeded": _one(3, 1), "hop-limit-exceeded": _one(3, 0),
    "host-admin-prohib": _one(1, 1), "host-unreachable": _one(1, 3),
    "neighbor-advertisement": _one(136, 0), "neighbor-solicitation": _one(135, 0),
    "network-unreachable": _one(1, 0), "packet-too-big": _one(2, 0), "port-unreachable": _one(1, 4),
    "router-advertisement": _one(134, 0), "router-solicitation": _one(133, 0),
    "unknown-ipv6-opt": _one(4, 2), "unknown-next-hdr": _one(4, 1),
}  # fmt: skip
"""Names of ICMPv6 messages in lower case (H3C ACL command reference, table of ICMPv6 names)."""
