"""Round trips: generate a filter, write it in a platform's syntax, parse it, compare every verdict.

The judge here is the obvious one: the first line whose every condition holds decides. It shares no code with
`rules.packets`, and the text is written by the test, so neither side can hide the other's mistake.

How a platform uses it (`tests/<platform>/test_round_trip.py`)::

    from tests.round_trip import Abilities, Case, cases, compare

    def render(lines: tuple[Line, ...]) -> str:
        ...  # the whole configuration, with the filter called "PROBE" and these lines in this order

    @given(cases(Abilities(family=4, established=True)))
    def test_v4(case: Case) -> None:
        compare("cisco_ios", render(case.lines), "PROBE", case)

`Abilities` says what the syntax can express; nothing else is generated. `default_permit` is what happens to packets
that no line matches. Where a filter is stateful, say `stateful=True`: only first packets of a flow are asked then.
"""

from __future__ import annotations

import ipaddress
from random import Random
from typing import NamedTuple

from hypothesis import note
from hypothesis import strategies as st

from auditor.filters import filters_called
from parsers.model.filters import TcpFlag
from rules.packets.evaluate import decide
from rules.packets.packet import Packet
from rules.packets.verdicts import Outcome
from tests.audit_text import device_of

TCP, UDP = 6, 17
ICMP = {4: 1, 6: 58}
SYN, ACK, RST = int(TcpFlag.SYN), int(TcpFlag.ACK), int(TcpFlag.RST)
Prefix = ipaddress.IPv4Network | ipaddress.IPv6Network
Ports = tuple[int, int]


class Abilities(NamedTuple):
    """What a syntax can say. `port_ranges` False leaves single ports; `other_protocols` are numbers beside
    TCP, UDP and ICMP; `wildcards` are non-contiguous masks (IPv4)."""

    family: int = 4
    source_ports: bool = True
    port_ranges: bool = True
    icmp: bool = True
    icmp_codes: bool = True
    established: bool = False
    wildcards: bool = False
    other_protocols: tuple[int, ...] = (47, 50)
    stateful: bool = False
    any_protocol_ports: bool = False
    default_permit: bool = False
    most_lines: int = 7


class Line(NamedTuple):
    """One entry; None is no condition. An address is a prefix, or with `*_wildcard` (bits that do not count)
    an address with a free pattern. `icmp` is a type and a code or None for all codes."""

    permit: bool
    protocol: int | None = None
    source: Prefix | None = None
    destination: Prefix | None = None
    source_wildcard: int | None = None
    destination_wildcard: int | None = None
    source_ports: Ports | None = None
    destination_ports: Ports | None = None
    icmp: tuple[int, int | None] | None = None
    established: bool = False


class Case(NamedTuple):
    """A filter, and the seed of packets that come close to its edges."""

    lines: tuple[Line, ...]
    seed: int
    abilities: Abilities

    @property
    def packets(self) -> list[Packet]:
        """The packets to ask about."""
        chance = Random(self.seed)
        return [_near(chance, chance.choice(self.lines), self.abilities) for _ in range(PACKETS)]


_SERVICE = {
    4: ("104.192.136.0/21", "185.166.140.0/22", "10.20.0.0/16", "10.20.30.0/24", "192.0.2.7/32", "18.205.93.0/27"),
    6: ("2401:1d80:3000::/36", "2401:1d80:3216::/48", "2001:db8:1::/48", "2001:db8:1:2::/64", "2001:db8::1/128"),
}  # fmt: skip
_PORTS = (0, 1, 22, 80, 443, 1023, 1024, 8080, 49151, 49152, 65535)
_TYPES = {4: ((0, 0), (3, 4), (3, 13), (8, 0), (11, 0)), 6: ((1, 0), (2, 0), (3, 0), (128, 0))}


def _prefixes(family: int) -> st.SearchStrategy[Prefix]:
    bits = 32 if family == 4 else 128
    known = st.sampled_from([ipaddress.ip_network(text) for text in _SERVICE[family]])

    def near(pair: tuple[Prefix, int]) -> Prefix:
        network, length = pair
        return ipaddress.ip_network((int(network.network_address), max(8, length)), strict=False)

    cut = st.tuples(known, st.integers(8, bits)).map(near)
    return st.one_of(known, cut)


def _ports(abilities: Abilities) -> st.SearchStrategy[Ports]:
    one = st.sampled_from(_PORTS).map(lambda p: (p, p))
    if not abilities.port_ranges:
        return one
    pair = st.tuples(st.sampled_from(_PORTS), st.sampled_from(_PORTS)).map(
        lambda p: (min(p), max(p))
    )
    return st.one_of(one, pair.filter(lambda p: p != (0, 65535)))


def _side(draw: st.DrawFn, abilities: Abilities) -> tuple[Prefix | None, int | None]:
    if draw(st.integers(0, 3)) == 0:
        return None, None
    prefix = draw(_prefixes(abilities.family))
    if abilities.wildcards and abilities.family == 4 and draw(st.integers(0, 3)) == 0:
        return prefix, draw(st.sampled_from((0x200, 0x300FF, 0xFF00, 0x010101)))
    return prefix, None


@st.composite
def _line(draw: st.DrawFn, abilities: Abilities) -> Line:
    family = abilities.family
    kinds: list[int | None] = [None, TCP, TCP, TCP, UDP, *abilities.other_protocols]
    if abilities.icmp:
        kinds.append(ICMP[family])
    protocol = draw(st.sampled_from(kinds))
    line = Line(draw(st.booleans()), protocol)
    source, source_free = _side(draw, abilities)
    destination, free = _side(draw, abilities)
    line = line._replace(source=source, source_wildcard=source_free)
    line = line._replace(destination=destination, destination_wildcard=free)
    has_ports = protocol in (TCP, UDP) or (protocol is None and abilities.any_protocol_ports)
    if has_ports and draw(st.booleans()):
        line = line._replace(destination_ports=draw(_ports(abilities)))
    if has_ports and abilities.source_ports and draw(st.integers(0, 3)) == 0:
        line = line._replace(source_ports=draw(_ports(abilities)))
    if protocol == ICMP[family] and draw(st.booleans()):
        kind, code = draw(st.sampled_from(_TYPES[family]))
        line = line._replace(
            icmp=(kind, code if abilities.icmp_codes and draw(st.booleans()) else None)
        )
    if protocol == TCP and abilities.established and draw(st.integers(0, 5)) == 0:
        line = line._replace(established=True)
    return line


PACKETS = 60
"""Packets asked about each filter; they are drawn from one seed, so that the filter is what shrinks."""


def _near_side(chance: Random, line: Line, side: str, family: int) -> int:
    """An address at an edge of what a line names on one side, just beyond it, or one of the service's."""
    full = (1 << (32 if family == 4 else 128)) - 1
    prefix = line.source if side == "source" else line.destination
    free = line.source_wildcard if side == "source" else line.destination_wildcard
    if prefix is None or chance.randrange(8) == 0:
        return int(ipaddress.ip_network(chance.choice(_SERVICE[family])).network_address) + 1
    first, last = int(prefix.network_address), int(prefix.broadcast_address)
    if free is not None:
        return chance.choice((first, first ^ free, first ^ (free & -free), first ^ 0x100))
    inside = (first, last, first + (last - first) // 3)
    outside = (max(0, first - 1), min(full, last + 1))
    return chance.choice(inside + inside + outside)


def _near_port(chance: Random, ports: Ports | None) -> int:
    if ports is None or chance.randrange(8) == 0:
        return chance.choice(_PORTS)
    low, high = ports
    inside = (low, high, (low + high) // 2)
    return chance.choice((*inside, *inside, max(0, low - 1), min(65535, high + 1)))


def _near(chance: Random, line: Line, abilities: Abilities) -> Packet:
    """A packet that a line matches, or misses by little."""
    family = abilities.family
    icmp = ICMP[family]
    known = [TCP, UDP, *abilities.other_protocols]
    if abilities.icmp and not abilities.stateful:
        known.append(icmp)
    protocol = line.protocol
    if protocol not in known or chance.randrange(8) == 0:
        protocol = chance.choice(known)
    flags = SYN if abilities.stateful else chance.choice((SYN, ACK, SYN | ACK, RST))
    kind = chance.choice(_TYPES[family])
    if line.icmp is not None and chance.randrange(4):
        kind = (line.icmp[0], chance.choice((line.icmp[1] or 0, 0, 1)))
    return Packet(
        family,
        _near_side(chance, line, "source", family),
        _near_side(chance, line, "destination", family),
        protocol,
        _near_port(chance, line.source_ports),
        _near_port(chance, line.destination_ports),
        *(kind if protocol == icmp else (0, 0)),
        flags if protocol == TCP else 0,
    )


@st.composite
def cases(draw: st.DrawFn, abilities: Abilities) -> Case:
    """Filters that a syntax with these abilities can say, with packets near their edges."""
    lines = tuple(draw(st.lists(_line(abilities), min_size=1, max_size=abilities.most_lines)))
    return Case(lines, draw(st.integers(0, 1 << 32)), abilities)


def _side_holds(prefix: Prefix | None, free: int | None, address: int) -> bool:
    if prefix is None:
        return True
    if free is None:
        return int(prefix.network_address) <= address <= int(prefix.broadcast_address)
    return (address ^ int(prefix.network_address)) & ~free & 0xFFFFFFFF == 0


def _port_holds(ports: Ports | None, port: int, protocol: int) -> bool:
    return ports is None or (protocol in (TCP, UDP) and ports[0] <= port <= ports[1])


def matches(line: Line, packet: Packet) -> bool:
    """Whether every condition of a line holds for a packet."""
    if line.protocol is not None and line.protocol != packet.protocol:
        return False
    if not _side_holds(line.source, line.source_wildcard, packet.src):
        return False
    if not _side_holds(line.destination, line.destination_wildcard, packet.dst):
        return False
    if not _port_holds(line.source_ports, packet.src_port, packet.protocol):
        return False
    if not _port_holds(line.destination_ports, packet.dst_port, packet.protocol):
        return False
    if line.icmp is not None:
        kind, code = line.icmp
        if packet.icmp_type != kind or code not in (None, packet.icmp_code):
            return False
    return not line.established or bool(packet.flags & (ACK | RST))


def expected(case: Case, packet: Packet) -> bool:
    """Whether the first line that matches permits, or the default does."""
    for line in case.lines:
        if matches(line, packet):
            return line.permit
    return case.abilities.default_permit


def compare(platform: str, text: str, name: str, case: Case) -> None:
    """Parses `text` and asserts that it is understood and that filter `name` agrees about every packet."""
    note(text)
    device = device_of(platform, text)
    assert [line.text for line in device.not_understood] == []
    for packet in case.packets:
        found = filters_called(device, name, packet.family, None)
        assert found, f"no filter called {name}; there are {sorted(device.filters)}"
        one = found[0]
        decision = decide(device.filters, one.key, one.family or packet.family, packet)
        wanted = Outcome.PERMIT if expected(case, packet) else Outcome.DENY
        assert decision.outcome is wanted, f"{packet} at line {decision.line}"
