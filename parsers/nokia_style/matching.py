"""The conditions of one filter entry, and the matches that they make together.

Both systems match a packet when every condition of the entry holds. A condition on layer 4 stands beside a
protocol that has the field; the devices refuse it otherwise, so here such an entry is in doubt.

A packet that is no later fragment is taken to be whole: an entry for fragments only does not match it.
"""

from __future__ import annotations

from collections.abc import Iterable

from parsers.model.addresses import AddressSpec
from parsers.model.filters import FlagTest, Fragments, IcmpTest, Match, Range, Ranges

TCP, UDP, SCTP = 6, 17, 132
ICMP = {4: 1, 6: 58}
WITH_PORTS: Ranges = ((TCP, TCP), (UDP, UDP), (33, 33), (SCTP, SCTP), (136, 136))
ALL: Ranges = ((0, 255),)
NO_PROTOCOL = "a condition on layer 4 without a protocol that has it"


def union(parts: Iterable[Range]) -> Ranges:
    """The numbers in any of `parts`, as few ranges."""
    found: list[Range] = []
    for low, high in sorted(parts):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def both(first: Ranges | None, second: Ranges | None) -> Ranges | None:
    """The numbers in both; None is no condition."""
    if first is None or second is None:
        return second if first is None else first
    return tuple(
        (max(a, c), min(b, d)) for a, b in first for c, d in second if max(a, c) <= min(b, d)
    )


def inside(part: Ranges, whole: Ranges) -> bool:
    """Whether all numbers of `part` are in `whole`."""
    return both(part, whole) == part


class Conditions:
    """What the statements of one entry say so far. `doubts` are conditions that cannot be decided; the fields
    then describe a superset of what the device matches."""

    def __init__(self, family: int, subject: str) -> None:
        self.family = family
        self.subject = subject
        self.protocols: Ranges | None = None
        self.src: AddressSpec | None = None
        self.dst: AddressSpec | None = None
        self.either: AddressSpec | None = None
        self.src_ports: Ranges | None = None
        self.dst_ports: Ranges | None = None
        self.either_ports: Ranges | None = None
        self.icmp_types: Ranges | None = None
        self.icmp_codes: Ranges | None = None
        self.flags: tuple[FlagTest, ...] | None = None
        self.fragments = Fragments.ANY
        self.only_first = False
        self.doubts: list[str] = []

    def doubt(self, reason: str) -> None:
        """Records a condition that cannot be decided."""
        if reason not in self.doubts:
            self.doubts.append(reason)

    def matches(self, zeros_match_later: bool = False) -> tuple[Match, ...]:
        """What the entry matches, or may match if there are doubts. `zeros_match_later`: to the device a
        later fragment has zeros where layer 4 fields would be."""
        if self.only_first:
            return ()
        self._check_protocol()
        found = []
        for src, dst in self._sides():
            for src_ports, dst_ports in self._ports():
                found.append(
                    Match(
                        family=self.family,
                        protocols=self.protocols,
                        src=src,
                        dst=dst,
                        src_ports=src_ports,
                        dst_ports=dst_ports,
                        icmp=self._icmp(),
                        flags=self.flags,
                        fragments=self.fragments,
                    )
                )
            if zeros_match_later and self._zeros_hold():
                found.append(
                    Match(
                        family=self.family,
                        protocols=self.protocols,
                        src=src,
                        dst=dst,
                        fragments=Fragments.LATER,
                    )
                )
        return tuple(found)

    def _sides(self) -> list[tuple[AddressSpec | None, AddressSpec | None]]:
        if self.either is None:
            return [(self.src, self.dst)]
        if self.src is not None or self.dst is not None:
            self.doubt("addresses of either side beside those of one side")
        return [(self.either, self.dst), (self.src, self.either)]

    def _ports(self) -> list[tuple[Ranges | None, Ranges | None]]:
        if self.either_ports is None:
            return [(self.src_ports, self.dst_ports)]
        return [
            (both(self.src_ports, self.either_ports), self.dst_ports),
            (self.src_ports, both(self.dst_ports, self.either_ports)),
        ]

    def _icmp(self) -> tuple[IcmpTest, ...] | None:
        if self.icmp_types is None and self.icmp_codes is None:
            return None
        return tuple(
            IcmpTest(number, low, high)
            for first, last in (ALL if self.icmp_types is None else self.icmp_types)
            for number in range(first, last + 1)
            for low, high in (ALL if self.icmp_codes is None else self.icmp_codes)
        )

    def _asked_ports(self) -> list[Ranges]:
        asked = (self.src_ports, self.dst_ports, self.either_ports)
        return [ports for ports in asked if ports is not None]

    def _check_protocol(self) -> None:
        asked = ALL if self.protocols is None else self.protocols
        tcp = self.flags is not None and not inside(asked, ((TCP, TCP),))
        ports = bool(self._asked_ports()) and not inside(asked, WITH_PORTS)
        icmp = ICMP.get(self.family, 1)
        messages = self._icmp() is not None and not inside(asked, ((icmp, icmp),))
        if tcp or ports or messages:
            self.doubt(NO_PROTOCOL)

    def _zeros_hold(self) -> bool:
        """Whether there are layer 4 conditions, and zeros in all their fields fulfil them."""
        if self.fragments is Fragments.NOT_LATER:
            return False
        asked = [*self._asked_ports()]
        asked += [part for part in (self.icmp_types, self.icmp_codes) if part is not None]
        if self.flags is not None and not any(test.value == 0 for test in self.flags):
            return False
        if not asked and self.flags is None:
            return False
        return all(any(low == 0 for low, _ in part) for part in asked)
