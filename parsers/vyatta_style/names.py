"""Names for numbers: protocols, services, ICMP messages, TCP flags.

Sources: /etc/protocols and /etc/services of Debian (both systems take names from there), iptables-extensions(8)
for the ICMP names of VyOS 1.2/1.3 and EdgeOS, nft(8) and vyos-1x `icmp-type-name.xml.i` for those of VyOS 1.4.
"""

from __future__ import annotations

from parsers.model.filters import TcpFlag

PROTOCOLS = {
    "ah": 51, "ax.25": 93, "dccp": 33, "ddp": 37, "egp": 8, "eigrp": 88, "encap": 98, "esp": 50,
    "etherip": 97, "fc": 133, "ggp": 3, "gre": 47, "hip": 139, "hmp": 20, "icmp": 1, "icmpv6": 58,
    "idpr-cmtp": 38, "idrp": 45, "igmp": 2, "igp": 9, "ipcomp": 108, "ipencap": 4, "ipip": 94,
    "ipv6": 41, "ipv6-frag": 44, "ipv6-icmp": 58, "ipv6-nonxt": 59, "ipv6-opts": 60,
    "ipv6-route": 43, "isis": 124, "iso-tp4": 29, "l2tp": 115, "manet": 138, "mpls-in-ip": 137,
    "ospf": 89, "pim": 103, "pup": 12, "rdp": 27, "rohc": 142, "rspf": 73, "rsvp": 46, "sctp": 132,
    "shim6": 140, "skip": 57, "st": 5, "tcp": 6, "udp": 17, "udplite": 136, "vmtp": 81, "vrrp": 112,
    "wesp": 141, "xns-idp": 22, "xtp": 36,
}  # fmt: skip

PORTS = {
    "afpovertcp": 548, "amqp": 5672, "auth": 113, "bgp": 179, "bootpc": 68, "bootps": 67, "chargen": 19,
    "cvspserver": 2401, "daytime": 13, "dhcpv6-client": 546, "dhcpv6-server": 547, "discard": 9,
    "domain": 53, "domain-s": 853, "echo": 7, "exec": 512, "finger": 79, "ftp": 21, "ftp-data": 20,
    "ftps": 990, "ftps-data": 989, "git": 9418, "gopher": 70, "http": 80, "http-alt": 8080, "https": 443,
    "imap2": 143, "imap": 143, "imaps": 993, "ipp": 631, "ipsec-nat-t": 4500, "irc": 194,
    "ircd": 6667, "isakmp": 500, "kerberos": 88, "kpasswd": 464, "l2f": 1701, "l2tp": 1701, "ldap": 389,
    "ldaps": 636, "login": 513, "mdns": 5353, "microsoft-ds": 445, "ms-sql-s": 1433,
    "ms-wbt-server": 3389, "mysql": 3306, "netbios-dgm": 138, "netbios-ns": 137, "netbios-ssn": 139,
    "nfs": 2049, "nntp": 119, "nntps": 563, "ntp": 123, "openvpn": 1194, "pop3": 110, "pop3s": 995,
    "postgresql": 5432, "pptp": 1723, "printer": 515, "radius": 1812, "radius-acct": 1813, "rsync": 873,
    "rtsp": 554, "shell": 514, "sip": 5060, "sip-tls": 5061, "smtp": 25, "smtps": 465, "snmp": 161,
    "snmp-trap": 162, "snmptrap": 162, "socks": 1080, "ssh": 22, "submission": 587, "submissions": 465,
    "sunrpc": 111, "syslog": 514, "syslog-tls": 6514, "tacacs": 49, "talk": 517, "telnet": 23,
    "telnets": 992, "tftp": 69, "time": 37, "webcache": 8080, "whois": 43, "www": 80, "x11": 6000,
    "xmpp-client": 5222, "xmpp-server": 5269, "zabbix-agent": 10050, "zabbix-trapper": 10051,
}  # fmt: skip

ANY_CODE = (0, 255)
Message = tuple[int, tuple[int, int]]
"""An ICMP type with the first and last code that a name stands for."""


def _typed(names: dict[str, int]) -> dict[str, Message]:
    return {name: (number, ANY_CODE) for name, number in names.items()}


def _coded(kind: int, names: dict[str, int]) -> dict[str, Message]:
    return {name: (kind, (code, code)) for name, code in names.items()}


_V4: dict[str, Message] = {
    **_typed(
        {
            "echo-reply": 0, "pong": 0, "destination-unreachable": 3, "source-quench": 4,
            "redirect": 5, "echo-request": 8, "ping": 8, "router-advertisement": 9,
            "router-solicitation": 10, "time-exceeded": 11, "ttl-exceeded": 11,
            "parameter-problem": 12, "timestamp-request": 13, "timestamp-reply": 14,
            "address-mask-request": 17, "address-mask-reply": 18, "info-request": 15,
            "info-reply": 16,
        }
    ),
    **_coded(
        3,
        {
            "network-unreachable": 0, "host-unreachable": 1, "protocol-unreachable": 2,
            "port-unreachable": 3, "fragmentation-needed": 4, "source-route-failed": 5,
            "network-unknown": 6, "host-unknown": 7, "network-prohibited": 9, "host-prohibited": 10,
            "tos-network-unreachable": 11, "tos-host-unreachable": 12,
            "communication-prohibited": 13, "host-precedence-violation": 14, "precedence-cutoff": 15,
        },
    ),
    **_coded(5, {"network-redirect": 0, "host-redirect": 1, "tos-network-redirect": 2, "tos-host-redirect": 3}),
    **_coded(11, {"ttl-zero-during-transit": 0, "ttl-zero-during-reassembly": 1}),
    **_coded(12, {"ip-header-bad": 0, "required-option-missing": 1}),
}  # fmt: skip
_V6: dict[str, Message] = {
    **_typed(
        {
            "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "ttl-exceeded": 3,
            "parameter-problem": 4, "echo-request": 128, "ping": 128, "echo-reply": 129, "pong": 129,
            "mld-listener-query": 130, "mld-listener-report": 131, "mld-listener-done": 132,
            "mld-listener-reduction": 132, "router-solicitation": 133, "nd-router-solicit": 133,
            "router-advertisement": 134, "nd-router-advert": 134, "neighbor-solicitation": 135,
            "neighbour-solicitation": 135, "nd-neighbor-solicit": 135, "neighbor-advertisement": 136,
            "neighbour-advertisement": 136, "nd-neighbor-advert": 136, "redirect": 137,
            "nd-redirect": 137, "router-renumbering": 138, "ind-neighbor-solicit": 141,
            "ind-neighbor-advert": 142, "mld2-listener-report": 143,
        }
    ),
    **_coded(
        1,
        {"no-route": 0, "communication-prohibited": 1, "beyond-scope": 2, "address-unreachable": 3,
         "port-unreachable": 4, "failed-policy": 5, "reject-route": 6},
    ),
    **_coded(3, {"ttl-zero-during-transit": 0, "ttl-zero-during-reassembly": 1}),
    **_coded(4, {"bad-header": 0, "unknown-header-type": 1, "unknown-option": 2}),
}  # fmt: skip
ICMP_NAMES = {4: _V4, 6: _V6}
"""The names of both generations; where both have a name it means the same."""

FLAGS = {
    "fin": TcpFlag.FIN, "syn": TcpFlag.SYN, "rst": TcpFlag.RST, "psh": TcpFlag.PSH,
    "ack": TcpFlag.ACK, "urg": TcpFlag.URG, "ecn": TcpFlag.ECE, "cwr": TcpFlag.CWR,
}  # fmt: skip
ALL_FLAGS = 0x3F
"""What iptables means by `ALL`: the six flags of RFC 793."""
