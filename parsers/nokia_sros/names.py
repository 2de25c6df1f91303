"""Names of protocols and messages in filters.

Source: Nokia SR OS, Router Configuration Guide, "IPv4/IPv6 filter policy entry match criteria" and the YANG type
`match-ip-protocol`: IANA's numbers under these names. ICMP types and codes are numbers in the YANG model; of
the names, only those with one meaning are known here.
"""

from __future__ import annotations

from parsers.model.filters import Ranges
from parsers.nokia_style.statements import number_of

PROTOCOLS = {
    "icmp": 1, "igmp": 2, "ip": 4, "tcp": 6, "egp": 8, "igp": 9, "udp": 17, "rdp": 27, "ipv6": 41,
    "ipv6-route": 43, "ipv6-frag": 44, "idrp": 45, "rsvp": 46, "gre": 47, "ipv6-icmp": 58,
    "ipv6-no-nxt": 59, "ipv6-opts": 60, "iso-ip": 80, "eigrp": 88, "ospf-igp": 89, "ether-ip": 97,
    "etherip": 97, "encap": 98, "pnni": 102, "pim": 103, "vrrp": 112, "l2tp": 115, "stp": 118,
    "ptp": 123, "isis": 124, "crtp": 126, "crudp": 127, "sctp": 132,
}  # fmt: skip
TCP_OR_UDP = frozenset({"tcp-udp", "*"})
"""`*` is the classic CLI's word for either of the two."""
ICMP_TYPES = {
    4: {"echo-reply": 0, "dest-unreachable": 3, "echo-request": 8, "time-exceeded": 11},
    6: {"dest-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "echo-request": 128, "echo-reply": 129},
}  # fmt: skip


def protocol(text: str) -> Ranges | None:
    """The protocol numbers that a name or number stands for; None if it is none."""
    if text in TCP_OR_UDP:
        return ((6, 6), (17, 17))
    value = PROTOCOLS.get(text, number_of(text, 0, 255))
    return None if value is None else ((value, value),)


def icmp_type(text: str, family: int) -> Ranges | None:
    """An ICMP type; None if it is none."""
    value = ICMP_TYPES.get(family, {}).get(text, number_of(text, 0, 255))
    return None if value is None else ((value, value),)
