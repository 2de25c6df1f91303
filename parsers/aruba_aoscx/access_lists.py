"""Access lists, classes and object groups of AOS-CX (README: filters)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from parsers.aruba_aoscx.state import aoscx
from parsers.cisco_style import filter_lines
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.dialect import Dialect
from parsers.cisco_style.draft import Draft, RawFilter
from parsers.cisco_style.filter_lines import block_lines
from parsers.cisco_style.groups import RawGroup
from parsers.model.addresses import FULL, AddressTerm
from parsers.model.filters import Entry, Symptom

Found = re.Match[str]

DIALECT = Dialect(
    tcp_ports={},
    udp_ports={},
    harmless={"count": 0, "log": 0},
    uncertain={"dscp": 1, "ecn": 1, "ip-precedence": 1, "tos": 1, "vlan": 1, "ttl": 1, "hop-limit": 1},
    group_words=frozenset({"object-group"}),
    port_group_words=frozenset({"portgroup"}),
    port_lists=False,
    bare_flags_and=True,
    deny_symptom=Symptom.TIMEOUT,
)  # fmt: skip

_ENTRY = re.compile(r"(?:\d+ )?(?:permit|deny|comment|match|ignore) .*")
_MEMBER = re.compile(
    r"(?:\d+ )?(?:\d+\.\d+\.\d+\.\d+\S*|[0-9a-fA-F:]*:[0-9a-fA-F:./]*|(?:eq|gt|lt|range) .*)"
)
_SEQUENCE = re.compile(r"(\d+) (.*)")
_OPERATORS = {"eq": 1, "gt": 1, "lt": 1, "neq": 1, "range": 2}
EVERY = {4: "ip", 6: "ipv6"}


def not_an_entry(body: str) -> bool:
    """Comments, which match no packet."""
    return body.startswith("comment")


def term_of(word: str, family: int) -> AddressTerm:
    """`A`, `A/LEN` or `A/MASK`, whose ones count. Raises ValueError for other words."""
    address, slash, mask = word.partition("/")
    host = ipaddress.ip_address(address)
    if host.version != family:
        raise ValueError(word)
    full = FULL[family]
    if not slash:
        care = full
    elif mask.isascii() and mask.isdecimal():
        if int(mask) > host.max_prefixlen:
            raise ValueError(word)
        care = full ^ ((1 << (host.max_prefixlen - int(mask))) - 1)
    else:
        found = ipaddress.ip_address(mask)
        if found.version != family:
            raise ValueError(word)
        care = int(found)
    return AddressTerm(family, int(host) & care, care)


def _address(word: str, family: int) -> str:
    """An address of an entry in the shared grammar; a word that is no address names an object group."""
    if word == "any":
        return word
    try:
        term = term_of(word, family)
    except ValueError:
        looks = (word[:1].isdigit() and ("." in word or "/" in word)) or ":" in word
        return word if looks else f"object-group {word}"
    host = ipaddress.ip_address(term.value.to_bytes(4 if family == 4 else 16, "big"))
    free = FULL[family] ^ term.care
    if not free:
        return f"host {host}"
    wildcard = ipaddress.ip_address(free.to_bytes(4 if family == 4 else 16, "big"))
    return f"{host} {wildcard}"


def regular(text: str, family: int) -> str:
    """An entry in the shared grammar: `any` as a protocol, bare hosts, masks, groups, `icmp-type`, `fragment`."""
    found = _SEQUENCE.fullmatch(text)
    number, body = (f"{found[1]} ", found[2]) if found is not None else ("", text)
    tokens = body.split()
    if len(tokens) < 4 or tokens[0] not in ("permit", "deny"):
        return text
    kept = [tokens[0], EVERY[family] if tokens[1] in ("any", "ip", "ipv6") else tokens[1]]
    at = 2
    for _ in range(2):
        if at < len(tokens):
            kept.append(_address(tokens[at], family))
            at += 1
        if at < len(tokens) and tokens[at] == "group":
            kept += ["portgroup", *tokens[at + 1 : at + 2]]
            at += 2
        elif at < len(tokens) and tokens[at] in _OPERATORS:
            last = at + 1 + _OPERATORS[tokens[at]]
            kept += tokens[at:last]
            at = last
    rest = [word for word in tokens[at:] if word not in ("icmp-type", "icmp-code")]
    kept += ["fragments" if word == "fragment" else word for word in rest]
    return number + " ".join(kept)


def access_list(state: Draft, match: Found, first: int, last: int) -> None:
    """`access-list ip N`, `access-list ipv6 N` with the entries below it."""
    family = 6 if match["family"] == "ipv6" else 4
    end = block_last(state.lines, first, last, lambda text: _ENTRY.fullmatch(text) is not None)
    raw = state.raw_filter(match["name"], family, first)
    state.ledger.use(first)
    raw.lines.extend((line, regular(text, family)) for line, text in block_lines(state, first, end))


def no_access_list(state: Draft, match: Found, line: int) -> None:
    """`no access-list ip N` takes an earlier list back."""
    state.filters.pop((match["name"], 6 if match["family"] == "ipv6" else 4), None)


def class_block(state: Draft, match: Found, first: int, last: int) -> None:
    """`class ip C`, `class ipv6 C`: `match` takes a packet, `ignore` hands it to the next class."""
    family = 6 if match["family"] == "ipv6" else 4
    end = block_last(state.lines, first, last, lambda text: _ENTRY.fullmatch(text) is not None)
    raw = aoscx(state).classes.setdefault((match["name"], family), RawFilter(first))
    state.ledger.use(first)
    for line, text in block_lines(state, first, end):
        said = re.sub(r"^((?:\d+ )?)match\b", r"\1permit", text)
        said = re.sub(r"^((?:\d+ )?)ignore\b", r"\1deny", said)
        raw.lines.append((line, regular(said, family)))


def address_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group ip address G`, `object-group ipv6 address G`: addresses, one a line."""
    family = 6 if match["family"] == "ipv6" else 4
    group: RawGroup[AddressTerm] = state.network_groups.setdefault(match["name"], RawGroup())
    state.ledger.use(first)
    end = block_last(state.lines, first, last, lambda text: _MEMBER.fullmatch(text) is not None)
    for line, text in block_lines(state, first, end):
        tokens = text.split()
        if tokens[0].isdecimal() and len(tokens) > 1:
            tokens = tokens[1:]
        if tokens[0] in ("comment", "exit"):
            state.ledger.ignore(line)
            continue
        try:
            if len(tokens) != 1:
                raise ValueError(text)
            group.items.append(term_of(tokens[0], family))
        except ValueError:
            group.doubts.append(
                f"object-group {match['name']} has a line that is not understood: {text!r}"
            )
            state.ledger.miss(line, "filter", match["name"])
        else:
            state.ledger.use(line)


def port_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group port G`: one port operator a line."""
    end = block_last(state.lines, first, last, lambda text: _MEMBER.fullmatch(text) is not None)
    filter_lines.port_group(state, match["name"], first, end, DIALECT)


def no_implicit(family: int, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """AOS-CX adds nothing before its implicit deny (guide, "About Access Control Lists")."""
    return ()
