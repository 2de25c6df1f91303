"""Access lists and object groups of NX-OS (README: filters)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parsers.cisco_nxos.state import NxosState, nxos
from parsers.cisco_style import filter_lines, words
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.entries import Dialect
from parsers.model.filters import Action, Entry, Filter, Fragments, Match, Symptom

Found = re.Match[str]
Filters = dict[tuple[str, int], Filter]
REST = 99
"""More words than a line has: the feature takes all that follow it."""

DIALECT = Dialect(
    tcp_ports=words.NXOS_TCP_PORTS,
    udp_ports=words.NXOS_UDP_PORTS,
    harmless={"log": 0, "capture": 2, "set-erspan-dscp": 1, "set-erspan-gre-proto": 1},
    uncertain={
        "dscp": 1, "precedence": 1, "ttl": -1, "packet-length": -1, "http-method": 1,
        "tcp-option-length": 1, "nve": 2, "time-range": 1, "flow-label": 1, "vlan": 1, "cos": 1,
        "udf": REST, "redirect": REST, "dvmrp": 0, "host-query": 0, "host-report": 0, "pim": 0,
        "trace": 0,
    },
    group_words=frozenset({"addrgroup"}),
    port_group_words=frozenset({"portgroup"}),
    port_lists=False,
    bare_flags_or=False,
    deny_symptom=Symptom.TIMEOUT,
    flags_mask="tcp-flags-mask",
)  # fmt: skip

_ENTRY = re.compile(
    r"(?:\d+ )?(?:permit|deny|remark) .*|statistics per-entry|fragments (?:permit|deny)-all"
    r"|ignore routable"
)
_MEMBER = re.compile(r"(?:\d+ )?(?:host \S+|\d+\.\d+\.\d+\.\d+(?:/\d+| \S+)?)|\d+ \S+.*")
_SWITCH = re.compile(r"fragments (permit|deny)-all|ignore routable")
ND_TYPES = ("nd-na", "nd-ns", "router-advertisement", "router-solicitation")


def not_an_entry(body: str) -> bool:
    """Remarks and counters of a list, which match no packet."""
    return body.startswith(("remark", "statistics per-entry"))


def access_list(state: Draft, match: Found, first: int, last: int) -> None:
    """`ip access-list N`, `ipv6 access-list N` with the entries below it."""
    name, family = match["name"], 6 if match[0].startswith("ipv6") else 4
    end = block_last(state.lines, first, last, lambda text: _ENTRY.fullmatch(text) is not None)
    filter_lines.filter_block(state, name, family, False, first, end, prefixes=True)
    state.ledger.use_range(first, end)
    raw = state.filters[name, family]
    kept = []
    for line, text in raw.lines:
        switch = _SWITCH.fullmatch(text)
        if switch is None:
            kept.append((line, text))
        elif switch[1]:
            nxos(state).fragments[name, family] = (switch[1], line)
        else:
            nxos(state).odd_lists[name, family] = (
                "'ignore routable' keeps routed packets out of the list, and what then becomes of "
                "them is not documented"
            )
    raw.lines[:] = kept


def address_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group ip address G`, `object-group ipv6 address G`: of two addresses the second is a
    wildcard (NX-OS security configuration guide, object groups)."""
    family = 6 if match["family"] == "ipv6" else 4
    end = block_last(state.lines, first, last, lambda text: _MEMBER.fullmatch(text) is not None)
    filter_lines.network_group(state, match["name"], first, end, family, netmask=False)


def port_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group ip port G`."""
    end = block_last(state.lines, first, last)
    filter_lines.port_group(state, match["name"], first, end, DIALECT)


def doubt_empty_groups(draft: Draft) -> None:
    """A group without members may match nothing or be refused: no document read says."""
    for name, group in draft.network_groups.items():
        if not (group.items or group.nested or group.doubts):
            group.doubts.append(f"object-group {name} has no members")
    for name, ports in draft.port_groups.items():
        if not (ports.items or ports.nested or ports.doubts):
            ports.doubts.append(f"object-group {name} has no members")


def implicit_for(held: NxosState) -> Callable[[int, Sequence[Entry]], tuple[Entry, ...]]:
    """What IPv6 lists permit unasked. On Nexus 9000 and 3000 neighbour discovery must be written
    down (Nexus 9000 security guide 9.x); command references of Nexus 5000 and 7000 list it as
    implicit, so on those it may be permitted."""
    older = any(re.search(r"n[567][07]00|titanium", image) for image in held.images)

    def implicit(family: int, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        if family != 6 or not older:
            return ()
        tests = tuple(words.ICMPV6[name] for name in ND_TYPES)
        return (
            Entry(
                None,
                Action.PERMIT,
                (Match(6, ((58, 58),), icmp=tests),),
                uncertain="not every release of this hardware permits neighbour discovery unasked",
                label="implicit neighbour discovery",
            ),
        )

    return implicit


def with_switches(filters: Filters, held: NxosState) -> Filters:
    """The filters with their list-wide fragment rules and doubts.

    The command reference says of `fragments permit-all|deny-all` both that it decides only later
    fragments that no entry matched, and that it decides all of them, so it stands as a rule in
    doubt before all entries: where the entries agree with it, the answer is certain.
    """
    for key, (word, line) in held.fragments.items():
        found = filters[key]
        rule = Entry(
            line,
            Action.PERMIT if word == "permit" else Action.DENY,
            (Match(key[1], fragments=Fragments.LATER),),
            uncertain=f"which later fragments 'fragments {word}-all' decides is not documented "
            "clearly",
        )
        filters[key] = found._replace(entries=(rule, *found.entries))
    for key, why in held.odd_lists.items():
        filters[key] = filters[key]._replace(uncertain=why)
    return filters
