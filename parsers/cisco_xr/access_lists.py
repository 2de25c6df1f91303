"""Access-list semantics of IOS-XR (README: filters)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parsers.cisco_style import words
from parsers.cisco_style.assemble import Filters
from parsers.cisco_style.build import build_filters, undefined_filter
from parsers.cisco_style.draft import Applied, Draft
from parsers.cisco_style.entries import Dialect
from parsers.cisco_style.groups import RawGroup
from parsers.cisco_xr.state import xr
from parsers.model.addresses import AddressTerm
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match, Range, Symptom
from parsers.model.source import TextFact

DIALECT = Dialect(
    tcp_ports=words.XR_TCP_PORTS,
    udp_ports=words.XR_UDP_PORTS,
    harmless={
        "log": 0, "log-input": 0, "capture": 0, "icmp-off": 0, "counter": 1, "set": 2, "nexthop1": 0,
    },
    uncertain={
        "dscp": -1, "precedence": -1, "tos": 1, "ttl": -1, "packet-length": -1, "fragment-type": 1,
        "fragment-offset": -1, "udf": 3, "police": 2, "authen": 0, "destopts": 0, "routing": 0,
        "hop-by-hop": 0, "undetermined-transport": 0, "dont-fragment": 0, "is-fragment": 0,
        "first-fragment": 0, "last-fragment": 0, "time-range": 1, "flow-label": 1, "vlan": 1, "cos": 1,
        "dvmrp": 0, "host-query": 0, "host-report": 0, "trace": 0,
    },
    group_words=frozenset({"net-group"}),
    port_group_words=frozenset({"port-group"}),
    port_lists=False,
    bare_flags_or=False,
    deny_symptom=Symptom.ICMP_ERROR,
)  # fmt: skip
FRAGMENTS = LaterFragments.UNKNOWN
"""Cisco's guides describe the IOS model; a note of the vendor on NCS 5500 says that entries with ports
never match later fragments."""


def not_an_entry(body: str) -> bool:
    """Remarks, which match no packet."""
    return body == "remark" or body.startswith("remark ")


def implicit(family: int, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """IPv6 lists permit neighbour discovery before the implicit deny (NCS 5500 access list guide)."""
    if family != 6:
        return ()
    tests = (words.ICMPV6["nd-na"], words.ICMPV6["nd-ns"])
    match = Match(6, ((58, 58),), icmp=tests)
    return (Entry(None, Action.PERMIT, (match,), label="implicit nd-na, nd-ns"),)


def all_filters(draft: Draft) -> Filters:
    """All access lists. Each family sees its own network groups, which may share names."""
    held = xr(draft)
    _doubt_empty(draft.port_groups)
    every = draft.filters
    found: Filters = {}
    for family in (4, 6):
        _doubt_empty(held.networks[family])
        draft.network_groups = held.networks[family]
        draft.filters = {key: raw for key, raw in every.items() if key[1] == family}
        found.update(
            build_filters(draft, DIALECT, not_an_entry, FRAGMENTS, implicit, Action.PERMIT)
        )
    draft.filters = every
    for key, raw in every.items():
        if any(" icmp-off" in text or " nexthop1 " in text for _, text in raw.lines):
            found[key] = _with_options(draft, found[key])
    return found


def _doubt_empty(
    groups: Mapping[str, RawGroup[AddressTerm]] | Mapping[str, RawGroup[Range]],
) -> None:
    """A group without members: no document says whether an entry with it matches nothing."""
    for name, group in groups.items():
        if not group.items and not group.nested and not group.doubts:
            group.doubts.append(f"object-group {name} has no members")


def _with_options(draft: Draft, plain: Filter) -> Filter:
    """The filter with what options change: `icmp-off` silences the answer to what an entry denies, and
    a next hop has no place on a deny."""
    entries = tuple(
        _option(entry, draft.lines[entry.line - 1])
        if entry.action is Action.DENY and entry.line is not None
        else entry
        for entry in plain.entries
    )
    return plain._replace(entries=entries)


def _option(entry: Entry, text: str) -> Entry:
    if " nexthop1 " in text:
        return entry._replace(uncertain=entry.uncertain or "a deny with a next hop is refused")
    if text.rstrip().endswith(" icmp-off") or " icmp-off " in text:
        return entry._replace(symptom=Symptom.TIMEOUT)
    return entry


def chain_filters(draft: Draft, filters: Filters) -> None:
    """Adds the chains that interfaces name: the lists are searched one after the other, common ones
    first, and only the end has an implicit deny (vendor's note on chained lists)."""
    for interface in draft.interfaces.values():
        for applied in interface.applied:
            key = " then ".join(applied.names)
            if len(applied.names) > 1 and (key, applied.family) not in filters:
                filters[key, applied.family] = _chain(draft, filters, applied, key)


def _named(part: Filter, entry: Entry) -> Entry:
    """An entry of a chain says which of the lists it stands in."""
    return entry if entry.label is None else entry._replace(label=f"{part.key}/{entry.label}")


def _chain(draft: Draft, filters: Filters, applied: Applied, key: str) -> Filter:
    family = applied.family
    parts = []
    for name in applied.names:
        part = filters.get((name, family))
        if part is None:
            reason = f"access list {name} is applied and not defined"
            doubt = Entry(applied.line, Action.UNKNOWN, (Match(family),), reason, label=name)
            part = undefined_filter(draft, name, family, Action.UNKNOWN)._replace(entries=(doubt,))
        parts.append(part)
    entries: list[Entry] = []
    for part in parts[:-1]:
        entries.extend(_named(part, e) for e in part.entries if e.line is not None)
    entries.extend(_named(parts[-1], entry) for entry in parts[-1].entries)
    return Filter(
        key=key,
        family=family,
        file=draft.file,
        line=next((part.line for part in parts if part.line is not None), applied.line),
        entries=tuple(entries),
        default=Action.DENY if entries else Action.PERMIT,
        names=(key,),
        default_symptom=DIALECT.deny_symptom,
        later_fragments=FRAGMENTS,
    )


def mark_forwarding(draft: Draft) -> None:
    """Marks interfaces whose inbound lists send packets elsewhere (`nexthop1 …`): such an entry permits,
    and the routes no longer tell where the packet goes."""
    forwarding: dict[tuple[str, int], int] = {}
    for key, raw in draft.filters.items():
        for line, text in raw.lines:
            if " nexthop1 " in text and " permit " in f" {text} ":
                forwarding.setdefault(key, line)
    for interface in draft.interfaces.values():
        for applied in interface.applied:
            for name in applied.names:
                found = forwarding.get((name, applied.family))
                if found is not None and applied.direction == "in":
                    interface.policy_route = TextFact(
                        value=f"access list {name}", where=draft.where(found)
                    )
