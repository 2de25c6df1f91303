"""Tables with their rules become filters and bindings.

Rules of equal priority have no order: where two of them overlap and disagree, both are uncertain. A rule that names
no family may match packets of the other one too, since an L3 table does not add a condition on the ether type by
itself."""

from __future__ import annotations

from itertools import groupby

from parsers.dell_sonic.draft import Facts, Loaded, Table
from parsers.model.addresses import AddressSpec
from parsers.model.filters import Action, Binding, Entry, Filter, LaterFragments, Match, Ranges
from parsers.model.source import Where

FAMILIES = {"L3": 4, "L3V6": 6, "L3V4V6": 0}
NEVER_DROPS = (
    "MIRROR",
    "PFCWD",
    "DTEL",
    "MCLAG",
    "MARK_META",
    "EGR_SET_DSCP",
    "UNDERLAY_SET_DSCP",
    "TRIMMING",
    "TAM",
)
DIRECTIONS = {"ingress": "in", "egress": "out"}
OTHER = "the rule names no ether type, and may match packets of the other family too"
SAME = "another rule of the same priority disagrees"
BOTH = "the table has rules, and a file for acl-loader fills it too"
NO_TABLE = "no ACL_TABLE is there: whether the table's end denies depends on its stage"
DEFAULT_RULE = "DEFAULT_RULE"


def build(facts: Facts) -> list[Binding]:
    """Makes the filters of all tables; gives the bindings of those that packets in transit meet."""
    found: list[Binding] = []
    for table in facts.tables.values():
        found += _table(facts, table)
    for name, rows in facts.rules.items():
        if name not in facts.tables:
            found.append(_orphans(facts, name, rows))
    for loaded in facts.loaded.values():
        if loaded.name in facts.tables:
            continue
        facts.filters[loaded.name, loaded.family] = _filter(
            loaded.name, loaded.family, loaded.where, _narrowed(loaded.entries, loaded.family),
            Action.UNKNOWN, loaded.doubt or NO_TABLE,
        )  # fmt: skip
        if facts.database:
            found.append(Binding(loaded.name, loaded.family, None, "forward", loaded.where))
    return found


def _filter(
    name: str,
    family: int,
    where: Where,
    entries: tuple[Entry, ...],
    default: Action,
    doubt: str | None,
) -> Filter:
    return Filter(
        name, family, where.file, where.line, entries, default, (name,),
        later_fragments=LaterFragments.UNKNOWN, uncertain=doubt,
    )  # fmt: skip


def _table(facts: Facts, table: Table) -> list[Binding]:
    kind = table.kind
    family = FAMILIES.get(kind, 0)
    rows = facts.rules.get(table.name, [])
    entries = _entries(rows)
    doubt = table.doubt or (None if kind else "a table without a type")
    loaded = facts.loaded.get(table.name)
    if loaded is not None:
        entries, doubt = _with_loaded(table, loaded, entries, doubt)
    transit = not kind.startswith(("CTRLPLANE", *NEVER_DROPS))
    families = [family]
    facts.filters[table.name, family] = _filter(
        table.name, family, table.where, _narrowed(entries, family), Action.PERMIT, doubt
    )
    if family and transit:
        others = tuple(_of_the_other(entries, 10 - family))
        if any(entry.action is not Action.PERMIT for entry in others):
            families.append(10 - family)
            facts.filters[table.name, 10 - family] = _filter(
                table.name, 10 - family, table.where, others, Action.PERMIT, None
            )
    return [b for one in families for b in _bindings(facts, table, one)] if transit else []


def _with_loaded(
    table: Table, loaded: Loaded, entries: list[Entry], doubt: str | None
) -> tuple[list[Entry], str | None]:
    """What `acl-loader` makes of a set: its rules, and one that drops the rest on the way in."""
    if entries:
        return entries, doubt or BOTH
    entries = list(loaded.entries)
    if table.stage == "ingress" and table.kind in FAMILIES:
        family = FAMILIES[table.kind]
        entries.append(Entry(None, Action.DENY, (Match(family),), label=DEFAULT_RULE))
    return entries, doubt or loaded.doubt


def _orphans(facts: Facts, name: str, rows: list[tuple[int, Entry]]) -> Binding:
    """Rules of a table that is not in the text: the text lacks it, or one of the two names is damaged."""
    where = facts.rule_places[name]
    reason = f"ACL_TABLE {name} is not in the text"
    entries = tuple(entry._replace(uncertain=entry.uncertain or reason) for entry in _entries(rows))
    facts.filters[name, 0] = _filter(name, 0, where, entries, Action.PERMIT, None)
    return Binding(name, 0, None, "forward", where)


def _bindings(facts: Facts, table: Table, family: int) -> list[Binding]:
    direction = DIRECTIONS[table.stage]
    found = []
    for port, where in table.ports:
        if port in facts.ports or not facts.ports:
            found.append(Binding(table.name, family, port, direction, where))
        else:
            found.append(_elsewhere(facts, table, family, port, where))
    everywhere = not table.ports and "SWITCH" in facts.types.get(table.kind, ())
    if everywhere or table.doubt is not None:
        found.append(Binding(table.name, family, None, "forward", table.where))
    return found


def _elsewhere(facts: Facts, table: Table, family: int, port: str, where: Where) -> Binding:
    """A port that no table has: the name is damaged, and the filter may stand anywhere."""
    key = f"{table.name} (on {port})"
    reason = f"port {port} is not in the text"
    facts.filters[key, family] = facts.filters[table.name, family]._replace(
        key=key, names=(key,), uncertain=reason
    )
    return Binding(key, family, None, "forward", where)


def _entries(rows: list[tuple[int, Entry]]) -> list[Entry]:
    """The rules of a table, the highest priority first; one without a priority may be anywhere."""
    found: list[Entry] = []
    ordered = sorted(rows, key=lambda row: -row[0])
    for _, group in groupby(ordered, key=lambda row: row[0]):
        same = [entry for _, entry in group]
        found += _disagreeing(same) if len(same) > 1 else same
    return found


def _disagreeing(entries: list[Entry]) -> list[Entry]:
    actions = {entry.action for entry in entries}
    if len(actions) == 1 and not any(entry.uncertain for entry in entries):
        return entries
    return [
        entry._replace(uncertain=entry.uncertain or SAME)
        if any(
            other is not entry and other.action is not entry.action and _overlap(entry, other)
            for other in entries
        )
        else entry
        for entry in entries
    ]


def _overlap(one: Entry, other: Entry) -> bool:
    return any(_meet(a, b) for a in one.matches for b in other.matches)


def _meet(one: Match, other: Match) -> bool:
    if one.family and other.family and one.family != other.family:
        return False
    ranges = (
        (one.protocols, other.protocols),
        (one.src_ports, other.src_ports),
        (one.dst_ports, other.dst_ports),
    )
    specs = ((one.src, other.src), (one.dst, other.dst))
    return all(_common(a, b) for a, b in ranges) and all(_near(a, b) for a, b in specs)


def _common(one: Ranges | None, other: Ranges | None) -> bool:
    if one is None or other is None:
        return True
    return any(max(a, c) <= min(b, d) for a, b in one for c, d in other)


def _near(one: AddressSpec | None, other: AddressSpec | None) -> bool:
    if one is None or other is None:
        return True
    return any(
        a.family == b.family and (a.value ^ b.value) & a.care & b.care == 0
        for a in one.terms
        for b in other.terms
    )


def _narrowed(entries: list[Entry], family: int) -> tuple[Entry, ...]:
    """The entries as packets of the table's family meet them; what matches none of these is left out."""
    found = []
    for entry in entries:
        matches = tuple(
            match._replace(family=family or match.family)
            for match in entry.matches
            if family in (0, match.family) or match.family == 0
        )
        if matches:
            found.append(entry._replace(matches=matches))
    return tuple(found)


def _of_the_other(entries: list[Entry], family: int) -> list[Entry]:
    """The entries that packets of the other family may meet in a table of this one."""
    found = []
    for entry in entries:
        matches = tuple(
            match._replace(family=family)
            for match in entry.matches
            if match.family in (0, family) and match.src is None and match.dst is None
        )
        if matches:
            found.append(entry._replace(matches=matches, uncertain=entry.uncertain or OTHER))
    return found
