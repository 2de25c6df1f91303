"""One concrete packet, as far as a filter can tell packets apart."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from parsers.model.addresses import FULL
from parsers.model.filters import State, TcpFlag
from rules.errors import BadPacket
from rules.packets.cubes import (
    BARE,
    ICMP,
    ICMP_NUMBER,
    LATER,
    PORT_NUMBERS,
    PORTS,
    STATE_BIT,
    TCP,
    TCP_NUMBER,
    Box,
    shape_of,
)

SYN_ONLY = int(TcpFlag.SYN)


class Packet(NamedTuple):
    """A packet; addresses are integers.

    Fields that its kind does not carry (ports of an ICMP message, everything of layer 4 in a later
    fragment) are ignored: packets that differ only there are the same.
    """

    family: int
    src: int
    dst: int
    protocol: int
    src_port: int = 0
    dst_port: int = 0
    icmp_type: int = 0
    icmp_code: int = 0
    flags: int = 0
    later_fragment: bool = False
    state: State = State.NEW

    @property
    def kind(self) -> int:
        """TCP, PORTS, ICMP, BARE or LATER (cubes.py)."""
        if self.later_fragment:
            return LATER
        if self.protocol == TCP_NUMBER:
            return TCP
        if self.protocol in PORT_NUMBERS:
            return PORTS
        return ICMP if self.protocol == ICMP_NUMBER[self.family] else BARE

    def box(self) -> Box:
        """The box that holds this packet alone.

        Raises BadPacket if a field is out of its range.
        """
        kind = self.kind
        first = second = 0
        bits = 1 << self.protocol if 0 <= self.protocol <= 255 else 0
        if kind in (TCP, PORTS):
            first, second = self.src_port, self.dst_port
            _within("port", 65535, first, second)
            if kind == TCP:
                _within("TCP flag byte", 255, self.flags)
                bits = 1 << self.flags
        elif kind == ICMP:
            first, second, bits = self.icmp_type, self.icmp_code, 1
            _within("ICMP type or code", 255, first, second)
        full = FULL[self.family]
        _within("protocol", 255, self.protocol)
        _within("address", full, self.src, self.dst)
        cubes = (self.src, full, self.dst, full)
        ranges = (first, first, second, second)
        return (shape_of(self.family, kind), *cubes, *ranges, bits, STATE_BIT[self.state])

    @property
    def src_text(self) -> str:
        """The source address as text."""
        return address_text(self.family, self.src)

    @property
    def dst_text(self) -> str:
        """The destination address as text."""
        return address_text(self.family, self.dst)


def packet(
    src: str,
    dst: str,
    protocol: int = TCP_NUMBER,
    src_port: int = 50000,
    dst_port: int = 443,
    *,
    icmp: tuple[int, int] = (0, 0),
    flags: int = SYN_ONLY,
    later_fragment: bool = False,
    state: State = State.NEW,
) -> Packet:
    """A packet from addresses as text; without more, the SYN of a session to port 443.

    Raises BadPacket if an address is none, or the two are of different families.
    """
    try:
        one, other = ipaddress.ip_address(src), ipaddress.ip_address(dst)
    except ValueError as error:
        raise BadPacket(str(error)) from error
    if one.version != other.version:
        raise BadPacket(f"{src} and {dst} are of different families")
    addresses = (one.version, int(one), int(other))
    ports = (src_port, dst_port)
    return Packet(*addresses, protocol, *ports, *icmp, flags, later_fragment, state)


def address_text(family: int, value: int) -> str:
    """An address as text; IPv6 in the form of RFC 5952."""
    if family == 4:
        return str(ipaddress.IPv4Address(value))
    return str(ipaddress.IPv6Address(value))


def _within(what: str, top: int, *values: int) -> None:
    for value in values:
        if not 0 <= value <= top:
            raise BadPacket(f"{value} is no {what} (0 to {top})")
