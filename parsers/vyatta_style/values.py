"""Values of rules and groups: addresses with `!` and ranges, port lists, ICMP messages, flags.

Sources: vyatta-cfg-firewall `AddressFilter.pm`, `Rule.pm` (1.2, 1.3, the base of EdgeOS); vyos-1x
`python/vyos/firewall.py` (1.4 on). A function gives None for what is none of its values.
"""

from __future__ import annotations

import ipaddress
from socket import AF_INET, AF_INET6, inet_pton
from typing import NamedTuple

from parsers.model.addresses import AddressTerm, range_terms
from parsers.model.filters import FlagTest, Range, Ranges
from parsers.vyatta_style.names import ALL_FLAGS, FLAGS, PORTS, PROTOCOLS

TOP_PORT, TOP_PROTOCOL = 65535, 255


def merged(ranges: Ranges | list[Range]) -> Ranges:
    """The same numbers as sorted ranges that do not touch."""
    out: list[Range] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)


def complement(ranges: Ranges, top: int) -> Ranges:
    """The numbers from 0 to `top` that are in none of `ranges`."""
    out: list[Range] = []
    start = 0
    for low, high in merged(ranges):
        if low > start:
            out.append((start, low - 1))
        start = high + 1
    if start <= top:
        out.append((start, top))
    return tuple(out)


def intersection(first: Ranges, second: Ranges) -> Ranges:
    """The numbers that are in both."""
    return merged(
        [(max(a, c), min(b, d)) for a, b in first for c, d in second if max(a, c) <= min(b, d)]
    )


class Addresses(NamedTuple):
    """Addresses of one family; `negated` turns them round."""

    family: int
    terms: tuple[AddressTerm, ...]
    negated: bool = False


_CARE = {
    4: tuple(((1 << length) - 1) << (32 - length) for length in range(33)),
    6: tuple(((1 << length) - 1) << (128 - length) for length in range(129)),
}


def prefix(text: str) -> AddressTerm | None:
    """The addresses of `192.0.2.1`, `192.0.2.0/24` or an IPv6 form; host bits are ignored."""
    address, slash, length = text.partition("/")
    family = 6 if ":" in address else 4
    try:
        packed = inet_pton(AF_INET6 if family == 6 else AF_INET, address)
    except (OSError, ValueError):
        return None
    value = int.from_bytes(packed, "big")
    if not slash:
        return AddressTerm(family, value, _CARE[family][-1])
    if not (length.isdecimal() and length.isascii()) or int(length) >= len(_CARE[family]):
        return None
    care = _CARE[family][int(length)]
    return AddressTerm(family, value & care, care)


def addresses(text: str) -> Addresses | None:
    """`192.0.2.1`, `192.0.2.0/24`, `192.0.2.1-192.0.2.9` or an IPv6 form, each with `!` in front."""
    negated = text.startswith("!")
    body = text[1:].strip() if negated else text
    first, dash, last = body.partition("-")
    if not dash:
        found = prefix(body)
        return Addresses(found.family, (found,), negated) if found is not None else None
    try:
        terms = range_terms(first, last)
    except ValueError:
        return None
    return Addresses(terms[0].family, terms, negated)


def masked(text: str, mask: str) -> Addresses | None:
    """An address with a mask of bits that must be equal (`address-mask`), contiguous or not."""
    negated = text.startswith("!")
    try:
        address, care = ipaddress.ip_address(text[negated:]), ipaddress.ip_address(mask)
    except ValueError:
        return None
    if address.version != care.version:
        return None
    bits = int(care)
    if int(address) & ~bits:
        # the comparison is with the whole address: no packet can match
        return Addresses(address.version, (), negated)
    term = AddressTerm(address.version, int(address), bits)
    return Addresses(address.version, (term,), negated)


def port(text: str) -> Range | None:
    """`443`, `1024-65535` or a service name."""
    if text.isdecimal() and text.isascii():
        low = high = int(text)
    elif text.lower() in PORTS:
        low = high = PORTS[text.lower()]
    else:
        first, dash, last = text.partition("-")
        if not dash or not (first.isdecimal() and last.isdecimal() and text.isascii()):
            return None
        low, high = int(first), int(last)
    return (low, high) if low <= high <= TOP_PORT else None


def ports(text: str, each: bool) -> Ranges | None:
    """A list such as `80,443,1000-2000`. With `each` a `!` turns one element round (VyOS 1.4 on), else one in
    front turns the whole list."""
    whole = not each and text.startswith("!")
    wanted: list[Range] = []
    unwanted: list[Range] = []
    for part in (text[1:] if whole else text).split(","):
        negated = each and part.startswith("!")
        found = port(part.strip()[negated:])
        if found is None:
            return None
        (unwanted if negated else wanted).append(found)
    if whole:
        return complement(tuple(wanted), TOP_PORT)
    found_ports = merged(wanted) if wanted else ((0, TOP_PORT),)
    return intersection(found_ports, complement(tuple(unwanted), TOP_PORT))


def protocols(text: str) -> Ranges | None:
    """`tcp`, `!udp`, `tcp_udp`, `47`, `all`; the empty tuple stands for `!all`."""
    negated = text.startswith("!")
    name = text[negated:].lower()
    found: Ranges
    if name == "all":
        found = ((0, TOP_PROTOCOL),)
    elif name == "tcp_udp":
        found = ((6, 6), (17, 17))
    elif name.isdecimal() and name.isascii() and 0 < int(name) <= TOP_PROTOCOL:
        found = ((int(name), int(name)),)
    elif name in PROTOCOLS:
        found = ((PROTOCOLS[name], PROTOCOLS[name]),)
    else:
        return None
    return complement(found, TOP_PROTOCOL) if negated else found


def flag_test(words: list[tuple[str, bool]]) -> FlagTest | None:
    """Flags that must be set (True) and clear (False), by name."""
    mask = value = 0
    for name, is_set in words:
        word = name.lower()
        bits = ALL_FLAGS if word == "all" else int(FLAGS.get(word, 0))
        if not bits:
            return None
        mask |= bits
        if is_set:
            value |= bits
    return FlagTest(mask, value)


def legacy_flags(text: str) -> FlagTest | None:
    """`SYN,!ACK,!FIN,!RST` (1.2, 1.3, EdgeOS)."""
    parts = [part.strip() for part in text.split(",")]
    return flag_test([(part.lstrip("!"), not part.startswith("!")) for part in parts])
