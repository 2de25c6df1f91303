"""Rules of security policies, and the filters between zones that they become."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match, State, Symptom
from parsers.model.interfaces import InterfaceKind
from parsers.vrp_style.draft import Draft
from parsers.vrp_style.groups import Group

SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="session",
)
"""Packets of a session that a policy permitted are not asked again, nor are ICMP errors that quote one."""

SERVICES: dict[str, tuple[Match, ...]] = {
    "any": (Match(),),
    "tcp": (Match(protocols=((6, 6),)),),
    "udp": (Match(protocols=((17, 17),)),),
    "icmp": (Match(family=4, protocols=((1, 1),)),),
    "icmpv6": (Match(family=6, protocols=((58, 58),)),),
    "http": (Match(protocols=((6, 6),), dst_ports=((80, 80),)),),
    "https": (Match(protocols=((6, 6),), dst_ports=((443, 443),)),),
    "ssh": (Match(protocols=((6, 6),), dst_ports=((22, 22),)),),
    "telnet": (Match(protocols=((6, 6),), dst_ports=((23, 23),)),),
    "ftp": (Match(protocols=((6, 6),), dst_ports=((21, 21),)),),
    "smtp": (Match(protocols=((6, 6),), dst_ports=((25, 25),)),),
    "gre": (Match(protocols=((47, 47),)),),
    "ospf": (Match(protocols=((89, 89),)),),
}
"""Predefined services whose ports are the registered ones; others may be more than their name says."""


class Side:
    """The addresses of one side of a rule: none named is all."""

    def __init__(self) -> None:
        self.terms: list[AddressTerm] = []
        self.named = False
        self.any = False
        self.doubt: str | None = None

    def add(self, terms: Iterable[AddressTerm]) -> None:
        """Names addresses."""
        self.named = True
        self.terms.extend(terms)

    def add_group(self, group: Group[AddressTerm]) -> None:
        """Names a group of addresses."""
        self.add(group.items)
        if group.doubt:
            self.doubt = self.doubt or f"address group {group.doubt}"

    def of(self, family: int, wide: bool) -> tuple[bool, AddressSpec | None]:
        """Whether any address of `family` can match, and which; None is all."""
        if not self.named or self.any or (wide and self.doubt):
            return True, None
        terms = tuple(term for term in self.terms if term.family == family)
        return bool(terms), AddressSpec(terms)


class PolicyRule:
    """One rule of a security policy while its lines are read. `family` 0 sees both."""

    def __init__(self, name: str, line: int, family: int = 0) -> None:
        self.name = name
        self.line = line
        self.family = family
        self.sources: set[str] = set()
        self.destinations: set[str] = set()
        self.src = Side()
        self.dst = Side()
        self.services: list[Match] = []
        self.service_named = False
        self.service_doubt: str | None = None
        self.action: Action | None = None
        self.action_line = line
        self.symptom = Symptom.TIMEOUT
        self.disabled = False
        self.doubt: str | None = None

    def add_services(self, group: Group[Match]) -> None:
        """Names a service."""
        self.service_named = True
        self.services.extend(group.items)
        if group.doubt:
            self.service_doubt = self.service_doubt or f"service {group.doubt}"

    def settle_zones(self, known: Container[str]) -> None:
        """A zone that the text does not define may be any: the rule is doubtful for all zones then."""
        for names in (self.sources, self.destinations):
            for name in sorted(names):
                if name not in known:
                    self.doubt = self.doubt or f"zone {name} is not defined in the text"
                    names.clear()
                    break

    def concerns(self, source: str, destination: str) -> bool:
        """Whether packets between two zones are compared with the rule."""
        return (not self.sources or source in self.sources) and (
            not self.destinations or destination in self.destinations
        )

    def entries(self, default: Action) -> tuple[Entry, ...]:
        """The entries of the rule: two where part of it is not known. `default` is the action of a rule that
        names none."""
        if self.disabled:
            return ()
        reason = self.doubt or self.src.doubt or self.dst.doubt or self.service_doubt
        found = []
        if self.doubt is None:
            certain = tuple(self._matches(wide=False))
            if certain:
                found.append(self._entry(default, certain, None))
        if reason is not None:
            found.append(self._entry(default, tuple(self._matches(wide=True)), reason))
        return tuple(found)

    def _entry(self, default: Action, matches: tuple[Match, ...], reason: str | None) -> Entry:
        action = self.action or default
        return Entry(
            self.action_line, action, matches, reason, symptom=self.symptom, label=self.name
        )

    def _matches(self, wide: bool) -> Iterator[Match]:
        for family in (self.family,) if self.family else (4, 6):
            some_src, src = self.src.of(family, wide)
            some_dst, dst = self.dst.of(family, wide)
            if not some_src or not some_dst:
                continue
            for service in self._services(wide):
                if service.family in (0, family):
                    yield service._replace(family=family, src=src, dst=dst)

    def _services(self, wide: bool) -> list[Match]:
        if not self.service_named or (wide and self.service_doubt):
            return [Match()]
        return self.services


class Between(NamedTuple):
    """What stands between two zones: entries after the session, the last action, and doubts."""

    entries: tuple[Entry, ...]
    default: Action
    line: int | None = None
    default_line: int | None = None
    doubt: str | None = None


def zones_in_use(state: Draft) -> list[str]:
    """The zones of interfaces, and the empty name if a transit interface is in none."""
    found: dict[str, None] = {}
    homeless = False
    for interface in state.interfaces.values():
        if interface.zone is not None:
            found[interface.zone.value] = None
        elif interface.is_routed and interface.kind not in _NOT_TRANSIT and interface.addresses:
            homeless = True
    return [*found, *([""] if homeless and found else [])]


_NOT_TRANSIT = frozenset({InterfaceKind.LOOPBACK, InterfaceKind.NULL, InterfaceKind.MANAGEMENT})


def in_vpn(state: Draft, *zones: str) -> str | None:
    """A VPN that an interface of these zones is in."""
    for interface in state.interfaces.values():
        if (
            interface.zone is not None
            and interface.zone.value in zones
            and interface.vrf != "default"
        ):
            return interface.vrf
    return None


def zone_filter(state: Draft, source: str, destination: str, family: int, found: Between) -> Filter:
    """The filter from one zone to another; `family` 0 sees both."""
    return Filter(
        key=f"zone:{source}:{destination}",
        family=family,
        file=state.file,
        line=found.line,
        entries=(SESSION, *found.entries) if source and destination else (),
        default=found.default,
        names=(f"{source}:{destination}",),
        kind="zone-policy",
        default_line=found.default_line,
        later_fragments=LaterFragments.WHOLE,
        stateful=True,
        uncertain=found.doubt,
    )
