"""From raw access-list lines to filters, once all object groups are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from parsers.cisco_style.draft import Draft, RawFilter
from parsers.cisco_style.entries import Dialect, Reader
from parsers.cisco_style.fast_lists import LazyEntries
from parsers.cisco_style.groups import Groups, NetworkGroup, PortGroup, ServiceGroup, expand
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match, Ranges

SEQUENCE = re.compile(r"(?:sequence )?(\d+) ")


def groups_of(draft: Draft) -> Groups:
    """The object groups of the configuration, nested ones expanded."""
    return Groups(
        {name: NetworkGroup(*found) for name, found in expand(draft.network_groups).items()},
        {
            name: PortGroup(merged(items), doubt)
            for name, (items, doubt) in expand(draft.port_groups).items()
        },
        {name: ServiceGroup(*found) for name, found in expand(draft.service_groups).items()},
    )


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The union of port ranges, sorted and disjoint."""
    result: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def read_entries(
    draft: Draft, raw: RawFilter, reader: Reader, name: str, not_entries: Callable[[str], bool]
) -> tuple[Entry, ...]:
    """The entries of a raw filter in evaluation order, and their lines in the ledger.

    Numbered entries sort by number; entries without one get the last number plus 10, as devices do
    when they read the text. `not_entries` says which lines are no entries (remarks, counters).
    """
    numbered: dict[int, tuple[Entry, ...]] = {}
    last = 0
    ordered = True
    ledger = draft.ledger
    for line, text in raw.lines:
        match = SEQUENCE.match(text)
        sequence = int(match[1]) if match else None
        body = text[match.end() :] if match else text
        if not_entries(body):
            ledger.ignore(line)
            continue
        tokens = body.split()
        if (
            sequence is None
            and len(tokens) > 2
            and tokens[-2] == "sequence"
            and tokens[-1].isdigit()
        ):
            sequence = int(tokens[-1])
            tokens = tokens[:-2]
        if not tokens:
            ledger.miss(line, "filter", name)
            continue
        if sequence is None:
            sequence = last + 10
        entries = reader.entries(tokens, line, str(sequence), raw.standard)
        if any(entry.uncertain and entry.uncertain.endswith(UNREAD) for entry in entries):
            ledger.miss(line, "filter", name)
        else:
            ledger.use(line)
        if sequence in numbered:
            numbered[sequence] = (*numbered[sequence], *_doubted(entries))
        else:
            numbered[sequence] = entries
        ordered = ordered and sequence >= last
        last = max(last, sequence)
    order = numbered if ordered else sorted(numbered)
    return tuple(entry for sequence in order for entry in numbered[sequence])


UNREAD = "is not understood"
"""How the doubt of an entry ends that was not read to its end."""


def _doubted(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries under a sequence number that an earlier line has already: which of the two a device
    keeps depends on how the text got there (U20)."""
    return tuple(
        entry._replace(uncertain=entry.uncertain or "the same sequence number occurs twice")
        for entry in entries
    )


def build_filters(
    draft: Draft,
    dialect: Dialect,
    not_entries: Callable[[str], bool],
    later_fragments: LaterFragments,
    implicit: Callable[[int, Sequence[Entry]], tuple[Entry, ...]],
    empty: Action,
) -> dict[tuple[str, int], Filter]:
    """All access lists as filters. `implicit(family, entries)` gives the entries that the platform
    adds before its last deny; `empty` is what an access list without entries does."""
    groups = groups_of(draft)
    readers = {family: Reader(dialect, family, groups) for family in (4, 6)}
    filters = {}
    for (name, family), raw in draft.filters.items():
        entries: Sequence[Entry]
        if raw.fast is not None:
            entries = LazyEntries(draft.lines, *raw.fast, dialect.deny_symptom)
        else:
            entries = read_entries(draft, raw, readers[family], name, not_entries)
        extra = implicit(family, entries) if entries else ()
        default = Action.DENY if entries else empty
        filters[name, family] = Filter(
            key=name,
            family=family,
            file=draft.file,
            line=raw.first,
            entries=(*entries, *extra) if extra else entries,
            default=default,
            names=(name,),
            default_symptom=dialect.deny_symptom,
            later_fragments=later_fragments,
            uncertain="empty access list: no document says what it does"
            if not entries and empty is Action.UNKNOWN
            else None,
        )
    return filters


def undefined_filter(draft: Draft, name: str, family: int, action: Action) -> Filter:
    """A filter that is applied and not defined, with what the platform does then."""
    return Filter(
        key=name,
        family=family,
        file=draft.file,
        line=None,
        entries=(),
        default=action,
        names=(name,),
        later_fragments=LaterFragments.WHOLE,
        defined=False,
        uncertain=f"access list {name} is applied and not defined"
        if action is Action.UNKNOWN
        else None,
    )


def any_of(family: int) -> tuple[Match, ...]:
    """Everything of a family."""
    return (Match(family),)
