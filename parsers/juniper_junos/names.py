"""Names that Junos prints for numbers: protocols, ports, ICMP messages.

Source: Juniper, Routing Policies, Firewall Filters and Traffic Policers User Guide, "Firewall Filter Match
Conditions for IPv4 Traffic" and "... for IPv6 Traffic".
"""

from __future__ import annotations

from collections.abc import Mapping
from socket import AF_INET, AF_INET6, inet_pton

from parsers.model.addresses import FULL, AddressTerm, netmask_term
from parsers.model.filters import Range

PROTOCOLS = {
    "ah": 51, "dstopts": 60, "egp": 8, "esp": 50, "fragment": 44, "gre": 47, "hop-by-hop": 0,
    "icmp": 1, "icmp6": 58, "icmpv6": 58, "igmp": 2, "ipip": 4, "ipv6": 41, "no-next-header": 59,
    "ospf": 89, "pim": 103, "routing": 43, "rsvp": 46, "sctp": 132, "tcp": 6, "udp": 17,
    "vrrp": 112,
}  # fmt: skip

PORTS = {
    "afs": 1483, "bgp": 179, "biff": 512, "bootpc": 68, "bootps": 67, "cmd": 514,
    "cvspserver": 2401, "dhcp": 67, "domain": 53, "eklogin": 2105, "ekshell": 2106, "exec": 512,
    "finger": 79, "ftp": 21, "ftp-data": 20, "http": 80, "https": 443, "ident": 113, "imap": 143,
    "kerberos-sec": 88, "klogin": 543, "kpasswd": 761, "krb-prop": 754, "krbupdate": 760,
    "kshell": 544, "ldap": 389, "ldp": 646, "login": 513, "mobileip-agent": 434,
    "mobilip-mn": 435, "msdp": 639, "netbios-dgm": 138, "netbios-ns": 137, "netbios-ssn": 139,
    "nfsd": 2049, "nntp": 119, "ntalk": 518, "ntp": 123, "pop3": 110, "pptp": 1723,
    "printer": 515, "radacct": 1813, "radius": 1812, "rip": 520, "rkinit": 2108, "smtp": 25,
    "snmp": 161, "snmptrap": 162, "snpp": 444, "socks": 1080, "ssh": 22, "sunrpc": 111,
    "syslog": 514, "tacacs": 49, "tacacs-ds": 65, "talk": 517, "telnet": 23, "tftp": 69,
    "timed": 525, "who": 513, "xdmcp": 177, "zephyr-clt": 2103, "zephyr-hm": 2104,
    "zephyr-srv": 2102,
}  # fmt: skip

ICMP_TYPES: dict[int, dict[str, int]] = {
    4: {
        "echo-reply": 0, "unreachable": 3, "destination-unreachable": 3, "source-quench": 4,
        "redirect": 5, "echo-request": 8, "router-advertisement": 9, "router-solicit": 10,
        "router-solicitation": 10, "time-exceeded": 11, "parameter-problem": 12, "timestamp": 13,
        "timestamp-reply": 14, "info-request": 15, "info-reply": 16, "mask-request": 17,
        "mask-reply": 18,
    },
    6: {
        "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3,
        "parameter-problem": 4, "private-experimentation-100": 100,
        "private-experimentation-101": 101, "echo-request": 128, "echo-reply": 129,
        "membership-query": 130, "membership-report": 131, "membership-termination": 132,
        "router-solicit": 133, "router-advertisement": 134, "neighbor-solicit": 135,
        "neighbor-advertisement": 136, "redirect": 137, "router-renumbering": 138,
        "node-information-request": 139, "node-information-reply": 140,
        "inverse-neighbor-discovery-solicitation": 141,
        "inverse-neighbor-discovery-advertisement": 142,
        "home-agent-address-discovery-request": 144, "home-agent-address-discovery-reply": 145,
        "mobile-prefix-solicitation": 146, "mobile-prefix-advertisement-reply": 147,
        "certificate-path-solicitation": 148, "certificate-path-advertisement": 149,
    },
}  # fmt: skip

ICMP_CODES: dict[int, dict[str, int]] = {
    4: {
        "network-unreachable": 0, "host-unreachable": 1, "protocol-unreachable": 2,
        "port-unreachable": 3, "fragmentation-needed": 4, "source-route-failed": 5,
        "destination-network-unknown": 6, "destination-host-unknown": 7, "source-host-isolated": 8,
        "destination-network-prohibited": 9, "destination-host-prohibited": 10,
        "network-unreachable-for-tos": 11, "host-unreachable-for-tos": 12,
        "communication-prohibited-by-filtering": 13, "host-precedence-violation": 14,
        "precedence-cutoff-in-effect": 15, "ip-header-bad": 0, "required-option-missing": 1,
        "redirect-for-network": 0, "redirect-for-host": 1, "redirect-for-tos-and-net": 2,
        "redirect-for-tos-and-host": 3, "ttl-eq-zero-during-transit": 0,
        "ttl-eq-zero-during-reassembly": 1,
    },
    6: {
        "no-route-to-destination": 0, "administratively-prohibited": 1, "address-unreachable": 3,
        "port-unreachable": 4, "ip6-header-bad": 0, "unrecognized-next-header": 1,
        "unrecognized-option": 2, "ttl-eq-zero-during-transit": 0,
        "ttl-eq-zero-during-reassembly": 1,
    },
}  # fmt: skip

_CARE = {
    4: tuple(FULL[4] ^ ((1 << (32 - length)) - 1) for length in range(33)),
    6: tuple(FULL[6] ^ ((1 << (128 - length)) - 1) for length in range(129)),
}


def number_range(word: str, names: Mapping[str, int], limit: int) -> Range | None:
    """The numbers of `443`, `1024-65535` or a name; None if it is none of them or above `limit`."""
    if word.isdecimal():
        low = high = int(word)
    else:
        known = names.get(word) if word in names else names.get(word.lower())
        if known is not None:
            return known, known
        first, dash, last = word.partition("-")
        ends = [_end(first, names), _end(last, names)] if dash else []
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return None
        low, high = ends[0], ends[1]
    return (low, high) if low <= high <= limit else None


def _end(word: str, names: Mapping[str, int]) -> int | None:
    return int(word) if word.isdecimal() else names.get(word)


def prefix(word: str) -> AddressTerm | None:
    """The addresses of `192.0.2.0/24`, `192.0.2.1`, an IPv6 form or IPv4 with a netmask that may have holes
    (`0.10.0.10/0.255.0.255`, 1 = must match); None if it is none of them. Host bits are ignored."""
    address, _, length = word.partition("/")
    family = 6 if ":" in address else 4
    try:
        value = int.from_bytes(inet_pton(AF_INET if family == 4 else AF_INET6, address), "big")
        if not length:
            if word[-1] == "/":
                return None
            return AddressTerm(family, value, FULL[family])
        if length.isdecimal() and len(length) < 4:
            care = _CARE[family][int(length)]
            return AddressTerm(family, value & care, care)
        if family == 4 and "." in length:
            return netmask_term(address, length)
    except (OSError, IndexError, ValueError, UnicodeEncodeError):
        return None
    return None


def interface_address(word: str) -> tuple[int, int, int] | None:
    """(family, value, length) of an interface address with its host bits; None if `word` is none."""
    address, slash, length = word.partition("/")
    family = 6 if ":" in address else 4
    full = 32 if family == 4 else 128
    try:
        value = int.from_bytes(inet_pton(AF_INET if family == 4 else AF_INET6, address), "big")
    except (OSError, ValueError):
        return None
    if not slash:
        return family, value, full
    if not length.isdecimal() or int(length) > full:
        return None
    return family, value, int(length)
