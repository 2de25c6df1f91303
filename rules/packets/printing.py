"""Packet sets in words and in rows of a table."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import NamedTuple

from parsers.model.addresses import BITS, FULL, AddressTerm
from parsers.model.filters import Ranges
from rules.packets.addresses import joined_ranges, merged
from rules.packets.cubes import (
    ALL_BITS,
    ALL_STATES,
    BARE,
    ICMP,
    LATER,
    PORTS,
    PORTS_BITS,
    STATE_BIT,
    TCP,
    Box,
    Cube,
    bare_bits,
    family_of,
    kind_of,
)
from rules.packets.flags import flags_text

MOST_PREFIXES = 64
"""A cube with holes is printed as prefixes up to so many, else as address/wildcard."""

PROTOCOL_NAMES = {
    1: "ICMP", 2: "IGMP", 4: "IPIP", 6: "TCP", 17: "UDP", 33: "DCCP", 41: "IPv6-in-IP", 47: "GRE",
    50: "ESP", 51: "AH", 58: "ICMPv6", 88: "EIGRP", 89: "OSPF", 103: "PIM", 112: "VRRP",
    115: "L2TP", 132: "SCTP", 136: "UDP-Lite",
}  # fmt: skip
"""IANA protocol numbers that people know by name."""

ICMP_MESSAGES = {
    (4, 3, 4): "fragmentation needed",
    (6, 2, 0): "packet too big",
    (4, 8, 0): "echo",
    (4, 0, 0): "echo reply",
    (6, 128, 0): "echo request",
    (6, 129, 0): "echo reply",
}


class Service(NamedTuple):
    """Packets to one prefix: protocol in words, and the destination ports (`any` if free)."""

    prefix: str
    protocol: str
    ports: str


def prefix_terms(boxes: Iterable[Box], side: str) -> tuple[AddressTerm, ...]:
    """The `src` or `dst` addresses of all boxes as the fewest terms, IPv4 first."""
    first = {"src": 1, "dst": 3}[side]
    cubes: dict[int, set[Cube]] = {4: set(), 6: set()}
    for box in boxes:
        cubes[family_of(box[0])].add((box[first], box[first + 1]))
    return tuple(
        AddressTerm(family, *cube)
        for family in (4, 6)
        for cube in sorted(_as_prefixes(cubes[family], family))
    )


def prefix_texts(boxes: Iterable[Box], side: str) -> tuple[str, ...]:
    """The `src` or `dst` addresses of all boxes as the fewest prefixes, as text."""
    return tuple(term_text(term) for term in prefix_terms(boxes, side))


def term_text(term: AddressTerm) -> str:
    """`192.0.2.0/24`; `192.0.2.0/0.0.255.0` with a wildcard mask where the care mask has holes."""
    free = FULL[term.family] ^ term.care
    address = ipaddress.IPv4Address if term.family == 4 else ipaddress.IPv6Address
    if free & (free + 1):
        return f"{address(term.value)}/{address(free)}"
    return f"{address(term.value)}/{BITS[term.family] - free.bit_length()}"


def _as_prefixes(cubes: Iterable[Cube], family: int) -> list[Cube]:
    """The fewest prefixes, and what cubes with holes are left that would take too many."""
    joined = merged(cubes, family)
    full = FULL[family]
    plain: list[Cube] = []
    for value, care in joined:
        free = full ^ care
        # Bits above the lowest care bit that are free: each of them doubles the prefixes.
        holes = free & ~((care & -care) - 1)
        if holes.bit_count() > MOST_PREFIXES.bit_length() - 1:
            plain.append((value, care))
            continue
        part = 0
        while True:
            plain.append((value | part, care | holes))
            part = (part - holes) & holes
            if not part:
                break
    return merged(plain, family)


def port_ranges(boxes: Iterable[Box], side: str) -> Ranges:
    """The `src` or `dst` ports of the boxes that have ports."""
    first = {"src": 5, "dst": 7}[side]
    return tuple(
        joined_ranges(
            (box[first], box[first + 1]) for box in boxes if kind_of(box[0]) in (TCP, PORTS)
        )
    )


def ports_text(ranges: Ranges) -> str:
    """Ranges as `22, 443, 8000-8080`; `any` for all ports."""
    if ranges == ((0, 65535),):
        return "any"
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges)


def services(boxes: Iterable[Box]) -> tuple[Service, ...]:
    """Rows of destination prefix, protocol and destination ports, ordered by prefix."""
    by_service: dict[tuple[int, str, tuple[int, int]], set[Cube]] = {}
    for box in boxes:
        kind = kind_of(box[0])
        ports = (box[7], box[8]) if kind in (TCP, PORTS) else (0, 65535)
        key = (family_of(box[0]), protocol_text(box), ports)
        by_service.setdefault(key, set()).add((box[3], box[4]))
    by_prefix: dict[tuple[AddressTerm, str], list[tuple[int, int]]] = {}
    for (family, protocol, ports), cubes in by_service.items():
        for cube in _as_prefixes(cubes, family):
            by_prefix.setdefault((AddressTerm(family, *cube), protocol), []).append(ports)
    return tuple(
        Service(
            term_text(term), protocol, ports_text(tuple(joined_ranges(by_prefix[term, protocol])))
        )
        for term, protocol in sorted(by_prefix)
    )


def protocol_text(box: Box) -> str:
    """The protocol of a box in words, with the message for ICMP."""
    kind, family, bits = kind_of(box[0]), family_of(box[0]), box[9]
    if kind == TCP:
        return "TCP"
    if kind == ICMP:
        return _icmp_text(family, box)
    numbers = [number for number in range(256) if bits >> number & 1]
    every = {PORTS: PORTS_BITS, BARE: bare_bits(family), LATER: ALL_BITS}[kind]
    if bits == every:
        name = {PORTS: "UDP and others with ports", BARE: "other protocols", LATER: "any protocol"}[
            kind
        ]
    elif len(numbers) > 8:
        name = f"{len(numbers)} protocols from {protocol_name(numbers[0])} on"
    else:
        name = ", ".join(protocol_name(number) for number in numbers)
    return f"later fragments of {name}" if kind == LATER else name


def protocol_name(number: int) -> str:
    """`TCP` for 6, `protocol 99` for one that has no common name."""
    return PROTOCOL_NAMES.get(number, f"protocol {number}")


def _icmp_text(family: int, box: Box) -> str:
    name = "ICMP" if family == 4 else "ICMPv6"
    types, codes = (box[5], box[6]), (box[7], box[8])
    if types == (0, 255) and codes == (0, 255):
        return name
    text = f"{name} type {_range_text(types)}"
    if codes != (0, 255):
        text += f" code {_range_text(codes)}"
    if types[0] == types[1] and codes[0] == codes[1]:
        message = ICMP_MESSAGES.get((family, types[0], codes[0]))
        text += f" ({message})" if message else ""
    return text


def _range_text(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}-{pair[1]}"


def described(boxes: list[Box], most: int) -> str:
    """Boxes in words, parts with the same fields beside addresses said once."""
    if not boxes:
        return "no packets"
    parts: dict[str, list[Box]] = {}
    for box in boxes:
        parts.setdefault(_rest_text(box) + f"|{box[1]}/{box[2]}", []).append(box)
    texts = []
    for key, group in parts.items():
        rest = key.partition("|")[0]
        where = f"{_side_text(group, 'src')} to {_side_text(group, 'dst')}"
        protocol, _, conditions = rest.partition(", ")
        texts.append(f"{protocol} from {where}" + (f", {conditions}" if conditions else ""))
    if len(texts) > most:
        texts[most:] = [f"and {len(texts) - most} more parts"]
    return "; ".join(texts)


def _side_text(boxes: list[Box], side: str) -> str:
    texts = prefix_texts(boxes, side)
    if texts in (("0.0.0.0/0",), ("::/0",)):
        return "any IPv4" if texts[0] == "0.0.0.0/0" else "any IPv6"
    if len(texts) > 4:
        return ", ".join(texts[:3]) + f" and {len(texts) - 3} more"
    return ", ".join(texts)


def _rest_text(box: Box) -> str:
    """Protocol and conditions; the protocol ends at the first comma."""
    kind = kind_of(box[0])
    words = [protocol_text(box).replace(", ", "/")]
    if kind in (TCP, PORTS):
        for name, low, high in (("source", box[5], box[6]), ("destination", box[7], box[8])):
            if (low, high) != (0, 65535):
                words.append(f"{name} port {_range_text((low, high))}")
    if kind == TCP and box[9] != ALL_BITS:
        words.append(flags_text(box[9]).replace(", ", " or "))
    if box[10] != ALL_STATES:
        names = [state.value for state, bit in STATE_BIT.items() if box[10] & bit]
        words.append("state " + " or ".join(names))
    return ", ".join(words)
