"""The conditions of one filter term, and the matches that they make together.

Within one field values are alternatives, over fields they add up. `port` and `address` hold for either side,
so a term can need several matches. Fields of layer 4 do not test the protocol (Juniper recommends a
`protocol` beside them): for other protocols the device compares the same bytes of the payload, and that is
returned apart, as what the term perhaps matches.
"""

from __future__ import annotations

from functools import cache

from parsers.juniper_junos import ranges
from parsers.juniper_junos.flags import Tests, joined
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import Fragments, IcmpTest, InterfaceSpec, Match, Ranges

WITH_PORTS: Ranges = ((6, 6), (17, 17), (33, 33), (132, 132), (136, 136))
TCP: Ranges = ((6, 6),)
ICMP: dict[int, Ranges] = {0: ((1, 1), (58, 58)), 4: ((1, 1),), 6: ((58, 58),)}
ALL: Ranges = ((0, 255),)
PAYLOAD = "the term tests no protocol, and other protocols have other data in the same bytes"


@cache
def _beside(asked: Ranges, implied: Ranges) -> Ranges:
    """The protocols of `asked` that are none of `implied`."""
    return ranges.intersection(asked, ranges.complement(implied, 255))


class Addresses:
    """The prefixes of one side: the longest match over both lists decides."""

    __slots__ = ("excepts", "terms")

    def __init__(self) -> None:
        self.terms: list[AddressTerm] = []
        self.excepts: list[AddressTerm] = []

    def spec(self) -> AddressSpec:
        """The model's form."""
        return AddressSpec(tuple(self.terms), tuple(self.excepts))


class Conditions:
    """What the statements of one `from` say so far. `doubts` are conditions that cannot be decided; the
    fields then describe a superset of what the device matches."""

    def __init__(self, family: int, subject: str) -> None:
        self.family = family
        self.subject = subject
        self.sides: dict[str, Addresses] = {}
        self.protocols: Ranges | None = None
        self.src_ports: Ranges | None = None
        self.dst_ports: Ranges | None = None
        self.either_ports: Ranges | None = None
        self.port_except: Ranges | None = None
        self.icmp_types: Ranges | None = None
        self.icmp_codes: Ranges | None = None
        self.flags: Tests | None = None
        self.fragments = Fragments.ANY
        self.interfaces: InterfaceSpec | None = None
        self.doubts: list[str] = []
        self.wide: set[str] = set()

    def addresses(self, side: str) -> Addresses:
        """The prefixes of `src`, `dst` or `either`."""
        return self.sides.setdefault(side, Addresses())

    def widen(self, field: str) -> None:
        """Lets `field` match everything: one of its values is not known."""
        self.wide.add(field)

    def narrow(self, field: str, value: Ranges) -> None:
        """Adds a condition on a numeric field to those it has."""
        before = getattr(self, field)
        setattr(self, field, value if before is None else ranges.intersection(before, value))

    def narrow_flags(self, tests: Tests) -> None:
        """Adds a condition on the TCP flags."""
        self.flags = tests if self.flags is None else joined(self.flags, tests)

    def matches(self) -> tuple[Match, ...]:
        """What the term matches, or may match if there are doubts."""
        return tuple(
            match._replace(src_ports=src_ports, dst_ports=dst_ports, icmp=self._icmp())
            for match in self._address_matches()
            for src_ports, dst_ports in self._ports()
        )

    def perhaps(self) -> tuple[Match, ...]:
        """What the term may match besides, with the reason PAYLOAD or the one of `port-except`."""
        found: list[Match] = []
        for match in self._address_matches():
            found += self._other_protocols(match)
            if self.port_except is not None:
                outside = ranges.complement(self.port_except, 65535)
                icmp = self._icmp()
                for src, dst in ((self.port_except, outside), (outside, self.port_except)):
                    found.append(match._replace(src_ports=src, dst_ports=dst, icmp=icmp))
        return tuple(found)

    def _get(self, field: str) -> Ranges | None:
        value: Ranges | None = None if field in self.wide else getattr(self, field)
        return value

    def _address_matches(self) -> list[Match]:
        src, dst = self._side("src"), self._side("dst")
        base = Match(
            family=self.family,
            protocols=self._get("protocols"),
            src=src,
            dst=dst,
            flags=None if self.flags is None or "flags" in self.wide else tuple(self.flags),
            fragments=self.fragments,
            in_interfaces=self.interfaces,
        )
        either = self._side("either")
        if either is None:
            return [base]
        if src is not None or dst is not None:
            self.doubts.append("'address' beside conditions on one side")
        return [
            base._replace(src=either if src is None else src),
            base._replace(dst=either if dst is None else dst),
        ]

    def _side(self, side: str) -> AddressSpec | None:
        found = self.sides.get(side)
        return None if found is None or side in self.wide else found.spec()

    def _ports(self) -> list[tuple[Ranges | None, Ranges | None]]:
        src, dst = self._get("src_ports"), self._get("dst_ports")
        if self.port_except is not None:
            outside = ranges.complement(self.port_except, 65535)
            src = outside if src is None else ranges.intersection(src, outside)
            dst = outside if dst is None else ranges.intersection(dst, outside)
        either = self._get("either_ports")
        if either is None:
            return [(src, dst)]
        return [
            (either if src is None else ranges.intersection(src, either), dst),
            (src, either if dst is None else ranges.intersection(dst, either)),
        ]

    def _icmp(self) -> tuple[IcmpTest, ...] | None:
        types, codes = self._get("icmp_types"), self._get("icmp_codes")
        if types is None and codes is None:
            return None
        return tuple(
            IcmpTest(number, low, high)
            for first, last in (types if types is not None else ALL)
            for number in range(first, last + 1)
            for low, high in (codes if codes is not None else ALL)
        )

    def _implied(self) -> Ranges | None:
        """The protocols that the layer 4 fields are meant for; None if there are no such fields."""
        implied: Ranges | None = None
        ports = (self.src_ports, self.dst_ports, self.either_ports, self.port_except)
        if any(value is not None for value in ports):
            implied = WITH_PORTS
        if self.flags is not None:
            implied = TCP if implied is None else ranges.intersection(implied, TCP)
        if self.icmp_types is not None or self.icmp_codes is not None:
            icmp = ICMP[self.family]
            implied = icmp if implied is None else ranges.intersection(implied, icmp)
        return implied

    def _other_protocols(self, match: Match) -> list[Match]:
        implied = self._implied()
        if implied is None:
            return []
        others = _beside(match.protocols if match.protocols is not None else ALL, implied)
        if not others:
            return []
        plain = match._replace(flags=None)
        src, dst = self._get("src_ports"), self._get("dst_ports")
        if implied == WITH_PORTS and src is not None and self._get("either_ports") is None:
            return self._ports_in_icmp(plain, others, src)
        if implied == ICMP[self.family] and src is None and dst is None and self.family:
            return self._icmp_in_ports(plain, others)
        return [plain._replace(protocols=others)]

    def _ports_in_icmp(self, match: Match, others: Ranges, ports: Ranges) -> list[Match]:
        """In an ICMP message type and code stand where the source port is."""
        icmp = ICMP[self.family]
        found = []
        if ranges.intersection(others, icmp):
            tests = tuple(
                IcmpTest(kind, max(low, kind << 8) & 255, min(high, kind << 8 | 255) & 255)
                for low, high in ports
                for kind in range(low >> 8, (high >> 8) + 1)
            )
            found.append(match._replace(protocols=icmp, icmp=tests))
        rest = ranges.intersection(others, ranges.complement(icmp, 255))
        if rest:
            found.append(match._replace(protocols=rest))
        return found

    def _icmp_in_ports(self, match: Match, others: Ranges) -> list[Match]:
        """In a TCP or UDP header the source port stands where ICMP has type and code."""
        found = []
        ported = ranges.intersection(others, WITH_PORTS)
        if ported:
            ports = ranges.union(
                (test.type << 8 | test.low, test.type << 8 | test.high)
                for test in self._icmp() or (IcmpTest(kind) for kind in range(256))
            )
            found.append(match._replace(protocols=ported, src_ports=ports))
        rest = ranges.intersection(others, ranges.complement(WITH_PORTS, 255))
        if rest:
            found.append(match._replace(protocols=rest))
        return found
