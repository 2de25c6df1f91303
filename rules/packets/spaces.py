"""The flow spaces: the packets that a session to the service needs, as sets.

`inside` are the client addresses that can reach the filter, `prefixes` the service's; both are
address terms of either family, and a packet always stays within one family.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsers.model.addresses import AddressTerm
from parsers.model.filters import State
from rules.packets.cubes import ICMP, STATE_BIT, TCP, Box, full_box, shape_of
from rules.packets.flags import CLIENT_SYN, ESTABLISHED_SEGMENTS, SERVER_SEGMENTS
from rules.packets.sets import PacketSet, between

Terms = Sequence[AddressTerm]

EPHEMERAL = (1024, 65535)
"""The ports that a client's system chooses from: ranges differ, all lie in here (RFC 6056, 3.2)."""

ANYWHERE = (AddressTerm(4, 0, 0), AddressTerm(6, 0, 0))
"""All addresses of both families."""


def outbound_syn(inside: Terms, prefixes: Terms, ports: Iterable[int]) -> PacketSet:
    """What opens a session: a lone SYN from an ephemeral port, state new."""
    return between(inside, prefixes, _tcp(EPHEMERAL, ports, CLIENT_SYN, State.NEW))


def outbound_segments(inside: Terms, prefixes: Terms, ports: Iterable[int]) -> PacketSet:
    """What a client sends after its SYN: never a SYN, state established."""
    boxes = _tcp(EPHEMERAL, ports, ESTABLISHED_SEGMENTS, State.ESTABLISHED)
    return between(inside, prefixes, boxes)


def outbound(inside: Terms, prefixes: Terms, ports: Sequence[int]) -> PacketSet:
    """All that a client sends in a session."""
    return outbound_syn(inside, prefixes, ports) | outbound_segments(inside, prefixes, ports)


def return_(inside: Terms, prefixes: Terms, ports: Iterable[int]) -> PacketSet:
    """All that the service sends in a session: never a lone SYN, state established."""
    boxes = [
        (*box[:5], *box[7:9], *box[5:7], *box[9:])
        for box in _tcp(EPHEMERAL, ports, SERVER_SEGMENTS, State.ESTABLISHED)
    ]
    return between(prefixes, inside, boxes)


def ptb_in(inside: Terms, routers: Terms = ANYWHERE) -> PacketSet:
    """Frag-Needed and Packet Too Big from any router on the path to the clients, state related."""
    return between(routers, inside, _ptb())


def ptb_out(prefixes: Terms, sources: Terms = ANYWHERE) -> PacketSet:
    """Frag-Needed and Packet Too Big from clients and routers on the inside to the service."""
    return between(sources, prefixes, _ptb())


def _tcp(client: tuple[int, int], ports: Iterable[int], flags: int, state: State) -> list[Box]:
    return [
        (*full_box(shape_of(family, TCP))[:5], *client, port, port, flags, STATE_BIT[state])
        for family in (4, 6)
        for port in sorted(set(ports))
    ]


def _ptb() -> list[Box]:
    """ICMP type 3 code 4 (RFC 1191) and ICMPv6 type 2 code 0 (RFC 4443, section 3.2)."""
    related = STATE_BIT[State.RELATED]
    return [
        (*full_box(shape_of(4, ICMP))[:5], 3, 3, 4, 4, 1, related),
        (*full_box(shape_of(6, ICMP))[:5], 2, 2, 0, 0, 1, related),
    ]
