"""Zone-based firewall of IOS as filters between zones.

A filter `zone:A:B` for every ordered pair of different zones that interfaces use, and for a zone and
the interfaces in none (written as an empty name). Rules of the vendor's ZBF design guide: without a
zone pair, or with one that has no policy, packets between zones are dropped; between a zone and an
interface in no zone as well; inside one zone they pass (no filter is made).
"""

from __future__ import annotations

from collections.abc import Iterable

from parsers.cisco_ios.policies import Policies, PolicyClass
from parsers.cisco_style.draft import Draft
from parsers.model.filters import Action, Entry, Filter, FilterTable, LaterFragments, Match

_PROTOCOLS: dict[str, tuple[int, int | None]] = {
    "tcp": (6, None), "udp": (17, None), "icmp": (1, None), "http": (6, 80), "https": (6, 443),
    "ssh": (6, 22), "telnet": (6, 23), "ftp": (6, 21), "smtp": (6, 25), "dns": (17, 53),
}  # fmt: skip
"""Protocol keywords with their default port map; others may match more than a port."""


def zone_filters(state: Draft, held: Policies, lists: FilterTable) -> dict[tuple[str, int], Filter]:
    """The filters between all zones that interfaces are members of."""
    zones = dict.fromkeys(d.zone.value for d in state.interfaces.values() if d.zone is not None)
    filters = {}
    for source in [*zones, ""]:
        for destination in [*zones, ""]:
            if source != destination:
                for family in (4, 6):
                    made = _between(state, held, lists, source, destination, family)
                    filters[made.key, family] = made
    return filters


def _between(
    state: Draft, held: Policies, lists: FilterTable, source: str, destination: str, family: int
) -> Filter:
    pair = next((p for p in held.pairs if (p.source, p.destination) == (source, destination)), None)
    entries: list[Entry] = []
    uncertain = None
    if pair is not None:
        for name, _line in pair.policies:
            classes = held.policy_maps.get(name)
            if classes is None:
                uncertain = f"policy map {name} is not defined"
                continue
            for found in classes:
                entries.extend(_class_entries(held, lists, found, family))
    return Filter(
        key=f"zone:{source}:{destination}",
        family=family,
        file=state.file,
        line=pair.line if pair else None,
        entries=tuple(entries),
        default=Action.DENY,
        names=(f"{source}:{destination}",),
        kind="zone-policy",
        later_fragments=LaterFragments.UNKNOWN,
        stateful=any(
            act.split()[0] == "inspect"
            for p in (pair.policies if pair else ())
            for c in held.policy_maps.get(p[0], ())
            for act, _ in c.actions
        ),
        uncertain=uncertain,
    )


def _class_entries(
    held: Policies, lists: FilterTable, found: PolicyClass, family: int
) -> Iterable[Entry]:
    words = {text.split()[0] for text, _ in found.actions}
    action = Action.PERMIT if words & {"inspect", "pass"} else Action.DENY
    line = found.actions[0][1] if found.actions else found.line
    if found.name == "class-default":
        yield Entry(line, action, (Match(family),), label="class-default")
        return
    matches, doubt = _class_matches(held, lists, found.name, family, 0)
    if matches:
        yield Entry(line, action, matches, doubt, label=f"class {found.name}")


def _class_matches(
    held: Policies, lists: FilterTable, name: str, family: int, depth: int
) -> tuple[tuple[Match, ...], str | None]:
    class_map = held.class_maps.get(name)
    if class_map is None or depth > 8:
        return (Match(family),), f"class map {name} is not defined"
    if class_map.every and len(class_map.conditions) > 1:
        return (Match(family),), f"class map {name} joins several conditions"
    matches: list[Match] = []
    doubt = None
    for kind, value, _line in class_map.conditions:
        if kind == "access-group":
            found = lists.get((value, family))
            if found is None:
                continue
            if any(entry.action is not Action.PERMIT or entry.uncertain for entry in found.entries):
                doubt = f"access list {value} in class map {name} has entries that exclude"
            matches.extend(m for e in found.entries if e.action is Action.PERMIT for m in e.matches)
        elif kind == "protocol" and value in _PROTOCOLS:
            protocol, port = _PROTOCOLS[value]
            if family == 6 and protocol == 1:
                protocol = 58
            ports = None if port is None else ((port, port),)
            matches.append(Match(family, ((protocol, protocol),), dst_ports=ports))
        elif kind == "class-map":
            inner, inner_doubt = _class_matches(held, lists, value, family, depth + 1)
            matches.extend(inner)
            doubt = doubt or inner_doubt
        else:
            matches.append(Match(family))
            doubt = f"'match {kind} {value}' cannot be decided from a packet alone"
    return tuple(matches), doubt
