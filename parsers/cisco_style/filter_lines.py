"""Handlers that collect access lists and object groups of Cisco-style configurations."""

from __future__ import annotations

import re

from parsers.cisco_style.draft import Draft, RawFilter
from parsers.cisco_style.entries import Dialect, EntryDraft, NotUnderstood, Reader, host_term
from parsers.cisco_style.fast_lists import is_fast
from parsers.cisco_style.groups import NO_GROUPS, RawGroup
from parsers.model.addresses import (
    AddressTerm,
    netmask_term,
    prefix_term,
    range_terms,
    wildcard_term,
)
from parsers.model.filters import Match, Range

Found = re.Match[str]


def block_lines(state: Draft, first: int, last: int) -> list[tuple[int, str]]:
    """The non-empty lines after `first` up to `last`, stripped; blanks and comments are irrelevant."""
    found = []
    lines = state.lines
    for number in range(first + 1, last + 1):
        text = lines[number - 1].strip()
        if text and text[0] != "!":
            found.append((number, text))
        else:
            state.ledger.ignore(number)
    return found


def filter_block(
    state: Draft,
    name: str,
    family: int,
    standard: bool,
    first: int,
    last: int,
    prefixes: bool = False,
) -> None:
    """An access list with its entries below it; they are read when all groups are known. `prefixes` says
    that the platform writes A/LEN."""
    known = (name, family) in state.filters
    raw = state.raw_filter(name, family, first, standard)
    state.open_list = (name, family, standard, last)
    state.ledger.use(first)
    fresh = not known and not standard and family == 4 and last > first
    if fresh and is_fast(state.lines, first + 1, last, prefixes):
        raw.fast = (first + 1, last, prefixes)
        state.ledger.use_range(first, last)
        return
    _unfold(state, raw)
    raw.lines.extend(block_lines(state, first, last))


def filter_line(state: Draft, name: str, family: int, standard: bool, line: int, text: str) -> None:
    """One line of an access list whose every line repeats the name."""
    raw = state.raw_filter(name, family, line, standard)
    _unfold(state, raw)
    raw.lines.append((line, text))
    state.ledger.use(line)


def _unfold(state: Draft, raw: RawFilter) -> None:
    """Gives up the fast way: more lines continue the list, and numbers decide the order."""
    if raw.fast is not None:
        start, end, _ = raw.fast
        raw.fast = None
        raw.lines.extend((n, state.lines[n - 1].strip()) for n in range(start, end + 1))


def stray_entry(state: Draft, match: Found, line: int) -> bool | None:
    """An entry without indentation right below its list, as a text looks that lost its blanks: the device
    itself takes it for an entry."""
    if state.open_list is None or state.open_list[3] != line - 1:
        return False
    name, family, standard, _ = state.open_list
    state.open_list = (name, family, standard, line)
    filter_line(state, name, family, standard, line, match[0])
    return None


def _miss(
    state: Draft,
    group: RawGroup[AddressTerm] | RawGroup[Match] | RawGroup[Range],
    name: str,
    line: int,
    text: str,
) -> None:
    group.doubts.append(f"object-group {name} has a line that is not understood: {text!r}")
    state.ledger.miss(line, "filter", name)


def network_group(
    state: Draft, name: str, first: int, last: int, family: int = 4, netmask: bool = True
) -> None:
    """`object-group network G`, `object-group ip address G`: `host A`, `A MASK`, `A/LEN`, `range A B`,
    `group-object G`, `any`. `netmask` says how the two-address form is meant on this platform."""
    state.network_groups.setdefault(name, RawGroup())
    state.ledger.use(first)
    for line, text in block_lines(state, first, last):
        network_line(state, name, line, text, family, netmask)


def network_line(
    state: Draft, name: str, line: int, text: str, family: int = 4, netmask: bool = True
) -> None:
    """One member of a network group; see network_group."""
    group = state.network_groups.setdefault(name, RawGroup())
    tokens = text.split()
    if tokens[0].isdigit() and len(tokens) > 1:
        tokens = tokens[1:]  # NX-OS numbers the members
    if tokens[0] in ("description", "remark"):
        state.ledger.ignore(line)
        return
    if tokens[0] in ("group-object", "object-group") and len(tokens) == 2:
        group.nested.append(tokens[1])
        state.ledger.use(line)
        return
    try:
        group.items.extend(_members(tokens, family, netmask))
    except (ValueError, IndexError):
        _miss(state, group, name, line, text)
    else:
        state.ledger.use(line)


def _members(tokens: list[str], family: int, netmask: bool) -> tuple[AddressTerm, ...]:
    if tokens[0] == "network-object":
        tokens = tokens[1:]
    if tokens == ["any"]:
        return (AddressTerm(family, 0, 0),)
    if tokens[0] == "host" and len(tokens) == 2:
        return (host_term(6 if ":" in tokens[1] else 4, tokens[1]),)
    if tokens[0] == "range" and len(tokens) == 3:
        return range_terms(tokens[1], tokens[2])
    if len(tokens) == 1 and ("/" in tokens[0] or ":" in tokens[0]):
        return (prefix_term(tokens[0]),)
    if len(tokens) == 2 and family == 4:
        return (netmask_term(*tokens) if netmask else wildcard_term(*tokens),)
    raise NotUnderstood(" ".join(tokens))


def port_group(state: Draft, name: str, first: int, last: int, dialect: Dialect) -> None:
    """`object-group ip port G`, `object-group port G`: one port operator a line."""
    state.port_groups.setdefault(name, RawGroup())
    state.ledger.use(first)
    for line, text in block_lines(state, first, last):
        port_line(state, name, line, text, dialect)


def port_line(state: Draft, name: str, line: int, text: str, dialect: Dialect) -> None:
    """One member of a port group; see port_group."""
    group = state.port_groups.setdefault(name, RawGroup())
    tokens = text.split()
    if tokens[0].isdigit() and len(tokens) > 1:
        tokens = tokens[1:]
    if tokens[0] in ("description", "remark"):
        state.ledger.ignore(line)
        return
    if tokens[0] in ("group-object", "object-group") and len(tokens) == 2:
        group.nested.append(tokens[1])
        state.ledger.use(line)
        return
    entry = EntryDraft(Reader(dialect, 4, NO_GROUPS), tokens)
    try:
        if tokens[0] not in ("eq", "neq", "lt", "gt", "range"):
            raise NotUnderstood(tokens[0])
        ranges = entry.port_operator(tokens[0])
        if entry.at != len(tokens):
            raise NotUnderstood(tokens[entry.at])
    except (ValueError, IndexError):
        _miss(state, group, name, line, text)
    else:
        group.items.extend(ranges)
        state.ledger.use(line)


def protocol_group(state: Draft, name: str, first: int, last: int, dialect: Dialect) -> None:
    """`object-group protocol G`: `protocol-object P`."""
    group = state.service_groups.setdefault(name, RawGroup())
    state.ledger.use(first)
    reader = Reader(dialect, 4, NO_GROUPS)
    for line, text in block_lines(state, first, last):
        tokens = text.split()
        if tokens[0] == "description":
            state.ledger.ignore(line)
        elif tokens[0] == "group-object" and len(tokens) == 2:
            group.nested.append(tokens[1])
            state.ledger.use(line)
        elif tokens[0] == "protocol-object" and len(tokens) == 2 and tokens[1] in ("ip", "ipv4"):
            group.items.append(Match())
            state.ledger.use(line)
        else:
            entry = EntryDraft(reader, tokens)
            try:
                if tokens[0] != "protocol-object" or len(tokens) != 2:
                    raise NotUnderstood(tokens[0])
                entry.protocol(tokens[1])
            except (ValueError, IndexError):
                _miss(state, group, name, line, text)
            else:
                group.items.append(Match(protocols=entry.protocols))
                state.ledger.use(line)


def service_group(state: Draft, name: str, first: int, last: int, dialect: Dialect) -> None:
    """`object-group service G`: `tcp|udp|tcp-udp [source OP P] [OP P]`, `icmp [T]`, a protocol,
    `group-object G` (IOS configuration guide: object groups for ACLs)."""
    group = state.service_groups.setdefault(name, RawGroup())
    state.ledger.use(first)
    reader = Reader(dialect, 4, NO_GROUPS)
    for line, text in block_lines(state, first, last):
        tokens = text.split()
        if tokens[0] == "description":
            state.ledger.ignore(line)
            continue
        if tokens[0] == "group-object" and len(tokens) == 2:
            group.nested.append(tokens[1])
            state.ledger.use(line)
            continue
        try:
            group.items.extend(_services(reader, tokens))
        except (ValueError, IndexError):
            _miss(state, group, name, line, text)
        else:
            state.ledger.use(line)


def _services(reader: Reader, tokens: list[str]) -> list[Match]:
    if tokens[0] == "ip" and len(tokens) == 1:
        return [Match()]
    protocols = ("tcp", "udp") if tokens[0] == "tcp-udp" else (tokens[0],)
    found = []
    for protocol in protocols:
        entry = EntryDraft(reader, tokens)
        entry.protocol(protocol)
        src = dst = None
        if protocol in ("tcp", "udp", "sctp"):
            if entry.at < len(tokens) and tokens[entry.at] == "source":
                entry.at += 1
                src = _operator(entry)
            if entry.at < len(tokens):
                dst = _operator(entry)
        elif entry.at < len(tokens) and tokens[0] == "icmp":
            word = tokens[entry.at]
            entry.at += 1
            entry.icmp_word(word)
        if entry.at != len(tokens):
            raise NotUnderstood(tokens[entry.at])
        found.append(
            Match(protocols=entry.protocols, src_ports=src, dst_ports=dst, icmp=entry.icmp)
        )
    return found


def _operator(entry: EntryDraft) -> tuple[Range, ...]:
    word = entry.tokens[entry.at]
    if word not in ("eq", "neq", "lt", "gt", "range"):
        if word.isdigit() or entry.reader.dialect.tcp_ports.get(word) is not None:
            return entry.port_operator("eq")  # a bare port means eq
        raise NotUnderstood(word)
    entry.at += 1
    return entry.port_operator(word)
