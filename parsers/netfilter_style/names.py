"""Names that netfilter tools print or accept for numbers.

Sources: the lists that `iptables -p icmp -h`, `ip6tables -p icmpv6 -h` and `nft describe` print;
IANA protocol and service names for the few services a filter on the way to a Git host may name.
A name that is not here is unknown, never guessed.
"""

from __future__ import annotations

from parsers.model.filters import IcmpTest, State, TcpFlag

PROTOCOLS = {
    "hopopt": 0, "icmp": 1, "igmp": 2, "ipencap": 4, "ipip": 4, "tcp": 6, "egp": 8, "igp": 9,
    "udp": 17, "dccp": 33, "ipv6": 41, "ipv6-route": 43, "ipv6-frag": 44, "rsvp": 46, "gre": 47,
    "esp": 50, "ipsec-esp": 50, "ah": 51, "ipsec-ah": 51, "ipv6-icmp": 58, "icmpv6": 58,
    "icmp6": 58, "ipv6-nonxt": 59, "ipv6-opts": 60, "eigrp": 88, "ospf": 89, "ospfigp": 89,
    "pim": 103, "ipcomp": 108, "comp": 108, "vrrp": 112, "l2tp": 115, "sctp": 132, "mh": 135,
    "mobility-header": 135, "udplite": 136,
}  # fmt: skip

SERVICES = {
    "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "time": 37, "domain": 53,
    "bootps": 67, "bootpc": 68, "tftp": 69, "gopher": 70, "finger": 79, "http": 80, "www": 80,
    "kerberos": 88, "pop3": 110, "sunrpc": 111, "auth": 113, "ident": 113, "nntp": 119, "ntp": 123,
    "netbios-ns": 137, "netbios-dgm": 138, "netbios-ssn": 139, "imap2": 143, "imap": 143,
    "snmp": 161, "snmptrap": 162, "snmp-trap": 162, "bgp": 179, "ldap": 389, "https": 443,
    "microsoft-ds": 445, "submissions": 465, "isakmp": 500, "syslog": 514, "submission": 587,
    "ipp": 631, "ldaps": 636, "git": 9418, "rsync": 873, "imaps": 993, "pop3s": 995,
    "openvpn": 1194, "l2tp": 1701, "radius": 1812, "radius-acct": 1813, "nfs": 2049,
    "mysql": 3306, "sip": 5060, "sip-tls": 5061, "postgresql": 5432, "mdns": 5353, "http-alt": 8080,
}  # fmt: skip

_UNREACHABLE_4 = {
    "network-unreachable": 0, "host-unreachable": 1, "protocol-unreachable": 2,
    "port-unreachable": 3, "fragmentation-needed": 4, "source-route-failed": 5,
    "network-unknown": 6, "host-unknown": 7, "network-prohibited": 9, "host-prohibited": 10,
    "TOS-network-unreachable": 11, "TOS-host-unreachable": 12, "communication-prohibited": 13,
    "host-precedence-violation": 14, "precedence-cutoff": 15,
}  # fmt: skip
_TYPES_4 = {
    "echo-reply": 0, "pong": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5,
    "echo-request": 8, "ping": 8, "router-advertisement": 9, "router-solicitation": 10,
    "time-exceeded": 11, "ttl-exceeded": 11, "parameter-problem": 12, "timestamp-request": 13,
    "timestamp-reply": 14, "address-mask-request": 17, "address-mask-reply": 18,
}  # fmt: skip
_CODES_4 = {
    "network-redirect": (5, 0), "host-redirect": (5, 1), "TOS-network-redirect": (5, 2),
    "TOS-host-redirect": (5, 3), "ttl-zero-during-transit": (11, 0),
    "ttl-zero-during-reassembly": (11, 1), "ip-header-bad": (12, 0),
    "required-option-missing": (12, 1),
}  # fmt: skip
_TYPES_6 = {
    "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "ttl-exceeded": 3,
    "parameter-problem": 4, "echo-request": 128, "ping": 128, "echo-reply": 129, "pong": 129,
    "router-solicitation": 133, "router-advertisement": 134, "neighbour-solicitation": 135,
    "neighbor-solicitation": 135, "neighbour-advertisement": 136, "neighbor-advertisement": 136,
    "redirect": 137,
}  # fmt: skip
_CODES_6 = {
    "no-route": (1, 0), "communication-prohibited": (1, 1), "beyond-scope": (1, 2),
    "address-unreachable": (1, 3), "port-unreachable": (1, 4), "failed-policy": (1, 5),
    "reject-route": (1, 6), "ttl-zero-during-transit": (3, 0),
    "ttl-zero-during-reassembly": (3, 1), "bad-header": (4, 0), "unknown-header-type": (4, 1),
    "unknown-option": (4, 2),
}  # fmt: skip

XT_ICMP: dict[int, dict[str, IcmpTest]] = {
    4: {
        **{name: IcmpTest(kind) for name, kind in _TYPES_4.items()},
        **{name: IcmpTest(3, code, code) for name, code in _UNREACHABLE_4.items()},
        **{name: IcmpTest(kind, code, code) for name, (kind, code) in _CODES_4.items()},
    },
    6: {
        **{name: IcmpTest(kind) for name, kind in _TYPES_6.items()},
        **{name: IcmpTest(kind, code, code) for name, (kind, code) in _CODES_6.items()},
    },
}
"""ICMP names of iptables and ip6tables, by family."""

NFT_ICMP_TYPES = {
    4: {
        "echo-reply": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5,
        "echo-request": 8, "router-advertisement": 9, "router-solicitation": 10,
        "time-exceeded": 11, "parameter-problem": 12, "timestamp-request": 13,
        "timestamp-reply": 14, "info-request": 15, "info-reply": 16, "address-mask-request": 17,
        "address-mask-reply": 18,
    },
    6: {
        "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3,
        "parameter-problem": 4, "echo-request": 128, "echo-reply": 129, "mld-listener-query": 130,
        "mld-listener-report": 131, "mld-listener-done": 132, "mld-listener-reduction": 132,
        "nd-router-solicit": 133, "nd-router-advert": 134, "nd-neighbor-solicit": 135,
        "nd-neighbor-advert": 136, "nd-redirect": 137, "router-renumbering": 138,
        "ind-neighbor-solicit": 141, "ind-neighbor-advert": 142, "mld2-listener-report": 143,
    },
}  # fmt: skip
NFT_ICMP_CODES = {
    4: {
        "net-unreachable": 0, "host-unreachable": 1, "prot-unreachable": 2, "port-unreachable": 3,
        "frag-needed": 4, "net-prohibited": 9, "host-prohibited": 10, "admin-prohibited": 13,
    },
    6: {
        "no-route": 0, "admin-prohibited": 1, "addr-unreachable": 3, "port-unreachable": 4,
        "policy-fail": 5, "reject-route": 6,
    },
}  # fmt: skip

STATES = {
    "new": State.NEW,
    "established": State.ESTABLISHED,
    "related": State.RELATED,
    "invalid": State.INVALID,
    "untracked": State.UNTRACKED,
}
ALL_STATES = frozenset(State)

TCP_FLAGS = {
    "fin": int(TcpFlag.FIN), "syn": int(TcpFlag.SYN), "rst": int(TcpFlag.RST),
    "psh": int(TcpFlag.PSH), "ack": int(TcpFlag.ACK), "urg": int(TcpFlag.URG),
    "ece": int(TcpFlag.ECE), "ecn": int(TcpFlag.ECE), "cwr": int(TcpFlag.CWR),
}  # fmt: skip


def port_number(text: str) -> int:
    """The port that `text` names. Raises ValueError for a name that is not in the table."""
    number = int(text, 0) if text[:1].isdecimal() else SERVICES.get(text, -1)
    if not 0 <= number <= 65535:
        raise ValueError(f"no port is called {text!r}")
    return number


def protocol_number(text: str) -> int:
    """The IP protocol that `text` names. Raises ValueError for a name that is not in the table."""
    number = int(text, 0) if text[:1].isdecimal() else PROTOCOLS.get(text.lower(), -1)
    if not 0 <= number <= 255:
        raise ValueError(f"no protocol is called {text!r}")
    return number
