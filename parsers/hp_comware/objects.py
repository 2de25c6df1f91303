"""Object groups of Comware: addresses, ports and services.

Source: H3C object group command reference (V7): `network`, `port`, `service`. A group that is not defined, or has
no members, matches nothing there; it is unknown here, since the text may be cut.
"""

from __future__ import annotations

import re

from parsers.model.addresses import AddressTerm, wildcard_term
from parsers.model.filters import IcmpTest, Match, Range, Ranges
from parsers.reader import Statement, Table
from parsers.vrp_style import words
from parsers.vrp_style.draft import Draft
from parsers.vrp_style.groups import RawGroup
from parsers.vrp_style.terms import NotUnderstood, between, object_term, port_ranges, prefix
from parsers.vrp_style.walk import ignored

Found = re.Match[str]


def number(word: str, most: int) -> int:
    """A number up to `most`. Raises NotUnderstood."""
    if not word.isdecimal() or int(word) > most:
        raise NotUnderstood(word)
    return int(word)


def host(text: str) -> AddressTerm:
    """One address of either family. Raises NotUnderstood."""
    return prefix(text, 6 if ":" in text else 4)


def address_terms(tokens: list[str]) -> tuple[AddressTerm, ...]:
    """`host address A`, `subnet A M|L`, `subnet A wildcard W`, `subnet A/L`, `range A B`. Raises
    NotUnderstood."""
    kind, rest = tokens[0], tokens[1:]
    if kind == "host" and len(rest) == 2 and rest[0] == "address":
        return (host(rest[1]),)
    if kind == "range" and len(rest) == 2:
        return between(*rest)
    if kind == "subnet" and len(rest) == 3 and rest[1] == "wildcard":
        try:
            return (wildcard_term(rest[0], rest[2]),)
        except ValueError:
            raise NotUnderstood(" ".join(rest)) from None
    if kind == "subnet" and len(rest) == 2:
        return (object_term(*rest),)
    if kind == "subnet" and len(rest) == 1 and "/" in rest[0]:
        return (host(rest[0]),)
    raise NotUnderstood(" ".join(tokens))


def service_match(tokens: list[str]) -> Match:
    """`tcp [source OP P] [destination OP P]`, `icmp [T C]`, `icmpv6 [T C]`, a protocol number. Raises
    NotUnderstood."""
    protocol = words.PROTOCOLS.get(tokens[0])
    if protocol is None:
        protocol = number(tokens[0], 255)
    rest = tokens[1:]
    family = {1: 4, 58: 6}.get(protocol, 0)
    if protocol in (1, 58):
        icmp = None
        if rest:
            kind = number(rest[0], 255)
            code = number(rest[1], 255) if len(rest) > 1 else None
            icmp = (IcmpTest(kind) if code is None else IcmpTest(kind, code, code),)
        if len(rest) > 2:
            raise NotUnderstood(" ".join(rest))
        return Match(family=family, protocols=((protocol, protocol),), icmp=icmp)
    found: dict[str, Ranges] = {}
    words_left = iter(rest)
    for side in words_left:
        if side not in ("source", "destination") or side in found or protocol not in (6, 17, 132):
            raise NotUnderstood(side)
        operator = next(words_left, "")
        found[side] = port_ranges(operator, lambda: number(next(words_left, ""), 65535))
    return Match(
        protocols=((protocol, protocol),),
        src_ports=found.get("source"),
        dst_ports=found.get("destination"),
    )


# -- the views ----------------------------------------------------------------------------------------------------


def address_group(state: Draft, match: Found, line: int) -> None:
    """`object-group ip address G`, `object-group ipv6 address G`."""
    state.subject = match["name"]
    state.group = match["name"].lower()
    state.networks.setdefault(state.group, RawGroup(line))


def network(state: Draft, match: Found, line: int) -> bool | None:
    """`[ID] network host|subnet|range|group-object|exclude|user …`."""
    group = state.networks[state.group or ""]
    tokens = match["what"].split()
    if tokens[0] == "group-object" and len(tokens) == 2:
        group.nested.append(tokens[1].lower())
        return None
    if tokens[0] in ("user", "user-group") or tokens[:2] == ["host", "name"]:
        group.doubts.append(f"{state.group} has a member {match[0]!r}")
        return None
    try:
        if tokens[0] == "exclude":
            group.removed.extend(address_terms(["host", "address", *tokens[1:]]))
        else:
            group.items.extend(address_terms(tokens))
    except (NotUnderstood, IndexError):
        group.doubts.append(f"{state.group} has a line that is not understood: {match[0]!r}")
        return False
    return None


def port_group(state: Draft, match: Found, line: int) -> None:
    """`object-group port G`."""
    state.subject = match["name"]
    state.group = match["name"].lower()
    state.ports.setdefault(state.group, RawGroup(line))


def port(state: Draft, match: Found, line: int) -> bool | None:
    """`[ID] port eq|gt|lt|range …`, `port group-object G`."""
    group = state.ports[state.group or ""]
    tokens = match["what"].split()
    if tokens[0] == "group-object" and len(tokens) == 2:
        group.nested.append(tokens[1].lower())
        return None
    rest = iter(tokens[1:])
    try:
        ranges: tuple[Range, ...] = port_ranges(tokens[0], lambda: number(next(rest, ""), 65535))
        if next(rest, None) is not None:
            raise NotUnderstood(match[0])
    except NotUnderstood:
        group.doubts.append(f"{state.group} has a line that is not understood: {match[0]!r}")
        return False
    group.items.extend(ranges)
    return None


def service_group(state: Draft, match: Found, line: int) -> None:
    """`object-group service G`."""
    state.subject = match["name"]
    state.group = match["name"].lower()
    state.services.setdefault(state.group, RawGroup(line))


def service(state: Draft, match: Found, line: int) -> bool | None:
    """`[ID] service tcp …`, `service group-object G`."""
    group = state.services[state.group or ""]
    tokens = match["what"].split()
    if tokens[0] == "group-object" and len(tokens) == 2:
        group.nested.append(tokens[1].lower())
        return None
    try:
        group.items.append(service_match(tokens))
    except (NotUnderstood, IndexError):
        group.doubts.append(f"{state.group} has a line that is not understood: {match[0]!r}")
        return False
    return None


def odd_line(state: Draft, match: Found, line: int) -> bool:
    """A line of a group that is not understood."""
    doubt = f"{state.group} has a line that is not understood: {match[0]!r}"
    name = state.group or ""
    if name in state.networks:
        state.networks[name].doubts.append(doubt)
    if name in state.ports:
        state.ports[name].doubts.append(doubt)
    if name in state.services:
        state.services[name].doubts.append(doubt)
    return False


_TEXT = (
    *ignored("text", "description", "security-zone"),
    Statement(r"object \d+ description .*", reason="text"),
)
_REST = Statement(r"(?P<what>\S.*)", odd_line)
ADDRESS: Table[Draft] = Table(
    (*_TEXT, Statement(r"(?:\d+ )?network (?P<what>\S.*)", network, topic="groups"), _REST),
    missed="filter",
)
PORT: Table[Draft] = Table(
    (*_TEXT, Statement(r"(?:\d+ )?port (?P<what>\S.*)", port, topic="groups"), _REST),
    missed="filter",
)
SERVICE: Table[Draft] = Table(
    (*_TEXT, Statement(r"(?:\d+ )?service (?P<what>\S.*)", service, topic="groups"), _REST),
    missed="filter",
)
NAME = r"(?P<name>\S+|\".*\")"
STATEMENTS: tuple[Statement, ...] = (
    Statement(rf"object-group (?:ip|ipv6) address {NAME}", address_group, table=ADDRESS),
    Statement(rf"object-group service {NAME}", service_group, table=SERVICE),
    Statement(rf"object-group port {NAME}", port_group, table=PORT),
    Statement(
        r"object-group mac-address .*",
        reason="addresses of layer 2",
        table=Table(ignored("addresses of layer 2", r"\S+")),
    ),
)
