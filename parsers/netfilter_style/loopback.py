"""Conditions on the loopback interface, said by addresses.

What arrives on `lo` was sent by the system to itself. A packet between a client and a service never
does, so `-i lo` is read as "from a loopback address": else every filter of a host that begins with
it would be undecided for a packet of which the interface is not told. (A system that talks to its
own other addresses over `lo` is not told apart.)
"""

from __future__ import annotations

from parsers.model.addresses import AddressSpec, prefix_term
from parsers.model.filters import InterfaceSpec, Match
from parsers.netfilter_style.conditions import Condition, conjoin

_OWN = {4: (prefix_term("127.0.0.0/8"),), 6: (prefix_term("::1/128"),)}


def _is_loopback(spec: InterfaceSpec | None) -> bool:
    return spec is not None and spec.names == ("lo",)


def loopback_by_address(matches: tuple[Match, ...], family: int) -> tuple[Match, ...]:
    """`matches` with conditions on `lo` alone replaced; `family` 0 stands for both."""
    if not any(_is_loopback(m.in_interfaces) or _is_loopback(m.out_interfaces) for m in matches):
        return matches
    out: list[Match] = []
    for match in matches:
        alternatives: tuple[Match, ...] = (match,)
        if match.in_interfaces is not None and _is_loopback(match.in_interfaces):
            negated = match.in_interfaces.negated
            bare: tuple[Match, ...] = (match._replace(in_interfaces=None),)
            sides = tuple(
                Match(family=one, src=AddressSpec(_OWN[one], negated=negated))
                for one in (4, 6)
                if family in (0, one)
            )
            alternatives = conjoin(bare, Condition(sides)).matches
        if match.out_interfaces is not None and _is_loopback(match.out_interfaces):
            negated = match.out_interfaces.negated
            bare = tuple(one._replace(out_interfaces=None) for one in alternatives)
            sides = tuple(
                Match(family=one, dst=AddressSpec(_OWN[one], negated=negated))
                for one in (4, 6)
                if family in (0, one)
            )
            alternatives = conjoin(bare, Condition(sides)).matches
        out += alternatives
    return tuple(out)
