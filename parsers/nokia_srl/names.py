"""Names of protocols, ports and messages in access lists.

Source: Nokia SR Linux YANG `srl_nokia-packet-match-types` (22.3 to 25.7), enumerations `ip-protocol-type`,
`l4-port-type`, `icmp-type` and `icmp6-type`.
"""

from __future__ import annotations

from parsers.model.filters import Ranges
from parsers.nokia_style.statements import number_of

PROTOCOLS = {
    "ipv6-hop": 0, "icmp": 1, "igmp": 2, "ggp": 3, "ipv4": 4, "st": 5, "tcp": 6, "egp": 8, "igp": 9,
    "udp": 17, "ipv6": 41, "idrp": 45, "rsvp": 46, "gre": 47, "esp": 50, "ah": 51, "icmp6": 58,
    "no-next-hdr": 59, "ipv6-dest-opts": 60, "eigrp": 88, "ospf": 89, "pim": 103, "vrrp": 112,
    "l2tp": 115, "sctp": 132, "mpls-in-ip": 137, "rohc": 142,
}  # fmt: skip
PORTS = {
    "acap": 674, "afp-tcp": 548, "arns": 384, "asf-rmcp": 623, "ashare": 311, "atalk-rm": 201,
    "aurp": 387, "auth": 113, "bfd": 3784, "bfd-echo": 3785, "bftp": 152, "bgmp": 264, "bgp": 179,
    "bootpc": 68, "bootps": 67, "ccso-ns": 105, "chargen": 19, "cisco-tdp": 711, "citadel": 504,
    "clearcase": 371, "commerce": 542, "courier": 530, "daytime": 13, "dhcpv6-client": 546,
    "dhcpv6-server": 547, "dhcp-failover": 847, "dicom": 104, "discard": 9, "dnsix": 195,
    "domain": 53, "dsp": 33, "echo": 7, "epp": 700, "esro": 259, "exec": 512, "finger": 79,
    "ftp": 21, "ftp-data": 20, "ftps": 990, "ftps-data": 989, "godi": 848, "gopher": 70,
    "gtp-c": 2123, "gtp-prime": 3386, "gtp-u": 2152, "ha-cluster": 694, "hostname": 101,
    "hp-alarm-mgr": 383, "http": 80, "http-alt": 591, "http-mgmt": 280, "http-rpc": 593,
    "https": 443, "ieee-mms-ssl": 695, "imap": 143, "imap3": 220, "imaps": 993, "ipp": 631,
    "ipsec": 1293, "ipx": 213, "irc": 194, "iris-beep": 702, "isakmp": 500, "isakmp-nat": 4500,
    "iscsi": 860, "iso-tsap": 102, "kerberos": 88, "kerberos-adm": 749, "klogin": 543,
    "kpasswd": 464, "kshell": 544, "l2tp": 1701, "ldap": 389, "ldaps": 636, "ldp": 646, "lmp": 701,
    "login": 513, "lpd": 515, "lsp-ping": 3503, "mac-server-adm": 660, "matip-a": 350,
    "matip-b": 351, "micro-bfd": 6784, "microsoft-ds": 445, "mobile-ip": 434, "monitor": 561,
    "mpp": 218, "mssql-m": 1434, "mssql-s": 1433, "msdp": 639, "ms-exchange": 691, "msp": 18,
    "multihop-bfd": 4784, "nas": 991, "ncp": 524, "netrjs-1": 71, "netrjs-2": 72, "netrjs-3": 73,
    "netrjs-4": 74, "netbios-data": 138, "netbios-ns": 137, "netbios-ss": 139, "netnews": 532,
    "netwall": 533, "new-rwho": 550, "nfs": 2049, "nntp": 119, "nntps": 563, "ntp": 123,
    "odmr": 366, "olsr": 698, "openvpn": 1194, "pim-auto-rp": 496, "pkix-timestamp": 318,
    "pop2": 109, "pop3": 110, "pop3s": 995, "pptp": 1723, "ptp-event": 319, "ptp-general": 320,
    "print-srv": 170, "qmtp": 209, "qotd": 17, "radius": 1812, "radius-acct": 1813,
    "remote-mail": 50, "remotefs": 556, "remotecmd": 641, "rip": 520, "rje": 5, "rlp": 39,
    "rlzdb": 635, "rmc": 657, "rmonitor": 560, "rpc2portmap": 369, "rsync": 873, "rtelnet": 107,
    "rtsp": 554, "sgmp": 153, "silc": 706, "smux": 199, "sna-gw": 108, "snmp": 161,
    "snmp-trap": 162, "snpp": 444, "smtp": 25, "sql-svcs": 118, "sql": 156, "ssh": 22,
    "submission": 587, "sunrpc": 111, "svcloc": 427, "syslog": 514, "systat": 11, "tacacs": 49,
    "talk": 517, "tcpmux": 1, "tcpnethaspsrv": 475, "tftp": 69, "time": 37, "timed": 525,
    "ups": 401, "xdmcp": 177, "xns-ch": 54, "xns-mail": 58, "xns-time": 52, "z3950": 210,
}  # fmt: skip
ICMP_TYPES = {
    4: {
        "echo-reply": 0, "dest-unreachable": 3, "source-quench": 4, "redirect": 5, "echo": 8,
        "router-advertise": 9, "router-solicit": 10, "time-exceeded": 11, "param-problem": 12,
        "timestamp": 13, "timestamp-reply": 14,
    },
    6: {
        "dest-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "param-problem": 4,
        "echo-request": 128, "echo-reply": 129, "mld-query": 130, "mld-report": 131,
        "mld-done": 132, "router-solicit": 133, "router-advertise": 134, "neighbor-solicit": 135,
        "neighbor-advertise": 136, "redirect": 137, "router-renumber": 138, "node-info-query": 139,
    },
}  # fmt: skip


def protocol(text: str) -> Ranges | None:
    """The protocol that a name or number stands for; None if it is none."""
    value = PROTOCOLS.get(text, number_of(text, 0, 255))
    return None if value is None else ((value, value),)


def port(text: str) -> int | None:
    """The port that a name or number stands for; None if it is none."""
    return PORTS.get(text, number_of(text, 0, 65535))


def icmp_type(text: str, family: int) -> int | None:
    """The type of a message; None if it is none."""
    return ICMP_TYPES.get(family, {}).get(text, number_of(text, 0, 255))
