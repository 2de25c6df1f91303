"""The fields of a rule, in the words of CONFIG_DB: what they name becomes conditions.

Source: sonic-swss `doc/swss-schema.md` (ACL_RULE_TABLE), sonic-buildimage `sonic-acl.yang`, SONiC "Configuration
Database Manual" (ACL and Mirroring)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.model.addresses import AddressSpec, prefix_term
from parsers.model.filters import FlagTest, IcmpTest, Match, Range, Ranges

PROTOCOLS = {
    "TCP": 6, "UDP": 17, "ICMP": 1, "ICMPV6": 58, "IGMP": 2, "GRE": 47, "ESP": 50, "AH": 51, "AUTH": 51, "PIM": 103,
    "L2TP": 115,
    "SCTP": 132, "RSVP": 46, "IPINIP": 4,
}  # fmt: skip
ETHER_TYPES = {0x0800: 4, 0x86DD: 6}
IP_TYPES: dict[str, int | None] = {
    "ANY": 0, "IP": 0, "NON_IP": None, "IPV4ANY": 4, "IPV4": 4, "IPV6ANY": 6, "IPV6": 6, "NON_IPV4": 6, "NON_IPV6": 4,
    "NON_IPv4": 6, "NON_IPv6": 4, "ARP": None, "ARP_REQUEST": None, "ARP_REPLY": None,
}  # fmt: skip
"""The families of the packets that an IP_TYPE names: 0 is both, None is neither."""
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{1,8}|\d{1,10}", re.ASCII)


@dataclass
class Conditions:
    """What one rule matches; `never` says that no IP packet does, `doubts` why the rest is a superset.

    `families` are those that the rule says; None where it leaves that to the type of its table.
    """

    family: int | None = None
    never: bool = False
    protocol: Ranges | None = None
    src: AddressSpec | None = None
    dst: AddressSpec | None = None
    src_ports: Ranges | None = None
    dst_ports: Ranges | None = None
    icmp_type: tuple[int, int] | None = None
    icmp_code: int | None = None
    flags: tuple[FlagTest, ...] | None = None
    doubts: list[str] = field(default_factory=list)

    def doubt(self, reason: str) -> None:
        """Notes that the conditions read are only a superset, and why."""
        if reason not in self.doubts:
            self.doubts.append(reason)

    def of_family(self, family: int) -> None:
        """Adds a condition on the family; two that differ match nothing."""
        if self.family not in (None, 0, family) and family != 0:
            self.never = True
        elif family or self.family is None:
            self.family = family

    def matches(self, family: int) -> tuple[Match, ...]:
        """All conditions together for the packets of a family (0: both); none where no IP packet matches."""
        if self.never or (self.family and family and self.family != family):
            return ()
        icmp: tuple[IcmpTest, ...] | None = None
        of = self.family or family
        if self.icmp_type is not None:
            low = 0 if self.icmp_code is None else self.icmp_code
            high = 255 if self.icmp_code is None else self.icmp_code
            icmp = (IcmpTest(self.icmp_type[1], low, high),)
        elif self.icmp_code is not None:
            self.doubt("an ICMP code without a type")
        return (
            Match(
                of, self.protocol, self.src, self.dst, self.src_ports, self.dst_ports, icmp,
                self.flags,
            ),
        )  # fmt: skip


Reader = Callable[[Conditions, str], bool]
"""Reads the value of a field; False where it is none."""


def number(text: str, top: int) -> int | None:
    """A decimal or hexadecimal number up to `top`; None if it is none."""
    if _NUMBER.fullmatch(text) is None:
        return None
    value = int(text, 16) if text[:2].lower() == "0x" else int(text)
    return value if value <= top else None


def _protocol(found: Conditions, text: str) -> bool:
    value = number(text, 255)
    value = PROTOCOLS.get(text.upper()) if value is None else value
    if value is None:
        return False
    found.protocol = ((value, value),)
    return True


def _address(side: str, family: int) -> Reader:
    def read(found: Conditions, text: str) -> bool:
        try:
            term = prefix_term(text)
        except ValueError:
            return False
        if family not in (0, term.family):
            return False
        setattr(found, side, AddressSpec((term,)))
        found.of_family(term.family)
        return True

    return read


def _port(side: str) -> Reader:
    def read(found: Conditions, text: str) -> bool:
        value = number(text, 65535)
        return value is not None and _narrow(found, side, (value, value))

    return read


def _port_range(side: str) -> Reader:
    def read(found: Conditions, text: str) -> bool:
        low, dash, high = text.partition("-" if "-" in text else "..")
        first, last = number(low, 65535), number(high, 65535)
        if not dash or first is None or last is None or first > last:
            return False
        return _narrow(found, side, (first, last))

    return read


def _narrow(found: Conditions, side: str, ports: Range) -> bool:
    if getattr(found, side) is not None:
        return False
    setattr(found, side, (ports,))
    return True


def _flags(found: Conditions, text: str) -> bool:
    """`VALUE/MASK`, both in hexadecimal; a value alone is its own mask."""
    value_text, slash, mask_text = text.partition("/")
    value = number(value_text, 255)
    mask = number(mask_text, 255) if slash else value
    if value is None or mask is None or value & ~mask:
        return False
    found.flags = (FlagTest(mask, value),)
    return True


def _icmp_type(family: int) -> Reader:
    def read(found: Conditions, text: str) -> bool:
        value = number(text, 255)
        if value is None:
            return False
        found.icmp_type = (family, value)
        found.of_family(family)
        return True

    return read


def _icmp_code(family: int) -> Reader:
    def read(found: Conditions, text: str) -> bool:
        value = number(text, 255)
        if value is None:
            return False
        found.icmp_code = value
        found.of_family(family)
        return True

    return read


def _ether_type(found: Conditions, text: str) -> bool:
    value = number(text.partition("/")[0], 65535)
    if value is None or text.partition("/")[2].lower() not in ("", "0xffff"):
        return False
    family = ETHER_TYPES.get(value)
    if family is None:
        found.never = True
    else:
        found.of_family(family)
    return True


def _ip_type(found: Conditions, text: str) -> bool:
    word = text if text in IP_TYPES else text.upper()
    if word not in IP_TYPES:
        return False
    family = IP_TYPES[word]
    if family is None:
        found.never = True
    else:
        found.of_family(family)
    return True


FIELDS: dict[str, Reader] = {
    "IP_PROTOCOL": _protocol,
    "NEXT_HEADER": _protocol,
    "SRC_IP": _address("src", 4),
    "DST_IP": _address("dst", 4),
    "SRC_IPV6": _address("src", 6),
    "DST_IPV6": _address("dst", 6),
    "L4_SRC_PORT": _port("src_ports"),
    "L4_DST_PORT": _port("dst_ports"),
    "L4_SRC_PORT_RANGE": _port_range("src_ports"),
    "L4_DST_PORT_RANGE": _port_range("dst_ports"),
    "TCP_FLAGS": _flags,
    "ICMP_TYPE": _icmp_type(4),
    "ICMP_CODE": _icmp_code(4),
    "ICMPV6_TYPE": _icmp_type(6),
    "ICMPV6_CODE": _icmp_code(6),
    "ETHER_TYPE": _ether_type,
    "IP_TYPE": _ip_type,
}
"""Match fields that the model can hold."""

UNDECIDED = frozenset(
    {"DSCP", "TC", "ECN", "VLAN_ID", "VLAN", "PCP", "DEI", "IN_PORTS", "OUT_PORTS", "SRC_MAC", "DST_MAC",
     "TUNNEL_VNI",
     "INNER_ETHER_TYPE", "INNER_IP_PROTOCOL", "INNER_L4_SRC_PORT", "INNER_L4_DST_PORT", "INNER_SRC_IP",
     "INNER_DST_IP",
     "BTH_OPCODE", "AETH_SYNDROME", "TUNNEL_TERM", "METADATA", "INNER_SRC_MAC", "INNER_DST_MAC", "PACKET_LENGTH",
     "TTL"}
)  # fmt: skip
"""Match fields about what the model's packets leave open."""
