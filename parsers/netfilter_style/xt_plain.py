"""Appended iptables rules of the usual form in one step: addresses, a protocol with one port, and a rest.

What the general reader makes of the rest is kept by its text: a rule set says few different things there. A line whose
parts touch each other, or that is written otherwise, is read in the general way.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.addresses import AddressSpec
from parsers.model.filters import Match, Ranges
from parsers.netfilter_style.xt_addresses import address_term
from parsers.netfilter_style.xt_rule import Parts, read_rule
from parsers.netfilter_style.xt_words import PROTOCOL_MODULES, words_of

PLAIN_RULE = re.compile(
    r"-A ([A-Za-z_][\w.-]*)(?: -s ([0-9]+\.[0-9.]+(?:/[0-9.]+)?))?(?: -d ([0-9]+\.[0-9.]+(?:/[0-9.]+)?))?"
    r"(?: -p (tcp|udp)( -m \4)? --dport ([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?((?: -[A-Za-z-].*)?)"
)
"""A line of the usual form: its chain, source and destination, protocol, module of the protocol, port, the rest."""

_PROTOCOLS: dict[str, Ranges] = {"tcp": ((6, 6),), "udp": ((17, 17),)}
_ANY = Match()
_KEPT = 4096
"""How many rests are kept, for a rule set that says another one on each line."""


class _Rest(NamedTuple):
    """What the rest of a line says; `bare` is a rest without a condition, `modules` its modules and those of the
    protocol before it.
    """

    parts: Parts
    bare: bool
    modules: dict[str | None, frozenset[str]]


class PlainRules:
    """Reads the plain rules of one family."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.specs: dict[str, AddressSpec | None] = {}
        self.rests: dict[str, _Rest | None] = {}

    def parts(self, line: re.Match[str]) -> Parts | None:
        """The parts of a line that `PLAIN_RULE` found; None where that takes the general reader."""
        _, source, destination, protocol, module, port, text = line.groups()
        rest = self.rests[text] if text in self.rests else self._rest(text)
        if rest is None:
            return None
        said = rest.parts
        if port is not None and said.modules & PROTOCOL_MODULES.keys():
            return None  # they ask for the protocol
        try:
            src = None if source is None else self._spec(source)
            dst = None if destination is None else self._spec(destination)
        except ValueError:
            return None
        match = Match(0, _PROTOCOLS[protocol] if protocol else None, src, dst, None, _ports(port))
        matches = (match,) if rest.bare else _together(said.matches, match)
        if matches is None:
            return None
        return Parts(
            matches, said.uncertain, said.target, said.goto, said.reject_with,
            rest.modules[module and protocol], said.options, said.only_family, said.lost,
        )  # fmt: skip

    def _rest(self, text: str) -> _Rest | None:
        words = words_of(text)
        found = None
        if words is not None:
            parts = read_rule(words, 0, self.family)
            modules = {
                name: parts.modules | ({name} if name else set()) for name in (None, *_PROTOCOLS)
            }
            found = _Rest(parts, parts.matches == (_ANY,), modules)
        if len(self.rests) >= _KEPT:
            self.rests.clear()
        self.rests[text] = found
        return found

    def _spec(self, text: str) -> AddressSpec | None:
        """The addresses that `text` names, None for all. Raises ValueError for what this family has not."""
        if text in self.specs:
            return self.specs[text]
        term = address_term(text)
        if term.family != self.family:
            raise ValueError("an address of the other family")
        spec = self.specs[text] = AddressSpec((term,)) if term.care else None
        return spec


def _ports(text: str | None) -> Ranges | None:
    return None if text is None else ((int(text), int(text)),)


def _together(matches: tuple[Match, ...], more: Match) -> tuple[Match, ...] | None:
    """`matches` with the fields of `more`; None where one has such a field already, or where there are none."""
    added = [(place, value) for place, value in enumerate(more) if value is not _ANY[place]]
    out = []
    for match in matches:
        fields = list(match)
        for place, value in added:
            if fields[place] is not _ANY[place]:
                return None
            fields[place] = value
        out.append(Match._make(fields))
    return tuple(out) or None
