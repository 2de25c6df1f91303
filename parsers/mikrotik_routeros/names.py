"""Names that RouterOS prints for numbers.

Sources: the property tables of the RouterOS CLI reference (`/ip/firewall/filter`,
`/ipv6/firewall/filter`); IANA protocol numbers for the protocol names that RouterOS lists.
A name that is not here is unknown, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.model.filters import State, Symptom, TcpFlag

PROTOCOLS = {
    "icmp": 1, "igmp": 2, "ggp": 3, "ipencap": 4, "st": 5, "tcp": 6, "egp": 8, "pup": 12,
    "udp": 17, "hmp": 20, "xns-idp": 22, "rdp": 27, "iso-tp4": 29, "dccp": 33, "xtp": 36,
    "ddp": 37, "idpr-cmtp": 38, "ipv6": 41, "ipv6-encap": 41, "ipv6-route": 43, "ipv6-frag": 44,
    "rsvp": 46, "gre": 47, "ipsec-esp": 50, "ipsec-ah": 51, "icmpv6": 58, "ipv6-nonxt": 59,
    "ipv6-opts": 60, "rspf": 73, "vmtp": 81, "ospf": 89, "ipip": 94, "etherip": 97, "encap": 98,
    "pim": 103, "vrrp": 112, "l2tp": 115, "sctp": 132, "udp-lite": 136,
}  # fmt: skip
WITH_PORTS = frozenset({6, 17, 33, 132, 136})

STATES = {
    "new": State.NEW,
    "established": State.ESTABLISHED,
    "related": State.RELATED,
    "invalid": State.INVALID,
    "untracked": State.UNTRACKED,
}

TCP_FLAGS = {flag.name.lower(): int(flag) for flag in TcpFlag if flag.name is not None}

REJECT = {
    4: frozenset(
        (
            "icmp-network-unreachable", "icmp-host-unreachable", "icmp-protocol-unreachable",
            "icmp-port-unreachable", "icmp-net-prohibited", "icmp-host-prohibited",
            "icmp-admin-prohibited",
        )
    ),
    6: frozenset(
        (
            "icmp-no-route", "icmp-admin-prohibited", "icmp-not-neighbour",
            "icmp-address-unreachable", "icmp-port-unreachable", "icmp-err-src-routing-header",
            "icmp-headers-too-long",
        )
    ),
}  # fmt: skip
"""What `reject-with` may say beside `tcp-reset`."""


def symptom_of(action: str, reject_with: str) -> Symptom:
    """What the sender of a packet sees that `drop`, `tarpit` or `reject` denies."""
    if action != "reject":
        return Symptom.TIMEOUT
    return Symptom.RESET if reject_with == "tcp-reset" else Symptom.ICMP_ERROR


_BY_DEFAULT = re.compile(
    r"(?:ether|sfp|sfpplus|sfp-sfpplus|sfp28-|qsfp28-|qsfpplus|qsfp|combo|wlan|wifi|lte)\d[\d-]*|lo"
)


def is_default(name: str) -> bool:
    """Whether an interface may have this name without anybody giving it one: exports leave such
    interfaces out where nothing else is set."""
    return _BY_DEFAULT.fullmatch(name) is not None


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name from which `name` differs by one character more, less or other."""
    for other in sorted(known):
        if abs(len(name) - len(other)) > 1 or name == other:
            continue
        start = 0
        while start < min(len(name), len(other)) and name[start] == other[start]:
            start += 1
        tails = (
            (name[start + 1 :], other[start + 1 :]),
            (name[start:], other[start + 1 :]),
            (name[start + 1 :], other[start:]),
        )
        if any(one == two for one, two in tails):
            return other
    return None
