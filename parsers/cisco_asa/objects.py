"""`name`, `object` and `object-group`: what access lists call addresses, services and ICMP types.

Sources: Cisco ASA command reference, `object network`, `object service`, `object-group`, `name`. Objects and
object groups share one name space, so each kind is kept in one table.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from socket import AF_INET, inet_pton
from typing import TypeVar

from parsers.cisco_asa import names
from parsers.cisco_asa.draft import AsaDraft
from parsers.cisco_asa.nat import object_nat
from parsers.cisco_style.entries import NotUnderstood, complement, host_term
from parsers.cisco_style.filter_lines import block_lines
from parsers.cisco_style.groups import RawGroup
from parsers.model.addresses import AddressTerm, prefix_term, range_terms
from parsers.model.filters import IcmpTest, Match, Range, Ranges

Found = re.Match[str]
T = TypeVar("T")
_TABLES = {"tcp": names.TCP_PORTS, "udp": names.UDP_PORTS, "sctp": names.TCP_PORTS}
_ALL_PORTS = {**names.UDP_PORTS, **names.TCP_PORTS}
OPERATORS = frozenset({"eq", "neq", "lt", "gt", "range"})


def name(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`name ADDRESS NAME [description T]`."""
    try:
        ipaddress.ip_address(match["address"])
    except ValueError:
        return False
    state.names[match["name"]] = match["address"]
    return None


def resolved(state: AsaDraft, word: str) -> str:
    """The address that `word` stands for: itself, or what `name` says."""
    return state.names.get(word, word)


def is_mask(word: str) -> bool:
    """Whether a word looks like an IPv4 mask."""
    return word.count(".") == 3 and word.replace(".", "").isdecimal()


def mask_length(mask: str) -> int:
    """The length of a netmask. Raises ValueError for a wildcard mask, or one with holes."""
    value = int(ipaddress.IPv4Address(mask))
    length = value.bit_count()
    if value != (0xFFFFFFFF << (32 - length)) & 0xFFFFFFFF:
        raise ValueError(f"{mask} is no netmask")
    return length


def address_terms(state: AsaDraft, tokens: list[str]) -> tuple[AddressTerm, ...]:
    """`host A`, `A MASK`, `P/LEN`, `range A B`, `any`, `any4`, `any6`. Raises ValueError for anything else."""
    word = tokens[0]
    if word in ("any", "any4", "any6") and len(tokens) == 1:
        both = (AddressTerm(4, 0, 0), AddressTerm(6, 0, 0))
        return both if word == "any" else both[:1] if word == "any4" else both[1:]
    if word == "host" and len(tokens) == 2:
        host = resolved(state, tokens[1])
        if "/" in host:
            raise NotUnderstood(host)
        return (host_term(6 if ":" in host else 4, host),)
    if word == "range" and len(tokens) == 3:
        return range_terms(resolved(state, tokens[1]), resolved(state, tokens[2]))
    if len(tokens) == 2:
        try:
            care = int.from_bytes(inet_pton(AF_INET, tokens[1]), "big")
            value = int.from_bytes(inet_pton(AF_INET, resolved(state, word)), "big")
        except OSError:
            raise NotUnderstood(" ".join(tokens)) from None
        return (AddressTerm(4, value & care, care),)
    if len(tokens) == 1 and "/" in word:
        base, _, length = word.partition("/")
        if not length.isdecimal():
            raise NotUnderstood(word)
        return (prefix_term(f"{resolved(state, base)}/{length}"),)
    raise NotUnderstood(word)


def port(word: str, protocol: str) -> int:
    """A port by number or name. Raises NotUnderstood."""
    if word.isdecimal() and len(word) < 6 and int(word) <= 65535:
        return int(word)
    table = _TABLES.get(protocol, _ALL_PORTS)
    if word not in table:
        raise NotUnderstood(word)
    return table[word]


def port_ranges(tokens: list[str], protocol: str) -> Ranges:
    """`eq P`, `neq P`, `lt P`, `gt P`, `range P Q`. Raises NotUnderstood."""
    operator = tokens[0] if tokens else ""
    if operator == "range" and len(tokens) == 3:
        low, high = port(tokens[1], protocol), port(tokens[2], protocol)
        return ((min(low, high), max(low, high)),)
    if operator not in OPERATORS or operator == "range" or len(tokens) != 2:
        raise NotUnderstood(" ".join(tokens))
    value = port(tokens[1], protocol)
    if operator == "eq":
        return ((value, value),)
    if operator == "neq":
        return complement(((value, value),))
    if operator == "lt":
        return ((0, value - 1),) if value else ()
    return ((value + 1, 65535),) if value < 65535 else ()


def icmp_test(tokens: list[str], protocol: str) -> IcmpTest:
    """An ICMP type by name or number, with a code perhaps. Raises NotUnderstood."""
    table = names.ICMP6 if protocol == "icmp6" else names.ICMP
    word = tokens[0]
    found = table.get(word)
    if found is None:
        if not word.isdecimal() or int(word) > 255:
            raise NotUnderstood(word)
        found = IcmpTest(int(word))
    if len(tokens) == 2:
        if not tokens[1].isdecimal() or int(tokens[1]) > 255:
            raise NotUnderstood(tokens[1])
        return IcmpTest(found.type, int(tokens[1]), int(tokens[1]))
    if len(tokens) > 2:
        raise NotUnderstood(tokens[2])
    return found


def protocol_number(word: str) -> int | None:
    """A protocol by name or number, None for `ip`. Raises NotUnderstood."""
    if word in ("ip", "ip4", "ip6"):
        return None
    if word.isdecimal() and int(word) <= 255:
        return int(word)
    number = names.PROTOCOLS.get(word)
    if number is None:
        raise NotUnderstood(word)
    return number


def family_of(protocol: str) -> int:
    """The family that a protocol word implies, 0 for none."""
    return {"icmp": 4, "1": 4, "icmp6": 6, "58": 6}.get(protocol, 0)


def services(tokens: list[str]) -> list[Match]:
    """`tcp|udp|tcp-udp|sctp [source OP P] [[destination] OP P]`, `icmp|icmp6 [TYPE [CODE]]`, a protocol."""
    if not tokens:
        raise NotUnderstood("")
    found = []
    for protocol in ("tcp", "udp") if tokens[0] == "tcp-udp" else (tokens[0],):
        number = protocol_number(protocol)
        protocols = None if number is None else ((number, number),)
        rest = tokens[1:]
        icmp = src = dst = None
        if number in (6, 17, 132):
            src, rest = _side(rest, "source", protocol)
            dst, rest = _side(rest, "destination", protocol)
        elif number in (1, 58) and rest:
            icmp = (icmp_test(rest, "icmp6" if number == 58 else "icmp"),)
            rest = []
        if rest:
            raise NotUnderstood(rest[0])
        found.append(Match(family_of(protocol), protocols, None, None, src, dst, icmp))
    return found


def _side(tokens: list[str], word: str, protocol: str) -> tuple[Ranges | None, list[str]]:
    """The ports of one side, and the words behind them; destination ports need no word of their own."""
    rest = tokens
    if rest and rest[0] == word:
        rest = rest[1:]
    elif not (rest and word == "destination" and rest[0] in OPERATORS):
        return None, tokens
    count = 3 if rest and rest[0] == "range" else 2
    return port_ranges(rest[:count], protocol), rest[count:]


def network_object(state: AsaDraft, match: Found, first: int, last: int) -> None:
    """`object network O`: one address statement, a description, NAT; a second block continues it."""
    title = match["name"]
    group = state.network_groups.setdefault(title, RawGroup())
    state.ledger.use(first)
    for line, text in block_lines(state, first, last):
        tokens = text.split()
        if tokens[0] == "description":
            state.ledger.ignore(line)
        elif tokens[0] == "nat":
            if object_nat(state, text, line):
                state.ledger.use(line)
            else:
                state.ledger.miss(line, "filter", title)
        elif tokens[0] == "fqdn":
            group.doubts.append(f"object {title} is the name {tokens[-1]}, which DNS answers for")
            state.ledger.use(line)
        else:
            _take_address(state, group, title, tokens, line)


def _take_address(
    state: AsaDraft, group: RawGroup[AddressTerm], title: str, tokens: list[str], line: int
) -> None:
    try:
        if tokens[0] == "subnet" and len(tokens) in (2, 3):
            group.items = list(address_terms(state, tokens[1:]))
        elif tokens[0] in ("host", "range"):
            group.items = list(address_terms(state, tokens))
        else:
            raise NotUnderstood(tokens[0])
    except ValueError:
        _miss(state, group, title, line, " ".join(tokens))
    else:
        state.ledger.use(line)


def _miss(state: AsaDraft, group: RawGroup[T], title: str, line: int, text: str) -> None:
    group.doubts.append(f"{title} has a line that is not understood: {text!r}")
    state.ledger.miss(line, "filter", title)


def service_object(state: AsaDraft, match: Found, first: int, last: int) -> None:
    """`object service O`: `service …`."""
    title = match["name"]
    group = state.service_groups.setdefault(title, RawGroup())
    state.ledger.use(first)
    for line, text in block_lines(state, first, last):
        tokens = text.split()
        if tokens[0] == "description":
            state.ledger.ignore(line)
            continue
        try:
            if tokens[0] != "service":
                raise NotUnderstood(tokens[0])
            group.items = services(tokens[1:])
        except ValueError:
            _miss(state, group, title, line, text)
        else:
            state.ledger.use(line)


def _members(
    state: AsaDraft,
    group: RawGroup[T],
    title: str,
    first: int,
    last: int,
    word: str,
    read: Callable[[list[str]], Iterable[T]],
) -> None:
    """The lines of an object group: `WORD …` by `read`, `WORD object O`, `group-object G`, descriptions."""
    state.ledger.use(first)
    for line, text in block_lines(state, first, last):
        tokens = text.split()
        if tokens[0] == "description":
            state.ledger.ignore(line)
            continue
        try:
            if tokens[0] == "group-object" and len(tokens) == 2:
                group.nested.append(tokens[1])
            elif tokens[:2] == [word, "object"] and len(tokens) == 3:
                group.nested.append(tokens[2])
            elif tokens[0] == word and len(tokens) > 1:
                group.items.extend(read(tokens[1:]))
            else:
                raise NotUnderstood(tokens[0])
        except ValueError:
            _miss(state, group, title, line, text)
        else:
            state.ledger.use(line)


def network_group(state: AsaDraft, match: Found, first: int, last: int) -> None:
    """`object-group network G`: `network-object …`, `group-object G`."""
    title = match["name"]
    group = state.network_groups.setdefault(title, RawGroup())

    def read(tokens: list[str]) -> tuple[AddressTerm, ...]:
        return address_terms(state, tokens)

    _members(state, group, title, first, last, "network-object", read)


def service_group(state: AsaDraft, match: Found, first: int, last: int) -> None:
    """`object-group service G [tcp|udp|tcp-udp]`: with a protocol a list of ports, else of services."""
    title, protocol = match["name"], match["protocol"]
    if not protocol:
        group = state.service_groups.setdefault(title, RawGroup())
        _members(state, group, title, first, last, "service-object", services)
        return
    ports: RawGroup[Range] = state.port_groups.setdefault(title, RawGroup())

    def read(tokens: list[str]) -> Ranges:
        return port_ranges(tokens, protocol)

    _members(state, ports, title, first, last, "port-object", read)


def protocol_group(state: AsaDraft, match: Found, first: int, last: int) -> None:
    """`object-group protocol G`: `protocol-object P`."""
    title = match["name"]
    group = state.service_groups.setdefault(title, RawGroup())

    def read(tokens: list[str]) -> list[Match]:
        if len(tokens) != 1:
            raise NotUnderstood(tokens[1])
        return services(tokens)

    _members(state, group, title, first, last, "protocol-object", read)


def icmp_group(state: AsaDraft, match: Found, first: int, last: int) -> None:
    """`object-group icmp-type G`: `icmp-object T`."""
    title = match["name"]
    group = state.icmp_groups.setdefault(title, RawGroup())

    def read(tokens: list[str]) -> tuple[IcmpTest, ...]:
        if len(tokens) != 1:
            raise NotUnderstood(tokens[1])
        return (icmp_test(tokens, "icmp"),)

    _members(state, group, title, first, last, "icmp-object", read)


def opaque_group(state: AsaDraft, match: Found, first: int, last: int) -> None:
    """Groups of users, security tags and network services: what an entry needs beside the packet."""
    state.opaque_groups.add(match["name"])
    state.ledger.use_range(first, last)
