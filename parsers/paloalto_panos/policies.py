"""Security policies as filters between zones, one for every ordered pair.

Sources: Palo Alto Networks, PAN-OS Administrator's Guide, "Security Policy" and "Virtual Systems > Communication
Between Virtual Systems": the first rule that fits decides; without one, packets inside a zone pass and packets
between zones are dropped. Between virtual systems both policies must allow, each with an external zone for the other
side. An interface in no zone forwards nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    LaterFragments,
    Match,
    State,
    Symptom,
)
from parsers.paloalto_panos.rulebases import Default, Override, Rulebase

SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="session",
)
"""Packets of a session that a rule allowed are not asked again, nor are ICMP errors that quote one."""
ELSEWHERE = "the firewall's own rules, which stand here, are not in this text"


class PairEntries(Sequence[Entry]):
    """The entries for one pair of zones, made when they are looked at."""

    def __init__(
        self, rulebase: Rulebase, source: str, destination: str, known: str | None, key: str
    ) -> None:
        self.rulebase = rulebase
        self.source = source
        self.destination = destination
        self.known = known
        self.key = key
        self.then: str | None = None
        self._made: tuple[Entry, ...] | None = None

    def _all(self) -> tuple[Entry, ...]:
        if self._made is None:
            self._made = tuple(self._make())
        return self._made

    def _make(self) -> Iterator[Entry]:
        yield SESSION
        if self.known is None:
            for override in overrides_between(self.rulebase, self.source, self.destination):
                target = f"{self.key} as {override.application}"
                yield Entry(
                    override.line,
                    Action.GOTO,
                    override.matches,
                    override.doubt,
                    target=target,
                    label=override.name,
                )
        for number, rule in enumerate(self.rulebase.rules):
            if number == self.rulebase.gap:
                yield Entry(None, Action.UNKNOWN, (Match(),), ELSEWHERE)
            fits = rule.applies(self.source, self.destination, self.rulebase.zones)
            if fits is not False:
                why = "a zone of the rule is not defined" if fits is None else None
                for entry in rule.entries(self.known):
                    yield self._chained(entry if why is None else _doubted(entry, why))
        if self.rulebase.gap is not None and self.rulebase.gap >= len(self.rulebase.rules):
            yield Entry(None, Action.UNKNOWN, (Match(),), ELSEWHERE)
        last = self.rulebase.default(self.source, self.destination)
        if self.then is not None and last.action is Action.PERMIT:
            yield Entry(last.line, Action.GOTO, (Match(),), target=self.then, label="default")

    def _chained(self, entry: Entry) -> Entry:
        """What this virtual system allows goes on to the policy of the next one."""
        if self.then is None or entry.action is not Action.PERMIT:
            return entry
        return entry._replace(action=Action.GOTO, target=self.then)

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return self._all()[index]


def _doubted(entry: Entry, why: str) -> Entry:
    return entry._replace(uncertain=f"{entry.uncertain}; {why}" if entry.uncertain else why)


def overrides_between(rulebase: Rulebase, source: str, destination: str) -> list[Override]:
    """The application overrides for a pair of zones."""
    return [
        override
        for override in rulebase.overrides
        if ("any" in override.from_zones or source in override.from_zones)
        and ("any" in override.to_zones or destination in override.to_zones)
    ]


def pair_filters(
    file: str,
    rulebase: Rulebase,
    key: str,
    source: str,
    destination: str,
    names: tuple[str, ...],
    then: str | None = None,
    doubt: str | None = None,
) -> list[Filter]:
    """The filter from one zone to another, and those for sessions whose application an override fixes.
    `then` is the filter that has to allow the packets as well."""
    default = rulebase.default(source, destination)
    fixed = dict.fromkeys(o.application for o in overrides_between(rulebase, source, destination))
    made = []
    for known in (None, *fixed):
        own = key if known is None else f"{key} as {known}"
        entries = PairEntries(rulebase, source, destination, known, key)
        entries.then = then
        line = rulebase.first_line(source, destination)
        shown = names if known is None else ()
        found = _filter(file, rulebase, own, entries, default, shown, line)
        made.append(found._replace(uncertain=found.uncertain or doubt))
    return made


def _filter(
    file: str,
    rulebase: Rulebase,
    key: str,
    entries: Sequence[Entry],
    default: Default,
    names: tuple[str, ...],
    line: int | None,
) -> Filter:
    return Filter(
        key=key,
        family=0,
        file=file,
        line=line,
        entries=entries,
        default=default.action,
        names=names,
        kind="zone-policy" if names else "zone-policy part",
        default_line=default.line,
        default_symptom=default.symptom,
        later_fragments=LaterFragments.WHOLE,
        stateful=True,
        uncertain=rulebase.doubt,
    )


def refusing(file: str, source: str, destination: str) -> Filter:
    """Where no policy can allow anything: an interface in no zone, or virtual systems that do not see each
    other."""
    return Filter(
        key=f"policy:{source}:{destination}",
        family=0,
        file=file,
        line=None,
        entries=(),
        default=Action.DENY,
        names=(f"{source}:{destination}",),
        kind="zone-policy",
        default_symptom=Symptom.TIMEOUT,
        later_fragments=LaterFragments.WHOLE,
        stateful=True,
    )


def unknown_between(file: str, source: str, destination: str, reason: str) -> Filter:
    """A pair of zones of which no document says what happens between them."""
    return refusing(file, source, destination)._replace(default=Action.UNKNOWN, uncertain=reason)
