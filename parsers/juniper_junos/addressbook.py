"""Address books of SRX zones: what a security policy means by the name of an address.

Source: Juniper, "Address Books and Address Sets": the book attached to the zone is asked before `global`.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.juniper_junos.names import prefix
from parsers.model.addresses import AddressTerm

GLOBAL = "global"
_DEEPEST = 16


class Addresses(NamedTuple):
    """The terms of a name in both families; `doubt` says why there may be more."""

    terms: tuple[AddressTerm, ...]
    doubt: str | None = None


EVERY = {
    "any": Addresses((AddressTerm(4, 0, 0), AddressTerm(6, 0, 0))),
    "any-ipv4": Addresses((AddressTerm(4, 0, 0),)),
    "any-ipv6": Addresses((AddressTerm(6, 0, 0),)),
}


class Book:
    """One address book."""

    def __init__(self) -> None:
        self.addresses: dict[str, Addresses] = {}
        self.sets: dict[str, list[str]] = {}

    def find(self, name: str, depth: int = 0) -> Addresses | None:
        """The addresses of `name`; None if the book lacks it."""
        found = self.addresses.get(name)
        if found is not None or name not in self.sets:
            return found
        if depth > _DEEPEST:
            return Addresses(EVERY["any"].terms, f"address sets nest without end at {name}")
        terms: list[AddressTerm] = []
        doubt = None
        for member in self.sets[name]:
            inner = self.find(member, depth + 1)
            if inner is None:
                terms += EVERY["any"].terms
                doubt = f"address {member} in set {name} is not defined"
            else:
                terms += inner.terms
                doubt = doubt or inner.doubt
        return Addresses(tuple(terms), doubt)


class Books:
    """All books of a device, with the zones that they are attached to."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.zones: dict[str, str] = {}
        self._cache: dict[tuple[str | None, str], Addresses] = {}

    def find(self, zone: str | None, name: str) -> Addresses:
        """The addresses that `name` stands for in a policy of `zone` (None: of no single zone)."""
        every = EVERY.get(name)
        if every is not None:
            return every
        found = self._cache.get((zone, name))
        if found is None:
            found = self._cache[zone, name] = self._look(zone, name)
        return found

    def _look(self, zone: str | None, name: str) -> Addresses:
        own = self.zones.get(zone) if zone is not None else None
        for key in (own, GLOBAL):
            book = self.books.get(key) if key is not None else None
            found = book.find(name) if book is not None else None
            if found is not None:
                return found
        literal = prefix(name)
        if literal is not None:
            return Addresses((literal,))
        return Addresses(EVERY["any"].terms, f"address {name} is not defined")
