"""VLAN access maps: filters on what is bridged in, or routed into and out of, a VLAN.

The first map entry with a list that permits the packet decides; a list that denies it hands the
packet to the next map entry (NX-OS security configuration guide, VLAN ACLs).
"""

from __future__ import annotations

import re

from parsers.cisco_nxos.names import numbers
from parsers.cisco_nxos.state import MapEntry, VlanFilter, nxos
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.model.filters import Action, Binding, Entry, Filter, LaterFragments, Match
from parsers.model.source import TextFact

Found = re.Match[str]
Filters = dict[tuple[str, int], Filter]
BEFORE_ROUTED, AFTER_ROUTED = -1, 1
"""Orders of a VLAN map: on the way in it stands before the routed list (order 0), on the way out
behind it. Port lists stand before both on the way in."""
ACTIONS = {"forward": Action.PERMIT, "drop": Action.DENY}
DEFAULT_SEQUENCE = 10


def access_map(state: Draft, match: Found, first: int, last: int) -> None:
    """`vlan access-map M [SEQ]` with its `match` and `action` lines."""
    entries = nxos(state).maps.setdefault(match["name"], {})
    number = int(match["number"]) if match["number"] else max(entries, default=0) + DEFAULT_SEQUENCE
    entry = entries.setdefault(number, MapEntry(number, first))
    state.ledger.use(first)
    for line, text in block_lines(state, first, block_last(state.lines, first, last)):
        listed = re.fullmatch(r"match (ip|ipv6) address (.+)", text)
        action = re.fullmatch(r"action (forward|drop|redirect .+?)(?: log)?", text)
        if listed is not None:
            family = 6 if listed[1] == "ipv6" else 4
            entry.lists.extend((family, name, line) for name in listed[2].split())
        elif action is not None:
            entry.action = action[1]
        elif text.startswith("match mac address "):
            entry.doubts.append("a MAC access list may match IP packets as well")
        elif text == "statistics per-entry":
            state.ledger.ignore(line)
            continue
        else:
            entry.doubts.append(f"{text!r} is not understood")
            state.ledger.miss(line, "filter", match["name"])
            continue
        state.ledger.use(line)


def vlan_filter(state: Draft, match: Found, line: int) -> bool | None:
    """`vlan filter M vlan-list L`."""
    vlans = numbers(match["vlans"])
    if vlans is None:
        return False
    nxos(state).vlan_filters.append(VlanFilter(match["name"], tuple(vlans), line))
    return None


def map_filters(draft: Draft, lists: Filters) -> Filters:
    """A filter for each VLAN map and family, and one for each list that a map entry names."""
    filters: Filters = {}
    for name, entries in nxos(draft).maps.items():
        for family in (4, 6):
            steps: list[Entry] = []
            for number in sorted(entries):
                steps.extend(_steps(draft, lists, filters, name, entries[number], family))
            key = map_key(name)
            filters[key, family] = Filter(
                key=key,
                family=family,
                file=draft.file,
                line=min(entry.line for entry in entries.values()),
                entries=tuple(steps),
                default=Action.UNKNOWN,
                names=(key,),
                kind="vlan-map",
                later_fragments=LaterFragments.CISCO,
            )
    return filters


def map_key(name: str) -> str:
    """The key of a map's filters, apart from those of access lists."""
    return f"vlan access-map {name}"


def _steps(
    draft: Draft, lists: Filters, filters: Filters, name: str, entry: MapEntry, family: int
) -> list[Entry]:
    everything = (Match(family),)
    action = ACTIONS.get(entry.action or "", Action.UNKNOWN)
    why = None if action is not Action.UNKNOWN else f"action {entry.action or 'is missing'}"
    label = str(entry.sequence)
    if not entry.lists and not entry.doubts:
        reason = "a map entry without match: no document read says what it takes"
        return [Entry(entry.line, action, everything, reason, label=label)]
    steps = []
    for list_family, list_name, line in entry.lists:
        if list_family != family:
            continue
        found = lists.get((list_name, family))
        if found is None or not found.entries:
            reason = f"access list {list_name} is empty or not defined"
            steps.append(Entry(line, action, everything, reason, label=label))
            continue
        key = f"{map_key(name)} {entry.sequence} {list_name}"
        filters[key, family] = _chain(found, key, action, why)
        steps.append(Entry(line, Action.JUMP, everything, found.uncertain, key, label=label))
    steps.extend(
        Entry(entry.line, action, everything, doubt, label=label) for doubt in entry.doubts
    )
    return steps


def _chain(found: Filter, key: str, action: Action, why: str | None) -> Filter:
    """The list as a map entry uses it: what it permits meets the action, the rest goes on."""
    entries = []
    for entry in found.entries:
        if entry.action is Action.PERMIT:
            entries.append(entry._replace(action=action, uncertain=entry.uncertain or why))
        elif entry.action is Action.DENY:
            entries.append(entry._replace(action=Action.RETURN))
        else:
            entries.append(entry)
    return found._replace(key=key, names=(), entries=tuple(entries), default=None)


def map_bindings(draft: Draft) -> list[Binding]:
    """VLAN maps on the interfaces of their VLANs, in both directions; VLANs without an interface
    here are bridged only, and what their map drops is recognised, not judged."""
    held = nxos(draft)
    bindings = []
    for applied in held.vlan_filters:
        if applied.name not in held.maps:
            note = f"VLAN map {applied.name} is applied and not defined"
            draft.recognised.append(
                TextFact(value="l2-filter", where=draft.where(applied.line), note=note)
            )
            continue
        bridged = False
        for vlan in applied.vlans:
            name = f"Vlan{vlan}"
            if name not in draft.interfaces:
                bridged = True
                continue
            for family in (4, 6):
                for direction, order in (("in", BEFORE_ROUTED), ("out", AFTER_ROUTED)):
                    bindings.append(
                        Binding(
                            map_key(applied.name), family, name, direction,
                            draft.where(applied.line), order,
                        )
                    )  # fmt: skip
        if bridged:
            draft.recognised.append(
                TextFact(
                    value="l2-filter",
                    where=draft.where(applied.line),
                    note=f"VLAN map {applied.name} on VLANs without an interface on this device",
                )
            )
    return bindings
