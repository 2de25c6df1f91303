"""From raw access lists to filters, and what answers a denied packet.

Sources: Cisco ASA firewall guide, "Access Rules" (the order interface list, global list, implicit deny; only the
first packet of a connection is asked); Cisco TAC, "Understand RST Packets Sent by Secure Firewall" (`service
resetoutbound` is on by default, `resetinbound` is off).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parsers.cisco_asa.draft import AsaDraft, Group, RawList
from parsers.cisco_asa.entries import IcmpGroup, Known, Reader
from parsers.cisco_asa.lazy import LazyEntries, is_plain
from parsers.cisco_style.build import groups_of
from parsers.cisco_style.groups import expand
from parsers.model.addresses import FULL, AddressTerm
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    IcmpTest,
    LaterFragments,
    Match,
    State,
    Symptom,
)

Filters = dict[tuple[str, int], Filter]

SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED})),),
    label="session",
)
"""Packets of a connection are not asked again. ICMP errors about it are: see RELATED_ERRORS."""

RELATED_ERRORS = tuple(
    Match(
        family,
        ((protocol, protocol),),
        icmp=tuple(IcmpTest(kind) for kind in kinds),
        states=frozenset({State.RELATED}),
    )
    for family, protocol, kinds in ((4, 1, (3, 4, 5, 11, 12)), (6, 58, (1, 2, 3, 4)))
)
"""ICMP errors that quote a packet of a connection (RFC 1122 section 3.2.2, RFC 4443 section 2.1)."""

INSPECTED = "no document says whether 'inspect icmp error' lets messages pass that no list permits"


def known_of(draft: AsaDraft) -> Known:
    """What the entries of all lists refer to."""
    icmp: Mapping[str, IcmpGroup] = expand(draft.icmp_groups)
    own = {
        interface.nameif: tuple(
            AddressTerm(a.family, a.value, FULL[a.family]) for a in interface.addresses
        )
        for interface in draft.asa_interfaces()
        if interface.nameif
    }
    return Known(draft, groups_of(draft), icmp, own)


def family_of(draft: AsaDraft, raw: RawList) -> int:
    """The family that a list sees, 0 for both."""
    if raw.kind == "ipv6":
        return 6
    if raw.kind == "standard":
        return 4
    return 0 if draft.is_unified() else 4


def build_filters(draft: AsaDraft, inspected: bool) -> Filters:
    """All lists as filters; `inspected` says that ICMP errors are inspected."""
    known = known_of(draft)
    filters: Filters = {}
    strays = _strays(draft)
    for name, raw in draft.lists.items():
        if raw.kind == "ethertype":
            continue
        family = family_of(draft, raw)
        symptom = symptom_of(draft, name)
        reader = Reader(known, family, symptom)
        head = (SESSION, _ERRORS) if inspected else (SESSION,)
        entries: Sequence[Entry]
        if name not in strays and is_plain(raw, reader):
            filled, entries = True, LazyEntries(head, raw, reader)
        else:
            own = _entries(draft, raw, name, reader, strays.get(name, ()))
            filled, entries = bool(own), (*head, *own)
        filters[name, family] = _filter(draft, name, family, entries, symptom, filled)
    return filters


_ERRORS = Entry(None, Action.PERMIT, RELATED_ERRORS, INSPECTED, label="inspect icmp error")


def _filter(
    draft: AsaDraft,
    name: str,
    family: int,
    entries: Sequence[Entry],
    symptom: Symptom,
    filled: bool,
) -> Filter:
    return Filter(
        key=name,
        family=family,
        file=draft.file,
        line=draft.lists[name].first,
        entries=entries,
        default=Action.DENY if filled else Action.UNKNOWN,
        names=(name,),
        default_symptom=symptom,
        later_fragments=LaterFragments.WHOLE,
        stateful=True,
        uncertain=None if filled else "no document says what a list without entries does",
    )


def _entries(
    draft: AsaDraft, raw: RawList, name: str, reader: Reader, strays: Sequence[int]
) -> tuple[Entry, ...]:
    found: list[Entry] = []
    ledger = draft.ledger
    doubted = sorted(strays)
    for position, (line, text) in enumerate(raw.lines, 1):
        while doubted and doubted[0] < line:
            found.append(_stray(doubted.pop(0)))
        if text == "remark":
            ledger.ignore(line)
            continue
        entries = reader.entries(text, line, str(position), raw.kind == "standard")
        if any(e.uncertain is not None and e.uncertain.endswith("not understood") for e in entries):
            ledger.miss(line, "filter", name)
        found.extend(entries)
    found.extend(_stray(line) for line in doubted)
    return tuple(found)


def _stray(line: int) -> Entry:
    why = "the line names a list that nothing uses, one letter away from this one"
    return Entry(line, Action.UNKNOWN, (Match(),), why)


def _strays(draft: AsaDraft) -> dict[str, list[int]]:
    """Lines that may belong to an applied list: they stand beside it and name a list that nothing uses and
    whose name is one letter longer. The device prints each list in one piece."""
    applied = {group.name for group in draft.access_groups}
    found: dict[str, list[int]] = {}
    for name, raw in draft.lists.items():
        if name in applied:
            continue
        shorter = {name[:at] + name[at + 1 :] for at in range(len(name))} & applied
        if shorter and not _is_used(draft, name):
            found.setdefault(min(shorter), []).extend(line for line, _ in raw.lines)
    return found


def _is_used(draft: AsaDraft, name: str) -> bool:
    """Whether another statement than the list's own names it."""
    own = f"access-list {name} "
    return any(name in line and not line.lstrip().startswith(own) for line in draft.lines)


def undefined(draft: AsaDraft, group: Group) -> Filter:
    """A list that is applied and not in the text: the device refuses that, so the text is not whole."""
    return Filter(
        key=group.name,
        family=0,
        file=draft.file,
        line=None,
        entries=(),
        default=Action.UNKNOWN,
        names=(group.name,),
        later_fragments=LaterFragments.WHOLE,
        stateful=True,
        defined=False,
        uncertain=f"access list {group.name} is applied and not in the text",
    )


def resets(draft: AsaDraft, what: str, interface: str) -> bool:
    """Whether `resetinbound` or `resetoutbound` acts on what comes in on an interface."""
    default = draft.resets.get((what, ""), what == "resetoutbound")
    return draft.resets.get((what, interface), default)


def symptom_of(draft: AsaDraft, name: str) -> Symptom:
    """What a sender sees whom a list denies, where it is applied: sessions to lower levels are reset by
    default, sessions to higher ones are not; sessions between equal levels by either setting."""
    levels = {i.nameif: i.level or 0 for i in draft.asa_interfaces() if i.nameif}
    for group in draft.access_groups:
        if group.name != name:
            continue
        if group.interface is None:
            return Symptom.RESET if resets(draft, "resetoutbound", "") else Symptom.TIMEOUT
        own = levels.get(group.interface, 100 if group.interface == "inside" else 0)
        others = [level for other, level in levels.items() if other != group.interface]
        outward = any(o >= own if group.direction == "out" else o <= own for o in others)
        if not others:
            outward = own > 0
        if outward and resets(draft, "resetoutbound", group.interface):
            return Symptom.RESET
        if resets(draft, "resetinbound", group.interface):
            return Symptom.RESET
    return Symptom.TIMEOUT
