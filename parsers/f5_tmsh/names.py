"""Names, addresses, ports and protocols as tmsh writes them."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

from parsers.model.addresses import FULL, AddressTerm, int_range_terms
from parsers.model.filters import Range

COMMON = "/Common/"
WILDCARDS = {"any": "0.0.0.0", "any4": "0.0.0.0", "any6": "::"}  # noqa: S104
"""Words for the address that stands for all addresses of a family."""
_DOMAIN = re.compile(r"%(\d+)")
_SERVICES = {
    "any": 0, "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53,
    "http": 80, "kerberos": 88, "pop3": 110, "ntp": 123, "imap": 143, "snmp": 161, "bgp": 179,
    "ldap": 389, "https": 443, "microsoft-ds": 445, "smtps": 465, "isakmp": 500, "syslog": 514,
    "submission": 587, "ldaps": 636, "imaps": 993, "pop3s": 995, "ms-sql-s": 1433, "radius": 1812,
    "mysql": 3306, "f5-iquery": 4353, "sip": 5060, "sips": 5061, "webcache": 8080, "pcsync-https": 8443,
}  # fmt: skip
"""Service names that tmsh puts for ports (its /etc/services); a name not here is not understood."""
PROTOCOLS = {
    "hopopt": 0, "icmp": 1, "igmp": 2, "ipencap": 4, "ipv4": 4, "tcp": 6, "egp": 8, "udp": 17,
    "ipv6": 41, "rsvp": 46, "gre": 47, "esp": 50, "ah": 51, "ipv6-icmp": 58, "icmp6": 58, "icmpv6": 58,
    "eigrp": 88, "ospf": 89, "pim": 103, "vrrp": 112, "l2tp": 115, "sctp": 132, "udplite": 136,
}  # fmt: skip
"""IANA protocol numbers under the names of /etc/protocols."""


def short(name: str) -> str:
    """A name as people say it: objects of the partition Common without their folder."""
    return name.removeprefix(COMMON)


def base(name: str) -> str:
    """The last part of a path."""
    return name.rsplit("/", 1)[-1]


def split_domain(text: str) -> tuple[str, str | None]:
    """An address without its route domain, and the number of that domain (`10.0.0.1%2/24`)."""
    found = _DOMAIN.search(text)
    return (
        (text, None) if found is None else (text[: found.start()] + text[found.end() :], found[1])
    )


def vrf_of(domain: str | None) -> str:
    """The name of a route domain's table; domain 0 is the default one."""
    return "default" if domain in (None, "0") else f"route-domain {domain}"


def port_number(word: str) -> int | None:
    """A port by number or name; 0 stands for any. None if it is neither."""
    if word in ("any", "*"):
        return 0
    if word.isascii() and word.isdecimal():
        return int(word) if int(word) <= 65535 else None
    return _SERVICES.get(word)


def port_range(word: str) -> Range | None:
    """`443`, `https`, `1024-65535`; `any` and 0 are all ports. None if it is no port or no range."""
    low_text, dash, high_text = word.partition("-")
    if dash and low_text.isdecimal() and high_text.isdecimal():
        low, high = int(low_text), int(high_text)
        return (low, high) if low <= high <= 65535 else None
    port = port_number(word)
    if port is None:
        return None
    return (0, 65535) if port == 0 else (port, port)


def protocol_number(word: str) -> int | None:
    """A protocol by name or number; None if it is none."""
    if word.isascii() and word.isdecimal():
        return int(word) if int(word) <= 255 else None
    return PROTOCOLS.get(word.lower())


def address_terms(word: str) -> tuple[AddressTerm, ...]:
    """The terms of `A`, `A/LEN`, `A/MASK`, `A-B`, `any`, `any6`, each perhaps with a route domain.

    Raises ValueError if it is none of them.
    """
    text, domain = split_domain(word)
    if domain is not None and "%" in text:
        text, _ = split_domain(text)
    if text in ("any", "any4", "default"):
        return (AddressTerm(4, 0, 0),)
    if text in ("any6", "default-inet6"):
        return (AddressTerm(6, 0, 0),)
    first, dash, last = text.partition("-")
    if dash:
        low, high = ipaddress.ip_address(first), ipaddress.ip_address(last)
        if low.version != high.version or int(low) > int(high):
            raise ValueError(word)
        return int_range_terms(low.version, int(low), int(high))
    address, slash, length = text.partition("/")
    return (masked(address, length if slash else None),)


def masked(address: str, mask: str | None) -> AddressTerm:
    """An address with a length or a mask; a mask may have holes. Raises ValueError for other words."""
    host = ipaddress.ip_address(address)
    full = FULL[host.version]
    bits = host.max_prefixlen
    if mask is None:
        care = full
    elif mask in ("any", "any4", "any6"):
        care = 0
    elif mask.isascii() and mask.isdecimal():
        if int(mask) > bits:
            raise ValueError(mask)
        care = full ^ ((1 << (bits - int(mask))) - 1)
    else:
        found = ipaddress.ip_address(mask)
        if found.version != host.version:
            raise ValueError(mask)
        care = int(found)
    return AddressTerm(host.version, int(host) & care, care)


class Destination(NamedTuple):
    """Where a virtual server listens: its address (without mask), route domain and port (0 is any)."""

    address: str
    domain: str | None
    port: int


def destination(word: str) -> Destination | None:
    """`/Common/192.0.2.1:443`, `192.0.2.1%2:https`, `/Common/2001:db8::1.443`, `0.0.0.0:any`, `any6.any`.

    IPv6 addresses and names are parted from the port by a dot. None if it is no address and port.
    """
    text, domain = split_domain(base(word))
    if text.count(":") == 1:
        address, _, service = text.partition(":")
    elif ":" in text or text.startswith("any6"):
        address, dot, service = text.rpartition(".")
        if not dot:
            address, service = text, "any"
    else:
        address, service = text, "any"
    port = port_number(service)
    address = WILDCARDS.get(address, address)
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return None
    return None if port is None else Destination(address, domain, port)
