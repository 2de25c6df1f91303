"""The expressions of packet filters: the part of the tcpdump language that names addresses, ports, protocols.

An expression becomes a list of conjunctions. What the language can say and this does not read (bytes, lengths,
link layer, negations of more than one condition) makes the rule uncertain, never certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.f5_tmsh.names import masked, port_range, protocol_number
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import IcmpTest, Match, Ranges

_TOKEN = re.compile(r"\(|\)|&&|\|\||!(?!=)|[^\s()!&|]+|\S")
MOST = 512
"""Conjunctions of an expression beyond which it is taken as not understood."""
_NAMED = {
    "tcp": 6,
    "udp": 17,
    "icmp": 1,
    "icmp6": 58,
    "sctp": 132,
    "ah": 51,
    "esp": 50,
    "igmp": 2,
    "pim": 103,
    "vrrp": 112,
}


class Stuck(ValueError):
    """A word that this reader has no place for; it never leaves this module."""


def matches_of(text: str) -> tuple[tuple[Match, ...], str | None]:
    """The alternatives of an expression, and why they may be too many; an empty one matches everything."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    if not tokens:
        return (Match(4), Match(6)), None
    reader = _Reader(tokens)
    try:
        found = reader.either()
        if reader.at != len(tokens):
            raise Stuck(tokens[reader.at])
    except Stuck as stuck:
        return (Match(),), f"{stuck.args[0]!r} in the expression is not understood"
    except IndexError:
        return (Match(),), "the expression ends early"
    return tuple(found), None


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.deep = 0

    def either(self) -> list[Match]:
        """`A or B`."""
        found = self.both()
        while self._is("or", "||"):
            found = found + self.both()
        return self._bounded(found)

    def both(self) -> list[Match]:
        """`A and B`."""
        found = self.one()
        while self._is("and", "&&"):
            other = self.one()
            found = self._bounded(
                [m for a in found for b in other if (m := joined(a, b)) is not None]
            )
        return found

    def one(self) -> list[Match]:
        """`( … )`, `not C`, or a condition."""
        if self._is("("):
            self.deep += 1
            if self.deep > 60:
                raise Stuck("(")
            found = self.either()
            if not self._is(")"):
                raise Stuck("(")
            self.deep -= 1
            return found
        if self._is("not", "!"):
            return _negated(self.one())
        return self._condition()

    def _is(self, *words: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] in words:
            self.at += 1
            return True
        return False

    def _bounded(self, found: list[Match]) -> list[Match]:
        if len(found) > MOST:
            raise Stuck("a long expression")
        return found

    def _next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _condition(self) -> list[Match]:
        word = self._next()
        family = 0
        if word in ("ip", "ip6"):
            family = 4 if word == "ip" else 6
            if self.at >= len(self.tokens) or self.tokens[self.at] not in (
                "proto",
                "src",
                "dst",
                "host",
                "net",
                "port",
            ):
                return [Match(family)]
            word = self._next()
        if word in ("proto",):
            return [m._replace(family=m.family or family) for m in _protocols(self._next())]
        protocol = _NAMED.get(word)
        if protocol is not None:
            base = _protocols(str(protocol))
            if self.at < len(self.tokens) and self.tokens[self.at] in (
                "src",
                "dst",
                "port",
                "portrange",
            ):
                limits = self._place(self._next())
                return [m for a in base for b in limits if (m := joined(a, b)) is not None]
            return base
        found = self._place(word)
        return (
            [m for m in (joined(Match(family), a) for a in found) if m is not None]
            if family
            else found
        )

    def _place(self, word: str) -> list[Match]:
        sides: tuple[str, ...] = ("src", "dst")
        if word in ("src", "dst"):
            sides = (word,)
            if self._is("or", "and"):
                raise Stuck(word)
            word = self._next()
        if word in ("port", "portrange"):
            text = self._next()
            found = (0, 0) if text == "0" else port_range(text)
            if found is None:
                raise Stuck(text)
            return [_ports(side, (found,)) for side in sides]
        if word == "host":
            return self._addresses(sides, self._next(), None)
        if word == "net":
            text = self._next()
            address, slash, length = text.partition("/")
            if not slash and self._is("mask"):
                return self._addresses(sides, text, self._next())
            return self._addresses(sides, address, length if slash else "")
        raise Stuck(word)

    def _addresses(self, sides: tuple[str, ...], address: str, mask: str | None) -> list[Match]:
        try:
            term = masked(address, mask) if mask != "" else _bare_net(address)
        except ValueError:
            raise Stuck(address) from None
        spec = AddressSpec((term,))
        return [
            Match(term.family, src=spec) if side == "src" else Match(term.family, dst=spec)
            for side in sides
        ]


def _bare_net(text: str) -> AddressTerm:
    """`net 10.1` names as many octets as it writes."""
    octets = text.split(".")
    if ":" in text or not 1 <= len(octets) <= 4:
        return masked(text, None)
    return masked(".".join(octets + ["0"] * (4 - len(octets))), str(8 * len(octets)))


def _protocols(word: str) -> list[Match]:
    number = protocol_number(word.lstrip("\\"))
    if number is None:
        raise Stuck(word)
    family = {1: 4, 58: 6}.get(number, 0)
    return [Match(family, ((number, number),))]


def _ports(side: str, ranges: Ranges) -> Match:
    return Match(src_ports=ranges) if side == "src" else Match(dst_ports=ranges)


def _negated(found: list[Match]) -> list[Match]:
    """The opposite of one condition on addresses; other negations are not read."""
    if len(found) == 1:
        match = found[0]
        if match == Match(match.family, src=match.src) and match.src is not None:
            other = Match(10 - match.family)
            return [Match(match.family, src=AddressSpec(match.src.terms, negated=True)), other]
        if match == Match(match.family, dst=match.dst) and match.dst is not None:
            other = Match(10 - match.family)
            return [Match(match.family, dst=AddressSpec(match.dst.terms, negated=True)), other]
        if (
            match == Match(match.family, match.protocols)
            and match.protocols is not None
            and match.family == 0
        ):
            low = match.protocols[0][0]
            rest = tuple(r for r in ((0, low - 1), (low + 1, 255)) if r[0] <= r[1])
            return [Match(0, rest)]
    raise Stuck("not")


def joined(first: Match, second: Match) -> Match | None:
    """Both conditions at once; None where they exclude each other. Two conditions on one field are not read."""
    if first.family and second.family and first.family != second.family:
        return None
    for one, other in ((first.src, second.src), (first.dst, second.dst)):
        if one is not None and other is not None and one != other:
            raise Stuck("two addresses at once")
    ranges = [
        _both(one, other)
        for one, other in (
            (first.protocols, second.protocols),
            (first.src_ports, second.src_ports),
            (first.dst_ports, second.dst_ports),
        )
    ]
    if () in ranges:
        return None
    return Match(
        first.family or second.family,
        ranges[0],
        first.src or second.src,
        first.dst or second.dst,
        ranges[1],
        ranges[2],
    )


def _both(first: Ranges | None, second: Ranges | None) -> Ranges | None:
    """The values in both; None is no condition."""
    if first is None or second is None:
        return second if first is None else first
    return tuple(
        (max(a, c), min(b, d)) for a, b in first for c, d in second if max(a, c) <= min(b, d)
    )


ERRORS = {4: (3, 4, 5, 11), 6: (1, 2, 3)}


def important_icmp() -> Iterable[Match]:
    """What `packetfilter.allowimportanticmp` lets pass ahead of the rules: unreachable, source quench, redirect,
    time exceeded (iControl reference, Networking::PacketFilterGlobals); for ICMPv6 their counterparts."""
    return (
        Match(4, ((1, 1),), icmp=tuple(IcmpTest(kind) for kind in ERRORS[4])),
        Match(6, ((58, 58),), icmp=tuple(IcmpTest(kind) for kind in ERRORS[6])),
    )
