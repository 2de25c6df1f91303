"""The values that random rules name, and packets at their edges."""

from __future__ import annotations

import ipaddress
from random import Random

from parsers.model.filters import TcpFlag
from rules.packets.packet import Packet

TCP, UDP, GRE = 6, 17, 47
ICMP = {4: 1, 6: 58}
PREFIXES = {
    4: ("104.192.136.0/21", "104.192.138.0/24", "185.166.140.0/22", "10.20.0.0/16", "10.20.30.0/24", "192.0.2.9/32"),
    6: ("2401:1d80:3000::/36", "2401:1d80:3216::/48", "2001:db8:1::/48", "2001:db8:1:2::7/128"),
}  # fmt: skip
RANGES = {
    4: (("104.192.137.5", "104.192.140.250"), ("10.20.7.1", "10.20.31.200")),
    6: (("2401:1d80:3000::5", "2401:1d80:3fff::9"), ("2001:db8:1::2", "2001:db8:1:1::")),
}
PORTS = (22, 80, 443, 1023, 1024, 8080, 50000, 65535)
PORT_RANGES = ((1, 1023), (440, 450), (1024, 65535), (49152, 50000))
TYPES = {4: ((0, 0), (3, 1), (3, 4), (8, 0), (11, 0)), 6: ((1, 1), (2, 0), (3, 0), (128, 0))}
FLAGS = tuple(
    int(flags)
    for flags in (
        TcpFlag.SYN, TcpFlag.ACK, TcpFlag.SYN | TcpFlag.ACK, TcpFlag.RST, TcpFlag.FIN | TcpFlag.ACK,
        TcpFlag.ACK | TcpFlag.PSH,
    )
)  # fmt: skip


def prefix(chance: Random, family: int) -> str:
    """A prefix that rules name."""
    return chance.choice(PREFIXES[family])


def ports(chance: Random) -> tuple[int, int]:
    """A port or a port range that rules name."""
    if chance.randrange(2):
        port = chance.choice(PORTS)
        return port, port
    return chance.choice(PORT_RANGES)


def address(chance: Random, family: int) -> int:
    """An address at an edge of what rules name."""
    if chance.randrange(3) == 0:
        first, last = (int(ipaddress.ip_address(a)) for a in chance.choice(RANGES[family]))
    else:
        network = ipaddress.ip_network(prefix(chance, family))
        first, last = int(network.network_address), int(network.broadcast_address)
    return chance.choice((first, last, first + (last - first) // 3, first - 1, last + 1))


def port(chance: Random) -> int:
    """A port at an edge of what rules name."""
    low, high = ports(chance)
    return chance.choice((low, high, max(1, low - 1), min(65535, high + 1)))


def packet(chance: Random, family: int, *, first_only: bool, fragments: bool) -> Packet:
    """A packet; with `first_only` one that opens a flow, as connection tracking sees it."""
    protocol = chance.choice((TCP, TCP, TCP, UDP, ICMP[family], GRE))
    flags = FLAGS[0] if first_only else chance.choice(FLAGS)
    kind = chance.choice(TYPES[family])
    if first_only:
        kind = (8, 0) if family == 4 else (128, 0)
    return Packet(
        family,
        address(chance, family),
        address(chance, family),
        protocol,
        port(chance) if protocol in (TCP, UDP) else 0,
        port(chance) if protocol in (TCP, UDP) else 0,
        *(kind if protocol == ICMP[family] else (0, 0)),
        flags if protocol == TCP else 0,
        fragments and chance.randrange(6) == 0,
    )
