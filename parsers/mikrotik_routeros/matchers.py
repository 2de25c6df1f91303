"""The matchers of firewall rules: each property becomes a condition, or a doubt that names it.

Source: the property tables of the RouterOS CLI reference for `/ip/firewall/filter`, `raw`, `mangle`
and their IPv6 twins. A matcher that looks at what single packets do not carry (rates, time, marks,
content) can never be decided from the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from parsers.mikrotik_routeros.conditions import Conditions
from parsers.mikrotik_routeros.lists import AddressLists, AddressSet, InterfaceLists, InterfaceSet
from parsers.mikrotik_routeros.names import PROTOCOLS, STATES, TCP_FLAGS, WITH_PORTS
from parsers.mikrotik_routeros.ranges import address_range, complement, port_ranges
from parsers.model.filters import FlagTest, Fragments, IcmpTest, Ranges


class Context(NamedTuple):
    """What rules refer to. `slaves` are interfaces that belong to a bridge or bond; `own` are the
    router's addresses by family, `dynamic` the families in which it has others that are not known.
    `families` are the members of `all-ppp` and its like among the `known` interfaces.
    """

    addresses: AddressLists
    interfaces: InterfaceLists
    slaves: frozenset[str]
    own: dict[int, Ranges]
    broadcast: Ranges
    dynamic: frozenset[int]
    translates_destination: bool
    has_ipsec: bool
    known: frozenset[str] = frozenset()
    families: Mapping[str, frozenset[str]] = MappingProxyType({})


Matcher = Callable[[Conditions, str, Context], None]

UNDECIDABLE = frozenset(
    (
        "connection-bytes", "connection-limit", "connection-mark", "connection-rate",
        "connection-type", "content", "dscp", "dst-limit", "headers", "helper", "hop-limit",
        "hotspot", "in-bridge-port", "in-bridge-port-list", "ingress-priority", "ipv4-options",
        "layer7-protocol", "limit", "nth", "out-bridge-port", "out-bridge-port-list", "p2p",
        "packet-mark", "packet-size", "per-connection-classifier", "priority", "psd", "random",
        "realm", "routing-mark", "routing-table", "src-mac-address", "tcp-mss", "time",
        "tls-host", "tos", "ttl",
    )
)  # fmt: skip
"""Matchers of which the text never tells whether a packet meets them."""


def read_matchers(words: dict[str, str], family: int, context: Context) -> Conditions:
    """The conditions of a rule with these properties; those of `OTHERS` are no matchers."""
    conditions = Conditions(family)
    for name, value in words.items():
        matcher = MATCHERS.get(name)
        try:
            if matcher is not None:
                matcher(conditions, value, context)
            elif name in UNDECIDABLE:
                conditions.doubt(f"{name}={value}")
            elif name not in OTHERS:
                conditions.misread(f"{name}={value} is not understood")
        except ValueError as error:
            conditions.misread(f"{name}={value}: {error}")
    _check_ports(conditions)
    return conditions


def _check_ports(conditions: Conditions) -> None:
    """RouterOS takes ports only with a protocol that has them, flags only with TCP."""
    may = conditions.may
    protocols = may.protocols
    single = protocols[0][0] if protocols and len(protocols) == 1 else None
    if (may.src_ports or may.dst_ports or may.either_ports) and single not in WITH_PORTS:
        conditions.misread("ports without a protocol that has them")
    if may.flags and single != 6:
        conditions.misread("tcp-flags without protocol=tcp")
    if may.icmp is not None and single != (1 if conditions.family == 4 else 58):
        conditions.misread("icmp-options without the protocol")


def _negated(value: str) -> tuple[bool, str]:
    return (True, value[1:]) if value.startswith("!") else (False, value)


def _address(source: bool) -> Matcher:
    def matcher(conditions: Conditions, value: str, _: Context) -> None:
        negated, text = _negated(value)
        found = (address_range(text, conditions.family),)
        for one in conditions.both():
            (one.src if source else one.dst).append((found, negated))

    return matcher


def _address_list(source: bool) -> Matcher:
    def matcher(conditions: Conditions, value: str, context: Context) -> None:
        negated, name = _negated(value)
        found = context.addresses.find(conditions.family, name)
        side = conditions.sure.src if source else conditions.sure.dst
        other = conditions.may.src if source else conditions.may.dst
        if found.open is None:
            side.append((found.ranges, negated))
            other.append((found.ranges, negated))
        else:
            _open_list(conditions, side, other, found, negated)

    return matcher


def _open_list(
    conditions: Conditions,
    sure: list[tuple[Ranges, bool]],
    may: list[tuple[Ranges, bool]],
    found: AddressSet,
    negated: bool,
) -> None:
    """A list that may hold more: what it holds for certain is in it, all else may be."""
    assert found.open is not None  # noqa: S101 - the caller asked
    if negated:
        conditions.doubt(found.open)
        if found.ranges:
            may.append((found.ranges, True))
    else:
        conditions.open(found.open)
        sure.append((found.ranges, False))


def _address_type(source: bool) -> Matcher:
    def matcher(conditions: Conditions, value: str, context: Context) -> None:
        negated, text = _negated(value)
        family = conditions.family
        ranges: Ranges = ()
        unicast = False
        for name in text.split(","):
            if name == "multicast":
                ranges += (_MULTICAST[family],)
            elif name in ("local", "unicast", "broadcast") and family not in context.dynamic:
                unicast = unicast or name == "unicast"
                if name != "unicast":
                    ranges += _typed(name, family, context)
            else:
                conditions.doubt(f"{'src' if source else 'dst'}-address-type={value}")
                return
        if unicast:
            special: Ranges = (_MULTICAST[family],)
            special += _typed("local", family, context) + _typed("broadcast", family, context)
            ranges += complement(special, _TOP[family])
        for one in conditions.both():
            (one.src if source else one.dst).append((ranges, negated))

    return matcher


_TOP = {4: (1 << 32) - 1, 6: (1 << 128) - 1}
_MULTICAST = {4: (0xE0000000, 0xEFFFFFFF), 6: (0xFF << 120, (1 << 128) - 1)}
_LOOPBACK = {4: ((0x7F000000, 0x7FFFFFFF),), 6: ((1, 1),)}


def _typed(name: str, family: int, context: Context) -> Ranges:
    if name == "local":
        return context.own.get(family, ()) + _LOOPBACK[family]
    return (*context.broadcast, (_TOP[4], _TOP[4])) if family == 4 else ()


def _protocol(conditions: Conditions, value: str, _: Context) -> None:
    negated, name = _negated(value)
    number = int(name) if name.isdecimal() else PROTOCOLS.get(name)
    if number is None or not 0 < number <= 255:
        raise ValueError("no protocol that is known")
    ranges: Ranges = ((number, number),)
    for one in conditions.both():
        one.protocols = complement(ranges, 255) if negated else ranges


def _ports(side: str) -> Matcher:
    def matcher(conditions: Conditions, value: str, _: Context) -> None:
        if not value:
            return  # exports of version 7 print an empty list where nothing is set
        negated, text = _negated(value)
        ranges = port_ranges(text)
        if negated:
            ranges = complement(ranges, 65535)
        for one in conditions.both():
            if side != "either":
                one.limit_ports(side == "source", ranges)
            elif negated:
                one.limit_ports(True, ranges)
                one.limit_ports(False, ranges)
            else:
                one.either_ports = ranges

    return matcher


def _states(conditions: Conditions, value: str, _: Context) -> None:
    negated, text = _negated(value)
    names = text.split(",")
    if any(name not in STATES for name in names):
        raise ValueError("no connection state that is known")
    states = frozenset(STATES[name] for name in names)
    for one in conditions.both():
        one.states = frozenset(STATES.values()) - states if negated else states


def _nat_state(conditions: Conditions, value: str, context: Context) -> None:
    """Without any rule that translates destinations no connection is `dstnat`."""
    negated, text = _negated(value)
    if text == "dstnat" and not context.translates_destination:
        if not negated:
            conditions.never()
    else:
        conditions.doubt(f"connection-nat-state={value}")


def _ipsec(conditions: Conditions, value: str, context: Context) -> None:
    direction, _, policy = value.partition(",")
    if direction not in ("in", "out") or policy not in ("none", "ipsec"):
        raise ValueError("no IPsec policy match")
    if context.has_ipsec:
        conditions.doubt(f"ipsec-policy={value}")
    elif policy == "ipsec":
        conditions.never()


def _icmp(conditions: Conditions, value: str, _: Context) -> None:
    negated, text = _negated(value)
    kind, colon, codes = text.partition(":")
    low, dash, high = codes.partition("-")
    if not kind.isdecimal() or int(kind) > 255 or (colon and not low.isdecimal()):
        raise ValueError("no ICMP type and code")
    first = int(low) if colon else 0
    last = int(high) if dash and high.isdecimal() else (first if colon else 255)
    if (dash and not high.isdecimal()) or not first <= last <= 255:
        raise ValueError("no range of ICMP codes")
    tests = (IcmpTest(int(kind), first, last),)
    for one in conditions.both():
        one.icmp = _all_but(tests[0]) if negated else tests


def _all_but(test: IcmpTest) -> tuple[IcmpTest, ...]:
    out = []
    for kind in range(256):
        codes: Ranges = ((test.low, test.high),) if kind == test.type else ()
        out += [IcmpTest(kind, low, high) for low, high in complement(codes, 255)]
    return tuple(out)


def _tcp_flags(conditions: Conditions, value: str, _: Context) -> None:
    mask = wanted = 0
    for part in value.split(","):
        negated, name = _negated(part)
        if name not in TCP_FLAGS:
            raise ValueError("no TCP flag that is known")
        mask |= TCP_FLAGS[name]
        wanted |= 0 if negated else TCP_FLAGS[name]
    for one in conditions.both():
        one.flags = (FlagTest(mask, wanted),)


def _fragment(conditions: Conditions, value: str, _: Context) -> None:
    if value not in ("yes", "no"):
        raise ValueError("neither yes nor no")
    for one in conditions.both():
        one.fragments = Fragments.LATER if value == "yes" else Fragments.NOT_LATER


def _interface(incoming: bool) -> Matcher:
    def matcher(conditions: Conditions, value: str, context: Context) -> None:
        negated, name = _negated(value)
        if name == "all":
            found = InterfaceSet(frozenset(), True)
        elif name in context.families:
            _family(conditions, incoming, negated, name, context)
            return
        elif name.startswith(("all-", "*")) or not name:
            conditions.doubt(f"which interfaces {name or 'an empty name'} stands for")
            return
        elif name in context.slaves:
            if negated:
                conditions.doubt(f"{name} is a port of a bridge or bond: the rule is invalid")
            else:
                conditions.never()  # packets arrive on the master; RouterOS marks the rule invalid
            return
        else:
            found = InterfaceSet(frozenset((name,)))
        if negated:
            found = InterfaceSet(found.names, not found.negated)
        for one in conditions.both():
            one.limit_interfaces(incoming, found)

    return matcher


def _family(
    conditions: Conditions, incoming: bool, negated: bool, name: str, context: Context
) -> None:
    """`all-ppp` and its like: interfaces that servers make while they run belong there too."""
    members = context.families[name]
    others = context.known - members
    inside, outside = InterfaceSet(members), InterfaceSet(others)
    if negated:
        inside, outside = outside, inside
    conditions.open(f"{name} has interfaces that are not in this text")
    conditions.sure.limit_interfaces(incoming, inside)
    conditions.may.limit_interfaces(incoming, outside._replace(negated=True))


def _interface_list(incoming: bool) -> Matcher:
    def matcher(conditions: Conditions, value: str, context: Context) -> None:
        negated, name = _negated(value)
        found = context.interfaces.find(name)
        if found.open is not None:
            if negated:
                conditions.doubt(found.open)
                if found.names and not found.negated:
                    conditions.may.limit_interfaces(incoming, found._replace(negated=True))
            else:
                conditions.open(found.open)
                conditions.sure.limit_interfaces(incoming, found)
            return
        if negated:
            found = InterfaceSet(found.names, not found.negated)
        for one in conditions.both():
            one.limit_interfaces(incoming, found)

    return matcher


MATCHERS: dict[str, Matcher] = {
    "src-address": _address(True),
    "dst-address": _address(False),
    "src-address-list": _address_list(True),
    "dst-address-list": _address_list(False),
    "src-address-type": _address_type(True),
    "dst-address-type": _address_type(False),
    "protocol": _protocol,
    "src-port": _ports("source"),
    "dst-port": _ports("destination"),
    "port": _ports("either"),
    "connection-state": _states,
    "connection-nat-state": _nat_state,
    "ipsec-policy": _ipsec,
    "icmp-options": _icmp,
    "tcp-flags": _tcp_flags,
    "fragment": _fragment,
    "in-interface": _interface(True),
    "out-interface": _interface(False),
    "in-interface-list": _interface_list(True),
    "out-interface-list": _interface_list(False),
}

OTHERS = frozenset(
    (
        "action", "address-list", "address-list-timeout", "chain", "comment", "disabled",
        "hw-offload", "jump-target", "log", "log-prefix", "new-connection-mark", "new-dscp",
        "new-mss", "new-packet-mark", "new-priority", "new-routing-mark", "new-ttl",
        "new-hop-limit", "passthrough", "reject-with", "route-dst", "sniff-id", "sniff-target",
        "sniff-target-port", "to-addresses", "to-ports", "randomise-ports", "same-not-by-dst",
        "dynamic", "place-before", "copy-from", "numbers",
    )
)  # fmt: skip
"""Properties of rules that say what the rule does, not which packets it is about."""
