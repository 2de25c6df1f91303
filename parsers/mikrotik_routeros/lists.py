"""Address lists and interface lists, with what the text does not tell about them.

An address list may hold DNS names, and rules, servers and scripts may add to it at any time; an
interface list may include and exclude others, and services may add interfaces. What is certain
about a list and what is open are kept apart.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.mikrotik_routeros.names import near
from parsers.mikrotik_routeros.ranges import address_range, merged
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.filters import Ranges

BUILT_IN = frozenset(("all", "none", "dynamic", "static"))
"""Interface lists that every system has."""


class AddressSet(NamedTuple):
    """The addresses that a list holds for certain; `open` says why it may hold others too."""

    ranges: Ranges
    open: str | None


class InterfaceSet(NamedTuple):
    """The named interfaces, or with `negated` all but the named; `open` says why it may be more."""

    names: frozenset[str]
    negated: bool = False
    open: str | None = None


class AddressLists:
    """`/ip firewall address-list` and its IPv6 twin. `odd` says for a family that some entry was not
    understood, whatever its list; `first` is the first entry of each list."""

    def __init__(self) -> None:
        self.entries: dict[tuple[int, str], list[tuple[int, int]]] = {}
        self.open: dict[tuple[int, str], str] = {}
        self.filled: dict[str, str] = {}
        self.scripts: list[str] = []
        self.odd: dict[int, str] = {}
        self.first: dict[tuple[int, str], Statement] = {}
        self._known: dict[tuple[int, str], AddressSet] = {}

    def add(self, family: int, name: str, address: str, timeout: bool) -> bool:
        """Takes one entry; False if the address has no form that RouterOS prints."""
        if timeout:
            self.open.setdefault((family, name), f"an entry of list {name} expires")
            return True
        try:
            self.entries.setdefault((family, name), []).append(address_range(address, family))
        except ValueError:
            if not address or any(sign in address for sign in "/ !*"):
                self.open.setdefault((family, name), f"an entry of list {name} is not understood")
                return False
            self.open.setdefault((family, name), f"list {name} holds the name {address}")
        return True

    def mistyped(self) -> list[Statement]:
        """The first entries of lists that no rule asks for, one letter away from one that is asked for."""
        asked = {name for _, name in self._known}
        return [
            statement
            for (_, name), statement in self.first.items()
            if name not in asked and near(name, asked)
        ]

    def fill(self, name: str, who: str) -> None:
        """Records that a rule or a service adds addresses to a list."""
        self.filled.setdefault(name, f"{who} add to list {name}")

    def find(self, family: int, name: str) -> AddressSet:
        """What a list holds."""
        key = (family, name)
        found = self._known.get(key)
        if found is None:
            doubt = self.open.get(key) or self.filled.get(name) or self._scripted(name)
            doubt = doubt or self.odd.get(family)
            entries = self.entries.get(key)
            if entries is None and doubt is None:
                doubt = f"list {name} is not defined in this text"
            found = self._known[key] = AddressSet(merged(tuple(entries or ())), doubt)
        return found

    def _scripted(self, name: str) -> str | None:
        for source in self.scripts:
            if name in source or "list=$" in source:
                return f"a script may change list {name}"
        return None


class InterfaceLists:
    """`/interface list` and `/interface list member`."""

    def __init__(self) -> None:
        self.members: dict[str, list[str]] = {}
        self.include: dict[str, list[str]] = {}
        self.exclude: dict[str, list[str]] = {}
        self.open: dict[str, str] = {}
        self.defined: set[str] = set()

    def find(self, name: str, above: tuple[str, ...] = ()) -> InterfaceSet:
        """The interfaces of a list: included lists, less the excluded, plus its own members."""
        if name == "all":
            return InterfaceSet(frozenset(), True)
        if name == "none":
            return InterfaceSet(frozenset())
        if name in above:
            return InterfaceSet(frozenset(), open=f"interface list {name} contains itself")
        doubt = self.open.get(name)
        if name in ("dynamic", "static"):
            doubt = f"which interfaces are {name} is not in this text"
        elif name not in self.defined and name not in self.members:
            doubt = f"interface list {name} is not defined in this text"
        found = InterfaceSet(frozenset(), open=doubt)
        for other in self.include.get(name, ()):
            found = _union(found, self.find(other, (*above, name)))
        for other in self.exclude.get(name, ()):
            found = _less(found, self.find(other, (*above, name)))
        return _union(found, InterfaceSet(frozenset(self.members.get(name, ()))))


def _union(a: InterfaceSet, b: InterfaceSet) -> InterfaceSet:
    doubt = a.open or b.open
    if a.negated and b.negated:
        return InterfaceSet(a.names & b.names, True, doubt)
    if a.negated:
        return InterfaceSet(a.names - b.names, True, doubt)
    if b.negated:
        return InterfaceSet(b.names - a.names, True, doubt)
    return InterfaceSet(a.names | b.names, False, doubt)


def _less(a: InterfaceSet, b: InterfaceSet) -> InterfaceSet:
    doubt = a.open or b.open
    if b.open is not None:
        # what the excluded list holds beside its names would go too: nothing is certain then
        return InterfaceSet(frozenset(), open=doubt)
    return _intersect(a, InterfaceSet(b.names, not b.negated))._replace(open=doubt)


def _intersect(a: InterfaceSet, b: InterfaceSet) -> InterfaceSet:
    if a.negated and b.negated:
        return InterfaceSet(a.names | b.names, True)
    if a.negated:
        return InterfaceSet(b.names - a.names)
    if b.negated:
        return InterfaceSet(a.names - b.names)
    return InterfaceSet(a.names & b.names)


def intersect(a: InterfaceSet, b: InterfaceSet) -> InterfaceSet:
    """The interfaces that are in both, what is open about them aside."""
    return _intersect(a, b)
