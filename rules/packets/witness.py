"""A packet that stands for a set: one that an engineer would believe, and always the same."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.model.addresses import FULL
from parsers.model.filters import State
from rules.packets.cubes import (
    BARE,
    ICMP,
    ICMP_NUMBER,
    LATER,
    PORTS,
    STATE_BIT,
    TCP,
    TCP_NUMBER,
    Box,
    family_of,
    kind_of,
)
from rules.packets.flags import ACK, FIN, PSH, RST, SYN
from rules.packets.packet import Packet

CLIENT_PORT = 50000
SERVICE_PORTS = (443, 22, 80)

FLAG_ORDER = (SYN, SYN | ACK, ACK, PSH | ACK, FIN | ACK, RST | ACK, RST)
ICMP_ORDER = {4: ((3, 4), (8, 0), (0, 0), (11, 0)), 6: ((2, 0), (128, 0), (129, 0), (3, 0))}
ICMP_ERRORS = {4: (3, 4, 5, 11, 12), 6: (1, 2, 3, 4)}
PROTOCOL_ORDER = (TCP_NUMBER, 17, 47, 50)

NEVER_HOSTS = {4: 24, 6: 112}
"""Addresses whose bits from here on are all 0 belong to no host (RFC 6890)."""

EXAMPLES = {
    4: (0xC0000201, 0x0A000001, 0x01000001),  # 192.0.2.1 (RFC 5737), 10.0.0.1, 1.0.0.1
    6: (0x20010DB8 << 96 | 1, 0x2000 << 112 | 1),  # 2001:db8::1 (RFC 3849), 2000::1
}

KIND_RANK = {TCP: 0, ICMP: 1, PORTS: 2, BARE: 3, LATER: 4}
"""What a reader expects to hear of first."""


def plausible(boxes: Iterable[Box]) -> Packet | None:
    """The most plausible packet in any of `boxes`, None if there is none."""
    best: tuple[tuple[int, ...], Packet] | None = None
    for box in boxes:
        packet = _in_box(box)
        score = _score(packet)
        if best is None or score < best[0]:
            best = score, packet
    return None if best is None else best[1]


def _score(packet: Packet) -> tuple[int, ...]:
    """Smaller is more plausible: a session's first packet, host addresses, then the lowest."""
    opens = packet.kind == TCP and packet.flags == SYN
    networks = _looks_like_network(packet.src) + _looks_like_network(packet.dst)
    ports = (packet.dst_port, packet.src_port, packet.icmp_type, packet.icmp_code)
    kind = (KIND_RANK[packet.kind], packet.family, 0 if opens else 1)
    return (*kind, networks, packet.dst, packet.src, *ports, packet.flags, packet.protocol)


def _looks_like_network(address: int) -> bool:
    return address & 0xFF == 0


def _in_box(box: Box) -> Packet:
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = box
    family, kind = family_of(shape), kind_of(shape)
    src, dst = _host(sv, sc, family), _host(dv, dc, family)
    protocol, flags = TCP_NUMBER, 0
    ports, icmp = (0, 0), (0, 0)
    if kind in (TCP, PORTS):
        ports = _ports((al, ah), (bl, bh))
        flags = _first(FLAG_ORDER, bits) if kind == TCP else 0
    if kind == ICMP:
        protocol = ICMP_NUMBER[family]
        icmp = _icmp(family, (al, ah), (bl, bh))
    elif kind != TCP:
        protocol = _first(PROTOCOL_ORDER, bits)
    state = _state(states, kind, flags, kind == ICMP and icmp[0] in ICMP_ERRORS[family])
    return Packet(family, src, dst, protocol, *ports, *icmp, flags, kind == LATER, state)


def _host(value: int, care: int, family: int) -> int:
    """The lowest address of the cube that is not its very first, where it has more than one.

    Where that would be one that no host has (0.0.0.0/8, ::/16) and the cube is wide, an example.
    """
    free = FULL[family] ^ care
    lowest = value | (free & -free)
    if lowest >> NEVER_HOSTS[family] == 0:
        for example in EXAMPLES[family]:
            if example & care == value:
                return example
    return lowest


def _ports(src: tuple[int, int], dst: tuple[int, int]) -> tuple[int, int]:
    """A client's and a service's port, whichever way the packet goes."""
    if src[1] < 1024 <= dst[1]:
        return _service(src), _client(dst)
    return _client(src), _service(dst)


def _client(ports: tuple[int, int]) -> int:
    low, high = ports
    if low <= CLIENT_PORT <= high:
        return CLIENT_PORT
    return 1024 if low < 1024 <= high else low


def _service(ports: tuple[int, int]) -> int:
    low, high = ports
    for port in SERVICE_PORTS:
        if low <= port <= high:
            return port
    return 1 if low == 0 and high > 0 else low


def _icmp(family: int, types: tuple[int, int], codes: tuple[int, int]) -> tuple[int, int]:
    for kind, code in ICMP_ORDER[family]:
        if types[0] <= kind <= types[1] and codes[0] <= code <= codes[1]:
            return kind, code
    return types[0], codes[0]


def _state(states: int, kind: int, flags: int, error: bool) -> State:
    if error:
        order = (State.RELATED, State.ESTABLISHED, State.NEW)
    elif kind == TCP and flags != SYN:
        order = (State.ESTABLISHED, State.NEW, State.RELATED)
    else:
        order = (State.NEW, State.ESTABLISHED, State.RELATED)
    for state in (*order, State.UNTRACKED, State.INVALID):
        if states & STATE_BIT[state]:
            return state
    raise AssertionError("a box without states")


def _first(order: tuple[int, ...], bits: int) -> int:
    for number in order:
        if bits >> number & 1:
            return number
    return (bits & -bits).bit_length() - 1
