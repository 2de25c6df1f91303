"""Keyword tables of Cisco-style filters: protocols, ports, ICMP types.

Sources: command references of IOS (`access-list (IP extended)`), NX-OS (`permit (IPv4)`), IOS-XR
(`permit (IPv4)`), EOS (`permit (IPv4 ACL)`); the traps are in docs/filters.md.
"""

from __future__ import annotations

from parsers.model.filters import IcmpTest, TcpFlag

PROTOCOLS = {
    "ahp": 51, "ah": 51, "eigrp": 88, "esp": 50, "gre": 47, "icmp": 1, "igmp": 2, "igrp": 9,
    "ipinip": 4, "ipip": 4, "nos": 94, "ospf": 89, "pcp": 108, "pim": 103, "rsvp": 46, "sctp": 132,
    "tcp": 6, "udp": 17, "vrrp": 112, "snp": 109, "icmp6": 58, "icmpv6": 58, "udplite": 136,
    "ospfv3": 89, "dccp": 33, "l2tp": 115,
}  # fmt: skip
ANY_PROTOCOL = frozenset({"ip", "ipv4", "ipv6"})

_COMMON_PORTS = {
    "bgp": 179, "chargen": 19, "cmd": 514, "daytime": 13, "discard": 9, "domain": 53, "echo": 7,
    "exec": 512, "finger": 79, "ftp": 21, "ftp-data": 20, "gopher": 70, "hostname": 101, "ident": 113,
    "irc": 194, "klogin": 543, "kshell": 544, "login": 513, "lpd": 515, "nntp": 119, "pim-auto-rp": 496,
    "pop2": 109, "pop3": 110, "smtp": 25, "sunrpc": 111, "tacacs": 49, "talk": 517, "telnet": 23,
    "time": 37, "uucp": 540, "whois": 43, "www": 80,
}  # fmt: skip
_COMMON_UDP = {
    "biff": 512, "bootpc": 68, "bootps": 67, "discard": 9, "dnsix": 195, "domain": 53, "echo": 7,
    "isakmp": 500, "mobile-ip": 434, "nameserver": 42, "netbios-dgm": 138, "netbios-ns": 137,
    "netbios-ss": 139, "non500-isakmp": 4500, "ntp": 123, "pim-auto-rp": 496, "rip": 520, "ripv6": 521,
    "snmp": 161, "snmptrap": 162, "sunrpc": 111, "syslog": 514, "tacacs": 49, "talk": 517, "tftp": 69,
    "time": 37, "who": 513, "xdmcp": 177,
}  # fmt: skip

TCP_PORTS = {
    **_COMMON_PORTS, "drip": 3949, "msrpc": 135, "onep-plain": 15001, "onep-tls": 15002,
    "connectedapps-plain": 15001, "connectedapps-tls": 15002, "syslog": 514,
}  # fmt: skip
"""IOS and IOS-XE, TCP."""
UDP_PORTS = {**_COMMON_UDP}
"""IOS and IOS-XE, UDP."""

NXOS_TCP_PORTS = {**_COMMON_PORTS, "drip": 3949}
NXOS_UDP_PORTS = {**_COMMON_UDP}

XR_TCP_PORTS = {
    **_COMMON_PORTS, "ssh": 22, "https": 443, "ldp": 646, "radius": 1812, "pcanywhere-data": 5631,
    "radius-acct": 1813, "kerberos": 750,
}  # fmt: skip
XR_UDP_PORTS = {**_COMMON_UDP, "bfd": 3784, "ldp": 646, "radius": 1812, "radius-acct": 1813}

EOS_TCP_PORTS = {
    **_COMMON_PORTS, "http": 80, "https": 443, "ssh": 22, "imap3": 220, "ldap": 389, "ldaps": 636,
    "microsoft-ds": 445, "msp": 18, "nbssn": 139, "netbios-ssn": 139, "rpc": 530, "rtsp": 554,
    "sftp": 115, "squid": 3128, "imap": 143, "mlag": 4432, "cvx": 50003, "lanz": 50001,
    "cvx-cluster": 50004, "cvx-license": 50009, "aol": 5190, "efs": 520, "exec": 512, "kerberos": 88,
    "msrpc": 135, "mtp": 57, "radius": 1812, "radius-acct": 1813, "rcmd": 469, "rkinit": 2108,
    "sqlnet": 1521, "sqlsrv": 118, "sqlserv": 118, "tcpmux": 1, "ups": 401, "tbrpf": 712,
}  # fmt: skip
EOS_UDP_PORTS = {
    **_COMMON_UDP, "bfd": 3784, "bfd-echo": 3785, "micro-bfd": 6784, "radius": 1812,
    "radius-acct": 1813, "vxlan": 4789, "kerberos": 88, "ldap": 389, "lsp-ping": 3503, "ptp-event": 319,
    "ptp-general": 320, "ripng": 521, "snmp-trap": 162, "wccp": 2048, "mlag": 4432,
}  # fmt: skip

FLAGS = {
    "ack": TcpFlag.ACK, "fin": TcpFlag.FIN, "psh": TcpFlag.PSH, "rst": TcpFlag.RST,
    "syn": TcpFlag.SYN, "urg": TcpFlag.URG,
}  # fmt: skip


def _all(kind: int) -> IcmpTest:
    return IcmpTest(kind)


def _one(kind: int, code: int) -> IcmpTest:
    return IcmpTest(kind, code, code)


ICMP = {
    "unreachable": _all(3), "packet-too-big": _one(3, 4), "administratively-prohibited": _one(3, 13),
    "net-unreachable": _one(3, 0), "host-unreachable": _one(3, 1), "protocol-unreachable": _one(3, 2),
    "port-unreachable": _one(3, 3), "source-route-failed": _one(3, 5), "network-unknown": _one(3, 6),
    "host-unknown": _one(3, 7), "host-isolated": _one(3, 8), "dod-net-prohibited": _one(3, 9),
    "dod-host-prohibited": _one(3, 10), "net-tos-unreachable": _one(3, 11),
    "host-tos-unreachable": _one(3, 12), "host-precedence-unreachable": _one(3, 14),
    "precedence-unreachable": _one(3, 15), "source-quench": _all(4), "redirect": _all(5),
    "net-redirect": _one(5, 0), "host-redirect": _one(5, 1), "net-tos-redirect": _one(5, 2),
    "host-tos-redirect": _one(5, 3), "alternate-address": _all(6), "echo": _all(8),
    "echo-reply": _all(0), "router-advertisement": _all(9), "router-solicitation": _all(10),
    "time-exceeded": _all(11), "ttl-exceeded": _one(11, 0), "reassembly-timeout": _one(11, 1),
    "parameter-problem": _all(12), "general-parameter-problem": _one(12, 0),
    "option-missing": _one(12, 1), "no-room-for-option": _one(12, 2), "timestamp-request": _all(13),
    "timestamp-reply": _all(14), "information-request": _all(15), "information-reply": _all(16),
    "mask-request": _all(17), "mask-reply": _all(18), "traceroute": _all(30),
    "conversion-error": _all(31), "mobile-redirect": _all(32),
}  # fmt: skip
"""ICMP keywords of IPv4 filters (types and codes: IANA icmp-parameters)."""

ICMPV6 = {
    "unreachable": _all(1), "destination-unreachable": _all(1), "no-route": _one(1, 0),
    "no-admin": _one(1, 1), "administratively-prohibited": _one(1, 1), "beyond-scope": _one(1, 2),
    "address-unreachable": _one(1, 3), "port-unreachable": _one(1, 4), "packet-too-big": _all(2),
    "time-exceeded": _all(3), "hop-limit": _one(3, 0), "reassembly-timeout": _one(3, 1),
    "parameter-problem": _all(4), "header": _one(4, 0), "next-header": _one(4, 1),
    "parameter-option": _one(4, 2), "echo-request": _all(128), "echo": _all(128),
    "echo-reply": _all(129), "mld-query": _all(130), "mld-report": _all(131),
    "mld-reduction": _all(132), "router-solicitation": _all(133), "router-advertisement": _all(134),
    "nd-ns": _all(135), "neighbor-solicitation": _all(135), "nd-na": _all(136),
    "neighbor-advertisement": _all(136), "redirect": _all(137), "router-renumbering": _all(138),
    "mldv2": _all(143), "mldv2-report": _all(143), "dhaad-request": _all(144), "dhaad-reply": _all(145),
    "mpd-solicitation": _all(146), "mpd-advertisement": _all(147),
}  # fmt: skip
"""ICMPv6 keywords of IPv6 filters (RFC 4443, RFC 4861): the same word can mean another type than in
IPv4, `unreachable` above all, which does not cover Packet Too Big."""
