"""The conditions of one rule, twice: what it matches for certain, and what it may match.

Both are conjunctions. They differ only where a condition depends on something that the text does not
show; the entry for the second then says what that is.
"""

from __future__ import annotations

from parsers.mikrotik_routeros.lists import InterfaceSet, intersect
from parsers.mikrotik_routeros.ranges import intersect as common
from parsers.mikrotik_routeros.ranges import spec_of
from parsers.model.filters import (
    FlagTest,
    Fragments,
    IcmpTest,
    InterfaceSpec,
    Match,
    Ranges,
    State,
)

Addresses = list[tuple[Ranges, bool]]


class Conjunction:
    """Conditions that must all hold. `never` is True where one of them cannot."""

    __slots__ = (
        "dst", "dst_ports", "either_ports", "family", "flags", "fragments", "icmp", "incoming",
        "never", "outgoing", "protocols", "src", "src_ports", "states",
    )  # fmt: skip

    def __init__(self, family: int) -> None:
        self.family = family
        self.protocols: Ranges | None = None
        self.src: Addresses = []
        self.dst: Addresses = []
        self.src_ports: Ranges | None = None
        self.dst_ports: Ranges | None = None
        self.either_ports: Ranges | None = None
        self.icmp: tuple[IcmpTest, ...] | None = None
        self.flags: tuple[FlagTest, ...] | None = None
        self.fragments = Fragments.ANY
        self.states: frozenset[State] | None = None
        self.incoming: InterfaceSet | None = None
        self.outgoing: InterfaceSet | None = None
        self.never = False

    def limit_ports(self, source: bool, ranges: Ranges) -> None:
        """Adds a condition on source or destination ports."""
        if source:
            self.src_ports = ranges if self.src_ports is None else common(self.src_ports, ranges)
        else:
            self.dst_ports = ranges if self.dst_ports is None else common(self.dst_ports, ranges)

    def limit_interfaces(self, incoming: bool, found: InterfaceSet) -> None:
        """Adds a condition on the interface of arrival or of departure."""
        if incoming:
            self.incoming = found if self.incoming is None else intersect(self.incoming, found)
        else:
            self.outgoing = found if self.outgoing is None else intersect(self.outgoing, found)

    def matches(self) -> tuple[Match, ...]:
        """The conjunction as matches, which are alternatives; empty if it cannot hold."""
        if self.never or self.states == frozenset():
            return ()
        for found in (self.incoming, self.outgoing):
            if found is not None and not found.names and not found.negated:
                return ()
        if any(not ranges and not negated for ranges, negated in (*self.src, *self.dst)):
            return ()
        if self.either_ports is None:
            return self._match(self.src_ports, self.dst_ports)
        ports = self.either_ports
        source = ports if self.src_ports is None else common(self.src_ports, ports)
        target = ports if self.dst_ports is None else common(self.dst_ports, ports)
        return self._match(source, self.dst_ports) + self._match(self.src_ports, target)

    def _match(self, src_ports: Ranges | None, dst_ports: Ranges | None) -> tuple[Match, ...]:
        if () in (src_ports, dst_ports):
            return ()
        family = self.family
        return (
            Match(
                family=family,
                protocols=self.protocols,
                src=spec_of(self.src, family),
                dst=spec_of(self.dst, family),
                src_ports=src_ports,
                dst_ports=dst_ports,
                icmp=self.icmp,
                flags=self.flags,
                fragments=self.fragments,
                states=self.states,
                in_interfaces=_interfaces(self.incoming),
                out_interfaces=_interfaces(self.outgoing),
            ),
        )


def _interfaces(found: InterfaceSet | None) -> InterfaceSpec | None:
    if found is None or (found.negated and not found.names):
        return None
    return InterfaceSpec(tuple(sorted(found.names)), found.negated)


class Conditions:
    """The certain and the possible conjunction of one rule, and what makes them differ."""

    __slots__ = ("doubts", "family", "may", "odd", "sure")

    def __init__(self, family: int) -> None:
        self.family = family
        self.sure = Conjunction(family)
        self.may = Conjunction(family)
        self.doubts: list[str] = []
        self.odd: list[str] = []

    def both(self) -> tuple[Conjunction, Conjunction]:
        """The two conjunctions, for a condition that the text decides."""
        return self.sure, self.may

    def never(self) -> None:
        """Records a condition that cannot hold."""
        self.sure.never = self.may.never = True

    def doubt(self, reason: str) -> None:
        """Records a condition that the text does not decide: nothing is certain any more."""
        self.doubts.append(reason)
        self.sure.never = True

    def open(self, reason: str) -> None:
        """Records that a condition may hold for more packets than is certain."""
        self.doubts.append(reason)

    def misread(self, reason: str) -> None:
        """Records a condition that was not understood."""
        self.odd.append(reason)
        self.doubt(reason)
