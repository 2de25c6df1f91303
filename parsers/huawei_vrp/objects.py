"""Address sets, service sets, and the pools of access lists.

Sources: Huawei USG command reference (`address`, `service protocol`, object view): `A LENGTH`, `A mask M` with a
netmask, `A W` with a wildcard mask, where `0` is a host; CloudEngine command reference (`acl ip-pool`).
"""

from __future__ import annotations

import re

from parsers.model.addresses import AddressTerm
from parsers.model.filters import IcmpTest, Match, Ranges
from parsers.reader import Statement, Table
from parsers.vrp_style import words
from parsers.vrp_style.draft import Draft
from parsers.vrp_style.groups import RawGroup, merged
from parsers.vrp_style.terms import (
    NotUnderstood,
    between,
    object_term,
    port_ranges,
    prefix,
    rule_term,
)
from parsers.vrp_style.walk import ignored

Found = re.Match[str]


def address_terms(tokens: list[str]) -> tuple[AddressTerm, ...]:
    """The addresses of `A LENGTH`, `A mask M`, `A WILDCARD`, `range A B`, `A/LENGTH`, `any`. Raises
    NotUnderstood."""
    if tokens == ["any"]:
        return (AddressTerm(4, 0, 0), AddressTerm(6, 0, 0))
    if tokens[:1] == ["range"] and len(tokens) == 3:
        return between(tokens[1], tokens[2])
    if len(tokens) == 3 and tokens[1] == "mask":
        return (object_term(tokens[0], tokens[2]),)
    if len(tokens) == 1 and "/" in tokens[0]:
        return (prefix(tokens[0], 6 if ":" in tokens[0] else 4),)
    if len(tokens) != 2:
        raise NotUnderstood(" ".join(tokens))
    family = 6 if ":" in tokens[0] else 4
    return (rule_term(family, tokens[0], tokens[1], lengths=True),)


def service_matches(tokens: list[str]) -> tuple[Match, ...]:
    """The packets of `protocol P [source-port …] [destination-port …] [icmp-type …]`. Raises NotUnderstood."""
    if not tokens or tokens[0] != "protocol" or len(tokens) < 2:
        raise NotUnderstood(" ".join(tokens))
    number = words.PROTOCOLS.get(tokens[1])
    if number is None:
        number = _number(tokens[1], 255)
    found = {"source-port": _ALL, "destination-port": _ALL}
    icmp: list[IcmpTest] = []
    at = 2
    while at < len(tokens):
        word = tokens[at]
        at += 1
        end = at
        while end < len(tokens) and tokens[end] not in _SERVICE_WORDS:
            end += 1
        if word in found and number in (6, 17, 132) and end > at:
            found[word] = _ports(tokens[at:end])
        elif word in ("icmp-type", "icmpv6-type") and number in (1, 58) and end > at:
            icmp.append(_icmp(tokens[at:end], number))
        else:
            raise NotUnderstood(word)
        at = end
    src, dst = found["source-port"], found["destination-port"]
    return (
        Match(
            family={1: 4, 58: 6}.get(number, 0),
            protocols=((number, number),),
            src_ports=None if src == _ALL else src,
            dst_ports=None if dst == _ALL else dst,
            icmp=tuple(icmp) or None,
        ),
    )


_ALL: Ranges = ((0, 65535),)
_SERVICE_WORDS = frozenset({"source-port", "destination-port", "icmp-type", "icmpv6-type"})


def _number(word: str, most: int) -> int:
    if not word.isdecimal() or int(word) > most:
        raise NotUnderstood(word)
    return int(word)


def _ports(tokens: list[str]) -> Ranges:
    """`80 443 8000 to 8010`."""
    found = []
    at = 0
    while at < len(tokens):
        low = high = _number(tokens[at], 65535)
        at += 1
        if tokens[at : at + 1] == ["to"]:
            high = _number(tokens[at + 1] if at + 1 < len(tokens) else "", 65535)
            at += 2
        if low > high:
            raise NotUnderstood(f"{low} to {high}")
        found.append((low, high))
    return merged(found)


def _icmp(tokens: list[str], number: int) -> IcmpTest:
    """`NAME`, `T C`, `T C to C2`."""
    if len(tokens) == 1 and not tokens[0].isdecimal():
        named = (words.ICMP if number == 1 else words.ICMP6).get(tokens[0].lower())
        if named is None:
            raise NotUnderstood(tokens[0])
        return named
    kind = _number(tokens[0], 255)
    if len(tokens) == 1:
        return IcmpTest(kind)
    low = _number(tokens[1], 255)
    if len(tokens) == 2:
        return IcmpTest(kind, low, low)
    if len(tokens) == 4 and tokens[2] == "to":
        return IcmpTest(kind, low, _number(tokens[3], 255))
    raise NotUnderstood(" ".join(tokens))


# -- the views ----------------------------------------------------------------------------------------------------


def address_set(state: Draft, match: Found, line: int) -> None:
    """`ip address-set N type object|group`, `acl ip-pool N`."""
    state.group = state.subject = match["name"]
    state.networks.setdefault(match["name"], RawGroup(line))


def address(state: Draft, match: Found, line: int) -> bool | None:
    """`address [ID] …` of an address set, `ip address A W` of a pool."""
    group = state.networks[state.group or ""]
    text = match["what"].partition(" description ")[0]
    tokens = text.split()
    if tokens[0] == "address-set" and len(tokens) == 2:
        group.nested.append(tokens[1])
        return None
    try:
        group.items.extend(address_terms(tokens))
    except NotUnderstood:
        group.doubts.append(f"{state.group} has a line that is not understood: {match[0]!r}")
        return False
    return None


def service_set(state: Draft, match: Found, line: int) -> None:
    """`ip service-set N type object|group`."""
    state.group = state.subject = match["name"]
    state.services.setdefault(match["name"], RawGroup(line))


def service(state: Draft, match: Found, line: int) -> bool | None:
    """`service [ID] protocol …` or `service [ID] service-set N`."""
    group = state.services[state.group or ""]
    tokens = match["what"].partition(" description ")[0].split()
    if tokens[0] == "service-set" and len(tokens) == 2:
        group.nested.append(tokens[1])
        return None
    try:
        group.items.extend(service_matches(tokens))
    except NotUnderstood:
        group.doubts.append(f"{state.group} has a line that is not understood: {match[0]!r}")
        return False
    return None


def port_pool(state: Draft, match: Found, line: int) -> None:
    """`acl port-pool N`."""
    state.group = state.subject = match["name"]
    state.ports.setdefault(match["name"], RawGroup(line))


def ports(state: Draft, match: Found, line: int) -> bool | None:
    """`eq|gt|lt P`, `range P P2` of a port pool."""
    group = state.ports[state.group or ""]
    rest = iter(match["ports"].split())
    try:
        group.items.extend(port_ranges(match["operator"], lambda: _number(next(rest, ""), 65535)))
    except NotUnderstood:
        group.doubts.append(f"{state.group} has a line that is not understood: {match[0]!r}")
        return False
    return None


def odd_address(state: Draft, match: Found, line: int) -> bool:
    """A member that is no address, or damage."""
    state.networks[state.group or ""].doubts.append(f"{state.group} has a line {match[0]!r}")
    return False


def odd_service(state: Draft, match: Found, line: int) -> bool:
    """A line of a service set that is not understood."""
    state.services[state.group or ""].doubts.append(f"{state.group} has a line {match[0]!r}")
    return False


def odd_ports(state: Draft, match: Found, line: int) -> bool:
    """A line of a port pool that is not understood."""
    state.ports[state.group or ""].doubts.append(f"{state.group} has a line {match[0]!r}")
    return False


_ID = r"(?:\d+ (?=\S))?"
_TEXT = ignored("text", "description", "remark")

ADDRESS_SET: Table[Draft] = Table(
    (
        *_TEXT,
        Statement(rf"(?:ip )?address {_ID}(?P<what>\S.*)", address, topic="groups"),
        Statement(r"(?P<what>\S.*)", odd_address),
    ),
    missed="filter",
)
SERVICE_SET: Table[Draft] = Table(
    (
        *_TEXT,
        Statement(rf"service {_ID}(?P<what>\S.*)", service, topic="groups"),
        Statement(r"(?P<what>\S.*)", odd_service),
    ),
    missed="filter",
)
PORT_POOL: Table[Draft] = Table(
    (
        *_TEXT,
        Statement(r"(?P<operator>eq|gt|lt|range) (?P<ports>.+)", ports, topic="groups"),
        Statement(r"(?P<what>\S.*)", odd_ports),
    ),
    missed="filter",
)
STATEMENTS: tuple[Statement, ...] = (
    Statement(r"ip(?:v6)? address-set (?P<name>\S+)(?: type (?:object|group))?", address_set, table=ADDRESS_SET),
    Statement(r"ip service-set (?P<name>\S+)(?: type (?:object|group))?(?: \d+)?", service_set, table=SERVICE_SET),
    Statement(r"acl (?:ipv6 )?ip-pool (?P<name>\S+)", address_set, table=ADDRESS_SET),
    Statement(r"acl port-pool (?P<name>\S+)", port_pool, table=PORT_POOL),
)  # fmt: skip
