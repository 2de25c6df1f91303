"""Entries that permit what a service has left, and the remedies that take them out of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parsers.model.addresses import BITS, FULL, AddressSpec, AddressTerm
from parsers.model.filters import Action, Entry, Filter, Match
from parsers.model.source import Where
from parsers.platform import Remedy
from rules.service import Network, network_of

TCP = ((6, 6),)


def removals(
    found: Filter, former: tuple[Network, ...], interface: str | None, first: Iterable[Remedy]
) -> Iterator[Remedy]:
    """A remedy for each entry that permits sessions to one former range on one port, and nothing else: no more can be
    said in a line that puts the entry back. `first` are the remedies before, which may give other numbers."""
    step = next((one.number for one in first if one.kind == "resequence"), None)
    numbers = list(dict.fromkeys(e.label for e in found.entries if (e.label or "").isdecimal()))
    for entry in found.entries:
        said = _only(entry, former) if entry.label in numbers else None
        if said is None or entry.label is None:
            continue
        place = (numbers.index(entry.label) + 1) * step if step is not None else int(entry.label)
        yield Remedy(
            "remove-former",
            filter=found.key,
            family=said[0].version,
            interface=interface,
            prefixes=(str(said[0]),),
            ports=(said[1],),
            before=entry.label,
            number=place,
            form=found.kind,
            where=Where(found.file, entry.line) if entry.line is not None else None,
        )


def _only(entry: Entry, former: tuple[Network, ...]) -> tuple[Network, int] | None:
    """The range and the port that an entry permits TCP to, None where it says more or something else."""
    if entry.action is not Action.PERMIT or entry.uncertain is not None or len(entry.matches) != 1:
        return None
    match = entry.matches[0]
    side, ports = match.dst, match.dst_ports
    if side is None or ports is None or len(ports) != 1 or ports[0][0] != ports[0][1]:
        return None
    if side.negated or side.excepts or len(side.terms) != 1:
        return None
    if match.src is not None and _all_of_family(match.src):
        match = match._replace(src=None)
    plain = Match(match.family, protocols=match.protocols, dst=side, dst_ports=ports)
    prefix = _prefix(side.terms[0])
    if match != plain or match.protocols != TCP or prefix is None:
        return None
    inside = any(
        prefix.version == one.version and prefix.prefixlen >= one.prefixlen and prefix.overlaps(one)
        for one in former
    )
    return (prefix, ports[0][0]) if inside else None


def _all_of_family(side: AddressSpec) -> bool:
    """Whether a side says all addresses of a family, as `any4` does."""
    return not side.negated and not side.excepts and any(term.care == 0 for term in side.terms)


def _prefix(term: AddressTerm) -> Network | None:
    """The prefix that a term is, None where its mask has holes."""
    free = FULL[term.family] ^ term.care
    if free & (free + 1):
        return None
    return network_of(term.family, term.value, BITS[term.family] - free.bit_length())
