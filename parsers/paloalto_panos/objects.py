"""Objects of one place (a virtual system, a device group, what Panorama pushed, `shared`): what names stand for.

Sources: Palo Alto Networks, PAN-OS Web Interface Help, "Objects > Addresses" (netmask, range, wildcard mask, FQDN),
"Address Groups", "Services", "Service Groups", "Regions", "External Dynamic Lists". A name is looked for in the
rule's own place first, then in what Panorama pushed, then in `shared`; a name that looks like an address is a name
first.
"""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

from parsers.model.addresses import AddressTerm, prefix_term, range_terms, wildcard_term
from parsers.model.filters import Ranges

DEEPEST = 24
EVERYWHERE = (AddressTerm(4, 0, 0), AddressTerm(6, 0, 0))


class Addresses(NamedTuple):
    """`sure` addresses belong to a name whatever else does. `may` holds all that could belong to it, and
    `doubt` says why it may be more than `sure`; without doubt both are equal."""

    sure: tuple[AddressTerm, ...]
    may: tuple[AddressTerm, ...]
    doubt: str | None = None


def exactly(terms: tuple[AddressTerm, ...]) -> Addresses:
    """Addresses without doubt."""
    return Addresses(terms, terms)


def perhaps(doubt: str) -> Addresses:
    """Addresses of which the text tells nothing."""
    return Addresses((), EVERYWHERE, doubt)


def together(parts: list[Addresses]) -> Addresses:
    """The union."""
    if len(parts) == 1:
        return parts[0]
    doubts = list(dict.fromkeys(part.doubt for part in parts if part.doubt))
    sure = tuple(dict.fromkeys(term for part in parts for term in part.sure))
    if not doubts:
        return Addresses(sure, sure)
    may = tuple(dict.fromkeys(term for part in parts for term in part.may))
    return Addresses(sure, may, "; ".join(doubts[:4]))


class Service(NamedTuple):
    """One alternative of a service; None is no condition."""

    protocol: int | None
    dst_ports: Ranges | None = None
    src_ports: Ranges | None = None
    icmp_type: int | None = None


class Services(NamedTuple):
    """What a service selects, with the same two lists as `Addresses`."""

    sure: tuple[Service, ...]
    may: tuple[Service, ...]
    doubt: str | None = None


ANY_SERVICE = (Service(None),)
BUILT_IN = {
    "any": ANY_SERVICE,
    "service-http": (Service(6, ((80, 80), (8080, 8080))),),
    "service-https": (Service(6, ((443, 443),)),),
}
"""Source: PAN-OS, predefined services (`show predefined service`)."""
PROTOCOLS = {"tcp": 6, "udp": 17, "sctp": 132}

_PREFIX = re.compile(r"[0-9a-fA-F.:]+(?:/\d{1,3})?")
_LITERAL = re.compile(r"(?:[\d.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/\d{1,3})?")


def literal(text: str) -> tuple[AddressTerm, ...] | None:
    """The addresses of an address, a prefix or a range as written; None for anything else."""
    try:
        first, dash, last = text.partition("-")
        if dash:
            return range_terms(first.strip(), last.strip())
        return (prefix_term(text),) if _LITERAL.fullmatch(text) else None
    except ValueError:
        return None


def netmask(text: str) -> tuple[AddressTerm, ...] | None:
    """The addresses of `ip-netmask`."""
    try:
        return (prefix_term(text),) if _PREFIX.fullmatch(text) else None
    except ValueError:
        return None


def wildcard(text: str) -> tuple[AddressTerm, ...] | None:
    """The addresses of `ip-wildcard 10.20.1.0/0.0.248.255`: a 1 bit need not match."""
    address, _, mask = text.partition("/")
    try:
        ipaddress.IPv4Address(mask)
        return (wildcard_term(address, mask),)
    except ValueError:
        return None


def ports(text: str) -> Ranges | None:
    """The ranges of `443,8000-8100`; None if a part is no port."""
    found = []
    for part in text.split(","):
        low, dash, high = part.strip().partition("-")
        if (
            not low.isascii()
            or not low.isdecimal()
            or (dash and not (high.isascii() and high.isdecimal()))
        ):
            return None
        first, last = int(low), int(high) if dash else int(low)
        if first > last or last > 65535:
            return None
        found.append((first, last))
    return tuple(found)


class Place:
    """The objects of one place."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.addresses: dict[str, Addresses] = {}
        self.masks: dict[str, str] = {}
        self.address_groups: dict[str, list[str]] = {}
        self.dynamic: dict[str, str] = {}
        self.tags: dict[str, set[str]] = {}
        self.opaque: dict[str, str] = {}
        self.services: dict[str, Services] = {}
        self.service_groups: dict[str, list[str]] = {}
        self.applications: dict[str, Services | None] = {}
        self.application_groups: dict[str, list[str]] = {}
        self.application_filters: dict[str, str] = {}


class Scope:
    """The places in which the names of a rule are looked for, the nearest first."""

    def __init__(self, places: list[Place]) -> None:
        self.places = places
        self._addresses: dict[str, Addresses] = {}
        self._services: dict[str, Services] = {}

    def address(self, name: str, depth: int = 0) -> Addresses:
        """What an address name or literal in a rule stands for."""
        found = self._addresses.get(name)
        if found is None:
            found = self._address(name, depth)
            if not depth:
                self._addresses[name] = found
        return found

    def _address(self, name: str, depth: int) -> Addresses:
        if depth > DEEPEST:
            return perhaps(f"address groups nest without end at {name}")
        for place in self.places:
            if name in place.addresses:
                return place.addresses[name]
            if name in place.address_groups or name in place.dynamic:
                return self._group(place, name, depth)
            if name in place.opaque:
                return perhaps(place.opaque[name])
        if name == "any":
            return exactly(EVERYWHERE)
        terms = literal(name)
        if terms is not None:
            return exactly(terms)
        if re.fullmatch(r"[A-Z]{2}", name):
            return perhaps(f"the addresses of region {name} are not in the text")
        if name.startswith("panw-"):
            return perhaps(f"the vendor keeps the addresses of list {name}")
        return perhaps(f"address {name} is not defined")

    def _group(self, place: Place, name: str, depth: int) -> Addresses:
        parts = [self.address(member, depth + 1) for member in place.address_groups.get(name, ())]
        if name in place.dynamic:
            parts.append(self._dynamic(name, place.dynamic[name]))
        return together(parts) if parts else exactly(())

    def _dynamic(self, name: str, expression: str) -> Addresses:
        """Addresses with static tags belong to a dynamic group; others may be registered while it runs."""
        doubt = f"the members of dynamic group {name} are known to the device only"
        tests = _tag_tests(expression)
        if tests is None:
            return perhaps(doubt)
        sure: list[AddressTerm] = []
        for place in self.places:
            for address, tags in place.tags.items():
                if address in place.addresses and any(test <= tags for test in tests):
                    sure += place.addresses[address].sure
        return Addresses(tuple(sure), EVERYWHERE, doubt)

    def service(self, name: str, depth: int = 0) -> Services:
        """What a service name in a rule stands for."""
        found = self._services.get(name)
        if found is None:
            found = self._service(name, depth)
            if not depth:
                self._services[name] = found
        return found

    def _service(self, name: str, depth: int) -> Services:
        if depth > DEEPEST:
            return Services((), ANY_SERVICE, f"service groups nest without end at {name}")
        for place in self.places:
            if name in place.services:
                return place.services[name]
            if name in place.service_groups:
                parts = [self.service(m, depth + 1) for m in place.service_groups[name]]
                return all_services(parts)
        if name in BUILT_IN:
            return Services(BUILT_IN[name], BUILT_IN[name])
        return Services((), ANY_SERVICE, f"service {name} is not defined")


def all_services(parts: list[Services]) -> Services:
    """The union."""
    doubt = next((part.doubt for part in parts if part.doubt), None)
    sure = tuple(dict.fromkeys(s for part in parts for s in part.sure))
    may = tuple(dict.fromkeys(s for part in parts for s in part.may)) if doubt else sure
    return Services(sure, may, doubt)


_TAG = re.compile(r"\s*(\(|\)|'[^']*'|\"[^\"]*\"|[^\s()]+)")


def _tag_tests(expression: str) -> list[frozenset[str]] | None:
    """The sets of tags of which an address needs one whole; None for `not` and for what is no expression."""
    words = [found[1] for found in _TAG.finditer(expression)]
    position = 0

    def both() -> list[frozenset[str]] | None:
        nonlocal position
        left = one()
        while left is not None and position < len(words) and words[position].lower() == "and":
            position += 1
            right = one()
            left = None if right is None else [a | b for a in left for b in right][:64]
        return left

    def either() -> list[frozenset[str]] | None:
        nonlocal position
        left = both()
        while left is not None and position < len(words) and words[position].lower() == "or":
            position += 1
            right = both()
            left = None if right is None else [*left, *right]
        return left

    def one() -> list[frozenset[str]] | None:
        nonlocal position
        if position >= len(words):
            return None
        word = words[position]
        position += 1
        if word == "(":
            inner = either()
            if position >= len(words) or words[position] != ")":
                return None
            position += 1
            return inner
        if word == ")" or word.lower() in ("not", "and", "or"):
            return None
        return [frozenset((word.strip("'\""),))]

    found = either()
    return found if position == len(words) else None
