"""Access-list semantics of EOS (README: filters)."""

from __future__ import annotations

import re

from parsers.cisco_style import filter_lines, words
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.entries import Dialect
from parsers.model.filters import Action, Entry, Filter, Match, Symptom

Found = re.Match[str]

DIALECT = Dialect(
    tcp_ports=words.EOS_TCP_PORTS,
    udp_ports=words.EOS_UDP_PORTS,
    harmless={"log": 0},
    uncertain={
        "dscp": 1, "ttl": -1, "hop-limit": -1, "ip-length": -1, "tracked": 0, "nexthop-group": 1,
        "vlan": 2, "response": 2, "ecn": 1, "flow-label": -1,
    },
    group_words=frozenset({"field-set"}),
    bare_flags_or=False,
    deny_symptom=Symptom.TIMEOUT,
)  # fmt: skip

_NOT_ENTRIES = re.compile(
    r"remark\b.*|(?:no |default )?(?:counters per-entry|statistics per-entry|fragment-rules)|exit"
)
_VLAN = re.compile(r"((?:\d+ )?(?:permit|deny)) vlan (?:inner )?(\S+ \S+) (.+)")
_RESPONSE = re.compile(r"(?:\d+ )?permit (response traffic \S+)")


def not_an_entry(body: str) -> bool:
    """Remarks, counters and `fragment-rules`, which match no packet."""
    return _NOT_ENTRIES.fullmatch(body) is not None


def regular(text: str, family: int) -> str:
    """An entry whose EOS peculiarities stand as features at its end: `permit vlan 12 0xFFF ip any
    any` and `permit response traffic nat`, which both depend on more than the packet.
    """
    if " vlan " in text:
        match = _VLAN.fullmatch(text)
        if match is not None:
            return f"{match[1]} {match[3]} vlan {match[2]}"
    elif " response " in text:
        match = _RESPONSE.fullmatch(text)
        if match is not None:
            # where it stands no document says: in front it can only make a denied packet undecided
            return f"0 permit {'ipv6' if family == 6 else 'ip'} any any {match[1]}"
    return text


def access_list(state: Draft, match: Found, first: int, last: int) -> None:
    """`ip access-list [standard] N`, `ipv6 access-list [standard] N`."""
    family = 6 if match[0].startswith("ipv6") else 4
    end = block_last(state.lines, first, last)
    head = first
    while head < end and not_an_entry(state.lines[head].strip()):
        head += 1
    known = (match["name"], family) in state.filters
    standard = match["standard"] is not None
    filter_lines.filter_block(state, match["name"], family, standard, head, end, prefixes=True)
    raw = state.filters[match["name"], family]
    raw.lines[:] = [(line, regular(text, family)) for line, text in raw.lines]
    if not known:
        raw.first = first
    state.ledger.use(first)
    state.ledger.ignore_range(first + 1, head)


def no_access_list(state: Draft, match: Found, line: int) -> None:
    """`no ip access-list N` takes an earlier list back."""
    family = 6 if "ipv6" in match[0].split()[:2] else 4
    state.filters.pop((match["name"], family), None)


def with_implicit(found: Filter, icmpv6_all: int | None) -> Filter:
    """An IPv6 list with what EOS permits unasked: neighbour discovery, or all of ICMPv6 after
    `hardware access-list ipv6 implicit-permit icmpv6 all`.

    No document read says whether that stands before or behind the list's own entries, so it stands
    before them and is uncertain: what the list permits anyway stays permitted.
    """
    if found.family != 6 or not found.entries or found.kind != "acl":
        return found
    if icmpv6_all is None:
        icmp = (words.ICMPV6["nd-na"], words.ICMPV6["nd-ns"])
        match = Match(6, ((58, 58),), icmp=icmp)
        label = "implicit neighbour discovery"
    else:
        match = Match(6, ((58, 58),))
        label = "implicit-permit icmpv6 all"
    entry = Entry(
        icmpv6_all,
        Action.PERMIT,
        (match,),
        f"{label}: no document says where it stands",
        label=label,
    )
    return found._replace(entries=(entry, *found.entries))
