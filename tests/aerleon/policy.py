"""Random policies in neutral words, their first-match reading, and packets near their edges."""

from __future__ import annotations

import ipaddress
from random import Random
from typing import NamedTuple

from parsers.model.filters import TcpFlag
from rules.packets.packet import Packet

TCP, UDP = 6, 17
NUMBERS = {"tcp": TCP, "udp": UDP, "icmp": 1, "icmpv6": 58, "gre": 47, "esp": 50, "sctp": 132}
SYN, ACK = int(TcpFlag.SYN), int(TcpFlag.ACK)
Prefix = ipaddress.IPv4Network | ipaddress.IPv6Network
Ports = tuple[int, int]


class Limits(NamedTuple):
    """What a target can write. Where `bare` is False every term needs a protocol; `services` is how many port
    names a term may list. `ports_only` leaves protocols without a destination port out."""

    family: int = 4
    protocols: tuple[str, ...] = ("tcp", "udp", "gre", "esp")
    icmp_types: bool = True
    source_ports: bool = True
    reject: bool = True
    established: bool = False
    bare: bool = True
    services: int = 2
    ports_only: bool = False


class Term(NamedTuple):
    """One term: values of one field are alternatives, an empty field is no condition."""

    name: str
    action: str
    protocols: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    source_ports: tuple[str, ...] = ()
    destination_ports: tuple[str, ...] = ()
    icmp_types: tuple[str, ...] = ()
    established: bool = False


NETWORKS: dict[int, dict[str, tuple[str, ...]]] = {
    4: {
        "SERVICE": ("104.192.136.0/21", "185.166.140.0/22", "13.200.41.128/25"),
        "PART": ("104.192.138.0/24", "104.192.140.64/26"),
        "LAN": ("10.20.0.0/16", "10.30.8.0/22"),
        "HOSTS": ("10.20.1.7/32", "192.0.2.9/32", "10.20.30.0/24"),
        "WIDE": ("104.0.0.0/8", "8.0.0.0/7"),
    },
    6: {
        "SERVICE": ("2401:1d80:3000::/36", "2401:1d80:3216::/48"),
        "PART": ("2401:1d80:3200::/40",),
        "LAN": ("2001:db8:1::/48",),
        "HOSTS": ("2001:db8:1:2::7/128", "2001:db8:9::/64"),
        "WIDE": ("2400::/12",),
    },
}
SERVICES: dict[str, Ports] = {
    "HTTPS": (443, 443), "SSH": (22, 22), "WEB": (80, 80), "ALT": (8080, 8083),
    "HIGH": (1024, 65535), "LOW": (1, 1023), "EPHEMERAL": (49152, 65535),
}  # fmt: skip
ICMP_TYPES = {
    4: {"echo-request": 8, "echo-reply": 0, "unreachable": 3, "time-exceeded": 11},
    6: {"echo-request": 128, "echo-reply": 129, "packet-too-big": 2, "time-exceeded": 3},
}


def random_policy(chance: Random, limits: Limits) -> tuple[Term, ...]:
    """Two to seven terms within the limits of a target."""
    return tuple(_term(chance, limits, f"t{n}") for n in range(chance.randint(2, 7)))


def _some(chance: Random, names: list[str], most: int = 2) -> tuple[str, ...]:
    return tuple(chance.sample(names, chance.randint(1, most)))


def _term(chance: Random, limits: Limits, name: str) -> Term:
    actions = ["accept", "accept", "deny", *(["reject"] if limits.reject else [])]
    term = Term(name, chance.choice(actions))
    networks = list(NETWORKS[limits.family])
    if chance.random() < 0.7:
        term = term._replace(sources=_some(chance, networks))
    if chance.random() < 0.7:
        term = term._replace(destinations=_some(chance, networks))
    roll = chance.random()
    icmp = "icmp" if limits.family == 4 else "icmpv6"
    if limits.ports_only and roll > 0.8:
        return term
    if roll < 0.55 or limits.ports_only:
        return _with_ports(chance, limits, term)
    if roll < 0.7 and limits.icmp_types:
        types = _some(chance, list(ICMP_TYPES[limits.family]))
        return term._replace(protocols=(icmp,), icmp_types=types)
    if roll < 0.85 or not limits.bare:
        return term._replace(protocols=_some(chance, list(limits.protocols)))
    return term


def _with_ports(chance: Random, limits: Limits, term: Term) -> Term:
    services = list(SERVICES)
    term = term._replace(protocols=chance.choice((("tcp",), ("tcp",), ("udp",), ("tcp", "udp"))))
    if chance.random() < 0.8 or limits.ports_only:
        term = term._replace(destination_ports=_some(chance, services, limits.services))
    if limits.source_ports and chance.random() < 0.3:
        term = term._replace(source_ports=_some(chance, services, 1))
    if limits.established and term.protocols == ("tcp",) and chance.random() < 0.15:
        term = term._replace(established=True)
    return term


def _holds(names: tuple[str, ...], address: int, family: int) -> bool:
    if not names:
        return True
    found = ipaddress.ip_address(address) if family == 4 else ipaddress.IPv6Address(address)
    return any(
        found in ipaddress.ip_network(text) for name in names for text in NETWORKS[family][name]
    )


def _in_ports(names: tuple[str, ...], port: int) -> bool:
    return not names or any(SERVICES[n][0] <= port <= SERVICES[n][1] for n in names)


def matches(term: Term, packet: Packet) -> bool:
    """Whether every condition of a term holds for a packet."""
    if term.protocols and packet.protocol not in [NUMBERS[p] for p in term.protocols]:
        return False
    if term.icmp_types:
        known = ICMP_TYPES[packet.family]
        if packet.icmp_type not in [known[name] for name in term.icmp_types]:
            return False
    if term.established and not packet.flags & ACK:
        return False
    return (
        _holds(term.sources, packet.src, packet.family)
        and _holds(term.destinations, packet.dst, packet.family)
        and _in_ports(term.source_ports, packet.src_port)
        and _in_ports(term.destination_ports, packet.dst_port)
    )


def permits(terms: tuple[Term, ...], packet: Packet, default: bool) -> bool:
    """What the first term that matches does, or the default."""
    for term in terms:
        if matches(term, packet):
            return term.action == "accept"
    return default


def packets(chance: Random, terms: tuple[Term, ...], limits: Limits, count: int) -> list[Packet]:
    """Packets that a term matches or misses by little."""
    return [_near(chance, chance.choice(terms), limits) for _ in range(count)]


def _address(chance: Random, names: tuple[str, ...], family: int) -> int:
    known = NETWORKS[family]
    name = chance.choice(names) if names and chance.randrange(6) else chance.choice(list(known))
    network = ipaddress.ip_network(chance.choice(known[name]))
    first, last = int(network.network_address), int(network.broadcast_address)
    return chance.choice((first, last, first + (last - first) // 3, first - 1, last + 1))


def _port(chance: Random, names: tuple[str, ...]) -> int:
    name = chance.choice(names) if names and chance.randrange(6) else chance.choice(list(SERVICES))
    low, high = SERVICES[name]
    return chance.choice((low, high, (low + high) // 2, low - 1, min(65535, high + 1)))


def _near(chance: Random, term: Term, limits: Limits) -> Packet:
    family = limits.family
    protocols = term.protocols if term.protocols and chance.randrange(6) else limits.protocols
    protocol = NUMBERS[chance.choice(protocols)]
    flags = chance.choice((SYN, SYN, ACK)) if limits.established else SYN
    kind = 0
    if protocol == (1 if family == 4 else 58):
        kind = chance.choice(list(ICMP_TYPES[family].values()))
    return Packet(
        family,
        _address(chance, term.sources, family),
        _address(chance, term.destinations, family),
        protocol,
        _port(chance, term.source_ports) if protocol in (TCP, UDP) else 0,
        _port(chance, term.destination_ports) if protocol in (TCP, UDP) else 0,
        kind,
        0,
        flags if protocol == TCP else 0,
    )
